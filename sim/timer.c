#include "timer.h"

#include <assert.h>
#include <string.h>

#include "alloc.h"
#include "loop.h"

/* The bucket where a deadline belongs that is not before `last`. */
static unsigned bucket_of(int64_t deadline_ns, int64_t last_ns)
{
    uint64_t differs = (uint64_t)deadline_ns ^ (uint64_t)last_ns;
    return differs ? 64 - (unsigned)__builtin_clzll(differs) : 0;
}

static int bucket_push(struct sim_timers *timers, struct sim_alloc *alloc, unsigned index,
                       struct sim_timer timer)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    if (bucket->count == bucket->capacity) {
        uint32_t capacity = bucket->capacity ? bucket->capacity * 2 : 8;
        void *items = sim_alloc_resize(alloc, bucket->items, capacity * sizeof *bucket->items);
        if (!items)
            return SIM_ENOMEM;
        bucket->items = items;
        bucket->capacity = capacity;
    }
    if (bucket->count == bucket->head || timer.deadline_ns < bucket->min_ns)
        bucket->min_ns = timer.deadline_ns;
    bucket->items[bucket->count++] = timer;
    timers->occupied |= UINT64_C(1) << index;
    return 0;
}

/* --- timers in the past ----------------------------------------------------------------------- */

static bool overdue_before(const struct sim_overdue *a, const struct sim_overdue *b)
{
    if (a->timer.deadline_ns != b->timer.deadline_ns)
        return a->timer.deadline_ns < b->timer.deadline_ns;
    return a->sequence < b->sequence;
}

static int overdue_push(struct sim_timers *timers, struct sim_alloc *alloc, struct sim_timer timer)
{
    if (timers->overdue_count == timers->overdue_capacity) {
        size_t capacity = timers->overdue_capacity ? timers->overdue_capacity * 2 : 8;
        void *items = sim_alloc_resize(alloc, timers->overdue, capacity * sizeof *timers->overdue);
        if (!items)
            return SIM_ENOMEM;
        timers->overdue = items;
        timers->overdue_capacity = capacity;
    }
    struct sim_overdue *heap = timers->overdue, added = {timer, timers->sequence++};
    size_t at = timers->overdue_count++;
    for (size_t parent; at > 0 && overdue_before(&added, &heap[parent = (at - 1) / 2]); at = parent)
        heap[at] = heap[parent];
    heap[at] = added;
    return 0;
}

static struct sim_timer overdue_pop(struct sim_timers *timers)
{
    struct sim_overdue *heap = timers->overdue, first = heap[0];
    size_t count = --timers->overdue_count, at = 0;
    struct sim_overdue moved = heap[count];
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && overdue_before(&heap[child + 1], &heap[child]))
            child++;
        if (!overdue_before(&heap[child], &moved))
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
    return first.timer;
}

/* --- the queue -------------------------------------------------------------------------------- */

int sim_timers_push(struct sim_timers *timers, struct sim_alloc *alloc, int64_t deadline_ns,
                    struct sim_handle *handle)
{
    struct sim_timer timer = {deadline_ns, handle};
    int error = deadline_ns < timers->last_ns
                    ? overdue_push(timers, alloc, timer)
                    : bucket_push(timers, alloc, bucket_of(deadline_ns, timers->last_ns), timer);
    timers->count += error == 0;
    return error;
}

/* Finds a bucket's least deadline anew, or marks it as empty. */
static void set_min(struct sim_timers *timers, unsigned index)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    if (bucket->head == bucket->count) {
        bucket->head = bucket->count = 0;
        timers->occupied &= ~(UINT64_C(1) << index);
        return;
    }
    bucket->min_ns = bucket->items[bucket->head].deadline_ns;
    for (uint32_t i = bucket->head + 1; i < bucket->count; i++)
        if (bucket->items[i].deadline_ns < bucket->min_ns)
            bucket->min_ns = bucket->items[i].deadline_ns;
}

int64_t sim_timers_min(const struct sim_timers *timers)
{
    assert(timers->count > 0);
    if (timers->overdue_count > 0)
        return timers->overdue[0].timer.deadline_ns;
    return timers->buckets[__builtin_ctzll(timers->occupied)].min_ns;
}

const struct sim_timer *sim_timers_first(const struct sim_timers *timers)
{
    if (timers->count == 0)
        return NULL;
    if (timers->overdue_count > 0)
        return &timers->overdue[0].timer;
    const struct sim_timer_bucket *bucket = &timers->buckets[__builtin_ctzll(timers->occupied)];
    uint32_t at = bucket->head;
    while (bucket->items[at].deadline_ns != sim_timers_min(timers))
        at++;
    return &bucket->items[at];
}

struct sim_handle *sim_timers_take_first(struct sim_timers *timers)
{
    const struct sim_timer *first = sim_timers_first(timers);
    struct sim_handle *handle = first->handle;
    timers->count--;
    if (timers->overdue_count > 0) {
        overdue_pop(timers);
        return handle;
    }
    unsigned index = (unsigned)__builtin_ctzll(timers->occupied);
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    uint32_t at = (uint32_t)(first - bucket->items);
    memmove(&bucket->items[at], &bucket->items[at + 1],
            (--bucket->count - at) * sizeof *bucket->items);
    set_min(timers, index);
    return handle;
}

/* Moves the lowest bucket's entries to where they belong once its least deadline is `last`: all to
 * lower buckets, in order. */
static int redistribute(struct sim_timers *timers, struct sim_alloc *alloc)
{
    unsigned index = (unsigned)__builtin_ctzll(timers->occupied);
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    int64_t last_ns = timers->last_ns;
    timers->last_ns = bucket->min_ns;
    for (uint32_t i = 0; i < bucket->count; i++) {
        struct sim_timer timer = bucket->items[i];
        unsigned to = bucket_of(timer.deadline_ns, timers->last_ns);
        assert(to < index);
        if (bucket_push(timers, alloc, to, timer) < 0) {
            /* Undo: the lower buckets were empty, and this one still holds all. */
            for (unsigned b = 0; b < index; b++)
                timers->buckets[b].count = timers->buckets[b].head = 0;
            timers->occupied &= ~((UINT64_C(1) << index) - 1);
            timers->last_ns = last_ns;
            return SIM_ENOMEM;
        }
    }
    bucket->count = 0;
    timers->occupied &= ~(UINT64_C(1) << index);
    return 0;
}

int sim_timers_pop(struct sim_timers *timers, struct sim_alloc *alloc, struct sim_timer *timer)
{
    assert(timers->count > 0);
    if (timers->overdue_count > 0) {
        *timer = overdue_pop(timers);
        timers->count--;
        return 0;
    }
    struct sim_timer_bucket *due = &timers->buckets[0];
    if (due->count == due->head) {
        int error = redistribute(timers, alloc);
        if (error < 0)
            return error;
    }
    *timer = due->items[due->head++];
    if (due->head == due->count) {
        due->head = due->count = 0;
        timers->occupied &= ~UINT64_C(1);
    }
    timers->count--;
    return 0;
}

static bool keep_or_release(const struct sim_timer *timer)
{
    if (!(timer->handle->flags & SIM_HANDLE_CANCELLED))
        return true;
    timer->handle->flags &= (uint8_t)~SIM_HANDLE_ARMED;
    sim_handle_release(timer->handle);
    return false;
}

static void purge_bucket(struct sim_timers *timers, unsigned index)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    uint32_t kept = 0;
    for (uint32_t i = bucket->head; i < bucket->count; i++) {
        struct sim_timer timer = bucket->items[i];
        if (keep_or_release(&timer))
            bucket->items[kept++] = timer;
    }
    bucket->head = 0;
    bucket->count = kept;
    set_min(timers, index);
}

void sim_timers_note_cancelled(struct sim_timers *timers)
{
    /* The same proportion as in CPython's base_events.py. */
    enum { FEW = 100 };
    if (++timers->cancelled <= FEW || timers->cancelled * 2 <= timers->count)
        return;
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++)
        if (timers->occupied >> b & 1)
            purge_bucket(timers, b);
    timers->count = 0;
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++)
        timers->count += timers->buckets[b].count;
    /* The few overdue ones leave at the next iteration anyway. */
    timers->cancelled = 0;
    for (size_t i = 0; i < timers->overdue_count; i++)
        timers->cancelled += (timers->overdue[i].timer.handle->flags & SIM_HANDLE_CANCELLED) != 0;
    timers->count += timers->overdue_count;
}

void sim_timers_each(const struct sim_timers *timers,
                     void (*visit)(void *user, const struct sim_timer *timer), void *user)
{
    for (size_t i = 0; i < timers->overdue_count; i++)
        visit(user, &timers->overdue[i].timer);
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++)
        for (uint32_t i = timers->buckets[b].head; i < timers->buckets[b].count; i++)
            visit(user, &timers->buckets[b].items[i]);
}

static void release_entry(void *user, const struct sim_timer *timer)
{
    (void)user;
    timer->handle->flags &= (uint8_t)~SIM_HANDLE_ARMED;
    sim_handle_release(timer->handle);
}

void sim_timers_fini(struct sim_timers *timers, struct sim_alloc *alloc)
{
    struct sim_timers old = *timers;
    *timers = (struct sim_timers){0}; /* releasing may run guest code that looks */
    sim_timers_each(&old, release_entry, NULL);
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++)
        sim_alloc_free(alloc, old.buckets[b].items);
    sim_alloc_free(alloc, old.overdue);
}
