/* The film: a run as frames, one after another, at a pace.
 *
 * Invariants:
 *  - Frame n shows the moment at n / fps seconds of the presentation, exactly as a picture of that
 *    moment does.
 *  - What a frame shows depends on its number alone.
 *  - Of compared runs the one in focus is that which the last caption was about.
 */
#ifndef RND_FILM_H
#define RND_FILM_H

#include "render/model/cues.h"
#include "render/model/pace.h"
#include "view.h"

/* All pointers are borrowed. */
struct rnd_film {
    const struct rnd_model *model;
    const struct rnd_script *script;
    struct rnd_compare *compare;      /* merged; NULL: there is one run, of `model` and `script` */
    const struct rnd_pace *pace;      /* of the run, or of all */
    const struct rnd_direct *direct;  /* NULL: nobody says where to look */
    const struct rnd_cues *cues;      /* NULL: each moment has its own caption, readable or not */
    const char *title, *about;        /* of the card before it, while the pace leads; NULL: none */
    const char *end;                  /* what the card at its end says; NULL: there is none */
    const struct rnd_step_keys *keys; /* of the steps, which are shown; NULL: they are not */
    struct rnd_fonts *fonts;
    struct rnd_view view; /* what all frames have in common */
    int fps;
    struct rnd_hits hits;
    struct rnd_moment moment; /* of the pace, drawn last */
    uint32_t run;             /* in focus then */
    bool any_drawn;
};

/* When a frame begins; how many frames a time takes, and the frame that shows it. */
int64_t rnd_film_time_ns(int fps, int64_t frame);
int64_t rnd_film_frames(int fps, int64_t time_ns);
int64_t rnd_film_frame_at(int fps, int64_t time_ns);

/* Draws a frame, unless it shows what the one that was drawn last does: then false, and the list is
 * as it was. */
bool rnd_film_draw(struct rnd_film *film, int64_t frame, struct rnd_list *list);

#endif
