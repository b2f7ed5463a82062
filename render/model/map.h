/* A map from numbers, but 0, to numbers.
 *
 * Invariant: at least half of its slots are free, so a search ends soon.
 */
#ifndef RND_MAP_H
#define RND_MAP_H

#include <stdbool.h>
#include <stdint.h>

struct rnd_map {
    struct rnd_map_slot {
        uint32_t key, value; /* the key 0 is a free slot */
    } * slots;
    uint32_t count, mask; /* mask + 1 slots, a power of two; 0: none yet */
};

bool rnd_map_room(struct rnd_map *map);
/* Where the value of a key (not 0) is, made as RND_NEVER where it was not there: needs room. */
uint32_t *rnd_map_put(struct rnd_map *map, uint32_t key);
/* The value, RND_NEVER for what is not there. */
uint32_t rnd_map_get(const struct rnd_map *map, uint32_t key);

#endif
