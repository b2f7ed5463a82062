#include "sleep.h"

#include "task.h"

static void wake(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)loop, (void)future;
    struct sim_sleep *sleep = arg;
    if (!sim_future_done(&sleep->future))
        sim_future_set_result(&sleep->future, NULL);
}

static const struct sim_callback_ops wake_ops = {.name = "wake the sleeper", .run = wake};

void sim_sleep_arm(struct sim_sleep *sleep, int64_t deadline_ns)
{
    struct sim_loop *loop = sleep->future.loop;
    sim_handle_init(loop, &sleep->timer, (struct sim_callback){&wake_ops, sleep});
    sleep->timer.flags = SIM_HANDLE_SLEEP;
    sleep->future.timer = sleep->timer.id;
    sim_loop_call_at(loop, &sleep->timer, deadline_ns);
}

void sim_sleep_disarm(struct sim_sleep *sleep)
{
    sim_handle_cancel(&sleep->timer);
}

bool sim_sleep_end(struct sim_handle *timer)
{
    struct sim_sleep *sleep = timer->callback.arg;
    if (!timer->callback.ops || timer->flags & SIM_HANDLE_CANCELLED)
        return false;
    struct sim_future *future = &sleep->future;
    if (sim_future_done(future) || future->callback.ops != &sim_task_step_ops)
        return false;
    struct sim_task *task = future->callback.arg;
    timer->callback.ops = NULL;
    future->callback.ops = NULL;
    future->state = SIM_FUTURE_RESULT;
    SIM_PUT(future->loop->world->trace, SLEEP_OVER, 0, 0, task->number, timer->id, 0);
    sim_task_push_step(task);
    sim_handle_release(timer);
    return true;
}
