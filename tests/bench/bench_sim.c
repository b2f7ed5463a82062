/* How fast the scheduler drives C coroutines: one workload a run, one line of figures.
 *
 *     bench_sim WORKLOAD [TASKS [ROUNDS]] [--no-trace]
 *
 *     yield    1,000 tasks that each sleep(0) 10,000 times          (events: steps)
 *     timers   10,000 tasks that each sleep 100 random times        (events: sleeps)
 *     gather   a gather over 1,000,000 sleeping children            (events: children)
 *
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "sim/combine.h"
#include "sim/coro.h"
#include "sim/task.h"

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

static const struct workload {
    const char *name;
    uint32_t tasks, rounds;
    bool zero, gather;
} workloads[] = {
    {"yield", 1000, 10000, true, false},
    {"timers", 10000, 100, false, false},
    {"gather", 1000000, 1, false, true},
};

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int run_tasks(struct sim_loop *loop, const struct workload *load, struct sleeper *sleepers,
                     struct sim_task **tasks)
{
    for (uint32_t i = 0; i < load->tasks; i++) {
        sleepers[i] = (struct sleeper){.random = i + 1, .rounds = load->rounds, .zero = load->zero};
        sim_frame_init(&sleepers[i].frame, sleeper_body, NULL);
        tasks[i] = sim_task_new(loop, &sleepers[i].frame.coro, "worker");
        if (!tasks[i])
            return SIM_ENOMEM;
    }
    int error;
    if (load->gather) {
        struct sim_gather *gather =
            sim_gather_new(loop, (struct sim_future **)(void *)tasks, load->tasks, false);
        if (!gather)
            return SIM_ENOMEM;
        error = sim_loop_run_until(loop, &gather->outer);
        sim_future_release(&gather->outer);
    } else {
        while ((error = sim_loop_run_once(loop)) == 0)
            ;
        error = error == SIM_EDEADLOCK ? 0 : error;
    }
    for (uint32_t i = 0; i < load->tasks; i++)
        sim_future_release(&tasks[i]->future);
    return error;
}

static int run(struct sim_loop *loop, const struct workload *load)
{
    struct sleeper *sleepers = calloc(load->tasks, sizeof *sleepers);
    struct sim_task **tasks = calloc(load->tasks, sizeof(*tasks));
    int error = sleepers && tasks ? run_tasks(loop, load, sleepers, tasks) : SIM_ENOMEM;
    free(tasks);
    free(sleepers);
    return error;
}

static int measure(const struct workload *load, bool traced)
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
    double start = seconds_now();
    int error = run(&loop, load);
    double seconds = seconds_now() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double events = (double)load->tasks * load->rounds;
    printf("%-7s %8" PRIu32 " x %-6" PRIu32 " trace=%-3s %12.0f events %8.3f s %8.2f M/s %8.1f MB "
           "%12zu recorded\n",
           load->name, load->tasks, load->rounds, traced ? "on" : "off", events, seconds,
           events / seconds / 1e6, (double)usage.ru_maxrss / 1024, trace.count);
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
        return measure(&load, traced);
    }
    fprintf(stderr, "usage: bench_sim yield|timers|gather [TASKS [ROUNDS]] [--no-trace]\n");
    return 2;
}
