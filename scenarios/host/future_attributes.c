/* What can be looked at in a future beyond its methods: the attributes of CPython's own. */
#include "future.h"

static struct host_face *face_of(PyObject *self)
{
    return (struct host_face *)(void *)self;
}

static PyObject *get_state(PyObject *self, void *Py_UNUSED(closure))
{
    switch ((enum sim_future_state)host_future_of(self)->state) {
    case SIM_FUTURE_PENDING:
        return PyUnicode_FromString("PENDING");
    case SIM_FUTURE_CANCELLED:
        return PyUnicode_FromString("CANCELLED");
    case SIM_FUTURE_RESULT:
    case SIM_FUTURE_EXCEPTION:
        break;
    }
    return PyUnicode_FromString("FINISHED");
}

/* The value if the future is in the state that `closure` points at, else None. */
static PyObject *get_value(PyObject *self, void *closure)
{
    const struct sim_future *future = host_future_of(self);
    bool is_it = future->value && future->state == *(const uint8_t *)closure;
    return Py_NewRef(is_it ? (PyObject *)future->value : Py_None);
}

static PyObject *get_blocking(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(face_of(self)->blocking);
}

/* The truth of an attribute's new value; -1 with an exception if it has none, or is deleted. */
static int truth_of(PyObject *value)
{
    if (value)
        return PyObject_IsTrue(value);
    PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
    return -1;
}

static int set_blocking(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    int truth = truth_of(value);
    if (truth < 0)
        return -1;
    face_of(self)->blocking = truth;
    return 0;
}

static PyObject *get_log_traceback(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(host_future_of(self)->flags & SIM_FUTURE_UNRETRIEVED);
}

static int set_log_traceback(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    int truth = truth_of(value);
    if (truth > 0)
        PyErr_SetString(PyExc_ValueError, "_log_traceback can only be set to False");
    if (truth != 0)
        return -1;
    host_future_of(self)->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    return 0;
}

static PyObject *get_loop(PyObject *self, void *Py_UNUSED(closure))
{
    const struct sim_loop *loop = host_future_of(self)->loop;
    return Py_NewRef(loop ? (PyObject *)host_loop_of(loop) : Py_None);
}

static PyObject *get_callbacks(PyObject *self, void *Py_UNUSED(closure))
{
    return host_callbacks_list(self);
}

static PyObject *get_source(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *frames = face_of(self)->source_traceback;
    return Py_NewRef(frames ? frames : Py_None);
}

/* Only of a future that was cancelled: before that there is no message to replace. */
static int set_cancel_message(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    struct sim_future *future = host_future_of(self);
    if (!value)
        return truth_of(value);
    if (future->state == SIM_FUTURE_CANCELLED) {
        PyObject *old = future->value;
        future->value = Py_NewRef(value);
        Py_XDECREF(old);
    }
    return 0;
}

static const uint8_t result_state = SIM_FUTURE_RESULT, exception_state = SIM_FUTURE_EXCEPTION,
                     cancelled_state = SIM_FUTURE_CANCELLED;

PyGetSetDef host_future_getset[] = {
    {"_state", get_state, NULL, NULL, NULL},
    {"_result", get_value, NULL, NULL, (void *)(uintptr_t)&result_state},
    {"_exception", get_value, NULL, NULL, (void *)(uintptr_t)&exception_state},
    {"_cancel_message", get_value, set_cancel_message, NULL, (void *)(uintptr_t)&cancelled_state},
    {"_asyncio_future_blocking", get_blocking, set_blocking, NULL, NULL},
    {"_log_traceback", get_log_traceback, set_log_traceback, NULL, NULL},
    {"_loop", get_loop, NULL, NULL, NULL},
    {"_callbacks", get_callbacks, NULL, NULL, NULL},
    {"_source_traceback", get_source, NULL, NULL, NULL},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
