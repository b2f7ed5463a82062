/* What is a coroutine, what is a future, and how one is made of the other. */
#include "future.h"
#include "loop.h"
#include "places.h"
#include "task.h"

/* Whether an object is of a class of collections.abc; false where that fails. */
static bool is_abstract(PyObject *object, const char *class_name)
{
    PyObject *module = PyImport_ImportModule("_collections_abc");
    PyObject *class = module ? PyObject_GetAttrString(module, class_name) : NULL;
    bool answer = class && PyObject_IsInstance(object, class) == 1;
    Py_XDECREF(class);
    Py_XDECREF(module);
    PyErr_Clear();
    return answer;
}

bool host_is_coroutine(struct host *host, PyObject *object)
{
    return PyCoro_CheckExact(object) || PyObject_TypeCheck(object, host->coro_type) ||
           PyGen_CheckExact(object) || is_abstract(object, "Coroutine");
}

static bool is_awaitable(PyObject *object)
{
    const PyAsyncMethods *async = Py_TYPE(object)->tp_as_async;
    return async && async->am_await;
}

/* --- ensure_future ---------------------------------------------------------------------------- */

/* Wraps an awaitable that is no coroutine in one. */
static PySendResult wrap_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    if (coro->place == 0)
        return value ? host_coro_await(coro, coro->self, 1, result) : PYGEN_ERROR;
    *result = Py_XNewRef(value);
    return value ? PYGEN_RETURN : PYGEN_ERROR;
}

static const struct host_coro_ops wrap_ops = {
    .name = "_wrap_awaitable",
    .qualname = "_wrap_awaitable",
    .step = wrap_step,
    .place = HOST_PLACE("tasks", "_wrap_awaitable", "yield from awaitable.__await__()")};

static PyObject *make_task(struct host *host, PyObject *coroutine, struct host_loop *loop,
                           bool wrapped)
{
    loop = loop ? (struct host_loop *)Py_NewRef(loop) : host_current_loop(host);
    if (!loop)
        return NULL;
    static const struct host_place place =
        HOST_PLACE("tasks", "_ensure_future", "return loop.create_task(coro_or_future)");
    PyObject *task = host_create_task(loop, coroutine, NULL, NULL);
    if (task && loop->debug && host_is_future(host, task))
        host_made_at(task, &place);
    Py_DECREF(loop);
    if (!task && !wrapped && PyErr_ExceptionMatches(PyExc_RuntimeError)) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        Py_XDECREF(PyObject_CallMethodNoArgs(coroutine, host->str_close));
        PyErr_Restore(type, value, traceback);
    }
    return task;
}

/* isfuture(): whether an object bears asyncio's mark; clears errors. */
static bool is_future(PyObject *object)
{
    PyObject *class = PyObject_GetAttrString(object, "__class__"); /* a mock has another's */
    PyObject *mark = class ? PyObject_GetAttrString(class, "_asyncio_future_blocking") : NULL;
    PyObject *value = mark ? PyObject_GetAttrString(object, "_asyncio_future_blocking") : NULL;
    bool answer = value && value != Py_None;
    Py_XDECREF(value);
    Py_XDECREF(mark);
    Py_XDECREF(class);
    PyErr_Clear();
    return answer;
}

PyObject *host_ensure_future(struct host *host, PyObject *object, struct host_loop *loop)
{
    if (host_is_future(host, object)) {
        if (!loop || host_future_of(object)->loop == &loop->loop)
            return Py_NewRef(object);
        PyErr_SetString(PyExc_ValueError, "The future belongs to a different loop than the one "
                                          "specified as the loop argument");
        return NULL;
    }
    if (host_is_coroutine(host, object))
        return make_task(host, object, loop, false);
    if (!is_awaitable(object)) {
        PyErr_SetString(PyExc_TypeError,
                        "An asyncio.Future, a coroutine or an awaitable is required");
        return NULL;
    }
    PyObject *coroutine = host_coro_new(host, &wrap_ops, object);
    PyObject *task = coroutine ? make_task(host, coroutine, loop, true) : NULL;
    Py_XDECREF(coroutine);
    return task;
}

static PyObject *asyncio_ensure_future(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                       PyObject *keywords)
{
    static const struct host_signature signature = {
        "ensure_future", {"coro_or_future", "loop"}, 1, 1};
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    struct host_loop *loop = NULL;
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    if (!host_is_future(host, given[0]) && is_future(given[0]))
        return Py_NewRef(given[0]); /* of another library */
    if (given[1] && given[1] != Py_None && !(loop = host_loop_argument(host, given[1])))
        return NULL;
    PyObject *future = host_ensure_future(host, given[0], loop);
    Py_XDECREF(loop);
    return future;
}

/* --- create_task ----------------------------------------------------------------------------- */

static struct host_loop *running_loop(struct host *host)
{
    if (!host->running)
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
    return host->running;
}

static PyObject *asyncio_create_task(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                     PyObject *keywords)
{
    static const struct host_signature signature = {
        "create_task", {"coro", "name", "context"}, 1, 1};
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    static const struct host_place no_loop = HOST_PLACE("tasks", "create_task",
                                                        "loop = events.get_running_loop()"),
                                   place = HOST_PLACE("tasks", "create_task",
                                                      "task = loop.create_task(coro");
    struct host_loop *loop = running_loop(host);
    if (!loop) {
        host_place_raise(host, &no_loop, NULL, given[0]);
        return NULL;
    }
    if (given[1] && given[1] != Py_None && !loop->task_factory)
        host->names_given++; /* CPython names the task twice */
    PyObject *task = host_create_task(loop, given[0], given[1], given[2]);
    if (task && loop->debug && host_is_future(host, task))
        host_made_at(task, &place);
    return task;
}

/* --- asking ----------------------------------------------------------------------------------- */

static PyObject *asyncio_iscoroutine(PyObject *module, PyObject *object)
{
    return PyBool_FromLong(host_is_coroutine(PyModule_GetState(module), object));
}

static PyObject *asyncio_isfuture(PyObject *Py_UNUSED(module), PyObject *object)
{
    return PyBool_FromLong(is_future(object));
}

/* Takes partials and bound methods off a function: a new reference. */
static PyObject *plain_function(PyObject *function)
{
    PyObject *module = PyImport_ImportModule("_functools");
    PyObject *partial = module ? PyObject_GetAttrString(module, "partial") : NULL;
    Py_INCREF(function);
    for (;;) {
        PyObject *inner = NULL;
        if (PyMethod_Check(function))
            inner = Py_NewRef(PyMethod_GET_FUNCTION(function));
        else if (partial && PyObject_IsInstance(function, partial) == 1)
            inner = PyObject_GetAttrString(function, "func");
        if (!inner)
            break;
        Py_SETREF(function, inner);
    }
    Py_XDECREF(partial);
    Py_XDECREF(module);
    PyErr_Clear();
    return function;
}

/* Whether functions with this name are "async def" in CPython. */
static bool is_coroutine_name(const char *name)
{
    static const char *const names[] = {"sleep",
                                        "wait",
                                        "wait_for",
                                        "acquire",
                                        "get",
                                        "put",
                                        "join",
                                        "reset",
                                        "abort",
                                        "__aenter__",
                                        "__aexit__",
                                        "shutdown_asyncgens",
                                        "shutdown_default_executor"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return host_loop_is_refused_coroutine(name);
}

/* Whether a type is of asyncio's, and no lock of threads. */
static bool is_of_asyncio(PyObject *module, PyTypeObject *type)
{
    const struct host *host = PyModule_GetState(module);
    bool ours = PyType_GetModule(type) == module;
    PyErr_Clear();
    return ours && type != host->lock_type && type != host->rlock_type;
}

bool host_is_coroutine_function(PyObject *module, PyObject *given)
{
    PyObject *function = plain_function(given);
    bool ours = false;
    const char *name = "";
    if (PyCFunction_Check(function)) {
        PyObject *self = PyCFunction_GET_SELF(function);
        ours = self && (self == module || is_of_asyncio(module, Py_TYPE(self)));
        name = ((PyCFunctionObject *)function)->m_ml->ml_name;
    } else if (Py_IS_TYPE(function, &PyMethodDescr_Type)) {
        ours = is_of_asyncio(module, PyDescr_TYPE(function));
        name = ((PyMethodDescrObject *)function)->d_method->ml_name;
    }
    Py_DECREF(function);
    return ours && is_coroutine_name(name);
}

static PyObject *asyncio_iscoroutinefunction(PyObject *module, PyObject *given)
{
    struct host *host = PyModule_GetState(module);
    PyObject *function = plain_function(given);
    bool answer = PyFunction_Check(function) &&
                  ((PyCodeObject *)PyFunction_GET_CODE(function))->co_flags & CO_COROUTINE;
    PyObject *mark = PyObject_GetAttrString(given, "_is_coroutine");
    PyErr_Clear();
    answer = answer || mark == host->is_coroutine || host_is_coroutine_function(module, given);
    Py_XDECREF(mark);
    Py_DECREF(function);
    return PyBool_FromLong(answer);
}

static PyMethodDef functions[] = {
    {"ensure_future", HOST_METHOD(asyncio_ensure_future), HOST_KEYWORDS,
     HOST_DOC("ensure_future($module, /, coro_or_future, *, loop=None)", "")},
    {"create_task", HOST_METHOD(asyncio_create_task), HOST_KEYWORDS,
     HOST_DOC("create_task($module, /, coro, *, name=None, context=None)", "")},
    {"iscoroutine", asyncio_iscoroutine, METH_O, HOST_DOC("iscoroutine($module, /, obj)", "")},
    {"isfuture", asyncio_isfuture, METH_O, HOST_DOC("isfuture($module, /, obj)", "")},
    {"iscoroutinefunction", asyncio_iscoroutinefunction, METH_O,
     HOST_DOC("iscoroutinefunction($module, /, func)", "")},
    {NULL, NULL, 0, NULL},
};

int host_aio_setup(struct host *host)
{
    host->is_coroutine = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
    return host->is_coroutine ? PyModule_AddFunctions(host->module, functions) : -1;
}
