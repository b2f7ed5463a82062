#include "state.h"

void *host_pool_take(struct host_pool *pool, PyTypeObject *type)
{
    if (pool->count == 0) {
        PyObject *object = type->tp_alloc(type, 0);
        if (object)
            PyObject_GC_UnTrack(object);
        return object;
    }
    PyObject *object = pool->items[--pool->count];
    _Py_NewReference(object);
    memset((char *)object + sizeof *object, 0, (size_t)type->tp_basicsize - sizeof *object);
    return object;
}

void host_pool_give(struct host_pool *pool, PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    bool room = pool->count < (int)(sizeof pool->items / sizeof pool->items[0]);
    /* The mark that its finaliser ran would stay with it. */
    if (room && !PyObject_GC_IsFinalized(object)) {
        pool->items[pool->count++] = object; /* with its reference to the type */
        return;
    }
    type->tp_free(object);
    Py_DECREF(type);
}

int host_callback_visit(const struct sim_callback *callback, visitproc visit, void *arg)
{
    switch (callback->ops->arg) {
    case SIM_ARG_FUTURE: {
        const struct sim_future *future = callback->arg;
        if (future->flags & SIM_FUTURE_EMBEDDED)
            Py_VISIT(host_object_of(future));
        break;
    }
    case SIM_ARG_GUEST:
        Py_VISIT((PyObject *)callback->arg);
        break;
    case SIM_ARG_LINK:
        Py_VISIT((PyObject *)((const struct sim_link *)callback->arg)->owner);
        break;
    case SIM_ARG_HANDLE: /* handles are held by loops alone */
    case SIM_ARG_NONE:
        break;
    }
    return 0;
}

int host_future_visit(const struct sim_future *future, visitproc visit, void *arg)
{
    if (!future->loop)
        return 0;
    Py_VISIT((PyObject *)host_loop_of(future->loop));
    Py_VISIT((PyObject *)future->value);
    size_t count = sim_future_callback_count(future);
    for (size_t i = 0; i < count; i++) {
        int error = host_callback_visit(sim_future_callback_at(future, i), visit, arg);
        if (error)
            return error;
    }
    return 0;
}
