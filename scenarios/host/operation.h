/* Operations: the coroutines of asyncio's own that the scheduler runs in C (lock.acquire(),
 * queue.get(), wait_for() ...), as coroutines of Python around a struct sim_frame.
 *
 * Invariants: the frame is prepared before the first step (by who made the operation, or by
 * ops->begin) and closed exactly once, when it is over or goes away; `self` and what the frame
 * points to live at least as long.  Dropping one that is suspended throws GeneratorExit into it.
 */
#ifndef HOST_OPERATION_H
#define HOST_OPERATION_H

#include "state.h"

struct host_operation;

struct host_operation_ops {
    struct host_coro_ops coro; /* its names, and host_operation_step */
    size_t size;               /* of the struct that begins with the frame */
    /* For what mostly need not wait: does it without a frame and answers RETURN, or ERROR with the
     * exception; NEXT where it has to wait, and nothing was done.  NULL: a frame is made. */
    PySendResult (*at_once)(struct host_operation *self, PyObject **result);
    /* What is left to the first step, preparing the frame at the latest; -1 with the exception that
     * it raises.  NULL: nothing. */
    int (*begin)(struct host_operation *self);
    /* The result that Python sees, a new reference, NULL with an exception; `value` is what the
     * frame returned, handed over, or NULL.  NULL: the value, or None. */
    PyObject *(*result)(struct host_operation *self, PyObject *value);
    /* Which of the variables that CPython's function has, apart from self, an exception keeps alive
     * by its traceback: a new reference, NULL: none.  NULL: coro.local. */
    PyObject *(*keeps)(struct host_operation *self);
    /* Visits what the struct holds; sim_frame's own parts are visited already.  NULL: nothing. */
    int (*visit)(const void *frame, visitproc visit, void *arg);
};

struct host_operation {
    struct host_coro coro;
    struct sim_future *awaited; /* what was yielded last, held by the frame; NULL: a bare yield */
    _Alignas(max_align_t) char frame[];
};

/* `file` of CPython's asyncio has it, and waits where `text` stands. */
#define HOST_OPERATION(name_, qualname_, file, text)                                               \
    .coro = {.name = (name_),                                                                      \
             .qualname = (qualname_),                                                              \
             .step = host_operation_step,                                                          \
             .awaits = host_operation_awaits,                                                      \
             .place = HOST_PLACE(file, qualname_, text)}

/* A new operation whose frame is all zero, for the caller to prepare; `self` is retained. */
struct host_operation *host_operation_new(struct host *host, const struct host_operation_ops *ops,
                                          PyObject *self);
PySendResult host_operation_step(struct host_coro *coro, PyObject *value, PyObject **result);
PyObject *host_operation_awaits(const struct host_coro *coro);
int host_operation_setup(struct host *host);

/* The frame, as what it is. */
static inline void *host_operation_frame(struct host_operation *self)
{
    return self->frame;
}

/* For ops->result: True in place of whatever it is. */
PyObject *host_result_true(struct host_operation *self, PyObject *value);
PyObject *host_result_none(struct host_operation *self, PyObject *value);

/* For ops->visit: a future that is held, or NULL. */
static inline int host_visit_future(const struct sim_future *future, visitproc visit, void *arg)
{
    if (future)
        Py_VISIT(host_object_of(future));
    return 0;
}
static inline int host_visit_value(sim_value value, visitproc visit, void *arg)
{
    Py_VISIT((PyObject *)value);
    return 0;
}

#endif
