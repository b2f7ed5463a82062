#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/draw/theme.h"

static void both_themes_are_found_by_name(void **state)
{
    (void)state;
    assert_string_equal(rnd_theme_find("dark")->name, "dark");
    assert_string_equal(rnd_theme_find("light")->name, "light");
    assert_null(rnd_theme_find("mauve"));
    size_t count = 0;
    while (rnd_theme_at(count))
        count++;
    assert_true(count >= 2);
    assert_null(rnd_theme_at(count));
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

static void text_can_be_read_on_every_background(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *theme = rnd_theme_at(i);
        const rnd_colour grounds[] = {theme->window_bg, theme->bar_bg, theme->panel_bg,
                                      theme->raised_bg};
        const rnd_colour texts[] = {theme->text_primary, theme->text_secondary, theme->code_plain,
                                    theme->code_keyword, theme->code_string,    theme->code_comment,
                                    theme->code_number,  theme->code_function};
        for (size_t g = 0; g < sizeof grounds / sizeof *grounds; g++) {
            for (size_t t = 0; t < 2; t++)
                assert_true(rnd_colour_contrast(texts[t], grounds[g]) >= 4.5);
            assert_true(rnd_colour_contrast(theme->text_faint, grounds[g]) >= 2.9);
        }
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            assert_true(rnd_colour_contrast(texts[t], theme->panel_bg) >= 4.5);
        assert_true(rnd_colour_contrast(theme->accent_text, theme->accent) >= 4.5);
    }
}

static void tasks_and_states_stand_out_from_the_panel(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *theme = rnd_theme_at(i);
        const rnd_colour states[] = {theme->ready,  theme->suspended, theme->blocking, theme->done,
                                     theme->failed, theme->cancelled, theme->timed_out};
        for (size_t s = 0; s < sizeof states / sizeof *states; s++)
            assert_true(rnd_colour_contrast(states[s], theme->panel_bg) >= 3);
        for (size_t t = 0; t < RND_THEME_TASKS; t++) {
            rnd_colour task = rnd_theme_task(theme, t);
            assert_true(rnd_colour_contrast(task, theme->panel_bg) >= 3);
            assert_true(rnd_colour_contrast(rnd_theme_text_on(theme, task), task) >= 3);
        }
    }
}

/* The red-blind and the green-blind see these mixtures of light (Machado and others, 2009). */
static const double seen_as[][3][3] = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
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

static void tasks_are_told_apart_by_the_colour_blind_too(void **state)
{
    (void)state;
    for (size_t i = 0; rnd_theme_at(i); i++) {
        const struct rnd_theme *theme = rnd_theme_at(i);
        for (size_t eye = 0; eye < sizeof seen_as / sizeof *seen_as; eye++) {
            for (size_t a = 0; a < RND_THEME_TASKS; a++) {
                for (size_t b = 0; b < a; b++) {
                    double one[3], two[3];
                    to_lab(rnd_theme_task(theme, a), seen_as[eye], one);
                    to_lab(rnd_theme_task(theme, b), seen_as[eye], two);
                    double apart = sqrt((one[0] - two[0]) * (one[0] - two[0]) +
                                        (one[1] - two[1]) * (one[1] - two[1]) +
                                        (one[2] - two[2]) * (one[2] - two[2]));
                    assert_true(apart >= (eye == 0 ? 25 : 10));
                }
            }
        }
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
        cmocka_unit_test(both_themes_are_found_by_name),
        cmocka_unit_test(every_theme_defines_every_colour),
        cmocka_unit_test(text_can_be_read_on_every_background),
        cmocka_unit_test(tasks_and_states_stand_out_from_the_panel),
        cmocka_unit_test(tasks_are_told_apart_by_the_colour_blind_too),
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(colours_mix_and_fade),
        cmocka_unit_test(measures_scale_and_never_vanish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
