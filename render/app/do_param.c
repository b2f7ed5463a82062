#include "do_param.h"

#include "edit.h"

#include <stdio.h>

static uint32_t param_count(const struct rnd_app *app)
{
    uint32_t count = app->shown->script.lesson.param_count;
    return count < RND_PARAMS_SHOWN_MAX ? count : RND_PARAMS_SHOWN_MAX;
}

static void choose(struct rnd_app *app, uint32_t index)
{
    app->view.params.chosen = index + 1;
    app->view.params.typing = false;
    app->changed = true;
}

/* The parameter that keys change: the first, if none was chosen; NULL: there is none. */
static const struct rnd_param *chosen(struct rnd_app *app)
{
    uint32_t number = app->view.params.chosen, count = param_count(app);
    if (count == 0)
        return NULL;
    if (number == 0 || number > count)
        choose(app, 0);
    return &app->shown->script.lesson.params[app->view.params.chosen - 1];
}

static void set(struct rnd_app *app, double value)
{
    (void)rnd_app_set_param(app, app->view.params.chosen - 1, value);
}

/* --- commands --------------------------------------------------------------------------------- */

void rnd_do_param(struct rnd_app *app, int amount)
{
    uint32_t count = param_count(app), number = app->view.params.chosen;
    if (count == 0)
        return;
    if (amount > 0)
        choose(app, number % count);
    else
        choose(app, number > 1 ? number - 2 : count - 1);
}

void rnd_do_param_step(struct rnd_app *app, int amount)
{
    const struct rnd_param *param = chosen(app);
    if (param)
        set(app, rnd_param_step(param, param->value, amount));
}

void rnd_do_param_reset(struct rnd_app *app, int amount)
{
    const struct rnd_param *param = chosen(app);
    (void)amount;
    if (param)
        set(app, param->own);
}

void rnd_do_param_type(struct rnd_app *app, int amount)
{
    const struct rnd_param *param = chosen(app);
    char text[RND_PARAM_TEXT_MAX];
    (void)amount;
    if (!param)
        return;
    (void)rnd_param_text(param, param->value, text, sizeof text);
    rnd_field_set(&app->view.params.field, text);
    app->view.params.typing = true;
    app->view.params.refused = false;
}

/* --- the keyboard, while a value is typed ----------------------------------------------------- */

static void say_what_it_can_be(struct rnd_app *app, const struct rnd_param *param)
{
    char low[RND_PARAM_TEXT_MAX], high[RND_PARAM_TEXT_MAX];
    if (!param)
        return;
    (void)rnd_param_label(param, param->low, low, sizeof low);
    (void)rnd_param_label(param, param->high, high, sizeof high);
    if (param->words)
        rnd_app_remark(app, "%.60s can be %.60s or another of the words beside it.", param->name,
                       low);
    else
        rnd_app_remark(app, "%.60s can be from %.60s to %.60s.", param->name, low, high);
}

/* Takes what was typed, if it is a value. */
static void accept(struct rnd_app *app)
{
    struct rnd_params_view *view = &app->view.params;
    const struct rnd_param *param = chosen(app);
    double value;
    view->refused = !param || !rnd_param_read(param, view->field.text, &value);
    if (view->refused) {
        say_what_it_can_be(app, param);
        return;
    }
    view->typing = false;
    set(app, value);
}

bool rnd_param_key(struct rnd_app *app, const SDL_Keysym *key)
{
    struct rnd_params_view *view = &app->view.params;
    if (!view->typing)
        return false;
    app->changed = true;
    switch (rnd_edit_key(&view->field, key)) {
    case RND_EDIT_ACCEPT:
        accept(app);
        return true;
    case RND_EDIT_CANCEL:
        view->typing = false;
        return true;
    case RND_EDIT_CHANGED:
        view->refused = false;
        return true;
    default:
        return true;
    }
}

bool rnd_param_type(struct rnd_app *app, const char *text)
{
    struct rnd_params_view *view = &app->view.params;
    if (!view->typing)
        return false;
    (void)rnd_edit_text(&view->field, text);
    view->refused = false;
    app->changed = true;
    return true;
}

/* --- the mouse -------------------------------------------------------------------------------- */

void rnd_param_drag(struct rnd_app *app, struct rnd_hit hit)
{
    const struct rnd_param *param = chosen(app);
    if (param)
        set(app, rnd_param_at(param, rnd_params_share(hit.rect, app->view.pointer_x)));
}

bool rnd_param_press(struct rnd_app *app, struct rnd_hit hit, bool twice, bool *drag)
{
    *drag = false;
    switch (hit.kind) {
    case RND_HIT_PARAM:
    case RND_HIT_PARAM_NAME:
        choose(app, hit.value);
        *drag = hit.kind == RND_HIT_PARAM && !twice;
        if (twice)
            rnd_do_param_reset(app, 0);
        else if (*drag)
            rnd_param_drag(app, hit);
        return true;
    case RND_HIT_PARAM_VALUE:
        choose(app, hit.value);
        rnd_do_param_type(app, 0);
        return true;
    case RND_HIT_PARAM_WORD:
        choose(app, hit.value / RND_PARAM_WORDS_MAX);
        set(app, hit.value % RND_PARAM_WORDS_MAX);
        return true;
    default:
        /* What was typed is left, but for a click into it. */
        if (app->view.params.typing && hit.kind != RND_HIT_FIELD) {
            app->view.params.typing = false;
            app->changed = true;
        } else if (app->view.params.typing) {
            rnd_field_move_to(&app->view.params.field, hit.value, false);
            app->changed = true;
            return true;
        }
        return false;
    }
}

bool rnd_param_tip(const struct rnd_app *app, struct rnd_hit hit, char out[RND_TIP_MAX])
{
    bool word = hit.kind == RND_HIT_PARAM_WORD;
    uint32_t index = word ? hit.value / RND_PARAM_WORDS_MAX : hit.value;
    if (!word && hit.kind != RND_HIT_PARAM && hit.kind != RND_HIT_PARAM_NAME &&
        hit.kind != RND_HIT_PARAM_VALUE)
        return false;
    const struct rnd_param *param = &app->shown->script.lesson.params[index];
    const char *how = hit.kind == RND_HIT_PARAM_VALUE  ? "click to type it"
                      : hit.kind == RND_HIT_PARAM_WORD ? "click to choose"
                                                       : "drag; double click: as in the script";
    (void)snprintf(out, RND_TIP_MAX, "%s%s%s", param->about, *param->about ? " · " : "", how);
    return true;
}

bool rnd_param_wheel(struct rnd_app *app, struct rnd_hit hit, int steps)
{
    if (hit.kind != RND_HIT_PARAM && hit.kind != RND_HIT_PARAM_NAME &&
        hit.kind != RND_HIT_PARAM_VALUE)
        return false;
    choose(app, hit.value);
    rnd_do_param_step(app, steps);
    return true;
}
