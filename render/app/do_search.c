/* Search: `/` and what is typed, Enter goes there, n and N to the next and the previous. */
#include "app.h"

#include "render/model/caption.h"
#include "render/model/label.h"
#include "render/model/state.h"

#include <stdio.h>
#include <string.h>

/* So much is looked at in one go: about two milliseconds of work. */
#define SLICE_THINGS 8000

/* A match that stands further behind a text's begin is brought nearer to it. */
enum { FAR_BYTES = 56, NEAR_BYTES = 24 };

/* Where it searches, by the texts of the script's files. */
static struct rnd_search_in search_in(const struct rnd_app *app,
                                      struct rnd_search_text texts[RND_SCRIPT_FILES_MAX])
{
    const struct rnd_script *script = &app->shown->script;
    for (uint32_t i = 0; i < script->file_count; i++)
        texts[i] = (struct rnd_search_text){script->files[i].text, script->files[i].length};
    return (struct rnd_search_in){app->shown->model, &script->lesson, texts, script->file_count};
}

static uint32_t count_found(const struct rnd_app *app)
{
    return rnd_search_count(&app->finder.search);
}

/* Searches for another text, or for the same in another run. */
static void begin(struct rnd_app *app, const char *text)
{
    struct rnd_finder *finder = &app->finder;
    char copy[RND_SEARCH_MAX]; /* it may be the search's own */
    (void)snprintf(copy, sizeof copy, "%s", text);
    rnd_search_begin(&finder->search, copy);
    finder->of = app->shown;
}

/* Searches on for a slice. */
static void work(struct rnd_app *app)
{
    struct rnd_search_text texts[RND_SCRIPT_FILES_MAX];
    struct rnd_search_in in = search_in(app, texts);
    app->finder.more = rnd_search_go_on(&app->finder.search, &in, SLICE_THINGS);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void put_time(const struct rnd_app *app, uint32_t at, struct rnd_picker_row *out)
{
    if (at == RND_NEVER)
        return;
    const struct rnd_model *model = app->shown->model;
    char clock[24];
    (void)rnd_label_clock(rnd_model_time(model, at), model->end_ns, clock, sizeof clock);
    (void)snprintf(out->aside, sizeof out->aside, "%s%s", clock,
                   rnd_label_clock_unit(model->end_ns));
}

static void put_task(const struct rnd_app *app, uint32_t task, struct rnd_picker_row *out)
{
    struct rnd_lane_state now =
        rnd_state_lane(app->shown->model, task, app->shown->model->event_count);
    (void)rnd_label_task(app->shown->model, task, out->text, sizeof out->text);
    (void)rnd_label_doing(app->shown->model, task, &now, out->detail, sizeof out->detail);
    out->task = task;
}

static void put_line(const struct rnd_app *app, struct rnd_found found, struct rnd_picker_row *out)
{
    size_t length;
    const char *line = rnd_script_line(&app->shown->script, found.file, found.id, &length);
    size_t blanks = 0;
    while (blanks < length && line[blanks] == ' ')
        blanks++;
    (void)snprintf(out->text, sizeof out->text, "%.*s", (int)(length - blanks), line + blanks);
    (void)rnd_label_place(app->shown->model, found.file, found.id, out->detail, sizeof out->detail);
}

static void put_output(const struct rnd_app *app, uint32_t index, struct rnd_picker_row *out)
{
    const struct rnd_model *model = app->shown->model;
    const struct rnd_output_line *line = &model->outputs[index];
    (void)rnd_model_output_text(model, line, model->event_count, out->text, sizeof out->text);
    out->task = line->task ? line->task : RND_NEVER;
}

static void put_event(const struct rnd_app *app, uint32_t at, struct rnd_picker_row *out)
{
    struct rnd_caption caption;
    rnd_caption_at(app->shown->model, &app->shown->script.lesson, at, &caption);
    (void)snprintf(out->text, sizeof out->text, "%.255s", caption.headline);
    out->task = caption.task ? caption.task : RND_NEVER;
}

/* Leaves out the begin of a text whose first match stands far behind it. */
static void bring_near(const char *searched, struct rnd_picker_row *out)
{
    static const char ellipsis[] = "…";
    size_t length = strlen(out->text);
    const char *found = rnd_match_find(out->text, length, searched);
    if (!found || found - out->text <= FAR_BYTES)
        return;
    const char *from = found - NEAR_BYTES;
    while (((unsigned char)*from & 0xc0) == 0x80)
        from++;
    memmove(out->text + sizeof ellipsis - 1, from, length - (size_t)(from - out->text) + 1);
    memcpy(out->text, ellipsis, sizeof ellipsis - 1);
}

/* Marks what was searched for, wherever it stands in the row's text. */
static void mark(const char *searched, struct rnd_picker_row *out)
{
    size_t length = strlen(out->text), bytes = strlen(searched);
    const char *at = out->text;
    while ((at = rnd_match_find(at, length - (size_t)(at - out->text), searched))) {
        for (size_t i = 0; i < bytes; i++, at++)
            out->marked[(at - out->text) / 8] |= (uint8_t)(1u << (at - out->text) % 8);
    }
}

static void row(struct rnd_app *app, struct rnd_picker *picker, uint32_t index,
                struct rnd_picker_row *out)
{
    static const char *const kinds[RND_FOUND_KINDS] = {[RND_FOUND_TASK] = "task",
                                                       [RND_FOUND_LINE] = "source",
                                                       [RND_FOUND_OUTPUT] = "output",
                                                       [RND_FOUND_EVENT] = "event"};
    struct rnd_found found = rnd_search_at(&app->finder.search, index);
    (void)picker;
    bool thread = found.kind == RND_FOUND_TASK && (found.id & RND_THREAD);
    out->kind = thread ? "thread" : kinds[found.kind];
    put_time(app, found.at, out);
    if (found.kind == RND_FOUND_TASK)
        put_task(app, found.id, out);
    else if (found.kind == RND_FOUND_LINE)
        put_line(app, found, out);
    else if (found.kind == RND_FOUND_OUTPUT)
        put_output(app, found.id, out);
    else
        put_event(app, found.at, out);
    bring_near(app->finder.search.text, out);
    mark(app->finder.search.text, out);
}

/* --- the picker ------------------------------------------------------------------------------- */

static void filter(struct rnd_app *app, struct rnd_picker *picker)
{
    struct rnd_picker_view *view = &picker->view;
    char text[RND_SEARCH_MAX];
    (void)snprintf(text, sizeof text, "%.255s", view->field.text);
    if (app->finder.of != app->shown || strcmp(text, app->finder.search.text) != 0) {
        begin(app, text);
        work(app);
    }
    view->total = count_found(app);
    if (!*text)
        (void)snprintf(view->status, sizeof view->status, "in tasks, source, output and events");
    else if (view->total == 0 && !app->finder.more)
        (void)snprintf(view->status, sizeof view->status, "nothing found");
    else
        (void)snprintf(view->status, sizeof view->status, "%u found%s", view->total,
                       app->finder.more ? ", searching…" : "");
}

/* Goes to something that was found; a line that was never run is only looked at. */
static void go_to(struct rnd_app *app, struct rnd_found found)
{
    if (found.kind == RND_FOUND_TASK)
        app->view.selected = found.id;
    if (found.at != RND_NEVER)
        rnd_app_go(app, rnd_model_moment(app->shown->model, found.at));
    if (found.kind == RND_FOUND_LINE)
        rnd_view_show_line(&app->view, app->shown->model, &app->shown->script, found.file,
                           found.id);
    app->finder.view = (struct rnd_found_view){
        .text = app->finder.search.text,
        .number = rnd_search_passed(&app->finder.search, app->view.moment.cursor),
        .count = count_found(app)};
    app->view.found = &app->finder.view;
    app->changed = true;
}

static void take(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    (void)picker;
    if (index == RND_NEVER || app->finder.of != app->shown)
        return;
    struct rnd_found found = rnd_search_at(&app->finder.search, index);
    rnd_picker_close(app);
    go_to(app, found);
}

static const struct rnd_picker_source source = {.title = "Search",
                                                .hint = "A task, a line, an output, an event",
                                                .filter = filter,
                                                .row = row,
                                                .take = take};

void rnd_do_search(struct rnd_app *app, int amount)
{
    char text[RND_SEARCH_MAX];
    (void)amount;
    (void)snprintf(text, sizeof text, "%s", app->finder.search.text);
    rnd_picker_open(app, &source, NULL, text);
}

void rnd_do_found(struct rnd_app *app, int amount)
{
    uint32_t index = 0;
    if (app->finder.of != app->shown)
        begin(app, app->finder.search.text);
    work(app);
    if (rnd_search_near(&app->finder.search, app->view.moment.cursor, amount > 0, &index) !=
        RND_NEVER)
        go_to(app, rnd_search_at(&app->finder.search, index));
}

/* --- while it goes on ------------------------------------------------------------------------- */

bool rnd_finder_work(struct rnd_app *app)
{
    struct rnd_finder *finder = &app->finder;
    if (!*finder->search.text)
        return false;
    uint32_t before = count_found(app);
    bool more = finder->more, other = finder->of != app->shown;
    if (other)
        begin(app, finder->search.text);
    work(app);
    if (!other && count_found(app) == before && finder->more == more)
        return finder->more;
    if (app->picker.source == &source)
        rnd_picker_refresh(app);
    finder->view.count = count_found(app);
    app->changed |= app->view.found != NULL;
    return finder->more;
}

void rnd_finder_close(struct rnd_app *app)
{
    app->view.found = NULL;
    rnd_search_close(&app->finder.search);
    app->finder = (struct rnd_finder){0};
}
