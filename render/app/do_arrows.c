/* The commands for arrows: which are drawn, and the way along them to a cause and back. */
#include "range.h"

#include "render/model/arrow.h"
#include "render/model/label.h"
#include "render/model/state.h"

#include <string.h>

/* Whose arrows are followed: the selected task's, or, as in the inspector, those of the one that
 * runs, or else of the main task. */
static uint32_t subject_of(const struct rnd_app *app)
{
    struct rnd_state state = rnd_state_at(app->shown->model, app->view.moment);
    if (app->view.selected)
        return app->view.selected;
    return state.runner == RND_RUNNER_TASK ? state.runner_id : app->shown->model->main;
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

/* The cursor at which an arrow begins. */
static uint32_t begin_of(const struct rnd_link *link)
{
    return link->cause ? link->cause : link->at;
}

/* From where an arrow begins that comes from nobody else, the way leads to the one before. */
static uint32_t cause_of(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    uint32_t cause = rnd_arrow_cause(model, task, cursor);
    const struct rnd_link *link = cause != RND_NEVER ? &model->links[cause] : NULL;
    bool own = link && (link->from_task == 0 || link->from_task == task);
    if (own && cursor > 0 && begin_of(link) == cursor)
        return rnd_arrow_cause(model, task, cursor - 1);
    return cause;
}

/* Likewise from where one ends that comes from nobody else. */
static uint32_t effect_of(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    uint32_t effect = rnd_arrow_effect(model, task, cursor);
    const struct rnd_link *link = effect != RND_NEVER ? &model->links[effect] : NULL;
    if (link && link->at == cursor && link->to_task == task)
        return rnd_arrow_effect(model, task, cursor + 1);
    return effect;
}

/* There is no arrow to go along. */
static void stay(struct rnd_app *app, uint32_t task, bool effect)
{
    char name[RND_LABEL_MAX] = "the script";
    if (rnd_model_lane(app->shown->model, task))
        (void)rnd_label_task(app->shown->model, task, name, sizeof name);
    app->view.playing = false;
    rnd_app_remark(app,
                   effect ? "No arrow leads on from %s: it causes nothing after this."
                          : "No arrow leads to %s here: nothing before this caused it.",
                   name);
}

void rnd_do_follow(struct rnd_app *app, int amount)
{
    const struct rnd_model *model = app->shown->model;
    uint32_t task = subject_of(app), cursor = app->view.moment.cursor;
    if (amount > 0) {
        uint32_t effect = effect_of(model, task, cursor);
        if (effect != RND_NEVER)
            go(app, model->links[effect].at, model->links[effect].to_task);
        else
            stay(app, task, true);
        return;
    }
    uint32_t cause = cause_of(model, task, cursor);
    if (cause == RND_NEVER) {
        stay(app, task, false);
        return;
    }
    const struct rnd_link *link = &model->links[cause];
    go(app, begin_of(link), link->from_task ? link->from_task : task);
}

void rnd_do_return(struct rnd_app *app, int amount)
{
    (void)amount;
    if (app->jumps.count == 0) {
        rnd_app_remark(app, "No arrow was followed here, so there is no way back.");
        return;
    }
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
