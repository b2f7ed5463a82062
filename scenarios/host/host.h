/* The host: runs one Python script on the scheduler, in this process, and traces it.
 *
 * Invariants: a process runs one script, once; the interpreter is never torn down, because the
 * process ends right after.  Everything that the script can observe (clocks, hashes, random
 * numbers, order) is a function of the script and its arguments alone.
 */
#ifndef SCN_HOST_H
#define SCN_HOST_H

#include <stdint.h>

#include "sim/trace.h"

/* Exit codes of the host's own, as it gives them for python3's reasons and for its own. */
enum {
    SCN_HOST_EXCEPTION = 1,
    SCN_HOST_CANNOT_OPEN = 2,
    SCN_HOST_DEADLOCK = 3,
    SCN_HOST_BUDGET = 5
};

/* All pointers are borrowed for the whole run. */
struct scn_host_options {
    const char *script;
    const char *const *args; /* sys.argv[1:], arg_count of them */
    int arg_count;
    const char *params; /* of its parameters: lines NAME=VALUE; NULL: none */
    struct sim_trace *trace;
    int64_t max_time_ns;      /* budget of virtual time; 0: none */
    int64_t max_memory_bytes; /* budget of the script's memory; 0: none */
    size_t inspect_records;   /* not 0: what runs and waits when the trace's budget is used up is
                                 recorded then, in at most so many records more */
};

/* Runs the script to its end and returns the exit code to give.  The trace gets everything from
 * RUN_BEGIN to RUN_END; stdout and stderr are the script's own, flushed.
 *
 * Where the script must not go on (a deadlock, a budget that is used up) the trace is ended and
 * the process exits from within, with SCN_HOST_DEADLOCK or SCN_HOST_BUDGET. */
int scn_host_run(const struct scn_host_options *options);

/* Asks the script that runs to end, because its real time is up: it does at the next bytecode, as
 * with any other budget.  May be called by a handler of signals. */
void scn_host_time_up(void);

#endif
