#include "timeout.h"

#include <assert.h>

void sim_timeout_init(struct sim_timeout *timeout, int64_t deadline_ns)
{
    *timeout = (struct sim_timeout){.deadline_ns = deadline_ns};
}

static void drop_timer(struct sim_timeout *timeout)
{
    struct sim_handle *timer = timeout->timer;
    timeout->timer = NULL;
    if (!timer)
        return;
    sim_handle_cancel(timer);
    sim_handle_release(timer);
}

void sim_timeout_fini(struct sim_timeout *timeout)
{
    struct sim_task *task = timeout->task;
    drop_timer(timeout);
    timeout->task = NULL;
    if (task)
        sim_future_release(&task->future);
}

static void record(const struct sim_timeout *timeout, enum sim_flag_timeout what)
{
    SIM_PUT(timeout->task->future.loop->world->trace, TIMEOUT, what, 0, timeout->task->number,
            timeout->id, timeout->timer ? timeout->timer->id : 0);
}

static void expire(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)loop, (void)future;
    struct sim_timeout *timeout = arg;
    struct sim_handle *timer = timeout->timer;
    assert(timeout->state == SIM_TIMEOUT_IS_ENTERED);
    record(timeout, SIM_TIMEOUT_EXPIRED);
    timeout->state = SIM_TIMEOUT_IS_EXPIRING;
    timeout->timer = NULL;
    sim_future_cancel(&timeout->task->future, NULL);
    sim_handle_release(timer);
}

static void arm(struct sim_timeout *timeout)
{
    /* The timeout needs no counting: its timer is cancelled before it goes away. */
    static const struct sim_callback_ops ops = {.name = "timeout", .run = expire};
    struct sim_callback callback = {&ops, timeout};
    struct sim_loop *loop = timeout->task->future.loop;
    drop_timer(timeout);
    if (timeout->deadline_ns <= loop->world->now_ns)
        timeout->timer = sim_call_soon(loop, callback);
    else if (timeout->deadline_ns != SIM_NO_DEADLINE)
        timeout->timer = sim_call_at(loop, timeout->deadline_ns, callback);
}

bool sim_timeout_enter(struct sim_timeout *timeout, struct sim_loop *loop)
{
    timeout->state = SIM_TIMEOUT_IS_ENTERED;
    if (!loop->current)
        return false;
    if (timeout->task)
        sim_future_release(&timeout->task->future);
    timeout->task = loop->current;
    sim_future_retain(&timeout->task->future);
    timeout->id = ++loop->world->ids_given;
    arm(timeout);
    record(timeout, SIM_TIMEOUT_ARMED);
    return true;
}

bool sim_timeout_reschedule(struct sim_timeout *timeout, int64_t deadline_ns)
{
    if (timeout->state != SIM_TIMEOUT_IS_ENTERED)
        return false;
    timeout->deadline_ns = deadline_ns;
    arm(timeout);
    record(timeout, SIM_TIMEOUT_RESCHEDULED);
    return true;
}

bool sim_timeout_exit(struct sim_timeout *timeout, bool cancelled)
{
    bool expiring = timeout->state == SIM_TIMEOUT_IS_EXPIRING;
    assert(expiring || timeout->state == SIM_TIMEOUT_IS_ENTERED);
    drop_timer(timeout);
    timeout->state = expiring ? SIM_TIMEOUT_IS_EXPIRED : SIM_TIMEOUT_IS_EXITED;
    bool raises = expiring && sim_task_uncancel(timeout->task) == 0 && cancelled;
    record(timeout, raises ? SIM_TIMEOUT_RAISED : SIM_TIMEOUT_LEFT);
    return raises;
}
