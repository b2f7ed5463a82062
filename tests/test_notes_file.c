/* Where the marks of a script are kept. */
#include "trace_story.h"

#include <stdio.h>
#include <unistd.h>

#include "render/app/notes_file.h"

struct desk {
    struct story story;
    struct rnd_model *model;
    char folder[32], script[64];
};

static struct desk *desk(void)
{
    struct desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    story_open(&d->story, 1000);
    (void)story_of_gather(&d->story);
    d->model = story_model(&d->story);
    (void)snprintf(d->folder, sizeof d->folder, "/tmp/notes-XXXXXX");
    assert_non_null(mkdtemp(d->folder));
    assert_int_equal(setenv("XDG_DATA_HOME", d->folder, 1), 0);
    (void)snprintf(d->script, sizeof d->script, "%s/script.py", d->folder);
    return d;
}

static void desk_close(struct desk *d)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/awaitscope/notes", d->folder);
    (void)rmdir(path);
    (void)snprintf(path, sizeof path, "%s/awaitscope", d->folder);
    (void)rmdir(path);
    assert_int_equal(rmdir(d->folder), 0);
    rnd_model_free(d->model);
    story_close(&d->story);
    free(d);
}

/* Keeps a mark for a script, finds it again, and takes it away. */
static void keep_and_find(struct desk *d, const char *script)
{
    struct rnd_notes notes = {0}, again = {0}, none = {0};
    uint32_t index;
    struct rnd_moment moment = rnd_model_moment(d->model, 9);
    assert_int_equal(rnd_notes_add(&notes, d->model, moment, "here", &index), 0);
    assert_int_equal(rnd_notes_save(&notes, script), 0);
    assert_int_equal(rnd_notes_load(&again, script), 0);
    assert_int_equal(again.count, 1);
    assert_string_equal(again.items[0].name, "here");
    assert_int_equal(rnd_notes_change(&notes, 0, "", ""), 0);
    assert_int_equal(rnd_notes_save(&notes, script), 0);
    assert_int_equal(rnd_notes_load(&none, script), 0);
    assert_int_equal(none.count, 0);
    rnd_notes_close(&notes);
    rnd_notes_close(&again);
}

static void marks_are_kept_beside_the_script(void **state)
{
    (void)state;
    struct desk *d = desk();
    char beside[80];
    struct rnd_notes notes = {0};
    uint32_t index;
    keep_and_find(d, d->script);
    assert_int_equal(rnd_notes_add(&notes, d->model, rnd_model_moment(d->model, 9), "x", &index),
                     0);
    assert_int_equal(rnd_notes_save(&notes, d->script), 0);
    (void)snprintf(beside, sizeof beside, "%s.notes", d->script);
    assert_int_equal(unlink(beside), 0);
    rnd_notes_close(&notes);
    desk_close(d);
}

static void where_that_cannot_be_they_are_kept_among_the_users_data(void **state)
{
    (void)state;
    struct desk *d = desk();
    keep_and_find(d, "/proc/self/script.py");
    desk_close(d);
}

static void nothing_is_no_error(void **state)
{
    (void)state;
    struct desk *d = desk();
    struct rnd_notes notes = {0};
    assert_int_equal(rnd_notes_load(&notes, d->script), 0);
    assert_int_equal(rnd_notes_save(&notes, d->script), 0);
    assert_int_equal(notes.count, 0);
    desk_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_kept_beside_the_script),
        cmocka_unit_test(where_that_cannot_be_they_are_kept_among_the_users_data),
        cmocka_unit_test(nothing_is_no_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
