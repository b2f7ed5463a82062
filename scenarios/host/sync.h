/* What the faces of locks, events, semaphores, conditions, barriers and queues share.
 *
 * Invariants: behind struct host_sync stands the scheduler's struct, which begins with struct
 * sim_sync and is ready for use as soon as the object exists, whether or not __init__ ran; once
 * bound to a loop, it owns a reference to it.
 */
#ifndef HOST_SYNC_H
#define HOST_SYNC_H

#include "operation.h"
#include "sim/barrier.h"
#include "sim/queue.h"

#include <structmember.h>

struct host_sync {
    PyObject_HEAD
    PyObject *dict, *weakrefs;
};

/* asyncio.Lock */
struct host_mutex {
    struct host_sync face;
    struct sim_lock lock;
};

/* The scheduler's struct of an object. */
static inline void *host_sim_of(PyObject *self)
{
    return (char *)self + sizeof(struct host_sync);
}

static inline struct host *host_of_sync(PyObject *self)
{
    const struct sim_sync *sync = host_sim_of(self);
    return sync->world->guest_user;
}

/* For tp_new: the object that the scheduler's struct belongs to, after which it is called in the
 * trace if the script assigns it to a variable (name.c). */
void host_sync_own(struct sim_sync *sync, PyObject *owner);
/* For tp_init: False with TypeError if there are arguments. */
bool host_sync_no_args(const char *function, PyObject *args, PyObject *keywords);
/* Visits and drops what one struct sim_sync holds. */
int host_sync_visit(const struct sim_sync *sync, visitproc visit, void *arg);
void host_sync_drop(struct sim_sync *sync);

/* The futures of those who wait in a line. */
int host_sync_visit_line(const struct sim_waiters *line, visitproc visit, void *arg);

/* For the tables of types: visits the attributes, and what the first struct sim_sync holds. */
int host_sync_traverse(PyObject *self, visitproc visit, void *arg);
/* The same, and the line, of which it has one, right behind that. */
int host_sync_traverse_waiters(PyObject *self, visitproc visit, void *arg);
int host_sync_clear(PyObject *self);
/* Frees an object; the loop of its first struct sim_sync with it. */
void host_sync_dealloc(PyObject *self);

/* "<asyncio.locks.Lock object at 0x... [extra, waiters:2]>"; `extra` is stolen, NULL with an
 * exception. */
PyObject *host_sync_repr(PyObject *self, PyObject *extra, uint32_t waiters);
/* collections.deque of the futures of a line. */
PyObject *host_sync_waiters(const struct sim_waiters *line);

/* --- async with ------------------------------------------------------------------------------- */

/* __aenter__ by the object's acquire(), __aexit__ by its release(). */
PyObject *host_sync_enter(PyObject *self, PyObject *unused);
PyObject *host_sync_exit(PyObject *self, PyObject *const *args, Py_ssize_t count);
/* Whether the object's class has the method `name` as `base` has it. */
bool host_sync_is_plain(PyObject *self, PyTypeObject *base, PyObject *name);
/* The opposite, by the name as text. */
bool host_sync_has_own(PyObject *self, PyTypeObject *base, const char *name);

/* copies.c: __getstate__, __setstate__ and __reduce_ex__ of what all have as their base. */
PyObject *host_sync_get_state(PyObject *self, PyObject *unused);
PyObject *host_sync_set_state(PyObject *self, PyObject *state);
PyObject *host_sync_reduce(PyObject *self, PyObject *protocol);

/* The parts: each makes its types, and returns -1 with an exception. */
int host_mutex_setup(struct host *host);
int host_event_setup(struct host *host);
int host_semaphore_setup(struct host *host);
int host_condition_setup(struct host *host);
int host_barrier_setup(struct host *host);
int host_queue_setup(struct host *host);

/* lock.c: acquire() and release() of a Lock, as from within. */
extern const struct host_operation_ops host_lock_acquire_ops, host_lock_enter_ops;
PyObject *host_lock_operation(PyObject *lock, const struct host_operation_ops *ops);

/* A line that an operation waits in. */
static inline int host_visit_waiter(const struct sim_waiter *waiter, visitproc visit, void *arg)
{
    return host_visit_future(waiter->future, visit, arg);
}

#endif
