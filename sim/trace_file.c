#include "trace_file.h"

#include <string.h>

static const char magic[8] = {'a', 'w', 't', 'r', 'a', 'c', 'e', '\n'};

/* The fields after the magic, each at its place in the head. */
struct fields {
    uint32_t version, zero;
    uint64_t event_count, text_bytes, hash;
};

/* The hash of the head's magic and fields stands behind them. */
static uint64_t hash_of_head(const unsigned char *head)
{
    struct sim_trace_view bytes = {.text = (const char *)head,
                                   .text_bytes = sizeof magic + sizeof(struct fields)};
    return sim_trace_hash(&bytes);
}

bool sim_trace_file_is(const void *bytes, size_t size)
{
    return size >= sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
}

int sim_trace_file_head(const unsigned char head[SIM_TRACE_FILE_HEAD], struct sim_trace_file *out)
{
    struct fields fields;
    uint64_t hash;
    if (!sim_trace_file_is(head, SIM_TRACE_FILE_HEAD))
        return SIM_EINVAL;
    memcpy(&fields, head + sizeof magic, sizeof fields);
    memcpy(&hash, head + sizeof magic + sizeof fields, sizeof hash);
    if (fields.version != SIM_TRACE_VERSION)
        return SIM_EVERSION;
    if (hash != hash_of_head(head))
        return SIM_EINVAL;
    *out = (struct sim_trace_file){fields.event_count, fields.text_bytes, fields.hash};
    return 0;
}

int sim_trace_save(const struct sim_trace_view *view,
                   int (*put)(void *user, const void *bytes, size_t size), void *user)
{
    unsigned char head[SIM_TRACE_FILE_HEAD] = {0};
    struct fields fields = {.version = SIM_TRACE_VERSION,
                            .event_count = view->count,
                            .text_bytes = view->text_bytes,
                            .hash = sim_trace_hash(view)};
    memcpy(head, magic, sizeof magic);
    memcpy(head + sizeof magic, &fields, sizeof fields);
    uint64_t hash = hash_of_head(head);
    memcpy(head + sizeof magic + sizeof fields, &hash, sizeof hash);
    int error = put(user, head, sizeof head);
    if (error == 0)
        error = put(user, view->events, view->count * sizeof *view->events);
    if (error == 0)
        error = put(user, view->text, view->text_bytes);
    return error;
}
