#include "state.h"

enum { MOST = 4 };

static int parameter_index(const struct host_signature *signature, PyObject *name)
{
    for (int i = 0; i < MOST && signature->names[i]; i++) {
        if (PyUnicode_CompareWithASCIIString(name, signature->names[i]) == 0)
            return i;
    }
    PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'",
                 signature->function, name);
    return -1;
}

static bool take_keyword(const struct host_signature *signature, PyObject *name, PyObject *value,
                         PyObject **out)
{
    int index = parameter_index(signature, name);
    if (index < 0)
        return false;
    if (out[index]) {
        PyErr_Format(PyExc_TypeError, "%s() got multiple values for argument '%U'",
                     signature->function, name);
        return false;
    }
    out[index] = value;
    return true;
}

static bool take_positional(const struct host_signature *signature, PyObject *const *args,
                            Py_ssize_t count, PyObject **out)
{
    for (int i = 0; i < MOST && signature->names[i]; i++)
        out[i] = i < count && i < signature->positional ? args[i] : NULL;
    if (count <= signature->positional)
        return true;
    int self = strchr(signature->function, '.') != NULL, most = signature->positional + self;
    if (signature->required < signature->positional)
        PyErr_Format(PyExc_TypeError,
                     "%s() takes from %d to %d positional arguments but %zd were given",
                     signature->function, signature->required + self, most, count + self);
    else
        PyErr_Format(PyExc_TypeError, "%s() takes %d positional argument%s but %zd %s given",
                     signature->function, most, most == 1 ? "" : "s", count + self,
                     count + self == 1 ? "was" : "were");
    return false;
}

static bool check_required(const struct host_signature *signature, PyObject *const *out)
{
    for (int i = 0; i < signature->required; i++) {
        if (!out[i]) {
            PyErr_Format(PyExc_TypeError, "%s() missing 1 required positional argument: '%s'",
                         signature->function, signature->names[i]);
            return false;
        }
    }
    return true;
}

bool host_args(const struct host_signature *signature, PyObject *const *args, Py_ssize_t count,
               PyObject *keywords, PyObject **out)
{
    if (!take_positional(signature, args, count, out))
        return false;
    for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); i++) {
        if (!take_keyword(signature, PyTuple_GET_ITEM(keywords, i), args[count + i], out))
            return false;
    }
    return check_required(signature, out);
}

bool host_init_args(const struct host_signature *signature, PyObject *args, PyObject *keywords,
                    PyObject **out)
{
    PyObject *name, *value;
    Py_ssize_t at = 0;
    if (!take_positional(signature, &PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), out))
        return false;
    while (keywords && PyDict_Next(keywords, &at, &name, &value)) {
        if (!take_keyword(signature, name, value, out))
            return false;
    }
    return check_required(signature, out);
}
