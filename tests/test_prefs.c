/* Preferences: what somebody wrote is understood, named if it is wrong, and never lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "render/app/prefs.h"

/* A file in a folder of its own, and what was complained of. */
struct desk {
    char folder[64], path[128];
    char *said;
    size_t said_length;
    FILE *complaints;
};

static void open_desk(struct desk *desk, const char *text)
{
    *desk = (struct desk){.folder = "/tmp/prefs-XXXXXX"};
    assert_non_null(mkdtemp(desk->folder));
    (void)snprintf(desk->path, sizeof desk->path, "%s/deep/preferences", desk->folder);
    if (text) {
        (void)snprintf(desk->path, sizeof desk->path, "%s/preferences", desk->folder);
        FILE *file = fopen(desk->path, "w");
        assert_non_null(file);
        assert_true(fputs(text, file) >= 0);
        assert_int_equal(fclose(file), 0);
    }
    desk->complaints = open_memstream(&desk->said, &desk->said_length);
    assert_non_null(desk->complaints);
}

static void close_desk(struct desk *desk)
{
    char deep[128];
    (void)fclose(desk->complaints);
    free(desk->said);
    (void)unlink(desk->path);
    (void)snprintf(deep, sizeof deep, "%s/deep", desk->folder);
    (void)rmdir(deep);
    assert_int_equal(rmdir(desk->folder), 0);
}

static void assert_file(const struct desk *desk, const char *wanted)
{
    char text[1024] = "";
    FILE *file = fopen(desk->path, "r");
    assert_non_null(file);
    (void)fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    assert_string_equal(text, wanted);
}

static const char *said(struct desk *desk)
{
    (void)fflush(desk->complaints);
    return desk->said;
}

static void settings_are_read_and_the_last_of_a_key_counts(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, "# mine\n\n  theme =  light \r\nspeed=2.5\ntheme = safe\n");
    struct rnd_prefs *prefs = rnd_prefs_open(desk.path, desk.complaints);
    double speed = 0;
    static const char *const words[] = {"dark", "safe"};
    assert_string_equal(rnd_prefs_text(prefs, "theme"), "safe");
    assert_int_equal(rnd_prefs_word(prefs, "theme", words, 2), 1);
    assert_true(rnd_prefs_number(prefs, "speed", 0, 10, &speed) && speed == 2.5);
    assert_null(rnd_prefs_text(prefs, "mine"));
    assert_string_equal(said(&desk), "");
    rnd_prefs_close(prefs);
    close_desk(&desk);
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, "theme light\nspeed = fast\nstep = huge\nspace = 900\n");
    struct rnd_prefs *prefs = rnd_prefs_open(desk.path, desk.complaints);
    double value = 7;
    static const char *const words[] = {"event", "line"};
    assert_false(rnd_prefs_number(prefs, "speed", 0, 10, &value));
    assert_false(rnd_prefs_number(prefs, "space", 0, 10, &value));
    assert_true(value == 7);
    assert_int_equal(rnd_prefs_word(prefs, "step", words, 2), -1);
    char wanted[1024];
    (void)snprintf(wanted, sizeof wanted,
                   "awaitscope: %s:1: no \"key = value\": \"theme light\"\n"
                   "awaitscope: %s:2: speed: \"fast\" is no number from 0 to 10\n"
                   "awaitscope: %s:4: space: \"900\" is no number from 0 to 10\n"
                   "awaitscope: %s:3: step: \"huge\" is none of event, line\n",
                   desk.path, desk.path, desk.path, desk.path);
    assert_string_equal(said(&desk), wanted);
    rnd_prefs_close(prefs);
    close_desk(&desk);
}

static void nothing_that_was_written_is_lost(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, "# mine\nfuture = 1\nnonsense\ntheme = dark\n");
    struct rnd_prefs *prefs = rnd_prefs_open(desk.path, desk.complaints);
    rnd_prefs_set(prefs, "theme", "light");
    rnd_prefs_set_number(prefs, "speed", 0.25);
    assert_string_equal(rnd_prefs_text(prefs, "speed"), "0.25");
    assert_true(rnd_prefs_save(prefs));
    assert_file(&desk, "# mine\nfuture = 1\nnonsense\ntheme = light\nspeed = 0.25\n");
    rnd_prefs_close(prefs);
    close_desk(&desk);
}

static void a_file_is_made_with_its_folder_only_when_something_is_set(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, NULL);
    struct rnd_prefs *prefs = rnd_prefs_open(desk.path, desk.complaints);
    assert_true(rnd_prefs_save(prefs));
    assert_int_equal(access(desk.path, F_OK), -1);
    rnd_prefs_set(prefs, "theme", "light");
    assert_true(rnd_prefs_save(prefs));
    assert_file(&desk, "theme = light\n");
    rnd_prefs_close(prefs);
    close_desk(&desk);
}

static void where_nothing_can_be_kept_all_is_as_without_a_file(void **state)
{
    (void)state;
    double value = 1;
    assert_null(rnd_prefs_text(NULL, "theme"));
    assert_false(rnd_prefs_number(NULL, "speed", 0, 1, &value));
    rnd_prefs_set(NULL, "theme", "light");
    rnd_prefs_complain(NULL, "theme", "no");
    assert_false(rnd_prefs_save(NULL));
    rnd_prefs_close(NULL);
    struct rnd_prefs *prefs = rnd_prefs_open("/proc/none/preferences", stderr);
    rnd_prefs_set(prefs, "theme", "light");
    assert_false(rnd_prefs_save(prefs));
    rnd_prefs_close(prefs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_are_read_and_the_last_of_a_key_counts),
        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(nothing_that_was_written_is_lost),
        cmocka_unit_test(a_file_is_made_with_its_folder_only_when_something_is_set),
        cmocka_unit_test(where_nothing_can_be_kept_all_is_as_without_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
