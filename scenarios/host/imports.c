/* Modules of the script's own directory are compiled like the script itself. */
#include "lines.h"

/* Whether a path is the script's own: below its directory, and no installed package. */
static bool is_own(const struct host *host, PyObject *path)
{
    static const char *const installed[] = {"site-packages/", "dist-packages/"};
    if (!PyUnicode_Check(path) ||
        PyUnicode_Tailmatch(path, host->directory, 0, PY_SSIZE_T_MAX, -1) != 1)
        return false;
    const char *text = PyUnicode_AsUTF8(path);
    for (size_t i = 0; text && i < sizeof installed / sizeof installed[0]; i++) {
        if (strstr(text, installed[i]))
            return false;
    }
    return text != NULL;
}

static PyObject *compile_own(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    (void)count;
    return host_compile(PyModule_GetState(module), args[0], args[1], NULL);
}

static PyMethodDef compile_method = {"compile", HOST_METHOD(compile_own), METH_FASTCALL, NULL};

/* Compiles below a function whose frames importlib takes out of the traceback of a SyntaxError. */
static PyObject *compile_quietly(struct host *host, PyObject *source, PyObject *path)
{
    PyObject *machinery = PyImport_ImportModule("_frozen_importlib");
    PyObject *function = PyCFunction_New(&compile_method, host->module), *code = NULL;
    if (machinery && function)
        code = PyObject_CallMethod(machinery, "_call_with_frames_removed", "OOO", function, source,
                                   path);
    Py_XDECREF(function);
    Py_XDECREF(machinery);
    return code;
}

/* SourceFileLoader.get_code(loader, name): cached code has no markers, so it is not used here. */
static PyObject *get_code(PyObject *module, PyObject *const *args, Py_ssize_t count)
{
    struct host *host = PyModule_GetState(module);
    PyObject *code = NULL;
    if (count != 2) {
        PyErr_SetString(PyExc_TypeError, "get_code() takes a loader and a name");
        return NULL;
    }
    PyObject *path = PyObject_CallMethod(args[0], "get_filename", "O", args[1]);
    if (path && is_own(host, path)) {
        PyObject *source = PyObject_CallMethod(args[0], "get_data", "O", path);
        code = source ? compile_quietly(host, source, path) : NULL;
        Py_XDECREF(source);
    } else if (path) {
        PyErr_Clear();
        code = PyObject_Vectorcall(host->plain_get_code, args, (size_t)count, NULL);
    }
    Py_XDECREF(path);
    return code;
}

static PyMethodDef get_code_method = {"get_code", HOST_METHOD(get_code), METH_FASTCALL, NULL};

int host_import_setup(struct host *host, PyObject *script, PyObject *directory)
{
    host->script = Py_NewRef(script);
    host->directory = PyUnicode_FromFormat("%U/", directory);
    PyObject *machinery = PyImport_ImportModule("_frozen_importlib_external");
    PyObject *loader = machinery ? PyObject_GetAttrString(machinery, "SourceFileLoader") : NULL;
    PyObject *function = PyCFunction_New(&get_code_method, host->module);
    PyObject *method = function ? PyInstanceMethod_New(function) : NULL;
    int error = -1;
    if (host->directory && loader && method &&
        (host->plain_get_code = PyObject_GetAttrString(loader, "get_code")))
        error = PyObject_SetAttrString(loader, "get_code", method);
    Py_XDECREF(method);
    Py_XDECREF(function);
    Py_XDECREF(loader);
    Py_XDECREF(machinery);
    return error;
}
