/* Fonts: the few that the window uses, measured, and rasterised once a glyph into one A8 atlas.
 *
 * Invariants:
 *  - Sizes are pixels of the em square; they are rounded to half pixels, and kept from 4 to 400.
 *  - Glyphs are placed at quarter pixels horizontally and at whole pixels vertically.
 *  - A width is the sum of its glyphs' advances and kerning, so a text's width does not depend on
 *    where it stands, and in the MONO fonts every character is equally wide, or twice as wide.
 *  - A character that neither the font nor the other family has is drawn from any font of the
 * machine that has it as an outline, or else as U+FFFD.  Bytes that are no UTF-8 are too.
 */
#ifndef RND_FONT_H
#define RND_FONT_H

#include <stddef.h>
#include <stdint.h>

#include "list.h"
#include "sim/error.h"

struct rnd_fonts;

/* Families to ask fontconfig for, and the Debian packages to name if they are missing. */
struct rnd_font_source {
    const char *ui_family, *ui_package;
    const char *mono_family, *mono_package;
};
extern const struct rnd_font_source rnd_font_source_default;

/* Finds and opens all fonts.  source NULL is the default.  The caller closes them, after every
 * canvas that draws with them.  On failure (SIM_ENOMEM, SIM_EIO: missing or unreadable) *fonts is
 * NULL and why holds one line for the user. */
SIM_MUST_CHECK int rnd_fonts_open(struct rnd_fonts **fonts, const struct rnd_font_source *source,
                                  char *why, size_t why_bytes);
void rnd_fonts_close(struct rnd_fonts *fonts); /* NULL is allowed */

/* Advance width in pixels of a NUL-terminated line of UTF-8, and of so many bytes of it. */
double rnd_font_width_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px,
                         const char *text);
double rnd_font_width_bytes_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px,
                               const char *text, size_t bytes);

/* How many bytes (whole characters) of text fit in width_px. */
size_t rnd_font_fit(struct rnd_fonts *fonts, enum rnd_font font, double size_px, const char *text,
                    size_t bytes, double width_px);

/* Vertical measures in whole pixels, positive: above and below the baseline, from one line to the
 * next, of a capital H. */
int rnd_font_ascent_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px);
int rnd_font_descent_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px);
int rnd_font_line_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px);
int rnd_font_cap_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px);

/* The baseline that centres capitals on middle_y: what labels in boxes and rows want. */
double rnd_font_baseline_px(struct rnd_fonts *fonts, enum rnd_font font, double size_px,
                            double middle_y);

#endif
