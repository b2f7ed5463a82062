/* A picture of the window in a file, made without a display.
 *
 * Invariant: it shows exactly what the window shows at that size, theme and moment.
 */
#ifndef RND_SHOT_H
#define RND_SHOT_H

#include <stddef.h>
#include <stdint.h>

#include "compare.h"
#include "sim/error.h"

/* Which moment of the run. */
enum rnd_shot_at {
    RND_SHOT_END,
    RND_SHOT_TIME,  /* at_ns: all that happened up to and at this time */
    RND_SHOT_CURSOR /* cursor: so many events of the trace have happened */
};

/* A zero or NULL is the default of each field but the first three; all is borrowed. */
struct rnd_shot_options {
    struct rnd_subject *const *subjects; /* over; several are compared */
    uint32_t subject_count;
    const char *out; /* path of the PNG */
    enum rnd_shot_at at;
    int64_t at_ns;
    uint32_t cursor;
    int width_px, height_px; /* default: the layout's usual size */
    double scale;            /* default: what the window would choose for that size */
    const char *theme;       /* default dark */
    const char *layout;      /* default full */
    bool film;               /* as a frame of a video: with nothing to press */
    bool presentation;       /* large type, and nothing but panels */
    bool keys;               /* the step to that moment is shown, with its keys */
    bool predict;            /* the question at that moment, or else the first, is asked */
    const struct rnd_gallery_view *lessons; /* lie over it; NULL: none */
};

#define RND_SHOT_SIDE_MIN_PX 320
#define RND_SHOT_SIDE_MAX_PX 16384

/* Writes the picture.  Errors: SIM_EINVAL (no such theme, a size out of range), SIM_ENOMEM, SIM_EIO
 * (fonts missing, the file cannot be written); `error`, of `error_size` bytes, then says why in one
 * line. */
int rnd_shot(const struct rnd_shot_options *options, char *error, size_t error_size) SIM_MUST_CHECK;

#endif
