#include "app.h"

#include "do_inspect.h"
#include "left.h"
#include "output.h"

#include <stdio.h>
#include <string.h>

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
    uint32_t count = options->compare ? options->compare->count : 1;
    int code = 0;
    for (uint32_t i = 0; i < count && !code; i++) {
        struct scn_run_options run = options->run;
        if (options->compare)
            rnd_compare_apply(&options->compare->runs[i], &run);
        code = rnd_subject_open(&run, &app->subjects[i], error, error_size);
        app->subject_count += code == 0;
    }
    if (code) {
        rnd_app_close_subjects(app);
        return code;
    }
    app->shown = app->subjects[0];
    app->view = rnd_view_make(app->shown->model, options->theme, width_px, height_px,
                              scale_for(app, width_px, height_px));
    app->view.moment = rnd_model_moment(app->shown->model, 0);
    app->view.timeline.rows = &app->shown->rows;
    app->view.timeline.notes = &app->shown->notes;
    app->anchor_ns = RND_NO_TIME;
    rnd_app_refresh_compare(app);
    return 0;
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
    rnd_direct_free(&app->direct);
    app->view.scene = rnd_scene_plain();
    app->pace_valid = false;
}

void rnd_app_close(struct rnd_app *app)
{
    rnd_app_forget_pace(app);
    rnd_picker_close(app);
    rnd_finder_close(app);
    rnd_left_drop(app);
    rnd_output_close(app);
    rnd_gallery_close(&app->gallery);
    rnd_inspect_forget(app);
    rnd_record_close(&app->record);
    rnd_app_close_subjects(app);
    *app = (struct rnd_app){0};
}

void rnd_app_resize(struct rnd_app *app, int width_px, int height_px)
{
    rnd_view_resize(&app->view, width_px, height_px, scale_for(app, width_px, height_px),
                    app->shown->model, &app->shown->script);
    app->changed = true;
}

/* --- the axis --------------------------------------------------------------------------------- */

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
