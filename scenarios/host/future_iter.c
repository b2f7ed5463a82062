/* What await on a future iterates: it yields the future while that is pending, then returns its
 * result. */
#include "future.h"

struct future_iter {
    PyObject_HEAD
    PyObject *future; /* NULL once it is over */
};

static struct future_iter *iter_of(PyObject *self)
{
    return (struct future_iter *)(void *)self;
}

PyObject *host_future_await(PyObject *self)
{
    const struct sim_future *future = host_future_of(self);
    if (!future->loop) {
        PyErr_SetString(PyExc_RuntimeError, "Future object is not initialized.");
        return NULL;
    }
    struct host *host = host_of_loop(future->loop);
    struct future_iter *iter = host_pool_take(&host->future_iters, host->future_iter_type);
    if (!iter)
        return NULL;
    iter->future = Py_NewRef(self);
    PyObject_GC_Track(iter);
    return (PyObject *)iter;
}

static PySendResult iter_send(PyObject *object, PyObject *Py_UNUSED(value), PyObject **result)
{
    struct future_iter *self = iter_of(object);
    PyObject *future = self->future;
    *result = NULL;
    if (!future)
        return PYGEN_ERROR; /* with no exception: StopIteration */
    if (!sim_future_done(host_future_of(future))) {
        struct host_face *face = (struct host_face *)(void *)future;
        if (face->blocking) { /* no task took the mark off: another await, or not a task */
            PyErr_SetString(PyExc_RuntimeError, "await wasn't used with future");
            return PYGEN_ERROR;
        }
        face->blocking = true;
        *result = Py_NewRef(future);
        return PYGEN_NEXT;
    }
    self->future = NULL;
    *result = host_future_result(future);
    Py_DECREF(future);
    return *result ? PYGEN_RETURN : PYGEN_ERROR;
}

static PyObject *iter_next(PyObject *self)
{
    PyObject *result;
    if (iter_send(self, Py_None, &result) == PYGEN_RETURN) {
        if (result != Py_None)
            _PyGen_SetStopIterationValue(result);
        Py_CLEAR(result);
    }
    return result;
}

static PyObject *iter_send_method(PyObject *self, PyObject *value)
{
    PyObject *result = NULL;
    PySendResult how = iter_send(self, value, &result);
    if (how == PYGEN_RETURN) {
        _PyGen_SetStopIterationValue(result);
        Py_CLEAR(result);
    } else if (how == PYGEN_ERROR && !PyErr_Occurred()) {
        PyErr_SetNone(PyExc_StopIteration);
    }
    return result;
}

/* What is wrong with the arguments of throw(); NULL: nothing. */
static const char *complaint_about(PyObject *thrown, PyObject *value, PyObject *traceback)
{
    if (traceback && !PyTraceBack_Check(traceback))
        return "throw() third argument must be a traceback";
    if (PyExceptionInstance_Check(thrown) && value)
        return "instance exception may not have a separate value";
    if (!PyExceptionInstance_Check(thrown) && !PyExceptionClass_Check(thrown))
        return "exceptions must be classes deriving BaseException or instances of such a class";
    return NULL;
}

bool host_throw(PyObject *const *args, Py_ssize_t count)
{
    if (count < 1 || count > 3) {
        PyErr_Format(PyExc_TypeError, "throw expected at %s %d argument%s, got %zd",
                     count < 1 ? "least" : "most", count < 1 ? 1 : 3, count < 1 ? "" : "s", count);
        return false;
    }
    PyObject *value = count > 1 && args[1] != Py_None ? args[1] : NULL;
    PyObject *traceback = count > 2 && args[2] != Py_None ? args[2] : NULL;
    const char *complaint = complaint_about(args[0], value, traceback);
    if (complaint) {
        PyErr_SetString(PyExc_TypeError, complaint);
        return false;
    }
    /* As a generator does: what is being handled does not become its context. */
    PyObject *type = args[0];
    Py_XINCREF(traceback);
    if (PyExceptionInstance_Check(type)) {
        value = type;
        type = (PyObject *)Py_TYPE(value);
        traceback = traceback ? traceback : PyException_GetTraceback(value);
    }
    PyErr_Restore(Py_NewRef(type), Py_XNewRef(value), traceback);
    return true;
}

/* throw(type_or_exception, value=None, traceback=None) */
static PyObject *iter_throw(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    if (host_throw(args, count))
        Py_CLEAR(iter_of(self)->future);
    return NULL;
}

static PyObject *iter_close(PyObject *self, PyObject *Py_UNUSED(unused))
{
    Py_CLEAR(iter_of(self)->future);
    Py_RETURN_NONE;
}

static int iter_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(iter_of(self)->future);
    return 0;
}

static int iter_clear(PyObject *self)
{
    Py_CLEAR(iter_of(self)->future);
    return 0;
}

static void iter_dealloc(PyObject *self)
{
    struct host *host = host_of(self);
    PyObject_GC_UnTrack(self);
    iter_clear(self);
    host_pool_give(&host->future_iters, self);
}

static PyMethodDef iter_methods[] = {
    {"send", iter_send_method, METH_O, NULL},
    {"throw", HOST_METHOD(iter_throw), METH_FASTCALL, NULL},
    {"close", iter_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot iter_slots[] = {
    HOST_SLOT(Py_tp_dealloc, iter_dealloc), HOST_SLOT(Py_tp_traverse, iter_traverse),
    HOST_SLOT(Py_tp_clear, iter_clear),     HOST_SLOT(Py_tp_iter, PyObject_SelfIter),
    HOST_SLOT(Py_tp_iternext, iter_next),   HOST_SLOT(Py_am_send, iter_send),
    {Py_tp_methods, iter_methods},          {0, NULL},
};

static PyType_Spec iter_spec = {
    .name = "_asyncio.FutureIter",
    .basicsize = sizeof(struct future_iter),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = iter_slots,
};

int host_future_iter_setup(struct host *host)
{
    host->future_iter_type = host_type_new(host, &iter_spec, NULL, false);
    return host->future_iter_type ? 0 : -1;
}
