/* The command line: what was asked for, and the help that says what can be.
 *
 * Invariant: one table of options and one of commands; parsing, help and hints all come from them.
 */
#ifndef RND_OPTIONS_H
#define RND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "record.h"
#include "scenarios/run.h"
#include "sim/error.h"

enum rnd_command {
    RND_COMMAND_WINDOW,
    RND_COMMAND_RUN,
    RND_COMMAND_TRACE,
    RND_COMMAND_SHOT,
    RND_COMMAND_RECORD,
    RND_COMMAND_COMPARE
};

#define RND_PARAMS_MOST 32
#define RND_RUNS_MOST 48

/* Parameters of the script; their names and values are the two halves of strings of argv. */
struct rnd_given_params {
    struct scn_param list[RND_PARAMS_MOST];
    int count;
};

/* All strings are argv's.  What was not given is 0 or NULL, but for the two of which 0 means
 * something. */
struct rnd_options {
    enum rnd_command command;
    bool help, version;
    const char *script;
    const char *const *args; /* the script's own, arg_count of them */
    int arg_count;
    struct rnd_given_params params;
    bool compare;
    const char *runs[RND_RUNS_MOST]; /* what to compare, run_count words */
    int run_count;
    bool summary, timeline;
    int64_t max_events, max_time_ns, max_real_ns, max_memory_mb;
    const char *output, *theme, *dump, *save;
    bool predict, lessons;
    int64_t at_ns; /* -1: not given */
    int64_t event; /* likewise */
    int width_px, height_px;
    double scale;
    bool forget;
    struct rnd_record_options record; /* but for what is above */
    const char *progress;
};

#define RND_OPTIONS_EXIT 2 /* exit code where a command cannot do what was asked for */

/* Reads a command line, whose parameters it cuts in two.  Errors: SIM_EINVAL, with one line in
 * `error` that says what is wrong, where, and what to do. */
int rnd_options_parse(int argc, char *const *argv, struct rnd_options *out, char *error,
                      size_t size) SIM_MUST_CHECK;

/* Prints the help of a command; the window's is the help of the program. */
void rnd_options_print_help(enum rnd_command command, FILE *out);

/* The command as typed: "awaitscope run". */
const char *rnd_options_command_name(enum rnd_command command);

#endif
