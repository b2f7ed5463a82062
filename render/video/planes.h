/* Planes: the pixels of a canvas as the planes that video is made of.
 *
 * BT.709 in limited range, chroma halved both ways: what players expect of HD video.
 *
 * Invariant: pixels have the same values whatever rectangle they are converted in.
 */
#ifndef RND_PLANES_H
#define RND_PLANES_H

#include <stdint.h>

#include "render/draw/canvas.h"

/* Y, then U, then V; U and V are half as wide and half as high.  Borrowed. */
struct rnd_planes {
    uint8_t *data[3];
    int stride_bytes[3];
};

/* Converts a rectangle of the image, widened to even edges, into the same place.  The image has
 * even sides and holds the rectangle. */
void rnd_planes_convert(const struct rnd_planes *planes, struct rnd_image image,
                        struct rnd_damage_rect rect);

#endif
