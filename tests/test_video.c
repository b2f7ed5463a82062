#define _DEFAULT_SOURCE /* mkdtemp */
/* Recording without runs: synthetic frames, written, read back and refused. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/video/planes.h"
#include "render/video/recorder.h"

enum { WIDTH = 320, HEIGHT = 200, FPS = 25, FRAMES = 40 };

struct world {
    char folder[64], path[96], error[256];
    struct rnd_fonts *fonts;
    struct rnd_output output;
    int64_t drawn, told; /* frames */
    int64_t end_at;      /* frame at which the recording is ended, -1: never */
    int64_t fail_at;     /* frame that cannot be drawn, -1: none */
    int step;            /* so many frames show the same */
};

static bool encoder_is_missing;

/* The linker puts this in the library's place. */
const void *__real_avcodec_find_encoder_by_name(const char *name);
const void *__wrap_avcodec_find_encoder_by_name(const char *name);
const void *__wrap_avcodec_find_encoder_by_name(const char *name)
{
    return encoder_is_missing ? NULL : __real_avcodec_find_encoder_by_name(name);
}

static int draw(void *context, int64_t frame, struct rnd_list *list)
{
    struct world *world = context;
    if (frame == world->fail_at)
        return SIM_ENOMEM;
    if (frame % world->step)
        return RND_SOURCE_SAME;
    world->drawn++;
    rnd_list_begin(list, WIDTH, HEIGHT);
    rnd_list_rect(list, (struct rnd_rect){0, 0, WIDTH, HEIGHT}, 0xff101418u);
    rnd_list_round(list, (struct rnd_rect){(double)frame * 3, 40, 60, 60}, 9, 0xff40a0ffu, RND_NONE,
                   0);
    rnd_list_rect(list, (struct rnd_rect){20, 120 + (double)frame, 99, 31}, 0xffe0503fu);
    return RND_SOURCE_DRAWN;
}

static bool tell(void *context, int64_t done, int64_t count, struct rnd_image image)
{
    struct world *world = context;
    assert_true(done <= count);
    assert_int_equal(image.width_px, WIDTH);
    world->told = done;
    return done != world->end_at;
}

static struct rnd_encoder_options options_of(struct world *world, enum rnd_format_kind kind)
{
    return (struct rnd_encoder_options){.format = rnd_format_at(kind),
                                        .output = &world->output,
                                        .width_px = WIDTH,
                                        .height_px = HEIGHT,
                                        .fps = FPS,
                                        .frame_count = FRAMES};
}

static int record(struct world *world, enum rnd_format_kind kind)
{
    struct rnd_encoder_options options = options_of(world, kind);
    struct rnd_source source = {draw, tell, world};
    bool folder = kind == RND_FORMAT_PNG;
    world->drawn = world->told = 0;
    assert_int_equal(
        rnd_output_open(&world->output, world->path, folder, world->error, sizeof world->error), 0);
    return rnd_recorder_run(&options, &source, world->fonts, world->error, sizeof world->error);
}

static int set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    strcpy(world->folder, "/tmp/test_video_XXXXXX");
    assert_non_null(mkdtemp(world->folder));
    (void)snprintf(world->path, sizeof world->path, "%s/out", world->folder);
    assert_int_equal(rnd_fonts_open(&world->fonts, NULL, world->error, sizeof world->error), 0);
    world->end_at = world->fail_at = -1;
    world->step = 1;
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    rnd_output_discard(&world->output);
    rnd_fonts_close(world->fonts);
    (void)unlink(world->path);
    assert_int_equal(rmdir(world->folder), 0); /* nothing is left */
    free(world);
    encoder_is_missing = false;
    return 0;
}

static uint64_t hash_of(const char *path)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int byte; (byte = fgetc(file)) != EOF;)
        hash = (hash ^ (unsigned)byte) * UINT64_C(0x100000001b3);
    fclose(file);
    return hash;
}

/* --- planes ------------------------------------------------------------------------------------
 */

struct planes_world {
    uint32_t pixels[WIDTH * HEIGHT];
    uint8_t bytes[2][WIDTH * HEIGHT * 3 / 2];
    struct rnd_planes planes[2];
    struct rnd_image image;
};

static int set_up_planes(void **state)
{
    struct planes_world *world = calloc(1, sizeof *world);
    assert_non_null(world);
    uint32_t random = 1;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        world->pixels[i] = 0xff000000u | ((random = random * 1664525u + 1013904223u) >> 8);
    for (int i = 0; i < 2; i++)
        world->planes[i] = (struct rnd_planes){{world->bytes[i], world->bytes[i] + WIDTH * HEIGHT,
                                                world->bytes[i] + WIDTH * HEIGHT * 5 / 4},
                                               {WIDTH, WIDTH / 2, WIDTH / 2}};
    world->image = (struct rnd_image){world->pixels, WIDTH, HEIGHT, WIDTH * sizeof(uint32_t)};
    *state = world;
    return 0;
}

static int tear_down_planes(void **state)
{
    free(*state);
    return 0;
}

/* The weights of BT.709 for red, green and blue. */
static const double weights[] = {0.2126, 0.7152, 0.0722};

static void mean_of(const struct planes_world *world, int x, int y, int side, double mean[3])
{
    for (int c = 0; c < 3; c++) {
        double sum = 0;
        for (int i = 0; i < side * side; i++)
            sum += world->pixels[(y + i / side) * WIDTH + x + i % side] >> (16 - 8 * c) & 255;
        mean[c] = sum / (side * side) / 255;
    }
}

static double luma_of(const double rgb[3])
{
    return rgb[0] * weights[0] + rgb[1] * weights[1] + rgb[2] * weights[2];
}

static void planes_are_bt709(void **state)
{
    struct planes_world *world = *state;
    double rgb[3];
    rnd_planes_convert(&world->planes[0], world->image,
                       (struct rnd_damage_rect){0, 0, WIDTH, HEIGHT});
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        mean_of(world, i % WIDTH, i / WIDTH, 1, rgb);
        assert_true(fabs(16 + 219 * luma_of(rgb) - world->planes[0].data[0][i]) < 1.5);
    }
    for (int i = 0; i < WIDTH * HEIGHT / 4; i++) {
        mean_of(world, i % (WIDTH / 2) * 2, i / (WIDTH / 2) * 2, 2, rgb);
        double luma = luma_of(rgb);
        double u = 128 + 224 * (rgb[2] - luma) / 2 / (1 - weights[2]);
        double v = 128 + 224 * (rgb[0] - luma) / 2 / (1 - weights[0]);
        assert_true(fabs(u - world->planes[0].data[1][i]) < 2);
        assert_true(fabs(v - world->planes[0].data[2][i]) < 2);
    }
}

static void planes_have_no_colour_in_greys(void **state)
{
    struct planes_world *world = *state;
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        world->pixels[i] = 0xff000000u | (uint32_t)(i % WIDTH / 2 % 256) * 0x010101u;
    rnd_planes_convert(&world->planes[0], world->image,
                       (struct rnd_damage_rect){0, 0, WIDTH, HEIGHT});
    for (int i = WIDTH * HEIGHT; i < WIDTH * HEIGHT * 3 / 2; i++)
        assert_int_equal(world->bytes[0][i], 128);
}

static void planes_are_the_same_in_parts(void **state)
{
    struct planes_world *world = *state;
    const struct rnd_damage_rect parts[] = {
        {0, 0, 101, 77}, {101, 0, WIDTH - 101, 77}, {0, 77, WIDTH, 1}, {0, 78, WIDTH, HEIGHT - 78}};
    rnd_planes_convert(&world->planes[0], world->image,
                       (struct rnd_damage_rect){0, 0, WIDTH, HEIGHT});
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        rnd_planes_convert(&world->planes[1], world->image, parts[i]);
    assert_memory_equal(world->bytes[0], world->bytes[1], sizeof world->bytes[0]);
}

/* --- formats -----------------------------------------------------------------------------------
 */

static void formats_are_found_by_the_end_of_a_path(void **state)
{
    (void)state;
    assert_string_equal(rnd_format_of_path("a.b/lesson.mp4")->name, "mp4");
    assert_string_equal(rnd_format_of_path("x.webm")->name, "webm");
    assert_string_equal(rnd_format_of_path("frames/")->name, "png");
    assert_null(rnd_format_of_path("mp4"));
    assert_null(rnd_format_of_path(".mp4")); /* has no name */
    assert_null(rnd_format_of_path("lesson.mov"));
    assert_ptr_equal(rnd_format_find("gif"), rnd_format_at(RND_FORMAT_GIF));
    assert_null(rnd_format_find("mov"));
}

static void impossible_pictures_are_refused(void **state)
{
    struct world *world = *state;
    const struct {
        int width_px, height_px, fps;
    } cases[] = {{0, 10, 1},      {10, -2, 1},      {321, 200, 25}, {320, 201, 25},
                 {8194, 200, 25}, {8192, 8192, 25}, {320, 200, 0},  {320, 200, 241}};
    const struct rnd_format *mp4 = rnd_format_at(RND_FORMAT_MP4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world->error[0] = '\0';
        assert_int_equal(rnd_encoder_check(mp4, cases[i].width_px, cases[i].height_px, cases[i].fps,
                                           world->error, sizeof world->error),
                         SIM_EINVAL);
        assert_non_null(strstr(world->error, "MP4"));
    }
    assert_int_equal(rnd_encoder_check(mp4, 3840, 2160, 60, world->error, sizeof world->error), 0);
    assert_int_equal(rnd_encoder_check(rnd_format_at(RND_FORMAT_GIF), 321, 201, 10, world->error,
                                       sizeof world->error),
                     0);
}

static void a_missing_encoder_is_named(void **state)
{
    struct world *world = *state;
    encoder_is_missing = true;
    assert_int_equal(record(world, RND_FORMAT_MP4), SIM_EIO);
    assert_non_null(strstr(world->error, "libx264"));
}

/* --- recording ---------------------------------------------------------------------------------
 */

static void every_format_is_the_same_each_time(void **state)
{
    struct world *world = *state;
    for (int kind = 0; kind < RND_FORMATS; kind++) {
        uint64_t hashes[2];
        if (kind == RND_FORMAT_PNG)
            continue;
        for (int i = 0; i < 2; i++) {
            assert_int_equal(record(world, (enum rnd_format_kind)kind), 0);
            hashes[i] = hash_of(world->output.beside);
            rnd_output_discard(&world->output);
        }
        assert_int_equal(hashes[0], hashes[1]);
    }
}

static void what_is_held_is_drawn_once(void **state)
{
    struct world *world = *state;
    world->step = 10;
    assert_int_equal(record(world, RND_FORMAT_MP4), 0);
    assert_int_equal(world->drawn, FRAMES / 10);
    assert_int_equal(world->told, FRAMES);
}

static void pictures_are_numbered_and_held_ones_repeated(void **state)
{
    struct world *world = *state;
    char path[160];
    uint64_t hashes[FRAMES];
    world->step = 4;
    assert_int_equal(record(world, RND_FORMAT_PNG), 0);
    for (int i = 0; i < FRAMES; i++) {
        (void)snprintf(path, sizeof path, "%s/frame-%06d.png", world->output.beside, i + 1);
        hashes[i] = hash_of(path);
        assert_int_equal(i > 0 && hashes[i] == hashes[i - 1], i % 4 != 0);
    }
    (void)snprintf(path, sizeof path, "%s/frame-%06d.png", world->output.beside, FRAMES + 1);
    assert_int_equal(access(path, F_OK), -1);
}

static void it_can_be_ended(void **state)
{
    struct world *world = *state;
    for (int kind = 0; kind < RND_FORMATS; kind++) {
        world->end_at = 7;
        assert_int_equal(record(world, (enum rnd_format_kind)kind), RND_RECORDER_ENDED);
        assert_int_equal(world->told, 7);
        rnd_output_discard(&world->output);
    }
}

static void what_cannot_be_drawn_ends_it(void **state)
{
    struct world *world = *state;
    world->fail_at = 9;
    assert_int_equal(record(world, RND_FORMAT_MP4), SIM_ENOMEM);
    assert_string_equal(world->error, sim_error_text(SIM_ENOMEM));
}

/* --- outputs -----------------------------------------------------------------------------------
 */

static void an_output_replaces_only_when_kept(void **state)
{
    struct world *world = *state;
    FILE *file = fopen(world->path, "w");
    assert_non_null(file);
    fputs("old", file);
    fclose(file);
    uint64_t old = hash_of(world->path);
    assert_int_equal(record(world, RND_FORMAT_GIF), 0);
    assert_int_equal(hash_of(world->path), old);
    uint64_t new = hash_of(world->output.beside);
    assert_int_equal(rnd_output_keep(&world->output, world->error, sizeof world->error), 0);
    assert_int_equal(hash_of(world->path), new);
    assert_null(world->output.path);
}

static void an_output_is_refused_where_something_else_is(void **state)
{
    struct world *world = *state;
    struct rnd_output output;
    const struct {
        const char *path;
        bool folder;
        int reason;
    } cases[] = {{world->folder, false, EISDIR},     {"/dev/null", false, ESPIPE},
                 {"/dev/null", true, ENOTDIR},       {"/tmp", true, ENOTEMPTY},
                 {"/nowhere/at/all", false, ENOENT}, {"/nowhere/at/all", true, ENOENT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(rnd_output_open(&output, cases[i].path, cases[i].folder, world->error,
                                         sizeof world->error),
                         SIM_EIO);
        assert_non_null(strstr(world->error, strerror(cases[i].reason)));
        assert_null(output.path);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define TEST_PLANES(name) cmocka_unit_test_setup_teardown(name, set_up_planes, tear_down_planes)
    const struct CMUnitTest tests[] = {
        TEST_PLANES(planes_are_bt709),
        TEST_PLANES(planes_have_no_colour_in_greys),
        TEST_PLANES(planes_are_the_same_in_parts),
        TEST(formats_are_found_by_the_end_of_a_path),
        TEST(impossible_pictures_are_refused),
        TEST(a_missing_encoder_is_named),
        TEST(every_format_is_the_same_each_time),
        TEST(what_is_held_is_drawn_once),
        TEST(pictures_are_numbered_and_held_ones_repeated),
        TEST(it_can_be_ended),
        TEST(what_cannot_be_drawn_ends_it),
        TEST(an_output_replaces_only_when_kept),
        TEST(an_output_is_refused_where_something_else_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
