/* Parameters: reading them from a lesson, their values in words, steps and shares. */
#include "render/model/lesson.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char source[] =
    "# compare: WAY=serial | other.py WAY=gather: both are right\n"
    "LIMIT = 2.0  # param: 0.5..6.0 step 0.5 s: how long\n"
    "PLACES = 2  # param: 1..4 step 1: how many\n"
    "FREE = 1  # param: 0..10: any\n"
    "WAY = \"gather\"  # param: serial | gather|both : which way\n"
    "LOCKED = True  # param: False|True: with a lock\n"
    "NOT = \"none\"  # param: serial | gather: its own value is no choice\n"
    "ONE = \"serial\"  # param: serial|: there is no choice\n";

static struct rnd_lesson lesson;
static const struct rnd_param *limit, *places, *any, *way, *locked;

static int open_lesson(void **state)
{
    (void)state;
    if (rnd_lesson_parse(source, strlen(source), &lesson))
        return -1;
    limit = &lesson.params[0];
    places = &lesson.params[1];
    any = &lesson.params[2];
    way = &lesson.params[3];
    locked = &lesson.params[4];
    return 0;
}

static int close_lesson(void **state)
{
    (void)state;
    rnd_lesson_free(&lesson);
    return 0;
}

static const char *text(const struct rnd_param *param, double value)
{
    static char out[RND_PARAM_TEXT_MAX];
    size_t length = rnd_param_text(param, value, out, sizeof out);
    assert_int_equal(length, strlen(out));
    return out;
}

static const char *label(const struct rnd_param *param, double value)
{
    static char out[RND_PARAM_TEXT_MAX];
    size_t length = rnd_param_label(param, value, out, sizeof out);
    assert_int_equal(length, strlen(out));
    return out;
}

static void words_are_a_choice_of_which_the_scripts_own_is_one(void **state)
{
    (void)state;
    assert_int_equal(lesson.param_count, 5);
    assert_string_equal(way->name, "WAY");
    assert_string_equal(way->words, "serial|gather|both");
    assert_string_equal(way->about, "which way");
    assert_float_equal(way->value, 1, 0);
    assert_float_equal(way->high, 2, 0);
    assert_string_equal(locked->words, "False|True");
    assert_float_equal(locked->own, 1, 0);
    assert_string_equal(lesson.compare, "WAY=serial | other.py WAY=gather");
    assert_string_equal(lesson.compared, "both are right");
}

static void a_value_is_written_as_the_script_writes_it(void **state)
{
    char small[4];
    (void)state;
    assert_string_equal(text(limit, 2.5), "2.5");
    assert_string_equal(text(limit, 3), "3.0");
    assert_string_equal(label(limit, 3), "3.0 s");
    assert_string_equal(text(places, 3), "3");
    assert_string_equal(label(places, 3), "3");
    assert_string_equal(text(any, 0.125), "0.125");
    assert_string_equal(text(way, 0), "serial");
    assert_string_equal(label(way, 2), "both");
    assert_string_equal(text(locked, 0), "False");
    assert_int_equal(rnd_param_text(way, 0, small, sizeof small), 3);
    assert_string_equal(small, "ser");
}

static void values_stay_in_range_and_on_steps(void **state)
{
    (void)state;
    assert_float_equal(rnd_param_near(limit, 2.7), 2.5, 1e-12);
    assert_float_equal(rnd_param_near(limit, -1), 0.5, 0);
    assert_float_equal(rnd_param_near(limit, 99), 6, 0);
    assert_float_equal(rnd_param_near(any, 3.3), 3.3, 0);
    struct rnd_param uneven = *limit;
    uneven.high = 1.25; /* 0.5, 1.0 */
    assert_float_equal(rnd_param_near(&uneven, 1.25), 1, 1e-12);
}

static void steps_and_shares_go_over_the_range(void **state)
{
    (void)state;
    assert_float_equal(rnd_param_step(limit, 2, 1), 2.5, 1e-12);
    assert_float_equal(rnd_param_step(limit, 2, -9), 0.5, 0);
    assert_float_equal(rnd_param_step(any, 1, 1), 1.1, 1e-12);
    assert_float_equal(rnd_param_step(way, 1, 1), 2, 0);
    assert_float_equal(rnd_param_at(limit, 0), 0.5, 0);
    assert_float_equal(rnd_param_at(limit, 0.5), 3.5, 0.26);
    assert_float_equal(rnd_param_at(limit, 1), 6, 0);
    assert_float_equal(rnd_param_share(limit, 6), 1, 0);
    assert_float_equal(rnd_param_share(limit, rnd_param_at(limit, 0.6)), 0.6, 0.06);
}

static void what_is_typed_is_read_or_refused(void **state)
{
    double value = -1;
    (void)state;
    assert_true(rnd_param_read(limit, "2.5", &value));
    assert_float_equal(value, 2.5, 0);
    assert_true(rnd_param_read(limit, " 4.2 s ", &value));
    assert_float_equal(value, 4, 1e-12);
    assert_true(rnd_param_read(limit, "1000", &value));
    assert_float_equal(value, 6, 0);
    assert_true(rnd_param_read(way, "serial", &value));
    assert_float_equal(value, 0, 0);
    value = 7;
    assert_false(rnd_param_read(limit, "", &value));
    assert_false(rnd_param_read(limit, "soon", &value));
    assert_false(rnd_param_read(limit, "2 m", &value));
    assert_false(rnd_param_read(limit, "nan", &value));
    assert_false(rnd_param_read(way, "ser", &value));
    assert_false(rnd_param_read(way, "serial|gather", &value));
    assert_false(rnd_param_read(way, "", &value));
    assert_float_equal(value, 7, 0);
}

static void what_a_run_was_given_is_noted(void **state)
{
    struct rnd_lesson given;
    (void)state;
    assert_int_equal(rnd_lesson_parse(source, strlen(source), &given), 0);
    assert_true(rnd_lesson_set(&given, "LIMIT", "3.5"));
    assert_true(rnd_lesson_set(&given, "WAY", "both"));
    assert_false(rnd_lesson_set(&given, "WAY", "none"));
    assert_false(rnd_lesson_set(&given, "NOBODY", "1"));
    assert_float_equal(given.params[0].value, 3.5, 0);
    assert_float_equal(given.params[0].own, 2, 0);
    assert_float_equal(given.params[3].value, 2, 0);
    rnd_lesson_free(&given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_a_choice_of_which_the_scripts_own_is_one),
        cmocka_unit_test(a_value_is_written_as_the_script_writes_it),
        cmocka_unit_test(values_stay_in_range_and_on_steps),
        cmocka_unit_test(steps_and_shares_go_over_the_range),
        cmocka_unit_test(what_a_run_was_given_is_noted),
        cmocka_unit_test(what_is_typed_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, open_lesson, close_lesson);
}
