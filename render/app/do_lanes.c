/* The commands that change which lanes the timeline has, and in which order. */
#include "app.h"
#include "edit_timeline.h"

#include <stdio.h>

/* Makes the rows what is wanted of them; without memory they stay as they are. */
static void settle(struct rnd_app *app)
{
    if (rnd_rows_update(&app->shown->rows, app->shown->model))
        return;
    rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    app->changed = true;
}

void rnd_do_tree(struct rnd_app *app, int amount)
{
    struct rnd_rows_options options = app->shown->rows.options;
    (void)amount;
    options.flat = !options.flat;
    rnd_rows_set(&app->shown->rows, &options);
    settle(app);
}

void rnd_do_sort(struct rnd_app *app, int amount)
{
    struct rnd_rows_options options = app->shown->rows.options;
    (void)amount;
    options.sort = (options.sort + 1) % RND_ROWS_SORTS;
    rnd_rows_set(&app->shown->rows, &options);
    settle(app);
}

void rnd_do_internal(struct rnd_app *app, int amount)
{
    struct rnd_rows_options options = app->shown->rows.options;
    (void)amount;
    options.internal = !options.internal;
    rnd_rows_set(&app->shown->rows, &options);
    settle(app);
}

void rnd_do_fold(struct rnd_app *app, int amount)
{
    uint32_t task = amount ? (uint32_t)amount : app->view.selected;
    if (rnd_model_lane(app->shown->model, task) && !rnd_rows_toggle_fold(&app->shown->rows, task))
        settle(app);
}

void rnd_do_pin(struct rnd_app *app, int amount)
{
    uint32_t task = amount ? (uint32_t)amount : app->view.selected;
    if (rnd_model_lane(app->shown->model, task) && !rnd_rows_toggle_pin(&app->shown->rows, task))
        settle(app);
}

void rnd_do_filter(struct rnd_app *app, int amount)
{
    (void)amount;
    rnd_edit_begin(app, RND_EDITING_FILTER, app->shown->rows.options.filter);
}

void rnd_lanes_filter(struct rnd_app *app, const char *filter)
{
    struct rnd_rows_options options = app->shown->rows.options;
    (void)snprintf(options.filter, sizeof options.filter, "%s", filter);
    rnd_rows_set(&app->shown->rows, &options);
    settle(app);
}
