/* Loops of which the script has its own call_soon: tasks and futures call it as CPython's do.
 *
 * It gets a stand-in for what the scheduler would have put into the ready queue.  The loop's plain
 * call_soon() puts it there; whoever calls it, within another callback, runs it. */
#include "future.h"
#include "loop.h"
#include "task.h"

struct soon {
    PyObject_HEAD
    PyObject *loop;
    struct sim_callback callback; /* with its reference; ops NULL: it was scheduled */
    struct sim_future *future;    /* that is done, with its reference unless it wakes a task */
};

static struct soon *soon_of(PyObject *self)
{
    return (struct soon *)(void *)self;
}

static struct sim_loop *loop_of(const struct soon *self)
{
    return &((struct host_loop *)(void *)self->loop)->loop;
}

static bool is_step(const struct sim_callback *callback)
{
    return callback->ops == &sim_task_step_ops;
}

/* Takes what it stands for out, with its references. */
static struct sim_callback take(struct soon *self, struct sim_future **future)
{
    struct sim_callback callback = self->callback;
    *future = self->future;
    self->callback.ops = NULL;
    self->future = NULL;
    return callback;
}

bool host_soon_push(const struct host *host, PyObject *callable)
{
    if (!Py_IS_TYPE(callable, host->soon_type) || !soon_of(callable)->callback.ops)
        return false;
    struct sim_loop *loop = loop_of(soon_of(callable));
    struct sim_future *future;
    struct sim_callback callback = take(soon_of(callable), &future);
    sim_loop_push_entry(loop, &callback, future);
    return true;
}

/* --- called by the scheduler ------------------------------------------------------------------ */

/* In which context it is to be called: a new reference, NULL with an exception. */
static PyObject *context_of(const struct sim_callback *callback, const struct sim_future *future)
{
    if (!future && !is_step(callback))
        return Py_NewRef(Py_None); /* a timeout's, which says nothing of it */
    if (is_step(callback))
        return Py_NewRef(host_task_of(callback->arg)->context);
    const struct host_callback *own = host_callback_of(callback);
    return own ? Py_NewRef(own->context) : PyContext_CopyCurrent();
}

static PyObject *new_soon(struct host *host, struct host_loop *loop,
                          const struct sim_callback *callback, struct sim_future *future)
{
    PyObject *self = host->soon_type->tp_alloc(host->soon_type, 0);
    if (!self)
        return NULL;
    soon_of(self)->loop = Py_NewRef((PyObject *)loop);
    soon_of(self)->callback = *callback;
    soon_of(self)->future = future;
    return self;
}

/* loop.call_soon(callable[, future], context=context): false with an exception. */
static bool call_soon(struct host_loop *loop, PyObject *callable, const struct sim_future *future,
                      PyObject *context)
{
    PyObject *method = PyObject_GetAttrString((PyObject *)loop, "call_soon"), *handle = NULL;
    PyObject *args[] = {callable, future ? host_object_of(future) : NULL, context};
    PyObject *names = Py_BuildValue("(s)", "context");
    if (!future)
        args[1] = context;
    if (method && names)
        handle = PyObject_Vectorcall(method, args, future ? 2 : 1, names);
    Py_XDECREF(names);
    Py_XDECREF(method);
    Py_XDECREF(handle);
    return handle != NULL;
}

bool host_soon(struct sim_loop *sim_loop, const struct sim_callback *callback,
               struct sim_future *future)
{
    struct host_loop *loop = host_loop_of(sim_loop);
    struct host *host = host_of_loop(sim_loop);
    PyObject *type, *value, *traceback;
    if (loop->closed || !host_loop_has_own(loop, "call_soon"))
        return false;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *context = context_of(callback, future);
    PyObject *self = context ? new_soon(host, loop, callback, future) : NULL;
    const struct host_callback *own = host_callback_of(callback);
    if (!self || !call_soon(loop, own ? own->function : self, future, context)) {
        PyErr_WriteUnraisable((PyObject *)loop);
        if (self)
            host_soon_push(host, self);
    }
    Py_XDECREF(self);
    Py_XDECREF(context);
    PyErr_Restore(type, value, traceback);
    return self != NULL;
}

/* --- the stand-in ----------------------------------------------------------------------------- */

/* Runs a step out of the context that it enters itself. */
static PyObject *run_step(struct sim_loop *loop, const struct sim_callback *callback)
{
    const struct host_task *task = host_task_of(callback->arg);
    PyObject *context = Py_NewRef(task->context);
    bool inside = PyThreadState_Get()->context == context && PyContext_Exit(context) == 0;
    sim_loop_run_now(loop, callback, NULL);
    if (inside)
        PyContext_Enter(context);
    Py_DECREF(context);
    Py_RETURN_NONE;
}

static PyObject *soon_call(PyObject *self, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(keywords))
{
    struct sim_loop *loop = loop_of(soon_of(self));
    struct sim_callback callback = soon_of(self)->callback;
    struct sim_future *future;
    if (!callback.ops)
        Py_RETURN_NONE;
    if (is_step(&callback) && loop->current)
        return PyErr_Format(PyExc_RuntimeError,
                            "Cannot enter into task %R while another task %R is being executed.",
                            (PyObject *)host_task_of(callback.arg),
                            (PyObject *)host_task_of(loop->current));
    take(soon_of(self), &future);
    if (is_step(&callback))
        return run_step(loop, &callback);
    sim_loop_run_now(loop, &callback, future);
    Py_RETURN_NONE;
}

static PyObject *soon_repr(PyObject *self)
{
    const struct soon *soon = soon_of(self);
    if (soon->callback.ops && !is_step(&soon->callback))
        return host_callback_repr(&soon->callback, self);
    if (soon->future)
        return PyUnicode_FromFormat("<built-in method task_wakeup of _asyncio.Task object at %p>",
                                    (PyObject *)host_task_of(soon->callback.arg));
    return PyUnicode_FromFormat("<TaskStepMethWrapper object at %p>", self);
}

static int soon_traverse(PyObject *self, visitproc visit, void *arg)
{
    const struct soon *soon = soon_of(self);
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(soon->loop);
    if (!soon->callback.ops)
        return 0;
    if (soon->future && !is_step(&soon->callback))
        Py_VISIT(host_object_of(soon->future));
    return host_callback_visit(&soon->callback, visit, arg);
}

static int soon_clear(PyObject *self)
{
    struct sim_future *future;
    struct sim_callback callback = take(soon_of(self), &future);
    if (!callback.ops)
        return 0;
    if (future && !is_step(&callback))
        sim_future_release(future);
    sim_callback_release(loop_of(soon_of(self))->world, &callback);
    return 0;
}

static void soon_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    soon_clear(self);
    Py_XDECREF(soon_of(self)->loop);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, soon_dealloc), HOST_SLOT(Py_tp_traverse, soon_traverse),
    HOST_SLOT(Py_tp_clear, soon_clear),     HOST_SLOT(Py_tp_repr, soon_repr),
    HOST_SLOT(Py_tp_call, soon_call),       {0, NULL},
};

static PyType_Spec spec = {
    .name = "builtins.TaskStepMethWrapper",
    .basicsize = sizeof(struct soon),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

int host_soon_setup(struct host *host)
{
    host->soon_type = host_type_new(host, &spec, NULL, false);
    return host->soon_type ? 0 : -1;
}
