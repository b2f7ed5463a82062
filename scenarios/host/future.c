/* asyncio.Future, and what all faces of futures share. */
#include "future.h"
#include "loop.h"
#include "places.h"

#include <structmember.h>

static struct host_face *face_of(PyObject *self)
{
    return (struct host_face *)(void *)self;
}

static const char uninitialized[] = "Future object is not initialized.";

/* The future of a method's self; NULL with RuntimeError if __init__ was never called. */
static struct sim_future *future_of(PyObject *self)
{
    struct sim_future *future = host_future_of(self);
    if (future->loop)
        return future;
    PyErr_SetString(PyExc_RuntimeError, uninitialized);
    return NULL;
}

static PyObject *invalid_state(const struct sim_future *future, const char *message)
{
    PyErr_SetString(host_of_loop(future->loop)->invalid_state_error, message);
    return NULL;
}

/* --- life ------------------------------------------------------------------------------------- */

PyObject *host_stack_now(void)
{
    PyObject *module = PyImport_ImportModule("traceback");
    PyObject *frames = module ? PyObject_CallMethod(module, "extract_stack", NULL) : NULL;
    Py_XDECREF(module);
    PyErr_Clear();
    return frames;
}

void host_made_at(PyObject *face, const struct host_place *place)
{
    PyObject *frames = face ? face_of(face)->source_traceback : NULL, *module = NULL;
    PyObject *frame = NULL;
    int line;
    if (!frames || !PyList_Check(frames))
        return;
    PyObject *code = host_place_code(host_of_type(Py_TYPE(face)), place, &line);
    if (code && (module = PyImport_ImportModule("traceback"))) {
        const PyCodeObject *its = (PyCodeObject *)(void *)code;
        frame = PyObject_CallMethod(module, "FrameSummary", "OiO", its->co_filename, line,
                                    its->co_name);
    }
    if (frame && PyList_Append(frames, frame) < 0)
        PyErr_Clear();
    PyErr_Clear();
    Py_XDECREF(frame);
    Py_XDECREF(module);
}

int host_face_init(PyObject *self, struct host_loop *loop)
{
    struct host *host = host_of_loop(&loop->loop);
    struct sim_future *future = host_future_of(self);
    PyTypeObject *type = Py_TYPE(self);
    Py_INCREF(loop); /* the face's: given back when it is freed */
    if (type != host->future_type && type != host->task_type && type != host->gather_type &&
        _PyType_Lookup(type, host->str_cancel) !=
            _PyType_Lookup(future->kind == SIM_AWAIT_TASK ? host->task_type : host->future_type,
                           host->str_cancel))
        future->flags |= SIM_FUTURE_GUEST_CANCEL;
    if (loop->debug)
        Py_XSETREF(face_of(self)->source_traceback, host_stack_now());
    return 0;
}

PyObject *host_future_new(struct host_loop *loop)
{
    static const struct host_place place =
        HOST_PLACE("base_events", "BaseEventLoop.create_future", "futures.Future(loop=self)");
    struct host *host = host_of_loop(&loop->loop);
    PyObject *self = host->future_type->tp_alloc(host->future_type, 0);
    if (!self)
        return NULL;
    sim_future_init(&loop->loop, host_future_of(self), SIM_AWAIT_FUTURE);
    host_face_init(self, loop);
    if (loop->debug)
        host_made_at(self, &place);
    return self;
}

static int future_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {"Future", {"loop"}, 0, 0};
    PyObject *parameters[4];
    if (!host_init_args(&signature, args, keywords, parameters))
        return -1;
    struct host_loop *loop = host_loop_argument(host_of_type(Py_TYPE(self)), parameters[0]);
    if (!loop)
        return -1;
    if (host_future_of(self)->loop) {
        struct host_loop *old = host_loop_of(host_future_of(self)->loop);
        host_face_clear(self);
        Py_DECREF(old);
    }
    sim_future_init(&loop->loop, host_future_of(self), SIM_AWAIT_FUTURE);
    host_face_init(self, loop);
    Py_DECREF(loop);
    return 0;
}

int host_face_traverse(PyObject *self, visitproc visit, void *arg)
{
    struct host_face *face = face_of(self);
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(face->dict);
    Py_VISIT(face->traceback);
    Py_VISIT(face->source_traceback);
    return host_future_visit(host_future_of(self), visit, arg);
}

void host_face_clear(PyObject *self)
{
    struct host_face *face = face_of(self);
    Py_CLEAR(face->dict);
    Py_CLEAR(face->traceback);
    Py_CLEAR(face->source_traceback);
    if (host_future_of(self)->loop)
        sim_future_fini(host_future_of(self));
}

static int future_clear(PyObject *self)
{
    host_face_clear(self);
    return 0;
}

void host_face_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    struct sim_future *future = host_future_of(self);
    bool to_say = future->loop && (future->flags & SIM_FUTURE_UNRETRIEVED ||
                                   (future->kind == SIM_AWAIT_TASK && !sim_future_done(future)));
    if (to_say && PyObject_CallFinalizerFromDealloc(self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    if (face_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    type->tp_clear(self);
    if (future->loop)
        Py_DECREF(host_loop_of(future->loop));
    type->tp_free(self);
    Py_DECREF(type);
}

static void future_finalize(PyObject *self)
{
    struct sim_future *future = host_future_of(self);
    if (!future->loop || !(future->flags & SIM_FUTURE_UNRETRIEVED))
        return;
    future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    char message[128];
    const char *name = Py_TYPE(self)->tp_name, *dot = strrchr(name, '.');
    snprintf(message, sizeof message, "%.80s exception was never retrieved", dot ? dot + 1 : name);
    host_report_face(self, message, future->value, "future");
}

/* --- looking ---------------------------------------------------------------------------------- */

void host_future_raise_cancelled(PyObject *self)
{
    PyObject *error = sim_future_cancelled_error(host_future_of(self));
    if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    else
        PyErr_NoMemory();
    Py_XDECREF(error);
}

void host_future_failed(struct sim_future *future)
{
    struct host_face *face = face_of(host_object_of(future));
    if (future->value) /* not where memory is out */
        Py_XSETREF(face->traceback, PyException_GetTraceback(future->value));
}

/* Who is first gets the traceback that the exception had when the future ended, others get none. */
void host_future_raising(struct sim_future *future)
{
    struct host_face *face = face_of(host_object_of(future));
    if (future->value)
        PyException_SetTraceback(future->value, face->traceback ? face->traceback : Py_None);
    Py_CLEAR(face->traceback);
}

PyObject *host_future_result(PyObject *self)
{
    struct sim_future *future = host_future_of(self);
    switch ((enum sim_future_state)future->state) {
    case SIM_FUTURE_RESULT:
        return Py_NewRef(future->value ? (PyObject *)future->value : Py_None);
    case SIM_FUTURE_EXCEPTION: {
        PyObject *error = future->value;
        future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
        host_future_raising(future);
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
        return NULL;
    }
    case SIM_FUTURE_CANCELLED:
        host_future_raise_cancelled(self);
        return NULL;
    case SIM_FUTURE_PENDING:
        break;
    }
    return invalid_state(future, "Result is not set.");
}

/* Whether __init__ was called, for those who would look at what it left; false with an exception.
 */
static bool is_initialized(PyObject *self)
{
    if (host_future_of(self)->loop)
        return true;
    PyErr_SetString(host_of_type(Py_TYPE(self))->invalid_state_error, uninitialized);
    return false;
}

static PyObject *future_result(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return is_initialized(self) ? host_future_result(self) : NULL;
}

static PyObject *future_exception(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct sim_future *future = host_future_of(self);
    if (!is_initialized(self))
        return NULL;
    if (future->state == SIM_FUTURE_PENDING)
        return invalid_state(future, "Exception is not set.");
    if (future->state == SIM_FUTURE_EXCEPTION) {
        future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
        return Py_NewRef((PyObject *)future->value);
    }
    if (future->state == SIM_FUTURE_CANCELLED) {
        host_future_raise_cancelled(self);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *future_done(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(sim_future_done(host_future_of(self)));
}

static PyObject *future_cancelled(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(host_future_of(self)->state == SIM_FUTURE_CANCELLED);
}

static PyObject *future_get_loop(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct sim_future *future = future_of(self);
    return future ? Py_NewRef((PyObject *)host_loop_of(future->loop)) : NULL;
}

static PyObject *future_make_cancelled(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return future_of(self) ? sim_future_cancelled_error(host_future_of(self)) : NULL;
}

/* --- ending ----------------------------------------------------------------------------------- */

/* What is to be ended by hand: tasks are not; NULL with an exception. */
static struct sim_future *future_to_set(PyObject *self, const char *method)
{
    struct sim_future *future = future_of(self);
    if (!future || future->kind != SIM_AWAIT_TASK)
        return future;
    PyErr_Format(PyExc_RuntimeError, "Task does not support %s operation", method);
    return NULL;
}

bool host_future_strands(struct sim_future *future)
{
    if (sim_future_done(future) || !host_loop_of(future->loop)->closed ||
        sim_future_callback_count(future) == 0)
        return false;
    sim_future_drop_callbacks(future);
    return true;
}

/* Looks at `left` futures at most: tasks may await each other in rings. */
static const struct host_loop *cancel_strands(struct sim_future *future, int *left)
{
    struct sim_task *task = (struct sim_task *)(void *)future;
    struct sim_gather *gather = (struct sim_gather *)(void *)future;
    const struct host_loop *closed = NULL;
    if (sim_future_done(future) || (*left)-- <= 0)
        return NULL;
    switch ((enum sim_flag_await)future->kind) {
    case SIM_AWAIT_TASK:
        return task->waiter ? cancel_strands(task->waiter, left) : NULL;
    case SIM_AWAIT_GATHER:
        for (uint32_t i = 0; !closed && i < gather->child_count; i++)
            closed = cancel_strands(gather->children[i], left);
        return closed;
    default:
        return host_future_strands(future) ? host_loop_of(future->loop) : NULL;
    }
}

const struct host_loop *host_cancel_strands(struct sim_future *future)
{
    int left = SIM_CANCEL_DEPTH_MAX;
    return host_loop_of(future->loop)->closed ? cancel_strands(future, &left) : NULL;
}

/* What a method answers after it ended a future. */
static PyObject *ended(const struct sim_future *future, bool stranded)
{
    bool told = !stranded || host_loop_check_open(host_loop_of(future->loop)) == 0;
    return told ? Py_NewRef(Py_None) : NULL;
}

static PyObject *future_set_result(PyObject *self, PyObject *result)
{
    struct sim_future *future = future_to_set(self, "set_result");
    if (!future)
        return NULL;
    if (sim_future_done(future))
        return invalid_state(future, "invalid state");
    bool stranded = host_future_strands(future);
    sim_future_set_result(future, result);
    return ended(future, stranded);
}

static PyObject *future_set_exception(PyObject *self, PyObject *given)
{
    struct sim_future *future = future_to_set(self, "set_exception");
    if (!future)
        return NULL;
    if (sim_future_done(future))
        return invalid_state(future, "invalid state");
    PyObject *error = PyExceptionClass_Check(given) ? PyObject_CallNoArgs(given) : Py_NewRef(given);
    if (error && !PyExceptionInstance_Check(error)) {
        PyErr_SetString(PyExc_TypeError, "invalid exception object");
        Py_CLEAR(error);
    } else if (error && Py_IS_TYPE(error, (PyTypeObject *)PyExc_StopIteration)) {
        PyErr_SetString(PyExc_TypeError, "StopIteration interacts badly with generators and cannot "
                                         "be raised into a Future");
        Py_CLEAR(error);
    }
    if (!error)
        return NULL;
    bool stranded = host_future_strands(future);
    sim_future_set_exception(future, error);
    if (PyObject_TypeCheck(error, (PyTypeObject *)host_of_loop(future->loop)->cancelled_error))
        future->flags |= SIM_FUTURE_CANCELLED_ERROR;
    Py_DECREF(error);
    return ended(future, stranded);
}

void host_cancel_begin(struct sim_world *world)
{
    if (world->cancel_depth == 0)
        world->cancel_too_deep = false;
}

PyObject *host_cancel_end(const struct sim_world *world, bool took)
{
    if (!world->cancel_too_deep)
        return PyBool_FromLong(took);
    PyErr_SetString(PyExc_RecursionError,
                    "maximum recursion depth exceeded while calling a Python object");
    return NULL;
}

static PyObject *future_cancel(PyObject *self, PyObject *const *args, Py_ssize_t count,
                               PyObject *keywords)
{
    static const struct host_signature signature = {"cancel", {"msg"}, 1, 0};
    PyObject *message[4];
    struct sim_future *future = future_of(self);
    if (!future || !host_args(&signature, args, count, keywords, message))
        return NULL;
    sim_value text = message[0] == Py_None ? NULL : message[0];
    bool stranded = host_cancel_strands(future) != NULL;
    host_cancel_begin(future->loop->world);
    bool took = future->kind == SIM_AWAIT_GATHER
                    ? sim_gather_cancel((struct sim_gather *)(void *)future, text)
                    : sim_future_set_cancelled(future, text);
    if (stranded)
        return ended(future, stranded);
    return host_cancel_end(future->loop->world, took);
}

/* --- the type --------------------------------------------------------------------------------- */

PyMethodDef host_future_methods[] = {
    {"result", future_result, METH_NOARGS, HOST_DOC("result($self, /)", "")},
    {"exception", future_exception, METH_NOARGS, HOST_DOC("exception($self, /)", "")},
    {"set_result", future_set_result, METH_O, HOST_DOC("set_result($self, result, /)", "")},
    {"set_exception", future_set_exception, METH_O,
     HOST_DOC("set_exception($self, exception, /)", "")},
    {"add_done_callback", HOST_METHOD(host_add_done_callback), HOST_KEYWORDS, NULL},
    {"remove_done_callback", host_remove_done_callback, METH_O,
     HOST_DOC("remove_done_callback($self, fn, /)", "")},
    {"cancel", HOST_METHOD(future_cancel), HOST_KEYWORDS,
     HOST_DOC("cancel($self, /, msg=None)", "")},
    {"cancelled", future_cancelled, METH_NOARGS, HOST_DOC("cancelled($self, /)", "")},
    {"done", future_done, METH_NOARGS, HOST_DOC("done($self, /)", "")},
    {"get_loop", future_get_loop, METH_NOARGS, HOST_DOC("get_loop($self, /)", "")},
    {"_make_cancelled_error", future_make_cancelled, METH_NOARGS,
     HOST_DOC("_make_cancelled_error($self, /)", "")},
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(struct host_face, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct host_face, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_init, future_init),
    HOST_SLOT(Py_tp_dealloc, host_face_dealloc),
    HOST_SLOT(Py_tp_finalize, future_finalize),
    HOST_SLOT(Py_tp_traverse, host_face_traverse),
    HOST_SLOT(Py_tp_clear, future_clear),
    HOST_SLOT(Py_tp_repr, host_future_repr),
    HOST_SLOT(Py_tp_iter, host_future_await),
    HOST_SLOT(Py_am_await, host_future_await),
    {Py_tp_methods, host_future_methods},
    {Py_tp_getset, host_future_getset},
    {Py_tp_members, members},
    {Py_tp_doc, HOST_DOC("Future(*, loop=None)", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "_asyncio.Future",
    .basicsize = sizeof(struct host_future),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_future_setup(struct host *host)
{
    host->future_type = host_type_new(host, &spec, NULL, true);
    return host->future_type ? 0 : -1;
}
