/* asyncio.as_completed: an iterator of coroutines. */
#include "future.h"
#include "loop.h"
#include "operation.h"
#include "sync.h"
#include "wait.h"

#include "sim/wait.h"

struct as_completed {
    PyObject_HEAD
    PyObject *fs, *timeout; /* NULL once it began */
    struct sim_as_completed all;
    uint32_t given;
    bool begun, over;
};

static struct as_completed *completed_of(void *self)
{
    return self;
}

/* --- beginning, at the first next() ----------------------------------------------------------- */

/* A task or future for each: a list in the order of a set of them, as it is in CPython. */
static PyObject *ensure_all(struct host *host, PyObject *given, struct host_loop *loop)
{
    PyObject *distinct = host_distinct(given), *set = distinct ? PySet_New(NULL) : NULL;
    for (Py_ssize_t i = 0; set && i < PyList_GET_SIZE(distinct); i++) {
        PyObject *future = host_ensure_future(host, PyList_GET_ITEM(distinct, i), loop);
        if (!future || PySet_Add(set, future) < 0)
            Py_CLEAR(set);
        Py_XDECREF(future);
    }
    PyObject *list = set ? PySequence_List(set) : NULL;
    Py_XDECREF(set);
    Py_XDECREF(distinct);
    return list;
}

static int start(struct as_completed *self, struct host_loop *loop, PyObject *list)
{
    int64_t timeout_ns;
    if (PyList_GET_SIZE(list) == 0)
        return 0;
    struct sim_future **futures = host_futures_array(list);
    if (!futures)
        return -1;
    int error = -1;
    if (host_timeout(loop->loop.world, self->timeout, &timeout_ns)) {
        error = sim_as_completed_init(&self->all, &loop->loop, futures,
                                      (uint32_t)PyList_GET_SIZE(list), timeout_ns);
        if (error < 0)
            PyErr_NoMemory();
        else
            Py_INCREF(loop);
        self->begun = error == 0;
    }
    PyMem_Free(futures);
    return error;
}

static int begin(struct as_completed *self)
{
    struct host *host = host_of((PyObject *)self);
    struct host_loop *loop = NULL;
    if (host_check_many(host, self->fs, "an iterable"))
        loop = host_current_loop(host);
    PyObject *list = loop ? ensure_all(host, self->fs, loop) : NULL;
    int error = list ? start(self, loop, list) : -1;
    Py_XDECREF(list);
    Py_XDECREF(loop);
    Py_CLEAR(self->fs);
    return error;
}

/* --- the iterator ----------------------------------------------------------------------------- */

static int visit_next(const void *frame, visitproc visit, void *arg)
{
    const struct sim_as_completed_next *next = frame;
    return host_visit_waiter(&next->get.waiter, visit, arg);
}

static PyObject *completed_next(PyObject *object)
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("_wait_for_one", "as_completed.<locals>._wait_for_one", "tasks",
                       "await done.get()"),
        .size = sizeof(struct sim_as_completed_next), .visit = visit_next};
    struct as_completed *self = completed_of(object);
    if (self->over)
        return NULL;
    if ((self->fs && begin(self) < 0) || !self->begun || self->given == self->all.count) {
        self->over = true;
        return NULL;
    }
    struct host_operation *next = host_operation_new(host_of(object), &ops, object);
    if (!next)
        return NULL;
    self->given++;
    sim_as_completed_next_init(host_operation_frame(next), &self->all);
    return (PyObject *)next;
}

static PyObject *completed_send(PyObject *object, PyObject *value)
{
    if (completed_of(object)->fs && value != Py_None) {
        PyErr_SetString(PyExc_TypeError, "can't send non-None value to a just-started generator");
        return NULL;
    }
    PyObject *next = completed_next(object);
    if (!next && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return next;
}

static PyObject *completed_throw(PyObject *object, PyObject *const *args, Py_ssize_t count)
{
    if (host_throw(args, count))
        completed_of(object)->over = true;
    return NULL;
}

static PyObject *completed_close(PyObject *self, PyObject *Py_UNUSED(unused))
{
    completed_of(self)->over = true;
    Py_RETURN_NONE;
}

static PyObject *asyncio_as_completed(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                      PyObject *keywords)
{
    static const struct host_signature signature = {"as_completed", {"fs", "timeout"}, 1, 1};
    const struct host *host = PyModule_GetState(module);
    PyTypeObject *type = host->as_completed_type;
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    struct as_completed *self = completed_of(type->tp_alloc(type, 0));
    if (!self)
        return NULL;
    self->fs = Py_NewRef(given[0]);
    self->timeout = Py_NewRef(given[1] ? given[1] : Py_None);
    return (PyObject *)self;
}

/* --- the type --------------------------------------------------------------------------------- */

static int completed_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct as_completed *self = completed_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->fs);
    Py_VISIT(self->timeout);
    if (self->begun)
        Py_VISIT((PyObject *)host_loop_of(self->all.loop));
    if (self->all.queue.sync.loop) /* that of those who waited */
        Py_VISIT((PyObject *)host_loop_of(self->all.queue.sync.loop));
    int error = host_sync_visit_line(&self->all.queue.getters, visit, arg);
    return error ? error : host_visit_futures(self->all.futures, self->all.count, visit, arg);
}

static int completed_clear(PyObject *object)
{
    struct as_completed *self = completed_of(object);
    if (self->begun)
        sim_as_completed_fini(&self->all);
    host_sync_drop(&self->all.queue.sync);
    Py_CLEAR(self->fs);
    Py_CLEAR(self->timeout);
    return 0;
}

static void completed_dealloc(PyObject *object)
{
    struct as_completed *self = completed_of(object);
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    completed_clear(object);
    if (self->begun)
        Py_DECREF(host_loop_of(self->all.loop));
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *completed_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<generator object as_completed at %p>", self);
}

static PyMethodDef methods[] = {
    {"send", completed_send, METH_O, NULL},
    {"throw", HOST_METHOD(completed_throw), METH_FASTCALL, NULL},
    {"close", completed_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, completed_dealloc),
    HOST_SLOT(Py_tp_traverse, completed_traverse),
    HOST_SLOT(Py_tp_clear, completed_clear),
    HOST_SLOT(Py_tp_repr, completed_repr),
    HOST_SLOT(Py_tp_iter, PyObject_SelfIter),
    HOST_SLOT(Py_tp_iternext, completed_next),
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "builtins.generator",
    .basicsize = sizeof(struct as_completed),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

static PyMethodDef functions[] = {
    {"as_completed", HOST_METHOD(asyncio_as_completed), HOST_KEYWORDS,
     HOST_DOC("as_completed($module, /, fs, *, timeout=None)", "")},
    {NULL, NULL, 0, NULL},
};

int host_as_completed_setup(struct host *host)
{
    host->as_completed_type = host_type_new(host, &spec, NULL, false);
    if (!host->as_completed_type)
        return -1;
    return PyModule_AddFunctions(host->module, functions);
}
