/* Runs that end from within, because the script must not go on. */
#include "script.h"

#include <unistd.h>

static void flush(const char *name)
{
    PyObject *file = PySys_GetObject(name);
    PyObject *done = file && file != Py_None ? PyObject_CallMethod(file, "flush", NULL) : NULL;
    PyErr_Clear();
    Py_XDECREF(done);
}

void host_flush(void)
{
    flush("stdout");
    flush("stderr");
}

/* --- ends ------------------------------------------------------------------------------------- */

_Noreturn static void end(struct host *host, enum sim_flag_end how, int code, int error)
{
    struct sim_trace *trace = host->world.trace;
    host_flush();
    if (trace) {
        uint32_t why = sim_trace_intern_z(trace, sim_error_text(error));
        sim_trace_put_last(trace, (struct sim_event){.kind = SIM_EV_RUN_END,
                                                     .flag = (uint8_t)how,
                                                     .a = (uint32_t)code,
                                                     .b = why});
    }
    _exit(code);
}

static int end_for_time(void *nothing)
{
    (void)nothing;
    PyObject *module = PyState_FindModule(&host_module_def);
    struct host *host = module ? PyModule_GetState(module) : NULL;
    if (host)
        host_end_on_error(host, host->running, SIM_EREAL);
    return 0;
}

void scn_host_time_up(void)
{
    Py_AddPendingCall(end_for_time, NULL);
}

void host_end_on_error(struct host *host, struct host_loop *loop, int error)
{
    if (error == 0)
        return;
    if (error == SIM_EDEADLOCK) {
        host_deadlock_report(host, loop);
        end(host, SIM_END_DEADLOCK, SCN_HOST_DEADLOCK, error);
    }
    if (error == SIM_EFULL && host->inspect_records)
        host_inspect(host);
    /* Whoever started the run says this one. */
    end(host,
        error == SIM_EFULL     ? SIM_END_MAX_EVENTS
        : error == SIM_ETIME   ? SIM_END_MAX_TIME
        : error == SIM_EREAL   ? SIM_END_MAX_REAL
        : error == SIM_EMEMORY ? SIM_END_MAX_MEMORY
                               : SIM_END_ERROR,
        SCN_HOST_BUDGET, error);
}
