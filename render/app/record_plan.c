/* Recordings, planned: look, part, pace, cues and chapters. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record_private.h"
#include "render/model/caption.h"
#include "retime.h"

/* A title takes at most such a share of the video; in a short one it could not be read. */
#define TITLE_SHARE 5
#define TITLE_LEAST_NS INT64_C(1500000000)

/* The first picture and the last are seen at least so long. */
#define FIRST_NS INT64_C(800000000)
#define LAST_NS INT64_C(1500000000)

int rnd_recording_refuse(const struct rnd_recording *r, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(r->error, r->error_size, format, args);
    va_end(args);
    return SIM_EINVAL;
}

/* --- what is asked for -------------------------------------------------------------------------
 */

bool rnd_recording_captions_are(const struct rnd_recording *r, const char *where)
{
    const char *wanted = r->options->captions ? r->options->captions : "burnt";
    return strcmp(wanted, where) == 0 ||
           (strcmp(wanted, "both") == 0 && strcmp(where, "none") != 0);
}

static int find_format(struct rnd_recording *r)
{
    const char *name = r->options->format, *output = r->options->output;
    const char *end = strrchr(output, '.');
    r->format = name ? rnd_format_find(name) : rnd_format_of_path(output);
    if (r->format)
        return SIM_OK;
    if (name)
        return rnd_recording_refuse(r, "there is no format '%s': mp4, webm, gif, apng or png",
                                    name);
    if (end && (!strcmp(end, ".png") || !strcmp(end, ".svg") || !strcmp(end, ".pdf")))
        return rnd_recording_refuse(r,
                                    "'%s' is one picture, which 'awaitscope shot' makes; a "
                                    "folder of all has / at its end",
                                    output);
    return rnd_recording_refuse(r,
                                "'%s' does not end in .mp4, .webm, .gif, .apng or, for a folder "
                                "of PNGs, in /; --format tells what it shall be",
                                output);
}

/* All panels, unless the picture is so small that they would leave none for lanes. */
static const char *usual_layout(const struct rnd_record_options *options)
{
    bool small = options->width_px && (options->width_px < 800 || options->height_px < 450);
    return small ? "timeline" : "full";
}

/* Format, layout, theme, size and rate. */
static int settle_look(struct rnd_recording *r)
{
    const struct rnd_record_options *options = r->options;
    int code = find_format(r);
    if (code < 0)
        return code;
    const struct rnd_layout_shape *layout =
        rnd_layout_find(options->layout ? options->layout : usual_layout(options));
    if (!layout)
        return rnd_recording_refuse(r, "there is no layout '%s'", options->layout);
    r->theme = rnd_theme_find(options->theme ? options->theme : "dark");
    if (!r->theme)
        return rnd_recording_refuse(r, "there is no theme '%s'", options->theme);
    r->layout = rnd_layout_recorded(layout->mode, options->presentation, rnd_recording_compares(r));
    r->layout.keys = options->keys;
    r->layout.collapsed[RND_PANEL_CAPTION] = !rnd_recording_captions_are(r, "burnt");
    /* Animations are for pages. */
    bool small = !r->format->video && r->format->muxer;
    r->width_px = options->width_px ? options->width_px : layout->width_px / (small ? 2 : 1);
    r->height_px = options->height_px ? options->height_px : layout->height_px / (small ? 2 : 1);
    r->scale = options->scale;
    int64_t fps = options->fps ? options->fps : r->format->fps_usual;
    r->fps = fps < 1000000 ? (int)fps : 1000000;
    code = rnd_encoder_check(r->format, r->width_px, r->height_px, r->fps, r->error, r->error_size);
    return code < 0 ? code
           : (options->audio || options->voice) && !r->format->sound
               ? rnd_recording_refuse(r, "%s has no sound", r->format->title)
               : SIM_OK;
}

static int settle_range(struct rnd_recording *r)
{
    int code = SIM_OK;
    r->from = rnd_model_moment(r->model, 0);
    r->to = rnd_model_moment(r->model, r->model->event_count);
    if (r->options->from)
        code = rnd_recording_find_place(r, r->options->from, &r->from);
    if (code == SIM_OK && r->options->to)
        code = rnd_recording_find_place(r, r->options->to, &r->to);
    if (code == SIM_OK && (r->from.cursor > r->to.cursor || r->from.time_ns > r->to.time_ns))
        code = rnd_recording_refuse(r, "the part begins at %s, after it ends at %s",
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

static int64_t end_card_ns(const struct rnd_recording *r)
{
    return r->options->end_card ? RND_FILM_CARD_NS : 0;
}

/* How long the last picture is seen: until what it says of the one run is read, if the length is
 * not given. */
static int64_t last_ns_of(const struct rnd_recording *r, uint32_t last)
{
    struct rnd_caption caption;
    if (rnd_recording_compares(r) || r->options->duration_ns)
        return LAST_NS;
    rnd_caption_headline_at(r->model, &r->subjects[0]->script.lesson, last, &caption);
    int64_t read_ns = r->voice ? rnd_voice_reading_ns(caption.headline, r->voice)
                               : rnd_cue_reading_ns(caption.headline, NULL);
    return read_ns > LAST_NS ? read_ns : LAST_NS;
}

/* Adds the holds of the first picture and of the last; a card comes when that has been read. */
static int hold_ends(const struct rnd_recording *r, struct rnd_pace_hold **holds, uint32_t *count)
{
    struct rnd_pace_hold *more = realloc(*holds, (*count + 2) * sizeof *more);
    if (!more)
        return SIM_ENOMEM;
    *holds = more;
    uint32_t last = rnd_step_stop(r->model, r->to.cursor);
    int64_t last_ns = last_ns_of(r, last);
    for (uint32_t i = 0; i < *count; i++)
        if (more[i].cursor == last && more[i].at_least_ns > last_ns)
            last_ns = more[i].at_least_ns;
    more[(*count)++] = (struct rnd_pace_hold){
        rnd_step_next(r->model, RND_STEP_EVENT, 0, r->from.cursor), FIRST_NS};
    more[(*count)++] = (struct rnd_pace_hold){last, last_ns + end_card_ns(r)};
    qsort(more, *count, sizeof *more, by_cursor);
    return SIM_OK;
}

/* Opens the voice that the cues wait for. */
static int settle_voice(struct rnd_recording *r)
{
    if (!r->options->voice)
        return SIM_OK;
    if (r->options->audio)
        return rnd_recording_refuse(r, "--voice and --audio exclude each other: give one sound");
    const struct rnd_record_progress *progress = r->progress;
    return rnd_voice_open(&r->voice, progress ? progress->ended : NULL,
                          progress ? progress->context : NULL, r->error, r->error_size);
}

/* Makes the pace, and the cues that it leaves time for. */
static int make_pace(struct rnd_recording *r, const struct rnd_pace_options *pace,
                     const struct rnd_cue_options *cues)
{
    rnd_cues_free(&r->cues);
    rnd_pace_close(&r->pace);
    int code = rnd_pace_init(&r->pace, r->model, pace);
    rnd_direct_free(&r->direct);
    /* Where runs are compared there is nothing that only one of them should show. */
    if (code == SIM_OK && !rnd_recording_compares(r))
        code = rnd_direct_make(&r->pace, cues->lesson, &r->direct);
    return code == SIM_OK ? rnd_cues_make(&r->pace, cues, &r->cues) : code;
}

/* Makes the pace, again if a narration says when cues begin, or if there would be no time for what
 * compared runs come to. */
static int make_paces(struct rnd_recording *r, struct rnd_pace_options *pace,
                      const struct rnd_cue_options *cues)
{
    const char *from = r->options->pace_from;
    struct rnd_pace_anchor *anchors = NULL, end;
    int code = make_pace(r, pace, cues);
    if (code == SIM_OK && !from && pace->total_ns > 0 &&
        rnd_cues_end_anchor(&r->pace, cues, end_card_ns(r), &end)) {
        pace->anchors = &end;
        pace->anchor_count = 1;
        code = make_pace(r, pace, cues);
        pace->anchors = NULL;
    }
    if (code < 0 || !from)
        return code;
    code = rnd_retime_read(from, r->model, &r->cues, &anchors, &pace->anchor_count, r->error,
                           r->error_size);
    pace->anchors = anchors;
    if (code == SIM_OK)
        code = make_pace(r, pace, cues);
    free(anchors);
    return code;
}

/* How long the title is seen: not where a narration says when all begins, or on pages. */
static int64_t lead_ns(const struct rnd_recording *r)
{
    const struct rnd_record_options *options = r->options;
    bool told = options->audio || options->pace_from;
    bool page = !r->format->video && r->format->muxer;
    int64_t most_ns = options->duration_ns / TITLE_SHARE;
    int64_t lead = options->duration_ns && most_ns < RND_FILM_CARD_NS ? most_ns : RND_FILM_CARD_NS;
    if (options->no_title || told || page || lead < TITLE_LEAST_NS ||
        !*r->subjects[0]->script.lesson.title)
        return 0;
    return lead;
}

static int settle_pace(struct rnd_recording *r)
{
    const struct rnd_record_options *options = r->options;
    struct rnd_cue_runs runs;
    struct rnd_cue_options cues = {.lesson = &r->subjects[0]->script.lesson,
                                   .runs = rnd_recording_compares(r) ? &runs : NULL,
                                   .reading = r->voice ? rnd_voice_reading_ns : NULL,
                                   .context = r->voice,
                                   .hold_all = options->read_all,
                                   .marker_pause_ns = options->marker_pause_ns};
    struct rnd_pace_hold *holds = NULL;
    struct rnd_pace_options pace = rnd_pace_defaults();
    rnd_recording_cue_runs(r, &runs);
    int code = rnd_cues_holds(r->model, &cues, &holds, &pace.hold_count);
    if (code == SIM_OK)
        code = hold_ends(r, &holds, &pace.hold_count);
    pace.speed = options->speed > 0 ? options->speed : RND_RECORD_SPEED;
    pace.hold_ns = options->hold_ns ? options->hold_ns : pace.hold_ns;
    pace.gap_max_ns = options->gap_most_ns;
    pace.total_ns = options->duration_ns;
    pace.lead_ns = lead_ns(r);
    pace.from = r->from;
    pace.to = r->to;
    pace.holds = holds;
    pace.hold_shares = r->compare.merged.hold_shares;
    if (code == SIM_OK)
        code = make_paces(r, &pace, &cues);
    free(holds);
    if (r->voice && rnd_voice_was_ended(r->voice))
        return RND_RECORD_ENDED;
    if (code == SIM_OK)
        r->frame_count = rnd_film_frames(r->fps, r->pace.total_ns);
    if (code == SIM_OK && r->frame_count == 0)
        code = rnd_recording_refuse(r, "there is nothing to see in that part of the run");
    return code;
}

int rnd_recording_plan(struct rnd_recording *r)
{
    int code = rnd_recording_open_runs(r);
    if (code == SIM_OK)
        code = settle_look(r);
    if (code == SIM_OK)
        code = settle_range(r);
    if (code == SIM_OK)
        code = settle_voice(r);
    if (code == SIM_OK)
        code = settle_pace(r);
    return code == SIM_OK ? rnd_recording_make_chapters(r) : code;
}

void rnd_recording_free(struct rnd_recording *r)
{
    free(r->chapters);
    free(r->named);
    rnd_compare_close(&r->compare);
    rnd_cues_free(&r->cues);
    rnd_direct_free(&r->direct);
    rnd_pace_close(&r->pace);
    rnd_voice_close(r->voice);
}
