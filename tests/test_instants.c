/* Several runs on one axis: what happens at the same time stands below each other. */
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

/* One task that sleeps so long, twice. */
static void tell_sleeper(struct story *s, int64_t sleep_ns)
{
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_SEND);
    for (int i = 1; i <= 2; i++) {
        story_await(s, main, SIM_AWAIT_SLEEP, 1);
        story_clock(s, SIM_CLOCK_IDLE, i * sleep_ns);
        story_iterate(s, 1, 1);
        story_step(s, main, SIM_RESUME_SEND);
    }
    story_end(s);
}

struct runs {
    struct story stories[2];
    const struct rnd_model *models[2];
    struct rnd_instants instants;
    struct rnd_axis axes[2];
};

/* A gather of 2 s, and a sleeper whose end is later. */
static void open_runs(struct runs *r)
{
    story_open(&r->stories[0], 1000);
    story_of_gather(&r->stories[0]);
    tell_sleeper(&r->stories[1], 2 * SECOND);
    for (int i = 0; i < 2; i++)
        r->models[i] = story_model(&r->stories[i]);
    assert_int_equal(rnd_instants_open(&r->instants, r->models, 2), 0);
    for (int i = 0; i < 2; i++) {
        r->axes[i] = rnd_axis_make(r->models[i], WIDTH, SLOT);
        r->axes[i].shared = &r->instants;
        rnd_axis_fit(&r->axes[i], 0);
    }
}

static void close_runs(struct runs *r)
{
    rnd_instants_close(&r->instants);
    for (int i = 0; i < 2; i++) {
        rnd_model_free((struct rnd_model *)r->models[i]);
        story_close(&r->stories[i]);
    }
}

static void each_time_is_at_the_same_place_in_all(void **state)
{
    struct runs r;
    (void)state;
    open_runs(&r);
    for (int64_t time_ns = 0; time_ns <= 4 * SECOND; time_ns += SECOND / 10)
        assert_px(rnd_axis_x_time(&r.axes[0], time_ns), rnd_axis_x_time(&r.axes[1], time_ns));
    assert_true(r.instants.end_ns == 4 * SECOND);
    close_runs(&r);
}

static void an_instant_is_as_wide_as_where_most_happens(void **state)
{
    struct runs r;
    (void)state;
    open_runs(&r);
    /* At 0 s three tasks run in the gather, and one in the other. */
    double second_px = r.axes[0].px_per_ns * (double)SECOND, slot = r.axes[0].slot_px;
    for (int i = 0; i < 2; i++)
        assert_px(rnd_axis_x_time(&r.axes[i], SECOND), 3 * slot + second_px);
    assert_px(rnd_axis_x(&r.axes[1], r.models[1]->slices[0].end), slot);
    /* What only one of them does at 1 s makes room in the other, too. */
    double after_px = rnd_axis_x_time(&r.axes[1], SECOND + SECOND / 2);
    assert_true(after_px > 3 * slot + 1.5 * second_px + slot);
    assert_px(after_px, rnd_axis_x_time(&r.axes[0], SECOND + SECOND / 2));
    close_runs(&r);
}

static void x_never_falls_and_leads_back_to_its_cursor(void **state)
{
    struct runs r;
    (void)state;
    open_runs(&r);
    for (int i = 0; i < 2; i++) {
        double before = -1;
        for (uint32_t cursor = 0; cursor <= r.models[i]->event_count; cursor++) {
            double x = rnd_axis_x(&r.axes[i], cursor);
            assert_true(x >= before);
            before = x;
            struct rnd_moment moment = rnd_axis_moment_at(&r.axes[i], x + 1e-6);
            assert_px(rnd_axis_x(&r.axes[i], moment.cursor), x);
        }
    }
    close_runs(&r);
}

static void a_run_that_is_over_goes_on_in_time(void **state)
{
    struct runs r;
    (void)state;
    open_runs(&r);
    double x = rnd_axis_x_time(&r.axes[1], 3 * SECOND);
    struct rnd_moment moment = rnd_axis_moment_at(&r.axes[0], x);
    assert_int_equal(moment.cursor, r.models[0]->event_count);
    assert_true(llabs(moment.time_ns - 3 * SECOND) < 1000);
    assert_px(rnd_axis_x_moment(&r.axes[0], moment), x);
    /* But not beyond the last of them. */
    assert_true(rnd_axis_moment_at(&r.axes[0], WIDTH + 500).time_ns == 4 * SECOND);
    assert_px(rnd_axis_x(&r.axes[1], r.models[1]->event_count), WIDTH);
    close_runs(&r);
}

static void an_instant_that_is_over_is_over_in_all(void **state)
{
    struct runs r;
    (void)state;
    open_runs(&r);
    /* Of 0 s the other run has a third only, and of 1 s nothing. */
    struct rnd_moment all = rnd_model_at_time(r.models[1], 0);
    assert_px(rnd_axis_x_moment(&r.axes[1], all), 3 * r.axes[1].slot_px);
    struct rnd_moment later = {.cursor = all.cursor, .time_ns = SECOND};
    assert_true(rnd_axis_x_moment(&r.axes[1], later) >
                rnd_axis_x_time(&r.axes[1], SECOND) + r.axes[1].slot_px);
    close_runs(&r);
}

static void a_zoom_keeps_what_is_under_the_pointer(void **state)
{
    struct runs r;
    (void)state;
    open_runs(&r);
    double x = rnd_axis_x_time(&r.axes[0], 3 * SECOND);
    rnd_axis_zoom(&r.axes[0], x, 3);
    assert_px(rnd_axis_x_time(&r.axes[0], 3 * SECOND), x);
    close_runs(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_time_is_at_the_same_place_in_all),
        cmocka_unit_test(an_instant_is_as_wide_as_where_most_happens),
        cmocka_unit_test(x_never_falls_and_leads_back_to_its_cursor),
        cmocka_unit_test(a_run_that_is_over_goes_on_in_time),
        cmocka_unit_test(an_instant_that_is_over_is_over_in_all),
        cmocka_unit_test(a_zoom_keeps_what_is_under_the_pointer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
