#include "dump.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "task.h"

struct out {
    char *at;
    size_t size, length;
};

__attribute__((format(printf, 2, 3))) static void put(struct out *out, const char *format, ...)
{
    va_list args;
    bool room = out->length < out->size;
    va_start(args, format);
    int n = vsnprintf(room ? out->at + out->length : NULL, room ? out->size - out->length : 0,
                      format, args);
    va_end(args);
    out->length += n > 0 ? (size_t)n : 0;
}

static void put_ready(struct out *out, const struct sim_ready *entry)
{
    if (entry->callback.ops == &sim_task_step_ops)
        put(out, "  ready: task %" PRIu32 "\n", ((struct sim_task *)entry->callback.arg)->number);
    else
        put(out, "  ready: callback %" PRIu32 "\n", entry->id);
}

static void put_timer(void *user, const struct sim_timer *timer)
{
    put(user, "  timer %" PRIu32 ": due at %" PRId64 " ns%s\n", timer->handle->id,
        timer->deadline_ns, timer->handle->flags & SIM_HANDLE_CANCELLED ? ", cancelled" : "");
}

static void put_task(struct out *out, const struct sim_loop *loop, const struct sim_task *task)
{
    put(out, "  task %" PRIu32 ": ", task->number);
    if (task == loop->current)
        put(out, "running");
    else if (task->woken)
        put(out, "ready");
    else if (task->waiter && task->waiter->kind == SIM_AWAIT_TASK)
        put(out, "awaits task %" PRIu32, sim_task_of(task->waiter)->number);
    else if (task->waiter)
        put(out, "awaits future %" PRIu32, task->waiter->id);
    put(out, "%s\n", task->must_cancel ? ", to be cancelled" : "");
}

size_t sim_loop_dump(const struct sim_loop *loop, char *out, size_t size)
{
    struct out o = {out, size, 0};
    put(&o, "loop %" PRIu32 " at %" PRId64 " ns, iteration %" PRIu32 "\n", loop->number,
        loop->world->now_ns, loop->iteration);
    for (uint32_t i = 0; i < loop->ready_count; i++)
        put_ready(&o, sim_loop_ready_at(loop, i));
    sim_timers_each(&loop->timers, put_timer, &o);
    for (const struct sim_task *task = loop->first_task; task; task = task->next)
        put_task(&o, loop, task);
    return o.length;
}
