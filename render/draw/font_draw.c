/* Rasterising glyphs, once each, and drawing texts with them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "font_private.h"
#include "path.h"

enum { BATCH = 64 };

/* Division that rounds down. */
static int floor_div(int a, int b)
{
    return (a - (a % b < 0 ? b + a % b : a % b)) / b;
}

/* Sets the raster face to a size: vertically as it is, horizontally RND_FONT_PHASES times it. */
static int set_size(struct rnd_face *face, int half_px)
{
    if (face->raster_half_px == half_px)
        return SIM_OK;
    /* SDL2_ttf wants whole points: twice the size at half of 72 dots an inch. */
    if (TTF_SetFontSizeDPI(face->raster, half_px, 36 * RND_FONT_PHASES, 36) < 0)
        return SIM_ENOMEM;
    face->raster_half_px = half_px;
    return SIM_OK;
}

static const uint32_t *surface_row(const SDL_Surface *surface, int y)
{
    return (const uint32_t *)(const void *)((const char *)surface->pixels + y * surface->pitch);
}

static bool is_blank(const SDL_Surface *surface, int y)
{
    const uint32_t *row = surface_row(surface, y);
    for (int x = 0; x < surface->w; x++) {
        if (row[x] >> 24)
            return false;
    }
    return true;
}

/* Adds the columns of the wide surface up to pixels, from row top on; first_x is where its first
 * column stands, in quarter pixels from the left edge of the mask. */
static void squeeze(const SDL_Surface *wide, int top, int first_x, pixman_image_t *mask)
{
    int stride = pixman_image_get_stride(mask);
    int mask_w = pixman_image_get_width(mask);
    unsigned char *row = (unsigned char *)pixman_image_get_data(mask);
    int mask_h = pixman_image_get_height(mask);
    for (int y = 0; y < mask_h; y++, row += stride) {
        const uint32_t *from = surface_row(wide, top + y);
        for (int x = 0; x < mask_w; x++) {
            unsigned sum = 0;
            for (int column = 0; column < RND_FONT_PHASES; column++) {
                int at = x * RND_FONT_PHASES + column - first_x;
                sum += at >= 0 && at < wide->w ? from[at] >> 24 : 0;
            }
            row[x] = (unsigned char)((sum + RND_FONT_PHASES / 2) / RND_FONT_PHASES);
        }
    }
}

/* Rasterises a glyph that begins phase quarters of a pixel after a whole one. */
static int add_glyph(struct rnd_fonts *fonts, const struct rnd_glyph_pick *glyph, int half_px,
                     int phase, void *size_key, void *glyph_key, const void **added)
{
    struct rnd_face *face = &fonts->faces[glyph->font];
    int min_x = 0, max_y = 0;
    if (set_size(face, half_px) < 0)
        return SIM_ENOMEM;
    SDL_Surface *wide =
        TTF_RenderGlyph32_Blended(face->raster, glyph->character, (SDL_Color){255, 255, 255, 255});
    if (wide == NULL)
        return SIM_ENOMEM;
    TTF_GlyphMetrics32(face->raster, glyph->character, &min_x, NULL, NULL, &max_y, NULL);
    /* SDL2_ttf puts the pen at the left edge and the ascent above the baseline, and makes room for
     * what sticks out. */
    int ascent = TTF_FontAscent(face->raster);
    int baseline = max_y > ascent ? max_y : ascent;
    int left = phase + (min_x < 0 ? min_x : 0);
    int whole = floor_div(left, RND_FONT_PHASES);
    int first_x = left - whole * RND_FONT_PHASES;
    int width = (first_x + wide->w + RND_FONT_PHASES - 1) / RND_FONT_PHASES;
    /* The surface is as high as a line: most of it is empty. */
    int top = 0, bottom = wide->h;
    while (top + 1 < bottom && is_blank(wide, top))
        top++;
    while (bottom > top + 1 && is_blank(wide, bottom - 1))
        bottom--;
    pixman_image_t *mask = pixman_image_create_bits(PIXMAN_a8, width, bottom - top, NULL, 0);
    if (mask) {
        squeeze(wide, top, first_x, mask);
        *added = pixman_glyph_cache_insert(fonts->glyphs, size_key, glyph_key, -whole,
                                           baseline - top, mask);
        pixman_image_unref(mask);
    }
    SDL_FreeSurface(wide);
    return mask && *added ? SIM_OK : SIM_ENOMEM;
}

static int find_glyph(struct rnd_fonts *fonts, const struct rnd_glyph_pick *glyph, int half_px,
                      int phase, const void **found)
{
    uintptr_t size = (uintptr_t)half_px << 8 | (uintptr_t)glyph->font << 1 | 1;
    uintptr_t which = (uintptr_t)glyph->character << 3 | (uintptr_t)phase << 1 | 1;
    *found = pixman_glyph_cache_lookup(fonts->glyphs, (void *)size, (void *)which);
    if (*found)
        return SIM_OK;
    return add_glyph(fonts, glyph, half_px, phase, (void *)size, (void *)which, found);
}

/* Draws one stretch of text whose pen begins at x_px. */
static int draw_run(struct rnd_fonts *fonts, pixman_image_t *target, pixman_image_t *ink,
                    const struct rnd_cmd *cmd, double x_px, const char *text, size_t bytes)
{
    pixman_glyph_t batch[BATCH];
    int filled = 0, error = SIM_OK;
    int half_px = rnd_font_half_px(cmd->u.text.size_px);
    int right = pixman_image_get_width(target);
    struct rnd_font_walk walk =
        rnd_font_walk_begin(fonts, cmd->u.text.font, cmd->u.text.size_px, text, bytes);
    while (error == SIM_OK && rnd_font_walk_next(&walk)) {
        double quarters =
            rnd_path_round((x_px + (double)walk.place * walk.em_px) * RND_FONT_PHASES);
        if (quarters > (right + half_px) * RND_FONT_PHASES)
            break;
        if (walk.glyph.character == ' ' || quarters < -half_px * RND_FONT_PHASES)
            continue;
        int place = (int)quarters;
        pixman_glyph_t *glyph = &batch[filled];
        glyph->x = floor_div(place, RND_FONT_PHASES);
        glyph->y = (int)cmd->box.y;
        error = find_glyph(fonts, &walk.glyph, half_px, place - glyph->x * RND_FONT_PHASES,
                           &glyph->glyph);
        if (error == SIM_OK && ++filled == BATCH) {
            pixman_composite_glyphs_no_mask(PIXMAN_OP_OVER, ink, target, 0, 0, 0, 0, fonts->glyphs,
                                            filled, batch);
            filled = 0;
        }
    }
    if (filled > 0)
        pixman_composite_glyphs_no_mask(PIXMAN_OP_OVER, ink, target, 0, 0, 0, 0, fonts->glyphs,
                                        filled, batch);
    return error;
}

int rnd_font_draw(struct rnd_fonts *fonts, pixman_image_t *target, pixman_image_t *ink,
                  const struct rnd_cmd *cmd, const char *text)
{
    struct rnd_font_line line = rnd_font_line(fonts, cmd, text);
    pixman_glyph_cache_freeze(fonts->glyphs);
    int error = draw_run(fonts, target, ink, cmd, line.x_px, text, line.bytes);
    if (error == SIM_OK && line.ellipsis) {
        double dots = rnd_font_width_px(fonts, cmd->u.text.font, cmd->u.text.size_px, RND_ELLIPSIS);
        error = draw_run(fonts, target, ink, cmd, line.x_px + line.width_px - dots, RND_ELLIPSIS,
                         strlen(RND_ELLIPSIS));
    }
    pixman_glyph_cache_thaw(fonts->glyphs);
    return error;
}
