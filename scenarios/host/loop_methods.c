/* Loops of which the script has its own call_later, call_at, time, create_task or create_future:
 * they are called where CPython's asyncio, which knows no others, calls them.  (call_soon: soon.c.)
 */
#include "future.h"
#include "loop.h"

bool host_loop_has_own(struct host_loop *loop, const char *method)
{
    PyTypeObject *plain = host_of_loop(&loop->loop)->loop_type, *type = Py_TYPE(loop);
    if (type == plain && !loop->dict)
        return false;
    PyObject *name = PyUnicode_InternFromString(method);
    bool own = name && (_PyType_Lookup(type, name) != _PyType_Lookup(plain, name) ||
                        (loop->dict && PyDict_GetItem(loop->dict, name)));
    if (!name)
        PyErr_Clear();
    Py_XDECREF(name);
    return own;
}

static PyObject *do_nothing(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(args))
{
    Py_RETURN_NONE;
}

static PyMethodDef nothing_method = {"callback", do_nothing, METH_VARARGS, NULL};

/* The method is called with a callback that does nothing, for the time that its handle is due. */
int64_t host_deadline_by_methods(struct sim_loop *sim_loop, int64_t deadline_ns,
                                 const struct sim_callback_ops *ops)
{
    struct host_loop *loop = host_loop_of(sim_loop);
    struct host *host = host_of_loop(sim_loop);
    bool at = strcmp(ops->name, "timeout") == 0; /* asyncio.timeout() calls call_at() itself */
    if (Py_TYPE(loop) == host->loop_type && !loop->dict)
        return deadline_ns;
    if (!host_loop_has_own(loop, "call_at") && (at || !host_loop_has_own(loop, "call_later")))
        return deadline_ns;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *callback = PyCFunction_New(&nothing_method, NULL), *handle = NULL, *done = NULL;
    double when = host_seconds_of_ns(at ? deadline_ns : deadline_ns - host->world.now_ns);
    if (callback)
        handle = PyObject_CallMethod((PyObject *)loop, at ? "call_at" : "call_later", "dO", when,
                                     callback);
    if (handle && Py_IS_TYPE(handle, host->timer_handle_type)) {
        deadline_ns = ((struct host_handle *)(void *)handle)->handle.deadline_ns;
        done = PyObject_CallMethod(handle, "cancel", NULL);
    }
    if (PyErr_Occurred())
        PyErr_WriteUnraisable((PyObject *)loop);
    Py_XDECREF(done);
    Py_XDECREF(handle);
    Py_XDECREF(callback);
    PyErr_Restore(type, value, traceback);
    return deadline_ns;
}

PyObject *host_future_by_method(struct host_loop *loop)
{
    PyObject *future = PyObject_CallMethod((PyObject *)loop, "create_future", NULL);
    if (!future)
        PyErr_WriteUnraisable((PyObject *)loop);
    if (future && host_is_future(host_of_loop(&loop->loop), future) &&
        host_future_of(future)->loop == &loop->loop)
        return future;
    Py_XDECREF(future);
    return host_future_new(loop);
}

/* As asyncio calls it: it names the task itself. */
static PyObject *create_by_method(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                                  PyObject *context)
{
    PyObject *method = PyObject_GetAttrString((PyObject *)loop, "create_task"), *task = NULL;
    PyObject *args = method ? PyTuple_Pack(1, coroutine) : NULL, *keywords = NULL;
    if (args && context && context != Py_None)
        keywords = Py_BuildValue("{sO}", "context", context);
    if (args && !PyErr_Occurred())
        task = PyObject_Call(method, args, keywords);
    Py_XDECREF(keywords);
    Py_XDECREF(args);
    Py_XDECREF(method);
    if (task && name && name != Py_None) {
        PyObject *done = PyObject_CallMethod(task, "set_name", "O", name);
        if (!done && PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_Clear(); /* a future of another kind need not have names */
        else if (!done)
            Py_CLEAR(task);
        Py_XDECREF(done);
    }
    return task;
}

PyObject *host_create_task(struct host_loop *loop, PyObject *coroutine, PyObject *name,
                           PyObject *context)
{
    if (host_loop_has_own(loop, "create_task"))
        return create_by_method(loop, coroutine, name, context);
    return host_loop_create_task(loop, coroutine, name, context, SIM_TASK_UNNAMED);
}

PyObject *host_call_later_by_methods(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                     PyObject *keywords)
{
    PyObject *now = PyObject_CallMethod(self, "time", NULL), *handle = NULL;
    PyObject *when = now ? PyNumber_Add(now, args[0]) : NULL;
    PyObject *method = when ? PyObject_GetAttrString(self, "call_at") : NULL;
    Py_ssize_t all = count + (keywords ? PyTuple_GET_SIZE(keywords) : 0);
    PyObject **given = method ? PyMem_New(PyObject *, (size_t)all) : NULL;
    if (given) {
        memcpy(given, args, (size_t)all * sizeof *given);
        given[0] = when;
        handle = PyObject_Vectorcall(method, given, (size_t)count, keywords);
    }
    PyMem_Free(given);
    Py_XDECREF(method);
    Py_XDECREF(when);
    Py_XDECREF(now);
    return handle;
}
