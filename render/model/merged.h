/* Several runs as one: the order in which one playhead comes to the stops of all of them.
 *
 * Stops at the same time come in the order of their places on an axis that the runs share, those at
 * the same place by run.
 *
 * Invariants:
 *  - `model` is a model to those who ask for instants, stops and moments, and has nothing else.
 *  - Each stop of a run is one of its stops; no two are one.
 */
#ifndef RND_MERGED_H
#define RND_MERGED_H

#include "model.h"

#define RND_MERGED_MAX 8

struct rnd_instants;

struct rnd_merged {
    const struct rnd_model *runs[RND_MERGED_MAX]; /* borrowed */
    uint32_t run_count;
    struct rnd_model model;
    uint32_t *stop_runs; /* by stop: the run that comes to it */
    float *hold_shares;  /* by stop: all of an instant take as long as those of one run would */
    uint32_t *cursors;   /* by stop, then by run: where that is then */
};

/* Merges models, at least one, as they are now; to be made again when one has grown.  The instants
 * are those of the same models.  Errors: SIM_ENOMEM. */
int rnd_merged_open(struct rnd_merged *merged, const struct rnd_model *const *models,
                    uint32_t count, const struct rnd_instants *instants) SIM_MUST_CHECK;

/* Frees what is zero or open, and leaves it zero. */
void rnd_merged_close(struct rnd_merged *merged);

/* Where a run is at a moment of all; when all are at a moment of a run. */
struct rnd_moment rnd_merged_in(const struct rnd_merged *merged, struct rnd_moment moment,
                                uint32_t run);
struct rnd_moment rnd_merged_of(const struct rnd_merged *merged, uint32_t run,
                                struct rnd_moment moment);

#endif
