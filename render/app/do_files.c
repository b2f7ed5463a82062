/* The files of a script that imports modules: which of them the source shows. */
#include "app.h"

#include <stdio.h>

static const struct rnd_script *script_of(const struct rnd_app *app)
{
    return &app->shown->script;
}

void rnd_do_file_show(struct rnd_app *app, int amount)
{
    if (amount < 0 || (uint32_t)amount >= script_of(app)->file_count)
        return;
    rnd_view_show_file(&app->view, app->shown->model, script_of(app), (uint32_t)amount);
    app->changed = true;
}

void rnd_do_file(struct rnd_app *app, int amount)
{
    int count = (int)script_of(app)->file_count;
    rnd_do_file_show(app, (int)(app->view.file + (uint32_t)(count + amount)) % count);
}

/* --- all of them ------------------------------------------------------------------------------ */

static const char *name_of(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    (void)picker;
    return script_of(app)->files[index].name;
}

static void filter(struct rnd_app *app, struct rnd_picker *picker)
{
    rnd_picker_rank_names(app, picker, script_of(app)->file_count, name_of, "file",
                          ", as the run came to them");
}

static void row(struct rnd_app *app, struct rnd_picker *picker, uint32_t index,
                struct rnd_picker_row *out)
{
    uint32_t number = picker->ranked[index].index;
    const struct rnd_script_file *file = &script_of(app)->files[number];
    rnd_picker_put(picker, 0, file->name, out);
    (void)snprintf(out->detail, sizeof out->detail, "%s",
                   number == 0   ? "the script"
                   : *file->path ? "imported"
                                 : "imported; its source is not there any more");
    (void)snprintf(out->aside, sizeof out->aside, "%u line%s", file->line_count,
                   file->line_count == 1 ? "" : "s");
}

static void take(struct rnd_app *app, struct rnd_picker *picker, uint32_t index)
{
    if (index == RND_NEVER)
        return;
    uint32_t number = picker->ranked[index].index;
    rnd_picker_close(app);
    rnd_do_file_show(app, (int)number);
}

void rnd_do_files(struct rnd_app *app, int amount)
{
    static const struct rnd_picker_source source = {
        .title = "Source files", .hint = "Which file?", .filter = filter, .row = row, .take = take};
    (void)amount;
    rnd_picker_open(app, &source, NULL, "");
}
