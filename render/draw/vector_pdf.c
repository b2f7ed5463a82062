/* Vector pictures as PDF, by cairo: one page as large as the frame, its fonts embedded. */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "replace.h"
#include "vector_private.h"

/* A pixel is 1/96 of an inch, a point 1/72. */
#define POINTS_PER_PX 0.75

struct pdf {
    const struct rnd_list *list;
    struct rnd_fonts *fonts;
    cairo_t *cairo;
    cairo_font_face_t *faces[RND_FONTS]; /* opened when first used */
};

static void set_colour(struct pdf *pdf, rnd_colour colour)
{
    cairo_set_source_rgba(pdf->cairo, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                          (colour & 0xff) / 255.0, rnd_colour_alpha(colour) / 255.0);
}

static void set_path(struct pdf *pdf, const struct rnd_path *path)
{
    cairo_new_path(pdf->cairo);
    for (size_t i = 0; i < path->count; i++) {
        const struct rnd_point *p = path->items[i].points;
        switch (path->items[i].op) {
        case RND_PATH_MOVE:
            cairo_move_to(pdf->cairo, p[2].x, p[2].y);
            break;
        case RND_PATH_LINE:
            cairo_line_to(pdf->cairo, p[2].x, p[2].y);
            break;
        case RND_PATH_CURVE:
            cairo_curve_to(pdf->cairo, p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y);
            break;
        case RND_PATH_CLOSE:
            cairo_close_path(pdf->cairo);
            break;
        }
    }
}

static void clip(void *self, struct rnd_rect rect)
{
    struct pdf *pdf = self;
    cairo_reset_clip(pdf->cairo);
    cairo_rectangle(pdf->cairo, rect.x, rect.y, rect.w, rect.h);
    cairo_clip(pdf->cairo);
}

static void draw(void *self, const struct rnd_path *path, struct rnd_ink ink)
{
    struct pdf *pdf = self;
    cairo_t *cairo = pdf->cairo;
    cairo_save(cairo);
    if (ink.within) {
        set_path(pdf, ink.within);
        cairo_clip(cairo);
    }
    set_path(pdf, path);
    set_colour(pdf, ink.colour);
    if (ink.width_px > 0) {
        const double dashes[] = {ink.dash_px, ink.gap_px};
        cairo_set_line_width(cairo, ink.width_px);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_set_dash(cairo, dashes, ink.dash_px > 0 ? 2 : 0, 0);
        cairo_stroke(cairo);
    } else {
        cairo_fill(cairo);
    }
    cairo_restore(cairo);
}

static int fontconfig_weight(int css)
{
    return css >= 700   ? FC_WEIGHT_BOLD
           : css >= 600 ? FC_WEIGHT_DEMIBOLD
           : css >= 500 ? FC_WEIGHT_MEDIUM
                        : FC_WEIGHT_REGULAR;
}

static cairo_font_face_t *face_of(struct pdf *pdf, enum rnd_font font)
{
    if (!pdf->faces[font]) {
        FcPattern *pattern = FcPatternCreate();
        if (!pattern)
            return NULL;
        FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)rnd_vector_family(font));
        FcPatternAddInteger(pattern, FC_WEIGHT, fontconfig_weight(rnd_vector_weight(font)));
        FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
        pdf->faces[font] = cairo_ft_font_face_create_for_pattern(pattern);
        FcPatternDestroy(pattern);
    }
    return pdf->faces[font];
}

static void write_run(void *self, struct rnd_run run)
{
    struct pdf *pdf = self;
    cairo_font_face_t *face = face_of(pdf, run.font);
    char *text = face ? malloc(run.bytes + 1) : NULL;
    if (!text)
        return;
    memcpy(text, run.text, run.bytes);
    text[run.bytes] = '\0';
    set_colour(pdf, run.colour);
    cairo_set_font_face(pdf->cairo, face);
    cairo_set_font_size(pdf->cairo, run.size_px);
    cairo_move_to(pdf->cairo, run.x, run.y);
    cairo_show_text(pdf->cairo, text);
    free(text);
}

static cairo_status_t put_bytes(void *file, const unsigned char *bytes, unsigned count)
{
    return fwrite(bytes, 1, count, file) == count ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static int write_pdf(FILE *file, void *context)
{
    static const struct rnd_vector_sink sink = {clip, draw, write_run};
    struct pdf *pdf = context;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        put_bytes, file, rnd_list_width_px(pdf->list) * POINTS_PER_PX,
        rnd_list_height_px(pdf->list) * POINTS_PER_PX);
    cairo_font_options_t *options = cairo_font_options_create();
    /* No clock in the file, and glyphs where the layout put them. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pdf->cairo = cairo_create(surface);
    cairo_set_font_options(pdf->cairo, options);
    cairo_scale(pdf->cairo, POINTS_PER_PX, POINTS_PER_PX);
    int error = rnd_vector_walk(pdf->list, pdf->fonts, &sink, pdf);
    cairo_status_t status = cairo_status(pdf->cairo);
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    cairo_font_options_destroy(options);
    for (int i = 0; i < RND_FONTS; i++)
        if (pdf->faces[i])
            cairo_font_face_destroy(pdf->faces[i]);
    if (!error && status != CAIRO_STATUS_SUCCESS)
        error = status == CAIRO_STATUS_NO_MEMORY ? SIM_ENOMEM : SIM_EIO;
    return error;
}

int rnd_vector_write_pdf(const struct rnd_list *list, struct rnd_fonts *fonts, const char *path,
                         char *why, size_t why_bytes)
{
    struct pdf pdf = {.list = list, .fonts = fonts};
    return rnd_replace_file(path, write_pdf, &pdf, why, why_bytes);
}
