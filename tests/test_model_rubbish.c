/* The model of traces that no scheduler wrote, and of a long one: nothing crashes, nothing grows
 * beyond its events, and all questions can be asked. */
#include "trace_story.h"

#include "render/model/axis.h"
#include "render/model/caption.h"
#include "render/model/label.h"
#include "render/model/pace.h"
#include "render/model/state.h"
#include "render/model/step.h"

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void ask_about_state(const struct rnd_model *model, uint32_t cursor)
{
    struct rnd_moment moment = rnd_model_moment(model, cursor);
    struct rnd_state state = rnd_state_at(model, moment);
    struct rnd_timer_state timers[5];
    char text[RND_LABEL_MAX];
    assert_true(state.snapshot <= state.queue_count);
    for (uint32_t i = 0; i < state.queue_count && i < 5; i++) {
        struct rnd_push push = rnd_state_queued(model, &state, i);
        rnd_label_push(model, &push, text, sizeof text);
    }
    uint32_t count = rnd_state_timers(model, moment, timers, 5);
    for (uint32_t i = 0; i < count && i < 5; i++) {
        assert_true(timers[i].timer->armed <= cursor && cursor < timers[i].timer->end);
        rnd_label_timer(model, timers[i].timer, text, sizeof text);
    }
    rnd_state_cancelled(model, moment, timers, 5);
    for (uint32_t i = 0; i < 40; i++) {
        uint32_t task = i < 20 ? i : RND_THREAD | (i - 20);
        struct rnd_lane_state lane = rnd_state_lane(model, task, cursor);
        rnd_label_doing(model, task, &lane, text, sizeof text);
        if (lane.span)
            rnd_label_await_left(model, lane.span, moment, text, sizeof text);
    }
}

static void ask_about_screen(const struct rnd_model *model, uint32_t cursor)
{
    struct rnd_caption caption;
    struct rnd_axis axis = rnd_axis_make(model, 1000, 12);
    struct rnd_tick ticks[50];
    rnd_caption_at(model, NULL, cursor, &caption);
    assert_true(caption.headline[0] != '\0');
    rnd_axis_zoom(&axis, rnd_axis_x(&axis, cursor), 3);
    rnd_axis_reveal(&axis, rnd_model_moment(model, cursor), 20);
    assert_true(rnd_axis_x(&axis, cursor) > -1e6 && rnd_axis_x(&axis, cursor) < 1e15);
    assert_true(rnd_axis_ticks(&axis, 60, ticks, 50) <= 50);
    for (int kind = RND_STEP_EVENT; kind <= RND_STEP_TASK; kind++) {
        assert_true(cursor == model->event_count ||
                    rnd_step_next(model, (enum rnd_step_kind)kind, 1, cursor) > cursor);
        assert_true(cursor == 0 ||
                    rnd_step_previous(model, (enum rnd_step_kind)kind, 1, cursor) < cursor);
    }
}

static void ask_everything(const struct rnd_model *model)
{
    uint32_t stride = model->event_count / 60 + 1;
    struct rnd_pace pace;
    struct rnd_pace_options options = rnd_pace_defaults();
    for (uint32_t cursor = 0; cursor <= model->event_count; cursor += stride) {
        ask_about_state(model, cursor);
        ask_about_screen(model, cursor);
    }
    assert_int_equal(rnd_pace_init(&pace, model, &options), 0);
    for (int64_t i = 0; i <= 10; i++)
        rnd_pace_moment(&pace, pace.total_ns / 10 * i);
    rnd_pace_close(&pace);
    for (uint32_t i = 0; i < model->lane_count; i++) {
        struct rnd_totals totals = rnd_lane_totals(model, &model->lanes[i]);
        assert_true(totals.ran_ns >= 0 && totals.ready_ns >= 0 && totals.waited_ns >= 0 &&
                    totals.blocked_ns >= 0 && totals.late_ns >= 0);
    }
}

/* A model of bytes; its texts too. */
static void try_bytes(struct sim_event *events, size_t count, char *text, size_t text_bytes)
{
    struct sim_trace_view view = {
        .events = events, .count = count / 2, .text = text, .text_bytes = text_bytes};
    struct rnd_model *model;
    assert_int_equal(rnd_model_build(&view, &model), 0);
    view.count = count;
    assert_int_equal(rnd_model_update(model, &view), 0);
    assert_true(model->lane_count + model->thread_count <= count && model->slice_count <= count);
    assert_true(model->output_count <= 4 * (count + text_bytes));
    ask_everything(model);
    rnd_model_free(model);
}

enum { EVENTS = 400, TEXT = 1024 };

static void random_bytes_do_no_harm(void **state)
{
    static struct sim_event events[EVENTS];
    static char text[TEXT];
    uint64_t seed = 88172645463325252;
    (void)state;
    for (int round = 0; round < 100; round++) {
        for (size_t i = 0; i < EVENTS; i++) {
            uint64_t words[2] = {next_random(&seed), next_random(&seed)};
            memcpy(&events[i], words, sizeof words);
        }
        for (size_t i = 0; i < TEXT; i++)
            text[i] = (char)next_random(&seed);
        try_bytes(events, EVENTS, text, TEXT);
    }
}

/* Real kinds and flags, small numbers, a few texts: what gets past a first look. */
static void events_in_no_order_do_no_harm(void **state)
{
    static struct sim_event events[EVENTS];
    static char text[TEXT];
    uint64_t seed = 2463534242;
    uint32_t length = TEXT - 12;
    (void)state;
    memset(text, '\n', sizeof text - 1);
    text[TEXT - 1] = '\0';
    memcpy(text + 8, &length, sizeof length); /* text 2: a thousand newlines */
    text[12 + length - 1] = '\0';
    for (int round = 0; round < 300; round++) {
        for (size_t i = 0; i < EVENTS; i++) {
            events[i] = (struct sim_event){.kind = (uint8_t)(next_random(&seed) % SIM_EV_KINDS),
                                           .flag = (uint8_t)(next_random(&seed) % 8),
                                           .aux = (uint16_t)(next_random(&seed) % 20),
                                           .id = (uint32_t)(next_random(&seed) % 12),
                                           .a = (uint32_t)(next_random(&seed) % 12),
                                           .b = (uint32_t)(next_random(&seed) % 12)};
            if (events[i].kind == SIM_EV_CLOCK || events[i].kind == SIM_EV_TIMER_ARMED)
                events[i].ns = (int64_t)(next_random(&seed) >> (round % 60));
        }
        try_bytes(events, EVENTS, text, TEXT);
    }
}

static void one_text_written_again_and_again_is_not_split_without_end(void **state)
{
    static struct sim_event events[5000];
    static char text[1 << 16];
    uint32_t length = sizeof text - 5;
    (void)state;
    memset(text, '\n', sizeof text);
    memcpy(text + 4, &length, sizeof length); /* text 1 */
    length = sizeof text - 9;
    memcpy(text + 4, &length, sizeof length);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < 5000; i++)
        events[i] = (struct sim_event){.kind = SIM_EV_OUTPUT, .a = 1};
    struct sim_trace_view view = {
        .events = events, .count = 5000, .text = text, .text_bytes = sizeof text};
    struct rnd_model *model;
    assert_int_equal(rnd_model_build(&view, &model), 0);
    assert_true(model->output_count > 1000);
    assert_true(model->output_count < 4 * sizeof text);
    rnd_model_free(model);
}

/* 10,000 tasks that sleep in turns: a million events. */
static void a_million_events_can_be_asked_about_anywhere(void **state)
{
    enum { TASKS = 10000 };
    static uint32_t timers[TASKS];
    struct story s;
    (void)state;
    story_open(&s, 1 << 20);
    uint32_t main = story_begin(&s);
    story_iterate(&s, 1, 0);
    story_step(&s, main, SIM_RESUME_START);
    for (uint32_t i = 0; i < TASKS; i++)
        story_create(&s, main, "worker", 1);
    SIM_PUT(&s.trace, STEP_END, SIM_STEP_YIELD, 0, main, 0, 0);
    story_iterate(&s, TASKS + 1, 0);
    for (uint32_t i = 0; i < TASKS; i++) {
        story_step(&s, i + 2, SIM_RESUME_START);
        timers[i] = story_sleep(&s, i + 1);
    }
    for (int64_t now = 1; s.trace.count < 1000000; now++) {
        uint32_t i = (uint32_t)((now - 1) % TASKS);
        story_clock(&s, SIM_CLOCK_IDLE, now);
        story_fire(&s, timers[i], 0);
        story_wake(&s, timers[i], i + 2);
        story_step(&s, i + 2, SIM_RESUME_SEND);
        timers[i] = story_sleep(&s, now + TASKS);
    }
    struct rnd_model *model = story_model(&s);
    struct rnd_moment end = rnd_model_moment(model, model->event_count);
    struct rnd_timer_state soonest[3];
    assert_int_equal(model->event_count, s.trace.count);
    assert_int_equal(rnd_state_timers(model, end, soonest, 3), TASKS);
    assert_true(soonest[0].left_ns == 1 && soonest[1].left_ns == 2);
    assert_int_equal(rnd_state_at(model, end).queue_count, 1);
    ask_everything(model);
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_bytes_do_no_harm),
        cmocka_unit_test(events_in_no_order_do_no_harm),
        cmocka_unit_test(one_text_written_again_and_again_is_not_split_without_end),
        cmocka_unit_test(a_million_events_can_be_asked_about_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
