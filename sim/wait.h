/* wait and as_completed: waiting for many futures at once.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/tasks.py.  Operations: see sync.h.
 *
 * Invariants: `futures` are retained, distinct and in the order of the arguments.  Their callbacks
 * hold a link to the operation, not the operation itself, so that it may end before they ran.
 */
#ifndef SIM_WAIT_H
#define SIM_WAIT_H

#include "queue.h"

/* As a timeout: none. */
#define SIM_NO_TIMEOUT INT64_MAX

/* --- wait ------------------------------------------------------------------------------------- */

struct sim_wait {
    struct sim_frame frame;
    struct sim_future **futures;
    uint32_t count;
    enum sim_flag_combine until; /* SIM_COMBINE_WAIT_... */
    int64_t timeout_ns;
    struct sim_future *waiter; /* retained; NULL before it waits */
    struct sim_handle *timer;  /* retained, or NULL */
    struct sim_link *link;
};

/* asyncio.wait(): afterwards the futures tell by their state which are done (op->futures, until it
 * is closed, or the caller's own).  Copies the array (at least one future) without those that are
 * named twice.  Errors: SIM_ENOMEM. */
int sim_wait_init(struct sim_wait *op, struct sim_future *const *futures, uint32_t count,
                  enum sim_flag_combine until, int64_t timeout_ns) SIM_MUST_CHECK;

/* --- as_completed ----------------------------------------------------------------------------- */

/* Held by the iterator and by its future's callback; the link's target is the iterator. */
struct sim_completed_child {
    struct sim_link link;
    struct sim_future *future; /* retained while it is to do, else NULL */
};

/* The iterator.  Its awaitables take the futures in the order in which they are done. */
struct sim_as_completed {
    struct sim_queue queue; /* of what is done; its store is `completed` */
    struct sim_loop *loop;
    struct sim_completed_child **children;
    struct sim_future **completed; /* retained until they are taken; NULL: timed out */
    uint32_t count, done, taken, to_do;
    uint32_t id;
    int64_t timeout_ns;
    struct sim_handle *timer; /* retained while it is armed, or it fired */
    struct sim_link *link;    /* for the timer */
    bool timed_out; /* the timer's callback is still held, as CPython's handle and closure do */
};

/* One awaitable of it. */
struct sim_as_completed_next {
    struct sim_frame frame;
    struct sim_as_completed *all;
    struct sim_queue_wait get;
    struct sim_future *future; /* that it took, retained */
};

/* Prepares it and begins: to be called when the iterator is first asked.  It gives `count`
 * awaitables, which is less than what it was called with where futures are named twice.  `owner` is
 * the guest's object that it is part of, which its futures and its timer keep alive; NULL: none.
 * Errors: SIM_ENOMEM. */
int sim_as_completed_init(struct sim_as_completed *all, struct sim_loop *loop,
                          struct sim_future *const *futures, uint32_t count, int64_t timeout_ns,
                          sim_value owner) SIM_MUST_CHECK;
void sim_as_completed_fini(struct sim_as_completed *all);
/* Awaits the next that is done: returns or raises what it did; raises TIMEOUT. */
void sim_as_completed_next_init(struct sim_as_completed_next *op, struct sim_as_completed *all);

/* --- shared with wait_for --------------------------------------------------------------------- */

/* Copies an array of futures without those named before, retaining them: *out, of *distinct.
 * NULL when memory is out. */
struct sim_future **sim_wait_copy(struct sim_future *const *futures, uint32_t count,
                                  uint32_t *distinct);
/* Cancels and lets go of a timer, if there is one. */
void sim_wait_drop_timer(struct sim_handle **timer);
/* A timer or done callback that ends this waiter with NULL, unless it is done. */
struct sim_callback sim_wait_release(struct sim_future *waiter);
struct sim_callback sim_wait_time_up(struct sim_future *waiter);

#endif
