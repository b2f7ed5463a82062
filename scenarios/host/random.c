/* Random numbers are the same in every run: the module random is seeded as soon as the script
 * imports it, and not imported if the script does not; os.urandom, on which uuid4 and the module
 * secrets stand, counts from 0 through a mixing function. */
#include "script.h"
#include "thread.h"

static void seed(struct host *host)
{
    host->seeding = true;
    PyObject *module = PyImport_ImportModule("random");
    PyObject *done = module ? PyObject_CallMethod(module, "seed", "i", 0) : NULL;
    Py_XDECREF(done);
    Py_XDECREF(module);
    PyErr_Clear(); /* the script's own import shows what is wrong */
    host->seeding = false;
}

static int audit(const char *event, PyObject *args, void *user)
{
    struct host *host = user;
    if (strcmp(event, "import") != 0 || host->seeding || !PyTuple_Check(args) ||
        PyTuple_GET_SIZE(args) < 1)
        return 0;
    PyObject *name = PyTuple_GET_ITEM(args, 0);
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    if (text && strcmp(text, "random") == 0)
        seed(host);
    else if (text && strncmp(text, "asyncio.", 8) == 0)
        host_surface_import(host, text + 8);
    else if (text)
        host_pools_import(host, text);
    return 0;
}

/* Source of the mixing: SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t bits = *state += UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

/* os.urandom(size); `self` is a bytearray that holds the state. */
static PyObject *urandom(PyObject *self, PyObject *size)
{
    Py_ssize_t length = PyNumber_AsSsize_t(size, PyExc_OverflowError);
    if (length == -1 && PyErr_Occurred())
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
    static PyMethodDef method = {"urandom", urandom, METH_O, NULL};
    const uint64_t seed = 0;
    PyObject *os = PyImport_ImportModule("os"), *posix = PyImport_ImportModule("posix");
    PyObject *state = PyByteArray_FromStringAndSize((const char *)&seed, sizeof seed);
    PyObject *function = state ? PyCFunction_New(&method, state) : NULL;
    int error = os && posix && function && PyObject_SetAttrString(os, "urandom", function) == 0 &&
                        PyObject_SetAttrString(posix, "urandom", function) == 0
                    ? 0
                    : -1;
    Py_XDECREF(function);
    Py_XDECREF(state);
    Py_XDECREF(posix);
    Py_XDECREF(os);
    return error;
}

int host_random_setup(struct host *host)
{
    return replace_urandom() < 0 ? -1 : PySys_AddAuditHook(audit, host);
}
