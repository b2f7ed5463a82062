/* asyncio.Condition. */
#include "script.h"
#include "sync.h"

struct host_condition {
    struct host_sync face;
    struct sim_condition condition;
    PyObject *lock;    /* NULL before __init__ */
    PyObject *waiters; /* a deque where the lock is not plainly asyncio's, and what waits for it is
                          written in Python (conditions.py); else NULL */
};

static struct host_condition *face_of(PyObject *self)
{
    return (struct host_condition *)(void *)self;
}

static struct sim_condition *condition_of(PyObject *self)
{
    return host_sim_of(self);
}

/* False with AttributeError if __init__ was never called. */
static bool is_ready(PyObject *self)
{
    if (face_of(self)->lock)
        return true;
    PyErr_Format(PyExc_AttributeError, "'%s' object has no attribute '_lock'",
                 Py_TYPE(self)->tp_name);
    return false;
}

/* Whether the script's class has the method in its own way. */
static bool has_own(PyObject *self, const char *method)
{
    return host_sync_has_own(self, host_of_sync(self)->condition_type, method);
}

/* --- on a lock of the script's ---------------------------------------------------------------- */

static const char source[] = {
#include "conditions.inc"
    0};

/* Calls a function of conditions.py, which is run if it is needed: a new reference, NULL with an
 * exception.  The arguments are those of PyObject_CallFunctionObjArgs. */
static PyObject *by_hand(struct host *host, const char *name, PyObject *first, PyObject *second,
                         PyObject *third)
{
    static const struct host_embedded part = {
        .module = "asyncio.locks", .file = "<frozen asyncio>", .source = source};
    if (!host->conditions)
        host->conditions = host_embedded_run(host, &part);
    PyObject *function = host->conditions ? PyObject_GetAttrString(host->conditions, name) : NULL;
    PyObject *answer =
        function ? PyObject_CallFunctionObjArgs(function, first, second, third, NULL) : NULL;
    Py_XDECREF(function);
    return answer;
}

/* Whether a lock is asyncio's, and neither its class nor the script has other methods for it. */
static bool is_plain_lock(const struct host *host, PyObject *lock)
{
    static const char *const methods[] = {"acquire", "release", "locked"};
    if (!PyObject_TypeCheck(lock, host->mutex_type))
        return false;
    PyObject *own = ((struct host_sync *)(void *)lock)->dict;
    bool plain = true;
    for (size_t i = 0; plain && i < sizeof methods / sizeof *methods; i++) {
        PyObject *name = PyUnicode_InternFromString(methods[i]);
        plain = name && host_sync_is_plain(lock, host->mutex_type, name) &&
                !(own && PyDict_GetItem(own, name));
        Py_XDECREF(name);
    }
    PyErr_Clear();
    return plain;
}

/* Takes a lock of the script's; -1 with AttributeError if it is none. */
static int take_lock(PyObject *self, PyObject *lock)
{
    static const char *const methods[] = {"locked", "acquire", "release"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        PyObject *method = PyObject_GetAttrString(lock, methods[i]);
        Py_XDECREF(method);
        if (!method)
            return -1;
    }
    face_of(self)->waiters = by_hand(host_of_sync(self), "new_waiters", NULL, NULL, NULL);
    return face_of(self)->waiters ? 0 : -1;
}

/* --- waiting ---------------------------------------------------------------------------------- */

static int visit_wait(const void *frame, visitproc visit, void *arg)
{
    const struct sim_condition_wait *wait = frame;
    int error = host_visit_waiter(&wait->waiter, visit, arg);
    error = error ? error : host_visit_waiter(&wait->acquire.waiter, visit, arg);
    return error ? error : host_visit_value(wait->kept.value, visit, arg);
}

static PyObject *condition_wait(PyObject *self, PyObject *Py_UNUSED(unused))
{
    static const struct host_operation_ops ops = {
        HOST_OPERATION("wait", "Condition.wait", "locks", "await fut"),
        .size = sizeof(struct sim_condition_wait),
        .result = host_result_true,
        .visit = visit_wait,
    };
    if (!is_ready(self))
        return NULL;
    if (face_of(self)->waiters)
        return by_hand(host_of_sync(self), "wait", self, face_of(self)->waiters, NULL);
    struct host_operation *wait = host_operation_new(host_of_sync(self), &ops, self);
    if (wait)
        sim_condition_wait_init(host_operation_frame(wait), condition_of(self));
    return (PyObject *)wait;
}

/* Asks the script's predicate. */
static enum sim_flag_step ask(void *user, bool *holds, sim_value *value)
{
    struct host_operation *self = user;
    PyObject *answer = PyObject_CallNoArgs(self->coro.local);
    int truth = answer ? PyObject_IsTrue(answer) : -1;
    if (truth >= 0) {
        *holds = truth;
        *value = answer;
        return SIM_STEP_RETURN;
    }
    Py_XDECREF(answer);
    bool cancelled = PyErr_ExceptionMatches(host_of((PyObject *)self)->cancelled_error);
    *value = host_take_error();
    return cancelled ? SIM_STEP_CANCELLED : SIM_STEP_RAISE;
}

static int visit_wait_for(const void *frame, visitproc visit, void *arg)
{
    return visit_wait(&((const struct sim_condition_wait_for *)frame)->wait, visit, arg);
}

static PyObject *condition_wait_for(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                    PyObject *keywords)
{
    static const struct host_signature signature = {"Condition.wait_for", {"predicate"}, 1, 1};
    static const struct host_operation_ops ops = {
        HOST_OPERATION("wait_for", "Condition.wait_for", "locks", "await self.wait()"),
        .size = sizeof(struct sim_condition_wait_for),
        .visit = visit_wait_for,
    };
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given) || !is_ready(self))
        return NULL;
    if (face_of(self)->waiters || has_own(self, "wait"))
        return by_hand(host_of_sync(self), "wait_for", self, given[0], NULL);
    struct host_operation *wait = host_operation_new(host_of_sync(self), &ops, self);
    if (!wait)
        return NULL;
    wait->coro.local = Py_NewRef(given[0]);
    sim_condition_wait_for_init(host_operation_frame(wait), condition_of(self), ask, wait);
    return (PyObject *)wait;
}

/* --- notifying -------------------------------------------------------------------------------- */

static PyObject *notify(PyObject *self, int64_t most)
{
    if (!is_ready(self))
        return NULL;
    if (face_of(self)->waiters) {
        PyObject *number = PyLong_FromLongLong(most), *done = NULL;
        if (number)
            done = by_hand(host_of_sync(self), "notify", self, face_of(self)->waiters, number);
        Py_XDECREF(number);
        return done;
    }
    if (sim_condition_notify(condition_of(self), most))
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_RuntimeError, "cannot notify on un-acquired lock");
    return NULL;
}

static PyObject *condition_notify(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                  PyObject *keywords)
{
    static const struct host_signature signature = {"Condition.notify", {"n"}, 1, 0};
    PyObject *given[4];
    int overflow = 0;
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    long long most = given[0] ? PyLong_AsLongLongAndOverflow(given[0], &overflow) : 1;
    if (most == -1 && PyErr_Occurred())
        return NULL;
    return notify(self, overflow > 0 ? INT64_MAX : most);
}

static Py_ssize_t count_waiters(PyObject *self)
{
    PyObject *own = face_of(self)->waiters;
    return own ? PyObject_Size(own) : (Py_ssize_t)condition_of(self)->waiters.count;
}

static PyObject *condition_notify_all(PyObject *self, PyObject *Py_UNUSED(unused))
{
    if (!has_own(self, "notify"))
        return notify(self, INT64_MAX);
    PyObject *done = PyObject_CallMethod(self, "notify", "n", count_waiters(self));
    if (done)
        Py_SETREF(done, Py_NewRef(Py_None));
    return done;
}

/* --- its lock --------------------------------------------------------------------------------- */

static PyObject *condition_acquire(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return is_ready(self) ? PyObject_CallMethod(face_of(self)->lock, "acquire", NULL) : NULL;
}

static PyObject *condition_release(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return is_ready(self) ? PyObject_CallMethod(face_of(self)->lock, "release", NULL) : NULL;
}

static PyObject *condition_locked(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return is_ready(self) ? PyObject_CallMethod(face_of(self)->lock, "locked", NULL) : NULL;
}

static PyObject *condition_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    struct host *host = host_of_sync(self);
    PyObject *lock = face_of(self)->lock;
    if (lock && !face_of(self)->waiters &&
        host_sync_is_plain(self, host->condition_type, host->str_acquire) &&
        host_sync_is_plain(lock, host->mutex_type, host->str_acquire))
        return host_lock_operation(lock, &host_lock_enter_ops);
    return host_sync_enter(self, NULL);
}

/* --- the type --------------------------------------------------------------------------------- */

static PyObject *condition_repr(PyObject *self)
{
    PyObject *locked = condition_locked(self, NULL);
    int truth = locked ? PyObject_IsTrue(locked) : -1;
    Py_XDECREF(locked);
    if (truth < 0)
        return NULL;
    return host_sync_repr(self, PyUnicode_FromString(truth ? "locked" : "unlocked"),
                          (uint32_t)count_waiters(self));
}

static PyObject *get_lock(PyObject *self, void *Py_UNUSED(closure))
{
    return is_ready(self) ? Py_NewRef(face_of(self)->lock) : NULL;
}

static PyObject *get_waiters(PyObject *self, void *Py_UNUSED(closure))
{
    PyObject *own = face_of(self)->waiters;
    return own ? Py_NewRef(own) : host_sync_waiters(&condition_of(self)->waiters);
}

static PyObject *condition_new(PyTypeObject *type, PyObject *Py_UNUSED(args),
                               PyObject *Py_UNUSED(keywords))
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self) {
        sim_condition_init(condition_of(self), &host_of_type(type)->world, NULL);
        host_sync_own(&condition_of(self)->sync, self);
    }
    return self;
}

/* The lock's methods are the condition's, whatever a class of the script's has of these names. */
static int hide_own_methods(PyObject *self, PyObject *lock)
{
    static const char *const names[] = {"locked", "acquire", "release"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!has_own(self, names[i]))
            continue;
        PyObject *method = PyObject_GetAttrString(lock, names[i]);
        int error = method ? PyObject_SetAttrString(self, names[i], method) : -1;
        Py_XDECREF(method);
        if (error < 0)
            return -1;
    }
    return 0;
}

static int condition_init(PyObject *self, PyObject *args, PyObject *keywords)
{
    static const struct host_signature signature = {"Condition.__init__", {"lock"}, 1, 0};
    struct host *host = host_of_sync(self);
    PyObject *given[4];
    if (!host_init_args(&signature, args, keywords, given))
        return -1;
    PyObject *lock = given[0] && given[0] != Py_None
                         ? Py_NewRef(given[0])
                         : PyObject_CallNoArgs((PyObject *)host->mutex_type);
    bool plain = lock && is_plain_lock(host, lock);
    if (lock && face_of(self)->lock) {
        PyErr_SetString(PyExc_RuntimeError, "Condition is already initialized");
        Py_CLEAR(lock);
    } else if (lock && !plain && take_lock(self, lock) < 0) {
        Py_CLEAR(lock);
    }
    if (!lock)
        return -1;
    face_of(self)->lock = lock;
    if (plain)
        condition_of(self)->lock = host_sim_of(lock);
    return hide_own_methods(self, lock);
}

static int condition_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(face_of(self)->lock);
    Py_VISIT(face_of(self)->waiters);
    return host_sync_traverse_waiters(self, visit, arg);
}

/* Waits that still go on have the condition, and need its lock. */
static void condition_dealloc(PyObject *self)
{
    PyObject *lock = face_of(self)->lock, *waiters = face_of(self)->waiters;
    host_sync_dealloc(self);
    Py_XDECREF(waiters);
    Py_XDECREF(lock);
}

static PyMethodDef methods[] = {
    {"wait", condition_wait, METH_NOARGS, HOST_DOC("wait($self)", "Wait until notified.")},
    {"wait_for", HOST_METHOD(condition_wait_for), HOST_KEYWORDS,
     HOST_DOC("wait_for($self, predicate)", "Wait until a predicate becomes true.")},
    {"notify", HOST_METHOD(condition_notify), HOST_KEYWORDS,
     HOST_DOC("notify($self, n=1)", "Wake up n waiters.")},
    {"notify_all", condition_notify_all, METH_NOARGS,
     HOST_DOC("notify_all($self)", "Wake up all waiters.")},
    {"acquire", condition_acquire, METH_NOARGS, HOST_DOC("acquire($self)", "")},
    {"release", condition_release, METH_NOARGS, HOST_DOC("release($self)", "")},
    {"locked", condition_locked, METH_NOARGS, HOST_DOC("locked($self)", "")},
    {"__aenter__", condition_enter, METH_NOARGS, HOST_DOC("__aenter__($self)", "")},
    {"__aexit__", HOST_METHOD(host_sync_exit), METH_FASTCALL,
     HOST_DOC("__aexit__($self, exc_type, exc, tb)", "")},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getset[] = {
    {"_lock", get_lock, NULL, NULL, NULL},
    {"_waiters", get_waiters, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_new, condition_new),
    HOST_SLOT(Py_tp_init, condition_init),
    HOST_SLOT(Py_tp_dealloc, condition_dealloc),
    HOST_SLOT(Py_tp_traverse, condition_traverse),
    HOST_SLOT(Py_tp_clear, host_sync_clear),
    HOST_SLOT(Py_tp_repr, condition_repr),
    {Py_tp_methods, methods},
    {Py_tp_getset, getset},
    {Py_tp_doc, HOST_DOC("Condition(lock=None)", "")},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.locks.Condition",
    .basicsize = sizeof(struct host_condition),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .slots = slots,
};

int host_condition_setup(struct host *host)
{
    host->condition_type = host_type_new(host, &spec, host->locking_bases, true);
    return host->condition_type ? 0 : -1;
}
