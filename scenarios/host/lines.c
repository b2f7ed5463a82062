/* Which line of the script each task is on: a trace function that records changes. */
#include "state.h"

/* The text id of a file of the script's own, relative to its directory; 0 for any other file. */
static uint32_t new_file_id(struct host *host, PyObject *name)
{
    PyObject *directory = host->lines.directory;
    Py_ssize_t from = PyUnicode_GET_LENGTH(directory), length;
    if (PyUnicode_Tailmatch(name, directory, 0, PY_SSIZE_T_MAX, -1) != 1)
        return 0;
    PyObject *rest = PyUnicode_Substring(name, from, PY_SSIZE_T_MAX);
    const char *bytes = rest ? PyUnicode_AsUTF8AndSize(rest, &length) : NULL;
    uint32_t id = 0;
    if (bytes && !strstr(bytes, "site-packages/") && !strstr(bytes, "dist-packages/"))
        id = sim_trace_intern(host->world.trace, bytes, (size_t)length);
    Py_XDECREF(rest);
    return id;
}

static uint32_t file_id(struct host *host, PyObject *name)
{
    struct host_lines *lines = &host->lines;
    if (name == lines->last_name)
        return lines->last_id;
    PyObject *known = PyDict_GetItemWithError(lines->files, name);
    uint32_t id = known ? (uint32_t)PyLong_AsUnsignedLong(known) : new_file_id(host, name);
    if (!known) {
        known = PyLong_FromUnsignedLong(id);
        if (known)
            PyDict_SetItem(lines->files, name, known);
        Py_XDECREF(known);
    }
    PyErr_Clear();
    Py_INCREF(name);
    Py_XSETREF(lines->last_name, name);
    lines->last_id = id;
    return id;
}

static int trace_line(PyObject *module, PyFrameObject *frame, int what, PyObject *Py_UNUSED(arg))
{
    if (what != PyTrace_LINE)
        return 0;
    struct host *host = PyModule_GetState(module);
    PyCodeObject *code = PyFrame_GetCode(frame);
    uint32_t file = file_id(host, code->co_filename);
    Py_DECREF(code);
    if (file == 0)
        return 0;
    const struct sim_task *current = host->running ? host->running->loop.current : NULL;
    struct host_task *task = current ? host_task_of(current) : NULL;
    uint32_t line = (uint32_t)PyFrame_GetLineNumber(frame);
    uint32_t *last_line = task ? &task->line : &host->lines.line;
    uint32_t *last_file = task ? &task->file : &host->lines.file;
    if (*last_line != line || *last_file != file) {
        *last_line = line;
        *last_file = file;
        SIM_PUT(host->world.trace, LINE, 0, 0, current ? current->number : 0, line, file);
    }
    if (host_error(host) < 0)
        host_end_on_error(host, host->running, host_error(host));
    return 0;
}

int host_lines_setup(struct host *host, PyObject *directory)
{
    struct host_lines *lines = &host->lines;
    lines->directory = PyUnicode_FromFormat("%U/", directory);
    lines->files = PyDict_New();
    return lines->directory && lines->files ? 0 : -1;
}

/* While a trace function is set, CPython 3.11 resumes an awaited coroutine by calling its method
 * send, which is slow and counts twice against the recursion limit, unless its type has
 * tp_iternext: then it uses that, as it does for generators.  The two types share their functions.
 */
static void let_coroutines_iterate(void)
{
    PyCoro_Type.tp_iternext = PyGen_Type.tp_iternext;
}

void host_lines_begin(struct host *host)
{
    if (!host->world.trace)
        return;
    let_coroutines_iterate();
    PyEval_SetTrace(trace_line, host->module);
}

void host_lines_end(void)
{
    PyEval_SetTrace(NULL, NULL);
}
