/* Steps: the next and the previous cursor, by various measures.
 *
 * A STOP is the cursor after an event in which a person can see a difference, and after the records
 * that only tell more about it.  What asyncio.run does to clean up after the script is none.  Steps
 * always move, unless at the end.
 */
#ifndef RND_STEP_H
#define RND_STEP_H

#include "model.h"

/* Stops; where another task begins to run; source lines; iterations; changes of one task. */
enum rnd_step_kind {
    RND_STEP_EVENT,
    RND_STEP_SWITCH,
    RND_STEP_LINE,
    RND_STEP_ITERATION,
    RND_STEP_TASK
};

/* The next cursor after `cursor` by a measure, or the end of the run; the previous one, or 0.
 * `task` is for RND_STEP_TASK. */
uint32_t rnd_step_next(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t task,
                       uint32_t cursor);
uint32_t rnd_step_previous(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t task,
                           uint32_t cursor);

/* How many stops there are up to a cursor ("event 41 of 47": of `stop_count`), and the last stop at
 * or before it. */
uint32_t rnd_step_number(const struct rnd_model *model, uint32_t cursor);
uint32_t rnd_step_stop(const struct rnd_model *model, uint32_t cursor);

/* The cursor at which the run first came to a line of the script itself, RND_NEVER: it did not. */
uint32_t rnd_step_at_line(const struct rnd_model *model, uint32_t line);

/* What an event is to a person who steps: something to see, more about the event before, or
 * nothing.
 */
enum rnd_step_role { RND_ROLE_SEEN, RND_ROLE_MORE, RND_ROLE_HIDDEN };
enum rnd_step_role rnd_step_role(const struct sim_event *event, const struct sim_event *before);

#endif
