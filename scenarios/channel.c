#include "channel.h"

#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "spawn.h"
#include "worker.h"

void scn_channel_init(struct scn_channel *channel)
{
    *channel = (struct scn_channel){.memory_fd = -1, .filled_fd = -1, .room_fd = -1};
    sim_alloc_init(&channel->alloc);
}

int scn_channel_open(struct scn_channel *channel, int64_t max_events, bool inspect, bool forgets)
{
    size_t events = scn_worker_event_capacity(max_events, inspect);
    size_t ring = scn_worker_ring_events(max_events, inspect);
    size_t texts = scn_worker_text_capacity(max_events);
    channel->forgets = forgets;
    channel->ring_bytes = ring * sizeof(struct sim_event);
    channel->shared_size = sim_trace_memory_size(ring, texts);
    channel->memory_fd = scn_spawn_memory(channel->shared_size);
    channel->filled_fd = scn_spawn_counter(EFD_NONBLOCK);
    channel->room_fd = scn_spawn_counter(EFD_SEMAPHORE);
    if (channel->memory_fd < 0 || channel->filled_fd < 0 || channel->room_fd < 0)
        return SIM_ENOMEM;
    void *shared = mmap(NULL, channel->shared_size, PROT_READ, MAP_SHARED, channel->memory_fd, 0);
    if (shared == MAP_FAILED)
        return SIM_ENOMEM;
    channel->theirs = sim_trace_memory_at(shared, ring, texts);
    int error = sim_trace_memory_reserve(&channel->alloc, events, texts, &channel->ours);
    if (error < 0)
        return error;
    channel->events.to = (char *)channel->ours.events;
    channel->texts.to = channel->ours.text;
    return 0;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void scn_channel_hand_over(struct scn_channel *channel)
{
    close_fd(&channel->memory_fd);
}

void scn_channel_close(struct scn_channel *channel)
{
    close_fd(&channel->memory_fd);
    close_fd(&channel->filled_fd);
    close_fd(&channel->room_fd);
    if (channel->theirs.head)
        munmap(channel->theirs.head, channel->shared_size);
    if (channel->ours.head)
        sim_trace_memory_free(&channel->alloc, &channel->ours);
    scn_channel_init(channel);
}

/* --- copying ---------------------------------------------------------------------------------- */

/* Makes memory real up to `end`, and gives how far it is. */
static size_t commit(struct scn_channel *channel, struct scn_copy *copy, size_t end)
{
    while (copy->committed < end) {
        if (sim_alloc_commit(&channel->alloc, copy->to + copy->committed, SIM_TRACE_CHUNK) < 0)
            return copy->committed;
        copy->committed += SIM_TRACE_CHUNK;
    }
    return end;
}

static void copy_texts(struct scn_channel *channel, size_t end)
{
    struct scn_copy *copy = &channel->texts;
    end = commit(channel, copy, end);
    if (end > copy->used) {
        memcpy(copy->to + copy->used, channel->theirs.text + copy->used, end - copy->used);
        copy->used = end;
    }
}

/* Copies events up to `end`, which is at most the ring's size away. */
static void copy_events(struct scn_channel *channel, size_t end)
{
    struct scn_copy *copy = &channel->events;
    const char *ring = (const char *)channel->theirs.events;
    if (!channel->forgets)
        end = commit(channel, copy, end);
    while (copy->used < end) {
        size_t at = copy->used % channel->ring_bytes, length = channel->ring_bytes - at;
        if (length > end - copy->used)
            length = end - copy->used;
        if (!channel->forgets)
            memcpy(copy->to + copy->used, ring + at, length);
        copy->used += length;
    }
}

/* How many bytes of events are there, as far as that can be true. */
static size_t published_bytes(const struct scn_channel *channel)
{
    uint64_t count = atomic_load_explicit(&channel->theirs.head->event_count, memory_order_acquire);
    size_t most = channel->events.used + channel->ring_bytes;
    size_t capacity = channel->ours.event_capacity * sizeof(struct sim_event);
    most = most < capacity ? most : capacity;
    return count < most / sizeof(struct sim_event) ? (size_t)count * sizeof(struct sim_event)
                                                   : most;
}

void scn_channel_drain(struct scn_channel *channel)
{
    if (!channel->theirs.head)
        return;
    /* Texts are published before the events that name them: read in the opposite order. */
    size_t end = published_bytes(channel);
    copy_texts(channel, sim_trace_view_of(&channel->theirs).text_bytes);
    copy_events(channel, end);
    uint64_t pieces = channel->events.used / SIM_TRACE_CHUNK;
    if (pieces > channel->pieces_freed &&
        eventfd_write(channel->room_fd, pieces - channel->pieces_freed) == 0)
        channel->pieces_freed = pieces;
}

void scn_channel_drain_if_filled(struct scn_channel *channel)
{
    eventfd_t filled;
    if (channel->filled_fd >= 0 && eventfd_read(channel->filled_fd, &filled) == 0)
        scn_channel_drain(channel);
}

/* --- looking ---------------------------------------------------------------------------------- */

struct sim_trace_view scn_channel_view(const struct scn_channel *channel)
{
    return (struct sim_trace_view){
        .events = channel->ours.events,
        .count = channel->forgets ? 0 : channel->events.used / sizeof(struct sim_event),
        .text = channel->ours.text,
        .text_bytes = channel->texts.used};
}

bool scn_channel_last_word(const struct scn_channel *channel, struct sim_event *out)
{
    bool saved = !channel->theirs.head;
    size_t end = saved ? channel->events.used : published_bytes(channel);
    if (end == 0)
        return false;
    size_t last = end - sizeof *out;
    const char *from = saved ? (const char *)channel->ours.events + last
                             : (const char *)channel->theirs.events + last % channel->ring_bytes;
    memcpy(out, from, sizeof *out);
    return out->kind == SIM_EV_RUN_END;
}
