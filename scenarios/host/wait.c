/* asyncio.wait and asyncio.wait_for. */
#include "wait.h"
#include "future.h"
#include "loop.h"
#include "operation.h"
#include "places.h"
#include "script.h"
#include "task.h"

#include "sim/wait.h"
#include "sim/wait_for.h"

static const char *const until_names[] = {"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"};

/* --- shared with as_completed ----------------------------------------------------------------- */

bool host_check_many(struct host *host, PyObject *object, const char *what)
{
    if (!host_is_future(host, object) && !host_is_coroutine(host, object))
        return true;
    PyObject *name = PyType_GetName(Py_TYPE(object));
    PyErr_Format(PyExc_TypeError, "expect %s of futures, not %U", what, name);
    Py_XDECREF(name);
    return false;
}

PyObject *host_distinct(PyObject *iterable)
{
    PyObject *iter = PyObject_GetIter(iterable), *known = iter ? PyDict_New() : NULL, *item;
    while (known && (item = PyIter_Next(iter))) {
        if (PyDict_SetItem(known, item, Py_None) < 0)
            Py_CLEAR(known);
        Py_DECREF(item);
    }
    Py_XDECREF(iter);
    if (PyErr_Occurred())
        Py_CLEAR(known);
    PyObject *list = known ? PyDict_Keys(known) : NULL;
    Py_XDECREF(known);
    return list;
}

bool host_timeout(const struct sim_world *world, PyObject *timeout, int64_t *timeout_ns)
{
    *timeout_ns = SIM_NO_TIMEOUT;
    if (timeout == Py_None)
        return true;
    if (!host_deadline(world, timeout, timeout_ns))
        return false;
    *timeout_ns -= world->now_ns;
    return true;
}

int host_visit_futures(struct sim_future *const *futures, uint32_t count, visitproc visit,
                       void *arg)
{
    for (uint32_t i = 0; futures && i < count; i++)
        Py_VISIT(host_object_of(futures[i]));
    return 0;
}

/* A timer that the loop has let go of belongs to the operation, with what it was to wake. */
static int visit_timer(const struct sim_handle *timer, visitproc visit, void *arg)
{
    bool own = timer && timer->references == 1 && timer->callback.ops;
    return own ? host_visit_future(timer->callback.arg, visit, arg) : 0;
}

static struct host_loop *running_loop(struct host_operation *self)
{
    struct host *host = host_of((PyObject *)self);
    if (!host->running)
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
    return host->running;
}

/* --- wait ------------------------------------------------------------------------------------- */

/* What return_when means; -1 with ValueError. */
static int until_of(PyObject *return_when)
{
    static const enum sim_flag_combine flags[] = {SIM_COMBINE_WAIT_FIRST_COMPLETED,
                                                  SIM_COMBINE_WAIT_FIRST_EXCEPTION,
                                                  SIM_COMBINE_WAIT_ALL_COMPLETED};
    for (int i = 0; PyUnicode_Check(return_when) && i < 3; i++) {
        if (PyUnicode_CompareWithASCIIString(return_when, until_names[i]) == 0)
            return (int)flags[i];
    }
    PyErr_Format(PyExc_ValueError, "Invalid return_when value: %S", return_when);
    return -1;
}

/* Whether a list of what is to be waited for has none but futures, and a loop runs. */
static bool check_futures(struct host_operation *self, PyObject *list)
{
    struct host *host = host_of((PyObject *)self);
    Py_ssize_t count = PyList_GET_SIZE(list);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (!host_is_coroutine(host, PyList_GET_ITEM(list, i)))
            continue;
        PyErr_SetString(PyExc_TypeError, "Passing coroutines is forbidden, use tasks explicitly.");
        return false;
    }
    if (!running_loop(self))
        return false;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        if (host_is_future(host, item) && host_future_of(item)->loop)
            continue;
        PyErr_Format(PyExc_AttributeError, "'%s' object has no attribute 'add_done_callback'",
                     Py_TYPE(item)->tp_name);
        return false;
    }
    if (count == 0)
        PyErr_SetString(PyExc_AssertionError, "Set of Futures is empty.");
    return count > 0;
}

struct sim_future **host_futures_array(PyObject *list)
{
    Py_ssize_t count = PyList_GET_SIZE(list);
    struct sim_future **futures = PyMem_New(struct sim_future *, (size_t)count);
    if (!futures)
        PyErr_NoMemory();
    for (Py_ssize_t i = 0; futures && i < count; i++)
        futures[i] = host_future_of(PyList_GET_ITEM(list, i));
    return futures;
}

/* Prepares the wait for a list of futures. */
static int prepare_wait(struct host_operation *self, PyObject *list, PyObject *timeout, int until)
{
    int64_t timeout_ns;
    if (!check_futures(self, list) ||
        !host_timeout(running_loop(self)->loop.world, timeout, &timeout_ns))
        return -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        if (!host_tell_future(host_of((PyObject *)self), PyList_GET_ITEM(list, i)))
            return -1;
    }
    struct sim_future **futures = host_futures_array(list);
    int error = -1;
    if (futures)
        error = sim_wait_init(host_operation_frame(self), futures, (uint32_t)PyList_GET_SIZE(list),
                              (enum sim_flag_combine)until, timeout_ns);
    if (futures && error < 0)
        PyErr_NoMemory();
    PyMem_Free(futures);
    return error;
}

/* `local` is (fs, timeout, return_when), and then the list of what is waited for. */
static int begin_wait(struct host_operation *self)
{
    PyObject *fs = PyTuple_GET_ITEM(self->coro.local, 0);
    PyObject *timeout = PyTuple_GET_ITEM(self->coro.local, 1);
    if (!host_check_many(host_of((PyObject *)self), fs, "a list"))
        return -1;
    int some = PyObject_IsTrue(fs);
    if (some == 0)
        PyErr_SetString(PyExc_ValueError, "Set of Tasks/Futures is empty.");
    int until = some > 0 ? until_of(PyTuple_GET_ITEM(self->coro.local, 2)) : -1;
    PyObject *list = until < 0 ? NULL : host_distinct(fs);
    int error = list ? prepare_wait(self, list, timeout, until) : -1;
    if (list)
        Py_SETREF(self->coro.local, list);
    return error;
}

/* (done, pending) */
static PyObject *result_of_wait(struct host_operation *self, PyObject *value)
{
    const struct sim_wait *wait = host_operation_frame(self);
    PyObject *type = (PyObject *)host_of((PyObject *)self)->ordered_set_type;
    PyObject *sets[] = {PyObject_CallNoArgs(type), PyObject_CallNoArgs(type)};
    bool ok = sets[0] && sets[1];
    Py_XDECREF(value);
    for (uint32_t i = 0; ok && i < wait->count; i++) {
        PyObject *set = sets[sim_future_done(wait->futures[i]) ? 0 : 1];
        ok = host_ordered_set_add(set, host_object_of(wait->futures[i])) == 0;
    }
    PyObject *pair = ok ? PyTuple_Pack(2, sets[0], sets[1]) : NULL;
    Py_XDECREF(sets[0]);
    Py_XDECREF(sets[1]);
    return pair;
}

static int visit_wait(const void *frame, visitproc visit, void *arg)
{
    const struct sim_wait *wait = frame;
    int error = host_visit_futures(wait->futures, wait->count, visit, arg);
    if (!error)
        error = visit_timer(wait->timer, visit, arg);
    return error ? error : host_visit_future(wait->waiter, visit, arg);
}

static PyObject *asyncio_wait(PyObject *module, PyObject *const *args, Py_ssize_t count,
                              PyObject *keywords)
{
    static const struct host_signature signature = {"wait", {"fs", "timeout", "return_when"}, 1, 1};
    static const struct host_operation_ops ops = {
        HOST_OPERATION("wait", "wait", "tasks", "await _wait(fs, timeout, return_when, loop)"),
        .size = sizeof(struct sim_wait), .begin = begin_wait, .result = result_of_wait,
        .visit = visit_wait};
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *timeout = given[1] ? given[1] : Py_None;
    PyObject *local = given[2] ? PyTuple_Pack(3, given[0], timeout, given[2])
                               : Py_BuildValue("(OOs)", given[0], timeout, "ALL_COMPLETED");
    struct host_operation *self = local ? host_operation_new(host, &ops, NULL) : NULL;
    if (self)
        self->coro.local = local;
    else
        Py_XDECREF(local);
    return (PyObject *)self;
}

/* --- wait_for --------------------------------------------------------------------------------- */

/* There is nothing to wait for, as the exception that is set says: the timer stays. */
static void leave_timer(struct sim_wait_for *wait, struct host_loop *loop, int64_t timeout_ns,
                        bool armed)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (armed || sim_wait_for_arm(wait, &loop->loop, timeout_ns) == 0)
        sim_wait_for_leave(wait);
    PyErr_Restore(type, value, traceback);
}

/* The timer is armed before there is a task, which only methods of the script's could tell. */
static int wait_for_future(struct host_operation *self, struct host_loop *loop, int64_t timeout_ns)
{
    struct host *host = host_of((PyObject *)self);
    struct sim_wait_for *wait = host_operation_frame(self);
    bool timed = timeout_ns > 0 && timeout_ns != SIM_NO_TIMEOUT;
    bool armed = timed && loop->loop.guest_soon;
    if (armed && sim_wait_for_arm(wait, &loop->loop, timeout_ns) < 0) {
        PyErr_NoMemory();
        return -1;
    }
    PyObject *future = host_ensure_future(host, PyTuple_GET_ITEM(self->coro.local, 0), loop);
    bool told = future && (timeout_ns <= 0 || host_tell_future(host, future));
    if (told && armed)
        sim_wait_for_set_future(wait, host_future_of(future));
    else if (told)
        sim_wait_for_init(wait, host_future_of(future), timeout_ns);
    else if (timed)
        leave_timer(wait, loop, timeout_ns, armed);
    Py_XDECREF(future);
    return told ? 0 : -1;
}

/* `local` is (fut, timeout). */
static int begin_wait_for(struct host_operation *self)
{
    PyObject *timeout = PyTuple_GET_ITEM(self->coro.local, 1);
    struct host_loop *loop = running_loop(self);
    int64_t timeout_ns = 0;
    PyObject *zero = PyLong_FromLong(0);
    int over = zero ? PyObject_RichCompareBool(timeout, zero, Py_LE) : -1;
    Py_XDECREF(zero);
    if (over < 0 || (over == 0 && !host_timeout(loop->loop.world, timeout, &timeout_ns)))
        return -1;
    if (over == 0 && timeout_ns <= 0)
        timeout_ns = 1; /* less than the clock can tell, but it waits */
    return wait_for_future(self, loop, timeout_ns);
}

/* Time was up: the cause of the exception that is set came from the future. */
static void tell_cause(struct host_operation *self)
{
    static const struct host_place places[] = {{"tasks", "wait_for", "return fut.result()", 1},
                                               {"tasks", "wait_for", "return fut.result()", 4}};
    const struct sim_wait_for *wait = host_operation_frame(self);
    PyObject *error = host_take_error(), *cause = PyException_GetCause(error);
    if (cause)
        host_place_passed(host_of((PyObject *)self), &places[wait->timeout_ns > 0], cause);
    Py_XDECREF(cause);
    PyErr_Restore(Py_NewRef((PyObject *)Py_TYPE(error)), error, PyException_GetTraceback(error));
}

enum { DIRECT = 2 }; /* a place of wait_for: it awaits its argument */

/* Without a timeout the argument is awaited as it is. */
static PySendResult step_wait_for(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct host_operation *self = (struct host_operation *)(void *)coro;
    *result = NULL;
    if (coro->place == DIRECT) {
        *result = Py_XNewRef(value);
        return value ? PYGEN_RETURN : PYGEN_ERROR;
    }
    if (coro->place == 0 && !running_loop(self))
        return PYGEN_ERROR;
    if (coro->place == 0 && PyTuple_GET_ITEM(coro->local, 1) == Py_None)
        return host_coro_await(coro, PyTuple_GET_ITEM(coro->local, 0), DIRECT, result);
    PySendResult how = host_operation_step(coro, value, result);
    const struct sim_wait_for *wait = host_operation_frame(self);
    if (how == PYGEN_ERROR && wait->timed_out)
        tell_cause(self);
    return how;
}

static int visit_wait_for(const void *frame, visitproc visit, void *arg)
{
    const struct sim_wait_for *wait = frame;
    int error = host_visit_future(wait->future, visit, arg);
    if (!error)
        error = host_visit_future(wait->waiter, visit, arg);
    if (!error)
        error = visit_timer(wait->timer, visit, arg);
    return error ? error : host_visit_value(wait->kept.value, visit, arg);
}

/* Where it is, or where it raises the exception that is set. */
static const struct host_place *where_wait_for_is(const struct host_coro *coro, bool raises)
{
    static const struct host_place direct = HOST_PLACE("tasks", "wait_for", "return await fut"),
                                   result = {"tasks", "wait_for", "return fut.result()", 3},
                                   late[] = {
                                       HOST_PLACE("tasks", "wait_for",
                                                  "raise exceptions.TimeoutEr"),
                                       {"tasks", "wait_for", "raise exceptions.TimeoutEr", 1}};
    const struct host *host = host_of((PyObject *)(void *)(uintptr_t)coro);
    const struct sim_wait_for *wait =
        host_operation_frame((struct host_operation *)(void *)(uintptr_t)coro);
    if (coro->place == DIRECT)
        return &direct;
    if (raises && wait->timed_out)
        return &late[wait->timeout_ns > 0];
    if (raises && !PyErr_ExceptionMatches(host->cancelled_error))
        return &result;
    return &coro->ops->place;
}

/* What it waited for, until whoever catches the exception is done with it; what was cancelled
 * because time was up has nothing left to tell. */
static PyObject *kept_by_wait_for(struct host_operation *self)
{
    const struct sim_wait_for *wait = host_operation_frame(self);
    return wait->future && !wait->timed_out ? Py_NewRef(host_object_of(wait->future)) : NULL;
}

static PyObject *asyncio_wait_for(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    static const struct host_signature signature = {"wait_for", {"fut", "timeout"}, 2, 2};
    static const struct host_operation_ops ops = {
        .coro = {.name = "wait_for",
                 .qualname = "wait_for",
                 .step = step_wait_for,
                 .awaits = host_operation_awaits,
                 .place = HOST_PLACE("tasks", "wait_for", "await waiter"),
                 .where = where_wait_for_is},
        .size = sizeof(struct sim_wait_for),
        .begin = begin_wait_for,
        .keeps = kept_by_wait_for,
        .visit = visit_wait_for};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *local = PyTuple_Pack(2, given[0], given[1]);
    struct host_operation *self =
        local ? host_operation_new(PyModule_GetState(module), &ops, NULL) : NULL;
    if (self)
        self->coro.local = local;
    else
        Py_XDECREF(local);
    return (PyObject *)self;
}

static PyMethodDef functions[] = {
    {"wait", HOST_METHOD(asyncio_wait), HOST_KEYWORDS,
     HOST_DOC("wait($module, /, fs, *, timeout=None, return_when='ALL_COMPLETED')", "")},
    {"wait_for", HOST_METHOD(asyncio_wait_for), HOST_KEYWORDS,
     HOST_DOC("wait_for($module, /, fut, timeout)", "")},
    {NULL, NULL, 0, NULL},
};

int host_wait_setup(struct host *host)
{
    for (size_t i = 0; i < sizeof until_names / sizeof until_names[0]; i++) {
        if (PyModule_AddStringConstant(host->module, until_names[i], until_names[i]) < 0)
            return -1;
    }
    return PyModule_AddFunctions(host->module, functions);
}
