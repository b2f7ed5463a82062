/* Taking in what the loop does: its lane, the ready queue, callbacks and timers. */
#include "take.h"

/* --- the loop lane ---------------------------------------------------------------------------- */

struct rnd_slice *rnd_take_running(const struct rnd_model *model, unsigned kind, uint32_t id)
{
    if (model->index->slice == RND_NEVER)
        return NULL;
    struct rnd_slice *slice = &model->slices[model->index->slice];
    return slice->kind == kind && slice->id == id ? slice : NULL;
}

void rnd_take_end_slice(struct rnd_model *model)
{
    if (model->index->slice == RND_NEVER)
        return;
    struct rnd_slice *slice = &model->slices[model->index->slice];
    slice->end = here(model);
    slice->end_ns = model->end_ns;
    if (slice->full > slice->end)
        slice->full = slice->end;
    model->index->slice = RND_NEVER;
}

void rnd_take_begin_slice(struct rnd_model *model, unsigned kind, uint32_t id, bool sleep)
{
    struct rnd_index *index = model->index;
    rnd_take_end_slice(model);
    index->slice = model->slice_count++;
    model->slices[index->slice] = (struct rnd_slice){.begin = here(model),
                                                     .end = RND_NEVER,
                                                     .begin_ns = model->end_ns,
                                                     .end_ns = RND_NO_TIME,
                                                     .id = id,
                                                     .units = index->units,
                                                     .full = RND_NEVER,
                                                     .kind = (uint8_t)kind,
                                                     .sleep = sleep,
                                                     .backstage = index->backstage};
    index->units += rnd_slice_units(&model->slices[index->slice]);
}

static void take_clock(struct rnd_model *model, const struct sim_event *event)
{
    if (event->ns <= model->end_ns)
        return;
    if (event->flag == SIM_CLOCK_IDLE && model->index->slice == RND_NEVER)
        model->slices[model->slice_count++] = (struct rnd_slice){.begin = model->event_count,
                                                                 .end = here(model),
                                                                 .begin_ns = model->end_ns,
                                                                 .end_ns = event->ns,
                                                                 .id = RND_NEVER,
                                                                 .units = model->index->units,
                                                                 .full = here(model),
                                                                 .kind = RND_SLICE_IDLE};
    model->end_ns = event->ns;
    model->instants[model->instant_count++] =
        (struct rnd_instant){.at = here(model), .time_ns = event->ns};
}

/* --- the ready queue -------------------------------------------------------------------------- */

void rnd_take_push(struct rnd_model *model, uint32_t task, uint32_t handle)
{
    model->pushes[model->push_count++] =
        (struct rnd_push){.at = here(model), .task = task, .handle = handle};
}

void rnd_take_pop(struct rnd_model *model)
{
    if (model->pop_count < model->push_count)
        model->pops[model->pop_count++] = here(model);
}

/* --- callbacks and timers --------------------------------------------------------------------- */

struct rnd_callback *rnd_take_callback_of(struct rnd_model *model, uint32_t handle)
{
    uint32_t i = rnd_map_get(&model->index->handles, handle);
    return i == RND_NEVER ? NULL : &model->index->callbacks[i];
}

/* The callback that runs, NULL: none. */
struct rnd_callback *rnd_take_callback(struct rnd_model *model)
{
    if (model->index->slice == RND_NEVER ||
        model->slices[model->index->slice].kind != RND_SLICE_CALLBACK)
        return NULL;
    return rnd_take_callback_of(model, model->slices[model->index->slice].id);
}

uint32_t rnd_take_runner(const struct rnd_model *model)
{
    if (model->index->slice == RND_NEVER ||
        model->slices[model->index->slice].kind != RND_SLICE_TASK)
        return 0;
    return model->slices[model->index->slice].id;
}

/* Who does what happens now: the task that runs, or who is behind the callback that runs. */
static void blame(struct rnd_model *model, struct rnd_callback *callback)
{
    const struct rnd_callback *by = rnd_take_callback(model);
    callback->by_task = model->index->thread ? rnd_take_author(model, 0)
                        : by                 ? by->by_task
                                             : rnd_take_runner(model);
    callback->by_timer = by ? by->by_timer : RND_NEVER;
    callback->cause = here(model);
}

/* The record of a handle, made where there was none; NULL for no handle.  `name` is 0 where it is
 * not known. */
static struct rnd_callback *name_callback(struct rnd_model *model, uint32_t handle, uint32_t name)
{
    struct rnd_index *index = model->index;
    if (handle == 0)
        return NULL;
    struct rnd_callback *callback = rnd_take_callback_of(model, handle);
    if (!callback) {
        *rnd_map_put(&index->handles, handle) = index->callback_count;
        callback = &index->callbacks[index->callback_count++];
        *callback =
            (struct rnd_callback){.handle = handle, .timer = RND_NEVER, .by_timer = RND_NEVER};
    }
    if (name)
        callback->name = name;
    return callback;
}

struct rnd_timer *rnd_take_timer(struct rnd_model *model, uint32_t handle)
{
    const struct rnd_callback *callback = rnd_take_callback_of(model, handle);
    return !callback || callback->timer == RND_NEVER ? NULL : &model->timers[callback->timer];
}

static void arm_timer(struct rnd_model *model, const struct sim_event *event,
                      enum sim_flag_timer kind)
{
    struct rnd_callback *callback = name_callback(model, event->id, 0);
    if (!callback || callback->timer != RND_NEVER)
        return;
    blame(model, callback);
    callback->timer = model->timer_count++;
    model->timers[callback->timer] =
        (struct rnd_timer){.armed = here(model),
                           .end = RND_NEVER,
                           .armed_ns = model->end_ns,
                           .deadline_ns = event->ns > 0 ? event->ns : 0,
                           .handle = event->id,
                           .task = callback->by_task,
                           .name = callback->name,
                           .kind = (uint8_t)kind};
    rnd_tree_append(&model->index->ends, callback->timer);
}

static void end_timer(struct rnd_model *model, struct rnd_timer *timer, enum rnd_timer_end how)
{
    timer->end = here(model);
    timer->how = (uint8_t)how;
    rnd_tree_update(&model->index->ends, model->timers, model->timer_count,
                    (uint32_t)(timer - model->timers));
}

static void fire_timer(struct rnd_model *model, uint32_t handle)
{
    struct rnd_timer *timer = rnd_take_timer(model, handle);
    rnd_take_push(model, 0, handle);
    if (!timer || timer->end != RND_NEVER)
        return;
    end_timer(model, timer, RND_TIMER_FIRED);
    struct rnd_callback *callback = rnd_take_callback_of(model, handle);
    callback->by_timer = callback->timer;
    callback->cause = here(model);
    struct rnd_slice *last = model->slice_count ? &model->slices[model->slice_count - 1] : NULL;
    if (last && last->kind == RND_SLICE_IDLE && last->id == RND_NEVER)
        last->id = callback->timer;
}

static void cancel_timer(struct rnd_model *model, uint32_t handle)
{
    struct rnd_timer *timer = rnd_take_timer(model, handle);
    if (!timer || timer->end != RND_NEVER)
        return;
    end_timer(model, timer, RND_TIMER_CANCELLED);
    model->cancelled[model->cancelled_count++] = (uint32_t)(timer - model->timers);
}

static void ready_callback(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_callback *callback = name_callback(model, event->id, event->a);
    if (!callback)
        return;
    blame(model, callback);
    callback->future = event->b;
    rnd_take_push(model, 0, event->id);
}

static void begin_callback(struct rnd_model *model, uint32_t handle)
{
    const struct rnd_timer *timer = rnd_take_timer(model, handle);
    rnd_take_pop(model);
    rnd_take_begin_slice(model, RND_SLICE_CALLBACK, handle,
                         timer && timer->kind == SIM_TIMER_SLEEP);
}

/* It shows as the callback that runs at this one cursor. */
void rnd_take_sleep_over(struct rnd_model *model, uint32_t handle)
{
    begin_callback(model, handle);
    struct rnd_slice *slice = &model->slices[model->index->slice];
    slice->end = slice->full = here(model) + 1;
    slice->end_ns = model->end_ns;
    model->index->slice = RND_NEVER;
}

static void begin_iteration(struct rnd_model *model, const struct sim_event *event)
{
    model->iterations[model->iteration_count++] =
        (struct rnd_iteration){.at = here(model),
                               .number = event->id,
                               .ready = event->a,
                               .timers = event->b,
                               .popped = model->pop_count};
}

/* A loop other than the last: what that one left behind will never run. */
static void begin_loop(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_index *index = model->index;
    if (event->id != index->loop) {
        while (model->pop_count < index->loop_pushes)
            rnd_take_pop(model);
        uint32_t i = 0;
        while ((i = rnd_tree_next(&index->ends, model->timers, index->loop_timers, i,
                                  RND_NEVER - 1)) != RND_NEVER)
            end_timer(model, &model->timers[i], RND_TIMER_CANCELLED);
    }
    index->loop = event->id;
    if (model->main == 0 && event->a <= model->lane_count)
        model->main = event->a;
}

static void end_loop(struct rnd_model *model)
{
    model->index->loop_pushes = model->push_count;
    model->index->loop_timers = model->timer_count;
}

void rnd_take_loop(struct rnd_model *model, const struct sim_event *event)
{
    switch (event->kind) {
    case SIM_EV_LOOP_BEGIN:
        begin_loop(model, event);
        break;
    case SIM_EV_LOOP_END:
        end_loop(model);
        break;
    case SIM_EV_ITERATION_BEGIN:
        begin_iteration(model, event);
        break;
    case SIM_EV_CLOCK:
        take_clock(model, event);
        break;
    case SIM_EV_HANDLE:
        name_callback(model, event->id, event->a);
        break;
    case SIM_EV_CALLBACK_READY:
        ready_callback(model, event);
        break;
    case SIM_EV_CALLBACK_BEGIN:
        begin_callback(model, event->id);
        break;
    case SIM_EV_CALLBACK_END:
        if (rnd_take_running(model, RND_SLICE_CALLBACK, event->id))
            rnd_take_end_slice(model);
        break;
    case SIM_EV_CALLBACK_SKIPPED:
        rnd_take_pop(model);
        break;
    case SIM_EV_TIMER_ARMED:
        arm_timer(model, event, event->flag);
        break;
    case SIM_EV_SLEEP:
        arm_timer(model, event, SIM_TIMER_SLEEP);
        rnd_take_asleep(model, event->id);
        break;
    case SIM_EV_TIMER_FIRED:
        fire_timer(model, event->id);
        break;
    case SIM_EV_TIMER_CANCELLED:
        cancel_timer(model, event->id);
        break;
    default:
        break;
    }
}
