/* The worker: runs one script in a process of its own, and records it into memory that it shares
 * with whoever started it (see run.h). */
#define _GNU_SOURCE /* MADV_POPULATE_WRITE */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scenarios/host/host.h"
#include "scenarios/worker.h"
#include "sim/alloc.h"
#include "sim/trace.h"

/* Makes a piece of the shared memory real at once: one call costs less than its page faults.  A
 * kernel that cannot do this takes the faults. */
static int populate(struct sim_alloc *alloc, void *address, size_t size)
{
    (void)alloc;
    (void)madvise(address, size, MADV_POPULATE_WRITE);
    return 0;
}

/* Begins a trace in the shared memory, which stays mapped until the process ends. */
static int open_trace(int64_t max_events, struct sim_alloc *alloc, struct sim_trace *trace)
{
    size_t events = scn_worker_event_capacity(max_events);
    size_t texts = scn_worker_text_capacity(max_events);
    void *base = mmap(NULL, sim_trace_memory_size(events, texts), PROT_READ | PROT_WRITE,
                      MAP_SHARED, SCN_WORKER_TRACE_FD, 0);
    if (base == MAP_FAILED)
        return SIM_ENOMEM;
    close(SCN_WORKER_TRACE_FD);
    struct sim_trace_memory memory = sim_trace_memory_at(base, events, texts);
    memory.commit = populate;
    int error = sim_trace_init(trace, &memory, alloc);
    trace->budget = (size_t)max_events;
    return error;
}

int main(int argc, char **argv)
{
    if (argc < SCN_WORKER_ARGS_MIN) {
        fprintf(stderr, "%s is started by awaitscope, not by hand\n", SCN_WORKER_NAME);
        return SCN_WORKER_FAILED;
    }
    int64_t max_events = strtoll(argv[SCN_WORKER_MAX_EVENTS], NULL, 10);
    struct sim_alloc alloc;
    struct sim_trace trace;
    sim_alloc_init(&alloc);
    int error = open_trace(max_events, &alloc, &trace);
    if (error < 0) {
        fprintf(stderr, "%s: the trace: %s\n", SCN_WORKER_NAME, sim_error_text(error));
        return SCN_WORKER_FAILED;
    }
    /* A sandbox belongs here: all that the worker itself needs is open, nothing of the script ran.
     */
    return scn_host_run(&(struct scn_host_options){
        .script = argv[SCN_WORKER_SCRIPT],
        .args = (const char *const *)argv + SCN_WORKER_ARGS_MIN,
        .arg_count = argc - SCN_WORKER_ARGS_MIN,
        .trace = &trace,
        .max_time_ns = strtoll(argv[SCN_WORKER_MAX_TIME], NULL, 10),
    });
}
