/* The commands that change which lines of output are shown. */
#include "edit_timeline.h"
#include "output.h"

#include <stdio.h>
#include <string.h>

/* So many lines are looked at in one go: a few milliseconds of work. */
#define SLICE_LINES 20000

void rnd_do_output_only(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.output.of_one = !app->view.output.of_one;
    app->view.output.px = 0;
}

void rnd_do_output_range(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.output.in_range = !app->view.output.in_range;
    app->view.output.px = 0;
}

void rnd_do_output_filter(struct rnd_app *app, int amount)
{
    (void)amount;
    app->view.spec.collapsed[RND_PANEL_OUTPUT] = false;
    rnd_app_resize(app, app->view.width_px, app->view.height_px);
    rnd_edit_begin(app, RND_EDITING_OUTPUT, app->view.output.filter);
}

void rnd_output_filter(struct rnd_app *app, const char *filter)
{
    (void)snprintf(app->view.output.filter, sizeof app->view.output.filter, "%.*s",
                   RND_LISTING_TEXT_MAX - 1, filter);
    app->view.output.px = 0;
    app->changed = true;
}

/* --- what is listed --------------------------------------------------------------------------- */

bool rnd_output_work(struct rnd_app *app)
{
    struct rnd_output_view *view = &app->view.output;
    struct rnd_listing_wish wish = {.task = RND_NEVER};
    wish.task = view->of_one && app->view.selected ? app->view.selected : RND_NEVER;
    memcpy(wish.text, view->filter, sizeof wish.text);
    if (wish.task == RND_NEVER && !*wish.text) {
        app->changed |= view->listing != NULL;
        view->listing = NULL;
        return false;
    }
    struct rnd_listing *listing = &app->output.listing;
    uint32_t before = view->listing ? listing->count : RND_NEVER;
    if (!view->listing || app->output.of != app->shown || listing->wish.task != wish.task ||
        strcmp(listing->wish.text, wish.text) != 0) {
        rnd_listing_begin(listing, &wish);
        app->output.of = app->shown;
        before = RND_NEVER;
    }
    bool more = rnd_listing_go_on(listing, app->shown->model, SLICE_LINES);
    view->listing = listing;
    app->changed |= listing->count != before;
    return more;
}

void rnd_output_close(struct rnd_app *app)
{
    app->view.output.listing = NULL;
    rnd_listing_close(&app->output.listing);
}
