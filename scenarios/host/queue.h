/* What the two files of asyncio.Queue share.
 *
 * Invariants: the scheduler keeps the items unless the script looks behind the scenes, by a class
 * that has its own _init, _get, _put, qsize, full, empty, put_nowait or get_nowait, or by the
 * attribute _queue: from then on `items` has them, an object of Python's own or of the script's.
 */
#ifndef HOST_QUEUE_H
#define HOST_QUEUE_H

#include "sync.h"

struct host_queue {
    struct host_sync face;
    struct sim_queue queue;
    PyObject *max_size; /* as it was given */
    PyObject *items;    /* NULL: the scheduler keeps them */
};

static inline struct host_queue *host_queue_of(PyObject *self)
{
    return (struct host_queue *)(void *)self;
}

static inline struct sim_queue *host_sim_queue_of(PyObject *self)
{
    return &host_queue_of(self)->queue;
}

/* For tp_init: if the class has methods of its own, has it keep the items: _init(maxsize).  -1 with
 * an exception. */
int host_queue_begin_store(PyObject *self);
/* full() as asyncio has it: by the object's own qsize(). */
bool host_queue_is_full(PyObject *self);
/* The attribute _queue, and the methods behind it, as asyncio has them. */
PyObject *host_queue_get_items(PyObject *self, void *closure);
int host_queue_set_items(PyObject *self, PyObject *items, void *closure);
PyObject *host_queue_init_items(PyObject *self, PyObject *max_size);
PyObject *host_queue_put_item(PyObject *self, PyObject *item);
PyObject *host_queue_get_item(PyObject *self, PyObject *unused);

#endif
