#include "places.h"
#include "script.h"

#include <frameobject.h>

static const char source[] = {
#include "places.inc"
    0};

enum { CODE, LINE, INSTRUCTION, CODE_FROM_LINE, FRAME, LAST_ENTRY };

static PyObject *new_frame(const struct host *host, PyObject *code, PyObject *locals)
{
    return (PyObject *)PyFrame_New(PyThreadState_Get(), (PyCodeObject *)(void *)code,
                                   PyModule_GetDict(host->places), locals);
}

/* An entry of a traceback: a new reference, NULL with an exception. */
static PyObject *new_entry(PyObject *known, PyObject *frame, PyObject *next)
{
    PyTracebackObject *entry = PyObject_GC_New(PyTracebackObject, &PyTraceBack_Type);
    if (!entry)
        return NULL;
    entry->tb_next = (PyTracebackObject *)(void *)Py_XNewRef(next);
    entry->tb_frame = (PyFrameObject *)(void *)Py_NewRef(frame);
    entry->tb_lasti = (int)PyLong_AsLong(PyTuple_GET_ITEM(known, INSTRUCTION));
    entry->tb_lineno = (int)PyLong_AsLong(PyTuple_GET_ITEM(known, LINE));
    PyObject_GC_Track(entry);
    return (PyObject *)entry;
}

/* What is known of a place, with a frame and a traceback's last entry, of which one is enough for
 * all.  NULL with an exception. */
static PyObject *complete(const struct host *host, PyObject *known)
{
    PyObject *frame = new_frame(host, PyTuple_GET_ITEM(known, CODE), NULL);
    PyObject *last = frame ? new_entry(known, frame, NULL) : NULL, *all = NULL;
    if (last)
        all = Py_BuildValue("(OOOOOO)", PyTuple_GET_ITEM(known, CODE),
                            PyTuple_GET_ITEM(known, LINE), PyTuple_GET_ITEM(known, INSTRUCTION),
                            PyTuple_GET_ITEM(known, CODE_FROM_LINE), frame, last);
    Py_XDECREF(last);
    Py_XDECREF(frame);
    return all;
}

/* What places.py knows of a place, completed: a tuple, None if nothing.  A new reference. */
static PyObject *look_up(struct host *host, const struct host_place *place)
{
    static const struct host_embedded part = {
        .module = "asyncio.places", .file = "<frozen asyncio>", .source = source};
    if (!host->places)
        host->places = host_embedded_run(host, &part);
    PyObject *known = host->places
                          ? PyObject_CallMethod(host->places, "place", "sssi", place->file,
                                                place->function, place->text, place->before)
                          : NULL;
    if (known)
        Py_SETREF(known, complete(host, known));
    PyErr_Clear();
    return known ? known : Py_NewRef(Py_None);
}

/* The same, looked up once: borrowed; NULL, without an exception, if nothing is known. */
static PyObject *known_of(struct host *host, const struct host_place *place)
{
    PyObject *type, *value, *traceback;
    if (!place->file)
        return NULL;
    PyErr_Fetch(&type, &value, &traceback);
    if (!host->places_known)
        host->places_known = PyDict_New();
    PyObject *key = host->places_known ? PyLong_FromVoidPtr((void *)(uintptr_t)place) : NULL;
    PyObject *known = key ? PyDict_GetItemWithError(host->places_known, key) : NULL;
    if (key && !known) {
        known = look_up(host, place);
        if (PyDict_SetItem(host->places_known, key, known) < 0)
            Py_CLEAR(known);
        else
            Py_DECREF(known); /* the dict has it */
    }
    Py_XDECREF(key);
    PyErr_Restore(type, value, traceback);
    return known && PyTuple_Check(known) ? known : NULL;
}

PyObject *host_place_code(struct host *host, const struct host_place *place, int *line)
{
    PyObject *known = known_of(host, place);
    if (!known)
        return NULL;
    *line = (int)PyLong_AsLong(PyTuple_GET_ITEM(known, LINE));
    return PyTuple_GET_ITEM(known, CODE);
}

PyObject *host_place_text(struct host *host, const struct host_place *place)
{
    int line;
    PyObject *code = host_place_code(host, place, &line);
    if (!code)
        return NULL;
    return PyUnicode_FromFormat("%U:%d", ((PyCodeObject *)(void *)code)->co_filename, line);
}

PyObject *host_place_frame(struct host *host, const struct host_place *place, bool begun)
{
    PyObject *known = known_of(host, place), *frame = NULL;
    if (known)
        frame = new_frame(host, PyTuple_GET_ITEM(known, begun ? CODE_FROM_LINE : CODE), NULL);
    if (known && !frame)
        PyErr_Clear();
    return frame;
}

/* A traceback that begins there and goes on with another (NULL or None: none): a new reference,
 * NULL, without an exception, if the place is not known. */
static PyObject *longer(struct host *host, const struct host_place *place, PyObject *traceback,
                        PyObject *self, PyObject *local)
{
    PyObject *known = known_of(host, place), *entry = NULL;
    if (!known)
        return NULL;
    if (traceback == Py_None)
        traceback = NULL;
    if (!self && !local) {
        return traceback ? new_entry(known, PyTuple_GET_ITEM(known, FRAME), traceback)
                         : Py_NewRef(PyTuple_GET_ITEM(known, LAST_ENTRY));
    }
    PyObject *locals =
        Py_BuildValue("{sOsO}", "self", self ? self : Py_None, "local", local ? local : Py_None);
    PyObject *frame = locals ? new_frame(host, PyTuple_GET_ITEM(known, CODE), locals) : NULL;
    if (frame)
        entry = new_entry(known, frame, traceback);
    PyErr_Clear();
    Py_XDECREF(frame);
    Py_XDECREF(locals);
    return entry;
}

void host_place_raise(struct host *host, const struct host_place *place, PyObject *self,
                      PyObject *local)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *whole = longer(host, place, traceback, self, local);
    if (whole)
        Py_XSETREF(traceback, whole);
    PyErr_Restore(type, value, traceback);
}

void host_place_passed(struct host *host, const struct host_place *place, PyObject *exception)
{
    PyObject *traceback = PyException_GetTraceback(exception);
    PyObject *whole = longer(host, place, traceback, NULL, NULL);
    if (!whole || PyException_SetTraceback(exception, whole) < 0)
        PyErr_Clear(); /* it is as it was */
    Py_XDECREF(whole);
    Py_XDECREF(traceback);
}
