#include "map.h"

#include <assert.h>
#include <stdlib.h>

#include "model.h"

static struct rnd_map_slot *find_slot(const struct rnd_map *map, uint32_t key)
{
    for (uint32_t i = key * UINT32_C(0x9e3779b1) & map->mask;; i = (i + 1) & map->mask)
        if (map->slots[i].key == key || map->slots[i].key == 0)
            return &map->slots[i];
}

bool rnd_map_room(struct rnd_map *map)
{
    uint64_t size = map->slots ? (uint64_t)map->mask + 1 : 0;
    if (((uint64_t)map->count + 1) * 2 <= size)
        return true;
    struct rnd_map bigger = {.mask = (uint32_t)(size ? size * 2 : 16) - 1};
    bigger.slots = calloc((size_t)bigger.mask + 1, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (uint64_t i = 0; i < size; i++)
        if (map->slots[i].key)
            *rnd_map_put(&bigger, map->slots[i].key) = map->slots[i].value;
    free(map->slots);
    *map = bigger;
    return true;
}

uint32_t *rnd_map_put(struct rnd_map *map, uint32_t key)
{
    assert(key != 0);
    struct rnd_map_slot *slot = find_slot(map, key);
    if (slot->key == 0) {
        *slot = (struct rnd_map_slot){.key = key, .value = RND_NEVER};
        map->count++;
    }
    return &slot->value;
}

uint32_t rnd_map_get(const struct rnd_map *map, uint32_t key)
{
    if (!map->slots || key == 0)
        return RND_NEVER;
    const struct rnd_map_slot *slot = find_slot(map, key);
    return slot->key ? slot->value : RND_NEVER;
}
