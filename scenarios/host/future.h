/* What futures of Python offer to tasks, loops and combinators: their faces, callbacks, results.
 *
 * Invariant: nothing here runs the loop; what a future wakes it wakes through the scheduler.
 */
#ifndef HOST_FUTURE_H
#define HOST_FUTURE_H

#include "state.h"

/* future.c */
PyObject *host_future_new(struct host_loop *loop);
/* The stack that runs now, as traceback.extract_stack() gives it: NULL, without an exception, if it
 * cannot be had.  In debug mode what is made keeps it. */
PyObject *host_stack_now(void);
/* In debug mode the future (may be NULL) was made there, by a function of asyncio's. */
void host_made_at(PyObject *face, const struct host_place *place);
int host_face_init(PyObject *self, struct host_loop *loop);
void host_face_dealloc(PyObject *self);
int host_face_traverse(PyObject *self, visitproc visit, void *arg);
void host_face_clear(PyObject *self);
/* Before a future is ended whose loop is closed: those who wait for it cannot be told, so they are
 * forgotten, and whoever ends it is to get RuntimeError (host_loop_check_open). */
bool host_future_strands(struct sim_future *future);
/* The same before a cancel(), which is passed on: the loop that is closed, NULL if none is needed.
 */
const struct host_loop *host_cancel_strands(struct sim_future *future);
/* Around a cancel(): its answer, or RecursionError if it was passed on too often. */
void host_cancel_begin(struct sim_world *world);
PyObject *host_cancel_end(const struct sim_world *world, bool took);
/* For the scheduler: an exception was set / is about to be raised by an await. */
void host_future_failed(struct sim_future *future);
void host_future_raising(struct sim_future *future);
/* Future.result(): a new reference, or NULL with the exception. */
PyObject *host_future_result(PyObject *self);
/* Sets the CancelledError of a cancelled future. */
void host_future_raise_cancelled(PyObject *self);
/* The loop of loop=, or the current one: a new reference, NULL with an exception. */
struct host_loop *host_loop_argument(struct host *host, PyObject *loop);
extern PyMethodDef host_future_methods[];

/* future_attributes.c */
extern PyGetSetDef host_future_getset[];

/* future_iter.c */
/* Raises what the arguments of throw() say; false if they are wrong, which is what is raised then.
 */
bool host_throw(PyObject *const *args, Py_ssize_t count);
int host_future_iter_setup(struct host *host);
PyObject *host_future_await(PyObject *self);

/* callback.c: done callbacks. */
int host_callback_setup(struct host *host);
PyObject *host_add_done_callback(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords);
PyObject *host_remove_done_callback(PyObject *self, PyObject *function);
PyObject *host_callbacks_list(PyObject *self);
/* The script's function that a callback calls; NULL: it is the scheduler's own. */
const struct host_callback *host_callback_of(const struct sim_callback *callback);
/* repr() of a callback of the scheduler's own, which seems to be at `address`, as of CPython's. */
PyObject *host_callback_repr(const struct sim_callback *callback, const void *address);

/* aio.c: coroutines and futures told apart, ensure_future, create_task */
bool host_is_coroutine(struct host *host, PyObject *object); /* clears errors */
/* Whether it is a function of ours that CPython writes as "async def"; clears errors. */
bool host_is_coroutine_function(PyObject *module, PyObject *function);
PyObject *host_ensure_future(struct host *host, PyObject *object, struct host_loop *loop);

/* gather.c: of `count` awaitables, more than none */
PyObject *host_gather(struct host *host, PyObject *const *args, Py_ssize_t count,
                      bool return_exceptions);

/* repr.c */
PyObject *host_future_repr(PyObject *self);
PyObject *host_task_repr(PyObject *self);
/* " created at FILE:LINE", the last of some frames; "" if they are NULL. */
PyObject *host_format_source(PyObject *frames);
PyObject *host_format_callback(PyObject *function, PyObject *args);
/* reprlib.repr(value), which cuts what is long. */
PyObject *host_short_repr(PyObject *value);

#endif
