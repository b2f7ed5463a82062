/* asyncio.Semaphore and BoundedSemaphore. */
#include "sync.h"

struct host_semaphore {
    struct host_sync face;
    struct sim_semaphore semaphore;
};

static struct sim_semaphore *semaphore_of(PyObject *self)
{
    return host_sim_of(self);
}

/* --- acquire ---------------------------------------------------------------------------------- */

static int visit_acquire(const void *frame, visitproc visit, void *arg)
{
    return host_visit_waiter(&((const struct sim_semaphore_acquire *)frame)->waiter, visit, arg);
}

static const struct host_operation_ops acquire_ops = {
    HOST_OPERATION("acquire", "Semaphore.acquire", "locks", "await fut"),
    .size = sizeof(struct sim_semaphore_acquire),
    .result = host_result_true,
    .visit = visit_acquire,
};

static const struct host_operation_ops enter_ops = {
    HOST_OPERATION("__aenter__", "_ContextManagerMixin.__aenter__", "locks",
                   "await self.acquire()"),
    .size = sizeof(struct sim_semaphore_acquire),
    .result = host_result_none,
    .visit = visit_acquire,
};

static PyObject *operation(PyObject *semaphore, const struct host_operation_ops *ops)
{
    struct host_operation *self = host_operation_new(host_of_sync(semaphore), ops, semaphore);
    if (self)
        sim_semaphore_acquire_init(host_operation_frame(self), semaphore_of(semaphore));
    return (PyObject *)self;
}

static PyObject *semaphore_acquire(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return operation(self, &acquire_ops);
}

static PyObject *semaphore_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct host *host = host_of_sync(self);
    if (!host_sync_is_plain(self, host->semaphore_type, host->str_acquire))
        return host_sync_enter(self, NULL);
    return operation(self, &enter_ops);
}

/* --- the rest --------------------------------------------------------------------------------- */

static PyObject *semaphore_release(PyObject *self, PyObject *Py_UNUSED(unused))
{
    if (sim_semaphore_release(semaphore_of(self)))
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_ValueError, "BoundedSemaphore released too many times");
    return NULL;
}

static PyObject *semaphore_locked(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(sim_semaphore_locked(semaphore_of(self)));
}

/* locked() of the script's own; its exception has nobody to go to. */
static bool ask_locked(const struct sim_semaphore *semaphore)
{
    PyObject *self = semaphore->sync.owner, *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *answer = PyObject_CallMethod(self, "locked", NULL);
    int truth = answer ? PyObject_IsTrue(answer) : -1;
    if (truth < 0)
        PyErr_WriteUnraisable(self);
    Py_XDECREF(answer);
    PyErr_Restore(type, value, traceback);
    return truth != 0;
}

static PyObject *semaphore_repr(PyObject *self)
{
    const struct sim_semaphore *semaphore = semaphore_of(self);
    PyObject *extra =
        (semaphore->locked ? semaphore->locked : sim_semaphore_locked)(semaphore)
            ? PyUnicode_FromString("locked")
            : PyUnicode_FromFormat("unlocked, value:%lld", (long long)semaphore->value);
    return host_sync_repr(self, extra, semaphore->waiters.count);
}

static PyObject *get_value(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLongLong(semaphore_of(self)->value);
}

static PyObject *get_bound(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLongLong(semaphore_of(self)->bound);
}

static PyObject *get_waiters(PyObject *self, void *Py_UNUSED(closure))
{
    return host_sync_waiters(&semaphore_of(self)->waiters);
}

/* Of a number, one too large is the largest. */
static bool take_value(PyObject *given, int64_t *value)
{
    int overflow;
    PyObject *number = PyNumber_Index(given);
    *value = number ? PyLong_AsLongLongAndOverflow(number, &overflow) : 0;
    Py_XDECREF(number);
    if (!number)
        return false;
    if (overflow != 0)
        *value = overflow > 0 ? INT64_MAX / 2 : -1;
    return true;
}

static int set_value(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    return value && take_value(value, &semaphore_of(self)->value) ? 0 : -1;
}

/* --- the types -------------------------------------------------------------------------------- */

static PyObject *make(PyTypeObject *type, bool bounded)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self) {
        struct host *host = host_of_type(type);
        sim_semaphore_init(semaphore_of(self), &host->world, 1, bounded);
        if (host_sync_has_own(self, host->semaphore_type, "locked"))
            semaphore_of(self)->locked = ask_locked;
        host_sync_own(&semaphore_of(self)->sync, self);
    }
    return self;
}

static PyObject *semaphore_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                               PyObject *Py_UNUSED(keywords))
{
    return make(type, false);
}

static PyObject *bounded_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                             PyObject *Py_UNUSED(keywords))
{
    return make(type, true);
}

static int init(PyObject *self, const char *function, PyObject *args, PyObject *keywords)
{
    const struct host_signature signature = {function, {"value"}, 1, 0};
    struct sim_semaphore *semaphore = semaphore_of(self);
    PyObject *given[4];
    int64_t value = 1;
    if (!host_init_args(&signature, args, keywords, given))
        return -1;
    if (given[0]) {
        PyObject *zero = PyLong_FromLong(0);
        int negative = zero ? PyObject_RichCompareBool(given[0], zero, Py_LT) : -1;
        Py_XDECREF(zero);
        if (negative > 0)
            PyErr_SetString(PyExc_ValueError, "Semaphore initial value must be >= 0");
        if (negative != 0 || !take_value(given[0], &value))
            return -1;
    }
    semaphore->value = semaphore->bound = value;
    semaphore->sync.limit = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
    return 0;
}

static int semaphore_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    return init(self, "Semaphore.__init__", args, keywords);
}

static int bounded_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    return init(self, "BoundedSemaphore.__init__", args, keywords);
}

static PyMethodDef methods[] = {
    {"acquire", semaphore_acquire, METH_NOARGS, HOST_DOC("acquire($self)", "Acquire a semaphore.")},
    {"release", semaphore_release, METH_NOARGS, HOST_DOC("release($self)", "Release a semaphore.")},
    {"locked", semaphore_locked, METH_NOARGS,
     HOST_DOC("locked($self)", "Returns True if semaphore cannot be acquired immediately.")},
    {"__aenter__", semaphore_enter, METH_NOARGS, HOST_DOC("__aenter__($self)", "")},
    {"__aexit__", HOST_METHOD(host_sync_exit), METH_FASTCALL,
     HOST_DOC("__aexit__($self, exc_type, exc, tb)", "")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"_value", get_value, set_value, NULL, NULL},
    {"_waiters", get_waiters, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyGetSetDef bounded_getset[] = {
    {"_bound_value", get_bound, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, semaphore_new),
    HOST_SLOT(Py_tp_init, semaphore_init),
    HOST_SLOT(Py_tp_dealloc, host_sync_dealloc),
    HOST_SLOT(Py_tp_traverse, host_sync_traverse_waiters),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    HOST_SLOT(Py_tp_repr, semaphore_repr),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Semaphore(value=1)", "")},
    {0, NULL},
};

static PyType_Slot bounded_slots[] = {
    HOST_SLOT(Py_tp_new, bounded_new),
    HOST_SLOT(Py_tp_init, bounded_init),
    {Py_tp_getset, bounded_getset},
    {Py_tp_doc, HOST_DOC("BoundedSemaphore(value=1)", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.locks.Semaphore",
    .basicsize = sizeof(struct host_semaphore),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

static PyType_Spec bounded_spec = {
    .name = "asyncio.locks.BoundedSemaphore",
    .basicsize = sizeof(struct host_semaphore),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .slots = bounded_slots,
};

int host_semaphore_setup(struct host *host)
{
    host->semaphore_type = host_type_new(host, &spec, host->locking_bases, true);
    PyTypeObject *bounded = host->semaphore_type
                                ? host_type_new(host, &bounded_spec, host->semaphore_type, true)
                                : NULL;
    Py_XDECREF(bounded); /* the module has it */
    return bounded ? 0 : -1;
}
