/* The worker: runs one script in a process of its own, and records it into memory that it shares
 * with whoever started it (see run.h). */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "scenarios/host/host.h"
#include "scenarios/worker.h"

static void on_time_up(int number)
{
    (void)number;
    scn_host_time_up();
}

#ifdef AWAITSCOPE_SANITIZE
/* The interpreter is never torn down: what it holds at the end is no leak.  And a script may ask
 * for more memory than there is. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0:allocator_may_return_null=1";
}
#endif

int main(int argc, char **argv)
{
    if (argc < SCN_WORKER_ARGS_MIN) {
        fprintf(stderr, "%s is started by awaitscope, not by hand\n", SCN_WORKER_NAME);
        return SCN_WORKER_FAILED;
    }
    int64_t max_events = strtoll(argv[SCN_WORKER_MAX_EVENTS], NULL, 10);
    struct scn_worker_trace worker;
    bool inspect = *argv[SCN_WORKER_INSPECT] == '1';
    int error = scn_worker_open_trace(max_events, inspect, &worker);
    if (error < 0) {
        fprintf(stderr, "%s: the trace: %s\n", SCN_WORKER_NAME, sim_error_text(error));
        return SCN_WORKER_FAILED;
    }
    sigaction(SCN_WORKER_TIME_UP, &(struct sigaction){.sa_handler = on_time_up}, NULL);
    /* A sandbox belongs here: all that the worker itself needs is open, nothing of the script ran.
     */
    int code = scn_host_run(&(struct scn_host_options){
        .script = argv[SCN_WORKER_SCRIPT],
        .args = (const char *const *)argv + SCN_WORKER_ARGS_MIN,
        .arg_count = argc - SCN_WORKER_ARGS_MIN,
        .params = argv[SCN_WORKER_PARAMS],
        .trace = &worker.trace,
        .max_time_ns = strtoll(argv[SCN_WORKER_MAX_TIME], NULL, 10),
        .max_memory_bytes = strtoll(argv[SCN_WORKER_MAX_MEMORY], NULL, 10),
        .inspect_records = inspect ? SCN_WORKER_INSPECT_RECORDS : 0,
    });
    sim_trace_close(&worker.trace);
    return code;
}
