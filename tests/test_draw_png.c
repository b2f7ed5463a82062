#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <png.h>

#include <cmocka.h>

#include "render/draw/png.h"

/* 3 x 2 pixels in rows of 4. */
static const uint32_t pixels[] = {
    0xff102030u, 0xffff0000u, 0xff00ff00u, 0xdeadbeefu,
    0xff0000ffu, 0xffffffffu, 0xff000000u, 0xdeadbeefu,
};
static const struct rnd_image picture = {pixels, 3, 2, 16};

/* A folder of the test's own, and paths in and below it. */
static char folder[32], path[64], below[64];

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/draw-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/picture.png", folder);
    snprintf(below, sizeof below, "%s/none/picture.png", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder); /* fails if anything else was left in it */
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    char why[200] = "";
    unsigned char rgb[2 * 3 * 3];
    png_image read = {.version = PNG_IMAGE_VERSION};
    assert_int_equal(rnd_png_write(picture, path, why, sizeof why), 0);
    assert_true(png_image_begin_read_from_file(&read, path));
    assert_int_equal(read.width, 3);
    assert_int_equal(read.height, 2);
    read.format = PNG_FORMAT_RGB;
    assert_true(png_image_finish_read(&read, NULL, rgb, 0, NULL));
    for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 3; x++) {
            const unsigned char *at = rgb + (y * 3 + x) * 3;
            uint32_t colour = 0xff000000u | (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
            assert_int_equal(colour, pixels[y * 4 + x]);
        }
    }
}

static void a_failure_names_the_path_and_the_reason(void **state)
{
    (void)state;
    char why[200] = "";
    assert_int_equal(rnd_png_write(picture, below, why, sizeof why), SIM_EIO);
    assert_non_null(strstr(why, below));
    assert_non_null(strstr(why, "No such file"));
}

static void a_failure_leaves_nothing_behind(void **state)
{
    (void)state;
    char why[200] = "";
    /* The file itself cannot be put in the place of a folder. */
    assert_int_equal(rnd_png_write(picture, folder, why, sizeof why), SIM_EIO);
    char beside[64];
    snprintf(beside, sizeof beside, "%s.part", folder);
    assert_int_equal(access(beside, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(a_failure_names_the_path_and_the_reason),
        cmocka_unit_test(a_failure_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
