/* The layout: where each panel is, in a window of some size.
 *
 * Invariants: panels do not overlap, lie within the window, and their edges are whole pixels.  From
 * RND_LAYOUT_SCALE_MIN on, at the least window size, every panel has room for its essentials.
 */
#ifndef RND_LAYOUT_H
#define RND_LAYOUT_H

#include <stdint.h>

#include "render/draw/list.h"
#include "render/draw/theme.h"

/* Below this, text cannot be read. */
#define RND_LAYOUT_SCALE_MIN 0.8
#define RND_LAYOUT_SCALE_MAX 4.0

struct rnd_layout {
    struct rnd_sizes sizes;
    struct rnd_rect header, source, timeline, output, loop, caption, transport;

    /* Within the source and the output: where the rows are. */
    struct rnd_rect code, lines;
    double code_row_px, line_row_px;

    /* Within the timeline: the ruler's labels, what the axis covers (ruler, loop lane and lanes),
     * the loop's lane and the tasks' lanes (both with their names, across the panel). */
    struct rnd_rect ruler, axis, loop_lane, lanes;

    /* Within the transport: the density strip, and what its axis covers. */
    struct rnd_rect strip;
    double names_px; /* width of the names' column, from the panel's left edge */
};

/* The scale that the window chooses for its size in pixels. */
double rnd_layout_scale(int width_px, int height_px);

/* A scale that somebody wants, or the nearest one that leaves the panels of use. */
double rnd_layout_scale_in(double scale, int width_px, int height_px);

struct rnd_layout rnd_layout_make(int width_px, int height_px, double scale);

/* Height of a lane when so many share the panel: they fill it until they get too low. */
double rnd_layout_lane_px(const struct rnd_layout *layout, uint32_t lane_count);

/* Whether a point is in a rectangle. */
static inline bool rnd_rect_has(struct rnd_rect rect, double x, double y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}

#endif
