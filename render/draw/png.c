#include "png.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>

#include "replace.h"

/* What went wrong is said by errno; libpng would write to stderr. */
static void give_up(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message)
{
    (void)png;
    (void)message;
}

/* libpng reports errors by a jump: nothing that changes may live in this function's variables. */
static int encode(struct rnd_image image, FILE *file)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, ignore);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (info == NULL) {
        png_destroy_write_struct(&png, NULL);
        return SIM_ENOMEM;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return SIM_EIO;
    }
    png_init_io(png, file);
    png_set_IHDR(png, info, (png_uint_32)image.width_px, (png_uint_32)image.height_px, 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    /* Pixels are words: their bytes stand the other way round on little-endian machines. */
    const uint16_t probe = 1;
    if (*(const unsigned char *)&probe) {
        png_set_bgr(png);
        png_set_filler(png, 0, PNG_FILLER_AFTER);
    } else {
        png_set_filler(png, 0, PNG_FILLER_BEFORE);
    }
    for (int y = 0; y < image.height_px; y++)
        png_write_row(png, (png_const_bytep)image.pixels + (size_t)y * image.stride_bytes);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return SIM_OK;
}

static int write_image(FILE *file, void *image)
{
    return encode(*(const struct rnd_image *)image, file);
}

int rnd_png_write(struct rnd_image image, const char *path, char *why, size_t why_bytes)
{
    return rnd_replace_file(path, write_image, &image, why, why_bytes);
}
