/* Names, awaits and times in words. */
#include "trace_story.h"

#include "render/model/label.h"

#define MS INT64_C(1000000)

static void durations_are_said_as_people_say_them(void **state)
{
    static const struct {
        int64_t ns;
        const char *text;
    } cases[] = {
        {0, "0.0 s"},
        {2 * SECOND, "2.0 s"},
        {SECOND / 4, "0.25 s"},
        {SECOND * 3 / 2, "1.5 s"},
        {SECOND / 3, "0.333 s"},
        {10 * MS, "0.01 s"},
        {MS * 3 / 2, "1.5 ms"},
        {MS, "1 ms"},
        {2500, "2.5 µs"},
        {7, "7 ns"},
        {59 * SECOND + 999 * MS, "59.999 s"},
        {200 * SECOND, "3 min 20 s"},
        {60 * SECOND, "1 min"},
        {61 * SECOND + 500 * MS, "1 min 1.5 s"},
        {3600 * SECOND * 5 / 2, "2 h 30 min"},
        {86400 * SECOND * 3, "3 d"},
        {-5, "0.0 s"},
    };
    char text[RND_LABEL_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(rnd_label_duration(cases[i].ns, text, sizeof text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
}

static void marks_of_a_ruler_have_the_decimals_of_its_step(void **state)
{
    static const struct {
        int64_t ns, step_ns;
        const char *text;
    } cases[] = {
        {0, SECOND / 2, "0.0 s"},
        {2 * SECOND, SECOND, "2.0 s"},
        {SECOND / 2, SECOND / 2, "0.5 s"},
        {SECOND, SECOND / 20, "1.00 s"},
        {MS * 3 / 2, MS / 20, "1.50 ms"},
        {MS * 2, MS, "2 ms"},
        {30 * SECOND, 10 * SECOND, "30 s"},
        {180 * SECOND, 60 * SECOND, "3 min"},
        {185 * SECOND, 5 * SECOND, "3:05"},
        {185 * SECOND + SECOND / 2, SECOND / 2, "3:05.5"},
        {3600 * SECOND + 185 * SECOND, 5 * SECOND, "1:03:05"},
        {3600 * SECOND * 30, 3600 * SECOND * 6, "1 d 6 h"},
        {1500, 500, "1.5 µs"},
        {8, 2, "8 ns"},
    };
    char text[RND_LABEL_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rnd_label_tick(cases[i].ns, cases[i].step_ns, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

static void what_is_left_is_exact_at_rest_and_steady_in_motion(void **state)
{
    char text[RND_LABEL_MAX];
    (void)state;
    rnd_label_left(3 * SECOND, text, sizeof text);
    assert_string_equal(text, "3.0 s left");
    rnd_label_left(SECOND * 9 / 4, text, sizeof text);
    assert_string_equal(text, "2.25 s left");
    rnd_label_left(SECOND * 9 / 4 + 12345, text, sizeof text);
    assert_string_equal(text, "2.3 s left");
    rnd_label_left(-SECOND, text, sizeof text);
    assert_string_equal(text, "0.0 s left");
    rnd_label_left(90 * SECOND + 5, text, sizeof text);
    assert_string_equal(text, "1 min 30 s left");
}

static void a_clock_has_the_face_that_its_run_needs(void **state)
{
    static const struct {
        int64_t ns, run_ns;
        const char *face, *unit;
    } cases[] = {{1234567890, 2 * SECOND, "1.234", " s"},
                 {0, 0, "0.000", " s"},
                 {-5, SECOND, "0.000", " s"},
                 {5, 12, "5", " ns"},
                 {1250, 5000000, "1.250", " µs"},
                 {3661 * SECOND + SECOND / 2, 7200 * SECOND, "1:01:01.500", ""},
                 {277200 * SECOND, 277200 * SECOND, "77:00:00", ""}};
    char text[RND_LABEL_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        (void)rnd_label_clock(cases[i].ns, cases[i].run_ns, text, sizeof text);
        assert_string_equal(text, cases[i].face);
        assert_string_equal(rnd_label_clock_unit(cases[i].run_ns), cases[i].unit);
    }
}

static void a_task_is_called_by_its_name_or_its_coroutine(void **state)
{
    struct story s;
    char text[RND_LABEL_MAX];
    (void)state;
    story_open(&s, 100);
    story_create(&s, 0, "main", 1);
    story_create(&s, 1, "worker", 1);
    struct rnd_model *model = story_model(&s);
    rnd_label_task(model, 2, text, sizeof text);
    assert_string_equal(text, "worker");
    story_create(&s, 1, "worker", 1);
    SIM_PUT(&s.trace, TASK_CREATED, SIM_TASK_NAMED, 0, 4, story_text(&s, "boss"), 1);
    s.tasks = 4;
    story_create(&s, 1, "main.<locals>.inner", 1);
    struct sim_trace_view view = sim_trace_view_of(&s.memory);
    assert_int_equal(rnd_model_update(model, &view), 0);
    static const char *const names[] = {"module",    "main", "worker #1",
                                        "worker #2", "boss", "inner"};
    for (uint32_t task = 0; task < 6; task++) {
        rnd_label_task(model, task, text, sizeof text);
        assert_string_equal(text, names[task]);
    }
    rnd_label_task(model, 3, text, 5);
    assert_string_equal(text, "work");
    rnd_model_free(model);
    story_close(&s);
}

static void assert_await(const struct rnd_model *model, uint32_t task, const char *expected)
{
    char text[RND_LABEL_MAX];
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    rnd_label_await(model, &lane->spans[lane->span_count - 1], text, sizeof text);
    assert_string_equal(text, expected);
}

static void an_await_says_what_for(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 100);
    for (int i = 0; i < 7; i++)
        story_step(&s, story_create(&s, 0, i ? "other" : "main", 1), SIM_RESUME_START);
    story_step(&s, 1, SIM_RESUME_SEND);
    story_sleep(&s, SECOND * 3 / 2);
    story_step(&s, 2, SIM_RESUME_SEND);
    story_await(&s, 2, SIM_AWAIT_TASK, 1);
    story_step(&s, 3, SIM_RESUME_SEND);
    story_await(&s, 3, SIM_AWAIT_FUTURE, 99);
    story_step(&s, 4, SIM_RESUME_SEND);
    story_await(&s, 4, SIM_AWAIT_GATHER, 98);
    story_step(&s, 5, SIM_RESUME_SEND);
    SIM_PUT(&s.trace, COMBINE_BEGIN, SIM_COMBINE_GATHER, 0, 97, 1, 0);
    SIM_PUT(&s.trace, COMBINE_CHILD, SIM_AWAIT_TASK, 0, 97, 1, 0);
    story_await(&s, 5, SIM_AWAIT_GATHER, 97);
    story_step(&s, 6, SIM_RESUME_SEND);
    story_await(&s, 6, SIM_AWAIT_FUTURE, 99);
    SIM_PUT(&s.trace, AWAIT_LABEL, 0, 0, 6, story_text(&s, "thread main.<locals>.work"), 99);
    story_step(&s, 7, SIM_RESUME_SEND);
    SIM_PUT_NS(&s.trace, BLOCK_BEGIN, 0, 7, SECOND / 4);
    struct rnd_model *model = story_model(&s);
    assert_await(model, 1, "sleep(1.5)");
    assert_await(model, 2, "task main");
    assert_await(model, 3, "future");
    assert_await(model, 4, "gather");
    assert_await(model, 5, "gather · 1 task");
    assert_await(model, 6, "thread work");
    assert_await(model, 7, "time.sleep(0.25)");
    char text[RND_LABEL_MAX];
    rnd_label_timer(model, &model->timers[0], text, sizeof text);
    assert_string_equal(text, "main · sleep(1.5)");
    struct rnd_push push = {.handle = model->timers[0].handle};
    rnd_label_push(model, &push, text, sizeof text);
    assert_string_equal(text, "wake main");
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_said_as_people_say_them),
        cmocka_unit_test(marks_of_a_ruler_have_the_decimals_of_its_step),
        cmocka_unit_test(what_is_left_is_exact_at_rest_and_steady_in_motion),
        cmocka_unit_test(a_clock_has_the_face_that_its_run_needs),
        cmocka_unit_test(a_task_is_called_by_its_name_or_its_coroutine),
        cmocka_unit_test(an_await_says_what_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
