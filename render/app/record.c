#include "record.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "place.h"
#include "render/draw/png.h"
#include "render/video/recorder.h"
#include "render/view/film.h"
#include "subtitles.h"

/* The first picture and the last are seen at least so long. */
#define FIRST_NS INT64_C(800000000)
#define LAST_NS INT64_C(1500000000)

/* Files of one recording: the video, subtitles as WebVTT and SRT, transcript, thumbnail. */
enum file { VIDEO, VTT, SRT, TRANSCRIPT, THUMBNAIL, FILES };

/* One recording on its way; its parts are made in this order. */
struct recording {
    const struct rnd_record_options *options;
    const struct rnd_record_progress *progress;
    const struct rnd_model *model;
    const struct rnd_script *script;
    const struct rnd_format *format;
    const struct rnd_theme *theme;
    struct rnd_layout_spec layout;
    int width_px, height_px, fps;
    struct rnd_moment from, to;
    struct rnd_pace pace;
    struct rnd_cues cues;
    struct rnd_chapter *chapters;
    size_t chapter_count;
    int64_t frame_count;
    struct rnd_fonts *fonts;
    struct rnd_film film;
    struct rnd_output files[FILES];
    int code; /* of what the film's source came to */
    char *error;
    size_t error_size;
};

__attribute__((format(printf, 2, 3))) static int refuse(const struct recording *r,
                                                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(r->error, r->error_size, format, args);
    va_end(args);
    return SIM_EINVAL;
}

/* --- what is asked for -------------------------------------------------------------------------
 */

struct layout_name {
    const char *name;
    enum rnd_layout_mode mode;
    int width_px, height_px; /* usual */
};

static const struct layout_name layouts[] = {
    {"full", RND_LAYOUT_FULL, 1920, 1080},         {"code", RND_LAYOUT_CODE, 1920, 1080},
    {"timeline", RND_LAYOUT_TIMELINE, 1920, 1080}, {"vertical", RND_LAYOUT_TALL, 1080, 1920},
    {"square", RND_LAYOUT_SQUARE, 1080, 1080},
};

static const struct layout_name *find_layout(const char *name)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (strcmp(layouts[i].name, name) == 0)
            return &layouts[i];
    return NULL;
}

static bool captions_are(const struct recording *r, const char *where)
{
    const char *wanted = r->options->captions ? r->options->captions : "burnt";
    return strcmp(wanted, where) == 0 ||
           (strcmp(wanted, "both") == 0 && strcmp(where, "none") != 0);
}

static int find_format(struct recording *r)
{
    const struct rnd_record_options *options = r->options;
    r->format =
        options->format ? rnd_format_find(options->format) : rnd_format_of_path(options->output);
    if (r->format)
        return SIM_OK;
    if (options->format)
        return refuse(r, "there is no format '%s': mp4, webm, gif, apng or png", options->format);
    return refuse(r,
                  "'%s' does not end in .mp4, .webm, .gif, .apng or, for a folder of PNGs, in /; "
                  "--format tells what it shall be",
                  options->output);
}

/* Format, layout, theme, size and rate. */
static int settle_look(struct recording *r)
{
    const struct rnd_record_options *options = r->options;
    int code = find_format(r);
    if (code < 0)
        return code;
    const struct layout_name *layout = find_layout(options->layout ? options->layout : "full");
    if (!layout)
        return refuse(r, "there is no layout '%s'", options->layout);
    r->theme = rnd_theme_find(options->theme ? options->theme : "dark");
    if (!r->theme)
        return refuse(r, "there is no theme '%s'", options->theme);
    r->layout = (struct rnd_layout_spec){
        .mode = layout->mode, .bare = options->presentation, .large = options->presentation};
    r->layout.collapsed[RND_PANEL_CAPTION] = !captions_are(r, "burnt");
    /* Animations without a codec of video are for pages: smaller. */
    bool small = r->format->pixels != RND_PIXELS_PLANES && r->format->muxer;
    r->width_px = options->width_px ? options->width_px : layout->width_px * (small ? 2 : 3) / 3;
    r->height_px =
        options->height_px ? options->height_px : layout->height_px * (small ? 2 : 3) / 3;
    int64_t fps = options->fps ? options->fps : r->format->fps_usual;
    r->fps = fps < 1000000 ? (int)fps : 1000000;
    code = rnd_encoder_check(r->format, r->width_px, r->height_px, r->fps, r->error, r->error_size);
    return code < 0                              ? code
           : options->audio && !r->format->sound ? refuse(r, "%s has no sound", r->format->title)
                                                 : SIM_OK;
}

static int settle_range(struct recording *r)
{
    const struct rnd_lesson *lesson = &r->script->lesson;
    int code = SIM_OK;
    r->from = rnd_model_moment(r->model, 0);
    r->to = rnd_model_moment(r->model, r->model->event_count);
    if (r->options->from)
        code =
            rnd_place_find(r->model, lesson, r->options->from, &r->from, r->error, r->error_size);
    if (code == SIM_OK && r->options->to)
        code = rnd_place_find(r->model, lesson, r->options->to, &r->to, r->error, r->error_size);
    if (code == SIM_OK && (r->from.cursor > r->to.cursor || r->from.time_ns > r->to.time_ns))
        code = refuse(r, "the part begins at %s, after it ends at %s",
                      r->options->from ? r->options->from : "the start",
                      r->options->to ? r->options->to : "the end");
    return code;
}

/* --- pace, cues, chapters ----------------------------------------------------------------------
 */

static int by_cursor(const void *a, const void *b)
{
    uint32_t x = ((const struct rnd_pace_hold *)a)->cursor;
    uint32_t y = ((const struct rnd_pace_hold *)b)->cursor;
    return (x > y) - (x < y);
}

/* Adds the holds of the first picture and of the last. */
static int hold_ends(const struct recording *r, struct rnd_pace_hold **holds, uint32_t *count)
{
    struct rnd_pace_hold *more = realloc(*holds, (*count + 2) * sizeof *more);
    if (!more)
        return SIM_ENOMEM;
    *holds = more;
    more[(*count)++] = (struct rnd_pace_hold){
        rnd_step_next(r->model, RND_STEP_EVENT, 0, r->from.cursor), FIRST_NS};
    more[(*count)++] = (struct rnd_pace_hold){rnd_step_stop(r->model, r->to.cursor), LAST_NS};
    qsort(more, *count, sizeof *more, by_cursor);
    return SIM_OK;
}

static int settle_pace(struct recording *r)
{
    const struct rnd_record_options *options = r->options;
    struct rnd_cue_options cues = {.lesson = &r->script->lesson,
                                   .hold_all = options->read_all,
                                   .marker_pause_ns = options->marker_pause_ns};
    struct rnd_pace_hold *holds = NULL;
    struct rnd_pace_options pace = rnd_pace_defaults();
    int code = rnd_cues_holds(r->model, &cues, &holds, &pace.hold_count);
    if (code == SIM_OK)
        code = hold_ends(r, &holds, &pace.hold_count);
    pace.speed = options->speed > 0 ? options->speed : RND_RECORD_SPEED;
    pace.gap_max_ns = options->gap_most_ns;
    pace.total_ns = options->duration_ns;
    pace.from = r->from;
    pace.to = r->to;
    pace.holds = holds;
    if (code == SIM_OK)
        code = rnd_pace_init(&r->pace, r->model, &pace);
    free(holds);
    if (code == SIM_OK)
        code = rnd_cues_make(&r->pace, &cues, &r->cues);
    if (code == SIM_OK)
        r->frame_count = rnd_film_frames(r->fps, r->pace.total_ns);
    if (code == SIM_OK && r->frame_count == 0)
        code = refuse(r, "there is nothing to see in that part of the run");
    return code;
}

static int by_frame(const void *a, const void *b)
{
    int64_t x = ((const struct rnd_chapter *)a)->frame, y = ((const struct rnd_chapter *)b)->frame;
    return (x > y) - (x < y);
}

/* Chapters begin at markers, and at the start. */
static int make_chapters(struct recording *r)
{
    const struct rnd_lesson *lesson = &r->script->lesson;
    r->chapters = calloc(lesson->marker_count + 1, sizeof *r->chapters);
    if (!r->chapters)
        return SIM_ENOMEM;
    for (uint32_t i = 0; i < lesson->marker_count; i++) {
        uint32_t cursor = rnd_place_marker(r->model, lesson, i);
        if (cursor == RND_NEVER || cursor < r->from.cursor || cursor > r->to.cursor)
            continue;
        int64_t at_ns = rnd_pace_time(&r->pace, rnd_model_moment(r->model, cursor));
        r->chapters[r->chapter_count++] =
            (struct rnd_chapter){rnd_film_frame_at(r->fps, at_ns), lesson->markers[i].text};
    }
    qsort(r->chapters, r->chapter_count, sizeof *r->chapters, by_frame);
    if (r->chapter_count > 0 && r->chapters[0].frame > 0) {
        memmove(r->chapters + 1, r->chapters, r->chapter_count * sizeof *r->chapters);
        r->chapters[0] = (struct rnd_chapter){0, "Start"};
        r->chapter_count++;
    }
    return SIM_OK;
}

/* --- the files ---------------------------------------------------------------------------------
 */

/* The video's path with another end; NULL: no memory.  The caller frees it. */
static char *path_beside(const char *video, const char *end)
{
    size_t length = strlen(video);
    const char *name = strrchr(video, '/'), *dot = strrchr(video, '.');
    while (length > 1 && video[length - 1] == '/')
        length--;
    if (dot && dot != video && (!name || dot > name + 1))
        length = (size_t)(dot - video);
    char *path = malloc(length + strlen(end) + 1);
    if (!path)
        return NULL;
    memcpy(path, video, length);
    strcpy(path + length, end);
    return path;
}

static int open_beside(struct recording *r, enum file file, const char *end)
{
    char *path = path_beside(r->options->output, end);
    if (!path)
        return SIM_ENOMEM;
    int code = rnd_output_open(&r->files[file], path, false, r->error, r->error_size);
    free(path);
    return code;
}

static int open_files(struct recording *r)
{
    const struct rnd_record_options *options = r->options;
    int code = rnd_output_open(&r->files[VIDEO], options->output, r->format->muxer == NULL,
                               r->error, r->error_size);
    if (code == SIM_OK && captions_are(r, "beside"))
        code = open_beside(r, VTT, ".vtt");
    if (code == SIM_OK && captions_are(r, "beside"))
        code = open_beside(r, SRT, ".srt");
    if (code == SIM_OK && options->transcript)
        code = rnd_output_open(&r->files[TRANSCRIPT], options->transcript, false, r->error,
                               r->error_size);
    if (code == SIM_OK && options->thumbnail)
        code = rnd_output_open(&r->files[THUMBNAIL], options->thumbnail, false, r->error,
                               r->error_size);
    return code;
}

static int write_subtitles(const struct recording *r, enum file which, enum rnd_subtitles kind)
{
    const struct rnd_output *output = &r->files[which];
    if (!output->path)
        return SIM_OK;
    FILE *file = fopen(output->beside, "w");
    if (!file)
        return rnd_output_failed(output, errno, r->error, r->error_size);
    rnd_subtitles_write(&r->cues, kind, rnd_script_title(r->script), file);
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        return rnd_output_failed(output, errno, r->error, r->error_size);
    return SIM_OK;
}

/* The picture in the middle. */
static int write_thumbnail(struct recording *r)
{
    struct rnd_list *list = NULL;
    struct rnd_canvas *canvas = NULL;
    if (!r->files[THUMBNAIL].path)
        return SIM_OK;
    struct rnd_film film = r->film;
    film.any_drawn = false;
    int code = rnd_list_open(&list);
    if (code == SIM_OK)
        code = rnd_canvas_open(&canvas, r->fonts);
    if (code == SIM_OK) {
        (void)rnd_film_draw(&film, r->frame_count / 2, list);
        code = rnd_canvas_draw(canvas, list, NULL);
    }
    if (code == SIM_OK)
        code = rnd_png_write(rnd_canvas_image(canvas), r->files[THUMBNAIL].beside, r->error,
                             r->error_size);
    rnd_canvas_close(canvas);
    if (list)
        rnd_list_close(list);
    return code;
}

static int write_others(struct recording *r)
{
    int code = write_subtitles(r, VTT, RND_SUBTITLES_VTT);
    if (code == SIM_OK)
        code = write_subtitles(r, SRT, RND_SUBTITLES_SRT);
    if (code == SIM_OK)
        code = write_subtitles(r, TRANSCRIPT, RND_SUBTITLES_TEXT);
    return code == SIM_OK ? write_thumbnail(r) : code;
}

/* --- the video ---------------------------------------------------------------------------------
 */

static int draw_frame(void *context, int64_t frame, struct rnd_list *list)
{
    struct recording *r = context;
    return rnd_film_draw(&r->film, frame, list) || frame == 0 ? RND_SOURCE_DRAWN : RND_SOURCE_SAME;
}

static bool tell(void *context, int64_t done, int64_t count, struct rnd_image image)
{
    struct recording *r = context;
    return !r->progress || r->progress->tell(r->progress->context, done, count, image);
}

static void make_film(struct recording *r)
{
    struct rnd_view view =
        rnd_view_make(r->model, r->theme, r->width_px, r->height_px, r->options->scale);
    rnd_view_set_layout(&view, &r->layout, r->options->scale);
    view.run = r->options->message && *r->options->message ? RND_RUN_TROUBLE : RND_RUN_OVER;
    if (view.run == RND_RUN_TROUBLE)
        view.message = r->options->message;
    rnd_view_fit(&view, r->model, r->script);
    r->film = (struct rnd_film){.model = r->model,
                                .script = r->script,
                                .pace = &r->pace,
                                .cues = &r->cues,
                                .fonts = r->fonts,
                                .view = view,
                                .fps = r->fps};
}

static int write_video(struct recording *r)
{
    const struct rnd_lesson *lesson = &r->script->lesson;
    struct rnd_encoder_options encoder = {.format = r->format,
                                          .output = &r->files[VIDEO],
                                          .width_px = r->width_px,
                                          .height_px = r->height_px,
                                          .fps = r->fps,
                                          .frame_count = r->frame_count,
                                          .title = rnd_script_title(r->script),
                                          .about = lesson->about,
                                          .language = "eng",
                                          .chapters = r->chapters,
                                          .chapter_count = r->chapter_count,
                                          .constant_rate = r->options->constant_rate,
                                          .sound = r->options->audio};
    struct rnd_source source = {.draw = draw_frame, .progress = tell, .context = r};
    return rnd_recorder_run(&encoder, &source, r->fonts, r->error, r->error_size);
}

/* All files are whole: they take their places. */
static int keep_files(struct recording *r)
{
    int code = SIM_OK;
    for (int i = 0; i < FILES && code == SIM_OK; i++)
        if (r->files[i].path)
            code = rnd_output_keep(&r->files[i], r->error, r->error_size);
    return code;
}

static int record(struct recording *r)
{
    int code = settle_look(r);
    if (code == SIM_OK)
        code = settle_range(r);
    if (code == SIM_OK)
        code = settle_pace(r);
    if (code == SIM_OK)
        code = make_chapters(r);
    if (code == SIM_OK)
        code = open_files(r);
    if (code == SIM_OK)
        code = rnd_fonts_open(&r->fonts, NULL, r->error, r->error_size);
    if (code != SIM_OK)
        return code;
    make_film(r);
    code = write_others(r);
    if (code == SIM_OK)
        code = write_video(r);
    return code == SIM_OK ? keep_files(r) : code;
}

int rnd_record(const struct rnd_record_options *options, const struct rnd_model *model,
               const struct rnd_script *script, const struct rnd_record_progress *progress,
               char *error, size_t error_size)
{
    struct recording r = {.options = options,
                          .progress = progress,
                          .model = model,
                          .script = script,
                          .error = error,
                          .error_size = error_size};
    error[0] = '\0';
    int code = record(&r);
    for (int i = 0; i < FILES; i++)
        rnd_output_discard(&r.files[i]);
    rnd_fonts_close(r.fonts);
    free(r.chapters);
    rnd_cues_free(&r.cues);
    rnd_pace_close(&r.pace);
    if (code < 0 && !*error)
        (void)snprintf(error, error_size, "%s", sim_error_text(code));
    return code;
}
