/* The exception handler of a loop: what happens to exceptions that nobody catches. */
#include "loop.h"
#include "script.h"

static struct host_loop *loop_of(void *self)
{
    return self;
}

/* --- the default: the logger "asyncio", as logging shows it when nobody configured it ----------
 */

/* Writes as logging's last resort does, without importing logging. */
static int write_plainly(PyObject *message, PyObject *exception)
{
    PyObject *file = PySys_GetObject("stderr");
    if (!file || file == Py_None)
        return 0;
    if (PyFile_WriteObject(message, file, Py_PRINT_RAW) < 0 || PyFile_WriteString("\n", file) < 0)
        return -1;
    if (exception) {
        PyObject *traceback = PyException_GetTraceback(exception);
        PyErr_Display((PyObject *)Py_TYPE(exception), exception, traceback);
        Py_XDECREF(traceback);
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* The logger that base_events has if somebody gave it one, else that of the module logging. */
static PyObject *find_logger(PyObject *logging)
{
    PyObject *module = PyDict_GetItemString(PyImport_GetModuleDict(), "asyncio.base_events");
    PyObject *given = module ? PyDict_GetItemString(PyModule_GetDict(module), "logger") : NULL;
    return given ? Py_NewRef(given) : PyObject_CallMethod(logging, "getLogger", "s", "asyncio");
}

/* What logging takes an exception as; False for none. */
static PyObject *exc_info(PyObject *exception)
{
    if (!exception)
        return Py_NewRef(Py_False);
    PyObject *traceback = PyException_GetTraceback(exception);
    return Py_BuildValue("(OON)", Py_TYPE(exception), exception,
                         traceback ? traceback : Py_NewRef(Py_None));
}

static int log_error(PyObject *logging, PyObject *message, PyObject *exception)
{
    PyObject *logger = find_logger(logging);
    PyObject *error = logger ? PyObject_GetAttrString(logger, "error") : NULL;
    PyObject *args = error ? PyTuple_Pack(1, message) : NULL;
    PyObject *info = args ? exc_info(exception) : NULL;
    PyObject *keywords = info ? Py_BuildValue("{sN}", "exc_info", info) : NULL;
    PyObject *done = keywords ? PyObject_Call(error, args, keywords) : NULL;
    Py_XDECREF(keywords);
    Py_XDECREF(args);
    Py_XDECREF(error);
    Py_XDECREF(logger);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

/* Records a message; the script's directory is left out of it, as in tracebacks (output.c). */
static void trace_warning(struct host_loop *loop, PyObject *message)
{
    const struct sim_task *task = loop->loop.current;
    struct sim_trace *trace = loop->loop.world->trace;
    PyObject *directory = host_of_loop(&loop->loop)->directory;
    PyObject *nothing = PyUnicode_FromString("");
    PyObject *text = directory && nothing ? PyUnicode_Replace(message, directory, nothing, -1)
                                          : Py_NewRef(message);
    Py_ssize_t length;
    const char *bytes = text ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
    if (bytes)
        SIM_PUT(trace, WARNING, 0, 0, task ? task->number : 0,
                sim_trace_intern(trace, bytes, (size_t)length), 0);
    else
        PyErr_Clear();
    Py_XDECREF(text);
    Py_XDECREF(nothing);
}

static int emit(struct host_loop *loop, PyObject *message, PyObject *exception)
{
    PyObject *modules = PyImport_GetModuleDict();
    PyObject *logging = PyDict_GetItemString(modules, "logging");
    (void)loop;
    return logging ? log_error(logging, message, exception) : write_plainly(message, exception);
}

/* The text, and behind it a line for a key; where an object was made is a list of frames. */
static PyObject *context_line(PyObject *text, PyObject *key, PyObject *value)
{
    if (!PyUnicode_Check(key) || PyUnicode_CompareWithASCIIString(key, "source_traceback") != 0)
        return PyUnicode_FromFormat("%U\n%S: %R", text, key, value);
    PyObject *module = PyImport_ImportModule("traceback");
    PyObject *lines = module ? PyObject_CallMethod(module, "format_list", "O", value) : NULL;
    PyObject *nothing = PyUnicode_FromString("");
    PyObject *all = lines && nothing ? PyUnicode_Join(nothing, lines) : NULL;
    PyObject *bare = all ? PyObject_CallMethod(all, "rstrip", NULL) : NULL;
    PyObject *line =
        bare ? PyUnicode_FromFormat("%U\n%S: Object created at (most recent call last):\n%U", text,
                                    key, bare)
             : NULL;
    Py_XDECREF(bare);
    Py_XDECREF(all);
    Py_XDECREF(nothing);
    Py_XDECREF(lines);
    Py_XDECREF(module);
    return line;
}

/* The message, and a line "key: value" for each other key in alphabetical order. */
static PyObject *context_text(PyObject *context)
{
    PyObject *given = PyDict_GetItemString(context, "message");
    int has_text = given ? PyObject_IsTrue(given) : 0;
    PyObject *text = has_text > 0 ? PyObject_Str(given)
                                  : PyUnicode_FromString("Unhandled exception in event loop");
    PyObject *keys = PyDict_Keys(context);
    if (!keys || PyList_Sort(keys) < 0)
        Py_CLEAR(text);
    for (Py_ssize_t i = 0; text && i < PyList_GET_SIZE(keys); i++) {
        PyObject *key = PyList_GET_ITEM(keys, i);
        if (PyUnicode_Check(key) && (PyUnicode_CompareWithASCIIString(key, "message") == 0 ||
                                     PyUnicode_CompareWithASCIIString(key, "exception") == 0))
            continue;
        PyObject *line = context_line(text, key, PyDict_GetItem(context, key));
        Py_SETREF(text, line);
    }
    Py_XDECREF(keys);
    return text;
}

static PyObject *default_exception_handler(PyObject *self, PyObject *context)
{
    if (!PyDict_Check(context)) {
        PyErr_SetString(PyExc_TypeError, "the context of an exception handler is a dict");
        return NULL;
    }
    PyObject *exception = PyDict_GetItemString(context, "exception");
    PyObject *text = context_text(context);
    int error = -1;
    if (text)
        error = emit(loop_of(self), text, exception == Py_None ? NULL : exception);
    Py_XDECREF(text);
    return error == 0 ? Py_NewRef(Py_None) : NULL;
}

/* --- calling it ------------------------------------------------------------------------------- */

static int call_default(struct host_loop *loop, PyObject *context, const char *complaint)
{
    PyObject *done =
        PyObject_CallMethod((PyObject *)loop, "default_exception_handler", "O", context);
    if (!done && host_is_fatal())
        return -1;
    if (!done) {
        PyObject *error = host_take_error(), *text = PyUnicode_FromString(complaint);
        if (text && emit(loop, text, error) < 0)
            PyErr_Clear();
        Py_XDECREF(text);
        Py_XDECREF(error);
    }
    Py_XDECREF(done);
    return 0;
}

int host_call_exception_handler(struct host_loop *loop, PyObject *context)
{
    PyObject *message = PyDict_GetItemString(context, "message");
    if (message && PyUnicode_Check(message))
        trace_warning(loop, message);
    if (!loop->exception_handler)
        return call_default(loop, context, "Exception in default exception handler");
    PyObject *handler = Py_NewRef(loop->exception_handler);
    PyObject *done = PyObject_CallFunctionObjArgs(handler, (PyObject *)loop, context, NULL);
    Py_DECREF(handler);
    if (done) {
        Py_DECREF(done);
        return 0;
    }
    if (host_is_fatal())
        return -1;
    PyObject *error = host_take_error();
    PyObject *again = Py_BuildValue("{sssOsO}", "message", "Unhandled error in exception handler",
                                    "exception", error, "context", context);
    int answer = again ? call_default(loop, again,
                                      "Exception in default exception handler while handling an "
                                      "unexpected error in custom exception handler")
                       : -1;
    Py_XDECREF(again);
    Py_XDECREF(error);
    return answer;
}

void host_report_made(struct host_loop *loop, const char *message, PyObject *exception,
                      const char *what, PyObject *object, PyObject *source)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *context = Py_BuildValue("{ss}", "message", message), *done = NULL;
    if (!context || (exception && PyDict_SetItemString(context, "exception", exception) < 0) ||
        (object && PyDict_SetItemString(context, what, object) < 0) ||
        (source && PyDict_SetItemString(context, "source_traceback", source) < 0) ||
        !(done = PyObject_CallMethod((PyObject *)loop, "call_exception_handler", "O", context))) {
        if (host_is_fatal() && loop->running)
            host_fatal(host_of_loop(&loop->loop), &loop->loop);
        else
            PyErr_WriteUnraisable(object);
    }
    Py_XDECREF(done);
    Py_XDECREF(context);
    PyErr_Restore(type, value, traceback);
}

void host_report(struct host_loop *loop, const char *message, PyObject *exception, const char *what,
                 PyObject *object)
{
    host_report_made(loop, message, exception, what, object, NULL);
}

void host_report_face(PyObject *face, const char *message, PyObject *exception, const char *what)
{
    host_report_made(host_loop_of(host_future_of(face)->loop), message, exception, what, face,
                     ((struct host_face *)(void *)face)->source_traceback);
}

/* --- methods ---------------------------------------------------------------------------------- */

static PyObject *call_exception_handler(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                        PyObject *keywords)
{
    static const struct host_signature signature = {
        "BaseEventLoop.call_exception_handler", {"context"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *context = given[0];
    if (!PyDict_Check(context)) {
        PyErr_SetString(PyExc_TypeError, "the context of an exception handler is a dict");
        return NULL;
    }
    return host_call_exception_handler(loop_of(self), context) == 0 ? Py_NewRef(Py_None) : NULL;
}

static PyObject *get_exception_handler(PyObject *self, PyObject *Py_UNUSED(unused))
{
    PyObject *handler = loop_of(self)->exception_handler;
    return Py_NewRef(handler ? handler : Py_None);
}

static PyObject *set_exception_handler(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                       PyObject *keywords)
{
    static const struct host_signature signature = {
        "BaseEventLoop.set_exception_handler", {"handler"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    PyObject *handler = given[0];
    if (handler != Py_None && !PyCallable_Check(handler)) {
        PyErr_Format(PyExc_TypeError, "A callable object or None is expected, got %R", handler);
        return NULL;
    }
    Py_XSETREF(loop_of(self)->exception_handler, handler == Py_None ? NULL : Py_NewRef(handler));
    Py_RETURN_NONE;
}

PyMethodDef host_handler_methods[] = {
    {"default_exception_handler", default_exception_handler, METH_O,
     HOST_DOC("default_exception_handler($self, context)", "")},
    {"call_exception_handler", HOST_METHOD(call_exception_handler), HOST_KEYWORDS,
     HOST_DOC("call_exception_handler($self, context)", "")},
    {"get_exception_handler", get_exception_handler, METH_NOARGS,
     HOST_DOC("get_exception_handler($self)", "")},
    {"set_exception_handler", HOST_METHOD(set_exception_handler), HOST_KEYWORDS,
     HOST_DOC("set_exception_handler($self, handler)", "")},
    {NULL, NULL, 0, NULL},
};
