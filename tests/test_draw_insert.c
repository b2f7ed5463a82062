/* One draw list within another. */
#include "render/draw/font.h"
#include "render/draw/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define RED 0xffff0000u

struct pair {
    struct rnd_list *list, *inner;
    struct rnd_fonts *fonts;
};

static struct pair open_pair(void)
{
    struct pair p;
    char error[256];
    assert_int_equal(rnd_list_open(&p.list), 0);
    assert_int_equal(rnd_list_open(&p.inner), 0);
    assert_int_equal(rnd_fonts_open(&p.fonts, NULL, error, sizeof error), 0);
    rnd_list_begin(p.list, 400, 400);
    rnd_list_begin(p.inner, 200, 200);
    return p;
}

static void close_pair(struct pair *p)
{
    rnd_list_close(p->list);
    rnd_list_close(p->inner);
    rnd_fonts_close(p->fonts);
}

static const struct rnd_cmd *first_of(const struct rnd_list *list, enum rnd_cmd_kind kind)
{
    for (size_t i = 0; i < rnd_list_count(list); i++)
        if (rnd_list_at(list, i)->kind == kind)
            return rnd_list_at(list, i);
    return NULL;
}

static void test_shapes_are_moved_and_scaled(void **state)
{
    struct pair p = open_pair();
    (void)state;
    rnd_list_round(p.inner, (struct rnd_rect){20, 40, 100, 60}, 8, RED, RND_NONE, 0);
    rnd_list_line(p.inner, 0, 0, 50, 80, (struct rnd_stroke){.colour = RED, .width_px = 4});
    rnd_list_insert(p.list, p.inner, p.fonts, 100, 10, 0.5);
    const struct rnd_cmd *round = first_of(p.list, RND_CMD_ROUND);
    assert_true(round->box.x == 110 && round->box.y == 30);
    assert_true(round->box.w == 50 && round->box.h == 30 && round->u.round.radius_px == 4);
    const struct rnd_cmd *line = first_of(p.list, RND_CMD_LINE);
    const struct rnd_point *points = rnd_list_points(p.list, line);
    assert_true(points[1].x == 125 && points[1].y == 50 && line->u.line.width_px == 2);
    close_pair(&p);
}

static void test_nothing_is_drawn_beside_it(void **state)
{
    struct pair p = open_pair();
    (void)state;
    rnd_list_clip_push(p.inner, (struct rnd_rect){0, 0, 50, 50});
    rnd_list_rect(p.inner, (struct rnd_rect){0, 0, 40, 40}, RED);
    rnd_list_clip_pop(p.inner);
    rnd_list_insert(p.list, p.inner, p.fonts, 100, 100, 1);
    bool within = false;
    for (size_t i = 0; i < rnd_list_count(p.list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(p.list, i);
        within |= cmd->kind == RND_CMD_CLIP && cmd->box.x == 100 && cmd->box.w == 50;
    }
    assert_true(within);
    /* What comes later is not clipped. */
    struct rnd_rect clip = rnd_list_clip(p.list);
    assert_true(clip.w == 400 && clip.h == 400);
    close_pair(&p);
}

static void test_text_that_gets_too_small_is_a_bar(void **state)
{
    struct pair p = open_pair();
    (void)state;
    rnd_list_text(p.inner, RND_FONT_UI, 20, 10, 100, RED, "words");
    rnd_list_insert(p.list, p.inner, p.fonts, 0, 0, 0.5);
    assert_true(first_of(p.list, RND_CMD_TEXT)->u.text.size_px == 10);
    rnd_list_begin(p.list, 400, 400);
    rnd_list_insert(p.list, p.inner, p.fonts, 0, 0, 0.1);
    assert_null(first_of(p.list, RND_CMD_TEXT));
    assert_non_null(first_of(p.list, RND_CMD_ROUND));
    close_pair(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes_are_moved_and_scaled),
        cmocka_unit_test(test_nothing_is_drawn_beside_it),
        cmocka_unit_test(test_text_that_gets_too_small_is_a_bar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
