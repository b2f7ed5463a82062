/* The state of the loop at a cursor, beside a plain replay of the same events. */
#include "trace_story.h"

#include "render/model/label.h"
#include "render/model/state.h"

static void the_ready_queue_is_what_was_pushed_and_not_yet_popped(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_state now = rnd_state_at(model, rnd_model_moment(model, at.gathered));
    assert_int_equal(now.queue_count, 2);
    assert_int_equal(rnd_state_queued(model, &now, 0).task, 2);
    assert_int_equal(rnd_state_queued(model, &now, 1).task, 3);
    /* The first iteration had one callback, which has run: these two wait for the next. */
    assert_int_equal(now.snapshot, 0);
    assert_int_equal(now.iteration, 1);
    assert_int_equal(now.runner, RND_RUNNER_NONE);
    now = rnd_state_at(model, rnd_model_moment(model, at.gathered + 1));
    assert_int_equal(now.iteration, 2);
    assert_int_equal(now.snapshot, 2);
    assert_true(now.in_iteration);
    now = rnd_state_at(model, rnd_model_moment(model, at.gathered + 2));
    assert_int_equal(now.queue_count, 1);
    assert_int_equal(now.snapshot, 1);
    assert_int_equal(now.runner, RND_RUNNER_TASK);
    assert_int_equal(now.runner_id, 2);
    now = rnd_state_at(model, rnd_model_moment(model, at.gathered + 3));
    assert_int_equal(now.line, 4);
    rnd_model_free(model);
    story_close(&s);
}

static void timers_come_by_deadline_with_the_time_left(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_timer_state timers[4];
    struct rnd_moment moment = rnd_model_at_time(model, SECOND / 4);
    assert_true(rnd_state_at(model, moment).idle);
    assert_int_equal(rnd_state_timers(model, moment, timers, 4), 2);
    assert_int_equal(timers[0].timer->task, 2);
    assert_true(timers[0].left_ns == SECOND * 3 / 4);
    assert_true(timers[0].done > 0.24f && timers[0].done < 0.26f);
    assert_true(timers[1].left_ns == SECOND * 7 / 4);
    assert_int_equal(rnd_state_timers(model, moment, timers, 1), 2);
    assert_int_equal(timers[0].timer->task, 2);
    moment = rnd_model_at_time(model, SECOND);
    assert_int_equal(rnd_state_timers(model, moment, timers, 4), 1);
    assert_int_equal(timers[0].timer->task, 3);
    moment = rnd_model_at_time(model, 2 * SECOND);
    assert_int_equal(rnd_state_timers(model, moment, timers, 4), 0);
    rnd_model_free(model);
    story_close(&s);
}

static void a_cancelled_timer_is_shown_in_the_instant_of_its_end(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    uint32_t handle = story_sleep(&s, 5 * SECOND);
    story_clock(&s, SIM_CLOCK_IDLE, 2 * SECOND);
    uint32_t before = story_cursor(&s);
    SIM_PUT_NS(&s.trace, TIMER_CANCELLED, SIM_TIMER_SLEEP, handle, 3 * SECOND);
    uint32_t after = story_cursor(&s);
    story_clock(&s, SIM_CLOCK_IDLE, 3 * SECOND);
    struct rnd_model *model = story_model(&s);
    struct rnd_timer_state timers[2];
    assert_int_equal(rnd_state_cancelled(model, rnd_model_moment(model, before), timers, 2), 0);
    assert_int_equal(rnd_state_timers(model, rnd_model_moment(model, before), timers, 2), 1);
    assert_int_equal(rnd_state_cancelled(model, rnd_model_moment(model, after), timers, 2), 1);
    assert_true(timers[0].cancelled && timers[0].left_ns == 3 * SECOND);
    assert_int_equal(rnd_state_timers(model, rnd_model_moment(model, after), timers, 2), 0);
    assert_int_equal(rnd_state_cancelled(model, rnd_model_moment(model, after + 1), timers, 2), 0);
    rnd_model_free(model);
    story_close(&s);
}

static void a_blocking_call_is_known_while_it_lasts(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_blocking(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_moment moment = rnd_model_at_time(model, SECOND);
    struct rnd_state now = rnd_state_at(model, moment);
    assert_true(now.blocking && !now.idle);
    assert_int_equal(now.runner_id, 1);
    struct rnd_lane_state lane = rnd_state_lane(model, 1, moment.cursor);
    assert_int_equal(lane.state, RND_TASK_BLOCKING);
    assert_int_equal(lane.line, 9);
    char label[RND_LABEL_MAX];
    rnd_label_await_left(model, lane.span, moment, label, sizeof label);
    assert_string_equal(label, "time.sleep(3) · 2.0 s left");
    assert_int_equal(rnd_state_lane(model, 2, 0).state, RND_TASK_UNBORN);
    assert_false(rnd_state_at(model, rnd_model_at_time(model, 3 * SECOND)).blocking);
    rnd_model_free(model);
    story_close(&s);
}

static void a_loop_that_is_closed_leaves_nothing_to_the_next(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t first = story_begin(&s);
    story_step(&s, first, SIM_RESUME_START);
    uint32_t lost = story_create(&s, first, "lost", 1);
    story_sleep(&s, 5 * SECOND);
    SIM_PUT(&s.trace, LOOP_END, 0, 0, 1, 0, 0);
    uint32_t second = story_create(&s, 0, "main", 1);
    SIM_PUT(&s.trace, LOOP_BEGIN, 0, 0, 2, second, 0);
    struct rnd_model *model = story_model(&s);
    struct rnd_moment end = rnd_model_moment(model, model->event_count);
    struct rnd_state now = rnd_state_at(model, end);
    struct rnd_timer_state timer;
    assert_int_equal(now.queue_count, 1);
    assert_int_equal(rnd_state_queued(model, &now, 0).task, second);
    assert_int_equal(rnd_state_timers(model, end, &timer, 1), 0);
    assert_int_equal(rnd_state_lane(model, lost, end.cursor).state, RND_TASK_READY);
    rnd_model_free(model);
    story_close(&s);
}

/* --- a random run, replayed ------------------------------------------------------------------- */

enum { TIMERS = 3000 };

struct replay {
    uint32_t armed[TIMERS], ended[TIMERS];
    int64_t deadlines[TIMERS];
};

static uint32_t random_below(uint64_t *seed, uint32_t limit)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1;
    return (uint32_t)(*seed >> 33) % limit;
}

static void tell_random_timers(struct story *s, struct replay *replay, uint64_t *seed)
{
    uint32_t alive[TIMERS], count = 0, next = 0;
    while (next < TIMERS || count > 0) {
        if (next < TIMERS && (count == 0 || random_below(seed, 100) < 55)) {
            replay->deadlines[next] = random_below(seed, 500);
            SIM_PUT_NS(&s->trace, TIMER_ARMED, SIM_TIMER_CALL, next + 1, replay->deadlines[next]);
            replay->armed[next] = story_cursor(s);
            alive[count++] = next++;
        } else {
            uint32_t i = random_below(seed, count), timer = alive[i];
            SIM_PUT_NS(&s->trace, TIMER_FIRED, SIM_TIMER_CALL, timer + 1, 0);
            replay->ended[timer] = story_cursor(s);
            alive[i] = alive[--count];
        }
    }
}

static void armed_timers_are_found_among_thousands(void **state)
{
    struct story s;
    static struct replay replay;
    uint64_t seed = 1;
    (void)state;
    story_open(&s, 10000);
    tell_random_timers(&s, &replay, &seed);
    struct rnd_model *model = story_model(&s);
    for (uint32_t cursor = 0; cursor <= model->event_count; cursor += 37) {
        struct rnd_timer_state timers[8];
        uint32_t expected = 0, soonest = TIMERS;
        for (uint32_t i = 0; i < TIMERS; i++)
            if (replay.armed[i] <= cursor && cursor < replay.ended[i]) {
                expected++;
                if (soonest == TIMERS || replay.deadlines[i] < replay.deadlines[soonest])
                    soonest = i;
            }
        struct rnd_moment moment = rnd_model_moment(model, cursor);
        assert_int_equal(rnd_state_timers(model, moment, timers, 8), expected);
        for (uint32_t i = 0; i < expected && i < 8; i++)
            assert_true(i == 0 || timers[i - 1].left_ns <= timers[i].left_ns);
        if (expected > 0)
            assert_int_equal(timers[0].timer->handle, soonest + 1);
    }
    rnd_model_free(model);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ready_queue_is_what_was_pushed_and_not_yet_popped),
        cmocka_unit_test(timers_come_by_deadline_with_the_time_left),
        cmocka_unit_test(a_cancelled_timer_is_shown_in_the_instant_of_its_end),
        cmocka_unit_test(a_blocking_call_is_known_while_it_lasts),
        cmocka_unit_test(a_loop_that_is_closed_leaves_nothing_to_the_next),
        cmocka_unit_test(armed_timers_are_found_among_thousands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
