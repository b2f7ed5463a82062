/* Traces as bytes, without any file. */
#include "sim_fixture.h"

#include "sim/trace_file.h"

/* Where saved bytes go; the call number `fail_at` (from 1) fails. */
struct sink {
    unsigned char bytes[16384];
    size_t size;
    int calls, fail_at;
};

static int put(void *user, const void *bytes, size_t size)
{
    struct sink *sink = user;
    if (++sink->calls == sink->fail_at)
        return SIM_EIO;
    assert_true(sink->size + size <= sizeof sink->bytes);
    memcpy(sink->bytes + sink->size, bytes, size);
    sink->size += size;
    return 0;
}

static struct sim_trace_view record(struct sim_fixture *f)
{
    static struct worker worker;
    struct sim_task *task = start_worker(f, &worker, "worker", SECOND, 2);
    assert_non_null(task);
    assert_int_equal(sim_loop_run_until(&f->loop, &task->future), 0);
    RELEASE(task);
    return sim_trace_view_of(&f->memory);
}

static void what_is_saved_can_be_read_back_in(struct sim_fixture *f)
{
    struct sim_trace_view view = record(f), read;
    struct sink sink = {0};
    struct sim_trace_file head;
    assert_int_equal(sim_trace_save(&view, put, &sink), 0);
    assert_true(sim_trace_file_is(sink.bytes, sink.size));
    assert_int_equal(sim_trace_file_head(sink.bytes, &head), 0);
    assert_true(head.event_count == view.count);
    assert_true(head.text_bytes == view.text_bytes);
    size_t event_bytes = view.count * sizeof *view.events;
    assert_int_equal(sink.size, SIM_TRACE_FILE_HEAD + event_bytes + view.text_bytes);
    struct sim_event *events = malloc(event_bytes);
    memcpy(events, sink.bytes + SIM_TRACE_FILE_HEAD, event_bytes);
    read = view;
    read.events = events;
    read.text = (const char *)sink.bytes + SIM_TRACE_FILE_HEAD + event_bytes;
    assert_true(sim_trace_hash(&read) == head.hash);
    free(events);
}
FIXTURE_TEST(what_is_saved_can_be_read_back)

static void saving_ends_at_the_first_failure_in(struct sim_fixture *f)
{
    struct sim_trace_view view = record(f);
    for (int call = 1; call <= 3; call++) {
        struct sink sink = {.fail_at = call};
        assert_int_equal(sim_trace_save(&view, put, &sink), SIM_EIO);
        assert_int_equal(sink.calls, call);
    }
}
FIXTURE_TEST(saving_ends_at_the_first_failure)

static void a_damaged_head_is_refused_in(struct sim_fixture *f)
{
    enum { TOLD = 8 + 32 + 8 /* magic, fields, hash */, VERSION = 8 };
    struct sim_trace_view view = record(f);
    struct sink sink = {0};
    struct sim_trace_file head = {.event_count = 77};
    assert_int_equal(sim_trace_save(&view, put, &sink), 0);
    for (size_t i = 0; i < TOLD; i++) {
        bool in_version = i >= VERSION && i < VERSION + 4;
        sink.bytes[i] ^= 0x10;
        assert_int_equal(sim_trace_file_head(sink.bytes, &head),
                         in_version ? SIM_EVERSION : SIM_EINVAL);
        assert_true(sim_trace_file_is(sink.bytes, sink.size) == (i >= 8));
        sink.bytes[i] ^= 0x10;
    }
    assert_true(head.event_count == 77);
    assert_false(sim_trace_file_is(sink.bytes, 7));
}
FIXTURE_TEST(a_damaged_head_is_refused)

static void each_error_has_a_sentence_of_its_own(void **state)
{
    (void)state;
    for (int code = 0; code >= SIM_EVERSION; code--) {
        assert_string_not_equal(sim_error_text(code), sim_error_text(1));
        for (int other = 0; other > code; other--)
            assert_string_not_equal(sim_error_text(code), sim_error_text(other));
    }
    assert_string_equal(sim_error_text(1), "unknown error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_can_be_read_back),
        cmocka_unit_test(saving_ends_at_the_first_failure),
        cmocka_unit_test(a_damaged_head_is_refused),
        cmocka_unit_test(each_error_has_a_sentence_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
