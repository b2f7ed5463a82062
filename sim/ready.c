#include "ready.h"

#include <assert.h>

#include "alloc.h"
#include "task.h"

enum { STEP_WORDS = 1, SLEEP_WORDS = 2, OTHER_WORDS = 4 };

bool sim_ready_add_chunk(struct sim_ready_queue *queue, struct sim_alloc *alloc)
{
    struct sim_ready_chunk *chunk = sim_alloc_resize(alloc, NULL, sizeof *chunk);
    if (!chunk)
        return false;
    chunk->next = NULL;
    if (queue->last) {
        *queue->end = 0;
        queue->last->next = chunk;
    } else {
        queue->first = chunk;
        queue->head = chunk->words;
    }
    queue->last = chunk;
    queue->end = chunk->words;
    queue->limit = chunk->words + SIM_READY_WORDS;
    return true;
}

void sim_ready_drop_chunk(struct sim_ready_queue *queue, struct sim_alloc *alloc)
{
    struct sim_ready_chunk *chunk = queue->first;
    queue->first = chunk->next;
    queue->head = queue->first->words;
    sim_alloc_free(alloc, chunk);
}

int sim_ready_push(struct sim_ready_queue *queue, struct sim_alloc *alloc,
                   const struct sim_ready *entry)
{
    uintptr_t *at = sim_ready_append(queue, alloc, OTHER_WORDS);
    if (!at)
        return SIM_ENOMEM;
    at[0] = (uintptr_t)entry->callback.ops;
    at[1] = (uintptr_t)entry->callback.arg;
    at[2] = (uintptr_t)entry->future;
    at[3] = entry->id;
    return 0;
}

static uint32_t words_of(uintptr_t first)
{
    return first & SIM_READY_STEP    ? STEP_WORDS
           : first & SIM_READY_SLEEP ? SLEEP_WORDS
                                     : OTHER_WORDS;
}

static struct sim_ready entry_at(const uintptr_t *at)
{
    void *task = (void *)(at[0] & ~(uintptr_t)SIM_READY_TAGS);
    if (at[0] & SIM_READY_STEP)
        return (struct sim_ready){.callback = {&sim_task_step_ops, task}};
    if (at[0] & SIM_READY_SLEEP)
        return (struct sim_ready){.callback = {&sim_task_timer_ops, task}, .id = (uint32_t)at[1]};
    return (struct sim_ready){
        .callback = {(const struct sim_callback_ops *)at[0], (void *)at[1]},
        .future = (struct sim_future *)at[2],
        .id = (uint32_t)at[3],
    };
}

struct sim_ready sim_ready_pop(struct sim_ready_queue *queue, struct sim_alloc *alloc)
{
    assert(queue->count > 0);
    (void)sim_ready_first(queue, alloc);
    struct sim_ready entry = entry_at(queue->head);
    queue->head += words_of(*queue->head);
    if (--queue->count == 0)
        queue->head = queue->end = queue->last->words;
    return entry;
}

void sim_ready_each(const struct sim_ready_queue *queue,
                    void (*visit)(void *user, const struct sim_ready *entry), void *user)
{
    const struct sim_ready_chunk *chunk = queue->first;
    const uintptr_t *at = queue->head;
    for (uint32_t left = queue->count; left > 0; left--) {
        if (*at == 0) {
            chunk = chunk->next;
            at = chunk->words;
        }
        struct sim_ready entry = entry_at(at);
        visit(user, &entry);
        at += words_of(*at);
    }
}

void sim_ready_fini(struct sim_ready_queue *queue, struct sim_alloc *alloc)
{
    assert(queue->count == 0 && queue->first == queue->last);
    if (queue->last)
        sim_alloc_free(alloc, queue->last);
    *queue = (struct sim_ready_queue){0};
}
