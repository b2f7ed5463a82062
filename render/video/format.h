/* Formats: what a recording can be written as, and what each of them allows.
 *
 * Invariant: all that differs between formats and can be said in a word is in this table; the
 * encoder has no other knowledge of names.
 */
#ifndef RND_FORMAT_H
#define RND_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

enum rnd_format_kind {
    RND_FORMAT_MP4,
    RND_FORMAT_WEBM,
    RND_FORMAT_GIF,
    RND_FORMAT_APNG,
    RND_FORMAT_PNG, /* a folder of pictures, one a frame */
    RND_FORMATS
};

/* What pictures look like for the encoder. */
enum rnd_pixels {
    RND_PIXELS_PLANES, /* planes.h; sides are even */
    RND_PIXELS_WORDS,  /* as the canvas has them */
    RND_PIXELS_BYTES,  /* red, green, blue */
    RND_PIXELS_ALPHA   /* the same, and opaque: what stays can be left out by not being so */
};

struct rnd_format {
    const char *name;   /* as after --format */
    const char *suffix; /* of files; "/" for a folder */
    const char *title;  /* for messages */
    const char *muxer, *muxer_options;
    const char *codec, *codec_options;
    const char *sound; /* codec of the sound, NULL: it can have none */
    enum rnd_pixels pixels;
    bool video;    /* it is a codec of videos, not of pictures */
    bool chapters; /* its files have chapters and tags */
    int side_most_px, area_most_px;
    int fps_usual, fps_most;
};

/* The format of a kind. */
const struct rnd_format *rnd_format_at(enum rnd_format_kind kind);

/* The format of a name, and the one that a path's end tells; NULL: none. */
const struct rnd_format *rnd_format_find(const char *name);
const struct rnd_format *rnd_format_of_path(const char *path);

#endif
