/* The commands that change where panels are and which there are. */
#include "app.h"

/* The layout is another one: everything within follows. */
static void lay_out(struct rnd_app *app)
{
    rnd_app_resize(app, app->view.width_px, app->view.height_px);
}

void rnd_do_panel(struct rnd_app *app, int amount)
{
    struct rnd_layout_spec *spec = &app->view.spec;
    if (amount == RND_PANEL_INSPECTOR && !spec->inspector) {
        rnd_do_inspector(app, 0); /* there is nothing to collapse yet */
        return;
    }
    spec->collapsed[amount] = !spec->collapsed[amount];
    lay_out(app);
}

void rnd_do_inspector(struct rnd_app *app, int amount)
{
    struct rnd_layout_spec *spec = &app->view.spec;
    (void)amount;
    spec->inspector = !spec->inspector;
    spec->collapsed[RND_PANEL_INSPECTOR] = false;
    lay_out(app);
}

void rnd_do_layout(struct rnd_app *app, int amount)
{
    /* Those for pictures of other shapes are none for a window. */
    static const enum rnd_layout_mode modes[] = {RND_LAYOUT_FULL, RND_LAYOUT_CODE,
                                                 RND_LAYOUT_TIMELINE};
    enum { MODES = sizeof modes / sizeof *modes };
    struct rnd_layout_spec *spec = &app->view.spec;
    int at = 0;
    while (at + 1 < MODES && modes[at] != spec->mode)
        at++;
    spec->mode = modes[(at + amount + MODES) % MODES];
    lay_out(app);
}

void rnd_do_layout_reset(struct rnd_app *app, int amount)
{
    struct rnd_layout_spec *spec = &app->view.spec;
    (void)amount;
    *spec =
        (struct rnd_layout_spec){.bare = spec->bare, .large = spec->large, .params = spec->params};
    lay_out(app);
}

void rnd_do_present(struct rnd_app *app, int amount)
{
    struct rnd_layout_spec *spec = &app->view.spec;
    (void)amount;
    spec->bare = spec->large = !spec->bare;
    if (spec->bare)
        app->fullscreen_before = app->fullscreen;
    app->fullscreen = spec->bare || app->fullscreen_before;
    lay_out(app);
}

void rnd_app_drag_splitter(struct rnd_app *app, enum rnd_splitter splitter)
{
    struct rnd_view *view = &app->view;
    view->spec.shares[splitter] =
        rnd_layout_share(&view->spec, view->width_px, view->height_px, view->scale, splitter,
                         view->pointer_x, view->pointer_y);
    lay_out(app);
}

void rnd_app_reset_splitter(struct rnd_app *app, enum rnd_splitter splitter)
{
    app->view.spec.shares[splitter] = 0;
    lay_out(app);
}
