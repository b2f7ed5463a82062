/* asyncio.sleep(): one object is the coroutine, the future that it awaits and the timer. */
#include "loop.h"
#include "task.h"

enum { STARTED, YIELDED, ASLEEP, BY_METHODS };

static struct host_sleep *sleep_of(void *self)
{
    return self;
}

/* Whether the delay is 0 or less; -1 with an exception. */
static int is_bare_yield(PyObject *delay)
{
    if (PyFloat_CheckExact(delay))
        return PyFloat_AS_DOUBLE(delay) <= 0.0;
    PyObject *zero = PyLong_FromLong(0);
    int answer = zero ? PyObject_RichCompareBool(delay, zero, Py_LE) : -1;
    Py_XDECREF(zero);
    return answer;
}

static PyObject *set_result(PyObject *Py_UNUSED(self), PyObject *const *args, Py_ssize_t count)
{
    PyObject *done = count == 2 ? PyObject_CallMethod(args[0], "done", NULL) : NULL;
    int over = done ? PyObject_IsTrue(done) : -1;
    Py_XDECREF(done);
    if (over < 0)
        return NULL;
    return over ? Py_NewRef(Py_None) : PyObject_CallMethod(args[0], "set_result", "O", args[1]);
}

static PyMethodDef set_result_method = {"_set_result_unless_cancelled", HOST_METHOD(set_result),
                                        METH_FASTCALL, NULL};

/* On a loop whose methods are the script's own: as in CPython, by create_future() and call_later().
 * `local` is the handle. */
static PySendResult sleep_by_methods(struct host_sleep *self, struct host_loop *loop,
                                     PyObject **result)
{
    PyObject *object = (PyObject *)loop,
             *future = PyObject_CallMethod(object, "create_future", NULL);
    PyObject *setter = future ? PyCFunction_New(&set_result_method, NULL) : NULL;
    PySendResult how = PYGEN_ERROR;
    if (setter)
        self->coro.local = PyObject_CallMethod(object, "call_later", "OOOO", self->delay, setter,
                                               future, self->result);
    if (self->coro.local)
        how = host_coro_await(&self->coro, future, BY_METHODS, result);
    Py_XDECREF(setter);
    Py_XDECREF(future);
    return how;
}

/* Cancels the handle, whatever ended the sleep. */
static PySendResult wake_up_by_methods(struct host_sleep *self, PyObject *value, PyObject **result)
{
    PyObject *type, *error, *traceback;
    PyErr_Fetch(&type, &error, &traceback);
    PyObject *done = PyObject_CallMethod(self->coro.local, "cancel", NULL);
    Py_CLEAR(self->coro.local);
    if (!done) {
        _PyErr_ChainExceptions(type, error, traceback);
        return PYGEN_ERROR;
    }
    Py_DECREF(done);
    PyErr_Restore(type, error, traceback);
    *result = Py_XNewRef(value);
    return value ? PYGEN_RETURN : PYGEN_ERROR;
}

/* Whether the script has its own of what a sleep calls. */
static bool has_own_methods(struct host_loop *loop)
{
    static const char *const names[] = {"call_later", "call_at", "time", "create_future",
                                        "call_soon"};
    bool own = false;
    for (size_t i = 0; !own && i < sizeof names / sizeof *names; i++)
        own = host_loop_has_own(loop, names[i]);
    return own;
}

static PySendResult fall_asleep(struct host_sleep *self, PyObject **result)
{
    struct host_loop *loop = host_of((PyObject *)self)->running;
    int64_t deadline_ns;
    if (!loop) {
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
        return PYGEN_ERROR;
    }
    if (has_own_methods(loop))
        return sleep_by_methods(self, loop, result);
    if (!host_deadline(loop->loop.world, self->delay, &deadline_ns))
        return PYGEN_ERROR;
    Py_INCREF(loop);
    sim_future_init(&loop->loop, &self->sleep.future, SIM_AWAIT_SLEEP);
    sim_sleep_arm(&self->sleep, deadline_ns);
    self->coro.place = ASLEEP;
    *result = Py_NewRef((PyObject *)self);
    return PYGEN_NEXT;
}

static PySendResult wake_up(struct host_sleep *self, const PyObject *value, PyObject **result)
{
    const struct sim_future *future = &self->sleep.future;
    PyObject *given = self->result; /* the timer may keep the object for a while */
    sim_sleep_disarm(&self->sleep);
    self->result = NULL;
    if (value && future->state == SIM_FUTURE_RESULT) {
        *result = given;
        return PYGEN_RETURN;
    }
    if (given == Py_None)
        Py_DECREF(given);
    else
        self->coro.local = given;
    if (!value)
        return PYGEN_ERROR;
    if (future->state == SIM_FUTURE_PENDING)
        PyErr_SetString(PyExc_RuntimeError, "await wasn't used with future");
    else
        PyErr_SetNone(host_of((PyObject *)self)->cancelled_error);
    return PYGEN_ERROR;
}

static PySendResult step(struct host_coro *coro, PyObject *value, PyObject **result)
{
    struct host_sleep *self = sleep_of(coro);
    if (coro->place == ASLEEP)
        return wake_up(self, value, result);
    if (coro->place == BY_METHODS)
        return wake_up_by_methods(self, value, result);
    if (!value)
        return PYGEN_ERROR;
    if (coro->place == YIELDED) {
        *result = Py_NewRef(self->result);
        return PYGEN_RETURN;
    }
    int bare = is_bare_yield(self->delay);
    if (bare < 0)
        return PYGEN_ERROR;
    if (bare == 0)
        return fall_asleep(self, result);
    coro->place = YIELDED;
    *result = Py_NewRef(Py_None);
    return PYGEN_NEXT;
}

static const struct host_place zero_place = HOST_PLACE("tasks", "sleep", "await __sleep0()");

static const struct host_place *where(const struct host_coro *coro, bool raises)
{
    (void)raises;
    return coro->place == YIELDED ? &zero_place : &coro->ops->place;
}

/* Its future is no object of its own: what stands for it is already over. */
static PyObject *awaits(const struct host_coro *coro)
{
    const struct host *host = host_of((PyObject *)(void *)(uintptr_t)coro);
    return coro->place == ASLEEP ? host->future_iter_type->tp_alloc(host->future_iter_type, 0)
                                 : Py_NewRef(Py_None);
}

static const struct host_coro_ops sleep_ops = {
    .name = "sleep",
    .qualname = "sleep",
    .step = step,
    .awaits = awaits,
    .place = HOST_PLACE("tasks", "sleep", "return await future"),
    .where = where};

static PyObject *asyncio_sleep(PyObject *module, PyObject *const *args, Py_ssize_t count,
                               PyObject *keywords)
{
    static const struct host_signature signature = {"sleep", {"delay", "result"}, 2, 1};
    struct host *host = PyModule_GetState(module);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    struct host_sleep *self = host_pool_take(&host->sleeps, host->sleep_type);
    if (!self)
        return NULL;
    self->coro.ops = &sleep_ops;
    self->delay = Py_NewRef(given[0]);
    self->result = Py_NewRef(given[1] ? given[1] : Py_None);
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

/* --- the type --------------------------------------------------------------------------------- */

static int sleep_traverse(PyObject *object, visitproc visit, void *arg)
{
    struct host_sleep *self = sleep_of(object);
    Py_VISIT(Py_TYPE(object));
    Py_VISIT(self->delay);
    Py_VISIT(self->result);
    Py_VISIT(self->coro.awaiting);
    Py_VISIT(self->coro.local);
    return host_future_visit(&self->sleep.future, visit, arg);
}

static int sleep_clear(PyObject *object)
{
    struct host_sleep *self = sleep_of(object);
    if (self->sleep.future.loop)
        sim_future_fini(&self->sleep.future);
    Py_CLEAR(self->delay);
    Py_CLEAR(self->result);
    Py_CLEAR(self->coro.awaiting);
    Py_CLEAR(self->coro.local);
    return 0;
}

static void sleep_dealloc(PyObject *object)
{
    struct host_sleep *self = sleep_of(object);
    struct host *host = host_of(object);
    if (self->coro.state == HOST_CORO_NEW && PyObject_CallFinalizerFromDealloc(object) < 0)
        return;
    PyObject_GC_UnTrack(object);
    if (self->coro.weakrefs)
        PyObject_ClearWeakRefs(object);
    sleep_clear(object);
    if (self->sleep.future.loop) {
        sim_handle_fini(&self->sleep.timer);
        Py_DECREF(host_loop_of(self->sleep.future.loop));
    }
    host_pool_give(&host->sleeps, object);
}

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, sleep_dealloc),
    HOST_SLOT(Py_tp_traverse, sleep_traverse),
    HOST_SLOT(Py_tp_clear, sleep_clear),
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "builtins.coroutine",
    .basicsize = sizeof(struct host_sleep),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

static PyMethodDef functions[] = {
    {"sleep", HOST_METHOD(asyncio_sleep), HOST_KEYWORDS,
     HOST_DOC("sleep($module, /, delay, result=None)",
              "Coroutine that completes after a given time (in seconds).")},
    {NULL, NULL, 0, NULL},
};

int host_sleep_setup(struct host *host)
{
    host->sleep_type = host_type_new(host, &spec, host->coro_type, false);
    if (!host->sleep_type)
        return -1;
    return PyModule_AddFunctions(host->module, functions);
}
