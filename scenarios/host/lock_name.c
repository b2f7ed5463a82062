/* What a thread's frame calls the lock that it waits for: found where the frame can look, when a
 * deadlock is reported, so that locks cost nothing more. */
#include "thread.h"

/* The lock that is looked for. */
struct search {
    const struct host *host;
    const struct sim_mutex *mutex;
};

static bool is_it(const struct search *search, PyObject *object)
{
    return host_lock_has(search->host, object, search->mutex);
}

/* "forks[2]", NULL if it is not in the list or tuple. */
static PyObject *item_in(const struct search *search, PyObject *name, PyObject *sequence)
{
    if (!PyList_CheckExact(sequence) && !PyTuple_CheckExact(sequence))
        return NULL;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(sequence); i++) {
        if (is_it(search, PySequence_Fast_GET_ITEM(sequence, i)))
            return PyUnicode_FromFormat("%U[%zd]", name, i);
    }
    return NULL;
}

/* The same by `format` of the name and a key, for what is in a dict. */
static PyObject *entry_in(const struct search *search, const char *format, PyObject *name,
                          PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    while (dict && PyDict_CheckExact(dict) && PyDict_Next(dict, &at, &key, &value)) {
        if (is_it(search, value))
            return PyUnicode_FromFormat(format, name, key);
    }
    return NULL;
}

/* "account.lock": among the attributes of an object of a class of the script's. */
static PyObject *attribute_in(const struct search *search, PyObject *name, PyObject *object)
{
    PyObject **dict = PyModule_Check(object) ? NULL : _PyObject_GetDictPtr(object);
    PyObject *attributes =
        dict ? PyObject_GenericGetDict(object, NULL) : NULL; /* it may not be made yet */
    PyObject *found = entry_in(search, "%U.%U", name, attributes);
    PyErr_Clear();
    Py_XDECREF(attributes);
    return found;
}

/* In the variables of one scope: first as one of them, then in what they hold. */
static PyObject *variable_in(const struct search *search, PyObject *scope)
{
    PyObject *name, *value, *found = NULL;
    Py_ssize_t at = 0;
    while (!found && PyDict_Next(scope, &at, &name, &value)) {
        if (is_it(search, value))
            found = Py_NewRef(name);
    }
    for (at = 0; !found && PyDict_Next(scope, &at, &name, &value);) {
        found = item_in(search, name, value);
        if (!found)
            found = entry_in(search, "%U[%R]", name, value);
        if (!found)
            found = attribute_in(search, name, value);
    }
    return found;
}

PyObject *host_lock_name(const struct host *host, const struct sim_mutex *mutex,
                         PyFrameObject *frame)
{
    const struct search search = {host, mutex};
    PyObject *scopes[] = {PyFrame_GetLocals(frame), PyFrame_GetGlobals(frame)}, *found = NULL;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (!found && scopes[i] && PyDict_Check(scopes[i]))
            found = variable_in(&search, scopes[i]);
        Py_XDECREF(scopes[i]);
    }
    PyErr_Clear();
    return found;
}
