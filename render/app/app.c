#include "app.h"

#include <stdio.h>
#include <string.h>

/* However slowly a run is played, one stop is not shown longer than this. */
#define HOLD_MOST_NS INT64_C(600000000)

/* --- opening and closing ---------------------------------------------------------------------- */

static double scale_for(const struct rnd_app *app, int width_px, int height_px)
{
    const struct rnd_layout_spec *spec = &app->view.spec;
    double scale =
        app->options.scale > 0 ? app->options.scale : rnd_layout_scale(spec, width_px, height_px);
    return rnd_layout_scale_in(spec, scale * app->larger, width_px, height_px);
}

int rnd_app_open(struct rnd_app *app, const struct rnd_app_options *options, int width_px,
                 int height_px, char *error, size_t error_size)
{
    *app = (struct rnd_app){.options = *options, .larger = 1, .changed = true};
    int code = rnd_subject_open(&options->run, &app->shown, error, error_size);
    if (code)
        return code;
    app->subjects[app->subject_count++] = app->shown;
    app->view = rnd_view_make(app->shown->model, options->theme, width_px, height_px,
                              scale_for(app, width_px, height_px));
    app->view.moment = rnd_model_moment(app->shown->model, 0);
    app->view.timeline.rows = &app->shown->rows;
    app->view.timeline.notes = &app->shown->notes;
    app->anchor_ns = RND_NO_TIME;
    for (uint32_t i = 1; options->compare && i < options->compare->count && !code; i++) {
        struct scn_run_options run = options->run;
        rnd_compare_apply(&options->compare->runs[i], &run);
        code = rnd_subject_open(&run, &app->subjects[i], error, error_size);
        app->subject_count += code == 0;
    }
    rnd_app_refresh_compare(app);
    if (code)
        rnd_app_close(app);
    return code;
}

uint32_t rnd_app_focus(const struct rnd_app *app)
{
    uint32_t index = 0;
    while (app->subjects[index] != app->shown)
        index++;
    return index;
}

void rnd_app_forget_pace(struct rnd_app *app)
{
    if (app->pace_valid)
        rnd_pace_close(&app->pace);
    app->pace_valid = false;
}

void rnd_app_close(struct rnd_app *app)
{
    rnd_app_forget_pace(app);
    rnd_picker_close(app);
    rnd_finder_close(app);
    rnd_gallery_close(&app->gallery);
    rnd_app_close_subjects(app);
    *app = (struct rnd_app){0};
}

void rnd_app_resize(struct rnd_app *app, int width_px, int height_px)
{
    app->view.width_px = width_px;
    app->view.height_px = height_px;
    app->view.scale = scale_for(app, width_px, height_px);
    rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    app->changed = true;
}

/* --- playing ---------------------------------------------------------------------------------- */

/* The pace is that of the longest run; when it comes to a moment of the one that is shown, and what
 * it shows of that one at a time. */
static int64_t pace_time(const struct rnd_app *app, struct rnd_moment moment)
{
    uint32_t longest = rnd_app_longest(app);
    if (app->view.compare)
        moment = rnd_compare_moment(&app->view, app->compare.focus, moment, longest);
    return rnd_pace_time(&app->pace, moment);
}

static struct rnd_moment pace_moment(const struct rnd_app *app, int64_t play_ns)
{
    struct rnd_moment moment = rnd_pace_moment(&app->pace, play_ns);
    if (!app->view.compare)
        return moment;
    return rnd_compare_moment(&app->view, rnd_app_longest(app), moment, app->compare.focus);
}

bool rnd_app_pace(struct rnd_app *app)
{
    if (app->pace_valid)
        return true;
    struct rnd_pace_options options = rnd_pace_defaults();
    options.speed = app->view.speed;
    int64_t hold_ns = (int64_t)((double)options.hold_ns / app->view.speed);
    options.hold_ns = hold_ns < HOLD_MOST_NS ? hold_ns : HOLD_MOST_NS;
    app->pace_valid =
        !rnd_pace_init(&app->pace, app->subjects[rnd_app_longest(app)]->model, &options);
    if (app->pace_valid)
        app->play_ns = pace_time(app, app->view.moment);
    return app->pace_valid;
}

void rnd_app_go(struct rnd_app *app, struct rnd_moment moment)
{
    app->view.moment = moment;
    app->anchor_ns = RND_NO_TIME;
    if (app->pace_valid)
        app->play_ns = pace_time(app, moment);
    rnd_view_follow(&app->view, app->shown->model, &app->shown->script);
    app->changed = true;
}

void rnd_app_tick(struct rnd_app *app, int64_t elapsed_ns)
{
    if (!app->view.playing || !rnd_app_pace(app))
        return;
    app->play_ns += elapsed_ns;
    struct rnd_moment moment = pace_moment(app, app->play_ns);
    if (moment.cursor != app->view.moment.cursor || moment.time_ns != app->view.moment.time_ns) {
        app->view.moment = moment;
        rnd_view_follow(&app->view, app->shown->model, &app->shown->script);
        app->changed = true;
    }
    if (app->play_ns >= app->pace.total_ns && app->view.run != RND_RUN_GOES_ON) {
        app->view.playing = false;
        app->changed = true;
    }
}

void rnd_app_pan(struct rnd_app *app, double dx_px)
{
    app->view.whole = false;
    rnd_axis_pan(&app->view.axis, dx_px);
    app->changed = true;
}

void rnd_app_zoom(struct rnd_app *app, double x_px, double factor)
{
    app->view.whole = false;
    rnd_axis_zoom(&app->view.axis, x_px, factor);
    app->changed = true;
}
