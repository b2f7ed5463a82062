/* Captions: true sentences for each step, and the lesson's own words in their place. */
#include "trace_story.h"

#include "render/model/caption.h"
#include "render/model/step.h"

static void assert_caption(const struct rnd_model *model, uint32_t cursor, const char *headline,
                           const char *detail)
{
    struct rnd_caption caption;
    rnd_caption_at(model, NULL, cursor, &caption);
    assert_string_equal(caption.headline, headline);
    if (detail)
        assert_string_equal(caption.detail, detail);
}

/* The cursor of the stop at the n-th event (from 0) of a kind. */
static uint32_t stop_of(const struct rnd_model *model, enum sim_event_kind kind, uint32_t n)
{
    for (uint32_t i = 0; i < model->stop_count; i++)
        if (model->view.events[model->stops[i].event].kind == kind && n-- == 0)
            return model->stops[i].at;
    fail_msg("no such stop: %s", sim_event_name(kind));
    return 0;
}

static void a_gather_is_told_from_begin_to_end(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, 0, "Nothing has happened yet.", "The script is about to start.");
    assert_caption(m, stop_of(m, SIM_EV_TASK_CREATED, 0),
                   "main() becomes a task: the first entry of the ready queue.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_LOOP_BEGIN, 0),
                   "The event loop starts, and will run until main is done.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_STEP_BEGIN, 0),
                   "main starts: asyncio.run put it first in the ready queue.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_LINE, 0), "main is at line 7.",
                   "It is about to create the task io_task #1.");
    assert_caption(m, stop_of(m, SIM_EV_TASK_CREATED, 2),
                   "main creates the task io_task #2, which waits for its first turn.",
                   "It is at the end of the ready queue, behind 1 other.");
    assert_caption(m, stop_of(m, SIM_EV_COMBINE_BEGIN, 0),
                   "main gathers 2 awaitables, to wait for all at once.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_STEP_END, 0),
                   "main waits until both children of its gather are done.",
                   "Next in the ready queue: io_task #1, in the next iteration.");
    assert_caption(m, stop_of(m, SIM_EV_ITERATION_BEGIN, 1),
                   "Iteration 2 begins, and will run what is ready: io_task #1 and io_task #2.",
                   "What becomes ready meanwhile waits for the next iteration.");
    assert_caption(m, stop_of(m, SIM_EV_SLEEP, 1),
                   "io_task #2 sleeps for 2.0 s; until then the loop is free to run others.",
                   "Nothing else is ready; the next timer is due at 1.0 s.");
    assert_caption(m, stop_of(m, SIM_EV_CLOCK, 0),
                   "Nothing is ready, so the clock moves on to the next timer, at 1.0 s.",
                   "The timer that is due: io_task #1 · sleep(1).");
    assert_caption(
        m, stop_of(m, SIM_EV_TIMER_FIRED, 1),
        "The sleep of io_task #2 is over at 2.0 s: its timer’s callback joins the ready queue.",
        NULL);
    assert_caption(m, stop_of(m, SIM_EV_SLEEP_OVER, 0),
                   "io_task #1 is ready again: the callback of its timer ended its sleep.",
                   "Nothing else is in the ready queue.");
    assert_caption(m, stop_of(m, SIM_EV_STEP_BEGIN, 3),
                   "io_task #1 runs on: its sleep of 1.0 s is over.", "It had waited since 0.0 s.");
    assert_caption(m, stop_of(m, SIM_EV_TASK_DONE, 0), "io_task #1 is done: its result is 'ok'.",
                   "Whoever waits for it is told through the ready queue.");
    assert_caption(m, stop_of(m, SIM_EV_COMBINE_PROGRESS, 0),
                   "1 of the gather’s 2 children is done.", "The rest is still to come.");
    assert_caption(m, stop_of(m, SIM_EV_FUTURE_DONE, 0),
                   "The gather is done: all of its 2 children finished.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_STEP_BEGIN, 5),
                   "main gets the results: gather is done, its last child finished.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_OUTPUT, 0), "main prints “both”.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_RUN_END, 0),
                   "The script is over; it took 2.0 s of virtual time.", NULL);
    rnd_model_free(m);
    story_close(&s);
}

static void the_headlines_of_a_run_are_had_without_what_comes_next(void **state)
{
    struct story s;
    struct rnd_caption whole, headline;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *m = story_model(&s);
    for (uint32_t at = 0; at <= m->event_count; at++) {
        rnd_caption_at(m, NULL, at, &whole);
        rnd_caption_headline_at(m, NULL, at, &headline);
        assert_string_equal(headline.headline, whole.headline);
        assert_int_equal(headline.task, whole.task);
    }
    /* To look for the next timer takes the longer, the more there are. */
    rnd_caption_headline_at(m, NULL, stop_of(m, SIM_EV_SLEEP, 1), &headline);
    assert_string_equal(headline.detail, "");
    rnd_model_free(m);
    story_close(&s);
}

static void a_late_task_is_told_why(void **state)
{
    struct story s;
    struct rnd_caption caption;
    (void)state;
    story_open(&s, 1000);
    uint32_t late = story_of_blocking(&s);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, stop_of(m, SIM_EV_STEP_END, 0),
                   "main gives way: it goes to the end of the ready queue.",
                   "Next in the ready queue: worker, in the next iteration.");
    assert_caption(m, stop_of(m, SIM_EV_BLOCK_BEGIN, 0),
                   "time.sleep(3) blocks the whole thread: no other task can run until 3.0 s.",
                   "main does not await here, so the loop gets no turn.");
    assert_caption(m, stop_of(m, SIM_EV_CLOCK, 0),
                   "The loop stood still for 3.0 s: it is 3.0 s now.", NULL);
    assert_caption(m, late,
                   "worker was due at 1.0 s but is woken only now, at 3.0 s, because main blocked "
                   "the loop.",
                   NULL);
    assert_caption(m, stop_of(m, SIM_EV_STEP_BEGIN, 3),
                   "worker runs only now, at 3.0 s, though its sleep ended at 1.0 s.",
                   "The loop was blocked for so long: it is 2.0 s late.");
    assert_caption(m, stop_of(m, SIM_EV_TASK_DONE, 0), "worker is done: its result is 42.",
                   "main awaits it, and becomes ready.");
    rnd_caption_at(m, NULL, late, &caption);
    assert_int_equal(caption.tone, RND_TONE_BLOCKING);
    assert_int_equal(caption.task, 2);
    rnd_model_free(m);
    story_close(&s);
}

static void a_timeout_is_told_from_begin_to_end(void **state)
{
    struct story s;
    struct rnd_caption caption;
    (void)state;
    story_open(&s, 1000);
    uint32_t waits = story_of_timeout(&s);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, stop_of(m, SIM_EV_TIMER_ARMED, 0),
                   "main sets a timer for its wait_for: it has until 2.0 s.",
                   "If it is not done by then, TimeoutError will be raised.");
    assert_caption(m, waits, "main waits, but only until 2.0 s: then its wait_for gives up.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_TIMER_FIRED, 0),
                   "Time is up for main · wait_for(2): its timer’s callback joins the ready queue.",
                   NULL);
    assert_caption(m, stop_of(m, SIM_EV_CANCEL_REQUESTED, 0),
                   "Time is up: main’s wait_for cancels op.",
                   "CancelledError will be raised in op at its next turn.");
    assert_caption(m, stop_of(m, SIM_EV_TASK_DONE, 0),
                   "op ends: it was cancelled, because time was up.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_COMBINE_END, 0),
                   "Time is up: wait_for raises TimeoutError in main.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_CANCEL_REQUESTED, 1), "main cancels other.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_TASK_DONE, 1), "other ends: it was cancelled.", NULL);
    rnd_caption_at(m, NULL, stop_of(m, SIM_EV_TASK_DONE, 0), &caption);
    assert_int_equal(caption.tone, RND_TONE_TIMED_OUT);
    rnd_model_free(m);
    story_close(&s);
}

static void what_is_done_with_locks_queues_and_threads_is_told(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT(&s.trace, SYNC_NEW, SIM_OBJECT_LOCK, 0, 7, 0, 0);
    SIM_PUT(&s.trace, SYNC, SIM_SYNC_ACQUIRE, 2, main, 7, 1);
    SIM_PUT(&s.trace, SYNC_NEW, SIM_OBJECT_LIFO_QUEUE, 0, 8, story_text(&s, "jobs"), 4);
    SIM_PUT(&s.trace, SYNC, SIM_SYNC_PUT, 0, main, 8, 3);
    SIM_PUT(&s.trace, THREAD_CREATED, SIM_THREAD_POOL, 0, 1, story_text(&s, "pool_0"), 0);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, 1, 0, 0);
    SIM_PUT(&s.trace, THREAD_JOB, 0, 0, 1, story_text(&s, "work"), 0);
    story_line(&s, 0, 20);
    SIM_PUT(&s.trace, THREAD_WAIT, 0, 0, 1, story_text(&s, "lock"), 0);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, 1, 0, 0);
    SIM_PUT_NS(&s.trace, THREAD_SLEEP, SIM_BLOCK_CALL, 1, INT64_C(2000000000));
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, 1, 0, 0);
    SIM_PUT_NS(&s.trace, THREAD_SLEEP, SIM_BLOCK_COMPUTE, 1, INT64_C(3000000000));
    struct rnd_model *m = story_model(&s);
    assert_caption(m, stop_of(m, SIM_EV_SYNC, 0), "main takes the lock.",
                   "2 tasks stand in its line; the first is first.");
    assert_caption(m, stop_of(m, SIM_EV_SYNC, 1), "main puts an item into the LIFO queue jobs.",
                   "It holds 3 of at most 4 items now.");
    assert_caption(m, stop_of(m, SIM_EV_THREAD_CREATED, 0),
                   "main starts a worker of a pool of threads: pool_0.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_THREAD_RUN, 0), "The worker pool_0 takes a job: work.",
                   NULL);
    assert_caption(m, stop_of(m, SIM_EV_LINE, 0), "pool_0 is at line 20.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_THREAD_WAIT, 0), "The thread pool_0 waits for a lock.",
                   "The main thread has it.");
    assert_caption(m, stop_of(m, SIM_EV_THREAD_SLEEP, 0), "The thread pool_0 sleeps until 2.0 s.",
                   "It blocks itself only: the event loop goes on.");
    assert_caption(m, stop_of(m, SIM_EV_THREAD_SLEEP, 1), "The thread pool_0 computes until 3.0 s.",
                   NULL);
    rnd_model_free(m);
    story_close(&s);
}

static void a_cancellation_is_told_as_one(void **state)
{
    struct story s;
    struct rnd_caption caption;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s), worker = story_create(&s, main, "worker", 1);
    story_step(&s, worker, SIM_RESUME_START);
    uint32_t timer = story_sleep(&s, 5 * SECOND);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT(&s.trace, CANCEL_REQUESTED, 0, 1, worker, main, 0);
    uint32_t cancelled = story_cursor(&s);
    SIM_PUT_NS(&s.trace, TIMER_CANCELLED, SIM_TIMER_SLEEP, timer, 5 * SECOND);
    uint32_t cut = story_cursor(&s);
    SIM_PUT(&s.trace, TASK_READY, SIM_WAKE_DONE, 0, worker, timer - 1, 0);
    uint32_t ready = story_cursor(&s);
    SIM_PUT(&s.trace, STEP_END, SIM_STEP_YIELD, 0, main, 0, 0);
    story_step(&s, worker, SIM_RESUME_CANCEL);
    uint32_t raised = story_cursor(&s);
    SIM_PUT(&s.trace, TASK_DONE, SIM_OUTCOME_CANCELLED, 0, worker, 0, 0);
    uint32_t done = story_cursor(&s);
    SIM_PUT(&s.trace, STEP_END, SIM_STEP_CANCELLED, 0, worker, 0, 0);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, cancelled, "main cancels worker.",
                   "CancelledError will be raised in worker at its next turn.");
    assert_caption(m, cut, "The sleep of worker is cut short: its timer is cancelled.",
                   "It had 5.0 s left.");
    assert_caption(m, ready, "worker is ready again: its sleep was cut short.", NULL);
    assert_caption(m, raised, "CancelledError is raised in worker, at its await.", NULL);
    assert_caption(m, done, "worker ends: it was cancelled.", "Nobody waits for it at the moment.");
    rnd_caption_at(m, NULL, done, &caption);
    assert_int_equal(caption.tone, RND_TONE_CANCELLED);
    rnd_model_free(m);
    story_close(&s);
}

static void a_caption_stays_until_the_next_stop(void **state)
{
    struct story s;
    struct rnd_caption caption, stop;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *m = story_model(&s);
    for (uint32_t cursor = 1; cursor <= m->event_count; cursor++) {
        const struct rnd_stop *last = &m->stops[rnd_step_number(m, cursor) - 1];
        rnd_caption_at(m, NULL, cursor, &caption);
        rnd_caption_at(m, NULL, last->at, &stop);
        assert_string_equal(caption.headline, stop.headline);
    }
    rnd_model_free(m);
    story_close(&s);
}

static void the_words_of_the_lesson_come_first(void **state)
{
    static const char source[] = "# about: Of taking a rest, 100%s.\n\n\n"
                                 "    await sleep(d)  # caption: The task takes its rest.\n";
    struct story s;
    struct rnd_lesson lesson;
    struct rnd_caption caption;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *m = story_model(&s);
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &lesson), 0);
    rnd_caption_at(m, &lesson, 0, &caption);
    assert_string_equal(caption.headline, "Nothing has happened yet.");
    assert_string_equal(caption.detail, "Of taking a rest, 100%s.");
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_LINE, 1), &caption);
    assert_string_equal(caption.headline, "The task takes its rest.");
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_SLEEP, 0), &caption);
    assert_string_equal(caption.headline, "The task takes its rest.");
    assert_string_equal(caption.detail,
                        "io_task #1 sleeps for 1.0 s; until then the loop is free to run others.");
    /* Elsewhere, and when the same task is resumed, the trace has the word. */
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_STEP_END, 0), &caption);
    assert_string_equal(caption.headline, "main waits until both children of its gather are done.");
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_STEP_BEGIN, 3), &caption);
    assert_string_equal(caption.headline, "io_task #1 runs on: its sleep of 1.0 s is over.");
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_CLOCK, 0), &caption);
    assert_string_equal(caption.headline,
                        "Nothing is ready, so the clock moves on to the next timer, at 1.0 s.");
    rnd_lesson_free(&lesson);

    /* A place that has no words but a name is called so. */
    static const char marked[] = "\n\n\n    await sleep(d)  # marker: a break\n";
    assert_int_equal(rnd_lesson_parse(marked, strlen(marked), &lesson), 0);
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_LINE, 1), &caption);
    assert_string_equal(caption.headline, "io_task #1 is at line 4: a break.");
    rnd_lesson_free(&lesson);
    rnd_model_free(m);
    story_close(&s);
}

static void there_is_a_sentence_for_every_kind_that_is_a_stop(void **state)
{
    (void)state;
    for (unsigned kind = SIM_EV_NONE + 1; kind < SIM_EV_KINDS; kind++) {
        struct story s;
        struct rnd_caption caption;
        story_open(&s, 1000);
        uint32_t main = story_begin(&s);
        story_step(&s, main, SIM_RESUME_START);
        struct sim_event event = {.kind = (uint8_t)kind, .id = main, .a = 1, .b = 1};
        sim_trace_put(&s.trace, event);
        struct rnd_model *m = story_model(&s);
        rnd_caption_at(m, NULL, m->event_count, &caption);
        size_t length = strlen(caption.headline);
        assert_true(length > 1 && caption.headline[length - 1] == '.');
        length = strlen(caption.detail);
        assert_true(length == 0 || caption.detail[length - 1] == '.');
        rnd_model_free(m);
        story_close(&s);
    }
}

static void what_a_thread_runs_has_the_lessons_words(void **state)
{
    static const char source[] = "def report():\n"
                                 "    time.sleep(2)  # caption: It blocks its own thread only.\n";
    struct story s;
    struct rnd_lesson lesson;
    struct rnd_caption caption;
    (void)state;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_iterate(&s, 1, 0);
    story_step(&s, main, SIM_RESUME_START);
    story_line(&s, main, 1);
    SIM_PUT(&s.trace, THREAD_CREATED, SIM_THREAD_POOL, 0, 1, story_text(&s, "pool_0"), 0);
    story_await(&s, main, SIM_AWAIT_FUTURE, 9);
    SIM_PUT(&s.trace, THREAD_RUN, SIM_BATON_START, 0, 1, 0, 0);
    story_line(&s, 0, 2);
    SIM_PUT_NS(&s.trace, THREAD_SLEEP, SIM_BLOCK_CALL, 1, 2 * SECOND);
    struct rnd_model *m = story_model(&s);
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &lesson), 0);
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_LINE, 1), &caption);
    assert_string_equal(caption.headline, "It blocks its own thread only.");
    rnd_caption_at(m, &lesson, stop_of(m, SIM_EV_THREAD_SLEEP, 0), &caption);
    assert_string_equal(caption.headline, "It blocks its own thread only.");
    assert_string_equal(caption.detail, "The thread pool_0 sleeps until 2.0 s.");
    rnd_lesson_free(&lesson);
    rnd_model_free(m);
    story_close(&s);
}

/* main gathers two, `tasks` of which are tasks, the others futures. */
static void gather(struct story *s, uint32_t tasks)
{
    uint32_t main = story_begin(s), outer = 70;
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    for (uint32_t i = 0; i < tasks; i++)
        (void)story_create(s, main, "child", 3);
    SIM_PUT(&s->trace, COMBINE_BEGIN, SIM_COMBINE_GATHER, 0, outer, 2, 0);
    for (uint32_t i = 0; i < 2; i++)
        SIM_PUT(&s->trace, COMBINE_CHILD, i < tasks ? SIM_AWAIT_TASK : SIM_AWAIT_FUTURE, 0, outer,
                2 + i, i);
}

static void plain_futures_are_not_called_tasks(void **state)
{
    static const char *const details[] = {"They are no tasks: futures that get results.",
                                          "1 of them is a task, the rest futures that get results.",
                                          "Each is a task of its own, so they run side by side."};
    (void)state;
    for (uint32_t tasks = 0; tasks <= 2; tasks++) {
        struct story s;
        story_open(&s, 1000);
        gather(&s, tasks);
        struct rnd_model *m = story_model(&s);
        assert_caption(m, stop_of(m, SIM_EV_COMBINE_BEGIN, 0),
                       "main gathers 2 awaitables, to wait for all at once.", details[tasks]);
        rnd_model_free(m);
        story_close(&s);
    }
}

static void asyncios_own_callbacks_say_what_they_are_for(void **state)
{
    struct story s;
    (void)state;
    story_open(&s, 1000);
    story_of_gather(&s);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, stop_of(m, SIM_EV_CALLBACK_READY, 0),
                   "io_task #1 is done: a callback that tells the gather joins the ready queue.",
                   "Nothing else is in the ready queue.");
    assert_caption(m, stop_of(m, SIM_EV_CALLBACK_BEGIN, 0),
                   "The callback that tells the gather runs: io_task #1 is done.", NULL);
    rnd_model_free(m);
    story_close(&s);
}

static void a_callback_is_named_and_says_what_it_does(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    (void)story_begin(&s);
    SIM_PUT(&s.trace, SYNC_NEW, SIM_OBJECT_EVENT, 0, 7, story_text(&s, "e"), 0);
    SIM_PUT(&s.trace, SYNC, SIM_SYNC_CLEAR, 0, 0, 7, 0);
    SIM_PUT(&s.trace, COMBINE_BEGIN, SIM_COMBINE_AS_COMPLETED, 0, 70, 2, 0);
    for (uint32_t i = 0; i < 2; i++) {
        SIM_PUT(&s.trace, HANDLE, 0, 0, 50 + i, story_text(&s, i ? "set" : "a: b"), 0);
        SIM_PUT(&s.trace, CALLBACK_READY, 0, 0, 50 + i, 0, 0);
    }
    story_iterate(&s, 3, 0);
    SIM_PUT(&s.trace, CALLBACK_BEGIN, 0, 0, 50, 0, 0);
    SIM_PUT(&s.trace, SYNC, SIM_SYNC_SET, 0, 0, 7, 1);
    SIM_PUT(&s.trace, COMBINE_PROGRESS, 0, 0, 70, 1, 2);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, stop_of(m, SIM_EV_ITERATION_BEGIN, 0),
                   "Iteration 1 begins, and will run what is ready: main, “a: b” and set.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_SYNC, 0), "The script clears the event e.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_SYNC, 1), "The callback sets the event e.", NULL);
    assert_caption(m, stop_of(m, SIM_EV_COMBINE_PROGRESS, 0),
                   "1 of as_completed’s 2 children is done.", NULL);
    rnd_model_free(m);
    story_close(&s);
}

static void what_says_nothing_else_says_what_comes_next(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_iterate(&s, 1, 0);
    story_step(&s, main, SIM_RESUME_START);
    SIM_PUT(&s.trace, UNCANCELLED, 0, 0, main, 0, 0);
    (void)story_create(&s, main, "io_task", 3);
    SIM_PUT(&s.trace, UNCANCELLED, 0, 0, main, 2, 0);
    struct rnd_model *m = story_model(&s);
    assert_caption(m, stop_of(m, SIM_EV_UNCANCELLED, 0),
                   "main takes back a request to cancel it; none is left.", "");
    assert_caption(m, stop_of(m, SIM_EV_UNCANCELLED, 1),
                   "main takes back a request to cancel it; 2 are left.",
                   "Next in the ready queue: io_task, in the next iteration.");
    rnd_model_free(m);
    story_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gather_is_told_from_begin_to_end),
        cmocka_unit_test(the_headlines_of_a_run_are_had_without_what_comes_next),
        cmocka_unit_test(a_late_task_is_told_why),
        cmocka_unit_test(a_timeout_is_told_from_begin_to_end),
        cmocka_unit_test(what_is_done_with_locks_queues_and_threads_is_told),
        cmocka_unit_test(a_cancellation_is_told_as_one),
        cmocka_unit_test(a_caption_stays_until_the_next_stop),
        cmocka_unit_test(the_words_of_the_lesson_come_first),
        cmocka_unit_test(what_a_thread_runs_has_the_lessons_words),
        cmocka_unit_test(plain_futures_are_not_called_tasks),
        cmocka_unit_test(asyncios_own_callbacks_say_what_they_are_for),
        cmocka_unit_test(a_callback_is_named_and_says_what_it_does),
        cmocka_unit_test(what_says_nothing_else_says_what_comes_next),
        cmocka_unit_test(there_is_a_sentence_for_every_kind_that_is_a_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
