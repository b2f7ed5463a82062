#include "search.h"

#include "caption.h"
#include "label.h"
#include "match.h"
#include "visits.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A caption takes as long as so many other things. */
#define CAPTION_THINGS 8

#define OUTPUT_BYTES 1024

void rnd_search_begin(struct rnd_search *search, const char *text)
{
    for (size_t kind = 0; kind < RND_FOUND_KINDS; kind++)
        search->counts[kind] = search->next[kind] = 0;
    search->file = 0;
    search->file_at = 0;
    (void)snprintf(search->text, sizeof search->text, "%s", text);
}

void rnd_search_close(struct rnd_search *search)
{
    for (size_t kind = 0; kind < RND_FOUND_KINDS; kind++)
        free(search->items[kind]);
    *search = (struct rnd_search){0};
}

/* Keeps what was found; what there is no memory for is not found. */
static void keep(struct rnd_search *search, struct rnd_found found)
{
    uint32_t *count = &search->counts[found.kind], *capacity = &search->capacities[found.kind];
    if (*count == *capacity) {
        uint32_t larger = *capacity ? *capacity * 2 : 64;
        struct rnd_found *items = realloc(search->items[found.kind], larger * sizeof *items);
        if (!items)
            return;
        search->items[found.kind] = items;
        *capacity = larger;
    }
    search->items[found.kind][(*count)++] = found;
}

static bool has(const struct rnd_search *search, const char *text, size_t length)
{
    return rnd_match_find(text, length, search->text) != NULL;
}

/* --- one thing of each kind ------------------------------------------------------------------- */

static void look_at_task(struct rnd_search *search, const struct rnd_search_in *in, uint32_t index)
{
    char name[RND_LABEL_MAX];
    uint32_t tasks = in->model->lane_count;
    uint32_t task = index < tasks ? index + 1 : RND_THREAD | (index - tasks + 1);
    const struct rnd_lane *lane = rnd_model_lane(in->model, task);
    if (lane->naming != SIM_TASK_INTERNAL &&
        has(search, name, rnd_label_task(in->model, task, name, sizeof name)))
        keep(search, (struct rnd_found){.at = lane->created, .id = task, .kind = RND_FOUND_TASK});
}

static void look_at_line(struct rnd_search *search, const struct rnd_search_in *in, uint32_t index)
{
    const char *line = in->files[search->file].text + search->file_at;
    size_t left = in->files[search->file].length - search->file_at;
    const char *end = memchr(line, '\n', left);
    size_t length = end ? (size_t)(end - line) : left;
    if (has(search, line, length))
        keep(search, (struct rnd_found){.at = rnd_visits_first(in->model, search->file, index + 1),
                                        .id = index + 1,
                                        .file = search->file,
                                        .kind = RND_FOUND_LINE});
    search->file_at += end ? length + 1 : length;
}

static void look_at_output(struct rnd_search *search, const struct rnd_search_in *in,
                           uint32_t index)
{
    char text[OUTPUT_BYTES];
    const struct rnd_output_line *line = &in->model->outputs[index];
    if (has(search, text,
            rnd_model_output_text(in->model, line, in->model->event_count, text, sizeof text)))
        keep(search, (struct rnd_found){.at = line->at, .id = index, .kind = RND_FOUND_OUTPUT});
}

static void look_at_event(struct rnd_search *search, const struct rnd_search_in *in, uint32_t index)
{
    struct rnd_caption caption;
    uint32_t at = in->model->stops[index].at;
    rnd_caption_headline_at(in->model, in->lesson, at, &caption);
    if (has(search, caption.headline, strlen(caption.headline)))
        keep(search, (struct rnd_found){.at = at, .id = index, .kind = RND_FOUND_EVENT});
}

static const struct kind {
    void (*look)(struct rnd_search *search, const struct rnd_search_in *in, uint32_t index);
    uint32_t things;
} kinds[RND_FOUND_KINDS] = {[RND_FOUND_TASK] = {look_at_task, 1},
                            [RND_FOUND_LINE] = {look_at_line, 1},
                            [RND_FOUND_OUTPUT] = {look_at_output, 1},
                            [RND_FOUND_EVENT] = {look_at_event, CAPTION_THINGS}};

/* Whether there is a line to look at, if need be of the next file. */
static bool has_line(struct rnd_search *search, const struct rnd_search_in *in)
{
    while (search->file < in->file_count && search->file_at >= in->files[search->file].length) {
        if (search->file + 1 >= in->file_count)
            return false;
        search->file++;
        search->file_at = search->next[RND_FOUND_LINE] = 0;
    }
    return search->file < in->file_count;
}

/* Whether there is more of a kind to look at. */
static bool has_more(struct rnd_search *search, const struct rnd_search_in *in, size_t kind)
{
    const struct rnd_model *model = in->model;
    uint32_t next = search->next[kind];
    if (!*search->text || search->counts[kind] >= RND_FOUND_MAX)
        return false;
    switch ((enum rnd_found_kind)kind) {
    case RND_FOUND_TASK:
        return next < model->lane_count + model->thread_count;
    case RND_FOUND_LINE:
        return has_line(search, in);
    case RND_FOUND_OUTPUT:
        return next < model->output_count;
    case RND_FOUND_EVENT:
        return next < model->stop_count;
    case RND_FOUND_KINDS:
        break;
    }
    return false;
}

bool rnd_search_go_on(struct rnd_search *search, const struct rnd_search_in *in, uint32_t things)
{
    uint32_t used = 0;
    for (size_t kind = 0; kind < RND_FOUND_KINDS; kind++)
        for (; has_more(search, in, kind); used += kinds[kind].things) {
            if (used >= things)
                return true;
            kinds[kind].look(search, in, search->next[kind]++);
        }
    return false;
}

/* --- what was found --------------------------------------------------------------------------- */

uint32_t rnd_search_count(const struct rnd_search *search)
{
    uint32_t count = 0;
    for (size_t kind = 0; kind < RND_FOUND_KINDS; kind++)
        count += search->counts[kind];
    return count;
}

struct rnd_found rnd_search_at(const struct rnd_search *search, uint32_t index)
{
    size_t kind = 0;
    assert(index < rnd_search_count(search));
    while (index >= search->counts[kind])
        index -= search->counts[kind++];
    return search->items[kind][index];
}

uint32_t rnd_search_near(const struct rnd_search *search, uint32_t cursor, bool forward,
                         uint32_t *index)
{
    /* The nearest on that side, or else the one that is furthest on the other. */
    uint32_t near = RND_NEVER, seen = 0;
    bool near_is_beyond = false;
    for (size_t kind = 0; kind < RND_FOUND_KINDS; kind++)
        for (uint32_t i = 0; i < search->counts[kind]; i++, seen++) {
            uint32_t at = search->items[kind][i].at;
            bool beyond = forward ? at > cursor : at < cursor;
            bool nearer = near == RND_NEVER || (forward ? at < near : at > near);
            if (at == RND_NEVER || (near_is_beyond && !beyond))
                continue;
            if (nearer || (beyond && !near_is_beyond)) {
                near = at;
                near_is_beyond = beyond;
                *index = seen;
            }
        }
    return near;
}

uint32_t rnd_search_passed(const struct rnd_search *search, uint32_t cursor)
{
    uint32_t count = 0;
    for (size_t kind = 0; kind < RND_FOUND_KINDS; kind++)
        for (uint32_t i = 0; i < search->counts[kind]; i++)
            count += search->items[kind][i].at <= cursor;
    return count;
}
