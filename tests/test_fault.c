/* A failing allocation at every possible point of a scenario: an error, no crash, no leak. */
#include "sim_fixture.h"
#include "story.h"

enum { SLEEPERS = 140, AWAITERS = 6 };

static enum sim_flag_step sleeper_body(struct sim_frame *frame)
{
    SIM_CO_BEGIN(frame);
    SIM_CO_YIELD(frame);
    uint32_t number = sim_frame_task(frame)->number; /* half of them are due at once */
    SIM_CO_SLEEP(frame, SECOND + (number % 2 ? 0 : (int64_t)(number * 7919 % 64)));
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

/* Every operation that can wait, each with waiters that are woken, cancelled and late. */
static const char *const stories[] = {
    "m: start a; start b; start c; sleep 1; cancel b; wait_all abc -; acquire T; try; release T; "
    "release T; end; start d; start e; sleep 1; set E; cancel e; wait_first de 1\n"
    "a: with L; sleep 2; end\n"
    "b: acquire L\n"
    "c: acquire L; acquire S; acquire S; try; timeout 1; acquire S; end; end\n"
    "d: wait E; acquire M\n"
    "e: acquire M; wait F",
    "m: start a; start b; start c; sleep 1; with C; set E; notify C 9; end; cancel c; sleep 1; "
    "start d; start e; start f; wait_failed abcdef 3; abort B; try; wait B; end; reset B\n"
    "a: with C; wait_until C E; end\n"
    "b: with C; wait_until C F; end\n"
    "c: with C; wait C; end\n"
    "d: wait B; wait B\n"
    "e: wait B\n"
    "f: wait B",
    "m: start a; start b; put P c; put P b; put P a; try; push P !; end; get P; try; pop P; end; "
    "put R x; put R y; put R z; start c; get Q; try; push R x; end; cancel b; sleep 1; done Q\n"
    "a: get R; get R; sleep 2; get R\n"
    "b: get Z\n"
    "c: put Q v; put Q w; join Q",
    "m: start a; start b; completed ab 2; start c; start d; try; wait_for c 1; end; start e; "
    "sleep 1; cancel e; sleep 1; cancel e; sleep 9\n"
    "a: sleep 1; return x\n"
    "b: sleep 3; raise Boom\n"
    "c: try; sleep 5; end; sleep 1\n"
    "d: shield c; shield b\n"
    "e: start f; wait_for f 9\n"
    "f: try; sleep 9; end; sleep 9",
    "m: start a; try; group; create b; create c; create d; timeout 5; move 3; sleep 9; end; end; "
    "end; start e; yield; cancel e; wait_all e -\n"
    "a: sleep 1; return x\n"
    "b: sleep 1; raise Boom\n"
    "c: try; sleep 5; end; raise Bang\n"
    "d: await a; sleep 1\n"
    "e: group; create f; end\n"
    "f: try; sleep 1; end; sleep 1",
};

static void a_story_ends_without_a_leak_wherever_memory_runs_out(void **state)
{
    (void)state;
    struct story *story = malloc(sizeof *story);
    assert_non_null(story);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        assert_int_equal(story_run(story, stories[i], -1, NULL, 0), 0);
        int64_t total = story->alloc.total_blocks;
        for (int64_t n = 0; n < total; n++) {
            int error = story_run(story, stories[i], n, NULL, 0);
            if (error != SIM_ENOMEM || story->alloc.live_blocks != 0)
                fail_msg("story %d with allocation %d failing: %d, %d blocks leak; %s", (int)i,
                         (int)n, error, (int)story->alloc.live_blocks, story->log);
        }
    }
    free(story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failing_allocation_is_an_error_and_leaks_nothing),
        cmocka_unit_test(a_story_ends_without_a_leak_wherever_memory_runs_out),
    };
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
