/* asyncio.run, and which loop is the current one. */
#include "future.h"
#include "loop.h"
#include "places.h"
#include "thread.h"

/* --- the current loop ------------------------------------------------------------------------- */

/* A loop that a policy of the script's gave, handed over. */
static struct host_loop *loop_of_policy(struct host *host, PyObject *given)
{
    struct host_loop *loop = given ? host_loop_argument(host, given) : NULL;
    Py_XDECREF(given);
    return loop;
}

struct host_loop *host_current_loop(struct host *host)
{
    if (host->running)
        return (struct host_loop *)Py_NewRef(host->running);
    if (host->policy)
        return loop_of_policy(host, PyObject_CallMethod(host->policy, "get_event_loop", NULL));
    if (!host->policy_loop && !host->policy_set) {
        host->policy_loop = (PyObject *)host_loop_new(host, host->loop_type);
        host->policy_set = host->policy_loop != NULL;
        if (!host->policy_loop)
            return NULL;
    }
    if (!host->policy_loop) {
        PyErr_Format(PyExc_RuntimeError, "There is no current event loop in thread %R.",
                     host_thread_current_name(host));
        return NULL;
    }
    return (struct host_loop *)(void *)Py_NewRef(host->policy_loop);
}

/* `loop` is Py_None for none; -1 with an exception. */
static int set_policy_loop(struct host *host, PyObject *loop)
{
    if (host->policy) {
        PyObject *done = PyObject_CallMethod(host->policy, "set_event_loop", "O", loop);
        Py_XDECREF(done);
        return done ? 0 : -1;
    }
    host->policy_set = true;
    Py_XSETREF(host->policy_loop, loop == Py_None ? NULL : Py_NewRef(loop));
    return 0;
}

static struct host_loop *new_loop(struct host *host)
{
    if (host->policy)
        return loop_of_policy(host, PyObject_CallMethod(host->policy, "new_event_loop", NULL));
    return host_loop_new(host, host->loop_type);
}

static PyObject *asyncio_get_event_loop(PyObject *module, PyObject *Py_UNUSED(unused))
{
    struct host *host = PyModule_GetState(module);
    if (host->policy && !host->running)
        return PyObject_CallMethod(host->policy, "get_event_loop", NULL);
    return (PyObject *)host_current_loop(host);
}

static PyObject *asyncio_get_running_loop(PyObject *module, PyObject *Py_UNUSED(unused))
{
    const struct host *host = PyModule_GetState(module);
    if (host->running)
        return Py_NewRef((PyObject *)host->running);
    PyErr_SetString(PyExc_RuntimeError, "no running event loop");
    return NULL;
}

static PyObject *asyncio__get_running_loop(PyObject *module, PyObject *Py_UNUSED(unused))
{
    const struct host *host = PyModule_GetState(module);
    return Py_NewRef(host->running ? (PyObject *)host->running : Py_None);
}

/* _set_running_loop(loop or None) */
static PyObject *asyncio__set_running_loop(PyObject *module, PyObject *loop)
{
    struct host *host = PyModule_GetState(module);
    if (loop != Py_None && !PyObject_TypeCheck(loop, host->loop_type)) {
        PyErr_Format(PyExc_NotImplementedError, "a running loop that is a %s is not simulated",
                     Py_TYPE(loop)->tp_name);
        return NULL;
    }
    host->running = loop == Py_None ? NULL : (struct host_loop *)(void *)loop;
    Py_RETURN_NONE;
}

static PyObject *asyncio_new_event_loop(PyObject *module, PyObject *Py_UNUSED(unused))
{
    struct host *host = PyModule_GetState(module);
    if (host->policy)
        return PyObject_CallMethod(host->policy, "new_event_loop", NULL);
    return (PyObject *)new_loop(host);
}

static PyObject *asyncio_set_event_loop(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                        PyObject *keywords)
{
    static const struct host_signature signature = {"set_event_loop", {"loop"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *loop = given[0];
    struct host *host = PyModule_GetState(module);
    if (!host->policy && loop != Py_None && !PyObject_TypeCheck(loop, host->abstract_loop_type)) {
        PyErr_Format(PyExc_TypeError,
                     "loop must be an instance of AbstractEventLoop or None, not '%.100s'",
                     Py_TYPE(loop)->tp_name);
        return NULL;
    }
    return set_policy_loop(host, loop) < 0 ? NULL : Py_NewRef(Py_None);
}

/* --- the end of a run ------------------------------------------------------------------------- */

/* Reports the exceptions of tasks that were cancelled at the end of a run. */
static void report_leftovers(struct host_loop *loop, PyObject *tasks)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(tasks); i++) {
        PyObject *task = PyList_GET_ITEM(tasks, i);
        struct sim_future *future = host_future_of(task);
        if (future->state != SIM_FUTURE_EXCEPTION)
            continue;
        future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
        host_report(loop, "unhandled exception during asyncio.run() shutdown", future->value,
                    "task", task);
    }
}

static int cancel_task(struct host *host, PyObject *task)
{
    host_cancel_begin(&host->world);
    PyObject *took = host_cancel_end(&host->world, sim_future_cancel(host_future_of(task), NULL));
    Py_XDECREF(took);
    return took ? 0 : -1;
}

/* Cancels all tasks and waits for them; -1 with an exception. */
static int cancel_all_tasks(struct host *host, struct host_loop *loop)
{
    PyObject *tasks = PyList_New(0), *outer = NULL, *done = NULL;
    for (struct sim_task *task = loop->loop.first_task; tasks && task; task = task->next) {
        if (PyList_Append(tasks, (PyObject *)host_task_of(task)) < 0)
            Py_CLEAR(tasks);
    }
    Py_ssize_t count = tasks ? PyList_GET_SIZE(tasks) : 0;
    if (count == 0) {
        Py_XDECREF(tasks);
        return tasks ? 0 : -1;
    }
    int error = 0;
    for (Py_ssize_t i = 0; error == 0 && i < count; i++)
        error = cancel_task(host, PyList_GET_ITEM(tasks, i));
    if (error == 0)
        outer = host_gather(host, PySequence_Fast_ITEMS(tasks), count, true);
    if (outer)
        done = host_loop_run_until_complete(loop, outer);
    if (done)
        report_leftovers(loop, tasks);
    Py_XDECREF(outer);
    Py_XDECREF(tasks);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

/* Runs one of asyncio's own coroutines in a task of its own. */
static int run_internal(struct host_loop *loop, PyObject *coroutine)
{
    PyObject *task = NULL, *done = NULL;
    if (coroutine)
        task = host_loop_has_own(loop, "create_task")
                   ? host_create_task(loop, coroutine, NULL, NULL)
                   : host_loop_create_task(loop, coroutine, NULL, NULL, SIM_TASK_INTERNAL);
    if (task)
        done = host_loop_run_until_complete(loop, task);
    Py_XDECREF(task);
    Py_XDECREF(coroutine);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

int host_run_shut_down(struct host *host, struct host_loop *loop)
{
    PyObject *object = (PyObject *)loop;
    int error = cancel_all_tasks(host, loop);
    if (error == 0)
        error = run_internal(loop, PyObject_CallMethod(object, "shutdown_asyncgens", NULL));
    if (error == 0)
        error = run_internal(loop, PyObject_CallMethod(object, "shutdown_default_executor", NULL));
    return error;
}

/* Takes the loop away and closes it; an exception that is set stays set. */
static int close_run(struct host *host, struct host_loop *loop)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    int error = set_policy_loop(host, Py_None);
    if (error == 0)
        error = host_loop_close(loop);
    if (error == 0)
        PyErr_Restore(type, value, traceback);
    else if (type)
        _PyErr_ChainExceptions(type, value, traceback);
    return error;
}

/* What leaving a Runner does.  An exception that is set stays set unless another one comes. */
static int finish_run(struct host *host, struct host_loop *loop)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    /* It is being handled: whatever is raised from here on has it as its context. */
    PyObject *handled = PyErr_GetHandledException();
    PyErr_SetHandledException(value ? value : handled);
    int error = host_run_shut_down(host, loop);
    if (close_run(host, loop) < 0)
        error = -1;
    PyErr_SetHandledException(handled);
    Py_XDECREF(handled);
    if (error == 0) {
        PyErr_Restore(type, value, traceback);
    } else if (type) {
        _PyErr_ChainExceptions(type, value, traceback);
    }
    return error;
}

static PyObject *run_main(struct host *host, struct host_loop *loop, PyObject *coroutine)
{
    static const struct host_place place =
        HOST_PLACE("runners", "Runner.run", "self._loop.create_task(coro, context=context)");
    PyObject *context = PyContext_CopyCurrent(), *task = NULL, *result = NULL;
    if (set_policy_loop(host, (PyObject *)loop) < 0)
        Py_CLEAR(context);
    else if (!host_is_coroutine(host, coroutine))
        PyErr_Format(PyExc_ValueError, "a coroutine was expected, got %R", coroutine);
    else if (context)
        task = host_create_task(loop, coroutine, NULL, context);
    if (task && loop->debug && host_is_future(host, task))
        host_made_at(task, &place);
    if (task)
        result = host_run_interruptible(host, (PyObject *)loop, task);
    Py_XDECREF(context);
    if (finish_run(host, loop) < 0)
        Py_CLEAR(result);
    Py_XDECREF(task);
    return result;
}

static PyObject *asyncio_run(PyObject *module, PyObject *const *args, Py_ssize_t count,
                             PyObject *keywords)
{
    static const struct host_signature signature = {"run", {"main", "debug"}, 1, 1};
    static const struct host_place place = HOST_PLACE("runners", "run", "raise RuntimeError");
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    if (host->running) {
        PyErr_SetString(PyExc_RuntimeError,
                        "asyncio.run() cannot be called from a running event loop");
        host_place_raise(host, &place, NULL, given[0]);
        return NULL;
    }
    int debug = given[1] && given[1] != Py_None ? PyObject_IsTrue(given[1]) : 0;
    struct host_loop *loop = debug < 0 ? NULL : new_loop(host);
    if (!loop)
        return NULL;
    loop->debug = debug;
    PyObject *result = run_main(host, loop, given[0]);
    Py_DECREF(loop);
    return result;
}

static PyMethodDef functions[] = {
    {"run", HOST_METHOD(asyncio_run), HOST_KEYWORDS,
     HOST_DOC("run($module, /, main, *, debug=None)",
              "Execute the coroutine and return the result.")},
    {"get_event_loop", asyncio_get_event_loop, METH_NOARGS,
     HOST_DOC("get_event_loop($module, /)", "")},
    {"get_running_loop", asyncio_get_running_loop, METH_NOARGS,
     HOST_DOC("get_running_loop($module, /)", "")},
    {"_get_running_loop", asyncio__get_running_loop, METH_NOARGS,
     HOST_DOC("_get_running_loop($module, /)", "")},
    {"_set_running_loop", asyncio__set_running_loop, METH_O,
     HOST_DOC("_set_running_loop($module, loop, /)", "")},
    {"new_event_loop", asyncio_new_event_loop, METH_NOARGS,
     HOST_DOC("new_event_loop($module, /)", "")},
    {"set_event_loop", HOST_METHOD(asyncio_set_event_loop), HOST_KEYWORDS,
     HOST_DOC("set_event_loop($module, /, loop)", "")},
    {NULL, NULL, 0, NULL},
};

int host_run_setup(struct host *host)
{
    return PyModule_AddFunctions(host->module, functions);
}
