/* The model of a trace: lanes, links, output, totals, and that it can be made bit by bit. */
#include "trace_story.h"

#include "render/model/label.h"
#include "render/model/state.h"

static void assert_states(const struct rnd_lane *lane, const enum rnd_task_state *states,
                          uint32_t count)
{
    assert_int_equal(lane->span_count, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(lane->spans[i].state, states[i]);
        assert_int_equal(lane->spans[i].end, i + 1 < count ? lane->spans[i + 1].begin : RND_NEVER);
    }
}

static void a_task_has_a_span_for_each_state_that_it_was_in(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    static const enum rnd_task_state states[] = {RND_TASK_READY,     RND_TASK_RUNNING,
                                                 RND_TASK_SUSPENDED, RND_TASK_READY,
                                                 RND_TASK_RUNNING,   RND_TASK_DONE};
    assert_int_equal(model->lane_count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_states(&model->lanes[i], states, 6);
    const struct rnd_span *gather = &model->lanes[0].spans[2];
    assert_int_equal(gather->await, SIM_AWAIT_GATHER);
    assert_true(gather->begin_ns == 0 && gather->end_ns == 2 * SECOND);
    const struct rnd_span *sleep = &model->lanes[2].spans[2];
    assert_int_equal(sleep->await, SIM_AWAIT_SLEEP);
    assert_true(sleep->deadline_ns == 2 * SECOND);
    assert_int_equal(model->lanes[1].parent, 1);
    assert_int_equal(model->lanes[1].line, 3);
    assert_string_equal(rnd_model_text(model, model->lanes[1].value, NULL), "'ok'");
    assert_true(model->over);
    assert_true(model->end_ns == 2 * SECOND);
    rnd_model_free(model);
    story_close(&s);
}

static void blocking_is_seen_in_its_task_and_charged_to_the_late_one(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_blocking(&s);
    struct rnd_model *model = story_model(&s);
    const struct rnd_lane *main = rnd_model_lane(model, 1), *worker = rnd_model_lane(model, 2);
    static const enum rnd_task_state states[] = {
        RND_TASK_READY,   RND_TASK_RUNNING,   RND_TASK_READY, RND_TASK_RUNNING, RND_TASK_BLOCKING,
        RND_TASK_RUNNING, RND_TASK_SUSPENDED, RND_TASK_READY, RND_TASK_RUNNING, RND_TASK_DONE};
    assert_states(main, states, 10);
    assert_int_equal(model->block_count, 1);
    assert_true(model->blocks[0].end_ns == 3 * SECOND);
    assert_int_equal(model->late_count, 1);
    assert_int_equal(model->lates[0].task, 2);
    assert_int_equal(model->lates[0].blocker, 1);
    assert_true(model->lates[0].due_ns == SECOND && model->lates[0].actual_ns == 3 * SECOND);
    struct rnd_totals totals = rnd_lane_totals(model, main);
    assert_true(totals.blocked_ns == 3 * SECOND && totals.waited_ns == 0);
    totals = rnd_lane_totals(model, worker);
    assert_true(totals.waited_ns == 3 * SECOND && totals.late_ns == 2 * SECOND);
    rnd_model_free(model);
    story_close(&s);
}

static void totals_of_a_wait_that_goes_on_count_up_to_the_end(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_iterate(&s, 1, 0);
    story_step(&s, main, SIM_RESUME_START);
    story_sleep(&s, 5 * SECOND);
    story_clock(&s, SIM_CLOCK_IDLE, 2 * SECOND);
    struct rnd_model *model = story_model(&s);
    assert_true(rnd_lane_totals(model, rnd_model_lane(model, main)).waited_ns == 2 * SECOND);
    rnd_model_free(model);
    story_close(&s);
}

static void the_loop_lane_shows_who_ran_and_which_timer_it_idled_for(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    static const struct {
        enum rnd_slice_kind kind;
        uint32_t task;
    } expected[] = {
        {RND_SLICE_TASK, 1},     {RND_SLICE_TASK, 2}, {RND_SLICE_TASK, 3},     {RND_SLICE_IDLE, 0},
        {RND_SLICE_CALLBACK, 0}, {RND_SLICE_TASK, 2}, {RND_SLICE_CALLBACK, 0}, {RND_SLICE_IDLE, 0},
        {RND_SLICE_CALLBACK, 0}, {RND_SLICE_TASK, 3}, {RND_SLICE_CALLBACK, 0}, {RND_SLICE_TASK, 1},
    };
    assert_int_equal(model->slice_count, sizeof expected / sizeof *expected);
    for (uint32_t i = 0; i < model->slice_count; i++) {
        assert_int_equal(model->slices[i].kind, expected[i].kind);
        if (expected[i].kind == RND_SLICE_TASK)
            assert_int_equal(model->slices[i].id, expected[i].task);
    }
    const struct rnd_slice *idle = &model->slices[3];
    assert_true(idle->begin_ns == 0 && idle->end_ns == SECOND);
    assert_int_equal(idle->end, idle->begin + 1);
    assert_int_equal(model->timers[idle->id].task, 2);
    assert_true(model->slices[4].sleep && !model->slices[6].sleep);
    rnd_model_free(model);
    story_close(&s);
}

static const struct rnd_link *link_to(const struct rnd_model *model, uint32_t task,
                                      enum rnd_link_kind kind)
{
    for (uint32_t i = 0; i < model->link_count; i++)
        if (model->links[i].to_task == task && model->links[i].kind == kind)
            return &model->links[i];
    fail();
    return NULL;
}

static void arrows_lead_from_the_cause_to_the_task_that_it_woke(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    const struct rnd_link *link = link_to(model, 2, RND_LINK_CREATE);
    assert_int_equal(link->from_task, 1);
    link = link_to(model, 2, RND_LINK_WAKE);
    assert_int_equal(link->from_task, 0);
    assert_int_equal(model->timers[link->timer].task, 2);
    assert_int_equal(link->cause, model->timers[link->timer].end);
    /* Through the callback of the gather, from the child that was the last to finish. */
    link = link_to(model, 1, RND_LINK_WAKE);
    assert_int_equal(link->from_task, 3);
    assert_int_equal(link->timer, RND_NEVER);
    assert_true(link->cause > at.first_done && link->cause < link->at);
    const struct rnd_span *ready = &model->lanes[0].spans[3];
    assert_ptr_equal(&model->links[ready->label], link);
    rnd_model_free(model);
    story_close(&s);
}

static void a_cancellation_is_an_arrow_from_who_asked_for_it(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s), worker = story_create(&s, main, "worker", 1);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT(&s.trace, CANCEL_REQUESTED, 0, 1, worker, main, 0);
    struct rnd_model *model = story_model(&s);
    assert_int_equal(link_to(model, worker, RND_LINK_CANCEL)->from_task, main);
    assert_int_equal(link_to(model, worker, RND_LINK_CANCEL)->at, story_cursor(&s));
    rnd_model_free(model);
    story_close(&s);
}

static void assert_line(const struct rnd_model *model, uint32_t line, const char *expected)
{
    char text[64];
    assert_true(line < model->output_count);
    rnd_model_output_text(model, &model->outputs[line], model->event_count, text, sizeof text);
    assert_string_equal(text, expected);
}

static void pieces_of_output_are_joined_into_lines(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_print(&s, main, "one ");
    uint32_t half = story_cursor(&s);
    story_print(&s, main, "line");
    story_print(&s, main, "\n");
    story_print(&s, main, "a\n\nb\tc");
    SIM_PUT(&s.trace, OUTPUT, SIM_STREAM_STDERR, 0, main, story_text(&s, "oops\n"), 0);
    struct rnd_model *model = story_model(&s);
    assert_int_equal(model->output_count, 5);
    assert_line(model, 0, "one line");
    assert_line(model, 1, "a");
    assert_line(model, 2, "");
    assert_line(model, 3, "b       c");
    assert_line(model, 4, "oops");
    assert_int_equal(model->outputs[4].stream, SIM_STREAM_STDERR);
    assert_false(model->outputs[3].whole);
    char text[64];
    rnd_model_output_text(model, &model->outputs[0], half, text, sizeof text);
    assert_string_equal(text, "one ");
    assert_int_equal(rnd_model_outputs_at(model, half), 1);
    assert_int_equal(rnd_model_outputs_at(model, half - 1), 0);
    rnd_model_free(model);
    story_close(&s);
}

static void a_text_that_does_not_fit_is_cut_between_characters(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_print(&s, 0, "aéé");
    struct rnd_model *model = story_model(&s);
    char text[8];
    for (size_t size = 1; size < sizeof text; size++) {
        size_t length =
            rnd_model_output_text(model, &model->outputs[0], model->event_count, text, size);
        assert_int_equal(length, strlen(text));
        assert_int_equal(length, size < 2 ? 0 : size < 4 ? 1 : size < 6 ? 3 : 5);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void what_is_no_text_is_shown_as_unknown(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_print(&s, 0, "\xff\xfe raw \xc3\xa9 \xe2\x82 \xed\xa0\x80\n");
    struct rnd_model *model = story_model(&s);
    assert_line(model, 0,
                "\xef\xbf\xbd\xef\xbf\xbd raw \xc3\xa9 \xef\xbf\xbd\xef\xbf\xbd "
                "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    rnd_model_free(model);
    story_close(&s);
}

static void time_and_cursor_lead_to_each_other(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    assert_int_equal(model->instant_count, 3);
    assert_true(rnd_model_time(model, at.gathered) == 0);
    assert_true(rnd_model_time(model, at.first_done) == SECOND);
    struct rnd_moment moment = rnd_model_at_time(model, SECOND / 2);
    assert_true(moment.time_ns == SECOND / 2);
    assert_int_equal(moment.cursor, model->instants[1].at - 1);
    moment = rnd_model_at_time(model, SECOND);
    assert_int_equal(moment.cursor, model->instants[2].at - 1);
    moment = rnd_model_at_time(model, 100 * SECOND);
    assert_int_equal(moment.cursor, model->event_count);
    assert_true(moment.time_ns == 2 * SECOND);
    rnd_model_free(model);
    story_close(&s);
}

/* The arrays of two models have the same number of records, with the same values in a field. */
#define ASSERT_SAME(a, b, items, item, field)                                                      \
    do {                                                                                           \
        assert_int_equal((a)->item##_count, (b)->item##_count);                                    \
        for (uint32_t i_ = 0; i_ < (a)->item##_count; i_++)                                        \
            assert_true((a)->items[i_].field == (b)->items[i_].field);                             \
    } while (0)

static void assert_same_model(const struct rnd_model *a, const struct rnd_model *b)
{
    ASSERT_SAME(a, b, instants, instant, time_ns);
    ASSERT_SAME(a, b, iterations, iteration, popped);
    ASSERT_SAME(a, b, pushes, push, handle);
    ASSERT_SAME(a, b, links, link, from_task);
    ASSERT_SAME(a, b, stops, stop, at);
    ASSERT_SAME(a, b, pieces, piece, at);
    ASSERT_SAME(a, b, lines, line, line);
    ASSERT_SAME(a, b, slices, slice, end);
    ASSERT_SAME(a, b, timers, timer, end);
    assert_int_equal(a->pop_count, b->pop_count);
    assert_int_equal(a->lane_count, b->lane_count);
    for (uint32_t i = 0; i < a->lane_count; i++) {
        assert_int_equal(a->lanes[i].span_count, b->lanes[i].span_count);
        for (uint32_t j = 0; j < a->lanes[i].span_count; j++) {
            assert_int_equal(a->lanes[i].spans[j].begin, b->lanes[i].spans[j].begin);
            assert_int_equal(a->lanes[i].spans[j].end, b->lanes[i].spans[j].end);
            assert_int_equal(a->lanes[i].spans[j].state, b->lanes[i].spans[j].state);
        }
    }
}

static void a_model_that_grows_is_the_one_made_at_once(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_blocking(&s);
    struct sim_trace_view all = sim_trace_view_of(&s.memory), some = all;
    struct rnd_model *growing, *whole;
    some.count = 0;
    assert_int_equal(rnd_model_build(&some, &growing), 0);
    assert_true(rnd_model_time(growing, 0) == 0);
    for (size_t count = 1; count <= all.count; count++) {
        some.count = count;
        assert_int_equal(rnd_model_update(growing, &some), 0);
        assert_int_equal(rnd_model_build(&some, &whole), 0);
        assert_same_model(growing, whole);
        rnd_model_free(whole);
    }
    rnd_model_free(growing);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_has_a_span_for_each_state_that_it_was_in),
        cmocka_unit_test(blocking_is_seen_in_its_task_and_charged_to_the_late_one),
        cmocka_unit_test(totals_of_a_wait_that_goes_on_count_up_to_the_end),
        cmocka_unit_test(the_loop_lane_shows_who_ran_and_which_timer_it_idled_for),
        cmocka_unit_test(arrows_lead_from_the_cause_to_the_task_that_it_woke),
        cmocka_unit_test(a_cancellation_is_an_arrow_from_who_asked_for_it),
        cmocka_unit_test(pieces_of_output_are_joined_into_lines),
        cmocka_unit_test(a_text_that_does_not_fit_is_cut_between_characters),
        cmocka_unit_test(what_is_no_text_is_shown_as_unknown),
        cmocka_unit_test(time_and_cursor_lead_to_each_other),
        cmocka_unit_test(a_model_that_grows_is_the_one_made_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
