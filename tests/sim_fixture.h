/* A world with a trace and one loop, for the suites of sim, and C coroutines to put into it. */
#ifndef TESTS_SIM_FIXTURE_H
#define TESTS_SIM_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/check.h"
#include "sim/combine.h"
#include "sim/coro.h"
#include "sim/dump.h"
#include "sim/sleep.h"
#include "sim/task.h"

#define SECOND INT64_C(1000000000)

struct sim_fixture {
    struct sim_alloc alloc;
    struct sim_trace_memory memory;
    struct sim_trace trace;
    struct sim_world world;
    struct sim_loop loop;
    char log[4096]; /* what the coroutines of the test say */
};

static inline void fixture_open(struct sim_fixture *f)
{
    memset(f, 0, sizeof *f);
    sim_alloc_init(&f->alloc);
    assert_int_equal(sim_trace_memory_reserve(&f->alloc, 1 << 20, 1 << 20, &f->memory), 0);
    assert_int_equal(sim_trace_init(&f->trace, &f->memory, &f->alloc), 0);
    sim_world_init(&f->world, &f->alloc, &f->trace, NULL, f);
    sim_loop_init(&f->loop, &f->world);
}

/* Closes all and asserts that nothing leaked and no invariant was broken. */
static inline void fixture_close(struct sim_fixture *f)
{
    const char *broken = sim_loop_check(&f->loop);
    if (broken)
        fail_msg("%s", broken);
    sim_loop_fini(&f->loop);
    sim_trace_close(&f->trace);
    sim_trace_memory_free(&f->alloc, &f->memory);
    assert_int_equal(f->alloc.live_blocks, 0);
}

/* Appends to the log: "text@seconds ". */
__attribute__((format(printf, 2, 3))) static inline void say(struct sim_fixture *f,
                                                             const char *format, ...)
{
    size_t used = strlen(f->log);
    va_list args;
    va_start(args, format);
    used += (size_t)vsnprintf(f->log + used, sizeof f->log - used, format, args);
    va_end(args);
    if (used < sizeof f->log)
        snprintf(f->log + used, sizeof f->log - used, "@%g ", (double)f->world.now_ns / 1e9);
}

static inline struct sim_fixture *fixture_of(const struct sim_frame *frame)
{
    return ((const struct sim_future *)(const void *)sim_frame_task(frame))
        ->loop->world->guest_user;
}

/* How often events of a kind are in the trace. */
static inline unsigned count_events(const struct sim_fixture *f, enum sim_event_kind kind)
{
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    unsigned n = 0;
    for (size_t i = 0; i < view.count; i++)
        n += view.events[i].kind == kind;
    return n;
}

/* The whole trace as text, a line an event; valid until the next call. */
static inline const char *trace_text(const struct sim_fixture *f)
{
    static char text[65536];
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < view.count && used < sizeof text; i++) {
        used += sim_event_format(&view, &view.events[i], text + used, sizeof text - used);
        if (used + 1 < sizeof text)
            text[used++] = '\n', text[used] = '\0';
    }
    return text;
}

/* --- a coroutine that does what it is told ---------------------------------------------------- */

/* Sleeps `delay_ns` `rounds` times, saying its name and the round; -1 is a bare yield. */
struct worker {
    struct sim_frame frame;
    const char *name;
    int64_t delay_ns;
    int rounds, round;
    sim_value result;
};

static inline enum sim_flag_step worker_body(struct sim_frame *frame)
{
    struct worker *self = (struct worker *)(void *)frame;
    SIM_CO_BEGIN(frame);
    for (self->round = 0; self->round < self->rounds; self->round++) {
        say(fixture_of(frame), "%s%d", self->name, self->round);
        SIM_CO_SLEEP(frame, self->delay_ns);
    }
    say(fixture_of(frame), "%s.", self->name);
    SIM_CO_RETURN(frame, self->result);
    SIM_CO_END(frame);
}

static inline struct sim_task *start_worker(struct sim_fixture *f, struct worker *worker,
                                            const char *name, int64_t delay_ns, int rounds)
{
    *worker = (struct worker){.name = name, .delay_ns = delay_ns, .rounds = rounds};
    sim_frame_init(&worker->frame, worker_body, NULL);
    return sim_task_new(&f->loop, &worker->frame.coro, name);
}

/* Awaits a future and says how that ended. */
struct awaiter {
    struct sim_frame frame;
    const char *name;
    struct sim_future *future;
    bool swallow; /* goes on when it is cancelled */
};

static inline enum sim_flag_step awaiter_body(struct sim_frame *frame)
{
    struct awaiter *self = (struct awaiter *)(void *)frame;
    static const char *const hows[] = {"start", "result", "exception", "cancelled"};
    SIM_CO_BEGIN(frame);
    say(fixture_of(frame), "%s:waits", self->name);
    SIM_CO_TRY_AWAIT(frame, self->future);
    say(fixture_of(frame), "%s:%s", self->name, hows[frame->how]);
    if (frame->how >= SIM_RESUME_THROW && !self->swallow)
        return sim_frame_raise(frame);
    SIM_CO_END(frame);
}

static inline struct sim_task *start_awaiter(struct sim_fixture *f, struct awaiter *awaiter,
                                             const char *name, struct sim_future *future)
{
    *awaiter = (struct awaiter){.name = name, .future = future};
    sim_frame_init(&awaiter->frame, awaiter_body, NULL);
    return sim_task_new(&f->loop, &awaiter->frame.coro, name);
}

#define RELEASE(object) sim_future_release(&(object)->future)

#define FIXTURE_TEST(name)                                                                         \
    static void name(void **state)                                                                 \
    {                                                                                              \
        struct sim_fixture *f = malloc(sizeof *f);                                                 \
        (void)state;                                                                               \
        assert_non_null(f);                                                                        \
        fixture_open(f);                                                                           \
        name##_in(f);                                                                              \
        fixture_close(f);                                                                          \
        free(f);                                                                                   \
    }

#endif
