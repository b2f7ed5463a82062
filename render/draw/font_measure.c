/* Measuring: see font.h. */
#include <math.h>
#include <string.h>

#include "font_private.h"
#include "hash.h"
#include "path.h"

enum { replacement = 0xfffd };

uint32_t rnd_font_decode(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    size_t left = (size_t)(end - *at);
    uint32_t lead = p[0], code;
    size_t more;
    if (lead < 0x80) {
        *at += 1;
        return lead;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        more = 1;
        code = lead & 0x1f;
    } else if ((lead & 0xf0) == 0xe0) {
        more = 2;
        code = lead & 0x0f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        more = 3;
        code = lead & 0x07;
    } else {
        *at += 1;
        return replacement;
    }
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    for (size_t i = 1; i <= more; i++) {
        if (i >= left || (p[i] & 0xc0) != 0x80) {
            *at += 1;
            return replacement;
        }
        code = code << 6 | (p[i] & 0x3fu);
    }
    if (code < least[more] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        *at += 1;
        return replacement;
    }
    *at += more + 1;
    return code;
}

int rnd_font_half_px(double size_px)
{
    return (int)rnd_path_round(fmin(fmax(size_px, 4), 400) * 2);
}

/* The font that has the character: its own, the other family in a like weight, or any. */
static bool pick(struct rnd_fonts *fonts, enum rnd_font font, uint32_t character,
                 struct rnd_glyph_pick *glyph)
{
    static const enum rnd_font stand_in[RND_FONTS] = {
        [RND_FONT_UI] = RND_FONT_MONO,           [RND_FONT_UI_MEDIUM] = RND_FONT_MONO,
        [RND_FONT_UI_BOLD] = RND_FONT_MONO_BOLD, [RND_FONT_MONO] = RND_FONT_UI,
        [RND_FONT_MONO_BOLD] = RND_FONT_UI_BOLD,
    };
    glyph->character = character;
    glyph->font = font;
    if (TTF_GlyphIsProvided32(fonts->faces[font].metrics, character))
        return true;
    glyph->font = stand_in[font];
    return TTF_GlyphIsProvided32(fonts->faces[glyph->font].metrics, character) ||
           (character != replacement && rnd_font_fallback(fonts, character, &glyph->font));
}

static bool is_mono(enum rnd_font font)
{
    return font == RND_FONT_MONO || font == RND_FONT_MONO_BOLD;
}

struct rnd_glyph_pick rnd_font_pick(struct rnd_fonts *fonts, enum rnd_font font, uint32_t character)
{
    /* What a glyph is drawn as, in place of its character. */
    static const uint32_t instead[] = {0, ' ', replacement, '?'};
    enum { FONT_SHIFT = 16, INSTEAD_SHIFT = 20 };
    uint64_t key = (uint64_t)font << 32 | character;
    int32_t packed = 0;
    struct rnd_glyph_pick glyph = {.font = font, .character = character};
    if (rnd_table_get(&fonts->advances, key, &packed)) {
        glyph.font = (enum rnd_font)(packed >> FONT_SHIFT & 15);
        glyph.advance = packed & 0xffff;
        if (packed >> INSTEAD_SHIFT)
            glyph.character = instead[packed >> INSTEAD_SHIFT];
        return glyph;
    }
    int other = character < ' ' || character == 0x7f;
    if (other || !pick(fonts, font, character, &glyph)) {
        for (other = other ? 1 : 2; !pick(fonts, font, instead[other], &glyph) && other < 3;)
            other++;
    }
    TTF_GlyphMetrics32(fonts->faces[glyph.font].metrics, glyph.character, NULL, NULL, NULL, NULL,
                       &glyph.advance);
    if (is_mono(font) && glyph.font != font) {
        /* Wide characters take two places, as on a terminal. */
        int place = rnd_font_pick(fonts, font, ' ').advance;
        bool wide = glyph.font >= RND_FONTS && glyph.advance > place + place / 3;
        glyph.advance = wide ? 2 * place : place;
    }
    packed = glyph.advance | (int32_t)glyph.font << FONT_SHIFT | other << INSTEAD_SHIFT;
    rnd_table_put(&fonts->advances, key, packed);
    return glyph;
}

/* Width of one or two characters as SDL2_ttf shapes them, with what sticks out at either end. */
static int shaped_units(TTF_Font *face, uint32_t a, uint32_t b)
{
    const char text[3] = {(char)a, (char)b, '\0'};
    int width = 0, height = 0;
    return TTF_SizeUTF8(face, text, &width, &height) == 0 ? width : 0;
}

static bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* How much closer (negative) two characters stand.  SDL2_ttf tells no kerning of fonts that keep it
 * in GPOS, as Inter does, but applies it in the width of the pair.  Pairs without a letter are left
 * alone, for there the font's arrows and other joined signs would come in between. */
static int kerning(struct rnd_fonts *fonts, enum rnd_font font, uint32_t a, uint32_t b)
{
    if (is_mono(font) || a <= ' ' || b <= ' ' || a >= 0x7f || b >= 0x7f ||
        (!is_letter(a) && !is_letter(b)))
        return 0;
    uint64_t key = (uint64_t)font << 32 | a << 16 | b;
    int32_t units = 0;
    if (rnd_table_get(&fonts->kerning, key, &units))
        return units;
    TTF_Font *face = fonts->faces[font].metrics;
    int min_a = 0, max_b = 0, advance_a = 0, advance_b = 0;
    TTF_GlyphMetrics32(face, a, &min_a, NULL, NULL, NULL, &advance_a);
    TTF_GlyphMetrics32(face, b, NULL, &max_b, NULL, NULL, &advance_b);
    int left = min_a < 0 ? -min_a : 0;
    int right = max_b > advance_b ? max_b - advance_b : 0;
    units = shaped_units(face, a, b) - advance_a - advance_b - left - right;
    if (units >= -2 && units <= 2)
        units = 0; /* only rounding */
    rnd_table_put(&fonts->kerning, key, units);
    return units;
}

struct rnd_font_walk rnd_font_walk_begin(struct rnd_fonts *fonts, enum rnd_font font,
                                         double size_px, const char *text, size_t bytes)
{
    return (struct rnd_font_walk){
        .fonts = fonts,
        .at = text,
        .end = text + bytes,
        .font = font,
        .em_px = rnd_font_half_px(size_px) / (2.0 * RND_FONT_METRICS_EM),
    };
}

bool rnd_font_walk_next(struct rnd_font_walk *walk)
{
    if (walk->at >= walk->end)
        return false;
    uint32_t character = rnd_font_decode(&walk->at, walk->end);
    if (walk->last)
        walk->pen += kerning(walk->fonts, walk->font, walk->last, character);
    walk->place = walk->pen;
    walk->glyph = rnd_font_pick(walk->fonts, walk->font, character);
    walk->pen += walk->glyph.advance;
    walk->last = character;
    return true;
}

double rnd_font_width_bytes_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px,
                               const char *text, size_t bytes)
{
    /* From frame to frame most texts are the same. */
    enum { KEPT_MOST = 4096 };
    struct rnd_font_walk walk = rnd_font_walk_begin(fonts, font, size_px, text, bytes);
    uint64_t key = rnd_hash_bytes(rnd_hash_bytes(0, &font, sizeof font), text, bytes) >> 1;
    int32_t kept;
    if (rnd_table_get(&fonts->widths, key, &kept))
        return kept * walk.em_px;
    while (rnd_font_walk_next(&walk))
        ;
    if (fonts->widths.count >= KEPT_MOST)
        rnd_table_clear(&fonts->widths);
    if (walk.pen >= INT32_MIN && walk.pen <= INT32_MAX)
        rnd_table_put(&fonts->widths, key, (int32_t)walk.pen);
    return (double)walk.pen * walk.em_px;
}

double rnd_font_width_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px,
                         const char *text)
{
    return rnd_font_width_bytes_px(fonts, font, size_px, text, strlen(text));
}

size_t rnd_font_fit(struct rnd_fonts *fonts, enum rnd_font font, double size_px, const char *text,
                    size_t bytes, double width_px)
{
    struct rnd_font_walk walk = rnd_font_walk_begin(fonts, font, size_px, text, bytes);
    size_t fitting = 0;
    while (rnd_font_walk_next(&walk) && (double)walk.pen * walk.em_px <= width_px)
        fitting = (size_t)(walk.at - text);
    return fitting;
}

struct rnd_font_line rnd_font_line(struct rnd_fonts *fonts, const struct rnd_cmd *cmd,
                                   const char *text)
{
    enum rnd_font font = cmd->u.text.font;
    double size = cmd->u.text.size_px, limit = cmd->box.w;
    struct rnd_font_line line = {.bytes = cmd->u.text.bytes};
    line.width_px = rnd_font_width_bytes_px(fonts, font, size, text, line.bytes);
    /* Half a pixel of mercy: layouts give texts exactly the width that they measured. */
    if (limit > 0 && line.width_px > limit + 0.5) {
        double dots = rnd_font_width_px(fonts, font, size, RND_ELLIPSIS);
        line.ellipsis = dots <= limit;
        line.bytes =
            line.ellipsis ? rnd_font_fit(fonts, font, size, text, line.bytes, limit - dots) : 0;
        while (line.bytes > 0 && text[line.bytes - 1] == ' ')
            line.bytes--;
        line.width_px = rnd_font_width_bytes_px(fonts, font, size, text, line.bytes) +
                        (line.ellipsis ? dots : 0);
    }
    line.x_px = cmd->box.x - (cmd->u.text.align == RND_ALIGN_CENTRE  ? line.width_px / 2
                              : cmd->u.text.align == RND_ALIGN_RIGHT ? line.width_px
                                                                     : 0);
    return line;
}

/* Units of METRICS_EM at a size, in whole pixels. */
static int scaled_px(int units, double size_px)
{
    return (int)rnd_path_round(units * (rnd_font_half_px(size_px) / 2.0) / RND_FONT_METRICS_EM);
}

int rnd_font_ascent_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px)
{
    return scaled_px(fonts->faces[font].ascent, size_px);
}

int rnd_font_descent_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px)
{
    return scaled_px(fonts->faces[font].descent, size_px);
}

int rnd_font_line_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px)
{
    return rnd_font_ascent_px(fonts, font, size_px) + rnd_font_descent_px(fonts, font, size_px);
}

int rnd_font_cap_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px)
{
    return scaled_px(fonts->faces[font].cap, size_px);
}

double rnd_font_baseline_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px,
                            double middle_y)
{
    return rnd_path_round(middle_y + rnd_font_cap_px(fonts, font, size_px) / 2.0);
}
