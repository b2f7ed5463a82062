/* Source texts: Python's tokens, and what a lesson says about itself in comments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/model/highlight.h"
#include "render/model/lesson.h"

/* One letter for the kind of each byte of a line. */
static void assert_kinds(rnd_lex_state *lex, const char *line, const char *kinds)
{
    struct rnd_token tokens[64];
    char actual[128] = "";
    uint32_t end = 0, count = rnd_highlight_line(line, strlen(line), lex, tokens, 64);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(tokens[i].begin, end);
        assert_true(tokens[i].length > 0);
        memset(actual + end, ".ksc0d@b"[tokens[i].kind], tokens[i].length);
        end += tokens[i].length;
    }
    assert_int_equal(end, strlen(line));
    assert_string_equal(actual, kinds);
}

static void the_parts_of_a_line_are_told_apart(void **state)
{
    rnd_lex_state lex = 0;
    (void)state;
    assert_kinds(&lex, "async def main(n=1.5):  # go", "kkkkk.kkk.dddd...000....cccc");
    assert_kinds(&lex, "    await f(\"a # b\", x_1)", "....kkkkk...sssssss......");
    assert_kinds(&lex, "@app.task", "@@@@@@@@@");
    assert_kinds(&lex, "a @ b", ".....");
    assert_kinds(&lex, "x = rb'\\'' + 0x1F - 1e-3", "....ssssss...0000...0000");
    assert_kinds(&lex, "print(o.print, 'it''s')", "bbbbb..........sssssss.");
    assert_kinds(&lex, "class Été: pass", "kkkkk.ddddd..kkkk");
    assert_kinds(&lex, "", "");
    assert_int_equal(lex, 0);
}

static void a_string_in_triple_quotes_reaches_over_lines(void **state)
{
    rnd_lex_state lex = 0;
    (void)state;
    assert_kinds(&lex, "s = \"\"\"one # two", "....ssssssssssss");
    assert_int_not_equal(lex, 0);
    assert_kinds(&lex, "def ''' \"", "sssssssss");
    assert_kinds(&lex, "end\"\"\" + 1", "ssssss...0");
    assert_int_equal(lex, 0);
    assert_kinds(&lex, "t = 'open", "....sssss");
    assert_int_equal(lex, 0);
    assert_kinds(&lex, "t = 'on \\", "....sssss");
    assert_kinds(&lex, "and' or 1", "ssss.kk.0");
    assert_int_equal(lex, 0);
}

static void what_does_not_fit_is_in_the_last_token(void **state)
{
    struct rnd_token tokens[2];
    rnd_lex_state lex = 0;
    (void)state;
    assert_int_equal(rnd_highlight_line("if 1 else 2", 11, &lex, tokens, 2), 2);
    assert_int_equal(tokens[1].begin + tokens[1].length, 11);
}

static const char lesson_source[] =
    "# title: A timeout with wait_for\n"
    "# about: wait_for cancels: what it waits for.\n"
    "import asyncio\n"
    "LIMIT = 2.0        # param: 0.5..6.0 step 0.5 s: how long it may take\n"
    "COUNT = 3  # param: 1..10: how many\n"
    "BAD = 3  # param: 10..1: backwards\n"
    "s = '# caption: not one'\n"
    "async def main():\n"
    "    # caption: main waits.\n"
    "\n"
    "    # marker: the wait\n"
    "    await f(LIMIT)\n"
    "    g()  # caption: and goes on.\n"
    "# title: another\n";

static void a_lesson_is_read_from_its_comments(void **state)
{
    struct rnd_lesson lesson;
    (void)state;
    assert_int_equal(rnd_lesson_parse(lesson_source, strlen(lesson_source), &lesson), 0);
    assert_string_equal(lesson.title, "A timeout with wait_for");
    assert_string_equal(lesson.about, "wait_for cancels: what it waits for.");
    assert_int_equal(lesson.caption_count, 2);
    assert_string_equal(rnd_lesson_caption(&lesson, 12), "main waits.");
    assert_string_equal(rnd_lesson_caption(&lesson, 13), "and goes on.");
    assert_null(rnd_lesson_caption(&lesson, 9));
    assert_int_equal(lesson.marker_count, 1);
    assert_int_equal(lesson.markers[0].line, 12);
    assert_string_equal(lesson.markers[0].text, "the wait");
    rnd_lesson_free(&lesson);
}

static void parameters_have_a_range_a_step_and_a_unit(void **state)
{
    struct rnd_lesson lesson;
    (void)state;
    assert_int_equal(rnd_lesson_parse(lesson_source, strlen(lesson_source), &lesson), 0);
    assert_int_equal(lesson.param_count, 2);
    const struct rnd_param *limit = &lesson.params[0], *count = &lesson.params[1];
    assert_int_equal(limit->line, 4);
    assert_string_equal(limit->name, "LIMIT");
    assert_string_equal(limit->unit, "s");
    assert_string_equal(limit->about, "how long it may take");
    assert_float_equal(limit->value, 2.0, 0);
    assert_float_equal(limit->low, 0.5, 0);
    assert_float_equal(limit->high, 6.0, 0);
    assert_float_equal(limit->step, 0.5, 0);
    assert_string_equal(count->name, "COUNT");
    assert_string_equal(count->unit, "");
    assert_float_equal(count->step, 0, 0);
    assert_float_equal(count->high, 10, 0);
    rnd_lesson_free(&lesson);
}

static void a_script_without_comments_is_a_lesson_without_words(void **state)
{
    struct rnd_lesson lesson;
    (void)state;
    assert_int_equal(rnd_lesson_parse("x = 1", 5, &lesson), 0);
    assert_string_equal(lesson.title, "");
    assert_string_equal(lesson.about, "");
    assert_int_equal(lesson.caption_count + lesson.marker_count + lesson.param_count, 0);
    rnd_lesson_free(&lesson);
    assert_int_equal(rnd_lesson_parse("", 0, &lesson), 0);
    rnd_lesson_free(&lesson);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_of_a_line_are_told_apart),
        cmocka_unit_test(a_string_in_triple_quotes_reaches_over_lines),
        cmocka_unit_test(what_does_not_fit_is_in_the_last_token),
        cmocka_unit_test(a_lesson_is_read_from_its_comments),
        cmocka_unit_test(parameters_have_a_range_a_step_and_a_unit),
        cmocka_unit_test(a_script_without_comments_is_a_lesson_without_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
