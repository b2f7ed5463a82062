/* The commands that move the cursor through the run. */
#include "app.h"

static void step(struct rnd_app *app, enum rnd_step_kind kind, int amount)
{
    uint32_t cursor = app->view.moment.cursor;
    app->view.playing = false;
    if (rnd_app_step_beyond(app, amount > 0))
        return;
    for (; amount > 0; amount--)
        cursor = rnd_step_next(app->shown->model, kind, app->view.selected, cursor);
    for (; amount < 0; amount++)
        cursor = rnd_step_previous(app->shown->model, kind, app->view.selected, cursor);
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
    rnd_app_go(app, rnd_app_last_moment(app));
}

void rnd_do_step_kind(struct rnd_app *app, int amount)
{
    app->view.step = (enum rnd_step_kind)amount;
}
