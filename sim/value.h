/* Values: what coroutines return, raise and pass, opaque to the scheduler.
 *
 * A guest (the Python host, or none for C programs) says how references to values are counted and
 * what traces call them.  NULL is a valid value and is never counted.
 */
#ifndef SIM_VALUE_H
#define SIM_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "trace_flags.h"

struct sim_world;
struct sim_loop;
struct sim_future;
struct sim_handle;
struct sim_gather;

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
    /* The text that describes a result or an exception in the trace.  It must not run guest code,
     * and must not depend on addresses. */
    uint32_t (*describe)(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome);
    /* A new reference to a new CancelledError with this message (NULL: none). */
    sim_value (*cancelled_error)(struct sim_world *world, sim_value message);
    /* A new reference to the list of the results of a gather whose children are all done. */
    sim_value (*gather_result)(struct sim_world *world, struct sim_gather *gather);
    /* cancel() of a future marked SIM_FUTURE_GUEST_CANCEL; true if it took effect. */
    bool (*cancel)(struct sim_future *future, sim_value message);
};

#endif
