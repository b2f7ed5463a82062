#include "carry.h"

#include <string.h>

#include "state.h"
#include "step.h"

static bool same_text(const struct rnd_model *a, uint32_t text_a, const struct rnd_model *b,
                      uint32_t text_b)
{
    return strcmp(rnd_model_text(a, text_a, NULL), rnd_model_text(b, text_b, NULL)) == 0;
}

uint32_t rnd_carry_task(const struct rnd_model *from, uint32_t task, const struct rnd_model *to)
{
    const struct rnd_lane *lane = rnd_model_lane(from, task);
    uint32_t kind = task & RND_THREAD, number = task & ~RND_THREAD, best = 0;
    uint32_t count = kind ? to->thread_count : to->lane_count;
    /* From the number outwards, so that the nearest is found first. */
    for (uint32_t apart = 0; lane && !best && (apart < number || apart <= count); apart++)
        for (int side = 0; side < 2 && !best; side++) {
            uint32_t other = side == 0 ? number - apart : number + apart;
            const struct rnd_lane *match =
                other > 0 && other <= count ? rnd_model_lane(to, kind | other) : NULL;
            if (match && same_text(from, lane->name, to, match->name) &&
                same_text(from, lane->coroutine, to, match->coroutine))
                best = kind | other;
        }
    return best;
}

/* The begin of the step of a task that a cursor is in or after, within an instant; and which of its
 * steps in the instant that is, counted from 0.  RND_NEVER: it had none yet. */
static uint32_t step_of(const struct rnd_lane *lane, uint32_t first, uint32_t cursor,
                        uint32_t *ordinal)
{
    uint32_t begin = RND_NEVER, count = 0;
    for (uint32_t i = rnd_lane_first_span(lane, first); i < lane->span_count; i++) {
        const struct rnd_span *span = &lane->spans[i];
        if (span->begin > cursor)
            break;
        if (span->begin >= first && span->state == RND_TASK_RUNNING) {
            begin = span->begin;
            count++;
        }
    }
    *ordinal = count - 1;
    return begin;
}

/* The begin of step number `ordinal` of a task in an instant's cursors [first, end); RND_NEVER:
 * there are fewer. */
static uint32_t step_at(const struct rnd_lane *lane, uint32_t first, uint32_t end, uint32_t ordinal)
{
    for (uint32_t i = rnd_lane_first_span(lane, first); i < lane->span_count; i++) {
        const struct rnd_span *span = &lane->spans[i];
        if (span->begin >= end)
            break;
        if (span->begin >= first && span->state == RND_TASK_RUNNING && ordinal-- == 0)
            return span->begin;
    }
    return RND_NEVER;
}

/* The cursors [first, end) of an instant. */
static uint32_t instant_end(const struct rnd_model *model, uint32_t instant)
{
    return instant + 1 < model->instant_count ? model->instants[instant + 1].at
                                              : model->event_count + 1;
}

/* The task whose step was the last to begin in an instant up to a cursor, 0: none. */
static uint32_t last_runner(const struct rnd_model *model, uint32_t first, uint32_t cursor)
{
    uint32_t runner = 0;
    for (uint32_t i = rnd_model_first_slice(model, first); i < model->slice_count; i++) {
        const struct rnd_slice *slice = &model->slices[i];
        if (slice->begin > cursor)
            break;
        if (slice->kind == RND_SLICE_TASK && slice->begin >= first)
            runner = slice->id;
    }
    return runner;
}

struct rnd_moment rnd_carry_moment(const struct rnd_model *from, struct rnd_moment moment,
                                   const struct rnd_model *to)
{
    uint32_t instant = rnd_model_instant(from, moment.cursor);
    uint32_t first = from->instants[instant].at;
    struct rnd_moment same_time = rnd_model_at_time(to, moment.time_ns);
    bool whole = moment.time_ns > from->instants[instant].time_ns ||
                 moment.cursor + 1 >= instant_end(from, instant);
    uint32_t there = rnd_model_instant(to, same_time.cursor);
    if (whole || to->instants[there].time_ns != moment.time_ns)
        return same_time;

    /* Before the first step of the instant, its begin stands for a step. */
    uint32_t begin = first, at = to->instants[there].at, end = instant_end(to, there);
    uint32_t task = last_runner(from, first, moment.cursor), ordinal;
    if (task) {
        const struct rnd_lane *lane = rnd_model_lane(from, task);
        const struct rnd_lane *match = rnd_model_lane(to, rnd_carry_task(from, task, to));
        begin = lane ? step_of(lane, first, moment.cursor, &ordinal) : RND_NEVER;
        at = match && begin != RND_NEVER ? step_at(match, at, end, ordinal) : RND_NEVER;
    }
    if (at == RND_NEVER)
        return same_time;
    /* So many stops into the step. */
    uint32_t stops = rnd_step_number(from, moment.cursor) - rnd_step_number(from, begin);
    for (; stops > 0; stops--) {
        uint32_t next = rnd_step_next(to, RND_STEP_EVENT, 0, at);
        if (next >= end)
            break;
        at = next;
    }
    return rnd_model_moment(to, at);
}
