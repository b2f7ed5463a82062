#define _POSIX_C_SOURCE 200809L /* strdup */
#include "subject.h"

#include "notes_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* While a run goes on, so many events are taken in at a time: one that records faster than it is
 * read would otherwise be read for longer each time, and the window would answer no more. */
#define TAKEN_MOST ((size_t)1 << 18)

int rnd_subject_load_notes(struct rnd_subject *subject)
{
    struct rnd_notes notes = {0};
    int code = rnd_notes_load(&notes, subject->path);
    if (!code)
        code = rnd_notes_add_lesson(&notes, &subject->script.lesson);
    if (code) {
        rnd_notes_close(&notes);
        return code;
    }
    rnd_notes_place(&notes, subject->model);
    rnd_notes_close(&subject->notes);
    subject->notes = notes;
    return 0;
}

/* What is made of the model is brought up to date with it. */
static int settle(struct rnd_subject *subject)
{
    rnd_notes_place(&subject->notes, subject->model);
    int code = rnd_script_update(&subject->script, subject->model);
    return code ? code : rnd_rows_update(&subject->rows, subject->model);
}

/* Everything of an empty subject; on failure what was opened is left to rnd_subject_close. */
static int open_parts(struct rnd_subject *subject, const struct scn_run_options *options,
                      char *error, size_t error_size)
{
    subject->max_events = options->max_events;
    subject->path = strdup(options->script);
    if (!subject->path)
        return SIM_ENOMEM;
    int code = scn_run_start(options, &subject->run, error, error_size);
    if (code)
        return code;
    struct sim_trace_view view = scn_run_view(subject->run);
    code = rnd_model_build(&view, &subject->model);
    if (!code)
        code = rnd_script_open(&subject->script, scn_run_script(subject->run));
    if (!code)
        code = rnd_subject_load_notes(subject);
    if (!code)
        code = settle(subject);
    for (int i = 0; !code && i < options->param_count; i++)
        (void)rnd_lesson_set(&subject->script.lesson, options->params[i].name,
                             options->params[i].value);
    return code;
}

int rnd_subject_open(const struct scn_run_options *options, struct rnd_subject **out, char *error,
                     size_t error_size)
{
    struct rnd_subject *subject = calloc(1, sizeof *subject);
    if (error_size)
        error[0] = '\0';
    int code = subject ? open_parts(subject, options, error, error_size) : SIM_ENOMEM;
    if (!code) {
        subject->message = "";
        *out = subject;
        return 0;
    }
    rnd_subject_close(subject);
    if (error_size && !*error)
        (void)snprintf(error, error_size, "%s", sim_error_text(code));
    return code;
}

void rnd_subject_close(struct rnd_subject *subject)
{
    if (!subject)
        return;
    rnd_script_close(&subject->script);
    rnd_notes_close(&subject->notes);
    rnd_rows_close(&subject->rows);
    rnd_model_free(subject->model);
    scn_run_free(subject->run);
    free(subject->path);
    free(subject);
}

bool rnd_subject_failed(const struct rnd_subject *subject)
{
    return subject->state != RND_RUN_GOES_ON && subject->model->lane_count == 0 &&
           (*subject->message || subject->model->exit_code != 0);
}

int rnd_subject_poll(struct rnd_subject *subject, bool *changed)
{
    if (subject->state != RND_RUN_GOES_ON)
        return 0;
    bool over = scn_run_poll(subject->run);
    struct sim_trace_view trace = scn_run_view(subject->run);
    size_t most = subject->model->event_count + TAKEN_MOST;
    if (!over && trace.count > most)
        trace.count = most;
    if (trace.count > subject->model->event_count) {
        int code = rnd_model_update(subject->model, &trace);
        if (!code)
            code = settle(subject);
        if (code)
            return code;
        *changed = true;
    }
    subject->polls++;
    if (!over)
        return 0;
    subject->message = scn_run_report(subject->run)->message;
    if (!*subject->message && subject->model->event_count == 0)
        subject->message = "The script ended before anything was recorded.";
    subject->state = *subject->message ? RND_RUN_TROUBLE : RND_RUN_OVER;
    *changed = true;
    return 0;
}
