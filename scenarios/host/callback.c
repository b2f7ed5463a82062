/* Done callbacks: functions that are called with a future when it is done. */
#include "future.h"
#include "loop.h"
#include "places.h"
#include "script.h"
#include "task.h"

static struct host_callback *callback_of(void *self)
{
    return self;
}

static void run_callback(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    struct host_callback *self = callback_of(arg);
    PyObject *args = PyTuple_Pack(1, host_object_of(future));
    if (!args) {
        PyErr_Clear();
        sim_world_fail(loop->world, SIM_ENOMEM);
        return;
    }
    host_call(loop, self->function, args, self->context, NULL);
    Py_DECREF(args);
}

static uint32_t describe_callback(struct sim_world *world, void *arg)
{
    return host_describe_callable(world, callback_of(arg)->function);
}

static const struct sim_callback_ops callback_ops = {
    .name = "done callback",
    .arg = SIM_ARG_GUEST,
    .run = run_callback,
    .describe = describe_callback,
};

/* --- Future.add_done_callback and its like ---------------------------------------------------- */

PyObject *host_add_done_callback(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords)
{
    static const struct host_signature signature = {"add_done_callback", {"fn", "context"}, 1, 1};
    PyObject *given[4];
    struct sim_future *future = host_future_of(self);
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    if (host_is_wakeup(given[0]))
        Py_RETURN_NONE;
    if (!future->loop) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized Future object");
        return NULL;
    }
    if (sim_future_done(future) && host_loop_check_open(host_loop_of(future->loop)) < 0)
        return NULL;
    PyTypeObject *type = host_of_loop(future->loop)->callback_type;
    struct host_callback *callback = callback_of(type->tp_alloc(type, 0));
    if (!callback)
        return NULL;
    callback->function = Py_NewRef(given[0]);
    callback->context = given[1] ? Py_NewRef(given[1]) : PyContext_CopyCurrent();
    if (callback->context)
        sim_future_add_callback(future, (struct sim_callback){&callback_ops, callback});
    bool made = callback->context != NULL;
    Py_DECREF(callback);
    return made ? Py_NewRef(Py_None) : NULL;
}

/* Whether a callback's function equals `user`; an exception that == raises stays set. */
static bool matches(void *user, const struct sim_callback *callback)
{
    if (callback->ops != &callback_ops || PyErr_Occurred())
        return false;
    PyObject *function = Py_NewRef(callback_of(callback->arg)->function);
    int equal = PyObject_RichCompareBool(function, user, Py_EQ);
    Py_DECREF(function);
    return equal > 0;
}

PyObject *host_remove_done_callback(PyObject *self, PyObject *function)
{
    struct sim_future *future = host_future_of(self);
    if (!future->loop) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized Future object");
        return NULL;
    }
    size_t removed = sim_future_remove_callbacks(future, matches, function);
    return PyErr_Occurred() ? NULL : PyLong_FromSize_t(removed);
}

/* A callback of the scheduler's own as CPython, whose asyncio is in Python, shows it. */
struct shown {
    const char *ours, *theirs;
    struct host_place place;
    bool partial; /* it has its argument by functools.partial */
};

static const struct shown *shown_as(const char *name)
{
    static const struct shown all[] = {
        {"step", "Task.task_wakeup", {NULL, NULL, NULL, 0}, false},
        {"group: child done", "TaskGroup._on_task_done", {NULL, NULL, NULL, 0}, false},
#define SHOWN(ours, file, function, partial) {ours, function, {file, function, NULL, 0}, partial}
        SHOWN("stop the loop", "base_events", "_run_until_complete_cb", false),
        SHOWN("gather: child done", "tasks", "gather.<locals>._done_callback", false),
        SHOWN("wait: child done", "tasks", "_wait.<locals>._on_completion", false),
        SHOWN("wait_for: it is done", "tasks", "_release_waiter", true),
        SHOWN("as_completed: child done", "tasks", "as_completed.<locals>._on_completion", false),
        SHOWN("shield: inner done", "tasks", "shield.<locals>._inner_done_callback", false),
        SHOWN("shield: outer done", "tasks", "shield.<locals>._outer_done_callback", false),
#undef SHOWN
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(name, all[i].ours) == 0)
            return &all[i];
    }
    return NULL;
}

const struct host_callback *host_callback_of(const struct sim_callback *callback)
{
    return callback->ops == &callback_ops ? callback_of(callback->arg) : NULL;
}

PyObject *host_callback_repr(const struct sim_callback *callback, const void *address)
{
    if (callback->ops->arg == SIM_ARG_HANDLE) {
        const struct sim_handle *handle = callback->arg;
        return PyUnicode_FromFormat("<bound method Timeout._on_timeout of %R>",
                                    host_timeout_object(handle->callback.arg));
    }
    const struct sim_link *link = callback->ops->arg == SIM_ARG_LINK ? callback->arg : NULL;
    const struct shown *shown = shown_as(callback->ops->name);
    const char *name = shown ? shown->theirs : callback->ops->name;
    if (shown && shown->partial)
        return PyUnicode_FromFormat("functools.partial(<function %s at %p>, %R)", name, address,
                                    host_object_of(callback->arg));
    if (shown && link && !shown->place.file)
        return PyUnicode_FromFormat("<bound method %s of %R>", name, (PyObject *)link->owner);
    return PyUnicode_FromFormat("<function %s at %p>", name, address);
}

/* "name()", for a partial "name(its argument)()", and where it is defined. */
static PyObject *own_text(struct host *host, const struct sim_callback *callback)
{
    const struct shown *shown = shown_as(callback->ops->name);
    if (!shown)
        return PyUnicode_FromString(callback->ops->name);
    PyObject *arg = shown->partial ? host_short_repr(host_object_of(callback->arg)) : NULL;
    PyObject *place = host_place_text(host, &shown->place);
    PyObject *text = NULL;
    if (!PyErr_Occurred())
        text = PyUnicode_FromFormat("%s%s%V%s()%s%V", shown->theirs, arg ? "(" : "", arg, "",
                                    arg ? ")" : "", place ? " at " : "", place, "");
    Py_XDECREF(place);
    Py_XDECREF(arg);
    return text;
}

static PyObject *own_callback(struct host *host, const struct sim_callback *callback)
{
    PyObject *text = own_text(host, callback);
    return text ? Py_BuildValue("(NO)", text, Py_None) : NULL;
}

/* _callbacks: a list of (function, context), None if there are none. */
PyObject *host_callbacks_list(PyObject *self)
{
    const struct sim_future *future = host_future_of(self);
    size_t count = sim_future_callback_count(future);
    if (count == 0)
        Py_RETURN_NONE;
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < count; i++) {
        const struct sim_callback *callback = sim_future_callback_at(future, i);
        const struct host_callback *own = callback_of(callback->arg);
        PyObject *pair = callback->ops == &callback_ops
                             ? PyTuple_Pack(2, own->function, own->context)
                             : own_callback(host_of_loop(future->loop), callback);
        if (!pair || PyList_Append(list, pair) < 0)
            Py_CLEAR(list);
        Py_XDECREF(pair);
    }
    return list;
}

/* --- the type --------------------------------------------------------------------------------- */

static int callback_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(callback_of(self)->function);
    Py_VISIT(callback_of(self)->context);
    return 0;
}

static int callback_clear(PyObject *self)
{
    Py_CLEAR(callback_of(self)->function);
    Py_CLEAR(callback_of(self)->context);
    return 0;
}

static void callback_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    callback_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, callback_dealloc),
    HOST_SLOT(Py_tp_traverse, callback_traverse),
    HOST_SLOT(Py_tp_clear, callback_clear),
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "_asyncio.DoneCallback",
    .basicsize = sizeof(struct host_callback),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

int host_callback_setup(struct host *host)
{
    host->callback_type = host_type_new(host, &spec, NULL, false);
    return host->callback_type ? 0 : -1;
}
