/* What the faces of locks and the like share; see sync.h. */
#include "sync.h"
#include "task.h"

static struct host_sync *face_of(PyObject *self)
{
    return (struct host_sync *)(void *)self;
}

/* --- life ------------------------------------------------------------------------------------- */

bool host_sync_no_args(const char *function, PyObject *args, PyObject *keywords)
{
    struct host_signature signature = {.function = function};
    PyObject *given[4];
    return host_init_args(&signature, args, keywords, given);
}

int host_sync_visit(const struct sim_sync *sync, visitproc visit, void *arg)
{
    if (sync->loop)
        Py_VISIT((PyObject *)host_loop_of(sync->loop));
    return 0;
}

void host_sync_drop(struct sim_sync *sync)
{
    struct sim_loop *loop = sync->loop;
    sync->loop = NULL;
    if (loop)
        Py_DECREF((PyObject *)host_loop_of(loop));
}

int host_sync_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(face_of(self)->dict);
    return host_sync_visit(host_sim_of(self), visit, arg);
}

int host_sync_visit_line(const struct sim_waiters *line, visitproc visit, void *arg)
{
    int error = 0;
    for (const struct sim_waiter *waiter = line->first; waiter && !error; waiter = waiter->next)
        error = host_visit_waiter(waiter, visit, arg);
    return error;
}

_Static_assert(offsetof(struct sim_lock, waiters) == sizeof(struct sim_sync) &&
                   offsetof(struct sim_event_object, waiters) == sizeof(struct sim_sync) &&
                   offsetof(struct sim_semaphore, waiters) == sizeof(struct sim_sync) &&
                   offsetof(struct sim_condition, waiters) == sizeof(struct sim_sync),
               "what has one line has it right behind its struct sim_sync");

int host_sync_traverse_waiters(PyObject *self, visitproc visit, void *arg)
{
    const struct sim_lock *any = host_sim_of(self);
    int error = host_sync_visit_line(&any->waiters, visit, arg);
    return error ? error : host_sync_traverse(self, visit, arg);
}

int host_sync_clear(PyObject *self)
{
    Py_CLEAR(face_of(self)->dict);
    return 0;
}

void host_sync_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (face_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    type->tp_clear(self);
    host_sync_drop(host_sim_of(self));
    type->tp_free(self);
    Py_DECREF(type);
}

/* --- looking ---------------------------------------------------------------------------------- */

PyObject *host_sync_repr(PyObject *self, PyObject *extra, uint32_t waiters)
{
    PyObject *plain = extra ? PyBaseObject_Type.tp_repr(self) : NULL, *text = NULL;
    PyObject *inner = plain ? PyUnicode_Substring(plain, 1, PyUnicode_GET_LENGTH(plain) - 1) : NULL;
    if (inner && waiters > 0)
        text = PyUnicode_FromFormat("<%U [%U, waiters:%u]>", inner, extra, waiters);
    else if (inner)
        text = PyUnicode_FromFormat("<%U [%U]>", inner, extra);
    Py_XDECREF(inner);
    Py_XDECREF(plain);
    Py_XDECREF(extra);
    return text;
}

PyObject *host_sync_waiters(const struct sim_waiters *line)
{
    PyObject *list = PyList_New(0), *deque = NULL;
    bool ok = list != NULL;
    for (const struct sim_waiter *waiter = line->first; ok && waiter; waiter = waiter->next)
        ok = PyList_Append(list, host_object_of(waiter->future)) == 0;
    PyObject *module = ok ? PyImport_ImportModule("collections") : NULL;
    if (module)
        deque = PyObject_CallMethod(module, "deque", "O", list);
    Py_XDECREF(module);
    Py_XDECREF(list);
    return deque;
}

/* --- async with ------------------------------------------------------------------------------- */

bool host_sync_is_plain(PyObject *self, PyTypeObject *base, PyObject *name)
{
    PyTypeObject *type = Py_TYPE(self);
    return type == base || _PyType_Lookup(type, name) == _PyType_Lookup(base, name);
}

bool host_sync_has_own(PyObject *self, PyTypeObject *base, const char *name)
{
    if (Py_TYPE(self) == base)
        return false;
    PyObject *text = PyUnicode_InternFromString(name);
    bool own = text && !host_sync_is_plain(self, base, text);
    if (!text)
        PyErr_Clear();
    Py_XDECREF(text);
    return own;
}

static PySendResult enter_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    if (!value)
        return PYGEN_ERROR;
    if (coro->place == 1) {
        *result = Py_NewRef(Py_None);
        return PYGEN_RETURN;
    }
    PyObject *acquired = PyObject_CallMethod(coro->self, "acquire", NULL);
    if (!acquired)
        return PYGEN_ERROR;
    PySendResult how = host_coro_await(coro, acquired, 1, result);
    Py_DECREF(acquired);
    return how;
}

PyObject *host_sync_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_coro_ops ops = {
        .name = "__aenter__",
        .qualname = "_ContextManagerMixin.__aenter__",
        .step = enter_step,
        .place = HOST_PLACE("locks", "_ContextManagerMixin.__aenter__", "await self.acquire()")};
    return host_coro_new(host_of_type(Py_TYPE(self)), &ops, self);
}

static PySendResult exit_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    PyObject *released = value ? PyObject_CallMethod(coro->self, "release", NULL) : NULL;
    if (!released)
        return PYGEN_ERROR;
    Py_DECREF(released);
    *result = Py_NewRef(Py_None);
    return PYGEN_RETURN;
}

PyObject *host_sync_exit(PyObject *self, PyObject *const *Py_UNUSED(args),
                         Py_ssize_t Py_UNUSED(count))
{
    static const struct host_coro_ops ops = {
        .name = "__aexit__",
        .qualname = "_ContextManagerMixin.__aexit__",
        .step = exit_step,
        .place = HOST_PLACE("locks", "_ContextManagerMixin.__aexit__", "self.release()")};
    return host_coro_new(host_of_type(Py_TYPE(self)), &ops, self);
}

/* --- the types that they have as their bases --------------------------------------------------
 *
 * A class of the script's that derives from nothing else has no struct of the scheduler's. */

/* _get_loop(): the loop that runs, to which it is bound from then on. */
static PyObject *get_loop(PyObject *self, PyObject *Py_UNUSED(unused))
{
    const struct host_loop *running = host_of_type(Py_TYPE(self))->running;
    PyObject *loop = running ? (PyObject *)running : Py_None;
    PyObject *bound = PyObject_GetAttrString(self, "_loop");
    int error = bound ? 0 : -1;
    if (bound == Py_None) {
        error = PyObject_SetAttrString(self, "_loop", loop);
        Py_SETREF(bound, Py_NewRef(loop));
    }
    if (error == 0 && bound != loop) {
        PyErr_Format(PyExc_RuntimeError, "%R is bound to a different event loop", self);
        error = -1;
    }
    Py_XDECREF(bound);
    return error < 0 ? NULL : Py_NewRef(loop);
}

static int bound_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(face_of(self)->dict);
    return 0;
}

static void bound_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (face_of(self)->weakrefs)
        PyObject_ClearWeakRefs(self);
    host_sync_clear(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"_get_loop", get_loop, METH_NOARGS, HOST_DOC("_get_loop($self)", "")},
    {"__getstate__", host_sync_get_state, METH_NOARGS, NULL},
    {"__setstate__", host_sync_set_state, METH_O, NULL},
    {"__reduce_ex__", host_sync_reduce, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"__dictoffset__", T_PYSSIZET, offsetof(struct host_sync, dict), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct host_sync, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, bound_dealloc),
    HOST_SLOT(Py_tp_traverse, bound_traverse),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    {Py_tp_methods, methods},
    {Py_tp_members, members},
    {Py_tp_getset, getset},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.mixins._LoopBoundMixin",
    .basicsize = sizeof(struct host_sync),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

static PyMethodDef context_methods[] = {
    {"__aenter__", host_sync_enter, METH_NOARGS, HOST_DOC("__aenter__($self)", "")},
    {"__aexit__", HOST_METHOD(host_sync_exit), METH_FASTCALL,
     HOST_DOC("__aexit__($self, exc_type, exc, tb)", "")},
    {NULL, NULL, 0, NULL},
};

/* It has the same parts as the other base, since a class takes them from its first one. */
static PyType_Slot context_slots[] = {
    HOST_SLOT(Py_tp_dealloc, bound_dealloc),
    HOST_SLOT(Py_tp_traverse, bound_traverse),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    {Py_tp_methods, context_methods},
    {Py_tp_members, members},
    {Py_tp_getset, getset},
    {0, NULL},
};

static PyType_Spec context_spec = {
    .name = "asyncio.locks._ContextManagerMixin",
    .basicsize = sizeof(struct host_sync),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = context_slots,
};

int host_locks_setup(struct host *host)
{
    int (*const parts[])(struct host *) = {host_mutex_setup,     host_event_setup,
                                           host_semaphore_setup, host_condition_setup,
                                           host_barrier_setup,   host_queue_setup};
    PyTypeObject *context = host_type_new(host, &context_spec, NULL, false);
    host->sync_type = context ? host_type_new(host, &spec, NULL, false) : NULL;
    if (host->sync_type)
        host->locking_bases = PyTuple_Pack(2, context, host->sync_type);
    Py_XDECREF(context);
    if (!host->locking_bases ||
        PyObject_SetAttrString((PyObject *)host->sync_type, "_loop", Py_None) < 0)
        return -1;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i](host) < 0)
            return -1;
    }
    return 0;
}
