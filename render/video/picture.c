#include "picture.h"

#include <libavutil/frame.h>
#include <libavutil/pixfmt.h>
#include <libyuv/convert_from_argb.h>
#include <libyuv/planar_functions.h>

#include "planes.h"

int rnd_picture_pixel_format(enum rnd_pixels pixels)
{
    switch (pixels) {
    case RND_PIXELS_PLANES:
        return AV_PIX_FMT_YUV420P;
    case RND_PIXELS_WORDS:
        return AV_PIX_FMT_RGB32;
    case RND_PIXELS_ALPHA:
        return AV_PIX_FMT_RGBA;
    case RND_PIXELS_BYTES:
        break;
    }
    return AV_PIX_FMT_RGB24;
}

int rnd_picture_open(struct rnd_picture *picture, enum rnd_pixels pixels, int width_px,
                     int height_px)
{
    AVFrame *frame = av_frame_alloc();
    *picture = (struct rnd_picture){frame, pixels};
    if (!frame)
        return SIM_ENOMEM;
    frame->format = rnd_picture_pixel_format(pixels);
    frame->width = width_px;
    frame->height = height_px;
    if (pixels == RND_PIXELS_PLANES) {
        frame->color_range = AVCOL_RANGE_MPEG;
        frame->colorspace = AVCOL_SPC_BT709;
        frame->color_primaries = AVCOL_PRI_BT709;
        frame->color_trc = AVCOL_TRC_BT709;
        frame->chroma_location = AVCHROMA_LOC_CENTER;
    }
    frame->sample_aspect_ratio = (AVRational){1, 1};
    if (av_frame_get_buffer(frame, 0) < 0) {
        rnd_picture_close(picture);
        return SIM_ENOMEM;
    }
    return SIM_OK;
}

void rnd_picture_close(struct rnd_picture *picture)
{
    av_frame_free(&picture->frame);
}

/* Copies a rectangle as red, green, blue and opaqueness; what the image has for the last is
 * nothing.
 */
static void copy_opaque(const uint8_t *from, int from_stride, uint8_t *to, int stride, int width,
                        int height)
{
    ARGBToABGR(from, from_stride, to, stride, width, height);
    for (int y = 0; y < height; y++, to += stride)
        for (int x = 0; x < width; x++)
            to[4 * x + 3] = 255;
}

static void update_rect(const struct rnd_picture *picture, struct rnd_image image,
                        struct rnd_damage_rect rect)
{
    uint8_t *const *data = picture->frame->data;
    const int *strides = picture->frame->linesize;
    const uint8_t *from = (const uint8_t *)image.pixels + (size_t)rect.y * image.stride_bytes +
                          (size_t)rect.x * sizeof *image.pixels;
    uint8_t *to = data[0] + (ptrdiff_t)rect.y * strides[0];
    int from_stride = (int)image.stride_bytes;
    switch (picture->pixels) {
    case RND_PIXELS_PLANES:
        rnd_planes_convert(
            &(struct rnd_planes){{data[0], data[1], data[2]}, {strides[0], strides[1], strides[2]}},
            image, rect);
        break;
    case RND_PIXELS_WORDS:
        ARGBCopy(from, from_stride, to + (ptrdiff_t)rect.x * 4, strides[0], rect.w, rect.h);
        break;
    case RND_PIXELS_BYTES:
        ARGBToRAW(from, from_stride, to + (ptrdiff_t)rect.x * 3, strides[0], rect.w, rect.h);
        break;
    case RND_PIXELS_ALPHA:
        copy_opaque(from, from_stride, to + (ptrdiff_t)rect.x * 4, strides[0], rect.w, rect.h);
        break;
    }
}

int rnd_picture_update(struct rnd_picture *picture, struct rnd_image image,
                       const struct rnd_damage_rect *rects, size_t count)
{
    if (count > 0 && av_frame_make_writable(picture->frame) < 0)
        return SIM_ENOMEM;
    for (size_t i = 0; i < count; i++)
        update_rect(picture, image, rects[i]);
    return SIM_OK;
}
