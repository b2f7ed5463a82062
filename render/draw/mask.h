/* Masks of coverage: those used again are kept, one is scratch.
 *
 * Invariant: an image handed out is owned by the masks, valid until the next call.
 */
#ifndef RND_MASK_H
#define RND_MASK_H

#include <pixman.h>

#include "shape.h"

enum { RND_MASKS_KEPT = 64 };

struct rnd_masks {
    struct rnd_mask {
        uint64_t key; /* 0: unused */
        pixman_image_t *image;
    } kept[RND_MASKS_KEPT];
    size_t next; /* which is replaced when all are used */
    unsigned char *scratch;
    size_t scratch_bytes;
    pixman_image_t *scratch_image;
};

/* All NULL without memory. */
pixman_image_t *rnd_mask_disc(struct rnd_masks *masks, int diameter_px, int thickness_px);
/* Repeats endlessly. */
pixman_image_t *rnd_mask_tile(struct rnd_masks *masks, enum rnd_pattern pattern, int period_px);
/* A cleared mask of area's size, whose bytes and stride it sets. */
pixman_image_t *rnd_mask_scratch(struct rnd_masks *masks, struct rnd_area *area);

void rnd_mask_clear(struct rnd_masks *masks); /* frees */

#endif
