/* gather: its results, its failures and its cancellation, tick by tick. */
#include "sim_fixture.h"

#define WORKERS 3

struct family {
    struct worker workers[WORKERS];
    struct sim_task *tasks[WORKERS];
    struct sim_future *futures[WORKERS];
};

/* Three workers that sleep 1, 2 and 3 seconds. */
static void start_family(struct sim_fixture *f, struct family *family)
{
    static const char *const names[] = {"a", "b", "c"};
    for (int i = 0; i < WORKERS; i++) {
        family->tasks[i] = start_worker(f, &family->workers[i], names[i], (i + 1) * SECOND, 1);
        family->futures[i] = &family->tasks[i]->future;
    }
}

static void release_family(struct family *family)
{
    for (int i = 0; i < WORKERS; i++)
        RELEASE(family->tasks[i]);
}

static void it_is_done_when_the_last_child_is_in(struct sim_fixture *f)
{
    struct family family;
    struct awaiter waiter;
    start_family(f, &family);
    struct sim_gather *gather = sim_gather_new(&f->loop, family.futures, WORKERS, false);
    struct sim_task *task = start_awaiter(f, &waiter, "main", &gather->outer);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    assert_string_equal(f->log, "a0@0 b0@0 c0@0 main:waits@0 a.@1 b.@2 c.@3 main:result@3 ");
    assert_int_equal(count_events(f, SIM_EV_COMBINE_PROGRESS), 3);
    assert_non_null(strstr(trace_text(f), "step_end task=4 step=await on=gather"));
    RELEASE(task);
    sim_future_release(&gather->outer);
    release_family(&family);
}
FIXTURE_TEST(it_is_done_when_the_last_child_is)

static void a_failing_child_fails_it_and_leaves_the_siblings_running_in(struct sim_fixture *f)
{
    struct family family;
    struct awaiter waiter;
    struct sim_future *boom = sim_future_new(&f->loop);
    start_family(f, &family);
    struct sim_future *children[] = {family.futures[0], boom};
    struct sim_gather *gather = sim_gather_new(&f->loop, children, 2, false);
    struct sim_task *task = start_awaiter(f, &waiter, "main", &gather->outer);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    sim_future_set_exception(boom, "boom");
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    assert_int_equal(task->future.state, SIM_FUTURE_EXCEPTION);
    assert_string_equal(task->future.value, "boom");
    assert_int_equal(f->world.now_ns, 0);
    assert_false(sim_future_done(family.futures[0]));
    assert_int_equal(sim_loop_run_until(&f->loop, family.futures[2]), 0);
    RELEASE(task);
    sim_future_release(&gather->outer);
    sim_future_release(boom);
    release_family(&family);
}
FIXTURE_TEST(a_failing_child_fails_it_and_leaves_the_siblings_running)

static void with_return_exceptions_a_failure_is_a_result_in(struct sim_fixture *f)
{
    struct sim_future *bad = sim_future_new(&f->loop), *good = sim_future_new(&f->loop);
    struct sim_future *children[] = {bad, good};
    struct sim_gather *gather = sim_gather_new(&f->loop, children, 2, true);
    sim_future_set_exception(bad, "boom");
    sim_future_set_result(good, "fine");
    assert_int_equal(sim_loop_run_until(&f->loop, &gather->outer), 0);
    assert_int_equal(gather->outer.state, SIM_FUTURE_RESULT);
    sim_future_release(&gather->outer);
    sim_future_release(bad);
    sim_future_release(good);
}
FIXTURE_TEST(with_return_exceptions_a_failure_is_a_result)

static void a_child_named_twice_counts_once_in(struct sim_fixture *f)
{
    struct sim_future *one = sim_future_new(&f->loop), *two = sim_future_new(&f->loop);
    struct sim_future *children[] = {one, two, one, one};
    sim_future_set_result(two, NULL);
    struct sim_gather *gather = sim_gather_new(&f->loop, children, 4, false);
    assert_int_equal(gather->distinct_count, 2);
    sim_future_set_result(one, NULL);
    assert_int_equal(sim_loop_run_until(&f->loop, &gather->outer), 0);
    assert_int_equal(gather->outer.state, SIM_FUTURE_RESULT);
    sim_future_release(&gather->outer);
    sim_future_release(one);
    sim_future_release(two);
}
FIXTURE_TEST(a_child_named_twice_counts_once)

static void cancelling_it_cancels_the_children_in(struct sim_fixture *f)
{
    struct family family;
    struct awaiter waiter;
    start_family(f, &family);
    struct sim_gather *gather = sim_gather_new(&f->loop, family.futures, WORKERS, false);
    struct sim_task *task = start_awaiter(f, &waiter, "main", &gather->outer);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_true(sim_task_cancel(task, NULL));
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    for (int i = 0; i < WORKERS; i++)
        assert_int_equal(family.futures[i]->state, SIM_FUTURE_CANCELLED);
    assert_int_equal(task->future.state, SIM_FUTURE_CANCELLED);
    assert_string_equal(f->log, "a0@0 b0@0 c0@0 main:waits@0 main:cancelled@0 ");
    assert_false(sim_gather_cancel(gather, NULL));
    RELEASE(task);
    sim_future_release(&gather->outer);
    release_family(&family);
}
FIXTURE_TEST(cancelling_it_cancels_the_children)

static void a_cancelled_gather_that_returns_exceptions_still_cancels_in(struct sim_fixture *f)
{
    enum sim_flag_resume how;
    struct family family;
    start_family(f, &family);
    struct sim_gather *gather = sim_gather_new(&f->loop, family.futures, WORKERS, true);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_true(sim_gather_cancel(gather, NULL));
    assert_int_equal(sim_loop_run_until(&f->loop, &gather->outer), 0);
    assert_int_equal(gather->outer.state, SIM_FUTURE_EXCEPTION);
    sim_future_error(&gather->outer, &how);
    assert_int_equal(how, SIM_RESUME_CANCEL);
    assert_int_equal(gather->done_count, 3);
    sim_future_release(&gather->outer);
    release_family(&family);
}
FIXTURE_TEST(a_cancelled_gather_that_returns_exceptions_still_cancels)

static void children_can_be_added_one_by_one_in(struct sim_fixture *f)
{
    struct sim_gather gather;
    struct sim_future *one = sim_future_new(&f->loop), *two = sim_future_new(&f->loop);
    assert_int_equal(sim_gather_open(&f->loop, &gather, 3, false), 0);
    gather.outer.flags = 0;
    gather.outer.references = 100; /* it lives here: nobody frees it */
    sim_gather_add(&gather, one, false);
    sim_gather_add(&gather, two, false);
    sim_gather_add(&gather, one, true);
    sim_gather_close(&gather);
    assert_int_equal(gather.child_count, 3);
    assert_int_equal(gather.distinct_count, 2);
    sim_future_set_result(one, NULL);
    sim_future_set_result(two, NULL);
    assert_int_equal(sim_loop_run_until(&f->loop, &gather.outer), 0);
    assert_int_equal(gather.outer.state, SIM_FUTURE_RESULT);
    assert_non_null(strstr(trace_text(f), "combine=gather children=3"));
    sim_gather_fini(&gather);
    sim_future_release(one);
    sim_future_release(two);
}
FIXTURE_TEST(children_can_be_added_one_by_one)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_can_be_added_one_by_one),
        cmocka_unit_test(it_is_done_when_the_last_child_is),
        cmocka_unit_test(a_failing_child_fails_it_and_leaves_the_siblings_running),
        cmocka_unit_test(with_return_exceptions_a_failure_is_a_result),
        cmocka_unit_test(a_child_named_twice_counts_once),
        cmocka_unit_test(cancelling_it_cancels_the_children),
        cmocka_unit_test(a_cancelled_gather_that_returns_exceptions_still_cancels),
    };
    return cmocka_run_group_tests_name("combine", tests, NULL, NULL);
}
