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
/* By enum rnd_layout_mode. */
static const char *const layout_names[RND_LAYOUT_MODES] = {
    [RND_LAYOUT_FULL] = "Full",         [RND_LAYOUT_CODE] = "Code",
    [RND_LAYOUT_TIMELINE] = "Timeline", [RND_LAYOUT_TALL] = "Vertical",
    [RND_LAYOUT_SQUARE] = "Square",
};
static const char *const size_names[] = {"540p", "720p", "1080p", "1440p", "2160p"};
static const int size_sides_px[] = {540, 720, 1080, 1440, 2160};
static const char *const rate_names[] = {"10", "25", "30", "60"};
static const int rates[] = {10, 25, 30, 60};
static const char *const part_names[] = {"All of the run", "The selected range"};
static const char *const captions[] = {"burnt", "beside", "both", "none"};
static const char *const caption_names[] = {"In the picture", "In a file beside", "Both", "None"};
static const char *const voice_names[] = {"None", "Speaks the captions"};
static const char *const title_names[] = {"Shown", "None"};

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

static void set_field(struct rnd_app *app, enum rnd_record_row row, const char *text)
{
    struct rnd_field *field = &app->record.view.fields[row - RND_RECORD_END];
    rnd_field_set(field, text);
    rnd_field_move(field, RND_FIELD_END, false);
}

static const char *typed(const struct rnd_app *app, enum rnd_record_row row)
{
    return rnd_record_field(&app->record.view, row)->text;
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
    set_field(app, RND_RECORD_FILE, file);
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
    view->spec = rnd_layout_recorded(shape->mode, app->view.spec.large, app->view.compare != NULL);
    view->spec.collapsed[RND_PANEL_CAPTION] = text == 1 || text == 3;
}

/* What only some formats have: a voice, and a title where time is not spent on it. */
static void offer_by_format(struct rnd_app *app)
{
    struct rnd_record_view *view = &app->record.view;
    const struct rnd_format *format = rnd_format_find(formats[chosen(app, RND_RECORD_FORMAT)]);
    bool page = !format->video && format->muxer;
    offer(view, RND_RECORD_VOICE, "Voice", voice_names, format->sound ? 2 : 1);
    offer(view, RND_RECORD_TITLE, "Title card", title_names + page, page ? 1 : 2);
}

/* What plays in a given time is recorded so. */
static void offer_length(struct rnd_app *app)
{
    char text[16] = "";
    if (app->view.lasts_s)
        (void)snprintf(text, sizeof text, "%u", app->view.lasts_s);
    set_field(app, RND_RECORD_LENGTH, text);
}

void rnd_record_offer(struct rnd_app *app)
{
    struct rnd_record_dialog *dialog = &app->record;
    struct rnd_record_view *view = &dialog->view;
    bool range = app->view.timeline.range.set;
    offer(view, RND_RECORD_FORMAT, "Format", format_names, COUNT(format_names));
    offer(view, RND_RECORD_LAYOUT, "Layout", layout_names, COUNT(layout_names));
    offer(view, RND_RECORD_SIZE, "Size", size_names, COUNT(size_names));
    offer(view, RND_RECORD_RATE, "Frames/s", rate_names, COUNT(rate_names));
    offer(view, RND_RECORD_PART, "Part", part_names, range ? 2 : 1);
    offer(view, RND_RECORD_CAPTIONS, "Captions", caption_names, COUNT(caption_names));
    view->rows[RND_RECORD_END].name = "End card";
    view->rows[RND_RECORD_LENGTH].name = "Length";
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
    offer_by_format(app);
    offer_length(app);
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
        offer_by_format(app);
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

__attribute__((format(printf, 2, 0))) static void add_args(struct rnd_record_words *words,
                                                           const char *format, va_list args)
{
    char text[RND_PATH_MAX];
    int length = vsnprintf(text, sizeof text, format, args);
    words->failed |= length < 0 || (size_t)length >= sizeof text;
    add(words, text);
}

__attribute__((format(printf, 2, 3))) static void add_text(struct rnd_record_words *words,
                                                           const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_args(words, format, args);
    va_end(args);
}

__attribute__((format(printf, 3, 4))) static void
add_option(struct rnd_record_words *words, const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(words, name);
    add_args(words, format, args);
    va_end(args);
}

/* Events are those of the first run. */
static void add_place(struct rnd_record_words *words, const struct rnd_app *app, const char *name,
                      struct rnd_moment moment)
{
    bool event = moment.time_ns == rnd_model_time(app->shown->model, moment.cursor);
    if (event && rnd_app_focus(app) == 0)
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
    if (*typed(app, RND_RECORD_LENGTH))
        add_option(words, "--duration", "%s", typed(app, RND_RECORD_LENGTH));
    if (view->shorten)
        add_option(words, "--shorten-gaps", "%.9g", (double)RND_PLAY_GAP_MOST_NS / 1e9);
}

/* The values of a subject's parameters that are not as its script has them. */
static void add_params(struct rnd_record_words *words, const struct rnd_subject *subject,
                       const char *option)
{
    struct rnd_settings settings;
    rnd_app_settings(&subject->script.lesson, &settings);
    for (int i = 0; i < settings.count; i++) {
        if (option)
            add(words, option);
        add_text(words, "%s=%s", settings.items[i].name, settings.items[i].value);
    }
}

/* After how many events a run ends, 0: as many as come.  One that was stopped is over where it was
 * stopped, and so is one whose real time was up, which comes at another event each time. */
static int64_t max_events(const struct rnd_subject *subject)
{
    const struct rnd_model *model = subject->model;
    enum scn_run_state state = scn_run_report(subject->run)->state;
    if (state != SCN_RUN_STOPPED &&
        (state != SCN_RUN_EXHAUSTED || (model->over && model->end_flag != SIM_END_MAX_REAL)))
        return subject->max_events;
    int64_t traced = (int64_t)model->event_count - model->over; /* but its end */
    return traced > 0 ? traced : 1;
}

/* What is run, and how: each of the compared runs begins with its file. */
static void add_run(struct rnd_record_words *words, const struct rnd_app *app)
{
    struct scn_run_options run = rnd_app_run_options(app, app->shown->path, NULL, 0);
    bool compares = app->view.compare != NULL;
    if (!compares)
        run.max_events = max_events(app->shown);
    if (run.max_events)
        add_option(words, "--max-events", "%" PRId64, run.max_events);
    if (run.max_time_ns)
        add_option(words, "--max-time", "%.9g", (double)run.max_time_ns / 1e9);
    if (run.max_real_ns)
        add_option(words, "--max-real", "%.9g", (double)run.max_real_ns / 1e9);
    if (run.max_memory_bytes)
        add_option(words, "--max-memory", "%" PRId64, run.max_memory_bytes >> 20);
    if (compares)
        add(words, "--compare");
    else
        add_params(words, app->shown, "--param");
    for (uint32_t i = 0; i < app->subject_count; i++) {
        const struct rnd_subject *subject = app->subjects[i];
        int64_t limit = max_events(subject);
        add(words, subject->path);
        if (compares)
            add_params(words, subject, NULL);
        if (limit != run.max_events)
            add_text(words, RND_COMPARE_MAX_EVENTS "%" PRId64, limit);
    }
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
    add_option(out, "-o", "%s", typed(app, RND_RECORD_FILE));
    add_option(out, "--format", "%s", formats[chosen(app, RND_RECORD_FORMAT)]);
    add_option(out, "--layout", "%s", rnd_layout_shapes[chosen(app, RND_RECORD_LAYOUT)].name);
    add_option(out, "--size", "%dx%d", view->width_px, view->height_px);
    add_option(out, "--fps", "%d", rates[chosen(app, RND_RECORD_RATE)]);
    add_option(out, "--theme", "%s", app->view.theme->name);
    add_option(out, "--captions", "%s", captions[chosen(app, RND_RECORD_CAPTIONS)]);
    if (app->view.spec.large)
        add(out, "--presentation");
    if (chosen(app, RND_RECORD_VOICE))
        add(out, "--voice");
    if (chosen(app, RND_RECORD_TITLE))
        add(out, "--no-title");
    if (*typed(app, RND_RECORD_END))
        add_option(out, "--end-card", "%s", typed(app, RND_RECORD_END));
    if (chosen(app, RND_RECORD_PART) && range->set) {
        add_place(out, app, "--from", range->from);
        add_place(out, app, "--to", range->to);
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
