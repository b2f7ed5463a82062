#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_NORESERVE, madvise */
#include "alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
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

/* --- small blocks ----------------------------------------------------------------------------- */

struct sim_spare {
    struct sim_spare *next;
};

struct sim_slab {
    struct sim_slab *next;
    size_t used, size;
};

enum { GRAIN = 16, LINE = 64, SLAB_FIRST = 16 << 10, SLAB_LARGEST = 8 << 20 };

/* Which size in grains; 0: it is not small, or the sanitizer is to see each block by itself. */
static size_t grains_of(size_t size)
{
#ifdef __SANITIZE_ADDRESS__
    return size * 0;
#else
    size_t grains = (size + GRAIN - 1) / GRAIN;
    return grains < sizeof((struct sim_alloc *)0)->spare / sizeof(struct sim_spare *) ? grains : 0;
#endif
}

/* Each is twice as large as the one before; large ones lie so that they can be huge pages. */
static struct sim_slab *add_slab(struct sim_alloc *alloc)
{
    size_t size = alloc->slabs ? alloc->slabs->size * 2 : (size_t)SLAB_FIRST;
    size = size < SLAB_LARGEST ? size : (size_t)SLAB_LARGEST;
    bool large = size >= SIM_ALLOC_ALIGNMENT;
    struct sim_slab *slab = aligned_alloc(large ? SIM_ALLOC_ALIGNMENT : LINE, size);
    if (!slab)
        return NULL;
#ifdef MADV_HUGEPAGE
    if (large)
        (void)madvise(slab, size, MADV_HUGEPAGE);
#endif
    *slab = (struct sim_slab){alloc->slabs, LINE, size};
    return alloc->slabs = slab;
}

/* A block of so many grains off a slab: what fills cache lines shares none. */
static void *cut(struct sim_alloc *alloc, size_t grains)
{
    struct sim_slab *slab = alloc->slabs;
    size_t alignment = grains % (LINE / GRAIN) == 0 ? LINE : GRAIN;
    size_t at = slab ? (slab->used + alignment - 1) / alignment * alignment : 0;
    if (!slab || slab->size - at < grains * GRAIN) {
        if (!(slab = add_slab(alloc)))
            return NULL;
        at = slab->used;
    }
    slab->used = at + grains * GRAIN;
    return (char *)slab + at;
}

void *sim_alloc_take(struct sim_alloc *alloc, size_t size)
{
    size_t grains = grains_of(size);
    if (grains == 0)
        return sim_alloc_resize(alloc, NULL, size);
    if (must_fail(alloc))
        return NULL;
    void *block = alloc->spare[grains];
    if (block)
        alloc->spare[grains] = alloc->spare[grains]->next;
    else if (!(block = cut(alloc, grains)))
        return NULL;
    alloc->live_blocks++;
    alloc->small_blocks++;
    return block;
}

void sim_alloc_give(struct sim_alloc *alloc, void *block, size_t size)
{
    size_t grains = grains_of(size);
    if (grains == 0 || !block) {
        sim_alloc_free(alloc, block);
        return;
    }
    struct sim_spare *spare = block;
    spare->next = alloc->spare[grains];
    alloc->spare[grains] = spare;
    alloc->live_blocks--;
    if (--alloc->small_blocks > 0)
        return;
    memset(alloc->spare, 0, sizeof alloc->spare);
    for (struct sim_slab *slab; (slab = alloc->slabs) != NULL;) {
        alloc->slabs = slab->next;
        free(slab);
    }
}

/* --- address space ---------------------------------------------------------------------------- */

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
