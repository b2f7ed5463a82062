#include "planes.h"

#include <libyuv/planar_functions.h>
#include <libyuv/scale.h>

/* Coefficients of BT.709 for 219 (luma) and 224 (chroma) levels, times 256.  Each row of the chroma
 * matrix adds up to 0, so that greys have none.  libyuv itself converts to BT.601 only. */
enum {
    Y_R = 47,
    Y_G = 157,
    Y_B = 16,
    U_R = -26,
    U_G = -86,
    U_B = 112,
    V_R = 112,
    V_G = -102,
    V_B = -10,
    Y_BIAS = (16 << 8) + 128,
    UV_BIAS = (128 << 8) + 128
};

/* Pictures are taken apart piece by piece: so many pixels, of at most so many columns, are little
 * enough to stay in the processor's nearest cache. */
enum { PIXELS = 4096, COLUMNS = PIXELS / 2 };

/* Rows in a piece are so many pixels apart, or a multiple: libyuv halves as many at a time, and the
 * rest of a row one by one. */
enum { STRIDE = 64 };

struct block {
    uint8_t red[PIXELS], green[PIXELS], blue[PIXELS];
};

/* out = (r R + g G + b B + bias) / 256.  Sums of 16 bits that cannot overflow let the compiler do
 * many pixels at once. */
static void mix(uint8_t *restrict out, const uint8_t *restrict red, const uint8_t *restrict green,
                const uint8_t *restrict blue, int count, const int weights[4])
{
    uint16_t r = (uint16_t)weights[0], g = (uint16_t)weights[1], b = (uint16_t)weights[2];
    uint16_t bias = (uint16_t)weights[3];
    for (int i = 0; i < count; i++)
        out[i] = (uint8_t)((uint16_t)(red[i] * r + green[i] * g + blue[i] * b + bias) >> 8);
}

static int stride_of(int columns)
{
    return (columns + STRIDE - 1) / STRIDE * STRIDE;
}

static void halve(const uint8_t *whole, uint8_t *half, int stride, int rows)
{
    ScalePlane(whole, stride, stride, rows, half, stride / 2, stride / 2, rows / 2, kFilterBox);
}

/* Converts a rectangle of even sides that a block has room for. */
static void convert_block(const struct rnd_planes *planes, struct rnd_image image, int x, int y,
                          int columns, int rows)
{
    static const int luma[] = {Y_R, Y_G, Y_B, Y_BIAS}, u[] = {U_R, U_G, U_B, UV_BIAS},
                     v[] = {V_R, V_G, V_B, UV_BIAS};
    const int *strides = planes->stride_bytes;
    const uint8_t *pixels =
        (const uint8_t *)image.pixels + (size_t)y * image.stride_bytes + (size_t)x * 4;
    uint8_t *const out[] = {planes->data[0] + (ptrdiff_t)y * strides[0] + x,
                            planes->data[1] + (ptrdiff_t)(y / 2) * strides[1] + x / 2,
                            planes->data[2] + (ptrdiff_t)(y / 2) * strides[2] + x / 2};
    struct block whole, half;
    int stride = stride_of(columns);
    SplitARGBPlane(pixels, (int)image.stride_bytes, whole.red, stride, whole.green, stride,
                   whole.blue, stride, NULL, 0, columns, rows);
    for (int row = 0, at = 0; row < rows; row++, at += stride)
        mix(out[0] + (ptrdiff_t)row * strides[0], whole.red + at, whole.green + at, whole.blue + at,
            columns, luma);
    halve(whole.red, half.red, stride, rows);
    halve(whole.green, half.green, stride, rows);
    halve(whole.blue, half.blue, stride, rows);
    for (int row = 0, at = 0; row < rows / 2; row++, at += stride / 2) {
        mix(out[1] + (ptrdiff_t)row * strides[1], half.red + at, half.green + at, half.blue + at,
            columns / 2, u);
        mix(out[2] + (ptrdiff_t)row * strides[2], half.red + at, half.green + at, half.blue + at,
            columns / 2, v);
    }
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

void rnd_planes_convert(const struct rnd_planes *planes, struct rnd_image image,
                        struct rnd_damage_rect rect)
{
    int left = rect.x & ~1, right = (rect.x + rect.w + 1) & ~1;
    int top = rect.y & ~1, bottom = (rect.y + rect.h + 1) & ~1;
    for (int x = left, columns; x < right; x += columns) {
        columns = least(right - x, COLUMNS);
        int most = PIXELS / stride_of(columns) & ~1;
        for (int y = top, rows; y < bottom; y += rows) {
            rows = least(bottom - y, most);
            convert_block(planes, image, x, y, columns, rows);
        }
    }
}
