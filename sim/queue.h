/* Queues: items handed from task to task, with a line of getters and a line of putters.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/queues.py; a priority queue compares
 * its items in the order in which Lib/heapq.py does.  Operations: see sync.h.
 *
 * Invariants: items are owned references; `unfinished` counts what was put and not yet reported by
 * sim_queue_task_done, and `finished` is set whenever it is 0.  An object that nothing was put into
 * holds no memory.
 */
#ifndef SIM_QUEUE_H
#define SIM_QUEUE_H

#include "sync.h"

enum sim_queue_answer {
    SIM_QUEUE_OK,
    SIM_QUEUE_FULL,
    SIM_QUEUE_EMPTY,
    SIM_QUEUE_RAISED /* the exception is in *value, a new reference; NULL: no memory */
};

struct sim_queue;

/* Where the items are.  A guest whose class overrides it gives its own. */
struct sim_queue_store {
    /* NULL: as many as the queue itself counts. */
    uint64_t (*count)(const struct sim_queue *queue);
    /* Puts an item in, retaining it; SIM_QUEUE_OK or RAISED with *error. */
    enum sim_queue_answer (*put)(struct sim_queue *queue, sim_value item, sim_value *error);
    /* Takes one out, never of an empty store: *item, handed over; or RAISED with the exception. */
    enum sim_queue_answer (*get)(struct sim_queue *queue, sim_value *item);
    /* What the operations put and get end with in place of sim_queue_put_nowait and
     * sim_queue_get_nowait; NULL: those. */
    enum sim_queue_answer (*put_nowait)(struct sim_queue *queue, sim_value item, sim_value *error);
    enum sim_queue_answer (*get_nowait)(struct sim_queue *queue, sim_value *item);
    /* What the queue asks before it puts or gets, with a count of the store's own; NULL: by size.
     */
    bool (*full)(const struct sim_queue *queue);
    bool (*empty)(const struct sim_queue *queue);
};

struct sim_queue {
    struct sim_sync sync;
    const struct sim_queue_store *store;
    sim_value *items; /* a ring, a heap or a stack; capacity is 0 or a power of two */
    uint32_t head, count, capacity;
    int64_t max_size; /* 0 or less: no limit */
    uint64_t unfinished;
    struct sim_waiters getters, putters;
    struct sim_event_object finished;
};

/* A Queue, PriorityQueue or LifoQueue in the caller's memory. */
void sim_queue_init(struct sim_queue *queue, struct sim_world *world, enum sim_flag_object kind,
                    int64_t max_size);
/* Releases the items. */
void sim_queue_fini(struct sim_queue *queue);

/* qsize(); whether a put, or a get, has to wait. */
static inline uint64_t sim_queue_size(const struct sim_queue *queue)
{
    return queue->store->count ? queue->store->count(queue) : queue->count;
}
static inline bool sim_queue_full(const struct sim_queue *queue)
{
    if (queue->store->count && queue->store->full)
        return queue->store->full(queue);
    return queue->max_size > 0 && sim_queue_size(queue) >= (uint64_t)queue->max_size;
}
static inline bool sim_queue_empty(const struct sim_queue *queue)
{
    if (queue->store->count && queue->store->empty)
        return queue->store->empty(queue);
    return sim_queue_size(queue) == 0;
}
/* An item of the built-in stores as they keep them, 0 <= index < count: borrowed. */
sim_value sim_queue_item(const struct sim_queue *queue, uint32_t index);

/* put_nowait(): OK, FULL or RAISED with *error.  Retains the item. */
enum sim_queue_answer sim_queue_put_nowait(struct sim_queue *queue, sim_value item,
                                           sim_value *error);
/* get_nowait(): OK with *item handed over, EMPTY, or RAISED with the exception there. */
enum sim_queue_answer sim_queue_get_nowait(struct sim_queue *queue, sim_value *item);
/* task_done(): false if it was called more often than items were put. */
bool sim_queue_task_done(struct sim_queue *queue);

/* get() and put(): the item of a put is retained until it is in. */
struct sim_queue_wait {
    struct sim_frame frame;
    struct sim_queue *queue;
    struct sim_waiter waiter;
    sim_value item;
};

struct sim_queue_join {
    struct sim_frame frame;
    struct sim_queue *queue;
    struct sim_event_object_wait wait;
};

/* Queue.get(): returns the item. */
void sim_queue_get_init(struct sim_queue_wait *op, struct sim_queue *queue);
/* Queue.put() */
void sim_queue_put_init(struct sim_queue_wait *op, struct sim_queue *queue, sim_value item);
/* Queue.join() */
void sim_queue_join_init(struct sim_queue_join *op, struct sim_queue *queue);

/* For the macros: get() and put() in one step, where there is an item or room: true, the outcome is
 * in the frame as after SIM_CO_TRY_CALL.  Else `op` is prepared, to be called. */
bool sim_queue_get_now(struct sim_frame *frame, struct sim_queue_wait *op, struct sim_queue *queue);
bool sim_queue_put_now(struct sim_frame *frame, struct sim_queue_wait *op, struct sim_queue *queue,
                       sim_value item);

/* await queue.get(), whose result is in frame->returned; await queue.put(item).  `op` is used where
 * the coroutine has to wait. */
#define SIM_CO_GET(frame, op, queue)                                                               \
    do {                                                                                           \
        if (!sim_queue_get_now(frame, op, queue))                                                  \
            SIM_CO_TRY_CALL(frame, &(op)->frame);                                                  \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
            return sim_frame_raise(frame);                                                         \
    } while (0)
#define SIM_CO_PUT(frame, op, queue, item)                                                         \
    do {                                                                                           \
        if (!sim_queue_put_now(frame, op, queue, item))                                            \
            SIM_CO_TRY_CALL(frame, &(op)->frame);                                                  \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
            return sim_frame_raise(frame);                                                         \
    } while (0)

/* Where items are kept, by the kind of queue (queue_store.c). */
const struct sim_queue_store *sim_queue_store_of(enum sim_flag_object kind);

#endif
