/* A recording: a run, or several that are compared, or a part of them, as a video or pictures in
 * files.
 *
 * Invariants:
 *  - The files are there whole, all of them, or none is; what was there before stays until then.
 *  - The same run and options make the same files.
 */
#ifndef RND_RECORD_H
#define RND_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/draw/canvas.h"
#include "sim/error.h"

struct rnd_subject;

#define RND_RECORD_SPEED 1.0

/* A zero or NULL is the default of each field but the first; all is borrowed. */
struct rnd_record_options {
    const char *output;         /* path; a folder if it ends in / or the format is png */
    const char *format;         /* else by the path's end */
    int width_px, height_px;    /* else what suits layout and format */
    int64_t fps;                /* else what suits the format */
    bool constant_rate;         /* held pictures are encoded frame by frame */
    double scale;               /* of everything in it */
    const char *theme, *layout; /* dark; full, or timeline if it is small */
    bool presentation;          /* large type and panels only */
    double speed;               /* virtual seconds in one of the video */
    int64_t duration_ns;        /* exactly that long; 0: as it comes */
    int64_t hold_ns;            /* each step is seen at least so long */
    int64_t gap_most_ns;        /* the clock's moving takes at most so long */
    int64_t marker_pause_ns;    /* each marker is held at least so long */
    const char *from, *to;  /* seconds, event:N or a marker's name, of the first run that has it */
    const char *captions;   /* burnt, beside, both or none */
    bool read_all;          /* every step is held until its sentence can be read */
    bool split;             /* a file for each chapter */
    const char *thumbnail;  /* path of a PNG: the middle of the video */
    const char *transcript; /* path of a text: what is said when */
    const char *audio;      /* path of a file whose sound is added */
    const char *pace_from;  /* path of a WebVTT file: cues begin when they do there */
    bool no_title;          /* without the card of its title and aim */
    const char *end_card;   /* what a card at the end says, NULL: there is none */
    bool keys;              /* each step is shown, with the keys that make it */
    bool film;              /* a picture: as of a video, with nothing to press */
    bool voice;             /* the captions are spoken, and waited for */
};

/* `tell` is told of so many of `count` pictures drawn, and of the one that was drawn last; false
 * ends the recording.  So does `ended`, which is asked while there is nothing to tell yet. */
struct rnd_record_progress {
    bool (*tell)(void *context, int64_t done, int64_t count, struct rnd_image image);
    bool (*ended)(void *context);
    void *context;
};

/* Returned by rnd_record after the progress said so. */
enum { RND_RECORD_ENDED = 1 };

/* Makes the recording of a run that is over, or of several, compared.  `error` says in one line
 * what is wrong: SIM_EINVAL (something impossible was asked for), SIM_ENOMEM, SIM_EIO. */
int rnd_record(const struct rnd_record_options *options, struct rnd_subject *const *subjects,
               uint32_t subject_count, const struct rnd_record_progress *progress, char *error,
               size_t error_size) SIM_MUST_CHECK;

#endif
