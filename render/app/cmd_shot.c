/* awaitscope shot: the window as a picture. */
#include <inttypes.h>

#include <poll.h>

#include "cmd.h"
#include "gallery.h"
#include "shot.h"

/* Draws what was asked for; returns the exit code. */
static int draw(const struct rnd_options *options, struct rnd_subject *const *subjects,
                uint32_t count, const struct rnd_gallery *gallery)
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
        .layout = options->record.layout,
        .presentation = options->record.presentation,
        .film = options->record.film,
        .keys = options->record.keys,
        .predict = options->predict,
        .lessons = options->lessons ? &gallery->view : NULL,
    };
    return rnd_shot(&shot, error, sizeof error) < 0 ? rnd_cmd_fail(options, "%s", error) : 0;
}

static int shoot(const struct rnd_options *options, const struct rnd_gallery *gallery)
{
    struct rnd_subject *subjects[RND_COMPARED_MAX];
    uint32_t count = rnd_cmd_subjects(options, subjects);
    int code = count > 0 ? draw(options, subjects, count, gallery) : RND_OPTIONS_EXIT;
    while (count > 0)
        rnd_subject_close(subjects[--count]);
    return code;
}

int rnd_cmd_shot(const struct rnd_options *given)
{
    struct rnd_options options = *given;
    struct rnd_gallery gallery = {.keep = true};
    bool changed = false;
    if (options.lessons) {
        rnd_gallery_load(&gallery);
        for (int ms; (ms = rnd_gallery_work(&gallery, &changed)) >= 0;)
            (void)poll(NULL, 0, ms);
        options.script = gallery.view.count > 0 ? gallery.paths[0] : options.script;
    }
    int code = options.script ? shoot(&options, &gallery)
                              : rnd_cmd_fail(given, "no lessons are installed");
    rnd_gallery_close(&gallery);
    return code;
}
