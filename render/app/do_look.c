/* The commands that change how the run is looked at: where on the timeline, how large, in which
 * colours. */
#include "range.h"

#include "edit_timeline.h"
#include "overlay.h"

#include <math.h>

/* One step of zoom, pan (as a share of the width), size. */
#define ZOOM_STEP 1.25
#define PAN_STEP 0.1
#define SIZE_STEP 1.1

void rnd_do_zoom(struct rnd_app *app, int amount)
{
    rnd_app_zoom(app, rnd_axis_x_moment(&app->view.axis, app->view.moment), pow(ZOOM_STEP, amount));
}

void rnd_do_pan(struct rnd_app *app, int amount)
{
    rnd_app_pan(app, -amount * PAN_STEP * app->view.axis.width_px);
}

void rnd_do_fit(struct rnd_app *app, int amount)
{
    struct rnd_axis *axis = &app->view.axis;
    (void)amount;
    if (app->view.whole) {
        rnd_app_zoom(app, rnd_axis_x_moment(axis, app->view.moment), 4);
        rnd_axis_pan(axis, axis->width_px / 2 - rnd_axis_x_moment(axis, app->view.moment));
    } else {
        app->view.whole = true;
        rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    }
}

void rnd_do_theme(struct rnd_app *app, int amount)
{
    size_t index = 0;
    (void)amount;
    while (rnd_theme_at(index) != app->view.theme)
        index++;
    app->view.theme = rnd_theme_at(index + 1) ? rnd_theme_at(index + 1) : rnd_theme_at(0);
}

void rnd_do_size(struct rnd_app *app, int amount)
{
    double larger = amount ? app->larger * pow(SIZE_STEP, amount) : 1;
    app->larger = fmin(fmax(larger, 1 / RND_LARGER_MOST), RND_LARGER_MOST);
    rnd_app_resize(app, app->view.width_px, app->view.height_px);
}

void rnd_do_select(struct rnd_app *app, int amount)
{
    const struct rnd_model *model = app->shown->model;
    const struct rnd_rows *rows = app->view.timeline.rows;
    uint32_t selected = rnd_rows_find(rows, model, app->view.selected);
    uint32_t count = rnd_rows_count(rows, model);
    int64_t row = selected != RND_NEVER ? (int64_t)selected + amount : amount > 0 ? 0 : count - 1;
    if (row >= 0 && row < count)
        app->view.selected = rnd_rows_at(rows, model, (uint32_t)row).task;
    rnd_app_count_range(app);
    rnd_view_show_lane(&app->view, model, &app->shown->script, app->view.selected);
}

void rnd_do_help(struct rnd_app *app, int amount)
{
    struct rnd_view *view = &app->view;
    (void)amount;
    view->help = view->help ? NULL : app->options.help;
    view->help_count = app->options.help_count;
}

void rnd_do_clear(struct rnd_app *app, int amount)
{
    struct rnd_view *view = &app->view;
    (void)amount;
    if (rnd_overlay_close(app))
        return;
    if (view->progress.shown)
        rnd_do_stop(app, 0);
    else if (*view->trouble)
        view->trouble = "";
    else if (view->spec.bare)
        rnd_do_present(app, 0);
    else if ((view->timeline.range.set || view->timeline.anchored))
        rnd_app_set_range(app, (struct rnd_range){0});
    else {
        view->selected = 0;
        view->inspect.thing = (struct rnd_thing){0};
    }
}

void rnd_do_fullscreen(struct rnd_app *app, int amount)
{
    (void)amount;
    app->fullscreen = !app->fullscreen;
}

void rnd_do_quit(struct rnd_app *app, int amount)
{
    (void)amount;
    rnd_edit_timeline_end(app);
    app->quit = true;
}
