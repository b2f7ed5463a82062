#define _GNU_SOURCE /* MADV_POPULATE_WRITE */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim/alloc.h"
#include "sim/trace.h"
#include "worker.h"

/* Makes a piece of the shared memory real at once, in huge pages where the system has them: one
 * call costs less than its page faults.  A kernel that cannot do this takes the faults. */
static int populate(struct sim_alloc *alloc, void *address, size_t size)
{
    (void)alloc;
    (void)madvise(address, size, MADV_HUGEPAGE);
    return madvise(address, size, MADV_POPULATE_WRITE) == 0 || errno == EINVAL ? 0 : SIM_ENOMEM;
}

/* Maps the whole of the shared memory where huge pages fit; NULL: it cannot. */
static void *map_aligned(size_t size)
{
    size_t whole = size + SIM_TRACE_CHUNK;
    char *start = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)start % SIM_TRACE_CHUNK;
    void *base = mmap(start + before, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
                      SCN_WORKER_TRACE_FD, 0);
    return base == MAP_FAILED ? NULL : base;
}

int scn_worker_open_trace(int64_t max_events, bool inspect, struct sim_alloc *alloc,
                          struct sim_trace *trace)
{
    size_t events = scn_worker_event_capacity(max_events, inspect);
    size_t texts = scn_worker_text_capacity(max_events);
    void *base = map_aligned(sim_trace_memory_size(events, texts));
    if (!base)
        return SIM_ENOMEM;
    close(SCN_WORKER_TRACE_FD);
    struct sim_trace_memory memory = sim_trace_memory_at(base, events, texts);
    memory.commit = populate;
    int error = sim_trace_init(trace, &memory, alloc);
    trace->budget = (size_t)max_events;
    return error;
}
