#include "tests/draw_desk.h"

#define SCENE_HASH UINT64_C(0x23406ba73c521a92)

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

/* Draws what changed; the picture is as if all of it had been drawn. */
static struct rnd_damage draw_as_at_once(struct desk *desk)
{
    struct rnd_canvas *fresh;
    struct rnd_damage damage = draw(desk);
    assert_int_equal(rnd_canvas_open(&fresh, desk->fonts), 0);
    assert_int_equal(rnd_canvas_draw(fresh, desk->list, NULL), 0);
    assert_memory_equal(rnd_canvas_image(fresh).pixels, rnd_canvas_image(desk->canvas).pixels,
                        (size_t)WIDTH * HEIGHT * 4);
    rnd_canvas_close(fresh);
    return damage;
}

/* One of the things that look the same all along, so large. */
static void add_long(struct rnd_list *list, int kind, struct rnd_rect box)
{
    struct rnd_stroke dashes = {0xffbb9af7u, 2, 6, 4};
    switch (kind) {
    case 0:
        rnd_list_round(list, box, 7, 0x80335577u, 0, 0);
        break;
    case 1:
        rnd_list_round(list, box, 3.5, 0xff335577u, red, 9);
        break;
    case 2:
        rnd_list_pattern(list, box, 5, RND_PATTERN_HATCH, 8, 0xff9ece6au);
        break;
    case 3:
        rnd_list_line(list, box.x, box.y, box.x + box.w, box.y, dashes);
        break;
    default:
        rnd_list_line(list, box.x, box.y, box.x, box.y + box.h, dashes);
    }
}
enum { LONG_KINDS = 5 };

static void what_grows_is_drawn_again_at_its_end_only(void **state)
{
    struct desk *desk = *state;
    for (int kind = 0; kind < LONG_KINDS; kind++) {
        struct rnd_damage damage = {0};
        for (int grown = 0; grown <= 8; grown += 8) {
            rnd_list_begin(desk->list, WIDTH, HEIGHT);
            add_long(desk->list, kind, (struct rnd_rect){20, 20, 200 + grown, 120 + grown});
            damage = draw_as_at_once(desk);
        }
        assert_true(damage.count > 0);
        for (size_t i = 0; i < damage.count; i++) {
            const struct rnd_damage_rect *rect = &damage.rects[i];
            assert_true(rect->x >= 160 || rect->y >= 96);
        }
    }
}

/* From frame to frame one end of one of them moves a little, or of the part that is seen. */
static void what_grows_and_shrinks_is_the_same_in_parts_and_at_once(void **state)
{
    enum { THINGS = 2 * LONG_KINDS, SIDES = 4, FRAMES = 1500 };
    struct desk *desk = *state;
    int sides[THINGS + 1][SIDES]; /* the first is the clip */
    uint32_t random = 7;
    for (int frame = 0; frame < FRAMES; frame++) {
        for (int i = 0; i < (frame % 100 ? 1 : (THINGS + 1) * SIDES); i++) {
            random = random * 1664525u + 1013904223u;
            uint32_t side = random >> 8;
            if (frame % 100)
                sides[side / SIDES % (THINGS + 1)][side % SIDES] += (int)(random >> 16) % 23 - 11;
            else
                sides[i / SIDES][i % SIDES] = (int)side % (i % 2 ? HEIGHT : WIDTH) / 2 +
                                              (i % SIDES < 2 || i < SIDES ? 0 : WIDTH / 2);
        }
        struct rnd_list *list = begin(desk);
        for (int i = 0; i <= THINGS; i++) {
            const int *side = sides[i];
            struct rnd_rect box = {side[0], side[1], side[2] - side[0], side[3] - side[1]};
            if (i > 0)
                add_long(list, i % LONG_KINDS, box);
            else if (frame / 100 % 2)
                rnd_list_clip_push(list,
                                   (struct rnd_rect){side[0], side[1], WIDTH / 2, HEIGHT / 2});
        }
        draw_as_at_once(desk);
    }
}

static void random_frames_are_the_same_in_parts_and_at_once(void **state)
{
    struct desk *desk = *state;
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
        draw_as_at_once(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_have_the_same_pixels_everywhere),
        cmocka_unit_test(only_what_changed_is_drawn_again),
        cmocka_unit_test(a_change_of_order_or_of_clip_is_a_change),
        cmocka_unit_test(what_grows_is_drawn_again_at_its_end_only),
        cmocka_unit_test(what_grows_and_shrinks_is_the_same_in_parts_and_at_once),
        cmocka_unit_test(random_frames_are_the_same_in_parts_and_at_once),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
