/* Playing: the pace that is chosen, and its passing. */
#include "app.h"

#include "compare.h"

/* However slowly a run is played, one stop is not shown longer than this. */
#define HOLD_MOST_NS INT64_C(600000000)

#define SECOND_NS INT64_C(1000000000)

static const double speeds[] = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 600, 3600};
static const uint32_t lengths_s[] = {0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 300};
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- the pace --------------------------------------------------------------------------------- */

/* When the pace, which is that of all compared runs, comes to a moment of the one in focus; and
 * what it shows of that one at a moment of its own. */
static int64_t pace_time(const struct rnd_app *app, struct rnd_moment moment)
{
    if (app->view.compare)
        moment = rnd_merged_of(&app->compare.merged, app->compare.focus, moment);
    return rnd_pace_time(&app->pace, moment);
}

static struct rnd_moment pace_moment(struct rnd_app *app, struct rnd_moment moment)
{
    if (!app->view.compare)
        return moment;
    rnd_compare_go(&app->compare, moment);
    return app->compare.runs[app->compare.focus].moment;
}

/* What is played: all of the run, unless a range is repeated. */
static struct rnd_range played(const struct rnd_app *app)
{
    const struct rnd_view *view = &app->view;
    bool range = view->repeat && view->timeline.range.set && !view->compare;
    return range ? view->timeline.range : (struct rnd_range){.set = false};
}

bool rnd_app_pace(struct rnd_app *app)
{
    const struct rnd_view *view = &app->view;
    const struct rnd_model *model = view->compare ? &app->compare.merged.model : app->shown->model;
    struct rnd_range range = played(app);
    if (app->pace_valid && rnd_moment_same(app->pace.options.from, range.from) &&
        rnd_moment_same(app->pace.options.to, range.to))
        return true;
    rnd_app_forget_pace(app);
    struct rnd_pace_options options = rnd_pace_defaults();
    options.speed = view->speed;
    int64_t hold_ns = (int64_t)((double)options.hold_ns / view->speed);
    options.hold_ns = hold_ns < HOLD_MOST_NS ? hold_ns : HOLD_MOST_NS;
    options.gap_max_ns = view->shorten ? RND_PLAY_GAP_MOST_NS : 0;
    options.total_ns = view->lasts_s * SECOND_NS;
    options.from = range.from;
    options.to = range.to;
    if (view->compare && rnd_compare_merge(&app->compare))
        return false;
    options.hold_shares = view->compare ? app->compare.merged.hold_shares : NULL;
    app->pace_valid = !rnd_pace_init(&app->pace, model, &options);
    /* Where runs are compared there is nothing that only one of them should show. */
    if (app->pace_valid && !view->compare &&
        rnd_direct_make(&app->pace, &app->shown->script.lesson, &app->direct))
        rnd_app_forget_pace(app);
    if (view->whole)
        rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    if (app->pace_valid)
        app->play_ns = pace_time(app, app->view.moment);
    return app->pace_valid;
}

void rnd_app_stop_directing(struct rnd_app *app)
{
    struct rnd_scene plain = rnd_scene_plain();
    if (rnd_scene_equal(&plain, &app->view.scene))
        return;
    app->view.scene = plain;
    if (app->view.whole)
        rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
}

void rnd_app_go(struct rnd_app *app, struct rnd_moment moment)
{
    app->view.moment = moment;
    app->anchor_ns = RND_NO_TIME;
    rnd_app_stop_directing(app);
    if (app->pace_valid)
        app->play_ns = pace_time(app, moment);
    rnd_view_follow(&app->view, app->shown->model, &app->shown->script);
    app->changed = true;
}

/* --- its passing ------------------------------------------------------------------------------ */

/* Looks where the lesson says; also near, unless somebody chose what to look at. */
static void direct(struct rnd_app *app)
{
    struct rnd_view *view = &app->view;
    struct rnd_scene scene = rnd_direct_at(&app->direct, app->play_ns);
    if (rnd_scene_equal(&scene, &view->scene))
        return;
    view->scene = scene;
    app->changed = true;
    if (!view->whole)
        return;
    rnd_view_fit(view, app->shown->model, &app->shown->script);
    rnd_view_direct(view, app->shown->model);
}

static void show(struct rnd_app *app)
{
    direct(app);
    struct rnd_moment played = rnd_pace_moment(&app->pace, app->play_ns);
    struct rnd_moment moment = pace_moment(app, played);
    double hurry = rnd_pace_hurry(&app->pace, app->play_ns);
    if (rnd_moment_same(moment, app->view.moment) && rnd_moment_same(played, app->played) &&
        hurry == app->view.hurry)
        return;
    app->played = played;
    app->view.moment = moment;
    app->view.hurry = hurry;
    rnd_view_follow(&app->view, app->shown->model, &app->shown->script);
    if (app->view.compare)
        rnd_view_follow_others(&app->view, &app->compare);
    app->changed = true;
}

void rnd_app_tick(struct rnd_app *app, int64_t elapsed_ns)
{
    if (!app->view.playing || !rnd_app_pace(app))
        return;
    app->play_ns += elapsed_ns;
    bool over = app->play_ns >= app->pace.total_ns && !rnd_app_goes_on(app);
    if (over && app->view.repeat && app->pace.total_ns > 0)
        app->play_ns = 0;
    show(app);
    if (over && !app->view.repeat) {
        app->view.playing = false;
        app->changed = true;
    }
}

/* Whether there is nothing left to play. */
static bool is_at_end(const struct rnd_app *app)
{
    struct rnd_range range = played(app);
    if (range.set)
        return !rnd_range_before(app->view.moment, range.to);
    return !rnd_range_before(app->view.moment, rnd_app_last_moment(app)) && !rnd_app_goes_on(app);
}

/* --- commands --------------------------------------------------------------------------------- */

void rnd_do_play(struct rnd_app *app, int amount)
{
    struct rnd_view *view = &app->view;
    (void)amount;
    view->playing = !view->playing;
    view->hurry = 1;
    if (view->playing && is_at_end(app))
        rnd_app_go(app,
                   played(app).set ? played(app).from : rnd_model_moment(app->shown->model, 0));
    if (view->playing && rnd_app_pace(app))
        app->play_ns = pace_time(app, view->moment);
}

void rnd_do_speed(struct rnd_app *app, int amount)
{
    size_t at = 0;
    while (at + 1 < COUNT(speeds) && speeds[at] < app->view.speed)
        at++;
    if (amount > 0 && at + 1 < COUNT(speeds))
        at++;
    if (amount < 0 && at > 0)
        at--;
    app->view.speed = speeds[at];
    app->view.lasts_s = 0;
    rnd_app_forget_pace(app);
}

void rnd_do_shorten(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.shorten = !app->view.shorten;
    rnd_app_forget_pace(app);
}

void rnd_do_repeat(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.repeat = !app->view.repeat;
    rnd_app_forget_pace(app);
}

void rnd_do_lasts(struct rnd_app *app, int amount)
{
    int count = (int)COUNT(lengths_s), at = 0;
    while (at + 1 < count && lengths_s[at] < app->view.lasts_s)
        at++;
    at += amount;
    app->view.lasts_s = lengths_s[(at + count) % count];
    rnd_app_forget_pace(app);
}
