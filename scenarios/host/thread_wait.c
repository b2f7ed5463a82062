/* What threads wait for, in words: for the trace, and for the report of a deadlock. */
#include "thread.h"

/* --- where Python code stands ----------------------------------------------------------------- */

/* Whether a frame belongs to the modules that build on locks, and not to their user. */
static bool is_machinery(PyFrameObject *frame)
{
    static const char *const modules[] = {"threading", "queue", "concurrent.futures"};
    PyObject *globals = PyFrame_GetGlobals(frame);
    PyObject *name = PyDict_GetItemString(globals, "__name__");
    const char *text = name && PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    bool found = false;
    for (size_t i = 0; text && i < sizeof modules / sizeof modules[0]; i++)
        found |= strncmp(text, modules[i], strlen(modules[i])) == 0;
    PyErr_Clear();
    Py_DECREF(globals);
    return found;
}

static PyObject *qualname_of(PyFrameObject *frame)
{
    PyCodeObject *code = PyFrame_GetCode(frame);
    PyObject *name = Py_NewRef(code->co_qualname);
    Py_DECREF(code);
    return name;
}

/* Whether a function of these modules calls what the user gave: what is further out is of no
 * interest. */
static bool calls_user(PyFrameObject *frame)
{
    static const char *const functions[] = {"Thread.run", "_Pool._run", "_Pool._initialize"};
    PyObject *name = qualname_of(frame);
    bool found = false;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        found |= PyUnicode_CompareWithASCIIString(name, functions[i]) == 0;
    Py_DECREF(name);
    return found;
}

/* The first frame outwards that is the user's, and the last one before it; new references, NULL
 * where there is none.  Takes over `frame`. */
static PyFrameObject *user_frame(PyFrameObject *frame, PyFrameObject **machinery)
{
    *machinery = NULL;
    while (frame && is_machinery(frame)) {
        PyFrameObject *back = PyFrame_GetBack(frame);
        if (calls_user(frame)) {
            Py_DECREF(frame);
            Py_XDECREF(back);
            return NULL;
        }
        Py_XSETREF(*machinery, frame);
        frame = back;
    }
    return frame;
}

uint32_t host_wait_label(struct host *host)
{
    PyFrameObject *machinery;
    PyFrameObject *frame = user_frame(PyThreadState_GetFrame(PyThreadState_Get()), &machinery);
    PyObject *name = machinery ? qualname_of(machinery) : PyUnicode_FromString("lock");
    const char *text = name ? PyUnicode_AsUTF8(name) : NULL;
    uint32_t label = text ? sim_trace_intern_z(host->world.trace, text) : 0;
    PyErr_Clear();
    Py_XDECREF(name);
    Py_XDECREF(machinery);
    Py_XDECREF(frame);
    return label;
}

/* --- the report ------------------------------------------------------------------------------- */

static bool is_main(const struct host *host, const struct sim_thread *thread)
{
    return thread == &host->world.threads.main;
}

static PyFrameObject *frame_of(const struct host *host, const struct sim_thread *thread)
{
    return is_main(host, thread) ? PyThreadState_GetFrame(PyThreadState_Get())
                                 : host_thread_frame(thread);
}

static PyObject *name_of_number(struct host *host, uint32_t number)
{
    if (number == 0)
        return PyObject_Repr(host->main_name);
    for (const struct sim_thread *thread = host->world.threads.first; thread; thread = thread->next)
        if (thread->number == number)
            return PyObject_Repr(host_thread_name(thread));
    return PyUnicode_FromString("a thread that ended");
}

/* "the lock 'files' that", or "a lock that" where the frame has no name for it. */
static PyObject *lock_text(const struct host *host, const struct sim_thread *thread,
                           PyFrameObject *frame)
{
    PyObject *name = frame ? host_lock_name(host, thread->waits_for, frame) : NULL;
    PyObject *text = name ? PyUnicode_FromFormat("the lock '%U' that", name)
                          : PyUnicode_FromString("a lock that");
    Py_XDECREF(name);
    return text;
}

/* "waits for the lock 'files' that 'B' holds", "waits in Queue.get()" */
static PyObject *reason(struct host *host, const struct sim_thread *thread, PyFrameObject *frame,
                        PyObject *machinery)
{
    if (!thread->waits_for)
        return PyUnicode_FromString("runs a loop that has nothing to do");
    uint32_t holder = thread->waits_for->holder;
    bool self = holder == thread->number;
    if (machinery && self)
        return PyUnicode_FromFormat("waits in %U()", machinery);
    PyObject *name = name_of_number(host, holder), *text = NULL;
    PyObject *lock = machinery ? NULL : lock_text(host, thread, frame);
    if (name && machinery)
        text = PyUnicode_FromFormat("waits in %U() for %U", machinery, name);
    else if (lock && self)
        text = PyUnicode_FromFormat("waits for %U it holds itself", lock);
    else if (lock && name)
        text = PyUnicode_FromFormat("waits for %U %U holds", lock, name);
    Py_XDECREF(lock);
    Py_XDECREF(name);
    return text;
}

static void report_one(struct host *host, const struct sim_thread *thread)
{
    PyFrameObject *machinery, *frame = user_frame(frame_of(host, thread), &machinery);
    PyObject *name = name_of_number(host, thread->number), *what = NULL, *why = NULL;
    if (machinery)
        what = qualname_of(machinery);
    if (name)
        why = reason(host, thread, frame, what);
    if (why && frame) {
        PyCodeObject *code = PyFrame_GetCode(frame);
        PySys_FormatStderr("  %U at %U:%d in %U %U\n", name, code->co_filename,
                           PyFrame_GetLineNumber(frame), code->co_qualname, why);
        Py_DECREF(code);
    } else if (why) {
        PySys_FormatStderr("  %U %U\n", name, why);
    }
    PyErr_Clear();
    Py_XDECREF(why);
    Py_XDECREF(what);
    Py_XDECREF(name);
    Py_XDECREF(machinery);
    Py_XDECREF(frame);
}

static bool is_stuck(const struct sim_thread *thread)
{
    return thread->waits_for || thread->idle_loop;
}

uint32_t host_threads_stuck(const struct host *host)
{
    uint32_t count = host->world.threads.main.waits_for != NULL;
    for (const struct sim_thread *thread = host->world.threads.first; thread; thread = thread->next)
        count += is_stuck(thread);
    return count;
}

void host_threads_report(struct host *host)
{
    const struct sim_threads *threads = &host->world.threads;
    if (threads->main.waits_for)
        report_one(host, &threads->main);
    for (const struct sim_thread *thread = threads->first; thread; thread = thread->next)
        if (is_stuck(thread))
            report_one(host, thread);
}
