#include "do_gallery.h"

#include "bindings.h"
#include "open.h"

static struct rnd_gallery_layout layout_of(const struct rnd_app *app)
{
    struct rnd_layout layout = rnd_view_layout(&app->view);
    return rnd_gallery_layout_make(&layout, app->view.width_px, app->view.height_px,
                                   app->gallery.view.count);
}

void rnd_do_gallery(struct rnd_app *app, int amount)
{
    (void)amount;
    if (app->view.gallery) {
        rnd_gallery_leave(app);
        return;
    }
    rnd_picker_close(app);
    app->gallery.keep = !app->options.forget;
    rnd_gallery_load(&app->gallery);
    /* The lesson that is shown is the chosen one. */
    for (uint32_t i = 0; i < app->gallery.view.count; i++)
        if (rnd_open_is_same(app->gallery.paths[i], app->shown->path))
            app->gallery.view.chosen = i;
    struct rnd_gallery_layout layout = layout_of(app);
    app->gallery.view.scroll_px = rnd_gallery_scroll(&layout, app->gallery.view.chosen, 0);
    app->view.gallery = &app->gallery.view;
    app->view.playing = false;
}

void rnd_gallery_leave(struct rnd_app *app)
{
    app->view.gallery = NULL;
    rnd_gallery_close(&app->gallery);
    app->changed = true;
}

static void choose(struct rnd_app *app, int64_t index)
{
    struct rnd_gallery_view *view = &app->gallery.view;
    struct rnd_gallery_layout layout = layout_of(app);
    if (view->count == 0)
        return;
    index = index < 0 ? 0 : index < view->count ? index : view->count - 1;
    view->chosen = (uint32_t)index;
    view->scroll_px = rnd_gallery_scroll(&layout, view->chosen, view->scroll_px);
    app->changed = true;
}

void rnd_gallery_pick(struct rnd_app *app, uint32_t index)
{
    if (index >= app->gallery.view.count)
        return;
    choose(app, index);
    rnd_open_path(app, app->gallery.paths[index]);
}

void rnd_gallery_turn(struct rnd_app *app, int rows)
{
    struct rnd_gallery_view *view = &app->gallery.view;
    struct rnd_gallery_layout layout = layout_of(app);
    double by = rows * layout.card_h / 6;
    view->scroll_px = rnd_gallery_scroll(&layout, RND_NEVER, view->scroll_px + by);
    app->changed = true;
}

/* Commands that are about the run that lies below cannot be had; the others are as always. */
static bool is_for_run(const struct rnd_binding *binding)
{
    return binding && !rnd_binding_is_for_window(binding);
}

bool rnd_gallery_key(struct rnd_app *app, const SDL_Keysym *key)
{
    int64_t chosen = app->gallery.view.chosen, columns = layout_of(app).columns;
    switch (key->sym) {
    case SDLK_LEFT:
        choose(app, chosen - 1);
        return true;
    case SDLK_RIGHT:
        choose(app, chosen + 1);
        return true;
    case SDLK_UP:
        choose(app, chosen >= columns ? chosen - columns : chosen);
        return true;
    case SDLK_DOWN:
        choose(app, chosen + columns);
        return true;
    case SDLK_PAGEUP:
        choose(app, chosen - 3 * columns);
        return true;
    case SDLK_PAGEDOWN:
        choose(app, chosen + 3 * columns);
        return true;
    case SDLK_HOME:
        choose(app, 0);
        return true;
    case SDLK_END:
        choose(app, (int64_t)app->gallery.view.count - 1);
        return true;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        rnd_gallery_pick(app, app->gallery.view.chosen);
        return true;
    default:
        break;
    }
    return is_for_run(rnd_binding_of_key(key));
}

bool rnd_gallery_text(const char *text)
{
    return is_for_run(rnd_binding_of_text(text));
}

int rnd_gallery_tick(struct rnd_app *app)
{
    if (!app->view.gallery)
        return -1;
    if (app->gallery.leaving && !app->next[rnd_app_focus(app)]) {
        rnd_gallery_leave(app);
        return -1;
    }
    return rnd_gallery_work(&app->gallery, &app->changed);
}
