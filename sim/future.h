/* Futures: a result that is not there yet, and the callbacks that wait for it.
 *
 * Invariants: a future is done once and for ever; then its callbacks go to the ready queue in the
 * order in which they were added, and the list is empty from then on.  `value` owns a reference:
 * the result, the exception, or the message of a cancellation (NULL: none).
 */
#ifndef SIM_FUTURE_H
#define SIM_FUTURE_H

#include "loop.h"

enum sim_future_state {
    SIM_FUTURE_PENDING,
    SIM_FUTURE_RESULT,
    SIM_FUTURE_EXCEPTION,
    SIM_FUTURE_CANCELLED
};

enum {
    SIM_FUTURE_EMBEDDED = 1,     /* it lives in an object of the guest, which counts references */
    SIM_FUTURE_GUEST_CANCEL = 2, /* cancel() is the guest's own */
    SIM_FUTURE_UNRETRIEVED = 4,  /* its exception has not been looked at */
    SIM_FUTURE_CANCELLED_ERROR = 8, /* its exception is a CancelledError */
    SIM_FUTURE_MARKED = 16, /* for one pass over many futures, in which no guest code runs */
    SIM_FUTURE_FATAL =
        32, /* its exception left the loop: sim_loop_run_until is not to stop for it */
};

struct sim_callback_list {
    uint32_t count, capacity;
    struct sim_callback items[];
};

struct sim_future {
    struct sim_loop *loop;
    struct sim_callback callback; /* the only one, or a list of them (future.c); ops NULL: none */
    sim_value value;
    uint32_t id;
    uint32_t references; /* unless EMBEDDED */
    union {
        uint32_t timer; /* the id of the timer that ends it (a sleep, a wait); 0: none */
        uint32_t label; /* of a waiter of a lock, a job or the like: its name, 0: none */
    };
    uint8_t state; /* enum sim_future_state */
    uint8_t kind;  /* enum sim_flag_await: a plain future, a task, a gather ... */
    uint8_t flags;
};

/* Prepares a pending future in the caller's memory (an object of the guest). */
void sim_future_init(struct sim_loop *loop, struct sim_future *future, enum sim_flag_await kind);
/* Releases what it holds: value and callbacks.  It may be called again. */
void sim_future_fini(struct sim_future *future);

/* A future of the guest's kind where it makes them, else of the loop's own, with one reference;
 * NULL when memory is out (world->error). */
struct sim_future *sim_future_new(struct sim_loop *loop);

/* The parts of the two below that are seldom needed: the guest counts, or this was the last one. */
void sim_future_retain_embedded(struct sim_future *future);
void sim_future_release_last(struct sim_future *future);

static inline void sim_future_retain(struct sim_future *future)
{
    if (future->flags & SIM_FUTURE_EMBEDDED)
        sim_future_retain_embedded(future);
    else
        future->references++;
}
static inline void sim_future_release(struct sim_future *future)
{
    if (!(future->flags & SIM_FUTURE_EMBEDDED) && future->references > 1)
        future->references--;
    else
        sim_future_release_last(future);
}

static inline bool sim_future_done(const struct sim_future *future)
{
    return future->state != SIM_FUTURE_PENDING;
}

/* Ends a pending future; retains the value.  Schedules its callbacks. */
void sim_future_set_result(struct sim_future *future, sim_value result);
void sim_future_set_exception(struct sim_future *future, sim_value exception);

/* cancel() as the future's own kind does it: a task is asked, a gather asks its children.  False if
 * it was done already, or if it was passed on SIM_CANCEL_DEPTH_MAX times: then cancel_too_deep of
 * the world says so.  `message` may be NULL. */
bool sim_future_cancel(struct sim_future *future, sim_value message);
/* The plain Future.cancel(): the future itself is cancelled at once. */
bool sim_future_set_cancelled(struct sim_future *future, sim_value message);

/* The exception with which a waiter is woken: a new reference; NULL if the future has a result.
 * *how is SIM_RESUME_SEND, THROW or CANCEL.  Marks the exception as retrieved. */
sim_value sim_future_error(struct sim_future *future, enum sim_flag_resume *how);
/* The same where the future is awaited: the guest is told that it will be raised. */
sim_value sim_future_raise(struct sim_future *future, enum sim_flag_resume *how);
/* A new reference to the CancelledError of a cancelled future. */
sim_value sim_future_cancelled_error(struct sim_future *future);

/* Calls `callback` when the future is done, through the ready queue; at once if it is.  Retains the
 * argument. */
void sim_future_add_callback(struct sim_future *future, struct sim_callback callback);
/* For the modules of sim: sends a callback to the ready queue, with the references to its argument
 * and to the future, which is done. */
void sim_future_push_callback(struct sim_future *future, struct sim_callback callback);
/* Removes all callbacks for which `matches` is true, and returns how many.  `matches` may run guest
 * code that changes the list. */
size_t sim_future_remove_callbacks(struct sim_future *future,
                                   bool (*matches)(void *user, const struct sim_callback *callback),
                                   void *user);
/* Removes a callback, however often it is there. */
void sim_future_remove_callback(struct sim_future *future, struct sim_callback callback);
/* Releases all callbacks without running them. */
void sim_future_drop_callbacks(struct sim_future *future);
/* The callbacks in order: index 0 to count - 1. */
size_t sim_future_callback_count(const struct sim_future *future);
const struct sim_callback *sim_future_callback_at(const struct sim_future *future, size_t index);

#endif
