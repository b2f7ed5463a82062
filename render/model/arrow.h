/* Arrows: what links say of why tasks go on, and ways along them from effects to causes and back.
 */
#ifndef RND_ARROW_H
#define RND_ARROW_H

#include "model.h"

enum rnd_arrow_kind {
    RND_ARROW_CREATE,
    RND_ARROW_TIMER,   /* a sleep is over */
    RND_ARROW_TIMEOUT, /* time is up */
    RND_ARROW_CANCEL,
    RND_ARROW_RESULT, /* of a task that is done, also by way of a gather or a group */
    RND_ARROW_LOCK,   /* handed over, released, set: locks, semaphores, events, conditions, barriers
                       */
    RND_ARROW_ITEM,   /* put into a queue, or taken out of a full one */
    RND_ARROW_WAKE,   /* of any other kind: a future has a result */
    RND_ARROW_KINDS
};

/* What kind of arrow a link is: O(log spans). */
enum rnd_arrow_kind rnd_arrow_kind(const struct rnd_model *model, const struct rnd_link *link);

/* The link that made a task do what it does at a cursor: index, RND_NEVER: none. */
uint32_t rnd_arrow_cause(const struct rnd_model *model, uint32_t task, uint32_t cursor);

/* The first link at or after a cursor that comes from a task (what it woke, made, cancelled), or
 * that leads to it from no task (a timer): index, RND_NEVER: none.  Costs the links up to it. */
uint32_t rnd_arrow_effect(const struct rnd_model *model, uint32_t task, uint32_t cursor);

#endif
