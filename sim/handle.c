/* Callbacks and their handles. */
#include <assert.h>

#include "future.h"
#include "loop.h"
#include "sleep.h"
#include "timer_entry.h"

void *sim_link_new(struct sim_world *world, size_t size, void *target, sim_value owner)
{
    struct sim_link *link = sim_alloc_zero(world->alloc, size);
    if (!link)
        sim_world_fail(world, SIM_ENOMEM);
    else
        *link = (struct sim_link){.target = target, .owner = owner, .references = 1};
    return link;
}

void sim_link_release(struct sim_world *world, struct sim_link *link)
{
    if (--link->references == 0)
        sim_alloc_free(world->alloc, link);
}

static void retain_link(struct sim_world *world, struct sim_link *link)
{
    link->references++;
    sim_value_retain(world, link->owner);
}

static void release_link(struct sim_world *world, struct sim_link *link)
{
    sim_value owner = link->owner;
    sim_link_release(world, link);
    sim_value_drop(world, &owner);
}

void sim_callback_retain(struct sim_world *world, const struct sim_callback *callback)
{
    switch (callback->ops->arg) {
    case SIM_ARG_NONE:
        break;
    case SIM_ARG_FUTURE:
        sim_future_retain(callback->arg);
        break;
    case SIM_ARG_HANDLE:
        sim_handle_retain(callback->arg);
        break;
    case SIM_ARG_GUEST:
        sim_value_retain(world, callback->arg);
        break;
    case SIM_ARG_LINK:
        retain_link(world, callback->arg);
        break;
    }
}

void sim_callback_release(struct sim_world *world, const struct sim_callback *callback)
{
    switch (callback->ops->arg) {
    case SIM_ARG_NONE:
        break;
    case SIM_ARG_FUTURE:
        sim_future_release(callback->arg);
        break;
    case SIM_ARG_HANDLE:
        sim_handle_release(callback->arg);
        break;
    case SIM_ARG_GUEST: {
        sim_value value = callback->arg;
        sim_value_drop(world, &value);
        break;
    }
    case SIM_ARG_LINK:
        release_link(world, callback->arg);
        break;
    }
}

uint32_t sim_callback_describe(struct sim_world *world, const struct sim_callback *callback)
{
    if (!world->trace)
        return 0;
    if (callback->ops->describe)
        return callback->ops->describe(world, callback->arg);
    const char *name = callback->ops->name;
    return name ? sim_trace_intern_constant(world->trace, name) : 0;
}

void sim_handle_init(struct sim_loop *loop, struct sim_handle *handle, struct sim_callback callback)
{
    *handle = (struct sim_handle){
        .loop = loop,
        .callback = callback,
        .id = ++loop->world->ids_given,
        .references = 1,
        .flags = SIM_HANDLE_EMBEDDED,
    };
    sim_callback_retain(loop->world, &callback);
}

static void drop_callback(struct sim_handle *handle)
{
    struct sim_callback callback = handle->callback;
    handle->callback.ops = NULL;
    if (callback.ops)
        sim_callback_release(handle->loop->world, &callback);
}

void sim_handle_fini(struct sim_handle *handle)
{
    assert(!(handle->flags & SIM_HANDLE_ARMED));
    drop_callback(handle);
}

/* The block that a sleep's timer is part of. */
static struct sim_future *future_of_sleep(struct sim_handle *handle)
{
    char *block = (char *)handle - offsetof(struct sim_sleep, timer);
    return &((struct sim_sleep *)(void *)block)->future;
}

void sim_handle_retain(struct sim_handle *handle)
{
    if (handle->flags & SIM_HANDLE_SLEEP)
        sim_future_retain(future_of_sleep(handle));
    else if (handle->flags & SIM_HANDLE_EMBEDDED)
        handle->loop->world->guest->retain_handle(handle);
    else
        handle->references++;
}

void sim_handle_release(struct sim_handle *handle)
{
    if (handle->flags & SIM_HANDLE_SLEEP) {
        sim_future_release(future_of_sleep(handle));
    } else if (handle->flags & SIM_HANDLE_EMBEDDED) {
        handle->loop->world->guest->release_handle(handle);
    } else if (--handle->references == 0) {
        sim_handle_fini(handle);
        sim_alloc_give(handle->loop->world->alloc, handle, sizeof *handle);
    }
}

void sim_handle_cancel(struct sim_handle *handle)
{
    struct sim_loop *loop = handle->loop;
    if (handle->flags & SIM_HANDLE_CANCELLED || !handle->callback.ops)
        return;
    handle->flags |= SIM_HANDLE_CANCELLED;
    if (handle->flags & SIM_HANDLE_ARMED) {
        SIM_PUT_NS(loop->world->trace, TIMER_CANCELLED, (handle->flags & SIM_HANDLE_SLEEP) != 0,
                   handle->id, handle->deadline_ns - loop->world->now_ns);
        sim_handle_retain(handle); /* the timers may drop the last reference */
        sim_timers_note_cancelled(&loop->timers);
        drop_callback(handle);
        sim_handle_release(handle);
    } else {
        SIM_PUT(loop->world->trace, CALLBACK_CANCELLED, 0, 0, handle->id, 0, 0);
        drop_callback(handle);
    }
}

/* Left open for a sleep: mostly the step ends by it, and both are one record. */
static void record_armed(struct sim_trace *trace, const struct sim_handle *handle,
                         int64_t deadline_ns)
{
    bool sleep = (handle->flags & SIM_HANDLE_SLEEP) != 0;
    struct sim_event event = {
        .kind = SIM_EV_TIMER_ARMED, .flag = sleep, .id = handle->id, .ns = deadline_ns};
    if (sleep)
        sim_trace_put_open(trace, event);
    else
        sim_trace_put(trace, event);
}

void sim_loop_call_at(struct sim_loop *loop, struct sim_handle *handle, int64_t deadline_ns)
{
    struct sim_world *world = loop->world;
    if (world->trace && !(handle->flags & SIM_HANDLE_SLEEP))
        SIM_PUT(world->trace, HANDLE, 0, 0, handle->id,
                sim_callback_describe(world, &handle->callback), 0);
    record_armed(world->trace, handle, deadline_ns);
    handle->deadline_ns = deadline_ns;
    sim_handle_retain(handle);
    int error =
        sim_timers_push(&loop->timers, world->alloc, sim_timer_of_handle(handle, deadline_ns));
    if (error < 0) {
        sim_world_fail(world, error);
        sim_handle_release(handle);
        return;
    }
    handle->flags |= SIM_HANDLE_ARMED;
}

struct sim_handle *sim_handle_new(struct sim_loop *loop, struct sim_callback callback)
{
    struct sim_handle *handle = sim_alloc_take(loop->world->alloc, sizeof *handle);
    if (!handle) {
        sim_world_fail(loop->world, SIM_ENOMEM);
        return NULL;
    }
    sim_handle_init(loop, handle, callback);
    handle->flags = 0;
    return handle;
}

struct sim_handle *sim_call_at(struct sim_loop *loop, int64_t deadline_ns,
                               struct sim_callback callback)
{
    if (loop->world->guest->deadline)
        deadline_ns = loop->world->guest->deadline(loop, deadline_ns, callback.ops);
    struct sim_handle *handle = sim_handle_new(loop, callback);
    if (handle)
        sim_loop_call_at(loop, handle, deadline_ns);
    return handle;
}
