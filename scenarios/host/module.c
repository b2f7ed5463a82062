/* The module `asyncio` that scripts import. */
#include "future.h"
#include "operation.h"
#include "script.h"
#include "thread.h"

#include <string.h>

/* Names that are only looked for when a script uses threads. */
static const char *const of_threads[] = {"run_coroutine_threadsafe", "to_thread", "wrap_future"};

static PyObject *module_getattr(PyObject *module, PyObject *name)
{
    const char *text = PyUnicode_AsUTF8(name);
    if (!text)
        return NULL;
    for (size_t i = 0; i < sizeof of_threads / sizeof of_threads[0]; i++) {
        if (strcmp(text, of_threads[i]) == 0)
            return host_pools_attribute(PyModule_GetState(module), text);
    }
    return host_surface_attribute(PyModule_GetState(module), name);
}

static PyObject *module_dir(PyObject *module, PyObject *Py_UNUSED(unused))
{
    return host_surface_names(PyModule_GetState(module));
}

static PyMethodDef functions[] = {
    {"__getattr__", module_getattr, METH_O, NULL},
    {"__dir__", module_dir, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

/* What the interpreter's own collector may see of the module's state is little: the state lives as
 * long as the process. */
struct PyModuleDef host_module_def = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "asyncio",
    .m_size = sizeof(struct host),
    .m_methods = functions,
};

struct host *host_of_type(PyTypeObject *type)
{
    return PyModule_GetState(PyType_GetModuleByDef(type, &host_module_def));
}

PyTypeObject *host_type_new(struct host *host, PyType_Spec *spec, void *bases, bool public)
{
    PyObject *type = PyType_FromModuleAndSpec(host->module, spec, bases);
    const PyTypeObject *base = type ? ((PyTypeObject *)type)->tp_base : NULL;
    const char *dot = strrchr(spec->name, '.');
    if (type && spec->name[0] != '_')
        ((PyTypeObject *)type)->tp_name = dot + 1; /* as messages name a class that Python made */
    if (base && base->tp_as_async && !((PyTypeObject *)type)->tp_as_async->am_send)
        ((PyTypeObject *)type)->tp_as_async->am_send =
            base->tp_as_async->am_send; /* 3.11 forgets it */
    if (type && public && PyModule_AddType(host->module, (PyTypeObject *)type) < 0)
        Py_CLEAR(type);
    return (PyTypeObject *)type;
}

/* --- exceptions ------------------------------------------------------------------------------- */

static int add_exception(struct host *host, const char *name, const char *full_name, PyObject *base,
                         PyObject **slot)
{
    *slot = PyErr_NewException(full_name, base, NULL);
    return *slot ? PyModule_AddObjectRef(host->module, name, *slot) : -1;
}

static int add_exceptions(struct host *host)
{
    if (add_exception(host, "CancelledError", "asyncio.exceptions.CancelledError",
                      PyExc_BaseException, &host->cancelled_error) < 0 ||
        add_exception(host, "InvalidStateError", "asyncio.exceptions.InvalidStateError",
                      PyExc_Exception, &host->invalid_state_error) < 0 ||
        add_exception(host, "BrokenBarrierError", "asyncio.exceptions.BrokenBarrierError",
                      PyExc_RuntimeError, &host->broken_barrier_error) < 0 ||
        add_exception(host, "QueueEmpty", "asyncio.queues.QueueEmpty", PyExc_Exception,
                      &host->queue_empty) < 0 ||
        add_exception(host, "QueueFull", "asyncio.queues.QueueFull", PyExc_Exception,
                      &host->queue_full) < 0)
        return -1;
    return PyModule_AddObjectRef(host->module, "TimeoutError", PyExc_TimeoutError);
}

static int intern_names(struct host *host)
{
    host->str_throw = PyUnicode_InternFromString("throw");
    host->str_close = PyUnicode_InternFromString("close");
    host->str_cancel = PyUnicode_InternFromString("cancel");
    host->str_acquire = PyUnicode_InternFromString("acquire");
    return host->str_throw && host->str_close && host->str_cancel && host->str_acquire ? 0 : -1;
}

/* The submodules whose functions are built in: help and pickle name them. */
static int name_modules(struct host *host)
{
    static const struct {
        const char *module, *functions[14];
    } groups[] = {
        {"asyncio.coroutines", {"iscoroutine", "iscoroutinefunction"}},
        {"asyncio.events", {"get_event_loop", "new_event_loop", "set_event_loop"}},
        {"asyncio.futures", {"isfuture"}},
        {"asyncio.runners", {"run"}},
        {"asyncio.tasks",
         {"all_tasks", "as_completed", "create_task", "current_task", "ensure_future", "gather",
          "shield", "sleep", "wait", "wait_for"}},
        {"asyncio.timeouts", {"timeout", "timeout_at"}},
    };
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        PyObject *name = PyUnicode_InternFromString(groups[i].module);
        for (const char *const *function = groups[i].functions; name && *function; function++) {
            PyObject *object = PyObject_GetAttrString(host->module, *function);
            if (!object || PyObject_SetAttrString(object, "__module__", name) < 0)
                Py_CLEAR(name);
            Py_XDECREF(object);
        }
        if (!name)
            return -1;
        Py_DECREF(name);
    }
    return 0;
}

/* --- making it -------------------------------------------------------------------------------- */

static void init_world(struct host *host, const struct scn_host_options *options)
{
    sim_alloc_init(&host->alloc);
    host_guest_init(&host->guest);
    sim_world_init(&host->world, &host->alloc, options->trace, &host->guest, host);
    if (options->max_time_ns > 0)
        host->world.max_time_ns = options->max_time_ns;
}

static int set_up(struct host *host)
{
    int (*const parts[])(struct host *) = {
        intern_names,         add_exceptions,       host_future_setup,  host_future_iter_setup,
        host_callback_setup,  host_task_setup,      host_gather_setup,  host_coro_setup,
        host_soon_setup,      host_sleep_setup,     host_handle_setup,  host_ordered_set_setup,
        host_loop_setup,      host_aio_setup,       host_current_setup, host_run_setup,
        host_clock_setup,     host_collector_setup, host_machine_setup, host_output_setup,
        host_random_setup,    host_changes_setup,   host_lines_setup,   host_thread_setup,
        host_operation_setup, host_locks_setup,     host_wait_setup,    host_as_completed_setup,
        host_shield_setup,    host_timeout_setup,   host_group_setup,
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i](host) < 0)
            return -1;
    }
    return name_modules(host);
}

struct host *host_module_new(const struct scn_host_options *options)
{
    PyObject *module = PyModule_Create(&host_module_def);
    if (!module)
        return NULL;
    struct host *host = PyModule_GetState(module);
    host->module = module;
    init_world(host, options);
    PyObject *path = PyList_New(0); /* a package, but one with nothing in it */
    int error = path ? PyModule_AddObjectRef(module, "__path__", path) : -1;
    Py_XDECREF(path);
    if (error < 0 || set_up(host) < 0 || PyState_AddModule(module, &host_module_def) < 0 ||
        PyDict_SetItemString(PyImport_GetModuleDict(), "asyncio", module) < 0 ||
        PyDict_SetItemString(PyImport_GetModuleDict(), "_asyncio", module) < 0)
        return NULL;
    return host;
}
