/* When Python's collector of cycles looks for garbage.
 *
 * Many tasks that are all alive are the usual case here, and nothing of them is garbage: CPython's
 * usual thresholds have everything looked at two to four times, which is a third of the run time at
 * 100,000 tasks.  So what survived once is looked at again much later, or when the script's memory
 * has grown by half.  A script sees the usual thresholds, and its own where it sets some.
 */
#include "script.h"

enum { YOUNG = 700, MIDDLE = 1000, OLD = 10, USUAL_MIDDLE = 10, USUAL_OLD = 10 };
#define COLLECT_FIRST_BYTES ((int64_t)256 << 20)

static PyObject *get_threshold(PyObject *module, PyObject *unused)
{
    struct host *host = PyModule_GetState(module);
    (void)unused;
    if (host->collector.chosen)
        return PyObject_CallNoArgs(host->collector.get_threshold);
    return Py_BuildValue("(iii)", YOUNG, USUAL_MIDDLE, USUAL_OLD);
}

/* Thresholds that are not given stay what the script believes them to be. */
static PyObject *set_threshold(PyObject *module, PyObject *args)
{
    struct host *host = PyModule_GetState(module);
    struct host_collector *collector = &host->collector;
    if (!collector->chosen) {
        PyObject *usual =
            PyObject_CallFunction(collector->set_threshold, "iii", YOUNG, USUAL_MIDDLE, USUAL_OLD);
        if (!usual)
            return NULL;
        Py_DECREF(usual);
        collector->chosen = true;
    }
    return PyObject_Call(collector->set_threshold, args, NULL);
}

static PyMethodDef methods[] = {
    {"get_threshold", get_threshold, METH_NOARGS,
     HOST_DOC("get_threshold($module, /)", "Return the current collection thresholds.")},
    {"set_threshold", set_threshold, METH_VARARGS, NULL},
};

int host_collector_setup(struct host *host)
{
    struct host_collector *collector = &host->collector;
    PyObject *gc = PyImport_ImportModule("gc"), *done = NULL;
    collector->collect_at_bytes = COLLECT_FIRST_BYTES;
    if (gc && (collector->get_threshold = PyObject_GetAttrString(gc, "get_threshold")) &&
        (collector->set_threshold = PyObject_GetAttrString(gc, "set_threshold")) &&
        host_replace(host, gc, &methods[0]) == 0 && host_replace(host, gc, &methods[1]) == 0)
        done = PyObject_CallFunction(collector->set_threshold, "iii", YOUNG, MIDDLE, OLD);
    Py_XDECREF(done);
    Py_XDECREF(gc);
    return done ? 0 : -1;
}

void host_collector_freeze(void)
{
    PyObject *gc = PyImport_ImportModule("gc");
    PyObject *done = gc ? PyObject_CallMethod(gc, "freeze", NULL) : NULL;
    PyErr_Clear();
    Py_XDECREF(done);
    Py_XDECREF(gc);
}

void host_collector_run(struct host *host)
{
    PyGC_Collect();
    int64_t next_bytes = host->memory.used_bytes + host->memory.used_bytes / 2;
    host->collector.collect_at_bytes =
        next_bytes > COLLECT_FIRST_BYTES ? next_bytes : COLLECT_FIRST_BYTES;
}
