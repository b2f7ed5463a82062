/* What the parts of a recording share: private to render/app.
 *
 * A recording is planned first: what it shows, when, and in how many clips; then its files are
 * written.
 */
#ifndef RND_RECORD_PRIVATE_H
#define RND_RECORD_PRIVATE_H

#include "record.h"
#include "render/video/encoder.h"
#include "render/view/film.h"
#include "subject.h"
#include "voice.h"

/* A chapter that owns its title. */
struct rnd_named_chapter {
    int64_t frame;
    char title[256];
};

/* One recording on its way; all zeros is an empty one. */
struct rnd_recording {
    const struct rnd_record_options *options;
    const struct rnd_record_progress *progress;
    struct rnd_subject *const *subjects;
    uint32_t subject_count;
    const struct rnd_model *model;    /* of the run; of several, the merged one */
    struct rnd_compare compare;       /* of several */
    char words[RND_COMPARE_TEXT_MAX]; /* what they come to */
    char title[160];
    const struct rnd_format *format;
    const struct rnd_theme *theme;
    struct rnd_layout_spec layout;
    int width_px, height_px, fps;
    double scale; /* 0: what suits the size */
    struct rnd_moment from, to;
    struct rnd_voice *voice; /* NULL: none */
    struct rnd_pace pace;
    struct rnd_cues cues;
    struct rnd_direct direct;
    struct rnd_chapter *chapters; /* as the encoder takes them; by frame */
    struct rnd_named_chapter *named;
    size_t chapter_count;
    int64_t frame_count;
    char *error;
    size_t error_size;
};

/* Settles everything from `model` to `frame_count`; RND_RECORD_ENDED if that was asked for. */
int rnd_recording_plan(struct rnd_recording *r) SIM_MUST_CHECK;
void rnd_recording_free(struct rnd_recording *r);

/* Of the run, or of those that are compared: settles what there is and what it is called; finds a
 * place by its name; tells what the cues are of; makes the chapters at the pace. */
int rnd_recording_open_runs(struct rnd_recording *r) SIM_MUST_CHECK;
int rnd_recording_find_place(const struct rnd_recording *r, const char *name,
                             struct rnd_moment *out) SIM_MUST_CHECK;
void rnd_recording_cue_runs(const struct rnd_recording *r, struct rnd_cue_runs *out);
int rnd_recording_make_chapters(struct rnd_recording *r) SIM_MUST_CHECK;

static inline bool rnd_recording_compares(const struct rnd_recording *r)
{
    return r->subject_count > 1;
}

/* Whether captions are "burnt" or "beside". */
bool rnd_recording_captions_are(const struct rnd_recording *r, const char *where);

/* Says why something is impossible; returns SIM_EINVAL. */
__attribute__((format(printf, 2, 3))) int rnd_recording_refuse(const struct rnd_recording *r,
                                                               const char *format, ...);

#endif
