/* A worker without Python that does what its script's name says: ends well, crashes, spins, lies
 * about its trace.  For tests of the side that starts it. */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "scenarios/worker.h"

/* Another descriptor of the trace's memory: the worker's own is closed once it is mapped. */
#define KEPT_FD 50

static void end_run(struct sim_trace *trace, unsigned flag)
{
    sim_trace_put_last(trace, (struct sim_event){.kind = SIM_EV_RUN_END, .flag = (uint8_t)flag});
}

/* Tells what it was started with: arguments, environment, and which descriptors are open. */
static void tell(int argc, char **argv)
{
    for (int i = SCN_WORKER_MAX_EVENTS; i < argc; i++)
        printf("%s%s", i > SCN_WORKER_MAX_EVENTS ? " " : "", argv[i]);
    printf("\nLANG=%s TZ=%s PYTHONPATH=%s HOME=%s\n", getenv("LANG"), getenv("TZ"),
           getenv("PYTHONPATH") ? "leaked" : "none", getenv("HOME") ? "kept" : "none");
    for (int fd = 0; fd < 64; fd++)
        if (fd != KEPT_FD && fcntl(fd, F_GETFD) >= 0)
            printf("%d ", fd);
    puts("");
}

/* Does what `what` says; returns the exit code. */
static int act(const char *what, struct sim_trace *trace, int argc, char **argv)
{
    struct sim_trace_head *head = trace->memory.head;
    if (strcmp(what, "tell") == 0) {
        tell(argc, argv);
        end_run(trace, SIM_END_OK);
    } else if (strcmp(what, "exit") == 0) {
        end_run(trace, SIM_END_EXIT);
        return 7;
    } else if (strcmp(what, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL); /* sanitizers catch it */
        raise(SIGSEGV);
    } else if (strcmp(what, "spin") == 0 || strcmp(what, "deaf") == 0) {
        if (*what == 'd')
            signal(SCN_WORKER_TIME_UP, SIG_IGN);
        for (volatile int forever = 1; forever;)
            ;
    } else if (strcmp(what, "fill") == 0) {
        while (trace->error == 0)
            SIM_PUT(trace, LINE, 0, 0, 1, 1, 0);
        end_run(trace, SIM_END_MAX_EVENTS);
        return 5;
    } else if (strcmp(what, "count") == 0) {
        for (uint32_t i = 1; trace->error == 0; i++)
            SIM_PUT(trace, LINE, 0, 0, i, i, 0);
        end_run(trace, SIM_END_MAX_EVENTS);
        return 5;
    } else if (strcmp(what, "late") == 0) {
        end_run(trace, SIM_END_MAX_TIME);
        return 5;
    } else if (strcmp(what, "lie") == 0) {
        atomic_store(&head->event_count, UINT64_MAX);
        atomic_store(&head->text_bytes, UINT64_MAX);
    } else if (strcmp(what, "shrink") == 0) {
        return ftruncate(KEPT_FD, 0) == 0 ? 1 : 0;
    } else if (strcmp(what, "fail") == 0) {
        return SCN_WORKER_FAILED;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argv[SCN_WORKER_SCRIPT];
    int64_t max_events = strtoll(argv[SCN_WORKER_MAX_EVENTS], NULL, 10);
    struct scn_worker_trace worker;
    dup2(SCN_WORKER_TRACE_FD, KEPT_FD);
    if (scn_worker_open_trace(max_events, false, &worker) < 0)
        return SCN_WORKER_FAILED;
    struct sim_trace *trace = &worker.trace;
    SIM_PUT(trace, RUN_BEGIN, 0, 0, 0, sim_trace_intern_z(trace, what), 0);
    int code = act(what, trace, argc, argv);
    sim_trace_close(trace);
    return code;
}
