/* The caption: one plain sentence for each cursor, "what just happened, and why", and a second one
 * for what comes of it.
 *
 * It is made from the trace; a caption comment of the lesson takes the place of the first sentence,
 * which then becomes the second.
 */
#ifndef RND_CAPTION_H
#define RND_CAPTION_H

#include "lesson.h"
#include "model.h"

/* What a caption's accent colour says. */
enum rnd_tone {
    RND_TONE_NEUTRAL,
    RND_TONE_TASK,
    RND_TONE_BLOCKING,
    RND_TONE_FAILED,
    RND_TONE_CANCELLED,
    RND_TONE_TIMED_OUT
};

struct rnd_caption {
    char headline[320];
    char detail[320]; /* may be "" */
    uint32_t task;    /* whom it is about, 0: no task */
    uint8_t tone;     /* enum rnd_tone */
};

/* The caption at a cursor.  `lesson` may be NULL. */
void rnd_caption_at(const struct rnd_model *model, const struct rnd_lesson *lesson, uint32_t cursor,
                    struct rnd_caption *out);

/* The same, for who reads the headlines of a whole run: its detail may be left out. */
void rnd_caption_headline_at(const struct rnd_model *model, const struct rnd_lesson *lesson,
                             uint32_t cursor, struct rnd_caption *out);

#endif
