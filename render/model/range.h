/* A range of a run: from one moment to a later one, and how tasks spent the time in it.
 *
 * Invariant: `from` is not after `to`.
 */
#ifndef RND_RANGE_H
#define RND_RANGE_H

#include "axis.h"

struct rnd_range {
    bool set;
    struct rnd_moment from, to;
};

/* The range between two moments, in whichever order. */
struct rnd_range rnd_range_between(struct rnd_moment one, struct rnd_moment other);

/* How long it lasts. */
int64_t rnd_range_ns(const struct rnd_range *range);

/* Whether a moment is before another. */
bool rnd_range_before(struct rnd_moment one, struct rnd_moment other);

/* The time that a lane spent in each way within the range; all lanes of tasks that are not
 * asyncio's own, together.  The first costs O(spans in the range), the other that of each task. */
struct rnd_totals rnd_range_totals(const struct rnd_model *model, const struct rnd_range *range,
                                   uint32_t task);
struct rnd_totals rnd_range_totals_of_all(const struct rnd_model *model,
                                          const struct rnd_range *range);

/* The span of a task that holds at a cursor, as a range; not set where there is none. */
struct rnd_range rnd_range_of_span(const struct rnd_model *model, uint32_t task, uint32_t cursor);

/* The moment at a screen x, or the nearest place within `reach_px` where a span of the task (0: a
 * slice of the loop) begins or ends. */
struct rnd_moment rnd_range_snap(const struct rnd_axis *axis, uint32_t task, double x_px,
                                 double reach_px);

#endif
