/* Fonts for what the window's own lack, found once they are needed: see font.h. */
#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "font_private.h"

/* The file of the upright outline font that fontconfig thinks best for a character, NULL if there
 * is none that has it; the caller frees it. */
static char *find_file(FcConfig *config, uint32_t character)
{
    char *file = NULL;
    FcPattern *pattern = FcPatternCreate();
    FcCharSet *wanted = FcCharSetCreate();
    if (pattern && wanted && FcCharSetAddChar(wanted, character)) {
        FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"sans-serif");
        FcPatternAddCharSet(pattern, FC_CHARSET, wanted);
        FcPatternAddInteger(pattern, FC_SLANT, FC_SLANT_ROMAN);
        FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
        FcPatternAddBool(pattern, FC_COLOR, FcFalse);
        FcConfigSubstitute(config, pattern, FcMatchPattern);
        FcDefaultSubstitute(pattern);
        FcResult result;
        FcPattern *match = FcFontMatch(config, pattern, &result);
        FcCharSet *has = NULL;
        FcChar8 *path = NULL;
        FcBool outline = FcFalse, coloured = FcFalse;
        /* fontconfig always finds something, also without the character. */
        if (match && FcPatternGetCharSet(match, FC_CHARSET, 0, &has) == FcResultMatch &&
            FcCharSetHasChar(has, character) &&
            FcPatternGetBool(match, FC_SCALABLE, 0, &outline) == FcResultMatch && outline &&
            (FcPatternGetBool(match, FC_COLOR, 0, &coloured) != FcResultMatch || !coloured) &&
            FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch)
            file = strdup((const char *)path);
        if (match)
            FcPatternDestroy(match);
    }
    if (wanted)
        FcCharSetDestroy(wanted);
    if (pattern)
        FcPatternDestroy(pattern);
    return file;
}

bool rnd_font_fallback(struct rnd_fonts *fonts, uint32_t character, enum rnd_font *font)
{
    for (int i = 0; i < fonts->fallback_count; i++) {
        *font = (enum rnd_font)(RND_FONTS + i);
        if (TTF_GlyphIsProvided32(fonts->faces[*font].metrics, character))
            return true;
    }
    if (fonts->fallback_count == RND_FALLBACKS)
        return false;
    char why[128], *file = find_file(fonts->config, character);
    if (!file)
        return false;
    struct rnd_face *face = &fonts->faces[RND_FONTS + fonts->fallback_count];
    bool opened = rnd_face_open(face, file, why, sizeof why) == SIM_OK &&
                  TTF_GlyphIsProvided32(face->metrics, character);
    free(file);
    if (!opened) {
        rnd_face_close(face);
        return false;
    }
    *font = (enum rnd_font)(RND_FONTS + fonts->fallback_count++);
    return true;
}
