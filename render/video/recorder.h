/* The recorder: draws frame after frame and encodes them, two things at once.
 *
 * What a frame shows is the source's matter, which draws it as a list: nothing here knows of runs.
 *
 * Invariants:
 *  - The caller's thread draws; one more encodes what was drawn before.  The encoder is used by
 *    that one alone while it runs.
 *  - Only what changed between frames is drawn and converted; a frame that shows what the one
 *    before it does is neither.
 *  - Memory does not grow with the number of frames.
 */
#ifndef RND_RECORDER_H
#define RND_RECORDER_H

#include "encoder.h"
#include "render/draw/canvas.h"

/* How a source's draw ends, if not with a negative SIM_E... */
enum { RND_SOURCE_SAME, RND_SOURCE_DRAWN };

/* What is recorded; frames are asked for in order, in each pass from 0 on. */
struct rnd_source {
    /* Draws a frame, or says that it shows what the frame before it does (not for frame 0). */
    int (*draw)(void *context, int64_t frame, struct rnd_list *list);
    /* NULL, or called now and then in the caller's thread: so many frames of all passes are drawn,
     * of `count`; false ends the recording.  The picture is what was drawn last. */
    bool (*progress)(void *context, int64_t done, int64_t count, struct rnd_image image);
    void *context;
};

/* Returned by rnd_recorder_run after `progress` said so. */
enum { RND_RECORDER_ENDED = 1 };

/* Records all frames of the options; fonts are those the source measures with.  0: the output's
 * place beside holds the whole file.  Otherwise RND_RECORDER_ENDED, or an error as from encoder.h.
 */
int rnd_recorder_run(const struct rnd_encoder_options *options, const struct rnd_source *source,
                     struct rnd_fonts *fonts, char *error, size_t error_size) SIM_MUST_CHECK;

#endif
