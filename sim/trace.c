#include "trace.h"

#include <assert.h>
#include <string.h>

#include "alloc.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "trace records are little-endian");

/* --- memory ----------------------------------------------------------------------------------- */

static size_t round_up(size_t size)
{
    return (size + SIM_TRACE_CHUNK - 1) / SIM_TRACE_CHUNK * SIM_TRACE_CHUNK;
}

size_t sim_trace_memory_size(size_t event_capacity, size_t text_capacity)
{
    return SIM_TRACE_CHUNK + round_up(event_capacity * sizeof(struct sim_event)) +
           round_up(text_capacity);
}

struct sim_trace_memory sim_trace_memory_at(void *base, size_t event_capacity, size_t text_capacity)
{
    size_t event_bytes = round_up(event_capacity * sizeof(struct sim_event));
    char *events = (char *)base + SIM_TRACE_CHUNK;
    return (struct sim_trace_memory){
        .head = base,
        .events = (struct sim_event *)(void *)events,
        .text = events + event_bytes,
        .event_capacity = event_bytes / sizeof(struct sim_event),
        .text_capacity = round_up(text_capacity),
    };
}

int sim_trace_memory_reserve(struct sim_alloc *alloc, size_t event_capacity, size_t text_capacity,
                             struct sim_trace_memory *out)
{
    size_t size = sim_trace_memory_size(event_capacity, text_capacity);
    void *base = sim_alloc_reserve(alloc, size);
    if (!base)
        return SIM_ENOMEM;
    if (sim_alloc_commit(alloc, base, sizeof(struct sim_trace_head)) < 0) {
        sim_alloc_unreserve(alloc, base, size);
        return SIM_ENOMEM;
    }
    *out = sim_trace_memory_at(base, event_capacity, text_capacity);
    out->commit = sim_alloc_commit;
    return 0;
}

void sim_trace_memory_free(struct sim_alloc *alloc, struct sim_trace_memory *memory)
{
    sim_alloc_unreserve(alloc, memory->head,
                        sim_trace_memory_size(memory->event_capacity, memory->text_capacity));
    *memory = (struct sim_trace_memory){0};
}

/* --- writing ---------------------------------------------------------------------------------- */

int sim_trace_init(struct sim_trace *trace, const struct sim_trace_memory *memory,
                   struct sim_alloc *alloc)
{
    *trace = (struct sim_trace){.memory = *memory,
                                .events = memory->events,
                                .alloc = alloc,
                                .budget = memory->event_capacity};
    struct sim_trace_head *head = memory->head;
    head->version = SIM_TRACE_VERSION;
    atomic_store(&head->event_count, 0);
    atomic_store(&head->text_bytes, 0);
    head->magic = SIM_TRACE_MAGIC;
    sim_trace_add_text(trace, "", 0); /* so that no other text has the id 0 */
    return trace->error;
}

void sim_trace_close(struct sim_trace *trace)
{
    if (trace->alloc)
        sim_alloc_free(trace->alloc, trace->slots);
    *trace = (struct sim_trace){0};
}

/* Makes bytes [*limit, *limit + a chunk) of a region real. */
static int commit_chunk(struct sim_trace *trace, char *region, size_t *limit, size_t capacity)
{
    if (*limit + SIM_TRACE_CHUNK > capacity)
        return SIM_EFULL;
    const struct sim_trace_memory *memory = &trace->memory;
    int error = memory->commit ? memory->commit(trace->alloc, region + *limit, SIM_TRACE_CHUNK) : 0;
    if (error < 0)
        return error;
    *limit += SIM_TRACE_CHUNK;
    return 0;
}

/* A long trace in memory of our own: commits what it will soon come to, half as much as there is,
 * and has it made real meanwhile.  `end` is how far it may be written. */
static void look_ahead(struct sim_trace *trace, size_t end)
{
    enum { LEAST = 2 * SIM_TRACE_CHUNK, MOST = 16 * SIM_TRACE_CHUNK };
    size_t lead = end / 2 < MOST ? round_up(end / 2) : (size_t)MOST;
    size_t last = round_up(trace->budget * sizeof(struct sim_event));
    size_t from = trace->committed, to = end + lead < last ? end + lead : last;
    if (to < from + LEAST)
        return;
    char *next = (char *)trace->events + from;
    if (sim_alloc_commit(trace->alloc, next, to - from) < 0)
        return; /* it is not needed yet */
    sim_alloc_ahead(trace->alloc, next, to - from);
    trace->committed = to;
}

/* Lets events be written up to the end of the present or next chunk, or up to `budget`. */
static int grow_events(struct sim_trace *trace, size_t budget)
{
    if (trace->count >= budget)
        return SIM_EFULL;
    size_t used = trace->limit * sizeof(struct sim_event), end = round_up(used + 1);
    if (end > trace->committed) {
        int error = commit_chunk(trace, (char *)trace->events, &trace->committed,
                                 trace->memory.event_capacity * sizeof(struct sim_event));
        if (error < 0)
            return error;
    }
    if (trace->memory.commit == sim_alloc_commit)
        look_ahead(trace, end);
    size_t limit = end / sizeof(struct sim_event);
    trace->limit = limit < budget ? limit : budget;
    return 0;
}

bool sim_trace_grow(struct sim_trace *trace)
{
    if (trace->error == 0)
        trace->error = grow_events(trace, trace->budget);
    return trace->error == 0;
}

void sim_trace_put_last(struct sim_trace *trace, struct sim_event event)
{
    if (trace && trace->count == trace->limit)
        (void)grow_events(trace, trace->count + 1); /* if it fails, put will drop the event */
    sim_trace_put(trace, event);
}

uint32_t sim_trace_add_text(struct sim_trace *trace, const char *bytes, size_t length)
{
    if (!trace || trace->error < 0)
        return 0;
    if (length > SIM_TRACE_TEXT_MAX)
        length = SIM_TRACE_TEXT_MAX;
    size_t size = (sizeof(uint32_t) + length + 1 + 3) & ~(size_t)3;
    while (trace->text_used + size > trace->text_limit) {
        int error = commit_chunk(trace, trace->memory.text, &trace->text_limit,
                                 trace->memory.text_capacity);
        if (error < 0) {
            trace->error = error;
            return 0;
        }
    }
    char *entry = trace->memory.text + trace->text_used;
    uint32_t stored = (uint32_t)length;
    memset(entry + size - sizeof stored, 0, sizeof stored); /* the NUL and the padding */
    memcpy(entry, &stored, sizeof stored);
    memcpy(entry + sizeof stored, bytes, length);
    uint32_t id = (uint32_t)(trace->text_used / 4);
    trace->text_used += size;
    atomic_store_explicit(&trace->memory.head->text_bytes, trace->text_used, memory_order_release);
    return id;
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 29);
}

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const char *at = bytes;
    uint64_t word;
    hash = mix(hash, length);
    for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    if (length > 0) /* nothing may be at no address */
        memcpy(&word, at, length);
    return mix(hash, word);
}

/* The entry of a text that this recorder wrote. */
static const char *own_text(const struct sim_trace *trace, uint32_t id, size_t *length)
{
    const char *entry = trace->memory.text + (size_t)id * 4;
    uint32_t stored;
    memcpy(&stored, entry, sizeof stored);
    *length = stored;
    return entry + sizeof stored;
}

/* Whether that is the entry of this text. */
static bool is_text(const struct sim_trace *trace, uint32_t id, const char *bytes, size_t length)
{
    size_t other_length;
    const char *other = own_text(trace, id, &other_length);
    return other_length == length && memcmp(other, bytes, length) == 0;
}

/* Where in the table a text is, or where it belongs. */
static uint32_t *find_slot(const struct sim_trace *trace, const char *bytes, size_t length)
{
    size_t mask = trace->slot_count - 1;
    for (size_t i = (size_t)hash_bytes(0, bytes, length) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &trace->slots[i];
        if (*slot == 0 || is_text(trace, *slot, bytes, length))
            return slot;
    }
}

static int grow_slots(struct sim_trace *trace)
{
    uint32_t *old = trace->slots;
    size_t old_count = trace->slot_count, count = old_count ? old_count * 2 : 64;
    uint32_t *slots = sim_alloc_zero(trace->alloc, count * sizeof *slots);
    if (!slots)
        return SIM_ENOMEM;
    trace->slots = slots;
    trace->slot_count = count;
    for (size_t i = 0; i < old_count; i++) {
        size_t length;
        if (old[i]) {
            const char *bytes = own_text(trace, old[i], &length);
            *find_slot(trace, bytes, length) = old[i];
        }
    }
    sim_alloc_free(trace->alloc, old);
    return 0;
}

uint32_t sim_trace_intern(struct sim_trace *trace, const char *bytes, size_t length)
{
    if (!trace || trace->error < 0 || length == 0)
        return 0;
    if (length > SIM_TRACE_TEXT_MAX)
        length = SIM_TRACE_TEXT_MAX;
    /* Few are asked for again and again: length and first letter mostly tell them apart. */
    uint32_t *recent = &trace->recent[(length ^ (unsigned char)bytes[0]) % SIM_TRACE_RECENT];
    if (is_text(trace, *recent, bytes, length))
        return *recent;
    if (trace->slot_used * 2 >= trace->slot_count) {
        int error = grow_slots(trace);
        if (error < 0) {
            trace->error = error;
            return 0;
        }
    }
    uint32_t *slot = find_slot(trace, bytes, length);
    if (*slot == 0) {
        *slot = sim_trace_add_text(trace, bytes, length);
        trace->slot_used += *slot != 0;
    }
    return *recent = *slot;
}

uint32_t sim_trace_intern_z(struct sim_trace *trace, const char *string)
{
    return sim_trace_intern(trace, string, strlen(string));
}

uint32_t sim_trace_intern_constant(struct sim_trace *trace, const char *constant)
{
    size_t place = (uintptr_t)constant / sizeof(void *) % SIM_TRACE_CONSTANTS;
    if (trace->constants[place].text != constant) {
        trace->constants[place].id = sim_trace_intern_z(trace, constant);
        trace->constants[place].text = constant;
    }
    return trace->constants[place].id;
}

/* --- reading ---------------------------------------------------------------------------------- */

struct sim_trace_view sim_trace_view_of(const struct sim_trace_memory *memory)
{
    /* Texts are published before the events that name them: read in the opposite order. */
    size_t count = atomic_load_explicit(&memory->head->event_count, memory_order_acquire);
    size_t bytes = atomic_load_explicit(&memory->head->text_bytes, memory_order_acquire);
    return (struct sim_trace_view){
        .events = memory->events,
        .count = count < memory->event_capacity ? count : memory->event_capacity,
        .text = memory->text,
        .text_bytes = bytes < memory->text_capacity ? bytes : memory->text_capacity,
    };
}

const char *sim_trace_text(const struct sim_trace_view *view, uint32_t id, size_t *length)
{
    size_t ignored;
    length = length ? length : &ignored;
    *length = 0;
    size_t at = (size_t)id * 4;
    uint32_t stored;
    if (id == 0 || view->text_bytes < sizeof stored || at > view->text_bytes - sizeof stored)
        return "";
    memcpy(&stored, view->text + at, sizeof stored);
    at += sizeof stored;
    if (stored >= view->text_bytes - at || view->text[at + stored] != '\0')
        return "";
    *length = stored;
    return view->text + at;
}

uint64_t sim_trace_hash(const struct sim_trace_view *view)
{
    uint64_t hash = hash_bytes(SIM_TRACE_VERSION, view->events, view->count * sizeof *view->events);
    return hash_bytes(hash, view->text, view->text_bytes);
}
