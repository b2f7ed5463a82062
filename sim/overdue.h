/* Timers armed in the past, by (deadline, order of registration): a binary heap, private to
 * timer.c and check.c.
 */
#ifndef SIM_OVERDUE_H
#define SIM_OVERDUE_H

#include "timer.h"

struct sim_overdue {
    struct sim_timer timer;
    uint64_t sequence;
};

/* Adds an entry.  Errors: SIM_ENOMEM. */
int sim_overdue_push(struct sim_overdue_heap *heap, struct sim_alloc *alloc,
                     struct sim_timer timer) SIM_MUST_CHECK;
/* Takes the earliest out; there must be one. */
struct sim_timer sim_overdue_pop(struct sim_overdue_heap *heap);

#endif
