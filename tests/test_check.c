/* The checker finds each promise that is broken, and the dump tells what is alive. */
#include "sim/timer_entry.h"
#include "sim_fixture.h"

static void expect(const struct sim_fixture *f, const char *part)
{
    const char *broken = sim_loop_check(&f->loop);
    assert_non_null(broken);
    if (!strstr(broken, part))
        fail_msg("expected \"%s\", found \"%s\"", part, broken);
}

/* Sets a field, expects the checker to say so, and sets it back. */
#define BREAK(field, value, part) BREAK_OF(__typeof__(field), field, value, part)
#define BREAK_FLAG(flag, value, part) BREAK_OF(bool, flag, value, part)
#define BREAK_OF(type, field, value, part)                                                         \
    do {                                                                                           \
        type kept_ = (field);                                                                      \
        (field) = (value);                                                                         \
        expect(f, part);                                                                           \
        (field) = kept_;                                                                           \
        assert_null(sim_loop_check(&f->loop));                                                     \
    } while (0)

/* A sleeping task, one that awaits it, one that awaits a future, and one that is ready. */
struct cast {
    struct worker sleeper, ready;
    struct awaiter joiner, waiter;
    struct sim_future *future;
    struct sim_task *tasks[4];
};

static void open_cast(struct sim_fixture *f, struct cast *cast)
{
    cast->future = sim_future_new(&f->loop);
    cast->tasks[0] = start_worker(f, &cast->sleeper, "a", SECOND, 1);
    cast->tasks[1] = start_awaiter(f, &cast->joiner, "b", &cast->tasks[0]->future);
    cast->tasks[2] = start_awaiter(f, &cast->waiter, "c", cast->future);
    cast->tasks[3] = start_worker(f, &cast->ready, "d", 0, 9);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_null(sim_loop_check(&f->loop));
}

static void close_cast(struct sim_fixture *f, struct cast *cast)
{
    sim_future_set_result(cast->future, NULL);
    while (f->loop.task_count > 0)
        assert_int_equal(sim_loop_run_once(&f->loop), 0);
    for (int i = 0; i < 4; i++)
        RELEASE(cast->tasks[i]);
    sim_future_release(cast->future);
}

static void a_broken_ready_queue_is_found_in(struct sim_fixture *f)
{
    struct cast cast;
    struct sim_loop other = {0};
    open_cast(f, &cast);
    BREAK(f->loop.ready.count, 0, "what it counts differ");
    BREAK(f->loop.ready.end, f->loop.ready.limit + 1, "what it counts differ");
    BREAK(f->loop.ready.last, NULL, "what it counts differ");
    BREAK(cast.tasks[3]->waiter, cast.future, "woken by a future that is not done");
    BREAK_FLAG(cast.tasks[3]->woken, false, "does not know that it is ready");
    BREAK(cast.tasks[3]->future.loop, &other, "not its own");
    close_cast(f, &cast);
}
FIXTURE_TEST(a_broken_ready_queue_is_found)

static void a_broken_list_of_tasks_is_found_in(struct sim_fixture *f)
{
    struct cast cast;
    open_cast(f, &cast);
    struct sim_task *task = cast.tasks[2];
    BREAK(task->future.kind, SIM_AWAIT_FUTURE, "no task of this loop");
    BREAK(task->future.state, SIM_FUTURE_RESULT, "on the list is done");
    BREAK(task->waiter, NULL, "neither runs, nor is ready, nor waits");
    BREAK(cast.future->state, SIM_FUTURE_RESULT, "a future that is done");
    BREAK(task->waiter, &cast.tasks[3]->future, "not once among the callbacks");
    BREAK(task->number, 1, "order of creation");
    BREAK(f->loop.task_count, 3, "its count differ");
    BREAK_FLAG(task->woken, true, "twice, or not at all");
    close_cast(f, &cast);
}
FIXTURE_TEST(a_broken_list_of_tasks_is_found)

static void broken_timers_are_found_in(struct sim_fixture *f)
{
    struct cast cast;
    open_cast(f, &cast);
    struct sim_timers *timers = &f->loop.timers;
    unsigned word = timers->occupied[0] ? 0 : timers->occupied[1] ? 1 : 2;
    unsigned index = word * 64 + (unsigned)__builtin_ctzll(timers->occupied[word]);
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    struct sim_task *sleeper = sim_timer_task(&bucket->first->items[bucket->first->head]);
    BREAK(timers->count, 7, "their counts differ");
    BREAK_FLAG(sleeper->timer_armed, false, "does not know that it is armed");
    BREAK(timers->last_ns, SECOND, "ran ahead of the clock");
    BREAK(timers->occupied[word], 0, "not marked as what it is");
    BREAK(bucket->min_ns, 2 * SECOND, "earlier than the least of its bucket");
    close_cast(f, &cast);
}
FIXTURE_TEST(broken_timers_are_found)

static void the_dump_tells_what_each_task_awaits_in(struct sim_fixture *f)
{
    char text[1024], little[16];
    struct cast cast;
    open_cast(f, &cast);
    size_t length = sim_loop_dump(&f->loop, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_non_null(strstr(text, "task 2: awaits task 1\n"));
    assert_non_null(strstr(text, "task 3: awaits future 1\n"));
    assert_non_null(strstr(text, "ready: task 4\n"));
    f->loop.current = cast.tasks[0];
    sim_loop_dump(&f->loop, text, sizeof text);
    f->loop.current = NULL;
    assert_non_null(strstr(text, "task 1: running\n"));
    assert_int_equal(sim_loop_dump(&f->loop, little, sizeof little) >= length, true);
    close_cast(f, &cast);
}
FIXTURE_TEST(the_dump_tells_what_each_task_awaits)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_broken_ready_queue_is_found),
        cmocka_unit_test(a_broken_list_of_tasks_is_found),
        cmocka_unit_test(broken_timers_are_found),
        cmocka_unit_test(the_dump_tells_what_each_task_awaits),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
