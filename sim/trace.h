/* The trace: everything that happened in a run, as an append-only array of small records.
 *
 * It is the only thing that crosses from the simulated half of the program to the drawn half.
 *
 * Invariants:
 *  - Records are never changed once appended, and are 16 bytes, little-endian.
 *  - Virtual time is not in the record: it stands still between two CLOCK events, and begins at 0.
 *  - A text id is the byte offset of its entry in the text region, divided by 4; id 0 is "".
 *    An entry is a 32-bit length, the bytes (UTF-8), a NUL, and padding to 4 bytes.
 *  - What is below the published counts is complete: a reader in another process that maps the same
 *    memory may read it at any time, without a lock.
 *  - Nothing in a trace depends on an address, the wall clock, the locale or the machine, so the
 *    same run has the same hash everywhere.
 */
#ifndef SIM_TRACE_H
#define SIM_TRACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "trace_flags.h"

struct sim_alloc;

/* Event kinds: SIM_EV_RUN_BEGIN, ... */
enum sim_event_kind {
    SIM_EV_NONE,
#define SIM_EVENT(name, text, id, flag, a, b, meaning) SIM_EV_##name,
#include "trace_events.def"
    SIM_EV_KINDS
};

/* One record.  Which words hold what: trace_events.def. */
struct sim_event {
    uint8_t kind; /* enum sim_event_kind */
    uint8_t flag;
    uint16_t aux;
    uint32_t id;
    union {
        struct {
            uint32_t a, b;
        };
        int64_t ns;
    };
};
_Static_assert(sizeof(struct sim_event) == 16, "a trace record is 16 bytes");

#define SIM_TRACE_MAGIC UINT64_C(0x0a01736377617773) /* "swawcs\1\n" */
#define SIM_TRACE_VERSION 2

/* Head of the shared memory: what a reader may read so far. */
struct sim_trace_head {
    uint64_t magic;
    uint32_t version;
    uint32_t pad;
    _Atomic uint64_t event_count;
    _Atomic uint64_t text_bytes;
};

/* Where a trace lives.  The regions are reserved address space: pages become real when touched. */
struct sim_trace_memory {
    struct sim_trace_head *head;
    struct sim_event *events;
    char *text;
    size_t event_capacity;
    size_t text_capacity; /* bytes, at most 2^34 */
    /* Makes the next piece of a region real before it is written; NULL: it already is. */
    int (*commit)(struct sim_alloc *alloc, void *address, size_t size);
};

/* Bytes of one piece: events and texts are committed this much at a time. */
#define SIM_TRACE_CHUNK ((size_t)2 << 20)

/* How many bytes one mapping needs that holds the head, the events and the texts, in this order,
 * each on a chunk's boundary; and a memory laid out so at `base`, its capacities rounded up to
 * whole chunks.  `commit` is left NULL. */
size_t sim_trace_memory_size(size_t event_capacity, size_t text_capacity);
struct sim_trace_memory sim_trace_memory_at(void *base, size_t event_capacity,
                                            size_t text_capacity);

/* Reserves anonymous memory for a trace / gives it back.  Errors: SIM_ENOMEM. */
int sim_trace_memory_reserve(struct sim_alloc *alloc, size_t event_capacity, size_t text_capacity,
                             struct sim_trace_memory *out) SIM_MUST_CHECK;
void sim_trace_memory_free(struct sim_alloc *alloc, struct sim_trace_memory *memory);

/* --- writing ---------------------------------------------------------------------------------- */

enum { SIM_TRACE_RECENT = 16, SIM_TRACE_CONSTANTS = 16 };

/* The recorder.  A failure to grow is remembered in `error` (SIM_ENOMEM, SIM_EFULL), later events
 * are dropped, and the loop that records into it stops at the end of its iteration. */
struct sim_trace {
    struct sim_event *events;
    size_t count;
    size_t limit;     /* events below it are committed: append without looking */
    size_t budget;    /* events that may be appended; at first what the memory holds */
    size_t committed; /* bytes of events, at least up to `limit` */
    struct sim_trace_memory memory;
    struct sim_alloc *alloc;
    uint32_t *slots;   /* open-addressing table of interned text ids, 0 is free */
    size_t slot_count; /* a power of two */
    size_t slot_used;
    uint32_t recent[SIM_TRACE_RECENT]; /* ids of texts that are likely to be asked for again */
    struct {
        const char *text;
        uint32_t id;
    } constants[SIM_TRACE_CONSTANTS]; /* the same for sim_trace_intern_constant */
    size_t text_used;
    size_t text_limit;
    int error;
};

/* Begins an empty trace in `memory`, which stays the caller's and must outlive it. */
int sim_trace_init(struct sim_trace *trace, const struct sim_trace_memory *memory,
                   struct sim_alloc *alloc) SIM_MUST_CHECK;
/* Frees what the recorder holds besides `memory`. */
void sim_trace_close(struct sim_trace *trace);

/* Makes room for one more event; false if there is none. */
bool sim_trace_grow(struct sim_trace *trace) SIM_COLD;

/* Appends a record that is still open: the next one, or sim_trace_turn, publishes it.  `trace` may
 * be NULL: nothing is recorded. */
static inline void sim_trace_put_open(struct sim_trace *trace, struct sim_event event)
{
    if (trace && (trace->count != trace->limit || sim_trace_grow(trace)))
        trace->events[trace->count++] = event;
}

/* Appends one record and publishes it. */
static inline void sim_trace_put(struct sim_trace *trace, struct sim_event event)
{
    if (!trace)
        return;
    size_t count = trace->count;
    if (count != trace->limit || sim_trace_grow(trace)) {
        trace->events[count++] = event;
        trace->count = count;
    }
    atomic_store_explicit(&trace->memory.head->event_count, count, memory_order_release);
}

/* Turns the record that is open, if it is the one with this id, into one of kind `into` without a
 * flag, and publishes it; else false. */
static inline bool sim_trace_turn(struct sim_trace *trace, uint32_t id, enum sim_event_kind into)
{
    if (!trace)
        return false;
    _Atomic uint64_t *published = &trace->memory.head->event_count;
    if (atomic_load_explicit(published, memory_order_relaxed) == trace->count)
        return false;
    struct sim_event *last = &trace->events[trace->count - 1];
    if (last->id != id)
        return false;
    last->kind = (uint8_t)into;
    last->flag = 0;
    atomic_store_explicit(published, trace->count, memory_order_release);
    return true;
}

/* Appends the last event of a run, also when the budget is used up: a budget below the memory's
 * capacity leaves a place for it.  Dropped when there is none. */
void sim_trace_put_last(struct sim_trace *trace, struct sim_event event);

/* The usual record, and one with a 64-bit time. */
#define SIM_PUT(trace, kind_, flag_, aux_, id_, a_, b_)                                            \
    sim_trace_put((trace), (struct sim_event){.kind = SIM_EV_##kind_,                              \
                                              .flag = (uint8_t)(flag_),                            \
                                              .aux = (uint16_t)(aux_),                             \
                                              .id = (uint32_t)(id_),                               \
                                              .a = (uint32_t)(a_),                                 \
                                              .b = (uint32_t)(b_)})
#define SIM_PUT_NS(trace, kind_, flag_, id_, ns_)                                                  \
    sim_trace_put((trace), (struct sim_event){.kind = SIM_EV_##kind_,                              \
                                              .flag = (uint8_t)(flag_),                            \
                                              .id = (uint32_t)(id_),                               \
                                              .ns = (ns_)})

/* The id of a text: the same for equal texts.  0 for "", for a NULL trace and when memory is out
 * (see `error`).  Texts longer than 64 KiB are cut there. */
uint32_t sim_trace_intern(struct sim_trace *trace, const char *bytes, size_t length);
/* Likewise for a NUL-terminated string. */
uint32_t sim_trace_intern_z(struct sim_trace *trace, const char *string);
/* Likewise for a string that stays where it is and as it is. */
uint32_t sim_trace_intern_constant(struct sim_trace *trace, const char *constant);
/* A new entry without looking for an equal one: for output.  Same cut: write long text in pieces.
 */
uint32_t sim_trace_add_text(struct sim_trace *trace, const char *bytes, size_t length);

#define SIM_TRACE_TEXT_MAX 65536

/* --- reading ---------------------------------------------------------------------------------- */

/* A trace as far as it was published when the view was taken.  Borrowed memory. */
struct sim_trace_view {
    const struct sim_event *events;
    size_t count;
    const char *text;
    size_t text_bytes;
};

/* A view of all that is published in `memory` now.  The memory may be written by another process,
 * and need not be trusted: the view's counts are clamped to the capacities. */
struct sim_trace_view sim_trace_view_of(const struct sim_trace_memory *memory);

/* A text and its length (which may be NULL); "" for an id that is none.  Valid as long as the
 * memory is, NUL-terminated. */
const char *sim_trace_text(const struct sim_trace_view *view, uint32_t id, size_t *length);

/* 64-bit hash of all events and texts. */
uint64_t sim_trace_hash(const struct sim_trace_view *view);

/* The name of a kind ("step_begin"), and what it means; "?" for what is no kind. */
const char *sim_event_name(unsigned kind);
const char *sim_event_meaning(unsigned kind);

/* The task that an event is about, 0 where it is about none. */
uint32_t sim_event_task(const struct sim_event *event);

/* One event as text, "step_begin task=2 how=send", without its time.  Writes at most `size` bytes,
 * NUL included, and returns the length that the whole would have. */
size_t sim_event_format(const struct sim_trace_view *view, const struct sim_event *event, char *out,
                        size_t size);

#endif
