#define _GNU_SOURCE /* MADV_POPULATE_WRITE, mremap */
#include <errno.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worker.h"

/* Where the descriptors go that a worker keeps: scripts get the low ones, as under python3. */
#define FIRST_KEPT_FD 500

static struct scn_worker_trace *worker_of(struct sim_alloc *alloc)
{
    return (struct scn_worker_trace *)(void *)((char *)alloc -
                                               offsetof(struct scn_worker_trace, alloc));
}

/* Makes a piece of shared memory real at once: one call costs less than its page faults.  A kernel
 * that cannot do this takes the faults. */
static int populate(void *address)
{
    (void)madvise(address, SIM_TRACE_CHUNK, MADV_HUGEPAGE);
    return madvise(address, SIM_TRACE_CHUNK, MADV_POPULATE_WRITE) == 0 || errno == EINVAL
               ? 0
               : SIM_ENOMEM;
}

/* Waits until the parent has copied the piece that is to be filled anew. */
static int wait_for_room(const struct scn_worker_trace *worker)
{
    eventfd_t one;
    while (eventfd_read(worker->room_fd, &one) != 0) {
        if (errno != EINTR)
            return SIM_EIO;
    }
    return 0;
}

/* Lets the next piece of the ring appear where the events go on; the one that was there a round
 * ago disappears. */
static int commit_events(const struct scn_worker_trace *worker, char *address)
{
    size_t piece = (size_t)(address - worker->events) / SIM_TRACE_CHUNK;
    char *slot = worker->ring + piece % worker->pieces * SIM_TRACE_CHUNK;
    if (piece > 0 && eventfd_write(worker->filled_fd, 1) != 0)
        return SIM_EIO;
    if (piece >= worker->pieces) {
        int error = wait_for_room(worker);
        if (error < 0)
            return error;
        if (mmap(address - worker->pieces * SIM_TRACE_CHUNK, SIM_TRACE_CHUNK, PROT_NONE,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED)
            return SIM_ENOMEM;
    }
    /* Of a shared mapping, a size of 0 leaves the old place and makes another. */
    if (mremap(slot, 0, SIM_TRACE_CHUNK, MREMAP_MAYMOVE | MREMAP_FIXED, address) == MAP_FAILED)
        return SIM_ENOMEM;
    return populate(address);
}

static int commit(struct sim_alloc *alloc, void *address, size_t size)
{
    const struct scn_worker_trace *worker = worker_of(alloc);
    size_t offset = (size_t)((const char *)address - worker->events);
    (void)size; /* it is one piece */
    return offset < worker->event_bytes ? commit_events(worker, address) : populate(address);
}

/* --- opening ---------------------------------------------------------------------------------- */

/* Address space for so much, aligned so that huge pages fit; NULL: there is none. */
static char *reserve(size_t size)
{
    size_t whole = size + SIM_TRACE_CHUNK;
    char *start = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    return start + -(uintptr_t)start % SIM_TRACE_CHUNK;
}

/* Maps a part of the shared memory; false: it cannot. */
static bool map(char *address, size_t offset, size_t size)
{
    return mmap(address, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, SCN_WORKER_TRACE_FD,
                (off_t)offset) != MAP_FAILED;
}

static int keep_fd(int fd)
{
    int kept = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_KEPT_FD);
    close(fd);
    return kept;
}

int scn_worker_open_trace(int64_t max_events, bool inspect, struct scn_worker_trace *worker)
{
    size_t events = scn_worker_event_capacity(max_events, inspect);
    size_t texts = scn_worker_text_capacity(max_events);
    size_t ring_bytes = scn_worker_ring_events(max_events, inspect) * sizeof(struct sim_event);
    char *base = reserve(sim_trace_memory_size(events, texts)), *ring = reserve(ring_bytes);
    if (!base || !ring)
        return SIM_ENOMEM;
    struct sim_trace_memory memory = sim_trace_memory_at(base, events, texts);
    memory.commit = commit;
    if (!map(base, 0, SIM_TRACE_CHUNK) || !map(ring, SIM_TRACE_CHUNK, ring_bytes) ||
        !map(memory.text, SIM_TRACE_CHUNK + ring_bytes, memory.text_capacity))
        return SIM_ENOMEM;
    close(SCN_WORKER_TRACE_FD);
    *worker = (struct scn_worker_trace){
        .events = (const char *)memory.events,
        .ring = ring,
        .event_bytes = memory.event_capacity * sizeof(struct sim_event),
        .pieces = ring_bytes / SIM_TRACE_CHUNK,
        .filled_fd = keep_fd(SCN_WORKER_FILLED_FD),
        .room_fd = keep_fd(SCN_WORKER_ROOM_FD),
    };
    sim_alloc_init(&worker->alloc);
    int error = sim_trace_init(&worker->trace, &memory, &worker->alloc);
    worker->trace.budget = (size_t)max_events;
    return error;
}
