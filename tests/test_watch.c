/* A watch over files: real saves of each kind, each told once. */
#define _POSIX_C_SOURCE 200809L
#include "render/app/watch.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 60000 /* a bound for what takes milliseconds */

static char folder[] = "/tmp/awaitscope-watch-XXXXXX", script[64], beside[64], other[64];
static int told[2]; /* a pipe: a byte each time */
static int gate[2]; /* a pipe: a byte lets who tells go on */

static void tell(void *user)
{
    assert_ptr_equal(user, &told);
    assert_int_equal(write(told[1], "!", 1), 1);
}

/* Tells, and the watch sees nothing until it is let through. */
static void tell_and_wait(void *user)
{
    char byte;
    tell(user);
    assert_int_equal(read(gate[0], &byte, 1), 1);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Waits until it is told, and takes in that it was. */
static void is_told(void)
{
    char byte;
    struct pollfd wait = {.fd = told[0], .events = POLLIN};
    assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
    assert_int_equal(read(told[0], &byte, 1), 1);
}

static bool is_told_more(void)
{
    struct pollfd wait = {.fd = told[0], .events = POLLIN};
    return poll(&wait, 1, 0) > 0;
}

static int begin(void **state)
{
    if (!mkdtemp(folder) || pipe(told) || pipe(gate))
        return -1;
    snprintf(script, sizeof script, "%s/script.py", folder);
    snprintf(beside, sizeof beside, "%s/script.py.new", folder);
    snprintf(other, sizeof other, "%s/other.py", folder);
    write_file(script, "1");
    *state = NULL;
    return 0;
}

static int end(void **state)
{
    (void)state;
    (void)unlink(script);
    (void)unlink(beside);
    (void)unlink(other);
    (void)close(told[0]);
    (void)close(told[1]);
    (void)close(gate[0]);
    (void)close(gate[1]);
    return rmdir(folder);
}

static void each_way_of_saving_is_told(void **state)
{
    const char *paths[] = {script};
    struct rnd_watch *watch;
    (void)state;
    assert_int_equal(rnd_watch_open(&watch, paths, 1, tell, &told), 0);
    write_file(script, "in place");
    is_told();
    write_file(beside, "beside");
    assert_int_equal(rename(beside, script), 0);
    is_told();
    assert_int_equal(unlink(script), 0);
    write_file(script, "anew");
    is_told();
    rnd_watch_close(watch);
    assert_false(is_told_more());
}

static void many_saves_in_a_row_are_told_once(void **state)
{
    const char *paths[] = {script, script};
    struct rnd_watch *watch;
    (void)state;
    assert_int_equal(rnd_watch_open(&watch, paths, 2, tell_and_wait, &told), 0);
    write_file(script, "once");
    is_told();
    for (int i = 0; i < 10; i++)
        write_file(script, "again");
    assert_int_equal(write(gate[1], "............", 12), 12);
    is_told();
    rnd_watch_close(watch);
    assert_false(is_told_more());
}

static void other_files_are_none_of_its_business(void **state)
{
    const char *paths[] = {script}, *others[] = {other};
    struct rnd_watch *watch;
    (void)state;
    assert_int_equal(rnd_watch_open(&watch, paths, 1, tell, &told), 0);
    assert_true(rnd_watch_is_over(watch, paths, 1));
    assert_false(rnd_watch_is_over(watch, others, 1));
    assert_false(rnd_watch_is_over(watch, paths, 0));
    write_file(other, "not ours");
    write_file(script, "ours");
    is_told();
    rnd_watch_close(watch);
    assert_false(is_told_more());
}

static void a_folder_that_is_not_there_is_refused(void **state)
{
    const char *paths[] = {"/nowhere/at/all/script.py"};
    struct rnd_watch *watch;
    (void)state;
    assert_int_equal(rnd_watch_open(&watch, paths, 1, tell, &told), SIM_EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_of_saving_is_told),
        cmocka_unit_test(many_saves_in_a_row_are_told_once),
        cmocka_unit_test(other_files_are_none_of_its_business),
        cmocka_unit_test(a_folder_that_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
