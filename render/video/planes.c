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

/* Two rows of a picture are taken apart at a time, so many columns of them: little enough to stay
 * in the processor's nearest cache. */
enum { COLUMNS = 1024 };

struct block {
    uint8_t red[2 * COLUMNS], green[2 * COLUMNS], blue[2 * COLUMNS];
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

static void halve(const uint8_t *rows, uint8_t *out, int columns)
{
    ScalePlane(rows, COLUMNS, columns, 2, out, COLUMNS, columns / 2, 1, kFilterBox);
}

/* Converts two rows of at most COLUMNS columns. */
static void convert_block(const struct rnd_planes *planes, struct rnd_image image, int x, int y,
                          int columns)
{
    static const int luma[] = {Y_R, Y_G, Y_B, Y_BIAS}, u[] = {U_R, U_G, U_B, UV_BIAS},
                     v[] = {V_R, V_G, V_B, UV_BIAS};
    const int *strides = planes->stride_bytes;
    const uint8_t *pixels =
        (const uint8_t *)image.pixels + (size_t)y * image.stride_bytes + (size_t)x * 4;
    struct block whole, half;
    SplitARGBPlane(pixels, (int)image.stride_bytes, whole.red, COLUMNS, whole.green, COLUMNS,
                   whole.blue, COLUMNS, NULL, 0, columns, 2);
    for (int row = 0; row < 2; row++)
        mix(planes->data[0] + (ptrdiff_t)(y + row) * strides[0] + x, whole.red + row * COLUMNS,
            whole.green + row * COLUMNS, whole.blue + row * COLUMNS, columns, luma);
    halve(whole.red, half.red, columns);
    halve(whole.green, half.green, columns);
    halve(whole.blue, half.blue, columns);
    mix(planes->data[1] + (ptrdiff_t)(y / 2) * strides[1] + x / 2, half.red, half.green, half.blue,
        columns / 2, u);
    mix(planes->data[2] + (ptrdiff_t)(y / 2) * strides[2] + x / 2, half.red, half.green, half.blue,
        columns / 2, v);
}

void rnd_planes_convert(const struct rnd_planes *planes, struct rnd_image image,
                        struct rnd_damage_rect rect)
{
    int left = rect.x & ~1, right = (rect.x + rect.w + 1) & ~1;
    int top = rect.y & ~1, bottom = (rect.y + rect.h + 1) & ~1;
    for (int y = top; y < bottom; y += 2)
        for (int x = left; x < right; x += COLUMNS)
            convert_block(planes, image, x, y, right - x < COLUMNS ? right - x : COLUMNS);
}
