#include "loop.h"

#ifdef SIM_CHECK
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "dump.h"
#endif
#include "future.h"
#include "sleep.h"
#include "task.h"
#include "timer_entry.h"

/* --- the ready queue -------------------------------------------------------------------------- */

static void release_entry(struct sim_loop *loop, const struct sim_ready *entry)
{
    if (entry->future)
        sim_future_release(entry->future);
    sim_callback_release(loop->world, &entry->callback);
}

void sim_loop_push(struct sim_loop *loop, struct sim_callback callback, struct sim_future *future,
                   uint32_t id)
{
    struct sim_ready entry = {callback, future, id};
    int error = sim_ready_push(&loop->ready, loop->world->alloc, &entry);
    if (error < 0) {
        sim_world_fail(loop->world, error);
        release_entry(loop, &entry);
    }
}

bool sim_loop_guest_step(struct sim_loop *loop, struct sim_task *task)
{
    struct sim_callback step = {&sim_task_step_ops, task};
    return loop->world->guest->soon(loop, &step, NULL);
}

void sim_loop_drop_task(struct sim_loop *loop, struct sim_task *task)
{
    sim_world_fail(loop->world, SIM_ENOMEM);
    sim_future_release(&task->future);
}

static void run_handle(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)future;
    struct sim_handle *handle = arg;
    struct sim_callback callback = handle->callback;
    callback.ops->run(loop, callback.arg, NULL);
    if (handle->callback.ops) { /* it may have cancelled itself */
        handle->callback.ops = NULL;
        sim_callback_release(loop->world, &callback);
    }
}

static const struct sim_callback_ops handle_ops = {.arg = SIM_ARG_HANDLE, .run = run_handle};

/* Tells the guest of a callback that moved the clock since `began_ns`. */
static void note_blocked(struct sim_loop *loop, const struct sim_ready *entry, int64_t began_ns)
{
    const struct sim_world *world = loop->world;
    if (world->guest->blocked)
        world->guest->blocked(loop, entry, world->now_ns - began_ns);
}

static void run_step(struct sim_loop *loop, struct sim_task *task)
{
    const struct sim_world *world = loop->world;
    int64_t began_ns = world->now_ns;
    struct sim_future *waited = task->waiter;
    bool again = sim_task_step(task);
    if (world->now_ns != began_ns) {
        struct sim_ready entry = {.callback = {&sim_task_step_ops, task}};
        note_blocked(loop, &entry, began_ns);
    }
    if (waited)
        sim_future_release(waited);
    if (again)
        sim_loop_push_step(loop, task);
    else
        sim_future_release(&task->future);
}

static void run_callback(struct sim_loop *loop, const struct sim_ready *entry)
{
    struct sim_trace *trace = loop->world->trace;
    struct sim_handle *handle = entry->callback.ops == &handle_ops ? entry->callback.arg : NULL;
    if (handle && handle->flags & SIM_HANDLE_SLEEP && sim_sleep_end(handle))
        return;
    if (handle && handle->flags & SIM_HANDLE_CANCELLED) {
        SIM_PUT(trace, CALLBACK_SKIPPED, 0, 0, entry->id, 0, 0);
    } else {
        int64_t began_ns = loop->world->now_ns;
        SIM_PUT(trace, CALLBACK_BEGIN, 0, 0, entry->id, 0, 0);
        entry->callback.ops->run(loop, entry->callback.arg, entry->future);
        SIM_PUT(trace, CALLBACK_END, 0, 0, entry->id, 0, 0);
        if (loop->world->now_ns != began_ns)
            note_blocked(loop, entry, began_ns);
    }
    release_entry(loop, entry);
}

/* Runs what is first in the ready queue. */
static void run_first(struct sim_loop *loop)
{
    struct sim_alloc *alloc = loop->world->alloc;
    uintptr_t kind = sim_ready_first(&loop->ready, alloc);
    if (kind == SIM_READY_STEP) {
        run_step(loop, sim_ready_pop_step(&loop->ready));
    } else if (kind == SIM_READY_SLEEP) {
        uint32_t timer;
        struct sim_task *task = sim_ready_pop_sleep(&loop->ready, &timer);
        sim_task_end_sleep(task, timer);
    } else {
        struct sim_ready entry = sim_ready_pop(&loop->ready, alloc);
        run_callback(loop, &entry);
    }
}

static void push_handle(struct sim_loop *loop, struct sim_handle *handle)
{
    struct sim_world *world = loop->world;
    if (world->trace)
        SIM_PUT(world->trace, CALLBACK_READY, SIM_READY_SOON, 0, handle->id,
                sim_callback_describe(world, &handle->callback), 0);
    sim_loop_push(loop, (struct sim_callback){&handle_ops, handle}, NULL, handle->id);
}

void sim_loop_call_soon(struct sim_loop *loop, struct sim_handle *handle)
{
    sim_handle_retain(handle);
    push_handle(loop, handle);
}

struct sim_handle *sim_call_soon(struct sim_loop *loop, struct sim_callback callback)
{
    struct sim_handle *handle = sim_handle_new(loop, callback);
    struct sim_callback entry = {&handle_ops, handle};
    if (!handle)
        return NULL;
    sim_handle_retain(handle);
    if (!loop->guest_soon || !loop->world->guest->soon(loop, &entry, NULL))
        push_handle(loop, handle);
    return handle;
}

void sim_loop_push_entry(struct sim_loop *loop, const struct sim_callback *callback,
                         struct sim_future *future)
{
    struct sim_task *task = callback->arg;
    if (callback->ops == &handle_ops)
        push_handle(loop, callback->arg);
    else if (callback->ops != &sim_task_step_ops)
        sim_future_push_callback(future, *callback);
    else if (sim_ready_push_step(&loop->ready, loop->world->alloc, task) < 0)
        sim_loop_drop_task(loop, task);
}

void sim_loop_run_now(struct sim_loop *loop, const struct sim_callback *callback,
                      struct sim_future *future)
{
    struct sim_ready entry = {*callback, future, 0};
    if (callback->ops == &sim_task_step_ops) {
        run_step(loop, callback->arg);
        return;
    }
    callback->ops->run(loop, callback->arg, future);
    release_entry(loop, &entry);
}

/* --- one iteration ---------------------------------------------------------------------------- */

/* The task that a sleep's timer will wake, or NULL. */
static const struct sim_task *sleeper_of(const struct sim_timer *timer)
{
    const struct sim_handle *handle = sim_timer_handle(timer);
    if (!handle)
        return sim_timer_task(timer);
    if (!(handle->flags & SIM_HANDLE_SLEEP))
        return NULL;
    const struct sim_sleep *sleep = handle->callback.arg;
    if (sim_future_callback_count(&sleep->future) == 0)
        return NULL;
    const struct sim_callback *first = sim_future_callback_at(&sleep->future, 0);
    return first->ops == &sim_task_step_ops ? first->arg : NULL;
}

/* Moves one timer, taken out of the timers, to the ready queue or drops it. */
static void fire(struct sim_loop *loop, const struct sim_timer *timer)
{
    struct sim_world *world = loop->world;
    bool cancelled = sim_timer_is_cancelled(timer);
    if (cancelled || world->error < 0) {
        loop->timers.cancelled -= cancelled;
        sim_timer_release(timer);
        return;
    }
    struct sim_handle *handle = sim_timer_handle(timer);
    bool sleep = !handle || handle->flags & SIM_HANDLE_SLEEP;
    uint32_t id = sim_timer_id(timer);
    int64_t late_ns = world->now_ns - timer->deadline_ns;
    SIM_PUT_NS(world->trace, TIMER_FIRED, sleep, id, late_ns);
    const struct sim_task *sleeper = late_ns > 0 ? sleeper_of(timer) : NULL;
    if (sleeper)
        SIM_PUT(world->trace, LATE, 0, 0, sleeper->number, world->blocker, id);
    if (handle) {
        __builtin_prefetch(handle->callback.arg);
        handle->flags &= (uint8_t)~SIM_HANDLE_ARMED;
        sim_loop_push(loop, (struct sim_callback){&handle_ops, handle}, NULL, id);
    } else {
        sim_loop_push_sleep(loop, sim_timer_take_task(timer), id);
    }
}

/* Steps 1 and 2 of the contract: the clock moves to the first timer that was not cancelled. */
static int idle(struct sim_loop *loop)
{
    while (loop->ready.count == 0) {
        struct sim_timer timer;
        if (loop->timers.count == 0) {
            sim_timers_rewind(&loop->timers, loop->world->now_ns);
            return SIM_EDEADLOCK;
        }
        int error = sim_timers_pop(&loop->timers, loop->world->alloc, &timer);
        if (error < 0)
            return error;
        if (!sim_timer_is_cancelled(&timer))
            sim_world_move_clock(loop->world, timer.deadline_ns, SIM_CLOCK_IDLE);
        fire(loop, &timer);
        if (loop->world->error < 0)
            return loop->world->error;
    }
    return 0;
}

/* Step 3. */
static int collect_due(struct sim_loop *loop)
{
    while (loop->timers.count > 0 && sim_timers_min(&loop->timers) <= loop->world->now_ns) {
        struct sim_timer timer;
        int error = sim_timers_pop(&loop->timers, loop->world->alloc, &timer);
        if (error < 0)
            return error;
        fire(loop, &timer);
    }
    return 0;
}

static int host_error(const struct sim_world *world)
{
    if (world->error < 0)
        return world->error;
    return world->trace ? world->trace->error : 0;
}

#ifdef SIM_CHECK
/* After every iteration while the loop is small; later as often as keeps its cost in proportion to
 * the callbacks that ran. */
static void check_now_and_then(struct sim_loop *loop, uint32_t callbacks_run)
{
    enum { SMALL = 256 };
    size_t size = loop->task_count + loop->ready.count + loop->timers.count;
    loop->unchecked += callbacks_run;
    if (size > SMALL && loop->unchecked < size)
        return;
    loop->unchecked = 0;
    const char *broken = sim_loop_check(loop);
    if (broken) {
        char dump[4096];
        sim_loop_dump(loop, dump, sizeof dump);
        fprintf(stderr, "broken invariant: %s\n%s", broken, dump);
        abort();
    }
}
#endif

int sim_loop_run_once(struct sim_loop *loop)
{
    struct sim_world *world = loop->world;
    int error = host_error(world);
    if (error == 0 && world->threads.first_sleeper)
        error = sim_threads_serve(loop);
    uint32_t already_ready = loop->ready.count;
    if (error == 0 && already_ready == 0 && !loop->stopping)
        error = idle(loop);
    if (error == SIM_EDEADLOCK && sim_thread_park(loop)) {
        already_ready = loop->ready.count;
        error = 0;
    }
    if (error >= 0)
        error = collect_due(loop);
    if (error < 0)
        return error;
    uint32_t snapshot = loop->ready.count;
    SIM_PUT(world->trace, ITERATION_BEGIN, 0, 0, ++loop->iteration, snapshot,
            snapshot - already_ready);
    for (uint32_t left = snapshot; left > 0 && !loop->aborted; left--) {
        run_first(loop);
        if (world->error < 0)
            return world->error;
    }
#ifdef SIM_CHECK
    check_now_and_then(loop, snapshot);
#endif
    return loop->aborted ? SIM_EGUEST : host_error(world);
}

/* --- running ---------------------------------------------------------------------------------- */

static int run_until(struct sim_loop *loop, const struct sim_future *future)
{
    struct sim_trace *trace = loop->world->trace;
    bool task = future && future->kind == SIM_AWAIT_TASK;
    SIM_PUT(trace, LOOP_BEGIN, 0, 0, loop->number,
            task ? ((const struct sim_task *)(const void *)future)->number : 0, 0);
    int error = 0;
    loop->running = true;
    loop->aborted = false;
    do
        error = sim_loop_run_once(loop);
    while (error == 0 && !loop->stopping);
    loop->running = false;
    loop->stopping = false;
    loop->aborted = false;
    SIM_PUT(trace, LOOP_END, 0, 0, loop->number, 0, 0);
    return error;
}

int sim_loop_run(struct sim_loop *loop)
{
    return run_until(loop, NULL);
}

static void stop_loop(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)arg;
    future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED; /* whoever runs the loop will look at it */
    if (!(future->flags & SIM_FUTURE_FATAL))
        sim_loop_stop(loop);
}

static const struct sim_callback_ops stop_ops = {.name = "stop the loop", .run = stop_loop};

int sim_loop_run_until(struct sim_loop *loop, struct sim_future *future)
{
    struct sim_callback stop = {&stop_ops, NULL};
    sim_future_add_callback(future, stop);
    int error = run_until(loop, future);
    sim_future_remove_callback(future, stop);
    return error;
}

void sim_loop_stop(struct sim_loop *loop)
{
    loop->stopping = true;
}

void sim_loop_abort(struct sim_loop *loop)
{
    loop->aborted = true;
}

void sim_loop_init(struct sim_loop *loop, struct sim_world *world)
{
    *loop = (struct sim_loop){.world = world, .number = ++world->loops_created};
}

static struct sim_task *first_held_task(const struct sim_loop *loop)
{
    struct sim_task *task = loop->first_task;
    while (task && !task->held)
        task = task->next;
    return task;
}

static void drop_ready(struct sim_loop *loop)
{
    while (loop->ready.count > 0) {
        struct sim_ready entry = sim_ready_pop(&loop->ready, loop->world->alloc);
        release_entry(loop, &entry);
    }
}

void sim_loop_clear(struct sim_loop *loop)
{
    for (struct sim_task *task; (task = first_held_task(loop));)
        sim_task_let_go(task);
    drop_ready(loop);
    sim_timers_fini(&loop->timers, loop->world->alloc);
}

/* A pending task that no guest keeps: nobody else can break the circle of a gather and its
 * children, which hold each other. */
static struct sim_task *first_own_task(const struct sim_loop *loop)
{
    struct sim_task *task = loop->first_task;
    while (task && task->future.flags & SIM_FUTURE_EMBEDDED)
        task = task->next;
    return task;
}

void sim_loop_fini(struct sim_loop *loop)
{
    sim_loop_clear(loop);
    for (struct sim_task *task; (task = first_own_task(loop));)
        sim_task_abandon(task);
    drop_ready(loop);
    sim_ready_fini(&loop->ready, loop->world->alloc);
}
