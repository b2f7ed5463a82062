/* The script as a whole: how it begins and ends, what is known of its values, what it imports.
 *
 * Invariant: whatever ends a run, the last event of its trace says how.
 */
#ifndef HOST_SCRIPT_H
#define HOST_SCRIPT_H

#include "state.h"

/* guest.c: how the scheduler treats Python's values. */
void host_guest_init(struct sim_guest *guest);
/* Remembers SystemExit or KeyboardInterrupt, which is set, to be raised out of the loop. */
void host_fatal(struct host *host, struct sim_loop *loop);
/* The exception that is set, which is no longer set then: a new reference, its traceback in it. */
PyObject *host_take_error(void);
bool host_is_fatal(void); /* whether the exception that is set is one of them */

/* describe.c: the text id of a value in the trace; never runs code of the script. */
uint32_t host_describe(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome);
/* The text id that names a callback: its qualified name. */
uint32_t host_describe_callable(struct sim_world *world, PyObject *callable);

/* Replaces a function of a module by one of ours. */
int host_replace(struct host *host, PyObject *target, PyMethodDef *method);

/* embedded.c: a part of the host that is written in Python.  It sees the functions `helpers`, whose
 * self is the module asyncio; NULL: none.  A new module, NULL with an exception. */
struct host_embedded {
    const char *module, *file, *source;
    PyMethodDef *helpers;
};
PyObject *host_embedded_run(struct host *host, const struct host_embedded *part);

/* surface.c: a name of asyncio that is not in the module yet, which it is added to: a new
 * reference, NULL with AttributeError. */
PyObject *host_surface_attribute(struct host *host, PyObject *name);
/* dir(asyncio): a new reference, NULL with an exception. */
PyObject *host_surface_names(struct host *host);
/* The script is about to import asyncio.NAME. */
void host_surface_import(struct host *host, const char *name);

/* script.c: runs the script as __main__, ends the trace and gives the exit code. */
int host_script_run(struct host *host, const struct scn_host_options *options);

/* stack.c, deadlock.c: the frame at which a coroutine, a generator or an async generator is, and
 * what it awaits: new references, NULL if there is none. */
PyObject *host_suspended_frame(PyObject *coroutine);
PyObject *host_awaited_by(PyObject *coroutine);

/* deadlock.c: says on stderr who waits for what, for ever. */
void host_deadlock_report(struct host *host, const struct host_loop *loop);

/* collector.c: what exists now is no garbage and never will be. */
void host_collector_freeze(void);
void host_collector_run(struct host *host);
/* For each step: collects cycles if the memory has grown much since that was done. */
static inline void host_collector_step(struct host *host)
{
    if (host->memory.used_bytes > host->collector.collect_at_bytes)
        host_collector_run(host);
}

/* memory.c: from now on the run ends when the script takes more than so much; 0: no limit. */
void host_memory_limit(struct host *host, int64_t budget_bytes);

/* inspect.c: records the frames of all tasks, as an inspection's last events. */
void host_inspect(struct host *host);

/* end.c: runs that end from within. */
void host_flush(void);
/* Ends the process if a budget is used up or the loop answered with an error; otherwise returns. */
void host_end_on_error(struct host *host, struct host_loop *loop, int error);
/* Whether the trace or the world remembers a host failure. */
static inline int host_error(const struct host *host)
{
    return host->world.error < 0 ? host->world.error
           : host->world.trace   ? host->world.trace->error
                                 : 0;
}

#endif
