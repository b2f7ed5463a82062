/* Stories: asyncio programs in a small language, run by C coroutines on the scheduler.
 *
 * A story is lines "NAME: step; step; ...", one a task, named by a letter; m is main, which starts
 * the others.  Each step is logged when it ends: "a:acquire L@1 ", with "=value" for a result and
 * "!Exception" if it raised, which ends the task unless a block around it handles it.
 *
 *   sleep N | yield | start X | await X | shield X | cancel X | uncancel | raise NAME | return V
 *   acquire O | release O       locks L M, condition C, semaphores S (of 2) and T (bounded, of 1)
 *   wait O | set E | clear E    events E F, condition C, barrier B (of 2)
 *   wait_until C E              the condition, until the event is set
 *   notify C N | reset B | abort B
 *   put O V | get O | push O V | pop O | done O | join O
 *                               queues Q, R (of 1), P (by priority), Z (last in, first out)
 *   wait_for X N                N seconds; - is none
 *   wait_all XYZ N | wait_first XYZ N | wait_failed XYZ N | completed XYZ N
 *   try | guard | with O | timeout N | group, up to `end`; move N and create X within those
 *                               try swallows any exception, guard all but cancellation
 *
 * A step that makes no sense (a task that was not started, or is not of a later letter; but
 * main may await any) is skipped.
 * oracle/story.py runs the same language on real asyncio: what it logs is what is right.
 */
#ifndef TESTS_STORY_H
#define TESTS_STORY_H

#include "sim/barrier.h"
#include "sim/group.h"
#include "sim/queue.h"
#include "sim/shield.h"
#include "sim/timeout.h"
#include "sim/wait_for.h"

enum { STORY_TASKS = 26, STORY_STEPS = 128, STORY_DEPTH = 5, STORY_LOG = 1 << 16 };

/* A counted text: what results, items and exceptions are in stories. */
struct story_value {
    struct sim_alloc *alloc;
    int references;
    char text[112];
};

struct story_block {
    char kind;     /* t(ry), g(uard), w(ith), T(imeout), G(roup) */
    char object;   /* of a with */
    uint32_t step; /* its `end` */
    struct sim_timeout timeout;
    struct sim_group group;
};

struct story_actor {
    struct sim_frame frame;
    struct story *story;
    struct sim_task *task; /* retained; NULL: not started */
    char name;
    const char *steps[STORY_STEPS + 1];
    uint32_t step;
    struct story_block blocks[STORY_DEPTH];
    uint32_t depth;
    struct sim_kept outcome; /* of the step; how is SEND where it did not raise */
    bool skipped, over;
    struct sim_future *future; /* retained: what a plain await is for */
    struct sim_as_completed completed;
    uint32_t left; /* awaitables of `completed` to come; its memory is held while > 0 */
    union {
        struct sim_lock_acquire lock;
        struct sim_event_object_wait event;
        struct sim_condition_wait condition;
        struct sim_condition_wait_for condition_for;
        struct sim_semaphore_acquire semaphore;
        struct sim_barrier_wait barrier;
        struct sim_barrier_change change;
        struct sim_queue_wait queue;
        struct sim_queue_join join;
        struct sim_wait wait;
        struct sim_wait_for wait_for;
        struct sim_as_completed_next next;
        struct sim_group_exit leave;
    } op;
};

struct story {
    struct sim_alloc alloc;
    struct sim_trace_memory memory;
    struct sim_trace trace;
    struct sim_guest guest;
    struct sim_world world;
    struct sim_loop loop;
    struct sim_lock locks[2], condition_lock;
    struct sim_condition condition;
    struct sim_event_object events[2];
    struct sim_semaphore semaphores[2];
    struct sim_barrier barrier;
    struct sim_queue queues[4];
    struct story_actor actors[STORY_TASKS];
    char text[4096];
    char log[STORY_LOG];
};

/* Runs a story to the end of main, or to 1,000 virtual seconds, whatever else is pending; frees all
 * and returns what it ended with: a host failure, or 0.  `fail_after`: see struct sim_alloc.  What
 * it said is in story->log, its trace as text in `trace` (may be NULL) of `trace_size` bytes. */
int story_run(struct story *story, const char *text, int64_t fail_after, char *trace,
              size_t trace_size);

/* A new value with a text; NULL when memory is out. */
sim_value story_value(struct sim_world *world, const char *text);

#endif
