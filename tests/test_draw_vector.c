/* Vector pictures: the same list as SVG and as PDF. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cairo.h>
#include <cmocka.h>
#include <fontconfig/fontconfig.h>

#include "render/draw/vector.h"

static const rnd_colour ink = 0xff336699u, glass = 0x80ff0000u;

struct drawn {
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    char path[64];
};

static void begin(struct drawn *drawn)
{
    char why[256];
    *drawn = (struct drawn){0};
    assert_int_equal(rnd_fonts_open(&drawn->fonts, NULL, why, sizeof why), 0);
    assert_int_equal(rnd_list_open(&drawn->list), 0);
    strcpy(drawn->path, "vector-XXXXXX");
    int fd = mkstemp(drawn->path);
    assert_true(fd >= 0);
    close(fd);
    rnd_list_begin(drawn->list, 400, 300);
}

static void end(struct drawn *drawn)
{
    unlink(drawn->path);
    rnd_list_close(drawn->list);
    rnd_fonts_close(drawn->fonts);
}

static char *read_back(const struct drawn *drawn, size_t *length)
{
    FILE *file = fopen(drawn->path, "rb");
    assert_non_null(file);
    char *text = malloc(1 << 20);
    *length = fread(text, 1, (1 << 20) - 1, file);
    text[*length] = '\0';
    fclose(file);
    return text;
}

static char *svg_of(struct drawn *drawn)
{
    char why[256];
    size_t length;
    assert_int_equal(rnd_vector_write_svg(drawn->list, drawn->fonts, drawn->path, why, sizeof why),
                     0);
    return read_back(drawn, &length);
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    for (; (text = strstr(text, part)); text++)
        count++;
    return count;
}

static void each_shape_is_an_element(void **state)
{
    struct drawn drawn;
    (void)state;
    begin(&drawn);
    rnd_list_rect(drawn.list, (struct rnd_rect){10, 20, 30, 40}, ink);
    rnd_list_circle(drawn.list, 100, 100, 10, glass);
    rnd_list_line(drawn.list, 0, 50, 400, 50,
                  (struct rnd_stroke){.colour = ink, .width_px = 2, .dash_px = 6, .gap_px = 4});
    char *svg = svg_of(&drawn);
    assert_non_null(strstr(svg, "viewBox=\"0 0 400 300\""));
    assert_non_null(strstr(svg, "<path d=\"M10 20L40 20L40 60L10 60L10 20Z\" fill=\"#336699\"/>"));
    assert_non_null(strstr(svg, "fill=\"#ff0000\" fill-opacity=\"0.502\""));
    assert_non_null(strstr(svg, "M0 50L400 50\" fill=\"none\""));
    assert_non_null(strstr(svg, "stroke-dasharray=\"6.00 4.00\""));
    assert_int_equal(count_of(svg, "<path"), 3);
    free(svg);
    end(&drawn);
}

static void text_stays_text(void **state)
{
    struct drawn drawn;
    (void)state;
    begin(&drawn);
    rnd_list_text(drawn.list, RND_FONT_UI_BOLD, 14, 20, 40, ink, "a < b & c");
    rnd_list_text_fit(drawn.list, RND_FONT_MONO, 12, 20, 60, ink, "a name that is too long for it",
                      RND_ALIGN_LEFT, 80);
    char *svg = svg_of(&drawn);
    assert_non_null(strstr(svg, "x=\"20\" y=\"40\" font-family=\"Inter\" font-weight=\"600\" "
                                "font-size=\"14\""));
    assert_non_null(strstr(svg, ">a &lt; b &amp; c</text>"));
    assert_non_null(strstr(svg, "font-family=\"JetBrains Mono\""));
    assert_non_null(strstr(svg, "\xe2\x80\xa6"));
    assert_null(strstr(svg, "too long for it"));
    free(svg);
    end(&drawn);
}

static void clips_and_patterns_have_their_bounds(void **state)
{
    struct drawn drawn;
    (void)state;
    begin(&drawn);
    rnd_list_clip_push(drawn.list, (struct rnd_rect){0, 0, 100, 100});
    rnd_list_pattern(drawn.list, (struct rnd_rect){10, 10, 50, 20}, 4, RND_PATTERN_STRIPES, 8, ink);
    rnd_list_clip_pop(drawn.list);
    rnd_list_pattern(drawn.list, (struct rnd_rect){10, 50, 50, 20}, 4, RND_PATTERN_DOTS, 6, ink);
    char *svg = svg_of(&drawn);
    int groups = count_of(svg, "<g clip-path");
    assert_true(groups >= 1);
    assert_int_equal(count_of(svg, "</g>"), groups);
    assert_int_equal(count_of(svg, "<clipPath"), groups + 2);
    assert_int_equal(count_of(svg, "</clipPath>"), groups + 2);
    free(svg);
    end(&drawn);
}

static void the_same_list_gives_the_same_pdf_with_its_fonts(void **state)
{
    struct drawn drawn;
    char why[256];
    size_t lengths[2];
    char *pdfs[2];
    (void)state;
    begin(&drawn);
    rnd_list_round(drawn.list, (struct rnd_rect){10, 10, 100, 40}, 8, ink, glass, 2);
    rnd_list_pie(drawn.list, 60, 100, 20, 6, 0, 0.3, ink);
    rnd_list_text(drawn.list, RND_FONT_UI, 14, 20, 40, ink, "written");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(rnd_vector_write_pdf(drawn.list, drawn.fonts, drawn.path, why, sizeof why),
                         0);
        pdfs[i] = read_back(&drawn, &lengths[i]);
    }
    assert_memory_equal(pdfs[0], "%PDF-", 5);
    assert_int_equal(lengths[0], lengths[1]);
    assert_memory_equal(pdfs[0], pdfs[1], lengths[0]);
    free(pdfs[0]);
    free(pdfs[1]);
    end(&drawn);
}

static void what_cannot_be_written_is_said(void **state)
{
    struct drawn drawn;
    char why[256] = "";
    (void)state;
    begin(&drawn);
    rnd_list_text(drawn.list, RND_FONT_UI, 14, 20, 40, ink, "written");
    assert_int_equal(
        rnd_vector_write_svg(drawn.list, drawn.fonts, "no/such/folder.svg", why, sizeof why),
        SIM_EIO);
    assert_string_equal(why, "cannot write no/such/folder.svg: No such file or directory");
    assert_int_equal(rnd_vector_write_svg(drawn.list, drawn.fonts, "/dev/full", why, sizeof why),
                     SIM_EIO);
    assert_int_equal(rnd_vector_write_pdf(drawn.list, drawn.fonts, "/dev/full", why, sizeof why),
                     SIM_EIO);
    end(&drawn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_shape_is_an_element),
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(clips_and_patterns_have_their_bounds),
        cmocka_unit_test(the_same_list_gives_the_same_pdf_with_its_fonts),
        cmocka_unit_test(what_cannot_be_written_is_said),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    /* What the libraries keep of fonts is no leak. */
    cairo_debug_reset_static_data();
    FcFini();
    return failed;
}
