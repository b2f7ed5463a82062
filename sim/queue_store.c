/* Where queues keep their items: a ring, a stack, a heap. */
#include "queue.h"

static sim_value *place(const struct sim_queue *queue, uint32_t index)
{
    return &queue->items[(queue->head + index) & (queue->capacity - 1)];
}

sim_value sim_queue_item(const struct sim_queue *queue, uint32_t index)
{
    return *place(queue, index);
}

static bool grow(struct sim_queue *queue)
{
    uint32_t old = queue->capacity, size = old ? old * 2 : 8;
    sim_value *items =
        sim_alloc_resize(queue->sync.world->alloc, queue->items, size * sizeof *items);
    if (!items) {
        sim_world_fail(queue->sync.world, SIM_ENOMEM);
        return false;
    }
    /* What had wrapped round to the front goes behind the old end. */
    for (uint32_t i = 0; i < queue->head; i++)
        items[old + i] = items[i];
    queue->items = items;
    queue->capacity = size;
    return true;
}

static enum sim_queue_answer append(struct sim_queue *queue, sim_value item, sim_value *error)
{
    *error = NULL;
    if (queue->count == queue->capacity && !grow(queue))
        return SIM_QUEUE_RAISED;
    sim_value_retain(queue->sync.world, item);
    *place(queue, queue->count++) = item;
    return SIM_QUEUE_OK;
}

static enum sim_queue_answer take_first(struct sim_queue *queue, sim_value *item)
{
    *item = *place(queue, 0);
    queue->head = (queue->head + 1) & (queue->capacity - 1);
    queue->count--;
    return SIM_QUEUE_OK;
}

static enum sim_queue_answer take_last(struct sim_queue *queue, sim_value *item)
{
    *item = *place(queue, --queue->count);
    return SIM_QUEUE_OK;
}

/* --- the heap; its head is always 0 ----------------------------------------------------------- */

/* Whether item a is less than item b: 1, 0, or -1 with *error.  The guest may change the heap. */
static int is_less(struct sim_queue *queue, uint32_t a, uint32_t b, sim_value *error)
{
    struct sim_world *world = queue->sync.world;
    sim_value first = queue->items[a], second = queue->items[b];
    uint32_t before = queue->count;
    if (!world->guest->less)
        return (uintptr_t)first < (uintptr_t)second;
    sim_value_retain(world, first);
    sim_value_retain(world, second);
    int answer = world->guest->less(world, first, second, error);
    sim_value_drop(world, &first);
    sim_value_drop(world, &second);
    if (answer >= 0 && queue->count != before) {
        *error = sim_exception_new(world, SIM_EXCEPTION_HEAP_CHANGED, NULL, NULL);
        return -1;
    }
    return answer;
}

static void swap(struct sim_queue *queue, uint32_t a, uint32_t b)
{
    sim_value item = queue->items[a];
    queue->items[a] = queue->items[b];
    queue->items[b] = item;
}

/* Moves an item towards the root, to where its parent is not greater. */
static enum sim_queue_answer rise(struct sim_queue *queue, uint32_t at, sim_value *error)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / 2;
        int less = is_less(queue, at, parent, error);
        if (less < 0)
            return SIM_QUEUE_RAISED;
        if (less == 0)
            break;
        swap(queue, at, parent);
        at = parent;
    }
    return SIM_QUEUE_OK;
}

/* Moves the root's item to a leaf along the smaller children, then up to its place. */
static enum sim_queue_answer sink(struct sim_queue *queue, sim_value *error)
{
    uint32_t at = 0, end = queue->count;
    while (at < end / 2) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < end) {
            int less = is_less(queue, child, child + 1, error);
            if (less < 0)
                return SIM_QUEUE_RAISED;
            child += less == 0;
        }
        swap(queue, at, child);
        at = child;
    }
    return rise(queue, at, error);
}

static enum sim_queue_answer heap_put(struct sim_queue *queue, sim_value item, sim_value *error)
{
    /* As in heapq, an item stays in when comparing it fails. */
    enum sim_queue_answer answer = append(queue, item, error);
    return answer == SIM_QUEUE_OK ? rise(queue, queue->count - 1, error) : answer;
}

static enum sim_queue_answer heap_get(struct sim_queue *queue, sim_value *item)
{
    sim_value first = queue->items[0], error = NULL;
    queue->count--;
    if (queue->count == 0) {
        *item = first;
        return SIM_QUEUE_OK;
    }
    queue->items[0] = queue->items[queue->count];
    enum sim_queue_answer answer = sink(queue, &error);
    if (answer == SIM_QUEUE_RAISED)
        sim_value_drop(queue->sync.world, &first);
    *item = answer == SIM_QUEUE_OK ? first : error;
    return answer;
}

const struct sim_queue_store *sim_queue_store_of(enum sim_flag_object kind)
{
    static const struct sim_queue_store ring = {.put = append, .get = take_first};
    static const struct sim_queue_store stack = {.put = append, .get = take_last};
    static const struct sim_queue_store heap = {.put = heap_put, .get = heap_get};
    return kind == SIM_OBJECT_LIFO_QUEUE       ? &stack
           : kind == SIM_OBJECT_PRIORITY_QUEUE ? &heap
                                               : &ring;
}
