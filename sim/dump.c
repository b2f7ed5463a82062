#include "dump.h"

#include <inttypes.h>
#include <stdio.h>

#include "task.h"
#include "text.h"
#include "timer_entry.h"

static void put_ready(void *user, const struct sim_ready *entry)
{
    struct sim_text *out = user;
    if (entry->callback.ops == &sim_task_step_ops)
        sim_text_put(out, "  ready: task %" PRIu32 "\n",
                     ((struct sim_task *)entry->callback.arg)->number);
    else
        sim_text_put(out, "  ready: callback %" PRIu32 "\n", entry->id);
}

static void put_timer(void *user, const struct sim_timer *timer)
{
    sim_text_put(user, "  timer %" PRIu32 ": due at %" PRId64 " ns%s\n", sim_timer_id(timer),
                 timer->deadline_ns, sim_timer_is_cancelled(timer) ? ", cancelled" : "");
}

static void put_task(struct sim_text *out, const struct sim_loop *loop, const struct sim_task *task)
{
    sim_text_put(out, "  task %" PRIu32 ": ", task->number);
    if (task == loop->current)
        sim_text_put(out, "running");
    else if (task->woken)
        sim_text_put(out, "ready");
    else if (task->waiter && task->waiter->kind == SIM_AWAIT_TASK)
        sim_text_put(out, "awaits task %" PRIu32, sim_task_of(task->waiter)->number);
    else if (task->waiter)
        sim_text_put(out, "awaits future %" PRIu32, task->waiter->id);
    else if (task->timer)
        sim_text_put(out, "sleeps up to timer %" PRIu32, task->timer);
    sim_text_put(out, "%s\n", task->must_cancel ? ", to be cancelled" : "");
}

size_t sim_loop_dump(const struct sim_loop *loop, char *out, size_t size)
{
    struct sim_text o = {out, size, 0};
    sim_text_put(&o, "loop %" PRIu32 " at %" PRId64 " ns, iteration %" PRIu32 "\n", loop->number,
                 loop->world->now_ns, loop->iteration);
    sim_ready_each(&loop->ready, put_ready, &o);
    sim_timers_each(&loop->timers, put_timer, &o);
    for (const struct sim_task *task = loop->first_task; task; task = task->next)
        put_task(&o, loop, task);
    return o.length;
}
