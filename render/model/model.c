#include "model.h"

#include <stdlib.h>

#include "index.h"

int rnd_model_build(const struct sim_trace_view *view, struct rnd_model **out)
{
    struct rnd_model *model = calloc(1, sizeof *model);
    struct rnd_index *index = calloc(1, sizeof *index);
    if (!model || !index) {
        free(model);
        free(index);
        return SIM_ENOMEM;
    }
    model->index = index;
    index->slice = index->block = index->joined = index->expired = RND_NEVER;
    if (!rnd_room(&model->instants, 0, &index->instant_capacity, 1, sizeof *model->instants) ||
        !rnd_room(&model->files, 0, &index->file_capacity, 1, sizeof *model->files)) {
        rnd_model_free(model);
        return SIM_ENOMEM;
    }
    model->instants[model->instant_count++] = (struct rnd_instant){0};
    model->files[model->file_count++] = (struct rnd_file){0};
    int error = rnd_model_update(model, view);
    if (error < 0) {
        rnd_model_free(model);
        return error;
    }
    *out = model;
    return 0;
}

int rnd_model_update(struct rnd_model *model, const struct sim_trace_view *view)
{
    model->view = *view;
    size_t count = view->count < RND_NEVER - 1 ? view->count : RND_NEVER - 1;
    struct sim_event before = {0};
    if (model->event_count > 0 && model->event_count < count)
        before = view->events[model->event_count - 1];
    while (model->event_count < count) {
        struct sim_event event = view->events[model->event_count];
        if (!rnd_index_room(model, &event))
            return SIM_ENOMEM;
        rnd_index_take(model, &event, model->event_count ? &before : NULL);
        model->event_count++;
        before = event;
    }
    return 0;
}

void rnd_model_free(struct rnd_model *model)
{
    if (!model)
        return;
    struct rnd_index *index = model->index;
    for (uint32_t i = 0; i < model->lane_count; i++) {
        free(model->lanes[i].spans);
        free(model->lanes[i].lines);
    }
    for (uint32_t i = 0; i < model->thread_count; i++) {
        free(model->threads[i].lane.spans);
        free(model->threads[i].lane.lines);
    }
    free(index->fresh.spans);
#define RND_FREE(items, item) free(model->items);
    RND_MODEL_ARRAYS(RND_FREE)
#undef RND_FREE
    for (int k = 0; k < RND_TREE_LEVELS; k++)
        free(index->ends.levels[k]);
    free(index->handles.slots);
    free(index->outers.slots);
    free(index->inners.slots);
    free(index->objects.slots);
    free(index->files.slots);
    rnd_visits_free(&index->visits);
    free(index->twins.slots);
    free(index->callbacks);
    free(index->combines);
    free(index);
    free(model);
}

const char *rnd_model_text(const struct rnd_model *model, uint32_t id, size_t *length)
{
    return sim_trace_text(&model->view, id, length);
}

/* --- time ------------------------------------------------------------------------------------- */

uint32_t rnd_model_instant(const struct rnd_model *model, uint32_t cursor)
{
    return RND_UPPER(model->instants, at, model->instant_count, cursor) - 1;
}

int64_t rnd_model_time(const struct rnd_model *model, uint32_t cursor)
{
    return model->instants[rnd_model_instant(model, cursor)].time_ns;
}

struct rnd_moment rnd_model_moment(const struct rnd_model *model, uint32_t cursor)
{
    if (cursor > model->event_count)
        cursor = model->event_count;
    return (struct rnd_moment){.cursor = cursor, .time_ns = rnd_model_time(model, cursor)};
}

struct rnd_moment rnd_model_at_time(const struct rnd_model *model, int64_t time_ns)
{
    uint32_t low = 0, high = model->instant_count; /* the answer's instant is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (model->instants[middle].time_ns > time_ns)
            high = middle;
        else
            low = middle;
    }
    int64_t begin_ns = model->instants[low].time_ns;
    if (high == model->instant_count)
        return (struct rnd_moment){.cursor = model->event_count, .time_ns = begin_ns};
    return (struct rnd_moment){.cursor = model->instants[high].at - 1,
                               .time_ns = time_ns > begin_ns ? time_ns : begin_ns};
}

/* --- lanes ------------------------------------------------------------------------------------ */

const struct rnd_lane *rnd_model_lane(const struct rnd_model *model, uint32_t task)
{
    uint32_t thread = task & RND_THREAD ? task - RND_THREAD : 0;
    if (thread > 0 && thread <= model->thread_count)
        return &model->threads[thread - 1].lane;
    return task == 0 || task > model->lane_count ? NULL : &model->lanes[task - 1];
}

uint32_t rnd_lane_span_at(const struct rnd_lane *lane, uint32_t cursor)
{
    /* 0 - 1 is RND_NEVER. */
    return RND_UPPER(lane->spans, begin, lane->span_count, cursor) - 1;
}

uint32_t rnd_lane_first_span(const struct rnd_lane *lane, uint32_t cursor)
{
    return RND_UPPER(lane->spans, end, lane->span_count, cursor);
}

struct rnd_totals rnd_lane_totals(const struct rnd_model *model, const struct rnd_lane *lane)
{
    struct rnd_totals totals = lane->closed;
    if (lane->span_count == 0)
        return totals;
    const struct rnd_span *last = &lane->spans[lane->span_count - 1];
    rnd_totals_add(&totals, last->state, model->end_ns - last->begin_ns);
    return totals;
}

/* --- ordered arrays --------------------------------------------------------------------------- */

uint32_t rnd_model_first_slice(const struct rnd_model *model, uint32_t cursor)
{
    return RND_UPPER(model->slices, end, model->slice_count, cursor);
}

uint32_t rnd_model_outputs_at(const struct rnd_model *model, uint32_t cursor)
{
    return RND_UPPER(model->outputs, at, model->output_count, cursor);
}

uint32_t rnd_model_links_at(const struct rnd_model *model, uint32_t cursor)
{
    return RND_UPPER(model->links, at, model->link_count, cursor);
}

uint32_t rnd_model_lates_at(const struct rnd_model *model, uint32_t cursor)
{
    return RND_UPPER(model->lates, at, model->late_count, cursor);
}
