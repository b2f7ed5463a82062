/* The parts of the host that are written in Python: text in the library, run when first needed. */
#include "script.h"

/* Puts functions of ours into the module's namespace; -1 with an exception. */
static int add_helpers(struct host *host, PyObject *globals, PyMethodDef *helpers)
{
    for (PyMethodDef *helper = helpers; helper && helper->ml_name; helper++) {
        PyObject *function = PyCFunction_New(helper, host->module);
        int error = function ? PyDict_SetItemString(globals, helper->ml_name, function) : -1;
        Py_XDECREF(function);
        if (error < 0)
            return -1;
    }
    return 0;
}

PyObject *host_embedded_run(struct host *host, const struct host_embedded *part)
{
    PyObject *module = PyModule_New(part->module), *done = NULL;
    PyObject *globals = module ? PyModule_GetDict(module) : NULL;
    PyObject *code = globals ? Py_CompileString(part->source, part->file, Py_file_input) : NULL;
    /* Imports from below its functions look for this. */
    if (code && PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) == 0 &&
        add_helpers(host, globals, part->helpers) == 0)
        done = PyEval_EvalCode(code, globals, globals);
    if (!done)
        Py_CLEAR(module);
    Py_XDECREF(code);
    Py_XDECREF(done);
    return module;
}
