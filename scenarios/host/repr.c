/* How futures, tasks and callbacks look in print: as CPython 3.11 shows them. */
#include "future.h"
#include "task.h"

PyObject *host_short_repr(PyObject *value)
{
    PyObject *module = PyImport_ImportModule("reprlib");
    PyObject *text = module ? PyObject_CallMethod(module, "repr", "O", value) : NULL;
    Py_XDECREF(module);
    return text;
}

/* --- callbacks -------------------------------------------------------------------------------- */

/* An attribute as text if it is there and not empty, else NULL. */
static PyObject *attribute(PyObject *object, const char *name)
{
    PyObject *value = PyObject_GetAttrString(object, name);
    if (value && !(PyUnicode_Check(value) && PyUnicode_GET_LENGTH(value) > 0))
        Py_CLEAR(value);
    PyErr_Clear();
    return value;
}

static PyObject *format_args(PyObject *args, PyObject *keywords)
{
    PyObject *parts = PyList_New(0), *comma = PyUnicode_FromString(", "), *text = NULL;
    PyObject *key, *value;
    Py_ssize_t at = 0;
    bool ok = parts && comma;
    for (Py_ssize_t i = 0; ok && args && i < PyTuple_GET_SIZE(args); i++) {
        PyObject *part = host_short_repr(PyTuple_GET_ITEM(args, i));
        ok = part && PyList_Append(parts, part) == 0;
        Py_XDECREF(part);
    }
    while (ok && keywords && PyDict_Check(keywords) && PyDict_Next(keywords, &at, &key, &value)) {
        PyObject *shown = host_short_repr(value);
        PyObject *part = shown ? PyUnicode_FromFormat("%S=%U", key, shown) : NULL;
        ok = part && PyList_Append(parts, part) == 0;
        Py_XDECREF(part);
        Py_XDECREF(shown);
    }
    PyObject *joined = ok ? PyUnicode_Join(comma, parts) : NULL;
    if (joined)
        text = PyUnicode_FromFormat("(%U)", joined);
    Py_XDECREF(joined);
    Py_XDECREF(comma);
    Py_XDECREF(parts);
    return text;
}

/* Whether it is a functools.partial: then its parts, new references. */
static bool is_partial(PyObject *function, PyObject **inner, PyObject **args, PyObject **keywords)
{
    if (strcmp(Py_TYPE(function)->tp_name, "functools.partial") != 0)
        return false;
    *inner = PyObject_GetAttrString(function, "func");
    *args = PyObject_GetAttrString(function, "args");
    *keywords = PyObject_GetAttrString(function, "keywords");
    return *inner && *args && *keywords;
}

/* name(args), for a partial name(its args)(args).  Steals `suffix`. */
static PyObject *format_call(PyObject *function, PyObject *suffix)
{
    PyObject *inner = NULL, *args = NULL, *keywords = NULL, *text = NULL;
    if (!suffix)
        return NULL;
    if (is_partial(function, &inner, &args, &keywords)) {
        PyObject *own = format_args(args, keywords);
        PyObject *both = own ? PyUnicode_Concat(own, suffix) : NULL;
        text = format_call(inner, both);
        Py_XDECREF(own);
        Py_DECREF(suffix);
    } else {
        PyObject *name = attribute(function, "__qualname__");
        if (!name)
            name = attribute(function, "__name__");
        if (!name)
            name = PyObject_Repr(function);
        text = name ? PyUnicode_Concat(name, suffix) : NULL;
        Py_XDECREF(name);
        Py_DECREF(suffix);
    }
    Py_XDECREF(inner);
    Py_XDECREF(args);
    Py_XDECREF(keywords);
    return text;
}

/* The Python function below wrappers and partials: a new reference, NULL if there is none. */
static PyObject *source_of(PyObject *function)
{
    Py_INCREF(function);
    for (int depth = 0; depth < 100; depth++) {
        PyObject *next = PyObject_GetAttrString(function, "__wrapped__");
        if (!next && strcmp(Py_TYPE(function)->tp_name, "functools.partial") == 0)
            next = PyObject_GetAttrString(function, "func");
        PyErr_Clear();
        if (!next)
            break;
        Py_SETREF(function, next);
    }
    if (!PyFunction_Check(function))
        Py_CLEAR(function);
    return function;
}

PyObject *host_format_callback(PyObject *function, PyObject *args)
{
    PyObject *text = format_call(function, format_args(args, NULL));
    PyObject *source = text ? source_of(function) : NULL;
    if (source) {
        const PyCodeObject *code = (PyCodeObject *)PyFunction_GET_CODE(source);
        Py_SETREF(text, PyUnicode_FromFormat("%U at %S:%d", text, code->co_filename,
                                             code->co_firstlineno));
        Py_DECREF(source);
    }
    return text;
}

/* One entry of _callbacks: a function, or the name of one of the scheduler's own. */
static PyObject *format_entry(PyObject *list, Py_ssize_t index)
{
    PyObject *function = PyTuple_GET_ITEM(PyList_GET_ITEM(list, index), 0);
    if (PyUnicode_Check(function))
        return Py_NewRef(function);
    PyObject *none = PyTuple_New(0);
    PyObject *text = none ? host_format_callback(function, none) : NULL;
    Py_XDECREF(none);
    return text;
}

/* " cb=[...]", or "" */
static PyObject *format_callbacks(PyObject *self)
{
    PyObject *list = host_callbacks_list(self), *text = NULL, *first = NULL, *last = NULL;
    if (!list || list == Py_None) {
        Py_XDECREF(list);
        return list ? PyUnicode_FromString("") : NULL;
    }
    Py_ssize_t count = PyList_GET_SIZE(list);
    first = format_entry(list, 0);
    last = count > 1 ? format_entry(list, count - 1) : NULL;
    if (first && count == 1)
        text = PyUnicode_FromFormat(" cb=[%U]", first);
    else if (first && last && count == 2)
        text = PyUnicode_FromFormat(" cb=[%U, %U]", first, last);
    else if (first && last)
        text = PyUnicode_FromFormat(" cb=[%U, <%zd more>, %U]", first, count - 2, last);
    Py_XDECREF(first);
    Py_XDECREF(last);
    Py_DECREF(list);
    return text;
}

/* --- futures ---------------------------------------------------------------------------------- */

static const char *class_name(PyObject *self)
{
    const struct sim_future *future = host_future_of(self);
    const char *name = Py_TYPE(self)->tp_name, *dot = strrchr(name, '.');
    (void)future;
    return dot ? dot + 1 : name;
}

static const char *state_word(const struct sim_future *future)
{
    return future->state == SIM_FUTURE_PENDING     ? "pending"
           : future->state == SIM_FUTURE_CANCELLED ? "cancelled"
                                                   : "finished";
}

PyObject *host_format_source(PyObject *frames)
{
    PyObject *frame = frames ? PySequence_GetItem(frames, -1) : NULL, *text = NULL;
    PyObject *file = frame ? PyObject_GetAttrString(frame, "filename") : NULL;
    PyObject *line = file ? PyObject_GetAttrString(frame, "lineno") : NULL;
    if (line)
        text = PyUnicode_FromFormat(" created at %S:%S", file, line);
    else if (!PyErr_Occurred())
        text = PyUnicode_FromString("");
    Py_XDECREF(line);
    Py_XDECREF(file);
    Py_XDECREF(frame);
    return text;
}

/* " result=..." or " exception=...", the callbacks, and the source. */
static PyObject *format_rest(PyObject *self)
{
    const struct sim_future *future = host_future_of(self);
    PyObject *callbacks = format_callbacks(self), *outcome = NULL, *text = NULL;
    PyObject *value = future->value ? (PyObject *)future->value : Py_None;
    Py_INCREF(value);
    if (future->state == SIM_FUTURE_EXCEPTION)
        outcome = PyUnicode_FromFormat(" exception=%R", value);
    else if (future->state == SIM_FUTURE_RESULT)
        text = host_short_repr(value);
    else
        outcome = PyUnicode_FromString("");
    if (text)
        Py_SETREF(text, PyUnicode_FromFormat(" result=%U", text));
    if (outcome || text) {
        PyObject *first = outcome ? outcome : text;
        outcome = first;
        PyObject *source =
            callbacks ? host_format_source(((struct host_face *)(void *)self)->source_traceback)
                      : NULL;
        text = source ? PyUnicode_FromFormat("%U%U%U", first, callbacks, source) : NULL;
        Py_XDECREF(source);
    }
    Py_DECREF(value);
    Py_XDECREF(outcome);
    Py_XDECREF(callbacks);
    return text;
}

/* <Name ...> while this very object is being shown further out. */
static bool enter(PyObject *self, PyObject **repr)
{
    int status = Py_ReprEnter(self);
    *repr = status > 0 ? PyUnicode_FromString("...") : NULL;
    return status == 0;
}

PyObject *host_future_repr(PyObject *self)
{
    PyObject *repr;
    if (!enter(self, &repr))
        return repr;
    PyObject *rest = format_rest(self);
    if (rest)
        repr = PyUnicode_FromFormat("<%s %s%U>", class_name(self), state_word(host_future_of(self)),
                                    rest);
    Py_XDECREF(rest);
    Py_ReprLeave(self);
    return repr;
}

/* --- tasks ------------------------------------------------------------------------------------ */

static PyObject *optional(PyObject *object, const char *first, const char *second)
{
    PyObject *value = PyObject_GetAttrString(object, first);
    if (!value)
        PyErr_Clear();
    if (!value || value == Py_None) {
        Py_XDECREF(value);
        value = PyObject_GetAttrString(object, second);
        PyErr_Clear();
    }
    if (value == Py_None)
        Py_CLEAR(value);
    return value;
}

static PyObject *format_coroutine(PyObject *coroutine)
{
    PyObject *name = attribute(coroutine, "__qualname__");
    PyObject *code = optional(coroutine, "cr_code", "gi_code");
    PyObject *frame = optional(coroutine, "cr_frame", "gi_frame"), *text = NULL;
    if (!name)
        name = attribute(coroutine, "__name__");
    if (!name)
        name = PyUnicode_FromFormat("<%s without __name__>", Py_TYPE(coroutine)->tp_name);
    if (name && code && PyCode_Check(code)) {
        PyCodeObject *its = (PyCodeObject *)code;
        bool runs = frame && PyFrame_Check(frame);
        int line = runs ? PyFrame_GetLineNumber((PyFrameObject *)frame) : its->co_firstlineno;
        text = PyUnicode_FromFormat("%U() %s at %S:%d", name, runs ? "running" : "done, defined",
                                    its->co_filename, line);
    } else if (name) {
        text = PyUnicode_FromFormat("%U()", name);
    }
    Py_XDECREF(frame);
    Py_XDECREF(code);
    Py_XDECREF(name);
    return text;
}

/* What a task waits for; the future of a sleep is shown as the plain future that it stands for. */
static PyObject *format_waiter(const struct host_task *task)
{
    const struct sim_future *waiter = task->task.waiter;
    if (!waiter)
        return PyUnicode_FromString("");
    if (waiter->kind == SIM_AWAIT_SLEEP)
        return PyUnicode_FromFormat(" wait_for=<Future %s%s>", state_word(waiter),
                                    sim_future_done(waiter) ? "" : " cb=[Task.task_wakeup()]");
    return PyUnicode_FromFormat(" wait_for=%R", host_object_of(waiter));
}

PyObject *host_task_repr(PyObject *self)
{
    struct host_task *task = (struct host_task *)(void *)self;
    const struct sim_future *future = &task->task.future;
    PyObject *repr;
    if (!enter(self, &repr))
        return repr;
    bool cancelling = task->task.cancel_requests > 0 && !sim_future_done(future);
    PyObject *coroutine = task->coroutine ? format_coroutine(task->coroutine) : NULL;
    PyObject *waiter = format_waiter(task), *rest = format_rest(self);
    PyObject *name = host_task_name(task);
    if (coroutine && waiter && rest && name)
        repr = PyUnicode_FromFormat("<%s %s name=%R coro=<%U>%U%U>", class_name(self),
                                    cancelling ? "cancelling" : state_word(future), name, coroutine,
                                    waiter, rest);
    else if (!PyErr_Occurred())
        repr = PyUnicode_FromFormat("<%s>", class_name(self));
    Py_XDECREF(rest);
    Py_XDECREF(waiter);
    Py_XDECREF(coroutine);
    Py_ReprLeave(self);
    return repr;
}
