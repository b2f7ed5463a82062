#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/draw/list.h"

static const rnd_colour ink = 0xff102030u;

static struct rnd_list *open_list(void)
{
    struct rnd_list *list;
    assert_int_equal(rnd_list_open(&list), 0);
    rnd_list_begin(list, 400, 300);
    return list;
}

static const struct rnd_cmd *last(const struct rnd_list *list)
{
    return rnd_list_at(list, rnd_list_count(list) - 1);
}

static void assert_box(struct rnd_rect box, double x, double y, double w, double h)
{
    assert_true(box.x == x && box.y == y && box.w == w && box.h == h);
}

static void rectangles_are_snapped_to_whole_pixels(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    rnd_list_rect(list, (struct rnd_rect){10.4, 20.6, 5.2, 7.9}, ink);
    assert_box(last(list)->box, 10, 21, 6, 8);
    rnd_list_rect(list, (struct rnd_rect){10.1, 20, 0.2, 0.2}, ink);
    assert_box(last(list)->box, 10, 20, 1, 1);
    /* Neighbours meet without a gap or an overlap. */
    rnd_list_rect(list, (struct rnd_rect){10, 0, 3.3, 1}, ink);
    double end = last(list)->box.x + last(list)->box.w;
    rnd_list_rect(list, (struct rnd_rect){13.3, 0, 3.3, 1}, ink);
    assert_true(last(list)->box.x == end);
    rnd_list_close(list);
}

static void what_shows_nothing_is_left_out(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    rnd_list_rect(list, (struct rnd_rect){0, 0, 0, 10}, ink);
    rnd_list_rect(list, (struct rnd_rect){0, 0, 10, 10}, RND_NONE);
    rnd_list_rect(list, (struct rnd_rect){400, 0, 10, 10}, ink);
    rnd_list_circle(list, -50, -50, 20, ink);
    rnd_list_text(list, RND_FONT_UI, 14, 10, 400, ink, "below the frame");
    rnd_list_text(list, RND_FONT_UI, 14, 10, 40, ink, "");
    rnd_list_pie(list, 50, 50, 20, 4, 0, 0, ink);
    assert_int_equal(rnd_list_count(list), 0);
    rnd_list_close(list);
}

static void clips_nest_and_come_back(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    rnd_list_clip_push(list, (struct rnd_rect){100, 100, 100, 100});
    assert_box(rnd_list_clip(list), 100, 100, 100, 100);
    rnd_list_rect(list, (struct rnd_rect){0, 0, 50, 50}, ink);
    assert_int_equal(rnd_list_count(list), 1);
    rnd_list_clip_push(list, (struct rnd_rect){150, 0, 500, 120});
    assert_box(rnd_list_clip(list), 150, 100, 50, 20);
    rnd_list_rect(list, (struct rnd_rect){150, 110, 50, 50}, ink);
    rnd_list_clip_pop(list);
    assert_box(rnd_list_clip(list), 100, 100, 100, 100);
    assert_int_equal(last(list)->kind, RND_CMD_CLIP);
    assert_box(last(list)->box, 100, 100, 100, 100);
    rnd_list_clip_pop(list);
    assert_box(rnd_list_clip(list), 0, 0, 400, 300);
    /* Clips that met but do not overlap let nothing through. */
    rnd_list_clip_push(list, (struct rnd_rect){0, 0, 10, 10});
    rnd_list_clip_push(list, (struct rnd_rect){20, 20, 10, 10});
    size_t count = rnd_list_count(list);
    rnd_list_rect(list, (struct rnd_rect){0, 0, 400, 300}, ink);
    assert_int_equal(rnd_list_count(list), count);
    rnd_list_clip_pop(list);
    rnd_list_clip_pop(list);
    rnd_list_close(list);
}

static void texts_and_points_are_copied(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    char text[] = "await sleep(1)";
    struct rnd_point points[] = {{1, 2}, {30, 4}, {5, 60}};
    rnd_list_text_bytes(list, RND_FONT_MONO, 15, 10.25, 20.4, ink, text, 5, RND_ALIGN_RIGHT, 80);
    rnd_list_polyline(list, points, 3, (struct rnd_stroke){ink, 2, 0, 0});
    memset(text, 'x', sizeof text);
    memset(points, 0, sizeof points);
    for (int i = 0; i < 1000; i++) /* the arena moves */
        rnd_list_text(list, RND_FONT_UI, 14, 0, 100, ink, "a text that makes the list grow");
    assert_int_equal(rnd_list_error(list), 0);

    const struct rnd_cmd *cmd = rnd_list_at(list, 0);
    assert_string_equal(rnd_list_string(list, cmd), "await");
    assert_int_equal(cmd->u.text.bytes, 5);
    assert_true(cmd->box.x == 10.25 && cmd->box.y == 20 && cmd->box.w == 80);
    cmd = rnd_list_at(list, 1);
    assert_int_equal(cmd->u.line.count, 3);
    assert_true(rnd_list_points(list, cmd)[2].y == 60);
    rnd_list_close(list);
}

static void lines_along_an_axis_are_whole_pixels(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    rnd_list_line(list, 10.2, 20, 50.4, 20, (struct rnd_stroke){ink, 2, 0, 0});
    assert_int_equal(last(list)->kind, RND_CMD_ROUND);
    assert_box(last(list)->box, 10, 19, 40, 2);
    rnd_list_line(list, 30, 90, 30, 40, (struct rnd_stroke){ink, 1, 0, 0});
    assert_int_equal((int)last(list)->box.w, 1);
    assert_int_equal((int)last(list)->box.h, 50);
    rnd_list_line(list, 10.2, 20, 50.4, 20, (struct rnd_stroke){ink, 2, 6.7, 4.6});
    assert_int_equal(last(list)->kind, RND_CMD_LINE);
    assert_true(last(list)->u.line.dash_px == 7 && last(list)->u.line.gap_px == 5);
    rnd_list_close(list);
}

static void an_arrow_ends_in_a_head(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    const struct rnd_point p[4] = {{10, 100}, {10, 50}, {60, 60}, {60, 20}};
    rnd_list_bezier(list, p, (struct rnd_stroke){ink, 2, 0, 0}, 0);
    assert_int_equal(rnd_list_count(list), 1);
    rnd_list_bezier(list, p, (struct rnd_stroke){ink, 2, 0, 0}, 10);
    assert_int_equal(rnd_list_count(list), 3);
    assert_int_equal(last(list)->kind, RND_CMD_POLYGON);
    const struct rnd_point *head = rnd_list_points(list, last(list));
    assert_true(head[0].x == 60 && head[0].y == 20);
    assert_true(head[1].y > 25 && head[2].y > 25);
    rnd_list_close(list);
}

/* Whether two frames of one text and one rectangle have the same hash. */
static int same_hash(const char *a, double x_a, const char *b, double x_b)
{
    struct rnd_list *list = open_list();
    rnd_list_text(list, RND_FONT_UI, 14, 10, 40, ink, a);
    rnd_list_rect(list, (struct rnd_rect){x_a, 0, 10, 10}, ink);
    uint64_t hash = rnd_list_hash(list);
    rnd_list_begin(list, 400, 300);
    rnd_list_text(list, RND_FONT_UI, 14, 10, 40, ink, b);
    rnd_list_rect(list, (struct rnd_rect){x_b, 0, 10, 10}, ink);
    int same = hash == rnd_list_hash(list);
    rnd_list_close(list);
    return same;
}

static void equal_frames_have_equal_hashes(void **state)
{
    (void)state;
    assert_true(same_hash("main", 5, "main", 5));
    assert_false(same_hash("main", 5, "mains", 5));
    assert_false(same_hash("main", 5, "mair", 5));
    assert_false(same_hash("main", 5, "main", 6));
}

static void a_command_keeps_its_hash_wherever_its_text_is_stored(void **state)
{
    (void)state;
    struct rnd_list *list = open_list();
    rnd_list_text(list, RND_FONT_UI, 14, 10, 40, ink, "same");
    rnd_list_text(list, RND_FONT_UI, 14, 10, 60, ink, "another before it");
    rnd_list_text(list, RND_FONT_UI, 14, 10, 40, ink, "same");
    assert_true(rnd_list_cmd_hash(list, rnd_list_at(list, 0)) ==
                rnd_list_cmd_hash(list, rnd_list_at(list, 2)));
    assert_false(rnd_list_cmd_hash(list, rnd_list_at(list, 0)) ==
                 rnd_list_cmd_hash(list, rnd_list_at(list, 1)));
    rnd_list_close(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rectangles_are_snapped_to_whole_pixels),
        cmocka_unit_test(what_shows_nothing_is_left_out),
        cmocka_unit_test(clips_nest_and_come_back),
        cmocka_unit_test(texts_and_points_are_copied),
        cmocka_unit_test(lines_along_an_axis_are_whole_pixels),
        cmocka_unit_test(an_arrow_ends_in_a_head),
        cmocka_unit_test(equal_frames_have_equal_hashes),
        cmocka_unit_test(a_command_keeps_its_hash_wherever_its_text_is_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
