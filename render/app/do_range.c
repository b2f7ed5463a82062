/* The commands that select a range of the run. */
#include "range.h"

#include "render/model/carry.h"

static void show_range(struct rnd_app *app, struct rnd_range range, uint32_t task)
{
    rnd_view_set_range(&app->view, range, task, app->shown->model, &app->shown->script);
}

void rnd_app_count_range(struct rnd_app *app)
{
    struct rnd_timeline_view *view = &app->view.timeline;
    if (!view->range.set || view->range_task == app->view.selected)
        return;
    show_range(app, view->range, app->view.selected);
    view->range_totals = rnd_range_totals(app->shown->model, &view->range, view->range_task);
}

/* A run of more events is not counted again at each move of the pointer. */
#define DRAG_EVENTS_MAX 100000

static void select_range(struct rnd_app *app, struct rnd_range range, bool count)
{
    struct rnd_timeline_view *view = &app->view.timeline;
    view->anchored = false;
    show_range(app, range, app->view.selected);
    view->range_counted = range.set && count;
    app->changed = true;
    if (view->range_counted)
        view->range_totals_of_all = rnd_range_totals_of_all(app->shown->model, &range);
    if (range.set && view->range_task)
        view->range_totals = rnd_range_totals(app->shown->model, &range, view->range_task);
}

void rnd_app_set_range(struct rnd_app *app, struct rnd_range range)
{
    select_range(app, range, true);
}

void rnd_app_drag_range(struct rnd_app *app, struct rnd_range range)
{
    select_range(app, range, app->shown->model->event_count <= DRAG_EVENTS_MAX);
}

void rnd_do_range(struct rnd_app *app, int amount)
{
    struct rnd_timeline_view *view = &app->view.timeline;
    (void)amount;
    if (view->anchored) {
        rnd_app_set_range(app, rnd_range_between(view->anchor, app->view.moment));
        return;
    }
    show_range(app, (struct rnd_range){0}, 0);
    view->anchored = true;
    view->anchor = app->view.moment;
}

void rnd_do_range_span(struct rnd_app *app, int amount)
{
    (void)amount;
    rnd_app_set_range(
        app, rnd_range_of_span(app->shown->model, app->view.selected, app->view.moment.cursor));
}

void rnd_app_carry_range(struct rnd_app *app, const struct rnd_model *before)
{
    struct rnd_timeline_view *view = &app->view.timeline;
    const struct rnd_model *now = app->shown->model;
    view->anchored = false;
    if (view->range.set)
        rnd_app_set_range(app, rnd_range_between(rnd_carry_moment(before, view->range.from, now),
                                                 rnd_carry_moment(before, view->range.to, now)));
}
