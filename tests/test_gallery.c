/* The gallery: thumbnails, and where cards are. */
#include "trace_story.h"

#include <math.h>

#include "render/model/thumb.h"
#include "render/view/gallery.h"

static void a_thumbnail_shows_each_lane_from_edge_to_edge(void **state)
{
    (void)state;
    struct story story;
    struct rnd_thumb thumb;
    uint32_t ends = 0, runs = 0, waits = 0;
    uint16_t last = 0;
    story_open(&story, 1000);
    (void)story_of_gather(&story);
    struct rnd_model *model = story_model(&story);
    rnd_thumb_make(model, &thumb);
    assert_true(rnd_thumb_is_sound(&thumb));
    assert_int_equal(thumb.lane_count, 4); /* the loop, main, two io_task */
    for (uint16_t i = 0; i < thumb.piece_count; i++) {
        const struct rnd_thumb_piece *piece = &thumb.pieces[i];
        ends += piece->state == RND_TASK_DONE;
        runs += piece->state == RND_TASK_RUNNING && piece->lane == 0;
        waits += piece->state == RND_TASK_SUSPENDED && piece->to > piece->from;
        last = piece->to > last ? piece->to : last;
        assert_true(piece->lane > 0 || piece->state == RND_TASK_RUNNING);
    }
    assert_int_equal(ends, 3);
    assert_int_equal(runs, 6);
    assert_int_equal(waits, 3);
    assert_true(last > RND_THUMB_WIDTH * 9 / 10);
    rnd_model_free(model);
    story_close(&story);
}

static void blocking_is_seen_in_a_thumbnail(void **state)
{
    (void)state;
    struct story story;
    struct rnd_thumb thumb;
    uint32_t blocked[2] = {0};
    story_open(&story, 100);
    uint32_t main = story_begin(&story);
    story_iterate(&story, 1, 0);
    story_step(&story, main, SIM_RESUME_START);
    story_block(&story, main, 0, 2 * SECOND);
    story_done(&story, main, "None");
    story_return(&story, main);
    story_end(&story);
    struct rnd_model *model = story_model(&story);
    rnd_thumb_make(model, &thumb);
    for (uint16_t i = 0; i < thumb.piece_count; i++)
        if (thumb.pieces[i].state == RND_TASK_BLOCKING)
            blocked[thumb.pieces[i].lane]++;
    assert_int_equal(blocked[0], 1);
    assert_int_equal(blocked[1], 1);
    rnd_model_free(model);
    story_close(&story);
}

static void bytes_that_are_no_thumbnail_are_refused(void **state)
{
    (void)state;
    struct rnd_thumb thumb = {.lane_count = 2, .piece_count = 1};
    assert_true(rnd_thumb_is_sound(&thumb));
    thumb.piece_count = RND_THUMB_PIECES + 1;
    assert_false(rnd_thumb_is_sound(&thumb));
    thumb.piece_count = 1;
    thumb.pieces[0] = (struct rnd_thumb_piece){.from = 0, .to = RND_THUMB_WIDTH + 1};
    assert_false(rnd_thumb_is_sound(&thumb));
    thumb.pieces[0] = (struct rnd_thumb_piece){.from = 5, .to = 4};
    assert_false(rnd_thumb_is_sound(&thumb));
    thumb.pieces[0] = (struct rnd_thumb_piece){.lane = 2};
    assert_false(rnd_thumb_is_sound(&thumb));
    thumb.pieces[0] = (struct rnd_thumb_piece){.state = RND_TASK_STATES};
    assert_false(rnd_thumb_is_sound(&thumb));
}

static void cards_fill_the_window_and_can_all_be_reached(void **state)
{
    static const int sizes[][2] = {{1024, 640}, {1920, 1080}, {3840, 2160}, {640, 400}};
    const struct rnd_layout_spec spec = {0};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int w = sizes[i][0], h = sizes[i][1];
        struct rnd_layout layout = rnd_layout_make(&spec, w, h, rnd_layout_scale(&spec, w, h));
        struct rnd_gallery_layout l = rnd_gallery_layout_make(&layout, w, h, 30);
        assert_true(l.columns >= 1);
        for (uint32_t card = 0; card < 30; card++) {
            double scroll = rnd_gallery_scroll(&l, card, 0);
            struct rnd_rect place = rnd_gallery_card(&l, card, scroll);
            assert_true(place.x >= 0 && place.x + place.w <= w);
            assert_true(place.y >= l.area.y - 1);
            assert_true(place.y + fmin(place.h, l.area.h) <= l.area.y + l.area.h + 1);
            if ((card + 1) % l.columns)
                assert_true(place.x + place.w < rnd_gallery_card(&l, card + 1, scroll).x);
        }
        /* What is seen already does not move. */
        assert_true(rnd_gallery_scroll(&l, 0, 0) == 0);
        double end = rnd_gallery_scroll(&l, RND_NEVER, 1e9);
        assert_true(rnd_gallery_scroll(&l, 29, end) == end);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thumbnail_shows_each_lane_from_edge_to_edge),
        cmocka_unit_test(blocking_is_seen_in_a_thumbnail),
        cmocka_unit_test(bytes_that_are_no_thumbnail_are_refused),
        cmocka_unit_test(cards_fill_the_window_and_can_all_be_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
