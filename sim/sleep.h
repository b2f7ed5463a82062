/* Sleep: a future and the timer that ends it, in one block.
 *
 * Invariant: a reference to the timer is a reference to the future, so the block lives as long as
 * either is held.
 */
#ifndef SIM_SLEEP_H
#define SIM_SLEEP_H

#include "future.h"

struct sim_sleep {
    struct sim_future future;
    struct sim_handle timer;
};

/* Arms the timer of a sleep whose future was prepared as SIM_AWAIT_SLEEP by sim_future_init. */
void sim_sleep_arm(struct sim_sleep *sleep, int64_t deadline_ns);
/* What asyncio.sleep does when it is resumed: cancels the timer, if it has not fired. */
void sim_sleep_disarm(struct sim_sleep *sleep);

/* For the loop: runs the callback of a sleep's timer that is due, whose reference the caller hands
 * over, in the one usual case: a task awaits the sleep, and nobody else.  Else nothing is done, and
 * false. */
bool sim_sleep_end(struct sim_handle *timer);

#endif
