/* Timers in order of (deadline, order of registration).
 *
 * A monotone radix heap: virtual time never goes back, so what is popped never decreases, except
 * for timers armed in the past, which a small binary heap takes.  Buckets keep their order, which
 * makes equal deadlines first in, first out.  (R. Ahuja, K. Mehlhorn, J. Orlin, R. Tarjan: Faster
 * algorithms for the shortest path problem, JACM 37, 1990.)
 *
 * Invariants: bucket 0 holds the deadlines equal to `last_ns`, bucket b those whose highest bit
 * that differs from it is b - 1; `overdue` holds those before it.  Each entry owns a reference to
 * its handle.  Cancelled handles stay until they reach the head or outnumber the others.
 */
#ifndef SIM_TIMER_H
#define SIM_TIMER_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct sim_alloc;
struct sim_handle;

#define SIM_TIMER_BUCKETS 64

struct sim_timer {
    int64_t deadline_ns;
    struct sim_handle *handle;
};

struct sim_timer_bucket {
    struct sim_timer *items;
    uint32_t head, count, capacity; /* items[head .. count) are queued; head is 0 but in bucket 0 */
    int64_t min_ns;
};

struct sim_overdue {
    struct sim_timer timer;
    uint64_t sequence;
};

struct sim_timers {
    struct sim_timer_bucket buckets[SIM_TIMER_BUCKETS];
    uint64_t occupied; /* bit b: bucket b is not empty */
    int64_t last_ns;
    struct sim_overdue *overdue;
    size_t overdue_count, overdue_capacity;
    uint64_t sequence;
    size_t count;     /* all entries */
    size_t cancelled; /* of which cancelled */
};

/* Adds a handle, taking over the caller's reference unless it fails.  Errors: SIM_ENOMEM. */
int sim_timers_push(struct sim_timers *timers, struct sim_alloc *alloc, int64_t deadline_ns,
                    struct sim_handle *handle) SIM_MUST_CHECK;

/* The earliest deadline, cancelled or not; there must be one. */
int64_t sim_timers_min(const struct sim_timers *timers);

/* The earliest entry, cancelled or not; NULL if there is none.  Borrowed, until the timers change.
 */
const struct sim_timer *sim_timers_first(const struct sim_timers *timers);
/* Takes that entry out, there must be one, wherever the clock is; hands its reference over. */
struct sim_handle *sim_timers_take_first(struct sim_timers *timers);

/* Takes the earliest entry out into *timer, handing its reference to the caller.  Errors:
 * SIM_ENOMEM, and then nothing has changed. */
int sim_timers_pop(struct sim_timers *timers, struct sim_alloc *alloc,
                   struct sim_timer *timer) SIM_MUST_CHECK;

/* Notes that one of the entries was cancelled; may drop all cancelled ones. */
void sim_timers_note_cancelled(struct sim_timers *timers);

/* Calls `visit` for each entry, in no particular order. */
void sim_timers_each(const struct sim_timers *timers,
                     void (*visit)(void *user, const struct sim_timer *timer), void *user);

/* Releases every entry and all memory. */
void sim_timers_fini(struct sim_timers *timers, struct sim_alloc *alloc);

#endif
