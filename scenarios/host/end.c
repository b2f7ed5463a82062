/* Runs that end from within, because the script must not go on. */
#include "state.h"

#include <unistd.h>

static void flush(const char *name)
{
    PyObject *file = PySys_GetObject(name);
    PyObject *done = file && file != Py_None ? PyObject_CallMethod(file, "flush", NULL) : NULL;
    PyErr_Clear();
    Py_XDECREF(done);
}

void host_flush(void)
{
    flush("stdout");
    flush("stderr");
}

static void say(PyObject *text)
{
    if (text)
        PySys_FormatStderr("%U\n", text);
    PyErr_Clear();
    Py_XDECREF(text);
}

/* --- a deadlock ------------------------------------------------------------------------------- */

/* The innermost coroutine that a coroutine awaits: a new reference. */
static PyObject *innermost(PyObject *coroutine)
{
    static const char *const names[] = {"cr_await", "gi_yieldfrom", "ag_await"};
    PyObject *at = Py_NewRef(coroutine);
    for (int depth = 0; depth < 1000; depth++) {
        PyObject *next = NULL;
        for (size_t i = 0; !next && i < sizeof names / sizeof names[0]; i++)
            next = PyObject_GetAttrString(at, names[i]);
        PyErr_Clear();
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

/* "file.py:12 in main" */
static PyObject *place_of(PyObject *coroutine)
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
    Py_XDECREF(frame);
    Py_DECREF(inner);
    return text ? text : PyUnicode_FromString("its start");
}

static PyObject *awaited_text(const struct sim_future *future)
{
    if (!future)
        return PyUnicode_FromString("nothing");
    switch ((enum sim_flag_await)future->kind) {
    case SIM_AWAIT_TASK:
        return PyUnicode_FromFormat("task %R",
                                    ((struct host_task *)(void *)host_object_of(future))->name);
    case SIM_AWAIT_GATHER:
        return PyUnicode_FromFormat(
            "a gather of %u",
            (unsigned)((const struct sim_gather *)(const void *)future)->child_count);
    case SIM_AWAIT_SLEEP:
        return PyUnicode_FromString("a sleep");
    case SIM_AWAIT_THREAD:
        return PyUnicode_FromString("a thread");
    default:
        break;
    }
    return PyUnicode_FromString("a future that nobody completes");
}

static void report_tasks(const struct sim_loop *sim)
{
    uint32_t count = sim->task_count;
    say(PyUnicode_FromFormat("awaitscope: deadlock: nothing is ready, no timer is armed, and %u "
                             "task%s for ever",
                             (unsigned)count, count == 1 ? " waits" : "s wait"));
    for (const struct sim_task *task = sim->first_task; task; task = task->next) {
        const struct host_task *own = host_task_of(task);
        PyObject *place = place_of(own->coroutine), *awaited = awaited_text(task->waiter);
        if (place && awaited)
            say(PyUnicode_FromFormat("  %R at %U waits for %U", own->name, place, awaited));
        Py_XDECREF(awaited);
        Py_XDECREF(place);
    }
}

/* The main thread itself waits, or its loop does. */
static void report_deadlock(struct host *host, const struct host_loop *loop)
{
    bool blocked = !loop || host->world.threads.main.waits_for;
    uint32_t threads = host_threads_stuck(host);
    SIM_PUT(host->world.trace, DEADLOCK, 0, 0, 0, threads + (blocked ? 0 : loop->loop.task_count),
            0);
    if (blocked)
        say(PyUnicode_FromFormat("awaitscope: deadlock: %u thread%s for ever", (unsigned)threads,
                                 threads == 1 ? " waits" : "s wait"));
    else
        report_tasks(&loop->loop);
    host_threads_report(host);
}

/* --- ends ------------------------------------------------------------------------------------- */

_Noreturn static void end(struct host *host, enum sim_flag_end how, int code, int error)
{
    struct sim_trace *trace = host->world.trace;
    host_flush();
    if (trace) {
        uint32_t why = sim_trace_intern_z(trace, sim_error_text(error));
        sim_trace_put_last(trace, (struct sim_event){.kind = SIM_EV_RUN_END,
                                                     .flag = (uint8_t)how,
                                                     .a = (uint32_t)code,
                                                     .b = why});
    }
    _exit(code);
}

static int end_for_time(void *nothing)
{
    (void)nothing;
    PyObject *module = PyState_FindModule(&host_module_def);
    struct host *host = module ? PyModule_GetState(module) : NULL;
    if (host)
        host_end_on_error(host, host->running, SIM_EREAL);
    return 0;
}

void scn_host_time_up(void)
{
    Py_AddPendingCall(end_for_time, NULL);
}

void host_end_on_error(struct host *host, struct host_loop *loop, int error)
{
    if (error == 0)
        return;
    if (error == SIM_EDEADLOCK) {
        report_deadlock(host, loop);
        end(host, SIM_END_DEADLOCK, SCN_HOST_DEADLOCK, error);
    }
    /* Whoever started the run says this one. */
    end(host,
        error == SIM_EFULL   ? SIM_END_MAX_EVENTS
        : error == SIM_ETIME ? SIM_END_MAX_TIME
        : error == SIM_EREAL ? SIM_END_MAX_REAL
                             : SIM_END_ERROR,
        SCN_HOST_BUDGET, error);
}
