/* wait_for: one future, with a timeout that cancels it.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/tasks.py, wait_for().  Operations: see
 * sync.h.  The caller makes the task of a coroutine at the operation's first step (ensure_future).
 *
 * Invariant: however it ends, the future is done then, unless it refused to be cancelled by a
 * second cancellation of the waiting task.
 */
#ifndef SIM_WAIT_FOR_H
#define SIM_WAIT_FOR_H

#include "wait.h"

struct sim_wait_for {
    struct sim_frame frame;
    struct sim_future *future; /* retained */
    struct sim_future *waiter; /* retained; NULL while it needs none */
    struct sim_handle *timer;  /* retained, or NULL */
    struct sim_kept kept;      /* why it was cancelled, while it cancels the future */
    int64_t timeout_ns;
    uint32_t id; /* that its waiters bear in the trace */
    bool timed_out;
};

/* wait_for(future, timeout): returns or raises what the future did, or raises TIMEOUT.  0 or less
 * does not wait at all, SIM_NO_TIMEOUT waits for ever. */
void sim_wait_for_init(struct sim_wait_for *op, struct sim_future *future, int64_t timeout_ns);

/* The same in steps, for a guest whose code runs as it makes the future: the timer, the future; or,
 * in place of the future, giving up, when the timer fires for nobody.  Errors: SIM_ENOMEM. */
int sim_wait_for_arm(struct sim_wait_for *op, struct sim_loop *loop,
                     int64_t timeout_ns) SIM_MUST_CHECK;
void sim_wait_for_set_future(struct sim_wait_for *op, struct sim_future *future);
void sim_wait_for_leave(struct sim_wait_for *op);

#endif
