#include "overlay.h"

#include "bindings.h"
#include "do_gallery.h"
#include "do_param.h"
#include "edit_timeline.h"
#include "output.h"
#include "predict.h"

bool rnd_overlay_key(struct rnd_app *app, const SDL_Keysym *key)
{
    const struct rnd_binding *binding = rnd_binding_of_key(key);
    bool ctrl = (key->mod & KMOD_CTRL) != 0;
    if (app->view.help)
        return !binding || !rnd_binding_is_for_window(binding);
    if (app->picker.source) {
        if (ctrl && binding && rnd_binding_is_for_window(binding))
            return false;
        rnd_picker_key(app, key);
        return true;
    }
    if (app->view.record)
        return rnd_record_key(app, key);
    if (app->view.gallery)
        return rnd_gallery_key(app, key);
    if (app->view.predict)
        return rnd_predict_key(app, key);
    return rnd_param_key(app, key) || rnd_edit_timeline_key(app, key);
}

bool rnd_overlay_text(struct rnd_app *app, const char *text)
{
    const struct rnd_binding *binding = rnd_binding_of_text(text);
    if (app->view.help)
        return !binding || !rnd_binding_is_for_window(binding);
    if (app->picker.source) {
        rnd_picker_text(app, text);
        return true;
    }
    if (app->view.record)
        return rnd_record_text(app, text);
    if (app->view.gallery)
        return rnd_gallery_text(text);
    if (app->view.predict)
        return rnd_predict_text(text);
    return rnd_param_type(app, text) || rnd_edit_timeline_text(app, text);
}

bool rnd_overlay_press(struct rnd_app *app, struct rnd_hit hit)
{
    if (app->view.record && !app->picker.source && !app->view.help)
        return rnd_record_press(app, hit);
    if (app->view.predict && !app->picker.source && !app->view.gallery && !app->view.help)
        return rnd_predict_press(app, hit);
    if (!app->picker.source && rnd_edit_timeline_press(app, hit))
        return true;
    switch (hit.kind) {
    case RND_HIT_ROW:
        rnd_picker_take(app, hit.value);
        return true;
    case RND_HIT_CARD:
        rnd_gallery_pick(app, hit.value);
        return true;
    case RND_HIT_FOUND:
        rnd_app_do(app, RND_DO_SEARCH, 0);
        return true;
    case RND_HIT_OVERLAY:
        rnd_app_do(app, RND_DO_CLEAR, 0);
        return true;
    case RND_HIT_FIELD:
        if (app->picker.source) {
            rnd_field_move_to(&app->picker.view.field, hit.value, false);
            app->changed = true;
        }
        return app->picker.source != NULL;
    default:
        return hit.kind == RND_HIT_BOX;
    }
}

bool rnd_overlay_wheel(struct rnd_app *app, struct rnd_hit hit, int rows)
{
    bool would_move = app->view.predict && hit.kind == RND_HIT_STRIP;
    if (app->picker.source)
        rnd_picker_scroll(app, -rows);
    else if (app->view.gallery)
        rnd_gallery_turn(app, -rows);
    return app->picker.source || app->view.gallery || would_move;
}

bool rnd_overlay_close(struct rnd_app *app)
{
    struct rnd_view *view = &app->view;
    app->changed = true;
    if (view->picker)
        rnd_picker_close(app);
    else if (view->help)
        view->help = NULL;
    else if (view->record)
        rnd_record_leave(app);
    else if (view->gallery)
        rnd_gallery_leave(app);
    else if (view->predict)
        rnd_predict_leave(app);
    else if (view->found)
        view->found = NULL;
    else
        return false;
    return true;
}

int rnd_overlay_work(struct rnd_app *app)
{
    rnd_predict_keep(app);
    int gallery_ms = rnd_gallery_tick(app), record_ms = rnd_record_tick(app);
    int either_ms =
        record_ms < 0 || (gallery_ms >= 0 && gallery_ms < record_ms) ? gallery_ms : record_ms;
    bool more = rnd_finder_work(app);
    more |= rnd_output_work(app);
    return more ? 0 : either_ms;
}
