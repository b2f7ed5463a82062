/* Inspection: what is told of tasks, timers, locks, queues and gathers at each moment. */
#include "trace_story.h"

#include "render/model/caption.h"
#include "render/model/frames.h"
#include "render/model/inspect.h"

static void tell(const struct rnd_model *model, struct rnd_thing thing, uint32_t cursor,
                 struct rnd_facts *facts)
{
    rnd_inspect(model, thing, rnd_model_moment(model, cursor), facts);
}

static struct rnd_thing task(uint32_t number)
{
    return (struct rnd_thing){RND_THING_TASK, number};
}

/* The text of the pair of that label, or the label of the item of that text; NULL: there is none.
 */
static const char *said(const struct rnd_facts *facts, const char *what)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        const struct rnd_fact *fact = &facts->items[i];
        if (fact->style == RND_FACT_PAIR && strcmp(fact->label, what) == 0)
            return fact->text;
        if (fact->style == RND_FACT_ITEM && strcmp(fact->text, what) == 0)
            return fact->label;
    }
    return NULL;
}

/* The first row after a heading; NULL: there is no such heading. */
static const struct rnd_fact *below(const struct rnd_facts *facts, const char *heading)
{
    for (uint32_t i = 0; i + 1 < facts->count; i++)
        if (facts->items[i].style == RND_FACT_HEADING && strcmp(facts->items[i].text, heading) == 0)
            return &facts->items[i + 1];
    return NULL;
}

static void a_gather_tells_how_far_each_child_is(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_facts facts;
    tell(model, task(1), at.first_done + 6, &facts);
    const struct rnd_fact *awaited = below(&facts, "Awaits");
    assert_non_null(awaited);
    assert_string_equal(awaited->text, "gather");
    assert_string_equal(awaited->label, "1 of 2 done");
    assert_int_equal(awaited->thing.kind, RND_THING_FUTURE);
    /* The chain goes on with what is not done yet. */
    assert_string_equal(awaited[1].text, "io_task #2");
    assert_int_equal(awaited[1].depth, 1);
    assert_string_equal(awaited[1].label, "sleep(2) · 1.0 s left");

    tell(model, awaited->thing, at.first_done + 6, &facts);
    assert_string_equal(said(&facts, "io_task #1"), "done");
    assert_string_equal(said(&facts, "io_task #2"), "sleep(2) · 1.0 s left");
    assert_string_equal(below(&facts, "Awaited by")->text, "main");
    tell(model, awaited->thing, at.resumed, &facts);
    assert_string_equal(said(&facts, "done"), "at 2.0 s");
    rnd_model_free(model);
    story_close(&s);
}

static void a_task_tells_who_made_it_and_how_it_ended(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_facts facts;
    tell(model, task(2), at.gathered, &facts);
    assert_string_equal(said(&facts, "made by"), "main, at 0.0 s");
    assert_string_equal(said(&facts, "runs"), "io_task(), line 3");
    assert_null(said(&facts, "returned"));
    assert_string_equal(below(&facts, "Awaited by")->text, "main");
    tell(model, task(2), at.first_done, &facts);
    assert_string_equal(said(&facts, "returned"), "'ok'");
    assert_string_equal(said(&facts, "waited"), "1.0 s");
    tell(model, task(1), at.first_done, &facts);
    assert_int_equal(below(&facts, "Tasks that it made")->thing.id, 2);
    rnd_model_free(model);
    story_close(&s);
}

static void cancelling_tells_who_asked(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    uint32_t waits = story_of_timeout(&s), end = story_cursor(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_facts facts;
    tell(model, task(2), waits, &facts);
    assert_null(below(&facts, "Asked to cancel"));
    tell(model, task(2), end, &facts);
    assert_string_equal(below(&facts, "Asked to cancel")->text, "by main");
    assert_string_equal(below(&facts, "Asked to cancel")->label, "2.0 s");
    tell(model, task(3), end, &facts);
    assert_string_equal(below(&facts, "Asked to cancel")->text, "time was up");
    rnd_model_free(model);
    story_close(&s);
}

static void a_timer_tells_when_it_is_due_and_whom_it_wakes(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    struct gather_story at = story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    struct rnd_facts facts;
    char words[RND_FACT_TEXT_MAX];
    struct rnd_thing timer = {RND_THING_TIMER, 1};
    tell(model, timer, at.first_done, &facts);
    assert_string_equal(said(&facts, "due at"), "2.0 s");
    assert_string_equal(below(&facts, "Wakes")->text, "io_task #2");
    rnd_inspect_state(model, timer, rnd_model_moment(model, at.first_done), words, sizeof words);
    assert_string_equal(words, "1.0 s left");
    tell(model, timer, at.resumed, &facts);
    assert_string_equal(said(&facts, "fired at"), "2.0 s");
    /* One that is not armed yet is not there. */
    tell(model, timer, 1, &facts);
    assert_int_equal(facts.count, 0);
    rnd_model_free(model);
    story_close(&s);
}

/* main holds the lock db, other and third stand in its line. */
static uint32_t story_of_lock(struct story *s)
{
    uint32_t main = story_begin(s), db = 40;
    story_iterate(s, 1, 0);
    story_step(s, main, SIM_RESUME_START);
    uint32_t other = story_create(s, main, "other", 3), third = story_create(s, main, "third", 4);
    SIM_PUT(&s->trace, SYNC_NEW, SIM_OBJECT_LOCK, 0, db, story_text(s, "db"), 0);
    SIM_PUT(&s->trace, SYNC, SIM_SYNC_ACQUIRE, 0, main, db, 1);
    story_sleep(s, SECOND);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t waiter = i ? third : other;
        story_step(s, waiter, SIM_RESUME_START);
        SIM_PUT(&s->trace, SYNC, SIM_SYNC_WAIT, i + 1, waiter, db, 1);
        story_await(s, waiter, SIM_AWAIT_LOCK, 50 + i);
    }
    return story_cursor(s);
}

static void a_lock_tells_its_holder_and_its_line(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    uint32_t at = story_of_lock(&s), tasks[4];
    struct rnd_model *model = story_model(&s);
    struct rnd_facts facts;
    struct rnd_thing lock = {RND_THING_OBJECT, 0};
    assert_int_equal(rnd_inspect_holders(model, 0, at, tasks, 4), 1);
    assert_int_equal(tasks[0], 1);
    assert_int_equal(rnd_inspect_waiters(model, 0, at, tasks, 4), 2);
    assert_int_equal(tasks[0], 2);
    assert_int_equal(tasks[1], 3);
    /* The first in line is the one that is kept. */
    assert_int_equal(rnd_inspect_waiters(model, 0, at, tasks, 1), 2);
    assert_int_equal(tasks[0], 2);
    tell(model, lock, at, &facts);
    assert_string_equal(below(&facts, "Held by")->text, "main");
    assert_string_equal(below(&facts, "In line, the first first")->text, "other");
    /* Whoever waits for it waits for who holds it, down to the sleep. */
    tell(model, task(3), at, &facts);
    const struct rnd_fact *chain = below(&facts, "Awaits");
    assert_string_equal(chain[0].text, "lock db");
    assert_string_equal(chain[0].label, "held by main");
    assert_string_equal(chain[1].text, "main");
    assert_string_equal(chain[1].label, "sleep(1) · 1.0 s left");
    rnd_model_free(model);
    story_close(&s);
}

static void who_asks_to_cancel_is_a_task_or_the_script_or_the_loop(void **state)
{
    (void)state;
    static const char *const said[] = {"by main", "by the script", "by the loop"};
    for (uint32_t who = 0; who < 3; who++) {
        struct story s;
        story_open(&s, 1000);
        uint32_t main = story_begin(&s), other = story_create(&s, main, "other", 3);
        if (who == 2)
            SIM_PUT(&s.trace, CALLBACK_BEGIN, 0, 0, 50, 0, 0);
        story_cancel(&s, other, who == 0 ? main : 0);
        uint32_t at = story_cursor(&s);
        struct rnd_model *model = story_model(&s);
        struct rnd_facts facts;
        tell(model, task(other), at, &facts);
        assert_string_equal(below(&facts, "Asked to cancel")->text, said[who]);
        rnd_model_free(model);
        story_close(&s);
    }
}

/* Where a task of a group has failed the loop runs what cancels the others: it is the group. */
static void a_group_that_cancels_is_told_by_its_task(void **state)
{
    (void)state;
    struct story s;
    struct rnd_facts facts;
    struct rnd_caption caption;
    story_open(&s, 1000);
    uint32_t main = story_begin(&s);
    story_iterate(&s, 1, 0);
    story_step(&s, main, SIM_RESUME_START);
    uint32_t other = story_create(&s, main, "other", 3);
    uint32_t failed = story_create(&s, main, "failed", 4), group = ++s.ids;
    SIM_PUT(&s.trace, COMBINE_BEGIN, SIM_COMBINE_GROUP, 0, group, 0, 0);
    SIM_PUT(&s.trace, COMBINE_CHILD, SIM_AWAIT_TASK, 0, group, other, 0);
    SIM_PUT(&s.trace, COMBINE_CHILD, SIM_AWAIT_TASK, 0, group, failed, 0);
    SIM_PUT(&s.trace, STEP_END, SIM_STEP_AWAIT, SIM_AWAIT_GROUP, main, group, 0);
    SIM_PUT(&s.trace, CALLBACK_BEGIN, 0, 0, 50, 0, 0);
    SIM_PUT(&s.trace, GROUP_ABORT, 0, 0, group, failed, 0);
    story_cancel(&s, other, 0);
    uint32_t first = story_cursor(&s);
    story_cancel(&s, main, 0);
    uint32_t at = story_cursor(&s);
    struct rnd_model *model = story_model(&s);
    tell(model, task(other), at, &facts);
    assert_string_equal(below(&facts, "Asked to cancel")->text, "by main’s group");
    tell(model, task(main), at, &facts);
    assert_string_equal(below(&facts, "Asked to cancel")->text, "by main’s group");
    rnd_caption_at(model, NULL, first - 1, &caption);
    assert_string_equal(caption.headline, "main’s group cancels other.");
    rnd_caption_at(model, NULL, at - 1, &caption);
    assert_string_equal(caption.headline, "main’s group cancels it, too.");
    rnd_model_free(model);
    story_close(&s);
}

static void what_is_not_there_has_no_facts(void **state)
{
    (void)state;
    struct story s;
    story_open(&s, 1000);
    (void)story_of_gather(&s);
    struct rnd_model *model = story_model(&s);
    for (int kind = RND_THING_NONE; kind <= RND_THING_FUTURE; kind++)
        for (uint32_t id = 0; id < 3; id++) {
            struct rnd_thing thing = {(enum rnd_thing_kind)kind, id ? RND_NEVER - id : 9999};
            struct rnd_facts facts;
            char words[64];
            for (uint32_t cursor = 0; cursor <= model->event_count; cursor += 5)
                tell(model, thing, cursor, &facts);
            rnd_inspect_name(model, thing, words, sizeof words);
        }
    rnd_model_free(model);
    story_close(&s);
}

/* --- frames ----------------------------------------------------------------------------------- */

static void stop_story(struct story *s, const char *seen)
{
    struct sim_trace *t = &s->trace;
    uint32_t main = story_begin(s);
    SIM_PUT(t, FRAME, 0, 12, main, story_text(s, "main"), story_text(s, "story.py"));
    SIM_PUT(t, LOCAL, 0, 0, main, story_text(s, "seen"), story_text(s, seen));
    SIM_PUT(t, LOCAL, 0, 0, main, story_text(s, "kept"), story_text(s, "7"));
    SIM_PUT(t, FRAME, 0, 3, main, story_text(s, "inner"), story_text(s, "story.py"));
    SIM_PUT(t, RUN_END, 0, 0, 0, 0, 0);
}

static void frames_tell_what_changed(void **state)
{
    (void)state;
    struct story run, now, then;
    story_open(&run, 100);
    story_open(&now, 100);
    story_open(&then, 100);
    uint32_t main = story_begin(&run);
    story_iterate(&run, 1, 0);
    (void)main;
    stop_story(&now, "2");
    stop_story(&then, "1");
    struct rnd_model *model = story_model(&run);
    struct sim_trace_view a = sim_trace_view_of(&now.memory), b = sim_trace_view_of(&then.memory);
    struct rnd_frames frames, before;
    assert_int_equal(rnd_frames_take(model, 4, &a, &frames), 0);
    assert_int_equal(rnd_frames_take(model, 4, &b, &before), 0);
    uint32_t first;
    assert_int_equal(rnd_frames_of(&frames, 1, &first), 2);
    assert_int_equal(rnd_frames_of(&frames, 2, &first), 0);
    const struct rnd_call *call = &frames.calls[0];
    assert_string_equal(call->function, "main");
    assert_int_equal(call->line, 12);
    assert_int_equal(call->local_count, 2);
    assert_string_equal(frames.locals[0].value, "2");
    assert_true(rnd_frames_changed(&before, call, 0, &frames.locals[0]));
    assert_false(rnd_frames_changed(&before, call, 0, &frames.locals[1]));
    /* Another call at that depth is no earlier state of this one. */
    assert_false(rnd_frames_changed(&before, call, 1, &frames.locals[0]));
    rnd_frames_close(&frames);
    rnd_frames_close(&before);

    /* A run that went another way tells nothing. */
    story_print(&run, 0, "x");
    SIM_PUT(&then.trace, OUTPUT, 0, 0, 0, 0, 0);
    rnd_model_free(model);
    model = story_model(&run);
    assert_int_equal(rnd_frames_take(model, 6, &b, &frames), SIM_EINVAL);
    rnd_model_free(model);
    story_close(&run);
    story_close(&now);
    story_close(&then);
}

static void a_traceback_leads_to_the_lines_that_it_names(void **state)
{
    (void)state;
    struct story run, stopped;
    story_open(&run, 100);
    story_open(&stopped, 100);
    uint32_t main = story_begin(&run), line = 0;
    story_line(&run, main, 4);
    SIM_PUT(&run.trace, LINE, 0, 0, main, 2, story_text(&run, "tools/pump.py"));
    uint32_t done = story_cursor(&run) + 1;
    SIM_PUT(&run.trace, TASK_DONE, SIM_OUTCOME_EXCEPTION, 0, main, story_text(&run, "E: x"), 0);
    struct rnd_model *model = story_model(&run);
    assert_int_equal(rnd_inspect_traceback_at(model, main, done), 0); /* nothing follows it */
    rnd_model_free(model);
    story_print(&run, 0, "x");
    model = story_model(&run);
    assert_int_equal(rnd_inspect_traceback_at(model, main, done), done + 1);
    assert_int_equal(rnd_inspect_traceback_at(model, main, done - 1), 0);

    assert_int_equal(story_begin(&stopped), main);
    SIM_PUT(&stopped.trace, TRACEBACK, 0, 0, main, story_text(&stopped, "Traceback"), 0);
    SIM_PUT(&stopped.trace, TRACEBACK, 0, 0, main, story_text(&stopped, "E: x"), 0);
    struct sim_trace_view view = sim_trace_view_of(&stopped.memory);
    struct rnd_frames frames;
    assert_int_equal(rnd_frames_take(model, 4, &view, &frames), 0);
    assert_int_equal(frames.raised_by, main);
    assert_int_equal(frames.traceback_count, 2);
    assert_string_equal(frames.traceback[1], "E: x");
    rnd_frames_close(&frames);

    assert_int_equal(rnd_frames_place(model, "  File \"story.py\", line 4, in main", &line), 0);
    assert_int_equal(line, 4);
    assert_int_equal(rnd_frames_place(model, "  File \"tools/pump.py\", line 2, in f", &line), 1);
    assert_int_equal(rnd_frames_place(model, "  File \"/usr/x.py\", line 2, in f", &line),
                     RND_NEVER);
    assert_int_equal(rnd_frames_place(model, "    print('File')", &line), RND_NEVER);
    rnd_model_free(model);
    story_close(&run);
    story_close(&stopped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gather_tells_how_far_each_child_is),
        cmocka_unit_test(a_task_tells_who_made_it_and_how_it_ended),
        cmocka_unit_test(cancelling_tells_who_asked),
        cmocka_unit_test(a_timer_tells_when_it_is_due_and_whom_it_wakes),
        cmocka_unit_test(a_lock_tells_its_holder_and_its_line),
        cmocka_unit_test(who_asks_to_cancel_is_a_task_or_the_script_or_the_loop),
        cmocka_unit_test(a_group_that_cancels_is_told_by_its_task),
        cmocka_unit_test(what_is_not_there_has_no_facts),
        cmocka_unit_test(frames_tell_what_changed),
        cmocka_unit_test(a_traceback_leads_to_the_lines_that_it_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
