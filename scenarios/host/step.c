/* One step of a task: its coroutine is resumed, and what it yields or raises is made out.
 *
 * The rules are those of CPython 3.11, Lib/asyncio/tasks.py, Task.__step.
 */
#include "script.h"
#include "task.h"

static struct host_task *task_of_coro(struct sim_coro *coro)
{
    return (struct host_task *)(void *)((char *)coro - offsetof(struct host_task, coro));
}

/* Code of the script's that looked at what was yielded raised: that is thrown into the coroutine.
 */
static enum sim_flag_step script_raised(struct sim_step *out)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    out->value = value;
    return SIM_STEP_ERROR;
}

/* The coroutine awaited what it cannot: RuntimeError will be thrown into it.  The format is that of
 * PyUnicode_FromFormat. */
static enum sim_flag_step bad_yield(struct sim_step *out, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    PyObject *message = PyUnicode_FromFormatV(format, values);
    va_end(values);
    out->value = message ? PyObject_CallOneArg(PyExc_RuntimeError, message) : NULL;
    Py_XDECREF(message);
    return out->value ? SIM_STEP_ERROR : script_raised(out);
}

static PyObject *wakeup(PyObject *Py_UNUSED(self), PyObject *Py_UNUSED(future))
{
    Py_RETURN_NONE;
}

static PyMethodDef wakeup_method = {"task_wakeup", wakeup, METH_O, NULL};

bool host_is_wakeup(PyObject *function)
{
    return PyCFunction_CheckExact(function) && PyCFunction_GET_FUNCTION(function) == wakeup;
}

bool host_tell_future(const struct host *host, PyObject *future)
{
    static const char name[] = "add_done_callback";
    if (Py_IS_TYPE(future, host->future_type) || Py_IS_TYPE(future, host->task_type) ||
        Py_IS_TYPE(future, host->gather_type) || Py_IS_TYPE(future, host->sleep_type))
        return true;
    PyObject *its = PyObject_GetAttrString((PyObject *)Py_TYPE(future), name);
    PyObject *ours = PyObject_GetAttrString((PyObject *)host->future_type, name);
    PyObject *function = NULL, *done = NULL;
    bool same = its && its == ours;
    if (its && ours && !same && (function = PyCFunction_New(&wakeup_method, NULL)))
        done = PyObject_CallMethod(future, name, "O", function);
    Py_XDECREF(done);
    Py_XDECREF(function);
    Py_XDECREF(ours);
    Py_XDECREF(its);
    return same || done;
}

static enum sim_flag_step yielded_future(struct host_task *self, PyObject *yielded,
                                         struct sim_future *future, bool *awaited,
                                         struct sim_step *out)
{
    if (yielded == (PyObject *)self)
        return bad_yield(out, "Task cannot await on itself: %R", self);
    if (future->loop != self->task.future.loop)
        return bad_yield(out, "Task %R got Future %R attached to a different loop", self, yielded);
    if (!*awaited)
        return bad_yield(out, "yield was used instead of yield from in task %R with %R", self,
                         yielded);
    *awaited = false;
    if (!host_tell_future(host_of_loop(future->loop), yielded))
        return script_raised(out);
    self->awaited = Py_NewRef(yielded);
    out->future = future;
    return SIM_STEP_AWAIT;
}

static enum sim_flag_step yielded(struct host_task *self, PyObject *object, struct sim_step *out)
{
    struct host *host = host_of_loop(self->task.future.loop);
    if (object == Py_None)
        return SIM_STEP_YIELD;
    if (Py_IS_TYPE(object, host->sleep_type)) {
        struct host_sleep *sleep = (struct host_sleep *)(void *)object;
        bool awaited = true;
        if (sleep->sleep.future.loop)
            return yielded_future(self, object, &sleep->sleep.future, &awaited, out);
    }
    if (host_is_future(host, object) && host_future_of(object)->loop) {
        struct host_face *face = (struct host_face *)(void *)object;
        return yielded_future(self, object, host_future_of(object), &face->blocking, out);
    }
    if (PyGen_CheckExact(object))
        return bad_yield(out,
                         "yield was used instead of yield from for generator in task %R with %R",
                         self, object);
    return bad_yield(out, "Task got bad yield: %R", object);
}

/* The coroutine raised: what is set is taken. */
static enum sim_flag_step raised(struct host_task *self, struct sim_step *out)
{
    struct host *host = host_of_loop(self->task.future.loop);
    PyObject *type, *value, *traceback;
    if (!PyErr_Occurred()) /* an iterator that just ended */
        return SIM_STEP_RETURN;
    bool fatal = host_is_fatal();
    bool cancelled = PyErr_ExceptionMatches(host->cancelled_error);
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    Py_XDECREF(type);
    out->value = value;
    Py_XDECREF(traceback);
    if (cancelled)
        return SIM_STEP_CANCELLED;
    if (host->inspect_records) {
        Py_XSETREF(host->raised, Py_NewRef(value));
        host->raised_by = self->task.number;
    }
    if (fatal) {
        self->task.future.flags |= SIM_FUTURE_FATAL;
        PyErr_SetObject((PyObject *)Py_TYPE(value), value);
        host_fatal(host, self->task.future.loop);
    }
    return SIM_STEP_RAISE;
}

static enum sim_flag_step end_step(struct host_task *self, PySendResult how, PyObject *result,
                                   struct sim_step *out)
{
    enum sim_flag_step step = SIM_STEP_RETURN;
    if (how == PYGEN_NEXT) {
        step = yielded(self, result, out);
        Py_DECREF(result);
    } else if (how == PYGEN_RETURN) {
        out->value = result;
    } else {
        step = raised(self, out);
    }
    return step;
}

/* A run that is to be looked at must not go on: not even to the end of the loop's iteration. */
static void stop_here(struct host *host)
{
    if (host->inspect_records && host_error(host) < 0)
        host_end_on_error(host, host->running, host_error(host));
}

static enum sim_flag_step send(struct sim_coro *coro, struct sim_task *task, struct sim_step *out)
{
    struct host_task *self = task_of_coro(coro);
    PyObject *result = NULL;
    PySendResult how = PYGEN_ERROR;
    (void)task;
    stop_here(host_of_loop(self->task.future.loop));
    host_collector_step(host_of_loop(self->task.future.loop));
    Py_CLEAR(self->awaited);
    if (PyContext_Enter(self->context) == 0) {
        how = PyIter_Send(self->coroutine, Py_None, &result);
        PyContext_Exit(self->context);
    }
    return end_step(self, how, result, out);
}

static enum sim_flag_step throw_in(struct sim_coro *coro, struct sim_task *task, bool cancel,
                                   sim_value exception, struct sim_step *out)
{
    struct host_task *self = task_of_coro(coro);
    struct host *host = host_of_loop(self->task.future.loop);
    PyObject *result = NULL;
    PySendResult how = PYGEN_ERROR;
    (void)task, (void)cancel;
    stop_here(host);
    Py_CLEAR(self->awaited);
    if (PyContext_Enter(self->context) == 0) {
        result = PyObject_CallMethodOneArg(self->coroutine, host->str_throw, exception);
        PyContext_Exit(self->context);
        if (result)
            how = PYGEN_NEXT;
        else if (_PyGen_FetchStopIterationValue(&result) == 0)
            how = PYGEN_RETURN;
    }
    return end_step(self, how, result, out);
}

/* The coroutine is freed with the task, or when the script drops it. */
static void close_coro(struct sim_coro *coro)
{
    (void)coro;
}

const struct sim_coro_ops host_task_coro_ops = {
    .send = send, .throw_in = throw_in, .close = close_coro};
