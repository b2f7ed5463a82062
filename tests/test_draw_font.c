#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "render/draw/font.h"

static int open_fonts(void **state)
{
    char why[200];
    struct rnd_fonts *fonts;
    int error = rnd_fonts_open(&fonts, NULL, why, sizeof why);
    *state = fonts;
    return error;
}

static int close_fonts(void **state)
{
    rnd_fonts_close(*state);
    return 0;
}

static void assert_near(double a, double b)
{
    assert_true(fabs(a - b) < 1e-9);
}

static void code_is_as_wide_as_its_characters(void **state)
{
    struct rnd_fonts *fonts = *state;
    double one = rnd_font_width_px(fonts, RND_FONT_MONO, 15, "i");
    assert_near(one, 9);
    assert_near(rnd_font_width_px(fonts, RND_FONT_MONO, 15, "await -> x != y"), 15 * one);
    assert_near(rnd_font_width_px(fonts, RND_FONT_MONO_BOLD, 15, "Wi1.é✓"), 6 * one);
    assert_near(rnd_font_width_bytes_px(fonts, RND_FONT_MONO, 15, "await sleep", 5), 5 * one);
}

/* With one of the two families only, a character of the other comes from wherever there is one. */
static void what_a_font_lacks_comes_from_any_that_has_it(void **state)
{
    (void)state;
    struct rnd_font_source source = rnd_font_source_default;
    source.ui_family = source.mono_family;
    char why[200] = "";
    struct rnd_fonts *fonts = NULL;
    assert_int_equal(rnd_fonts_open(&fonts, &source, why, sizeof why), 0);
    const char *interrobang = "\u203d", *none = "\U000e0fff", *stand_in = "\ufffd";
    double found = rnd_font_width_px(fonts, RND_FONT_UI, 40, interrobang);
    assert_true(found > 10);
    assert_true(fabs(found - rnd_font_width_px(fonts, RND_FONT_UI, 40, stand_in)) > 0.5);
    assert_near(rnd_font_width_px(fonts, RND_FONT_UI, 40, none),
                rnd_font_width_px(fonts, RND_FONT_UI, 40, stand_in));
    /* Code keeps its columns. */
    assert_near(rnd_font_width_px(fonts, RND_FONT_MONO, 15, interrobang), 9);
    rnd_fonts_close(fonts);
}

static void widths_add_up_but_for_kerning(void **state)
{
    struct rnd_fonts *fonts = *state;
    const double size = 20;
    double both = rnd_font_width_px(fonts, RND_FONT_UI, size, "HH. 12");
    double parts = rnd_font_width_px(fonts, RND_FONT_UI, size, "HH. ") +
                   rnd_font_width_px(fonts, RND_FONT_UI, size, "12");
    assert_near(both, parts);
    double kerned = rnd_font_width_px(fonts, RND_FONT_UI, size, "AV");
    double apart = rnd_font_width_px(fonts, RND_FONT_UI, size, "A") +
                   rnd_font_width_px(fonts, RND_FONT_UI, size, "V");
    assert_true(kerned < apart - size * 0.03);
    assert_true(kerned > apart - size * 0.3);
}

static void a_width_is_the_same_however_many_are_asked_for_between(void **state)
{
    double ui = rnd_font_width_px(*state, RND_FONT_UI, 20, "gather");
    double mono = rnd_font_width_px(*state, RND_FONT_MONO, 20, "gather");
    double digit = rnd_font_width_px(*state, RND_FONT_MONO, 20, "7");
    assert_true(fabs(ui - mono) > 1);
    for (int i = 0; i < 9000; i++) {
        char text[16];
        int length = snprintf(text, sizeof text, "%d", i);
        assert_near(rnd_font_width_px(*state, RND_FONT_MONO, 20, text), length * digit);
    }
    assert_near(rnd_font_width_px(*state, RND_FONT_UI, 20, "gather"), ui);
    assert_near(rnd_font_width_px(*state, RND_FONT_UI, 20, "gather"), ui);
    assert_near(rnd_font_width_px(*state, RND_FONT_MONO, 20, "gather"), mono);
}

static void widths_grow_with_the_size(void **state)
{
    struct rnd_fonts *fonts = *state;
    double small = rnd_font_width_px(fonts, RND_FONT_UI_BOLD, 13, "Event loop");
    assert_near(rnd_font_width_px(fonts, RND_FONT_UI_BOLD, 26, "Event loop"), 2 * small);
    assert_true(rnd_font_width_px(fonts, RND_FONT_UI_BOLD, 13.5, "Event loop") > small);
    assert_true(small > rnd_font_width_px(fonts, RND_FONT_UI, 13, "Event loop"));
}

static void vertical_measures_are_plausible_and_centre_capitals(void **state)
{
    struct rnd_fonts *fonts = *state;
    for (int font = 0; font < RND_FONTS; font++) {
        int ascent = rnd_font_ascent_px(fonts, (enum rnd_font)font, 20);
        int cap = rnd_font_cap_px(fonts, (enum rnd_font)font, 20);
        int line = rnd_font_line_px(fonts, (enum rnd_font)font, 20);
        assert_true(cap >= 14 && cap <= 15);
        assert_true(ascent > cap && line > 20 && line < 32);
        double baseline = rnd_font_baseline_px(fonts, (enum rnd_font)font, 20, 100);
        assert_true(fabs(baseline - cap / 2.0 - 100) <= 0.5);
    }
}

static void what_fits_never_splits_a_character(void **state)
{
    struct rnd_fonts *fonts = *state;
    const char *text = "aé✓z";
    assert_int_equal(rnd_font_fit(fonts, RND_FONT_MONO, 15, text, strlen(text), 8.9), 0);
    assert_int_equal(rnd_font_fit(fonts, RND_FONT_MONO, 15, text, strlen(text), 9), 1);
    assert_int_equal(rnd_font_fit(fonts, RND_FONT_MONO, 15, text, strlen(text), 20), 3);
    assert_int_equal(rnd_font_fit(fonts, RND_FONT_MONO, 15, text, strlen(text), 27), 6);
    assert_int_equal(rnd_font_fit(fonts, RND_FONT_MONO, 15, text, strlen(text), 900), 7);
}

static void bytes_that_are_no_text_are_measured_one_by_one(void **state)
{
    struct rnd_fonts *fonts = *state;
    static const char *const bad[] = {"\xff", "\x80", "\xc3", "\xf5"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_near(rnd_font_width_px(fonts, RND_FONT_MONO, 15, bad[i]), 9);
    assert_near(rnd_font_width_px(fonts, RND_FONT_MONO, 15, "\xe2\x9c"), 18);     /* cut short */
    assert_near(rnd_font_width_px(fonts, RND_FONT_MONO, 15, "\xc0\xaf"), 18);     /* overlong */
    assert_near(rnd_font_width_px(fonts, RND_FONT_MONO, 15, "\xed\xa0\x80"), 27); /* surrogate */
}

static void a_missing_font_names_its_package(void **state)
{
    (void)state;
    struct rnd_font_source source = rnd_font_source_default;
    source.mono_family = "No Such Family At All";
    char why[200] = "";
    struct rnd_fonts *fonts = NULL;
    assert_int_equal(rnd_fonts_open(&fonts, &source, why, sizeof why), SIM_EIO);
    assert_null(fonts);
    assert_non_null(strstr(why, "No Such Family At All"));
    assert_non_null(strstr(why, "fonts-jetbrains-mono"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_is_as_wide_as_its_characters),
        cmocka_unit_test(what_a_font_lacks_comes_from_any_that_has_it),
        cmocka_unit_test(widths_add_up_but_for_kerning),
        cmocka_unit_test(a_width_is_the_same_however_many_are_asked_for_between),
        cmocka_unit_test(widths_grow_with_the_size),
        cmocka_unit_test(vertical_measures_are_plausible_and_centre_capitals),
        cmocka_unit_test(what_fits_never_splits_a_character),
        cmocka_unit_test(bytes_that_are_no_text_are_measured_one_by_one),
        cmocka_unit_test(a_missing_font_names_its_package),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
