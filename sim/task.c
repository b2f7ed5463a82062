/* The order of events is that of CPython 3.11, Lib/asyncio/tasks.py, class Task. */
#include "task.h"

#include <assert.h>
#include <string.h>

const struct sim_callback_ops sim_task_step_ops = {.name = "step", .arg = SIM_ARG_FUTURE};
const struct sim_callback_ops sim_task_timer_ops = {.name = "sleep", .arg = SIM_ARG_FUTURE};

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

void sim_task_unlink(struct sim_task *task)
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
    sim_loop_push_step(task->future.loop, task);
}

static void record_created(const struct sim_task *task, const struct sim_task_label *label)
{
    struct sim_loop *loop = task->future.loop;
    struct sim_trace *trace = loop->world->trace;
    if (!trace)
        return;
    /* No two tasks have the same number in their names, so there is no equal text to be found. */
    uint32_t name = label->named == SIM_TASK_UNNAMED
                        ? sim_trace_add_text(trace, label->name, strlen(label->name))
                        : sim_trace_intern_z(trace, label->name);
    SIM_PUT(trace, TASK_CREATED, label->named, 0, task->number, name,
            loop->current ? loop->current->number : 0);
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

void sim_task_close(struct sim_task *task)
{
    struct sim_coro *coro = task->coro;
    task->coro = NULL;
    sim_task_leave_sleep(task);
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
        sim_task_unlink(task);
    sim_task_close(task);
    drop_waiter(task);
    sim_value_drop(world, &task->cancel_message);
    sim_value_drop(world, &task->error);
    sim_future_fini(&task->future);
}

void sim_task_abandon(struct sim_task *task)
{
    assert(!sim_future_done(&task->future));
    sim_future_retain(&task->future);
    sim_task_unlink(task);
    sim_task_close(task);
    drop_waiter(task);
    sim_task_let_go(task);
    sim_future_drop_callbacks(&task->future);
    sim_future_release(&task->future);
}

/* A block for a task with so many bytes behind it. */
static struct sim_task *take_task(struct sim_loop *loop, size_t frame_size)
{
    struct sim_task *task = sim_alloc_take(loop->world->alloc, sizeof *task + frame_size);
    if (!task)
        sim_world_fail(loop->world, SIM_ENOMEM);
    return task;
}

struct sim_task *sim_task_new(struct sim_loop *loop, struct sim_coro *coro, const char *name)
{
    struct sim_task *task = take_task(loop, 0);
    struct sim_task_label label = {.name = name, .named = SIM_TASK_NAMED};
    if (task)
        begin_task(loop, task, coro, &label, 0);
    return task;
}

void *sim_task_spawn(struct sim_loop *loop, size_t frame_size,
                     enum sim_flag_step (*body)(struct sim_frame *frame), const char *name,
                     struct sim_task **out)
{
    enum { FRAME_SIZE_MAX = (1 << 25) - 1 };
    assert(frame_size <= FRAME_SIZE_MAX);
    struct sim_task *task = *out = take_task(loop, frame_size);
    if (!task)
        return NULL;
    struct sim_frame *frame = (struct sim_frame *)(void *)(task + 1);
    struct sim_task_label label = {.name = name, .named = SIM_TASK_NAMED};
    memset((char *)frame + sizeof *frame, 0, frame_size - sizeof *frame);
    sim_frame_init(frame, body, NULL);
    begin_task(loop, task, &frame->coro, &label, 0);
    task->frame_size = (uint32_t)frame_size & FRAME_SIZE_MAX;
    return frame;
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
    if (task->timer && !task->woken) {
        SIM_PUT(world->trace, TASK_READY, SIM_WAKE_DONE, 0, task->number, 0, 0);
        sim_future_retain(&task->future);
        sim_task_push_step(task);
    }
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

void sim_task_let_go(struct sim_task *task)
{
    bool held = task->held;
    task->held = false;
    if (held)
        sim_future_release(&task->future);
}

/* --- sleeping --------------------------------------------------------------------------------- */

static int64_t forget_timer(struct sim_task *task)
{
    int64_t until_ns = task->until_ns;
    task->timer = 0;
    task->error = NULL;
    return until_ns;
}

void sim_task_leave_sleep(struct sim_task *task)
{
    struct sim_loop *loop = task->future.loop;
    uint32_t timer = task->timer;
    if (timer == 0)
        return;
    int64_t until_ns = forget_timer(task);
    if (task->timer_armed) {
        SIM_PUT_NS(loop->world->trace, TIMER_CANCELLED, SIM_TIMER_SLEEP, timer,
                   until_ns - loop->world->now_ns);
        task->timer_armed = false;
        task->timer_given_up |= !task->timer_apart;
        sim_timers_note_cancelled(&loop->timers);
    } else {
        SIM_PUT(loop->world->trace, CALLBACK_CANCELLED, 0, 0, timer, 0, 0);
    }
}

void sim_task_end_sleep(struct sim_task *task, uint32_t timer)
{
    struct sim_trace *trace = task->future.loop->world->trace;
    if (task->timer == timer && !task->woken) {
        forget_timer(task);
        SIM_PUT(trace, SLEEP_OVER, 0, 0, task->number, timer, 0);
        sim_task_push_step(task);
        return;
    }
    if (task->timer == timer) { /* it is to be cancelled: there is nothing to end */
        forget_timer(task);
        SIM_PUT(trace, CALLBACK_BEGIN, 0, 0, timer, 0, 0);
        SIM_PUT(trace, CALLBACK_END, 0, 0, timer, 0, 0);
    } else {
        SIM_PUT(trace, CALLBACK_SKIPPED, 0, 0, timer, 0, 0);
    }
    sim_future_release(&task->future);
}
