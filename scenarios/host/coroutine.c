/* Coroutines that are written in C, and look to a script like those of "async def". */
#include "places.h"
#include "task.h"

#include <structmember.h>

static struct host_coro *coro_of(PyObject *self)
{
    return (struct host_coro *)(void *)self;
}

/* Where it is in CPython's asyncio. */
static const struct host_place *where(const struct host_coro *coro, bool raises)
{
    return coro->ops->where ? coro->ops->where(coro, raises) : &coro->ops->place;
}

/* --- resuming --------------------------------------------------------------------------------- */

/* The iterator that awaiting an object gives: a new reference. */
static PyObject *awaited_iter(PyObject *object)
{
    const PyAsyncMethods *async = Py_TYPE(object)->tp_as_async;
    if (PyCoro_CheckExact(object))
        return Py_NewRef(object);
    if (async && async->am_await)
        return async->am_await(object);
    PyErr_Format(PyExc_TypeError, "object %.100s can't be used in 'await' expression",
                 Py_TYPE(object)->tp_name);
    return NULL;
}

/* Goes on after what was awaited answered `how`. */
static PySendResult awaited_answer(struct host_coro *coro, PySendResult how, PyObject **result)
{
    if (how == PYGEN_NEXT)
        return how;
    PyObject *value = how == PYGEN_RETURN ? *result : NULL;
    Py_CLEAR(coro->awaiting);
    *result = NULL;
    how = coro->ops->step(coro, value, result);
    Py_XDECREF(value);
    return how;
}

PySendResult host_coro_await(struct host_coro *coro, PyObject *awaitable, uint8_t place,
                             PyObject **result)
{
    coro->place = place;
    coro->awaiting = awaited_iter(awaitable);
    if (!coro->awaiting)
        return PYGEN_ERROR;
    return awaited_answer(coro, PyIter_Send(coro->awaiting, Py_None, result), result);
}

/* Throws the exception that is set into what is awaited. */
static PySendResult throw_into_awaited(struct host_coro *coro, PyObject **result)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    *result = PyObject_CallMethod(coro->awaiting, "throw", "O", value);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    if (*result)
        return PYGEN_NEXT;
    return _PyGen_FetchStopIterationValue(result) == 0 ? PYGEN_RETURN : PYGEN_ERROR;
}

/* What is over has none. */
static void drop_variables(struct host_coro *coro)
{
    Py_CLEAR(coro->self);
    Py_CLEAR(coro->local);
}

/* The exception that is set stays set. */
static void fail(struct host_coro *coro)
{
    PyObject *type, *value, *traceback;
    host_place_raise(host_of((PyObject *)coro), where(coro, true), coro->self, coro->local);
    PyErr_Fetch(&type, &value, &traceback);
    drop_variables(coro);
    PyErr_Restore(type, value, traceback);
}

static PySendResult run(struct host_coro *coro, PyObject *value, PyObject **result)
{
    PySendResult how;
    coro->running = true;
    coro->state = HOST_CORO_SUSPENDED;
    if (!coro->awaiting)
        how = coro->ops->step(coro, value, result);
    else if (value)
        how = awaited_answer(coro, PyIter_Send(coro->awaiting, value, result), result);
    else
        how = awaited_answer(coro, throw_into_awaited(coro, result), result);
    coro->running = false;
    if (how == PYGEN_NEXT)
        return how;
    coro->state = HOST_CORO_DONE;
    if (how == PYGEN_ERROR)
        fail(coro);
    else
        drop_variables(coro);
    return how;
}

static bool may_resume(const struct host_coro *coro)
{
    if (coro->running)
        PyErr_SetString(PyExc_ValueError, "coroutine already executing");
    else if (coro->state == HOST_CORO_DONE)
        PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited coroutine");
    else
        return true;
    return false;
}

PySendResult host_coro_send(PyObject *self, PyObject *value, PyObject **result)
{
    struct host_coro *coro = coro_of(self);
    *result = NULL;
    if (!may_resume(coro))
        return PYGEN_ERROR;
    if (coro->state == HOST_CORO_NEW && value != Py_None) {
        PyErr_SetString(PyExc_TypeError, "can't send non-None value to a just-started coroutine");
        return PYGEN_ERROR;
    }
    return run(coro, value, result);
}

/* Gives a return value by StopIteration, as the methods and tp_iternext have to. */
static PyObject *answer(PySendResult how, PyObject *result, bool explicitly)
{
    if (how != PYGEN_RETURN)
        return result;
    if (explicitly && result == Py_None)
        PyErr_SetNone(PyExc_StopIteration);
    else if (PyTuple_Check(result) || PyExceptionInstance_Check(result))
        _PyGen_SetStopIterationValue(result);
    else if (result != Py_None) /* the same for what needs no wrapping, in less time */
        PyErr_Restore(Py_NewRef(PyExc_StopIteration), Py_NewRef(result), NULL);
    Py_DECREF(result);
    return NULL;
}

PyObject *host_coro_next(PyObject *self)
{
    PyObject *result;
    PySendResult how = host_coro_send(self, Py_None, &result);
    return answer(how, result, false);
}

PyObject *host_coro_self(PyObject *self)
{
    if (coro_of(self)->state != HOST_CORO_SUSPENDED)
        return Py_NewRef(self);
    PyErr_SetString(PyExc_RuntimeError, "coroutine is being awaited already");
    return NULL;
}

/* --- methods ---------------------------------------------------------------------------------- */

static PyObject *coro_send(PyObject *self, PyObject *value)
{
    PyObject *result;
    PySendResult how = host_coro_send(self, value, &result);
    return answer(how, result, true);
}

static bool set_thrown(PyObject *const *args, Py_ssize_t count)
{
    if (count < 1)
        PyErr_SetString(PyExc_TypeError, "throw expected at least 1 argument, got 0");
    else if (PyExceptionInstance_Check(args[0]))
        PyErr_SetObject((PyObject *)Py_TYPE(args[0]), args[0]);
    else if (PyExceptionClass_Check(args[0]))
        PyErr_SetObject(args[0], count > 1 && args[1] != Py_None ? args[1] : NULL);
    else
        PyErr_Format(PyExc_TypeError,
                     "exceptions must be classes or instances deriving from BaseException, not %s",
                     Py_TYPE(args[0])->tp_name);
    return count >= 1 && (PyExceptionInstance_Check(args[0]) || PyExceptionClass_Check(args[0]));
}

static PyObject *coro_throw(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    struct host_coro *coro = coro_of(self);
    PyObject *result = NULL;
    if (!may_resume(coro) || !set_thrown(args, count))
        return NULL;
    if (coro->state == HOST_CORO_NEW) {
        coro->state = HOST_CORO_DONE;
        return NULL;
    }
    PySendResult how = run(coro, NULL, &result);
    return answer(how, result, true);
}

PyObject *host_coro_close(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct host_coro *coro = coro_of(self);
    PyObject *result = NULL;
    bool suspended = coro->state == HOST_CORO_SUSPENDED;
    if (coro->state != HOST_CORO_DONE && !may_resume(coro))
        return NULL;
    if (!suspended) {
        coro->state = HOST_CORO_DONE;
        Py_RETURN_NONE;
    }
    PyErr_SetNone(PyExc_GeneratorExit);
    PySendResult how = run(coro, NULL, &result);
    Py_XDECREF(result);
    if (how == PYGEN_NEXT) {
        PyErr_SetString(PyExc_RuntimeError, "coroutine ignored GeneratorExit");
        return NULL;
    }
    if (how == PYGEN_ERROR && !PyErr_ExceptionMatches(PyExc_GeneratorExit) &&
        !PyErr_ExceptionMatches(PyExc_StopIteration))
        return NULL;
    PyErr_Clear();
    Py_RETURN_NONE;
}

PyMethodDef host_coro_methods[] = {
    {"send", coro_send, METH_O, NULL},
    {"throw", HOST_METHOD(coro_throw), METH_FASTCALL, NULL},
    {"close", host_coro_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* --- attributes ------------------------------------------------------------------------------- */

/* inspect and isinstance see a coroutine. */
static PyObject *get_class(PyObject *Py_UNUSED(self), void *Py_UNUSED(closure))
{
    return Py_NewRef((PyObject *)&PyCoro_Type);
}

static PyObject *get_name(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(coro_of(self)->ops->name);
}

static PyObject *get_qualname(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(coro_of(self)->ops->qualname);
}

static PyObject *get_running(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(coro_of(self)->running);
}

static PyObject *get_suspended(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(coro_of(self)->state == HOST_CORO_SUSPENDED);
}

static PyObject *get_code(PyObject *self, void *Py_UNUSED(closure))
{
    int line;
    PyObject *code = host_place_code(host_of(self), &coro_of(self)->ops->place, &line);
    return Py_NewRef(code ? code : Py_None);
}

static PyObject *get_frame(PyObject *self, void *Py_UNUSED(closure))
{
    const struct host_coro *coro = coro_of(self);
    PyObject *frame = NULL;
    if (coro->state != HOST_CORO_DONE)
        frame =
            host_place_frame(host_of(self), where(coro, false), coro->state == HOST_CORO_SUSPENDED);
    return frame ? frame : Py_NewRef(Py_None);
}

static PyObject *get_none(PyObject *Py_UNUSED(self), void *Py_UNUSED(closure))
{
    Py_RETURN_NONE;
}

static PyObject *get_await(PyObject *self, void *Py_UNUSED(closure))
{
    const struct host_coro *coro = coro_of(self);
    if (coro->awaiting || coro->state != HOST_CORO_SUSPENDED || !coro->ops->awaits)
        return Py_NewRef(coro->awaiting ? coro->awaiting : Py_None);
    return coro->ops->awaits(coro);
}

PyGetSetDef host_coro_getset[] = {
    {"__class__", get_class, NULL, NULL, NULL},
    {"__name__", get_name, NULL, NULL, NULL},
    {"__qualname__", get_qualname, NULL, NULL, NULL},
    {"cr_running", get_running, NULL, NULL, NULL},
    {"cr_suspended", get_suspended, NULL, NULL, NULL},
    {"cr_await", get_await, NULL, NULL, NULL},
    {"cr_frame", get_frame, NULL, NULL, NULL},
    {"cr_code", get_code, NULL, NULL, NULL},
    {"cr_origin", get_none, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyObject *coro_repr(PyObject *self)
{
    return PyUnicode_FromFormat("<coroutine object %s at %p>", coro_of(self)->ops->qualname, self);
}

/* --- the type --------------------------------------------------------------------------------- */

void host_coro_warn(struct host_coro *coro)
{
    PyObject *type, *value, *traceback;
    if (coro->state != HOST_CORO_NEW)
        return;
    coro->state = HOST_CORO_DONE;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *warnings = PyImport_ImportModule("warnings");
    PyObject *done =
        warnings ? PyObject_CallMethod(warnings, "_warn_unawaited_coroutine", "O", (PyObject *)coro)
                 : NULL;
    if (!done)
        PyErr_WriteUnraisable((PyObject *)coro);
    Py_XDECREF(done);
    Py_XDECREF(warnings);
    PyErr_Restore(type, value, traceback);
}

static void coro_finalize(PyObject *self)
{
    host_coro_warn(coro_of(self));
}

static int coro_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(coro_of(self)->self);
    Py_VISIT(coro_of(self)->awaiting);
    Py_VISIT(coro_of(self)->local);
    return 0;
}

static int coro_clear(PyObject *self)
{
    Py_CLEAR(coro_of(self)->self);
    Py_CLEAR(coro_of(self)->awaiting);
    Py_CLEAR(coro_of(self)->local);
    return 0;
}

static void coro_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    if (coro_of(self)->state == HOST_CORO_NEW && PyObject_CallFinalizerFromDealloc(self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    if (coro_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    coro_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

PyObject *host_coro_new(struct host *host, const struct host_coro_ops *ops, PyObject *self)
{
    struct host_coro *coro = coro_of(host->coro_type->tp_alloc(host->coro_type, 0));
    if (!coro)
        return NULL;
    coro->ops = ops;
    coro->self = Py_NewRef(self);
    return (PyObject *)coro;
}

static PyMemberDef members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct host_coro, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, coro_dealloc),
    HOST_SLOT(Py_tp_finalize, coro_finalize),
    HOST_SLOT(Py_tp_traverse, coro_traverse),
    HOST_SLOT(Py_tp_clear, coro_clear),
    HOST_SLOT(Py_tp_repr, coro_repr),
    HOST_SLOT(Py_tp_iter, PyObject_SelfIter), /* for "yield from" what __await__ gave */
    HOST_SLOT(Py_tp_iternext, host_coro_next),
    HOST_SLOT(Py_am_await, host_coro_self),
    HOST_SLOT(Py_am_send, host_coro_send),
    {Py_tp_methods, host_coro_methods},
    {Py_tp_getset, host_coro_getset},
    {Py_tp_members, members},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "builtins.coroutine",
    .basicsize = sizeof(struct host_coro),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

int host_coro_setup(struct host *host)
{
    host->coro_type = host_type_new(host, &spec, NULL, false);
    return host->coro_type ? 0 : -1;
}
