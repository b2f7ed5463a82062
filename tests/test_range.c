/* Ranges of a run: how tasks spent them, and where their edges snap to. */
#include "trace_story.h"

#include "render/model/range.h"

static struct rnd_range seconds(const struct rnd_model *model, int64_t from, int64_t to)
{
    return rnd_range_between(rnd_model_at_time(model, from * SECOND / 10),
                             rnd_model_at_time(model, to * SECOND / 10));
}

static void the_time_in_a_range_is_told_by_state(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    (void)story_of_blocking(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_range range = seconds(model, 5, 20);
    assert_int_equal(rnd_range_ns(&range), 3 * SECOND / 2);
    struct rnd_totals main = rnd_range_totals(model, &range, 1);
    assert_int_equal(main.blocked_ns, 3 * SECOND / 2);
    assert_int_equal(main.waited_ns, 0);
    struct rnd_totals worker = rnd_range_totals(model, &range, 2);
    assert_int_equal(worker.waited_ns, 3 * SECOND / 2);
    assert_int_equal(worker.late_ns, 0);
    struct rnd_totals all = rnd_range_totals_of_all(model, &range);
    assert_int_equal(all.blocked_ns + all.waited_ns, 3 * SECOND);

    range =
        rnd_range_between(rnd_model_moment(model, model->event_count), rnd_model_moment(model, 0));
    assert_int_equal(range.from.cursor, 0);
    all = rnd_range_totals_of_all(model, &range);
    assert_int_equal(all.blocked_ns, 3 * SECOND);
    assert_int_equal(all.late_ns, 2 * SECOND);
    assert_int_equal(rnd_range_totals(model, &range, 99).waited_ns, 0);
    rnd_model_free(model);
    story_close(&s);
}

static void all_together_are_the_sum_of_each(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    (void)story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    for (int64_t from = 0; from <= 20; from += 3)
        for (int64_t to = from; to <= 20; to += 4) {
            struct rnd_range range = seconds(model, from, to);
            int64_t waited_ns = 0;
            for (uint32_t task = 1; task <= 3; task++)
                waited_ns += rnd_range_totals(model, &range, task).waited_ns;
            assert_int_equal(rnd_range_totals_of_all(model, &range).waited_ns, waited_ns);
        }
    rnd_model_free(model);
    story_close(&s);
}

static void an_edge_snaps_to_the_spans_of_the_lane(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_axis axis = rnd_axis_make(model, 1000, 10);
    double x = rnd_axis_x(&axis, at.gathered);
    assert_int_equal(rnd_range_snap(&axis, 1, x + 5, 6).cursor, at.gathered);
    assert_int_equal(rnd_range_snap(&axis, 1, x - 5, 6).cursor, at.gathered);
    assert_true(rnd_range_snap(&axis, 1, x + 60, 6).cursor != at.gathered);
    /* The other task does nothing there. */
    double far = rnd_axis_x_time(&axis, 3 * SECOND / 2);
    struct rnd_moment moment = rnd_range_snap(&axis, 3, far, 6);
    assert_in_range(moment.time_ns, 1490000000, 1510000000);
    rnd_model_free(model);
    story_close(&s);
}

static void the_span_at_a_cursor_is_a_range(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_range range = rnd_range_of_span(model, 1, at.gathered);
    assert_true(range.set);
    assert_int_equal(range.from.cursor, at.gathered);
    assert_int_equal(rnd_range_ns(&range), 2 * SECOND);
    assert_false(rnd_range_of_span(model, 3, 0).set);
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_in_a_range_is_told_by_state),
        cmocka_unit_test(all_together_are_the_sum_of_each),
        cmocka_unit_test(an_edge_snaps_to_the_spans_of_the_lane),
        cmocka_unit_test(the_span_at_a_cursor_is_a_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
