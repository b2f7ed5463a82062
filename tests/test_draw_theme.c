#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "render/draw/theme.h"

static void themes_are_found_by_name(void **state)
{
    (void)state;
    static const char *const names[] = {"dark", "light", "contrast", "safe"};
    enum { NAMES = sizeof names / sizeof *names };
    for (size_t i = 0; i < NAMES; i++) {
        assert_string_equal(rnd_theme_at(i)->name, names[i]);
        assert_ptr_equal(rnd_theme_find(names[i]), rnd_theme_at(i));
    }
    assert_null(rnd_theme_find("mauve"));
    assert_null(rnd_theme_at(NAMES));
}

static void every_theme_defines_every_colour(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *theme = rnd_theme_at(i);
#define RND_THEME_COLOUR(name, meaning) assert_int_not_equal(rnd_colour_alpha(theme->name), 0);
#include "render/draw/theme_colours.def"
#undef RND_THEME_COLOUR
        for (size_t task = 0; task < RND_THEME_TASKS; task++)
            assert_int_equal(rnd_colour_alpha(rnd_theme_task(theme, task)), 255);
        assert_int_equal(rnd_theme_task(theme, RND_THEME_TASKS), theme->task[0]);
    }
}

/* A ground with its name, for messages. */
struct ground {
    const char *name;
    rnd_colour colour;
};

static void assert_readable(const struct rnd_theme *theme, const char *what, rnd_colour text,
                            const struct ground *grounds, size_t count)
{
    double least = strcmp(theme->name, "contrast") == 0 ? 7 : 4.5;
    for (size_t g = 0; g < count; g++)
        if (rnd_colour_contrast(text, grounds[g].colour) < least)
            fail_msg("%s: %s on %s has a contrast of %.2f only", theme->name, what, grounds[g].name,
                     rnd_colour_contrast(text, grounds[g].colour));
}

/* Every pair of text and ground that there is.  What is to come is drawn as a shade of itself: it
 * is no text yet. */
static void text_can_be_read_wherever_it_stands(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *t = rnd_theme_at(i);
        const struct ground grounds[] = {{"panel", t->panel_bg},
                                         {"raised", t->raised_bg},
                                         {"bar", t->bar_bg},
                                         {"window", t->window_bg}};
        assert_readable(t, "primary text", t->text_primary, grounds, 4);
        assert_readable(t, "secondary text", t->text_secondary, grounds, 4);
        assert_readable(t, "faint text", t->text_faint, grounds, 4);
        assert_readable(t, "accent", t->accent, grounds, 4);

        /* States and tasks are written on panels and on what is raised. */
        assert_readable(t, "ready", t->ready, grounds, 2);
        assert_readable(t, "suspended", t->suspended, grounds, 2);
        assert_readable(t, "blocking", t->blocking, grounds, 2);
        assert_readable(t, "done", t->done, grounds, 2);
        assert_readable(t, "failed", t->failed, grounds, 2);
        assert_readable(t, "cancelled", t->cancelled, grounds, 2);
        assert_readable(t, "timed out", t->timed_out, grounds, 2);
        for (size_t task = 0; task < RND_THEME_TASKS; task++)
            assert_readable(t, "a task", rnd_theme_task(t, task), grounds, 2);

        const struct ground accent = {"accent", t->accent}, tip = {"tip", t->text_primary};
        assert_readable(t, "text", t->accent_text, &accent, 1);
        assert_readable(t, "text", t->panel_bg, &tip, 1);
    }
}

static void code_can_be_read_also_where_it_runs(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *t = rnd_theme_at(i);
        struct ground rows[RND_THEME_TASKS + 1] = {{"panel", t->panel_bg}};
        for (size_t task = 0; task < RND_THEME_TASKS; task++)
            rows[task + 1] =
                (struct ground){"a running line",
                                rnd_colour_mix(t->panel_bg, rnd_theme_task(t, task), RND_ROW_TINT)};
        assert_readable(t, "code", t->code_plain, rows, RND_THEME_TASKS + 1);
        assert_readable(t, "keywords", t->code_keyword, rows, RND_THEME_TASKS + 1);
        assert_readable(t, "strings", t->code_string, rows, RND_THEME_TASKS + 1);
        assert_readable(t, "comments", t->code_comment, rows, RND_THEME_TASKS + 1);
        assert_readable(t, "numbers", t->code_number, rows, RND_THEME_TASKS + 1);
        assert_readable(t, "functions", t->code_function, rows, RND_THEME_TASKS + 1);
        assert_readable(t, "its line's number", t->text_secondary, rows, RND_THEME_TASKS + 1);
    }
}

static void marks_on_tasks_and_states_are_seen(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *theme = rnd_theme_at(i);
        const rnd_colour states[] = {theme->ready,  theme->blocking,  theme->done,
                                     theme->failed, theme->cancelled, theme->timed_out};
        for (size_t s = 0; s < sizeof states / sizeof *states; s++)
            assert_true(rnd_colour_contrast(rnd_theme_text_on(theme, states[s]), states[s]) >= 3);
        for (size_t t = 0; t < RND_THEME_TASKS; t++) {
            rnd_colour task = rnd_theme_task(theme, t);
            assert_true(rnd_colour_contrast(rnd_theme_text_on(theme, task), task) >= 3);
        }
    }
}

/* What the normal, the red-blind, the green-blind and the blue-blind see of light (Machado and
 * others, 2009). */
enum { EYES = 4 };
static const double seen_as[EYES][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

static double lab_curve(double t)
{
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* CIE L*a*b* of a colour as it is seen. */
static void to_lab(rnd_colour colour, const double eye[3][3], double lab[3])
{
    double light[3], seen[3];
    for (int i = 0; i < 3; i++) {
        double value = (colour >> (16 - 8 * i) & 0xff) / 255.0;
        light[i] = value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
    }
    for (int i = 0; i < 3; i++)
        seen[i] =
            fmin(fmax(eye[i][0] * light[0] + eye[i][1] * light[1] + eye[i][2] * light[2], 0), 1);
    double x = lab_curve((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    double y = lab_curve(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    double z = lab_curve((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    lab[0] = 116 * y - 16;
    lab[1] = 500 * (x - y);
    lab[2] = 200 * (y - z);
}

/* Fails unless the colours differ by so much: for the normal eye, and for the others. */
static void assert_apart(const struct rnd_theme *theme, const char *what, const rnd_colour *colours,
                         size_t count, double normal, double others)
{
    for (size_t eye = 0; eye < EYES; eye++)
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < a; b++) {
                double one[3], two[3];
                to_lab(colours[a], seen_as[eye], one);
                to_lab(colours[b], seen_as[eye], two);
                double apart = sqrt((one[0] - two[0]) * (one[0] - two[0]) +
                                    (one[1] - two[1]) * (one[1] - two[1]) +
                                    (one[2] - two[2]) * (one[2] - two[2]));
                if (apart < (eye == 0 ? normal : others))
                    fail_msg("%s: %s %zu and %zu are %.1f apart for eye %zu", theme->name, what, b,
                             a, apart, eye);
            }
}

static void tasks_and_states_are_told_apart_by_the_colour_blind_too(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *t = rnd_theme_at(i);
        const rnd_colour states[] = {t->ready,  t->suspended, t->blocking, t->done,
                                     t->failed, t->cancelled, t->timed_out};
        bool safe = strcmp(t->name, "safe") == 0;
        assert_apart(t, "tasks", t->task, RND_THEME_TASKS, 25, safe ? 16 : 10);
        assert_apart(t, "states", states, sizeof states / sizeof *states, safe ? 14 : 10,
                     safe ? 12.5 : 8);
    }
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    double most = rnd_colour_contrast(0xff000000u, 0xffffffffu);
    assert_true(most > 20.99 && most < 21.01);
    double grey = rnd_colour_contrast(0xffffffffu, 0xff767676u);
    assert_true(grey > 4.53 && grey < 4.55);
}

static void colours_mix_and_fade(void **state)
{
    (void)state;
    assert_int_equal(rnd_colour_mix(0xff000000u, 0xffffffffu, 0), 0xff000000u);
    assert_int_equal(rnd_colour_mix(0xff000000u, 0xffffffffu, 255), 0xffffffffu);
    assert_int_equal(rnd_colour_mix(0xff200040u, 0xff400080u, 128), 0xff300060u);
    assert_int_equal(rnd_colour_fade(0xff102030u, 128), 0x80102030u);
}

static void measures_scale_and_never_vanish(void **state)
{
    (void)state;
    struct rnd_sizes one = rnd_sizes_at(1), two = rnd_sizes_at(2), tiny = rnd_sizes_at(0.1);
    assert_int_equal(two.text_body, 2 * one.text_body);
    assert_int_equal(tiny.border, 1);
    assert_int_equal(rnd_sizes_px(&two, 7.5), 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(themes_are_found_by_name),
        cmocka_unit_test(every_theme_defines_every_colour),
        cmocka_unit_test(text_can_be_read_wherever_it_stands),
        cmocka_unit_test(code_can_be_read_also_where_it_runs),
        cmocka_unit_test(marks_on_tasks_and_states_are_seen),
        cmocka_unit_test(tasks_and_states_are_told_apart_by_the_colour_blind_too),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(colours_mix_and_fade),
        cmocka_unit_test(measures_scale_and_never_vanish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
