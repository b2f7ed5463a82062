/* What to compare, as it is written in lessons and on the command line. */
#include "render/app/compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct rnd_compare_spec spec;
static char error[256];

static void assert_run(uint32_t index, const char *path, const char *params)
{
    const struct rnd_compare_run *run = &spec.runs[index];
    char found[256] = "";
    assert_string_equal(run->path, path);
    for (int i = 0; i < run->param_count; i++) {
        strcat(found, i ? " " : "");
        strcat(found, run->params[i].name);
        strcat(found, "=");
        strcat(found, run->params[i].value);
    }
    assert_string_equal(found, params);
}

static int read_lesson(const char *text)
{
    return rnd_compare_read_lesson("lessons/02.py", text, &spec, error, sizeof error);
}

static void a_lesson_names_values_or_files_beside_it(void **state)
{
    (void)state;
    assert_int_equal(read_lesson("WAY=serial | WAY=gather  PAUSE=2.5"), 0);
    assert_int_equal(spec.count, 2);
    assert_run(0, "lessons/02.py", "WAY=serial");
    assert_run(1, "lessons/02.py", "WAY=gather PAUSE=2.5");
    assert_int_equal(read_lesson("03.py | 04.py LIMIT=1 | LIMIT=2 | /tmp/x.py"), 0);
    assert_int_equal(spec.count, 4);
    assert_run(0, "lessons/03.py", "");
    assert_run(1, "lessons/04.py", "LIMIT=1");
    assert_run(2, "lessons/04.py", "LIMIT=2");
    assert_run(3, "/tmp/x.py", "");
}

static void a_run_may_end_after_so_many_events(void **state)
{
    const char *const words[] = {"a.py", "WAY=serial", "max-events=40", "a.py"};
    struct scn_run_options options = {.max_events = 1000};
    (void)state;
    assert_int_equal(rnd_compare_read(words, 4, &spec, error, sizeof error), 0);
    assert_run(0, "a.py", "WAY=serial");
    rnd_compare_apply(&spec.runs[0], &options);
    assert_int_equal(options.max_events, 40);
    options.max_events = 1000;
    rnd_compare_apply(&spec.runs[1], &options);
    assert_int_equal(options.max_events, 1000);
    assert_int_equal(read_lesson("WAY=serial max-events=7 | max-events=1000000000"), 0);
    assert_run(1, "lessons/02.py", "");
    assert_int_equal(spec.runs[0].max_events, 7);
    assert_int_equal(spec.runs[1].max_events, 1000000000);
    assert_int_equal(read_lesson("max-events=1000000001 | WAY=gather"), SIM_EINVAL);
    assert_string_equal(error, "a run ends after 1 to 1000000000 events: max-events=1000000001");
    assert_int_equal(read_lesson("max-events=0 | WAY=gather"), SIM_EINVAL);
    assert_int_equal(read_lesson("max-events= | WAY=gather"), SIM_EINVAL);
    assert_int_equal(read_lesson("max-events=7x | WAY=gather"), SIM_EINVAL);
}

static void what_makes_no_comparison_is_refused(void **state)
{
    (void)state;
    assert_int_equal(read_lesson(""), SIM_EINVAL);
    assert_int_equal(read_lesson("WAY=serial"), SIM_EINVAL);
    assert_string_equal(error, "to compare takes two runs or more");
    assert_int_equal(read_lesson("A=1 | A=2 | A=3 | A=4 | A=5"), SIM_EINVAL);
    assert_string_equal(error, "no more than four runs can be compared");
    assert_int_equal(read_lesson("a.py b.py"), SIM_EINVAL);
    assert_string_equal(error, "a run has one file: b.py");
    assert_int_equal(read_lesson("A=1 B=2 C=3 D=4 E=5 F=6 G=7 H=8 I=9 | A=2"), SIM_EINVAL);
}

static void on_the_command_line_a_file_begins_a_run(void **state)
{
    const char *const words[] = {"a.py", "WAY=serial", "a.py", "WAY=gather", "b.py"};
    const char *const orphan[] = {"WAY=serial", "a.py"};
    (void)state;
    assert_int_equal(rnd_compare_read(words, 5, &spec, error, sizeof error), 0);
    assert_int_equal(spec.count, 3);
    assert_run(0, "a.py", "WAY=serial");
    assert_run(1, "a.py", "WAY=gather");
    assert_run(2, "b.py", "");
    assert_int_equal(rnd_compare_read(words, 2, &spec, error, sizeof error), SIM_EINVAL);
    assert_int_equal(rnd_compare_read(orphan, 2, &spec, error, sizeof error), SIM_EINVAL);
    assert_string_equal(error, "a file comes before values for its parameters: WAY=serial");
}

/* A subject of a script that never ran. */
static struct rnd_subject subject_of(char *path, struct rnd_script_file *file, const char *source)
{
    struct rnd_subject subject = {.path = path};
    *file = (struct rnd_script_file){.path = path, .name = path};
    subject.script = (struct rnd_script){.files = file, .file_count = 1};
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &subject.script.lesson), 0);
    return subject;
}

static void titles_tell_what_is_different(void **state)
{
    static const char source[] = "# title: A lesson\n"
                                 "WAY = \"gather\"  # param: serial|gather: how\n"
                                 "LIMIT = 2.0  # param: 0.5..6.0 step 0.5 s: how long\n";
    char path[] = "a.py", other[] = "b.py";
    struct rnd_script_file files[3];
    struct rnd_subject a = subject_of(path, &files[0], source);
    struct rnd_subject b = subject_of(path, &files[1], source);
    struct rnd_subject c = subject_of(other, &files[2], "# title: Another\n");
    struct rnd_subject *subjects[] = {&a, &b, &c};
    struct rnd_compared runs[3];
    (void)state;
    rnd_compare_titles(subjects, 2, runs);
    assert_string_equal(runs[0].title, "A lesson");
    assert_string_equal(runs[1].title, "A lesson (2)");
    assert_true(rnd_lesson_set(&a.script.lesson, "WAY", "serial"));
    rnd_compare_titles(subjects, 2, runs);
    assert_string_equal(runs[0].title, "serial");
    assert_string_equal(runs[1].title, "gather");
    assert_true(rnd_lesson_set(&b.script.lesson, "LIMIT", "3.5"));
    rnd_compare_titles(subjects, 2, runs);
    assert_string_equal(runs[0].title, "serial, LIMIT = 2.0 s");
    assert_string_equal(runs[1].title, "gather, LIMIT = 3.5 s");
    rnd_compare_titles(subjects + 1, 2, runs);
    assert_string_equal(runs[0].title, "A lesson · LIMIT = 3.5 s");
    assert_string_equal(runs[1].title, "Another");
    for (int i = 0; i < 3; i++)
        rnd_lesson_free(&subjects[i]->script.lesson);
}

static void a_long_title_is_cut_between_words(void **state)
{
    static const char words[] = "# title: A title of a script that goes on and on until nobody "
                                "reads it any more\n";
    static const char one_word[] = "# title: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                   "ééééééééééééééé\n";
    char path[] = "a.py";
    struct rnd_script_file files[2];
    struct rnd_subject a = subject_of(path, &files[0], words);
    struct rnd_subject b = subject_of(path, &files[1], one_word);
    struct rnd_subject *same[] = {&a, &a}, *long_one[] = {&b};
    struct rnd_compared runs[2];
    (void)state;
    rnd_compare_titles(same, 2, runs);
    assert_string_equal(runs[0].title, "A title of a script that goes on and on until nobody…");
    assert_string_equal(runs[1].title, "A title of a script that goes on and on until nobody… (2)");
    /* A word that is too long ends after a whole character. */
    rnd_compare_titles(long_one, 1, runs);
    assert_string_equal(runs[0].title, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…");
    rnd_lesson_free(&a.script.lesson);
    rnd_lesson_free(&b.script.lesson);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_names_values_or_files_beside_it),
        cmocka_unit_test(a_run_may_end_after_so_many_events),
        cmocka_unit_test(what_makes_no_comparison_is_refused),
        cmocka_unit_test(on_the_command_line_a_file_begins_a_run),
        cmocka_unit_test(titles_tell_what_is_different),
        cmocka_unit_test(a_long_title_is_cut_between_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
