#include "bindings.h"
#include "predict.h"

/* Asks the first question at or after a cursor; without one, it is over. */
static void ask(struct rnd_app *app, uint32_t cursor)
{
    struct rnd_predict_view *predict = &app->predict;
    predict->revealed = false;
    predict->over = !rnd_quiz_next(app->shown->model, cursor, &predict->quiz);
    uint32_t to = predict->over ? app->shown->model->event_count : predict->quiz.at;
    rnd_app_go(app, rnd_model_moment(app->shown->model, to));
}

void rnd_do_predict(struct rnd_app *app, int amount)
{
    struct rnd_quiz any;
    uint32_t from = app->view.moment.cursor;
    (void)amount;
    if (app->view.predict) {
        rnd_predict_leave(app);
        return;
    }
    app->predict = (struct rnd_predict_view){0};
    app->predicted = app->shown;
    app->view.predict = &app->predict;
    app->view.playing = false;
    /* From the playhead on, or else from the start. */
    ask(app, rnd_quiz_next(app->shown->model, from, &any) ? from : 0);
}

void rnd_predict_leave(struct rnd_app *app)
{
    app->view.predict = NULL;
    app->changed = true;
}

void rnd_predict_keep(struct rnd_app *app)
{
    if (!app->view.predict || app->predicted == app->shown)
        return;
    /* What was asked about is gone. */
    app->view.predict = NULL;
    rnd_do_predict(app, 0);
}

static void answer(struct rnd_app *app, uint32_t choice)
{
    struct rnd_predict_view *predict = &app->predict;
    if (predict->over || predict->revealed || choice >= predict->quiz.choice_count)
        return;
    predict->revealed = true;
    predict->chosen = choice;
    predict->asked++;
    predict->right += choice == predict->quiz.answer;
    rnd_app_go(app, rnd_model_moment(app->shown->model, predict->quiz.answer_at));
}

/* On to the next question, or from the end to the start. */
static void go_on(struct rnd_app *app)
{
    struct rnd_predict_view *predict = &app->predict;
    if (predict->over && predict->asked > 0) {
        *predict = (struct rnd_predict_view){0};
        ask(app, 0);
    } else if (predict->revealed) {
        ask(app, predict->quiz.answer_at);
    }
}

/* Commands that move the playhead, or tell what lies ahead, cannot be had. */
static bool would_tell(const struct rnd_binding *binding)
{
    return binding && !rnd_binding_is_for_window(binding) && binding->command != RND_DO_ZOOM &&
           binding->command != RND_DO_PAN && binding->command != RND_DO_PREDICT;
}

bool rnd_predict_key(struct rnd_app *app, const SDL_Keysym *key)
{
    bool digit = key->scancode >= SDL_SCANCODE_1 && key->scancode <= SDL_SCANCODE_9;
    bool plain = !(key->mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI));
    if (digit && plain) {
        answer(app, (uint32_t)(key->scancode - SDL_SCANCODE_1));
        return true;
    }
    if (key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER || key->sym == SDLK_SPACE ||
        key->sym == SDLK_RIGHT) {
        go_on(app);
        return true;
    }
    return would_tell(rnd_binding_of_key(key));
}

bool rnd_predict_text(const char *text)
{
    return would_tell(rnd_binding_of_text(text));
}

bool rnd_predict_press(struct rnd_app *app, struct rnd_hit hit)
{
    if (hit.kind == RND_HIT_CHOICE && hit.value == RND_CHOICE_LEAVE)
        rnd_predict_leave(app);
    else if (hit.kind == RND_HIT_CHOICE && hit.value == RND_CHOICE_NEXT)
        go_on(app);
    else if (hit.kind == RND_HIT_CHOICE)
        answer(app, hit.value);
    return hit.kind != RND_HIT_SPLITTER && hit.kind != RND_HIT_PANEL;
}
