/* What the two sides of a run agree on: the worker's descriptors, arguments and exit code. */
#ifndef SCN_WORKER_H
#define SCN_WORKER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/alloc.h"
#include "sim/error.h"
#include "sim/trace.h"

/* The worker's program; it stands beside ours or in ../libexec/awaitscope. */
#define SCN_WORKER_NAME "awaitscope-worker"

/* The descriptors of the memory that the trace is written to, and of what is counted: pieces of its
 * ring that were filled, and that may be filled anew (see channel.h). */
#define SCN_WORKER_TRACE_FD 3
#define SCN_WORKER_FILLED_FD 4
#define SCN_WORKER_ROOM_FD 5

/* The ring has so many pieces of SIM_TRACE_CHUNK bytes, or as many as the budget of events needs.
 */
#define SCN_WORKER_RING_PIECES 4

/* argv: MAX_EVENTS, MAX_TIME_NS and MAX_MEMORY in bytes, all in decimal, INSPECT as 0 or 1, PARAMS
 * as lines NAME=VALUE, then the script and its own arguments. */
enum {
    SCN_WORKER_MAX_EVENTS = 1,
    SCN_WORKER_MAX_TIME,
    SCN_WORKER_MAX_MEMORY,
    SCN_WORKER_INSPECT,
    SCN_WORKER_PARAMS,
    SCN_WORKER_SCRIPT,
    SCN_WORKER_ARGS_MIN
};

/* The signal that asks the worker to end, because its real time is up: in good order, if the script
 * comes to another bytecode. */
#define SCN_WORKER_TIME_UP SIGXCPU

/* It could not begin: not an exit code of the script's unless the trace has a RUN_END. */
#define SCN_WORKER_FAILED 70

/* How many records an inspection may add to the trace. */
#define SCN_WORKER_INSPECT_RECORDS 65536

/* Capacities of the trace's memory for a budget of events: a place for the last event besides, and
 * for what an inspection finds; and room for the texts of a talkative script. */
static inline size_t scn_worker_event_capacity(int64_t max_events, bool inspect)
{
    return (size_t)max_events + 1 + (inspect ? SCN_WORKER_INSPECT_RECORDS : 0);
}

/* Of these, how many the ring holds. */
static inline size_t scn_worker_ring_events(int64_t max_events, bool inspect)
{
    size_t ring_bytes = SCN_WORKER_RING_PIECES * SIM_TRACE_CHUNK;
    size_t bytes = scn_worker_event_capacity(max_events, inspect) * sizeof(struct sim_event);
    bytes = (bytes + SIM_TRACE_CHUNK - 1) / SIM_TRACE_CHUNK * SIM_TRACE_CHUNK;
    return (bytes < ring_bytes ? bytes : ring_bytes) / sizeof(struct sim_event);
}

static inline size_t scn_worker_text_capacity(int64_t max_events)
{
    size_t capacity = ((size_t)64 << 20) + (size_t)max_events * 16;
    const size_t most = (size_t)1 << 34; /* what a text id can name */
    return capacity < most ? capacity : most;
}

/* The worker's recorder.  `alloc` is the gateway of all of the scheduler's memory. */
struct scn_worker_trace {
    struct sim_trace trace;
    struct sim_alloc alloc;
    const char *events; /* where they are mapped, piece by piece */
    char *ring;         /* all pieces of the ring */
    size_t event_bytes, pieces;
    int filled_fd, room_fd;
};

/* Begins a trace in the memory that the worker was given, which stays mapped until the process
 * ends, and clears its low descriptors.  Errors: SIM_ENOMEM. */
int scn_worker_open_trace(int64_t max_events, bool inspect,
                          struct scn_worker_trace *worker) SIM_MUST_CHECK;

#endif
