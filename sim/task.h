/* Tasks: futures that run a coroutine, a step at a time.
 *
 * Invariants: a pending task is either running, in the ready queue exactly once (its next step),
 * waiting (`waiter` is a pending future among whose callbacks it is once), or asleep (`timer`), and
 * it is on its loop's list of tasks; a task that is done is on no list and holds no coroutine.
 *
 * A coroutine in C that sleeps needs no future: its task is asleep itself, and its timer is an
 * entry among the timers, then one in the ready queue, then nothing.
 */
#ifndef SIM_TASK_H
#define SIM_TASK_H

#include "coro.h"
#include "future.h"

struct sim_task {
    struct sim_future future;
    struct sim_coro *coro;     /* NULL once done */
    struct sim_future *waiter; /* what it awaits, retained; NULL while it runs or is ready to */
    struct sim_task *previous, *next; /* the loop's pending tasks */
    sim_value cancel_message;
    union {
        sim_value error;  /* to be thrown in at the next step; of a task that is done: the
                             CancelledError that ended it, until a waiter takes it */
        int64_t until_ns; /* while it has a timer: when that is due */
    };
    uint32_t number;          /* 1, 2, ... in order of creation, over all loops of the world */
    uint32_t cancel_requests; /* cancelling() */
    uint32_t timer;           /* the id of the timer that ends its sleep; 0: it has none */
    uint32_t frame_size : 25; /* bytes behind the task that are its coroutine's frame */
    bool timer_armed : 1;     /* it is among the timers, not yet in the ready queue */
    bool timer_given_up : 1;  /* the task's entry among the timers is of a sleep that it gave up */
    bool timer_apart : 1;     /* its present sleep has, or had, an entry apart from that */
    bool must_cancel : 1;     /* CancelledError will be thrown in at the next step */
    bool started : 1;
    bool woken : 1; /* in the ready queue */
    bool held : 1;  /* the guest's collector does not see who will wake it: it is retained */
};

/* What it holds in `error`; NULL while it has a timer. */
static inline sim_value sim_task_error(const struct sim_task *task)
{
    return task->timer ? NULL : task->error;
}

/* How a task appears in the trace. */
struct sim_task_label {
    const char *name;
    enum sim_flag_task named;
    const char *coroutine; /* NULL: unknown */
    uint32_t line;         /* where the coroutine is defined; 0: unknown */
};

/* Prepares a task in the caller's memory and schedules its first step.  The coroutine stays the
 * caller's until ops->close is called. */
void sim_task_init(struct sim_loop *loop, struct sim_task *task, struct sim_coro *coro,
                   const struct sim_task_label *label);
/* Releases what it holds, unlinks it, and closes the coroutine of a pending task. */
void sim_task_fini(struct sim_task *task);

/* A task of the loop's own with one reference; NULL when memory is out (world->error; the coroutine
 * is then still the caller's). */
struct sim_task *sim_task_new(struct sim_loop *loop, struct sim_coro *coro, const char *name);

/* The same with the frame of its coroutine in the same block: `frame_size` bytes that begin with a
 * struct sim_frame, which runs `body`, and are zero after it.  Returns the frame, which lives as
 * long as the task; the caller's reference is *out. */
void *sim_task_spawn(struct sim_loop *loop, size_t frame_size,
                     enum sim_flag_step (*body)(struct sim_frame *frame), const char *name,
                     struct sim_task **out);

/* Ends a pending task without a word, because its loop goes away: it is unlinked, closed, and holds
 * and wakes nothing any more. */
void sim_task_abandon(struct sim_task *task);

/* Lets go of a task that waits for what nobody may reach: the guest's collector decides. */
void sim_task_let_go(struct sim_task *task);

/* Task.cancel(): CancelledError will be thrown in at the next step.  False if it is done. */
bool sim_task_cancel(struct sim_task *task, sim_value message);
/* Task.uncancel() / Task.cancelling(): the number of requests left. */
uint32_t sim_task_uncancel(struct sim_task *task);

/* Records Task.set_name(). */
void sim_task_set_name(struct sim_task *task, const char *name);

/* For futures: appends the task's next step to the ready queue, with the caller's reference. */
void sim_task_push_step(struct sim_task *task);
/* For a step that was the last one: takes the task off its loop's list; closes its coroutine. */
void sim_task_unlink(struct sim_task *task);
void sim_task_close(struct sim_task *task);
/* For the loop: runs one step.  The reference to what it waited for becomes the caller's.  True:
 * the task yielded, and the loop is to append its next step to the ready queue. */
bool sim_task_step(struct sim_task *task);
/* For the loop: runs the callback of a sleeping task's timer, whose reference it takes over. */
void sim_task_end_sleep(struct sim_task *task, uint32_t timer);
/* Gives up the sleep that the task is in, if it is in one. */
void sim_task_leave_sleep(struct sim_task *task);
/* Marks the callback of a step: the loop runs it by sim_task_step. */
extern const struct sim_callback_ops sim_task_step_ops;
/* The same of the callback of a sleeping task's timer. */
extern const struct sim_callback_ops sim_task_timer_ops;

static inline struct sim_task *sim_task_of(struct sim_future *future)
{
    return (struct sim_task *)(void *)future;
}

#endif
