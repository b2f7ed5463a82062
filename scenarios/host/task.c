/* asyncio.Task: a future that drives a coroutine. */
#include "task.h"
#include "future.h"
#include "loop.h"
#include "thread.h"

#include <structmember.h>

static struct host_task *task_of(PyObject *self)
{
    return (struct host_task *)(void *)self;
}

/* --- making ----------------------------------------------------------------------------------- */

/* The name and the line of definition of a coroutine's function, for the trace. */
static const char *coroutine_label(struct host *host, PyObject *coroutine, uint32_t *line)
{
    PyObject *name = NULL;
    const char *text = NULL;
    *line = 0;
    if (PyObject_TypeCheck(coroutine, host->coro_type))
        return ((struct host_coro *)(void *)coroutine)->ops->qualname;
    if (PyCoro_CheckExact(coroutine) || PyGen_CheckExact(coroutine)) {
        /* The two begin alike. */
        PyCoroObject *coro = (PyCoroObject *)(void *)coroutine;
        name = coro->cr_qualname;
        *line = host_is_ours(coro->cr_code) ? 0 : (uint32_t)coro->cr_code->co_firstlineno;
        text = PyUnicode_AsUTF8(name);
        PyErr_Clear();
        return text;
    }
    const char *type = Py_TYPE(coroutine)->tp_name, *dot = strrchr(type, '.');
    return dot ? dot + 1 : type;
}

/* Room for "Task-N". */
struct numbered_name {
    char text[32];
};

/* Writes it from its end, and gives where it begins. */
static const char *number_name(struct numbered_name *name, uint64_t number)
{
    static const char start[] = {'T', 'a', 's', 'k', '-'};
    char *at = name->text + sizeof name->text;
    *--at = '\0';
    do
        *--at = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return memcpy(at - sizeof start, start, sizeof start);
}

PyObject *host_task_name(struct host_task *task)
{
    struct numbered_name name;
    if (!task->name && task->number > 0)
        task->name = PyUnicode_FromString(number_name(&name, task->number));
    return task->name;
}

/* The name that a new task is given, as a string, or the next "Task-N": NULL with an exception. The
 * text is the task's own or in *room. */
static const char *take_name(struct host_task *self, struct host *host, PyObject *name,
                             struct numbered_name *room)
{
    if (!name || name == Py_None)
        return number_name(room, self->number = ++host->names_given);
    self->name = PyUnicode_CheckExact(name) ? Py_NewRef(name) : PyObject_Str(name);
    return self->name ? PyUnicode_AsUTF8(self->name) : NULL;
}

static int init_task(struct host_task *self, struct host_loop *loop, PyObject *coroutine,
                     PyObject *name, PyObject *context, enum sim_flag_task named)
{
    struct host *host = host_of_loop(&loop->loop);
    struct sim_task_label label = {.named = named};
    struct numbered_name room;
    if (!host_is_coroutine(host, coroutine)) {
        PyErr_Format(PyExc_TypeError, "a coroutine was expected, got %R", coroutine);
        return -1;
    }
    label.name = take_name(self, host, name, &room);
    self->context = context && context != Py_None ? Py_NewRef(context) : PyContext_CopyCurrent();
    if (!label.name || !self->context)
        return -1;
    if (named == SIM_TASK_UNNAMED && name && name != Py_None)
        label.named = SIM_TASK_NAMED;
    label.coroutine = coroutine_label(host, coroutine, &label.line);
    self->coroutine = Py_NewRef(coroutine);
    self->coro.ops = &host_task_coro_ops;
    Py_INCREF(loop); /* scheduling the first step may run the script's code */
    sim_task_init(&loop->loop, &self->task, &self->coro, &label);
    int error = host_face_init((PyObject *)self, loop);
    Py_DECREF(loop);
    return error;
}

PyObject *host_task_new(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                        PyObject *context, enum sim_flag_task named)
{
    struct host *host = host_of_loop(&loop->loop);
    PyObject *self = host->task_type->tp_alloc(host->task_type, 0);
    if (self && init_task(task_of(self), loop, coroutine, name, context, named) < 0)
        Py_CLEAR(self);
    return self;
}

static int task_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {
        "Task", {"coro", "loop", "name", "context"}, 1, 1};
    PyObject *given[4];
    if (!host_init_args(&signature, args, keywords, given))
        return -1;
    if (host_future_of(self)->loop) {
        PyErr_SetString(PyExc_RuntimeError, "Task is already initialized");
        return -1;
    }
    struct host_loop *loop = host_loop_argument(host_of_type(Py_TYPE(self)), given[1]);
    if (!loop)
        return -1;
    int error = init_task(task_of(self), loop, given[0], given[2], given[3], SIM_TASK_UNNAMED);
    Py_DECREF(loop);
    return error;
}

/* --- life ------------------------------------------------------------------------------------- */

static int task_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct host_task *self = task_of(object);
    Py_VISIT(self->coroutine);
    Py_VISIT(self->name);
    Py_VISIT(self->context);
    Py_VISIT(self->awaited);
    Py_VISIT((PyObject *)self->task.cancel_message);
    Py_VISIT((PyObject *)sim_task_error(&self->task));
    if (self->task.waiter)
        Py_VISIT(host_object_of(self->task.waiter));
    return host_face_traverse(object, visit, arg);
}

static int task_clear(PyObject *object)
{
    struct host_task *self = task_of(object);
    if (self->task.future.loop)
        sim_task_fini(&self->task);
    Py_CLEAR(self->coroutine);
    Py_CLEAR(self->name);
    Py_CLEAR(self->context);
    Py_CLEAR(self->awaited);
    host_face_clear(object);
    return 0;
}

static void task_finalize(PyObject *object)
{
    struct host_task *self = task_of(object);
    const struct sim_future *future = &self->task.future;
    if (future->loop && !sim_future_done(future) && !self->face.quiet)
        host_report_face(object, "Task was destroyed but it is pending!", NULL, "task");
    host_of_type(Py_TYPE(object))->future_type->tp_finalize(object);
}

/* --- methods ---------------------------------------------------------------------------------- */

static PyObject *task_cancel(PyObject *self, PyObject *const *args, Py_ssize_t count,
                             PyObject *keywords)
{
    static const struct host_signature signature = {"cancel", {"msg"}, 1, 0};
    PyObject *message[4];
    if (!host_args(&signature, args, count, keywords, message))
        return NULL;
    sim_value text = message[0] == Py_None ? NULL : message[0];
    if (!host_future_of(self)->loop)
        Py_RETURN_FALSE;
    struct sim_world *world = host_future_of(self)->loop->world;
    const struct host_loop *closed = host_cancel_strands(host_future_of(self));
    host_cancel_begin(world);
    bool took = sim_task_cancel(&task_of(self)->task, text);
    if (closed && host_loop_check_open(closed) < 0)
        return NULL;
    return host_cancel_end(world, took);
}

static PyObject *task_uncancel(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromUnsignedLong(sim_task_uncancel(&task_of(self)->task));
}

static PyObject *task_cancelling(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromUnsignedLong(task_of(self)->task.cancel_requests);
}

static PyObject *task_set_result(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(value))
{
    PyErr_SetString(PyExc_RuntimeError, "Task does not support set_result operation");
    return NULL;
}

static PyObject *task_set_exception(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(value))
{
    PyErr_SetString(PyExc_RuntimeError, "Task does not support set_exception operation");
    return NULL;
}

static PyObject *task_get_name(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *name = host_task_name(task_of(self));
    return name || PyErr_Occurred() ? Py_XNewRef(name) : Py_NewRef(Py_None);
}

static PyObject *task_set_name(PyObject *self, PyObject *value)
{
    PyObject *name = PyUnicode_CheckExact(value) ? Py_NewRef(value) : PyObject_Str(value);
    const char *text = name ? PyUnicode_AsUTF8(name) : NULL;
    if (!text) {
        Py_XDECREF(name);
        return NULL;
    }
    Py_XSETREF(task_of(self)->name, name);
    if (host_future_of(self)->loop)
        sim_task_set_name(&task_of(self)->task, text);
    Py_RETURN_NONE;
}

static PyObject *task_get_coro(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *coroutine = task_of(self)->coroutine;
    return Py_NewRef(coroutine ? coroutine : Py_None);
}

static Py_hash_t task_hash(PyObject *self)
{
    return (Py_hash_t)task_of(self)->task.number;
}

static PyMethodDef methods[] = {
    {"cancel", HOST_METHOD(task_cancel), HOST_KEYWORDS, HOST_DOC("cancel($self, /, msg=None)", "")},
    {"uncancel", task_uncancel, METH_NOARGS, HOST_DOC("uncancel($self, /)", "")},
    {"cancelling", task_cancelling, METH_NOARGS, HOST_DOC("cancelling($self, /)", "")},
    {"set_result", task_set_result, METH_O, HOST_DOC("set_result($self, result, /)", "")},
    {"set_exception", task_set_exception, METH_O,
     HOST_DOC("set_exception($self, exception, /)", "")},
    {"get_name", task_get_name, METH_NOARGS, HOST_DOC("get_name($self, /)", "")},
    {"set_name", task_set_name, METH_O, HOST_DOC("set_name($self, value, /)", "")},
    {"get_coro", task_get_coro, METH_NOARGS, HOST_DOC("get_coro($self, /)", "")},
    {"get_stack", HOST_METHOD(host_task_get_stack), HOST_KEYWORDS,
     HOST_DOC("get_stack($self, /, *, limit=None)", "")},
    {"print_stack", HOST_METHOD(host_task_print_stack), HOST_KEYWORDS,
     HOST_DOC("print_stack($self, /, *, limit=None, file=None)", "")},
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, NULL},
    {NULL, NULL, 0, NULL},
};

/* --- attributes ------------------------------------------------------------------------------- */

static PyObject *get_coro(PyObject *self, void *Py_UNUSED(closure))
{
    return task_get_coro(self, NULL);
}

static PyObject *get_waiter(PyObject *self, void *Py_UNUSED(closure))
{
    const struct sim_future *waiter = task_of(self)->task.waiter;
    return Py_NewRef(waiter ? host_object_of(waiter) : Py_None);
}

static PyObject *get_must_cancel(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(task_of(self)->task.must_cancel);
}

static PyObject *get_log_pending(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(!task_of(self)->face.quiet);
}

static int set_log_pending(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    if (!value)
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
    int truth = value ? PyObject_IsTrue(value) : -1;
    if (truth < 0)
        return -1;
    task_of(self)->face.quiet = !truth;
    return 0;
}

static PyObject *get_cancel_message(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *message = task_of(self)->task.cancel_message;
    return Py_NewRef(message ? message : Py_None);
}

static int set_cancel_message(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    struct sim_task *task = &task_of(self)->task;
    PyObject *old = task->cancel_message;
    if (!value) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    task->cancel_message = value == Py_None ? NULL : Py_NewRef(value);
    Py_XDECREF(old);
    return 0;
}

static PyGetSetDef getset[] = {
    {"_coro", get_coro, NULL, NULL, NULL},
    {"_fut_waiter", get_waiter, NULL, NULL, NULL},
    {"_must_cancel", get_must_cancel, NULL, NULL, NULL},
    {"_log_destroy_pending", get_log_pending, set_log_pending, NULL, NULL},
    {"_cancel_message", get_cancel_message, set_cancel_message, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_init, task_init),
    HOST_SLOT(Py_tp_dealloc, host_face_dealloc),
    HOST_SLOT(Py_tp_finalize, task_finalize),
    HOST_SLOT(Py_tp_traverse, task_traverse),
    HOST_SLOT(Py_tp_clear, task_clear),
    HOST_SLOT(Py_tp_repr, host_task_repr),
    HOST_SLOT(Py_tp_hash, task_hash),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Task(coro, *, loop=None, name=None, context=None)", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "_asyncio.Task",
    .basicsize = sizeof(struct host_task),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_task_setup(struct host *host)
{
    host->task_type = host_type_new(host, &spec, host->future_type, true);
    return host->task_type ? 0 : -1;
}
