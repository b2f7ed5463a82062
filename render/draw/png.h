/* PNG files of pictures.
 *
 * Invariant: the file at path is either complete or what it was before.
 */
#ifndef RND_PNG_H
#define RND_PNG_H

#include <stddef.h>

#include "canvas.h"
#include "sim/error.h"

/* Writes the image to path, by way of a file beside it unless path is a device or a pipe.  On
 * failure (SIM_EIO, SIM_ENOMEM) why holds one line for the user, naming the path. */
SIM_MUST_CHECK int rnd_png_write(struct rnd_image image, const char *path, char *why,
                                 size_t why_bytes);

#endif
