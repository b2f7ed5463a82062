/* A listing: the lines of a run's output that a task printed, or that contain a text, or both.
 *
 * It is made in slices, so that nobody waits for it, and takes in what a growing model has more.
 * Small and capital ASCII letters are the same.
 *
 * Invariant: the items ascend, and are all such lines before `next`.
 */
#ifndef RND_LISTING_H
#define RND_LISTING_H

#include "model.h"

#define RND_LISTING_TEXT_MAX 128

/* What is listed. */
struct rnd_listing_wish {
    uint32_t task; /* whose lines; RND_NEVER: everybody's */
    char text[RND_LISTING_TEXT_MAX];
};

struct rnd_listing {
    struct rnd_listing_wish wish;
    uint32_t *items; /* indices of output lines */
    uint32_t count, capacity;
    uint32_t next; /* index of the line that is looked at next */
};

/* Begins anew.  `listing` is zeros at first. */
void rnd_listing_begin(struct rnd_listing *listing, const struct rnd_listing_wish *wish);
void rnd_listing_close(struct rnd_listing *listing);

/* Looks at so many more lines; false once there are no more. */
bool rnd_listing_go_on(struct rnd_listing *listing, const struct rnd_model *model, uint32_t lines);

/* Where the lines begin that were there only after a cursor: an index in `items`; without a listing
 * (NULL), of all the model's lines. */
uint32_t rnd_listing_after(const struct rnd_listing *listing, const struct rnd_model *model,
                           uint32_t cursor);

#endif
