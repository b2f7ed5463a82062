/* Timers: the order of (deadline, registration), against a plain sort. */
#include "sim/timer_entry.h"
#include "sim_fixture.h"

struct expected {
    int64_t deadline_ns;
    uint32_t id;
};

static void nothing(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)loop, (void)arg, (void)future;
}

static const struct sim_callback_ops nothing_ops = {.name = "nothing", .run = nothing};

static struct sim_handle *arm(struct sim_fixture *f, int64_t deadline_ns)
{
    struct sim_handle *handle =
        sim_call_at(&f->loop, deadline_ns, (struct sim_callback){&nothing_ops, NULL});
    assert_non_null(handle);
    return handle;
}

static uint32_t pop(struct sim_fixture *f)
{
    struct sim_timer timer;
    assert_int_equal(sim_timers_pop(&f->loop.timers, &f->alloc, &timer), 0);
    f->world.now_ns = f->loop.timers.last_ns;
    uint32_t id = sim_timer_id(&timer);
    sim_timer_release(&timer);
    return id;
}

static int by_deadline(const void *a, const void *b)
{
    const struct expected *x = a, *y = b;
    if (x->deadline_ns != y->deadline_ns)
        return x->deadline_ns < y->deadline_ns ? -1 : 1;
    return x->id < y->id ? -1 : 1;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return *state >> 33;
}

static void equal_deadlines_are_first_in_first_out_in(struct sim_fixture *f)
{
    uint32_t ids[20];
    for (int i = 0; i < 20; i++) {
        struct sim_handle *handle = arm(f, SECOND);
        ids[i] = handle->id;
        sim_handle_release(handle);
    }
    for (int i = 0; i < 20; i++)
        assert_int_equal(pop(f), ids[i]);
}
FIXTURE_TEST(equal_deadlines_are_first_in_first_out)

static void random_deadlines_come_out_sorted_and_stable_in(struct sim_fixture *f)
{
    enum { COUNT = 5000 };
    struct expected *expected = malloc(COUNT * sizeof *expected);
    uint64_t random = 1;
    for (int round = 0; round < 3; round++) {
        int64_t base = f->loop.timers.last_ns;
        for (int i = 0; i < COUNT; i++) {
            int64_t range = i % 3 == 0 ? 50 : INT64_C(1) << (i % 50);
            expected[i].deadline_ns = base + (int64_t)next_random(&random) % range;
            struct sim_handle *handle = arm(f, expected[i].deadline_ns);
            expected[i].id = handle->id;
            sim_handle_release(handle);
        }
        qsort(expected, COUNT, sizeof *expected, by_deadline);
        for (int i = 0; i < COUNT; i++) {
            assert_true(sim_timers_min(&f->loop.timers) == expected[i].deadline_ns);
            assert_int_equal(pop(f), expected[i].id);
        }
    }
    free(expected);
}
FIXTURE_TEST(random_deadlines_come_out_sorted_and_stable)

static void deadlines_in_the_past_come_first_in_their_own_order_in(struct sim_fixture *f)
{
    struct sim_handle *late = arm(f, 5 * SECOND);
    assert_int_equal(pop(f), late->id); /* last_ns is 5 s now */
    struct sim_handle *now = arm(f, 5 * SECOND), *three = arm(f, 3 * SECOND);
    struct sim_handle *one = arm(f, SECOND), *also_one = arm(f, SECOND);
    struct sim_handle *order[] = {one, also_one, three, now};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pop(f), order[i]->id);
    for (int i = 0; i < 4; i++)
        sim_handle_release(order[i]);
    sim_handle_release(late);
}
FIXTURE_TEST(deadlines_in_the_past_come_first_in_their_own_order)

static void cancelled_timers_are_purged_when_they_outnumber_the_others_in(struct sim_fixture *f)
{
    struct sim_handle *handles[400];
    for (int i = 0; i < 400; i++)
        handles[i] = arm(f, (i * 7919 % 400) * SECOND);
    for (int i = 0; i < 300; i++)
        sim_handle_cancel(handles[i]);
    assert_true(f->loop.timers.count < 300);
    assert_null(sim_loop_check(&f->loop));
    int64_t last = 0;
    while (f->loop.timers.count > 0) {
        int64_t min = sim_timers_min(&f->loop.timers);
        assert_true(min >= last);
        last = min;
        struct sim_timer timer;
        assert_int_equal(sim_timers_pop(&f->loop.timers, &f->alloc, &timer), 0);
        f->loop.timers.cancelled -= sim_timer_is_cancelled(&timer);
        sim_timer_release(&timer);
    }
    for (int i = 0; i < 400; i++)
        sim_handle_release(handles[i]);
}
FIXTURE_TEST(cancelled_timers_are_purged_when_they_outnumber_the_others)

static void a_failed_pop_changes_nothing_in(struct sim_fixture *f)
{
    enum { MANY = 10 * SIM_TIMER_FEW };
    uint32_t first = 0;
    for (int i = 0; i < MANY; i++) {
        struct sim_handle *handle = arm(f, SECOND + i);
        first = first ? first : handle->id;
        sim_handle_release(handle);
    }
    struct sim_timer timer;
    f->alloc.fail_after = 0;
    assert_int_equal(sim_timers_pop(&f->loop.timers, &f->alloc, &timer), SIM_ENOMEM);
    f->alloc.fail_after = -1;
    assert_int_equal(f->loop.timers.count, MANY);
    assert_null(sim_loop_check(&f->loop));
    assert_int_equal(pop(f), first);
}
FIXTURE_TEST(a_failed_pop_changes_nothing)

/* Sleeps that are much shorter than what is armed already, more than the next ones have room for.
 */
static void short_timers_among_long_ones_come_out_sorted_and_stable_in(struct sim_fixture *f)
{
    enum { COUNT = 4000 };
    struct expected *expected = malloc(COUNT * sizeof *expected);
    uint64_t random = 7;
    int armed = 0, popped = 0;
    for (; popped < COUNT; popped++) {
        for (int burst = popped % 40 == 0 ? 100 : 1; armed < COUNT && burst > 0; burst--) {
            int64_t range = next_random(&random) % 4 ? 16 : 100000;
            int64_t delay = (int64_t)next_random(&random) % range;
            struct sim_handle *handle = arm(f, f->loop.timers.last_ns + delay);
            expected[armed++] = (struct expected){handle->deadline_ns, handle->id};
            sim_handle_release(handle);
        }
        qsort(expected + popped, (size_t)(armed - popped), sizeof *expected, by_deadline);
        assert_true(sim_timers_min(&f->loop.timers) == expected[popped].deadline_ns);
        assert_null(sim_loop_check(&f->loop));
        assert_int_equal(pop(f), expected[popped].id);
    }
    free(expected);
}
FIXTURE_TEST(short_timers_among_long_ones_come_out_sorted_and_stable)

/* Late timers, more than are at hand: they leave by deadline, then in the order of their arming. */
static void many_late_timers_come_out_sorted_and_stable_in(struct sim_fixture *f)
{
    enum { COUNT = 40 };
    struct expected expected[COUNT];
    struct sim_handle *now = arm(f, 100 * SECOND);
    assert_int_equal(pop(f), now->id);
    sim_handle_release(now);
    for (int i = 0; i < COUNT; i++) {
        struct sim_handle *handle = arm(f, (int64_t)(i * 7919 % 20) * SECOND);
        expected[i] = (struct expected){handle->deadline_ns, handle->id};
        sim_handle_release(handle);
    }
    qsort(expected, COUNT, sizeof *expected, by_deadline);
    for (int i = 0; i < COUNT; i++) {
        assert_true(sim_timers_min(&f->loop.timers) == expected[i].deadline_ns);
        assert_int_equal(sim_timer_id(sim_timers_first(&f->loop.timers)), expected[i].id);
        assert_int_equal(pop(f), expected[i].id);
    }
    assert_null(sim_timers_first(&f->loop.timers));
}
FIXTURE_TEST(many_late_timers_come_out_sorted_and_stable)

static void cancelled_timers_are_skipped_before_their_time_in(struct sim_fixture *f)
{
    struct sim_handle *start = arm(f, 5 * SECOND), *in_time[2], *late;
    assert_int_equal(pop(f), start->id);
    sim_handle_release(start);
    in_time[0] = arm(f, 7 * SECOND);
    in_time[1] = arm(f, 6 * SECOND);
    late = arm(f, SECOND);
    struct sim_handle *order[] = {late, in_time[1], in_time[0]};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sim_timer_id(sim_timers_first(&f->loop.timers)), order[i]->id);
        sim_handle_cancel(order[i]);
        sim_timers_skip_cancelled(&f->loop.timers);
        assert_int_equal(f->loop.timers.count, 2 - i);
        assert_int_equal(f->loop.timers.cancelled, 0);
        sim_handle_release(order[i]);
    }
    assert_true(f->loop.timers.last_ns == 5 * SECOND);
}
FIXTURE_TEST(cancelled_timers_are_skipped_before_their_time)

static void a_purge_waits_for_what_it_can_drop_in(struct sim_fixture *f)
{
    enum { OVERDUE = 300, OTHERS = 300, FEW = 100 };
    struct sim_handle *start = arm(f, 5 * SECOND), *overdue[OVERDUE], *others[OTHERS];
    assert_int_equal(pop(f), start->id);
    sim_handle_release(start);
    for (int i = 0; i < OVERDUE; i++)
        overdue[i] = arm(f, SECOND);
    for (int i = 0; i < OTHERS; i++)
        others[i] = arm(f, 10 * SECOND + i);
    for (int i = 0; i < OVERDUE; i++)
        sim_handle_cancel(overdue[i]);
    for (int i = 0; i <= OTHERS / 2; i++) {
        assert_int_equal(f->loop.timers.count, OVERDUE + OTHERS);
        sim_handle_cancel(others[i]);
    }
    assert_int_equal(f->loop.timers.count, OVERDUE + OTHERS / 2 - 1);
    assert_int_equal(f->loop.timers.cancelled, OVERDUE);
    for (int i = 0; i < OVERDUE; i++)
        sim_handle_release(overdue[i]);
    for (int i = 0; i < OTHERS; i++)
        sim_handle_release(others[i]);
}
FIXTURE_TEST(a_purge_waits_for_what_it_can_drop)

static void nothing_is_overdue_after_cancelled_timers_of_later_in(struct sim_fixture *f)
{
    struct sim_handle *given_up = arm(f, 5 * SECOND);
    sim_handle_cancel(given_up);
    sim_handle_release(given_up);
    assert_int_equal(sim_loop_run_once(&f->loop), SIM_EDEADLOCK);
    assert_true(f->world.now_ns == 0);
    struct sim_handle *soon = arm(f, SECOND);
    assert_int_equal(f->loop.timers.overdue.count, 0);
    assert_int_equal(pop(f), soon->id);
    sim_handle_release(soon);
}
FIXTURE_TEST(nothing_is_overdue_after_cancelled_timers_of_later)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_deadlines_are_first_in_first_out),
        cmocka_unit_test(random_deadlines_come_out_sorted_and_stable),
        cmocka_unit_test(deadlines_in_the_past_come_first_in_their_own_order),
        cmocka_unit_test(cancelled_timers_are_purged_when_they_outnumber_the_others),
        cmocka_unit_test(a_failed_pop_changes_nothing),
        cmocka_unit_test(short_timers_among_long_ones_come_out_sorted_and_stable),
        cmocka_unit_test(many_late_timers_come_out_sorted_and_stable),
        cmocka_unit_test(cancelled_timers_are_skipped_before_their_time),
        cmocka_unit_test(a_purge_waits_for_what_it_can_drop),
        cmocka_unit_test(nothing_is_overdue_after_cancelled_timers_of_later),
    };
    return cmocka_run_group_tests_name("timer", tests, NULL, NULL);
}
