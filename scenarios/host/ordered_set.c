/* The set that all_tasks() gives: it is iterated in the order in which its members were added.
 *
 * CPython leaves that order to the addresses of the tasks.
 */
#include "task.h"

struct ordered_set {
    PySetObject set;
    PyObject *order; /* dict: the members in order, and some that were taken out by operators */
};

static struct ordered_set *set_of(void *self)
{
    return self;
}

static int set_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    PyObject *items = NULL;
    (void)keywords;
    if (!PyArg_ParseTuple(args, "|O", &items))
        return -1;
    PyObject *order = PyDict_New(), *iter = items ? PyObject_GetIter(items) : NULL, *item;
    if (!order || (items && !iter)) {
        Py_XDECREF(order);
        return -1;
    }
    Py_XSETREF(set_of(self)->order, order);
    PySet_Clear(self);
    while (iter && (item = PyIter_Next(iter))) {
        if (PyDict_SetItem(order, item, Py_None) == 0)
            PySet_Add(self, item);
        Py_DECREF(item);
    }
    Py_XDECREF(iter);
    return PyErr_Occurred() ? -1 : 0;
}

int host_ordered_set_add(PyObject *self, PyObject *item)
{
    return PyDict_SetItem(set_of(self)->order, item, Py_None) < 0 ? -1 : PySet_Add(self, item);
}

static PyObject *set_add(PyObject *self, PyObject *item)
{
    return host_ordered_set_add(self, item) < 0 ? NULL : Py_NewRef(Py_None);
}

static int forget(PyObject *self, PyObject *item)
{
    PyObject *order = set_of(self)->order;
    int known = PyDict_Contains(order, item);
    return known > 0 ? PyDict_DelItem(order, item) : known;
}

static PyObject *set_discard(PyObject *self, PyObject *item)
{
    if (forget(self, item) < 0 || PySet_Discard(self, item) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The members in order: what was added, then what operators of set put in. */
static PyObject *members_list(PyObject *self)
{
    PyObject *list = PyList_New(0), *order = set_of(self)->order, *item, *unused;
    Py_ssize_t at = 0;
    Py_hash_t hash;
    while (list && PyDict_Next(order, &at, &item, &unused)) {
        int in = PySet_Contains(self, item);
        if (in < 0 || (in > 0 && PyList_Append(list, item) < 0))
            Py_CLEAR(list);
    }
    at = 0;
    while (list && _PySet_NextEntry(self, &at, &item, &hash)) {
        int known = PyDict_Contains(order, item);
        if (known < 0 || (known == 0 && PyList_Append(list, item) < 0))
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *set_iter(PyObject *self)
{
    PyObject *list = members_list(self);
    PyObject *iter = list ? PyObject_GetIter(list) : NULL;
    Py_XDECREF(list);
    return iter;
}

static PyObject *set_pop(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *list = members_list(self), *item = NULL;
    if (list && PyList_GET_SIZE(list) == 0)
        PyErr_SetString(PyExc_KeyError, "pop from an empty set");
    else if (list)
        item = Py_NewRef(PyList_GET_ITEM(list, 0));
    Py_XDECREF(list);
    if (item && (forget(self, item) < 0 || PySet_Discard(self, item) < 0))
        Py_CLEAR(item);
    return item;
}

static PyObject *set_repr(PyObject *self)
{
    PyObject *list = members_list(self);
    if (!list || PyList_GET_SIZE(list) == 0) {
        Py_XDECREF(list);
        return list ? PyUnicode_FromString("set()") : NULL;
    }
    PyObject *shown = PyObject_Repr(list), *repr = NULL, *inside = NULL;
    if (shown)
        inside = PyUnicode_Substring(shown, 1, PyUnicode_GET_LENGTH(shown) - 1);
    if (inside)
        repr = PyUnicode_FromFormat("{%U}", inside);
    Py_XDECREF(inside);
    Py_XDECREF(shown);
    Py_DECREF(list);
    return repr;
}

static int set_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(set_of(self)->order);
    return PySet_Type.tp_traverse(self, visit, arg);
}

static int set_clear(PyObject *self)
{
    Py_CLEAR(set_of(self)->order);
    return PySet_Type.tp_clear(self);
}

static void set_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(set_of(self)->order);
    PyObject_GC_Track(self); /* as set's own expects it */
    PySet_Type.tp_dealloc(self);
    Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"add", set_add, METH_O, NULL},
    {"discard", set_discard, METH_O, NULL},
    {"pop", set_pop, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_init, set_init),
    HOST_SLOT(Py_tp_dealloc, set_dealloc),
    HOST_SLOT(Py_tp_traverse, set_traverse),
    HOST_SLOT(Py_tp_clear, set_clear),
    HOST_SLOT(Py_tp_iter, set_iter),
    HOST_SLOT(Py_tp_repr, set_repr),
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "builtins.set",
    .basicsize = sizeof(struct ordered_set),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = slots,
};

int host_ordered_set_setup(struct host *host)
{
    host->ordered_set_type = host_type_new(host, &spec, &PySet_Type, false);
    return host->ordered_set_type ? 0 : -1;
}
