/* The loop: iterations, the clock, handles, budgets, deadlock, abort. */
#include "sim_fixture.h"

struct note {
    struct sim_fixture *fixture;
    const char *text;
    struct sim_handle *cancels; /* a handle to cancel when it runs, or NULL */
    struct note *next;          /* a note to call_soon when it runs, or NULL */
    int64_t blocks_ns;
    bool aborts;
};

static void run_note(struct sim_loop *loop, void *arg, struct sim_future *future);
static const struct sim_callback_ops note_ops = {.name = "note", .run = run_note};

static void soon(struct sim_fixture *f, struct note *note)
{
    note->fixture = f;
    sim_handle_release(sim_call_soon(&f->loop, (struct sim_callback){&note_ops, note}));
}

static struct sim_handle *at(struct sim_fixture *f, int64_t deadline_ns, struct note *note)
{
    note->fixture = f;
    return sim_call_at(&f->loop, deadline_ns, (struct sim_callback){&note_ops, note});
}

static void run_note(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    struct note *note = arg;
    (void)future;
    say(note->fixture, "%s", note->text);
    if (note->blocks_ns)
        sim_world_block(loop->world, NULL, note->blocks_ns);
    if (note->cancels)
        sim_handle_cancel(note->cancels);
    if (note->next)
        soon(note->fixture, note->next);
    if (note->aborts)
        sim_loop_abort(loop);
}

static void run_to_the_end(struct sim_fixture *f)
{
    int error;
    while ((error = sim_loop_run_once(&f->loop)) == 0)
        ;
    assert_int_equal(error, SIM_EDEADLOCK);
}

static void what_a_callback_adds_runs_in_the_next_iteration_in(struct sim_fixture *f)
{
    struct note c = {.text = "c"}, a = {.text = "a", .next = &c}, b = {.text = "b"};
    soon(f, &a);
    soon(f, &b);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "a@0 b@0 ");
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_string_equal(f->log, "a@0 b@0 c@0 ");
}
FIXTURE_TEST(what_a_callback_adds_runs_in_the_next_iteration)

static void the_clock_moves_only_when_nothing_is_ready_in(struct sim_fixture *f)
{
    struct note a = {.text = "a"}, b = {.text = "b"}, c = {.text = "c"};
    sim_handle_release(at(f, 2 * SECOND, &c));
    sim_handle_release(at(f, SECOND, &b));
    soon(f, &a);
    run_to_the_end(f);
    assert_string_equal(f->log, "a@0 b@1 c@2 ");
    assert_int_equal(count_events(f, SIM_EV_CLOCK), 2);
}
FIXTURE_TEST(the_clock_moves_only_when_nothing_is_ready)

static void due_timers_join_the_ready_queue_behind_what_is_there_in(struct sim_fixture *f)
{
    struct note soon_note = {.text = "soon"}, due = {.text = "due"};
    struct note blocker = {.text = "block", .blocks_ns = 3 * SECOND, .next = &soon_note};
    sim_handle_release(at(f, SECOND, &due));
    soon(f, &blocker);
    run_to_the_end(f);
    assert_string_equal(f->log, "block@0 soon@3 due@3 ");
    assert_non_null(strstr(trace_text(f), "timer_fired handle=1 timer=call late=2.000000000"));
}
FIXTURE_TEST(due_timers_join_the_ready_queue_behind_what_is_there)

static void a_cancelled_callback_does_not_run_in(struct sim_fixture *f)
{
    struct note soon_note = {.text = "never"}, timer_note = {.text = "never"};
    soon_note.fixture = f;
    struct sim_handle *timer = at(f, SECOND, &timer_note);
    struct note first = {.text = "first", .cancels = timer}, second = {.text = "second"};
    soon(f, &first);
    struct sim_handle *ready =
        sim_call_soon(&f->loop, (struct sim_callback){&note_ops, &soon_note});
    second.cancels = ready; /* too late or not, it is harmless twice */
    sim_handle_cancel(ready);
    soon(f, &second);
    run_to_the_end(f);
    assert_string_equal(f->log, "first@0 second@0 ");
    assert_int_equal(count_events(f, SIM_EV_CALLBACK_SKIPPED), 1);
    assert_non_null(strstr(trace_text(f), "timer_cancelled handle=1 timer=call left=1.000000000"));
    assert_int_equal(f->world.now_ns, 0); /* a cancelled timer does not move the clock */
    sim_handle_release(ready);
    sim_handle_release(timer);
}
FIXTURE_TEST(a_cancelled_callback_does_not_run)

static void an_empty_loop_is_a_deadlock_in(struct sim_fixture *f)
{
    assert_int_equal(sim_loop_run_once(&f->loop), SIM_EDEADLOCK);
}
FIXTURE_TEST(an_empty_loop_is_a_deadlock)

static void abort_leaves_the_rest_of_the_snapshot_in(struct sim_fixture *f)
{
    struct note a = {.text = "a", .aborts = true}, b = {.text = "b"};
    soon(f, &a);
    soon(f, &b);
    assert_int_equal(sim_loop_run(&f->loop), SIM_EGUEST);
    assert_string_equal(f->log, "a@0 ");
    assert_int_equal(f->loop.ready.count, 1);
}
FIXTURE_TEST(abort_leaves_the_rest_of_the_snapshot)

static void stop_finishes_the_iteration_in(struct sim_fixture *f)
{
    struct note a = {.text = "a"}, b = {.text = "b"};
    soon(f, &a);
    sim_loop_stop(&f->loop);
    soon(f, &b);
    assert_int_equal(sim_loop_run(&f->loop), 0);
    assert_string_equal(f->log, "a@0 b@0 ");
}
FIXTURE_TEST(stop_finishes_the_iteration)

static void the_budget_of_virtual_time_ends_the_run_in(struct sim_fixture *f)
{
    struct note a = {.text = "a"};
    f->world.max_time_ns = 10 * SECOND;
    sim_handle_release(at(f, 11 * SECOND, &a));
    assert_int_equal(sim_loop_run_once(&f->loop), SIM_ETIME);
    assert_true(f->world.now_ns == 10 * SECOND);
    assert_string_equal(f->log, "");
}
FIXTURE_TEST(the_budget_of_virtual_time_ends_the_run)

static void the_budget_of_events_ends_the_run_in(struct sim_fixture *f)
{
    struct note a = {.text = "."};
    a.next = &a;
    soon(f, &a);
    f->trace.budget = 10;
    f->trace.limit = 10;
    int error;
    while ((error = sim_loop_run_once(&f->loop)) == 0)
        ;
    assert_int_equal(error, SIM_EFULL);
    assert_int_equal(sim_trace_view_of(&f->memory).count, 10);
}
FIXTURE_TEST(the_budget_of_events_ends_the_run)

static void far_deadlines_are_cut_in(struct sim_fixture *f)
{
    (void)f;
    assert_true(sim_time_after(5, INT64_MAX) == SIM_TIME_MAX_NS);
    assert_true(sim_time_after(5, -2) == 3);
}
FIXTURE_TEST(far_deadlines_are_cut)

static void the_ready_queue_keeps_its_order_when_it_grows_in(struct sim_fixture *f)
{
    struct note first = {.text = "x"}, notes[300];
    struct worker workers[300];
    struct sim_task *tasks[300];
    char names[300][8];
    for (int i = 0; i < 40; i++)
        soon(f, &first);
    assert_int_equal(sim_loop_run_once(&f->loop), 0); /* the head is within a chunk now */
    f->log[0] = '\0';
    for (int i = 0; i < 300; i++) {
        snprintf(names[i], sizeof names[i], "%d", i);
        notes[i] = (struct note){.text = names[i]};
        tasks[i] = NULL;
        if (i % 4 == 0) /* what takes one word, among what takes four */
            tasks[i] = start_worker(f, &workers[i], names[i], 0, 0);
        else
            soon(f, &notes[i]);
    }
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    const char *log = f->log;
    for (int i = 0; i < 300; i++, log = strchr(log, ' ') + 1) {
        assert_int_equal(atoi(log), i);
        if (tasks[i])
            RELEASE(tasks[i]);
    }
}
FIXTURE_TEST(the_ready_queue_keeps_its_order_when_it_grows)

static void a_dump_names_all_that_is_alive_in(struct sim_fixture *f)
{
    struct note a = {.text = "a"};
    struct worker worker;
    soon(f, &a);
    sim_handle_release(at(f, SECOND, &a));
    struct sim_task *task = start_worker(f, &worker, "w", SECOND, 1);
    char text[512];
    size_t length = sim_loop_dump(&f->loop, text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_non_null(strstr(text, "ready: callback 1"));
    assert_non_null(strstr(text, "ready: task 1"));
    assert_non_null(strstr(text, "timer 2: due at 1000000000 ns"));
    run_to_the_end(f);
    RELEASE(task);
}
FIXTURE_TEST(a_dump_names_all_that_is_alive)

static void the_checker_finds_a_lost_task_in(struct sim_fixture *f)
{
    struct worker worker;
    struct sim_task *task = start_worker(f, &worker, "w", SECOND, 1);
    assert_null(sim_loop_check(&f->loop));
    task->woken = false;
    assert_non_null(sim_loop_check(&f->loop));
    task->woken = true;
    f->loop.task_count++;
    assert_non_null(sim_loop_check(&f->loop));
    f->loop.task_count--;
    run_to_the_end(f);
    RELEASE(task);
}
FIXTURE_TEST(the_checker_finds_a_lost_task)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_callback_adds_runs_in_the_next_iteration),
        cmocka_unit_test(the_clock_moves_only_when_nothing_is_ready),
        cmocka_unit_test(due_timers_join_the_ready_queue_behind_what_is_there),
        cmocka_unit_test(a_cancelled_callback_does_not_run),
        cmocka_unit_test(an_empty_loop_is_a_deadlock),
        cmocka_unit_test(abort_leaves_the_rest_of_the_snapshot),
        cmocka_unit_test(stop_finishes_the_iteration),
        cmocka_unit_test(the_budget_of_virtual_time_ends_the_run),
        cmocka_unit_test(the_budget_of_events_ends_the_run),
        cmocka_unit_test(far_deadlines_are_cut),
        cmocka_unit_test(the_ready_queue_keeps_its_order_when_it_grows),
        cmocka_unit_test(a_dump_names_all_that_is_alive),
        cmocka_unit_test(the_checker_finds_a_lost_task),
    };
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
