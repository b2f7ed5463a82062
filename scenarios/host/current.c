/* Which tasks a loop has and which of them is the current one.  The scheduler knows that, unless
 * the script says something else (asyncio.tasks._enter_task, _register_task and their opposites).
 */
#include "task.h"

/* --- the current task ------------------------------------------------------------------------- */

static PyObject *scheduled(const struct host *host, PyObject *loop)
{
    if (!PyObject_TypeCheck(loop, host->loop_type))
        return Py_None;
    const struct sim_task *task = ((struct host_loop *)(void *)loop)->loop.current;
    return task ? (PyObject *)host_task_of(task) : Py_None;
}

/* Borrowed, Py_None for none; NULL with an exception. */
static PyObject *current(const struct host *host, PyObject *loop)
{
    PyObject *entered = host->entered ? PyDict_GetItemWithError(host->entered, loop) : NULL;
    return entered ? entered : PyErr_Occurred() ? NULL : scheduled(host, loop);
}

PyObject *host_current_task(const struct host *host, PyObject *loop)
{
    return Py_XNewRef(current(host, loop));
}

/* From now on a loop has this task, None for none: again the scheduler's own, if that is it. */
static PyObject *make_current(struct host *host, PyObject *loop, PyObject *task)
{
    if (!host->entered && !(host->entered = PyDict_New()))
        return NULL;
    int error = PyDict_SetItem(host->entered, loop, task);
    if (error == 0 && task == scheduled(host, loop))
        error = PyDict_DelItem(host->entered, loop);
    return error < 0 ? NULL : Py_NewRef(Py_None);
}

static bool loop_and_task(const char *function, PyObject *const *args, Py_ssize_t count,
                          PyObject *keywords, PyObject **given)
{
    const struct host_signature signature = {function, {"loop", "task"}, 2, 2};
    return host_args(&signature, args, count, keywords, given);
}

static PyObject *enter_task(PyObject *module, PyObject *const *args, Py_ssize_t count,
                            PyObject *keywords)
{
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!loop_and_task("_enter_task", args, count, keywords, given))
        return NULL;
    PyObject *now = current(host, given[0]);
    if (now && now != Py_None)
        PyErr_Format(PyExc_RuntimeError,
                     "Cannot enter into task %R while another task %R is being executed.", given[1],
                     now);
    return now == Py_None ? make_current(host, given[0], given[1]) : NULL;
}

static PyObject *leave_task(PyObject *module, PyObject *const *args, Py_ssize_t count,
                            PyObject *keywords)
{
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!loop_and_task("_leave_task", args, count, keywords, given))
        return NULL;
    PyObject *now = current(host, given[0]);
    if (now && now != given[1])
        PyErr_Format(PyExc_RuntimeError, "Leaving task %R does not match the current task %R.",
                     given[1], now);
    return now && now == given[1] ? make_current(host, given[0], Py_None) : NULL;
}

/* --- all tasks -------------------------------------------------------------------------------- */

/* Calls a method of a set of the script's tasks, which is made if it is needed. */
static int change_set(PyObject **set, const char *method, PyObject *task)
{
    if (!*set) {
        PyObject *module = PyImport_ImportModule("_weakrefset");
        *set = module ? PyObject_CallMethod(module, "WeakSet", NULL) : NULL;
        Py_XDECREF(module);
    }
    PyObject *done = *set ? PyObject_CallMethod(*set, method, "O", task) : NULL;
    Py_XDECREF(done);
    return done ? 0 : -1;
}

static PyObject *register_as(PyObject *module, bool known, const char *function,
                             PyObject *const *args, Py_ssize_t count, PyObject *keywords)
{
    const struct host_signature signature = {function, {"task"}, 1, 1};
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given) ||
        change_set(known ? &host->registered : &host->unregistered, "add", given[0]) < 0 ||
        change_set(known ? &host->unregistered : &host->registered, "discard", given[0]) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *register_task(PyObject *module, PyObject *const *args, Py_ssize_t count,
                               PyObject *keywords)
{
    return register_as(module, true, "_register_task", args, count, keywords);
}

static PyObject *unregister_task(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords)
{
    return register_as(module, false, "_unregister_task", args, count, keywords);
}

/* The loop of any object that is registered: get_loop(), or what is in _loop. */
static PyObject *loop_of_any(PyObject *task)
{
    PyObject *get_loop = PyObject_GetAttrString(task, "get_loop");
    if (get_loop) {
        PyObject *loop = PyObject_CallNoArgs(get_loop);
        Py_DECREF(get_loop);
        return loop;
    }
    PyErr_Clear();
    return PyObject_GetAttrString(task, "_loop");
}

/* Adds a registered object if it is a pending task of the loop; -1 with an exception. */
static int add_registered(PyObject *set, PyObject *task, PyObject *loop)
{
    PyObject *its = loop_of_any(task);
    PyObject *done = its == loop ? PyObject_CallMethod(task, "done", NULL) : NULL;
    int over = done ? PyObject_IsTrue(done) : its && its != loop ? 1 : -1;
    Py_XDECREF(done);
    Py_XDECREF(its);
    return over != 0 ? -(over < 0) : host_ordered_set_add(set, task);
}

static int add_all_registered(const struct host *host, PyObject *set, PyObject *loop)
{
    PyObject *tasks = host->registered ? PySequence_List(host->registered) : PyList_New(0);
    int error = tasks ? 0 : -1;
    for (Py_ssize_t i = 0; error == 0 && i < PyList_GET_SIZE(tasks); i++)
        error = add_registered(set, PyList_GET_ITEM(tasks, i), loop);
    Py_XDECREF(tasks);
    return error;
}

/* Whether the script took a task off the list; -1 with an exception. */
static int is_unregistered(const struct host *host, PyObject *task)
{
    return host->unregistered ? PySequence_Contains(host->unregistered, task) : 0;
}

PyObject *host_all_tasks(const struct host *host, PyObject *loop)
{
    PyObject *set = PyObject_CallNoArgs((PyObject *)host->ordered_set_type);
    const struct sim_task *task = NULL;
    if (PyObject_TypeCheck(loop, host->loop_type))
        task = ((struct host_loop *)(void *)loop)->loop.first_task;
    for (; set && task; task = task->next) {
        PyObject *object = (PyObject *)host_task_of(task);
        int off = is_unregistered(host, object);
        if (off < 0 || (!off && host_ordered_set_add(set, object) < 0))
            Py_CLEAR(set);
    }
    if (set && add_all_registered(host, set, loop) < 0)
        Py_CLEAR(set);
    return set;
}

/* --- asking ----------------------------------------------------------------------------------- */

/* The loop of a loop= argument, or the running one: borrowed. */
static PyObject *loop_or_running(const struct host *host, PyObject *given)
{
    if (given && given != Py_None)
        return given;
    if (!host->running)
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
    return (PyObject *)host->running;
}

static PyObject *asyncio_current_task(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                      PyObject *keywords)
{
    static const struct host_signature signature = {"current_task", {"loop"}, 1, 0};
    const struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *loop = loop_or_running(host, given[0]);
    return loop ? host_current_task(host, loop) : NULL;
}

static PyObject *asyncio_all_tasks(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                   PyObject *keywords)
{
    static const struct host_signature signature = {"all_tasks", {"loop"}, 1, 0};
    const struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *loop = loop_or_running(host, given[0]);
    return loop ? host_all_tasks(host, loop) : NULL;
}

static PyMethodDef functions[] = {
    {"current_task", HOST_METHOD(asyncio_current_task), HOST_KEYWORDS,
     HOST_DOC("current_task($module, /, loop=None)", "")},
    {"all_tasks", HOST_METHOD(asyncio_all_tasks), HOST_KEYWORDS,
     HOST_DOC("all_tasks($module, /, loop=None)", "")},
    {"_enter_task", HOST_METHOD(enter_task), HOST_KEYWORDS,
     HOST_DOC("_enter_task($module, /, loop, task)", "")},
    {"_leave_task", HOST_METHOD(leave_task), HOST_KEYWORDS,
     HOST_DOC("_leave_task($module, /, loop, task)", "")},
    {"_register_task", HOST_METHOD(register_task), HOST_KEYWORDS,
     HOST_DOC("_register_task($module, /, task)", "")},
    {"_unregister_task", HOST_METHOD(unregister_task), HOST_KEYWORDS,
     HOST_DOC("_unregister_task($module, /, task)", "")},
    {NULL, NULL, 0, NULL},
};

int host_current_setup(struct host *host)
{
    return PyModule_AddFunctions(host->module, functions);
}
