/* Random numbers are the same in every run: os.urandom, on which all others stand, counts from 0
 * through a mixing function. */
#include "script.h"

/* Source of the mixing: SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t bits = *state += UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

/* os.urandom(size) and os.getrandom(size, flags); `self` is a bytearray that holds the state. */
static PyObject *urandom(PyObject *self, PyObject *args)
{
    Py_ssize_t length;
    int flags;
    if (!PyArg_ParseTuple(args, "n|i", &length, &flags))
        return NULL;
    if (length < 0) {
        PyErr_SetString(PyExc_ValueError, "negative argument not allowed");
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, length);
    if (!bytes)
        return NULL;
    uint64_t state;
    memcpy(&state, PyByteArray_AS_STRING(self), sizeof state);
    for (Py_ssize_t i = 0; i < length; i++)
        PyBytes_AS_STRING(bytes)[i] = (char)(next_bits(&state) & 0xff);
    memcpy(PyByteArray_AS_STRING(self), &state, sizeof state);
    return bytes;
}

static int replace_urandom(void)
{
    static PyMethodDef methods[] = {{"urandom", urandom, METH_VARARGS, NULL},
                                    {"getrandom", urandom, METH_VARARGS, NULL}};
    const uint64_t seed = 0;
    PyObject *os = PyImport_ImportModule("os"), *posix = PyImport_ImportModule("posix");
    PyObject *state = PyByteArray_FromStringAndSize((const char *)&seed, sizeof seed);
    int error = os && posix && state ? 0 : -1;
    for (size_t i = 0; error == 0 && i < sizeof methods / sizeof *methods; i++) {
        PyObject *function = PyCFunction_New(&methods[i], state);
        if (!function || PyObject_SetAttrString(os, methods[i].ml_name, function) < 0 ||
            PyObject_SetAttrString(posix, methods[i].ml_name, function) < 0)
            error = -1;
        Py_XDECREF(function);
    }
    Py_XDECREF(state);
    Py_XDECREF(posix);
    Py_XDECREF(os);
    return error;
}

int host_random_setup(struct host *host)
{
    (void)host;
    return replace_urandom();
}
