/* Values: what coroutines return, raise and pass, opaque to the scheduler.
 *
 * A guest (the Python host, or none for C programs) says how references to values are counted and
 * what traces call them.  NULL is a valid value and is never counted.
 */
#ifndef SIM_VALUE_H
#define SIM_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "exception.h"
#include "trace_flags.h"

struct sim_world;
struct sim_loop;
struct sim_future;
struct sim_handle;
struct sim_callback;
struct sim_callback_ops;
struct sim_gather;
struct sim_ready;
struct sim_task;

typedef void *sim_value;

/* Any function may be NULL: then nothing is counted, traces name nothing, and so on. */
struct sim_guest {
    void (*retain)(sim_value value);
    void (*release)(sim_value value);
    /* References of futures, tasks and handles that live in the guest's own objects. */
    void (*retain_future)(struct sim_future *future);
    void (*release_future)(struct sim_future *future);
    void (*retain_handle)(struct sim_handle *handle);
    void (*release_handle)(struct sim_handle *handle);
    /* A future of the guest's own kind, with one reference, for the waiters of locks and the like;
     * NULL when memory is out. */
    struct sim_future *(*new_future)(struct sim_loop *loop);
    /* A lock or the like was bound to this loop, and keeps it: for its owner to release. */
    void (*retain_loop)(struct sim_loop *loop);
    /* The text that describes a result or an exception in the trace.  It must not run guest code,
     * and must not depend on addresses. */
    uint32_t (*describe)(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome);
    /* A new reference to a new CancelledError with this message (NULL: none). */
    sim_value (*cancelled_error)(struct sim_world *world, sim_value message);
    /* A new reference to the list of the results of a gather whose children are all done. */
    sim_value (*gather_result)(struct sim_world *world, struct sim_gather *gather);
    /* A future was given an exception / its exception is about to be raised where it is awaited. */
    void (*failed)(struct sim_future *future);
    void (*raising)(struct sim_future *future);
    /* cancel() of a future marked SIM_FUTURE_GUEST_CANCEL; true if it took effect. */
    bool (*cancel)(struct sim_future *future, sim_value message);
    /* A new reference to a new exception.  `subject` is the object that it speaks of, `cause` the
     * exception that it is raised from; both borrowed, NULL: none.  NULL when memory is out. */
    sim_value (*exception)(struct sim_world *world, enum sim_exception which, sim_value subject,
                           sim_value cause);
    /* A new reference to the exception group of a task group's errors. */
    sim_value (*exception_group)(struct sim_world *world, const sim_value *errors, uint32_t count);
    /* Whether a task group passes this exception on by itself (SystemExit, KeyboardInterrupt). */
    bool (*is_base_error)(struct sim_world *world, sim_value exception);
    /* A callback or a step that ran moved the clock: it blocked the loop for so long.  Its argument
     * is still alive. */
    void (*blocked)(struct sim_loop *loop, const struct sim_ready *entry, int64_t duration_ns);
    /* A task of a group failed after the group's parent was done: nobody will hear of it. */
    void (*lost_error)(struct sim_task *task, struct sim_task *parent, sim_value exception);
    /* a < b, for priority queues: 1, 0, or -1 with *error a new reference to what it raised. */
    int (*less)(struct sim_world *world, sim_value a, sim_value b, sim_value *error);
    /* The trace's text for the name of a lock or the like; 0: not known.  It must not run guest
     * code. */
    uint32_t (*name_of)(struct sim_world *world, sim_value owner);
    /* For loops with `guest_soon`: schedules a callback, of `future` unless that is NULL, in a way
     * of its own, which may end in sim_loop_push_entry or sim_loop_run_now: takes over the
     * references that they do.  False: there is no such way. */
    bool (*soon)(struct sim_loop *loop, const struct sim_callback *callback,
                 struct sim_future *future);
    /* The deadline of a timer that calls this, where the guest's loops have a say in that. */
    int64_t (*deadline)(struct sim_loop *loop, int64_t deadline_ns,
                        const struct sim_callback_ops *ops);
};

#endif
