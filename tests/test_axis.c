/* The axis: where the events of a run are on the screen, and back. */
#include "trace_story.h"

#include <math.h>

#include "render/model/axis.h"

#define WIDTH 800.0
#define SLOT 10.0

/* Equal to a hundredth of a pixel. */
static void assert_px(double actual, double expected)
{
    if (fabs(actual - expected) > 0.01)
        fail_msg("%f px, not %f", actual, expected);
}

static struct rnd_model *gather_model(struct story *s)
{
    story_open(s, 1000);
    story_of_gather(s);
    return story_model(s);
}

static void slices_of_an_instant_stand_side_by_side(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    /* main, io_task #1, io_task #2 at 0 s, each a slot wide, in the order in which they ran. */
    for (uint32_t i = 0; i < 3; i++) {
        assert_px(rnd_axis_x(&axis, model->slices[i].begin), i * SLOT);
        assert_px(rnd_axis_x(&axis, model->slices[i].end), (i + 1) * SLOT);
    }
    /* At 1 s the child, and half as wide the callback that tells the gather of its end. */
    double one_px = rnd_axis_x_time(&axis, SECOND);
    assert_px(rnd_axis_x(&axis, model->slices[5].begin), one_px);
    assert_px(rnd_axis_x(&axis, model->slices[6].begin), one_px + SLOT);
    assert_px(rnd_axis_x(&axis, model->slices[6].end), one_px + 1.5 * SLOT);
    rnd_model_free(model);
    story_close(&s);
}

static void between_instants_x_is_proportional_to_time(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    double second_px = axis.px_per_ns * (double)SECOND;
    double open_px = rnd_axis_x(&axis, model->slices[2].end);
    for (int i = 1; i < 10; i++)
        assert_px(rnd_axis_x_time(&axis, SECOND / 10 * i), open_px + second_px * i / 10);
    struct rnd_moment moment = rnd_model_at_time(model, SECOND / 2);
    assert_px(rnd_axis_x_moment(&axis, moment), open_px + second_px / 2);
    rnd_model_free(model);
    story_close(&s);
}

static void a_task_that_is_done_fills_its_slot(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    const struct rnd_lane *child = rnd_model_lane(model, 2);
    assert_px(rnd_axis_x(&axis, child->done), rnd_axis_x(&axis, model->slices[5].end));
    rnd_model_free(model);
    story_close(&s);
}

static void x_never_falls_and_its_inverse_finds_it(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_blocking(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    for (int round = 0; round < 6; round++) {
        for (uint32_t cursor = 1; cursor <= model->event_count; cursor++)
            assert_true(rnd_axis_x(&axis, cursor) >= rnd_axis_x(&axis, cursor - 1));
        for (int i = 0; i * 7 < WIDTH; i++) {
            double x = i * 7;
            struct rnd_moment moment = rnd_axis_moment_at(&axis, x);
            double back = rnd_axis_x_moment(&axis, moment);
            bool at_end = moment.cursor == model->event_count || moment.cursor == 0;
            assert_true(at_end || back <= x + 0.01);
            assert_true(at_end || rnd_axis_x(&axis, moment.cursor + 1) > x);
            assert_int_equal(rnd_axis_cursor_at(&axis, x), moment.cursor);
        }
        rnd_axis_zoom(&axis, WIDTH / 3, 1.7);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void a_click_into_a_gap_finds_its_time(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    struct rnd_moment moment = rnd_axis_moment_at(&axis, rnd_axis_x_time(&axis, SECOND * 3 / 2));
    assert_true(llabs(moment.time_ns - SECOND * 3 / 2) < SECOND / 1000);
    assert_int_equal(moment.cursor, model->instants[2].at - 1);
    rnd_model_free(model);
    story_close(&s);
}

static void fit_shows_the_whole_run_within_its_margins(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    rnd_axis_zoom(&axis, 100, 20);
    rnd_axis_fit(&axis, 25);
    assert_px(rnd_axis_x(&axis, 0), 25);
    assert_px(rnd_axis_x(&axis, model->event_count), WIDTH - 25);
    rnd_axis_show(&axis, rnd_model_at_time(model, SECOND / 2), rnd_model_at_time(model, SECOND),
                  10);
    assert_px(rnd_axis_x_time(&axis, SECOND / 2), 10);
    assert_px(rnd_axis_x_moment(&axis, rnd_model_at_time(model, SECOND)), WIDTH - 10);
    rnd_model_free(model);
    story_close(&s);
}

static void what_is_under_the_pointer_stays_there_in_a_zoom(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    for (int i = 0; i <= 16; i++) {
        struct rnd_axis zoomed = axis;
        struct rnd_moment moment = rnd_axis_moment_at(&axis, i * WIDTH / 16);
        double before = rnd_axis_x_moment(&axis, moment);
        rnd_axis_zoom(&zoomed, before, 3);
        rnd_axis_zoom(&zoomed, before, 1.5);
        assert_px(rnd_axis_x_moment(&zoomed, moment), before);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void instants_close_when_they_would_crowd_out_time(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 20000);
    uint32_t main = story_begin(&s);
    for (int i = 0; i < 2000; i++) {
        story_step(&s, main, SIM_RESUME_SEND);
        SIM_PUT(&s.trace, STEP_END, SIM_STEP_YIELD, 0, main, 0, 0);
        if (i % 100 == 99)
            story_clock(&s, SIM_CLOCK_IDLE, (i + 1) * SECOND / 100);
    }
    struct rnd_model *model = story_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    assert_true(axis.slot_px < 0.2);
    assert_true(axis.px_per_ns * (double)model->end_ns > WIDTH / 2);
    rnd_axis_zoom(&axis, 0, 1000);
    assert_px(axis.slot_px, SLOT);
    rnd_model_free(model);
    story_close(&s);
}

static void a_run_that_takes_no_time_is_all_slices(void **state)
{
    struct story s;
    struct rnd_tick ticks[4];
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    for (int i = 0; i < 20; i++) {
        story_step(&s, main, SIM_RESUME_SEND);
        SIM_PUT(&s.trace, STEP_END, SIM_STEP_YIELD, 0, main, 0, 0);
    }
    struct rnd_model *model = story_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    assert_px(rnd_axis_x(&axis, model->event_count), WIDTH);
    assert_int_equal(rnd_axis_ticks(&axis, 80, ticks, 4), 1);
    assert_string_equal(ticks[0].label, "0.0 s");
    rnd_axis_zoom(&axis, 400, 1.2);
    assert_px(rnd_axis_x(&axis, model->event_count), 400 + 400 * 1.2);
    rnd_model_free(model);
    story_close(&s);
}

static void a_moment_is_brought_into_view_by_the_least_move(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    struct rnd_moment begin = rnd_model_moment(model, 0), middle = rnd_model_at_time(model, SECOND);
    assert_false(rnd_axis_reveal(&axis, middle, 20));
    rnd_axis_zoom(&axis, WIDTH, 8);
    assert_true(rnd_axis_reveal(&axis, begin, 20));
    assert_px(rnd_axis_x_moment(&axis, begin), 20);
    assert_true(rnd_axis_reveal(&axis, middle, 30));
    assert_px(rnd_axis_x_moment(&axis, middle), WIDTH - 30);
    assert_false(rnd_axis_reveal(&axis, middle, 30));
    rnd_model_free(model);
    story_close(&s);
}

static void the_run_cannot_be_moved_out_of_sight(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    (void)state;
    rnd_axis_pan(&axis, 30);
    assert_px(rnd_axis_x(&axis, 0), 30);
    rnd_axis_pan(&axis, 1e9);
    assert_px(rnd_axis_x(&axis, 0), WIDTH / 2);
    rnd_axis_pan(&axis, -1e9);
    assert_px(rnd_axis_x(&axis, model->event_count), WIDTH / 2);
    for (int i = 0; i < 200; i++)
        rnd_axis_zoom(&axis, WIDTH / 2, 0.5);
    assert_px(axis.px_per_ns * (double)model->end_ns, WIDTH / 4);
    for (int i = 0; i < 200; i++)
        rnd_axis_zoom(&axis, WIDTH / 2, 2);
    assert_true(axis.px_per_ns <= 128.0);
    rnd_model_free(model);
    story_close(&s);
}

static void a_run_in_which_nothing_happened_stays_at_the_left(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    struct rnd_model *model = story_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    rnd_axis_fit(&axis, 20);
    rnd_axis_resize(&axis, model, WIDTH / 2);
    assert_px(rnd_axis_x(&axis, 0), 20);
    rnd_model_free(model);
    story_close(&s);
}

static void the_ruler_has_round_marks_far_enough_apart(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, WIDTH, SLOT);
    static const char *const labels[] = {"0.0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s"};
    struct rnd_tick ticks[64];
    (void)state;
    assert_int_equal(rnd_axis_ticks(&axis, 80, ticks, 64), 5);
    for (uint32_t i = 0; i < 5; i++) {
        assert_string_equal(ticks[i].label, labels[i]);
        assert_px(ticks[i].x_px, rnd_axis_x_time(&axis, ticks[i].time_ns));
    }
    for (int zoom = 0; zoom < 19; zoom++) {
        rnd_axis_zoom(&axis, rnd_axis_x_time(&axis, SECOND), 3);
        uint32_t count = rnd_axis_ticks(&axis, 80, ticks, 64);
        assert_true(count < 13);
        for (uint32_t i = 1; i < count; i++)
            assert_true(ticks[i].x_px - ticks[i - 1].x_px >= 79.9);
    }
    assert_int_equal(rnd_axis_ticks(&axis, 1, ticks, 3), 3);
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_of_an_instant_stand_side_by_side),
        cmocka_unit_test(between_instants_x_is_proportional_to_time),
        cmocka_unit_test(a_task_that_is_done_fills_its_slot),
        cmocka_unit_test(x_never_falls_and_its_inverse_finds_it),
        cmocka_unit_test(a_click_into_a_gap_finds_its_time),
        cmocka_unit_test(fit_shows_the_whole_run_within_its_margins),
        cmocka_unit_test(what_is_under_the_pointer_stays_there_in_a_zoom),
        cmocka_unit_test(instants_close_when_they_would_crowd_out_time),
        cmocka_unit_test(a_run_that_takes_no_time_is_all_slices),
        cmocka_unit_test(a_moment_is_brought_into_view_by_the_least_move),
        cmocka_unit_test(the_run_cannot_be_moved_out_of_sight),
        cmocka_unit_test(a_run_in_which_nothing_happened_stays_at_the_left),
        cmocka_unit_test(the_ruler_has_round_marks_far_enough_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
