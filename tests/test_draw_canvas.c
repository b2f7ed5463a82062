#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/draw/canvas.h"

enum { WIDTH = 300, HEIGHT = 200 };

static const rnd_colour ground = 0xff101820u;
static const rnd_colour red = 0xffff0000u;

#define SCENE_HASH UINT64_C(0x23406ba73c521a92)

struct desk {
    struct rnd_fonts *fonts;
    struct rnd_canvas *canvas;
    struct rnd_list *list;
};

static int open_desk(void **state)
{
    static struct desk desk;
    char why[200];
    *state = &desk;
    return rnd_fonts_open(&desk.fonts, NULL, why, sizeof why) < 0 ||
           rnd_canvas_open(&desk.canvas, desk.fonts) < 0 || rnd_list_open(&desk.list) < 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    rnd_list_close(desk->list);
    rnd_canvas_close(desk->canvas);
    rnd_fonts_close(desk->fonts);
    return 0;
}

static struct rnd_list *begin(struct desk *desk)
{
    rnd_list_begin(desk->list, WIDTH, HEIGHT);
    rnd_list_rect(desk->list, (struct rnd_rect){0, 0, WIDTH, HEIGHT}, ground);
    return desk->list;
}

static struct rnd_damage draw(struct desk *desk)
{
    struct rnd_damage damage;
    assert_int_equal(rnd_canvas_draw(desk->canvas, desk->list, &damage), 0);
    return damage;
}

static rnd_colour pixel(struct desk *desk, int x, int y)
{
    struct rnd_image image = rnd_canvas_image(desk->canvas);
    return image.pixels[(size_t)y * image.stride_bytes / 4 + (size_t)x] | 0xff000000u;
}

/* Pixels of the box that are not the ground's colour. */
static int inked(struct desk *desk, int x, int y, int w, int h)
{
    int count = 0;
    for (int row = y; row < y + h; row++) {
        for (int column = x; column < x + w; column++)
            count += pixel(desk, column, row) != ground;
    }
    return count;
}

static uint64_t picture_hash(struct desk *desk)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++)
            hash = (hash ^ pixel(desk, x, y)) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static void a_rectangle_covers_its_pixels_and_no_others(void **state)
{
    struct desk *desk = *state;
    rnd_list_rect(begin(desk), (struct rnd_rect){10, 20, 30, 5}, red);
    draw(desk);
    assert_int_equal(pixel(desk, 10, 20), red);
    assert_int_equal(pixel(desk, 39, 24), red);
    assert_int_equal(inked(desk, 0, 0, WIDTH, HEIGHT), 150);
}

static void rounded_corners_are_open_and_smooth(void **state)
{
    struct desk *desk = *state;
    rnd_list_round(begin(desk), (struct rnd_rect){10, 10, 60, 40}, 10, red, RND_NONE, 0);
    draw(desk);
    assert_int_equal(pixel(desk, 10, 10), ground);
    assert_int_equal(pixel(desk, 69, 49), ground);
    assert_int_equal(pixel(desk, 20, 10), red);
    assert_int_equal(pixel(desk, 10, 20), red);
    assert_int_equal(pixel(desk, 40, 30), red);
    int partly = 0;
    for (int x = 10; x < 20; x++)
        partly += pixel(desk, x, 12) != red && pixel(desk, x, 12) != ground;
    assert_in_range(partly, 1, 4);
    for (int i = 0; i < 10; i++) /* the four corners mirror each other */
        for (int j = 0; j < 10; j++) {
            assert_int_equal(pixel(desk, 10 + i, 10 + j), pixel(desk, 69 - i, 10 + j));
            assert_int_equal(pixel(desk, 10 + i, 10 + j), pixel(desk, 69 - i, 49 - j));
        }
}

static void a_border_leaves_the_inside_alone(void **state)
{
    struct desk *desk = *state;
    struct rnd_list *list = begin(desk);
    rnd_list_round(list, (struct rnd_rect){10, 10, 60, 40}, 8, RND_NONE, red, 2);
    rnd_list_round(list, (struct rnd_rect){100, 10, 60, 40}, 0, 0xff00ff00u, red, 3);
    draw(desk);
    assert_int_equal(pixel(desk, 40, 11), red);
    assert_int_equal(pixel(desk, 40, 12), ground);
    assert_int_equal(pixel(desk, 11, 30), red);
    assert_int_equal(inked(desk, 20, 20, 40, 20), 0);
    assert_int_equal(pixel(desk, 100, 10), red);
    assert_int_equal(pixel(desk, 102, 47), red);
    assert_int_equal(pixel(desk, 103, 46), 0xff00ff00u);
}

/* Each pixel of a translucent shape is inked once: a doubled one would be darker. */
static void translucent_shapes_are_even(void **state)
{
    struct desk *desk = *state;
    for (int size = 20; size <= 25; size++) {
        struct rnd_list *list = begin(desk);
        rnd_list_round(list, (struct rnd_rect){10, 10, 70, size}, size / 2.0, 0x80ff0000u, 0, 0);
        rnd_list_circle(list, 150, 60, size / 2.0, 0x80ff0000u);
        rnd_list_polyline(list, (struct rnd_point[]){{200, 20}, {250, 60}, {200, 90}}, 3,
                          (struct rnd_stroke){0x80ff0000u, 5, 0, 0});
        draw(desk);
        rnd_colour even = pixel(desk, 45, 10 + size / 2);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++)
                assert_true((pixel(desk, x, y) >> 16 & 0xff) <= (even >> 16 & 0xff));
        }
        assert_int_equal(pixel(desk, 12, 10 + size / 2), even);
        assert_int_equal(pixel(desk, 150, 60), even);
    }
}

static void a_gauge_fills_clockwise_from_the_top(void **state)
{
    struct desk *desk = *state;
    rnd_list_pie(begin(desk), 50, 50, 20, 5, 0, 0.25, red);
    draw(desk);
    assert_int_equal(pixel(desk, 62, 38), red);
    assert_int_equal(inked(desk, 30, 30, 19, 40), 0);
    assert_int_equal(inked(desk, 30, 52, 40, 19), 0);
    rnd_list_pie(begin(desk), 50, 50, 20, 5, 0, 0.75, red);
    draw(desk);
    assert_int_equal(pixel(desk, 62, 62), red);
    assert_int_equal(pixel(desk, 38, 62), red);
    assert_int_equal(inked(desk, 30, 30, 19, 19), 0);
    assert_int_equal(pixel(desk, 50, 50), ground);
}

static void dashes_are_even_along_an_axis(void **state)
{
    struct desk *desk = *state;
    rnd_list_line(begin(desk), 10, 50, 130, 50, (struct rnd_stroke){red, 2, 7, 5});
    draw(desk);
    for (int x = 0; x < 120; x++)
        assert_int_equal(pixel(desk, 10 + x, 49), x % 12 < 7 ? red : ground);
    assert_int_equal(inked(desk, 0, 0, WIDTH, 49), 0);
    assert_int_equal(inked(desk, 0, 51, WIDTH, 40), 0);
}

static void patterns_stay_within_their_shape_and_leave_gaps(void **state)
{
    struct desk *desk = *state;
    for (int pattern = 0; pattern < RND_PATTERNS; pattern++) {
        rnd_list_pattern(begin(desk), (struct rnd_rect){20, 20, 100, 60}, 12,
                         (enum rnd_pattern)pattern, 10, red);
        draw(desk);
        int inside = inked(desk, 20, 20, 100, 60);
        assert_int_equal(inked(desk, 0, 0, WIDTH, HEIGHT), inside);
        assert_in_range(inside, 300, 4500);
        assert_int_equal(inked(desk, 20, 20, 3, 3), 0);
    }
}

static void clips_are_respected_by_every_kind(void **state)
{
    struct desk *desk = *state;
    struct rnd_list *list = begin(desk);
    rnd_list_clip_push(list, (struct rnd_rect){50, 50, 20, 20});
    rnd_list_rect(list, (struct rnd_rect){40, 40, 20, 20}, red);
    rnd_list_circle(list, 60, 60, 30, 0x80ff0000u);
    rnd_list_line(list, 0, 0, 100, 90, (struct rnd_stroke){red, 3, 0, 0});
    rnd_list_line(list, 0, 60, 100, 60, (struct rnd_stroke){red, 3, 4, 4});
    rnd_list_pattern(list, (struct rnd_rect){30, 30, 90, 90}, 9, RND_PATTERN_DOTS, 8, red);
    rnd_list_pie(list, 60, 60, 30, 30, 0, 0.6, red);
    rnd_list_text(list, RND_FONT_UI_BOLD, 40, 20, 80, red, "clipped");
    rnd_list_clip_pop(list);
    draw(desk);
    assert_int_equal(inked(desk, 0, 0, WIDTH, HEIGHT), inked(desk, 50, 50, 20, 20));
    assert_int_equal(inked(desk, 50, 50, 20, 20), 400);
}

static void text_stands_on_its_baseline(void **state)
{
    struct desk *desk = *state;
    struct rnd_list *list = begin(desk);
    rnd_list_text(list, RND_FONT_UI_BOLD, 20, 20, 60, red, "HHH");
    draw(desk);
    int cap = rnd_font_cap_px(desk->fonts, RND_FONT_UI_BOLD, 20);
    double width = rnd_font_width_px(desk->fonts, RND_FONT_UI_BOLD, 20, "HHH");
    assert_int_equal(inked(desk, 0, 60, WIDTH, HEIGHT - 60), 0);
    assert_int_equal(inked(desk, 0, 0, WIDTH, 60 - cap - 1), 0);
    assert_int_not_equal(inked(desk, 20, 59, (int)width, 1), 0);
    assert_int_not_equal(inked(desk, 20, 60 - cap, (int)width, 1), 0);
    assert_int_equal(inked(desk, 0, 0, 20, HEIGHT), 0);
    assert_int_equal(inked(desk, 21 + (int)width, 0, 50, HEIGHT), 0);
}

static void text_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
    struct desk *desk = *state;
    const char *name = "a_task_with_a_very_long_name";
    rnd_list_text_fit(begin(desk), RND_FONT_UI, 15, 100, 60, red, name, RND_ALIGN_LEFT, 80);
    draw(desk);
    assert_int_equal(inked(desk, 0, 0, 99, HEIGHT), 0);
    assert_int_equal(inked(desk, 181, 0, WIDTH - 181, HEIGHT), 0);
    /* Its end is dots: nothing above the lowest few rows. */
    assert_int_not_equal(inked(desk, 170, 56, 11, 4), 0);
    assert_int_equal(inked(desk, 171, 40, 10, 15), 0);
    /* What fits is left as it is, wherever it is aligned. */
    double width = rnd_font_width_px(desk->fonts, RND_FONT_UI, 15, "main");
    rnd_list_text_fit(begin(desk), RND_FONT_UI, 15, 200, 60, red, "main", RND_ALIGN_RIGHT, width);
    draw(desk);
    uint64_t fitted = picture_hash(desk);
    rnd_list_text(begin(desk), RND_FONT_UI, 15, 200 - width, 60, red, "main");
    draw(desk);
    assert_true(picture_hash(desk) == fitted);
    assert_int_equal(inked(desk, 200, 0, 100, HEIGHT), 0);
}

static struct rnd_list *scene(struct desk *desk, double knob_x)
{
    struct rnd_list *list = begin(desk);
    const struct rnd_point curve[4] = {{20, 190}, {20, 150}, {70, 160}, {70, 130}};
    rnd_list_round(list, (struct rnd_rect){5, 5, 140, 90}, 10, 0xff161a22u, 0xff232833u, 1);
    rnd_list_round(list, (struct rnd_rect){15, 15, 60, 21}, 10.5, 0x407dcfffu, 0xff7dcfffu, 1);
    rnd_list_pattern(list, (struct rnd_rect){15, 45, 60, 20}, 5, RND_PATTERN_STRIPES, 8, red);
    rnd_list_round_dashed(list, (struct rnd_rect){85, 15, 50, 30}, 8,
                          (struct rnd_stroke){0xff8b94a5u, 1, 5, 4});
    rnd_list_pie(list, 110, 70, 12, 4, 0.1, 0.6, 0xff9ece6au);
    rnd_list_bezier(list, curve, (struct rnd_stroke){0xffff9e64u, 2, 0, 0}, 10);
    rnd_list_polyline(list, (struct rnd_point[]){{160, 20}, {200, 80}, {240, 30}}, 3,
                      (struct rnd_stroke){0xffbb9af7u, 2.5, 6, 4});
    rnd_list_circle(list, knob_x, 150, 7, 0xff7aa2f7u);
    return list;
}

/* The same in each build, with each compiler. */
static void shapes_have_the_same_pixels_everywhere(void **state)
{
    struct desk *desk = *state;
    scene(desk, 180);
    draw(desk);
    uint64_t hash = picture_hash(desk);
    if (hash != SCENE_HASH)
        print_message("the scene's hash is 0x%016llx\n", (unsigned long long)hash);
    assert_true(hash == SCENE_HASH);
}

static void only_what_changed_is_drawn_again(void **state)
{
    struct desk *desk = *state;
    scene(desk, 180);
    rnd_list_text(desk->list, RND_FONT_UI, 14, 160, 120, red, "a text");
    draw(desk);
    assert_int_equal(draw(desk).count, 0);
    scene(desk, 200);
    rnd_list_text(desk->list, RND_FONT_UI, 14, 160, 120, red, "a text");
    struct rnd_damage damage = draw(desk);
    assert_true(damage.count >= 1);
    for (size_t i = 0; i < damage.count; i++) {
        const struct rnd_damage_rect *rect = &damage.rects[i];
        assert_true(rect->x >= 128 && rect->y >= 128);
        assert_true(rect->x + rect->w <= 256 && rect->y + rect->h <= HEIGHT);
    }
    /* A picture drawn in parts is the one drawn at once. */
    uint64_t in_parts = picture_hash(desk);
    rnd_canvas_invalidate(desk->canvas);
    damage = draw(desk);
    assert_int_equal(damage.rects[0].w, WIDTH);
    assert_int_equal(damage.rects[0].h, HEIGHT);
    assert_true(picture_hash(desk) == in_parts);
}

static void a_change_of_order_or_of_clip_is_a_change(void **state)
{
    struct desk *desk = *state;
    for (int order = 0; order < 2; order++) {
        struct rnd_list *list = begin(desk);
        for (int i = 0; i < 2; i++)
            rnd_list_rect(list, (struct rnd_rect){10, 10, 20, 20}, i == order ? red : 0xff00ff00u);
        draw(desk);
        assert_int_equal(pixel(desk, 20, 20), order == 1 ? red : 0xff00ff00u);
    }
    for (int width = 20; width >= 10; width -= 5) {
        struct rnd_list *list = begin(desk);
        rnd_list_clip_push(list, (struct rnd_rect){10, 10, width, 20});
        rnd_list_rect(list, (struct rnd_rect){0, 0, 100, 100}, red);
        rnd_list_clip_pop(list);
        draw(desk);
        assert_int_equal(inked(desk, 0, 0, WIDTH, HEIGHT), width * 20);
    }
}

static void random_frames_are_the_same_in_parts_and_at_once(void **state)
{
    struct desk *desk = *state;
    struct rnd_canvas *fresh;
    uint32_t random = 1;
    for (int frame = 0; frame < 30; frame++) {
        struct rnd_list *list = begin(desk);
        uint32_t seed = random;
        for (int i = 0; i < 25; i++) {
            /* Half of each frame is as it was in the frame before. */
            if (i == 12)
                seed = random += 977;
            seed = seed * 1664525u + 1013904223u;
            double x = seed % 331 - 20.0, y = (seed >> 9) % 231 - 20.0, size = (seed >> 17) % 60;
            rnd_colour colour = seed | 0x60000000u;
            switch (i % 4) {
            case 0:
                rnd_list_round(list, (struct rnd_rect){x, y, size, size / 2}, 6, colour, red, 1);
                break;
            case 1:
                rnd_list_text(list, RND_FONT_UI, 6 + size / 2, x, y, colour, "Timeline");
                break;
            case 2:
                rnd_list_line(list, x, y, y, size, (struct rnd_stroke){colour, 2, 5, 3});
                break;
            default:
                rnd_list_pattern(list, (struct rnd_rect){x, y, size, 30}, 5, RND_PATTERN_HATCH, 8,
                                 colour);
            }
        }
        draw(desk);
        assert_int_equal(rnd_canvas_open(&fresh, desk->fonts), 0);
        assert_int_equal(rnd_canvas_draw(fresh, list, NULL), 0);
        assert_memory_equal(rnd_canvas_image(fresh).pixels, rnd_canvas_image(desk->canvas).pixels,
                            (size_t)WIDTH * HEIGHT * 4);
        rnd_canvas_close(fresh);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rectangle_covers_its_pixels_and_no_others),
        cmocka_unit_test(rounded_corners_are_open_and_smooth),
        cmocka_unit_test(a_border_leaves_the_inside_alone),
        cmocka_unit_test(translucent_shapes_are_even),
        cmocka_unit_test(a_gauge_fills_clockwise_from_the_top),
        cmocka_unit_test(dashes_are_even_along_an_axis),
        cmocka_unit_test(patterns_stay_within_their_shape_and_leave_gaps),
        cmocka_unit_test(clips_are_respected_by_every_kind),
        cmocka_unit_test(text_stands_on_its_baseline),
        cmocka_unit_test(text_that_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(shapes_have_the_same_pixels_everywhere),
        cmocka_unit_test(only_what_changed_is_drawn_again),
        cmocka_unit_test(a_change_of_order_or_of_clip_is_a_change),
        cmocka_unit_test(random_frames_are_the_same_in_parts_and_at_once),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
