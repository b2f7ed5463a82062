/* Left: how the view of each script was left, as it is kept in a file. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp, setenv */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/app/folders.h"
#include "render/app/left_file.h"

static char folder[] = "/tmp/left-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && setenv("XDG_STATE_HOME", folder, 1) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[64];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* A script of that name, which is there. */
static const char *script(const char *name, char out[256])
{
    (void)snprintf(out, 256, "%s/%s", folder, name);
    FILE *file = fopen(out, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    return out;
}

static const struct rnd_left some = {
    .events = 120,
    .tasks = 5,
    .cursor = {41, 2000000000},
    .zoom = 2.5e-7,
    .middle = 0.75,
    .selected = 2,
    .arrows = RND_ARROWS_ALL,
    .rows = {.sort = RND_ROWS_BY_WAITED, .flat = true, .filter = "a 100%\tb"},
    .spec = {.mode = RND_LAYOUT_CODE,
             .inspector = true,
             .collapsed = {[RND_PANEL_OUTPUT] = true},
             .shares = {[RND_SPLITTER_COLUMN] = 0.25}},
    .folded = {1, 4},
    .folded_count = 2,
    .pinned = {UINT32_C(0x80000001)},
    .pinned_count = 1};

static void what_was_left_is_found_again(void **state)
{
    char one[256], other[256];
    struct rnd_left read;
    (void)state;
    assert_false(rnd_left_read(script("a b.py", one), &read));
    rnd_left_write(one, &some);
    assert_true(rnd_left_read(one, &read));
    assert_int_equal(read.events, some.events);
    assert_int_equal(read.tasks, some.tasks);
    assert_int_equal(read.cursor.cursor, 41);
    assert_int_equal(read.cursor.time_ns, 2000000000);
    assert_false(read.whole);
    assert_true(read.zoom == 2.5e-7 && read.middle == 0.75);
    assert_int_equal(read.selected, 2);
    assert_int_equal(read.arrows, RND_ARROWS_ALL);
    assert_int_equal(read.rows.sort, RND_ROWS_BY_WAITED);
    assert_true(read.rows.flat && !read.rows.internal);
    assert_string_equal(read.rows.filter, some.rows.filter);
    assert_int_equal(read.spec.mode, RND_LAYOUT_CODE);
    assert_true(read.spec.inspector && read.spec.collapsed[RND_PANEL_OUTPUT]);
    assert_false(read.spec.collapsed[RND_PANEL_SOURCE]);
    assert_true(read.spec.shares[RND_SPLITTER_COLUMN] == 0.25);
    assert_int_equal(read.folded_count, 2);
    assert_int_equal(read.folded[1], 4);
    assert_int_equal(read.pinned_count, 1);
    assert_int_equal(read.pinned[0], UINT32_C(0x80000001));

    /* Another script has a view of its own, and a later view takes the place of an earlier one. */
    assert_false(rnd_left_read(script("b.py", other), &read));
    rnd_left_write(other, &(struct rnd_left){.whole = true, .cursor = {7, 7}});
    rnd_left_write(one, &(struct rnd_left){.whole = true, .cursor = {8, 8}});
    assert_true(rnd_left_read(other, &read) && read.whole && read.cursor.cursor == 7);
    assert_true(rnd_left_read(one, &read) && read.whole && read.cursor.cursor == 8);
}

static void the_file_has_a_bound(void **state)
{
    char path[256], name[32], place[RND_PATH_MAX];
    struct rnd_left many = some, read;
    struct stat status;
    (void)state;
    for (many.folded_count = 0; many.folded_count < RND_LEFT_TASKS_MAX; many.folded_count++)
        many.folded[many.folded_count] = UINT32_MAX;
    for (int i = 0; i < RND_LEFT_MAX + 5; i++) {
        (void)snprintf(name, sizeof name, "%d.py", i);
        rnd_left_write(script(name, path), &many);
    }
    assert_false(rnd_left_read(script("4.py", path), &read));
    assert_true(rnd_left_read(script("5.py", path), &read));
    assert_int_equal(read.folded_count, RND_LEFT_TASKS_MAX);
    assert_true(rnd_folder_path(RND_FOLDER_STATE, "views", place));
    assert_int_equal(stat(place, &status), 0);
    assert_true(status.st_size < (off_t)RND_LEFT_MAX * RND_LEFT_LINE_MAX);
}

static void what_somebody_wrote_into_it_does_no_harm(void **state)
{
    char path[256], place[RND_PATH_MAX], text[1024];
    struct rnd_left read;
    (void)state;
    assert_true(rnd_folder_path(RND_FOLDER_STATE, "views", place));
    int length = snprintf(
        text, sizeof text,
        "\n=\n%%\n no name=%%zz\n"
        "cursor=x zoom=-1 middle=9 zoom=inf arrows=9 sort=up layout=round collapsed=timeline "
        "share-column=7 folded= filter=%%4 unknown=1 %s\n",
        script("odd.py", path));
    assert_true(rnd_folder_write(place, text, (size_t)length));
    assert_true(rnd_left_read(path, &read));
    assert_true(read.whole && read.cursor.cursor == 0 && read.arrows == RND_ARROWS_STEP);
    assert_false(read.spec.collapsed[RND_PANEL_TIMELINE]);
    assert_true(read.spec.shares[RND_SPLITTER_COLUMN] == 0);
    char *endless = malloc(3 * RND_LEFT_LINE_MAX);
    assert_non_null(endless);
    memset(endless, 'x', 3 * RND_LEFT_LINE_MAX);
    assert_true(rnd_folder_write(place, endless, 3 * RND_LEFT_LINE_MAX));
    free(endless);
    assert_false(rnd_left_read(path, &read));
    rnd_left_write(path, &some);
    assert_true(rnd_left_read(path, &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_left_is_found_again),
        cmocka_unit_test(the_file_has_a_bound),
        cmocka_unit_test(what_somebody_wrote_into_it_does_no_harm),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
