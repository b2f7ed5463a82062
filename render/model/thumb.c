#include "thumb.h"

#include "axis.h"

#include <math.h>
#include <string.h>

/* The picture that the axis is made for, in pixels: slices at an instant are seen one by one. */
#define AXIS_WIDTH 300
#define AXIS_SLOT 5

struct making {
    const struct rnd_model *model;
    struct rnd_axis axis;
    struct rnd_thumb *out;
};

static uint16_t place(const struct making *making, uint32_t cursor)
{
    uint32_t last = making->model->event_count;
    double x = rnd_axis_x(&making->axis, cursor < last ? cursor : last);
    return (uint16_t)(fmin(fmax(x / AXIS_WIDTH, 0), 1) * RND_THUMB_WIDTH);
}

static void add(struct making *making, struct rnd_thumb_piece piece)
{
    struct rnd_thumb *out = making->out;
    if (out->piece_count < RND_THUMB_PIECES)
        out->pieces[out->piece_count++] = piece;
}

static bool is_end(uint8_t state)
{
    return state >= RND_TASK_DONE;
}

static void add_lane(struct making *making, const struct rnd_lane *lane, bool thread)
{
    uint8_t row = (uint8_t)making->out->lane_count++;
    for (uint32_t i = 0; i < lane->span_count; i++) {
        const struct rnd_span *span = &lane->spans[i];
        uint16_t from = place(making, span->begin);
        uint16_t to = is_end(span->state) ? from : place(making, span->end);
        if (span->state != RND_TASK_UNBORN)
            add(making, (struct rnd_thumb_piece){from, to, row, (uint8_t)lane->colour, span->state,
                                                 thread});
    }
}

static void add_loop(struct making *making)
{
    const struct rnd_model *model = making->model;
    making->out->lane_count = 1;
    for (uint32_t i = 0; i < model->slice_count; i++) {
        const struct rnd_slice *slice = &model->slices[i];
        const struct rnd_lane *lane =
            slice->kind == RND_SLICE_TASK ? rnd_model_lane(model, slice->id) : NULL;
        if (!lane || lane->naming == SIM_TASK_INTERNAL)
            continue;
        uint16_t from = place(making, slice->begin), to = place(making, slice->end);
        bool blocking = slice->end_ns > slice->begin_ns;
        add(making, (struct rnd_thumb_piece){from, to, 0, (uint8_t)lane->colour,
                                             blocking ? RND_TASK_BLOCKING : RND_TASK_RUNNING, 0});
    }
}

void rnd_thumb_make(const struct rnd_model *model, struct rnd_thumb *out)
{
    static const uint32_t kinds[] = {0, RND_THREAD};
    memset(out, 0, sizeof *out);
    struct making making = {model, rnd_axis_make(model, AXIS_WIDTH, AXIS_SLOT), out};
    add_loop(&making);
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        for (uint32_t number = 1; out->lane_count < RND_THUMB_LANES; number++) {
            const struct rnd_lane *lane = rnd_model_lane(model, kinds[kind] | number);
            if (!lane)
                break;
            if (lane->naming != SIM_TASK_INTERNAL)
                add_lane(&making, lane, kinds[kind] == RND_THREAD);
        }
}

bool rnd_thumb_is_sound(const struct rnd_thumb *thumb)
{
    if (thumb->lane_count > RND_THUMB_LANES || thumb->piece_count > RND_THUMB_PIECES)
        return false;
    for (uint16_t i = 0; i < thumb->piece_count; i++) {
        const struct rnd_thumb_piece *piece = &thumb->pieces[i];
        if (piece->from > piece->to || piece->to > RND_THUMB_WIDTH ||
            piece->lane >= thumb->lane_count || piece->state >= RND_TASK_STATES)
            return false;
    }
    return true;
}
