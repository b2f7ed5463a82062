#include "state.h"

#include "frames.h"
#include "index.h"

/* Whether the clock is about to move with nothing to run: the loop's next slice is the idle one. */
static bool is_idle(const struct rnd_model *model, uint32_t cursor)
{
    uint32_t i = rnd_model_first_slice(model, cursor);
    return i < model->slice_count && model->slices[i].kind == RND_SLICE_IDLE &&
           model->slices[i].begin <= cursor;
}

static void look_at_runner(const struct rnd_model *model, struct rnd_state *state)
{
    uint32_t cursor = state->moment.cursor;
    uint32_t i = rnd_model_first_slice(model, cursor);
    state->slice = RND_NEVER;
    if (i < model->slice_count && model->slices[i].begin <= cursor &&
        model->slices[i].kind != RND_SLICE_IDLE && model->slices[i].kind != RND_SLICE_THREAD) {
        const struct rnd_slice *slice = &model->slices[i];
        state->slice = i;
        state->runner = slice->kind == RND_SLICE_TASK ? RND_RUNNER_TASK : RND_RUNNER_CALLBACK;
        state->runner_id = slice->id;
    }
    uint32_t task = state->runner == RND_RUNNER_TASK ? state->runner_id : 0;
    const struct rnd_line *line = rnd_state_line(model, task, cursor);
    /* The last line of a callback may be one of another. */
    if (line &&
        (state->runner != RND_RUNNER_CALLBACK || line->at > model->slices[state->slice].begin)) {
        state->line = line->line;
        state->file = line->file;
    }
    /* A script that cannot be compiled never comes to a line. */
    if (model->line_count == 0 && model->over && model->end_flag == SIM_END_EXCEPTION)
        state->line = rnd_frames_blamed(model, cursor);
    uint32_t blocks = RND_UPPER(model->blocks, begin, model->block_count, cursor);
    state->blocking = blocks > 0 && model->blocks[blocks - 1].end > cursor;
    state->idle = is_idle(model, cursor);
}

struct rnd_state rnd_state_at(const struct rnd_model *model, struct rnd_moment moment)
{
    struct rnd_state state = {.moment = moment};
    uint32_t cursor = moment.cursor;
    look_at_runner(model, &state);
    uint32_t pushed = RND_UPPER(model->pushes, at, model->push_count, cursor);
    uint32_t popped = 0;
    if (model->pop_count)
        popped = rnd_upper(model->pops, model->pop_count, sizeof *model->pops, cursor);
    state.pushed_first = popped;
    state.queue_count = pushed - popped;
    uint32_t iterations = RND_UPPER(model->iterations, at, model->iteration_count, cursor);
    if (iterations > 0) {
        const struct rnd_iteration *last = &model->iterations[iterations - 1];
        uint32_t done = popped - last->popped;
        state.iteration = last->number;
        state.snapshot = last->ready > done ? last->ready - done : 0;
        if (state.snapshot > state.queue_count)
            state.snapshot = state.queue_count;
        state.in_iteration = state.snapshot > 0 || state.slice != RND_NEVER;
    }
    return state;
}

struct rnd_push rnd_state_queued(const struct rnd_model *model, const struct rnd_state *state,
                                 uint32_t n)
{
    return model->pushes[state->pushed_first + n];
}

/* --- timers ----------------------------------------------------------------------------------- */

static struct rnd_timer_state timer_state(const struct rnd_timer *timer, int64_t now_ns)
{
    int64_t length_ns = timer->deadline_ns - timer->armed_ns;
    double gone = length_ns > 0 ? (double)(now_ns - timer->armed_ns) / (double)length_ns : 1;
    return (struct rnd_timer_state){.timer = timer,
                                    .left_ns = timer->deadline_ns - now_ns,
                                    .done = (float)(gone < 0   ? 0
                                                    : gone > 1 ? 1
                                                               : gone)};
}

/* Whether a timer comes after another; those that were armed earlier come first if equal. */
static bool is_later(const struct rnd_timer *timer, const struct rnd_timer *other)
{
    return timer->deadline_ns > other->deadline_ns ||
           (timer->deadline_ns == other->deadline_ns && timer > other);
}

uint32_t rnd_state_timers(const struct rnd_model *model, struct rnd_moment moment,
                          struct rnd_timer_state *out, uint32_t max)
{
    uint32_t armed = RND_UPPER(model->timers, armed, model->timer_count, moment.cursor);
    uint32_t total = 0, kept = 0, i = 0;
    for (;; i++) {
        i = rnd_tree_next(&model->index->ends, model->timers, armed, i, moment.cursor);
        if (i == RND_NEVER)
            return total;
        const struct rnd_timer *timer = &model->timers[i];
        total++;
        uint32_t place = kept < max ? kept++ : max;
        if (place == max && (max == 0 || is_later(timer, out[max - 1].timer)))
            continue;
        place = place < max ? place : max - 1;
        for (; place > 0 && is_later(out[place - 1].timer, timer); place--)
            out[place] = out[place - 1];
        out[place] = timer_state(timer, moment.time_ns);
    }
}

uint32_t rnd_state_cancelled(const struct rnd_model *model, struct rnd_moment moment,
                             struct rnd_timer_state *out, uint32_t max)
{
    uint32_t low = 0, high = model->cancelled_count, written = 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (model->timers[model->cancelled[middle]].end > moment.cursor)
            high = middle;
        else
            low = middle + 1;
    }
    const struct rnd_instant *instant = &model->instants[rnd_model_instant(model, moment.cursor)];
    if (instant->time_ns != moment.time_ns)
        return 0;
    for (; low > 0 && written < max; low--) {
        const struct rnd_timer *timer = &model->timers[model->cancelled[low - 1]];
        if (timer->end < instant->at)
            break;
        out[written] = timer_state(timer, instant->time_ns);
        out[written++].cancelled = true;
    }
    return written;
}

/* --- tasks ------------------------------------------------------------------------------------ */

const struct rnd_line *rnd_state_line(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    if (task != 0 && !lane)
        return NULL;
    const uint32_t *lines = lane ? lane->lines : model->loose_lines;
    uint32_t low = 0, high = lane ? lane->line_count : model->loose_line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (model->lines[lines[middle]].at > cursor)
            high = middle;
        else
            low = middle + 1;
    }
    return low > 0 ? &model->lines[lines[low - 1]] : NULL;
}

struct rnd_lane_state rnd_state_lane(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    struct rnd_lane_state state = {.state = RND_TASK_UNBORN};
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    uint32_t i = lane ? rnd_lane_span_at(lane, cursor) : RND_NEVER;
    if (i == RND_NEVER)
        return state;
    state.span = &lane->spans[i];
    state.state = state.span->state;
    const struct rnd_line *line = rnd_state_line(model, task, cursor);
    if (line) {
        state.line = line->line;
        state.file = line->file;
    }
    return state;
}
