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

/* One recording on its way; all zeros is an empty one. */
struct rnd_recording {
    const struct rnd_record_options *options;
    const struct rnd_record_progress *progress;
    const struct rnd_subject *subject;
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
    struct rnd_chapter *chapters;
    size_t chapter_count;
    int64_t frame_count;
    char *error;
    size_t error_size;
};

/* Settles everything from `format` to `frame_count`. */
int rnd_recording_plan(struct rnd_recording *r) SIM_MUST_CHECK;
void rnd_recording_free(struct rnd_recording *r);

/* Whether captions are "burnt" or "beside". */
bool rnd_recording_captions_are(const struct rnd_recording *r, const char *where);

/* Says why something is impossible; returns SIM_EINVAL. */
__attribute__((format(printf, 2, 3))) int rnd_recording_refuse(const struct rnd_recording *r,
                                                               const char *format, ...);

#endif
