/* asyncio.timeout, timeout_at and Timeout. */
#include "loop.h"
#include "task.h"

#include "sim/timeout.h"

#include <structmember.h>

struct timeout {
    PyObject_HEAD
    PyObject *dict, *weakrefs;
    PyObject *when; /* as it was given: a number or None */
    struct sim_timeout timeout;
};

static struct timeout *timeout_of(void *self)
{
    return self;
}

PyObject *host_timeout_object(const struct sim_timeout *timeout)
{
    return (PyObject *)(void *)((char *)(uintptr_t)timeout - offsetof(struct timeout, timeout));
}

static const char *state_word(const struct timeout *self)
{
    static const char *const words[] = {"created", "active", "expiring", "expired", "finished"};
    return words[self->timeout.state];
}

static bool check(bool condition)
{
    if (!condition)
        PyErr_SetNone(PyExc_AssertionError);
    return condition;
}

/* --- deadlines -------------------------------------------------------------------------------- */

static PyObject *loop_time(const struct sim_loop *loop)
{
    return PyFloat_FromDouble(host_seconds_of_ns(loop->world->now_ns));
}

/* The deadline that `when` means; false with an exception if it is none. */
static bool deadline_of(const struct sim_loop *loop, PyObject *when, int64_t *deadline_ns)
{
    *deadline_ns = SIM_NO_DEADLINE;
    if (when == Py_None)
        return true;
    PyObject *now = loop_time(loop);
    int past = now ? PyObject_RichCompareBool(when, now, Py_LE) : -1;
    Py_XDECREF(now);
    double seconds = past < 0 ? -1.0 : PyFloat_AsDouble(when);
    if (PyErr_Occurred())
        return false;
    *deadline_ns = past ? loop->world->now_ns : host_ns_of_seconds(seconds);
    return true;
}

static struct host_loop *running_loop(struct host *host)
{
    if (!host->running)
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
    return host->running;
}

static PyObject *timeout_when(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return Py_NewRef(timeout_of(self)->when);
}

static PyObject *timeout_reschedule(PyObject *object, PyObject *const *args, Py_ssize_t count,
                                    PyObject *keywords)
{
    static const struct host_signature signature = {"Timeout.reschedule", {"when"}, 1, 1};
    struct timeout *self = timeout_of(object);
    PyObject *given[4];
    int64_t deadline_ns;
    if (!host_args(&signature, args, count, keywords, given) ||
        !check(self->timeout.state != SIM_TIMEOUT_IS_CREATED))
        return NULL;
    if (self->timeout.state != SIM_TIMEOUT_IS_ENTERED)
        return PyErr_Format(PyExc_RuntimeError, "Cannot change state of %s Timeout",
                            state_word(self));
    Py_SETREF(self->when, Py_NewRef(given[0]));
    if (!deadline_of(self->timeout.task->future.loop, given[0], &deadline_ns))
        return NULL;
    sim_timeout_reschedule(&self->timeout, deadline_ns);
    Py_RETURN_NONE;
}

static PyObject *timeout_expired(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(sim_timeout_expired(&timeout_of(self)->timeout));
}

/* --- the block -------------------------------------------------------------------------------- */

static PySendResult enter_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct timeout *self = timeout_of(coro->self);
    struct host_loop *loop = value ? running_loop(host_of((PyObject *)coro)) : NULL;
    if (!loop)
        return PYGEN_ERROR;
    self->timeout.deadline_ns = SIM_NO_DEADLINE;
    if (loop->loop.current && !deadline_of(&loop->loop, self->when, &self->timeout.deadline_ns))
        return PYGEN_ERROR;
    if (!sim_timeout_enter(&self->timeout, &loop->loop)) {
        PyErr_SetString(PyExc_RuntimeError, "Timeout should be used inside a task");
        return PYGEN_ERROR;
    }
    *result = Py_NewRef(coro->self);
    return PYGEN_RETURN;
}

static PySendResult exit_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct timeout *self = timeout_of(coro->self);
    const struct host *host = host_of((PyObject *)coro);
    if (!value || !check(self->timeout.task && (self->timeout.state == SIM_TIMEOUT_IS_ENTERED ||
                                                self->timeout.state == SIM_TIMEOUT_IS_EXPIRING)))
        return PYGEN_ERROR;
    if (sim_timeout_exit(&self->timeout, coro->local == host->cancelled_error)) {
        PyErr_SetNone(PyExc_TimeoutError);
        return PYGEN_ERROR;
    }
    *result = Py_NewRef(Py_None);
    return PYGEN_RETURN;
}

static PyObject *timeout_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_coro_ops ops = {
        .name = "__aenter__",
        .qualname = "Timeout.__aenter__",
        .step = enter_step,
        .place = HOST_PLACE("timeouts", "Timeout.__aenter__", "raise RuntimeError")};
    return host_coro_new(host_of_type(Py_TYPE(self)), &ops, self);
}

static PyObject *timeout_exit(PyObject *self, PyObject *const *args, Py_ssize_t count,
                              PyObject *keywords)
{
    static const struct host_signature signature = {
        "Timeout.__aexit__", {"exc_type", "exc_val", "exc_tb"}, 3, 3};
    static const struct host_coro_ops ops = {
        .name = "__aexit__",
        .qualname = "Timeout.__aexit__",
        .step = exit_step,
        .place = HOST_PLACE("timeouts", "Timeout.__aexit__", "raise TimeoutError")};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *coro = host_coro_new(host_of_type(Py_TYPE(self)), &ops, self);
    if (coro)
        ((struct host_coro *)(void *)coro)->local = Py_NewRef(given[0]);
    return coro;
}

/* --- the type --------------------------------------------------------------------------------- */

static PyObject *timeout_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                             PyObject *Py_UNUSED(keywords))
{
    PyObject *self = type->tp_alloc(type, 0);
    if (!self)
        return NULL;
    timeout_of(self)->when = Py_NewRef(Py_None);
    sim_timeout_init(&timeout_of(self)->timeout, SIM_NO_DEADLINE);
    return self;
}

static int timeout_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {"Timeout.__init__", {"when"}, 1, 1};
    PyObject *given[4];
    if (!host_init_args(&signature, args, keywords, given))
        return -1;
    Py_SETREF(timeout_of(self)->when, Py_NewRef(given[0]));
    return 0;
}

static int timeout_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct timeout *self = timeout_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->dict);
    Py_VISIT(self->when);
    if (self->timeout.task)
        Py_VISIT(host_object_of(&self->timeout.task->future));
    return 0;
}

static int timeout_clear(PyObject *object)
{
    struct timeout *self = timeout_of(object);
    sim_timeout_fini(&self->timeout);
    Py_CLEAR(self->dict);
    Py_CLEAR(self->when);
    return 0;
}

static void timeout_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (timeout_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    timeout_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *timeout_repr(PyObject *object)
{
    struct timeout *self = timeout_of(object);
    PyObject *when, *repr;
    if (self->timeout.state != SIM_TIMEOUT_IS_ENTERED)
        return PyUnicode_FromFormat("<Timeout [%s]>", state_word(self));
    if (self->when == Py_None)
        when = Py_NewRef(Py_None);
    else
        when = PyObject_CallMethod(self->when, "__round__", "i", 3);
    repr = when ? PyUnicode_FromFormat("<Timeout [active] when=%S>", when) : NULL;
    Py_XDECREF(when);
    return repr;
}

static PyMethodDef methods[] = {
    {"when", timeout_when, METH_NOARGS, HOST_DOC("when($self) -> Optional[float]", "")},
    {"reschedule", HOST_METHOD(timeout_reschedule), HOST_KEYWORDS,
     HOST_DOC("reschedule($self, when: Optional[float]) -> None", "")},
    {"expired", timeout_expired, METH_NOARGS, HOST_DOC("expired($self) -> bool", "")},
    {"__aenter__", timeout_enter, METH_NOARGS, HOST_DOC("__aenter__($self) -> 'Timeout'", "")},
    {"__aexit__", HOST_METHOD(timeout_exit), HOST_KEYWORDS,
     HOST_DOC("__aexit__($self, exc_type: Optional[Type[BaseException]], exc_val: "
              "Optional[BaseException], exc_tb: Optional[traceback]) -> Optional[bool]",
              "")},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(struct timeout, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct timeout, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, timeout_new),
    HOST_SLOT(Py_tp_init, timeout_init),
    HOST_SLOT(Py_tp_dealloc, timeout_dealloc),
    HOST_SLOT(Py_tp_traverse, timeout_traverse),
    HOST_SLOT(Py_tp_clear, timeout_clear),
    HOST_SLOT(Py_tp_repr, timeout_repr),
    {Py_tp_methods, methods},
    {Py_tp_members, members},
    {Py_tp_doc, HOST_DOC("Timeout(when: Optional[float]) -> None", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.timeouts.Timeout",
    .basicsize = sizeof(struct timeout),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

/* --- the functions ---------------------------------------------------------------------------- */

static PyObject *make_timeout(struct host *host, PyObject *when)
{
    return when ? PyObject_CallOneArg((PyObject *)host->timeout_type, when) : NULL;
}

static PyObject *asyncio_timeout(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords)
{
    static const struct host_signature signature = {"timeout", {"delay"}, 1, 1};
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    const struct host_loop *loop;
    if (!host_args(&signature, args, count, keywords, given) || !(loop = running_loop(host)))
        return NULL;
    if (given[0] == Py_None)
        return make_timeout(host, Py_None);
    PyObject *now = loop_time(&loop->loop);
    PyObject *when = now ? PyNumber_Add(now, given[0]) : NULL;
    PyObject *timeout = make_timeout(host, when);
    Py_XDECREF(when);
    Py_XDECREF(now);
    return timeout;
}

static PyObject *asyncio_timeout_at(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                    PyObject *keywords)
{
    static const struct host_signature signature = {"timeout_at", {"when"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    return make_timeout(PyModule_GetState(module), given[0]);
}

static PyMethodDef functions[] = {
    {"timeout", HOST_METHOD(asyncio_timeout), HOST_KEYWORDS,
     HOST_DOC("timeout($module, /, delay)", "")},
    {"timeout_at", HOST_METHOD(asyncio_timeout_at), HOST_KEYWORDS,
     HOST_DOC("timeout_at($module, /, when)", "")},
    {NULL, NULL, 0, NULL},
};

int host_timeout_setup(struct host *host)
{
    host->timeout_type = host_type_new(host, &spec, NULL, true);
    if (!host->timeout_type)
        return -1;
    return PyModule_AddFunctions(host->module, functions);
}
