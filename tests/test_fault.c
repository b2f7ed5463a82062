/* A failing allocation at every possible point of a scenario: an error, no crash, no leak. */
#include "sim_fixture.h"

enum { SLEEPERS = 70, AWAITERS = 6 };

static enum sim_flag_step sleeper_body(struct sim_frame *frame)
{
    SIM_CO_BEGIN(frame);
    SIM_CO_YIELD(frame);
    SIM_CO_SLEEP(frame, SECOND + (int64_t)(frame->task->number * 7919 % 64));
    SIM_CO_END(frame);
}

static void free_frame(struct sim_frame *frame)
{
    free(frame);
}

static void nothing(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)loop, (void)arg, (void)future;
}

static const struct sim_callback_ops nothing_ops = {.name = "nothing", .run = nothing};

/* Starts a task, or frees its frame when there is no memory for it. */
static struct sim_task *start(struct sim_loop *loop, struct sim_frame *frame,
                              enum sim_flag_step (*body)(struct sim_frame *))
{
    sim_frame_init(frame, body, free_frame);
    struct sim_task *task = sim_task_new(loop, &frame->coro, "task");
    if (!task)
        free(frame);
    return task;
}

/* Everything that allocates: tasks, sleeps, a gather, many callbacks on one future, handles, a
 * cancelled task. */
static int scenario(struct sim_loop *loop)
{
    struct sim_task *tasks[SLEEPERS] = {0}, *awaiters[AWAITERS] = {0};
    struct sim_future *futures[SLEEPERS];
    struct sim_gather *gather = NULL;
    int error = SIM_ENOMEM, started = 0;
    for (; started < SLEEPERS; started++) {
        tasks[started] = start(loop, malloc(sizeof(struct sim_frame)), sleeper_body);
        if (!tasks[started])
            goto release;
        futures[started] = &tasks[started]->future;
    }
    gather = sim_gather_new(loop, futures, SLEEPERS, true);
    if (!gather)
        goto release;
    for (int i = 0; i < AWAITERS; i++) {
        struct awaiter *awaiter = malloc(sizeof *awaiter);
        *awaiter = (struct awaiter){.name = "w", .future = &gather->outer};
        awaiters[i] = start(loop, &awaiter->frame, awaiter_body);
        if (!awaiters[i])
            goto release;
    }
    struct sim_handle *handle = sim_call_soon(loop, (struct sim_callback){&nothing_ops, NULL});
    if (handle)
        sim_handle_release(handle);
    handle = sim_call_at(loop, SECOND, (struct sim_callback){&nothing_ops, NULL});
    if (handle)
        sim_handle_release(handle);
    sim_task_cancel(tasks[1], NULL);
    error = sim_loop_run_until(loop, &gather->outer);
release:
    for (int i = 0; i < started; i++)
        RELEASE(tasks[i]);
    for (int i = 0; i < AWAITERS; i++)
        if (awaiters[i])
            RELEASE(awaiters[i]);
    if (gather)
        sim_future_release(&gather->outer);
    return error;
}

/* Runs it with the n-th allocation failing; how many allocations there were. */
static int64_t run_failing_at(int64_t n, int *error)
{
    struct sim_fixture f;
    memset(&f, 0, sizeof f);
    sim_alloc_init(&f.alloc);
    f.alloc.fail_after = n;
    *error = sim_trace_memory_reserve(&f.alloc, 1 << 20, 1 << 20, &f.memory);
    if (*error == 0) {
        *error = sim_trace_init(&f.trace, &f.memory, &f.alloc);
        if (*error == 0) {
            sim_world_init(&f.world, &f.alloc, &f.trace, NULL, &f);
            sim_loop_init(&f.loop, &f.world);
            *error = scenario(&f.loop);
            sim_loop_fini(&f.loop);
        }
        sim_trace_close(&f.trace);
        sim_trace_memory_free(&f.alloc, &f.memory);
    }
    if (f.alloc.live_blocks != 0)
        fail_msg("with allocation %d failing, %d blocks leak", (int)n, (int)f.alloc.live_blocks);
    return f.alloc.total_blocks;
}

static void every_failing_allocation_is_an_error_and_leaks_nothing(void **state)
{
    (void)state;
    int error;
    int64_t total = run_failing_at(-1, &error);
    assert_int_equal(error, 0);
    assert_true(total > 150);
    for (int64_t n = 0; n < total; n++) {
        run_failing_at(n, &error);
        if (error != SIM_ENOMEM)
            fail_msg("with allocation %d failing the run ended with %d", (int)n, error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failing_allocation_is_an_error_and_leaks_nothing),
    };
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
