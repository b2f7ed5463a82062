/* Carrying over: the same task and the same moment in another run of a script. */
#include "trace_story.h"

#include "render/model/carry.h"
#include "render/model/step.h"

/* Two sleepers; the first sleeps for so long.  Returns the cursor at which main has created both,
 * and is in its first step. */
static uint32_t tell(struct story *s, int64_t first_ns, bool reversed)
{
    story_open(s, 1000);
    uint32_t main = story_begin(s);
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_SEND);
    uint32_t a = story_create(s, main, reversed ? "second" : "first", 2);
    uint32_t b = story_create(s, main, reversed ? "first" : "second", 3);
    uint32_t both = story_cursor(s);
    story_line(s, main, 9);
    story_await(s, main, SIM_AWAIT_GATHER, 77);
    story_iterate(s, 2, 0);
    story_step(s, a, SIM_RESUME_SEND);
    story_line(s, a, 2);
    story_await(s, a, SIM_AWAIT_SLEEP, 1);
    story_step(s, b, SIM_RESUME_SEND);
    story_line(s, b, 3);
    story_await(s, b, SIM_AWAIT_SLEEP, 2);
    story_clock(s, SIM_CLOCK_IDLE, first_ns);
    story_iterate(s, 1, 1);
    story_step(s, a, SIM_RESUME_SEND);
    story_line(s, a, 4);
    story_clock(s, SIM_CLOCK_IDLE, 3 * SECOND);
    story_end(s);
    return both;
}

struct pair {
    struct story from_story, to_story;
    struct rnd_model *from, *to;
    uint32_t both; /* of from */
};

static void open_pair(struct pair *p, int64_t from_ns, int64_t to_ns, bool reversed)
{
    p->both = tell(&p->from_story, from_ns, false);
    (void)tell(&p->to_story, to_ns, reversed);
    p->from = story_model(&p->from_story);
    p->to = story_model(&p->to_story);
}

static void close_pair(struct pair *p)
{
    rnd_model_free(p->from);
    rnd_model_free(p->to);
    story_close(&p->from_story);
    story_close(&p->to_story);
}

static void a_task_is_found_by_its_coroutine(void **state)
{
    struct pair p;
    (void)state;
    open_pair(&p, SECOND, SECOND, true);
    assert_int_equal(rnd_carry_task(p.from, 1, p.to), 1);
    assert_int_equal(rnd_carry_task(p.from, 2, p.to), 3);
    assert_int_equal(rnd_carry_task(p.from, 3, p.to), 2);
    assert_int_equal(rnd_carry_task(p.from, 0, p.to), 0);
    assert_int_equal(rnd_carry_task(p.from, 99, p.to), 0);
    assert_int_equal(rnd_carry_task(p.from, RND_THREAD | 1, p.to), 0);
    close_pair(&p);
}

static void every_moment_of_an_equal_run_is_where_it_was(void **state)
{
    struct pair p;
    (void)state;
    open_pair(&p, SECOND, SECOND, false);
    for (uint32_t i = 0; i < p.from->stop_count; i++) {
        struct rnd_moment moment = rnd_model_moment(p.from, p.from->stops[i].at);
        struct rnd_moment carried = rnd_carry_moment(p.from, moment, p.to);
        assert_true(carried.time_ns == moment.time_ns);
        assert_int_equal(carried.cursor, moment.cursor);
    }
    close_pair(&p);
}

static void a_moment_between_instants_keeps_its_time(void **state)
{
    struct pair p;
    (void)state;
    open_pair(&p, SECOND, 2 * SECOND, false);
    struct rnd_moment moment = rnd_model_at_time(p.from, SECOND + SECOND / 2);
    struct rnd_moment carried = rnd_carry_moment(p.from, moment, p.to);
    assert_true(carried.time_ns == SECOND + SECOND / 2);
    assert_int_equal(carried.cursor, rnd_model_at_time(p.to, carried.time_ns).cursor);
    moment = rnd_model_at_time(p.from, 3 * SECOND);
    assert_int_equal(rnd_carry_moment(p.from, moment, p.to).cursor, p.to->event_count);
    close_pair(&p);
}

static void within_an_instant_the_task_counts(void **state)
{
    struct pair p;
    (void)state;
    open_pair(&p, SECOND, SECOND, true);
    /* The last stop in the first step of "first", which the other run takes after "second". */
    struct rnd_moment moment = {0};
    const struct rnd_lane *first = rnd_model_lane(p.from, 2), *there = rnd_model_lane(p.to, 3);
    for (uint32_t i = 0; i < first->span_count; i++)
        if (first->spans[i].state == RND_TASK_RUNNING && !moment.cursor)
            moment = rnd_model_moment(p.from, first->spans[i].begin);
    struct rnd_moment carried = rnd_carry_moment(p.from, moment, p.to);
    const struct rnd_span *span = &there->spans[rnd_lane_span_at(there, carried.cursor)];
    assert_int_equal(span->state, RND_TASK_RUNNING);
    assert_int_equal(carried.cursor, span->begin);
    close_pair(&p);
}

static void beyond_the_end_of_a_shorter_run_is_its_end(void **state)
{
    struct pair p;
    (void)state;
    open_pair(&p, SECOND, SECOND, false);
    struct rnd_moment far = {.cursor = p.from->event_count, .time_ns = 9 * SECOND};
    assert_int_equal(rnd_carry_moment(p.from, far, p.to).cursor, p.to->event_count);
    assert_true(rnd_carry_moment(p.from, far, p.to).time_ns == 3 * SECOND);
    close_pair(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_is_found_by_its_coroutine),
        cmocka_unit_test(every_moment_of_an_equal_run_is_where_it_was),
        cmocka_unit_test(a_moment_between_instants_keeps_its_time),
        cmocka_unit_test(within_an_instant_the_task_counts),
        cmocka_unit_test(beyond_the_end_of_a_shorter_run_is_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
