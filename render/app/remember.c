#include "remember.h"

#include "folders.h"

#include <string.h>

static const char *const steps[] = {"event", "switch", "line", "iteration"};
static const char *const answers[] = {"no", "yes"};
static const char *const collapsed[RND_PANELS] = {
    [RND_PANEL_SOURCE] = "collapsed-source",   [RND_PANEL_OUTPUT] = "collapsed-output",
    [RND_PANEL_LOOP] = "collapsed-loop",       [RND_PANEL_INSPECTOR] = "collapsed-inspector",
    [RND_PANEL_CAPTION] = "collapsed-caption", [RND_PANEL_MINIMAP] = "collapsed-minimap",
};
static const char *const shares[RND_SPLITTERS] = {
    [RND_SPLITTER_COLUMN] = "share-column",
    [RND_SPLITTER_OUTPUT] = "share-output",
    [RND_SPLITTER_LOWER] = "share-lower",
    [RND_SPLITTER_INSPECTOR] = "share-inspector",
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

#define SIDE_MOST 32768

/* --- opening ---------------------------------------------------------------------------------- */

static struct rnd_prefs *open_file(enum rnd_folder folder, const char *name, FILE *complaints)
{
    char path[RND_PATH_MAX];
    return rnd_folder_path(folder, name, path) ? rnd_prefs_open(path, complaints) : NULL;
}

void rnd_remember_open(struct rnd_remember *remember, bool forget, FILE *complaints)
{
    *remember = (struct rnd_remember){0};
    if (forget)
        return;
    remember->preferences = open_file(RND_FOLDER_CONFIG, "preferences", complaints);
    remember->state = open_file(RND_FOLDER_STATE, "window", complaints);
}

void rnd_remember_close(struct rnd_remember *remember)
{
    rnd_prefs_close(remember->preferences);
    rnd_prefs_close(remember->state);
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool is_yes(const struct rnd_prefs *prefs, const char *key)
{
    return rnd_prefs_word(prefs, key, answers, COUNT(answers)) == 1;
}

const struct rnd_theme *rnd_remember_theme(const struct rnd_remember *remember)
{
    const char *name = rnd_prefs_text(remember->preferences, "theme");
    const struct rnd_theme *theme = name ? rnd_theme_find(name) : NULL;
    if (name && !theme)
        rnd_prefs_complain(remember->preferences, "theme", "there is no such theme");
    return theme;
}

struct rnd_remembered_window rnd_remember_window(const struct rnd_remember *remember)
{
    double width = 0, height = 0;
    bool known = rnd_prefs_number(remember->state, "width", 1, SIDE_MOST, &width) &&
                 rnd_prefs_number(remember->state, "height", 1, SIDE_MOST, &height);
    return (struct rnd_remembered_window){.width = known ? (int)width : 0,
                                          .height = known ? (int)height : 0,
                                          .maximized = is_yes(remember->state, "maximized")};
}

static void read_layout(const struct rnd_prefs *state, struct rnd_layout_spec *spec)
{
    const char *layout = rnd_prefs_text(state, "layout");
    const struct rnd_layout_shape *shape = layout ? rnd_layout_find(layout) : NULL;
    if (layout && !shape)
        rnd_prefs_complain(state, "layout", "there is no such layout");
    spec->mode = shape ? shape->mode : spec->mode;
    spec->inspector = is_yes(state, "inspector");
    for (int i = 0; i < RND_PANELS; i++)
        spec->collapsed[i] = collapsed[i] && is_yes(state, collapsed[i]);
    for (int i = 0; i < RND_SPLITTERS; i++)
        (void)rnd_prefs_number(state, shares[i], 0, 0.999, &spec->shares[i]);
}

void rnd_remember_apply(struct rnd_remember *remember, struct rnd_app *app)
{
    const struct rnd_prefs *preferences = remember->preferences;
    struct rnd_view *view = &app->view;
    (void)rnd_prefs_number(preferences, "text-size", 1 / RND_LARGER_MOST, RND_LARGER_MOST,
                           &app->larger);
    (void)rnd_prefs_number(preferences, "speed", 0.1, 3600, &view->speed);
    int step = rnd_prefs_word(preferences, "step", steps, COUNT(steps));
    view->step = step >= 0 ? (enum rnd_step_kind)step : view->step;
    read_layout(remember->state, &view->spec);
    if (view->compare) {
        app->loop_collapsed = view->spec.collapsed[RND_PANEL_LOOP];
        view->spec.collapsed[RND_PANEL_LOOP] = true;
    }
    rnd_app_resize(app, view->width_px, view->height_px);

    remember->theme = view->theme;
    remember->larger = app->larger;
    remember->speed = view->speed;
    remember->step = view->step;
    remember->spec = view->spec;
    remember->window = rnd_remember_window(remember);
}

/* --- keeping ---------------------------------------------------------------------------------- */

static void keep_preferences(struct rnd_remember *remember, const struct rnd_app *app)
{
    struct rnd_prefs *preferences = remember->preferences;
    const struct rnd_view *view = &app->view;
    if (view->theme != remember->theme)
        rnd_prefs_set(preferences, "theme", view->theme->name);
    if (app->larger != remember->larger)
        rnd_prefs_set_number(preferences, "text-size", app->larger);
    if (view->speed != remember->speed)
        rnd_prefs_set_number(preferences, "speed", view->speed);
    if (view->step != remember->step && (size_t)view->step < COUNT(steps))
        rnd_prefs_set(preferences, "step", steps[view->step]);
}

static void keep_layout(struct rnd_remember *remember, const struct rnd_layout_spec *now)
{
    struct rnd_prefs *state = remember->state;
    const struct rnd_layout_spec *then = &remember->spec;
    if (now->mode != then->mode)
        rnd_prefs_set(state, "layout", rnd_layout_shapes[now->mode].name);
    if (now->inspector != then->inspector)
        rnd_prefs_set(state, "inspector", answers[now->inspector]);
    for (int i = 0; i < RND_PANELS; i++)
        if (collapsed[i] && now->collapsed[i] != then->collapsed[i])
            rnd_prefs_set(state, collapsed[i], answers[now->collapsed[i]]);
    for (int i = 0; i < RND_SPLITTERS; i++)
        if (now->shares[i] != then->shares[i])
            rnd_prefs_set_number(state, shares[i], now->shares[i]);
}

void rnd_remember_keep(struct rnd_remember *remember, const struct rnd_app *app,
                       struct rnd_remembered_window window)
{
    struct rnd_prefs *state = remember->state;
    struct rnd_layout_spec spec = app->view.spec;
    if (app->view.compare) /* which collapsed it by itself */
        spec.collapsed[RND_PANEL_LOOP] = app->loop_collapsed;
    keep_preferences(remember, app);
    keep_layout(remember, &spec);
    if (window.maximized != remember->window.maximized)
        rnd_prefs_set(state, "maximized", answers[window.maximized]);
    if (window.width && !window.maximized &&
        (window.width != remember->window.width || window.height != remember->window.height)) {
        rnd_prefs_set_number(state, "width", window.width);
        rnd_prefs_set_number(state, "height", window.height);
    }
    if (remember->preferences && !rnd_prefs_save(remember->preferences))
        fprintf(stderr, "awaitscope: the preferences cannot be kept\n");
    if (state && !rnd_prefs_save(state))
        fprintf(stderr, "awaitscope: how the window was cannot be kept\n");
}
