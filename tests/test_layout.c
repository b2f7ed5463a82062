/* The layout: wherever splitters are dragged and whatever is collapsed, panels are of use. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/view/layout.h"

static const struct {
    int width_px, height_px;
} sizes[] = {{1024, 640}, {1280, 720}, {1366, 768}, {1920, 1080}, {2560, 1080}, {3840, 2160}};
#define SIZES (sizeof sizes / sizeof *sizes)

static struct rnd_layout make(const struct rnd_layout_spec *spec, int width_px, int height_px)
{
    return rnd_layout_make(spec, width_px, height_px, rnd_layout_scale(spec, width_px, height_px));
}

static bool overlap(struct rnd_rect a, struct rnd_rect b)
{
    return fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x) > 0 &&
           fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y) > 0;
}

static bool is_whole(struct rnd_rect r)
{
    return floor(r.x) == r.x && floor(r.y) == r.y && floor(r.w) == r.w && floor(r.h) == r.h;
}

static bool is_within(struct rnd_rect inner, struct rnd_rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static void assert_near(double value, double wanted, double apart)
{
    assert_true(fabs(value - wanted) <= apart);
}

static void assert_sound(const struct rnd_layout *l, int width_px, int height_px)
{
    const struct rnd_rect window = {0, 0, width_px, height_px};
    const struct rnd_rect panels[] = {l->header,
                                      l->source,
                                      l->timeline,
                                      l->output,
                                      l->loop,
                                      l->inspector,
                                      l->caption,
                                      l->transport,
                                      l->splitters[RND_SPLITTER_COLUMN],
                                      l->splitters[RND_SPLITTER_OUTPUT],
                                      l->splitters[RND_SPLITTER_LOWER],
                                      l->splitters[RND_SPLITTER_INSPECTOR]};
    const size_t count = sizeof panels / sizeof *panels;
    for (size_t a = 0; a < count; a++) {
        if (!rnd_rect_is_seen(panels[a]))
            continue;
        assert_true(is_whole(panels[a]));
        assert_true(is_within(panels[a], window));
        for (size_t b = a + 1; b < count; b++)
            assert_false(overlap(panels[a], panels[b]));
    }
    for (int i = 0; i < RND_PANELS; i++)
        if (rnd_rect_is_seen(l->params))
            assert_false(overlap(l->params, l->panels[i]));
    assert_false(overlap(l->params, l->buttons));
    assert_true(is_within(l->lanes, l->timeline) && is_within(l->axis, l->timeline));
    assert_true(is_within(l->minimap, l->timeline) || !rnd_rect_is_seen(l->minimap));
    assert_false(overlap(l->minimap, l->lanes));
    assert_true(l->lanes.h >= 50 * l->sizes.scale && l->axis.w > l->names_px);
}

/* Each panel collapsed or not, splitters at both ends, few and many parameters. */
static void nothing_overlaps_whatever_is_wanted(void **state)
{
    (void)state;
    static const double ends[] = {0, 0.001, 0.5, 0.999};
    for (size_t i = 0; i < SIZES; i++)
        for (unsigned bits = 0; bits < 1u << 9; bits++)
            for (size_t end = 0; end < sizeof ends / sizeof *ends; end++) {
                struct rnd_layout_spec spec = {.mode = (enum rnd_layout_mode)(bits % 3),
                                               .bare = bits >> 2 & 1,
                                               .large = bits >> 2 & 1,
                                               .inspector = bits >> 3 & 1,
                                               .params =
                                                   bits >> 4 & 1 ? (bits >> 5 & 1 ? 6 : 1) : 0};
                spec.collapsed[RND_PANEL_SOURCE] = bits >> 4 & 1;
                spec.collapsed[RND_PANEL_OUTPUT] = bits >> 5 & 1;
                spec.collapsed[RND_PANEL_LOOP] = bits >> 6 & 1;
                spec.collapsed[RND_PANEL_INSPECTOR] = bits >> 7 & 1;
                spec.collapsed[RND_PANEL_CAPTION] = bits >> 8 & 1;
                for (int s = 0; s < RND_SPLITTERS; s++)
                    spec.shares[s] = ends[end];
                int w = sizes[i].width_px, h = sizes[i].height_px;
                struct rnd_layout l = make(&spec, w, h);
                assert_sound(&l, w, h);
            }
}

static void a_mode_has_its_panels_and_no_others(void **state)
{
    (void)state;
    static const struct {
        enum rnd_layout_mode mode;
        int width_px, height_px;
        bool source, output, loop;
    } modes[] = {{RND_LAYOUT_FULL, 1920, 1080, true, true, true},
                 {RND_LAYOUT_CODE, 1920, 1080, true, false, false},
                 {RND_LAYOUT_TIMELINE, 1920, 1080, false, false, false},
                 {RND_LAYOUT_TALL, 1080, 1920, true, false, false},
                 {RND_LAYOUT_SQUARE, 1080, 1080, true, false, false}};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        struct rnd_layout_spec spec = {.mode = modes[i].mode, .bare = true, .large = true};
        struct rnd_layout l = make(&spec, modes[i].width_px, modes[i].height_px);
        assert_sound(&l, modes[i].width_px, modes[i].height_px);
        assert_int_equal(rnd_rect_is_seen(l.source), modes[i].source);
        assert_int_equal(rnd_rect_is_seen(l.output), modes[i].output);
        assert_int_equal(rnd_rect_is_seen(l.loop), modes[i].loop);
        assert_true(rnd_rect_is_seen(l.timeline) && rnd_rect_is_seen(l.caption));
        assert_false(rnd_rect_is_seen(l.header) || rnd_rect_is_seen(l.transport));
    }
}

static void type_for_people_far_away_is_never_small(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {.bare = true, .large = true};
    struct rnd_layout l = make(&spec, 1920, 1080);
    assert_true(l.text_least_px >= 20);
    assert_true(l.sizes.text_small >= 20 && l.sizes.text_time >= 20 && l.sizes.text_code >= 20);
    assert_true(make(&spec, 3840, 2160).text_least_px >= 40);
}

static void a_collapsed_panel_gives_its_room_away(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {.inspector = true};
    struct rnd_layout open = make(&spec, 1920, 1080);
    spec.collapsed[RND_PANEL_OUTPUT] = true;
    struct rnd_layout l = make(&spec, 1920, 1080);
    assert_true(l.output.h > 0 && l.output.h < 60 && l.source.h > open.source.h + 100);
    assert_true(l.collapsed[RND_PANEL_OUTPUT]);
    spec.collapsed[RND_PANEL_SOURCE] = true;
    l = make(&spec, 1920, 1080);
    assert_true(l.timeline.w > open.timeline.w + 400);
    spec.collapsed[RND_PANEL_LOOP] = true;
    l = make(&spec, 1920, 1080);
    assert_true(l.inspector.w > open.inspector.w + 200);
    spec.collapsed[RND_PANEL_INSPECTOR] = true;
    l = make(&spec, 1920, 1080);
    assert_true(l.timeline.h > open.timeline.h + 100);
    spec.collapsed[RND_PANEL_CAPTION] = true;
    assert_true(make(&spec, 1920, 1080).timeline.h > l.timeline.h + 80);
}

static void a_splitter_goes_where_it_is_dragged(void **state)
{
    (void)state;
    for (int i = 0; i < RND_SPLITTERS; i++) {
        struct rnd_layout_spec spec = {.inspector = true};
        double scale = rnd_layout_scale(&spec, 1920, 1080);
        struct rnd_rect bar = rnd_layout_make(&spec, 1920, 1080, scale).splitters[i];
        double x = bar.x + bar.w / 2 + 40, y = bar.y + bar.h / 2 - 30;
        for (int again = 0; again < 3; again++)
            spec.shares[i] = rnd_layout_share(&spec, 1920, 1080, scale, (enum rnd_splitter)i, x, y);
        struct rnd_rect now = rnd_layout_make(&spec, 1920, 1080, scale).splitters[i];
        if (bar.w < bar.h)
            assert_near(now.x - bar.x, 40, 1.5);
        else
            assert_near(now.y - bar.y, -30, 1.5);
    }
}

static void stacked_timelines_share_the_room(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {0};
    const uint32_t lanes[4] = {3, 3, 3, 3};
    for (size_t i = 0; i < SIZES; i++)
        for (uint32_t count = 1; count <= 4; count++) {
            struct rnd_layout all = make(&spec, sizes[i].width_px, sizes[i].height_px), before;
            for (uint32_t index = 0; index < count; index++) {
                struct rnd_layout one = rnd_layout_stacked(&all, index, count, lanes);
                assert_true(is_within(one.timeline, all.timeline));
                assert_true(is_whole(one.timeline) && one.axis.x == all.axis.x);
                assert_true(one.axis.w == all.axis.w);
                assert_int_equal(one.ruler.h > 0, index == 0);
                assert_int_equal(rnd_rect_is_seen(one.minimap), index + 1 == count);
                if (index > 0) {
                    assert_false(overlap(one.timeline, before.timeline));
                    assert_near(one.lanes.h + one.loop_lane.h, before.lanes.h + before.loop_lane.h,
                                1);
                }
                before = one;
            }
        }
}

static void a_stacked_timeline_with_more_lanes_has_more_room(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {0};
    const uint32_t lanes[] = {1, 4}, many[] = {3, 5000};
    for (size_t i = 0; i < SIZES; i++) {
        struct rnd_layout all = make(&spec, sizes[i].width_px, sizes[i].height_px);
        struct rnd_layout few = rnd_layout_stacked(&all, 0, 2, lanes);
        struct rnd_layout more = rnd_layout_stacked(&all, 1, 2, lanes);
        assert_true(more.lanes.h > few.lanes.h && few.lanes.h >= rnd_layout_lane_px(&few, 1));
        few = rnd_layout_stacked(&all, 0, 2, many);
        more = rnd_layout_stacked(&all, 1, 2, many);
        assert_true(more.lanes.h < 3 * few.lanes.h);
        assert_false(overlap(few.timeline, more.timeline));
    }
}

static void totals_stand_below_the_lanes(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {0};
    for (size_t i = 0; i < SIZES; i++) {
        struct rnd_layout plain = make(&spec, sizes[i].width_px, sizes[i].height_px), l = plain;
        rnd_layout_add_totals(&l, 2);
        assert_true(rnd_rect_is_seen(l.totals) && is_within(l.totals, l.timeline));
        assert_false(overlap(l.totals, l.lanes) || overlap(l.totals, l.axis));
        assert_false(overlap(l.totals, l.minimap));
        assert_true(l.lanes.h >= rnd_layout_lane_px(&l, 9));
        l = plain;
        rnd_layout_add_totals(&l, 0);
        assert_true(l.lanes.h == plain.lanes.h && !rnd_rect_is_seen(l.totals));
    }
}

static void many_parameters_get_a_row_of_their_own(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {.params = 2};
    struct rnd_layout l = make(&spec, 1920, 1080);
    assert_true(l.params.y == l.header.y && l.params.w > 400);
    spec.params = 5;
    l = make(&spec, 1920, 1080);
    assert_true(l.params.y == l.header.h && l.params.w > 1800);
    spec.params = 0;
    assert_false(rnd_rect_is_seen(make(&spec, 1920, 1080).params));
}

static void long_names_have_more_room_where_there_is_much(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = {.letters = 5};
    struct rnd_layout short_names = make(&spec, 1920, 1080);
    spec.letters = 22;
    struct rnd_layout l = make(&spec, 1920, 1080);
    assert_true(l.names_px >= 22 * 0.58 * l.sizes.text_name + l.sizes.pad);
    assert_true(l.names_px > short_names.names_px && l.lanes.h == short_names.lanes.h);
    assert_true(rnd_layout_stacked(&l, 1, 3, (uint32_t[]){3, 3, 3}).names_px == l.names_px);
    spec.letters = 1000;
    for (size_t i = 0; i < SIZES; i++) {
        l = make(&spec, sizes[i].width_px, sizes[i].height_px);
        assert_true(l.names_px <= l.timeline.w * 0.25);
        assert_sound(&l, sizes[i].width_px, sizes[i].height_px);
    }
}

static void what_is_shown_of_keys_lies_over_no_panel(void **state)
{
    (void)state;
    for (int mode = 0; mode < RND_LAYOUT_MODES; mode++)
        for (int look = 0; look < 4; look++) {
            const struct rnd_layout_shape *shape = &rnd_layout_shapes[mode];
            struct rnd_layout_spec spec = rnd_layout_recorded(shape->mode, look & 1, look & 2);
            spec.keys = true;
            for (int part = 1; part <= 3; part++) {
                int width = shape->width_px / part, height = shape->height_px / part;
                struct rnd_layout l = make(&spec, width, height);
                assert_true(rnd_rect_is_seen(l.step) && is_whole(l.step));
                for (int i = 0; i < RND_PANELS; i++)
                    assert_false(overlap(l.step, l.panels[i]));
                struct rnd_layout last = rnd_layout_stacked(&l, 1, 2, (uint32_t[]){2, 2});
                assert_false(overlap(l.step, last.timeline));
                assert_true(l.step.h >= 2 * l.step_text_px);
            }
        }
}

static void a_recording_has_nothing_that_only_a_window_needs(void **state)
{
    (void)state;
    struct rnd_layout_spec spec = rnd_layout_recorded(RND_LAYOUT_FULL, false, true);
    struct rnd_layout film = make(&spec, 1920, 1080);
    /* A collapsed panel that nobody can open leaves its room to the compared runs. */
    assert_false(rnd_rect_is_seen(film.loop));
    spec.film = false;
    struct rnd_layout window = make(&spec, 1920, 1080);
    assert_true(rnd_rect_is_seen(window.loop));
    assert_true(film.timeline.h > window.timeline.h);
    /* Phones are small: their videos have larger type than the window in that shape. */
    spec = rnd_layout_recorded(RND_LAYOUT_TALL, false, false);
    double phone = rnd_layout_scale(&spec, 1080, 1920);
    spec.film = false;
    assert_true(phone > 1.25 * rnd_layout_scale(&spec, 1080, 1920));
}

/* Nobody can scroll a video, or point at what is cut. */
static void a_recording_has_room_for_lanes_and_title(void **state)
{
    static const struct {
        enum rnd_layout_mode mode;
        int width_px, height_px;
        bool loop;
    } videos[] = {{RND_LAYOUT_FULL, 640, 360, false},   {RND_LAYOUT_FULL, 854, 480, true},
                  {RND_LAYOUT_FULL, 1280, 720, true},   {RND_LAYOUT_FULL, 1920, 1080, true},
                  {RND_LAYOUT_SQUARE, 480, 480, false}, {RND_LAYOUT_TALL, 360, 640, false}};
    (void)state;
    for (size_t i = 0; i < sizeof videos / sizeof *videos; i++) {
        struct rnd_layout_spec spec = rnd_layout_recorded(videos[i].mode, false, false);
        spec.params = 1;
        struct rnd_layout l = make(&spec, videos[i].width_px, videos[i].height_px);
        assert_int_equal(rnd_rect_is_seen(l.loop), videos[i].loop);
        assert_true(l.lanes.h >= 3 * rnd_layout_lane_px(&l, 3));
        bool below = l.params.y >= l.header.h;
        assert_true(below || l.params.x >= rnd_sizes_px(&l.sizes, 500));
    }
    struct rnd_layout_spec window = {0};
    assert_true(rnd_rect_is_seen(make(&window, 1024, 640).loop));

    /* Two lanes fill a large one, as those of compared runs, which are to look alike, do not. */
    struct rnd_layout_spec spec = rnd_layout_recorded(RND_LAYOUT_TIMELINE, false, false);
    struct rnd_layout film = make(&spec, 1920, 1080);
    spec.film = false;
    struct rnd_layout plain = make(&spec, 1920, 1080),
                      one = rnd_layout_stacked(&film, 0, 2, (uint32_t[]){2, 2});
    for (uint32_t lanes = 1; lanes < 5; lanes++)
        assert_true(lanes * rnd_layout_lane_px(&film, lanes) > film.lanes.h - lanes);
    assert_true(rnd_layout_lane_px(&film, 2) > 1.5 * rnd_layout_lane_px(&plain, 2));
    assert_true(rnd_layout_lane_px(&one, 2) <= rnd_layout_lane_px(&plain, 2));
}

/* Nobody can make it wider there, either. */
static void the_source_of_a_recording_is_as_wide_as_its_lines(void **state)
{
    (void)state;
    for (int large = 0; large < 2; large++) {
        struct rnd_layout_spec spec = rnd_layout_recorded(RND_LAYOUT_CODE, large, false);
        double before = make(&spec, 1920, 1080).source.w;
        for (spec.columns = 40; spec.columns < 50; spec.columns++) {
            struct rnd_layout l = make(&spec, 1920, 1080);
            assert_true(l.source.w >= before);
            assert_true(l.source.w >=
                        rnd_sizes_px(&l.sizes, 84) + spec.columns * 0.6 * l.sizes.text_code);
        }
        /* But lanes have most of the room, and what a user dragged in the window stays. */
        spec.columns = 300;
        assert_true(make(&spec, 1920, 1080).timeline.w > 1920 / 2);
        spec.film = false;
        assert_true(make(&spec, 1920, 1080).source.w == before);
    }
}

static void a_recording_has_room_for_the_names_of_lanes(void **state)
{
    (void)state;
    for (int large = 0; large < 2; large++) {
        struct rnd_layout_spec spec = rnd_layout_recorded(RND_LAYOUT_TIMELINE, large, false);
        spec.letters = 23;
        struct rnd_layout l = make(&spec, 1920, 1080);
        assert_true(l.names_px >= rnd_sizes_px(&l.sizes, 46) + 23 * 0.56 * l.sizes.text_name);
        spec.letters = 200;
        l = make(&spec, 1920, 1080);
        assert_true(l.axis.w > 0.7 * l.timeline.w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_overlaps_whatever_is_wanted),
        cmocka_unit_test(a_mode_has_its_panels_and_no_others),
        cmocka_unit_test(type_for_people_far_away_is_never_small),
        cmocka_unit_test(a_collapsed_panel_gives_its_room_away),
        cmocka_unit_test(a_splitter_goes_where_it_is_dragged),
        cmocka_unit_test(stacked_timelines_share_the_room),
        cmocka_unit_test(a_stacked_timeline_with_more_lanes_has_more_room),
        cmocka_unit_test(totals_stand_below_the_lanes),
        cmocka_unit_test(long_names_have_more_room_where_there_is_much),
        cmocka_unit_test(what_is_shown_of_keys_lies_over_no_panel),
        cmocka_unit_test(a_recording_has_nothing_that_only_a_window_needs),
        cmocka_unit_test(a_recording_has_room_for_lanes_and_title),
        cmocka_unit_test(the_source_of_a_recording_is_as_wide_as_its_lines),
        cmocka_unit_test(a_recording_has_room_for_the_names_of_lanes),
        cmocka_unit_test(many_parameters_get_a_row_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
