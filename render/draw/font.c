#include "font.h"

#include <fontconfig/fontconfig.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "font_private.h"

const struct rnd_font_source rnd_font_source_default = {
    .ui_family = "Inter",
    .ui_package = "fonts-inter",
    .mono_family = "JetBrains Mono",
    .mono_package = "fonts-jetbrains-mono",
};

static const struct {
    bool mono;
    int weight;
} wanted[RND_FONTS] = {
    [RND_FONT_UI] = {false, FC_WEIGHT_REGULAR},
    [RND_FONT_UI_MEDIUM] = {false, FC_WEIGHT_MEDIUM},
    [RND_FONT_UI_BOLD] = {false, FC_WEIGHT_DEMIBOLD},
    [RND_FONT_MONO] = {true, FC_WEIGHT_REGULAR},
    [RND_FONT_MONO_BOLD] = {true, FC_WEIGHT_BOLD},
};

/* The file of an upright font of exactly that family, nearest in weight; the caller frees it. */
static char *find_file(FcConfig *config, const char *family, int weight)
{
    char *file = NULL;
    FcPattern *pattern = FcPatternCreate();
    if (pattern == NULL)
        return NULL;
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddInteger(pattern, FC_WEIGHT, weight);
    FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result;
    FcPattern *match = FcFontMatch(config, pattern, &result);
    FcChar8 *found = NULL, *path = NULL;
    /* fontconfig always finds something: only the family that was asked for will do. */
    for (int i = 0; match && FcPatternGetString(match, FC_FAMILY, i, &found) == FcResultMatch;
         i++) {
        if (FcStrCmpIgnoreCase(found, (const FcChar8 *)family) == 0 &&
            FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch) {
            file = strdup((const char *)path);
            break;
        }
    }
    if (match)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return file;
}

int rnd_face_open(struct rnd_face *face, const char *file, char *why, size_t why_bytes)
{
    size_t size = 0;
    face->bytes = SDL_LoadFile(file, &size);
    if (face->bytes && size <= INT_MAX) {
        face->metrics =
            TTF_OpenFontRW(SDL_RWFromConstMem(face->bytes, (int)size), 1, RND_FONT_METRICS_EM);
        face->raster = TTF_OpenFontRW(SDL_RWFromConstMem(face->bytes, (int)size), 1, 16);
    }
    if (face->metrics == NULL || face->raster == NULL) {
        snprintf(why, why_bytes, "cannot read the font %s: %s", file, TTF_GetError());
        return SIM_EIO;
    }
    TTF_SetFontHinting(face->metrics, TTF_HINTING_NONE);
    TTF_SetFontHinting(face->raster, TTF_HINTING_LIGHT);
    face->ascent = TTF_FontAscent(face->metrics);
    face->descent = -TTF_FontDescent(face->metrics);
    int min_x, max_x, min_y, max_y, advance;
    if (TTF_GlyphMetrics32(face->metrics, 'H', &min_x, &max_x, &min_y, &max_y, &advance) == 0)
        face->cap = max_y;
    return SIM_OK;
}

void rnd_face_close(struct rnd_face *face)
{
    if (face->metrics)
        TTF_CloseFont(face->metrics);
    if (face->raster)
        TTF_CloseFont(face->raster);
    SDL_free(face->bytes);
    *face = (struct rnd_face){0};
}

static int open_faces(struct rnd_fonts *fonts, const struct rnd_font_source *source, char *why,
                      size_t why_bytes)
{
    FcConfig *config = fonts->config = FcInitLoadConfigAndFonts();
    if (config == NULL)
        return SIM_ENOMEM;
    int error = SIM_OK;
    for (int i = 0; i < RND_FONTS && error == SIM_OK; i++) {
        const char *family = wanted[i].mono ? source->mono_family : source->ui_family;
        const char *package = wanted[i].mono ? source->mono_package : source->ui_package;
        char *file = find_file(config, family, wanted[i].weight);
        if (file == NULL) {
            snprintf(why, why_bytes, "the font %s is not installed; on Debian: sudo apt install %s",
                     family, package);
            error = SIM_EIO;
        } else {
            error = rnd_face_open(&fonts->faces[i], file, why, why_bytes);
        }
        free(file);
    }
    return error;
}

int rnd_fonts_open(struct rnd_fonts **fonts, const struct rnd_font_source *source, char *why,
                   size_t why_bytes)
{
    *fonts = NULL;
    snprintf(why, why_bytes, "%s", sim_error_text(SIM_ENOMEM));
    struct rnd_fonts *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return SIM_ENOMEM;
    int error = SIM_ENOMEM;
    opened->ttf_begun = TTF_Init() == 0;
    opened->glyphs = pixman_glyph_cache_create();
    if (opened->ttf_begun && opened->glyphs)
        error = open_faces(opened, source ? source : &rnd_font_source_default, why, why_bytes);
    if (error < 0) {
        rnd_fonts_close(opened);
        return error;
    }
    why[0] = '\0';
    *fonts = opened;
    return SIM_OK;
}

void rnd_fonts_close(struct rnd_fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (int i = 0; i < RND_FONTS + RND_FALLBACKS; i++)
        rnd_face_close(&fonts->faces[i]);
    if (fonts->config)
        FcConfigDestroy(fonts->config);
    if (fonts->glyphs)
        pixman_glyph_cache_destroy(fonts->glyphs);
    rnd_table_clear(&fonts->advances);
    rnd_table_clear(&fonts->kerning);
    rnd_table_clear(&fonts->widths);
    if (fonts->ttf_begun)
        TTF_Quit();
    free(fonts);
}
