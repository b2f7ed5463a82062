/* The commands for marks and notes. */
#include "app.h"
#include "edit_timeline.h"
#include "notes_file.h"

#include <stdio.h>
#include <string.h>

/* Takes in what another window has kept meanwhile, so that it stays.  Marks that could not be kept
 * are here only. */
static void take_in(struct rnd_app *app)
{
    if (!app->marks_unkept)
        (void)!rnd_subject_load_notes(app->shown);
}

static void begin(struct rnd_app *app, uint32_t index, enum rnd_editing what)
{
    const struct rnd_mark *mark = &app->shown->notes.items[index];
    if (!mark->own)
        return;
    app->view.timeline.mark = index;
    app->view.timeline.mark_is_new = false;
    rnd_edit_begin(app, what, what == RND_EDITING_NOTE ? mark->note : mark->name);
}

void rnd_do_mark(struct rnd_app *app, int amount)
{
    struct rnd_subject *shown = app->shown;
    take_in(app);
    uint32_t index = rnd_notes_at(&shown->notes, app->view.moment), own = 0;
    (void)amount;
    app->view.playing = false;
    if (index != RND_NEVER && shown->notes.items[index].own) {
        begin(app, index, RND_EDITING_MARK);
        return;
    }
    for (uint32_t i = 0; i < shown->notes.count; i++)
        own += shown->notes.items[i].own;
    char name[32];
    (void)snprintf(name, sizeof name, "mark %u", own + 1);
    if (rnd_notes_add(&shown->notes, shown->model, app->view.moment, name, &index))
        return;
    /* It is at the stop that the playhead has passed. */
    rnd_app_go(app, shown->notes.items[index].moment);
    begin(app, index, RND_EDITING_MARK);
    app->view.timeline.mark_is_new = true;
}

void rnd_mark_edit(struct rnd_app *app, uint32_t index, enum rnd_editing what)
{
    struct rnd_moment at = app->shown->notes.items[index].moment;
    take_in(app);
    index = rnd_notes_at(&app->shown->notes, at);
    if (index != RND_NEVER)
        begin(app, index, what);
}

/* Gives the mark that is edited the text of the field; false without memory. */
static bool take_text(struct rnd_app *app)
{
    const struct rnd_timeline_view *view = &app->view.timeline;
    const struct rnd_mark *mark = &app->shown->notes.items[view->mark];
    bool note = view->editing == RND_EDITING_NOTE;
    return !rnd_notes_change(&app->shown->notes, view->mark, note ? mark->name : view->field.text,
                             note ? view->field.text : mark->note);
}

/* Runs of the same script have the same marks. */
static void share(struct rnd_app *app, struct rnd_subject *const *subjects, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (subjects[i] && subjects[i] != app->shown &&
            strcmp(subjects[i]->path, app->shown->path) == 0)
            (void)!rnd_subject_load_notes(subjects[i]);
}

static void save(struct rnd_app *app)
{
    app->marks_unkept = rnd_notes_save(&app->shown->notes, app->shown->path) != 0;
    if (!app->marks_unkept) {
        share(app, app->subjects, app->subject_count);
        share(app, app->next, RND_SUBJECTS_MAX);
        share(app, app->opening, app->opening_count);
    } else {
        (void)snprintf(app->trouble, sizeof app->trouble, "The marks cannot be kept in a file.");
        app->view.trouble = app->trouble;
    }
}

void rnd_mark_accept(struct rnd_app *app)
{
    (void)take_text(app);
    app->view.timeline.editing = RND_EDITING_NOTHING;
    save(app);
}

void rnd_mark_cancel(struct rnd_app *app)
{
    struct rnd_timeline_view *view = &app->view.timeline;
    bool drop = view->editing == RND_EDITING_MARK && view->mark_is_new;
    view->editing = RND_EDITING_NOTHING;
    if (drop)
        (void)!rnd_notes_change(&app->shown->notes, view->mark, "", "");
}

void rnd_mark_other(struct rnd_app *app)
{
    struct rnd_timeline_view *view = &app->view.timeline;
    bool name = view->editing == RND_EDITING_MARK;
    if ((name && !*view->field.text) || !take_text(app))
        return;
    begin(app, view->mark, name ? RND_EDITING_NOTE : RND_EDITING_MARK);
    app->field_is_fresh = false;
}

void rnd_do_mark_step(struct rnd_app *app, int amount)
{
    const struct rnd_notes *notes = &app->shown->notes;
    uint32_t index = amount > 0 ? rnd_notes_next(notes, app->view.moment)
                                : rnd_notes_previous(notes, app->view.moment);
    app->view.playing = false;
    if (index != RND_NEVER)
        rnd_app_go(app, notes->items[index].moment);
    else if (amount > 0)
        rnd_do_end(app, 0);
    else
        rnd_do_start(app, 0);
}

void rnd_do_mark_go(struct rnd_app *app, int amount)
{
    const struct rnd_notes *notes = &app->shown->notes;
    if (amount >= 0 && (uint32_t)amount < notes->count)
        rnd_app_go(app, notes->items[amount].moment);
}
