/* Debug mode: callbacks that block the loop. */
#include "loop.h"

/* asyncio's logger: a new reference. */
static PyObject *logger(void)
{
    PyObject *logging = PyImport_ImportModule("logging");
    PyObject *logger = logging ? PyObject_CallMethod(logging, "getLogger", "s", "asyncio") : NULL;
    Py_XDECREF(logging);
    return logger;
}

void host_tell_selector(void)
{
    PyObject *modules = PyImport_GetModuleDict();
    if (!PyDict_GetItemString(modules, "logging"))
        return; /* nobody can have asked for it */
    PyObject *to = logger();
    PyObject *done =
        to ? PyObject_CallMethod(to, "debug", "ss", "Using selector: %s", "EpollSelector") : NULL;
    if (!done)
        PyErr_Clear();
    Py_XDECREF(done);
    Py_XDECREF(to);
}

/* What was run, as CPython names it: the task of a step, or a handle. */
static PyObject *format_entry(struct sim_loop *loop, const struct sim_ready *entry)
{
    const struct sim_callback *callback = &entry->callback;
    if (callback->ops == &sim_task_step_ops)
        return PyObject_Repr(host_object_of(callback->arg));
    const struct sim_handle *handle = callback->arg;
    if (callback->ops->arg == SIM_ARG_HANDLE && handle->flags & SIM_HANDLE_EMBEDDED)
        return PyObject_Str(host_object_of_handle(callback->arg));
    if (callback->ops->arg == SIM_ARG_GUEST) {
        const struct host_callback *own = callback->arg;
        PyObject *args = PyTuple_Pack(1, host_object_of(entry->future)), *own_handle = NULL;
        if (args)
            own_handle =
                host_handle_new(host_loop_of(loop), false, own->function, args, own->context);
        PyObject *text = own_handle ? PyObject_Str(own_handle) : NULL;
        Py_XDECREF(own_handle);
        Py_XDECREF(args);
        return text;
    }
    return PyUnicode_FromString(callback->ops->name);
}

void host_blocked(struct sim_loop *loop, const struct sim_ready *entry, int64_t duration_ns)
{
    const struct host_loop *self = host_loop_of(loop);
    double seconds = host_seconds_of_ns(duration_ns);
    PyObject *type, *value, *traceback;
    if (!self->debug || seconds < self->slow_callback_s)
        return;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *text = format_entry(loop, entry), *log = logger(), *done = NULL;
    if (text && log)
        done = PyObject_CallMethod(log, "warning", "sOd", "Executing %s took %.3f seconds", text,
                                   seconds);
    if (!done)
        PyErr_WriteUnraisable(log);
    Py_XDECREF(done);
    Py_XDECREF(log);
    Py_XDECREF(text);
    PyErr_Restore(type, value, traceback);
}

enum { ORIGIN_DEPTH = 10 };

/* Calls sys.NAME(depth), or without it if that is negative; the answer as a number. */
static int call_sys(const char *name, int depth)
{
    PyObject *function = PySys_GetObject(name), *answer = NULL;
    if (function && depth >= 0)
        answer = PyObject_CallFunction(function, "i", depth);
    else if (function)
        answer = PyObject_CallNoArgs(function);
    int number = answer && PyLong_Check(answer) ? (int)PyLong_AsLong(answer) : 0;
    PyErr_Clear();
    Py_XDECREF(answer);
    return number;
}

void host_loop_track_origins(struct host_loop *loop, bool enabled)
{
    if (enabled == loop->tracks_origins)
        return;
    loop->tracks_origins = enabled;
    if (enabled)
        loop->plain_origin_depth = call_sys("get_coroutine_origin_tracking_depth", -1);
    call_sys("set_coroutine_origin_tracking_depth",
             enabled ? ORIGIN_DEPTH : loop->plain_origin_depth);
}
