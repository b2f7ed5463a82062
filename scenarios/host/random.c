/* Random numbers are the same in every run: os.urandom, on which uuid4 and the module secrets
 * stand, counts from 0 through a mixing function.  The modules random and uuid are changed as soon
 * as the script imports them, and not imported if the script does not. */
#include "script.h"
#include "thread.h"

/* What a module needs: a seed that is not the system's, and neither its clock nor its network. */
static const struct {
    const char *name;
    struct host_embedded change;
} changes[] = {
    {"random",
     {"random", "<frozen random>",
      "import os, random\n"
      "def change(plain):\n"
      "    def seed(self, a=None, version=2):\n"
      "        plain(self, int.from_bytes(os.urandom(16), 'big') if a is None else a, version)\n"
      "    random.Random.seed = seed\n"
      "    random.seed = random._inst.seed\n"
      "    random.seed(0)\n"
      "change(random.Random.seed)\n",
      NULL}},
    {"uuid",
     {"uuid", "<frozen uuid>",
      "import uuid\n"
      "uuid._generate_time_safe = None\n"
      "uuid._node = 0x020000000001\n",
      NULL}},
};

static bool change(struct host *host, const char *name)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (strcmp(changes[i].name, name) != 0)
            continue;
        bool seeding = host->seeding;
        host->seeding = strcmp(name, "random") == 0; /* what uuid imports may be random */
        PyObject *done = host_embedded_run(host, &changes[i].change);
        host->seeding = seeding;
        Py_XDECREF(done);
        PyErr_Clear(); /* the script's own import shows what is wrong */
        return true;
    }
    return false;
}

static int audit(const char *event, PyObject *args, void *user)
{
    struct host *host = user;
    if (strcmp(event, "import") != 0 || host->seeding || !PyTuple_Check(args) ||
        PyTuple_GET_SIZE(args) < 1)
        return 0;
    PyObject *name = PyTuple_GET_ITEM(args, 0);
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    if (!text || change(host, text))
        return 0;
    if (strncmp(text, "asyncio.", 8) == 0)
        host_surface_import(host, text + 8);
    else
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
    return replace_urandom() < 0 ? -1 : PySys_AddAuditHook(audit, host);
}
