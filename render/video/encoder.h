/* The encoder: pictures, each shown for some frames, become a file.
 *
 * Invariants:
 *  - Picture n is shown from frame n on: time is counted in frames and nowhere else, so the file is
 *    exact to the frame.
 *  - The same pictures and options make the same bytes, whatever the machine's load and number of
 *    cores.
 *  - A picture that is held is encoded once a second, not once a frame: it lasts longer.
 *  - Memory does not grow with the length.
 *  - Nothing is written but within the output's place beside (output.h).
 */
#ifndef RND_ENCODER_H
#define RND_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format.h"
#include "output.h"
#include "picture.h"
#include "sim/error.h"

/* A part of the file with a name.  Each lasts until the next one begins. */
struct rnd_chapter {
    int64_t frame; /* at which it begins */
    const char *title;
};

/* All is borrowed until rnd_encoder_close; a zero or NULL is allowed from `title` on. */
struct rnd_encoder_options {
    const struct rnd_format *format;
    const struct rnd_output *output; /* a folder for RND_FORMAT_PNG, else a file */
    int width_px, height_px;
    int fps;
    int64_t frame_count; /* how many frames will be put */
    const char *title, *about, *language;
    const struct rnd_chapter *chapters; /* by frame; the first begins at 0 */
    size_t chapter_count;
    bool constant_rate;  /* a video has a frame 1/fps after each other, be they the same */
    const char *sound;   /* path of a file whose sound is taken; it is cut where the frames end */
    int64_t sound_first; /* the frame that would be the first if all of the sound were taken */
};

struct rnd_encoder;

/* Whether pictures of a size and rate are possible: SIM_EINVAL and a sentence if not. */
int rnd_encoder_check(const struct rnd_format *format, int width_px, int height_px, int fps,
                      char *error, size_t error_size) SIM_MUST_CHECK;

/* Opens an encoder.  Here and below a failure is SIM_EINVAL (impossible), SIM_ENOMEM or SIM_EIO
 * (the library has no such encoder, the disk is full, ...), and `error`, of `error_size` bytes,
 * says why in one line. */
int rnd_encoder_open(struct rnd_encoder **encoder, const struct rnd_encoder_options *options,
                     char *error, size_t error_size) SIM_MUST_CHECK;

/* How often all pictures have to be put, from the first to the last: formats with a palette want to
 * see them before. */
int rnd_encoder_passes(const struct rnd_encoder *encoder);

/* Shows the picture for the next `count` frames (> 0). */
int rnd_encoder_put(struct rnd_encoder *encoder, const struct rnd_picture *picture, int64_t count,
                    char *error, size_t error_size) SIM_MUST_CHECK;

/* All `frame_count` frames of a pass were put; after the last pass the file is whole. */
int rnd_encoder_end_pass(struct rnd_encoder *encoder, char *error,
                         size_t error_size) SIM_MUST_CHECK;

void rnd_encoder_close(struct rnd_encoder *encoder); /* NULL is allowed */

#endif
