/* The parts of the event loop's panel: private to render/view. */
#ifndef RND_LOOP_H
#define RND_LOOP_H

#include "panel.h"

/* Where its columns are. */
struct rnd_loop_columns {
    double card_x, card_w, queue_x, queue_w, timers_x, timers_w;
    double heading_y, top, bottom;
};

/* Of timers, so many can be scrolled through. */
#define RND_LOOP_TIMERS_MAX 64

struct rnd_loop_columns rnd_loop_lay_out(const struct rnd_frame *frame);

void rnd_loop_queue(struct rnd_frame *frame, struct rnd_loop_columns c);
void rnd_loop_timers(struct rnd_frame *frame, struct rnd_loop_columns c);

static inline uint32_t rnd_loop_least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Lights up under the pointer; an outline around what the inspector is about. */
void rnd_loop_selected(struct rnd_frame *frame, struct rnd_rect box, double radius_px,
                       struct rnd_thing thing);

/* "+ 12 more": how many there are before those that are shown, and after. */
void rnd_loop_more(struct rnd_frame *frame, struct rnd_rect place, enum rnd_align align,
                   uint32_t before, uint32_t after);

#endif
