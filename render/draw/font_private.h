/* What the font files share, and how the canvas draws text; views include font.h only.
 *
 * Every face is opened twice by SDL2_ttf: once at METRICS_EM pixels, unhinted, where advances and
 * kerning are read as fractions of the em that hold at each size; once to rasterise, at the size
 * wanted and RND_FONT_PHASES times as wide, so that adding up neighbouring columns gives the exact
 * coverage at each quarter-pixel position.
 */
#ifndef RND_FONT_PRIVATE_H
#define RND_FONT_PRIVATE_H

#include <SDL_ttf.h>
#include <fontconfig/fontconfig.h>
#include <pixman.h>

#include "font.h"
#include "table.h"

#define RND_ELLIPSIS "\xe2\x80\xa6"

/* A multiple of 1000, so that the units of JetBrains Mono are whole. */
enum { RND_FONT_METRICS_EM = 2000, RND_FONT_PHASES = 4 };

/* One weight of a family. */
struct rnd_face {
    TTF_Font *metrics, *raster;
    void *bytes; /* of the file, which both read: far faster than seeking in it for each glyph */
    int raster_half_px;  /* the size that raster is set to, in half pixels; 0: none yet */
    int ascent, descent; /* positive, in fractions of METRICS_EM, as is the next */
    int cap;
};

/* So many files are opened for what the window's own fonts lack. */
enum { RND_FALLBACKS = 8 };

struct rnd_fonts {
    struct rnd_face faces[RND_FONTS + RND_FALLBACKS]; /* by enum rnd_font; then the others */
    int fallback_count;
    FcConfig *config;
    struct rnd_table advances; /* by font and character, packed by rnd_font_pick */
    struct rnd_table kerning;  /* by font and two characters */
    struct rnd_table widths;   /* of texts, by font and text; forgotten when there are many */
    pixman_glyph_cache_t *glyphs;
    bool ttf_begun;
};

/* A face of a file; on failure (SIM_EIO) `why` holds one line.  Closing is allowed after either. */
SIM_MUST_CHECK int rnd_face_open(struct rnd_face *face, const char *file, char *why,
                                 size_t why_bytes);
void rnd_face_close(struct rnd_face *face);

/* A font beyond RND_FONTS that has a character, of whichever family the machine has; false if there
 * is none. */
bool rnd_font_fallback(struct rnd_fonts *fonts, uint32_t character, enum rnd_font *font);

/* What is drawn for a character: from its own font or from one that has it, or a stand-in. */
struct rnd_glyph_pick {
    enum rnd_font font; /* RND_FONTS and above: a fallback */
    uint32_t character;
    int advance; /* units of METRICS_EM */
};
struct rnd_glyph_pick rnd_font_pick(struct rnd_fonts *fonts, enum rnd_font font,
                                    uint32_t character);

/* Next character of UTF-8, moving *at on; U+FFFD for what is none, one byte at a time. */
uint32_t rnd_font_decode(const char **at, const char *end);

/* In half pixels, within the limits. */
int rnd_font_half_px(double size_px);

/* Walks over a line of text: where each glyph goes. */
struct rnd_font_walk {
    struct rnd_fonts *fonts;
    const char *at, *end;
    enum rnd_font font;
    uint32_t last; /* character before, 0 at the beginning */
    double em_px;  /* pixels of one unit of METRICS_EM */
    int64_t pen;   /* in units, after the glyph */
    int64_t place; /* in units, of the glyph */
    struct rnd_glyph_pick glyph;
};
struct rnd_font_walk rnd_font_walk_begin(struct rnd_fonts *fonts, enum rnd_font font,
                                         double size_px, const char *text, size_t bytes);
bool rnd_font_walk_next(struct rnd_font_walk *walk); /* false at the end */

/* How a text of the draw list is cut and placed: its first bytes, then perhaps an ellipsis. */
struct rnd_font_line {
    double x_px, width_px;
    size_t bytes;
    bool ellipsis;
};
struct rnd_font_line rnd_font_line(struct rnd_fonts *fonts, const struct rnd_cmd *cmd,
                                   const char *text);

/* Draws a text on the target, within its clip region.  SIM_ENOMEM. */
SIM_MUST_CHECK int rnd_font_draw(struct rnd_fonts *fonts, pixman_image_t *target,
                                 pixman_image_t *ink, const struct rnd_cmd *cmd, const char *text);

#endif
