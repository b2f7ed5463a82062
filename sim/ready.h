/* The ready queue: what is to run, first in, first out.
 *
 * Most entries are the next step of a task, and at a million tasks their bytes count: an entry is
 * one word for a step, two for the timer of a task's sleep, and four for any other callback.
 *
 * Invariants: an entry lies in one chunk; no chunk but the last is empty; `count` is the number of
 * entries, each of which owns a reference to its argument and its future.
 */
#ifndef SIM_READY_H
#define SIM_READY_H

#include <stdbool.h>

#include "callback.h"
#include "error.h"

struct sim_alloc;
struct sim_task;

enum { SIM_READY_WORDS = 126 }; /* of a chunk: about a kilobyte */

struct sim_ready_chunk {
    struct sim_ready_chunk *next;
    uintptr_t words[SIM_READY_WORDS + 1]; /* a 0 is behind the last entry of a full chunk */
};

struct sim_ready_queue {
    struct sim_ready_chunk *first, *last; /* NULL: nothing was ever ready */
    uintptr_t *head;                      /* the first entry, in the first chunk */
    uintptr_t *end, *limit;               /* of what is used of the last chunk, and of its words */
    uint32_t count;
};

/* An entry's first word is the address of its callback's ops, or of a task with one of these. */
enum { SIM_READY_STEP = 1, SIM_READY_SLEEP = 2, SIM_READY_TAGS = 3 };

/* An entry as it is asked for. */
struct sim_ready {
    struct sim_callback
        callback;              /* &sim_task_step_ops for a step, &sim_task_timer_ops for a sleep */
    struct sim_future *future; /* the one that is done; NULL for what was scheduled directly */
    uint32_t id;               /* the handle's id; 0 for a task's step */
};

/* Makes room behind the last chunk; false when memory is out. */
bool sim_ready_add_chunk(struct sim_ready_queue *queue, struct sim_alloc *alloc) SIM_COLD;
/* Goes on to the next chunk, because the first is over. */
void sim_ready_drop_chunk(struct sim_ready_queue *queue, struct sim_alloc *alloc) SIM_COLD;

/* Room for an entry of so many words, which is then there; NULL when memory is out. */
static inline uintptr_t *sim_ready_append(struct sim_ready_queue *queue, struct sim_alloc *alloc,
                                          int words)
{
    if (queue->limit - queue->end < words && !sim_ready_add_chunk(queue, alloc))
        return NULL;
    uintptr_t *at = queue->end;
    queue->end += words;
    queue->count++;
    return at;
}

/* Appends the next step of a task, the callback of its sleep's timer, or another entry.  Errors:
 * SIM_ENOMEM, and then the references stay the caller's. */
SIM_MUST_CHECK static inline int sim_ready_push_step(struct sim_ready_queue *queue,
                                                     struct sim_alloc *alloc, struct sim_task *task)
{
    uintptr_t *at = sim_ready_append(queue, alloc, 1);
    if (!at)
        return SIM_ENOMEM;
    at[0] = (uintptr_t)task | SIM_READY_STEP;
    return 0;
}
SIM_MUST_CHECK static inline int sim_ready_push_sleep(struct sim_ready_queue *queue,
                                                      struct sim_alloc *alloc,
                                                      struct sim_task *task, uint32_t timer)
{
    uintptr_t *at = sim_ready_append(queue, alloc, 2);
    if (!at)
        return SIM_ENOMEM;
    at[0] = (uintptr_t)task | SIM_READY_SLEEP;
    at[1] = timer;
    return 0;
}
int sim_ready_push(struct sim_ready_queue *queue, struct sim_alloc *alloc,
                   const struct sim_ready *entry) SIM_MUST_CHECK;

/* Which of these the first entry is: SIM_READY_STEP, SIM_READY_SLEEP, or 0.  There must be one. */
static inline uintptr_t sim_ready_first(struct sim_ready_queue *queue, struct sim_alloc *alloc)
{
    if (*queue->head == 0)
        sim_ready_drop_chunk(queue, alloc);
    return *queue->head & SIM_READY_TAGS;
}

/* Takes the first entry out after sim_ready_first told so: a step, or a sleep and its timer; any.
 */
static inline struct sim_task *sim_ready_pop_step(struct sim_ready_queue *queue)
{
    uintptr_t word = *queue->head++;
    if (--queue->count == 0)
        queue->head = queue->end = queue->last->words;
    return (struct sim_task *)(word & ~(uintptr_t)SIM_READY_TAGS);
}
static inline struct sim_task *sim_ready_pop_sleep(struct sim_ready_queue *queue, uint32_t *timer)
{
    *timer = (uint32_t)queue->head[1];
    queue->head[1] = queue->head[0];
    queue->head++;
    return sim_ready_pop_step(queue);
}
struct sim_ready sim_ready_pop(struct sim_ready_queue *queue, struct sim_alloc *alloc);

/* Calls `visit` for each entry in order, which may not change the queue. */
void sim_ready_each(const struct sim_ready_queue *queue,
                    void (*visit)(void *user, const struct sim_ready *entry), void *user);

/* Gives back the memory of a queue that is empty. */
void sim_ready_fini(struct sim_ready_queue *queue, struct sim_alloc *alloc);

#endif
