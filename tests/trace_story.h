/* Traces written by hand as timed stories, in the order in which the scheduler writes its events.
 */
#ifndef TESTS_TRACE_STORY_H
#define TESTS_TRACE_STORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/model/model.h"
#include "sim/alloc.h"
#include "sim/trace.h"

#define SECOND INT64_C(1000000000)

struct story {
    struct sim_alloc alloc;
    struct sim_trace_memory memory;
    struct sim_trace trace;
    uint32_t tasks, ids, iterations;
};

static inline void story_open(struct story *s, size_t events)
{
    *s = (struct story){0};
    sim_alloc_init(&s->alloc);
    assert_int_equal(sim_trace_memory_reserve(&s->alloc, events, 1 << 22, &s->memory), 0);
    assert_int_equal(sim_trace_init(&s->trace, &s->memory, &s->alloc), 0);
}

static inline void story_close(struct story *s)
{
    sim_trace_close(&s->trace);
    sim_trace_memory_free(&s->alloc, &s->memory);
    assert_int_equal(s->alloc.live_blocks, 0);
}

static inline struct rnd_model *story_model(const struct story *s)
{
    struct sim_trace_view view = sim_trace_view_of(&s->memory);
    struct rnd_model *model = NULL;
    assert_int_equal(rnd_model_build(&view, &model), 0);
    return model;
}

/* The cursor after what was told so far. */
static inline uint32_t story_cursor(const struct story *s)
{
    return (uint32_t)s->trace.count;
}

static inline uint32_t story_text(struct story *s, const char *text)
{
    return sim_trace_intern_z(&s->trace, text);
}

/* A task that has no name of its own; returns its number. */
static inline uint32_t story_create(struct story *s, uint32_t parent, const char *coroutine,
                                    uint32_t line)
{
    uint32_t task = ++s->tasks;
    SIM_PUT(&s->trace, TASK_CREATED, SIM_TASK_UNNAMED, 0, task, story_text(s, "Task-N"), parent);
    SIM_PUT(&s->trace, TASK_CORO, 0, 0, task, story_text(s, coroutine), line);
    return task;
}

/* asyncio.run(main()), up to where the first iteration begins. */
static inline uint32_t story_begin(struct story *s)
{
    SIM_PUT(&s->trace, RUN_BEGIN, 0, 0, 0, story_text(s, "story.py"), 0);
    uint32_t task = story_create(s, 0, "main", 1);
    SIM_PUT(&s->trace, LOOP_BEGIN, 0, 0, 1, task, 0);
    return task;
}

static inline void story_end(struct story *s)
{
    SIM_PUT(&s->trace, LOOP_END, 0, 0, 1, 0, 0);
    SIM_PUT(&s->trace, RUN_END, SIM_END_OK, 0, 0, 0, 0);
}

static inline void story_iterate(struct story *s, uint32_t ready, uint32_t timers)
{
    SIM_PUT(&s->trace, ITERATION_BEGIN, 0, 0, ++s->iterations, ready, timers);
}

static inline void story_clock(struct story *s, enum sim_flag_clock why, int64_t now_ns)
{
    SIM_PUT_NS(&s->trace, CLOCK, why, 0, now_ns);
}

static inline void story_step(struct story *s, uint32_t task, enum sim_flag_resume how)
{
    SIM_PUT(&s->trace, STEP_BEGIN, how, 0, task, 0, 0);
}

static inline void story_line(struct story *s, uint32_t task, uint32_t line)
{
    SIM_PUT(&s->trace, LINE, 0, 0, task, line, story_text(s, "story.py"));
}

static inline void story_print(struct story *s, uint32_t task, const char *text)
{
    SIM_PUT(&s->trace, OUTPUT, SIM_STREAM_STDOUT, 0, task,
            sim_trace_add_text(&s->trace, text, strlen(text)), 0);
}

static inline void story_await(struct story *s, uint32_t task, enum sim_flag_await kind,
                               uint32_t object)
{
    SIM_PUT(&s->trace, STEP_END, SIM_STEP_AWAIT, kind, task, object, 0);
}

/* await asyncio.sleep() of the task that runs: ends its step; returns the timer's handle. */
static inline uint32_t story_sleep(struct story *s, int64_t deadline_ns)
{
    uint32_t handle = s->ids += 2; /* its future has an id, too */
    SIM_PUT_NS(&s->trace, SLEEP, 0, handle, deadline_ns);
    return handle;
}

static inline void story_fire(struct story *s, uint32_t handle, int64_t late_ns)
{
    SIM_PUT_NS(&s->trace, TIMER_FIRED, SIM_TIMER_SLEEP, handle, late_ns);
}

/* The callback of a sleep's timer runs. */
static inline void story_wake(struct story *s, uint32_t handle, uint32_t task)
{
    SIM_PUT(&s->trace, SLEEP_OVER, 0, 0, task, handle, 0);
}

static inline void story_done(struct story *s, uint32_t task, const char *value)
{
    SIM_PUT(&s->trace, TASK_DONE, SIM_OUTCOME_RESULT, 0, task, story_text(s, value), 0);
}

static inline void story_return(struct story *s, uint32_t task)
{
    SIM_PUT(&s->trace, STEP_END, SIM_STEP_RETURN, 0, task, 0, 0);
}

static inline void story_block(struct story *s, uint32_t task, int64_t now_ns, int64_t length_ns)
{
    SIM_PUT_NS(&s->trace, BLOCK_BEGIN, 0, task, length_ns);
    story_clock(s, SIM_CLOCK_BLOCKED, now_ns + length_ns);
    SIM_PUT(&s->trace, BLOCK_END, 0, 0, task, 0, 0);
}

/* The cursors at which something of a story happened. */
struct gather_story {
    uint32_t gathered, first_done, resumed;
};

/* main gathers two io_task, which sleep 1 s and 2 s and return, and prints "both\n". */
static inline struct gather_story story_of_gather(struct story *s)
{
    struct gather_story at = {0};
    uint32_t main = story_begin(s), outer, timers[2], child[2];
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    story_line(s, main, 7);
    child[0] = story_create(s, main, "io_task", 3);
    child[1] = story_create(s, main, "io_task", 3);
    outer = ++s->ids;
    SIM_PUT(&s->trace, COMBINE_BEGIN, SIM_COMBINE_GATHER, 0, outer, 2, 0);
    for (uint32_t i = 0; i < 2; i++)
        SIM_PUT(&s->trace, COMBINE_CHILD, SIM_AWAIT_TASK, 0, outer, child[i], i);
    story_await(s, main, SIM_AWAIT_GATHER, outer);
    at.gathered = story_cursor(s);
    story_iterate(s, 2, 0);
    for (uint32_t i = 0; i < 2; i++) {
        story_step(s, child[i], SIM_RESUME_START);
        story_line(s, child[i], 4);
        timers[i] = story_sleep(s, (i + 1) * SECOND);
    }
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t told = ++s->ids;
        story_clock(s, SIM_CLOCK_IDLE, (i + 1) * SECOND);
        story_fire(s, timers[i], 0);
        story_iterate(s, 1, 1);
        story_wake(s, timers[i], child[i]);
        story_iterate(s, 1, 0);
        story_step(s, child[i], SIM_RESUME_SEND);
        story_line(s, child[i], 5);
        story_done(s, child[i], "'ok'");
        at.first_done = i == 0 ? story_cursor(s) : at.first_done;
        SIM_PUT(&s->trace, CALLBACK_READY, SIM_READY_DONE_CALLBACK, 0, told,
                story_text(s, "gather: child done"), 0);
        story_return(s, child[i]);
        story_iterate(s, 1, 0);
        SIM_PUT(&s->trace, CALLBACK_BEGIN, 0, 0, told, 0, 0);
        SIM_PUT(&s->trace, COMBINE_PROGRESS, SIM_OUTCOME_RESULT, 0, outer, i + 1, 2);
        if (i == 1) {
            SIM_PUT(&s->trace, FUTURE_DONE, SIM_OUTCOME_RESULT, 0, outer, 0, 0);
            SIM_PUT(&s->trace, TASK_READY, SIM_WAKE_DONE, 0, main, outer, 0);
        }
        SIM_PUT(&s->trace, CALLBACK_END, 0, 0, told, 0, 0);
    }
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_SEND);
    at.resumed = story_cursor(s);
    story_line(s, main, 8);
    story_print(s, main, "both\n");
    story_done(s, main, "None");
    story_return(s, main);
    story_end(s);
    return at;
}

/* main starts worker, which sleeps 1 s, gives way once, and then blocks the loop until 3 s. */
static inline uint32_t story_of_blocking(struct story *s)
{
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    uint32_t worker = story_create(s, main, "worker", 3);
    SIM_PUT(&s->trace, STEP_END, SIM_STEP_YIELD, 0, main, 0, 0);
    story_iterate(s, 2, 0);
    story_step(s, worker, SIM_RESUME_START);
    uint32_t timer = story_sleep(s, SECOND);
    story_step(s, main, SIM_RESUME_SEND);
    story_line(s, main, 9);
    story_block(s, main, 0, 3 * SECOND);
    story_await(s, main, SIM_AWAIT_TASK, worker);
    story_fire(s, timer, 2 * SECOND);
    SIM_PUT(&s->trace, LATE, 0, 0, worker, main, timer);
    uint32_t late = story_cursor(s);
    story_iterate(s, 1, 1);
    story_wake(s, timer, worker);
    story_iterate(s, 1, 0);
    story_step(s, worker, SIM_RESUME_SEND);
    story_done(s, worker, "42");
    SIM_PUT(&s->trace, TASK_READY, SIM_WAKE_DONE, 0, main, 0, worker);
    story_return(s, worker);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_SEND);
    story_done(s, main, "None");
    story_return(s, main);
    story_end(s);
    return late;
}

/* await asyncio.wait_for(child, 2): ends the step; returns the future, the timer is the next id. */
static inline uint32_t story_wait_for(struct story *s, uint32_t task, uint32_t child)
{
    uint32_t outer = ++s->ids, timer = ++s->ids;
    SIM_PUT(&s->trace, HANDLE, 0, 0, timer, story_text(s, "time is up"), 0);
    SIM_PUT_NS(&s->trace, TIMER_ARMED, SIM_TIMER_CALL, timer, 2 * SECOND);
    SIM_PUT(&s->trace, COMBINE_BEGIN, SIM_COMBINE_WAIT_FOR, 0, outer, 1, 0);
    SIM_PUT(&s->trace, COMBINE_CHILD, SIM_AWAIT_TASK, 0, outer, child, 0);
    SIM_PUT(&s->trace, STEP_END, SIM_STEP_AWAIT, SIM_AWAIT_WAIT_FOR, task, outer, timer);
    return outer;
}

static inline void story_cancel(struct story *s, uint32_t task, uint32_t by)
{
    SIM_PUT(&s->trace, CANCEL_REQUESTED, 0, 1, task, by, 0);
    SIM_PUT(&s->trace, TASK_READY, SIM_WAKE_DONE, 0, task, 0, 0);
}

static inline void story_end_cancelled(struct story *s, uint32_t task)
{
    story_step(s, task, SIM_RESUME_CANCEL);
    SIM_PUT(&s->trace, TASK_DONE, SIM_OUTCOME_CANCELLED, 0, task, 0, 0);
    SIM_PUT(&s->trace, STEP_END, SIM_STEP_CANCELLED, 0, task, 0, 0);
}

/* main waits for op (task 3) for 2 s, but that takes 5; then it cancels other (task 2).  Returns
 * the cursor at which it waits. */
static inline uint32_t story_of_timeout(struct story *s)
{
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    uint32_t other = story_create(s, main, "other", 9), child = story_create(s, main, "op", 5);
    uint32_t outer = story_wait_for(s, main, child), waits = story_cursor(s);
    story_iterate(s, 2, 0);
    story_step(s, other, SIM_RESUME_START);
    story_sleep(s, 9 * SECOND);
    story_step(s, child, SIM_RESUME_START);
    story_sleep(s, 5 * SECOND);
    story_clock(s, SIM_CLOCK_IDLE, 2 * SECOND);
    SIM_PUT_NS(&s->trace, TIMER_FIRED, SIM_TIMER_CALL, outer + 1, 0);
    story_iterate(s, 1, 1);
    SIM_PUT(&s->trace, CALLBACK_BEGIN, 0, 0, outer + 1, 0, 0);
    SIM_PUT(&s->trace, TASK_READY, SIM_WAKE_DONE, 0, main, outer, 0);
    SIM_PUT(&s->trace, CALLBACK_END, 0, 0, outer + 1, 0, 0);
    story_step(s, main, SIM_RESUME_SEND);
    story_cancel(s, child, main);
    SIM_PUT(&s->trace, STEP_END, SIM_STEP_AWAIT, SIM_AWAIT_WAIT_FOR, main, outer, 0);
    story_end_cancelled(s, child);
    SIM_PUT(&s->trace, TASK_READY, SIM_WAKE_DONE, 0, main, outer, 0);
    story_step(s, main, SIM_RESUME_SEND);
    SIM_PUT(&s->trace, COMBINE_END, SIM_ENDED_TIMEOUT, 0, outer, 1, 1);
    story_line(s, main, 12);
    story_cancel(s, other, main);
    story_await(s, main, SIM_AWAIT_FUTURE, 99);
    story_end_cancelled(s, other);
    return waits;
}

#endif
