/* What runs coroutines: tasks and their steps, coroutines that are written in C, groups.
 *
 * Invariant: a coroutine is resumed by one step at a time, its own.
 */
#ifndef HOST_TASK_H
#define HOST_TASK_H

#include "state.h"

/* step.c: a future of a class of the script's that overrides add_done_callback() is told that it is
 * waited for; false with an exception.  The scheduler itself adds the callback: what the future is
 * given only stands for it, and host_is_wakeup() knows that. */
bool host_tell_future(const struct host *host, PyObject *future);
bool host_is_wakeup(PyObject *function);
/* task.c, step.c */
extern const struct sim_coro_ops host_task_coro_ops;
PyObject *host_task_new(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                        PyObject *context, enum sim_flag_task named);

/* The name of a task, borrowed; NULL with an exception, and without one if it was never
 * initialised. */
PyObject *host_task_name(struct host_task *task);

/* current.c: new references, NULL with an exception; of any object that is to be a loop. */
PyObject *host_current_task(const struct host *host, PyObject *loop);
PyObject *host_all_tasks(const struct host *host, PyObject *loop);

/* stack.c */
PyObject *host_task_get_stack(PyObject *self, PyObject *const *args, Py_ssize_t count,
                              PyObject *keywords);
PyObject *host_task_print_stack(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords);

/* coroutine.c */
PyObject *host_coro_new(struct host *host, const struct host_coro_ops *ops, PyObject *self);
/* For a step: awaits an object, going on at `place` when it is done. */
PySendResult host_coro_await(struct host_coro *coro, PyObject *awaitable, uint8_t place,
                             PyObject **result);
PySendResult host_coro_send(PyObject *self, PyObject *value, PyObject **result);
PyObject *host_coro_next(PyObject *self);
PyObject *host_coro_close(PyObject *self, PyObject *unused);
PyObject *host_coro_self(PyObject *self);
void host_coro_warn(struct host_coro *coro);
extern PyMethodDef host_coro_methods[];
extern PyGetSetDef host_coro_getset[];

/* group.c: what the scheduler asks about the errors of a task group. */
sim_value host_exception_group(struct sim_world *world, const sim_value *errors, uint32_t count);
bool host_is_base_error(struct sim_world *world, sim_value exception);
void host_lost_error(struct sim_task *task, struct sim_task *parent, sim_value exception);

/* ordered_set.c: set.add of the sets that iterate in order; -1 with an exception. */
int host_ordered_set_add(PyObject *set, PyObject *item);

/* timeout.c: the object that a timeout is part of, borrowed. */
struct sim_timeout;
PyObject *host_timeout_object(const struct sim_timeout *timeout);

#endif
