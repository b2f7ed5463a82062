/* Running an event loop, and what ends with it: asynchronous generators, the executor. */
#include "future.h"
#include "loop.h"
#include "places.h"
#include "script.h"
#include "task.h"
#include "thread.h"

static struct host_loop *loop_of(void *self)
{
    return self;
}

/* --- running ---------------------------------------------------------------------------------- */

static int check_can_run(const struct host_loop *self)
{
    const struct host *host = host_of_loop(&self->loop);
    if (host_loop_check_open(self) < 0)
        return -1;
    if (self->running)
        PyErr_SetString(PyExc_RuntimeError, "This event loop is already running");
    else if (host->running)
        PyErr_SetString(PyExc_RuntimeError,
                        "Cannot run the event loop while another loop is running");
    else
        return 0;
    return -1;
}

/* Calls sys.set_asyncgen_hooks(firstiter, finalizer); -1 with an exception. */
static int set_hooks(PyObject *firstiter, PyObject *finalizer)
{
    PyObject *set = PySys_GetObject("set_asyncgen_hooks");
    PyObject *done = set ? PyObject_CallFunctionObjArgs(set, firstiter, finalizer, NULL) : NULL;
    Py_XDECREF(done);
    return done ? 0 : -1;
}

/* Installs the loop's hooks and returns the old ones, NULL with an exception. */
static PyObject *install_hooks(struct host_loop *self)
{
    PyObject *get = PySys_GetObject("get_asyncgen_hooks");
    PyObject *old = get ? PyObject_CallNoArgs(get) : NULL;
    PyObject *first = PyObject_GetAttrString((PyObject *)self, "_asyncgen_firstiter_hook");
    PyObject *final = PyObject_GetAttrString((PyObject *)self, "_asyncgen_finalizer_hook");
    if (old && (!first || !final || set_hooks(first, final) < 0))
        Py_CLEAR(old);
    Py_XDECREF(first);
    Py_XDECREF(final);
    return old;
}

/* Runs until it is stopped, or `future` (may be NULL) is done; -1 with an exception. */
static int run(struct host_loop *self, struct sim_future *future)
{
    struct host *host = host_of_loop(&self->loop);
    PyObject *old = install_hooks(self);
    if (!old)
        return -1;
    self->running = true;
    host->running = self;
    host_loop_track_origins(self, self->debug);
    int error = future ? sim_loop_run_until(&self->loop, future) : sim_loop_run(&self->loop);
    if (error != SIM_EGUEST)
        host_end_on_error(host, self, error);
    self->running = false;
    host->running = NULL;
    PyObject *fatal = host->fatal;
    host->fatal = NULL;
    host_loop_track_origins(self, false);
    int restored = set_hooks(PyStructSequence_GET_ITEM(old, 0), PyStructSequence_GET_ITEM(old, 1));
    Py_DECREF(old);
    if (fatal) {
        PyErr_SetObject((PyObject *)Py_TYPE(fatal), fatal);
        Py_DECREF(fatal);
        return -1;
    }
    return restored;
}

PyObject *host_loop_run_forever(struct host_loop *self)
{
    if (check_can_run(self) < 0 || run(self, NULL) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The coroutine raised SystemExit: its task is nobody's, so nobody will ask it. */
static void forget_exception(PyObject *future)
{
    host_future_of(future)->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
}

PyObject *host_loop_run_until_complete(struct host_loop *self, PyObject *given)
{
    static const struct host_place place =
        HOST_PLACE("base_events", "BaseEventLoop.run_until_complete", "self._check_running()");
    struct host *host = host_of_loop(&self->loop);
    if (check_can_run(self) < 0) {
        host_place_raise(host, &place, (PyObject *)self, given);
        return NULL;
    }
    PyObject *future = host_ensure_future(host, given, self), *result = NULL;
    if (!future)
        return NULL;
    if (future != given)
        ((struct host_face *)(void *)future)->quiet = true;
    if (!host_tell_future(host, future) || run(self, host_future_of(future)) < 0) {
        if (future != given)
            forget_exception(future);
    } else if (!sim_future_done(host_future_of(future))) {
        PyErr_SetString(PyExc_RuntimeError, "Event loop stopped before Future completed.");
    } else {
        result = host_future_result(future);
    }
    Py_DECREF(future);
    return result;
}

/* executor.shutdown(wait=False) */
static int shut_executor_down(struct host_loop *self)
{
    PyObject *executor = self->default_executor;
    self->default_executor = NULL;
    PyObject *done = PyObject_CallMethod(executor, "shutdown", "O", Py_False);
    Py_DECREF(executor);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

int host_loop_close(struct host_loop *self)
{
    if (self->running) {
        PyErr_SetString(PyExc_RuntimeError, "Cannot close a running event loop");
        return -1;
    }
    if (!self->closed) {
        self->closed = true;
        self->executor_shut_down = true;
        sim_loop_clear(&self->loop);
        if (self->default_executor)
            return shut_executor_down(self);
    }
    return 0;
}

static PyObject *loop_run_forever(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return host_loop_run_forever(loop_of(self));
}

static PyObject *loop_run_until_complete(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                         PyObject *keywords)
{
    static const struct host_signature signature = {
        "BaseEventLoop.run_until_complete", {"future"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    return host_loop_run_until_complete(loop_of(self), given[0]);
}

static PyObject *loop_stop(PyObject *self, PyObject *Py_UNUSED(unused))
{
    sim_loop_stop(&loop_of(self)->loop);
    Py_RETURN_NONE;
}

static PyObject *loop_close(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return host_loop_close(loop_of(self)) == 0 ? Py_NewRef(Py_None) : NULL;
}

static PyObject *loop_is_running(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(loop_of(self)->running);
}

static PyObject *loop_is_closed(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(loop_of(self)->closed);
}

/* --- asynchronous generators ------------------------------------------------------------------ */

static PyObject *firstiter_hook(PyObject *self, PyObject *generator)
{
    struct host_loop *loop = loop_of(self);
    if (loop->asyncgens_shut_down &&
        PyErr_ResourceWarning(self, 1,
                              "asynchronous generator %R was scheduled after "
                              "loop.shutdown_asyncgens() call",
                              generator) < 0)
        return NULL;
    PyObject *key = PyLong_FromVoidPtr(generator);
    PyObject *reference = key ? PyWeakref_NewRef(generator, NULL) : NULL;
    int error = reference ? PyDict_SetItem(loop->asyncgens, key, reference) : -1;
    Py_XDECREF(reference);
    Py_XDECREF(key);
    return error == 0 ? Py_NewRef(Py_None) : NULL;
}

static int forget_generator(const struct host_loop *loop, PyObject *generator)
{
    PyObject *key = PyLong_FromVoidPtr(generator);
    int known = key ? PyDict_Contains(loop->asyncgens, key) : -1;
    if (known > 0)
        known = PyDict_DelItem(loop->asyncgens, key);
    Py_XDECREF(key);
    return known;
}

static PyObject *finalizer_hook(PyObject *self, PyObject *generator)
{
    struct host_loop *loop = loop_of(self);
    if (forget_generator(loop, generator) < 0)
        return NULL;
    if (loop->closed)
        Py_RETURN_NONE;
    PyObject *close = PyObject_CallMethod(generator, "aclose", NULL);
    PyObject *create = close ? PyObject_GetAttrString(self, "create_task") : NULL;
    PyObject *handle =
        create ? PyObject_CallMethod(self, "call_soon_threadsafe", "OO", create, close) : NULL;
    Py_XDECREF(create);
    Py_XDECREF(close);
    return handle;
}

/* The living generators as a list; the loop forgets them. */
static PyObject *take_generators(const struct host_loop *loop)
{
    PyObject *list = PyList_New(0), *key, *reference;
    Py_ssize_t at = 0;
    while (list && PyDict_Next(loop->asyncgens, &at, &key, &reference)) {
        PyObject *generator = PyWeakref_GET_OBJECT(reference);
        if (generator != Py_None && PyList_Append(list, generator) < 0)
            Py_CLEAR(list);
    }
    PyDict_Clear(loop->asyncgens);
    return list;
}

/* gather(*[g.aclose() for g in generators], return_exceptions=True) */
static PyObject *close_generators(struct host *host, PyObject *generators)
{
    Py_ssize_t count = PyList_GET_SIZE(generators);
    PyObject *closings = PyList_New(count), *outer = NULL;
    for (Py_ssize_t i = 0; closings && i < count; i++) {
        PyObject *close = PyObject_CallMethod(PyList_GET_ITEM(generators, i), "aclose", NULL);
        if (close)
            PyList_SET_ITEM(closings, i, close);
        else
            Py_CLEAR(closings);
    }
    if (closings)
        outer = host_gather(host, PySequence_Fast_ITEMS(closings), count, true);
    Py_XDECREF(closings);
    return outer;
}

static void report_closings(struct host_loop *loop, PyObject *generators, PyObject *results)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(results); i++) {
        PyObject *result = PyList_GET_ITEM(results, i);
        PyObject *generator = PyList_GET_ITEM(generators, i);
        if (PyObject_IsInstance(result, PyExc_Exception) != 1)
            continue;
        PyObject *message = PyUnicode_FromFormat(
            "an error occurred during closing of asynchronous generator %R", generator);
        const char *bytes = message ? PyUnicode_AsUTF8(message) : NULL;
        PyErr_Clear();
        host_report(loop, bytes ? bytes : "", result, "asyncgen", generator);
        Py_XDECREF(message);
    }
}

static PySendResult asyncgens_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct host_loop *loop = loop_of(coro->self);
    if (!value)
        return PYGEN_ERROR;
    if (coro->place == 0) {
        loop->asyncgens_shut_down = true;
        coro->local = take_generators(loop);
        if (!coro->local)
            return PYGEN_ERROR;
        if (PyList_GET_SIZE(coro->local) > 0) {
            PyObject *outer = close_generators(host_of_loop(&loop->loop), coro->local);
            PySendResult how = outer ? host_coro_await(coro, outer, 1, result) : PYGEN_ERROR;
            Py_XDECREF(outer);
            return how;
        }
    } else {
        report_closings(loop, coro->local, value);
    }
    *result = Py_NewRef(Py_None);
    return PYGEN_RETURN;
}

static const struct host_coro_ops asyncgens_ops = {
    .name = "shutdown_asyncgens",
    .qualname = "BaseEventLoop.shutdown_asyncgens",
    .step = asyncgens_step,
    .place = HOST_PLACE("base_events", "BaseEventLoop.shutdown_asyncgens", "await tasks.gather(")};

PyObject *host_loop_shutdown_asyncgens(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return host_coro_new(host_of_loop(&loop_of(self)->loop), &asyncgens_ops, self);
}

/* Where there is no executor by now there is nothing to wait for. */
static PySendResult executor_step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct host_loop *loop = loop_of(coro->self);
    if (value && coro->place == 0 && loop->default_executor) {
        PyObject *shutdown = host_pools_shutdown(loop);
        PySendResult how = shutdown ? host_coro_await(coro, shutdown, 1, result) : PYGEN_ERROR;
        Py_XDECREF(shutdown);
        return how;
    }
    loop->executor_shut_down = true;
    *result = value ? Py_NewRef(Py_None) : NULL;
    return value ? PYGEN_RETURN : PYGEN_ERROR;
}

static const struct host_coro_ops executor_ops = {
    .name = "shutdown_default_executor",
    .qualname = "BaseEventLoop.shutdown_default_executor",
    .step = executor_step,
    .place = HOST_PLACE("base_events", "BaseEventLoop.shutdown_default_executor", "await future")};

PyObject *host_loop_shutdown_default_executor(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return host_coro_new(host_of_loop(&loop_of(self)->loop), &executor_ops, self);
}

PyMethodDef host_loop_run_methods[] = {
    {"run_forever", loop_run_forever, METH_NOARGS, HOST_DOC("run_forever($self)", "")},
    {"run_until_complete", HOST_METHOD(loop_run_until_complete), HOST_KEYWORDS,
     HOST_DOC("run_until_complete($self, future)", "")},
    {"stop", loop_stop, METH_NOARGS, HOST_DOC("stop($self)", "")},
    {"close", loop_close, METH_NOARGS, HOST_DOC("close($self)", "")},
    {"is_running", loop_is_running, METH_NOARGS, HOST_DOC("is_running($self)", "")},
    {"is_closed", loop_is_closed, METH_NOARGS, HOST_DOC("is_closed($self)", "")},
    {"_asyncgen_firstiter_hook", firstiter_hook, METH_O, NULL},
    {"_asyncgen_finalizer_hook", finalizer_hook, METH_O, NULL},
    {"shutdown_asyncgens", host_loop_shutdown_asyncgens, METH_NOARGS,
     HOST_DOC("shutdown_asyncgens($self)", "")},
    {"shutdown_default_executor", host_loop_shutdown_default_executor, METH_NOARGS,
     HOST_DOC("shutdown_default_executor($self)", "")},
    {NULL, NULL, 0, NULL},
};
