#include "edit_timeline.h"

#include "edit.h"
#include "output.h"

void rnd_edit_begin(struct rnd_app *app, enum rnd_editing what, const char *text)
{
    app->view.timeline.editing = what;
    rnd_field_set(&app->view.timeline.field, text);
    app->field_is_fresh = true;
    app->changed = true;
}

/* Whether it is a filter's, of lanes or of output. */
static bool is_filter(const struct rnd_app *app)
{
    return app->view.timeline.editing == RND_EDITING_FILTER ||
           app->view.timeline.editing == RND_EDITING_OUTPUT;
}

static void filter(struct rnd_app *app, const char *text)
{
    if (app->view.timeline.editing == RND_EDITING_OUTPUT)
        rnd_output_filter(app, text);
    else
        rnd_lanes_filter(app, text);
}

static void accept(struct rnd_app *app)
{
    if (is_filter(app))
        app->view.timeline.editing = RND_EDITING_NOTHING;
    else
        rnd_mark_accept(app);
}

void rnd_edit_timeline_end(struct rnd_app *app)
{
    if (app->view.timeline.editing)
        accept(app);
}

static void cancel(struct rnd_app *app)
{
    if (!is_filter(app)) {
        rnd_mark_cancel(app);
        return;
    }
    filter(app, "");
    app->view.timeline.editing = RND_EDITING_NOTHING;
}

/* What is filtered follows while it is typed. */
static void follow(struct rnd_app *app, enum rnd_edit edit)
{
    app->changed = true;
    if (edit == RND_EDIT_CHANGED && is_filter(app))
        filter(app, app->view.timeline.field.text);
    else if (edit == RND_EDIT_ACCEPT)
        accept(app);
    else if (edit == RND_EDIT_CANCEL)
        cancel(app);
}

bool rnd_edit_timeline_key(struct rnd_app *app, const SDL_Keysym *key)
{
    if (!app->view.timeline.editing)
        return false;
    if (key->sym == SDLK_TAB && !is_filter(app)) {
        rnd_mark_other(app);
        return true;
    }
    enum rnd_edit edit = rnd_edit_key(&app->view.timeline.field, key);
    app->field_is_fresh = false;
    follow(app, edit);
    return edit != RND_EDIT_NOT;
}

bool rnd_edit_timeline_text(struct rnd_app *app, const char *text)
{
    if (!app->view.timeline.editing)
        return false;
    /* The key that began the editing types, too. */
    if (!app->field_is_fresh)
        follow(app, rnd_edit_text(&app->view.timeline.field, text));
    return true;
}

bool rnd_edit_timeline_press(struct rnd_app *app, struct rnd_hit hit)
{
    if (!app->view.timeline.editing)
        return false;
    app->changed = true;
    if (hit.kind == RND_HIT_FIELD)
        rnd_field_move_to(&app->view.timeline.field, hit.value, false);
    else
        accept(app);
    return hit.kind == RND_HIT_FIELD;
}
