/* Taking in what tasks do: their lanes, and the arrows between them. */
#include "take.h"

/* --- time and totals -------------------------------------------------------------------------- */

/* Both are 0 or more. */
static int64_t sum(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

void rnd_totals_add(struct rnd_totals *totals, unsigned state, int64_t length_ns)
{
    int64_t *total = state == RND_TASK_READY       ? &totals->ready_ns
                     : state == RND_TASK_RUNNING   ? &totals->ran_ns
                     : state == RND_TASK_SUSPENDED ? &totals->waited_ns
                     : state == RND_TASK_BLOCKING  ? &totals->blocked_ns
                                                   : NULL;
    if (total)
        *total = sum(*total, length_ns);
}

/* --- lanes ------------------------------------------------------------------------------------ */

static struct rnd_lane *lane_of(struct rnd_model *model, uint32_t task)
{
    return task == 0 || task > model->lane_count ? NULL : &model->lanes[task - 1];
}

static unsigned state_of(const struct rnd_lane *lane)
{
    return lane->spans[lane->span_count - 1].state;
}

static bool is_running(const struct rnd_lane *lane)
{
    return state_of(lane) == RND_TASK_RUNNING || state_of(lane) == RND_TASK_BLOCKING;
}

struct rnd_span *rnd_take_begin_span(struct rnd_model *model, struct rnd_lane *lane, unsigned state)
{
    if (lane->span_count > 0) {
        struct rnd_span *last = &lane->spans[lane->span_count - 1];
        last->end = here(model);
        last->end_ns = model->end_ns;
        rnd_totals_add(&lane->closed, last->state, last->end_ns - last->begin_ns);
        if (last->wait != RND_NEVER)
            model->waits[last->wait].end = here(model);
    }
    struct rnd_span *span = &lane->spans[lane->span_count++];
    *span = (struct rnd_span){.begin = here(model),
                              .end = RND_NEVER,
                              .begin_ns = model->end_ns,
                              .end_ns = RND_NO_TIME,
                              .deadline_ns = RND_NO_TIME,
                              .label = state == RND_TASK_READY ? RND_NEVER : 0,
                              .wait = RND_NEVER,
                              .limit = RND_NEVER,
                              .state = (uint8_t)state};
    return span;
}

static void take_late(struct rnd_model *model, struct rnd_lane *lane, const struct sim_event *event)
{
    const struct rnd_timer *timer = rnd_take_timer(model, event->b);
    int64_t due_ns =
        timer && timer->deadline_ns < model->end_ns ? timer->deadline_ns : model->end_ns;
    lane->closed.late_ns = sum(lane->closed.late_ns, model->end_ns - due_ns);
    model->lates[model->late_count++] =
        (struct rnd_late){.at = here(model),
                          .task = event->id,
                          .blocker = event->a <= model->lane_count ? event->a : 0,
                          .timer = timer ? (uint32_t)(timer - model->timers) : RND_NEVER,
                          .due_ns = due_ns,
                          .actual_ns = model->end_ns};
}

/* --- tasks ------------------------------------------------------------------------------------ */

static uint32_t add_link(struct rnd_model *model, struct rnd_link link)
{
    link.at = here(model);
    model->links[model->link_count] = link;
    return model->link_count++;
}

static void create_task(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_index *index = model->index;
    if (event->id != model->lane_count + 1)
        return;
    struct rnd_lane *lane = &model->lanes[model->lane_count++];
    *lane = index->fresh;
    index->fresh = (struct rnd_lane){0};
    lane->created = here(model);
    lane->done = RND_NEVER;
    lane->parent = event->b < event->id ? event->b : 0;
    lane->name = event->a;
    lane->limit = lane->member = RND_NEVER;
    lane->naming = event->flag <= SIM_TASK_INTERNAL ? event->flag : SIM_TASK_NAMED;
    lane->colour = model->colour_count;
    model->colour_count += lane->naming != SIM_TASK_INTERNAL;
    if (lane->naming == SIM_TASK_INTERNAL && index->slice == RND_NEVER)
        index->backstage = true;
    rnd_take_push(model, event->id, 0);
    rnd_take_begin_span(model, lane, RND_TASK_READY)->label =
        add_link(model, (struct rnd_link){.cause = here(model),
                                          .to_task = event->id,
                                          .from_task = lane->parent,
                                          .timer = RND_NEVER,
                                          .kind = RND_LINK_CREATE});
}

static void set_coroutine(struct rnd_model *model, struct rnd_lane *lane,
                          const struct sim_event *event)
{
    if (lane->coroutine || !event->a)
        return;
    lane->coroutine = event->a;
    lane->line = event->b;
    uint32_t *count = rnd_map_put(&model->index->twins, event->a);
    *count = *count == RND_NEVER ? 1 : *count + 1;
    lane->twin = *count;
}

/* The arrow of a TASK_READY or SLEEP_OVER. */
static struct rnd_link wake_link(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_link link = {.to_task = event->id, .kind = RND_LINK_WAKE, .timer = RND_NEVER};
    const struct rnd_callback *by = event->kind == SIM_EV_SLEEP_OVER
                                        ? rnd_take_callback_of(model, event->a)
                                        : rnd_take_callback(model);
    if (by) {
        link.handle = by->handle;
        link.from_task = by->by_timer == RND_NEVER ? by->by_task : 0;
        link.timer = by->by_timer;
        link.cause = by->cause;
    } else {
        link.from_task = rnd_take_runner(model);
        link.cause = here(model);
    }
    return link;
}

static void ready_task(struct rnd_model *model, struct rnd_lane *lane,
                       const struct sim_event *event)
{
    if (lane->done != RND_NEVER)
        return;
    rnd_take_push(model, event->id, 0);
    uint32_t link = add_link(model, wake_link(model, event));
    if (state_of(lane) == RND_TASK_READY)
        lane->spans[lane->span_count - 1].label = link;
    else if (!is_running(lane))
        rnd_take_begin_span(model, lane, RND_TASK_READY)->label = link;
}

/* A step that a wait_for's timer woke is going to cancel what it waited for. */
static void take_expired(struct rnd_model *model, const struct rnd_lane *lane)
{
    const struct rnd_span *last = &lane->spans[lane->span_count - 1];
    uint32_t link = last->state == RND_TASK_READY ? last->label : RND_NEVER;
    uint32_t timer = link == RND_NEVER ? RND_NEVER : model->links[link].timer;
    bool expired = timer != RND_NEVER && model->timers[timer].use == RND_TIMER_WAIT_FOR;
    rnd_take_expiring(model, expired, expired ? timer : RND_NEVER);
}

static void begin_step(struct rnd_model *model, struct rnd_lane *lane,
                       const struct sim_event *event)
{
    if (lane->done != RND_NEVER)
        return;
    rnd_take_pop(model);
    rnd_take_begin_slice(model, RND_SLICE_TASK, event->id, false);
    take_expired(model, lane);
    rnd_take_begin_span(model, lane, RND_TASK_RUNNING)->resume = event->flag;
}

/* The line that the task joined just before. */
static void take_place(struct rnd_model *model, struct rnd_span *span)
{
    uint32_t joined = model->index->joined;
    model->index->joined = RND_NEVER;
    const struct rnd_slice *slice = &model->slices[model->slice_count - 1];
    if (joined == RND_NEVER || model->waits[joined].at < slice->begin)
        return;
    span->wait = joined;
    model->waits[joined].end = RND_NEVER;
}

/* The timeout() block that the task is in, where that ends the wait first. */
static void take_limit(const struct rnd_model *model, const struct rnd_lane *lane,
                       struct rnd_span *span)
{
    const struct rnd_level *level = rnd_index_level(model, lane->limit, here(model));
    if (level && level->value != RND_NEVER &&
        (span->deadline_ns == RND_NO_TIME ||
         model->timers[level->value].deadline_ns < span->deadline_ns))
        span->limit = level->value;
}

/* The task waits for `object`, up to the deadline of the timer of `handle`, if there is one. */
static void suspend(struct rnd_model *model, uint32_t task, unsigned await, uint32_t object,
                    uint32_t handle)
{
    struct rnd_lane *lane = lane_of(model, task);
    struct rnd_span *span = rnd_take_begin_span(model, lane, RND_TASK_SUSPENDED);
    struct rnd_timer *timer = rnd_take_timer(model, handle);
    span->await = (uint8_t)(await < RND_AWAIT_KINDS ? await : SIM_AWAIT_FUTURE);
    span->object = object;
    if (timer) {
        span->deadline_ns = timer->deadline_ns;
        timer->task = task;
        timer->use = span->await == SIM_AWAIT_WAIT       ? RND_TIMER_WAIT
                     : span->await == SIM_AWAIT_WAIT_FOR ? RND_TIMER_WAIT_FOR
                                                         : RND_TIMER_PLAIN;
    }
    take_limit(model, lane, span);
    if (span->await >= SIM_AWAIT_LOCK && span->await <= SIM_AWAIT_QUEUE_JOIN)
        take_place(model, span);
}

static void end_step(struct rnd_model *model, struct rnd_lane *lane, const struct sim_event *event)
{
    if (!rnd_take_running(model, RND_SLICE_TASK, event->id))
        return;
    rnd_take_end_slice(model);
    if (event->flag == SIM_STEP_YIELD)
        rnd_take_push(model, event->id, 0);
    if (!is_running(lane))
        return;
    if (event->flag == SIM_STEP_AWAIT)
        suspend(model, event->id, event->aux, event->a, event->b);
    else
        rnd_take_begin_span(model, lane, RND_TASK_READY);
}

void rnd_take_asleep(struct rnd_model *model, uint32_t handle)
{
    uint32_t task = rnd_take_runner(model);
    const struct rnd_lane *lane = lane_of(model, task);
    if (!lane)
        return;
    rnd_take_end_slice(model);
    if (is_running(lane))
        suspend(model, task, SIM_AWAIT_SLEEP, 0, handle);
}

static void end_task(struct rnd_model *model, struct rnd_lane *lane, const struct sim_event *event)
{
    if (lane->done != RND_NEVER)
        return;
    lane->done = here(model);
    lane->outcome = event->flag <= SIM_OUTCOME_CANCELLED ? event->flag : SIM_OUTCOME_CANCELLED;
    lane->value = event->a;
    rnd_take_begin_span(model, lane,
                        event->flag == SIM_OUTCOME_RESULT      ? RND_TASK_DONE
                        : event->flag == SIM_OUTCOME_EXCEPTION ? RND_TASK_FAILED
                        : lane->time_up                        ? RND_TASK_TIMED_OUT
                                                               : RND_TASK_CANCELLED);
    struct rnd_slice *slice = rnd_take_running(model, RND_SLICE_TASK, event->id);
    if (slice)
        slice->full = here(model);
}

static void label_await(struct rnd_lane *lane, const struct sim_event *event)
{
    if (state_of(lane) == RND_TASK_SUSPENDED)
        lane->spans[lane->span_count - 1].label = event->a;
}

static void cancel_task(struct rnd_model *model, struct rnd_lane *lane,
                        const struct sim_event *event)
{
    lane->time_up = model->index->expiring;
    lane->cancels++;
    add_link(model, (struct rnd_link){.cause = here(model),
                                      .to_task = event->id,
                                      .from_task = event->a <= model->lane_count ? event->a : 0,
                                      .timer = model->index->expired,
                                      .kind = RND_LINK_CANCEL});
}

static void end_block(struct rnd_model *model)
{
    if (model->index->block == RND_NEVER)
        return;
    struct rnd_block *block = &model->blocks[model->index->block];
    struct rnd_lane *lane = lane_of(model, block->task);
    block->end = here(model);
    block->end_ns = model->end_ns;
    model->index->block = RND_NEVER;
    if (lane && state_of(lane) == RND_TASK_BLOCKING)
        rnd_take_begin_span(model, lane, RND_TASK_RUNNING);
}

static void begin_block(struct rnd_model *model, struct rnd_lane *lane,
                        const struct sim_event *event)
{
    if (model->index->block != RND_NEVER)
        return;
    int64_t length_ns = event->ns > 0 ? event->ns : 0;
    model->index->block = model->block_count++;
    model->blocks[model->index->block] = (struct rnd_block){.begin = here(model),
                                                            .end = RND_NEVER,
                                                            .task = lane ? event->id : 0,
                                                            .begin_ns = model->end_ns,
                                                            .end_ns = RND_NO_TIME};
    if (lane && state_of(lane) == RND_TASK_RUNNING) {
        struct rnd_span *span = rnd_take_begin_span(model, lane, RND_TASK_BLOCKING);
        span->deadline_ns = sum(model->end_ns, length_ns);
        span->await = event->flag;
    }
}

struct rnd_lane *rnd_take_line_lane(struct rnd_model *model, uint32_t task)
{
    return task == 0 ? rnd_take_thread_lane(model, model->index->thread) : lane_of(model, task);
}

uint32_t rnd_take_author(const struct rnd_model *model, uint32_t task)
{
    if (task == 0 && model->index->thread)
        return RND_THREAD | model->index->thread;
    return task <= model->lane_count ? task : 0;
}

/* The index of a file; one that is new gets its place.  Where nothing said so before, the first is
 * the script. */
static uint32_t file_of(struct rnd_model *model, uint32_t name)
{
    if (name == model->files[0].name || name == 0)
        return 0;
    if (model->files[0].name == 0) {
        model->files[0].name = name;
        return 0;
    }
    uint32_t *file = rnd_map_put(&model->index->files, name);
    if (*file == RND_NEVER) {
        *file = model->file_count++;
        model->files[*file] = (struct rnd_file){.at = here(model), .name = name};
    }
    return *file;
}

static void take_line(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_lane *lane = rnd_take_line_lane(model, event->id);
    uint32_t i = model->line_count++;
    model->lines[i] = (struct rnd_line){.at = here(model),
                                        .task = rnd_take_author(model, event->id),
                                        .line = event->a,
                                        .file = file_of(model, event->b)};
    rnd_visits_add(&model->index->visits, i, here(model), model->lines[i].file, event->a);
    if (lane)
        lane->lines[lane->line_count++] = i;
    else
        model->loose_lines[model->loose_line_count++] = i;
}

void rnd_take_task(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_lane *lane = lane_of(model, event->id);
    if (event->kind == SIM_EV_TASK_CREATED)
        create_task(model, event);
    else if (event->kind == SIM_EV_BLOCK_BEGIN)
        begin_block(model, lane, event);
    else if (event->kind == SIM_EV_BLOCK_END)
        end_block(model);
    else if (event->kind == SIM_EV_LINE)
        take_line(model, event);
    else if (lane)
        switch (event->kind) {
        case SIM_EV_TASK_CORO:
            set_coroutine(model, lane, event);
            break;
        case SIM_EV_TASK_NAMED:
            lane->name = event->a;
            lane->naming = lane->naming == SIM_TASK_INTERNAL ? lane->naming : SIM_TASK_NAMED;
            break;
        case SIM_EV_SLEEP_OVER:
            rnd_take_sleep_over(model, event->a);
            ready_task(model, lane, event);
            break;
        case SIM_EV_TASK_READY:
            ready_task(model, lane, event);
            break;
        case SIM_EV_STEP_BEGIN:
            begin_step(model, lane, event);
            break;
        case SIM_EV_STEP_END:
            end_step(model, lane, event);
            break;
        case SIM_EV_AWAIT_LABEL:
            label_await(lane, event);
            break;
        case SIM_EV_TASK_DONE:
            end_task(model, lane, event);
            break;
        case SIM_EV_CANCEL_REQUESTED:
            cancel_task(model, lane, event);
            break;
        case SIM_EV_UNCANCELLED:
            lane->time_up = lane->time_up && event->a > 0;
            break;
        case SIM_EV_LATE:
            take_late(model, lane, event);
            break;
        default:
            break;
        }
}
