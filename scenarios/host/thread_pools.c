/* Pools of threads: thread_pools.py, which is run when a script first needs it. */
#include "script.h"
#include "thread.h"

/* The file's text. */
static const char source[] = {
#include "thread_pools.inc"
    0};

static const char file_name[] = "<frozen concurrent.futures.thread>";

bool host_is_ours(const PyCodeObject *code)
{
    const char *file = PyUnicode_AsUTF8(code->co_filename);
    PyErr_Clear();
    return file && (strcmp(file, file_name) == 0 || strstr(file, "/lib/python3.11/asyncio/"));
}

static struct host_loop *loop_of(void *self)
{
    return self;
}

/* _note_job(function, left): the worker that runs takes a job. */
static PyObject *note_job(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    struct host *host = PyModule_GetState(module);
    const struct sim_thread *current = host->world.threads.current;
    if (count == 2 && current && host->world.trace)
        SIM_PUT(host->world.trace, THREAD_JOB, 0, 0, current->number,
                host_describe_callable(&host->world, args[0]), PyLong_AsLong(args[1]));
    Py_RETURN_NONE;
}

/* _note_wait(future, text): whoever awaits the future waits for what the text says. */
static PyObject *note_wait(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    struct host *host = PyModule_GetState(module);
    Py_ssize_t length;
    const char *text = count == 2 ? PyUnicode_AsUTF8AndSize(args[1], &length) : NULL;
    if (text && host_is_future(host, args[0])) {
        struct sim_future *future = host_future_of(args[0]);
        future->kind = SIM_AWAIT_THREAD;
        future->label = sim_trace_intern(host->world.trace, text, (size_t)length);
    }
    PyErr_Clear(); /* a text that is none has no name */
    Py_RETURN_NONE;
}

static PyMethodDef notes[] = {
    {"_note_job", HOST_METHOD(note_job), METH_FASTCALL, NULL},
    {"_note_wait", HOST_METHOD(note_wait), METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL},
};

/* The module, borrowed; NULL with an exception. */
static PyObject *pools(struct host *host)
{
    static const struct host_embedded part = {"concurrent.futures.thread", file_name, source,
                                              notes};
    if (!host->pools)
        host->pools = host_embedded_run(host, &part);
    return host->pools;
}

/* The SimpleQueue that is written in C has a lock of its own: a module _queue without it makes the
 * module queue use the one in Python, whose locks are ours. */
static void provide_queue(void)
{
    PyObject *module = PyImport_AddModule("_queue");
    PyObject *empty = PyErr_NewException("_queue.Empty", NULL, NULL);
    if (module && empty)
        (void)PyModule_AddObjectRef(module, "Empty", empty);
    Py_XDECREF(empty);
    PyErr_Clear();
}

void host_pools_import(struct host *host, const char *module)
{
    if (strcmp(module, "_queue") == 0)
        provide_queue();
    if (strcmp(module, "concurrent.futures.thread") != 0 &&
        strcmp(module, "concurrent.futures.process") != 0)
        return;
    if (!pools(host))
        PyErr_Clear(); /* the script's own import shows what is wrong */
}

PyObject *host_pools_attribute(struct host *host, const char *name)
{
    PyObject *module = pools(host);
    return module ? PyObject_GetAttrString(module, name) : NULL;
}

/* function(loop, *args, **keywords) */
static PyObject *call(PyObject *self, const char *name, PyObject *const *args, Py_ssize_t count,
                      PyObject *keywords)
{
    PyObject *function = host_pools_attribute(host_of_loop(&loop_of(self)->loop), name);
    Py_ssize_t given = count + (keywords ? PyTuple_GET_SIZE(keywords) : 0);
    PyObject *all = function ? PyTuple_New(given + 1) : NULL, *result = NULL;
    if (all) {
        PyTuple_SET_ITEM(all, 0, Py_NewRef(self));
        for (Py_ssize_t i = 0; i < given; i++)
            PyTuple_SET_ITEM(all, i + 1, Py_NewRef(args[i]));
        result =
            PyObject_Vectorcall(function, &PyTuple_GET_ITEM(all, 0), (size_t)count + 1, keywords);
    }
    Py_XDECREF(all);
    Py_XDECREF(function);
    return result;
}

PyObject *host_pools_shutdown(struct host_loop *loop)
{
    return call((PyObject *)loop, "shutdown_default_executor", NULL, 0, NULL);
}

static PyObject *run_in_executor(PyObject *self, PyObject *const *args, Py_ssize_t count,
                                 PyObject *keywords)
{
    return call(self, "run_in_executor", args, count, keywords);
}

static PyObject *set_default_executor(PyObject *self, PyObject *executor)
{
    return call(self, "set_default_executor", &executor, 1, NULL);
}

PyMethodDef host_pool_loop_methods[] = {
    {"run_in_executor", HOST_METHOD(run_in_executor), HOST_KEYWORDS,
     HOST_DOC("run_in_executor($self, executor, func, *args)", "")},
    {"set_default_executor", set_default_executor, METH_O,
     HOST_DOC("set_default_executor($self, executor)", "")},
    {NULL, NULL, 0, NULL},
};
