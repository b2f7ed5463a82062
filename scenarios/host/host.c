/* Starts the interpreter as /usr/bin/python3 would start, but deterministic. */
#include "script.h"

#include <stdlib.h>
#include <time.h>

static PyStatus set_arguments(PyConfig *config, const struct scn_host_options *options)
{
    size_t count = (size_t)options->arg_count + 1;
    char **argv = calloc(count + 1, sizeof *argv);
    if (!argv)
        return PyStatus_NoMemory();
    argv[0] = (char *)(uintptr_t)options->script;
    for (int i = 0; i < options->arg_count; i++)
        argv[i + 1] = (char *)(uintptr_t)options->args[i];
    PyStatus status = PyConfig_SetBytesArgv(config, (Py_ssize_t)count, argv);
    free(argv);
    return status;
}

static PyStatus configure(PyConfig *config, const struct scn_host_options *options)
{
    PyConfig_InitPythonConfig(config);
    config->parse_argv = 0;
    config->use_environment = 0;
    config->user_site_directory = 0;
    config->use_hash_seed = 1;
    config->hash_seed = 0;
    config->write_bytecode = 0;
    config->pathconfig_warnings = 0;
    PyStatus status = PyConfig_SetBytesString(config, &config->program_name, "/usr/bin/python3");
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->stdio_encoding, "utf-8");
    if (!PyStatus_Exception(status))
        status = set_arguments(config, options);
    return status;
}

static PyStatus start_interpreter(const struct scn_host_options *options)
{
    PyPreConfig preconfig;
    PyPreConfig_InitPythonConfig(&preconfig);
    preconfig.use_environment = 0;
    preconfig.utf8_mode = 0;
#ifdef __SANITIZE_ADDRESS__
    preconfig.allocator = PYMEM_ALLOCATOR_MALLOC; /* so that the sanitizer sees each object */
#endif
    PyStatus status = Py_PreInitialize(&preconfig);
    if (PyStatus_Exception(status))
        return status;
    PyConfig config;
    status = configure(&config, options);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

int scn_host_run(const struct scn_host_options *options)
{
    setenv("TZ", "UTC", 1);
    tzset();
    PyStatus status = start_interpreter(options);
    if (PyStatus_Exception(status)) {
        fprintf(stderr, "awaitscope: python3 cannot start: %s\n",
                status.err_msg ? status.err_msg : "it ended at once");
        return SCN_HOST_EXCEPTION;
    }
    struct host *host = host_module_new(options);
    if (!host) {
        PyErr_Print();
        return SCN_HOST_EXCEPTION;
    }
    host_collector_freeze();
    host_memory_limit(host, options->max_memory_bytes);
    host->inspect_records = options->inspect_records;
    return host_script_run(host, options);
}
