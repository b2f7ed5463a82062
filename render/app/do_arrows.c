/* The commands for arrows: which are drawn, and the way along them to a cause and back. */
#include "range.h"

#include "render/model/arrow.h"
#include "render/model/state.h"

#include <string.h>

/* Whose arrows are followed: the selected task's, or those of the one that runs. */
static uint32_t subject_of(const struct rnd_app *app)
{
    struct rnd_state state = rnd_state_at(app->shown->model, app->view.moment);
    if (app->view.selected)
        return app->view.selected;
    return state.runner == RND_RUNNER_TASK ? state.runner_id : 0;
}

static void go(struct rnd_app *app, uint32_t cursor, uint32_t task)
{
    struct rnd_jumps *jumps = &app->jumps;
    if (jumps->count == RND_JUMPS_MAX)
        memmove(jumps->items, jumps->items + 1, --jumps->count * sizeof *jumps->items);
    jumps->items[jumps->count++] =
        (struct rnd_jump){.moment = app->view.moment, .selected = app->view.selected};
    app->view.playing = false;
    app->view.selected = task;
    rnd_app_count_range(app);
    rnd_app_go(app, rnd_model_moment(app->shown->model, cursor));
}

void rnd_do_follow(struct rnd_app *app, int amount)
{
    const struct rnd_model *model = app->shown->model;
    uint32_t task = subject_of(app), cursor = app->view.moment.cursor;
    uint32_t i =
        amount < 0 ? rnd_arrow_cause(model, task, cursor) : rnd_arrow_effect(model, task, cursor);
    if (i == RND_NEVER)
        return;
    const struct rnd_link *link = &model->links[i];
    if (amount > 0)
        go(app, link->at, link->to_task);
    else
        go(app, link->cause ? link->cause : link->at, link->from_task ? link->from_task : task);
}

void rnd_do_return(struct rnd_app *app, int amount)
{
    (void)amount;
    if (app->jumps.count == 0)
        return;
    struct rnd_jump jump = app->jumps.items[--app->jumps.count];
    app->view.selected = jump.selected;
    rnd_app_count_range(app);
    rnd_app_go(app, jump.moment);
}

void rnd_do_arrows(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.timeline.arrows = (app->view.timeline.arrows + 1) % RND_ARROWS_MODES;
}
