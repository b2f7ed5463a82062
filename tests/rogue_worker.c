/* A worker without Python that does what its script's name says: ends well, crashes, spins, lies
 * about its trace.  For tests of the side that starts it. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scenarios/worker.h"
#include "sim/alloc.h"
#include "sim/trace.h"

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
        if (dup2(fd, 100) >= 0)
            printf("%d ", fd);
    puts("");
}

int main(int argc, char **argv)
{
    const char *act = argv[SCN_WORKER_SCRIPT];
    int64_t max_events = strtoll(argv[SCN_WORKER_MAX_EVENTS], NULL, 10);
    size_t events = scn_worker_event_capacity(max_events);
    size_t texts = scn_worker_text_capacity(max_events);
    void *base = mmap(NULL, sim_trace_memory_size(events, texts), PROT_READ | PROT_WRITE,
                      MAP_SHARED, SCN_WORKER_TRACE_FD, 0);
    struct sim_trace_memory memory = sim_trace_memory_at(base, events, texts);
    struct sim_alloc alloc;
    struct sim_trace trace;
    sim_alloc_init(&alloc);
    if (base == MAP_FAILED || sim_trace_init(&trace, &memory, &alloc) < 0)
        return SCN_WORKER_FAILED;
    trace.budget = (size_t)max_events;
    SIM_PUT(&trace, RUN_BEGIN, 0, 0, 0, sim_trace_intern_z(&trace, act), 0);

    if (strcmp(act, "tell") == 0) {
        tell(argc, argv);
        end_run(&trace, SIM_END_OK);
    } else if (strcmp(act, "exit") == 0) {
        end_run(&trace, SIM_END_EXIT);
        return 7;
    } else if (strcmp(act, "crash") == 0) {
        signal(SIGSEGV, SIG_DFL); /* sanitizers catch it */
        raise(SIGSEGV);
    } else if (strcmp(act, "spin") == 0) {
        for (volatile int forever = 1; forever;)
            ;
    } else if (strcmp(act, "fill") == 0) {
        while (trace.error == 0)
            SIM_PUT(&trace, LINE, 0, 0, 1, 1, 0);
        end_run(&trace, SIM_END_MAX_EVENTS);
        return 5;
    } else if (strcmp(act, "late") == 0) {
        end_run(&trace, SIM_END_MAX_TIME);
        return 5;
    } else if (strcmp(act, "lie") == 0) {
        atomic_store(&memory.head->event_count, UINT64_MAX);
        atomic_store(&memory.head->text_bytes, UINT64_MAX);
    } else if (strcmp(act, "shrink") == 0) {
        return ftruncate(SCN_WORKER_TRACE_FD, 0) == 0 ? 1 : 0;
    } else if (strcmp(act, "fail") == 0) {
        return SCN_WORKER_FAILED;
    }
    return 0;
}
