/* Pictures: what the encoder is given, kept up to date with the canvas rectangle by rectangle.
 *
 * Invariant: a picture that the encoder still reads is not written to; updating it makes it a copy.
 */
#ifndef RND_PICTURE_H
#define RND_PICTURE_H

#include "format.h"
#include "render/draw/canvas.h"
#include "sim/error.h"

struct AVFrame;

struct rnd_picture {
    struct AVFrame *frame;
    enum rnd_pixels pixels;
};

/* The libraries' number of a way of having pixels (enum AVPixelFormat). */
int rnd_picture_pixel_format(enum rnd_pixels pixels);

/* A picture of that size; SIM_ENOMEM. */
int rnd_picture_open(struct rnd_picture *picture, enum rnd_pixels pixels, int width_px,
                     int height_px) SIM_MUST_CHECK;
void rnd_picture_close(struct rnd_picture *picture); /* also one that is all zeros */

/* Takes over these rectangles of an image of the same size; SIM_ENOMEM. */
int rnd_picture_update(struct rnd_picture *picture, struct rnd_image image,
                       const struct rnd_damage_rect *rects, size_t count) SIM_MUST_CHECK;

#endif
