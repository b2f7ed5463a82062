/* Threads of the script: real ones, of which one has the baton (sim/thread.h).
 *
 * The modules threading, queue and concurrent.futures are Python's own; only what they are built of
 * is ours: starting a thread, locks, and the pools' order.
 *
 * Invariants: a thread that does not have the baton neither holds the interpreter's lock nor
 * touches anything of the host.  What asyncio keeps for each thread (its running loop) is swapped
 * as the baton goes over.
 */
#ifndef HOST_THREAD_H
#define HOST_THREAD_H

#include "state.h"

/* What belongs to the thread that runs, of what struct host holds. */
struct host_thread_own {
    struct host_loop *running;
    PyObject *policy_loop, *fatal;
    struct host_line line;
    int64_t computed_ns;
    bool policy_set, own_interpreter;
};

struct host_thread;

/* The name that the thread had when it started, borrowed / where it stands now, or NULL. */
PyObject *host_thread_name(const struct sim_thread *thread);
struct _frame *host_thread_frame(const struct sim_thread *thread);

/* thread_lock.c: the types of locks, and one of them, not taken. */
int host_lock_setup(struct host *host);
PyObject *host_lock_new(struct host *host);
/* Releases a lock of host_lock_new if it is taken. */
void host_lock_open(PyObject *lock);
/* Whether an object is the lock that a mutex belongs to. */
bool host_lock_has(const struct host *host, PyObject *object, const struct sim_mutex *mutex);

/* lock_name.c: what a frame calls a lock: a new reference, NULL if it has no name for it. */
PyObject *host_lock_name(const struct host *host, const struct sim_mutex *mutex,
                         struct _frame *frame);

/* thread_wait.c: the text id that names what the Python code that runs waits for: "Queue.get", or
 * "lock". */
uint32_t host_wait_label(struct host *host);

/* thread.c: the name of the thread that runs, borrowed. */
PyObject *host_thread_current_name(const struct host *host);

/* thread_wait.c: how many threads wait for each other, the main thread among them, and a line on
 * stderr for each. */
uint32_t host_threads_stuck(const struct host *host);
void host_threads_report(struct host *host);

/* thread_pools.c: pools of threads and processes, and asyncio's functions for them. */
extern PyMethodDef host_pool_loop_methods[];
/* A function of asyncio that works on threads: a new reference, NULL with AttributeError. */
PyObject *host_pools_attribute(struct host *host, const char *name);
/* Whether code is that of thread_pools.py, and not the script's. */
bool host_is_ours(const PyCodeObject *code);
/* The script is about to import a module: those that wait for threads are ours. */
void host_pools_import(struct host *host, const char *module);
/* The coroutine loop.shutdown_default_executor() of a loop that has an executor. */
PyObject *host_pools_shutdown(struct host_loop *loop);

#endif
