/* asyncio.Event. */
#include "sync.h"

struct host_event {
    struct host_sync face;
    struct sim_event_object event;
};

static struct sim_event_object *event_of(PyObject *self)
{
    return host_sim_of(self);
}

static int visit_wait(const void *frame, visitproc visit, void *arg)
{
    return host_visit_waiter(&((const struct sim_event_object_wait *)frame)->waiter, visit, arg);
}

static PyObject *event_wait(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("wait", "Event.wait", "locks", "await fut"),
        .size = sizeof(struct sim_event_object_wait),
        .result = host_result_true,
        .visit = visit_wait,
    };
    struct host_operation *wait = host_operation_new(host_of_sync(self), &ops, self);
    if (wait)
        sim_event_object_wait_init(host_operation_frame(wait), event_of(self));
    return (PyObject *)wait;
}

static PyObject *event_set(PyObject *self, PyObject *Py_UNUSED(unused))
{
    sim_event_object_set(event_of(self));
    Py_RETURN_NONE;
}

static PyObject *event_clear(PyObject *self, PyObject *Py_UNUSED(unused))
{
    sim_event_object_clear(event_of(self));
    Py_RETURN_NONE;
}

static PyObject *event_is_set(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(event_of(self)->is_set);
}

static PyObject *event_repr(PyObject *self)
{
    const struct sim_event_object *event = event_of(self);
    return host_sync_repr(self, PyUnicode_FromString(event->is_set ? "set" : "unset"),
                          event->waiters.count);
}

static PyObject *get_value(PyObject *self, void *Py_UNUSED(closure))
{
    return event_is_set(self, NULL);
}

static PyObject *get_waiters(PyObject *self, void *Py_UNUSED(closure))
{
    return host_sync_waiters(&event_of(self)->waiters);
}

static PyObject *event_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                           PyObject *Py_UNUSED(keywords))
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self) {
        sim_event_object_init(event_of(self), &host_of_type(type)->world);
        host_sync_own(&event_of(self)->sync, self);
    }
    return self;
}

static int event_init(PyObject *Py_UNUSED(self), PyObject *args, PyObject *keywords)
{
    return host_sync_no_args("Event.__init__", args, keywords) ? 0 : -1;
}

static PyMethodDef methods[] = {
    {"wait", event_wait, METH_NOARGS,
     HOST_DOC("wait($self)", "Block until the internal flag is true.")},
    {"set", event_set, METH_NOARGS, HOST_DOC("set($self)", "Set the internal flag to true.")},
    {"clear", event_clear, METH_NOARGS,
     HOST_DOC("clear($self)", "Reset the internal flag to false.")},
    {"is_set", event_is_set, METH_NOARGS,
     HOST_DOC("is_set($self)", "Return True if the internal flag is true.")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"_value", get_value, NULL, NULL, NULL},
    {"_waiters", get_waiters, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, event_new),
    HOST_SLOT(Py_tp_init, event_init),
    HOST_SLOT(Py_tp_dealloc, host_sync_dealloc),
    HOST_SLOT(Py_tp_traverse, host_sync_traverse_waiters),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    HOST_SLOT(Py_tp_repr, event_repr),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Event()", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.locks.Event",
    .basicsize = sizeof(struct host_event),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_event_setup(struct host *host)
{
    PyTypeObject *type = host_type_new(host, &spec, host->sync_type, true);
    Py_XDECREF(type); /* the module has it */
    return type ? 0 : -1;
}
