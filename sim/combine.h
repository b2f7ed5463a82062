/* gather: one future for the results of many.
 *
 * The order of events is that of CPython 3.11, Lib/asyncio/tasks.py, gather().
 *
 * Invariants: `children` is in the order of the arguments and may name a future more than once;
 * each distinct child has one callback of the gather until it is done; done_count never passes
 * distinct_count.  The children's callbacks hold a reference to the gather, which holds the
 * children: a circle that ends when they are done, or with the loop (sim_loop_fini) where they are
 * its tasks.
 */
#ifndef SIM_COMBINE_H
#define SIM_COMBINE_H

#include "future.h"

struct sim_gather {
    struct sim_future outer;
    struct sim_future **children; /* retained */
    uint32_t child_count, distinct_count, done_count;
    bool return_exceptions;
    bool cancel_requested;
};

/* Prepares a gather in the caller's memory, retaining the children (an array of the caller's,
 * copied; at least one).  Errors: SIM_ENOMEM, and then nothing is held.  sim_gather_start must
 * follow, once the guest's object is whole: it adds the gather's callback, which holds a reference
 * to `outer`, to each distinct child in order of first appearance. */
int sim_gather_init(struct sim_loop *loop, struct sim_gather *gather,
                    struct sim_future *const *children, uint32_t count,
                    bool return_exceptions) SIM_MUST_CHECK;
void sim_gather_start(struct sim_gather *gather);

/* The same in steps, for a guest whose code runs between one child and the next: an empty gather
 * with room for `count` children; a child, whose callback is added at once unless it was given
 * before (`again`); and the end of them, or giving up, when the children that there are lose only
 * their unretrieved exceptions.  Errors: SIM_ENOMEM. */
int sim_gather_open(struct sim_loop *loop, struct sim_gather *gather, uint32_t count,
                    bool return_exceptions) SIM_MUST_CHECK;
void sim_gather_add(struct sim_gather *gather, struct sim_future *child, bool again);
void sim_gather_close(struct sim_gather *gather);
void sim_gather_abandon(struct sim_gather *gather);

/* Releases children and value. */
void sim_gather_fini(struct sim_gather *gather);

/* A gather of the loop's own, started, with one reference; NULL when memory is out (world->error).
 */
struct sim_gather *sim_gather_new(struct sim_loop *loop, struct sim_future *const *children,
                                  uint32_t count, bool return_exceptions);

/* For wait, groups and the like: records the beginning of a combinator over these children, and one
 * child more. */
void sim_combine_begin(struct sim_world *world, uint32_t outer, enum sim_flag_combine kind,
                       struct sim_future *const *children, uint32_t count);
void sim_combine_child(struct sim_world *world, uint32_t outer, const struct sim_future *child,
                       uint32_t index);

/* cancel() of the outer future: asks every child; true if one took it. */
bool sim_gather_cancel(struct sim_gather *gather, sim_value message);

#endif
