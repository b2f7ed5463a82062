/* Questions: where they are asked, what is to choose from, and which answer is right. */
#include "trace_story.h"

#include "render/model/quiz.h"
#include "render/model/state.h"

static void what_runs_next_is_the_answer(void **state)
{
    (void)state;
    struct story story;
    struct rnd_quiz quiz;
    uint32_t asked = 0;
    story_open(&story, 1000);
    (void)story_of_gather(&story);
    struct rnd_model *model = story_model(&story);
    static const uint32_t answers[] = {2, 3, 2, 3};
    for (uint32_t cursor = 0; rnd_quiz_next(model, cursor, &quiz); cursor = quiz.answer_at) {
        assert_true(quiz.at >= cursor && quiz.at < quiz.answer_at);
        assert_true(quiz.choice_count >= 2);
        uint32_t answer = quiz.choices[quiz.answer];
        struct rnd_state at = rnd_state_at(model, rnd_model_moment(model, quiz.answer_at));
        assert_int_equal(at.runner, RND_RUNNER_TASK);
        assert_int_equal(at.runner_id, answer);
        assert_true(asked < sizeof answers / sizeof *answers);
        assert_int_equal(answer, answers[asked++]);
        /* Nobody runs while it is asked. */
        assert_int_equal(rnd_state_at(model, rnd_model_moment(model, quiz.at)).runner,
                         RND_RUNNER_NONE);
        for (uint32_t i = 1; i < quiz.choice_count; i++)
            assert_true(quiz.choices[i - 1] < quiz.choices[i]);
    }
    /* At last only main is left: there is nothing to ask about. */
    assert_int_equal(asked, 4);
    rnd_model_free(model);
    story_close(&story);
}

static void a_question_is_where_the_one_before_stopped(void **state)
{
    (void)state;
    struct story story;
    struct rnd_quiz first, same, next;
    story_open(&story, 1000);
    (void)story_of_gather(&story);
    struct rnd_model *model = story_model(&story);
    assert_true(rnd_quiz_next(model, 0, &first));
    assert_int_equal(first.after, 1);
    assert_int_equal(first.choice_count, 3);
    assert_true(rnd_quiz_next(model, first.at, &same));
    assert_int_equal(same.answer_at, first.answer_at);
    assert_true(rnd_quiz_next(model, first.at + 1, &next));
    assert_true(next.answer_at > first.answer_at);
    assert_false(rnd_quiz_next(model, model->event_count, &next));
    rnd_model_free(model);
    story_close(&story);
}

static void of_many_tasks_those_that_run_soon_are_to_choose_from(void **state)
{
    (void)state;
    enum { TASKS = 20 };
    struct story story;
    struct rnd_quiz quiz;
    uint32_t task[TASKS], timer[TASKS];
    story_open(&story, 1000);
    uint32_t main = story_begin(&story);
    story_iterate(&story, 1, 0);
    story_step(&story, main, SIM_RESUME_START);
    for (uint32_t i = 0; i < TASKS; i++)
        task[i] = story_create(&story, main, "worker", 3);
    story_await(&story, main, SIM_AWAIT_FUTURE, ++story.ids);
    story_iterate(&story, TASKS, 0);
    for (uint32_t i = 0; i < TASKS; i++) {
        story_step(&story, task[i], SIM_RESUME_START);
        timer[i] = story_sleep(&story, (TASKS - i) * SECOND); /* the last wakes up first */
    }
    uint32_t asleep = story_cursor(&story);
    story_clock(&story, SIM_CLOCK_IDLE, SECOND);
    story_fire(&story, timer[TASKS - 1], 0);
    story_iterate(&story, 1, 1);
    story_wake(&story, timer[TASKS - 1], task[TASKS - 1]);
    story_iterate(&story, 1, 0);
    story_step(&story, task[TASKS - 1], SIM_RESUME_SEND);
    story_return(&story, task[TASKS - 1]);
    struct rnd_model *model = story_model(&story);
    assert_true(rnd_quiz_next(model, asleep, &quiz));
    assert_int_equal(quiz.choice_count, RND_QUIZ_CHOICES);
    assert_int_equal(quiz.choices[quiz.answer], task[TASKS - 1]);
    for (uint32_t i = 0; i < quiz.choice_count; i++)
        assert_int_equal(quiz.choices[i], task[TASKS - RND_QUIZ_CHOICES + i]);
    rnd_model_free(model);
    story_close(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_runs_next_is_the_answer),
        cmocka_unit_test(a_question_is_where_the_one_before_stopped),
        cmocka_unit_test(of_many_tasks_those_that_run_soon_are_to_choose_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
