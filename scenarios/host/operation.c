/* The face of the scheduler's own coroutines; see operation.h. */
#include "operation.h"
#include "future.h"
#include "loop.h"
#include "script.h"
#include "task.h"

static struct host_operation *operation_of(void *self)
{
    return self;
}

static const struct host_operation_ops *ops_of(const struct host_operation *self)
{
    return (const struct host_operation_ops *)(const void *)self->coro.ops;
}

static struct sim_frame *frame_of(struct host_operation *self)
{
    return host_operation_frame(self);
}

/* --- a step ----------------------------------------------------------------------------------- */

/* The exception that is set, taken: a new reference; and how it resumes a frame. */
static PyObject *take_error(struct host *host, enum sim_flag_resume *how)
{
    PyObject *error = host_take_error();
    bool cancel = PyObject_TypeCheck(error, (PyTypeObject *)host->cancelled_error);
    *how = cancel ? SIM_RESUME_CANCEL : SIM_RESUME_THROW;
    return error;
}

/* What the await that the operation is in does when a value is sent: its exception, or NULL. */
static PyObject *outcome(struct host_operation *self, enum sim_flag_resume *how)
{
    *how = SIM_RESUME_SEND;
    if (!self->awaited)
        return NULL;
    if (sim_future_done(self->awaited))
        return sim_future_error(self->awaited, how);
    PyErr_SetString(PyExc_RuntimeError, "await wasn't used with future");
    return take_error(self->awaited->loop->world->guest_user, how);
}

static void close_frame(struct host_operation *self)
{
    struct sim_frame *frame = frame_of(self);
    self->awaited = NULL;
    if (!frame->body)
        return;
    frame->body = NULL;
    frame->coro.ops->close(&frame->coro);
}

/* Raises what the frame raised, handed over; an exception keeps the context that it has, and one
 * that is raised again gets none. */
static void set_error(struct host *host, enum sim_flag_step step, const struct sim_step *out)
{
    PyObject *error = out->value;
    if (!error && step == SIM_STEP_CANCELLED)
        error = PyObject_CallNoArgs(host->cancelled_error);
    if (!error) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        return;
    }
    PyObject *context = PyException_GetContext(error);
    PyObject *type = Py_NewRef((PyObject *)Py_TYPE(error));
    if (context || out->reraised) {
        PyErr_Restore(type, error, PyException_GetTraceback(error));
    } else {
        PyErr_SetObject(type, error);
        Py_DECREF(type);
        Py_DECREF(error);
    }
    Py_XDECREF(context);
}

static PySendResult answer(struct host_operation *self, enum sim_flag_step step,
                           const struct sim_step *out, PyObject **result)
{
    const struct host_operation_ops *ops = ops_of(self);
    PyObject *value = out->value;
    self->awaited = NULL;
    if (step == SIM_STEP_YIELD) {
        *result = Py_NewRef(Py_None);
        return PYGEN_NEXT;
    }
    if (step == SIM_STEP_AWAIT) {
        PyObject *object = host_object_of(out->future);
        self->awaited = out->future;
        ((struct host_face *)(void *)object)->blocking = true;
        *result = Py_NewRef(object);
        return PYGEN_NEXT;
    }
    if (step == SIM_STEP_RETURN)
        *result = ops->result ? ops->result(self, value) : value ? value : Py_NewRef(Py_None);
    else
        set_error(frame_of(self)->world->guest_user, step, out);
    if (!*result && ops->keeps)
        Py_XSETREF(self->coro.local, ops->keeps(self));
    close_frame(self);
    return *result ? PYGEN_RETURN : PYGEN_ERROR;
}

static enum sim_flag_step resume(struct host_operation *self, struct sim_task *task,
                                 enum sim_flag_resume how, PyObject *thrown, struct sim_step *out)
{
    struct sim_frame *frame = frame_of(self);
    if (how < SIM_RESUME_THROW)
        return frame->coro.ops->send(&frame->coro, task, out);
    return frame->coro.ops->throw_in(&frame->coro, task, how == SIM_RESUME_CANCEL, thrown, out);
}

/* Outside of any task it is resumed as by one that is not there. */
static enum sim_flag_step resume_outside(struct host_operation *self, struct sim_loop *loop,
                                         enum sim_flag_resume how, PyObject *thrown,
                                         struct sim_step *out)
{
    struct sim_task nobody = {.future.loop = loop};
    frame_of(self)->world = &host_of((PyObject *)self)->world;
    return resume(self, &nobody, how, thrown, out);
}

/* Whether CPython, which cancels what it waits for in a queue's line when anything is thrown in,
 * fails to: nobody can be told of it any more.  Then the loop, else NULL. */
static struct host_loop *stranding_loop(const struct host_operation *self)
{
    struct sim_future *future = self->awaited;
    bool in_queue =
        future && (future->kind == SIM_AWAIT_QUEUE_GET || future->kind == SIM_AWAIT_QUEUE_PUT ||
                   future->kind == SIM_AWAIT_AS_COMPLETED); /* it has a queue in it */
    return in_queue && host_future_strands(future) ? host_loop_of(future->loop) : NULL;
}

/* What was raised becomes the context of "Event loop is closed". */
static void raise_closed(struct host_loop *loop)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (host_loop_check_open(loop) < 0)
        _PyErr_ChainExceptions(type, value, traceback);
    else
        PyErr_Restore(type, value, traceback);
}

enum { NEW, BEGUN };

/* The first step: NEXT if the frame is to be resumed, else what the operation answers. */
static PySendResult begin(struct host_operation *self, const PyObject *value, PyObject **result)
{
    const struct host_operation_ops *ops = ops_of(self);
    self->coro.place = BEGUN;
    PySendResult answered = value && ops->at_once ? ops->at_once(self, result) : PYGEN_NEXT;
    if (answered == PYGEN_NEXT && ops->begin && ops->begin(self) < 0)
        return PYGEN_ERROR;
    return answered;
}

PySendResult host_operation_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct host_operation *self = operation_of(coro);
    *result = NULL;
    if (coro->place == NEW) {
        PySendResult answered = begin(self, value, result);
        if (answered != PYGEN_NEXT)
            return answered;
    }
    struct host *host = host_of((PyObject *)coro);
    enum sim_flag_resume how;
    struct host_loop *closed = value ? NULL : stranding_loop(self);
    PyObject *thrown = value ? outcome(self, &how) : take_error(host, &how);
    struct sim_step out = {0};
    enum sim_flag_step step =
        host->running && host->running->loop.current
            ? resume(self, host->running->loop.current, how, thrown, &out)
            : resume_outside(self, host->running ? &host->running->loop : NULL, how, thrown, &out);
    PySendResult answered = answer(self, step, &out, result);
    if (closed && answered == PYGEN_ERROR)
        raise_closed(closed);
    Py_XDECREF(thrown);
    return answered;
}

PyObject *host_operation_awaits(const struct host_coro *coro)
{
    const struct sim_future *future = ((const struct host_operation *)coro)->awaited;
    return future ? host_future_await(host_object_of(future)) : Py_NewRef(Py_None);
}

PyObject *host_result_true(struct host_operation *self, PyObject *value)
{
    (void)self;
    Py_XDECREF(value);
    Py_RETURN_TRUE;
}

PyObject *host_result_none(struct host_operation *self, PyObject *value)
{
    (void)self;
    Py_XDECREF(value);
    Py_RETURN_NONE;
}

/* --- the types: one a size -------------------------------------------------------------------- */

static void operation_finalize(PyObject *object)
{
    PyObject *type, *value, *traceback;
    struct host_operation *self = operation_of(object);
    host_coro_warn(&self->coro);
    if (self->coro.state == HOST_CORO_DONE)
        return;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *done = host_coro_close(object, NULL);
    if (!done)
        PyErr_WriteUnraisable(object);
    Py_XDECREF(done);
    PyErr_Restore(type, value, traceback);
}

static int operation_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct host_operation *self = operation_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->coro.self);
    Py_VISIT(self->coro.awaiting);
    Py_VISIT(self->coro.local);
    const struct sim_frame *frame = frame_of(self);
    if (!frame->body)
        return 0;
    for (const struct sim_frame *part = frame; part; part = part->called) {
        if (part->owned)
            Py_VISIT((PyObject *)part->thrown);
    }
    return ops_of(self)->visit ? ops_of(self)->visit(frame, visit, arg) : 0;
}

static int operation_clear(PyObject *object)
{
    struct host_operation *self = operation_of(object);
    self->coro.state = HOST_CORO_DONE;
    close_frame(self);
    Py_CLEAR(self->coro.self);
    Py_CLEAR(self->coro.awaiting);
    Py_CLEAR(self->coro.local);
    return 0;
}

static void operation_dealloc(PyObject *object)
{
    struct host_operation *self = operation_of(object);
    struct host *host = host_of(object);
    bool large = Py_TYPE(object) == host->operation_types[1];
    if (self->coro.state != HOST_CORO_DONE && PyObject_CallFinalizerFromDealloc(object) < 0)
        return;
    PyObject_GC_UnTrack(object);
    if (self->coro.weakrefs)
        PyObject_ClearWeakRefs(object);
    operation_clear(object);
    host_pool_give(&host->operations[large], object);
}

struct host_operation *host_operation_new(struct host *host, const struct host_operation_ops *ops,
                                          PyObject *object)
{
    size_t small = (size_t)host->operation_types[0]->tp_basicsize - sizeof(struct host_operation);
    bool large = ops->size > small;
    PyTypeObject *type = host->operation_types[large];
    struct host_operation *self = host_pool_take(&host->operations[large], type);
    if (!self)
        return NULL;
    self->coro.ops = &ops->coro;
    self->coro.self = Py_XNewRef(object);
    PyObject_GC_Track(self);
    return self;
}

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, operation_dealloc),
    HOST_SLOT(Py_tp_finalize, operation_finalize),
    HOST_SLOT(Py_tp_traverse, operation_traverse),
    HOST_SLOT(Py_tp_clear, operation_clear),
    {0, NULL},
};

int host_operation_setup(struct host *host)
{
    enum { SMALL = 176, LARGE = 448 };
    static const int sizes[] = {SMALL, LARGE};
    for (int i = 0; i < 2; i++) {
        PyType_Spec spec = {
            .name = "builtins.coroutine",
            .basicsize = (int)sizeof(struct host_operation) + sizes[i],
            .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
            .slots = slots,
        };
        host->operation_types[i] = host_type_new(host, &spec, host->coro_type, false);
        if (!host->operation_types[i])
            return -1;
    }
    return 0;
}
