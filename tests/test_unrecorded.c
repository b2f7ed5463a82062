/* A world without a trace: all goes as in one that is recorded. */
#include "sim_fixture.h"

#include "sim/wait_for.h"

struct hurried {
    struct sim_frame frame;
    struct sim_future *slow;
    struct sim_wait_for wait;
};

static enum sim_flag_step hurried_body(struct sim_frame *frame)
{
    struct hurried *self = (struct hurried *)(void *)frame;
    SIM_CO_BEGIN(frame);
    sim_wait_for_init(&self->wait, self->slow, SECOND);
    SIM_CO_TRY_CALL(frame, &self->wait.frame);
    say(fixture_of(frame), "timed_out=%d", frame->how == SIM_RESUME_THROW);
    SIM_CO_END(frame);
}

/* Sleepers, a gather, a timeout, a cancellation and a blocking call; what they say is in the log.
 */
static void run_some_of_all(struct sim_fixture *f)
{
    struct worker a, b, slow;
    struct hurried hurried = {0};
    struct sim_task *tasks[] = {start_worker(f, &a, "a", 2 * SECOND, 2),
                                start_worker(f, &b, "b", 0, 3),
                                start_worker(f, &slow, "slow", 9 * SECOND, 1)};
    struct sim_future *children[] = {&tasks[0]->future, &tasks[1]->future};
    hurried.slow = &tasks[2]->future;
    sim_frame_init(&hurried.frame, hurried_body, NULL);
    struct sim_task *main_task = sim_task_new(&f->loop, &hurried.frame.coro, "hurried");
    struct sim_gather *gather = sim_gather_new(&f->loop, children, 2, true);
    assert_int_equal(sim_loop_run_until(&f->loop, &main_task->future), 0);
    sim_task_set_name(tasks[0], "renamed");
    sim_task_cancel(tasks[0], NULL);
    sim_world_block(&f->world, NULL, SECOND);
    assert_int_equal(sim_loop_run_until(&f->loop, &gather->outer), 0);
    say(f, "a:cancelled=%d", tasks[0]->future.state == SIM_FUTURE_CANCELLED);
    sim_future_release(&gather->outer);
    for (int i = 0; i < 3; i++)
        RELEASE(tasks[i]);
    RELEASE(main_task);
}

static void nothing_goes_otherwise_without_a_trace_in(struct sim_fixture *f)
{
    struct sim_fixture *recorded = malloc(sizeof *recorded);
    fixture_open(recorded);
    run_some_of_all(recorded);
    size_t count = f->trace.count;
    f->world.trace = NULL;
    run_some_of_all(f);
    assert_string_equal(f->log, recorded->log);
    assert_non_null(strstr(f->log, "timed_out=1@1 "));
    assert_non_null(strstr(f->log, "a:cancelled=1@2 "));
    assert_true(f->world.now_ns == recorded->world.now_ns);
    assert_int_equal(f->trace.count, count);
    assert_int_equal(sim_trace_intern_z(f->world.trace, "text"), 0);
    assert_int_equal(sim_trace_add_text(f->world.trace, "text", 4), 0);
    fixture_close(recorded);
    free(recorded);
}
FIXTURE_TEST(nothing_goes_otherwise_without_a_trace)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_goes_otherwise_without_a_trace)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
