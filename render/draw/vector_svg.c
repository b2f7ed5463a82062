/* Vector pictures as SVG: one element a shape, one a text. */
#include <math.h>
#include <string.h>

#include "replace.h"
#include "vector_private.h"

struct svg {
    const struct rnd_list *list;
    struct rnd_fonts *fonts;
    FILE *file;
    unsigned clips; /* made so far: each has a number */
    bool clipped;   /* a group is open */
};

/* Two digits are plenty, and trailing zeros are only bytes. */
static void put_number(FILE *file, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.2f", value);
    size_t length = strlen(text);
    while (text[length - 1] == '0')
        length--;
    length -= text[length - 1] == '.';
    text[length] = '\0';
    fputs(strcmp(text, "-0") ? text : "0", file);
}

static void put_attribute(FILE *file, const char *name, double value)
{
    fprintf(file, " %s=\"", name);
    put_number(file, value);
    fputc('"', file);
}

static void put_colour(FILE *file, const char *name, rnd_colour colour)
{
    fprintf(file, " %s=\"#%06x\"", name, (unsigned)(colour & 0xffffff));
    if (rnd_colour_alpha(colour) < 255)
        fprintf(file, " %s-opacity=\"%.3f\"", name, rnd_colour_alpha(colour) / 255.0);
}

static void put_path(FILE *file, const struct rnd_path *path)
{
    static const char letters[] = {[RND_PATH_MOVE] = 'M',
                                   [RND_PATH_LINE] = 'L',
                                   [RND_PATH_CURVE] = 'C',
                                   [RND_PATH_CLOSE] = 'Z'};
    fputs("<path d=\"", file);
    for (size_t i = 0; i < path->count; i++) {
        const struct rnd_path_item *item = &path->items[i];
        fputc(letters[item->op], file);
        if (item->op == RND_PATH_CLOSE)
            continue;
        for (int p = item->op == RND_PATH_CURVE ? 0 : 2; p < 3; p++) {
            put_number(file, item->points[p].x);
            fputc(' ', file);
            put_number(file, item->points[p].y);
            if (p < 2)
                fputc(' ', file);
        }
    }
    fputc('"', file);
}

static void end_clip(struct svg *svg)
{
    if (svg->clipped)
        fputs("</g>\n", svg->file);
    svg->clipped = false;
}

static void begin_clip_path(struct svg *svg)
{
    fprintf(svg->file, "<clipPath id=\"c%u\">", ++svg->clips);
}

static void clip(void *self, struct rnd_rect rect)
{
    struct svg *svg = self;
    end_clip(svg);
    begin_clip_path(svg);
    fputs("<rect", svg->file);
    put_attribute(svg->file, "x", rect.x);
    put_attribute(svg->file, "y", rect.y);
    put_attribute(svg->file, "width", rect.w);
    put_attribute(svg->file, "height", rect.h);
    fprintf(svg->file, "/></clipPath><g clip-path=\"url(#c%u)\">\n", svg->clips);
    svg->clipped = true;
}

static void draw(void *self, const struct rnd_path *path, struct rnd_ink ink)
{
    struct svg *svg = self;
    FILE *file = svg->file;
    if (ink.within) {
        begin_clip_path(svg);
        put_path(file, ink.within);
        fputs("/></clipPath>", file);
    }
    put_path(file, path);
    if (ink.width_px > 0) {
        fputs(" fill=\"none\" stroke-linejoin=\"round\"", file);
        put_colour(file, "stroke", ink.colour);
        put_attribute(file, "stroke-width", ink.width_px);
        if (ink.dash_px > 0)
            fprintf(file, " stroke-dasharray=\"%.2f %.2f\"", ink.dash_px, ink.gap_px);
    } else {
        put_colour(file, "fill", ink.colour);
    }
    if (ink.within)
        fprintf(file, " clip-path=\"url(#c%u)\"", svg->clips);
    fputs("/>\n", file);
}

static void put_escaped(FILE *file, const char *text, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '<')
            fputs("&lt;", file);
        else if (text[i] == '&')
            fputs("&amp;", file);
        else
            fputc((unsigned char)text[i] < ' ' ? ' ' : text[i], file);
    }
}

/* The width is said, so that a viewer without the font keeps to the places. */
static void write_run(void *self, struct rnd_run run)
{
    struct svg *svg = self;
    FILE *file = svg->file;
    fputs("<text", file);
    put_attribute(file, "x", run.x);
    put_attribute(file, "y", run.y);
    fprintf(file, " font-family=\"%s\" font-weight=\"%d\"", rnd_vector_family(run.font),
            rnd_vector_weight(run.font));
    put_attribute(file, "font-size", run.size_px);
    put_attribute(file, "textLength", run.width_px);
    put_colour(file, "fill", run.colour);
    fputc('>', file);
    put_escaped(file, run.text, run.bytes);
    fputs("</text>\n", file);
}

static int write_svg(FILE *file, void *context)
{
    static const struct rnd_vector_sink sink = {clip, draw, write_run};
    struct svg *svg = context;
    svg->file = file;
    int width = rnd_list_width_px(svg->list), height = rnd_list_height_px(svg->list);
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\">\n<style>text { white-space: pre }</style>\n",
            width, height, width, height);
    int error = rnd_vector_walk(svg->list, svg->fonts, &sink, svg);
    end_clip(svg);
    fputs("</svg>\n", file);
    return error;
}

int rnd_vector_write_svg(const struct rnd_list *list, struct rnd_fonts *fonts, const char *path,
                         char *why, size_t why_bytes)
{
    struct svg svg = {.list = list, .fonts = fonts};
    return rnd_replace_file(path, write_svg, &svg, why, why_bytes);
}
