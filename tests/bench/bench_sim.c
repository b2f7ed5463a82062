/* How fast the scheduler drives C coroutines: one workload a run, one line of figures.  TIMES of
 * it, one after the other, are the same work as one with as many times the tasks.
 *
 *     bench_sim WORKLOAD [TASKS [ROUNDS [TIMES]]] [--no-trace]
 *
 * Where other programs run, the seconds of CPU tell more than those of the clock.
 *
 *     yield    1,000 tasks that each sleep(0) 10,000 times          (events: steps)
 *     timers   10,000 tasks that each sleep 100 random times        (events: sleeps)
 *     gather   a gather over 1,000,000 sleeping children            (events: children)
 *     queue    one task puts 10,000,000 items into a queue of 16, another takes them
 *                                                                   (events: items)
 *     wait_for 100,000 tasks whose wait_for times out               (events: timeouts)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "peak_memory.h"
#include "sim/combine.h"
#include "sim/coro.h"
#include "sim/queue.h"
#include "sim/task.h"
#include "sim/wait_for.h"

struct sleeper {
    struct sim_frame frame;
    uint64_t random;
    uint32_t rounds;
    bool zero;
};

static int64_t next_delay_ns(struct sleeper *self)
{
    self->random = self->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return 1000000 + (int64_t)(self->random >> 33) % 1000000000;
}

static enum sim_flag_step sleeper_body(struct sim_frame *frame)
{
    struct sleeper *self = (struct sleeper *)(void *)frame;
    SIM_CO_BEGIN(frame);
    for (; self->rounds > 0; self->rounds--)
        SIM_CO_SLEEP(frame, self->zero ? 0 : next_delay_ns(self));
    SIM_CO_END(frame);
}

struct workload {
    const char *name;
    uint32_t tasks, rounds;
    int (*run)(struct sim_loop *loop, const struct workload *load);
};

static int run_to_the_end(struct sim_loop *loop)
{
    int error;
    while ((error = sim_loop_run_once(loop)) == 0)
        ;
    return error == SIM_EDEADLOCK ? 0 : error; /* nothing is left to do */
}

static double seconds_now(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- sleepers --------------------------------------------------------------------------------- */

/* Starts a task that sleeps; NULL when memory is out. */
static struct sim_task *start_sleeper(struct sim_loop *loop, uint64_t seed, uint32_t rounds,
                                      bool zero)
{
    struct sim_task *task;
    struct sleeper *self = sim_task_spawn(loop, sizeof *self, sleeper_body, "worker", &task);
    if (!self)
        return NULL;
    self->random = seed;
    self->rounds = rounds;
    self->zero = zero;
    return task;
}

/* Starts the tasks; what was started is in `tasks` also when that fails. */
static int start_sleepers(struct sim_loop *loop, const struct workload *load, bool zero,
                          struct sim_task **tasks)
{
    for (uint32_t i = 0; i < load->tasks; i++) {
        tasks[i] = start_sleeper(loop, i + 1, load->rounds, zero);
        if (!tasks[i])
            return SIM_ENOMEM;
    }
    return 0;
}

static int run_sleepers(struct sim_loop *loop, const struct workload *load, bool zero,
                        bool gathered)
{
    struct sim_task **tasks = calloc(load->tasks, sizeof(*tasks));
    int error = tasks ? start_sleepers(loop, load, zero, tasks) : SIM_ENOMEM;
    struct sim_gather *gather = NULL;
    if (error == 0 && gathered)
        gather = sim_gather_new(loop, (struct sim_future **)(void *)tasks, load->tasks, false);
    for (uint32_t i = 0; tasks && i < load->tasks && tasks[i]; i++)
        sim_future_release(&tasks[i]->future); /* the loop has them, and the gather */
    free(tasks);
    if (error == 0)
        error = run_to_the_end(loop);
    if (gather)
        sim_future_release(&gather->outer);
    return error;
}

static int run_yield(struct sim_loop *loop, const struct workload *load)
{
    return run_sleepers(loop, load, true, false);
}

static int run_timers(struct sim_loop *loop, const struct workload *load)
{
    return run_sleepers(loop, load, false, false);
}

static int run_gather(struct sim_loop *loop, const struct workload *load)
{
    return run_sleepers(loop, load, false, true);
}

/* --- a queue ---------------------------------------------------------------------------------- */

struct end_of_queue {
    struct sim_frame frame;
    struct sim_queue *queue;
    struct sim_queue_wait wait;
    uint32_t left;
};

static enum sim_flag_step put_all(struct sim_frame *frame)
{
    struct end_of_queue *self = (struct end_of_queue *)(void *)frame;
    SIM_CO_BEGIN(frame);
    for (; self->left > 0; self->left--) {
        SIM_CO_PUT(frame, &self->wait, self->queue, self);
    }
    SIM_CO_END(frame);
}

static enum sim_flag_step get_all(struct sim_frame *frame)
{
    struct end_of_queue *self = (struct end_of_queue *)(void *)frame;
    SIM_CO_BEGIN(frame);
    for (; self->left > 0; self->left--) {
        SIM_CO_GET(frame, &self->wait, self->queue);
    }
    SIM_CO_END(frame);
}

static int run_queue(struct sim_loop *loop, const struct workload *load)
{
    struct sim_queue queue;
    struct end_of_queue ends[2] = {{.queue = &queue, .left = load->rounds},
                                   {.queue = &queue, .left = load->rounds}};
    sim_queue_init(&queue, loop->world, SIM_OBJECT_QUEUE, 16);
    sim_frame_init(&ends[0].frame, put_all, NULL);
    sim_frame_init(&ends[1].frame, get_all, NULL);
    struct sim_task *putter = sim_task_new(loop, &ends[0].frame.coro, "producer");
    struct sim_task *getter = sim_task_new(loop, &ends[1].frame.coro, "consumer");
    int error = putter && getter ? run_to_the_end(loop) : SIM_ENOMEM;
    if (putter)
        sim_future_release(&putter->future);
    if (getter)
        sim_future_release(&getter->future);
    sim_queue_fini(&queue);
    return error;
}

/* --- timeouts --------------------------------------------------------------------------------- */

struct hurried {
    struct sim_frame frame;
    struct sim_wait_for wait;
    uint32_t number;
};

static enum sim_flag_step time_out(struct sim_frame *frame)
{
    struct hurried *self = (struct hurried *)(void *)frame;
    SIM_CO_BEGIN(frame);
    struct sim_task *inner = start_sleeper(sim_frame_loop(frame), self->number, 100, false);
    if (!inner)
        SIM_CO_RAISE(frame, NULL);
    sim_wait_for_init(&self->wait, &inner->future, 1000000 + self->number % 1000);
    sim_future_release(&inner->future);
    SIM_CO_TRY_CALL(frame, &self->wait.frame);
    SIM_CO_END(frame);
}

static int run_wait_for(struct sim_loop *loop, const struct workload *load)
{
    struct sim_task *task;
    for (uint32_t i = 0; i < load->tasks; i++) {
        struct hurried *self = sim_task_spawn(loop, sizeof *self, time_out, "main", &task);
        if (!self)
            return SIM_ENOMEM;
        self->number = i + 1;
        sim_future_release(&task->future); /* the ready queue has it */
    }
    return run_to_the_end(loop);
}

static const struct workload workloads[] = {
    {"yield", 1000, 10000, run_yield},     {"timers", 10000, 100, run_timers},
    {"gather", 1000000, 1, run_gather},    {"queue", 1, 10000000, run_queue},
    {"wait_for", 100000, 1, run_wait_for},
};

/* --- measuring -------------------------------------------------------------------------------- */

static int measure(const struct workload *load, uint32_t times, bool traced)
{
    struct sim_alloc alloc;
    struct sim_trace_memory memory;
    struct sim_trace trace;
    struct sim_world world;
    struct sim_loop loop;
    sim_alloc_init(&alloc);
    if (sim_trace_memory_reserve(&alloc, (size_t)1 << 29, 1 << 20, &memory) < 0 ||
        sim_trace_init(&trace, &memory, &alloc) < 0)
        return 1;
    sim_world_init(&world, &alloc, traced ? &trace : NULL, NULL, NULL);
    sim_loop_init(&loop, &world);
    double start = seconds_now(CLOCK_MONOTONIC), cpu_start = seconds_now(CLOCK_PROCESS_CPUTIME_ID);
    int error = 0;
    for (uint32_t i = 0; i < times && error == 0; i++)
        error = load->run(&loop, load);
    double seconds = seconds_now(CLOCK_MONOTONIC) - start;
    double cpu_seconds = seconds_now(CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
    double events = (double)load->tasks * load->rounds * times;
    printf("%-8s %8" PRIu32 " x %-8" PRIu32 " trace=%-3s %12.0f events %9.4f s %8.2f M/s %8.1f MB "
           "%12zu recorded %9.4f s of CPU\n",
           load->name, load->tasks, load->rounds, traced ? "on" : "off", events, seconds,
           events / seconds / 1e6, peak_memory_mb(), trace.count, cpu_seconds);
    sim_loop_fini(&loop);
    sim_trace_close(&trace);
    sim_trace_memory_free(&alloc, &memory);
    if (error < 0)
        fprintf(stderr, "bench_sim: %s\n", sim_error_text(error));
    return error < 0;
}

int main(int argc, char **argv)
{
    bool traced = true;
    if (argc > 2 && strcmp(argv[argc - 1], "--no-trace") == 0) {
        traced = false;
        argc--;
    }
    for (size_t i = 0; argc > 1 && i < sizeof workloads / sizeof *workloads; i++) {
        struct workload load = workloads[i];
        if (strcmp(argv[1], load.name) != 0)
            continue;
        if (argc > 2)
            load.tasks = (uint32_t)strtoul(argv[2], NULL, 10);
        if (argc > 3)
            load.rounds = (uint32_t)strtoul(argv[3], NULL, 10);
        return measure(&load, argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 1, traced);
    }
    fprintf(stderr, "usage: bench_sim yield|timers|gather|queue|wait_for "
                    "[TASKS [ROUNDS [TIMES]]] [--no-trace]\n");
    return 2;
}
