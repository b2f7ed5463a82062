/* Saved traces: files that hold a whole run, and open without running anything.
 *
 * Invariant: what is read was checked: its sizes, and the hash of every byte.
 */
#ifndef SCN_SAVED_H
#define SCN_SAVED_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/alloc.h"
#include "sim/error.h"
#include "sim/trace.h"

/* Whether the file at `path` is a saved trace, of whatever version. */
bool scn_saved_is(const char *path);

/* Reads a saved trace into memory that the caller frees by sim_trace_memory_free.  Errors:
 * SIM_ENOMEM, SIM_EIO, SIM_EINVAL (it is damaged), SIM_EVERSION; `error` then says so. */
int scn_saved_read(const char *path, struct sim_alloc *alloc, struct sim_trace_memory *memory,
                   struct sim_trace_view *view, char *error, size_t error_size) SIM_MUST_CHECK;

/* Writes a trace; the file is there once it is whole.  Errors: SIM_EIO; `error` then says why. */
int scn_saved_write(const char *path, const struct sim_trace_view *view, char *error,
                    size_t error_size) SIM_MUST_CHECK;

/* Where the script of a saved trace would be: beside it.  False if that path is too long. */
bool scn_saved_script(const char *path, const struct sim_trace_view *view, char *out, size_t size);

#endif
