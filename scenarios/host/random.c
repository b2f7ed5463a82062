/* Random numbers are the same in every run: the module random is seeded as soon as the script
 * imports it, and not imported if the script does not. */
#include "state.h"

static void seed(struct host *host)
{
    host->seeding = true;
    PyObject *module = PyImport_ImportModule("random");
    PyObject *done = module ? PyObject_CallMethod(module, "seed", "i", 0) : NULL;
    Py_XDECREF(done);
    Py_XDECREF(module);
    PyErr_Clear(); /* the script's own import shows what is wrong */
    host->seeding = false;
}

static int audit(const char *event, PyObject *args, void *user)
{
    struct host *host = user;
    if (strcmp(event, "import") != 0 || host->seeding || !PyTuple_Check(args) ||
        PyTuple_GET_SIZE(args) < 1)
        return 0;
    PyObject *name = PyTuple_GET_ITEM(args, 0);
    const char *text = PyUnicode_Check(name) ? PyUnicode_AsUTF8(name) : NULL;
    if (text && strcmp(text, "random") == 0)
        seed(host);
    else if (text && strncmp(text, "asyncio.", 8) == 0)
        host_surface_import(host, text + 8);
    else if (text)
        host_pools_import(host, text);
    return 0;
}

int host_random_setup(struct host *host)
{
    return PySys_AddAuditHook(audit, host);
}
