/* asyncio.shield. */
#include "future.h"
#include "task.h"

#include "sim/shield.h"

static PyObject *asyncio_shield(PyObject *module, PyObject *const *args, Py_ssize_t count,
                                PyObject *keywords)
{
    static const struct host_signature signature = {"shield", {"arg"}, 1, 1};
    PyObject *given[4];
    if (!host_args(&signature, args, count, keywords, given))
        return NULL;
    struct host *host = PyModule_GetState(module);
    PyObject *inner = host_ensure_future(host, given[0], NULL);
    if (!inner)
        return NULL;
    const struct sim_future *outer = NULL;
    bool told = sim_future_done(host_future_of(inner)) || host_tell_future(host, inner);
    if (told && !(outer = sim_shield(host_future_of(inner))))
        PyErr_NoMemory();
    Py_DECREF(inner);
    return outer ? host_object_of(outer) : NULL;
}

static PyMethodDef functions[] = {
    {"shield", HOST_METHOD(asyncio_shield), HOST_KEYWORDS, HOST_DOC("shield($module, /, arg)", "")},
    {NULL, NULL, 0, NULL},
};

int host_shield_setup(struct host *host)
{
    return PyModule_AddFunctions(host->module, functions);
}
