#include "step.h"

#include <string.h>

#include "index.h"

static bool same_output(const struct sim_event *event, const struct sim_event *before)
{
    return before && before->kind == SIM_EV_OUTPUT && before->id == event->id &&
           before->flag == event->flag;
}

enum rnd_step_role rnd_step_role(const struct sim_event *event, const struct sim_event *before)
{
    switch (event->kind) {
    case SIM_EV_TASK_CORO:
    case SIM_EV_AWAIT_LABEL:
    case SIM_EV_COMBINE_CHILD:
    case SIM_EV_LATE:
    case SIM_EV_THREAD_JOB:
        return RND_ROLE_MORE;
    case SIM_EV_OUTPUT:
        return same_output(event, before) ? RND_ROLE_MORE : RND_ROLE_SEEN;
    case SIM_EV_STEP_END:
        /* The end of a coroutine was seen at its TASK_DONE. */
        return event->flag == SIM_STEP_RETURN || event->flag == SIM_STEP_RAISE ||
                       event->flag == SIM_STEP_CANCELLED
                   ? RND_ROLE_HIDDEN
                   : RND_ROLE_SEEN;
    case SIM_EV_TIMER_ARMED:
        /* A sleep is seen where its task suspends, right after it. */
        return event->flag == SIM_TIMER_SLEEP ? RND_ROLE_HIDDEN : RND_ROLE_SEEN;
    case SIM_EV_SYNC:
        /* A wait is seen where its task suspends, right after it. */
        return event->flag == SIM_SYNC_WAIT ? RND_ROLE_HIDDEN : RND_ROLE_SEEN;
    case SIM_EV_TIMEOUT:
        /* Its timer was seen when it was armed. */
        return event->flag == SIM_TIMEOUT_ARMED && before && before->kind == SIM_EV_TIMER_ARMED
                   ? RND_ROLE_MORE
                   : RND_ROLE_SEEN;
    case SIM_EV_SYNC_NEW:
    case SIM_EV_HANDLE:
    case SIM_EV_CALLBACK_END:
    case SIM_EV_BLOCK_END:
        return RND_ROLE_HIDDEN;
    default:
        return event->kind > SIM_EV_NONE && event->kind < SIM_EV_KINDS ? RND_ROLE_SEEN
                                                                       : RND_ROLE_HIDDEN;
    }
}

/* Of `count` records that have an ascending cursor at `at`: the first above `cursor`, RND_NEVER if
 * there is none; or the last below it, 0 if there is none. */
static uint32_t neighbour(const void *at, uint32_t count, size_t stride, uint32_t cursor,
                          bool forward)
{
    uint32_t found = forward ? RND_NEVER : 0;
    uint32_t i = forward ? rnd_upper(at, count, stride, cursor)
                         : rnd_lower(at, count, stride, cursor) - 1; /* 0 - 1 is not < count */
    if (i < count)
        memcpy(&found, (const char *)at + i * stride, sizeof found);
    return found;
}

#define NEIGHBOUR(items, field, count, cursor, forward)                                            \
    ((count)     ? neighbour(&(items)->field, (count), sizeof *(items), (cursor), (forward))       \
     : (forward) ? RND_NEVER                                                                       \
                 : 0)

/* Where a task, or a callback that does more than wake one up, begins to run. */
static uint32_t neighbour_switch(const struct rnd_model *model, uint32_t cursor, bool forward)
{
    uint32_t count = model->slice_count;
    uint32_t i = forward ? RND_UPPER(model->slices, begin, count, cursor)
                         : RND_LOWER(model->slices, begin, count, cursor) - 1;
    for (; i < count; i += forward ? 1u : UINT32_MAX)
        if (rnd_slice_units(&model->slices[i]) > 0)
            return model->slices[i].begin;
    return forward ? RND_NEVER : 0;
}

/* The cursor of a line of a lane, by the same measure. */
static uint32_t neighbour_line(const struct rnd_model *model, const struct rnd_lane *lane,
                               uint32_t cursor, bool forward)
{
    uint32_t low = 0, high = lane->line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, at = model->lines[lane->lines[middle]].at;
        if (forward ? at > cursor : at >= cursor)
            high = middle;
        else
            low = middle + 1;
    }
    if (forward)
        return low < lane->line_count ? model->lines[lane->lines[low]].at : RND_NEVER;
    return low > 0 ? model->lines[lane->lines[low - 1]].at : 0;
}

static uint32_t neighbour_of_task(const struct rnd_model *model, uint32_t task, uint32_t cursor,
                                  bool forward)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    if (!lane)
        return forward ? RND_NEVER : 0;
    uint32_t span = NEIGHBOUR(lane->spans, begin, lane->span_count, cursor, forward);
    uint32_t line = neighbour_line(model, lane, cursor, forward);
    return (span < line) == forward ? span : line;
}

static uint32_t neighbour_by(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t task,
                             uint32_t cursor, bool forward)
{
    switch (kind) {
    case RND_STEP_SWITCH:
        return neighbour_switch(model, cursor, forward);
    case RND_STEP_LINE:
        return NEIGHBOUR(model->lines, at, model->line_count, cursor, forward);
    case RND_STEP_ITERATION:
        return NEIGHBOUR(model->iterations, at, model->iteration_count, cursor, forward);
    case RND_STEP_TASK:
        return neighbour_of_task(model, task, cursor, forward);
    case RND_STEP_EVENT:
    default:
        return NEIGHBOUR(model->stops, at, model->stop_count, cursor, forward);
    }
}

uint32_t rnd_step_next(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t task,
                       uint32_t cursor)
{
    uint32_t next = neighbour_by(model, kind, task, cursor, true);
    return next < model->event_count ? next : model->event_count;
}

uint32_t rnd_step_previous(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t task,
                           uint32_t cursor)
{
    return neighbour_by(model, kind, task, cursor, false);
}

uint32_t rnd_step_number(const struct rnd_model *model, uint32_t cursor)
{
    return RND_LOWER(model->stops, event, model->stop_count, cursor);
}

uint32_t rnd_step_stop(const struct rnd_model *model, uint32_t cursor)
{
    return neighbour_by(model, RND_STEP_EVENT, 0, cursor == RND_NEVER ? cursor : cursor + 1, false);
}

uint32_t rnd_step_at_line(const struct rnd_model *model, uint32_t line)
{
    return rnd_visits_first(model, 0, line);
}
