/* stdout and stderr: what the script writes passes through unchanged, and is traced as written.
 *
 * The text layer is told to write through, so that each write reaches our buffer at once; the
 * buffer is io's own otherwise, so the bytes leave the process when they would under python3.
 */
#define _GNU_SOURCE /* memmem */
#include "state.h"

#include <stdlib.h>
#include <string.h>

/* Records bytes in pieces that a text of the trace can hold, not cut within a character. */
static void trace_output(struct host *host, enum sim_flag_stream stream, const char *bytes,
                         size_t length)
{
    struct sim_trace *trace = host->world.trace;
    const struct sim_task *task = host->running ? host->running->loop.current : NULL;
    while (trace && length > 0) {
        size_t piece = length < SIM_TRACE_TEXT_MAX ? length : SIM_TRACE_TEXT_MAX;
        while (piece < length && piece > 1 && ((unsigned char)bytes[piece] & 0xc0) == 0x80)
            piece--;
        uint32_t text = piece <= 2 ? sim_trace_intern(trace, bytes, piece)
                                   : sim_trace_add_text(trace, bytes, piece);
        SIM_PUT(trace, OUTPUT, stream, 0, task ? task->number : 0, text, 0);
        bytes += piece;
        length -= piece;
    }
}

/* Records what goes to stderr.  Tracebacks there name the script's files with its directory, which
 * is left out: a trace is the same wherever its script lies. */
static void trace_errors(struct host *host, const char *bytes, size_t length)
{
    Py_ssize_t size = 0;
    const char *directory =
        host->directory ? PyUnicode_AsUTF8AndSize(host->directory, &size) : NULL;
    const char *end = bytes + length, *at;
    char *kept = directory ? malloc(length + 1) : NULL, *to = kept;
    if (!kept) {
        PyErr_Clear();
        trace_output(host, SIM_STREAM_STDERR, bytes, length);
        return;
    }
    while ((at = memmem(bytes, (size_t)(end - bytes), directory, (size_t)size))) {
        to = mempcpy(to, bytes, (size_t)(at - bytes));
        bytes = at + size;
    }
    to = mempcpy(to, bytes, (size_t)(end - bytes));
    trace_output(host, SIM_STREAM_STDERR, kept, (size_t)(to - kept));
    free(kept);
}

static PyObject *output_write(PyObject *self, PyObject *data)
{
    struct host *host = host_of(self);
    Py_buffer view;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    if (self == host->stderr_buffer)
        trace_errors(host, view.buf, (size_t)view.len);
    else
        trace_output(host, SIM_STREAM_STDOUT, view.buf, (size_t)view.len);
    PyBuffer_Release(&view);
    PyObject *args[] = {self, data};
    return PyObject_Vectorcall(host->plain_write, args, 2, NULL);
}

static PyMethodDef methods[] = {
    {"write", output_write, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_methods, methods},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "_io.BufferedWriter",
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};

/* Takes the raw file out of a text stream's layers. */
static PyObject *detach_raw(PyObject *text)
{
    PyObject *buffer = PyObject_CallMethod(text, "detach", NULL);
    PyObject *raw = buffer ? PyObject_CallMethod(buffer, "detach", NULL) : NULL;
    Py_XDECREF(buffer);
    return raw;
}

static PyObject *new_text(PyObject *io, PyObject *buffer, PyObject *encoding, PyObject *errors,
                          PyObject *line_buffering)
{
    PyObject *class = PyObject_GetAttrString(io, "TextIOWrapper");
    PyObject *args = PyTuple_Pack(1, buffer), *text = NULL;
    PyObject *keywords =
        Py_BuildValue("{sOsOsssOsO}", "encoding", encoding, "errors", errors, "newline", "\n",
                      "line_buffering", line_buffering, "write_through", Py_True);
    if (class && args && keywords)
        text = PyObject_Call(class, args, keywords);
    PyObject *mode = PyUnicode_FromString("w");
    if (text && (!mode || PyObject_SetAttrString(text, "mode", mode) < 0))
        Py_CLEAR(text);
    Py_XDECREF(mode);
    Py_XDECREF(keywords);
    Py_XDECREF(args);
    Py_XDECREF(class);
    return text;
}

/* Puts our buffer below a stream of sys; nothing is done where there is no such stream. */
static int rewrap(struct host *host, PyObject *io, const char *name, const char *saved,
                  PyObject **slot)
{
    PyObject *old = PySys_GetObject(name);
    if (!old || old == Py_None)
        return 0;
    PyObject *encoding = PyObject_GetAttrString(old, "encoding");
    PyObject *errors = PyObject_GetAttrString(old, "errors");
    PyObject *lines = PyObject_GetAttrString(old, "line_buffering");
    PyObject *raw = encoding && errors && lines ? detach_raw(old) : NULL, *text = NULL;
    if (raw)
        *slot = PyObject_CallOneArg((PyObject *)host->output_type, raw);
    if (*slot)
        text = new_text(io, *slot, encoding, errors, lines);
    int error = text && PySys_SetObject(name, text) == 0 ? PySys_SetObject(saved, text) : -1;
    Py_XDECREF(text);
    Py_XDECREF(raw);
    Py_XDECREF(lines);
    Py_XDECREF(errors);
    Py_XDECREF(encoding);
    return error;
}

int host_output_setup(struct host *host)
{
    PyObject *io = PyImport_ImportModule("io");
    PyObject *base = io ? PyObject_GetAttrString(io, "BufferedWriter") : NULL;
    int error = -1;
    if (base && (host->plain_write = PyObject_GetAttrString(base, "write"))) {
        host->output_type = host_type_new(host, &spec, (PyTypeObject *)base, false);
        error = host->output_type ? 0 : -1;
    }
    if (error == 0)
        error = rewrap(host, io, "stdout", "__stdout__", &host->stdout_buffer);
    if (error == 0)
        error = rewrap(host, io, "stderr", "__stderr__", &host->stderr_buffer);
    Py_XDECREF(base);
    Py_XDECREF(io);
    return error;
}
