/* The commands that move the cursor through the run. */
#include "app.h"

static const double speeds[] = {0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 60, 600, 3600};

void rnd_do_play(struct rnd_app *app, int amount)
{
    struct rnd_view *view = &app->view;
    (void)amount;
    view->playing = !view->playing;
    if (view->playing && view->moment.cursor == app->shown->model->event_count &&
        !rnd_app_goes_on(app))
        rnd_app_go(app, rnd_model_moment(app->shown->model, 0));
    if (view->playing && rnd_app_pace(app))
        app->play_ns = rnd_pace_time(&app->pace, view->moment);
}

static void step(struct rnd_app *app, enum rnd_step_kind kind, int amount)
{
    uint32_t cursor = app->view.moment.cursor;
    for (; amount > 0; amount--)
        cursor = rnd_step_next(app->shown->model, kind, app->view.selected, cursor);
    for (; amount < 0; amount++)
        cursor = rnd_step_previous(app->shown->model, kind, app->view.selected, cursor);
    app->view.playing = false;
    rnd_app_go(app, rnd_model_moment(app->shown->model, cursor));
}

void rnd_do_step(struct rnd_app *app, int amount)
{
    step(app, app->view.step, amount);
}

void rnd_do_task_step(struct rnd_app *app, int amount)
{
    step(app, app->view.selected ? RND_STEP_TASK : RND_STEP_SWITCH, amount);
}

void rnd_do_start(struct rnd_app *app, int amount)
{
    (void)amount;
    rnd_app_go(app, rnd_model_moment(app->shown->model, 0));
}

void rnd_do_end(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.playing = false;
    rnd_app_go(app, rnd_model_moment(app->shown->model, app->shown->model->event_count));
}

void rnd_do_step_kind(struct rnd_app *app, int amount)
{
    app->view.step = (enum rnd_step_kind)amount;
}

void rnd_do_speed(struct rnd_app *app, int amount)
{
    size_t count = sizeof speeds / sizeof *speeds, at = 0;
    while (at + 1 < count && speeds[at] < app->view.speed)
        at++;
    if (amount > 0 && at + 1 < count)
        at++;
    if (amount < 0 && at > 0)
        at--;
    app->view.speed = speeds[at];
    rnd_app_forget_pace(app);
}
