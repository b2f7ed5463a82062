/* asyncio.as_completed: an iterator of coroutines. */
#include "future.h"
#include "loop.h"
#include "operation.h"
#include "places.h"
#include "sync.h"
#include "wait.h"

#include "sim/wait.h"

/* What CPython's generator function shares with its inner functions: it lives as long as one of
 * the iterator, its coroutines, the callbacks of what is not done, and the timer. */
struct completed {
    PyObject_HEAD
    struct sim_as_completed all;
    bool begun;
};

struct iterator {
    PyObject_HEAD
    PyObject *fs, *timeout, *last; /* the generator's variables, until it is over */
    PyObject *completed;           /* NULL before it began, and when it is over */
    uint32_t given;
    bool over;
};

static struct completed *completed_of(void *self)
{
    return self;
}

static struct iterator *iterator_of(void *self)
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

/* Waits for a list of futures, which is not empty: a new reference. */
static PyObject *start(struct host *host, struct host_loop *loop, PyObject *list, PyObject *timeout)
{
    PyTypeObject *type = host->completed_type;
    int64_t timeout_ns;
    struct sim_future **futures = host_futures_array(list);
    PyObject *self = futures ? type->tp_alloc(type, 0) : NULL;
    if (self && !host_timeout(loop->loop.world, timeout, &timeout_ns))
        Py_CLEAR(self);
    if (self && sim_as_completed_init(&completed_of(self)->all, &loop->loop, futures,
                                      (uint32_t)PyList_GET_SIZE(list), timeout_ns, self) < 0) {
        PyErr_NoMemory();
        Py_CLEAR(self);
    }
    if (self) {
        Py_INCREF(loop);
        completed_of(self)->begun = true;
    }
    PyMem_Free(futures);
    return self;
}

static int begin(struct iterator *self)
{
    static const struct host_place place = HOST_PLACE(
        "tasks", "as_completed", "todo = {ensure_future(f, loop=loop) for f in set(fs)}");
    struct host *host = host_of((PyObject *)self);
    struct host_loop *loop = NULL;
    if (host_check_many(host, self->fs, "an iterable"))
        loop = host_current_loop(host);
    PyObject *list = loop ? ensure_all(host, self->fs, loop) : NULL;
    Py_ssize_t count = list ? PyList_GET_SIZE(list) : 0;
    if (count > 0) {
        self->completed = start(host, loop, list, self->timeout);
        self->last = Py_NewRef(PyList_GET_ITEM(list, count - 1));
    }
    Py_XDECREF(list);
    Py_XDECREF(loop);
    if (PyErr_Occurred())
        host_place_raise(host, &place, NULL, self->fs);
    return self->completed ? 0 : -1;
}

/* --- the iterator ----------------------------------------------------------------------------- */

static int visit_next(const void *frame, visitproc visit, void *arg)
{
    const struct sim_as_completed_next *next = frame;
    int error = host_visit_waiter(&next->get.waiter, visit, arg);
    return error ? error : host_visit_future(next->future, visit, arg);
}

static PyObject *kept_by_next(struct host_operation *self)
{
    const struct sim_as_completed_next *next = host_operation_frame(self);
    return next->future ? Py_NewRef(host_object_of(next->future)) : NULL;
}

/* Drops its variables; an exception that is set stays set. */
static void end(struct iterator *self)
{
    PyObject *type, *error, *traceback;
    PyErr_Fetch(&type, &error, &traceback);
    self->over = true;
    Py_CLEAR(self->fs);
    Py_CLEAR(self->timeout);
    Py_CLEAR(self->last);
    Py_CLEAR(self->completed);
    PyErr_Restore(type, error, traceback);
}

static PyObject *iterator_next(PyObject *object)
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("_wait_for_one", "as_completed.<locals>._wait_for_one", "tasks",
                       "await done.get()"),
        .size = sizeof(struct sim_as_completed_next), .keeps = kept_by_next, .visit = visit_next};
    struct iterator *self = iterator_of(object);
    if (self->over)
        return NULL;
    bool begun = self->completed || begin(self) == 0;
    struct sim_as_completed *all = begun ? &completed_of(self->completed)->all : NULL;
    if (!all || self->given == all->count) {
        end(self);
        return NULL;
    }
    struct host_operation *next = host_operation_new(host_of(object), &ops, self->completed);
    if (!next)
        return NULL;
    self->given++;
    sim_as_completed_next_init(host_operation_frame(next), all);
    return (PyObject *)next;
}

static PyObject *iterator_send(PyObject *object, PyObject *value)
{
    const struct iterator *self = iterator_of(object);
    if (!self->completed && !self->over && value != Py_None) {
        PyErr_SetString(PyExc_TypeError, "can't send non-None value to a just-started generator");
        return NULL;
    }
    PyObject *next = iterator_next(object);
    if (!next && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return next;
}

static PyObject *iterator_throw(PyObject *object, PyObject *const *args, Py_ssize_t count)
{
    if (host_throw(args, count))
        end(iterator_of(object));
    return NULL;
}

static PyObject *iterator_close(PyObject *self, PyObject *Py_UNUSED(unused))
{
    end(iterator_of(self));
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
    struct iterator *self = iterator_of(type->tp_alloc(type, 0));
    if (!self)
        return NULL;
    self->fs = Py_NewRef(given[0]);
    self->timeout = Py_NewRef(given[1] ? given[1] : Py_None);
    return (PyObject *)self;
}

/* --- the types -------------------------------------------------------------------------------- */

static int visit_completed(const struct sim_as_completed *all, visitproc visit, void *arg)
{
    int error = 0;
    for (uint32_t i = 0; all->children && !error && i < all->count; i++)
        error = host_visit_future(all->children[i]->future, visit, arg);
    for (uint32_t i = all->taken; !error && i < all->done; i++)
        error = host_visit_future(all->completed[i], visit, arg);
    if (!error && all->timed_out)
        error = host_visit_value(all->link->owner, visit, arg);
    return error;
}

static int completed_traverse(PyObject *object, visitproc visit, void *arg)
{
    const struct completed *self = completed_of(object);
    Py_VISIT(Py_TYPE(object));
    if (!self->begun)
        return 0;
    Py_VISIT((PyObject *)host_loop_of(self->all.loop));
    if (self->all.queue.sync.loop) /* that of those who waited */
        Py_VISIT((PyObject *)host_loop_of(self->all.queue.sync.loop));
    int error = host_sync_visit_line(&self->all.queue.getters, visit, arg);
    return error ? error : visit_completed(&self->all, visit, arg);
}

static int completed_clear(PyObject *object)
{
    struct completed *self = completed_of(object);
    if (self->begun)
        sim_as_completed_fini(&self->all);
    host_sync_drop(&self->all.queue.sync);
    return 0;
}

static void completed_dealloc(PyObject *object)
{
    const struct completed *self = completed_of(object);
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    completed_clear(object);
    if (self->begun)
        Py_DECREF(host_loop_of(self->all.loop));
    type->tp_free(object);
    Py_DECREF(type);
}

static PyType_Slot completed_slots[] = {
    HOST_SLOT(Py_tp_dealloc, completed_dealloc),
    HOST_SLOT(Py_tp_traverse, completed_traverse),
    HOST_SLOT(Py_tp_clear, completed_clear),
    {0, NULL},
};

static PyType_Spec completed_spec = {
    .name = "_asyncio.Completed",
    .basicsize = sizeof(struct completed),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = completed_slots,
};

static int iterator_traverse(PyObject *object, visitproc visit, void *arg)
{
    const struct iterator *self = iterator_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->fs);
    Py_VISIT(self->timeout);
    Py_VISIT(self->last);
    Py_VISIT(self->completed);
    return 0;
}

static int iterator_clear(PyObject *object)
{
    end(iterator_of(object));
    return 0;
}

static void iterator_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    iterator_clear(object);
    type->tp_free(object);
    Py_DECREF(type);
}

static PyObject *iterator_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<generator object as_completed at %p>", self);
}

static PyMethodDef methods[] = {
    {"send", iterator_send, METH_O, NULL},
    {"throw", HOST_METHOD(iterator_throw), METH_FASTCALL, NULL},
    {"close", iterator_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot iterator_slots[] = {
    HOST_SLOT(Py_tp_dealloc, iterator_dealloc),
    HOST_SLOT(Py_tp_traverse, iterator_traverse),
    HOST_SLOT(Py_tp_clear, iterator_clear),
    HOST_SLOT(Py_tp_repr, iterator_repr),
    HOST_SLOT(Py_tp_iter, PyObject_SelfIter),
    HOST_SLOT(Py_tp_iternext, iterator_next),
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec iterator_spec = {
    .name = "builtins.generator",
    .basicsize = sizeof(struct iterator),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = iterator_slots,
};

static PyMethodDef functions[] = {
    {"as_completed", HOST_METHOD(asyncio_as_completed), HOST_KEYWORDS,
     HOST_DOC("as_completed($module, /, fs, *, timeout=None)", "")},
    {NULL, NULL, 0, NULL},
};

int host_as_completed_setup(struct host *host)
{
    host->completed_type = host_type_new(host, &completed_spec, NULL, false);
    if (host->completed_type)
        host->as_completed_type = host_type_new(host, &iterator_spec, NULL, false);
    return host->as_completed_type ? PyModule_AddFunctions(host->module, functions) : -1;
}
