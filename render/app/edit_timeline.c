#include "edit_timeline.h"

#include "edit.h"

void rnd_edit_begin(struct rnd_app *app, enum rnd_editing what, const char *text)
{
    app->view.timeline.editing = what;
    rnd_field_set(&app->view.timeline.field, text);
    app->field_is_fresh = true;
    app->changed = true;
}

static void accept(struct rnd_app *app)
{
    if (app->view.timeline.editing == RND_EDITING_FILTER)
        app->view.timeline.editing = RND_EDITING_NOTHING;
    else
        rnd_mark_accept(app);
}

static void cancel(struct rnd_app *app)
{
    if (app->view.timeline.editing != RND_EDITING_FILTER) {
        rnd_mark_cancel(app);
        return;
    }
    app->view.timeline.editing = RND_EDITING_NOTHING;
    rnd_lanes_filter(app, "");
}

/* The lanes follow the filter while it is typed. */
static void follow(struct rnd_app *app, enum rnd_edit edit)
{
    app->changed = true;
    bool filter = app->view.timeline.editing == RND_EDITING_FILTER;
    if (edit == RND_EDIT_CHANGED && filter)
        rnd_lanes_filter(app, app->view.timeline.field.text);
    else if (edit == RND_EDIT_ACCEPT)
        accept(app);
    else if (edit == RND_EDIT_CANCEL)
        cancel(app);
}

bool rnd_edit_timeline_key(struct rnd_app *app, const SDL_Keysym *key)
{
    if (!app->view.timeline.editing)
        return false;
    if (key->sym == SDLK_TAB && app->view.timeline.editing != RND_EDITING_FILTER) {
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
