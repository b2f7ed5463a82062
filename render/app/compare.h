/* What to compare: up to four files, each with values for its parameters.
 *
 * Written as words: a file, then what its parameters get, and after how many events it ends if that
 * is not when all do; "|" ends a run, and one that names no file is of the same file again.  In a
 * lesson:
 *
 *     # compare: WAY=serial | WAY=gather
 *     # compare: 02-serial.py | 02-gather.py PAUSE=2.5 max-events=1000
 */
#ifndef RND_APP_COMPARE_H
#define RND_APP_COMPARE_H

#include <limits.h>
#include <stddef.h>

#include "render/view/compare.h"
#include "scenarios/run.h"
#include "sim/error.h"
#include "subject.h"

#define RND_COMPARE_PARAMS_MAX 8

/* Begins the word that says after how many events a run ends. */
#define RND_COMPARE_MAX_EVENTS "max-events="

struct rnd_compare_run {
    char path[PATH_MAX];
    struct scn_param params[RND_COMPARE_PARAMS_MAX]; /* into `texts` */
    int param_count;
    int64_t max_events; /* 0: as many as all runs may have */
    char texts[256];
    size_t text_used;
};

struct rnd_compare_spec {
    struct rnd_compare_run runs[RND_COMPARED_MAX];
    uint32_t count;
};

/* Makes options those of one of the runs. */
void rnd_compare_apply(const struct rnd_compare_run *run, struct scn_run_options *options);

/* Reads words such as a command line has; there a file begins another run, too.  Errors: SIM_EINVAL
 * with one line in `error`. */
int rnd_compare_read(const char *const *words, int count, struct rnd_compare_spec *out, char *error,
                     size_t error_size) SIM_MUST_CHECK;

/* Reads what a lesson says; files are beside `script`, which is meant where none is named.  Errors
 * likewise, also where the lesson says nothing. */
int rnd_compare_read_lesson(const char *script, const char *text, struct rnd_compare_spec *out,
                            char *error, size_t error_size) SIM_MUST_CHECK;

/* Makes a comparison of subjects, at least two, the first in focus; of each run `lanes_px` stays.
 * To be closed by rnd_compare_close in any case.  Errors: SIM_ENOMEM. */
int rnd_compare_subjects(struct rnd_subject *const *subjects, uint32_t count,
                         struct rnd_compare *out) SIM_MUST_CHECK;

/* What is different about each of the subjects, as short as can be. */
void rnd_compare_titles(struct rnd_subject *const *subjects, uint32_t count,
                        struct rnd_compared *out);

#endif
