/* The event loop: a ready queue, timers, and a virtual clock.
 *
 * The step contract, which is asyncio's.  One iteration:
 *   0. threads that are due run, each until it pauses (thread.h);
 *   1. cancelled timers at the head of the timers are dropped;
 *   2. if nothing is ready, the clock moves to the earliest deadline (never back);
 *   3. all timers whose deadline is not after now go to the end of the ready queue, ordered by
 *      (deadline, order of registration);
 *   4. exactly as many callbacks run as are in the ready queue at that moment, first in first out;
 *      what they add runs in the next iteration.
 * Everything that wakes anything goes through the ready queue.  Running code costs no virtual time:
 * only steps 0 and 2 and a blocking call (sim_world_block) move the clock.
 *
 * Invariants: a loop runs on one thread; a callback is in the ready queue at most once per time it
 * was scheduled; each entry owns a reference to its argument and its future; `current` is the task
 * whose coroutine runs now, or NULL.
 *
 * Errors of the host (memory, budgets) while callbacks run are remembered in world->error; the loop
 * stops at the end of the callback and returns the code.
 */
#ifndef SIM_LOOP_H
#define SIM_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "alloc.h"
#include "error.h"
#include "ready.h"
#include "thread.h"
#include "timer.h"
#include "trace.h"
#include "value.h"

struct sim_future;
struct sim_task;

/* The latest moment there is, about 146 years: later deadlines are cut to it. */
#define SIM_TIME_MAX_NS (INT64_C(1) << 62)

/* How far a cancel() is passed on from one awaited object to the next: tasks may await each other
 * in a ring.  It is about what CPython's limit of recursion allows. */
#define SIM_CANCEL_DEPTH_MAX 986

/* What all loops of one run share. */
struct sim_world {
    int64_t now_ns;
    int64_t max_time_ns;     /* budget: passing it is SIM_ETIME */
    struct sim_trace *trace; /* NULL: nothing is recorded */
    struct sim_alloc *alloc;
    const struct sim_guest *guest;
    void *guest_user;
    uint32_t tasks_created;
    uint32_t ids_given; /* futures and handles */
    uint32_t loops_created;
    uint32_t blocker; /* the task of the last blocking call */
    uint32_t current; /* the task whose coroutine runs now, 0: none */
    int error;        /* the first host failure, sticky */
    uint32_t cancel_depth;
    bool cancel_too_deep; /* a cancel() gave up at SIM_CANCEL_DEPTH_MAX; for the guest to clear */
    struct sim_threads threads;
};

/* A world at time 0.  `trace` may be NULL; `guest` NULL means values that need no counting.  All
 * pointers stay the caller's and must outlive the world. */
void sim_world_init(struct sim_world *world, struct sim_alloc *alloc, struct sim_trace *trace,
                    const struct sim_guest *guest, void *guest_user);

/* For the modules of sim: moves the clock, never back, recording it; the budget may end there. */
void sim_world_move_clock(struct sim_world *world, int64_t to_ns, enum sim_flag_clock why);

/* Remembers a host failure; the first one stays. */
void sim_world_fail(struct sim_world *world, int error) SIM_COLD;

/* References to values; NULL is never counted.  sim_value_drop empties the slot first. */
static inline void sim_value_retain(const struct sim_world *world, sim_value value)
{
    if (value && world->guest->retain)
        world->guest->retain(value);
}
static inline void sim_value_drop(const struct sim_world *world, sim_value *slot)
{
    sim_value value = *slot;
    *slot = NULL;
    if (value && world->guest->release)
        world->guest->release(value);
}

/* now + delay, cut to SIM_TIME_MAX_NS; a negative delay gives a moment in the past. */
int64_t sim_time_after(int64_t now_ns, int64_t delay_ns);

/* --- handles ---------------------------------------------------------------------------------- */

enum {
    SIM_HANDLE_CANCELLED = 1,
    SIM_HANDLE_ARMED = 2,    /* it is among the timers */
    SIM_HANDLE_EMBEDDED = 4, /* the guest counts its references */
    SIM_HANDLE_SLEEP = 8,    /* it ends a sleep */
};

/* A callback that was scheduled and can be cancelled. */
struct sim_handle {
    struct sim_loop *loop;
    struct sim_callback callback; /* ops is NULL once it ran or was cancelled */
    int64_t deadline_ns;          /* of a timer; as given, so possibly in the past */
    uint32_t id;
    uint32_t references; /* unless EMBEDDED */
    uint8_t flags;
};

/* Prepares a handle in the caller's memory; takes over no reference but retains the callback's
 * argument until it ran, was cancelled or finished.  The guest counts its references. */
void sim_handle_init(struct sim_loop *loop, struct sim_handle *handle,
                     struct sim_callback callback);
/* Lets go of what the handle holds.  It must not be queued. */
void sim_handle_fini(struct sim_handle *handle);

/* One of the loop's own, with one reference; NULL when memory is out (world->error). */
struct sim_handle *sim_handle_new(struct sim_loop *loop, struct sim_callback callback);

void sim_handle_retain(struct sim_handle *handle);
void sim_handle_release(struct sim_handle *handle);

/* asyncio's Handle.cancel(): the callback will not run.  Harmless when it ran already. */
void sim_handle_cancel(struct sim_handle *handle);

/* Appends the handle to the ready queue / arms it as a timer. */
void sim_loop_call_soon(struct sim_loop *loop, struct sim_handle *handle);
void sim_loop_call_at(struct sim_loop *loop, struct sim_handle *handle, int64_t deadline_ns);

/* The same with a handle made by the loop, of which the caller gets a reference; NULL when memory
 * is out (world->error). */
struct sim_handle *sim_call_soon(struct sim_loop *loop, struct sim_callback callback);
struct sim_handle *sim_call_at(struct sim_loop *loop, int64_t deadline_ns,
                               struct sim_callback callback);

/* --- the loop --------------------------------------------------------------------------------- */

struct sim_loop {
    struct sim_world *world;
    struct sim_ready_queue ready;
    struct sim_timers timers;
    struct sim_task *current;
    struct sim_task *first_task, *last_task; /* pending tasks in order of creation */
    uint32_t task_count;
    uint32_t number;
    uint32_t iteration;
    bool running, stopping, aborted;
    bool guest_soon;           /* the guest may have a say in how callbacks are scheduled */
    struct sim_thread *parked; /* the thread that waits for work of this loop, NULL: none */
    size_t unchecked;          /* debug builds: callbacks run since the invariants were checked */
};

void sim_loop_init(struct sim_loop *loop, struct sim_world *world);
/* Drops all that is queued, without running it. */
void sim_loop_clear(struct sim_loop *loop);
/* sim_loop_clear and the memory.  Pending tasks of the loop's own (sim_task_new) are abandoned;
 * those in the guest's objects stay the guest's. */
void sim_loop_fini(struct sim_loop *loop);

/* One iteration.  Errors: SIM_EDEADLOCK if there is nothing to run or wait for (and nothing was
 * done), SIM_EGUEST after sim_loop_abort, and the host failures. */
int sim_loop_run_once(struct sim_loop *loop) SIM_MUST_CHECK;

/* Iterations until sim_loop_stop was called: the one that runs is finished first. */
int sim_loop_run(struct sim_loop *loop) SIM_MUST_CHECK;

/* sim_loop_run until `future` is done: one iteration more than that, as in asyncio. */
int sim_loop_run_until(struct sim_loop *loop, struct sim_future *future) SIM_MUST_CHECK;

void sim_loop_stop(struct sim_loop *loop);
/* Leaves sim_loop_run as soon as the running callback returns, with SIM_EGUEST; the rest of the
 * snapshot stays in the ready queue. */
void sim_loop_abort(struct sim_loop *loop);

/* Memory is out: gives back the reference to a task that was to be in the queue. */
void sim_loop_drop_task(struct sim_loop *loop, struct sim_task *task) SIM_COLD;

/* What the guest's soon() ends in: a callback goes to the ready queue / runs within the one that
 * runs; a step only where no task runs.  Both take over the references to its argument, and, but
 * for a step, to the future. */
void sim_loop_push_entry(struct sim_loop *loop, const struct sim_callback *callback,
                         struct sim_future *future);
void sim_loop_run_now(struct sim_loop *loop, const struct sim_callback *callback,
                      struct sim_future *future);
/* For the modules of sim: appends an entry, which takes over the caller's references to its
 * argument and future; the next step of a task, in the guest's way if it has one; the callback of
 * the timer of a sleep. */
void sim_loop_push(struct sim_loop *loop, struct sim_callback callback, struct sim_future *future,
                   uint32_t id);
bool sim_loop_guest_step(struct sim_loop *loop, struct sim_task *task) SIM_COLD;
static inline void sim_loop_push_step(struct sim_loop *loop, struct sim_task *task)
{
    if (loop->guest_soon && sim_loop_guest_step(loop, task))
        return;
    if (sim_ready_push_step(&loop->ready, loop->world->alloc, task) < 0)
        sim_loop_drop_task(loop, task);
}
static inline void sim_loop_push_sleep(struct sim_loop *loop, struct sim_task *task, uint32_t timer)
{
    if (sim_ready_push_sleep(&loop->ready, loop->world->alloc, task, timer) < 0)
        sim_loop_drop_task(loop, task);
}

#endif
