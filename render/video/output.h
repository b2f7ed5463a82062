/* Outputs: files that are written beside their place and take it once they are whole.
 *
 * Invariant: until rnd_output_keep nothing that was there is touched; after rnd_output_discard, or
 * if nothing was opened, nothing new is there either.
 */
#ifndef RND_OUTPUT_H
#define RND_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/error.h"

struct rnd_output {
    char *path;   /* where it shall be; NULL: nothing is open */
    char *beside; /* where it is written */
    bool folder;
};

/* Opens a file, or a folder for files, that can be written to.  A folder must be new or empty.
 * Errors: SIM_ENOMEM, SIM_EIO; `error` then says why. */
int rnd_output_open(struct rnd_output *output, const char *path, bool folder, char *error,
                    size_t error_size) SIM_MUST_CHECK;

/* Puts it in its place and closes it.  On failure (SIM_EIO) it is still open. */
int rnd_output_keep(struct rnd_output *output, char *error, size_t error_size) SIM_MUST_CHECK;

/* Removes what was written; nothing happens where nothing is open. */
void rnd_output_discard(struct rnd_output *output);

/* Writes "cannot write PATH: REASON" for an errno; returns SIM_EIO. */
int rnd_output_failed(const struct rnd_output *output, int reason, char *error, size_t error_size);

#endif
