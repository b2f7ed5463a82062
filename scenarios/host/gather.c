/* asyncio.gather. */
#include "future.h"
#include "loop.h"
#include "places.h"
#include "task.h"

static struct host_gather *gather_of(void *self)
{
    return self;
}

/* --- the arguments ---------------------------------------------------------------------------- */

static PyObject *empty_gather(struct host *host)
{
    struct host_loop *loop = host_current_loop(host);
    PyObject *outer = loop ? host_future_new(loop) : NULL;
    PyObject *results = outer ? PyList_New(0) : NULL;
    if (results)
        sim_future_set_result(host_future_of(outer), results);
    else
        Py_CLEAR(outer);
    Py_XDECREF(results);
    Py_XDECREF(loop);
    return outer;
}

/* The future of an argument, and whether an equal one came before: a new reference. */
static PyObject *future_of(struct host *host, PyObject *known, PyObject *arg,
                           struct host_loop *loop, bool *again)
{
    PyObject *future = Py_XNewRef(PyDict_GetItemWithError(known, arg));
    *again = future != NULL;
    if (future || PyErr_Occurred())
        return future;
    future = host_ensure_future(host, arg, loop);
    if (future && future != arg)
        ((struct host_face *)(void *)future)->quiet = true;
    if (future && PyDict_SetItem(known, arg, future) < 0)
        Py_CLEAR(future);
    return future;
}

/* A gather on the loop of its first child, with room for `count` children. */
static struct host_gather *open_gather(struct host *host, PyObject *child, Py_ssize_t count,
                                       bool return_exceptions)
{
    struct sim_loop *loop = host_future_of(child)->loop;
    struct host_gather *self = gather_of(host->gather_type->tp_alloc(host->gather_type, 0));
    if (!self)
        return NULL;
    if (sim_gather_open(loop, &self->gather, (uint32_t)count, return_exceptions) < 0) {
        Py_DECREF(self);
        PyErr_NoMemory();
        return NULL;
    }
    host_face_init((PyObject *)self, host_loop_of(loop));
    return self;
}

PyObject *host_gather(struct host *host, PyObject *const *args, Py_ssize_t count,
                      bool return_exceptions)
{
    struct host_gather *self = NULL;
    PyObject *known = PyDict_New();
    bool ok = known != NULL;
    for (Py_ssize_t i = 0; ok && i < count; i++) {
        bool again;
        struct host_loop *loop = self ? host_loop_of(self->gather.outer.loop) : NULL;
        PyObject *future = future_of(host, known, args[i], loop, &again);
        if (future && !self)
            self = open_gather(host, future, count, return_exceptions);
        ok = future && self && (again || host_tell_future(host, future));
        if (ok)
            sim_gather_add(&self->gather, host_future_of(future), again);
        Py_XDECREF(future);
    }
    Py_XDECREF(known);
    if (ok) {
        static const struct host_place place =
            HOST_PLACE("tasks", "_GatheringFuture.__init__", "super().__init__(loop=loop)");
        host_made_at((PyObject *)self, &place);
        sim_gather_close(&self->gather);
    } else if (self) {
        sim_gather_abandon(&self->gather);
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

/* The traceback of the exception that is set holds the arguments. */
static void hold_arguments(struct host *host, PyObject *const *args, Py_ssize_t count)
{
    static const struct host_place place =
        HOST_PLACE("tasks", "gather", "fut = _ensure_future(arg, loop=loop)");
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *all = PyTuple_New(count);
    for (Py_ssize_t i = 0; all && i < count; i++)
        PyTuple_SET_ITEM(all, i, Py_NewRef(args[i]));
    PyErr_Restore(type, value, traceback);
    host_place_raise(host, &place, NULL, all);
    Py_XDECREF(all);
}

static PyObject *asyncio_gather(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords)
{
    static const struct host_signature signature = {"gather", {"return_exceptions"}, 0, 0};
    struct host *host = PyModule_GetState(module);
    PyObject *option[4];
    if (!host_args(&signature, args + count, 0, keywords, option))
        return NULL;
    int return_exceptions = option[0] ? PyObject_IsTrue(option[0]) : 0;
    if (return_exceptions < 0)
        return NULL;
    if (count == 0)
        return empty_gather(host);
    PyObject *gather = host_gather(host, args, count, return_exceptions);
    if (!gather)
        hold_arguments(host, args, count);
    return gather;
}

/* --- the type --------------------------------------------------------------------------------- */

static int gather_traverse(PyObject *object, visitproc visit, void *arg)
{
    const struct sim_gather *gather = &gather_of(object)->gather;
    for (uint32_t i = 0; gather->children && i < gather->child_count; i++)
        Py_VISIT(host_object_of(gather->children[i]));
    return host_face_traverse(object, visit, arg);
}

static int gather_clear(PyObject *object)
{
    struct host_gather *self = gather_of(object);
    if (self->gather.outer.loop)
        sim_gather_fini(&self->gather);
    host_face_clear(object);
    return 0;
}

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, host_face_dealloc),
    HOST_SLOT(Py_tp_traverse, gather_traverse),
    HOST_SLOT(Py_tp_clear, gather_clear),
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.tasks._GatheringFuture",
    .basicsize = sizeof(struct host_gather),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

static PyMethodDef functions[] = {
    {"gather", HOST_METHOD(asyncio_gather), HOST_KEYWORDS,
     HOST_DOC("gather($module, /, *coros_or_futures, return_exceptions=False)", "")},
    {NULL, NULL, 0, NULL},
};

int host_gather_setup(struct host *host)
{
    host->gather_type = host_type_new(host, &spec, host->future_type, false);
    if (!host->gather_type)
        return -1;
    return PyModule_AddFunctions(host->module, functions);
}
