/* Running the script as __main__, and what follows it. */
#include "script.h"
#include "lines.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { EXIT_OUTPUT_LOST = 120, EXIT_INTERRUPTED = 130 };

struct ending {
    enum sim_flag_end how;
    int code;
    uint32_t why; /* text id */
};

/* --- where the script is ---------------------------------------------------------------------- */

/* The path of the script as __file__ and tracebacks show it. */
static PyObject *absolute_path(const char *script)
{
    char directory[PATH_MAX];
    if (script[0] == '/' || !realpath(".", directory))
        return PyUnicode_DecodeFSDefault(script);
    PyObject *start = PyUnicode_DecodeFSDefault(directory);
    PyObject *rest = PyUnicode_DecodeFSDefault(script), *path = NULL;
    if (start && rest)
        path = PyUnicode_FromFormat("%U/%U", start, rest);
    Py_XDECREF(rest);
    Py_XDECREF(start);
    return path;
}

/* The directory of the file that the script really is. */
static PyObject *script_directory(const char *script)
{
    char path[PATH_MAX];
    if (!realpath(script, path))
        return PyUnicode_FromString("");
    char *slash = strrchr(path, '/');
    *slash = '\0';
    return PyUnicode_DecodeFSDefault(path);
}

static FILE *open_script(const char *script, PyObject *path, int *code)
{
    struct stat status;
    FILE *file = fopen(script, "rb");
    if (!file) {
        int error = errno;
        PySys_FormatStderr("python3: can't open file %R: [Errno %d] %s\n", path, error,
                           strerror(error));
        *code = SCN_HOST_CANNOT_OPEN;
    } else if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        PySys_FormatStderr("python3: can't find '__main__' module in %R\n", path);
        fclose(file);
        file = NULL;
        *code = SCN_HOST_EXCEPTION;
    }
    return file;
}

/* --- __main__ --------------------------------------------------------------------------------- */

static int set_loader(PyObject *globals, PyObject *path)
{
    PyObject *module = PyImport_ImportModule("_frozen_importlib_external");
    PyObject *loader =
        module ? PyObject_CallMethod(module, "SourceFileLoader", "sO", "__main__", path) : NULL;
    int error = loader ? PyDict_SetItemString(globals, "__loader__", loader) : -1;
    Py_XDECREF(loader);
    Py_XDECREF(module);
    return error;
}

/* Makes __main__ anew: this one is garbage at the end of the run, as are its variables.  Returns
 * its globals, borrowed; NULL with an exception. */
static PyObject *main_globals(PyObject *path)
{
    PyObject *modules = PyImport_GetModuleDict();
    PyObject *old = PyDict_GetItemString(modules, "__main__");
    PyObject *main = PyModule_New("__main__");
    PyObject *globals = main ? PyModule_GetDict(main) : NULL;
    if (!old || !globals || PyDict_Update(globals, PyModule_GetDict(old)) < 0 ||
        PyDict_SetItemString(globals, "__file__", path) < 0 ||
        PyDict_SetItemString(globals, "__cached__", Py_None) < 0 || set_loader(globals, path) < 0 ||
        PyDict_SetItemString(modules, "__main__", main) < 0)
        globals = NULL;
    Py_XDECREF(main);
    return globals;
}

static int prepend_path(PyObject *directory)
{
    PyObject *path = PySys_GetObject("path");
    return path && PyList_Check(path) ? PyList_Insert(path, 0, directory) : -1;
}

/* All that is in a file, as bytes; NULL with an exception. */
static PyObject *read_all(FILE *file)
{
    PyObject *bytes = NULL;
    struct stat status;
    if (fstat(fileno(file), &status) == 0)
        bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)status.st_size);
    if (bytes &&
        fread(PyBytes_AS_STRING(bytes), 1, (size_t)status.st_size, file) != (size_t)status.st_size)
        Py_CLEAR(bytes);
    if (!bytes && !PyErr_Occurred())
        PyErr_SetFromErrno(PyExc_OSError);
    rewind(file);
    return bytes;
}

/* Runs the file, which is closed; NULL with the exception that ended it. */
static PyObject *run_main(struct host *host, FILE *file, PyObject *path, PyObject *globals,
                          PyObject *params)
{
    PyObject *source = read_all(file), *result = NULL;
    PyObject *code = source ? host_compile(host, source, path, params) : NULL;
    if (code || PyErr_ExceptionMatches(PyExc_SystemExit)) {
        fclose(file);
        result = code ? PyEval_EvalCode(code, globals, globals) : NULL;
    } else { /* it cannot be compiled: the interpreter itself says best why */
        PyErr_Clear();
        PyObject *name = PyUnicode_EncodeFSDefault(path);
        PyCompilerFlags flags = _PyCompilerFlags_INIT;
        result = PyRun_FileExFlags(file, PyBytes_AS_STRING(name), Py_file_input, globals, globals,
                                   1, &flags);
        Py_DECREF(name);
    }
    Py_XDECREF(code);
    Py_XDECREF(source);
    return result;
}

static PyObject *run_file(struct host *host, FILE *file, const struct scn_host_options *options,
                          PyObject *path)
{
    PyObject *directory = script_directory(options->script);
    PyObject *params = host_params_parse(options->params);
    PyObject *globals = main_globals(path), *result = NULL;
    if (directory && params && globals && prepend_path(directory) == 0 &&
        host_import_setup(host, path, directory) == 0)
        result = run_main(host, file, path, globals, params);
    else
        fclose(file);
    Py_XDECREF(params);
    Py_XDECREF(directory);
    return result;
}

/* --- how it ended ----------------------------------------------------------------------------- */

/* The exit code of the SystemExit that is set, which is taken. */
static int exit_code(void)
{
    PyObject *type, *value, *traceback;
    int code = 0;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *given = value ? PyObject_GetAttrString(value, "code") : NULL;
    if (given && PyLong_Check(given)) {
        code = (int)PyLong_AsLong(given);
    } else if (given && given != Py_None) {
        PyObject *file = PySys_GetObject("stderr");
        if (file && file != Py_None) {
            PyFile_WriteObject(given, file, Py_PRINT_RAW);
            PyFile_WriteString("\n", file);
        }
        code = 1;
    }
    PyErr_Clear();
    Py_XDECREF(given);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return code & 0xff;
}

static struct ending ending_of_exception(struct host *host)
{
    if (PyErr_ExceptionMatches(PyExc_SystemExit))
        return (struct ending){.how = SIM_END_EXIT, .code = exit_code()};
    struct ending ending = {.how = SIM_END_EXCEPTION, .code = SCN_HOST_EXCEPTION};
    if (PyErr_ExceptionMatches(PyExc_KeyboardInterrupt))
        ending.code = EXIT_INTERRUPTED;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (host->world.trace)
        ending.why = host_describe(&host->world, value, SIM_OUTCOME_EXCEPTION);
    PyErr_Restore(type, value, traceback);
    PyErr_PrintEx(0);
    return ending;
}

static void call(const char *module_name, const char *function)
{
    PyObject *module = PyImport_ImportModule(module_name);
    PyObject *done = module ? PyObject_CallMethod(module, function, NULL) : NULL;
    if (!done)
        PyErr_Print();
    Py_XDECREF(done);
    Py_XDECREF(module);
}

/* Writes out what is left of the script's output, as python3 does; false if that failed. */
static bool flush_stdout(void)
{
    PyObject *file = PySys_GetObject("stdout");
    if (!file || file == Py_None)
        return true;
    PyObject *closed = PyObject_GetAttrString(file, "closed"), *done = NULL;
    bool is_closed = closed && PyObject_IsTrue(closed) == 1;
    PyErr_Clear();
    if (!is_closed && !(done = PyObject_CallMethod(file, "flush", NULL)))
        PyErr_WriteUnraisable(file);
    bool flushed = is_closed || done;
    Py_XDECREF(done);
    Py_XDECREF(closed);
    return flushed;
}

/* Threads end, the script's variables go, garbage is collected, functions of atexit run.  False if
 * not all of the output could be written. */
static bool wind_up(struct host *host)
{
    PyObject *modules = PyImport_GetModuleDict();
    host_end_on_error(host, NULL, sim_threads_finish(&host->world));
    if (PyDict_GetItemString(modules, "threading"))
        call("threading", "_shutdown");
    if (PyDict_DelItemString(modules, "__main__") < 0)
        PyErr_Clear(); /* the script took it out itself */
    PyGC_Enable();     /* whatever the script said */
    PyGC_Collect();
    call("atexit", "_run_exitfuncs");
    bool flushed = flush_stdout();
    host_flush();
    return flushed;
}

static struct ending run(struct host *host, const struct scn_host_options *options)
{
    struct ending ending = {.how = SIM_END_EXCEPTION};
    PyObject *path = absolute_path(options->script);
    FILE *file = path ? open_script(options->script, path, &ending.code) : NULL;
    if (file) {
        PyObject *result = run_file(host, file, options, path);
        ending = result ? (struct ending){.how = SIM_END_OK} : ending_of_exception(host);
        Py_XDECREF(result);
    }
    Py_XDECREF(path);
    return ending;
}

int host_script_run(struct host *host, const struct scn_host_options *options)
{
    struct sim_trace *trace = host->world.trace;
    const char *slash = strrchr(options->script, '/');
    if (trace)
        SIM_PUT(trace, RUN_BEGIN, 0, 0, 0,
                sim_trace_intern_z(trace, slash ? slash + 1 : options->script), 0);
    struct ending ending = run(host, options);
    if (!wind_up(host))
        ending.code = EXIT_OUTPUT_LOST;
    host_end_on_error(host, NULL, host_error(host));
    if (trace)
        SIM_PUT(trace, RUN_END, ending.how, 0, 0, (uint32_t)ending.code, ending.why);
    return ending.code;
}
