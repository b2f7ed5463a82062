/* The exceptions that the scheduler itself raises into coroutines.
 *
 * They are values like any other: the guest makes them (sim_guest.exception).  Where it does not,
 * as in plain C, the value is NULL.
 */
#ifndef SIM_EXCEPTION_H
#define SIM_EXCEPTION_H

/* X(NAME, type, message): `type` is the name of asyncio's or Python's class. */
#define SIM_EXCEPTIONS(X)                                                                          \
    X(TIMEOUT, "TimeoutError", "")                                                                 \
    X(BARRIER_ABORTED, "BrokenBarrierError", "Barrier aborted")                                    \
    X(BARRIER_BROKEN, "BrokenBarrierError", "Abort or reset of barrier")                           \
    X(NOT_ACQUIRED, "RuntimeError", "cannot wait on un-acquired lock")                             \
    X(OTHER_LOOP, "RuntimeError", "%R is bound to a different event loop")                         \
    X(NO_LOOP, "AttributeError", "'NoneType' object has no attribute 'create_future'")             \
    X(HEAP_CHANGED, "RuntimeError", "list changed size during iteration")

enum sim_exception {
#define SIM_EXCEPTION_ENUM(name, type, message) SIM_EXCEPTION_##name,
    SIM_EXCEPTIONS(SIM_EXCEPTION_ENUM)
#undef SIM_EXCEPTION_ENUM
};

struct sim_world;

/* The name of its class; its message, in which %R stands for the repr of its subject. */
const char *sim_exception_type(enum sim_exception which);
const char *sim_exception_message(enum sim_exception which);

/* A new exception, a new reference, as sim_guest.exception makes it.  NULL where the guest makes
 * none, and when memory is out (world->error). */
void *sim_exception_new(struct sim_world *world, enum sim_exception which, void *subject,
                        void *cause);

#endif
