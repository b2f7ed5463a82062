/* The order of events is that of CPython 3.11, Lib/asyncio/tasks.py, class Task. */
#include "task.h"

#include <assert.h>

const struct sim_callback_ops sim_task_step_ops = {.name = "step", .arg = SIM_ARG_FUTURE};

/* --- life ------------------------------------------------------------------------------------- */

static void link_task(struct sim_task *task)
{
    struct sim_loop *loop = task->future.loop;
    task->previous = loop->last_task;
    if (loop->last_task)
        loop->last_task->next = task;
    else
        loop->first_task = task;
    loop->last_task = task;
    loop->task_count++;
}

static void unlink_task(struct sim_task *task)
{
    struct sim_loop *loop = task->future.loop;
    if (task->previous)
        task->previous->next = task->next;
    else
        loop->first_task = task->next;
    if (task->next)
        task->next->previous = task->previous;
    else
        loop->last_task = task->previous;
    task->previous = task->next = NULL;
    loop->task_count--;
}

void sim_task_push_step(struct sim_task *task)
{
    task->woken = true;
    sim_loop_push(task->future.loop, (struct sim_callback){&sim_task_step_ops, task}, NULL, 0);
}

static void record_created(const struct sim_task *task, const struct sim_task_label *label)
{
    struct sim_loop *loop = task->future.loop;
    struct sim_trace *trace = loop->world->trace;
    if (!trace)
        return;
    SIM_PUT(trace, TASK_CREATED, label->named, 0, task->number,
            sim_trace_intern_z(trace, label->name), loop->current ? loop->current->number : 0);
    if (label->coroutine)
        SIM_PUT(trace, TASK_CORO, 0, 0, task->number, sim_trace_intern_z(trace, label->coroutine),
                label->line);
}

static void begin_task(struct sim_loop *loop, struct sim_task *task, struct sim_coro *coro,
                       const struct sim_task_label *label, uint8_t flags)
{
    struct sim_world *world = loop->world;
    *task = (struct sim_task){.coro = coro, .number = ++world->tasks_created};
    sim_future_init(loop, &task->future, SIM_AWAIT_TASK);
    task->future.flags = flags;
    link_task(task);
    record_created(task, label);
    sim_future_retain(&task->future);
    sim_task_push_step(task);
}

void sim_task_init(struct sim_loop *loop, struct sim_task *task, struct sim_coro *coro,
                   const struct sim_task_label *label)
{
    begin_task(loop, task, coro, label, SIM_FUTURE_EMBEDDED);
}

static void close_coro(struct sim_task *task)
{
    struct sim_coro *coro = task->coro;
    task->coro = NULL;
    if (coro)
        coro->ops->close(coro);
}

static void drop_waiter(struct sim_task *task)
{
    struct sim_future *waiter = task->waiter;
    task->waiter = NULL;
    if (waiter)
        sim_future_release(waiter);
}

void sim_task_fini(struct sim_task *task)
{
    struct sim_world *world = task->future.loop->world;
    if (task->coro)
        unlink_task(task);
    close_coro(task);
    drop_waiter(task);
    sim_value_drop(world, &task->cancel_message);
    sim_value_drop(world, &task->cancelled_error);
    sim_value_drop(world, &task->error);
    sim_future_fini(&task->future);
}

void sim_task_abandon(struct sim_task *task)
{
    assert(!sim_future_done(&task->future));
    sim_future_retain(&task->future);
    unlink_task(task);
    close_coro(task);
    drop_waiter(task);
    sim_task_let_go(task);
    sim_future_drop_callbacks(&task->future);
    sim_future_release(&task->future);
}

struct sim_task *sim_task_new(struct sim_loop *loop, struct sim_coro *coro, const char *name)
{
    struct sim_task *task = sim_alloc_zero(loop->world->alloc, sizeof *task);
    if (!task) {
        sim_world_fail(loop->world, SIM_ENOMEM);
        return NULL;
    }
    struct sim_task_label label = {.name = name, .named = SIM_TASK_NAMED};
    begin_task(loop, task, coro, &label, 0);
    return task;
}

/* --- cancelling ------------------------------------------------------------------------------- */

bool sim_task_cancel(struct sim_task *task, sim_value message)
{
    struct sim_world *world = task->future.loop->world;
    task->future.flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    if (sim_future_done(&task->future))
        return false;
    task->cancel_requests++;
    if (world->trace) {
        const struct sim_task *by = task->future.loop->current;
        uint32_t text = message && world->guest->describe
                            ? world->guest->describe(world, message, SIM_OUTCOME_CANCELLED)
                            : 0;
        SIM_PUT(world->trace, CANCEL_REQUESTED, 0, task->cancel_requests, task->number,
                by ? by->number : 0, text);
    }
    if (task->waiter && sim_future_cancel(task->waiter, message))
        return true; /* the waiter's callback will wake the task */
    if (world->cancel_too_deep)
        return false;
    task->must_cancel = true;
    sim_value_retain(world, message);
    sim_value_drop(world, &task->cancel_message);
    task->cancel_message = message;
    return true;
}

uint32_t sim_task_uncancel(struct sim_task *task)
{
    if (task->cancel_requests > 0) {
        task->cancel_requests--;
        SIM_PUT(task->future.loop->world->trace, UNCANCELLED, 0, 0, task->number,
                task->cancel_requests, 0);
    }
    return task->cancel_requests;
}

void sim_task_set_name(struct sim_task *task, const char *name)
{
    struct sim_trace *trace = task->future.loop->world->trace;
    if (trace)
        SIM_PUT(trace, TASK_NAMED, 0, 0, task->number, sim_trace_intern_z(trace, name), 0);
}

/* --- a step ----------------------------------------------------------------------------------- */

/* What is thrown in at this step, a new reference, and how to resume. */
static sim_value take_error(struct sim_task *task, struct sim_future *waited,
                            enum sim_flag_resume *how, bool *own)
{
    struct sim_world *world = task->future.loop->world;
    sim_value error = task->error;
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
    unlink_task(task);
    if (step == SIM_STEP_RETURN && task->must_cancel) {
        task->must_cancel = false; /* cancelled by itself, right before it ended */
        sim_future_set_cancelled(&task->future, task->cancel_message);
    } else if (step == SIM_STEP_RETURN) {
        sim_future_set_result(&task->future, value);
    } else if (step == SIM_STEP_RAISE) {
        sim_future_set_exception(&task->future, value);
    } else {
        task->cancelled_error = value; /* a waiter gets this very exception */
        value = NULL;
        sim_future_set_cancelled(&task->future, NULL);
    }
    sim_value_drop(world, &value);
    close_coro(task);
}

void sim_task_let_go(struct sim_task *task)
{
    bool held = task->held;
    task->held = false;
    if (held)
        sim_future_release(&task->future);
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

bool sim_task_step(struct sim_task *task, struct sim_future **waited)
{
    struct sim_loop *loop = task->future.loop;
    struct sim_world *world = loop->world;
    struct sim_step out = {0};
    enum sim_flag_resume how;
    bool own_error = false;
    *waited = task->waiter;
    task->waiter = NULL;
    sim_value error = take_error(task, *waited, &how, &own_error);
    task->woken = false;
    task->started = true;
    bool held = task->held;
    task->held = false;
    SIM_PUT(world->trace, STEP_BEGIN, how, 0, task->number, 0, 0);

    loop->current = task;
    world->current = task->number;
    enum sim_flag_step step =
        how < SIM_RESUME_THROW
            ? task->coro->ops->send(task->coro, task, &out)
            : task->coro->ops->throw_in(task->coro, task, how == SIM_RESUME_CANCEL, error, &out);
    if (own_error)
        sim_value_drop(world, &error);

    if (sim_step_is_last(step))
        end_task(task, step, out.value);
    if (world->trace)
        record_end(task, step, out.future);
    if (step == SIM_STEP_YIELD) {
        task->woken = true;
    } else if (step == SIM_STEP_AWAIT) {
        await_future(task, out.future);
    } else if (step == SIM_STEP_ERROR) {
        task->error = out.value;
        SIM_PUT(world->trace, TASK_READY, SIM_WAKE_ERROR, 0, task->number, 0, 0);
        sim_future_retain(&task->future);
        sim_task_push_step(task);
    }
    loop->current = NULL;
    world->current = 0;
    sim_value_drop(world, &error); /* it may hold the coroutine's frames: these go with it */
    if (held)
        sim_future_release(&task->future);
    return step == SIM_STEP_YIELD;
}
