#include "overdue.h"

#include "alloc.h"

static bool is_before(const struct sim_overdue *a, const struct sim_overdue *b)
{
    if (a->timer.deadline_ns != b->timer.deadline_ns)
        return a->timer.deadline_ns < b->timer.deadline_ns;
    return a->sequence < b->sequence;
}

int sim_overdue_push(struct sim_overdue_heap *heap, struct sim_alloc *alloc, struct sim_timer timer)
{
    if (heap->count == heap->capacity) {
        size_t capacity = heap->capacity ? heap->capacity * 2 : 8;
        void *items = sim_alloc_resize(alloc, heap->items, capacity * sizeof *heap->items);
        if (!items)
            return SIM_ENOMEM;
        heap->items = items;
        heap->capacity = capacity;
    }
    struct sim_overdue *items = heap->items, added = {timer, heap->sequence++};
    size_t at = heap->count++;
    for (size_t parent; at > 0 && is_before(&added, &items[parent = (at - 1) / 2]); at = parent)
        items[at] = items[parent];
    items[at] = added;
    return 0;
}

struct sim_timer sim_overdue_pop(struct sim_overdue_heap *heap)
{
    struct sim_overdue *items = heap->items, first = items[0];
    size_t count = --heap->count, at = 0;
    struct sim_overdue moved = items[count];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && is_before(&items[child + 1], &items[child]))
            child++;
        if (!is_before(&items[child], &moved))
            break;
        items[at] = items[child];
    }
    items[at] = moved;
    return first.timer;
}
