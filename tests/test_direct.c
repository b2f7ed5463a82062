/* Direction: where to look at which time of a presentation. */
#include "trace_story.h"

#include "render/model/axis.h"
#include "render/model/direct.h"
#include "render/model/step.h"

static const char source[] = "async def io_task():\n"
                             "    pass\n"
                             "    pass\n"
                             "    await sleep(1)  # focus: io_task #2, loop\n"
                             "    return 'ok'  # focus: all\n"
                             "# zoom: 0.5..1.5\n"
                             "    await gather(a, b)  # note: Both are started.\n"
                             "    print('both')  # zoom: all\n"
                             "    # zoom: 3..2\n";

struct told {
    struct story story;
    struct rnd_model *model;
    struct rnd_lesson lesson;
    struct rnd_pace pace;
    struct rnd_direct direct;
};

static void tell(struct told *told)
{
    story_open(&told->story, 1000);
    story_of_gather(&told->story);
    told->model = story_model(&told->story);
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &told->lesson), 0);
    struct rnd_pace_options options = rnd_pace_defaults();
    options.hold_ns = 2 * SECOND;
    assert_int_equal(rnd_pace_init(&told->pace, told->model, &options), 0);
    assert_int_equal(rnd_direct_make(&told->pace, &told->lesson, &told->direct), 0);
}

static void forget(struct told *told)
{
    rnd_direct_free(&told->direct);
    rnd_pace_close(&told->pace);
    rnd_lesson_free(&told->lesson);
    rnd_model_free(told->model);
    story_close(&told->story);
}

/* When the run first comes to a line. */
static int64_t time_of(const struct told *told, uint32_t line)
{
    uint32_t cursor = rnd_step_at_line(told->model, line);
    return rnd_pace_time(&told->pace, rnd_model_moment(told->model, cursor));
}

static void nothing_is_directed_before_the_first_word(void **state)
{
    struct told told;
    (void)state;
    tell(&told);
    struct rnd_scene scene = rnd_direct_at(&told.direct, 0), plain = rnd_scene_plain();
    assert_true(rnd_scene_equal(&scene, &plain));
    assert_true(plain.zoom_to.whole);
    forget(&told);
}

static void a_focus_comes_gently_and_ends(void **state)
{
    struct told told;
    (void)state;
    tell(&told);
    int64_t begin_ns = time_of(&told, 4), end_ns = time_of(&told, 5);
    double last = 0;
    for (int64_t t = 0; t <= RND_DIRECT_EASE_NS; t += RND_DIRECT_EASE_NS / 30) {
        struct rnd_scene scene = rnd_direct_at(&told.direct, begin_ns + t);
        assert_true(scene.focus_share >= last && scene.focus_share - last < 0.2);
        last = scene.focus_share;
    }
    assert_true(last >= 1);
    struct rnd_scene scene = rnd_direct_at(&told.direct, end_ns - 1);
    assert_string_equal(scene.focus, "io_task #2, loop");
    scene = rnd_direct_at(&told.direct, end_ns + RND_DIRECT_EASE_NS / 8);
    assert_true(scene.focus && scene.focus_share > 0 && scene.focus_share < 1);
    assert_null(rnd_direct_at(&told.direct, end_ns + RND_DIRECT_EASE_NS).focus);
    forget(&told);
}

static void a_focus_names_tasks_or_coroutines(void **state)
{
    struct told told;
    (void)state;
    tell(&told);
    const struct rnd_model *model = told.model;
    assert_true(rnd_scene_has(model, "main", 1));
    assert_false(rnd_scene_has(model, "mai", 1));
    assert_true(rnd_scene_has(model, "io_task", 2) && rnd_scene_has(model, "io_task", 3));
    assert_false(rnd_scene_has(model, "io_task #2", 2));
    assert_true(rnd_scene_has(model, "other , io_task #2", 3));
    assert_false(rnd_scene_has(model, "io_task", 99));
    forget(&told);
}

static void a_zoom_goes_from_one_stretch_to_the_next(void **state)
{
    struct told told;
    (void)state;
    tell(&told);
    assert_int_equal(told.direct.zoom_count, 2); /* one goes backwards */
    struct rnd_scene scene =
        rnd_direct_at(&told.direct, time_of(&told, 7) + RND_DIRECT_EASE_NS / 2);
    assert_true(scene.zoom_from.whole && !scene.zoom_to.whole);
    assert_true(scene.zoom_to.from_ns == SECOND / 2 && scene.zoom_to.to_ns == SECOND * 3 / 2);
    assert_float_equal(scene.zoom_share, 0.5, 1e-9);
    scene = rnd_direct_at(&told.direct, time_of(&told, 8) + RND_DIRECT_EASE_NS);
    assert_true(!scene.zoom_from.whole && scene.zoom_to.whole && scene.zoom_share >= 1);
    forget(&told);
}

static void an_axis_on_its_way_begins_and_ends_as_it_should(void **state)
{
    struct told told;
    (void)state;
    tell(&told);
    struct rnd_axis whole = rnd_axis_make(told.model, 1000, 14), part = whole;
    rnd_axis_show(&part, rnd_model_at_time(told.model, SECOND / 2),
                  rnd_model_at_time(told.model, SECOND), 10);
    /* What will be in the middle. */
    int64_t middle_ns = rnd_axis_moment_at(&part, 500).time_ns;
    double last = rnd_axis_x_time(&whole, middle_ns);
    for (int i = 0; i <= 20; i++) {
        struct rnd_axis axis = rnd_axis_between(&whole, &part, i / 20.0);
        double x = rnd_axis_x_time(&axis, middle_ns);
        assert_true(axis.px_per_ns >= whole.px_per_ns && axis.px_per_ns <= part.px_per_ns);
        assert_true(x >= last - 1e-3 && x < last + 100);
        last = x;
    }
    assert_float_equal(last, 500, 1e-3);
    forget(&told);
}

static void a_callout_is_seen_until_it_is_read(void **state)
{
    struct told told;
    (void)state;
    tell(&told);
    int64_t begin_ns = time_of(&told, 7);
    assert_null(rnd_direct_at(&told.direct, begin_ns - 1).callout);
    struct rnd_scene scene = rnd_direct_at(&told.direct, begin_ns + RND_DIRECT_EASE_NS);
    assert_string_equal(scene.callout, "Both are started.");
    assert_true(scene.callout_share >= 1);
    assert_int_equal(scene.callout_task, 1);
    assert_null(rnd_direct_at(&told.direct, begin_ns + 9 * SECOND).callout);
    forget(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_directed_before_the_first_word),
        cmocka_unit_test(a_focus_comes_gently_and_ends),
        cmocka_unit_test(a_focus_names_tasks_or_coroutines),
        cmocka_unit_test(a_zoom_goes_from_one_stretch_to_the_next),
        cmocka_unit_test(an_axis_on_its_way_begins_and_ends_as_it_should),
        cmocka_unit_test(a_callout_is_seen_until_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
