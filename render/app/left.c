#include "left.h"

#include <math.h>
#include <stdlib.h>

void rnd_left_drop(struct rnd_app *app)
{
    free(app->left);
    app->left = NULL;
}

void rnd_left_begin(struct rnd_app *app)
{
    rnd_left_drop(app);
    struct rnd_left *left = app->options.forget || app->view.compare ? NULL : malloc(sizeof *left);
    if (!left)
        return;
    if (!rnd_left_read(app->shown->path, left)) {
        free(left);
        return;
    }
    struct rnd_layout_spec *spec = &app->view.spec;
    left->spec.bare = spec->bare;
    left->spec.film = spec->film;
    left->spec.large = spec->large;
    left->spec.params = spec->params;
    *spec = left->spec;
    rnd_app_resize(app, app->view.width_px, app->view.height_px);
    app->left = left;
    app->changed = true;
}

/* The scale of an axis; where no time passes, that of its slots. */
static double zoom_of(const struct rnd_axis *axis)
{
    double zoom = axis->px_per_ns > 0 ? axis->px_per_ns : axis->slot_px;
    return zoom > 0 ? zoom : 1;
}

/* --- taking up -------------------------------------------------------------------------------- */

/* The moment of a run that is what it was in the one that was left. */
static struct rnd_moment moment_of(const struct rnd_model *model, const struct rnd_left *left,
                                   struct rnd_moment was)
{
    struct rnd_moment at_time = rnd_model_at_time(model, was.time_ns);
    struct rnd_moment at = rnd_model_moment(model, was.cursor);
    bool same = left->events == model->event_count;
    return same && at_time.cursor != at.cursor ? at : at_time;
}

static void take_up_rows(struct rnd_app *app, const struct rnd_left *left)
{
    struct rnd_rows *rows = &app->shown->rows;
    const struct rnd_model *model = app->shown->model;
    bool same = left->tasks == model->lane_count;
    rnd_rows_set(rows, &left->rows);
    for (uint32_t i = 0; same && i < left->folded_count; i++)
        if (rnd_model_lane(model, left->folded[i]))
            (void)!rnd_rows_toggle_fold(rows, left->folded[i]);
    for (uint32_t i = 0; same && i < left->pinned_count; i++)
        if (rnd_model_lane(model, left->pinned[i]))
            (void)!rnd_rows_toggle_pin(rows, left->pinned[i]);
    (void)!rnd_rows_update(rows, model);
    if (same && rnd_model_lane(model, left->selected))
        app->view.selected = left->selected;
}

static void take_up(struct rnd_app *app, const struct rnd_left *left)
{
    struct rnd_view *view = &app->view;
    const struct rnd_model *model = app->shown->model;
    take_up_rows(app, left);
    view->timeline.arrows = left->arrows;
    view->whole = left->whole;
    rnd_view_fit(view, model, &app->shown->script);
    view->moment = moment_of(model, left, left->cursor);
    if (!left->whole) {
        rnd_axis_zoom(&view->axis, 0, left->zoom / zoom_of(&view->axis));
        rnd_axis_pan(&view->axis, left->middle * view->axis.width_px -
                                      rnd_axis_x_moment(&view->axis, view->moment));
    }
    struct rnd_axis axis = view->axis;
    rnd_view_follow(view, model, &app->shown->script);
    view->axis = axis; /* as it was left, wherever the playhead is */
    app->changed = true;
}

void rnd_left_poll(struct rnd_app *app)
{
    if (!app->left || app->shown->state == RND_RUN_GOES_ON)
        return;
    if (!app->view.compare && !rnd_subject_failed(app->shown))
        take_up(app, app->left);
    rnd_left_drop(app);
}

/* --- keeping ---------------------------------------------------------------------------------- */

static void keep_marks(const struct rnd_app *app, struct rnd_left *left)
{
    const struct rnd_rows *rows = &app->shown->rows;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct rnd_row *row = &rows->items[i];
        if (row->folded && left->folded_count < RND_LEFT_TASKS_MAX)
            left->folded[left->folded_count++] = row->task;
        if (row->pinned && left->pinned_count < RND_LEFT_TASKS_MAX)
            left->pinned[left->pinned_count++] = row->task;
    }
}

void rnd_left_keep(const struct rnd_app *app)
{
    const struct rnd_view *view = &app->view;
    const struct rnd_model *model = app->shown->model;
    /* What was not taken up yet is as it was; a comparison is another way to look at it. */
    if (app->options.forget || app->left || view->compare || model->lane_count == 0)
        return;
    struct rnd_left left = {.events = model->event_count,
                            .tasks = model->lane_count,
                            .cursor = view->moment,
                            .whole = view->whole,
                            .zoom = zoom_of(&view->axis),
                            .middle = rnd_axis_x_moment(&view->axis, view->moment) /
                                      fmax(view->axis.width_px, 1),
                            .selected = view->selected,
                            .arrows = view->timeline.arrows,
                            .rows = app->shown->rows.options,
                            .spec = view->spec};
    keep_marks(app, &left);
    rnd_left_write(app->shown->path, &left);
}
