/* asyncio.Handle and TimerHandle: callbacks that were scheduled and can be cancelled. */
#include "future.h"
#include "loop.h"
#include "places.h"
#include "script.h"

#include <structmember.h>

static struct host_handle *handle_of(void *self)
{
    return self;
}

/* --- running ---------------------------------------------------------------------------------- */

static void report_failure(struct sim_loop *loop, PyObject *callback, PyObject *args,
                           PyObject *context, PyObject *handle)
{
    PyObject *type, *value, *traceback;
    struct host_loop *host_loop = host_loop_of(loop);
    static const struct host_place place = HOST_PLACE("events", "Handle._run", "_context.run(");
    host_place_raise(host_of_loop(loop), &place, NULL, NULL);
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    PyObject *own =
        handle ? Py_NewRef(handle) : host_handle_new(host_loop, false, callback, args, context);
    PyObject *text = host_format_callback(callback, args);
    PyObject *message = text ? PyUnicode_FromFormat("Exception in callback %U", text) : NULL;
    const char *bytes = message ? PyUnicode_AsUTF8(message) : NULL;
    PyErr_Clear();
    host_report_made(host_loop, bytes ? bytes : "Exception in callback", value, "handle", own,
                     own ? handle_of(own)->source_traceback : NULL);
    Py_XDECREF(message);
    Py_XDECREF(text);
    Py_XDECREF(own);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

void host_call(struct sim_loop *loop, PyObject *callback, PyObject *args, PyObject *context,
               PyObject *handle)
{
    PyObject *result = NULL;
    if (PyContext_Enter(context) == 0) {
        result = PyObject_Vectorcall(callback, &PyTuple_GET_ITEM(args, 0),
                                     (size_t)PyTuple_GET_SIZE(args), NULL);
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        PyContext_Exit(context);
        PyErr_Restore(type, value, traceback);
    }
    if (!result && host_is_fatal())
        host_fatal(host_of_loop(loop), loop);
    else if (!result)
        report_failure(loop, callback, args, context, handle);
    Py_XDECREF(result);
}

static void run_handle(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    struct host_handle *self = handle_of(arg);
    PyObject *callback = Py_NewRef(self->callback), *args = Py_NewRef(self->args);
    (void)future;
    host_call(loop, callback, args, self->context, (PyObject *)self);
    Py_DECREF(callback);
    Py_DECREF(args);
}

static uint32_t describe_handle(struct sim_world *world, void *arg)
{
    return host_describe_callable(world, handle_of(arg)->callback);
}

static const struct sim_callback_ops handle_ops = {
    .name = "handle", .arg = SIM_ARG_NONE, .run = run_handle, .describe = describe_handle};

/* --- making ----------------------------------------------------------------------------------- */

PyObject *host_handle_new(struct host_loop *loop, bool timer, PyObject *callback, PyObject *args,
                          PyObject *context)
{
    struct host *host = host_of_loop(&loop->loop);
    PyTypeObject *type = timer ? host->timer_handle_type : host->handle_type;
    struct host_handle *self = handle_of(type->tp_alloc(type, 0));
    if (!self)
        return NULL;
    self->loop = Py_NewRef((PyObject *)loop);
    self->callback = Py_NewRef(callback);
    self->args = Py_NewRef(args);
    self->context = context && context != Py_None ? Py_NewRef(context) : PyContext_CopyCurrent();
    if (!self->context) {
        Py_DECREF(self);
        return NULL;
    }
    if (loop->debug)
        self->source_traceback = host_stack_now();
    sim_handle_init(&loop->loop, &self->handle, (struct sim_callback){&handle_ops, self});
    return (PyObject *)self;
}

static int handle_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct host_handle *self = handle_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->loop);
    Py_VISIT(self->callback);
    Py_VISIT(self->args);
    Py_VISIT(self->context);
    Py_VISIT(self->source_traceback);
    return 0;
}

static int handle_clear(PyObject *object)
{
    struct host_handle *self = handle_of(object);
    if (self->handle.loop)
        sim_handle_fini(&self->handle);
    Py_CLEAR(self->callback);
    Py_CLEAR(self->args);
    Py_CLEAR(self->context);
    Py_CLEAR(self->source_traceback);
    Py_CLEAR(self->shown);
    return 0;
}

static void handle_dealloc(PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    PyObject_GC_UnTrack(object);
    if (handle_of(object)->weakrefs)
        PyObject_ClearWeakRefs(object);
    handle_clear(object);
    Py_CLEAR(handle_of(object)->loop);
    type->tp_free(object);
    Py_DECREF(type);
}

/* --- methods ---------------------------------------------------------------------------------- */

static PyObject *timer_when(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyFloat_FromDouble(host_seconds_of_ns(handle_of(self)->handle.deadline_ns));
}

static PyObject *show(PyObject *object)
{
    struct host_handle *self = handle_of(object);
    bool timer = Py_IS_TYPE(object, host_of(object)->timer_handle_type);
    PyObject *when = timer ? timer_when(object, NULL) : NULL;
    PyObject *time = when ? PyUnicode_FromFormat(" when=%R", when) : PyUnicode_FromString("");
    PyObject *text = self->callback ? host_format_callback(self->callback, self->args)
                                    : PyUnicode_FromString("");
    PyObject *source = host_format_source(self->source_traceback), *repr = NULL;
    if (time && text && source)
        repr = PyUnicode_FromFormat("<%s%s%U%s%U%U>", timer ? "TimerHandle" : "Handle",
                                    self->cancelled ? " cancelled" : "", time,
                                    self->callback ? " " : "", text, source);
    Py_XDECREF(source);
    Py_XDECREF(text);
    Py_XDECREF(time);
    Py_XDECREF(when);
    return repr;
}

static PyObject *handle_repr(PyObject *object)
{
    PyObject *shown = handle_of(object)->shown;
    return shown ? Py_NewRef(shown) : show(object);
}

static PyObject *handle_cancel(PyObject *object, PyObject *Py_UNUSED(unused))
{
    struct host_handle *self = handle_of(object);
    if (!self->cancelled) {
        self->cancelled = true;
        if (((struct host_loop *)(void *)self->loop)->debug && !(self->shown = show(object)))
            return NULL;
        sim_handle_cancel(&self->handle);
        Py_CLEAR(self->callback);
        Py_CLEAR(self->args);
    }
    Py_RETURN_NONE;
}

static PyObject *handle_cancelled(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(handle_of(self)->cancelled);
}

static PyObject *timer_compare(PyObject *left, PyObject *right, int operation)
{
    PyTypeObject *type = host_of(left)->timer_handle_type;
    if (!Py_IS_TYPE(right, type) || !Py_IS_TYPE(left, type))
        Py_RETURN_NOTIMPLEMENTED;
    const struct host_handle *a = handle_of(left), *b = handle_of(right);
    bool equal = a->handle.deadline_ns == b->handle.deadline_ns && a->callback == b->callback &&
                 a->cancelled == b->cancelled;
    if (operation == Py_EQ || operation == Py_NE)
        return PyBool_FromLong(equal == (operation == Py_EQ));
    if (equal && (operation == Py_LE || operation == Py_GE))
        Py_RETURN_TRUE;
    bool less = operation == Py_LT || operation == Py_LE;
    return PyBool_FromLong(less ? a->handle.deadline_ns < b->handle.deadline_ns
                                : a->handle.deadline_ns > b->handle.deadline_ns);
}

static Py_hash_t timer_hash(PyObject *self)
{
    return _Py_HashDouble(self, host_seconds_of_ns(handle_of(self)->handle.deadline_ns));
}

static PyMethodDef handle_methods[] = {
    {"cancel", handle_cancel, METH_NOARGS, HOST_DOC("cancel($self)", "")},
    {"cancelled", handle_cancelled, METH_NOARGS, HOST_DOC("cancelled($self)", "")},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef timer_methods[] = {
    {"when", timer_when, METH_NOARGS, HOST_DOC("when($self)", "")},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef members[] = {
    {"_loop", T_OBJECT, offsetof(struct host_handle, loop), READONLY, NULL},
    {"_callback", T_OBJECT, offsetof(struct host_handle, callback), READONLY, NULL},
    {"_source_traceback", T_OBJECT, offsetof(struct host_handle, source_traceback), READONLY, NULL},
    {"_args", T_OBJECT, offsetof(struct host_handle, args), READONLY, NULL},
    {"_cancelled", T_BOOL, offsetof(struct host_handle, cancelled), READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct host_handle, weakrefs), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot handle_slots[] = {
    HOST_SLOT(Py_tp_dealloc, handle_dealloc),
    HOST_SLOT(Py_tp_traverse, handle_traverse),
    HOST_SLOT(Py_tp_clear, handle_clear),
    HOST_SLOT(Py_tp_repr, handle_repr),
    {Py_tp_methods, handle_methods},
    {Py_tp_members, members},
    {0, NULL},
};

static PyType_Slot timer_slots[] = {
    HOST_SLOT(Py_tp_dealloc, handle_dealloc),
    HOST_SLOT(Py_tp_traverse, handle_traverse),
    HOST_SLOT(Py_tp_clear, handle_clear),
    HOST_SLOT(Py_tp_richcompare, timer_compare),
    HOST_SLOT(Py_tp_hash, timer_hash),
    {Py_tp_methods, timer_methods},
    {0, NULL},
};

static PyType_Spec handle_spec = {
    .name = "asyncio.events.Handle",
    .basicsize = sizeof(struct host_handle),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = handle_slots,
};

static PyType_Spec timer_spec = {
    .name = "asyncio.events.TimerHandle",
    .basicsize = sizeof(struct host_handle),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = timer_slots,
};

int host_handle_setup(struct host *host)
{
    host->handle_type = host_type_new(host, &handle_spec, NULL, true);
    if (!host->handle_type)
        return -1;
    host->timer_handle_type = host_type_new(host, &timer_spec, host->handle_type, true);
    return host->timer_handle_type ? 0 : -1;
}
