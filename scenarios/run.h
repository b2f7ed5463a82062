/* A run: one script in a worker process of its own, seen from outside while it goes on.
 *
 * Invariants:
 *  - The worker is spawned clean: a fresh program, no address layout of chance, a fixed hash seed
 *    and locale, no descriptor of ours but the trace; and it dies when its parent does.
 *  - Nothing that a worker does can crash or hang its parent: the trace comes back through memory
 *    that cannot shrink, and what is seen here is a private copy of it that only grows (channel.h).
 *  - How a run ends is decided once; what it traced until then is kept until scn_run_free.
 */
#ifndef SCN_RUN_H
#define SCN_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/error.h"
#include "sim/trace.h"

#define SCN_RUN_MAX_EVENTS INT64_C(10000000)
#define SCN_RUN_MAX_EVENTS_MOST INT64_C(1000000000)
#define SCN_RUN_MAX_TIME_NS (INT64_C(86400) * 1000000000)
#define SCN_RUN_MAX_MEMORY_BYTES (INT64_C(2048) << 20)
#define SCN_RUN_MAX_REAL_NS (INT64_C(60) * 1000000000)

/* Exit code of a run that used up a budget. */
#define SCN_EXIT_BUDGET 5

/* A constant that the script leaves to others to change, in a line of its module such as
 *     LIMIT = 2.0  # param: 0.5..6.0 step 0.5 s: how long wait_for allows
 * and the value, without quotes, that it gets instead. */
struct scn_param {
    const char *name, *value;
};

/* What to run: a script, or a saved trace, which is a run that is over.  A zero is the default of
 * each number; all pointers are borrowed only during scn_run_start. */
struct scn_run_options {
    const char *script;
    const char *const *args; /* sys.argv[1:], arg_count of them */
    int arg_count;
    const struct scn_param *params; /* param_count of them */
    int param_count;
    const char *worker;  /* path of the worker program; NULL: the one that belongs to us */
    int64_t max_events;  /* 1 .. SCN_RUN_MAX_EVENTS_MOST */
    int64_t max_time_ns; /* virtual */
    int64_t max_real_ns;
    int64_t max_memory_bytes; /* of the script's own objects */
    int64_t inspect;  /* not 0: stop where so many events are recorded, which leaves out the last of
                         them, and record what each task's frames and locals are then: FRAME and
                         LOCAL events (sim/trace_events.def) */
    bool forgets;     /* nobody will ask for its trace: no copy of its events is kept */
    bool share_stdin; /* otherwise it is empty */
    bool mute_stdout, mute_stderr; /* otherwise they are ours */
};

enum scn_run_state {
    SCN_RUN_GOES_ON,
    SCN_RUN_ENDED,     /* by itself, with an exit code of its own or the host's */
    SCN_RUN_EXHAUSTED, /* it used up a budget */
    SCN_RUN_CRASHED,   /* by a signal, or the worker could not do its work */
    SCN_RUN_STOPPED    /* by scn_run_stop */
};

struct scn_run_report {
    enum scn_run_state state;
    int exit_code;     /* the script's; SCN_EXIT_BUDGET; 128 + signal */
    char message[192]; /* a sentence for people where there is more to say than the script said */
};

struct scn_run;

/* Starts a run.  Errors: SIM_ENOMEM, SIM_EINVAL (a number out of range), SIM_EIO (the worker cannot
 * be found or started); `error`, of `error_size` bytes, then says why.  To be called by a
 * thread that lives as long as the run: the worker ends with it. */
int scn_run_start(const struct scn_run_options *options, struct scn_run **out, char *error,
                  size_t error_size) SIM_MUST_CHECK;

/* A descriptor that is readable when the run ended or has to be ended, or when much of its trace
 * waits to be copied: then scn_run_poll is due.  A run that nobody looks after waits, too. */
int scn_run_fd(const struct scn_run *run);

/* Looks after the run, without waiting; ends it when its real time is up.  True once it is over. */
bool scn_run_poll(struct scn_run *run);

/* Waits until the run is over. */
void scn_run_wait(struct scn_run *run);

/* Ends the run now, if it goes on. */
void scn_run_stop(struct scn_run *run);

/* Finds a program that was built or installed with this one, beside it or in ../libexec/awaitscope.
 * False, with where it was looked for first, if it is not there. */
bool scn_run_find_program(const char *name, char *path, size_t size);

/* Path of the script whose source belongs to the run. */
const char *scn_run_script(const struct scn_run *run);

/* How it stands, or how it ended. */
const struct scn_run_report *scn_run_report(const struct scn_run *run);

/* Brings the copy of the trace up to date, as far as it is published and memory allows, and gives
 * a view of it, which is valid until scn_run_free: later views only have more. */
struct sim_trace_view scn_run_view(struct scn_run *run);

/* Saves what was traced so far; the file is there once it is whole.  Errors: SIM_EIO; `error` then
 * says why. */
int scn_run_save(struct scn_run *run, const char *path, char *error,
                 size_t error_size) SIM_MUST_CHECK;

/* Stops it and frees everything; NULL is allowed. */
void scn_run_free(struct scn_run *run);

#endif
