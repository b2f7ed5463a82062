/* Where an asyncio.Queue keeps its items if the scheduler does not; see queue.h. */
#include "queue.h"
#include "script.h"

/* --- the attribute _queue --------------------------------------------------------------------- */

/* A new collections.deque, or the list of a queue of another kind. */
static PyObject *new_items(PyObject *self)
{
    if (host_sim_queue_of(self)->sync.kind != SIM_OBJECT_QUEUE)
        return PyList_New(0);
    PyObject *module = PyImport_ImportModule("collections");
    PyObject *deque = module ? PyObject_CallMethod(module, "deque", NULL) : NULL;
    Py_XDECREF(module);
    return deque;
}

static const struct sim_queue_store *store_of(PyObject *self);

/* Takes `items`, handed over, in place of what the queue had. */
static void keep_in(PyObject *self, PyObject *items)
{
    struct sim_queue *queue = host_sim_queue_of(self);
    if (!host_queue_of(self)->items) {
        queue->store = store_of(self);
        sim_queue_fini(queue);
    }
    Py_XSETREF(host_queue_of(self)->items, items);
}

PyObject *host_queue_get_items(PyObject *self, void *Py_UNUSED(closure))
{
    const struct sim_queue *queue = host_sim_queue_of(self);
    if (host_queue_of(self)->items)
        return Py_NewRef(host_queue_of(self)->items);
    PyObject *items = new_items(self);
    for (uint32_t i = 0; items && i < queue->count; i++) {
        PyObject *done = PyObject_CallMethod(items, "append", "(O)", sim_queue_item(queue, i));
        if (!done)
            Py_CLEAR(items);
        Py_XDECREF(done);
    }
    if (items)
        keep_in(self, Py_NewRef(items));
    return items;
}

int host_queue_set_items(PyObject *self, PyObject *items, void *Py_UNUSED(closure))
{
    if (!items) {
        PyErr_SetString(PyExc_AttributeError, "a queue keeps its _queue");
        return -1;
    }
    keep_in(self, Py_NewRef(items));
    return 0;
}

/* --- _init, _put, _get ------------------------------------------------------------------------ */

PyObject *host_queue_init_items(PyObject *self, PyObject *Py_UNUSED(max_size))
{
    PyObject *items = new_items(self);
    if (!items)
        return NULL;
    keep_in(self, items);
    Py_RETURN_NONE;
}

/* heapq's function `name` on the items, with `item` if there is one. */
static PyObject *call_heap(const char *name, PyObject *items, PyObject *item)
{
    PyObject *module = PyImport_ImportModule("heapq");
    PyObject *result =
        module ? PyObject_CallMethod(module, name, item ? "OO" : "O", items, item) : NULL;
    Py_XDECREF(module);
    return result;
}

PyObject *host_queue_put_item(PyObject *self, PyObject *item)
{
    PyObject *items = host_queue_get_items(self, NULL);
    PyObject *result = !items ? NULL
                       : host_sim_queue_of(self)->sync.kind == SIM_OBJECT_PRIORITY_QUEUE
                           ? call_heap("heappush", items, item)
                           : PyObject_CallMethod(items, "append", "(O)", item);
    Py_XDECREF(items);
    if (!result)
        return NULL;
    Py_DECREF(result);
    Py_RETURN_NONE;
}

PyObject *host_queue_get_item(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *items = host_queue_get_items(self, NULL), *result = NULL;
    switch (items ? (int)host_sim_queue_of(self)->sync.kind : -1) {
    case SIM_OBJECT_QUEUE:
        result = PyObject_CallMethod(items, "popleft", NULL);
        break;
    case SIM_OBJECT_LIFO_QUEUE:
        result = PyObject_CallMethod(items, "pop", NULL);
        break;
    case SIM_OBJECT_PRIORITY_QUEUE:
        result = call_heap("heappop", items, NULL);
        break;
    default:
        break;
    }
    Py_XDECREF(items);
    return result;
}

/* --- the store, by the object's own methods --------------------------------------------------- */

static PyObject *owner_of(const struct sim_queue *queue)
{
    return queue->sync.owner;
}

static bool is_plain(PyObject *self, const char *name)
{
    PyObject *text = PyUnicode_InternFromString(name);
    bool plain = text && host_sync_is_plain(self, host_of_sync(self)->queue_type, text);
    Py_XDECREF(text);
    return plain;
}

/* The answer of the object's own qsize(), or the number of its items. */
static uint64_t size_of(PyObject *self, bool by_method)
{
    PyObject *items = host_queue_of(self)->items, *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    Py_ssize_t count = 0;
    if (by_method) {
        PyObject *size = PyObject_CallMethod(self, "qsize", NULL);
        count = size ? PyNumber_AsSsize_t(size, NULL) : -1;
        Py_XDECREF(size);
    } else if (items) {
        count = PyObject_Size(items);
    }
    if (PyErr_Occurred())
        PyErr_WriteUnraisable(self);
    PyErr_Restore(type, value, traceback);
    return count > 0 ? (uint64_t)count : 0;
}

/* For the trace: no method is called where the items are at hand. */
static uint64_t count_items(const struct sim_queue *queue)
{
    PyObject *self = owner_of(queue);
    return size_of(self, !host_queue_of(self)->items && !is_plain(self, "qsize"));
}

bool host_queue_is_full(PyObject *self)
{
    const struct sim_queue *queue = host_sim_queue_of(self);
    if (queue->max_size <= 0)
        return false;
    uint64_t size =
        queue->store->count ? size_of(self, !is_plain(self, "qsize")) : sim_queue_size(queue);
    return size >= (uint64_t)queue->max_size;
}

/* What the object's own method says: as it is said while a queue is asked, there is
 * nobody for its exception. */
static bool asks(const struct sim_queue *queue, const char *method)
{
    PyObject *self = owner_of(queue), *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *answer = PyObject_CallMethod(self, method, NULL);
    int truth = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    if (truth < 0)
        PyErr_WriteUnraisable(self);
    PyErr_Restore(type, value, traceback);
    return truth > 0;
}

static bool is_full(const struct sim_queue *queue)
{
    if (!is_plain(owner_of(queue), "full"))
        return asks(queue, "full");
    return host_queue_is_full(owner_of(queue));
}

static bool is_empty(const struct sim_queue *queue)
{
    if (!is_plain(owner_of(queue), "empty"))
        return asks(queue, "empty");
    return count_items(queue) == 0;
}

/* Calls a method for its result: OK, or RAISED, in *value either way. */
static enum sim_queue_answer call(const struct sim_queue *queue, const char *method, PyObject *item,
                                  sim_value *value)
{
    PyObject *self = owner_of(queue);
    PyObject *result = item ? PyObject_CallMethod(self, method, "(O)", item)
                            : PyObject_CallMethod(self, method, NULL);
    *value = result ? result : host_take_error();
    return result ? SIM_QUEUE_OK : SIM_QUEUE_RAISED;
}

static enum sim_queue_answer call_put(const struct sim_queue *queue, const char *method,
                                      PyObject *item, sim_value *error)
{
    enum sim_queue_answer answer = call(queue, method, item, error);
    if (answer == SIM_QUEUE_OK)
        sim_value_drop(queue->sync.world, error);
    return answer;
}

static enum sim_queue_answer put(struct sim_queue *queue, sim_value item, sim_value *error)
{
    return call_put(queue, "_put", item, error);
}

static enum sim_queue_answer get(struct sim_queue *queue, sim_value *item)
{
    return call(queue, "_get", NULL, item);
}

static enum sim_queue_answer put_nowait(struct sim_queue *queue, sim_value item, sim_value *error)
{
    return call_put(queue, "put_nowait", item, error);
}

static enum sim_queue_answer get_nowait(struct sim_queue *queue, sim_value *item)
{
    return call(queue, "get_nowait", NULL, item);
}

static const struct sim_queue_store *store_of(PyObject *self)
{
    static const struct sim_queue_store of_items = {count_items, put,     get,     NULL,
                                                    NULL,        is_full, is_empty};
    static const struct sim_queue_store of_class = {count_items, put,     get,     put_nowait,
                                                    get_nowait,  is_full, is_empty};
    return is_plain(self, "put_nowait") && is_plain(self, "get_nowait") ? &of_items : &of_class;
}

int host_queue_begin_store(PyObject *self)
{
    static const char *const names[] = {"_init", "_get",  "_put",       "qsize",
                                        "full",  "empty", "put_nowait", "get_nowait"};
    size_t count = sizeof names / sizeof names[0], i = 0;
    while (i < count && is_plain(self, names[i]))
        i++;
    if (i == count)
        return 0;
    host_sim_queue_of(self)->store = store_of(self);
    PyObject *done = PyObject_CallMethod(self, "_init", "(O)", host_queue_of(self)->max_size);
    Py_XDECREF(done);
    return done ? 0 : -1;
}
