/* What loops offer: running, closing, handles, the exception handler, the clock.
 *
 * Invariant: at most one loop of a thread runs.
 */
#ifndef HOST_LOOP_H
#define HOST_LOOP_H

#include "state.h"

/* loop.c, loop_run.c */
int host_loop_check_open(const struct host_loop *loop);
struct host_loop *host_loop_new(struct host *host, PyTypeObject *type);
PyObject *host_loop_create_task(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                                PyObject *context, enum sim_flag_task named);
extern PyMethodDef host_loop_run_methods[];
/* debug.c: while a loop runs in debug mode, coroutines remember where they were made. */
void host_loop_track_origins(struct host_loop *loop, bool enabled);
/* loop_surface.c */
extern PyMethodDef host_abstract_loop_methods[], host_loop_refused_methods[];
/* Whether a method of loops that is not simulated is "async def" in CPython. */
bool host_loop_is_refused_coroutine(const char *name);
PyObject *host_loop_run_until_complete(struct host_loop *loop, PyObject *future);
PyObject *host_loop_run_forever(struct host_loop *loop);
int host_loop_close(struct host_loop *loop);
/* loop_methods.c: whether the loop's class, or the script for this very loop, has the method in its
 * own way. */
bool host_loop_has_own(struct host_loop *loop, const char *method);
/* For the scheduler: when a timer of its own is due by the loop's call_later() or call_at(). */
int64_t host_deadline_by_methods(struct sim_loop *loop, int64_t deadline_ns,
                                 const struct sim_callback_ops *ops);
/* loop.create_future(), the script's own: a new reference, a plain one if it is none of ours; NULL
 * with an exception. */
PyObject *host_future_by_method(struct host_loop *loop);
/* soon.c: for the scheduler, by the loop's own call_soon(). */
bool host_soon(struct sim_loop *loop, const struct sim_callback *callback,
               struct sim_future *future);
/* If what call_soon() was given stands for a callback of the scheduler's, schedules that. */
bool host_soon_push(const struct host *host, PyObject *callable);
/* call_later() by the loop's own call_at() and time(); the arguments are those of call_later. */
PyObject *host_call_later_by_methods(PyObject *loop, PyObject *const *args, Py_ssize_t count,
                                     PyObject *keywords);
/* loop.create_task(), the script's own if there is one: a new reference, NULL with an exception. */
PyObject *host_create_task(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                           PyObject *context);
PyObject *host_loop_shutdown_asyncgens(PyObject *self, PyObject *unused);
PyObject *host_loop_shutdown_default_executor(PyObject *self, PyObject *unused);

/* interrupt.c: loop.run_until_complete(task), which Ctrl-C cancels. */
PyObject *host_run_interruptible(struct host *host, PyObject *loop, PyObject *task);

/* handle.c */
PyObject *host_handle_new(struct host_loop *loop, bool timer, PyObject *callback, PyObject *args,
                          PyObject *context);
/* Runs a callback in its context; its exception goes to the loop's exception handler. */
void host_call(struct sim_loop *loop, PyObject *callback, PyObject *args, PyObject *context,
               PyObject *handle);

/* handler.c: the exception handler of loops. */
extern PyMethodDef host_handler_methods[];
/* call_exception_handler with what is known; any object may be NULL.  Steals nothing, keeps the
 * exception that is set. */
void host_report(struct host_loop *loop, const char *message, PyObject *exception, const char *what,
                 PyObject *object);
/* The same for an object that was made where the stack `source` (may be NULL) says. */
void host_report_made(struct host_loop *loop, const char *message, PyObject *exception,
                      const char *what, PyObject *object, PyObject *source);
/* The same for a future of ours, which says where it was made if it knows. */
void host_report_face(PyObject *face, const char *message, PyObject *exception, const char *what);
int host_call_exception_handler(struct host_loop *loop, PyObject *context);

/* debug.c: what CPython logs of a new loop. */
void host_tell_selector(void);
/* debug.c: says in debug mode that a callback blocked the loop for too long. */
void host_blocked(struct sim_loop *loop, const struct sim_ready *entry, int64_t duration_ns);

/* clock.c */
int64_t host_ns_of_seconds(double seconds);
double host_seconds_of_ns(int64_t ns);
/* loop.time() + delay in nanoseconds; false with an exception. */
bool host_deadline(const struct sim_world *world, PyObject *delay, int64_t *deadline_ns);

/* run.c: asyncio.run and the current loop. */
struct host_loop *host_current_loop(struct host *host); /* get_event_loop(): new reference */
/* Cancels a loop's tasks, and ends its generators and its executor; -1 with an exception. */
int host_run_shut_down(struct host *host, struct host_loop *loop);

#endif
