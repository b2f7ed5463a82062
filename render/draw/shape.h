/* Coverage of shapes: how much of each pixel lies within, 0 to 255, from its centre's distance to
 * the shape's edge.  Basic arithmetic and square roots only, so that every machine agrees.
 */
#ifndef RND_SHAPE_H
#define RND_SHAPE_H

#include "list.h"

/* Coverage of the w x h pixels from (x, y) of the frame on. */
struct rnd_area {
    unsigned char *bytes;
    int stride;
    int x, y, w, h;
};

/* A disc that fills the area, or with thickness_px > 0 a ring within it. */
void rnd_shape_disc(struct rnd_area area, double thickness_px);

/* One tile of a pattern, as large as the area. */
void rnd_shape_tile(struct rnd_area area, enum rnd_pattern pattern);

/* The next three read the command of that kind.  They expect a cleared area. */
void rnd_shape_pie(struct rnd_area area, const struct rnd_cmd *cmd);
void rnd_shape_polygon(struct rnd_area area, const struct rnd_point *points, size_t count);
void rnd_shape_line(struct rnd_area area, const struct rnd_cmd *cmd,
                    const struct rnd_point *points);

#endif
