#include "waiter.h"

void sim_sync_init(struct sim_sync *sync, struct sim_world *world, enum sim_flag_object kind,
                   enum sim_flag_await await, uint32_t limit)
{
    *sync = (struct sim_sync){
        .world = world, .kind = (uint8_t)kind, .await = (uint8_t)await, .limit = limit};
}

void sim_sync_set_name(struct sim_sync *sync, const char *name)
{
    sync->name = sim_trace_intern_z(sync->world->trace, name);
}

void sim_sync_hide(struct sim_sync *sync, struct sim_sync *shown, enum sim_flag_await await)
{
    sync->hidden = true;
    sync->shown = shown;
    sync->await = (uint8_t)await;
}

/* The object's name in the trace, made known at its first use. */
SIM_COLD static uint32_t introduce(struct sim_sync *sync)
{
    struct sim_world *world = sync->world;
    if (sync->hidden)
        return sync->shown ? introduce(sync->shown) : 0;
    if (!world->trace || sync->id != 0)
        return sync->name;
    if (sync->name == 0 && sync->owner && world->guest->name_of)
        sync->name = world->guest->name_of(world, sync->owner);
    sync->id = ++world->ids_given;
    SIM_PUT(world->trace, SYNC_NEW, sync->kind, 0, sync->id, sync->name, sync->limit);
    return sync->name;
}

void sim_sync_record(struct sim_sync *sync, enum sim_flag_sync what, uint32_t waiters,
                     int64_t level)
{
    struct sim_world *world = sync->world;
    if (!world->trace || sync->hidden)
        return;
    if (sync->id == 0)
        introduce(sync);
    SIM_PUT(world->trace, SYNC, what, waiters < UINT16_MAX ? waiters : UINT16_MAX, world->current,
            sync->id, level < UINT32_MAX ? level : UINT32_MAX);
}

/* --- waiters ---------------------------------------------------------------------------------- */

static void join(struct sim_waiter *waiter, struct sim_waiters *line)
{
    waiter->line = line;
    waiter->next = NULL;
    waiter->previous = line->last;
    if (line->last)
        line->last->next = waiter;
    else
        line->first = waiter;
    line->last = waiter;
    line->count++;
    sim_future_retain(waiter->future);
}

void sim_waiter_leave(struct sim_waiter *waiter)
{
    struct sim_waiters *line = waiter->line;
    if (!line)
        return;
    if (waiter->previous)
        waiter->previous->next = waiter->next;
    else
        line->first = waiter->next;
    if (waiter->next)
        waiter->next->previous = waiter->previous;
    else
        line->last = waiter->previous;
    line->count--;
    waiter->line = NULL;
    sim_future_release(waiter->future);
}

void sim_waiter_drop(struct sim_waiter *waiter)
{
    struct sim_future *future = waiter->future;
    sim_waiter_leave(waiter);
    waiter->future = NULL;
    if (future)
        sim_future_release(future);
}

static void bind(struct sim_sync *sync, struct sim_loop *loop)
{
    sync->loop = loop;
    if (sync->world->guest->retain_loop)
        sync->world->guest->retain_loop(loop);
}

bool sim_waiter_begin(struct sim_waiter *waiter, struct sim_frame *frame, struct sim_sync *sync,
                      struct sim_waiters *line, enum sim_flag_await await, int64_t level)
{
    struct sim_loop *loop = sim_frame_loop(frame);
    sim_waiter_drop(waiter);
    if (!sync->loop && loop)
        bind(sync, loop);
    if (sync->loop != loop || !loop) {
        enum sim_exception why = sync->loop ? SIM_EXCEPTION_OTHER_LOOP : SIM_EXCEPTION_NO_LOOP;
        frame->out->value = sim_exception_new(sync->world, why, sync->owner, NULL);
        return false;
    }
    waiter->future = sim_future_new(loop);
    if (!waiter->future) {
        frame->out->value = NULL;
        return false;
    }
    waiter->future->kind = (uint8_t)await;
    waiter->future->label = introduce(sync);
    join(waiter, line);
    sim_sync_record(sync, SIM_SYNC_WAIT, line->count, level);
    return true;
}

struct sim_waiter *sim_waiters_wake(struct sim_waiters *line)
{
    struct sim_waiter *waiter = line->first;
    while (waiter && sim_future_done(waiter->future))
        waiter = waiter->next;
    if (waiter)
        sim_future_set_result(waiter->future, NULL);
    return waiter;
}

int64_t sim_waiters_wake_many(struct sim_waiters *line, int64_t most)
{
    int64_t woken = 0;
    for (struct sim_waiter *waiter = line->first; waiter && woken < most; waiter = waiter->next) {
        if (sim_future_done(waiter->future))
            continue;
        sim_future_set_result(waiter->future, NULL);
        woken++;
    }
    return woken;
}

bool sim_waiters_all_cancelled(const struct sim_waiters *line)
{
    const struct sim_waiter *waiter = line->first;
    while (waiter && waiter->future->state == SIM_FUTURE_CANCELLED)
        waiter = waiter->next;
    return !waiter;
}
