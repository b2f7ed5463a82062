/* Lines of waiters, and what all objects have in common at which tasks meet.
 *
 * Invariants: a waiter is in at most one line, from sim_waiter_begin until it leaves or is taken
 * out; it holds its future until it is dropped.  A line points to its waiters, which live in the
 * operations that wait, and holds their futures too: who waits lives as long as what is waited for.
 * An object must outlive the operations on it.
 *
 * As in CPython 3.11, Lib/asyncio/mixins.py, an object belongs to no loop before a task has to wait
 * at it, and to that task's loop from then on.
 */
#ifndef SIM_WAITER_H
#define SIM_WAITER_H

#include "coro.h"

/* The first member of locks, events, queues ... */
struct sim_sync {
    struct sim_world *world;
    struct sim_loop *loop;  /* NULL: none yet */
    struct sim_sync *shown; /* of a hidden one: what is seen instead; NULL: nothing */
    sim_value owner;        /* borrowed: the guest's object, for messages and names; NULL: none */
    uint32_t id;            /* in the trace; 0: not used yet */
    uint32_t name;          /* text of the trace; 0: none */
    uint32_t limit;         /* how many it admits, for the trace */
    uint8_t kind;           /* enum sim_flag_object */
    uint8_t await;          /* enum sim_flag_await: what is awaited by waiting at it */
    bool hidden;            /* it is a part of something else: the trace does not tell of it */
};

struct sim_waiter {
    struct sim_waiter *previous, *next;
    struct sim_waiters *line;  /* NULL: it is in none */
    struct sim_future *future; /* retained; NULL: none yet */
};

/* A line, first come first; all zero is an empty one. */
struct sim_waiters {
    struct sim_waiter *first, *last;
    uint32_t count;
};

void sim_sync_init(struct sim_sync *sync, struct sim_world *world, enum sim_flag_object kind,
                   enum sim_flag_await await, uint32_t limit);
/* Gives it a name in the trace; before its first use. */
void sim_sync_set_name(struct sim_sync *sync, const char *name);
/* Makes it a part of another object, `shown`, or of none that has a name (NULL). */
void sim_sync_hide(struct sim_sync *sync, struct sim_sync *shown, enum sim_flag_await await);
/* Records what the current task did to it. */
void sim_sync_record(struct sim_sync *sync, enum sim_flag_sync what, uint32_t waiters,
                     int64_t level);

/* Joins the end of a line of `sync` with a new future of kind `await`, recording it with `level`.
 * False if it cannot: then the exception is in frame->out->value, and the body ends with
 * SIM_STEP_RAISE.  What the waiter was before is dropped. */
bool sim_waiter_begin(struct sim_waiter *waiter, struct sim_frame *frame, struct sim_sync *sync,
                      struct sim_waiters *line, enum sim_flag_await await, int64_t level);
/* Leaves the line, if it is still in it. */
void sim_waiter_leave(struct sim_waiter *waiter);
/* Leaves the line and lets go of the future.  It may be called again. */
void sim_waiter_drop(struct sim_waiter *waiter);

/* Ends the future of the first waiter that is not done and returns it; NULL if there is none. */
struct sim_waiter *sim_waiters_wake(struct sim_waiters *line);
/* The same for up to `most`; returns how many. */
int64_t sim_waiters_wake_many(struct sim_waiters *line, int64_t most);
/* Whether no waiter is in the line that was not cancelled. */
bool sim_waiters_all_cancelled(const struct sim_waiters *line);

#endif
