/* timeout() and timeout_at(): a block of a task that is cancelled when its time is up.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/timeouts.py.
 *
 * Invariants: a timer is pending only while the block is entered; expiring means that the task was
 * asked to cancel and has not left the block yet.
 */
#ifndef SIM_TIMEOUT_H
#define SIM_TIMEOUT_H

#include "task.h"

enum sim_timeout_state {
    SIM_TIMEOUT_IS_CREATED,
    SIM_TIMEOUT_IS_ENTERED,
    SIM_TIMEOUT_IS_EXPIRING,
    SIM_TIMEOUT_IS_EXPIRED,
    SIM_TIMEOUT_IS_EXITED
};

/* As a deadline: none. */
#define SIM_NO_DEADLINE INT64_MAX

struct sim_timeout {
    struct sim_task *task;    /* retained once entered */
    struct sim_handle *timer; /* retained; NULL: none */
    int64_t deadline_ns;
    uint32_t id;   /* in the trace */
    uint8_t state; /* enum sim_timeout_state */
};

/* A timeout in the caller's memory, not entered yet. */
void sim_timeout_init(struct sim_timeout *timeout, int64_t deadline_ns);
void sim_timeout_fini(struct sim_timeout *timeout);

/* __aenter__ by the loop's current task.  False if there is none. */
bool sim_timeout_enter(struct sim_timeout *timeout, struct sim_loop *loop);
/* reschedule(): false unless it is entered. */
bool sim_timeout_reschedule(struct sim_timeout *timeout, int64_t deadline_ns);
/* __aexit__, `cancelled`: by a CancelledError.  True if the block is to raise a TimeoutError in its
 * place. */
bool sim_timeout_exit(struct sim_timeout *timeout, bool cancelled);

/* expired() */
static inline bool sim_timeout_expired(const struct sim_timeout *timeout)
{
    return timeout->state == SIM_TIMEOUT_IS_EXPIRING || timeout->state == SIM_TIMEOUT_IS_EXPIRED;
}

#endif
