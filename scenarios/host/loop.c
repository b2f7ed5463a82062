/* The event loop's object: clock, callbacks, futures and tasks.  Running it: loop_run.c. */
#include "loop.h"
#include "future.h"
#include "operation.h"
#include "places.h"
#include "task.h"
#include "thread.h"

#include "sim/timer_entry.h"

#include <structmember.h>

static struct host_loop *loop_of(void *self)
{
    return self;
}

int host_loop_check_open(const struct host_loop *loop)
{
    if (!loop->closed)
        return 0;
    PyErr_SetString(PyExc_RuntimeError, "Event loop is closed");
    return -1;
}

struct host_loop *host_loop_argument(struct host *host, PyObject *loop)
{
    if (!loop || loop == Py_None)
        return host_current_loop(host);
    if (PyObject_TypeCheck(loop, host->loop_type))
        return loop_of(Py_NewRef(loop));
    PyErr_Format(PyExc_TypeError, "an event loop of asyncio's is required, not '%.100s'",
                 Py_TYPE(loop)->tp_name);
    return NULL;
}

/* --- life ------------------------------------------------------------------------------------- */

struct host_loop *host_loop_new(struct host *host, PyTypeObject *type)
{
    struct host_loop *self = loop_of(type->tp_alloc(type, 0));
    if (!self)
        return NULL;
    sim_loop_init(&self->loop, &host->world);
    self->loop.guest_soon = type != host->loop_type;
    self->slow_callback_s = 0.1;
    self->asyncgens = PyDict_New();
    if (!self->asyncgens)
        Py_CLEAR(self);
    else
        host_tell_selector();
    return self;
}

static int loop_setattr(PyObject *self, PyObject *name, PyObject *value)
{
    int error = PyObject_GenericSetAttr(self, name, value);
    loop_of(self)->loop.guest_soon |= host_loop_has_own(loop_of(self), "call_soon");
    return error;
}

static PyObject *loop_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                          PyObject *Py_UNUSED(keywords))
{
    return (PyObject *)host_loop_new(host_of_type(type), type);
}

struct visitor {
    visitproc visit;
    void *arg;
    int answer;
};

static int visit_entry(const struct sim_ready *entry, visitproc visit, void *arg)
{
    if (entry->future)
        Py_VISIT(host_object_of(entry->future));
    return host_callback_visit(&entry->callback, visit, arg);
}

static void visit_ready(void *user, const struct sim_ready *entry)
{
    struct visitor *visitor = user;
    if (visitor->answer == 0)
        visitor->answer = visit_entry(entry, visitor->visit, visitor->arg);
}

/* What a timer keeps alive: a sleep, a handle of the script's, or what C waits with. */
static int visit_handle(struct sim_handle *handle, visitproc visit, void *arg)
{
    const struct sim_callback *callback = &handle->callback;
    if (handle->flags & SIM_HANDLE_SLEEP)
        Py_VISIT(
            host_object_of((const struct sim_future *)(void *)((char *)handle -
                                                               offsetof(struct sim_sleep, timer))));
    else if (handle->flags & SIM_HANDLE_EMBEDDED)
        Py_VISIT(host_object_of_handle(handle));
    else if (callback->ops && (handle->references == 1 || callback->ops->arg == SIM_ARG_LINK))
        return host_callback_visit(callback, visit, arg);
    return 0;
}

static void visit_timer(void *user, const struct sim_timer *timer)
{
    struct visitor *visitor = user;
    struct sim_handle *handle = sim_timer_handle(timer);
    if (visitor->answer == 0 && handle)
        visitor->answer = visit_handle(handle, visitor->visit, visitor->arg);
}

static int loop_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct host_loop *self = loop_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->dict);
    Py_VISIT(self->exception_handler);
    Py_VISIT(self->task_factory);
    Py_VISIT(self->asyncgens);
    Py_VISIT(self->default_executor);
    struct visitor visitor = {visit, arg, 0};
    sim_timers_each(&self->loop.timers, visit_timer, &visitor);
    sim_ready_each(&self->loop.ready, visit_ready, &visitor);
    return visitor.answer;
}

static int loop_clear(PyObject *object)
{
    struct host_loop *self = loop_of(object);
    if (self->loop.world)
        sim_loop_clear(&self->loop);
    Py_CLEAR(self->dict);
    Py_CLEAR(self->exception_handler);
    Py_CLEAR(self->task_factory);
    Py_CLEAR(self->asyncgens);
    Py_CLEAR(self->default_executor);
    return 0;
}

static void loop_dealloc(PyObject *object)
{
    struct host_loop *self = loop_of(object);
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    if (self->weakrefs)
        PyObject_ClearWeakRefs(object);
    loop_clear(object);
    if (self->loop.world) {
        struct host *host = host_of_loop(&self->loop);
        if (host->running == self) /* the script said that it runs */
            host->running = NULL;
        sim_loop_fini(&self->loop);
    }
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *loop_repr(PyObject *object)
{
    const struct host_loop *self = loop_of(object);
    const char *name = Py_TYPE(object)->tp_name, *dot = strrchr(name, '.');
    return PyUnicode_FromFormat("<%s running=%s closed=%s debug=%s>", dot ? dot + 1 : name,
                                self->running ? "True" : "False", self->closed ? "True" : "False",
                                self->debug ? "True" : "False");
}

/* --- callbacks -------------------------------------------------------------------------------- */

/* Finds context= and makes a handle for args[0](*args[1:]). */
static PyObject *make_handle(struct host_loop *self, const char *function, bool timer,
                             PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    struct host_signature signature = {function, {"context"}, 0, 0};
    PyObject *context[4];
    if (host_loop_check_open(self) < 0)
        return NULL;
    if (count < 1) {
        PyErr_Format(PyExc_TypeError, "%s() missing 1 required positional argument: 'callback'",
                     function);
        return NULL;
    }
    if (!host_args(&signature, args + count, 0, keywords, context))
        return NULL;
    PyObject *rest = PyTuple_New(count - 1);
    if (!rest)
        return NULL;
    for (Py_ssize_t i = 1; i < count; i++)
        PyTuple_SET_ITEM(rest, i - 1, Py_NewRef(args[i]));
    PyObject *handle = host_handle_new(self, timer, args[0], rest, context[0]);
    Py_DECREF(rest);
    return handle;
}

static PyObject *call_soon(PyObject *object, const char *function, PyObject *const *args,
                           Py_ssize_t count, PyObject *keywords)
{
    struct host_loop *self = loop_of(object);
    PyObject *handle = make_handle(self, function, false, args, count, keywords);
    if (handle && !host_soon_push(host_of_loop(&self->loop), args[0]))
        sim_loop_call_soon(&self->loop, &((struct host_handle *)(void *)handle)->handle);
    return handle;
}

static PyObject *loop_call_soon(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords)
{
    return call_soon(self, "call_soon", args, count, keywords);
}

static PyObject *loop_call_soon_threadsafe(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                           PyObject *keywords)
{
    PyObject *handle = call_soon(self, "call_soon_threadsafe", args, count, keywords);
    sim_thread_unpark(&loop_of(self)->loop);
    return handle;
}

static PyObject *arm(PyObject *object, const char *function, int64_t deadline_ns,
                     PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    struct host_loop *self = loop_of(object);
    PyObject *handle = make_handle(self, function, true, args, count, keywords);
    if (handle)
        sim_loop_call_at(&self->loop, &((struct host_handle *)(void *)handle)->handle, deadline_ns);
    return handle;
}

static PyObject *loop_call_later(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords)
{
    int64_t deadline_ns;
    if (count < 1 || args[0] == Py_None) {
        PyErr_SetString(PyExc_TypeError, "delay must not be None");
        return NULL;
    }
    if (host_loop_has_own(loop_of(self), "call_at") || host_loop_has_own(loop_of(self), "time"))
        return host_call_later_by_methods(self, args, count, keywords);
    if (!host_deadline(loop_of(self)->loop.world, args[0], &deadline_ns))
        return NULL;
    return arm(self, "call_later", deadline_ns, args + 1, count - 1, keywords);
}

static PyObject *loop_call_at(PyObject *self, PyObject *const *args, Py_ssize_t count,
                              PyObject *keywords)
{
    if (count < 1 || args[0] == Py_None) {
        PyErr_SetString(PyExc_TypeError, "when cannot be None");
        return NULL;
    }
    double when = PyFloat_AsDouble(args[0]);
    if (when == -1.0 && PyErr_Occurred())
        return NULL;
    return arm(self, "call_at", host_ns_of_seconds(when), args + 1, count - 1, keywords);
}

static PyObject *loop_time(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyFloat_FromDouble(host_seconds_of_ns(loop_of(self)->loop.world->now_ns));
}

/* --- futures and tasks ------------------------------------------------------------------------ */

static PyObject *loop_create_future(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return host_future_new(loop_of(self));
}

/* Lets the task factory make a task, and names it. */
static PyObject *manufacture(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                             PyObject *context)
{
    PyObject *args[] = {NULL, (PyObject *)loop, coroutine, context};
    PyObject *keywords = NULL, *task;
    if (context && context != Py_None && !(keywords = Py_BuildValue("(s)", "context")))
        return NULL;
    task = PyObject_Vectorcall(loop->task_factory, args + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET,
                               keywords);
    Py_XDECREF(keywords);
    if (task && name && name != Py_None) {
        PyObject *done = PyObject_CallMethod(task, "set_name", "O", name);
        PyErr_Clear(); /* a future of another kind need not have names */
        Py_XDECREF(done);
    }
    return task;
}

PyObject *host_loop_create_task(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                                PyObject *context, enum sim_flag_task named)
{
    static const struct host_place place =
        HOST_PLACE("base_events", "BaseEventLoop.create_task", "self._check_closed()");
    PyObject *task = NULL;
    if (host_loop_check_open(loop) == 0)
        task = loop->task_factory ? manufacture(loop, coroutine, name, context)
                                  : host_task_new(loop, coroutine, name, context, named);
    if (!task)
        host_place_raise(host_of_loop(&loop->loop), &place, (PyObject *)loop, coroutine);
    return task;
}

static PyObject *loop_create_task(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    static const struct host_signature signature = {
        "create_task", {"coro", "name", "context"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    return host_loop_create_task(loop_of(self), given[0], given[1], given[2], SIM_TASK_UNNAMED);
}

static PyObject *loop_set_task_factory(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                       PyObject *keywords)
{
    static const struct host_signature signature = {
        "BaseEventLoop.set_task_factory", {"factory"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *factory = given[0];
    if (factory != Py_None && !PyCallable_Check(factory)) {
        PyErr_SetString(PyExc_TypeError, "task factory must be a callable or None");
        return NULL;
    }
    Py_XSETREF(loop_of(self)->task_factory, factory == Py_None ? NULL : Py_NewRef(factory));
    Py_RETURN_NONE;
}

static PyObject *loop_get_task_factory(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *factory = loop_of(self)->task_factory;
    return Py_NewRef(factory ? factory : Py_None);
}

/* --- the type --------------------------------------------------------------------------------- */

static PyObject *loop_get_debug(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(loop_of(self)->debug);
}

static PyObject *loop_set_debug(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords)
{
    static const struct host_signature signature = {"BaseEventLoop.set_debug", {"enabled"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *value = given[0];
    int truth = PyObject_IsTrue(value);
    if (truth < 0)
        return NULL;
    loop_of(self)->debug = truth;
    if (loop_of(self)->running)
        host_loop_track_origins(loop_of(self), truth);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"time", loop_time, METH_NOARGS, HOST_DOC("time($self)", "")},
    {"call_soon", HOST_METHOD(loop_call_soon), HOST_KEYWORDS,
     HOST_DOC("call_soon($self, callback, *args, context=None)", "")},
    {"call_soon_threadsafe", HOST_METHOD(loop_call_soon_threadsafe), HOST_KEYWORDS,
     HOST_DOC("call_soon_threadsafe($self, callback, *args, context=None)", "")},
    {"call_later", HOST_METHOD(loop_call_later), HOST_KEYWORDS,
     HOST_DOC("call_later($self, delay, callback, *args, context=None)", "")},
    {"call_at", HOST_METHOD(loop_call_at), HOST_KEYWORDS,
     HOST_DOC("call_at($self, when, callback, *args, context=None)", "")},
    {"create_future", loop_create_future, METH_NOARGS, HOST_DOC("create_future($self)", "")},
    {"create_task", HOST_METHOD(loop_create_task), HOST_KEYWORDS,
     HOST_DOC("create_task($self, coro, *, name=None, context=None)", "")},
    {"set_task_factory", HOST_METHOD(loop_set_task_factory), HOST_KEYWORDS,
     HOST_DOC("set_task_factory($self, factory)", "")},
    {"get_task_factory", loop_get_task_factory, METH_NOARGS,
     HOST_DOC("get_task_factory($self)", "")},
    {"get_debug", loop_get_debug, METH_NOARGS, HOST_DOC("get_debug($self)", "")},
    {"set_debug", HOST_METHOD(loop_set_debug), HOST_KEYWORDS,
     HOST_DOC("set_debug($self, enabled)", "")},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(struct host_loop, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct host_loop, weakrefs), READONLY, NULL},
    {"slow_callback_duration", T_DOUBLE, offsetof(struct host_loop, slow_callback_s), 0, NULL},
    {"_default_executor", T_OBJECT, offsetof(struct host_loop, default_executor), 0, NULL},
    {"_executor_shutdown_called", T_BOOL, offsetof(struct host_loop, executor_shut_down), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, loop_new),
    HOST_SLOT(Py_tp_dealloc, loop_dealloc),
    HOST_SLOT(Py_tp_traverse, loop_traverse),
    HOST_SLOT(Py_tp_clear, loop_clear),
    HOST_SLOT(Py_tp_repr, loop_repr),
    HOST_SLOT(Py_tp_setattro, loop_setattr),
    {Py_tp_methods, methods},
    {Py_tp_members, members},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.unix_events._UnixSelectorEventLoop",
    .basicsize = sizeof(struct host_loop),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

static PyType_Slot abstract_slots[] = {{0, NULL}};

static PyType_Spec abstract_spec = {
    .name = "asyncio.events.AbstractEventLoop",
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = abstract_slots,
};

/* Adds a table of methods of another file to the type. */
static int add_methods(PyTypeObject *type, PyMethodDef *table)
{
    for (PyMethodDef *method = table; method->ml_name; method++) {
        PyObject *descriptor = PyDescr_NewMethod(type, method);
        int error =
            descriptor ? PyObject_SetAttrString((PyObject *)type, method->ml_name, descriptor) : -1;
        Py_XDECREF(descriptor);
        if (error < 0)
            return -1;
    }
    return 0;
}

int host_loop_setup(struct host *host)
{
    host->abstract_loop_type = host_type_new(host, &abstract_spec, NULL, true);
    if (!host->abstract_loop_type)
        return -1;
    if (add_methods(host->abstract_loop_type, host_abstract_loop_methods) < 0)
        return -1;
    host->loop_type = host_type_new(host, &spec, host->abstract_loop_type, false);
    if (!host->loop_type || add_methods(host->loop_type, host_loop_run_methods) < 0 ||
        add_methods(host->loop_type, host_handler_methods) < 0 ||
        add_methods(host->loop_type, host_loop_refused_methods) < 0 ||
        add_methods(host->loop_type, host_pool_loop_methods) < 0)
        return -1;
    return PyModule_AddObjectRef(host->module, "SelectorEventLoop", (PyObject *)host->loop_type);
}
