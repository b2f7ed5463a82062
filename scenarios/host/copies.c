/* How locks and queues are copied and pickled: copies.py, which is run when one first is. */
#include "script.h"
#include "sync.h"

static const char source[] = {
#include "copies.inc"
    0};

/* Calls a function of the file. */
static PyObject *ask(PyObject *self, const char *function, PyObject *state)
{
    static const struct host_embedded part = {
        .module = "asyncio.locks", .file = "<frozen asyncio>", .source = source};
    struct host *host = host_of_type(Py_TYPE(self));
    if (!host->copies)
        host->copies = host_embedded_run(host, &part);
    PyObject *asked = host->copies ? PyObject_GetAttrString(host->copies, function) : NULL;
    PyObject *answer = asked ? PyObject_CallFunctionObjArgs(asked, self, state, NULL) : NULL;
    Py_XDECREF(asked);
    return answer;
}

PyObject *host_sync_get_state(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return ask(self, "state", NULL);
}

PyObject *host_sync_set_state(PyObject *self, PyObject *state)
{
    return ask(self, "restore", state);
}

PyObject *host_sync_reduce(PyObject *self, PyObject *Py_UNUSED(protocol))
{
    return ask(self, "reduce", NULL);
}
