/* What every task's coroutine looks like where the run was stopped: its frames and their locals.
 *
 * A run is reproducible, so recording this all along would be waste: whoever wants to see it runs
 * the script once more, up to that event.  The process ends right after, so it does no harm that
 * reading values runs code of the script's.
 */
#include "lines.h"
#include "script.h"
#include "thread.h"

#include <string.h>

enum { FRAMES_MOST = 64, LOCALS_MOST = 64, TRACEBACK_MOST = 1000 };

static uint32_t intern(struct sim_trace *trace, PyObject *text)
{
    const char *bytes = text ? PyUnicode_AsUTF8(text) : NULL;
    PyErr_Clear();
    return bytes ? sim_trace_intern_z(trace, bytes) : 0;
}

/* reprlib's, for texts that a line has room for. */
static PyObject *open_repr(void)
{
    static const char *const limits[] = {"maxother", "maxstring", "maxlong"};
    PyObject *module = PyImport_ImportModule("reprlib");
    PyObject *repr = module ? PyObject_CallMethod(module, "Repr", NULL) : NULL;
    PyObject *most = PyLong_FromLong(120), *dots = PyUnicode_FromString("…");
    for (size_t i = 0; repr && most && i < sizeof limits / sizeof *limits; i++)
        (void)PyObject_SetAttrString(repr, limits[i], most);
    if (repr && dots)
        (void)PyObject_SetAttrString(repr, "fillvalue", dots);
    PyErr_Clear();
    Py_XDECREF(dots);
    Py_XDECREF(most);
    Py_XDECREF(module);
    return repr;
}

/* A value as that shows it, but for addresses, which say nothing. */
static uint32_t intern_repr(struct sim_trace *trace, PyObject *repr, PyObject *value)
{
    static const char at[] = " at 0x";
    PyObject *text = repr ? PyObject_CallMethod(repr, "repr", "O", value) : NULL;
    const char *bytes = text ? PyUnicode_AsUTF8(text) : NULL;
    char shown[512] = "", *found;
    PyErr_Clear();
    snprintf(shown, sizeof shown, "%s", bytes ? bytes : Py_TYPE(value)->tp_name);
    Py_XDECREF(text);
    while ((found = strstr(shown, at))) {
        const char *rest = found + strlen(at);
        rest += strspn(rest, "0123456789abcdef");
        memmove(found, rest, strlen(rest) + 1);
    }
    return sim_trace_intern_z(trace, shown);
}

/* Modules, functions and classes are no state; names with two underscores are the system's. */
static bool is_shown(PyObject *name, PyObject *value)
{
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    PyErr_Clear();
    return text && strncmp(text, "__", 2) != 0 && !PyModule_Check(value) && !PyType_Check(value) &&
           !PyFunction_Check(value) && !PyCFunction_Check(value);
}

static void put_locals(struct sim_trace *trace, uint32_t task, PyFrameObject *frame)
{
    PyObject *locals = PyFrame_GetLocals(frame);
    PyObject *items = locals ? PyMapping_Items(locals) : NULL;
    PyObject *repr = open_repr();
    Py_ssize_t shown = 0;
    for (Py_ssize_t i = 0; items && i < PyList_GET_SIZE(items) && shown < LOCALS_MOST; i++) {
        PyObject *pair = PyList_GET_ITEM(items, i);
        PyObject *name = PyTuple_GET_ITEM(pair, 0), *value = PyTuple_GET_ITEM(pair, 1);
        if (!is_shown(name, value))
            continue;
        uint32_t text = intern_repr(trace, repr, value);
        SIM_PUT(trace, LOCAL, 0, 0, task, intern(trace, name), text);
        shown++;
    }
    PyErr_Clear();
    Py_XDECREF(repr);
    Py_XDECREF(items);
    Py_XDECREF(locals);
}

static void put_frame(struct host *host, uint32_t task, PyFrameObject *frame)
{
    struct sim_trace *trace = host->world.trace;
    PyCodeObject *code = PyFrame_GetCode(frame);
    int line = PyFrame_GetLineNumber(frame);
    if (!host_is_ours(code)) {
        SIM_PUT(trace, FRAME, 0, line > 0 && line < UINT16_MAX ? line : UINT16_MAX, task,
                intern(trace, code->co_qualname), host_file_id(host, code->co_filename));
        put_locals(trace, task, frame);
    }
    Py_DECREF(code);
}

/* --- what runs -------------------------------------------------------------------------------- */

/* The frames that run now, outermost first, down from that of a coroutine; all if it is NULL or not
 * among them.  New references; returns how many. */
static int running_frames(PyObject *coroutine, PyFrameObject *frames[FRAMES_MOST])
{
    PyObject *first = coroutine ? host_suspended_frame(coroutine) : NULL;
    PyFrameObject *frame = PyThreadState_GetFrame(PyThreadState_Get());
    int count = 0;
    bool more = frame;
    for (; more && count < FRAMES_MOST; more = frame && (PyObject *)frames[count - 1] != first) {
        frames[count++] = frame;
        frame = PyFrame_GetBack(frame);
    }
    Py_XDECREF(frame);
    Py_XDECREF(first);
    for (int i = 0; i < count / 2; i++) {
        PyFrameObject *other = frames[i];
        frames[i] = frames[count - 1 - i];
        frames[count - 1 - i] = other;
    }
    return count;
}

/* Whether a coroutine is among what runs now: a step that has just begun has not reached it. */
static bool is_running(PyObject *coroutine)
{
    static const char *const names[] = {"cr_running", "gi_running"};
    for (size_t i = 0; coroutine && i < sizeof names / sizeof *names; i++) {
        PyObject *answer = PyObject_GetAttrString(coroutine, names[i]);
        PyErr_Clear();
        Py_XDECREF(answer); /* one of the two that are never freed */
        if (answer)
            return answer == Py_True;
    }
    return true;
}

static void put_running(struct host *host, uint32_t task, PyObject *coroutine)
{
    PyFrameObject *frames[FRAMES_MOST];
    int count = running_frames(coroutine, frames);
    for (int i = 0; i < count; i++) {
        put_frame(host, task, frames[i]);
        Py_DECREF(frames[i]);
    }
}

/* --- what is suspended ------------------------------------------------------------------------ */

static void put_suspended(struct host *host, uint32_t task, PyObject *coroutine)
{
    PyObject *at = Py_NewRef(coroutine), *next;
    for (int depth = 0; at && depth < FRAMES_MOST; depth++) {
        PyObject *frame = host_suspended_frame(at);
        if (frame)
            put_frame(host, task, (PyFrameObject *)(void *)frame);
        Py_XDECREF(frame);
        next = host_awaited_by(at);
        Py_SETREF(at, next);
    }
    Py_XDECREF(at);
}

/* --- what went wrong -------------------------------------------------------------------------- */

/* A text without the folders of the script's own files: they are found by their names. */
static PyObject *without_folders(const struct host *host, PyObject *text)
{
    PyObject *nothing = PyUnicode_New(0, 0);
    Py_ssize_t slash =
        PyUnicode_FindChar(host->script, '/', 0, PyUnicode_GET_LENGTH(host->script), -1);
    PyObject *folder = PyUnicode_Substring(host->script, 0, slash + 1), *rest = NULL, *out = NULL;
    if (nothing && folder)
        rest = PyUnicode_Replace(text, host->directory, nothing, -1);
    if (rest)
        out = PyUnicode_GET_LENGTH(folder) > 1 ? PyUnicode_Replace(rest, folder, nothing, -1)
                                               : Py_NewRef(rest);
    Py_XDECREF(rest);
    Py_XDECREF(folder);
    Py_XDECREF(nothing);
    return out;
}

/* The traceback of what a task raised last, line by line. */
static void put_traceback(struct host *host)
{
    PyObject *module = PyImport_ImportModule("traceback"), *text = NULL, *lines = NULL;
    PyObject *parts =
        module ? PyObject_CallMethod(module, "format_exception", "O", host->raised) : NULL;
    PyObject *empty = PyUnicode_New(0, 0);
    PyObject *whole = parts && empty ? PyUnicode_Join(empty, parts) : NULL;
    if (whole && (text = without_folders(host, whole)))
        lines = PyUnicode_Splitlines(text, 0);
    for (Py_ssize_t i = 0; lines && i < PyList_GET_SIZE(lines) && i < TRACEBACK_MOST; i++)
        SIM_PUT(host->world.trace, TRACEBACK, 0, 0, host->raised_by,
                intern(host->world.trace, PyList_GET_ITEM(lines, i)), 0);
    PyErr_Clear();
    Py_XDECREF(lines);
    Py_XDECREF(text);
    Py_XDECREF(whole);
    Py_XDECREF(empty);
    Py_XDECREF(parts);
    Py_XDECREF(module);
}

void host_inspect(struct host *host)
{
    struct sim_trace *trace = host->world.trace;
    const struct sim_task *running = host->running ? host->running->loop.current : NULL;
    trace->error = 0;
    trace->budget += host->inspect_records;
    host->inspect_records = 0; /* once */
    if (host->raised)
        put_traceback(host);
    for (struct host_loop *loop = host->running; loop; loop = NULL) {
        for (const struct sim_task *task = loop->loop.first_task; task; task = task->next) {
            struct host_task *its = host_task_of(task);
            if (task == running && is_running(its->coroutine))
                put_running(host, task->number, its->coroutine);
            else if (its->coroutine)
                put_suspended(host, task->number, its->coroutine);
        }
    }
    if (!running)
        put_running(host, 0, NULL);
}
