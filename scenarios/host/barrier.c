/* asyncio.Barrier. */
#include "sync.h"
#include "task.h"

struct host_barrier {
    struct host_sync face;
    struct sim_barrier barrier;
};

static struct sim_barrier *barrier_of(PyObject *self)
{
    return host_sim_of(self);
}

/* --- waiting ---------------------------------------------------------------------------------- */

static int visit_condition_wait(const struct sim_condition_wait *wait, visitproc visit, void *arg)
{
    int error = host_visit_waiter(&wait->waiter, visit, arg);
    error = error ? error : host_visit_waiter(&wait->acquire.waiter, visit, arg);
    return error ? error : host_visit_value(wait->kept.value, visit, arg);
}

static int visit_wait(const void *frame, visitproc visit, void *arg)
{
    const struct sim_barrier_wait *wait = frame;
    if (wait->frame.called == &wait->acquire.frame)
        return host_visit_waiter(&wait->acquire.waiter, visit, arg);
    return wait->frame.called ? visit_condition_wait(&wait->wait, visit, arg) : 0;
}

static PyObject *index_of(struct host_operation *self, PyObject *value)
{
    const struct sim_barrier_wait *wait = host_operation_frame(self);
    Py_XDECREF(value);
    return PyLong_FromUnsignedLong(wait->index);
}

static PyObject *wait(PyObject *self, const struct host_operation_ops *ops)
{
    struct host_operation *wait = host_operation_new(host_of_sync(self), ops, self);
    if (wait)
        sim_barrier_wait_init(host_operation_frame(wait), barrier_of(self));
    return (PyObject *)wait;
}

static PyObject *barrier_wait(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("wait", "Barrier.wait", "locks", "await self._wait()"),
        .size = sizeof(struct sim_barrier_wait),
        .result = index_of,
        .visit = visit_wait,
    };
    return wait(self, &ops);
}

/* --- reset and abort -------------------------------------------------------------------------- */

static int visit_change(const void *frame, visitproc visit, void *arg)
{
    return host_visit_waiter(&((const struct sim_barrier_change *)frame)->acquire.waiter, visit,
                             arg);
}

static PyObject *barrier_reset(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("reset", "Barrier.reset", "locks", "async with"),
        .size = sizeof(struct sim_barrier_change),
        .visit = visit_change,
    };
    struct host_operation *change = host_operation_new(host_of_sync(self), &ops, self);
    if (change)
        sim_barrier_reset_init(host_operation_frame(change), barrier_of(self));
    return (PyObject *)change;
}

static PyObject *barrier_abort(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("abort", "Barrier.abort", "locks", "async with"),
        .size = sizeof(struct sim_barrier_change),
        .visit = visit_change,
    };
    struct host_operation *change = host_operation_new(host_of_sync(self), &ops, self);
    if (change)
        sim_barrier_abort_init(host_operation_frame(change), barrier_of(self));
    return (PyObject *)change;
}

/* --- async with ------------------------------------------------------------------------------- */

/* By the wait() of the script's own. */
static PySendResult enter_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    PyObject *waited = NULL;
    PySendResult how = PYGEN_ERROR;
    if (coro->place == 1) {
        *result = Py_XNewRef(value);
        return value ? PYGEN_RETURN : PYGEN_ERROR;
    }
    if (value && (waited = PyObject_CallMethod(coro->self, "wait", NULL)))
        how = host_coro_await(coro, waited, 1, result);
    Py_XDECREF(waited);
    return how;
}

static PyObject *barrier_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_coro_ops own_ops = {
        .name = "__aenter__",
        .qualname = "Barrier.__aenter__",
        .step = enter_step,
        .place = HOST_PLACE("locks", "Barrier.__aenter__", "await self.wait()")};
    static const struct host_operation_ops ops = {
        HOST_OPERATION("__aenter__", "Barrier.__aenter__", "locks", "await self.wait()"),
        .size = sizeof(struct sim_barrier_wait),
        .result = index_of,
        .visit = visit_wait,
    };
    if (!host_sync_has_own(self, host_of_sync(self)->barrier_type, "wait"))
        return wait(self, &ops);
    return host_coro_new(host_of_sync(self), &own_ops, self);
}

static PySendResult exit_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    (void)coro;
    *result = value ? Py_NewRef(Py_None) : NULL;
    return value ? PYGEN_RETURN : PYGEN_ERROR;
}

static PyObject *barrier_exit(PyObject *self, PyObject *const *Py_UNUSED(args),
                              Py_ssize_t Py_UNUSED(count))
{
    static const struct host_coro_ops ops = {.name = "__aexit__",
                                             .qualname = "Barrier.__aexit__",
                                             .step = exit_step,
                                             .place =
                                                 HOST_PLACE("locks", "Barrier.__aexit__", "pass")};
    return host_coro_new(host_of_sync(self), &ops, self);
}

/* --- looking ---------------------------------------------------------------------------------- */

static PyObject *barrier_repr(PyObject *self)
{
    static const char *const words[] = {"filling", "draining", "resetting", "broken"};
    const struct sim_barrier *barrier = barrier_of(self);
    const char *word = words[barrier->state];
    PyObject *extra = barrier->state == SIM_BARRIER_BROKEN
                          ? PyUnicode_FromString(word)
                          : PyUnicode_FromFormat("%s, waiters:%u/%u", word,
                                                 sim_barrier_waiting(barrier), barrier->parties);
    return host_sync_repr(self, extra, 0);
}

static PyObject *get_parties(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(barrier_of(self)->parties);
}

static PyObject *get_waiting(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(sim_barrier_waiting(barrier_of(self)));
}

static PyObject *get_broken(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(barrier_of(self)->state == SIM_BARRIER_BROKEN);
}

static PyObject *get_count(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLong(barrier_of(self)->count);
}

/* --- the type --------------------------------------------------------------------------------- */

static PyObject *barrier_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                             PyObject *Py_UNUSED(keywords))
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self) {
        struct sim_barrier *barrier = barrier_of(self);
        sim_barrier_init(barrier, &host_of_type(type)->world, 1);
        barrier->lock.sync.owner = barrier->condition.sync.owner = self;
        host_sync_own(&barrier->sync, self);
    }
    return self;
}

static int barrier_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {"Barrier.__init__", {"parties"}, 1, 1};
    PyObject *given[4];
    if (!host_init_args(&signature, args, keywords, given))
        return -1;
    PyObject *one = PyLong_FromLong(1);
    int none = one ? PyObject_RichCompareBool(given[0], one, Py_LT) : -1;
    Py_XDECREF(one);
    if (none > 0)
        PyErr_SetString(PyExc_ValueError, "parties must be > 0");
    if (none != 0)
        return -1;
    int overflow;
    PyObject *number = PyNumber_Index(given[0]);
    long long parties = number ? PyLong_AsLongLongAndOverflow(number, &overflow) : 0;
    Py_XDECREF(number);
    if (!number)
        return -1;
    barrier_of(self)->parties = overflow || parties > UINT32_MAX ? UINT32_MAX : (uint32_t)parties;
    barrier_of(self)->sync.limit = barrier_of(self)->parties;
    return 0;
}

static int barrier_traverse(PyObject *self, visitproc visit, void *arg)
{
    const struct sim_barrier *barrier = barrier_of(self);
    int error = host_sync_visit(&barrier->lock.sync, visit, arg);
    error = error ? error : host_sync_visit(&barrier->condition.sync, visit, arg);
    error = error ? error : host_sync_visit_line(&barrier->lock.waiters, visit, arg);
    error = error ? error : host_sync_visit_line(&barrier->condition.waiters, visit, arg);
    return error ? error : host_sync_traverse(self, visit, arg);
}

static void barrier_dealloc(PyObject *self)
{
    host_sync_drop(&barrier_of(self)->lock.sync);
    host_sync_drop(&barrier_of(self)->condition.sync);
    host_sync_dealloc(self);
}

static PyMethodDef methods[] = {
    {"wait", barrier_wait, METH_NOARGS, HOST_DOC("wait($self)", "Wait for the barrier.")},
    {"reset", barrier_reset, METH_NOARGS,
     HOST_DOC("reset($self)", "Reset the barrier to the initial state.")},
    {"abort", barrier_abort, METH_NOARGS,
     HOST_DOC("abort($self)", "Place the barrier into a 'broken' state.")},
    {"__aenter__", barrier_enter, METH_NOARGS, HOST_DOC("__aenter__($self)", "")},
    {"__aexit__", HOST_METHOD(barrier_exit), METH_FASTCALL,
     HOST_DOC("__aexit__($self, *args)", "")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"parties", get_parties, NULL, NULL, NULL},
    {"n_waiting", get_waiting, NULL, NULL, NULL},
    {"broken", get_broken, NULL, NULL, NULL},
    {"_count", get_count, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, barrier_new),
    HOST_SLOT(Py_tp_init, barrier_init),
    HOST_SLOT(Py_tp_dealloc, barrier_dealloc),
    HOST_SLOT(Py_tp_traverse, barrier_traverse),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    HOST_SLOT(Py_tp_repr, barrier_repr),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Barrier(parties)", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.locks.Barrier",
    .basicsize = sizeof(struct host_barrier),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_barrier_setup(struct host *host)
{
    host->barrier_type = host_type_new(host, &spec, host->sync_type, true);
    return host->barrier_type ? 0 : -1;
}
