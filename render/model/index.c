#include "index.h"

#include <stdlib.h>
#include <string.h>

bool rnd_room(void *items, uint32_t count, uint32_t *capacity, uint32_t more, size_t size)
{
    if (more <= *capacity - count)
        return true;
    if (more > UINT32_MAX - count)
        return false;
    uint64_t wanted = (uint64_t)*capacity + *capacity / 2 + 8;
    if (wanted < count + more)
        wanted = count + more;
    if (wanted > UINT32_MAX)
        wanted = UINT32_MAX;
    void *block;
    memcpy(&block, items, sizeof block); /* whatever type of pointer it is */
    void *bigger = realloc(block, (size_t)wanted * size);
    if (!bigger)
        return false;
    memcpy(items, &bigger, sizeof bigger);
    *capacity = (uint32_t)wanted;
    return true;
}

static uint32_t member(const void *at, size_t stride, uint32_t i)
{
    uint32_t value;
    memcpy(&value, (const char *)at + i * stride, sizeof value);
    return value;
}

uint32_t rnd_upper(const void *at, uint32_t count, size_t stride, uint32_t value)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (member(at, stride, middle) > value)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

uint32_t rnd_lower(const void *at, uint32_t count, size_t stride, uint32_t value)
{
    return value == 0 ? 0 : rnd_upper(at, count, stride, value - 1);
}

/* --- tree ------------------------------------------------------------------------------------- */

bool rnd_tree_room(struct rnd_tree *tree, uint32_t count)
{
    for (int k = 0; k < RND_TREE_LEVELS; k++)
        if (!rnd_room(&tree->levels[k], tree->counts[k], &tree->capacities[k], 1, sizeof(uint32_t)))
            return false;
        else if (count >> (4 * (k + 1) - 1) >> 1 == 0)
            break;
    return true;
}

void rnd_tree_append(struct rnd_tree *tree, uint32_t index)
{
    for (int k = 0; k < RND_TREE_LEVELS; k++) {
        index /= 16;
        if (index == tree->counts[k])
            tree->counts[k]++;
        tree->levels[k][index] = RND_NEVER;
        if (index == 0)
            break;
    }
}

static uint32_t greatest(const uint32_t *items, size_t stride, uint32_t count)
{
    uint32_t result = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = member(items, stride, i);
        result = value > result ? value : result;
    }
    return result;
}

void rnd_tree_update(struct rnd_tree *tree, const struct rnd_timer *timers, uint32_t count,
                     uint32_t index)
{
    const uint32_t *below = &timers->end;
    size_t stride = sizeof *timers;
    for (int k = 0; k < RND_TREE_LEVELS && tree->counts[k] > index / 16; k++) {
        uint32_t first = index / 16 * 16, left = count - first;
        const uint32_t *group = (const void *)((const char *)below + first * stride);
        uint32_t value = greatest(group, stride, left < 16 ? left : 16);
        index /= 16;
        if (tree->levels[k][index] == value)
            break;
        tree->levels[k][index] = value;
        below = tree->levels[k];
        stride = sizeof *below;
        count = tree->counts[k];
    }
}

uint32_t rnd_tree_next(const struct rnd_tree *tree, const struct rnd_timer *timers, uint32_t count,
                       uint32_t index, uint32_t cursor)
{
    int level = -1; /* -1: the timers themselves */
    while (index < (level < 0 ? count : tree->counts[level])) {
        uint32_t end = level < 0 ? timers[index].end : tree->levels[level][index];
        if (end > cursor && level < 0)
            return index;
        if (end > cursor) {
            level--;
            index *= 16;
            continue;
        }
        index++;
        while (index % 16 == 0 && level + 1 < RND_TREE_LEVELS && tree->counts[level + 1] > 0 &&
               index / 16 < tree->counts[level + 1]) {
            level++;
            index /= 16;
        }
    }
    return RND_NEVER;
}

/* --- lookups ---------------------------------------------------------------------------------- */

const struct rnd_callback *rnd_index_callback(const struct rnd_model *model, uint32_t handle)
{
    uint32_t i = rnd_map_get(&model->index->handles, handle);
    return i == RND_NEVER ? NULL : &model->index->callbacks[i];
}

const struct rnd_object *rnd_index_object(const struct rnd_model *model, uint32_t id)
{
    uint32_t i = rnd_map_get(&model->index->objects, id);
    return i == RND_NEVER ? NULL : &model->objects[i];
}

const struct rnd_level *rnd_index_level(const struct rnd_model *model, uint32_t last,
                                        uint32_t cursor)
{
    const struct rnd_level *levels = model->levels;
    while (last != RND_NEVER && levels[last].at > cursor) {
        uint32_t jump = levels[last].jump;
        last = jump != RND_NEVER && levels[jump].at > cursor ? jump : levels[last].previous;
    }
    return last == RND_NEVER ? NULL : &levels[last];
}

uint32_t rnd_index_place(const struct rnd_model *model, uint32_t wait, uint32_t cursor)
{
    /* Lines are short, or else who is last in them is of no interest. */
    enum { LOOKED_AT = 64 };
    if (wait == RND_NEVER)
        return 0;
    uint32_t place = 1, ahead = model->waits[wait].place, i = model->waits[wait].previous;
    for (int n = 0; i != RND_NEVER && place < ahead; i = model->waits[i].previous) {
        if (n++ == LOOKED_AT)
            return 0;
        place += model->waits[i].end > cursor;
    }
    return place;
}

const struct rnd_combine *rnd_index_combine(const struct rnd_model *model, uint32_t outer)
{
    uint32_t i = rnd_map_get(&model->index->outers, outer);
    return i == RND_NEVER ? NULL : &model->index->combines[i];
}

const struct rnd_combine *rnd_index_aborting(const struct rnd_model *model, uint32_t cursor)
{
    /* All that a group asks for comes in one go. */
    enum { LOOKED_AT = 100000 };
    for (uint32_t i = cursor, n = 0; i-- > 0 && n < LOOKED_AT; n++) {
        const struct sim_event *event = &model->view.events[i];
        switch (event->kind) {
        case SIM_EV_GROUP_ABORT:
            return rnd_index_combine(model, event->id);
        case SIM_EV_CANCEL_REQUESTED:
        case SIM_EV_FUTURE_DONE:
        case SIM_EV_TASK_READY:
        case SIM_EV_CALLBACK_READY:
        case SIM_EV_TIMER_CANCELLED:
            break;
        default:
            return NULL;
        }
    }
    return NULL;
}
