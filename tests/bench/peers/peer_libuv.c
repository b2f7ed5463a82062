/* peer_libuv WORKLOAD TASKS ROUNDS: those workloads of bench_peers.py that timers and callbacks can
 * do, on libuv and a virtual clock.  Prints the events that it counted, and how long they took.
 *
 * libuv asks clock_gettime for the time and waits in epoll: both are replaced here, so that waiting
 * moves the clock.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <uv.h>

#include "tests/bench/peak_memory.h"

enum { NS_A_MS = 1000000, MS_A_S = 1000 };

static struct {
    uint64_t now_ms, events;
} run = {.now_ms = 1};

/* --- the virtual clock ------------------------------------------------------------------------ */

int clock_gettime(clockid_t clock, struct timespec *time)
{
    (void)clock;
    time->tv_sec = (time_t)(run.now_ms / MS_A_S);
    time->tv_nsec = (long)(run.now_ms % MS_A_S) * NS_A_MS;
    return 0;
}

int epoll_pwait(int epoll, struct epoll_event *events, int size, int timeout_ms,
                const sigset_t *mask)
{
    (void)epoll, (void)events, (void)size, (void)mask;
    run.now_ms += timeout_ms > 0 ? (uint64_t)timeout_ms : 0;
    return 0;
}

int epoll_wait(int epoll, struct epoll_event *events, int size, int timeout_ms)
{
    return epoll_pwait(epoll, events, size, timeout_ms, NULL);
}

static double real_seconds(void)
{
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* --- workloads -------------------------------------------------------------------------------- */

struct sleeper {
    uv_timer_t timer;
    uint64_t random;
    uint32_t rounds;
};

struct hurried {
    struct sleeper slow;
    uv_timer_t limit;
};

struct yielder {
    uv_idle_t idle;
    uint32_t rounds;
};

/* From 1 ms to 1.001 s, as in the other peers. */
static uint64_t next_delay_ms(struct sleeper *self)
{
    self->random = self->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return 1 + (self->random >> 33) % MS_A_S;
}

static void slept(uv_timer_t *timer)
{
    struct sleeper *self = timer->data;
    run.events++;
    if (--self->rounds > 0)
        uv_timer_start(timer, slept, next_delay_ms(self), 0);
}

static void start_sleeper(uv_loop_t *loop, struct sleeper *self, uint32_t number, uint32_t rounds)
{
    self->random = number;
    self->rounds = rounds;
    uv_timer_init(loop, &self->timer);
    self->timer.data = self;
    uv_timer_start(&self->timer, slept, next_delay_ms(self), 0);
}

static void timed_out(uv_timer_t *timer)
{
    struct hurried *self = timer->data;
    uv_timer_stop(&self->slow.timer);
    run.events++;
}

static void yielded(uv_idle_t *idle)
{
    struct yielder *self = idle->data;
    run.events++;
    if (--self->rounds == 0)
        uv_idle_stop(idle);
}

static void *run_sleepers(uv_loop_t *loop, uint32_t tasks, uint32_t rounds)
{
    struct sleeper *all = calloc(tasks, sizeof *all);
    for (uint32_t i = 0; all && i < tasks; i++)
        start_sleeper(loop, &all[i], i + 1, rounds);
    uv_run(loop, UV_RUN_DEFAULT);
    return all;
}

static void *run_wait_for(uv_loop_t *loop, uint32_t tasks, uint32_t rounds)
{
    (void)rounds;
    struct hurried *all = calloc(tasks, sizeof *all);
    for (uint32_t i = 0; all && i < tasks; i++) {
        uv_timer_init(loop, &all[i].limit);
        all[i].limit.data = &all[i];
        uv_timer_start(&all[i].limit, timed_out, 1, 0);
        start_sleeper(loop, &all[i].slow, i + 1, 100);
    }
    uv_run(loop, UV_RUN_DEFAULT);
    return all;
}

static void *run_yield(uv_loop_t *loop, uint32_t tasks, uint32_t rounds)
{
    struct yielder *all = calloc(tasks, sizeof *all);
    for (uint32_t i = 0; all && i < tasks; i++) {
        all[i].rounds = rounds;
        uv_idle_init(loop, &all[i].idle);
        all[i].idle.data = &all[i];
        uv_idle_start(&all[i].idle, yielded);
    }
    uv_run(loop, UV_RUN_DEFAULT);
    return all;
}

static const struct workload {
    const char *name;
    void *(*run)(uv_loop_t *loop, uint32_t tasks, uint32_t rounds);
} workloads[] = {
    {"yield", run_yield},
    {"timers", run_sleepers},
    {"gather", run_sleepers},
    {"wait_for", run_wait_for},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 4 && i < sizeof workloads / sizeof *workloads; i++) {
        if (strcmp(argv[1], workloads[i].name) != 0)
            continue;
        uv_loop_t loop;
        if (uv_loop_init(&loop) < 0)
            return 1;
        double start = real_seconds();
        void *memory = workloads[i].run(&loop, (uint32_t)strtoul(argv[2], NULL, 10),
                                        (uint32_t)strtoul(argv[3], NULL, 10));
        double seconds = real_seconds() - start, events = (double)run.events;
        printf("%12.0f events %9.4f s %9.3f M/s %9.1f MB\n", events, seconds,
               events / seconds / 1e6, peak_memory_mb());
        free(memory);
        return memory == NULL;
    }
    fprintf(stderr, "usage: peer_libuv yield|timers|gather|wait_for TASKS ROUNDS\n");
    return 2;
}
