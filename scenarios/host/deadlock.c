/* The report of a deadlock: each pending task, where it stands, and what it waits for. */
#include "script.h"
#include "sync.h"
#include "task.h"
#include "thread.h"

#include "sim/group.h"
#include "sim/wait.h"
#include "sim/wait_for.h"

static void say(PyObject *text)
{
    if (text)
        PySys_FormatStderr("%U\n", text);
    PyErr_Clear();
    Py_XDECREF(text);
}

PyObject *host_awaited_by(PyObject *coroutine)
{
    static const char *const names[] = {"cr_await", "gi_yieldfrom", "ag_await"};
    PyObject *next = NULL;
    for (size_t i = 0; !next && i < sizeof names / sizeof names[0]; i++)
        next = PyObject_GetAttrString(coroutine, names[i]);
    PyErr_Clear();
    if (next == Py_None)
        Py_CLEAR(next);
    return next;
}

/* The innermost coroutine of the script's own that a coroutine awaits: a new reference. */
static PyObject *innermost(PyObject *coroutine)
{
    PyObject *at = Py_NewRef(coroutine);
    for (int depth = 0; depth < 1000; depth++) {
        PyObject *next = host_awaited_by(at);
        /* Coroutines and generators begin alike. */
        if (!next || !(PyCoro_CheckExact(next) || PyGen_CheckExact(next)) ||
            host_is_ours(((const PyCoroObject *)(void *)next)->cr_code)) {
            Py_XDECREF(next);
            break;
        }
        Py_SETREF(at, next);
    }
    return at;
}

/* What a coroutine awaits in the end, if that is a coroutine of asyncio's: borrowed. */
static struct host_coro *resting_at(const struct host *host, PyObject *coroutine)
{
    PyObject *at = Py_NewRef(coroutine), *next;
    for (int depth = 0; depth < 1000 && (next = host_awaited_by(at)); depth++) {
        if (Py_IS_TYPE(next, host->future_iter_type)) { /* that of a future: it is the end */
            Py_DECREF(next);
            break;
        }
        Py_SETREF(at, next);
    }
    bool is_ours = PyObject_TypeCheck(at, host->coro_type);
    Py_DECREF(at); /* the task holds it */
    return is_ours ? (struct host_coro *)(void *)at : NULL;
}

/* The lock, queue or the like at which a coroutine is, which waits in a line: borrowed. */
static PyObject *meeting_place(const struct host *host, PyObject *coroutine)
{
    const struct host_coro *at = resting_at(host, coroutine);
    return at && at->self && PyObject_TypeCheck(at->self, host->sync_type) ? at->self : NULL;
}

/* The frame of the operation that a task is in; NULL if it is in none. */
static const void *frame_of(const struct host *host, const struct sim_task *task)
{
    struct host_coro *at = resting_at(host, host_task_of(task)->coroutine);
    if (!at || (!Py_IS_TYPE((PyObject *)at, host->operation_types[0]) &&
                !Py_IS_TYPE((PyObject *)at, host->operation_types[1])))
        return NULL;
    return host_operation_frame((struct host_operation *)(void *)at);
}

/* "file.py:12 in main" */
static PyObject *place_of(const struct host *host, PyObject *coroutine)
{
    PyObject *inner = innermost(coroutine), *text = NULL;
    PyObject *frame =
        PyObject_GetAttrString(inner, PyGen_CheckExact(inner) ? "gi_frame" : "cr_frame");
    if (frame && PyFrame_Check(frame)) {
        PyCodeObject *code = PyFrame_GetCode((PyFrameObject *)frame);
        text = host_is_ours(code)
                   ? PyUnicode_FromFormat("asyncio.%U", code->co_qualname)
                   : PyUnicode_FromFormat("%U:%d in %U", code->co_filename,
                                          PyFrame_GetLineNumber((PyFrameObject *)frame),
                                          code->co_qualname);
        Py_DECREF(code);
    }
    PyErr_Clear();
    if (!text && PyObject_TypeCheck(inner, host->coro_type))
        text =
            PyUnicode_FromFormat("asyncio.%s", ((struct host_coro *)(void *)inner)->ops->qualname);
    else if (!text)
        text = PyUnicode_FromString("its start");
    Py_XDECREF(frame);
    Py_DECREF(inner);
    return text;
}

/* "the lock 'db_lock'", or "a lock" if it has no name. */
static PyObject *named_text(const struct sim_sync *sync, const char *kind)
{
    const struct sim_trace *trace = sync->world->trace;
    if (!trace || !sync->name)
        return PyUnicode_FromFormat("%s %s", strchr("aeiou", *kind) ? "an" : "a", kind);
    struct sim_trace_view view = sim_trace_view_of(&trace->memory);
    return PyUnicode_FromFormat("the %s '%s'", kind, sim_trace_text(&view, sync->name, NULL));
}

/* The task that holds a lock; NULL if it is over, or none did. */
static PyObject *holder_name(const struct sim_loop *loop, const struct sim_lock *lock)
{
    for (const struct sim_task *task = loop->first_task; task; task = task->next) {
        if (task->number == lock->holder)
            return host_task_name(host_task_of(task));
    }
    return NULL;
}

/* What is to be said of an object after its name; what it does not say itself stands there. */
static PyObject *line_text_of(enum sim_flag_await kind, PyObject *name, const void *object,
                              PyObject *holder)
{
    const struct sim_barrier *barrier = object;
    const struct sim_queue *queue = object;
    switch (kind) {
    case SIM_AWAIT_LOCK:
        return holder ? PyUnicode_FromFormat("%U that %R holds", name, holder)
                      : PyUnicode_FromFormat("%U that nobody releases", name);
    case SIM_AWAIT_EVENT:
        return PyUnicode_FromFormat("%U that nobody sets", name);
    case SIM_AWAIT_CONDITION:
        return PyUnicode_FromFormat("%U that nobody notifies", name);
    case SIM_AWAIT_SEMAPHORE:
        return PyUnicode_FromFormat("%U that nobody releases", name);
    case SIM_AWAIT_BARRIER:
        return PyUnicode_FromFormat("%U that %u of %u reached", name, barrier->count,
                                    barrier->parties);
    case SIM_AWAIT_QUEUE_GET:
        return PyUnicode_FromFormat("%U, which is empty and into which nobody puts anything", name);
    case SIM_AWAIT_QUEUE_PUT:
        return PyUnicode_FromFormat("%U, which is full (%lld) and from which nobody takes anything",
                                    name, (long long)queue->max_size);
    case SIM_AWAIT_QUEUE_JOIN:
        return PyUnicode_FromFormat("%U, for %llu item%s of which nobody calls task_done()", name,
                                    (unsigned long long)queue->unfinished,
                                    queue->unfinished == 1 ? "" : "s");
    default:
        return NULL;
    }
}

/* What a task waits for that is in the line of `place`. */
static PyObject *line_text(const struct host *host, const struct sim_task *task, PyObject *place)
{
    static const char *const kinds[] = {
        [SIM_AWAIT_LOCK] = "lock",           [SIM_AWAIT_EVENT] = "event",
        [SIM_AWAIT_CONDITION] = "condition", [SIM_AWAIT_SEMAPHORE] = "semaphore",
        [SIM_AWAIT_BARRIER] = "barrier",     [SIM_AWAIT_QUEUE_GET] = "queue",
        [SIM_AWAIT_QUEUE_PUT] = "queue",     [SIM_AWAIT_QUEUE_JOIN] = "queue"};
    enum sim_flag_await kind = task->waiter->kind;
    const void *object = host_sim_of(place);
    PyObject *holder = NULL;
    if (kind == SIM_AWAIT_LOCK && PyObject_TypeCheck(place, host->condition_type))
        object = ((const struct sim_condition *)object)->lock;
    if (kind == SIM_AWAIT_LOCK)
        holder = holder_name(task->future.loop, object);
    PyObject *name = named_text(object, kinds[kind]);
    PyObject *text = name ? line_text_of(kind, name, object, holder) : NULL;
    Py_XDECREF(name);
    return text;
}

/* --- several at once -------------------------------------------------------------------------- */

enum { NAMES_MAX = 5 };

/* Names tasks that are not done. */
struct names {
    PyObject *text; /* NULL: none so far, or memory is out */
    uint32_t count;
};

static void add_name(struct names *names, const struct sim_future *future)
{
    if (sim_future_done(future) || names->count++ >= NAMES_MAX)
        return;
    PyObject *name =
        future->kind == SIM_AWAIT_TASK
            ? PyObject_Repr(host_task_name((struct host_task *)(void *)host_object_of(future)))
            : PyUnicode_FromString("a future");
    PyObject *text =
        names->text && name ? PyUnicode_FromFormat("%U, %U", names->text, name) : Py_XNewRef(name);
    Py_XDECREF(name);
    Py_XSETREF(names->text, text);
}

static int add_task_name(void *names, struct sim_task *task)
{
    add_name(names, &task->future);
    return 0;
}

/* "'a', 'b' of a gather of 3"; takes over the names. */
static PyObject *of_text(struct names *names, PyObject *whole)
{
    PyObject *text = NULL;
    if (names->text && whole && names->count > NAMES_MAX)
        text = PyUnicode_FromFormat("%U and %u more of %U", names->text, names->count - NAMES_MAX,
                                    whole);
    else if (names->text && whole)
        text = PyUnicode_FromFormat("%U of %U", names->text, whole);
    else
        text = Py_XNewRef(whole);
    Py_XDECREF(names->text);
    Py_XDECREF(whole);
    return text;
}

static PyObject *gather_text(const struct sim_gather *gather)
{
    struct names names = {0};
    for (uint32_t i = 0; i < gather->child_count; i++)
        add_name(&names, gather->children[i]);
    return of_text(&names, PyUnicode_FromFormat("a gather of %u", (unsigned)gather->child_count));
}

/* Of the group whose block a task leaves. */
static PyObject *group_text(const struct host *host, const struct sim_task *task)
{
    const struct sim_group_exit *leave = frame_of(host, task);
    struct names names = {0};
    if (leave)
        (void)sim_group_each(leave->group, add_task_name, &names);
    return of_text(&names, PyUnicode_FromString("its group"));
}

static PyObject *wait_text(const struct host *host, const struct sim_task *task)
{
    const struct sim_wait *wait = frame_of(host, task);
    struct names names = {0};
    for (uint32_t i = 0; wait && i < wait->count; i++)
        add_name(&names, wait->futures[i]);
    return of_text(&names, PyUnicode_FromString("what it passed to wait()"));
}

static PyObject *wait_for_text(const struct host *host, const struct sim_task *task)
{
    const struct sim_wait_for *wait = frame_of(host, task);
    struct names names = {0};
    if (wait)
        add_name(&names, wait->future);
    return names.text ? names.text : PyUnicode_FromString("what it passed to wait_for()");
}

static PyObject *awaited_text(const struct host *host, const struct sim_task *task)
{
    const struct sim_future *future = task->waiter;
    if (!future)
        return PyUnicode_FromString("nothing");
    if (future->kind >= SIM_AWAIT_LOCK && future->kind <= SIM_AWAIT_QUEUE_JOIN) {
        PyObject *place = meeting_place(host, host_task_of(task)->coroutine);
        PyObject *text = place ? line_text(host, task, place) : NULL;
        if (text)
            return text;
    }
    switch ((enum sim_flag_await)future->kind) {
    case SIM_AWAIT_TASK:
        return PyUnicode_FromFormat(
            "task %R", host_task_name((struct host_task *)(void *)host_object_of(future)));
    case SIM_AWAIT_GATHER:
        return gather_text((const struct sim_gather *)(const void *)future);
    case SIM_AWAIT_SLEEP:
        return PyUnicode_FromString("a sleep");
    case SIM_AWAIT_THREAD:
        return PyUnicode_FromString("a thread");
    case SIM_AWAIT_WAIT:
        return wait_text(host, task);
    case SIM_AWAIT_WAIT_FOR:
        return wait_for_text(host, task);
    case SIM_AWAIT_AS_COMPLETED:
        return PyUnicode_FromString("the next that is completed, of as_completed()");
    case SIM_AWAIT_SHIELD:
        return PyUnicode_FromString("what it shields");
    case SIM_AWAIT_GROUP:
        return group_text(host, task);
    default:
        break;
    }
    return PyUnicode_FromString("a future that nobody completes");
}

static void report_tasks(const struct host *host, const struct sim_loop *sim)
{
    uint32_t count = sim->task_count;
    say(PyUnicode_FromFormat("awaitscope: deadlock: nothing is ready, no timer is armed, and %u "
                             "task%s for ever",
                             (unsigned)count, count == 1 ? " waits" : "s wait"));
    for (const struct sim_task *task = sim->first_task; task; task = task->next) {
        struct host_task *own = host_task_of(task);
        PyObject *place = place_of(host, own->coroutine);
        PyObject *awaited = awaited_text(host, task);
        if (place && awaited)
            say(PyUnicode_FromFormat("  %R at %U waits for %U", host_task_name(own), place,
                                     awaited));
        Py_XDECREF(awaited);
        Py_XDECREF(place);
    }
}

/* The main thread itself waits, or its loop does. */
void host_deadlock_report(struct host *host, const struct host_loop *loop)
{
    bool blocked = !loop || host->world.threads.main.waits_for;
    uint32_t threads = host_threads_stuck(host);
    SIM_PUT(host->world.trace, DEADLOCK, 0, 0, 0, threads + (blocked ? 0 : loop->loop.task_count),
            0);
    if (blocked)
        say(PyUnicode_FromFormat("awaitscope: deadlock: %u thread%s for ever", (unsigned)threads,
                                 threads == 1 ? " waits" : "s wait"));
    else
        report_tasks(host, &loop->loop);
    host_threads_report(host);
}
