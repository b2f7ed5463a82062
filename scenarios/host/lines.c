/* Which line of the script each task is on.
 *
 * The script is compiled with a marker before each statement (instrument.c): an object that is
 * inverted, ~marker, which the interpreter does at full speed.  A trace function would cost several
 * times as much, because CPython 3.11 then looks at every instruction and specialises none.
 */
#include "lines.h"
#include "script.h"

struct line_marker {
    PyObject_HEAD
    struct host *host;
    uint32_t line, file;
    int64_t cost_ns;
};

static struct line_marker *marker_of(PyObject *self)
{
    return (struct line_marker *)(void *)self;
}

/* The script is about to run the marker's line. */
static PyObject *pass(PyObject *self)
{
    const struct line_marker *marker = marker_of(self);
    struct host *host = marker->host;
    const struct sim_task *current = host->running ? host->running->loop.current : NULL;
    struct host_line *last = current ? &host_task_of(current)->line : &host->line;
    if (last->number != marker->line || last->file != marker->file) {
        *last = (struct host_line){.number = marker->line, .file = marker->file};
        SIM_PUT(host->world.trace, LINE, 0, 0, current ? current->number : 0, marker->line,
                marker->file);
        if (host_error(host) < 0)
            host_end_on_error(host, host->running, host_error(host));
    }
    if (marker->cost_ns > 0)
        host_compute(host, marker->cost_ns);
    return Py_NewRef(Py_None);
}

static void marker_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyType_Slot slots[] = {
    HOST_SLOT(Py_tp_dealloc, marker_dealloc),
    HOST_SLOT(Py_nb_invert, pass),
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "asyncio.LineMarker",
    .basicsize = sizeof(struct line_marker),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = slots,
};

PyObject *host_line_marker_new(struct host *host, uint32_t file, uint32_t line, int64_t cost_ns)
{
    struct line_marker *self =
        (struct line_marker *)(void *)host->marker_type->tp_alloc(host->marker_type, 0);
    if (!self)
        return NULL;
    self->host = host;
    self->file = file;
    self->line = line;
    self->cost_ns = cost_ns;
    return (PyObject *)self;
}

int host_lines_setup(struct host *host)
{
    host->marker_type = host_type_new(host, &spec, NULL, false);
    return host->marker_type ? 0 : -1;
}
