#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_NORESERVE, madvise */
#include "alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "error.h"

void sim_alloc_init(struct sim_alloc *alloc)
{
    *alloc = (struct sim_alloc){.fail_after = -1};
}

/* Counts one attempt; true if it has to fail. */
static bool must_fail(struct sim_alloc *alloc)
{
    alloc->total_blocks++;
    if (alloc->fail_after < 0)
        return false;
    if (alloc->fail_after == 0)
        return true;
    alloc->fail_after--;
    return false;
}

void *sim_alloc_zero(struct sim_alloc *alloc, size_t size)
{
    void *block = must_fail(alloc) ? NULL : calloc(1, size);
    alloc->live_blocks += block != NULL;
    return block;
}

void *sim_alloc_resize(struct sim_alloc *alloc, void *block, size_t size)
{
    void *grown = must_fail(alloc) ? NULL : realloc(block, size);
    alloc->live_blocks += grown && !block;
    return grown;
}

void sim_alloc_free(struct sim_alloc *alloc, void *block)
{
    alloc->live_blocks -= block != NULL;
    free(block);
}

void *sim_alloc_reserve(struct sim_alloc *alloc, size_t size)
{
    if (must_fail(alloc))
        return NULL;
    size_t whole = size + SIM_ALLOC_ALIGNMENT;
    char *start = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)start % SIM_ALLOC_ALIGNMENT;
    if (before > 0)
        munmap(start, before);
    munmap(start + before + size, whole - before - size);
    alloc->live_blocks++;
    return start + before;
}

int sim_alloc_commit(struct sim_alloc *alloc, void *address, size_t size)
{
    if (must_fail(alloc) || mprotect(address, size, PROT_READ | PROT_WRITE) != 0)
        return SIM_ENOMEM;
#ifdef MADV_HUGEPAGE
    (void)madvise(address, size, MADV_HUGEPAGE); /* a hint: fewer page faults */
#endif
    return 0;
}

void sim_alloc_unreserve(struct sim_alloc *alloc, void *address, size_t size)
{
    if (!address)
        return;
    munmap(address, size);
    alloc->live_blocks--;
}
