/* The instants of several runs on one axis.
 *
 * So that what happens at the same time stands below each other, an instant is as wide in all of
 * them as in the one that has most to do there.
 *
 * Invariant: times ascend; slots[i] is the width of all instants before times[i].
 */
#ifndef RND_INSTANTS_H
#define RND_INSTANTS_H

#include "model.h"

struct rnd_instants {
    int64_t *times;
    double *slots; /* count + 1: the last is the width of all */
    uint32_t count;
    int64_t end_ns; /* of the longest run */
};

/* Takes in the instants of models (at least one) as they are now; to be made again when one has
 * grown.  Errors: SIM_ENOMEM. */
int rnd_instants_open(struct rnd_instants *instants, const struct rnd_model *const *models,
                      uint32_t count) SIM_MUST_CHECK;

/* Frees what is zero or open, and leaves it zero. */
void rnd_instants_close(struct rnd_instants *instants);

/* The width, in slots, of all instants before a time. */
double rnd_instants_before(const struct rnd_instants *instants, int64_t time_ns);

#endif
