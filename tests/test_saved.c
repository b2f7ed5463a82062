/* Saved traces: what was saved comes back, and what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenarios/saved.h"
#include "sim/trace_file.h"

struct fixture {
    struct sim_alloc alloc;
    struct sim_trace_memory memory, read;
    struct sim_trace trace;
    struct sim_trace_view view;
    char folder[64], path[96], error[256];
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    sim_alloc_init(&f->alloc);
    assert_int_equal(sim_trace_memory_reserve(&f->alloc, 1000, 1000, &f->memory), 0);
    assert_int_equal(sim_trace_init(&f->trace, &f->memory, &f->alloc), 0);
    SIM_PUT(&f->trace, RUN_BEGIN, 0, 0, 0, sim_trace_intern_z(&f->trace, "lesson.py"), 0);
    SIM_PUT_NS(&f->trace, CLOCK, SIM_CLOCK_IDLE, 0, INT64_C(1500000000));
    SIM_PUT(&f->trace, RUN_END, SIM_END_OK, 0, 0, 3, 0);
    f->view = sim_trace_view_of(&f->memory);
    snprintf(f->folder, sizeof f->folder, "%s", "saved-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/run.awtrace", f->folder);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    (void)unlink(f->path);
    assert_int_equal(rmdir(f->folder), 0); /* nothing else was left there */
    sim_trace_close(&f->trace);
    sim_trace_memory_free(&f->alloc, &f->memory);
    assert_int_equal(f->alloc.live_blocks, 0);
    free(f);
    return 0;
}

static void save(struct fixture *f)
{
    if (scn_saved_write(f->path, &f->view, f->error, sizeof f->error) < 0)
        fail_msg("%s", f->error);
}

static int read_back(struct fixture *f, struct sim_trace_view *view)
{
    return scn_saved_read(f->path, &f->alloc, &f->read, view, f->error, sizeof f->error);
}

static void what_was_saved_comes_back(void **state)
{
    struct fixture *f = *state;
    struct sim_trace_view view;
    save(f);
    assert_true(scn_saved_is(f->path));
    assert_int_equal(read_back(f, &view), 0);
    assert_int_equal(view.count, f->view.count);
    assert_true(sim_trace_hash(&view) == sim_trace_hash(&f->view));
    assert_memory_equal(view.events, f->view.events, view.count * sizeof *view.events);
    assert_string_equal(sim_trace_text(&view, view.events[0].a, NULL), "lesson.py");
    sim_trace_memory_free(&f->alloc, &f->read);
}

static void an_empty_trace_can_be_saved(void **state)
{
    struct fixture *f = *state;
    struct sim_trace_view view;
    f->view.count = 0;
    save(f);
    assert_int_equal(read_back(f, &view), 0);
    assert_int_equal(view.count, 0);
    sim_trace_memory_free(&f->alloc, &f->read);
}

/* Overwrites the file with its first `size` bytes, the byte at `flip` changed. */
static void damage(struct fixture *f, size_t size, size_t flip)
{
    char bytes[1024];
    FILE *file = fopen(f->path, "rb");
    size_t whole = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    if (flip < whole)
        bytes[flip] ^= 1;
    file = fopen(f->path, "wb");
    fwrite(bytes, 1, size < whole ? size : whole, file);
    if (size > whole)
        fputc('x', file);
    fclose(file);
}

static void every_damaged_byte_is_noticed(void **state)
{
    struct fixture *f = *state;
    struct sim_trace_view view;
    size_t size = SIM_TRACE_FILE_HEAD + f->view.count * 16 + f->view.text_bytes;
    for (size_t i = 0; i < size; i++) {
        bool unused = i >= 48 && i < SIM_TRACE_FILE_HEAD;
        save(f);
        damage(f, size, i);
        int code = read_back(f, &view);
        if (code == 0)
            sim_trace_memory_free(&f->alloc, &f->read);
        if ((code == 0) != unused)
            fail_msg("byte %zu changed: %d", i, code);
    }
}

static void a_cut_or_longer_file_is_refused(void **state)
{
    struct fixture *f = *state;
    struct sim_trace_view view;
    size_t size = SIM_TRACE_FILE_HEAD + f->view.count * 16 + f->view.text_bytes;
    const size_t sizes[] = {0, 10, SIM_TRACE_FILE_HEAD, size - 1, size + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        save(f);
        damage(f, sizes[i], SIZE_MAX);
        assert_int_equal(read_back(f, &view), SIM_EINVAL);
        assert_non_null(strstr(f->error, "damaged"));
    }
}

static void another_version_is_named(void **state)
{
    struct fixture *f = *state;
    struct sim_trace_view view;
    save(f);
    damage(f, 1000, 8); /* the version */
    assert_int_equal(read_back(f, &view), SIM_EVERSION);
    assert_non_null(strstr(f->error, "another version"));
}

static void what_cannot_be_written_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(scn_saved_write("/nowhere/run.awtrace", &f->view, f->error, sizeof f->error),
                     SIM_EIO);
    assert_non_null(strstr(f->error, "/nowhere/run.awtrace"));
    assert_false(scn_saved_is(f->path));
    struct sim_trace_view view;
    assert_int_equal(read_back(f, &view), SIM_EIO);
    assert_non_null(strstr(f->error, "No such file"));
}

static int refuse(void *user, const void *bytes, size_t size)
{
    int *left = user;
    (void)bytes, (void)size;
    return (*left)-- > 0 ? 0 : SIM_EIO;
}

static void a_failing_write_ends_the_saving(void **state)
{
    struct fixture *f = *state;
    for (int n = 0; n < 3; n++) {
        int left = n;
        assert_int_equal(sim_trace_save(&f->view, refuse, &left), SIM_EIO);
    }
    int left = 3;
    assert_int_equal(sim_trace_save(&f->view, refuse, &left), 0);
}

static void the_script_is_looked_for_beside_the_trace(void **state)
{
    struct fixture *f = *state;
    char out[64], small[4];
    assert_true(scn_saved_script("some/run.awtrace", &f->view, out, sizeof out));
    assert_string_equal(out, "some/lesson.py");
    assert_true(scn_saved_script("run.awtrace", &f->view, out, sizeof out));
    assert_string_equal(out, "lesson.py");
    assert_false(scn_saved_script("run.awtrace", &f->view, small, sizeof small));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(what_was_saved_comes_back),       TEST(an_empty_trace_can_be_saved),
        TEST(every_damaged_byte_is_noticed),   TEST(a_cut_or_longer_file_is_refused),
        TEST(another_version_is_named),        TEST(what_cannot_be_written_leaves_nothing),
        TEST(a_failing_write_ends_the_saving), TEST(the_script_is_looked_for_beside_the_trace),
    };
    return cmocka_run_group_tests_name("saved", tests, NULL, NULL);
}
