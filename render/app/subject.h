/* A subject: one run that is looked at, with its model and its script.
 *
 * Invariants:
 *  - The model grows in rnd_subject_poll only, and earlier cursors keep their meaning.
 *  - The parameters of its lesson have the values that it was run with.
 */
#ifndef RND_SUBJECT_H
#define RND_SUBJECT_H

#include "render/view/view.h"
#include "scenarios/run.h"

struct rnd_subject {
    char *path; /* what was run, as it was named; owned */
    struct scn_run *run;
    struct rnd_model *model;
    struct rnd_script script;
    struct rnd_notes notes; /* its marks; those of the lesson, too */
    struct rnd_rows rows;   /* of the timeline; they grow with the model */
    enum rnd_run_state state;
    int64_t max_events;  /* it was given, as in scn_run_options */
    const char *message; /* what went wrong; "" if nothing; lives as long as the subject */
    uint32_t polls;      /* how often it was looked after while it went on */
};

/* More parameters than that stay as the script has them. */
#define RND_SETTINGS_MAX 16

/* What the parameters of a script get that are not to be as it says. */
struct rnd_settings {
    struct scn_param items[RND_SETTINGS_MAX]; /* names are the lesson's, values in `texts` */
    char texts[RND_SETTINGS_MAX][RND_PARAM_TEXT_MAX];
    int count;
};

/* Starts a run; all of `options` is borrowed during the call only.  Errors: SIM_ENOMEM, SIM_EIO,
 * SIM_EINVAL with one line in `error`. */
int rnd_subject_open(const struct scn_run_options *options, struct rnd_subject **out, char *error,
                     size_t error_size) SIM_MUST_CHECK;

/* Stops the run and frees everything; NULL is allowed. */
void rnd_subject_close(struct rnd_subject *subject);

/* Whether it is over and came to nothing: an error before there was any task. */
bool rnd_subject_failed(const struct rnd_subject *subject);

/* Reads its marks again, which are kept beside the script.  Errors, which leave them as they are:
 * SIM_ENOMEM, SIM_EIO. */
int rnd_subject_load_notes(struct rnd_subject *subject) SIM_MUST_CHECK;

/* Takes in what the run recorded meanwhile, or the next part of much; `changed` is set if that is
 * anything, and left alone otherwise.  Errors: SIM_ENOMEM. */
int rnd_subject_poll(struct rnd_subject *subject, bool *changed) SIM_MUST_CHECK;

#endif
