#include "tests/draw_desk.h"

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

static void a_fill_does_not_show_around_its_border(void **state)
{
    struct desk *desk = *state;
    rnd_list_round(begin(desk), (struct rnd_rect){10, 10, 60, 40}, 12, 0xff00ff00u, red, 2);
    draw(desk);
    /* The outermost inked pixel of each row of the corner is border and ground, not fill. */
    for (int y = 10; y < 22; y++) {
        int x = 10;
        while (pixel(desk, x, y) == ground)
            x++;
        assert_true((pixel(desk, x, y) >> 8 & 0xff) <= (ground >> 8 & 0xff));
    }
    assert_int_equal(pixel(desk, 30, 30), 0xff00ff00u);
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

static void a_pattern_looks_the_same_in_parts(void **state)
{
    struct desk *desk = *state;
    const struct rnd_rect box = {20, 20, 100, 60};
    for (int pattern = 0; pattern < RND_PATTERNS; pattern++) {
        rnd_list_pattern(begin(desk), box, 12, (enum rnd_pattern)pattern, 10, red);
        draw(desk);
        uint64_t whole = picture_hash(desk);
        struct rnd_list *list = begin(desk);
        for (int part = 0; part < 4; part++) {
            int right = part & 1, lower = part >> 1;
            rnd_list_clip_push(list, (struct rnd_rect){right * 53, lower * 37, right ? 200 : 53,
                                                       lower ? 100 : 37});
            rnd_list_pattern(list, box, 12, (enum rnd_pattern)pattern, 10, red);
            rnd_list_clip_pop(list);
        }
        draw(desk);
        assert_true(picture_hash(desk) == whole);
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
    /* A letter that begins left of its place does so by a little only. */
    rnd_list_text(begin(desk), RND_FONT_UI, 20, 20, 60, red, "j");
    draw(desk);
    assert_int_not_equal(inked(desk, 19, 30, 2, 40), 0);
    assert_int_equal(inked(desk, 0, 0, 18, HEIGHT), 0);
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
    /* No space stands before the dots. */
    rnd_list_text_fit(begin(desk), RND_FONT_MONO, 15, 100, 60, red, "aa       aa", RND_ALIGN_LEFT,
                      80);
    draw(desk);
    assert_int_not_equal(inked(desk, 118, 50, 9, 10), 0);
    assert_int_equal(inked(desk, 127, 0, WIDTH - 127, HEIGHT), 0);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rectangle_covers_its_pixels_and_no_others),
        cmocka_unit_test(rounded_corners_are_open_and_smooth),
        cmocka_unit_test(a_border_leaves_the_inside_alone),
        cmocka_unit_test(a_fill_does_not_show_around_its_border),
        cmocka_unit_test(translucent_shapes_are_even),
        cmocka_unit_test(a_gauge_fills_clockwise_from_the_top),
        cmocka_unit_test(dashes_are_even_along_an_axis),
        cmocka_unit_test(patterns_stay_within_their_shape_and_leave_gaps),
        cmocka_unit_test(a_pattern_looks_the_same_in_parts),
        cmocka_unit_test(clips_are_respected_by_every_kind),
        cmocka_unit_test(text_stands_on_its_baseline),
        cmocka_unit_test(text_that_does_not_fit_ends_in_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
