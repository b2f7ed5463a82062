/* The names of asyncio that are seldom asked for: surface.py, which is run when one first is. */
#include "future.h"
#include "loop.h"
#include "script.h"

/* The file's text. */
static const char source[] = {
#include "surface.inc"
    0};

/* _policy() / _policy(new): the event loop policy, None while it is the plain one. */
static PyObject *policy(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    struct host *host = PyModule_GetState(module);
    if (count > 0)
        Py_XSETREF(host->policy, Py_NewRef(args[0]));
    return Py_NewRef(host->policy ? host->policy : Py_None);
}

/* _private(name): what only a submodule of asyncio has. */
static PyObject *private(PyObject *module, PyObject *name)
{
    const struct host *host = PyModule_GetState(module);
    if (PyUnicode_CompareWithASCIIString(name, "_is_coroutine") == 0)
        return Py_NewRef(host->is_coroutine);
    bool first = PyUnicode_CompareWithASCIIString(name, "_ContextManagerMixin") == 0;
    return Py_NewRef(PyTuple_GET_ITEM(host->locking_bases, first ? 0 : 1));
}

/* _policy_loop(): (whether it was set, the loop) of the plain policy. */
static PyObject *policy_loop(PyObject *module, PyObject *Py_UNUSED(unused))
{
    const struct host *host = PyModule_GetState(module);
    return Py_BuildValue("(NO)", PyBool_FromLong(host->policy_set),
                         host->policy_loop ? host->policy_loop : Py_None);
}

/* _shut_down(loop): what ends a run, before its loop is closed. */
static PyObject *shut_down(PyObject *module, PyObject *loop)
{
    struct host *host = PyModule_GetState(module);
    struct host_loop *known = host_loop_argument(host, loop);
    int error = known ? host_run_shut_down(host, known) : -1;
    Py_XDECREF(known);
    return error < 0 ? NULL : Py_NewRef(Py_None);
}

/* _run(loop, task): what runs, and may be interrupted. */
static PyObject *run(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    assert(count == 2);
    (void)count;
    return host_run_interruptible(PyModule_GetState(module), args[0], args[1]);
}

static PyMethodDef helpers[] = {
    {"_run", HOST_METHOD(run), METH_FASTCALL, NULL},
    {"_policy", HOST_METHOD(policy), METH_FASTCALL, NULL},
    {"_private", private, METH_O, NULL},
    {"_policy_loop", policy_loop, METH_NOARGS, NULL},
    {"_shut_down", shut_down, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

/* Calls a function of the file with one argument. */
static PyObject *ask(struct host *host, const char *function, PyObject *argument)
{
    static const struct host_embedded part = {
        .module = "asyncio", .file = "<frozen asyncio>", .source = source, .helpers = helpers};
    if (!host->surface)
        host->surface = host_embedded_run(host, &part);
    PyObject *asked = host->surface ? PyObject_GetAttrString(host->surface, function) : NULL;
    PyObject *answer = asked ? PyObject_CallOneArg(asked, argument) : NULL;
    Py_XDECREF(asked);
    return answer;
}

PyObject *host_surface_attribute(struct host *host, PyObject *name)
{
    PyObject *value = ask(host, "attribute", name);
    if (value && PyObject_SetAttr(host->module, name, value) < 0)
        Py_CLEAR(value);
    return value;
}

PyObject *host_surface_names(struct host *host)
{
    return ask(host, "names", PyModule_GetDict(host->module));
}

void host_surface_import(struct host *host, const char *module)
{
    PyObject *name = PyUnicode_FromString(module);
    PyObject *found = name ? ask(host, "submodule", name) : NULL;
    if (!found)
        PyErr_Clear(); /* the script's own import shows what is wrong */
    Py_XDECREF(found);
    Py_XDECREF(name);
}
