/* The one gateway through which the scheduler gets and returns memory.
 *
 * Invariants: live_blocks counts what was handed out and not yet returned, so 0 at the end means
 * that nothing leaked; nothing in sim calls malloc, free or mmap elsewhere, but for ahead.h's own
 * state.
 */
#ifndef SIM_ALLOC_H
#define SIM_ALLOC_H

#include <stddef.h>
#include <stdint.h>

/* Set `fail_after` to n >= 0 and the allocation after the next n fails, as does every one after it;
 * -1 (sim_alloc_init) never fails on purpose. */
struct sim_alloc {
    int64_t fail_after;
    int64_t live_blocks;
    int64_t total_blocks;   /* ever handed out or refused: the number of places that can fail */
    struct sim_slab *slabs; /* what small blocks are cut from; the first is the one in use */
    struct sim_slab *empty_slabs; /* used next: of a run before, or already being made real */
    struct sim_spare *spare[65];  /* small blocks that were given back, by their size */
    size_t small_blocks;          /* handed out: with the last one all slabs are empty */
    struct sim_ahead *ahead;      /* the thread that makes memory real, once it is wanted */
};

void sim_alloc_init(struct sim_alloc *alloc);

/* Zeroed memory / a block grown or shrunk (NULL `block`: a new one, not zeroed).  NULL when there
 * is none; then the old block is untouched. */
void *sim_alloc_zero(struct sim_alloc *alloc, size_t size);
void *sim_alloc_resize(struct sim_alloc *alloc, void *block, size_t size);
void sim_alloc_free(struct sim_alloc *alloc, void *block);

/* A block, not zeroed, for what is made and freed all the time: without overhead if it is small. It
 * is given back with its size. */
void *sim_alloc_take(struct sim_alloc *alloc, size_t size);
void sim_alloc_give(struct sim_alloc *alloc, void *block, size_t size);

/* Address space without memory behind it, which becomes real by sim_alloc_commit in steps.
 * Returns NULL / a negative code when there is none.  `size` is a multiple of the page size. */
void *sim_alloc_reserve(struct sim_alloc *alloc, size_t size);
int sim_alloc_commit(struct sim_alloc *alloc, void *address, size_t size);
void sim_alloc_unreserve(struct sim_alloc *alloc, void *address, size_t size);
/* Has committed memory made real by another thread, because it is written soon.  Only a hint. */
void sim_alloc_ahead(struct sim_alloc *alloc, void *address, size_t size);

#endif
