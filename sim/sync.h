/* Locks, events and semaphores.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/locks.py.
 *
 * Each object is a struct in the caller's memory (an object of the guest) that holds no memory of
 * its own.  What is a coroutine in asyncio is an operation: a struct that begins with a frame.  It
 * is prepared by its init function, awaited by SIM_CO_CALL or driven by the guest through
 * frame.coro.ops, and closed when it is over; the object must outlive it.  An operation that gives
 * no value returns NULL, and one that finds no memory raises NULL (world->error).
 *
 * Functions that are refused return false and change nothing: the guest raises asyncio's exception.
 */
#ifndef SIM_SYNC_H
#define SIM_SYNC_H

#include "waiter.h"

/* --- lock ------------------------------------------------------------------------------------- */

struct sim_lock {
    struct sim_sync sync;
    struct sim_waiters waiters;
    uint32_t holder; /* the task that took it last; 0: none did */
    bool locked;
};

struct sim_lock_acquire {
    struct sim_frame frame;
    struct sim_lock *lock;
    struct sim_waiter waiter;
};

void sim_lock_init(struct sim_lock *lock, struct sim_world *world);
/* Lock.acquire() */
void sim_lock_acquire_init(struct sim_lock_acquire *op, struct sim_lock *lock);
/* Lock.release(): false if it is not held. */
bool sim_lock_release(struct sim_lock *lock);

/* --- event ------------------------------------------------------------------------------------ */

struct sim_event_object {
    struct sim_sync sync;
    struct sim_waiters waiters;
    bool is_set;
};

struct sim_event_object_wait {
    struct sim_frame frame;
    struct sim_event_object *event;
    struct sim_waiter waiter;
};

void sim_event_object_init(struct sim_event_object *event, struct sim_world *world);
/* Event.wait() */
void sim_event_object_wait_init(struct sim_event_object_wait *op, struct sim_event_object *event);
void sim_event_object_set(struct sim_event_object *event);
void sim_event_object_clear(struct sim_event_object *event);

/* --- semaphore -------------------------------------------------------------------------------- */

struct sim_semaphore {
    struct sim_sync sync;
    struct sim_waiters waiters;
    int64_t value, bound;
    bool bounded; /* it may not be released above `bound` */
    /* What acquire() asks in place of sim_semaphore_locked; NULL: nothing. */
    bool (*locked)(const struct sim_semaphore *semaphore);
};

struct sim_semaphore_acquire {
    struct sim_frame frame;
    struct sim_semaphore *semaphore;
    struct sim_waiter waiter;
};

/* A semaphore of `value`, at least 0; `bounded`: a BoundedSemaphore. */
void sim_semaphore_init(struct sim_semaphore *semaphore, struct sim_world *world, int64_t value,
                        bool bounded);
/* Semaphore.locked(): it cannot be acquired at once. */
bool sim_semaphore_locked(const struct sim_semaphore *semaphore);
/* Semaphore.acquire() */
void sim_semaphore_acquire_init(struct sim_semaphore_acquire *op, struct sim_semaphore *semaphore);
/* Semaphore.release(): false if that would pass the bound. */
bool sim_semaphore_release(struct sim_semaphore *semaphore);

#endif
