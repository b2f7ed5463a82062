/* One step of a task.  The order of events is that of CPython 3.11, Lib/asyncio/tasks.py, class
 * Task.
 */
#include "task.h"

/* What is thrown in at this step, a new reference, and how to resume. */
static sim_value take_error(struct sim_task *task, struct sim_future *waited,
                            enum sim_flag_resume *how, bool *own)
{
    struct sim_world *world = task->future.loop->world;
    sim_value error = sim_task_error(task);
    if (error)
        task->error = NULL;
    *how = error ? SIM_RESUME_THROW : task->started ? SIM_RESUME_SEND : SIM_RESUME_START;
    if (waited)
        error = sim_future_raise(waited, how);
    if (task->must_cancel) {
        task->must_cancel = false;
        if (*how != SIM_RESUME_CANCEL) {
            sim_value_drop(world, &error);
            error = sim_future_cancelled_error(&task->future);
            *how = SIM_RESUME_CANCEL;
            *own = true;
        }
    }
    return error;
}

/* The coroutine is over: the task ends. */
static void end_task(struct sim_task *task, enum sim_flag_step step, sim_value value)
{
    struct sim_world *world = task->future.loop->world;
    sim_task_unlink(task);
    if (step == SIM_STEP_RETURN && task->must_cancel) {
        task->must_cancel = false; /* cancelled by itself, right before it ended */
        sim_future_set_cancelled(&task->future, task->cancel_message);
    } else if (step == SIM_STEP_RETURN) {
        sim_future_set_result(&task->future, value);
    } else if (step == SIM_STEP_RAISE) {
        sim_future_set_exception(&task->future, value);
    } else {
        task->error = value; /* a waiter gets this very exception */
        value = NULL;
        sim_future_set_cancelled(&task->future, NULL);
    }
    sim_value_drop(world, &value);
    sim_task_close(task);
}

/* What a wait for several futures, or with a timeout, is woken by does not own it. */
static bool is_hidden_from_guest(const struct sim_task *task, const struct sim_future *waiter)
{
    switch ((enum sim_flag_await)waiter->kind) {
    case SIM_AWAIT_FUTURE:
    case SIM_AWAIT_TASK:
    case SIM_AWAIT_GATHER:
    case SIM_AWAIT_SLEEP:
        return false;
    case SIM_AWAIT_LOCK:
    case SIM_AWAIT_EVENT:
    case SIM_AWAIT_CONDITION:
    case SIM_AWAIT_SEMAPHORE:
    case SIM_AWAIT_BARRIER:
    case SIM_AWAIT_QUEUE_GET:
    case SIM_AWAIT_QUEUE_PUT:
    case SIM_AWAIT_QUEUE_JOIN:
        return false; /* these hold who waits in their lines, as the collector sees */
    default:
        return task->future.flags & SIM_FUTURE_EMBEDDED;
    }
}

/* The coroutine waits for a future. */
static void await_future(struct sim_task *task, struct sim_future *future)
{
    sim_future_retain(future);
    task->waiter = future;
    if (is_hidden_from_guest(task, future)) {
        sim_future_retain(&task->future);
        task->held = true;
    }
    sim_future_add_callback(future, (struct sim_callback){&sim_task_step_ops, task});
    if (task->must_cancel && sim_future_cancel(future, task->cancel_message))
        task->must_cancel = false;
}

/* Whether a future of this kind may have the name of a lock, a thread's job or the like. */
static bool is_named(uint32_t kind)
{
    return (kind >= SIM_AWAIT_LOCK && kind <= SIM_AWAIT_QUEUE_JOIN) || kind == SIM_AWAIT_THREAD;
}

/* Records how a step ended; `future` is what it awaits. */
static void record_end(const struct sim_task *task, enum sim_flag_step step,
                       const struct sim_future *future)
{
    struct sim_trace *trace = task->future.loop->world->trace;
    if (step != SIM_STEP_AWAIT) {
        SIM_PUT(trace, STEP_END, step, 0, task->number, 0, 0);
        return;
    }
    uint32_t kind = future->kind, label = is_named(kind) ? future->label : 0;
    if (kind == SIM_AWAIT_SLEEP && sim_trace_turn(trace, future->timer, SIM_EV_SLEEP))
        return;
    SIM_PUT(trace, STEP_END, step, kind, task->number,
            kind == SIM_AWAIT_TASK ? ((const struct sim_task *)(const void *)future)->number
                                   : future->id,
            label ? 0 : future->timer);
    if (label)
        SIM_PUT(trace, AWAIT_LABEL, 0, 0, task->number, label, future->id);
}

/* The coroutine sleeps until out->until_ns: the task is among the timers. */
static void fall_asleep(struct sim_task *task, int64_t until_ns)
{
    struct sim_loop *loop = task->future.loop;
    struct sim_world *world = loop->world;
    task->until_ns = until_ns;
    task->timer = ++world->ids_given;
    task->timer_armed = true;
    SIM_PUT_NS(world->trace, SLEEP, 0, task->timer, until_ns);
    sim_future_retain(&task->future);
    int error = sim_timers_push_sleep(&loop->timers, world->alloc, task);
    if (error < 0) {
        sim_world_fail(world, error);
        task->timer_armed = false;
        sim_future_release(&task->future);
    }
    if (task->must_cancel && error == 0) {
        SIM_PUT(world->trace, TASK_READY, SIM_WAKE_DONE, 0, task->number, 0, 0);
        sim_future_retain(&task->future);
        sim_task_push_step(task);
    }
}

/* Goes on where the coroutine left off: with a value, or with an error thrown in. */
static enum sim_flag_step resume(struct sim_task *task, enum sim_flag_resume how, sim_value error,
                                 struct sim_step *out)
{
    struct sim_coro *coro = task->coro;
    if (how < SIM_RESUME_THROW)
        return coro->ops->send(coro, task, out);
    return coro->ops->throw_in(coro, task, how == SIM_RESUME_CANCEL, error, out);
}

/* What the end of the step leads to. */
static void follow(struct sim_task *task, enum sim_flag_step step, const struct sim_step *out)
{
    struct sim_world *world = task->future.loop->world;
    if (step == SIM_STEP_AWAIT && !out->future) {
        fall_asleep(task, out->until_ns);
        return;
    }
    if (sim_step_is_last(step))
        end_task(task, step, out->value);
    if (world->trace)
        record_end(task, step, out->future);
    if (step == SIM_STEP_AWAIT) {
        await_future(task, out->future);
    } else if (step == SIM_STEP_ERROR) {
        task->error = out->value;
        SIM_PUT(world->trace, TASK_READY, SIM_WAKE_ERROR, 0, task->number, 0, 0);
        sim_future_retain(&task->future);
        sim_task_push_step(task);
    }
}

bool sim_task_step(struct sim_task *task)
{
    struct sim_loop *loop = task->future.loop;
    struct sim_world *world = loop->world;
    struct sim_step out = {.task = task};
    struct sim_future *waited = task->waiter;
    enum sim_flag_resume how = task->started ? SIM_RESUME_SEND : SIM_RESUME_START;
    bool own_error = false, held = task->held;
    sim_value error = NULL;
    task->waiter = NULL;
    if (waited || task->must_cancel || sim_task_error(task))
        error = take_error(task, waited, &how, &own_error);
    task->woken = false;
    task->started = true;
    task->held = false;
    SIM_PUT(world->trace, STEP_BEGIN, how, 0, task->number, 0, 0);
    if (task->timer)
        sim_task_leave_sleep(task);

    loop->current = task;
    world->current = task->number;
    enum sim_flag_step step = resume(task, how, error, &out);
    if (own_error)
        sim_value_drop(world, &error);
    if (step == SIM_STEP_YIELD) {
        task->woken = true;
        SIM_PUT(world->trace, STEP_END, step, 0, task->number, 0, 0);
    } else {
        follow(task, step, &out);
    }
    loop->current = NULL;
    world->current = 0;
    sim_value_drop(world, &error); /* it may hold the coroutine's frames: these go with it */
    if (held)
        sim_future_release(&task->future);
    return step == SIM_STEP_YIELD;
}
