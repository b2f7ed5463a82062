/* asyncio.gather. */
#include "state.h"

static struct host_gather *gather_of(void *self)
{
    return self;
}

/* --- the arguments ---------------------------------------------------------------------------- */

/* The futures of the arguments, in their order, as a list; equal arguments share one. */
static PyObject *futures_of(struct host *host, PyObject *const *args, Py_ssize_t count)
{
    PyObject *known = PyDict_New(), *list = PyList_New(count);
    struct host_loop *loop = NULL;
    for (Py_ssize_t i = 0; known && list && i < count; i++) {
        PyObject *future = Py_XNewRef(PyDict_GetItemWithError(known, args[i]));
        if (!future && !PyErr_Occurred()) {
            future = host_ensure_future(host, args[i], loop);
            if (future && !loop)
                loop = host_loop_of(host_future_of(future)->loop);
            if (future && future != args[i])
                ((struct host_face *)(void *)future)->quiet = true;
            if (future && PyDict_SetItem(known, args[i], future) < 0)
                Py_CLEAR(future);
        }
        if (future)
            PyList_SET_ITEM(list, i, future);
        else
            Py_CLEAR(list);
    }
    if (!known)
        Py_CLEAR(list);
    Py_XDECREF(known);
    return list;
}

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

/* The gather of a list of futures. */
static PyObject *gather_futures(struct host *host, PyObject *list, bool return_exceptions)
{
    Py_ssize_t count = PyList_GET_SIZE(list);
    struct sim_future **children = PyMem_New(struct sim_future *, (size_t)count);
    struct host_gather *self =
        children ? gather_of(host->gather_type->tp_alloc(host->gather_type, 0)) : NULL;
    if (!self) {
        PyMem_Free(children);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < count; i++)
        children[i] = host_future_of(PyList_GET_ITEM(list, i));
    struct sim_loop *loop = children[0]->loop;
    int error = sim_gather_init(loop, &self->gather, children, (uint32_t)count, return_exceptions);
    PyMem_Free(children);
    if (error < 0) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    host_face_init((PyObject *)self, host_loop_of(loop));
    sim_gather_start(&self->gather);
    return (PyObject *)self;
}

PyObject *host_gather(struct host *host, PyObject *const *args, Py_ssize_t count,
                      bool return_exceptions)
{
    PyObject *list = futures_of(host, args, count);
    PyObject *outer = list ? gather_futures(host, list, return_exceptions) : NULL;
    Py_XDECREF(list);
    return outer;
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
    return count > 0 ? host_gather(host, args, count, return_exceptions) : empty_gather(host);
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
    {"gather", HOST_METHOD(asyncio_gather), HOST_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};

int host_gather_setup(struct host *host)
{
    host->gather_type = host_type_new(host, &spec, host->future_type, false);
    if (!host->gather_type)
        return -1;
    return PyModule_AddFunctions(host->module, functions);
}
