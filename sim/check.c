#include "check.h"

#include "task.h"
#include "timer_entry.h"

/* Each check returns the first broken promise, or NULL. */

struct ready_check {
    const struct sim_loop *loop;
    const char *broken;
    uint32_t steps;
};

static const char *check_step(const struct sim_loop *loop, const struct sim_task *task)
{
    if (task->future.loop != loop)
        return "a task is ready in a loop that is not its own";
    if (sim_future_done(&task->future) || !task->woken)
        return "a ready task is done, or does not know that it is ready";
    if (task->waiter && !sim_future_done(task->waiter))
        return "a task is woken by a future that is not done";
    return NULL;
}

static void check_entry(void *user, const struct sim_ready *entry)
{
    struct ready_check *check = user;
    if (check->broken || entry->callback.ops != &sim_task_step_ops)
        return;
    check->steps++;
    check->broken = check_step(check->loop, entry->callback.arg);
}

/* The chunks from the first one on end with the last; in one alone are entries if it counts any. */
static const char *check_ready(const struct sim_loop *loop, uint32_t *steps)
{
    const struct sim_ready_queue *queue = &loop->ready;
    const struct sim_ready_chunk *last = queue->first;
    while (last && last->next)
        last = last->next;
    if (last != queue->last || queue->end > queue->limit ||
        (queue->first == queue->last && (queue->head < queue->end) != (queue->count > 0)))
        return "the ready queue and what it counts differ";
    struct ready_check check = {.loop = loop};
    sim_ready_each(queue, check_entry, &check);
    *steps = check.steps;
    return check.broken;
}

static unsigned times_awaited_by(const struct sim_future *future, const struct sim_task *task)
{
    unsigned times = 0;
    for (size_t i = 0; i < sim_future_callback_count(future); i++) {
        const struct sim_callback *callback = sim_future_callback_at(future, i);
        times += callback->ops == &sim_task_step_ops && callback->arg == task;
    }
    return times;
}

static const char *check_task(const struct sim_loop *loop, const struct sim_task *task)
{
    if (task->future.loop != loop || task->future.kind != SIM_AWAIT_TASK)
        return "the list of tasks holds what is no task of this loop";
    if (sim_future_done(&task->future) || !task->coro)
        return "a task on the list is done";
    if (task == loop->current || task->woken)
        return NULL;
    if (task->timer)
        return NULL;
    if (!task->waiter)
        return "a pending task neither runs, nor is ready, nor waits";
    if (sim_future_done(task->waiter))
        return "a task still waits for a future that is done";
    if (times_awaited_by(task->waiter, task) != 1)
        return "a waiting task is not once among the callbacks of what it awaits";
    return NULL;
}

static const char *check_tasks(const struct sim_loop *loop, uint32_t steps)
{
    uint32_t count = 0, woken = 0, last_number = 0;
    const struct sim_task *previous = NULL;
    for (const struct sim_task *task = loop->first_task; task; task = task->next) {
        const char *broken = check_task(loop, task);
        if (broken)
            return broken;
        if (task->previous != previous || task->number <= last_number)
            return "the list of tasks is not in order of creation";
        previous = task;
        last_number = task->number;
        woken += task->woken;
        count++;
    }
    if (previous != loop->last_task || count != loop->task_count)
        return "the list of tasks and its count differ";
    bool counted = woken == steps || loop->guest_soon; /* the guest may have some of them */
    return counted ? NULL : "a task is in the ready queue twice, or not at all";
}

struct timer_counts {
    size_t all, cancelled;
    bool unarmed;
};

static void count_timer(void *user, const struct sim_timer *timer)
{
    struct timer_counts *counts = user;
    counts->all++;
    bool cancelled = sim_timer_is_cancelled(timer);
    counts->cancelled += cancelled;
    const struct sim_handle *handle = sim_timer_handle(timer);
    counts->unarmed |= handle ? !(handle->flags & SIM_HANDLE_ARMED)
                              : !cancelled && !sim_timer_task(timer)->timer_armed;
}

static const char *check_timers(const struct sim_loop *loop)
{
    const struct sim_timers *timers = &loop->timers;
    struct timer_counts counts = {0};
    sim_timers_each(timers, count_timer, &counts);
    if (counts.all != timers->count || counts.cancelled != timers->cancelled)
        return "the timers and their counts differ";
    if (counts.unarmed)
        return "a timer's handle or task does not know that it is armed";
    if (timers->last_ns > loop->world->now_ns && timers->count > 0)
        return "the timers ran ahead of the clock";
    for (uint32_t i = timers->near_head + 1; i < timers->near_count; i++)
        if (timers->near[i].deadline_ns < timers->near[i - 1].deadline_ns)
            return "the next timers are not in order";
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++) {
        const struct sim_timer_bucket *bucket = &timers->buckets[b];
        if ((bucket->count > 0) != (timers->occupied[b / 64] >> b % 64 & 1))
            return "a bucket of timers is not marked as what it is";
        for (const struct sim_timer_chunk *chunk = bucket->first; chunk; chunk = chunk->next)
            for (uint32_t n = chunk->head; n < chunk->count; n++)
                if (chunk->items[n].deadline_ns < bucket->min_ns)
                    return "a timer is earlier than the least of its bucket";
    }
    return NULL;
}

static const char *check_threads(const struct sim_world *world)
{
    const struct sim_thread *earlier = NULL;
    for (const struct sim_thread *thread = world->threads.first_sleeper; thread;
         thread = thread->later) {
        if (!thread->wake_id || thread->earlier != earlier)
            return "the line of sleeping threads is broken";
        if (thread->wake_ns < world->now_ns)
            return "a thread sleeps beyond its time";
        if (earlier &&
            (thread->wake_ns < earlier->wake_ns ||
             (thread->wake_ns == earlier->wake_ns && thread->wake_id < earlier->wake_id)))
            return "the sleeping threads are not in order";
        earlier = thread;
    }
    return world->threads.last_sleeper == earlier ? NULL : "the last sleeping thread is another";
}

const char *sim_loop_check(const struct sim_loop *loop)
{
    uint32_t steps = 0;
    const char *broken = check_ready(loop, &steps);
    if (!broken)
        broken = check_tasks(loop, steps);
    if (!broken)
        broken = check_timers(loop);
    return broken ? broken : check_threads(loop->world);
}
