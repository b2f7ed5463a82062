/* Callbacks: what is called when a future is done, a timer is due, or the loop comes to it.
 *
 * Invariant: whoever keeps a callback owns a reference to its argument, counted as its ops say.
 */
#ifndef SIM_CALLBACK_H
#define SIM_CALLBACK_H

#include <stddef.h>

#include "value.h"

/* What kind of thing a callback's argument is: how references to it are counted. */
enum sim_arg { SIM_ARG_NONE, SIM_ARG_FUTURE, SIM_ARG_HANDLE, SIM_ARG_GUEST, SIM_ARG_LINK };

struct sim_callback_ops {
    const char *name; /* in traces, where describe is NULL */
    enum sim_arg arg;
    /* Runs it.  `future` is the future that is done, NULL for what was scheduled directly. */
    void (*run)(struct sim_loop *loop, void *arg, struct sim_future *future);
    /* The text of the trace that names this callback; NULL: `name`. */
    uint32_t (*describe)(struct sim_world *world, void *arg);
};

struct sim_callback {
    const struct sim_callback_ops *ops;
    void *arg;
};

/* What a callback points to that may be called after its target went away: a counted block, whose
 * `target` is NULL from then on.  Each callback also holds the guest's `owner`, if there is one:
 * the object that the target is part of. */
struct sim_link {
    void *target;
    sim_value owner;
    uint32_t references;
};

/* A block of `size` bytes, zeroed, that begins with a link, with one reference; NULL when memory is
 * out (world->error). */
void *sim_link_new(struct sim_world *world, size_t size, void *target, sim_value owner);
void sim_link_release(struct sim_world *world, struct sim_link *link);

void sim_callback_retain(struct sim_world *world, const struct sim_callback *callback);
void sim_callback_release(struct sim_world *world, const struct sim_callback *callback);
/* The trace's text for a callback; 0 where nothing is recorded. */
uint32_t sim_callback_describe(struct sim_world *world, const struct sim_callback *callback);

#endif
