/* asyncio.Lock. */
#include "sync.h"

static struct sim_lock *lock_of(PyObject *self)
{
    return host_sim_of(self);
}

/* --- acquire ---------------------------------------------------------------------------------- */

static int visit_acquire(const void *frame, visitproc visit, void *arg)
{
    return host_visit_waiter(&((const struct sim_lock_acquire *)frame)->waiter, visit, arg);
}

const struct host_operation_ops host_lock_acquire_ops = {
    HOST_OPERATION("acquire", "Lock.acquire", "locks", "await fut"),
    .size = sizeof(struct sim_lock_acquire),
    .result = host_result_true,
    .visit = visit_acquire,
};

const struct host_operation_ops host_lock_enter_ops = {
    HOST_OPERATION("__aenter__", "_ContextManagerMixin.__aenter__", "locks",
                   "await self.acquire()"),
    .size = sizeof(struct sim_lock_acquire),
    .result = host_result_none,
    .visit = visit_acquire,
};

PyObject *host_lock_operation(PyObject *lock, const struct host_operation_ops *ops)
{
    struct host_operation *self = host_operation_new(host_of_sync(lock), ops, lock);
    if (self)
        sim_lock_acquire_init(host_operation_frame(self), lock_of(lock));
    return (PyObject *)self;
}

static PyObject *lock_acquire(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return host_lock_operation(self, &host_lock_acquire_ops);
}

static PyObject *lock_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct host *host = host_of_sync(self);
    if (!host_sync_is_plain(self, host->mutex_type, host->str_acquire))
        return host_sync_enter(self, NULL);
    return host_lock_operation(self, &host_lock_enter_ops);
}

/* --- the rest --------------------------------------------------------------------------------- */

static PyObject *lock_release(PyObject *self, PyObject *Py_UNUSED(unused))
{
    if (sim_lock_release(lock_of(self)))
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_RuntimeError, "Lock is not acquired.");
    return NULL;
}

static PyObject *lock_locked(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(lock_of(self)->locked);
}

static PyObject *lock_repr(PyObject *self)
{
    const struct sim_lock *lock = lock_of(self);
    return host_sync_repr(self, PyUnicode_FromString(lock->locked ? "locked" : "unlocked"),
                          lock->waiters.count);
}

static PyObject *get_locked(PyObject *self, void *Py_UNUSED(closure))
{
    return lock_locked(self, NULL);
}

static PyObject *get_waiters(PyObject *self, void *Py_UNUSED(closure))
{
    return host_sync_waiters(&lock_of(self)->waiters);
}

static PyObject *lock_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                          PyObject *Py_UNUSED(keywords))
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self) {
        sim_lock_init(lock_of(self), &host_of_type(type)->world);
        host_sync_own(&lock_of(self)->sync, self);
    }
    return self;
}

static int lock_init(PyObject *Py_UNUSED(self), PyObject *args, PyObject *keywords)
{
    return host_sync_no_args("Lock.__init__", args, keywords) ? 0 : -1;
}

static PyMethodDef methods[] = {
    {"acquire", lock_acquire, METH_NOARGS, HOST_DOC("acquire($self)", "Acquire a lock.")},
    {"release", lock_release, METH_NOARGS, HOST_DOC("release($self)", "Release a lock.")},
    {"locked", lock_locked, METH_NOARGS,
     HOST_DOC("locked($self)", "Return True if lock is acquired.")},
    {"__aenter__", lock_enter, METH_NOARGS, HOST_DOC("__aenter__($self)", "")},
    {"__aexit__", HOST_METHOD(host_sync_exit), METH_FASTCALL,
     HOST_DOC("__aexit__($self, exc_type, exc, tb)", "")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"_locked", get_locked, NULL, NULL, NULL},
    {"_waiters", get_waiters, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, lock_new),
    HOST_SLOT(Py_tp_init, lock_init),
    HOST_SLOT(Py_tp_dealloc, host_sync_dealloc),
    HOST_SLOT(Py_tp_traverse, host_sync_traverse_waiters),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    HOST_SLOT(Py_tp_repr, lock_repr),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Lock()", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.locks.Lock",
    .basicsize = sizeof(struct host_mutex),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_mutex_setup(struct host *host)
{
    host->mutex_type = host_type_new(host, &spec, host->locking_bases, true);
    return host->mutex_type ? 0 : -1;
}
