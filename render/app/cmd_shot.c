/* awaitscope shot: the window as a picture. */
#include <inttypes.h>

#include "cmd.h"
#include "shot.h"

/* Draws what was asked for; returns the exit code. */
static int draw(const struct rnd_options *options, struct rnd_subject *const *subjects,
                uint32_t count)
{
    uint32_t events = subjects[0]->model->event_count;
    char error[512];
    if (options->event > (int64_t)events)
        return rnd_cmd_fail(options, "--event: the run has %" PRIu32 " events, no %" PRId64, events,
                            options->event);
    struct rnd_shot_options shot = {
        .subjects = subjects,
        .subject_count = count,
        .out = options->output,
        .at = options->event >= 0   ? RND_SHOT_CURSOR
              : options->at_ns >= 0 ? RND_SHOT_TIME
                                    : RND_SHOT_END,
        .at_ns = options->at_ns,
        .cursor = (uint32_t)options->event,
        .width_px = options->width_px,
        .height_px = options->height_px,
        .scale = options->scale,
        .theme = options->theme,
    };
    return rnd_shot(&shot, error, sizeof error) < 0 ? rnd_cmd_fail(options, "%s", error) : 0;
}

/* Runs a script to its end; NULL: it could not be started, which was said. */
static struct rnd_subject *run_to_end(const struct rnd_options *options,
                                      struct scn_run_options given)
{
    struct rnd_subject *subject;
    char error[512];
    bool changed;
    given.mute_stdout = given.mute_stderr = true;
    rnd_cmd_outlive_interrupts();
    if (rnd_subject_open(&given, &subject, error, sizeof error) < 0) {
        rnd_cmd_fail(options, "%s", error);
        return NULL;
    }
    scn_run_wait(subject->run);
    int code = rnd_subject_poll(subject, &changed);
    if (code < 0) {
        rnd_cmd_fail(options, "%s", sim_error_text(code));
        rnd_subject_close(subject);
        return NULL;
    }
    if (scn_run_report(subject->run)->message[0])
        fprintf(stderr, "awaitscope: %s\n", scn_run_report(subject->run)->message);
    return subject;
}

int rnd_cmd_shot(const struct rnd_options *options)
{
    struct rnd_subject *subjects[RND_COMPARED_MAX];
    struct rnd_compare_spec spec;
    int code = RND_OPTIONS_EXIT;
    uint32_t count = 0, wanted = 1;
    if (!rnd_cmd_compare_spec(options, &spec))
        return code;
    wanted = spec.count ? spec.count : 1;
    for (; count < wanted; count++) {
        struct scn_run_options given = rnd_cmd_run_options(options);
        if (spec.count)
            rnd_compare_apply(&spec.runs[count], &given);
        subjects[count] = run_to_end(options, given);
        if (!subjects[count])
            break;
    }
    if (count == wanted)
        code = draw(options, subjects, count);
    while (count > 0)
        rnd_subject_close(subjects[--count]);
    return code;
}
