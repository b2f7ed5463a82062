/* Recording from the window: the dialog, and the recording that it starts. */
#include <stdio.h>

#include "app.h"
#include "bindings.h"
#include "edit.h"

/* How often a recording is looked after. */
#define TICK_MS 50

void rnd_do_record(struct rnd_app *app, int amount)
{
    (void)amount;
    if (app->view.record) {
        rnd_record_leave(app);
        return;
    }
    app->view.playing = false;
    rnd_record_offer(app);
    app->view.record = &app->record.view;
    if (rnd_app_goes_on(app)) {
        (void)snprintf(app->record.view.message, sizeof app->record.view.message,
                       "The run goes on: it is recorded as it is when it is over.");
    }
}

/* --- the recording ---------------------------------------------------------------------------- */

static void say(struct rnd_app *app, bool failed, const char *text)
{
    struct rnd_record_view *view = &app->record.view;
    (void)snprintf(view->message, sizeof view->message, "%s", text);
    if (view->message[0] >= 'a' && view->message[0] <= 'z')
        view->message[0] = (char)(view->message[0] - 'a' + 'A');
    view->failed = failed;
    view->state = RND_RECORD_ASKS;
    app->changed = true;
}

static void start(struct rnd_app *app)
{
    struct rnd_record_dialog *dialog = &app->record;
    struct rnd_record_words words;
    char error[256] = "";
    rnd_record_words_make(app, &words);
    int code = words.failed
                   ? SIM_ENOMEM
                   : rnd_record_job_start(NULL, words.items, &dialog->job, error, sizeof error);
    rnd_record_words_free(&words);
    if (code) {
        say(app, true, *error ? error : sim_error_text(code));
        return;
    }
    dialog->view.state = RND_RECORD_GOES_ON;
    dialog->view.share = 0;
    dialog->view.left_s = -1;
    dialog->view.message[0] = '\0';
    app->changed = true;
}

static void end(struct rnd_record_dialog *dialog)
{
    rnd_record_job_close(dialog->job);
    dialog->job = NULL;
}

int rnd_record_tick(struct rnd_app *app)
{
    struct rnd_record_dialog *dialog = &app->record;
    struct rnd_record_view *view = &dialog->view;
    if (!dialog->job)
        return -1;
    const struct rnd_record_status *status = rnd_record_job_poll(dialog->job);
    app->changed |= view->share != status->share || view->left_s != status->left_s;
    view->share = status->share;
    view->left_s = status->left_s;
    if (!status->over)
        return TICK_MS;
    if (status->failed) {
        say(app, true, status->error);
    } else {
        char text[sizeof view->message];
        (void)snprintf(text, sizeof text, "Recorded: %.490s",
                       rnd_record_field(view, RND_RECORD_FILE)->text);
        say(app, false, text);
        view->state = RND_RECORD_IS_DONE;
    }
    end(dialog);
    return -1;
}

void rnd_record_leave(struct rnd_app *app)
{
    if (app->record.job) {
        end(&app->record);
        say(app, false, "Cancelled: nothing is left of it.");
        return;
    }
    app->view.record = NULL;
    app->changed = true;
}

void rnd_record_close(struct rnd_record_dialog *dialog)
{
    end(dialog);
}

/* --- input ------------------------------------------------------------------------------------ */

static void choose(struct rnd_app *app, enum rnd_record_row row, uint32_t choice)
{
    struct rnd_record_view *view = &app->record.view;
    view->row = row;
    app->changed = true;
    if (rnd_record_field(view, row) || view->rows[row].chosen == choice)
        return;
    view->rows[row].chosen = choice;
    rnd_record_chose(app, row);
}

static void choose_by(struct rnd_app *app, int by)
{
    const struct rnd_record_view *view = &app->record.view;
    const struct rnd_record_choices *choices = &view->rows[view->row];
    int64_t to = (int64_t)choices->chosen + by;
    if (!rnd_record_field(view, view->row) && to >= 0 && to < choices->count)
        choose(app, view->row, (uint32_t)to);
}

static void go_to_row(struct rnd_app *app, int by)
{
    struct rnd_record_view *view = &app->record.view;
    view->row = (enum rnd_record_row)(((int)view->row + by + RND_RECORD_ROWS) % RND_RECORD_ROWS);
    app->changed = true;
}

/* The field that is typed into; NULL: none. */
static struct rnd_field *typed(struct rnd_app *app)
{
    struct rnd_record_view *view = &app->record.view;
    bool any = view->state == RND_RECORD_ASKS && view->row >= RND_RECORD_END;
    return any ? &view->fields[view->row - RND_RECORD_END] : NULL;
}

/* Another text is in the field that is typed into. */
static void note_typed(struct rnd_app *app)
{
    app->record.own_name |= app->record.view.row == RND_RECORD_FILE;
    app->changed = true;
}

/* While it asks. */
static void press_key(struct rnd_app *app, const SDL_Keysym *key)
{
    bool shift = (key->mod & KMOD_SHIFT) != 0;
    if (typed(app)) {
        enum rnd_edit edit = rnd_edit_key(typed(app), key);
        if (edit == RND_EDIT_CHANGED)
            note_typed(app);
        app->changed |= edit != RND_EDIT_NOT;
        if (edit == RND_EDIT_MOVED || edit == RND_EDIT_CHANGED)
            return;
    }
    switch (key->sym) {
    case SDLK_UP:
        go_to_row(app, -1);
        break;
    case SDLK_DOWN:
        go_to_row(app, 1);
        break;
    case SDLK_TAB:
        go_to_row(app, shift ? -1 : 1);
        break;
    case SDLK_LEFT:
        choose_by(app, -1);
        break;
    case SDLK_RIGHT:
        choose_by(app, 1);
        break;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        start(app);
        break;
    default:
        break;
    }
}

bool rnd_record_key(struct rnd_app *app, const SDL_Keysym *key)
{
    const struct rnd_binding *binding = rnd_binding_of_key(key);
    bool enter = key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER;
    bool typing = typed(app) && !(key->mod & KMOD_CTRL);
    if (key->sym == SDLK_ESCAPE)
        rnd_record_leave(app);
    else if (binding && !typing && rnd_binding_is_for_window(binding))
        return false;
    else if (app->record.view.state == RND_RECORD_ASKS)
        press_key(app, key);
    else if (app->record.view.state == RND_RECORD_IS_DONE && enter)
        rnd_record_leave(app);
    return true;
}

bool rnd_record_text(struct rnd_app *app, const char *text)
{
    if (!typed(app))
        return true;
    (void)rnd_edit_text(typed(app), text);
    note_typed(app);
    return true;
}

bool rnd_record_press(struct rnd_app *app, struct rnd_hit hit)
{
    if (hit.kind == RND_HIT_FIELD && typed(app)) {
        rnd_field_move_to(typed(app), hit.value, false);
        app->changed = true;
    } else if (hit.kind == RND_HIT_OVERLAY && !app->record.job) {
        rnd_record_leave(app);
    } else if (hit.kind == RND_HIT_RECORD && hit.value == RND_RECORD_START) {
        start(app);
    } else if (hit.kind == RND_HIT_RECORD && hit.value >= RND_RECORD_LEAVE) {
        rnd_record_leave(app);
    } else if (hit.kind == RND_HIT_RECORD) {
        choose(app, (enum rnd_record_row)(hit.value / RND_RECORD_CHOICES_MAX),
               hit.value % RND_RECORD_CHOICES_MAX);
    }
    return true;
}
