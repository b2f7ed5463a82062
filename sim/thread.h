/* Threads: what runs beside the event loop, on the same virtual clock, one at a time.
 *
 * There is one baton: at any moment either the main thread or exactly one other thread runs.  A
 * thread that is started or woken runs at once, while whoever started or woke it waits, until it
 * sleeps, waits for a mutex, or ends.  The guest provides the real threads (struct sim_thread_ops);
 * which one runs, and when, is decided here.
 *
 * Threads that sleep wake in the order of (moment, id); the ids are those of timers, so both have
 * one order.  The main thread wakes them while it blocks, while its loop has nothing to do, and
 * at the beginning of each iteration.
 *
 * A mutex goes to whoever waits longest; a thread that gets one goes on when its turn comes, as if
 * it had slept until that moment.
 *
 * Invariants: `current` is the thread that has the baton, NULL for the main thread; a thread among
 * the sleepers has a wake_id, no other has; a mutex that is free has no waiters.
 */
#ifndef SIM_THREAD_H
#define SIM_THREAD_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "trace_flags.h"

struct sim_loop;
struct sim_task;
struct sim_thread;
struct sim_world;

struct sim_thread_ops {
    /* Lends the thread the baton: returns when the thread paused or ended.  It may be freed then.
     */
    void (*resume)(struct sim_thread *thread);
    /* In the thread itself: gives the baton back, and returns when it is resumed. */
    void (*pause)(struct sim_thread *thread);
};

struct sim_mutex {
    struct sim_thread *first_waiter, *last_waiter;
    uint32_t holder; /* the number of the thread that took it, 0: the main thread */
    bool held;
};

struct sim_thread {
    struct sim_world *world;
    const struct sim_thread_ops *ops;
    struct sim_thread *next, *previous; /* among all threads, in order of creation */
    struct sim_thread *later, *earlier; /* among the sleepers */
    struct sim_thread *next_waiter;     /* in the line of waits_for */
    const struct sim_mutex *waits_for;  /* NULL: for none */
    int64_t wake_ns;
    const struct sim_loop
        *idle_loop;   /* the loop that it runs and that has nothing to do, or NULL */
    uint32_t wake_id; /* 0: not among the sleepers */
    uint32_t number;  /* 1, 2, ...; the main thread has 0 */
    uint32_t label;   /* text id: what it says it waits for */
    uint8_t woken;    /* enum sim_flag_baton: why it will run */
    bool granted;     /* it was given what it waited for */
};

/* All threads of a world. */
struct sim_threads {
    struct sim_thread *first, *last;
    struct sim_thread *first_sleeper, *last_sleeper;
    struct sim_thread *current;
    struct sim_thread main; /* only to stand in line for a mutex */
    uint32_t created;
};

/* Starts a thread in the caller's memory, which runs at once; it may have ended, and be freed, when
 * this returns.  `name` and `kind` are for the trace; `lane` is the number of a thread that ended
 * and that this one goes on for, as a pool's worker does, or 0. */
void sim_thread_start(struct sim_world *world, struct sim_thread *thread,
                      const struct sim_thread_ops *ops, const char *name, enum sim_flag_thread kind,
                      uint32_t lane);

/* In the thread, last: it ends.  The guest gives the baton back after that. */
void sim_thread_end(struct sim_thread *thread);

/* Blocks whatever runs now for so long: a thread sleeps, the main thread holds up the loop while
 * the other threads go on.  `task` is the task that does so, or NULL. */
void sim_world_block(struct sim_world *world, const struct sim_task *task, int64_t length_ns);
/* The same, but what runs computes meanwhile. */
void sim_world_compute(struct sim_world *world, const struct sim_task *task, int64_t length_ns);

/* Before an iteration: wakes the threads that are due, which are those whose turn comes before the
 * first timer, and only those of this moment once something is ready.  1 if they made nothing ready
 * and the clock is now where the loop waits until, else 0.  Errors: SIM_EDEADLOCK if that is never,
 * and the world's. */
int sim_threads_serve(struct sim_loop *loop) SIM_MUST_CHECK;

/* In a thread other than the main one, whose loop has nothing to do and no timer: waits until
 * another thread gives it something.  False in the main thread. */
bool sim_thread_park(struct sim_loop *loop);
/* Something was given to a loop by another thread: the one that waits for it goes on in its turn.
 */
void sim_thread_unpark(const struct sim_loop *loop);

/* Lets all sleepers run to their ends, or until they wait for what never comes.  Errors: the
 * world's. */
int sim_threads_finish(struct sim_world *world) SIM_MUST_CHECK;

/* --- mutexes; zero-initialised, a mutex is free ----------------------------------------------- */

/* Takes the mutex if it is free. */
bool sim_mutex_try(struct sim_world *world, struct sim_mutex *mutex);

/* Waits for a mutex that is held: 1 when it is given, 0 when the deadline (SIM_TIME_MAX_NS: none)
 * comes first.  `label` is the text id that names what is waited for; `task` the task that is
 * blocked, or NULL.  Errors: SIM_EDEADLOCK where the main thread waits and nobody is left who could
 * run (it stays in line, for a report to name), and the world's. */
int sim_mutex_wait(struct sim_world *world, struct sim_mutex *mutex, int64_t deadline_ns,
                   uint32_t label, const struct sim_task *task) SIM_MUST_CHECK;

/* Gives the mutex, which is held, to whoever waits longest, or frees it. */
void sim_mutex_release(struct sim_world *world, struct sim_mutex *mutex);

#endif
