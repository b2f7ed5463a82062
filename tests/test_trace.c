/* The trace: appending, texts, hash, text dump, and running out of room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sim/alloc.h"
#include "sim/trace.h"

struct fixture {
    struct sim_alloc alloc;
    struct sim_trace_memory memory;
    struct sim_trace trace;
};

static int setup(void **state)
{
    static struct fixture f;
    sim_alloc_init(&f.alloc);
    assert_int_equal(sim_trace_memory_reserve(&f.alloc, 200000, 1 << 20, &f.memory), 0);
    assert_int_equal(sim_trace_init(&f.trace, &f.memory, &f.alloc), 0);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    sim_trace_close(&f->trace);
    sim_trace_memory_free(&f->alloc, &f->memory);
    assert_int_equal(f->alloc.live_blocks, 0);
    return 0;
}

static void a_reader_sees_what_was_appended(void **state)
{
    struct fixture *f = *state;
    uint32_t name = sim_trace_intern_z(&f->trace, "main");
    SIM_PUT(&f->trace, TASK_CREATED, SIM_TASK_NAMED, 0, 1, name, 0);
    SIM_PUT_NS(&f->trace, CLOCK, SIM_CLOCK_IDLE, 0, INT64_C(5000000000));
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    assert_int_equal(view.count, 2);
    assert_string_equal(sim_trace_text(&view, view.events[0].a, NULL), "main");
    assert_true(view.events[1].ns == INT64_C(5000000000));
}

static void equal_texts_have_one_id_and_all_texts_are_kept(void **state)
{
    struct fixture *f = *state;
    uint32_t ids[1000];
    char text[32];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++) {
            uint32_t id = sim_trace_intern(&f->trace, text, (size_t)sprintf(text, "t%d", i));
            assert_true(round == 0 || id == ids[i]);
            ids[i] = id;
        }
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    for (int i = 0; i < 1000; i++) {
        sprintf(text, "t%d", i);
        assert_string_equal(sim_trace_text(&view, ids[i], NULL), text);
    }
}

static void a_text_id_that_is_none_reads_as_empty(void **state)
{
    struct fixture *f = *state;
    uint32_t id = sim_trace_intern_z(&f->trace, "abcd");
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    size_t length;
    assert_string_equal(sim_trace_text(&view, 0, &length), "");
    assert_string_equal(sim_trace_text(&view, UINT32_MAX, &length), "");
    assert_string_equal(sim_trace_text(&view, id + 1, &length), ""); /* inside "abcd" */
    assert_int_equal(length, 0);
}

static void the_hash_sees_every_event_and_text(void **state)
{
    struct fixture *f = *state;
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    uint64_t empty = sim_trace_hash(&view);
    sim_trace_intern_z(&f->trace, "x");
    view = sim_trace_view_of(&f->memory);
    uint64_t with_text = sim_trace_hash(&view);
    SIM_PUT(&f->trace, STEP_BEGIN, SIM_RESUME_SEND, 0, 1, 0, 0);
    view = sim_trace_view_of(&f->memory);
    uint64_t with_event = sim_trace_hash(&view);
    assert_true(empty != with_text && with_text != with_event && empty != with_event);
}

static void events_format_by_their_definition(void **state)
{
    struct fixture *f = *state;
    char line[128];
    uint32_t text = sim_trace_intern_z(&f->trace, "a \"b\"\n");
    SIM_PUT(&f->trace, OUTPUT, SIM_STREAM_STDOUT, 0, 3, text, 0);
    SIM_PUT_NS(&f->trace, TIMER_ARMED, SIM_TIMER_SLEEP, 7, INT64_C(1500000000));
    SIM_PUT(&f->trace, STEP_END, SIM_STEP_AWAIT, SIM_AWAIT_SLEEP, 2, 5, 7);
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    assert_int_equal(sim_event_task(&view.events[0]), 3);
    assert_int_equal(sim_event_task(&view.events[1]), 0);
    sim_event_format(&view, &view.events[0], line, sizeof line);
    assert_string_equal(line, "output task=3 stream=stdout text=\"a \\\"b\\\"\\n\"");
    sim_event_format(&view, &view.events[1], line, sizeof line);
    assert_string_equal(line, "timer_armed handle=7 timer=sleep deadline=1.500000000");
    sim_event_format(&view, &view.events[2], line, sizeof line);
    assert_string_equal(line, "step_end task=2 step=await on=sleep future=5 timer=7");
    assert_int_equal(sim_event_format(&view, &view.events[2], line, 9),
                     strlen("step_end task=2 step=await on=sleep future=5 timer=7"));
    assert_string_equal(line, "step_end");
}

static void a_full_trace_remembers_the_error_and_drops_events(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < f->memory.event_capacity + 10; i++)
        SIM_PUT(&f->trace, LINE, 0, 0, 1, i, 0);
    assert_int_equal(f->trace.error, SIM_EFULL);
    assert_int_equal(sim_trace_view_of(&f->memory).count, f->memory.event_capacity);
    assert_int_equal(sim_trace_intern_z(&f->trace, "late"), 0);
}

static void a_budget_leaves_a_place_for_the_last_event(void **state)
{
    struct fixture *f = *state;
    const size_t chunk = SIM_TRACE_CHUNK / sizeof(struct sim_event);
    const size_t budgets[] = {3, chunk - 1, chunk};
    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
        sim_trace_close(&f->trace);
        assert_int_equal(sim_trace_init(&f->trace, &f->memory, &f->alloc), 0);
        f->trace.budget = budgets[i];
        for (size_t n = 0; n < budgets[i] + 2; n++)
            SIM_PUT(&f->trace, LINE, 0, 0, 1, n, 0);
        assert_int_equal(f->trace.error, SIM_EFULL);
        sim_trace_put_last(&f->trace, (struct sim_event){.kind = SIM_EV_RUN_END});
        SIM_PUT(&f->trace, LINE, 0, 0, 1, 0, 0);
        struct sim_trace_view view = sim_trace_view_of(&f->memory);
        assert_int_equal(view.count, budgets[i] + 1);
        assert_int_equal(view.events[budgets[i]].kind, SIM_EV_RUN_END);
    }
}

/* It grows by whole chunks, and has more committed than is written once it is long. */
static void a_long_trace_is_committed_ahead(void **state)
{
    struct fixture *f = *state;
    enum { EVENTS = 1 << 20, PER_CHUNK = SIM_TRACE_CHUNK / sizeof(struct sim_event) };
    struct sim_trace_memory memory;
    struct sim_trace trace;
    for (int failing = 0; failing <= 1; failing++) {
        assert_int_equal(sim_trace_memory_reserve(&f->alloc, EVENTS, 1 << 10, &memory), 0);
        assert_int_equal(sim_trace_init(&trace, &memory, &f->alloc), 0);
        size_t written = 0, most_ahead = 0;
        for (; written < EVENTS && trace.error == 0; written++) {
            f->alloc.fail_after = failing && written >= EVENTS / 2 ? 0 : -1;
            SIM_PUT(&trace, LINE, 0, 0, 1, written, 0);
            size_t ahead = trace.committed / sizeof(struct sim_event) - trace.limit;
            most_ahead = ahead > most_ahead ? ahead : most_ahead;
        }
        f->alloc.fail_after = -1;
        assert_in_range(most_ahead, 2 * PER_CHUNK, EVENTS / 2);
        struct sim_trace_view view = sim_trace_view_of(&memory);
        assert_int_equal(view.count, failing ? trace.limit : (size_t)EVENTS);
        assert_int_equal(trace.error, failing ? SIM_ENOMEM : 0);
        for (size_t i = 0; i < view.count; i++)
            assert_int_equal(view.events[i].a, i);
        sim_trace_close(&trace);
        sim_trace_memory_free(&f->alloc, &memory);
    }
}

static void a_failing_allocation_is_remembered(void **state)
{
    struct fixture *f = *state;
    f->alloc.fail_after = 0;
    assert_int_equal(sim_trace_intern_z(&f->trace, "name"), 0);
    assert_int_equal(f->trace.error, SIM_ENOMEM);
    SIM_PUT(&f->trace, LINE, 0, 0, 1, 1, 0);
    assert_int_equal(sim_trace_view_of(&f->memory).count, 0);
    f->alloc.fail_after = -1;
}

static void texts_are_dumped_on_one_line_whatever_is_in_them(void **state)
{
    struct fixture *f = *state;
    char line[128];
    uint32_t text = sim_trace_intern(&f->trace, "\x1b[1m \\ \0\x7f \xc3\xa4", 12);
    SIM_PUT(&f->trace, OUTPUT, SIM_STREAM_STDERR, 0, 0, text, 0);
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    sim_event_format(&view, &view.events[0], line, sizeof line);
    assert_string_equal(line,
                        "output task=0 stream=stderr text=\"\\x1b[1m \\\\ \\x00\\x7f \xc3\xa4\"");
}

static void an_open_record_is_seen_when_it_is_turned_or_followed(void **state)
{
    struct fixture *f = *state;
    const struct sim_event armed = {.kind = SIM_EV_TIMER_ARMED, .flag = SIM_TIMER_SLEEP, .id = 7};
    SIM_PUT(&f->trace, STEP_BEGIN, SIM_RESUME_SEND, 0, 7, 0, 0);
    assert_false(sim_trace_turn(&f->trace, 7, SIM_EV_SLEEP)); /* it is not open */
    sim_trace_put_open(&f->trace, armed);
    assert_int_equal(sim_trace_view_of(&f->memory).count, 1);
    assert_false(sim_trace_turn(NULL, 7, SIM_EV_SLEEP));
    assert_false(sim_trace_turn(&f->trace, 8, SIM_EV_SLEEP));
    assert_int_equal(sim_trace_view_of(&f->memory).count, 1);
    assert_true(sim_trace_turn(&f->trace, 7, SIM_EV_SLEEP));
    struct sim_trace_view view = sim_trace_view_of(&f->memory);
    assert_int_equal(view.count, 2);
    assert_int_equal(view.events[1].kind, SIM_EV_SLEEP);
    assert_int_equal(view.events[1].flag, 0);
    sim_trace_put_open(&f->trace, armed);
    SIM_PUT(&f->trace, STEP_END, SIM_STEP_RETURN, 0, 7, 0, 0);
    view = sim_trace_view_of(&f->memory);
    assert_int_equal(view.count, 4);
    assert_int_equal(view.events[2].kind, SIM_EV_TIMER_ARMED);
}

static void each_kind_has_a_name_of_its_own_and_a_meaning(void **state)
{
    (void)state;
    for (unsigned kind = 0; kind < SIM_EV_KINDS; kind++) {
        assert_true(strlen(sim_event_name(kind)) > 0);
        assert_true(strlen(sim_event_meaning(kind)) > 0);
        for (unsigned other = 0; other < kind; other++)
            assert_string_not_equal(sim_event_name(kind), sim_event_name(other));
    }
    assert_string_equal(sim_event_name(SIM_EV_KINDS), sim_event_name(SIM_EV_NONE));
    assert_string_equal(sim_event_meaning(60000), sim_event_meaning(SIM_EV_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(a_reader_sees_what_was_appended),
        TEST(equal_texts_have_one_id_and_all_texts_are_kept),
        TEST(a_text_id_that_is_none_reads_as_empty),
        TEST(the_hash_sees_every_event_and_text),
        TEST(events_format_by_their_definition),
        TEST(texts_are_dumped_on_one_line_whatever_is_in_them),
        TEST(an_open_record_is_seen_when_it_is_turned_or_followed),
        TEST(each_kind_has_a_name_of_its_own_and_a_meaning),
        TEST(a_full_trace_remembers_the_error_and_drops_events),
        TEST(a_budget_leaves_a_place_for_the_last_event),
        TEST(a_long_trace_is_committed_ahead),
        TEST(a_failing_allocation_is_remembered),
    };
    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
