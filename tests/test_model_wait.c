/* What tasks wait for: timeouts and whom they end, places in lines, progress; and threads. */
#include "trace_story.h"

#include "render/model/label.h"
#include "render/model/state.h"
#include "render/model/step.h"

static void assert_label(const struct rnd_model *model, uint32_t task, uint32_t cursor,
                         const char *expected)
{
    char label[RND_LABEL_MAX];
    struct rnd_lane_state lane = rnd_state_lane(model, task, cursor);
    assert_non_null(lane.span);
    rnd_label_await_left(model, lane.span, rnd_model_moment(model, cursor), label, sizeof label);
    assert_string_equal(label, expected);
}

static unsigned last_state(const struct rnd_model *model, uint32_t task)
{
    return rnd_state_lane(model, task, model->event_count).state;
}

static void who_is_cancelled_by_a_wait_for_timed_out(void **state)
{
    enum { MAIN = 1, OTHER = 2, CHILD = 3 };
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t waits = story_of_timeout(&s);
    struct rnd_model *m = story_model(&s);
    assert_label(m, MAIN, waits, "wait_for · timeout at 2.0 s");
    assert_int_equal(last_state(m, CHILD), RND_TASK_TIMED_OUT);
    assert_int_equal(last_state(m, OTHER), RND_TASK_CANCELLED);
    assert_string_equal(rnd_label_state(RND_TASK_TIMED_OUT), "timed out");
    char label[RND_LABEL_MAX];
    rnd_label_timer(m, &m->timers[0], label, sizeof label);
    assert_string_equal(label, "main · wait_for(2)");
    for (uint32_t i = 0; i < m->link_count; i++)
        if (m->links[i].kind == RND_LINK_CANCEL)
            assert_int_equal(m->links[i].timer, m->links[i].to_task == CHILD ? 0 : RND_NEVER);
    rnd_model_free(m);
    story_close(&s);
}

static void a_timeout_block_limits_what_its_task_awaits(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT_NS(&s.trace, TIMER_ARMED, SIM_TIMER_CALL, 50, 3 * SECOND);
    SIM_PUT(&s.trace, TIMEOUT, SIM_TIMEOUT_ARMED, 0, main, 40, 50);
    story_sleep(&s, 10 * SECOND);
    uint32_t inside = story_cursor(&s);
    story_clock(&s, SIM_CLOCK_IDLE, 3 * SECOND);
    SIM_PUT_NS(&s.trace, TIMER_FIRED, SIM_TIMER_CALL, 50, 0);
    SIM_PUT(&s.trace, CALLBACK_BEGIN, 0, 0, 50, 0, 0);
    SIM_PUT(&s.trace, TIMEOUT, SIM_TIMEOUT_EXPIRED, 0, main, 40, 50);
    story_cancel(&s, main, 0);
    SIM_PUT(&s.trace, CALLBACK_END, 0, 0, 50, 0, 0);
    story_step(&s, main, SIM_RESUME_CANCEL);
    SIM_PUT(&s.trace, UNCANCELLED, 0, 0, main, 0, 0);
    SIM_PUT(&s.trace, TIMEOUT, SIM_TIMEOUT_RAISED, 0, main, 40, 0);
    story_sleep(&s, 9 * SECOND);
    uint32_t outside = story_cursor(&s);
    story_cancel(&s, main, 0);
    story_end_cancelled(&s, main);
    struct rnd_model *m = story_model(&s);
    assert_label(m, main, inside, "sleep(10) · timeout at 3.0 s");
    assert_label(m, main, outside, "sleep(6) · 6.0 s left");
    assert_int_equal(last_state(m, main), RND_TASK_CANCELLED);
    rnd_model_free(m);
    story_close(&s);
}

/* The task finds the lock 7 held, and joins its line. */
static void stand_in_line(struct story *s, uint32_t task, uint32_t place)
{
    story_step(s, task, SIM_RESUME_START);
    SIM_PUT(&s->trace, SYNC, SIM_SYNC_WAIT, place, task, 7, 1);
    story_await(s, task, SIM_AWAIT_LOCK, 100 + task);
}

static void a_place_in_a_line_moves_up(void **state)
{
    struct story s;
    uint32_t workers[12];
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    for (int i = 0; i < 12; i++)
        workers[i] = story_create(&s, main, "worker", 1);
    SIM_PUT(&s.trace, SYNC_NEW, SIM_OBJECT_LOCK, 0, 7, story_text(&s, "door"), 0);
    SIM_PUT(&s.trace, SYNC, SIM_SYNC_ACQUIRE, 0, main, 7, 1);
    story_await(&s, main, SIM_AWAIT_FUTURE, 99);
    for (uint32_t i = 0; i < 12; i++)
        stand_in_line(&s, workers[i], i + 1);
    uint32_t all = story_cursor(&s);
    for (int i = 0; i < 2; i++) {
        SIM_PUT(&s.trace, TASK_READY, SIM_WAKE_DONE, 0, workers[i], 0, 0);
        story_step(&s, workers[i], SIM_RESUME_SEND);
        story_await(&s, workers[i], SIM_AWAIT_FUTURE, 99);
    }
    struct rnd_model *m = story_model(&s);
    assert_label(m, workers[0], all, "lock door, next in line");
    assert_label(m, workers[1], all, "lock door, 2nd in line");
    assert_label(m, workers[2], all, "lock door, 3rd in line");
    assert_label(m, workers[10], all, "lock door, 11th in line");
    assert_label(m, workers[2], m->event_count, "lock door, next in line");
    assert_label(m, workers[11], m->event_count, "lock door, 10th in line");
    for (uint32_t i = 0; i < m->stop_count; i++)
        assert_int_not_equal(m->view.events[m->stops[i].event].kind, SIM_EV_SYNC_NEW);
    rnd_model_free(m);
    story_close(&s);
}

static void a_gather_is_as_far_as_it_was_at_the_cursor(void **state)
{
    enum { CHILDREN = 1000 };
    struct story s;
    static uint32_t at[CHILDREN];
    (void)state;
    story_open(&s, 10000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT(&s.trace, COMBINE_BEGIN, SIM_COMBINE_GATHER, 0, 5, CHILDREN, 0);
    story_await(&s, main, SIM_AWAIT_GATHER, 5);
    uint32_t begun = story_cursor(&s);
    for (uint32_t i = 0; i < CHILDREN; i++) {
        SIM_PUT(&s.trace, COMBINE_PROGRESS, SIM_OUTCOME_RESULT, 0, 5, i + 1, CHILDREN);
        at[i] = story_cursor(&s);
    }
    struct rnd_model *m = story_model(&s);
    assert_label(m, main, begun, "gather · 1000 awaitables");
    assert_label(m, main, at[0], "gather · 1 of 1000 done");
    assert_label(m, main, at[618], "gather · 619 of 1000 done");
    assert_label(m, main, at[999], "gather · 1000 of 1000 done");
    rnd_model_free(m);
    story_close(&s);
}

static void threads_have_lanes_of_their_own(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT(&s.trace, THREAD_CREATED, SIM_THREAD_PLAIN, 0, 1, story_text(&s, "helper"), 0);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, 1, 0, 0);
    story_line(&s, 0, 20);
    uint32_t runs = story_cursor(&s);
    SIM_PUT_NS(&s.trace, THREAD_SLEEP, 0, 1, SECOND);
    uint32_t sleeps = story_cursor(&s);
    story_line(&s, 0, 3);
    SIM_PUT(&s.trace, THREAD_CREATED, SIM_THREAD_POOL, 0, 2, story_text(&s, "pool_0"), 0);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, 2, 0, 0);
    SIM_PUT(&s.trace, THREAD_JOB, 0, 0, 2, story_text(&s, "work"), 0);
    uint32_t job = story_cursor(&s);
    SIM_PUT(&s.trace, THREAD_WAIT, 0, 0, 2, story_text(&s, "lock"), 1);
    uint32_t blocked = story_cursor(&s);
    story_await(&s, main, SIM_AWAIT_FUTURE, 99);
    story_clock(&s, SIM_CLOCK_IDLE, SECOND);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_SLEPT, 0, 1, 0, 0);
    story_print(&s, 0, "hi\n");
    SIM_PUT(&s.trace, THREAD_END, 0, 0, 1, 0, 0);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_GRANTED, 0, 2, 0, 0);
    SIM_PUT(&s.trace, THREAD_END, 0, 0, 2, 0, 0);
    struct rnd_model *m = story_model(&s);
    const uint32_t helper = RND_THREAD | 1, worker = RND_THREAD | 2;
    char text[RND_LABEL_MAX];
    const struct {
        uint32_t thread, cursor;
        const char *doing;
    } expected[] = {
        {helper, runs, "thread · running"},        {helper, sleeps, "thread · asleep"},
        {worker, job, "thread · running work"},    {worker, blocked, "thread · blocked"},
        {helper, m->event_count, "thread · done"}, {worker, m->event_count, "thread · idle"}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct rnd_lane_state lane = rnd_state_lane(m, expected[i].thread, expected[i].cursor);
        rnd_label_doing(m, expected[i].thread, &lane, text, sizeof text);
        assert_string_equal(text, expected[i].doing);
    }
    assert_label(m, helper, sleeps, "time.sleep(1) · 1.0 s left");
    assert_label(m, worker, blocked, "lock");
    assert_int_equal(m->lines[0].task, helper);
    assert_int_equal(m->lines[1].task, 0);
    assert_int_equal(m->outputs[0].task, helper);
    assert_int_equal(rnd_lane_totals(m, rnd_model_lane(m, helper)).waited_ns, SECOND);
    assert_int_equal(rnd_state_at(m, rnd_model_moment(m, runs)).runner_id, main);
    rnd_model_free(m);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_cancelled_by_a_wait_for_timed_out),
        cmocka_unit_test(a_timeout_block_limits_what_its_task_awaits),
        cmocka_unit_test(a_place_in_a_line_moves_up),
        cmocka_unit_test(a_gather_is_as_far_as_it_was_at_the_cursor),
        cmocka_unit_test(threads_have_lanes_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
