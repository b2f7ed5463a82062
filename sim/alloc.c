#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_NORESERVE */
#include "alloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ahead.h"
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

/* The thread ends before any memory goes that it may touch. */
static void end_ahead(struct sim_alloc *alloc)
{
    sim_ahead_end(alloc->ahead);
    alloc->ahead = NULL;
}

struct sim_slab {
    struct sim_slab *next;
    size_t used, size;
};

/* Counts a block less: with the last one the slabs go, all of which are empty then. */
static void given_back(struct sim_alloc *alloc)
{
    if (--alloc->live_blocks > 0)
        return;
    end_ahead(alloc);
    for (struct sim_slab *slab; (slab = alloc->empty_slabs) != NULL;) {
        alloc->empty_slabs = slab->next;
        free(slab);
    }
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
    if (block)
        given_back(alloc);
    free(block);
}

/* --- memory made real ------------------------------------------------------------------------- */

void sim_alloc_ahead(struct sim_alloc *alloc, void *address, size_t size)
{
    if (!alloc->ahead)
        alloc->ahead = sim_ahead_start();
    if (alloc->ahead)
        sim_ahead_want(alloc->ahead, address, size);
}

/* --- small blocks ----------------------------------------------------------------------------- */

struct sim_spare {
    struct sim_spare *next;
};

enum { GRAIN = 16, LINE = 64, SLAB_FIRST = 16 << 10, SLAB_LARGEST = 2 << 20 };

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

static struct sim_slab *make_slab(size_t size)
{
    struct sim_slab *slab = aligned_alloc(LINE, size);
    if (slab)
        *slab = (struct sim_slab){NULL, LINE, size};
    return slab;
}

/* Each is twice as large as the one before; beside one of the largest, the next is made real. */
static struct sim_slab *add_slab(struct sim_alloc *alloc)
{
    size_t size = alloc->slabs ? alloc->slabs->size * 2 : (size_t)SLAB_FIRST;
    size = size < SLAB_LARGEST ? size : (size_t)SLAB_LARGEST;
    struct sim_slab *slab = alloc->empty_slabs ? alloc->empty_slabs : make_slab(size);
    if (!slab)
        return NULL;
    alloc->empty_slabs = slab->next;
    if (size == SLAB_LARGEST && !alloc->empty_slabs &&
        (alloc->empty_slabs = make_slab(size)) != NULL)
        sim_alloc_ahead(alloc, alloc->empty_slabs, size);
    slab->next = alloc->slabs;
    return alloc->slabs = slab;
}

/* Begins anew with the first of the slabs, when nothing lies in any of them. */
static void empty_slabs(struct sim_alloc *alloc)
{
    memset(alloc->spare, 0, sizeof alloc->spare);
    for (struct sim_slab *slab; (slab = alloc->slabs) != NULL;) {
        alloc->slabs = slab->next;
        *slab = (struct sim_slab){alloc->empty_slabs, LINE, slab->size};
        alloc->empty_slabs = slab;
    }
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
    if (--alloc->small_blocks == 0)
        empty_slabs(alloc);
    given_back(alloc);
}

/* --- address space ---------------------------------------------------------------------------- */

void *sim_alloc_reserve(struct sim_alloc *alloc, size_t size)
{
    if (must_fail(alloc))
        return NULL;
    void *start = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED)
        return NULL;
    alloc->live_blocks++;
    return start;
}

int sim_alloc_commit(struct sim_alloc *alloc, void *address, size_t size)
{
    return must_fail(alloc) || mprotect(address, size, PROT_READ | PROT_WRITE) != 0 ? SIM_ENOMEM
                                                                                    : 0;
}

void sim_alloc_unreserve(struct sim_alloc *alloc, void *address, size_t size)
{
    if (!address)
        return;
    end_ahead(alloc);
    munmap(address, size);
    given_back(alloc);
}
