/* Task.get_stack and Task.print_stack. */
#include "script.h"
#include "task.h"

static struct host_task *task_of(PyObject *self)
{
    return (struct host_task *)(void *)self;
}

PyObject *host_suspended_frame(PyObject *coroutine)
{
    static const char *const names[] = {"cr_frame", "gi_frame", "ag_frame"};
    for (size_t i = 0; coroutine && i < sizeof names / sizeof names[0]; i++) {
        PyObject *frame = PyObject_GetAttrString(coroutine, names[i]);
        PyErr_Clear();
        if (frame && PyFrame_Check(frame))
            return frame;
        Py_XDECREF(frame);
    }
    return NULL;
}

static int append_frame(PyObject *list, PyObject *frame, long *limit)
{
    if (*limit == 0)
        return 0;
    if (*limit > 0)
        --*limit;
    return PyList_Append(list, frame);
}

/* From a frame outwards; the list has the outermost first. */
static int append_calls(PyObject *list, PyObject *frame, long limit)
{
    int error = 0;
    Py_INCREF(frame);
    while (frame && error == 0) {
        error = append_frame(list, frame, &limit);
        Py_SETREF(frame, (PyObject *)PyFrame_GetBack((PyFrameObject *)frame));
    }
    Py_XDECREF(frame);
    return error < 0 ? error : PyList_Reverse(list);
}

static int append_traceback(PyObject *list, PyObject *exception, long limit)
{
    PyObject *traceback = PyException_GetTraceback(exception);
    int error = 0;
    while (traceback && traceback != Py_None && error == 0) {
        PyTracebackObject *entry = (PyTracebackObject *)(void *)traceback;
        error = append_frame(list, (PyObject *)entry->tb_frame, &limit);
        Py_SETREF(traceback, Py_XNewRef((PyObject *)entry->tb_next));
    }
    Py_XDECREF(traceback);
    return error;
}

static PyObject *stack_of(struct host_task *task, PyObject *limit)
{
    const struct sim_future *future = &task->task.future;
    long most = limit && limit != Py_None ? PyLong_AsLong(limit) : -1;
    if (most == -1 && PyErr_Occurred())
        return NULL;
    if (most < 0)
        most = limit && limit != Py_None ? 0 : -1;
    PyObject *list = PyList_New(0), *frame = host_suspended_frame(task->coroutine);
    int error = 0;
    if (list && frame)
        error = append_calls(list, frame, most);
    else if (list && future->state == SIM_FUTURE_EXCEPTION)
        error = append_traceback(list, future->value, most);
    if (error < 0)
        Py_CLEAR(list);
    Py_XDECREF(frame);
    return list;
}

PyObject *host_task_get_stack(PyObject *self, PyObject *const *args, Py_ssize_t count,
                              PyObject *keywords)
{
    static const struct host_signature signature = {"get_stack", {"limit"}, 0, 0};
    PyObject *limit[4];
    if (!host_args(&signature, args, count, keywords, limit))
        return NULL;
    return stack_of(task_of(self), limit[0]);
}

/* --- printing --------------------------------------------------------------------------------- */

/* (file name, line, function, source text) of a frame, as traceback.print_list takes it. */
static PyObject *frame_entry(PyObject *frame)
{
    PyFrameObject *its = (PyFrameObject *)frame;
    PyCodeObject *code = PyFrame_GetCode(its);
    PyObject *globals = PyFrame_GetGlobals(its);
    PyObject *linecache = PyImport_ImportModule("linecache"), *source = NULL, *entry = NULL;
    int line = PyFrame_GetLineNumber(its);
    if (linecache)
        source = PyObject_CallMethod(linecache, "getline", "OiO", code->co_filename, line, globals);
    if (source)
        entry = Py_BuildValue("(OiOO)", code->co_filename, line, code->co_name, source);
    Py_XDECREF(source);
    Py_XDECREF(linecache);
    Py_XDECREF(globals);
    Py_DECREF(code);
    return entry;
}

static int write_text(PyObject *text, PyObject *file)
{
    int error = text ? PyFile_WriteObject(text, file, Py_PRINT_RAW) : -1;
    Py_XDECREF(text);
    return error;
}

static int print_heading(PyObject *task, bool any, bool failed, PyObject *file)
{
    if (!any)
        return write_text(PyUnicode_FromFormat("No stack for %R\n", task), file);
    return write_text(PyUnicode_FromFormat("%s for %R (most recent call last):\n",
                                           failed ? "Traceback" : "Stack", task),
                      file);
}

/* Where there is no file these go to stderr, and all else to stdout, as in CPython. */
static int print_entries(PyObject *entries, PyObject *exception, PyObject *given, PyObject *file)
{
    PyObject *module = PyImport_ImportModule("traceback");
    PyObject *done =
        module ? PyObject_CallMethod(module, "print_list", "OO", entries, given) : NULL;
    int error = done ? 0 : -1;
    PyObject *lines = NULL;
    if (done && exception)
        lines = PyObject_CallMethod(module, "format_exception_only", "OO",
                                    (PyObject *)Py_TYPE(exception), exception);
    for (Py_ssize_t i = 0; lines && error == 0 && i < PyList_GET_SIZE(lines); i++)
        error = PyFile_WriteObject(PyList_GET_ITEM(lines, i), file, Py_PRINT_RAW);
    Py_XDECREF(lines);
    Py_XDECREF(done);
    Py_XDECREF(module);
    return PyErr_Occurred() ? -1 : error;
}

PyObject *host_task_print_stack(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords)
{
    static const struct host_signature signature = {"print_stack", {"limit", "file"}, 0, 0};
    const struct sim_future *future = host_future_of(self);
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *file = given[1] && given[1] != Py_None ? given[1] : PySys_GetObject("stdout");
    PyObject *frames = stack_of(task_of(self), given[0]);
    PyObject *exception = future->state == SIM_FUTURE_EXCEPTION ? future->value : NULL;
    int error = frames && file ? 0 : -1;
    for (Py_ssize_t i = 0; error == 0 && i < PyList_GET_SIZE(frames); i++) {
        PyObject *entry = frame_entry(PyList_GET_ITEM(frames, i));
        error = entry ? PyList_SetItem(frames, i, entry) : -1;
    }
    if (error == 0)
        error = print_heading(self, PyList_GET_SIZE(frames) > 0, exception, file);
    if (error == 0)
        error = print_entries(frames, exception, given[1] ? given[1] : Py_None, file);
    Py_XDECREF(frames);
    return error == 0 ? Py_NewRef(Py_None) : NULL;
}
