/* What a script can ask about the machine and its own process is the same everywhere: 4 processors,
 * and a process that is number 2, whose parent is 1. */
#include "script.h"

enum { PROCESSORS = 4, OWN_PID = 2, PARENT_PID = 1 };

static PyObject *os_cpu_count(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(PROCESSORS);
}

static PyObject *os_getpid(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(OWN_PID);
}

static PyObject *os_getppid(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(PARENT_PID);
}

/* os.kill(pid, signal): to itself only, for no other number is that of a process here. */
static PyObject *os_kill(PyObject *Py_UNUSED(module), PyObject *args)
{
    int pid, number;
    if (!PyArg_ParseTuple(args, "ii:kill", &pid, &number))
        return NULL;
    if (pid != OWN_PID) {
        PyErr_SetString(PyExc_NotImplementedError, "os.kill() of another process is not simulated");
        return NULL;
    }
    PyObject *module = PyImport_ImportModule("_signal");
    PyObject *done = module ? PyObject_CallMethod(module, "raise_signal", "i", number) : NULL;
    Py_XDECREF(module);
    return done;
}

static PyMethodDef functions[] = {
    {"cpu_count", os_cpu_count, METH_NOARGS, NULL},
    {"getpid", os_getpid, METH_NOARGS, NULL},
    {"getppid", os_getppid, METH_NOARGS, NULL},
    {"kill", os_kill, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

int host_machine_setup(struct host *host)
{
    PyObject *os = PyImport_ImportModule("os");
    int error = os ? 0 : -1;
    for (PyMethodDef *method = functions; error == 0 && method->ml_name; method++)
        error = host_replace(host, os, method);
    Py_XDECREF(os);
    return error;
}
