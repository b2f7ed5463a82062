#include "timer.h"

#include <assert.h>
#include <string.h>

#include "alloc.h"
#include "loop.h"
#include "overdue.h"
#include "task.h"
#include "timer_entry.h"

/* --- entries ---------------------------------------------------------------------------------- */

void sim_timer_release(const struct sim_timer *timer)
{
    struct sim_handle *handle = sim_timer_handle(timer);
    if (handle) {
        handle->flags &= (uint8_t)~SIM_HANDLE_ARMED;
        sim_handle_release(handle);
    } else {
        sim_future_release(&sim_timer_take_task(timer)->future);
    }
}

/* --- buckets ---------------------------------------------------------------------------------- */

/* Which digit, counted from the lowest, is the highest that differs. */
static unsigned place_of(int64_t deadline_ns, int64_t last_ns)
{
    uint64_t differs = (uint64_t)deadline_ns ^ (uint64_t)last_ns;
    return (63 - (unsigned)__builtin_clzll(differs | 1)) / SIM_TIMER_DIGIT_BITS;
}

/* The bucket where a deadline belongs that is not before `last`. */
static unsigned bucket_of(int64_t deadline_ns, int64_t last_ns)
{
    unsigned place = place_of(deadline_ns, last_ns);
    uint64_t digit = (uint64_t)deadline_ns >> (place * SIM_TIMER_DIGIT_BITS);
    return place * SIM_TIMER_DIGITS + (unsigned)(digit % SIM_TIMER_DIGITS);
}

/* The first bucket that is not empty; there must be one. */
static unsigned lowest_bucket(const struct sim_timers *timers)
{
    unsigned word = 0;
    while (timers->occupied[word] == 0)
        word++;
    return word * 64 + (unsigned)__builtin_ctzll(timers->occupied[word]);
}

static void give_chunk(struct sim_timers *timers, struct sim_timer_chunk *chunk)
{
    chunk->next = timers->spare;
    timers->spare = chunk;
    timers->spare_count++;
}

/* Sees to it that so many chunks are at hand. */
static int reserve(struct sim_timers *timers, struct sim_alloc *alloc, size_t chunks)
{
    while (timers->spare_count < chunks) {
        struct sim_timer_chunk *chunk = sim_alloc_resize(alloc, NULL, sizeof *chunk);
        if (!chunk)
            return SIM_ENOMEM;
        give_chunk(timers, chunk);
    }
    return 0;
}

/* Appends a spare chunk to a bucket. */
static struct sim_timer_chunk *add_chunk(struct sim_timers *timers, unsigned index)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    struct sim_timer_chunk *chunk = timers->spare;
    timers->spare = chunk->next;
    timers->spare_count--;
    chunk->next = NULL;
    chunk->head = chunk->count = 0;
    if (bucket->first) {
        bucket->last->next = chunk;
    } else {
        bucket->first = chunk;
        bucket->min_ns = INT64_MAX;
        timers->occupied[index / 64] |= UINT64_C(1) << index % 64;
    }
    bucket->last = chunk;
    return chunk;
}

/* Appends an entry, a chunk being at hand where it needs one. */
static void bucket_add(struct sim_timers *timers, unsigned index, const struct sim_timer *timer)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    struct sim_timer_chunk *chunk = bucket->last;
    if (!bucket->first || chunk->count == SIM_TIMER_CHUNK)
        chunk = add_chunk(timers, index);
    chunk->items[chunk->count++] = *timer;
    bucket->count++;
    if (timer->deadline_ns < bucket->min_ns)
        bucket->min_ns = timer->deadline_ns;
}

/* Gives back the bucket's first chunk, whose entries are elsewhere now. */
static void drop_first_chunk(struct sim_timers *timers, unsigned index)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    struct sim_timer_chunk *chunk = bucket->first;
    bucket->first = chunk->next;
    if (!bucket->first)
        timers->occupied[index / 64] &= ~(UINT64_C(1) << index % 64);
    give_chunk(timers, chunk);
}

static void prefetch_lines(const void *block, int lines)
{
    enum { LINE = 64 };
    for (int i = 0; i < lines; i++)
        __builtin_prefetch((const char *)block + i * LINE);
}

/* The block that an entry leads to is going to be needed, AHEAD entries from now or sooner. */
enum { AHEAD = 6 };
static void prefetch(const struct sim_timer *timer)
{
    enum { LINES = 3 }; /* a task with a small frame behind it */
    prefetch_lines(sim_timer_address(timer), LINES);
}

/* Takes the bucket's first entry. */
static struct sim_timer bucket_take(struct sim_timers *timers, unsigned index)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    struct sim_timer_chunk *chunk = bucket->first;
    struct sim_timer timer = chunk->items[chunk->head++];
    if (chunk->head + AHEAD < chunk->count)
        prefetch(&chunk->items[chunk->head + AHEAD]);
    bucket->count--;
    if (chunk->head == chunk->count)
        drop_first_chunk(timers, index);
    return timer;
}

/* --- the next ones ---------------------------------------------------------------------------- */

/* Puts an entry behind those that are not later; there is room. */
static void near_insert(struct sim_timers *timers, const struct sim_timer *timer)
{
    uint32_t at = timers->near_count++;
    for (; at > timers->near_head && timers->near[at - 1].deadline_ns > timer->deadline_ns; at--)
        timers->near[at] = timers->near[at - 1];
    timers->near[at] = *timer;
}

/* Of more than one entry, those that are to stay: about half, but equal deadlines stay together. */
static uint32_t near_half(const struct sim_timers *timers)
{
    const struct sim_timer *near = timers->near;
    uint32_t half = timers->near_count / 2, at = half;
    while (at < timers->near_count && near[at].deadline_ns == near[at - 1].deadline_ns)
        at++;
    if (at < timers->near_count)
        return at;
    for (at = half; at > 0 && near[at].deadline_ns == near[at - 1].deadline_ns; at--)
        ;
    return at;
}

/* Makes room for one more, by moving the later half to where it belongs otherwise. */
static int near_room(struct sim_timers *timers, struct sim_alloc *alloc)
{
    uint32_t count = timers->near_count - timers->near_head;
    if (timers->near_count < SIM_TIMER_NEAR)
        return 0;
    if (timers->near_head > 0) {
        memmove(timers->near, timers->near + timers->near_head, count * sizeof *timers->near);
        timers->near_head = 0;
        timers->near_count = count;
        return 0;
    }
    uint32_t stay = near_half(timers);
    if (reserve(timers, alloc, count - stay) < 0)
        return SIM_ENOMEM;
    timers->near_end_ns = timers->near[stay].deadline_ns;
    for (uint32_t i = stay; i < count; i++)
        bucket_add(timers, bucket_of(timers->near[i].deadline_ns, timers->last_ns),
                   &timers->near[i]);
    timers->near_count = stay;
    return 0;
}

/* Fetches what the entries of the lowest bucket lead to, while those before it are used. */
static void prefetch_lowest(const struct sim_timers *timers)
{
    if (timers->count == timers->near_count)
        return;
    const struct sim_timer_bucket *bucket = &timers->buckets[lowest_bucket(timers)];
    if (bucket->count > SIM_TIMER_FEW)
        return;
    for (const struct sim_timer_chunk *chunk = bucket->first; chunk; chunk = chunk->next)
        for (uint32_t i = chunk->head; i < chunk->count; i++)
            prefetch(&chunk->items[i]);
}

/* A task that wakes up may soon end, and then its neighbours on the list are written to. */
static void prefetch_neighbours(const struct sim_timer *timer)
{
    if (!(timer->of & SIM_TIMER_TASK))
        return;
    const struct sim_task *task = sim_timer_address(timer);
    if (task->previous)
        __builtin_prefetch(&task->previous->next, 1);
    if (task->next)
        __builtin_prefetch(&task->next->previous, 1);
}

/* Sorts a bucket of few into `near`, which is empty. */
static void bucket_to_near(struct sim_timers *timers, unsigned index)
{
    unsigned place = index / SIM_TIMER_DIGITS * SIM_TIMER_DIGIT_BITS;
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    int64_t min_ns = bucket->min_ns;
    bucket->count = 0;
    while (bucket->first) {
        const struct sim_timer_chunk *chunk = bucket->first;
        for (uint32_t i = chunk->head; i < chunk->count; i++) {
            prefetch(&chunk->items[i]);
            near_insert(timers, &chunk->items[i]);
        }
        drop_first_chunk(timers, index);
    }
    timers->last_ns = min_ns;
    timers->near_end_ns = (int64_t)((((uint64_t)min_ns >> place) + 1) << place);
    prefetch_lowest(timers);
    for (uint32_t i = 0; i < timers->near_count; i++)
        prefetch_neighbours(&timers->near[i]);
}

/* Moves a bucket's entries to where they belong once its least deadline is `last`: all to lower
 * buckets, in order. */
static int spread(struct sim_timers *timers, struct sim_alloc *alloc, unsigned index)
{
    struct sim_timer_bucket *bucket = &timers->buckets[index];
    enum { CHUNK_LINES = 4 }; /* with these the processor sees that more are to come */
    size_t lower = index / SIM_TIMER_DIGITS * SIM_TIMER_DIGITS;
    if (reserve(timers, alloc, bucket->count < lower ? bucket->count : lower) < 0)
        return SIM_ENOMEM;
    timers->last_ns = timers->near_end_ns = bucket->min_ns;
    bucket->count = 0;
    while (bucket->first) {
        const struct sim_timer_chunk *chunk = bucket->first;
        prefetch_lines(chunk->next, CHUNK_LINES);
        for (uint32_t i = chunk->head; i < chunk->count; i++) {
            unsigned to = bucket_of(chunk->items[i].deadline_ns, timers->last_ns);
            assert(to < index);
            bucket_add(timers, to, &chunk->items[i]);
        }
        drop_first_chunk(timers, index);
    }
    return 0;
}

/* --- the queue -------------------------------------------------------------------------------- */

int sim_timers_push(struct sim_timers *timers, struct sim_alloc *alloc, struct sim_timer timer)
{
    int error;
    if (timer.deadline_ns < timers->last_ns) {
        error = sim_overdue_push(&timers->overdue, alloc, timer);
    } else {
        error = timer.deadline_ns < timers->near_end_ns ? near_room(timers, alloc) : 0;
        /* Making room may have moved the end. */
        if (error == 0 && timer.deadline_ns < timers->near_end_ns)
            near_insert(timers, &timer);
        else if (error == 0 && (error = reserve(timers, alloc, 1)) == 0)
            bucket_add(timers, bucket_of(timer.deadline_ns, timers->last_ns), &timer);
    }
    timers->count += error == 0;
    return error;
}

int sim_timers_push_sleep(struct sim_timers *timers, struct sim_alloc *alloc, struct sim_task *task)
{
    struct sim_timer timer = {task->until_ns, (uintptr_t)task | SIM_TIMER_TASK};
    struct sim_nap *nap = NULL;
    task->timer_apart = task->timer_given_up;
    if (task->timer_apart) {
        nap = sim_alloc_take(alloc, sizeof *nap);
        if (!nap)
            return SIM_ENOMEM;
        *nap = (struct sim_nap){task, task->timer};
        timer.of = (uintptr_t)nap | SIM_TIMER_NAP;
    }
    int error = sim_timers_push(timers, alloc, timer);
    if (error < 0 && nap)
        sim_alloc_give(alloc, nap, sizeof *nap);
    return error;
}

int64_t sim_timers_min(const struct sim_timers *timers)
{
    assert(timers->count > 0);
    if (timers->overdue.count > 0)
        return timers->overdue.items[0].timer.deadline_ns;
    if (timers->near_head < timers->near_count)
        return timers->near[timers->near_head].deadline_ns;
    return timers->buckets[lowest_bucket(timers)].min_ns;
}

const struct sim_timer *sim_timers_first(const struct sim_timers *timers)
{
    if (timers->count == 0)
        return NULL;
    if (timers->overdue.count > 0)
        return &timers->overdue.items[0].timer;
    if (timers->near_head < timers->near_count)
        return &timers->near[timers->near_head];
    const struct sim_timer_bucket *bucket = &timers->buckets[lowest_bucket(timers)];
    for (struct sim_timer_chunk *chunk = bucket->first; chunk; chunk = chunk->next)
        for (uint32_t i = chunk->head; i < chunk->count; i++)
            if (chunk->items[i].deadline_ns == bucket->min_ns)
                return &chunk->items[i];
    return NULL;
}

int sim_timers_pop(struct sim_timers *timers, struct sim_alloc *alloc, struct sim_timer *timer)
{
    assert(timers->count > 0);
    if (timers->overdue.count > 0) {
        *timer = sim_overdue_pop(&timers->overdue);
        timers->count--;
        return 0;
    }
    while (timers->near_head == timers->near_count) {
        unsigned index = lowest_bucket(timers);
        timers->near_head = timers->near_count = 0;
        if (index < SIM_TIMER_DIGITS) { /* all deadlines in it are equal */
            timers->last_ns = timers->near_end_ns = timers->buckets[index].min_ns;
            *timer = bucket_take(timers, index);
            timers->count--;
            return 0;
        }
        if (timers->buckets[index].count <= SIM_TIMER_FEW)
            bucket_to_near(timers, index);
        else if (spread(timers, alloc, index) < 0)
            return SIM_ENOMEM;
    }
    *timer = timers->near[timers->near_head++];
    timers->count--;
    return 0;
}

void sim_timers_rewind(struct sim_timers *timers, int64_t now_ns)
{
    assert(timers->count == 0);
    timers->near_head = timers->near_count = 0;
    timers->last_ns = timers->near_end_ns = now_ns;
}

/* --- cancelling ------------------------------------------------------------------------------- */

/* Closes up the entries of a bucket that are to be kept. */
static void purge_bucket(struct sim_timers *timers, unsigned index)
{
    struct sim_timer_chunk *chunk = timers->buckets[index].first;
    timers->buckets[index] = (struct sim_timer_bucket){0};
    timers->occupied[index / 64] &= ~(UINT64_C(1) << index % 64);
    while (chunk) {
        struct sim_timer_chunk old = *chunk;
        give_chunk(timers, chunk); /* it is at hand for what is kept of it */
        chunk = old.next;
        for (uint32_t i = old.head; i < old.count; i++) {
            if (i + AHEAD < old.count)
                prefetch(&old.items[i + AHEAD]);
            if (sim_timer_is_cancelled(&old.items[i]))
                sim_timer_release(&old.items[i]);
            else
                bucket_add(timers, index, &old.items[i]);
        }
    }
}

static void purge_near(struct sim_timers *timers)
{
    uint32_t head = timers->near_head, count = timers->near_count;
    timers->near_head = timers->near_count = 0;
    for (uint32_t i = head; i < count; i++) {
        struct sim_timer timer = timers->near[i];
        if (sim_timer_is_cancelled(&timer))
            sim_timer_release(&timer);
        else
            timers->near[timers->near_count++] = timer;
    }
}

/* Drops all that are cancelled, but for the overdue ones: these leave at the next iteration. */
static void purge(struct sim_timers *timers)
{
    purge_near(timers);
    timers->count = timers->near_count + timers->overdue.count;
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++) {
        if (timers->buckets[b].first)
            purge_bucket(timers, b);
        timers->count += timers->buckets[b].count;
    }
    timers->cancelled = 0;
    for (size_t i = 0; i < timers->overdue.count; i++)
        timers->cancelled += sim_timer_is_cancelled(&timers->overdue.items[i].timer);
}

void sim_timers_note_cancelled(struct sim_timers *timers)
{
    /* The same proportion as in CPython's base_events.py, but of those that a purge can drop. */
    enum { FEW = 100 };
    size_t overdue = timers->overdue.count;
    if (++timers->cancelled > overdue + FEW &&
        (timers->cancelled - overdue) * 2 > timers->count - overdue)
        purge(timers);
}

void sim_timers_skip_cancelled(struct sim_timers *timers)
{
    while (timers->overdue.count > 0 && sim_timer_is_cancelled(&timers->overdue.items[0].timer)) {
        struct sim_timer timer = sim_overdue_pop(&timers->overdue);
        timers->count--;
        timers->cancelled--;
        sim_timer_release(&timer);
    }
    const struct sim_timer *first = sim_timers_first(timers);
    if (first && sim_timer_is_cancelled(first))
        purge(timers);
}

/* --- all of them ------------------------------------------------------------------------------ */

void sim_timers_each(const struct sim_timers *timers,
                     void (*visit)(void *user, const struct sim_timer *timer), void *user)
{
    for (size_t i = 0; i < timers->overdue.count; i++)
        visit(user, &timers->overdue.items[i].timer);
    for (uint32_t i = timers->near_head; i < timers->near_count; i++)
        visit(user, &timers->near[i]);
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++)
        for (struct sim_timer_chunk *chunk = timers->buckets[b].first; chunk; chunk = chunk->next)
            for (uint32_t i = chunk->head; i < chunk->count; i++)
                visit(user, &chunk->items[i]);
}

static void release_entry(void *user, const struct sim_timer *timer)
{
    (void)user;
    sim_timer_release(timer);
}

static void free_chunks(struct sim_alloc *alloc, struct sim_timer_chunk *chunk)
{
    while (chunk) {
        struct sim_timer_chunk *next = chunk->next;
        sim_alloc_free(alloc, chunk);
        chunk = next;
    }
}

void sim_timers_fini(struct sim_timers *timers, struct sim_alloc *alloc)
{
    struct sim_timers old = *timers;
    *timers = (struct sim_timers){0}; /* releasing may run guest code that looks */
    sim_timers_each(&old, release_entry, NULL);
    for (unsigned b = 0; b < SIM_TIMER_BUCKETS; b++)
        free_chunks(alloc, old.buckets[b].first);
    free_chunks(alloc, old.spare);
    sim_alloc_free(alloc, old.overdue.items);
}
