#include "png.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* libpng reports errors by a jump: nothing that changes may live in this function's variables. */
static int encode(struct rnd_image image, FILE *file)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
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

int rnd_png_write(struct rnd_image image, const char *path, char *why, size_t why_bytes)
{
    static const char suffix[] = ".part";
    size_t length = strlen(path);
    char *beside = malloc(length + sizeof suffix);
    if (beside == NULL) {
        snprintf(why, why_bytes, "%s", sim_error_text(SIM_ENOMEM));
        return SIM_ENOMEM;
    }
    memcpy(beside, path, length);
    memcpy(beside + length, suffix, sizeof suffix);

    errno = 0;
    FILE *file = fopen(beside, "wb");
    int error = file ? encode(image, file) : SIM_EIO;
    if (file && fclose(file) != 0)
        error = SIM_EIO;
    if (error == SIM_OK && rename(beside, path) != 0)
        error = SIM_EIO;
    if (error < 0) {
        snprintf(why, why_bytes, "cannot write %s: %s", path,
                 errno ? strerror(errno) : sim_error_text(error));
        if (file)
            unlink(beside);
    }
    free(beside);
    return error;
}
