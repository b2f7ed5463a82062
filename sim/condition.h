/* Conditions: waiting, with a lock given back meanwhile, until somebody notifies.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/locks.py, class Condition.  Operations
 * and refusals: see sync.h.
 *
 * Invariant: whoever leaves a wait holds the lock, however the wait ended (unless the lock itself
 * raised).
 */
#ifndef SIM_CONDITION_H
#define SIM_CONDITION_H

#include "sync.h"

struct sim_condition {
    struct sim_sync sync;
    struct sim_waiters waiters;
    struct sim_lock *lock; /* borrowed: must outlive the condition */
};

struct sim_condition_wait {
    struct sim_frame frame;
    struct sim_condition *condition;
    struct sim_waiter waiter;
    struct sim_lock_acquire acquire;
    struct sim_kept kept; /* how the waiting ended */
    bool cancelled;       /* while it took the lock again */
};

/* Whether what is waited for holds.  Returns SIM_STEP_RETURN with *holds and *value, the result, or
 * RAISE or CANCELLED with the exception in *value; a new reference. */
typedef enum sim_flag_step sim_predicate(void *user, bool *holds, sim_value *value);

struct sim_condition_wait_for {
    struct sim_frame frame;
    struct sim_condition *condition;
    struct sim_condition_wait wait;
    sim_predicate *predicate;
    void *user;
};

void sim_condition_init(struct sim_condition *condition, struct sim_world *world,
                        struct sim_lock *lock);
/* Condition.wait().  Raises NOT_ACQUIRED if the lock is not held. */
void sim_condition_wait_init(struct sim_condition_wait *op, struct sim_condition *condition);
/* Condition.wait_for(): returns the predicate's last result. */
void sim_condition_wait_for_init(struct sim_condition_wait_for *op, struct sim_condition *condition,
                                 sim_predicate *predicate, void *user);
/* Condition.notify(), and notify_all() with INT64_MAX: false if the lock is not held. */
bool sim_condition_notify(struct sim_condition *condition, int64_t most);

#endif
