/* Steps by event, task switch, source line, iteration and task, and where they stop. */
#include "trace_story.h"

#include "render/model/step.h"

static struct rnd_model *gather_model(struct story *s)
{
    story_open(s, 1000);
    story_of_gather(s);
    return story_model(s);
}

static void there_and_back_are_the_same_places(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    for (int kind = RND_STEP_EVENT; kind <= RND_STEP_TASK; kind++) {
        enum rnd_step_kind step = (enum rnd_step_kind)kind;
        uint32_t places[200], count = 0, cursor = 0;
        for (; cursor < model->event_count && count < 200; count++) {
            uint32_t next = rnd_step_next(model, step, 2, cursor);
            assert_true(next > cursor);
            places[count] = cursor = next;
        }
        assert_true(count > 3);
        for (; count > 1; count--) {
            cursor = rnd_step_previous(model, step, 2, cursor);
            assert_int_equal(cursor, places[count - 2]);
        }
        assert_int_equal(rnd_step_previous(model, step, 2, cursor), 0);
        assert_int_equal(rnd_step_next(model, step, 2, model->event_count), model->event_count);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void a_stop_comes_after_all_that_tells_more_about_its_event(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    (void)state;
    for (uint32_t i = 0; i < model->stop_count; i++) {
        const struct rnd_stop *stop = &model->stops[i];
        struct sim_event event = model->view.events[stop->event];
        if (event.kind == SIM_EV_TASK_CREATED)
            assert_int_equal(stop->at, stop->event + 2);
        if (event.kind == SIM_EV_COMBINE_BEGIN)
            assert_int_equal(stop->at, stop->event + 3);
        assert_int_not_equal(event.kind, SIM_EV_CALLBACK_END);
        assert_int_not_equal(event.kind, SIM_EV_TASK_CORO);
        assert_int_equal(rnd_step_number(model, stop->at), i + 1);
        assert_int_equal(rnd_step_stop(model, stop->at), stop->at);
    }
    assert_int_equal(rnd_step_number(model, 0), 0);
    assert_int_equal(rnd_step_stop(model, 0), 0);
    rnd_model_free(model);
    story_close(&s);
}

static void pieces_of_one_print_are_one_stop(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_print(&s, 0, "a");
    story_print(&s, 0, "\n");
    story_line(&s, 0, 2);
    story_print(&s, 0, "b\n");
    struct rnd_model *model = story_model(&s);
    assert_int_equal(model->stop_count, 3);
    assert_int_equal(model->stops[0].at, 2);
    rnd_model_free(model);
    story_close(&s);
}

/* How asyncio.run ends: with a task of its own, in a loop that runs once more for it. */
static void what_happens_backstage_is_no_stop(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    story_done(&s, main, "None");
    story_return(&s, main);
    SIM_PUT(&s.trace, LOOP_END, 0, 0, 1, 0, 0);
    uint32_t before = story_cursor(&s), cleaner = ++s.tasks;
    SIM_PUT(&s.trace, TASK_CREATED, SIM_TASK_INTERNAL, 0, cleaner, story_text(&s, "Task-2"), 0);
    SIM_PUT(&s.trace, LOOP_BEGIN, 0, 0, 1, cleaner, 0);
    story_iterate(&s, 1, 0);
    story_step(&s, cleaner, SIM_RESUME_START);
    story_print(&s, cleaner, "bye\n");
    uint32_t printed = story_cursor(&s);
    story_done(&s, cleaner, "None");
    story_return(&s, cleaner);
    story_end(&s);
    struct rnd_model *model = story_model(&s);
    uint32_t next = rnd_step_next(model, RND_STEP_EVENT, 0, before);
    assert_int_equal(next, printed);
    assert_int_equal(rnd_step_next(model, RND_STEP_EVENT, 0, next), model->event_count);
    assert_int_equal(rnd_step_next(model, RND_STEP_SWITCH, 0, before), model->event_count);
    assert_true(model->slices[1].backstage && !model->slices[0].backstage);
    rnd_model_free(model);
    story_close(&s);
}

static void a_switch_is_where_another_one_begins_to_run(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    uint32_t cursor = 0, tasks[16], count = 0;
    (void)state;
    while ((cursor = rnd_step_next(model, RND_STEP_SWITCH, 0, cursor)) < model->event_count) {
        struct sim_event event = model->view.events[cursor - 1];
        assert_true(event.kind == SIM_EV_STEP_BEGIN || event.kind == SIM_EV_CALLBACK_BEGIN);
        if (event.kind == SIM_EV_STEP_BEGIN)
            tasks[count++] = event.id;
    }
    static const uint32_t expected[] = {1, 2, 3, 2, 3, 1};
    assert_int_equal(count, 6);
    assert_memory_equal(tasks, expected, sizeof expected);
    rnd_model_free(model);
    story_close(&s);
}

static void lines_and_iterations_are_steps(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    uint32_t cursor = 0;
    (void)state;
    for (uint32_t i = 0; i < model->line_count; i++) {
        cursor = rnd_step_next(model, RND_STEP_LINE, 0, cursor);
        assert_int_equal(model->view.events[cursor - 1].kind, SIM_EV_LINE);
    }
    assert_int_equal(rnd_step_at_line(model, 4), model->lines[1].at);
    assert_int_equal(rnd_step_at_line(model, 6), RND_NEVER);
    cursor = 0;
    for (uint32_t i = 0; i < model->iteration_count; i++) {
        cursor = rnd_step_next(model, RND_STEP_ITERATION, 0, cursor);
        assert_int_equal(model->view.events[cursor - 1].kind, SIM_EV_ITERATION_BEGIN);
        assert_int_equal(model->view.events[cursor - 1].id, i + 1);
    }
    rnd_model_free(model);
    story_close(&s);
}

static void the_steps_of_a_task_are_its_own(void **state)
{
    struct story s;
    struct rnd_model *model = gather_model(&s);
    uint32_t cursor = 0, count = 0;
    (void)state;
    while ((cursor = rnd_step_next(model, RND_STEP_TASK, 2, cursor)) < model->event_count) {
        struct sim_event event = model->view.events[cursor - 1];
        assert_true(event.id == 2 || event.kind == SIM_EV_SLEEP);
        count++;
    }
    assert_int_equal(count, 8); /* six states and two lines */
    assert_int_equal(rnd_step_next(model, RND_STEP_TASK, 77, 0), model->event_count);
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back_are_the_same_places),
        cmocka_unit_test(a_stop_comes_after_all_that_tells_more_about_its_event),
        cmocka_unit_test(pieces_of_one_print_are_one_stop),
        cmocka_unit_test(what_happens_backstage_is_no_stop),
        cmocka_unit_test(a_switch_is_where_another_one_begins_to_run),
        cmocka_unit_test(lines_and_iterations_are_steps),
        cmocka_unit_test(the_steps_of_a_task_are_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
