/* Timers in order of (deadline, order of registration).
 *
 * A monotone radix heap: virtual time never goes back, so what is popped never decreases, except
 * for timers armed in the past, which a small binary heap takes.  Buckets keep their order, which
 * makes equal deadlines first in, first out.  (R. Ahuja, K. Mehlhorn, J. Orlin, R. Tarjan: Faster
 * algorithms for the shortest path problem, JACM 37, 1990.)  Digits have four bits; a bucket of few
 * timers is not spread further but sorted into `near`, where the next ones are taken from.
 *
 * Invariants: a deadline before `last_ns` is in `overdue`; one before `near_end_ns`, or in the same
 * bucket as it, in `near`, which is sorted; any other in the bucket of its highest digit that
 * differs from that of `last_ns`.  Buckets are lists of chunks, none of them empty.  Each entry
 * owns a reference to its handle or task.  Cancelled ones stay until they reach the head or
 * outnumber the others.
 */
#ifndef SIM_TIMER_H
#define SIM_TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct sim_alloc;
struct sim_handle;
struct sim_overdue;
struct sim_task;

enum {
    SIM_TIMER_DIGIT_BITS = 4,
    SIM_TIMER_DIGITS = 1 << SIM_TIMER_DIGIT_BITS, /* the values that a digit has */
    SIM_TIMER_BUCKETS = 64 / SIM_TIMER_DIGIT_BITS * SIM_TIMER_DIGITS,
    SIM_TIMER_CHUNK = 63, /* timers in a chunk: about a kilobyte */
    SIM_TIMER_FEW = 32,   /* in a bucket that is sorted */
    SIM_TIMER_NEAR = 64
};

/* An entry: a handle's, or that of a task that sleeps without a future.  There are many, and they
 * move often: two words each. */
struct sim_timer {
    int64_t deadline_ns;
    uintptr_t of; /* see timer_entry.h */
};

struct sim_timer_chunk {
    struct sim_timer_chunk *next;
    uint32_t head, count; /* items[head .. count) are queued */
    struct sim_timer items[SIM_TIMER_CHUNK];
};

struct sim_timer_bucket {
    struct sim_timer_chunk *first, *last; /* NULL: it is empty */
    int64_t min_ns;
    size_t count;
};

/* Those in the past: a binary heap. */
struct sim_overdue_heap {
    struct sim_overdue *items; /* the first is the earliest */
    size_t count, capacity;
    uint64_t sequence;
};

struct sim_timers {
    struct sim_timer_bucket buckets[SIM_TIMER_BUCKETS]; /* by digit's place, then by its value */
    uint64_t occupied[SIM_TIMER_BUCKETS / 64];          /* a bit for each that is not empty */
    struct sim_timer near[SIM_TIMER_NEAR];
    uint32_t near_head, near_count; /* near[head .. count) are queued */
    int64_t last_ns, near_end_ns;
    struct sim_timer_chunk *spare; /* chunks for later */
    size_t spare_count;
    struct sim_overdue_heap overdue;
    size_t count;     /* all entries */
    size_t cancelled; /* of which cancelled */
};

/* Gives back the reference of an entry that was taken out and will not be fired. */
void sim_timer_release(const struct sim_timer *timer);
/* Adds an entry, taking over the caller's reference unless it fails.  Errors: SIM_ENOMEM. */
int sim_timers_push(struct sim_timers *timers, struct sim_alloc *alloc,
                    struct sim_timer timer) SIM_MUST_CHECK;

/* The same for the sleep that a task begins: task->timer until task->until_ns. */
int sim_timers_push_sleep(struct sim_timers *timers, struct sim_alloc *alloc,
                          struct sim_task *task) SIM_MUST_CHECK;

/* The earliest entry, cancelled or not; NULL if there is none.  Borrowed, until the timers change.
 */
const struct sim_timer *sim_timers_first(const struct sim_timers *timers);
/* The earliest deadline, cancelled or not; there must be one. */
int64_t sim_timers_min(const struct sim_timers *timers);
/* Drops what is cancelled, so that the earliest entry is one that is not. */
void sim_timers_skip_cancelled(struct sim_timers *timers);

/* Takes the earliest entry out into *timer, handing its reference to the caller; the clock is to be
 * there.  Errors: SIM_ENOMEM, and then nothing has changed. */
int sim_timers_pop(struct sim_timers *timers, struct sim_alloc *alloc,
                   struct sim_timer *timer) SIM_MUST_CHECK;

/* There is no entry: the next may be due from now on, though the last that were taken out were
 * cancelled ones that would have been due later. */
void sim_timers_rewind(struct sim_timers *timers, int64_t now_ns);

/* Notes that one of the entries was cancelled; may drop all cancelled ones. */
void sim_timers_note_cancelled(struct sim_timers *timers);

/* Calls `visit` for each entry, in no particular order. */
void sim_timers_each(const struct sim_timers *timers,
                     void (*visit)(void *user, const struct sim_timer *timer), void *user);

/* Releases every entry and all memory. */
void sim_timers_fini(struct sim_timers *timers, struct sim_alloc *alloc);

#endif
