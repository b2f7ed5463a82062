#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bindings.h"
#include "record_private.h"
#include "render/draw/png.h"
#include "render/video/recorder.h"
#include "subtitles.h"

/* A part of the presentation that gets files of its own: a video, subtitles as WebVTT and as SRT.
 */
enum { VIDEO, VTT, SRT, CLIP_FILES };

struct clip {
    int64_t first, count; /* frames */
    const char *title;    /* of the chapter, NULL: it is the whole */
    struct rnd_output files[CLIP_FILES];
};

struct recorder {
    struct rnd_recording plan;
    struct clip *clips;
    size_t clip_count, clip; /* the one that is written */
    struct rnd_output transcript, thumbnail;
    struct rnd_fonts *fonts;
    struct rnd_film film;
    const char *sound; /* path, NULL: none */
    struct rnd_step_keys keys;
};

/* --- names -------------------------------------------------------------------------------------
 */

/* Where the end of a path's name begins: its last dot, or the last slash of a folder's. */
static size_t stem_length(const char *path)
{
    size_t length = strlen(path);
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    if (length > 1 && path[length - 1] == '/')
        return length - 1;
    return dot && dot != path && (!slash || dot > slash + 1) ? (size_t)(dot - path) : length;
}

/* Writes a chapter's title as part of a file's name. */
static void write_name(const char *title, FILE *file)
{
    bool dash = false;
    for (; *title; title++) {
        bool plain = strchr("/\\ :*?\"<>|.'", *title) == NULL && (unsigned char)*title > ' ';
        if (plain && dash)
            fputc('-', file);
        dash = !plain;
        if (plain)
            fputc(*title, file);
    }
}

/* The path of a clip's file that ends in `end`: lesson.mp4, or lesson-2-gather.mp4; NULL: no
 * memory.  The caller frees it. */
static char *clip_path(const struct recorder *r, const struct clip *clip, const char *end)
{
    const char *output = r->plan.options->output;
    char *path = NULL;
    size_t size, stem = stem_length(output);
    FILE *file = open_memstream(&path, &size);
    if (!file)
        return NULL;
    fprintf(file, "%.*s", (int)stem, output);
    if (clip->title) {
        fprintf(file, "-%zu-", (size_t)(clip - r->clips) + 1);
        write_name(clip->title, file);
    }
    fputs(end ? end : output + stem, file);
    if (fclose(file) == 0)
        return path;
    free(path);
    return NULL;
}

/* --- opening -----------------------------------------------------------------------------------
 */

static int make_clips(struct recorder *r)
{
    const struct rnd_recording *plan = &r->plan;
    bool split = plan->options->split;
    if (split && plan->chapter_count < 2)
        return rnd_recording_refuse(plan, "--split: there are no chapters; '# marker: name' in the "
                                          "script begins one");
    size_t count = split ? plan->chapter_count : 1;
    r->clips = calloc(count, sizeof *r->clips);
    if (!r->clips)
        return SIM_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        struct clip *clip = &r->clips[r->clip_count];
        int64_t end = i + 1 < count ? plan->chapters[i + 1].frame : plan->frame_count;
        clip->first = split ? plan->chapters[i].frame : 0;
        clip->count = end - clip->first;
        clip->title = split ? plan->chapters[i].title : NULL;
        r->clip_count += clip->count > 0;
    }
    return SIM_OK;
}

static int open_file(struct recorder *r, struct clip *clip, int file, const char *end)
{
    struct rnd_recording *plan = &r->plan;
    char *path = clip_path(r, clip, end);
    if (!path)
        return SIM_ENOMEM;
    int code = rnd_output_open(&clip->files[file], path, file == VIDEO && !plan->format->muxer,
                               plan->error, plan->error_size);
    free(path);
    return code;
}

static int open_files(struct recorder *r)
{
    struct rnd_recording *plan = &r->plan;
    const struct rnd_record_options *options = plan->options;
    bool beside = rnd_recording_captions_are(plan, "beside");
    int code = SIM_OK;
    for (size_t i = 0; i < r->clip_count && code == SIM_OK; i++) {
        code = open_file(r, &r->clips[i], VIDEO, NULL);
        if (code == SIM_OK && beside)
            code = open_file(r, &r->clips[i], VTT, ".vtt");
        if (code == SIM_OK && beside)
            code = open_file(r, &r->clips[i], SRT, ".srt");
    }
    if (code == SIM_OK && options->transcript)
        code = rnd_output_open(&r->transcript, options->transcript, false, plan->error,
                               plan->error_size);
    if (code == SIM_OK && options->thumbnail)
        code = rnd_output_open(&r->thumbnail, options->thumbnail, false, plan->error,
                               plan->error_size);
    return code;
}

/* What it is about, in a sentence: of compared runs, what their comparison shows. */
static const char *about(const struct rnd_recording *plan)
{
    const char *compared = plan->compare.lesson;
    return compared && *compared ? compared : plan->subjects[0]->script.lesson.about;
}

static void make_film(struct recorder *r)
{
    struct rnd_recording *plan = &r->plan;
    const struct rnd_subject *subject = plan->subjects[0];
    struct rnd_compare *compare = rnd_recording_compares(plan) ? &plan->compare : NULL;
    struct rnd_view view =
        rnd_view_make(subject->model, plan->theme, plan->width_px, plan->height_px, plan->scale);
    view.timeline.rows = &subject->rows;
    view.timeline.notes = &subject->notes;
    rnd_view_set_layout(&view, &plan->layout, plan->scale);
    view.speed = plan->pace.options.speed;
    view.shorten = plan->pace.options.gap_max_ns > 0;
    view.run = subject->state;
    view.message = subject->message;
    view.compare = compare;
    rnd_view_fit(&view, subject->model, &subject->script);
    rnd_binding_step_keys(&r->keys);
    r->film = (struct rnd_film){.model = subject->model,
                                .script = &subject->script,
                                .compare = compare,
                                .pace = &plan->pace,
                                .cues = &plan->cues,
                                .direct = compare ? NULL : &plan->direct,
                                .title = plan->pace.options.lead_ns ? plan->title : NULL,
                                .about = about(plan),
                                .end = plan->options->end_card,
                                .keys = plan->options->keys ? &r->keys : NULL,
                                .fonts = r->fonts,
                                .view = view,
                                .fps = plan->fps};
}

/* --- subtitles and pictures --------------------------------------------------------------------
 */

static int write_subtitles(const struct recorder *r, const struct rnd_output *output,
                           enum rnd_subtitles kind, const struct clip *clip)
{
    const struct rnd_recording *plan = &r->plan;
    if (!output->path)
        return SIM_OK;
    FILE *file = fopen(output->beside, "w");
    if (!file)
        return rnd_output_failed(output, errno, plan->error, plan->error_size);
    int64_t begin_ns = clip ? rnd_film_time_ns(plan->fps, clip->first) : 0;
    int64_t end_ns = clip ? rnd_film_time_ns(plan->fps, clip->first + clip->count) : INT64_MAX;
    rnd_subtitles_write(&plan->cues, kind, plan->title, begin_ns, end_ns, file);
    bool failed = ferror(file) != 0;
    if (fclose(file) != 0 || failed)
        return rnd_output_failed(output, errno, plan->error, plan->error_size);
    return SIM_OK;
}

/* The picture in the middle. */
static int write_thumbnail(struct recorder *r)
{
    struct rnd_list *list = NULL;
    struct rnd_canvas *canvas = NULL;
    if (!r->thumbnail.path)
        return SIM_OK;
    struct rnd_film film = r->film;
    int code = rnd_list_open(&list);
    if (code == SIM_OK)
        code = rnd_canvas_open(&canvas, r->fonts);
    if (code == SIM_OK) {
        (void)rnd_film_draw(&film, r->plan.frame_count / 2, list);
        code = rnd_canvas_draw(canvas, list, NULL);
    }
    if (code == SIM_OK)
        code = rnd_png_write(rnd_canvas_image(canvas), r->thumbnail.beside, r->plan.error,
                             r->plan.error_size);
    rnd_canvas_close(canvas);
    if (list)
        rnd_list_close(list);
    return code;
}

static int write_others(struct recorder *r)
{
    int code = SIM_OK;
    for (size_t i = 0; i < r->clip_count && code == SIM_OK; i++) {
        const struct clip *clip = &r->clips[i];
        code = write_subtitles(r, &clip->files[VTT], RND_SUBTITLES_VTT, clip);
        if (code == SIM_OK)
            code = write_subtitles(r, &clip->files[SRT], RND_SUBTITLES_SRT, clip);
    }
    if (code == SIM_OK)
        code = write_subtitles(r, &r->transcript, RND_SUBTITLES_TEXT, NULL);
    return code == SIM_OK ? write_thumbnail(r) : code;
}

/* --- videos ------------------------------------------------------------------------------------
 */

static int draw_frame(void *context, int64_t frame, struct rnd_list *list)
{
    struct recorder *r = context;
    if (frame == 0)
        r->film.any_drawn = false; /* the list is another one */
    return rnd_film_draw(&r->film, r->clips[r->clip].first + frame, list) ? RND_SOURCE_DRAWN
                                                                          : RND_SOURCE_SAME;
}

static bool tell(void *context, int64_t done, int64_t count, struct rnd_image image)
{
    const struct recorder *r = context;
    const struct rnd_record_progress *progress = r->plan.progress;
    const struct clip *clip = &r->clips[r->clip];
    int64_t passes = count / clip->count;
    return !progress || progress->tell(progress->context, clip->first * passes + done,
                                       r->plan.frame_count * passes, image);
}

static int write_video(struct recorder *r, const struct clip *clip)
{
    const struct rnd_recording *plan = &r->plan;
    struct rnd_encoder_options encoder = {
        .format = plan->format,
        .output = &clip->files[VIDEO],
        .width_px = plan->width_px,
        .height_px = plan->height_px,
        .fps = plan->fps,
        .frame_count = clip->count,
        .title = clip->title ? clip->title : plan->title,
        .about = about(plan),
        .language = "eng",
        .chapters = plan->chapters,
        .chapter_count = clip->title ? 0 : plan->chapter_count,
        .constant_rate = plan->options->constant_rate,
        .sound = r->sound,
        .sound_first = clip->first,
    };
    struct rnd_source source = {.draw = draw_frame, .progress = tell, .context = r};
    return rnd_recorder_run(&encoder, &source, r->fonts, plan->error, plan->error_size);
}

static int write_videos(struct recorder *r)
{
    int code = SIM_OK;
    for (r->clip = 0; r->clip < r->clip_count && code == SIM_OK; r->clip++)
        code = write_video(r, &r->clips[r->clip]);
    return code;
}

/* --- all of it ---------------------------------------------------------------------------------
 */

static int keep(struct recorder *r, struct rnd_output *output)
{
    return output->path ? rnd_output_keep(output, r->plan.error, r->plan.error_size) : SIM_OK;
}

/* All files are whole: they take their places. */
static int keep_files(struct recorder *r)
{
    int code = keep(r, &r->transcript);
    if (code == SIM_OK)
        code = keep(r, &r->thumbnail);
    for (size_t i = 0; i < r->clip_count; i++)
        for (int file = 0; file < CLIP_FILES && code == SIM_OK; file++)
            code = keep(r, &r->clips[i].files[file]);
    return code;
}

static int find_sound(struct recorder *r)
{
    struct rnd_recording *plan = &r->plan;
    r->sound = plan->voice
                   ? rnd_voice_write(plan->voice, &plan->cues, plan->error, plan->error_size)
                   : plan->options->audio;
    return plan->voice && !r->sound ? SIM_EIO : SIM_OK;
}

static int record(struct recorder *r)
{
    struct rnd_recording *plan = &r->plan;
    int code = rnd_recording_plan(plan);
    if (code == SIM_OK)
        code = make_clips(r);
    if (code == SIM_OK)
        code = find_sound(r);
    if (code == SIM_OK)
        code = open_files(r);
    if (code == SIM_OK)
        code = rnd_fonts_open(&r->fonts, NULL, plan->error, plan->error_size);
    if (code != SIM_OK)
        return code;
    make_film(r);
    code = write_others(r);
    if (code == SIM_OK)
        code = write_videos(r);
    return code == SIM_OK ? keep_files(r) : code;
}

int rnd_record(const struct rnd_record_options *options, struct rnd_subject *const *subjects,
               uint32_t subject_count, const struct rnd_record_progress *progress, char *error,
               size_t error_size)
{
    struct recorder r = {.plan = {.options = options,
                                  .progress = progress,
                                  .subjects = subjects,
                                  .subject_count = subject_count,
                                  .error = error,
                                  .error_size = error_size}};
    error[0] = '\0';
    int code = record(&r);
    for (size_t i = 0; i < r.clip_count; i++)
        for (int file = 0; file < CLIP_FILES; file++)
            rnd_output_discard(&r.clips[i].files[file]);
    rnd_output_discard(&r.transcript);
    rnd_output_discard(&r.thumbnail);
    rnd_fonts_close(r.fonts);
    free(r.clips);
    rnd_recording_free(&r.plan);
    if (code < 0 && !*error)
        (void)snprintf(error, error_size, "%s", sim_error_text(code));
    return code;
}
