/* The gallery: a card for each lesson, with a thumbnail of its timeline. */
#ifndef RND_GALLERY_H
#define RND_GALLERY_H

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"
#include "render/model/thumb.h"

struct rnd_card {
    char number[8]; /* "" if it has none */
    char title[96], about[320];
    struct rnd_thumb thumb;
    bool drawn; /* the thumbnail is there */
};

struct rnd_gallery_view {
    const struct rnd_card *cards; /* borrowed */
    uint32_t count, chosen;
    double scroll_px; /* how far it is scrolled down */
};

/* Where cards are, in a window of some size. */
struct rnd_gallery_layout {
    struct rnd_rect area; /* that cards are seen in */
    uint32_t columns;
    double card_w, card_h, gap, left;
    double content_h; /* of all cards */
};
struct rnd_gallery_layout rnd_gallery_layout_make(const struct rnd_layout *layout, int width_px,
                                                  int height_px, uint32_t count);

/* The place of a card, as scrolled. */
struct rnd_rect rnd_gallery_card(const struct rnd_gallery_layout *layout, uint32_t index,
                                 double scroll_px);

/* The scroll nearest to `scroll_px` that shows a card; RND_NEVER: any. */
double rnd_gallery_scroll(const struct rnd_gallery_layout *layout, uint32_t index,
                          double scroll_px);

#endif
