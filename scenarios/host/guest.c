/* How the scheduler treats what belongs to Python: references, cancellation, results. */
#include "future.h"
#include "loop.h"
#include "script.h"
#include "task.h"

static void retain(sim_value value)
{
    Py_INCREF((PyObject *)value);
}

static void release(sim_value value)
{
    Py_DECREF((PyObject *)value);
}

static void retain_future(struct sim_future *future)
{
    Py_INCREF(host_object_of(future));
}

static void release_future(struct sim_future *future)
{
    Py_DECREF(host_object_of(future));
}

static void retain_handle(struct sim_handle *handle)
{
    Py_INCREF(host_object_of_handle(handle));
}

static void release_handle(struct sim_handle *handle)
{
    Py_DECREF(host_object_of_handle(handle));
}

static void retain_loop(struct sim_loop *loop)
{
    Py_INCREF((PyObject *)host_loop_of(loop));
}

static struct sim_future *new_future(struct sim_loop *sim_loop)
{
    struct host_loop *loop = host_loop_of(sim_loop);
    PyObject *future = host_loop_has_own(loop, "create_future") ? host_future_by_method(loop)
                                                                : host_future_new(loop);
    PyErr_Clear();
    return future ? host_future_of(future) : NULL;
}

static PyObject *exception_type(struct host *host, enum sim_exception which)
{
    switch (which) {
    case SIM_EXCEPTION_TIMEOUT:
        return PyExc_TimeoutError;
    case SIM_EXCEPTION_BARRIER_ABORTED:
    case SIM_EXCEPTION_BARRIER_BROKEN:
        return host->broken_barrier_error;
    case SIM_EXCEPTION_NO_LOOP:
        return PyExc_AttributeError;
    case SIM_EXCEPTION_NOT_ACQUIRED:
    case SIM_EXCEPTION_OTHER_LOOP:
    case SIM_EXCEPTION_HEAP_CHANGED:
        break;
    }
    return PyExc_RuntimeError;
}

/* An exception of the scheduler's own; if the repr of its subject raises, that. */
static sim_value exception(struct sim_world *world, enum sim_exception which, sim_value subject,
                           sim_value cause)
{
    PyObject *type = exception_type(world->guest_user, which), *error = NULL;
    const char *format = sim_exception_message(which);
    PyObject *message = *format ? PyUnicode_FromFormat(format, subject) : NULL;
    if (message)
        error = PyObject_CallOneArg(type, message);
    else if (!PyErr_Occurred())
        error = PyObject_CallNoArgs(type);
    Py_XDECREF(message);
    if (!error)
        return host_take_error();
    if (cause) {
        PyErr_SetObject((PyObject *)Py_TYPE(cause), cause); /* it is caught: with its context */
        PyErr_Clear();
        /* The two steal a reference each. */
        PyException_SetCause(error, Py_NewRef((PyObject *)cause));
        PyException_SetContext(error, Py_NewRef((PyObject *)cause));
    }
    return error;
}

static int less(struct sim_world *world, sim_value a, sim_value b, sim_value *error)
{
    (void)world;
    int answer = PyObject_RichCompareBool(a, b, Py_LT);
    if (answer < 0)
        *error = host_take_error();
    return answer;
}

static sim_value cancelled_error(struct sim_world *world, sim_value message)
{
    struct host *host = world->guest_user;
    PyObject *error = message && message != Py_None
                          ? PyObject_CallOneArg(host->cancelled_error, message)
                          : PyObject_CallNoArgs(host->cancelled_error);
    if (!error) {
        PyErr_Clear();
        sim_world_fail(world, SIM_ENOMEM);
    }
    return error;
}

/* What gather's list says of one child: its result, or its exception in place of it. */
static PyObject *child_result(struct host *host, struct sim_future *child)
{
    PyObject *value = child->value;
    if (child->state == SIM_FUTURE_CANCELLED)
        return value && value != Py_None ? PyObject_CallOneArg(host->cancelled_error, value)
                                         : PyObject_CallFunction(host->cancelled_error, "s", "");
    child->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    return Py_NewRef(value ? value : Py_None);
}

static sim_value gather_result(struct sim_world *world, struct sim_gather *gather)
{
    PyObject *list = PyList_New((Py_ssize_t)gather->child_count);
    for (uint32_t i = 0; list && i < gather->child_count; i++) {
        PyObject *result = child_result(world->guest_user, gather->children[i]);
        if (result)
            PyList_SET_ITEM(list, (Py_ssize_t)i, result);
        else
            Py_CLEAR(list);
    }
    if (!list) {
        PyErr_Clear();
        sim_world_fail(world, SIM_ENOMEM);
    }
    return list;
}

/* cancel() of an object whose class has its own. */
static bool cancel(struct sim_future *future, sim_value message)
{
    struct host *host = future->loop->world->guest_user;
    PyObject *self = Py_NewRef(host_object_of(future));
    PyObject *method = PyObject_GetAttr(self, host->str_cancel);
    PyObject *keywords = Py_BuildValue("{sO}", "msg", message ? (PyObject *)message : Py_None);
    PyObject *none = PyTuple_New(0);
    PyObject *answer = NULL;
    if (method && keywords && none)
        answer = PyObject_Call(method, none, keywords);
    bool took = answer && PyObject_IsTrue(answer) == 1;
    if (PyErr_Occurred())
        PyErr_WriteUnraisable(self);
    Py_XDECREF(answer);
    Py_XDECREF(none);
    Py_XDECREF(keywords);
    Py_XDECREF(method);
    Py_DECREF(self);
    return took;
}

void host_guest_init(struct sim_guest *guest)
{
    *guest = (struct sim_guest){
        .retain = retain,
        .release = release,
        .retain_future = retain_future,
        .release_future = release_future,
        .retain_handle = retain_handle,
        .release_handle = release_handle,
        .retain_loop = retain_loop,
        .soon = host_soon,
        .deadline = host_deadline_by_methods,
        .new_future = new_future,
        .describe = host_describe,
        .cancelled_error = cancelled_error,
        .gather_result = gather_result,
        .cancel = cancel,
        .exception = exception,
        .less = less,
        .exception_group = host_exception_group,
        .is_base_error = host_is_base_error,
        .lost_error = host_lost_error,
        .failed = host_future_failed,
        .raising = host_future_raising,
        .blocked = host_blocked,
    };
}

PyObject *host_take_error(void)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return value;
}

bool host_is_fatal(void)
{
    return PyErr_ExceptionMatches(PyExc_SystemExit) ||
           PyErr_ExceptionMatches(PyExc_KeyboardInterrupt);
}

void host_fatal(struct host *host, struct sim_loop *loop)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    Py_XSETREF(host->fatal, value);
    sim_loop_abort(loop);
}
