/* Painting: carries out one command on pixels, within the painter's region. */
#ifndef RND_PAINT_H
#define RND_PAINT_H

#include <pixman.h>

#include "font.h"
#include "mask.h"

struct rnd_painter {
    pixman_image_t *target; /* its clip region is the part to draw into */
    pixman_box32_t extents; /* the box around that part */
    struct rnd_masks *masks;
    struct rnd_fonts *fonts;
};

/* Paints a command that is no CLIP.  SIM_ENOMEM. */
SIM_MUST_CHECK int rnd_paint(const struct rnd_painter *painter, const struct rnd_list *list,
                             const struct rnd_cmd *cmd);

/* Pixels that a command may touch: its box, a text's measured one. */
pixman_box32_t rnd_paint_box(struct rnd_fonts *fonts, const struct rnd_list *list,
                             const struct rnd_cmd *cmd);

/* Whether a command is dashes along an axis, from its first point on: boxes of whole pixels. */
bool rnd_paint_is_dashes(const struct rnd_list *list, const struct rnd_cmd *cmd);

/* The part of a that lies in b; x2 <= x1 or y2 <= y1 if none. */
pixman_box32_t rnd_paint_intersect(pixman_box32_t a, pixman_box32_t b);

/* A box of the draw list in whole pixels, kept within what pixman can count. */
pixman_box32_t rnd_paint_pixels(struct rnd_rect box);

#endif
