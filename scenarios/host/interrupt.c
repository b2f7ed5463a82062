/* Ctrl-C during a run: the main task is cancelled, and what it makes of that decides whether the
 * run ends with KeyboardInterrupt.  A second one is raised where the script is. */
#include "loop.h"
#include "script.h"

#define SIGNAL_INTERRUPT 2

/* Calls a function of the module _signal. */
static PyObject *call_signal(const char *name, PyObject *handler)
{
    PyObject *module = PyImport_ImportModule("_signal"), *result = NULL;
    if (module && handler)
        result = PyObject_CallMethod(module, name, "iO", SIGNAL_INTERRUPT, handler);
    else if (module)
        result = PyObject_CallMethod(module, name, "i", SIGNAL_INTERRUPT);
    Py_XDECREF(module);
    return result;
}

static PyObject *default_handler(void)
{
    PyObject *module = PyImport_ImportModule("_signal");
    PyObject *handler = module ? PyObject_GetAttrString(module, "default_int_handler") : NULL;
    Py_XDECREF(module);
    return handler;
}

static PyObject *do_nothing(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(unused))
{
    Py_RETURN_NONE;
}

static PyMethodDef nothing_method = {"wake_up", do_nothing, METH_NOARGS, NULL};

/* Cancels the main task, and lets the loop look. */
static int cancel_main(PyObject *loop, PyObject *task)
{
    PyObject *nothing = PyCFunction_New(&nothing_method, NULL);
    PyObject *took = nothing ? PyObject_CallMethod(task, "cancel", NULL) : NULL;
    PyObject *handle =
        took ? PyObject_CallMethod(loop, "call_soon_threadsafe", "O", nothing) : NULL;
    int error = handle ? 0 : -1;
    Py_XDECREF(handle);
    Py_XDECREF(took);
    Py_XDECREF(nothing);
    return error;
}

/* The handler of a run, whose `state` is [loop, main task, how often it was interrupted]. */
static PyObject *interrupted(PyObject *state, PyObject *const *Py_UNUSED(args),
                             Py_ssize_t Py_UNUSED(count))
{
    long count = PyLong_AsLong(PyList_GET_ITEM(state, 2)) + 1;
    PyObject *task = PyList_GET_ITEM(state, 1), *number = PyLong_FromLong(count);
    if (!number || PyList_SetItem(state, 2, number) < 0)
        return NULL;
    PyObject *done = count == 1 ? PyObject_CallMethod(task, "done", NULL) : NULL;
    int over = done ? PyObject_IsTrue(done) : 1;
    Py_XDECREF(done);
    if (PyErr_Occurred())
        return NULL;
    if (!over)
        return cancel_main(PyList_GET_ITEM(state, 0), task) < 0 ? NULL : Py_NewRef(Py_None);
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    return NULL;
}

static PyMethodDef interrupted_method = {"on_interrupt", HOST_METHOD(interrupted), METH_FASTCALL,
                                         NULL};

/* Makes the run's handler that of the signal, if it is Python's own so far and this is the main
 * thread: a new reference, or NULL. */
static PyObject *install(PyObject *state)
{
    PyObject *now = call_signal("getsignal", NULL), *plain = default_handler(), *old = NULL;
    PyObject *handler = now && now == plain ? PyCFunction_New(&interrupted_method, state) : NULL;
    if (handler && !(old = call_signal("signal", handler)))
        Py_CLEAR(handler);
    PyErr_Clear();
    Py_XDECREF(old);
    Py_XDECREF(plain);
    Py_XDECREF(now);
    return handler;
}

static void uninstall(PyObject *handler)
{
    PyObject *type, *value, *traceback, *old = NULL;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *now = call_signal("getsignal", NULL), *plain = default_handler();
    if (now == handler && plain)
        old = call_signal("signal", plain);
    PyErr_Restore(type, value, traceback);
    Py_XDECREF(old);
    Py_XDECREF(plain);
    Py_XDECREF(now);
}

/* Whether nobody but the interrupts asked the task to cancel itself.  Clears errors. */
static bool was_only_interrupted(PyObject *task)
{
    PyObject *left = PyObject_CallMethod(task, "uncancel", NULL);
    bool only = left && PyLong_Check(left) && PyLong_AsLong(left) == 0;
    PyErr_Clear();
    Py_XDECREF(left);
    return only;
}

/* Puts KeyboardInterrupt in the place of the CancelledError that is set, if that is why. */
static void translate(PyObject *task)
{
    PyObject *cancelled = host_take_error();
    if (!was_only_interrupted(task)) {
        PyErr_SetObject((PyObject *)Py_TYPE(cancelled), cancelled);
        Py_XDECREF(cancelled);
        return;
    }
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    PyObject *interrupt = host_take_error();
    PyException_SetContext(interrupt, cancelled);
    PyErr_SetObject(PyExc_KeyboardInterrupt, interrupt);
    Py_XDECREF(interrupt);
}

PyObject *host_run_interruptible(struct host *host, PyObject *loop, PyObject *task)
{
    PyObject *state = Py_BuildValue("[OOi]", loop, task, 0);
    PyObject *handler = state ? install(state) : NULL, *result = NULL;
    if (state)
        result = PyObject_CallMethod(loop, "run_until_complete", "O", task);
    if (!result && state && PyErr_ExceptionMatches(host->cancelled_error) &&
        PyLong_AsLong(PyList_GET_ITEM(state, 2)) > 0)
        translate(task);
    if (handler)
        uninstall(handler);
    Py_XDECREF(handler);
    Py_XDECREF(state);
    return result;
}
