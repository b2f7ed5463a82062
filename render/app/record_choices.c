/* What a recording from the window can be, and the command line that makes it. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "folders.h"
#include "render/video/format.h"

#define COUNT(array) (uint32_t)(sizeof(array) / sizeof *(array))

static const char *const formats[] = {"mp4", "webm", "gif", "apng", "png"};
static const char *const format_names[] = {"MP4", "WebM", "GIF", "APNG", "PNGs"};
static const char *const size_names[] = {"540p", "720p", "1080p", "1440p", "2160p"};
static const int size_sides_px[] = {540, 720, 1080, 1440, 2160};
static const char *const rate_names[] = {"10", "25", "30", "60"};
static const int rates[] = {10, 25, 30, 60};
static const char *const part_names[] = {"All of the run", "The selected range"};
static const char *const captions[] = {"burnt", "beside", "both", "none"};
static const char *const caption_names[] = {"In the picture", "Beside", "Both", "None"};

/* The usual choices: 1080p, 60 a second; for pages, 540p and 10. */
enum { SIZE_SMALL = 0, SIZE_USUAL = 2, RATE_SMALL = 0, RATE_USUAL = 3 };

/* --- the rows --------------------------------------------------------------------------------- */

static void offer(struct rnd_record_view *view, enum rnd_record_row row, const char *name,
                  const char *const *texts, uint32_t count)
{
    struct rnd_record_choices *choices = &view->rows[row];
    choices->name = name;
    choices->count = count;
    for (uint32_t i = 0; i < count; i++)
        choices->texts[i] = texts[i];
    if (choices->chosen >= count)
        choices->chosen = 0;
}

static uint32_t chosen(const struct rnd_app *app, enum rnd_record_row row)
{
    return app->record.view.rows[row].chosen;
}

/* Beside the script, or at home where nothing can be written there; a name that is not taken. */
static void name_file(struct rnd_app *app)
{
    const char *path = app->shown->path, *slash = strrchr(path, '/'), *home = getenv("HOME");
    const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    const char *suffix = rnd_format_find(formats[chosen(app, RND_RECORD_FORMAT)])->suffix;
    int stem = (int)(dot && dot != name ? (size_t)(dot - name) : strlen(name));
    char folder[RND_PATH_MAX], file[RND_PATH_MAX];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path);
    if (access(*folder ? folder : ".", W_OK) && home)
        (void)snprintf(folder, sizeof folder, "%s/", home);
    for (int number = 1; number < 1000; number++) {
        char tail[16] = "";
        if (number > 1)
            (void)snprintf(tail, sizeof tail, "-%d", number);
        int length = snprintf(file, sizeof file, "%s%.*s%s%s", folder, stem, name, tail, suffix);
        if (length < 0 || (size_t)length >= sizeof file || access(file, F_OK))
            break;
    }
    rnd_field_set(&app->record.view.file, file);
    rnd_field_move(&app->record.view.file, RND_FIELD_END, false);
}

/* The picture is that of the layout, and so large. */
static void shape_picture(struct rnd_app *app)
{
    struct rnd_record_view *view = &app->record.view;
    const struct rnd_layout_shape *shape = &rnd_layout_shapes[chosen(app, RND_RECORD_LAYOUT)];
    int least = shape->width_px < shape->height_px ? shape->width_px : shape->height_px;
    int side = size_sides_px[chosen(app, RND_RECORD_SIZE)];
    uint32_t text = chosen(app, RND_RECORD_CAPTIONS);
    view->width_px = shape->width_px * side / least;
    view->height_px = shape->height_px * side / least;
    view->spec = (struct rnd_layout_spec){.mode = shape->mode,
                                          .bare = app->view.spec.bare,
                                          .film = true,
                                          .large = app->view.spec.large};
    view->spec.collapsed[RND_PANEL_CAPTION] = text == 1 || text == 3;
}

void rnd_record_offer(struct rnd_app *app)
{
    struct rnd_record_dialog *dialog = &app->record;
    struct rnd_record_view *view = &dialog->view;
    const char *layouts[RND_LAYOUT_MODES];
    bool range = app->view.timeline.range.set;
    for (uint32_t i = 0; i < RND_LAYOUT_MODES; i++)
        layouts[i] = rnd_layout_shapes[i].name;
    offer(view, RND_RECORD_FORMAT, "Format", format_names, COUNT(format_names));
    offer(view, RND_RECORD_LAYOUT, "Layout", layouts, RND_LAYOUT_MODES);
    offer(view, RND_RECORD_SIZE, "Size", size_names, COUNT(size_names));
    offer(view, RND_RECORD_RATE, "Frames/s", rate_names, COUNT(rate_names));
    offer(view, RND_RECORD_PART, "Part", part_names, range ? 2 : 1);
    offer(view, RND_RECORD_CAPTIONS, "Captions", caption_names, COUNT(caption_names));
    view->rows[RND_RECORD_FILE].name = "File";
    view->rows[RND_RECORD_PART].chosen = range;
    view->state = RND_RECORD_ASKS;
    view->row = RND_RECORD_FORMAT;
    view->message[0] = '\0';
    view->failed = false;
    if (!dialog->chosen_before) {
        view->rows[RND_RECORD_LAYOUT].chosen = (uint32_t)app->view.spec.mode;
        view->rows[RND_RECORD_SIZE].chosen = SIZE_USUAL;
        view->rows[RND_RECORD_RATE].chosen = RATE_USUAL;
        view->rows[RND_RECORD_CAPTIONS].chosen =
            app->view.spec.collapsed[RND_PANEL_CAPTION] ? 3 : 0;
    }
    dialog->chosen_before = true;
    dialog->own_name = false;
    name_file(app);
    shape_picture(app);
}

void rnd_record_chose(struct rnd_app *app, enum rnd_record_row row)
{
    struct rnd_record_view *view = &app->record.view;
    const struct rnd_format *format = rnd_format_find(formats[chosen(app, RND_RECORD_FORMAT)]);
    if (row == RND_RECORD_FORMAT) {
        bool small = !format->video && format->muxer;
        view->rows[RND_RECORD_SIZE].chosen = small ? SIZE_SMALL : SIZE_USUAL;
        view->rows[RND_RECORD_RATE].chosen = small ? RATE_SMALL : RATE_USUAL;
        if (!app->record.own_name)
            name_file(app);
    }
    view->message[0] = '\0';
    view->failed = false;
    shape_picture(app);
    app->changed = true;
}

/* --- the words -------------------------------------------------------------------------------- */

static void add(struct rnd_record_words *words, const char *word)
{
    char *copy = words->count + 1 < RND_RECORD_WORDS_MAX ? strdup(word) : NULL;
    if (!copy) {
        words->failed = true;
        return;
    }
    words->items[words->count++] = copy;
    words->items[words->count] = NULL;
}

__attribute__((format(printf, 3, 4))) static void
add_option(struct rnd_record_words *words, const char *name, const char *format, ...)
{
    char value[RND_PATH_MAX];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(value, sizeof value, format, args);
    va_end(args);
    words->failed |= length < 0 || (size_t)length >= sizeof value;
    add(words, name);
    add(words, value);
}

static void add_place(struct rnd_record_words *words, const struct rnd_model *model,
                      const char *name, struct rnd_moment moment)
{
    if (moment.time_ns == rnd_model_time(model, moment.cursor))
        add_option(words, name, "event:%u", moment.cursor);
    else
        add_option(words, name, "%" PRId64 ".%09" PRId64, moment.time_ns / 1000000000,
                   moment.time_ns % 1000000000);
}

/* The pace that plays. */
static void add_pace(struct rnd_record_words *words, const struct rnd_app *app)
{
    const struct rnd_view *view = &app->view;
    add_option(words, "--speed", "%.9g", view->speed);
    if (view->lasts_s)
        add_option(words, "--duration", "%u", view->lasts_s);
    if (view->shorten)
        add_option(words, "--shorten-gaps", "%.9g", (double)RND_PLAY_GAP_MOST_NS / 1e9);
}

/* What is run, and how. */
static void add_run(struct rnd_record_words *words, const struct rnd_app *app)
{
    struct rnd_settings settings;
    rnd_app_settings(&app->shown->script.lesson, &settings);
    struct scn_run_options run =
        rnd_app_run_options(app, app->shown->path, settings.items, settings.count);
    const struct rnd_model *model = app->shown->model;
    bool stopped = scn_run_report(app->shown->run)->state == SCN_RUN_STOPPED;
    for (int i = 0; i < run.param_count; i++)
        add_option(words, "--param", "%s=%s", run.params[i].name, run.params[i].value);
    /* A run that was stopped is over where it was stopped. */
    if (stopped)
        run.max_events = model->event_count ? model->event_count : 1;
    if (run.max_events)
        add_option(words, "--max-events", "%" PRId64, run.max_events);
    if (run.max_time_ns)
        add_option(words, "--max-time", "%.9g", (double)run.max_time_ns / 1e9);
    if (run.max_real_ns)
        add_option(words, "--max-real", "%.9g", (double)run.max_real_ns / 1e9);
    if (run.max_memory_bytes)
        add_option(words, "--max-memory", "%" PRId64, run.max_memory_bytes >> 20);
    add(words, run.script);
    if (run.arg_count)
        add(words, "--");
    for (int i = 0; i < run.arg_count; i++)
        add(words, run.args[i]);
}

void rnd_record_words_make(const struct rnd_app *app, struct rnd_record_words *out)
{
    const struct rnd_record_view *view = &app->record.view;
    const struct rnd_range *range = &app->view.timeline.range;
    *out = (struct rnd_record_words){0};
    add(out, "awaitscope");
    add(out, "record");
    add_option(out, "--progress", "json");
    add_option(out, "-o", "%s", view->file.text);
    add_option(out, "--format", "%s", formats[chosen(app, RND_RECORD_FORMAT)]);
    add_option(out, "--layout", "%s", rnd_layout_shapes[chosen(app, RND_RECORD_LAYOUT)].name);
    add_option(out, "--size", "%dx%d", view->width_px, view->height_px);
    add_option(out, "--fps", "%d", rates[chosen(app, RND_RECORD_RATE)]);
    add_option(out, "--theme", "%s", app->view.theme->name);
    add_option(out, "--captions", "%s", captions[chosen(app, RND_RECORD_CAPTIONS)]);
    if (app->view.spec.large)
        add(out, "--presentation");
    if (chosen(app, RND_RECORD_PART) && range->set) {
        add_place(out, app->shown->model, "--from", range->from);
        add_place(out, app->shown->model, "--to", range->to);
    }
    add_pace(out, app);
    add_run(out, app);
}

void rnd_record_words_free(struct rnd_record_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->items[i]);
    *words = (struct rnd_record_words){0};
}
