/* The canvas: carries out draw lists in memory, as opaque 32-bit pixels.
 *
 * Invariants:
 *  - A pixel is 0xffRRGGBB in the machine's byte order (SDL_PIXELFORMAT_ARGB8888).
 *  - The same list gives the same pixels, whatever was drawn before, on each machine and build.
 *  - Only the parts that differ from the list drawn last are drawn again, and are reported.
 *  - No window, no display, no GPU is needed.
 */
#ifndef RND_CANVAS_H
#define RND_CANVAS_H

#include <stddef.h>
#include <stdint.h>

#include "font.h"
#include "list.h"
#include "sim/error.h"

struct rnd_canvas;

/* A borrowed view of pixels. */
struct rnd_image {
    const uint32_t *pixels; /* top row first */
    int width_px, height_px;
    size_t stride_bytes;
};

/* What a drawing changed: rectangles of whole pixels that do not overlap. */
struct rnd_damage_rect {
    int x, y, w, h;
};
struct rnd_damage {
    const struct rnd_damage_rect *rects; /* the canvas's, valid until it draws again */
    size_t count;                        /* 0: the picture is as it was */
};

/* A canvas that takes its size from the lists it draws; the fonts must outlive it.  SIM_ENOMEM. */
SIM_MUST_CHECK int rnd_canvas_open(struct rnd_canvas **canvas, struct rnd_fonts *fonts);
void rnd_canvas_close(struct rnd_canvas *canvas); /* NULL is allowed */

/* Draws the list; damage may be NULL.  SIM_ENOMEM (also when the list itself is incomplete) leaves
 * a picture that is drawn wholly next time. */
SIM_MUST_CHECK int rnd_canvas_draw(struct rnd_canvas *canvas, const struct rnd_list *list,
                                   struct rnd_damage *damage);

/* Draw everything next time, for instance since the window lost its copy. */
void rnd_canvas_invalidate(struct rnd_canvas *canvas);

/* The pixels, valid until the next drawing or close. */
struct rnd_image rnd_canvas_image(const struct rnd_canvas *canvas);

#endif
