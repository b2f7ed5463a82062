/* Files that are whole or not there: written beside, then renamed. */
#ifndef RND_REPLACE_H
#define RND_REPLACE_H

#include <stddef.h>
#include <stdio.h>

#include "sim/error.h"

/* Writes all of a file's contents; 0, SIM_ENOMEM, or SIM_EIO with errno set. */
typedef int (*rnd_replace_write)(FILE *file, void *context);

/* Makes the file at path what `write` writes, by way of a file beside it unless path is a device
 * or a pipe.  On failure (SIM_EIO, SIM_ENOMEM) the file is what it was before, and why holds one
 * line for the user, naming the path. */
SIM_MUST_CHECK int rnd_replace_file(const char *path, rnd_replace_write write, void *context,
                                    char *why, size_t why_bytes);

#endif
