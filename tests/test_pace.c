/* The pace: which moment is shown when. */
#include "trace_story.h"

#include "render/model/pace.h"
#include "render/model/step.h"

static struct rnd_model *gather_model(struct story *s)
{
    story_open(s, 1000);
    story_of_gather(s);
    return story_model(s);
}

static struct rnd_pace pace_of(const struct rnd_model *model, struct rnd_pace_options options)
{
    struct rnd_pace pace;
    assert_int_equal(rnd_pace_init(&pace, model, &options), 0);
    return pace;
}

static void each_stop_is_held_and_time_passes_at_its_speed(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    for (int speed = 1; speed <= 4; speed *= 2) {
        struct rnd_pace pace =
            pace_of(model, (struct rnd_pace_options){.speed = speed, .hold_ns = SECOND / 10});
        assert_true(pace.total_ns == model->stop_count * SECOND / 10 + 2 * SECOND / speed);
        for (uint32_t i = 0; i + 1 < model->stop_count; i++) {
            struct rnd_moment stop = rnd_model_moment(model, model->stops[i].at);
            int64_t at_ns = rnd_pace_time(&pace, stop);
            assert_int_equal(rnd_pace_moment(&pace, at_ns).cursor, stop.cursor);
            assert_int_equal(rnd_pace_moment(&pace, at_ns + SECOND / 10 - 1).cursor, stop.cursor);
        }
        rnd_pace_close(&pace);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void a_lead_comes_before_everything_and_counts(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_pace_options options = {.speed = 1, .hold_ns = SECOND / 10};
    struct rnd_pace plain = pace_of(model, options);
    (void)state;
    options.lead_ns = 2 * SECOND;
    struct rnd_pace led = pace_of(model, options);
    assert_true(led.total_ns == plain.total_ns + 2 * SECOND);
    assert_int_equal(rnd_pace_moment(&led, 2 * SECOND - 1).cursor, 0);
    for (uint32_t i = 0; i < model->stop_count; i++) {
        struct rnd_moment stop = rnd_model_moment(model, model->stops[i].at);
        assert_true(rnd_pace_time(&led, stop) == rnd_pace_time(&plain, stop) + 2 * SECOND);
    }
    rnd_pace_close(&led);
    /* An exact length is that of both. */
    options.total_ns = 7 * SECOND;
    led = pace_of(model, options);
    assert_true(led.total_ns == 7 * SECOND);
    assert_true(rnd_pace_time(&led, rnd_model_moment(model, model->stops[0].at)) >= 2 * SECOND);
    rnd_pace_close(&led);
    rnd_pace_close(&plain);
    rnd_model_free(model);
    story_close(&s);
}

static void a_gap_is_shown_as_time_that_passes(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_pace pace =
        pace_of(model, (struct rnd_pace_options){.speed = 2, .hold_ns = SECOND / 10});
    (void)state;
    struct rnd_moment quarter = rnd_model_at_time(model, SECOND / 4);
    int64_t at_ns = rnd_pace_time(&pace, quarter);
    struct rnd_moment shown = rnd_pace_moment(&pace, at_ns);
    assert_int_equal(shown.cursor, quarter.cursor);
    assert_true(llabs(shown.time_ns - SECOND / 4) < 1000);
    shown = rnd_pace_moment(&pace, at_ns + SECOND / 8);
    assert_true(llabs(shown.time_ns - SECOND / 2) < 1000);
    rnd_pace_close(&pace);
    rnd_model_free(model);
    story_close(&s);
}

static void long_gaps_are_shortened_on_request(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    struct rnd_pace pace = pace_of(
        model,
        (struct rnd_pace_options){.speed = 1, .hold_ns = SECOND / 10, .gap_max_ns = SECOND / 5});
    (void)state;
    assert_true(pace.total_ns == model->stop_count * SECOND / 10 + 2 * SECOND / 5);
    struct rnd_moment half = rnd_model_at_time(model, SECOND / 2);
    int64_t at_ns = rnd_pace_time(&pace, half);
    assert_true(llabs(rnd_pace_moment(&pace, at_ns).time_ns - SECOND / 2) < 1000);
    rnd_pace_close(&pace);
    rnd_model_free(model);
    story_close(&s);
}

static void it_lasts_exactly_as_long_as_asked(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    for (int64_t seconds = 1; seconds < 100; seconds += 7) {
        struct rnd_pace_options options = rnd_pace_defaults();
        options.total_ns = seconds * SECOND;
        struct rnd_pace pace = pace_of(model, options);
        assert_true(pace.total_ns == seconds * SECOND);
        assert_int_equal(rnd_pace_moment(&pace, pace.total_ns).cursor, model->event_count);
        assert_true(rnd_pace_moment(&pace, pace.total_ns * 9 / 10).cursor < model->event_count);
        assert_int_equal(rnd_pace_moment(&pace, 0).cursor, model->stops[0].at);
        rnd_pace_close(&pace);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void it_never_goes_back_and_is_its_own_inverse(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_blocking(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_pace_options options = rnd_pace_defaults();
    options.speed = 1.7;
    options.total_ns = 9 * SECOND;
    struct rnd_pace pace = pace_of(model, options);
    struct rnd_moment last = {0};
    for (int64_t at_ns = 0; at_ns <= pace.total_ns; at_ns += SECOND / 60) {
        struct rnd_moment moment = rnd_pace_moment(&pace, at_ns);
        assert_true(moment.cursor >= last.cursor && moment.time_ns >= last.time_ns);
        assert_true(rnd_pace_time(&pace, moment) <= at_ns + 2000 ||
                    moment.cursor == model->event_count);
        last = moment;
    }
    for (uint32_t cursor = 0; cursor < model->event_count; cursor++) {
        struct rnd_moment moment = rnd_model_moment(model, cursor);
        uint32_t shown = rnd_pace_moment(&pace, rnd_pace_time(&pace, moment)).cursor;
        assert_int_equal(rnd_step_number(model, shown),
                         cursor == 0 ? 1 : rnd_step_number(model, rnd_step_stop(model, cursor)));
    }
    rnd_pace_close(&pace);
    rnd_model_free(model);
    story_close(&s);
}

static void what_must_be_read_is_held_and_the_rest_gives_way(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    const struct rnd_pace_hold holds[] = {{model->stops[1].at, 2 * SECOND},
                                          {model->stops[3].at, SECOND / 100}};
    struct rnd_pace_options options = {
        .speed = 1, .hold_ns = SECOND / 10, .holds = holds, .hold_count = 2};
    struct rnd_pace pace = pace_of(model, options);
    assert_true(pace.total_ns == (model->stop_count - 1) * SECOND / 10 + 4 * SECOND);
    rnd_pace_close(&pace);
    for (int64_t total_ns = 8 * SECOND; total_ns > 0; total_ns /= 2) {
        options.total_ns = total_ns;
        pace = pace_of(model, options);
        int64_t begin_ns = rnd_pace_time(&pace, rnd_model_moment(model, holds[0].cursor));
        int64_t end_ns = rnd_pace_time(&pace, rnd_model_moment(model, model->stops[2].at));
        assert_true(pace.total_ns == total_ns);
        assert_true(total_ns < 3 * SECOND ? end_ns - begin_ns < total_ns
                                          : llabs(end_ns - begin_ns - 2 * SECOND) < 10);
        rnd_pace_close(&pace);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void stops_begin_at_their_anchors(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    uint32_t middle = model->stops[model->stop_count / 2].at;
    const struct rnd_pace_anchor anchors[] = {
        {model->stops[2].at, 5 * SECOND},
        {model->stops[4].at, 4 * SECOND}, /* back: not heard */
        {middle, 11 * SECOND}};
    struct rnd_pace_options options = {.speed = 1,
                                       .hold_ns = SECOND / 10,
                                       .anchors = anchors,
                                       .anchor_count = 3,
                                       .total_ns = 12 * SECOND};
    struct rnd_pace pace = pace_of(model, options);
    assert_true(rnd_pace_time(&pace, rnd_model_moment(model, model->stops[2].at)) == 5 * SECOND);
    assert_true(rnd_pace_time(&pace, rnd_model_moment(model, middle)) == 11 * SECOND);
    assert_int_equal(rnd_pace_moment(&pace, 11 * SECOND).cursor, middle);
    assert_true(rnd_pace_moment(&pace, 11 * SECOND - 1).cursor < middle);
    assert_true(pace.total_ns == 12 * SECOND);
    rnd_pace_close(&pace);
    rnd_model_free(model);
    story_close(&s);
}

static void a_part_of_the_run_is_shown_alone(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    struct rnd_pace_options options = {.speed = 1, .hold_ns = SECOND / 10};
    options.from = rnd_model_at_time(model, SECOND / 4);
    options.to = rnd_model_at_time(model, SECOND * 3 / 4);
    struct rnd_pace pace = pace_of(model, options);
    assert_true(pace.total_ns == SECOND / 2); /* nothing but time passes there */
    assert_true(rnd_pace_moment(&pace, 0).time_ns == SECOND / 4);
    assert_true(rnd_pace_moment(&pace, SECOND / 4).time_ns == SECOND / 2);
    assert_true(rnd_pace_moment(&pace, 9 * SECOND).time_ns == SECOND * 3 / 4);
    rnd_pace_close(&pace);
    options.from = rnd_model_moment(model, model->stops[2].at);
    options.to = rnd_model_moment(model, model->stops[5].at);
    options.total_ns = 3 * SECOND;
    pace = pace_of(model, options);
    assert_true(pace.total_ns == 3 * SECOND);
    assert_int_equal(rnd_pace_moment(&pace, 0).cursor, model->stops[2].at);
    assert_int_equal(rnd_pace_moment(&pace, 3 * SECOND - 1).cursor, model->stops[5].at);
    rnd_pace_close(&pace);
    rnd_model_free(model);
    story_close(&s);
}

static void a_shortened_gap_says_how_much_faster_time_passes(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    struct rnd_pace pace = pace_of(
        model,
        (struct rnd_pace_options){.speed = 1, .hold_ns = SECOND / 10, .gap_max_ns = SECOND / 4});
    int64_t at_ns = rnd_pace_time(&pace, rnd_model_at_time(model, SECOND / 2));
    assert_true(rnd_pace_hurry(&pace, at_ns) == 4);
    assert_true(rnd_pace_hurry(&pace, 0) == 1);
    assert_true(rnd_pace_hurry(&pace, pace.total_ns) == 1);
    rnd_pace_close(&pace);
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_stop_is_held_and_time_passes_at_its_speed),
        cmocka_unit_test(a_lead_comes_before_everything_and_counts),
        cmocka_unit_test(a_gap_is_shown_as_time_that_passes),
        cmocka_unit_test(long_gaps_are_shortened_on_request),
        cmocka_unit_test(it_lasts_exactly_as_long_as_asked),
        cmocka_unit_test(it_never_goes_back_and_is_its_own_inverse),
        cmocka_unit_test(what_must_be_read_is_held_and_the_rest_gives_way),
        cmocka_unit_test(stops_begin_at_their_anchors),
        cmocka_unit_test(a_part_of_the_run_is_shown_alone),
        cmocka_unit_test(a_shortened_gap_says_how_much_faster_time_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
