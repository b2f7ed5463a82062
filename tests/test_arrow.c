/* Arrows: of what kind they are, and the ways along them. */
#include "trace_story.h"

#include "render/model/arrow.h"

static uint32_t links_of_kind(const struct rnd_model *model, enum rnd_arrow_kind kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->link_count; i++)
        count += rnd_arrow_kind(model, &model->links[i]) == kind;
    return count;
}

static void an_arrow_is_of_the_kind_of_its_cause(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    (void)story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    assert_int_equal(links_of_kind(model, RND_ARROW_CREATE), 3);
    assert_int_equal(links_of_kind(model, RND_ARROW_TIMER), 2);
    assert_int_equal(links_of_kind(model, RND_ARROW_RESULT), 1);
    rnd_model_free(model);
    story_close(&s);

    story_open(&s, 1000);
    (void)story_of_timeout(&s);
    model = story_model(&s);
    assert_true(links_of_kind(model, RND_ARROW_TIMEOUT) >= 2);
    assert_int_equal(links_of_kind(model, RND_ARROW_CANCEL), 1);
    rnd_model_free(model);
    story_close(&s);
}

static void locks_and_queues_hand_over(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_iterate(&s, 1, 0);
    story_step(&s, main, SIM_RESUME_START);
    uint32_t other = story_create(&s, main, "other", 3), third = story_create(&s, main, "third", 4);
    SIM_PUT(&s.trace, STEP_END, SIM_STEP_YIELD, 0, main, 0, 0);
    story_step(&s, other, SIM_RESUME_START);
    story_await(&s, other, SIM_AWAIT_LOCK, 50);
    story_step(&s, third, SIM_RESUME_START);
    story_await(&s, third, SIM_AWAIT_QUEUE_GET, 51);
    story_step(&s, main, SIM_RESUME_SEND);
    uint32_t before = story_cursor(&s);
    SIM_PUT(&s.trace, TASK_READY, SIM_WAKE_DONE, 0, other, 50, 0);
    SIM_PUT(&s.trace, TASK_READY, SIM_WAKE_DONE, 0, third, 51, 0);
    struct rnd_model *model = story_model(&s);
    assert_int_equal(links_of_kind(model, RND_ARROW_LOCK), 1);
    assert_int_equal(links_of_kind(model, RND_ARROW_ITEM), 1);
    /* There and back again. */
    uint32_t effect = rnd_arrow_effect(model, main, before);
    assert_int_equal(model->links[effect].to_task, other);
    assert_int_equal(rnd_arrow_cause(model, other, model->links[effect].at), effect);
    assert_int_equal(model->links[effect].from_task, main);
    rnd_model_free(model);
    story_close(&s);
}

static void from_a_cause_there_is_a_way_back_to_its_effect(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    uint32_t why = rnd_arrow_cause(model, 1, at.resumed);
    assert_int_equal(model->links[why].from_task, 3);
    assert_int_equal(rnd_arrow_effect(model, 3, model->links[why].cause), why);
    /* A sleep's end comes from no task. */
    uint32_t woken = rnd_arrow_cause(model, 2, at.first_done);
    assert_int_equal(model->links[woken].from_task, 0);
    assert_int_equal(rnd_arrow_effect(model, 2, model->links[woken].cause), woken);
    assert_int_equal(rnd_arrow_effect(model, 0, 0), RND_NEVER);
    assert_int_equal(rnd_arrow_effect(model, 1, model->event_count), RND_NEVER);
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arrow_is_of_the_kind_of_its_cause),
        cmocka_unit_test(locks_and_queues_hand_over),
        cmocka_unit_test(from_a_cause_there_is_a_way_back_to_its_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
