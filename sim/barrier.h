/* Barriers: where a number of tasks wait for each other.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/locks.py, class Barrier.  Operations:
 * see sync.h.
 *
 * Invariants: `count` tasks are inside, at most `parties`; while it drains, newcomers wait until
 * the last one is out; a broken barrier stays so until it is reset.
 */
#ifndef SIM_BARRIER_H
#define SIM_BARRIER_H

#include "condition.h"

enum sim_barrier_state {
    SIM_BARRIER_FILLING,
    SIM_BARRIER_DRAINING,
    SIM_BARRIER_RESETTING,
    SIM_BARRIER_BROKEN
};

struct sim_barrier {
    struct sim_sync sync;
    struct sim_lock lock;
    struct sim_condition condition; /* of every change of state */
    uint32_t parties, count;
    uint8_t state; /* enum sim_barrier_state */
};

struct sim_barrier_wait {
    struct sim_frame frame;
    struct sim_barrier *barrier;
    union {
        struct sim_lock_acquire acquire;
        struct sim_condition_wait wait;
    };
    uint32_t index; /* the result: which of the parties it was, from 0 */
};

/* reset() or abort() */
struct sim_barrier_change {
    struct sim_frame frame;
    struct sim_barrier *barrier;
    struct sim_lock_acquire acquire;
    bool abort;
};

/* A barrier for `parties` tasks, at least 1. */
void sim_barrier_init(struct sim_barrier *barrier, struct sim_world *world, uint32_t parties);
/* Barrier.wait().  Raises BARRIER_ABORTED, BARRIER_BROKEN. */
void sim_barrier_wait_init(struct sim_barrier_wait *op, struct sim_barrier *barrier);
/* Barrier.reset() / Barrier.abort() */
void sim_barrier_reset_init(struct sim_barrier_change *op, struct sim_barrier *barrier);
void sim_barrier_abort_init(struct sim_barrier_change *op, struct sim_barrier *barrier);

/* Barrier.n_waiting */
static inline uint32_t sim_barrier_waiting(const struct sim_barrier *barrier)
{
    return barrier->state == SIM_BARRIER_FILLING ? barrier->count : 0;
}

#endif
