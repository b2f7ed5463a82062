/* Traces as bytes: how a trace is saved and read back.
 *
 * A saved trace is a head of SIM_TRACE_FILE_HEAD bytes, then the events, then the texts, all as in
 * memory (little-endian).  The head holds, in this order: 8 bytes magic "awtrace\n", the version
 * and 4 bytes of zero, the number of events, the bytes of text, the hash of both (sim_trace_hash),
 * and a hash of the head so far; the rest is zero.
 *
 * Nothing here opens a file: the caller reads and writes.
 */
#ifndef SIM_TRACE_FILE_H
#define SIM_TRACE_FILE_H

#include "trace.h"

#define SIM_TRACE_FILE_HEAD 64

struct sim_trace_file {
    uint64_t event_count, text_bytes;
    uint64_t hash; /* of the trace: compare with sim_trace_hash when it was read */
};

/* Whether bytes begin like a saved trace of any version. */
bool sim_trace_file_is(const void *bytes, size_t size);

/* Reads a head.  Errors: SIM_EINVAL (no saved trace, or a damaged one), SIM_EVERSION (one that
 * another version wrote). */
int sim_trace_file_head(const unsigned char head[SIM_TRACE_FILE_HEAD],
                        struct sim_trace_file *out) SIM_MUST_CHECK;

/* Writes a trace by calling `put`, which returns 0 or a negative code; such a code ends the
 * saving and is returned. */
int sim_trace_save(const struct sim_trace_view *view,
                   int (*put)(void *user, const void *bytes, size_t size),
                   void *user) SIM_MUST_CHECK;

#endif
