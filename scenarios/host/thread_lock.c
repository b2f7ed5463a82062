/* _thread.lock and _thread.RLock: locks by which one thread waits for another. */
#include "loop.h"
#include "script.h"
#include "thread.h"

#include <math.h>
#include <structmember.h>

struct host_lock {
    PyObject_HEAD
    PyObject *weakrefs;
    struct sim_mutex mutex;
    unsigned long count; /* of an RLock: how often its owner acquired it */
};

static struct host_lock *lock_of(PyObject *self)
{
    return (struct host_lock *)(void *)self;
}

static uint32_t current_number(const struct host *host)
{
    const struct sim_thread *current = host->world.threads.current;
    return current ? current->number : 0;
}

/* --- acquiring -------------------------------------------------------------------------------- */

/* Makes out acquire(blocking=True, timeout=-1): 0 not to wait, SIM_TIME_MAX_NS to wait for ever,
 * else how long; negative with an exception. */
static int64_t patience_ns(PyObject *args, PyObject *keywords)
{
    static const char *const names[] = {"blocking", "timeout", NULL};
    int blocking = 1;
    PyObject *given = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|pO:acquire", (char **)(uintptr_t)names,
                                     &blocking, &given))
        return -1;
    double timeout = given ? PyFloat_AsDouble(given) : -1.0;
    if (timeout == -1.0 && PyErr_Occurred())
        return -1;
    if (timeout < 0 && timeout != -1.0)
        PyErr_SetString(PyExc_ValueError, "timeout value must be a non-negative number");
    else if (!blocking && timeout != -1.0)
        PyErr_SetString(PyExc_ValueError, "can't specify a timeout for a non-blocking call");
    else if (isnan(timeout))
        PyErr_SetString(PyExc_ValueError, "Invalid value NaN (not a number)");
    else if (timeout > (double)PY_TIMEOUT_MAX / 1e6)
        PyErr_SetString(PyExc_OverflowError, "timeout value is too large");
    else
        return !blocking ? 0 : timeout < 0 ? SIM_TIME_MAX_NS : host_ns_of_seconds(timeout);
    return -1;
}

/* Whether the lock was taken before so much time went by. */
static bool acquire(struct host *host, struct sim_mutex *mutex, int64_t patience)
{
    struct sim_world *world = &host->world;
    if (sim_mutex_try(world, mutex))
        return true;
    if (patience == 0)
        return false;
    const struct sim_task *task = host->running ? host->running->loop.current : NULL;
    int64_t deadline_ns =
        patience == SIM_TIME_MAX_NS ? patience : sim_time_after(world->now_ns, patience);
    int answer = sim_mutex_wait(world, mutex, deadline_ns, host_wait_label(host), task);
    if (answer < 0)
        host_end_on_error(host, host->running, answer);
    return answer > 0;
}

static PyObject *lock_acquire(PyObject *self, PyObject *args, PyObject *keywords)
{
    int64_t patience = patience_ns(args, keywords);
    if (patience < 0)
        return NULL;
    return PyBool_FromLong(acquire(host_of(self), &lock_of(self)->mutex, patience));
}

static PyObject *lock_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(acquire(host_of(self), &lock_of(self)->mutex, SIM_TIME_MAX_NS));
}

static PyObject *lock_release(PyObject *self, PyObject *Py_UNUSED(unused))
{
    if (!lock_of(self)->mutex.held) {
        PyErr_SetString(PyExc_RuntimeError, "release unlocked lock");
        return NULL;
    }
    sim_mutex_release(&host_of(self)->world, &lock_of(self)->mutex);
    Py_RETURN_NONE;
}

static PyObject *lock_exit(PyObject *self, PyObject *const *Py_UNUSED(args),
                           Py_ssize_t Py_UNUSED(count))
{
    return lock_release(self, NULL);
}

static PyObject *lock_locked(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(lock_of(self)->mutex.held);
}

static PyObject *lock_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<%s %s object at %p>",
                                lock_of(self)->mutex.held ? "locked" : "unlocked",
                                Py_TYPE(self)->tp_name, (void *)self);
}

static PyObject *lock_after_fork(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(unused))
{
    Py_RETURN_NONE;
}

/* --- re-entrant locks ------------------------------------------------------------------------- */

static bool owns(PyObject *self)
{
    const struct host_lock *lock = lock_of(self);
    return lock->count > 0 && lock->mutex.holder == current_number(host_of(self));
}

static bool acquire_again(PyObject *self, int64_t patience)
{
    struct host_lock *lock = lock_of(self);
    bool got = owns(self) || acquire(host_of(self), &lock->mutex, patience);
    lock->count += got;
    return got;
}

static PyObject *rlock_acquire(PyObject *self, PyObject *args, PyObject *keywords)
{
    int64_t patience = patience_ns(args, keywords);
    return patience < 0 ? NULL : PyBool_FromLong(acquire_again(self, patience));
}

static PyObject *rlock_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(acquire_again(self, SIM_TIME_MAX_NS));
}

static PyObject *rlock_release(PyObject *self, PyObject *Py_UNUSED(unused))
{
    if (!owns(self)) {
        PyErr_SetString(PyExc_RuntimeError, "cannot release un-acquired lock");
        return NULL;
    }
    if (--lock_of(self)->count == 0)
        sim_mutex_release(&host_of(self)->world, &lock_of(self)->mutex);
    Py_RETURN_NONE;
}

static PyObject *rlock_exit(PyObject *self, PyObject *const *Py_UNUSED(args),
                            Py_ssize_t Py_UNUSED(count))
{
    return rlock_release(self, NULL);
}

static PyObject *rlock_is_owned(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(owns(self));
}

/* For Condition.wait(): lets go of all levels, and takes them again. */
static PyObject *rlock_release_save(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct host_lock *lock = lock_of(self);
    if (lock->count == 0) {
        PyErr_SetString(PyExc_RuntimeError, "cannot release un-acquired lock");
        return NULL;
    }
    PyObject *saved = Py_BuildValue("(kk)", lock->count, (unsigned long)lock->mutex.holder + 1);
    lock->count = 0;
    sim_mutex_release(&host_of(self)->world, &lock->mutex);
    return saved;
}

static PyObject *rlock_acquire_restore(PyObject *self, PyObject *saved)
{
    unsigned long count, owner;
    if (!PyArg_ParseTuple(saved, "kk:_acquire_restore", &count, &owner))
        return NULL;
    (void)acquire(host_of(self), &lock_of(self)->mutex, SIM_TIME_MAX_NS);
    lock_of(self)->count = count;
    Py_RETURN_NONE;
}

static PyObject *rlock_repr(PyObject *self)
{
    const struct host_lock *lock = lock_of(self);
    return PyUnicode_FromFormat("<%s %s object owner=%lu count=%lu at %p>",
                                lock->count ? "locked" : "unlocked", Py_TYPE(self)->tp_name,
                                lock->count ? (unsigned long)lock->mutex.holder + 1 : 0,
                                lock->count, (void *)self);
}

static PyObject *rlock_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                           PyObject *Py_UNUSED(keywords))
{
    return type->tp_alloc(type, 0);
}

/* --- the types -------------------------------------------------------------------------------- */

static void lock_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    if (lock_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef lock_methods[] = {
    {"acquire", HOST_METHOD(lock_acquire), METH_VARARGS | METH_KEYWORDS, NULL},
    {"acquire_lock", HOST_METHOD(lock_acquire), METH_VARARGS | METH_KEYWORDS, NULL},
    {"release", lock_release, METH_NOARGS, NULL},
    {"release_lock", lock_release, METH_NOARGS, NULL},
    {"locked", lock_locked, METH_NOARGS, NULL},
    {"locked_lock", lock_locked, METH_NOARGS, NULL},
    {"__enter__", lock_enter, METH_NOARGS, NULL},
    {"__exit__", HOST_METHOD(lock_exit), METH_FASTCALL, NULL},
    {"_at_fork_reinit", lock_after_fork, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef rlock_methods[] = {
    {"acquire", HOST_METHOD(rlock_acquire), METH_VARARGS | METH_KEYWORDS, NULL},
    {"release", rlock_release, METH_NOARGS, NULL},
    {"__enter__", rlock_enter, METH_NOARGS, NULL},
    {"__exit__", HOST_METHOD(rlock_exit), METH_FASTCALL, NULL},
    {"_is_owned", rlock_is_owned, METH_NOARGS, NULL},
    {"_release_save", rlock_release_save, METH_NOARGS, NULL},
    {"_acquire_restore", rlock_acquire_restore, METH_O, NULL},
    {"_at_fork_reinit", lock_after_fork, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct host_lock, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot lock_slots[] = {
    HOST_SLOT(Py_tp_dealloc, lock_dealloc),
    HOST_SLOT(Py_tp_repr, lock_repr),
    {Py_tp_methods, lock_methods},
    {Py_tp_members, members},
    {0, NULL},
};

static PyType_Slot rlock_slots[] = {
    HOST_SLOT(Py_tp_new, rlock_new),   HOST_SLOT(Py_tp_dealloc, lock_dealloc),
    HOST_SLOT(Py_tp_repr, rlock_repr), {Py_tp_methods, rlock_methods},
    {Py_tp_members, members},          {0, NULL},
};

static PyType_Spec lock_spec = {
    .name = "_thread.lock",
    .basicsize = sizeof(struct host_lock),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = lock_slots,
};

static PyType_Spec rlock_spec = {
    .name = "_thread.RLock",
    .basicsize = sizeof(struct host_lock),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = rlock_slots,
};

PyObject *host_lock_new(struct host *host)
{
    return host->lock_type->tp_alloc(host->lock_type, 0);
}

void host_lock_open(PyObject *lock)
{
    if (lock_of(lock)->mutex.held)
        sim_mutex_release(&host_of(lock)->world, &lock_of(lock)->mutex);
}

bool host_lock_has(const struct host *host, PyObject *object, const struct sim_mutex *mutex)
{
    bool is_lock = Py_IS_TYPE(object, host->lock_type) || Py_IS_TYPE(object, host->rlock_type);
    return is_lock && &lock_of(object)->mutex == mutex;
}

int host_lock_setup(struct host *host)
{
    host->lock_type = host_type_new(host, &lock_spec, NULL, false);
    host->rlock_type = host_type_new(host, &rlock_spec, NULL, false);
    return host->lock_type && host->rlock_type ? 0 : -1;
}
