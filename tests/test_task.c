/* Tasks, sleeps and C coroutines: stories on the virtual clock. */
#include "sim_fixture.h"

static void run_until(struct sim_fixture *f, struct sim_task *task)
{
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
}

static void sleepers_take_turns_by_deadline_in(struct sim_fixture *f)
{
    struct worker a, b;
    struct sim_task *slow = start_worker(f, &a, "a", 2 * SECOND, 2);
    struct sim_task *quick = start_worker(f, &b, "b", SECOND, 3);
    run_until(f, slow);
    assert_string_equal(f->log, "a0@0 b0@0 b1@1 a1@2 b2@2 b.@3 a.@4 ");
    RELEASE(slow);
    RELEASE(quick);
}
FIXTURE_TEST(sleepers_take_turns_by_deadline)

static void a_sleep_of_zero_is_one_iteration_in(struct sim_fixture *f)
{
    struct worker a, b;
    struct sim_task *first = start_worker(f, &a, "a", 0, 2);
    struct sim_task *second = start_worker(f, &b, "b", -SECOND, 2);
    run_until(f, second);
    assert_string_equal(f->log, "a0@0 b0@0 a1@0 b1@0 a.@0 b.@0 ");
    assert_int_equal(f->loop.iteration, 4); /* 3 steps, and the callback that stops the loop */
    RELEASE(first);
    RELEASE(second);
}
FIXTURE_TEST(a_sleep_of_zero_is_one_iteration)

static void waking_takes_two_iterations_the_timer_and_the_step_in(struct sim_fixture *f)
{
    struct worker a;
    struct sim_task *task = start_worker(f, &a, "a", SECOND, 1);
    run_until(f, task);
    assert_string_equal(
        trace_text(f),
        "task_created task=1 task=named name=\"a\" parent=0\n"
        "loop_begin loop=1 main=1\n"
        "iteration_begin number=1 ready=1 timers=0\n"
        "step_begin task=1 resume=start\n"
        "sleep timer=2 until=1.000000000\n"
        "clock clock=idle now=1.000000000\n"
        "timer_fired handle=2 timer=sleep late=0.000000000\n"
        "iteration_begin number=2 ready=1 timers=1\n"
        "sleep_over task=1 timer=2\n"
        "iteration_begin number=3 ready=1 timers=0\n"
        "step_begin task=1 resume=send\n"
        "task_done task=1 outcome=result value=\"\"\n"
        "callback_ready handle=3 ready=done_callback callback=\"stop the loop\" future=1\n"
        "step_end task=1 step=return future=0 timer=0\n"
        "iteration_begin number=4 ready=1 timers=0\n"
        "callback_begin handle=3\n"
        "callback_end handle=3\n"
        "loop_end loop=1\n");
    RELEASE(task);
}
FIXTURE_TEST(waking_takes_two_iterations_the_timer_and_the_step)

static void a_task_can_await_a_task_in(struct sim_fixture *f)
{
    struct worker a;
    struct awaiter b;
    struct sim_task *worker = start_worker(f, &a, "a", SECOND, 1);
    struct sim_task *waiting = start_awaiter(f, &b, "b", &worker->future);
    a.result = "done";
    run_until(f, waiting);
    assert_string_equal(f->log, "a0@0 b:waits@0 a.@1 b:result@1 ");
    assert_string_equal(worker->future.value, "done");
    assert_non_null(strstr(trace_text(f), "step_end task=2 step=await on=task future=1 timer=0"));
    RELEASE(worker);
    RELEASE(waiting);
}
FIXTURE_TEST(a_task_can_await_a_task)

static void awaiting_what_is_done_does_not_suspend_in(struct sim_fixture *f)
{
    struct awaiter b;
    struct sim_future *future = sim_future_new(&f->loop);
    sim_future_set_exception(future, "boom");
    struct sim_task *task = start_awaiter(f, &b, "b", future);
    run_until(f, task);
    assert_string_equal(f->log, "b:waits@0 b:exception@0 ");
    assert_int_equal(task->future.state, SIM_FUTURE_EXCEPTION);
    assert_string_equal(task->future.value, "boom");
    sim_future_release(future);
    RELEASE(task);
}
FIXTURE_TEST(awaiting_what_is_done_does_not_suspend)

static void an_exception_is_thrown_into_the_waiter_in(struct sim_fixture *f)
{
    struct awaiter b;
    struct sim_future *future = sim_future_new(&f->loop);
    struct sim_task *task = start_awaiter(f, &b, "b", future);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    sim_future_set_exception(future, "boom");
    run_until(f, task);
    assert_string_equal(f->log, "b:waits@0 b:exception@0 ");
    assert_int_equal(task->future.state, SIM_FUTURE_EXCEPTION);
    sim_future_release(future);
    RELEASE(task);
}
FIXTURE_TEST(an_exception_is_thrown_into_the_waiter)

/* --- cancelling ------------------------------------------------------------------------------- */

static void a_sleeper_is_cancelled_at_its_next_step_in(struct sim_fixture *f)
{
    struct worker a;
    struct sim_task *task = start_worker(f, &a, "a", 5 * SECOND, 1);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_true(sim_task_cancel(task, NULL));
    assert_int_equal(task->cancel_requests, 1);
    assert_int_equal(task->future.state, SIM_FUTURE_PENDING);
    run_until(f, task);
    assert_int_equal(task->future.state, SIM_FUTURE_CANCELLED);
    assert_int_equal(f->world.now_ns, 0);
    assert_int_equal(count_events(f, SIM_EV_TIMER_CANCELLED), 1);
    assert_false(sim_task_cancel(task, NULL));
    RELEASE(task);
}
FIXTURE_TEST(a_sleeper_is_cancelled_at_its_next_step)

struct light_sleeper {
    struct sim_frame frame;
    int number;
};

/* Sleeps again, however often it is woken before its time. */
static enum sim_flag_step sleep_lightly(struct sim_frame *frame)
{
    struct light_sleeper *self = (struct light_sleeper *)(void *)frame;
    SIM_CO_BEGIN(frame);
    do {
        SIM_CO_TRY_SLEEP(frame, 5 * SECOND);
        say(fixture_of(frame), "%d%s", self->number, frame->how == SIM_RESUME_CANCEL ? "!" : ".");
    } while (frame->how == SIM_RESUME_CANCEL);
    SIM_CO_END(frame);
}

static void a_sleep_that_is_given_up_does_not_end_the_next_one_in(struct sim_fixture *f)
{
    struct light_sleeper sleepers[2] = {{.number = 1}, {.number = 2}};
    struct sim_task *tasks[2];
    for (int i = 0; i < 2; i++) {
        sim_frame_init(&sleepers[i].frame, sleep_lightly, NULL);
        tasks[i] = sim_task_new(&f->loop, &sleepers[i].frame.coro, "light");
    }
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    for (int times = 0; times < 3; times++) { /* all deadlines are equal: only order tells them */
        sim_task_cancel(tasks[0], NULL);
        assert_int_equal(sim_loop_run_once(&f->loop), 0);
        assert_int_equal(f->loop.timers.cancelled, times + 1);
        assert_null(sim_loop_check(&f->loop));
    }
    run_until(f, tasks[0]);
    assert_string_equal(f->log, "1!@0 1!@0 1!@0 2.@5 1.@5 ");
    assert_int_equal(f->loop.timers.count, 0);
    RELEASE(tasks[0]);
    RELEASE(tasks[1]);
}
FIXTURE_TEST(a_sleep_that_is_given_up_does_not_end_the_next_one)

static void a_task_cancelled_before_its_first_step_never_runs_in(struct sim_fixture *f)
{
    struct worker a;
    struct sim_task *task = start_worker(f, &a, "a", SECOND, 1);
    sim_task_cancel(task, NULL);
    run_until(f, task);
    assert_string_equal(f->log, "");
    assert_int_equal(task->future.state, SIM_FUTURE_CANCELLED);
    assert_non_null(strstr(trace_text(f), "step_begin task=1 resume=cancel"));
    RELEASE(task);
}
FIXTURE_TEST(a_task_cancelled_before_its_first_step_never_runs)

static void a_cancellation_can_be_swallowed_and_taken_back_in(struct sim_fixture *f)
{
    struct awaiter b;
    struct sim_future *future = sim_future_new(&f->loop);
    struct sim_task *task = start_awaiter(f, &b, "b", future);
    b.swallow = true;
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    sim_task_cancel(task, NULL);
    run_until(f, task);
    assert_string_equal(f->log, "b:waits@0 b:cancelled@0 ");
    assert_int_equal(task->future.state, SIM_FUTURE_RESULT);
    assert_int_equal(sim_task_uncancel(task), 0);
    assert_int_equal(sim_task_uncancel(task), 0);
    sim_future_release(future);
    RELEASE(task);
}
FIXTURE_TEST(a_cancellation_can_be_swallowed_and_taken_back)

static void cancelling_reaches_through_awaited_tasks_in(struct sim_fixture *f)
{
    struct worker a;
    struct awaiter b, c;
    struct sim_task *inner = start_worker(f, &a, "a", 9 * SECOND, 1);
    struct sim_task *middle = start_awaiter(f, &b, "b", &inner->future);
    struct sim_task *outer = start_awaiter(f, &c, "c", &middle->future);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    sim_task_cancel(outer, NULL);
    run_until(f, outer);
    assert_int_equal(inner->future.state, SIM_FUTURE_CANCELLED);
    assert_int_equal(middle->future.state, SIM_FUTURE_CANCELLED);
    assert_int_equal(outer->future.state, SIM_FUTURE_CANCELLED);
    assert_string_equal(f->log, "a0@0 b:waits@0 c:waits@0 b:cancelled@0 c:cancelled@0 ");
    RELEASE(inner);
    RELEASE(middle);
    RELEASE(outer);
}
FIXTURE_TEST(cancelling_reaches_through_awaited_tasks)

static void a_chain_that_is_too_long_to_cancel_stays_as_it_is_in(struct sim_fixture *f)
{
    enum { LINKS = SIM_CANCEL_DEPTH_MAX + 2 };
    struct worker sleeper;
    struct awaiter *awaiters = calloc(LINKS, sizeof *awaiters);
    struct sim_task **tasks = calloc(LINKS, sizeof(*tasks));
    tasks[0] = start_worker(f, &sleeper, "a", SECOND, 1);
    for (int i = 1; i < LINKS; i++)
        tasks[i] = start_awaiter(f, &awaiters[i], "b", &tasks[i - 1]->future);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_false(sim_task_cancel(tasks[LINKS - 1], NULL));
    assert_true(f->world.cancel_too_deep);
    f->world.cancel_too_deep = false;
    run_until(f, tasks[LINKS - 1]);
    for (int i = 0; i < LINKS; i++) {
        assert_int_equal(tasks[i]->future.state, SIM_FUTURE_RESULT);
        RELEASE(tasks[i]);
    }
    free(tasks);
    free(awaiters);
}
FIXTURE_TEST(a_chain_that_is_too_long_to_cancel_stays_as_it_is)

/* --- a coroutine that uses every macro -------------------------------------------------------- */

struct script {
    struct sim_frame frame;
    int part;
};

static enum sim_flag_step script_body(struct sim_frame *frame)
{
    struct script *self = (struct script *)(void *)frame;
    SIM_CO_BEGIN(frame);
    SIM_CO_YIELD(frame);
    self->part = 1;
    SIM_CO_TRY_SLEEP(frame, SECOND);
    self->part = frame->how == SIM_RESUME_CANCEL ? 3 : 2;
    SIM_CO_RAISE(frame, "boom");
    SIM_CO_END(frame);
}

static void forget(struct sim_frame *frame)
{
    free(frame);
}

static void a_coroutine_in_c_catches_a_cancellation_and_raises_in(struct sim_fixture *f)
{
    struct script *script = malloc(sizeof *script);
    sim_frame_init(&script->frame, script_body, NULL);
    struct sim_task *task = sim_task_new(&f->loop, &script->frame.coro, "script");
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_int_equal(sim_loop_run_once(&f->loop), 0);
    assert_int_equal(script->part, 1);
    sim_task_cancel(task, NULL);
    run_until(f, task);
    assert_int_equal(script->part, 3);
    assert_int_equal(task->future.state, SIM_FUTURE_EXCEPTION);
    assert_string_equal(task->future.value, "boom");
    RELEASE(task);
    free(script);
}
FIXTURE_TEST(a_coroutine_in_c_catches_a_cancellation_and_raises)

static void a_pending_task_that_goes_away_closes_its_coroutine_in(struct sim_fixture *f)
{
    struct script *script = malloc(sizeof *script);
    sim_frame_init(&script->frame, script_body, forget);
    struct sim_task *task = sim_task_new(&f->loop, &script->frame.coro, "script");
    RELEASE(task);
    sim_loop_clear(&f->loop); /* the ready queue held the last reference */
    assert_int_equal(f->loop.task_count, 0);
}
FIXTURE_TEST(a_pending_task_that_goes_away_closes_its_coroutine)

static void a_name_can_change_in(struct sim_fixture *f)
{
    struct worker a;
    struct sim_task *task = start_worker(f, &a, "a", 0, 0);
    sim_task_set_name(task, "renamed");
    run_until(f, task);
    assert_non_null(strstr(trace_text(f), "task_named task=1 name=\"renamed\""));
    RELEASE(task);
}
FIXTURE_TEST(a_name_can_change)

/* --- calls ------------------------------------------------------------------------------------ */

struct caller {
    struct sim_frame frame;
    struct worker first;
    struct awaiter second;
    struct sim_future *future;
};

static enum sim_flag_step caller_body(struct sim_frame *frame)
{
    struct caller *self = (struct caller *)(void *)frame;
    SIM_CO_BEGIN(frame);
    SIM_CO_CALL(frame, &self->first.frame);
    say(fixture_of(frame), "%s", (const char *)frame->returned);
    SIM_CO_TRY_CALL(frame, &self->second.frame);
    if (frame->how == SIM_RESUME_THROW)
        say(fixture_of(frame), "raised:%s", (const char *)frame->thrown);
    else
        return sim_frame_raise(frame);
    SIM_CO_END(frame);
}

static struct sim_task *start_caller(struct sim_fixture *f, struct caller *caller)
{
    *caller = (struct caller){.future = sim_future_new(&f->loop)};
    sim_frame_init(&caller->frame, caller_body, NULL);
    caller->first =
        (struct worker){.name = "a", .delay_ns = SECOND, .rounds = 2, .result = "result"};
    sim_frame_init(&caller->first.frame, worker_body, NULL);
    caller->second = (struct awaiter){.name = "b", .future = caller->future};
    sim_frame_init(&caller->second.frame, awaiter_body, NULL);
    return sim_task_new(&f->loop, &caller->frame.coro, "caller");
}

static void a_called_coroutine_runs_in_the_same_task_in(struct sim_fixture *f)
{
    struct caller caller;
    struct sim_task *task = start_caller(f, &caller);
    while (!strstr(f->log, "b:waits"))
        assert_int_equal(sim_loop_run_once(&f->loop), 0);
    sim_future_set_exception(caller.future, "boom");
    run_until(f, task);
    assert_string_equal(f->log, "a0@0 a1@1 a.@2 result@2 b:waits@2 b:exception@2 raised:boom@2 ");
    assert_int_equal(f->world.tasks_created, 1);
    sim_future_release(caller.future);
    RELEASE(task);
}
FIXTURE_TEST(a_called_coroutine_runs_in_the_same_task)

static void a_cancellation_reaches_the_called_coroutine_in(struct sim_fixture *f)
{
    struct caller caller;
    struct sim_task *task = start_caller(f, &caller);
    while (!strstr(f->log, "b:waits"))
        assert_int_equal(sim_loop_run_once(&f->loop), 0);
    sim_task_cancel(task, NULL);
    run_until(f, task);
    assert_non_null(strstr(f->log, "b:cancelled@2 "));
    assert_int_equal(task->future.state, SIM_FUTURE_CANCELLED);
    sim_future_release(caller.future);
    RELEASE(task);
}
FIXTURE_TEST(a_cancellation_reaches_the_called_coroutine)

/* --- what cannot be awaited ------------------------------------------------------------------- */

static enum sim_flag_step bad_body(struct sim_frame *frame)
{
    SIM_CO_BEGIN(frame);
    frame->out->value = "not awaitable";
    SIM_CO_SUSPEND(frame, SIM_STEP_ERROR);
    say(fixture_of(frame), "%s", (const char *)frame->thrown);
    SIM_CO_END(frame);
}

static void what_cannot_be_awaited_is_thrown_back_in(struct sim_fixture *f)
{
    struct sim_frame frame;
    sim_frame_init(&frame, bad_body, NULL);
    struct sim_task *task = sim_task_new(&f->loop, &frame.coro, "bad");
    run_until(f, task);
    assert_string_equal(f->log, "not awaitable@0 ");
    assert_non_null(strstr(trace_text(f), "task_ready task=1 wake=error"));
    RELEASE(task);
}
FIXTURE_TEST(what_cannot_be_awaited_is_thrown_back)

/* --- blocking --------------------------------------------------------------------------------- */

static enum sim_flag_step blocking_body(struct sim_frame *frame)
{
    SIM_CO_BEGIN(frame);
    SIM_CO_YIELD(frame);
    sim_world_block(&fixture_of(frame)->world, sim_frame_task(frame), 3 * SECOND);
    SIM_CO_END(frame);
}

static void a_blocking_call_makes_sleepers_late_in(struct sim_fixture *f)
{
    struct worker a;
    struct sim_frame blocker;
    struct sim_task *sleeper = start_worker(f, &a, "a", SECOND, 1);
    sim_frame_init(&blocker, blocking_body, NULL);
    struct sim_task *blocking = sim_task_new(&f->loop, &blocker.coro, "blocker");
    run_until(f, sleeper);
    assert_string_equal(f->log, "a0@0 a.@3 ");
    assert_non_null(strstr(trace_text(f), "block_begin task=2 block=call length=3.000000000\n"
                                          "clock clock=blocked now=3.000000000\n"
                                          "block_end task=2\n"));
    assert_non_null(strstr(trace_text(f), "late=2.000000000\nlate task=1 blocker=2"));
    RELEASE(sleeper);
    RELEASE(blocking);
}
FIXTURE_TEST(a_blocking_call_makes_sleepers_late)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sleepers_take_turns_by_deadline),
        cmocka_unit_test(a_sleep_of_zero_is_one_iteration),
        cmocka_unit_test(waking_takes_two_iterations_the_timer_and_the_step),
        cmocka_unit_test(a_task_can_await_a_task),
        cmocka_unit_test(awaiting_what_is_done_does_not_suspend),
        cmocka_unit_test(an_exception_is_thrown_into_the_waiter),
        cmocka_unit_test(a_sleeper_is_cancelled_at_its_next_step),
        cmocka_unit_test(a_sleep_that_is_given_up_does_not_end_the_next_one),
        cmocka_unit_test(a_task_cancelled_before_its_first_step_never_runs),
        cmocka_unit_test(a_cancellation_can_be_swallowed_and_taken_back),
        cmocka_unit_test(cancelling_reaches_through_awaited_tasks),
        cmocka_unit_test(a_chain_that_is_too_long_to_cancel_stays_as_it_is),
        cmocka_unit_test(a_coroutine_in_c_catches_a_cancellation_and_raises),
        cmocka_unit_test(a_pending_task_that_goes_away_closes_its_coroutine),
        cmocka_unit_test(a_name_can_change),
        cmocka_unit_test(a_called_coroutine_runs_in_the_same_task),
        cmocka_unit_test(a_cancellation_reaches_the_called_coroutine),
        cmocka_unit_test(what_cannot_be_awaited_is_thrown_back),
        cmocka_unit_test(a_blocking_call_makes_sleepers_late),
    };
    return cmocka_run_group_tests_name("task", tests, NULL, NULL);
}
