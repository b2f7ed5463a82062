/* asyncio.Queue, PriorityQueue and LifoQueue. */
#include "queue.h"

/* --- operations ------------------------------------------------------------------------------- */

static int visit_wait(const void *frame, visitproc visit, void *arg)
{
    const struct sim_queue_wait *wait = frame;
    int error = host_visit_waiter(&wait->waiter, visit, arg);
    return error ? error : host_visit_value(wait->item, visit, arg);
}

static int visit_join(const void *frame, visitproc visit, void *arg)
{
    return host_visit_waiter(&((const struct sim_queue_join *)frame)->wait.waiter, visit, arg);
}

/* Whether the scheduler alone keeps the items: no method of the script's has a say. */
static bool is_plain(const struct sim_queue *queue)
{
    return !queue->store->count && !queue->store->put_nowait && !queue->store->get_nowait;
}

static PyObject *refused(PyObject *self, enum sim_queue_answer answer, PyObject *error);

static PySendResult answered(struct host_operation *self, enum sim_queue_answer answer,
                             PyObject *value, PyObject **result)
{
    if (answer == SIM_QUEUE_RAISED)
        value = refused(self->coro.self, answer, value);
    *result = value;
    return value ? PYGEN_RETURN : PYGEN_ERROR;
}

static PySendResult get_at_once(struct host_operation *self, PyObject **result)
{
    struct sim_queue *queue = host_sim_queue_of(self->coro.self);
    sim_value item = NULL;
    enum sim_queue_answer answer =
        is_plain(queue) ? sim_queue_get_nowait(queue, &item) : SIM_QUEUE_EMPTY;
    return answer == SIM_QUEUE_EMPTY ? PYGEN_NEXT : answered(self, answer, item, result);
}

static int begin_get(struct host_operation *self)
{
    sim_queue_get_init(host_operation_frame(self), host_sim_queue_of(self->coro.self));
    return 0;
}

/* The item of a put is `local`. */
static PySendResult put_at_once(struct host_operation *self, PyObject **result)
{
    struct sim_queue *queue = host_sim_queue_of(self->coro.self);
    sim_value error = NULL;
    enum sim_queue_answer answer =
        is_plain(queue) ? sim_queue_put_nowait(queue, self->coro.local, &error) : SIM_QUEUE_FULL;
    if (answer == SIM_QUEUE_FULL)
        return PYGEN_NEXT;
    return answered(self, answer, answer == SIM_QUEUE_OK ? Py_NewRef(Py_None) : error, result);
}

static int begin_put(struct host_operation *self)
{
    sim_queue_put_init(host_operation_frame(self), host_sim_queue_of(self->coro.self),
                       self->coro.local);
    return 0;
}

static PyObject *queue_get(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("get", "Queue.get", "queues", "await getter"),
        .size = sizeof(struct sim_queue_wait),
        .at_once = get_at_once,
        .begin = begin_get,
        .visit = visit_wait,
    };
    return (PyObject *)host_operation_new(host_of_sync(self), &ops, self);
}

static PyObject *queue_put(PyObject *self, PyObject *const *args, Py_ssize_t count,
                           PyObject *keywords)
{
    static const struct host_signature signature = {"Queue.put", {"item"}, 1, 1};
    static const struct host_operation_ops ops = {
        HOST_OPERATION("put", "Queue.put", "queues", "await putter"),
        .size = sizeof(struct sim_queue_wait),
        .at_once = put_at_once,
        .begin = begin_put,
        .visit = visit_wait,
    };
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    struct host_operation *put = host_operation_new(host_of_sync(self), &ops, self);
    if (put)
        put->coro.local = Py_NewRef(given[0]);
    return (PyObject *)put;
}

static PyObject *queue_join(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("join", "Queue.join", "queues", "await self._finished.wait()"),
        .size = sizeof(struct sim_queue_join),
        .visit = visit_join,
    };
    struct host_operation *join = host_operation_new(host_of_sync(self), &ops, self);
    if (join)
        sim_queue_join_init(host_operation_frame(join), host_sim_queue_of(self));
    return (PyObject *)join;
}

/* --- without waiting -------------------------------------------------------------------------- */

static PyObject *refused(PyObject *self, enum sim_queue_answer answer, PyObject *error)
{
    struct host *host = host_of_sync(self);
    if (answer == SIM_QUEUE_FULL)
        PyErr_SetNone(host->queue_full);
    else if (answer == SIM_QUEUE_EMPTY)
        PyErr_SetNone(host->queue_empty);
    else if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    else
        PyErr_NoMemory();
    if (answer == SIM_QUEUE_RAISED)
        Py_XDECREF(error);
    return NULL;
}

static PyObject *queue_get_nowait(PyObject *self, PyObject *Py_UNUSED(unused))
{
    sim_value item = NULL;
    enum sim_queue_answer answer = sim_queue_get_nowait(host_sim_queue_of(self), &item);
    return answer == SIM_QUEUE_OK ? item : refused(self, answer, item);
}

static PyObject *queue_put_nowait(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    static const struct host_signature signature = {"Queue.put_nowait", {"item"}, 1, 1};
    PyObject *given[4];
    sim_value error = NULL;
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    enum sim_queue_answer answer = sim_queue_put_nowait(host_sim_queue_of(self), given[0], &error);
    if (answer != SIM_QUEUE_OK)
        return refused(self, answer, error);
    Py_RETURN_NONE;
}

static PyObject *queue_task_done(PyObject *self, PyObject *Py_UNUSED(unused))
{
    if (sim_queue_task_done(host_sim_queue_of(self)))
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_ValueError, "task_done() called too many times");
    return NULL;
}

static PyObject *queue_qsize(PyObject *self, PyObject *Py_UNUSED(unused))
{
    const struct sim_queue *queue = host_sim_queue_of(self);
    PyObject *items = host_queue_of(self)->items;
    /* Not through the store: that asks this method, if it is called by an override of it. */
    return PyLong_FromSsize_t(items ? PyObject_Size(items) : (Py_ssize_t)queue->count);
}

static PyObject *queue_empty(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(sim_queue_size(host_sim_queue_of(self)) == 0);
}

static PyObject *queue_full(PyObject *self, PyObject *Py_UNUSED(unused))
{
    /* Not what the queue asks: that would be this method's own override. */
    return PyBool_FromLong(host_queue_is_full(self));
}

/* --- looking ---------------------------------------------------------------------------------- */

/* " _queue=[...]", or "" */
static PyObject *format_items(PyObject *self)
{
    const struct sim_queue *queue = host_sim_queue_of(self);
    PyObject *items = host_queue_of(self)->items;
    PyObject *list = items ? PySequence_List(items) : PyList_New((Py_ssize_t)queue->count);
    for (uint32_t i = 0; list && !items && i < queue->count; i++)
        PyList_SET_ITEM(list, (Py_ssize_t)i, Py_NewRef((PyObject *)sim_queue_item(queue, i)));
    PyObject *text = !list                        ? NULL
                     : PyList_GET_SIZE(list) == 0 ? PyUnicode_FromString("")
                                                  : PyUnicode_FromFormat(" _queue=%R", list);
    Py_XDECREF(list);
    return text;
}

/* " label[count]", or "" */
static PyObject *format_count(const char *format, unsigned long long count)
{
    return count > 0 ? PyUnicode_FromFormat(format, count) : PyUnicode_FromString("");
}

static PyObject *format(PyObject *self)
{
    const struct sim_queue *queue = host_sim_queue_of(self);
    PyObject *items = format_items(self), *text = NULL;
    PyObject *getters = format_count(" _getters[%llu]", queue->getters.count);
    PyObject *putters = format_count(" _putters[%llu]", queue->putters.count);
    PyObject *tasks = format_count(" tasks=%llu", queue->unfinished);
    if (items && getters && putters && tasks)
        text = PyUnicode_FromFormat("maxsize=%R%U%U%U%U", host_queue_of(self)->max_size, items,
                                    getters, putters, tasks);
    Py_XDECREF(items);
    Py_XDECREF(getters);
    Py_XDECREF(putters);
    Py_XDECREF(tasks);
    return text;
}

static PyObject *queue_repr(PyObject *self)
{
    PyObject *name = PyType_GetName(Py_TYPE(self)), *parts = format(self), *text = NULL;
    if (name && parts)
        text = PyUnicode_FromFormat("<%U at %p %U>", name, (void *)self, parts);
    Py_XDECREF(parts);
    Py_XDECREF(name);
    return text;
}

static PyObject *queue_str(PyObject *self)
{
    PyObject *name = PyType_GetName(Py_TYPE(self)), *parts = format(self), *text = NULL;
    if (name && parts)
        text = PyUnicode_FromFormat("<%U %U>", name, parts);
    Py_XDECREF(parts);
    Py_XDECREF(name);
    return text;
}

static PyObject *get_max_size(PyObject *self, void *Py_UNUSED(closure))
{
    return Py_NewRef(host_queue_of(self)->max_size);
}

/* More than any number of items, and no number, means no limit; a part of an item counts. */
static int set_max_size(PyObject *self, PyObject *given, void *Py_UNUSED(closure))
{
    struct sim_queue *queue = host_sim_queue_of(self);
    double size = given ? PyFloat_AsDouble(given) : -1.0;
    if (size == -1.0 && PyErr_Occurred())
        return -1;
    int64_t most = size > 0 && size < 1e15 ? (int64_t)size : 0;
    most += size > (double)most && size < 1e15 && size > 0;
    queue->max_size = most;
    queue->sync.limit = most < UINT32_MAX ? (uint32_t)most : UINT32_MAX;
    Py_XSETREF(host_queue_of(self)->max_size, Py_NewRef(given ? given : Py_None));
    return 0;
}

static PyObject *get_unfinished(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromUnsignedLongLong(host_sim_queue_of(self)->unfinished);
}

static PyObject *get_getters(PyObject *self, void *Py_UNUSED(closure))
{
    return host_sync_waiters(&host_sim_queue_of(self)->getters);
}

static PyObject *get_putters(PyObject *self, void *Py_UNUSED(closure))
{
    return host_sync_waiters(&host_sim_queue_of(self)->putters);
}

/* --- the types -------------------------------------------------------------------------------- */

static PyObject *make(PyTypeObject *type, enum sim_flag_object kind)
{
    PyObject *self = type->tp_alloc(type, 0), *none = PyLong_FromLong(0);
    if (self && none) {
        struct sim_queue *queue = host_sim_queue_of(self);
        sim_queue_init(queue, &host_of_type(type)->world, kind, 0);
        queue->finished.sync.owner = self;
        host_sync_own(&queue->sync, self);
        host_queue_of(self)->max_size = none;
        return self;
    }
    Py_XDECREF(none);
    if (self)
        type->tp_free(self);
    return NULL;
}

static PyObject *queue_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                           PyObject *Py_UNUSED(keywords))
{
    return make(type, SIM_OBJECT_QUEUE);
}

static PyObject *priority_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                              PyObject *Py_UNUSED(keywords))
{
    return make(type, SIM_OBJECT_PRIORITY_QUEUE);
}

static PyObject *lifo_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                          PyObject *Py_UNUSED(keywords))
{
    return make(type, SIM_OBJECT_LIFO_QUEUE);
}

static int queue_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {"Queue.__init__", {"maxsize"}, 1, 0};
    PyObject *given[4];
    if (!host_init_args(&signature, args, keywords, given))
        return -1;
    if (given[0] && set_max_size(self, given[0], NULL) < 0)
        return -1;
    return host_queue_begin_store(self);
}

static int queue_traverse(PyObject *self, visitproc visit, void *arg)
{
    const struct sim_queue *queue = host_sim_queue_of(self);
    Py_VISIT(host_queue_of(self)->max_size);
    Py_VISIT(host_queue_of(self)->items);
    for (uint32_t i = 0; i < queue->count; i++)
        Py_VISIT((PyObject *)sim_queue_item(queue, i));
    int error = host_sync_visit(&queue->finished.sync, visit, arg);
    error = error ? error : host_sync_visit_line(&queue->getters, visit, arg);
    error = error ? error : host_sync_visit_line(&queue->putters, visit, arg);
    error = error ? error : host_sync_visit_line(&queue->finished.waiters, visit, arg);
    return error ? error : host_sync_traverse(self, visit, arg);
}

static int queue_clear(PyObject *self)
{
    sim_queue_fini(host_sim_queue_of(self));
    Py_CLEAR(host_queue_of(self)->items);
    return host_sync_clear(self);
}

static void queue_dealloc(PyObject *self)
{
    PyObject *max_size = host_queue_of(self)->max_size;
    host_sync_drop(&host_sim_queue_of(self)->finished.sync);
    host_sync_dealloc(self);
    Py_DECREF(max_size);
}

static PyMethodDef methods[] = {
    {"get", queue_get, METH_NOARGS,
     HOST_DOC("get($self)", "Remove and return an item from the queue.")},
    {"put", HOST_METHOD(queue_put), HOST_KEYWORDS,
     HOST_DOC("put($self, item)", "Put an item into the queue.")},
    {"join", queue_join, METH_NOARGS,
     HOST_DOC("join($self)", "Block until all items in the queue have been gotten and processed.")},
    {"get_nowait", queue_get_nowait, METH_NOARGS, HOST_DOC("get_nowait($self)", "")},
    {"put_nowait", HOST_METHOD(queue_put_nowait), HOST_KEYWORDS,
     HOST_DOC("put_nowait($self, item)", "")},
    {"task_done", queue_task_done, METH_NOARGS, HOST_DOC("task_done($self)", "")},
    {"qsize", queue_qsize, METH_NOARGS, HOST_DOC("qsize($self)", "Number of items in the queue.")},
    {"empty", queue_empty, METH_NOARGS, HOST_DOC("empty($self)", "")},
    {"full", queue_full, METH_NOARGS, HOST_DOC("full($self)", "")},
    {"_init", host_queue_init_items, METH_O, HOST_DOC("_init($self, maxsize)", "")},
    {"_put", host_queue_put_item, METH_O, HOST_DOC("_put($self, item)", "")},
    {"_get", host_queue_get_item, METH_NOARGS, HOST_DOC("_get($self)", "")},
    {"_format", HOST_METHOD(format), METH_NOARGS, HOST_DOC("_format($self)", "")},
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"maxsize", get_max_size, NULL, NULL, NULL},
    {"_maxsize", get_max_size, set_max_size, NULL, NULL},
    {"_unfinished_tasks", get_unfinished, NULL, NULL, NULL},
    {"_queue", host_queue_get_items, host_queue_set_items, NULL, NULL},
    {"_getters", get_getters, NULL, NULL, NULL},
    {"_putters", get_putters, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, queue_new),
    HOST_SLOT(Py_tp_init, queue_init),
    HOST_SLOT(Py_tp_dealloc, queue_dealloc),
    HOST_SLOT(Py_tp_traverse, queue_traverse),
    HOST_SLOT(Py_tp_clear, queue_clear),
    HOST_SLOT(Py_tp_repr, queue_repr),
    HOST_SLOT(Py_tp_str, queue_str),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Queue(maxsize=0)", "")},
    {0, NULL},
};

static PyType_Slot priority_slots[] = {HOST_SLOT(Py_tp_new, priority_new),
                                       {Py_tp_doc, HOST_DOC("PriorityQueue(maxsize=0)", "")},
                                       {0, NULL}};
static PyType_Slot lifo_slots[] = {
    HOST_SLOT(Py_tp_new, lifo_new), {Py_tp_doc, HOST_DOC("LifoQueue(maxsize=0)", "")}, {0, NULL}};

static PyTypeObject *make_type(struct host *host, const char *name, PyType_Slot *type_slots,
                               PyTypeObject *base)
{
    PyType_Spec spec = {
        .name = name,
        .basicsize = sizeof(struct host_queue),
        .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
        .slots = type_slots,
    };
    /* One that is derived has its base's ways with the collector. */
    if (type_slots != slots)
        spec.flags &= ~(unsigned)Py_TPFLAGS_HAVE_GC;
    return host_type_new(host, &spec, base, true);
}

int host_queue_setup(struct host *host)
{
    host->queue_type = make_type(host, "asyncio.queues.Queue", slots, host->sync_type);
    PyTypeObject *priority = host->queue_type ? make_type(host, "asyncio.queues.PriorityQueue",
                                                          priority_slots, host->queue_type)
                                              : NULL;
    PyTypeObject *lifo =
        priority ? make_type(host, "asyncio.queues.LifoQueue", lifo_slots, host->queue_type) : NULL;
    Py_XDECREF(priority); /* the module has them */
    Py_XDECREF(lifo);
    return lifo ? 0 : -1;
}
