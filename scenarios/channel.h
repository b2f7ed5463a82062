/* The channel by which a trace comes out of the worker, as its parent sees it.
 *
 * Worker and parent share memory that cannot shrink: the trace's head, a ring of pieces for its
 * events, and all of its texts.  The worker fills piece after piece and signals each by
 * `filled_fd`; the parent copies what is published and signals by `room_fd` each piece that may be
 * filled anew. So a long trace takes no more shared memory than the ring, and real memory only
 * once.
 *
 * Invariants: what is seen here is a private copy that only grows; whatever the worker writes, no
 * more than the ring holds is read beyond what was copied before.
 */
#ifndef SCN_CHANNEL_H
#define SCN_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/alloc.h"
#include "sim/trace.h"

/* What of a region was copied; memory is real up to `committed`. */
struct scn_copy {
    char *to;
    size_t used, committed;
};

struct scn_channel {
    struct sim_alloc alloc;
    struct sim_trace_memory theirs; /* what the worker writes: untrusted; its events are the ring */
    struct sim_trace_memory ours;   /* no head: none yet */
    size_t shared_size, ring_bytes;
    struct scn_copy events, texts;
    uint64_t pieces_freed;
    int memory_fd, filled_fd, room_fd; /* -1: not open */
    bool forgets; /* events are not copied: who asks for a view gets none of them */
};

/* A channel without anything in it. */
void scn_channel_init(struct scn_channel *channel);
/* Opens it for a budget of events.  Errors: SIM_ENOMEM, with errno. */
int scn_channel_open(struct scn_channel *channel, int64_t max_events, bool inspect,
                     bool forgets) SIM_MUST_CHECK;
/* The memory is the worker's from now on: closes memory_fd. */
void scn_channel_hand_over(struct scn_channel *channel);
void scn_channel_close(struct scn_channel *channel);

/* Copies what is published, as far as there is memory, and makes room for more. */
void scn_channel_drain(struct scn_channel *channel);
/* The same if pieces were filled since. */
void scn_channel_drain_if_filled(struct scn_channel *channel);

/* What was copied: borrowed, until the channel is closed; later views only have more. */
struct sim_trace_view scn_channel_view(const struct scn_channel *channel);

/* The trace's own word about its end, of a worker that is over or of a saved trace: false if it has
 * none. */
bool scn_channel_last_word(const struct scn_channel *channel, struct sim_event *out);

#endif
