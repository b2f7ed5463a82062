/* Vector pictures: carries out a draw list as SVG or PDF, for slides and for print.
 *
 * Invariants:
 *  - They show what the canvas shows of the same list; text stays text, in the same places.
 *  - The same list gives the same bytes.
 *  - The file at path is either complete or what it was before.
 */
#ifndef RND_VECTOR_H
#define RND_VECTOR_H

#include <stddef.h>

#include "font.h"
#include "list.h"
#include "sim/error.h"

/* One unit of an SVG is a pixel of the list, 3/4 of a point of a PDF.  On failure (SIM_EIO,
 * SIM_ENOMEM) why holds one line for the user, naming the path. */
SIM_MUST_CHECK int rnd_vector_write_svg(const struct rnd_list *list, struct rnd_fonts *fonts,
                                        const char *path, char *why, size_t why_bytes);
SIM_MUST_CHECK int rnd_vector_write_pdf(const struct rnd_list *list, struct rnd_fonts *fonts,
                                        const char *path, char *why, size_t why_bytes);

#endif
