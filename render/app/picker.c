#include "picker.h"

#include "app.h"
#include "edit.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes the rows that are seen those about `first`. */
static void show(struct rnd_app *app)
{
    struct rnd_picker *picker = &app->picker;
    struct rnd_picker_view *view = &picker->view;
    uint32_t most = view->total > RND_PICKER_ROWS ? view->total - RND_PICKER_ROWS : 0;
    view->first = view->first < most ? view->first : most;
    view->row_count = view->total - view->first;
    view->row_count = view->row_count < RND_PICKER_ROWS ? view->row_count : RND_PICKER_ROWS;
    for (uint32_t i = 0; i < view->row_count; i++) {
        view->rows[i] = (struct rnd_picker_row){.task = RND_NEVER};
        picker->source->row(app, picker, view->first + i, &view->rows[i]);
    }
    app->changed = true;
}

/* Chooses a row, and scrolls just so far that it is seen. */
static void choose(struct rnd_app *app, int64_t index)
{
    struct rnd_picker_view *view = &app->picker.view;
    int64_t last = (int64_t)view->total - 1;
    index = index > last ? last : index;
    view->chosen = index > 0 ? (uint32_t)index : 0;
    if (view->chosen < view->first)
        view->first = view->chosen;
    if (view->chosen >= view->first + RND_PICKER_ROWS)
        view->first = view->chosen - RND_PICKER_ROWS + 1;
    show(app);
}

static void filter(struct rnd_app *app)
{
    struct rnd_picker *picker = &app->picker;
    picker->view.total = 0;
    picker->view.status[0] = '\0';
    picker->view.trouble = false;
    picker->source->filter(app, picker);
}

void rnd_picker_refresh(struct rnd_app *app)
{
    filter(app);
    choose(app, app->picker.view.chosen);
}

void rnd_picker_open(struct rnd_app *app, const struct rnd_picker_source *source, void *data,
                     const char *text)
{
    struct rnd_picker *picker = &app->picker;
    rnd_picker_close(app);
    picker->source = source;
    picker->data = data;
    picker->view.title = source->title;
    picker->view.hint = source->hint;
    rnd_field_set(&picker->view.field, text);
    app->view.picker = &picker->view;
    app->view.playing = false;
    rnd_picker_refresh(app);
}

void rnd_picker_close(struct rnd_app *app)
{
    struct rnd_picker *picker = &app->picker;
    if (picker->source && picker->source->close)
        picker->source->close(picker);
    free(picker->ranked);
    *picker = (struct rnd_picker){0};
    app->view.picker = NULL;
    app->changed = true;
}

/* --- ranking ---------------------------------------------------------------------------------- */

static int by_score(const void *a, const void *b)
{
    const struct rnd_ranked *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

void rnd_picker_rank(struct rnd_app *app, struct rnd_picker *picker, uint32_t count, size_t from,
                     const char *(*text)(struct rnd_app *app, struct rnd_picker *picker,
                                         uint32_t index))
{
    if (count > picker->capacity) {
        struct rnd_ranked *larger = realloc(picker->ranked, count * sizeof *larger);
        if (!larger)
            return; /* none fits, then */
        picker->ranked = larger;
        picker->capacity = count;
    }
    uint32_t fit = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct rnd_match match;
        const char *entry = text(app, picker, i);
        if (entry && rnd_match(picker->view.field.text + from, entry, &match))
            picker->ranked[fit++] = (struct rnd_ranked){i, match.score};
    }
    if (fit > 0)
        qsort(picker->ranked, fit, sizeof *picker->ranked, by_score);
    picker->view.total = fit;
}

void rnd_picker_rank_names(struct rnd_app *app, struct rnd_picker *picker, uint32_t count,
                           const char *(*name)(struct rnd_app *app, struct rnd_picker *picker,
                                               uint32_t index),
                           const char *what, const char *more)
{
    struct rnd_picker_view *view = &picker->view;
    rnd_picker_rank(app, picker, count, 0, name);
    if (view->total == 0)
        (void)snprintf(view->status, sizeof view->status, "no %s is called so", what);
    else if (view->total == 1)
        (void)snprintf(view->status, sizeof view->status, "1 %s", what);
    else
        (void)snprintf(view->status, sizeof view->status, "%u %ss%s", view->total, what, more);
}

void rnd_picker_put(const struct rnd_picker *picker, size_t from, const char *text,
                    struct rnd_picker_row *row)
{
    struct rnd_match match;
    (void)snprintf(row->text, sizeof row->text, "%s", text);
    if (rnd_match(picker->view.field.text + from, row->text, &match))
        memcpy(row->marked, match.marked, sizeof row->marked);
}

/* --- input ------------------------------------------------------------------------------------ */

void rnd_picker_take(struct rnd_app *app, uint32_t index)
{
    struct rnd_picker *picker = &app->picker;
    picker->source->take(app, picker, index < picker->view.total ? index : RND_NEVER);
    app->changed = true;
}

void rnd_picker_scroll(struct rnd_app *app, int rows)
{
    struct rnd_picker_view *view = &app->picker.view;
    int64_t first = (int64_t)view->first + rows;
    view->first = first > 0 ? (uint32_t)first : 0;
    show(app);
}

/* The text of the field has changed. */
static void typed(struct rnd_app *app)
{
    app->picker.view.first = app->picker.view.chosen = 0;
    rnd_picker_refresh(app);
}

static void complete(struct rnd_app *app)
{
    struct rnd_picker *picker = &app->picker;
    if (picker->source->complete && picker->view.total > 0) {
        picker->source->complete(app, picker, picker->view.chosen);
        typed(app);
    }
}

void rnd_picker_key(struct rnd_app *app, const SDL_Keysym *key)
{
    struct rnd_picker_view *view = &app->picker.view;
    switch (key->sym) {
    case SDLK_DOWN:
        choose(app, view->chosen + 1 < view->total ? (int64_t)view->chosen + 1 : 0);
        return;
    case SDLK_UP:
        choose(app, view->chosen > 0 ? (int64_t)view->chosen - 1 : (int64_t)view->total - 1);
        return;
    case SDLK_PAGEDOWN:
        choose(app, (int64_t)view->chosen + RND_PICKER_ROWS);
        return;
    case SDLK_PAGEUP:
        choose(app, (int64_t)view->chosen - RND_PICKER_ROWS);
        return;
    case SDLK_TAB:
        complete(app);
        return;
    default:
        break;
    }
    switch (rnd_edit_key(&view->field, key)) {
    case RND_EDIT_ACCEPT:
        rnd_picker_take(app, view->chosen);
        break;
    case RND_EDIT_CANCEL:
        rnd_picker_close(app);
        break;
    case RND_EDIT_CHANGED:
        typed(app);
        break;
    case RND_EDIT_MOVED:
        app->changed = true;
        break;
    case RND_EDIT_NOT:
        break;
    }
}

void rnd_picker_text(struct rnd_app *app, const char *text)
{
    if (rnd_edit_text(&app->picker.view.field, text) == RND_EDIT_CHANGED)
        typed(app);
}
