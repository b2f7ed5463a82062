#include "range.h"

#include "index.h"

bool rnd_range_before(struct rnd_moment one, struct rnd_moment other)
{
    return one.cursor != other.cursor ? one.cursor < other.cursor : one.time_ns < other.time_ns;
}

struct rnd_range rnd_range_between(struct rnd_moment one, struct rnd_moment other)
{
    bool swap = rnd_range_before(other, one);
    return (struct rnd_range){.set = true, .from = swap ? other : one, .to = swap ? one : other};
}

int64_t rnd_range_ns(const struct rnd_range *range)
{
    return range->to.time_ns - range->from.time_ns;
}

/* --- totals ----------------------------------------------------------------------------------- */

static void add(struct rnd_totals *sum, const struct rnd_totals *more)
{
    sum->ran_ns += more->ran_ns;
    sum->ready_ns += more->ready_ns;
    sum->waited_ns += more->waited_ns;
    sum->blocked_ns += more->blocked_ns;
    sum->late_ns += more->late_ns;
}

static void add_spans(const struct rnd_model *model, const struct rnd_range *range,
                      const struct rnd_lane *lane, struct rnd_totals *totals)
{
    uint32_t i = rnd_lane_first_span(lane, range->from.cursor);
    for (; i < lane->span_count && lane->spans[i].begin <= range->to.cursor; i++) {
        const struct rnd_span *span = &lane->spans[i];
        int64_t begin_ns = span->begin_ns;
        int64_t end_ns = span->end_ns == RND_NO_TIME ? model->end_ns : span->end_ns;
        begin_ns = begin_ns > range->from.time_ns ? begin_ns : range->from.time_ns;
        end_ns = end_ns < range->to.time_ns ? end_ns : range->to.time_ns;
        if (end_ns > begin_ns)
            rnd_totals_add(totals, span->state, end_ns - begin_ns);
    }
}

/* By how much the task (0: every one) came late within the range. */
static int64_t lates_in(const struct rnd_model *model, const struct rnd_range *range, uint32_t task)
{
    int64_t late_ns = 0;
    uint32_t i = rnd_model_lates_at(model, range->from.cursor);
    uint32_t end = rnd_model_lates_at(model, range->to.cursor);
    for (; i < end; i++)
        if (!task || model->lates[i].task == task)
            late_ns += model->lates[i].actual_ns - model->lates[i].due_ns;
    return late_ns;
}

struct rnd_totals rnd_range_totals(const struct rnd_model *model, const struct rnd_range *range,
                                   uint32_t task)
{
    struct rnd_totals totals = {0};
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    if (!lane)
        return totals;
    add_spans(model, range, lane, &totals);
    totals.late_ns = lates_in(model, range, task);
    return totals;
}

/* Whether all that a lane ever did is within the range. */
static bool is_within(const struct rnd_lane *lane, const struct rnd_range *range)
{
    return lane->created > range->from.cursor && lane->done <= range->to.cursor;
}

struct rnd_totals rnd_range_totals_of_all(const struct rnd_model *model,
                                          const struct rnd_range *range)
{
    struct rnd_totals totals = {0};
    for (uint32_t i = 0; i < model->lane_count; i++) {
        const struct rnd_lane *lane = &model->lanes[i];
        if (lane->naming == SIM_TASK_INTERNAL || lane->created > range->to.cursor)
            continue;
        if (is_within(lane, range))
            add(&totals, &lane->closed);
        else if (lane->done > range->from.cursor)
            add_spans(model, range, lane, &totals);
    }
    totals.late_ns = lates_in(model, range, 0);
    return totals;
}

/* --- edges ------------------------------------------------------------------------------------ */

struct rnd_range rnd_range_of_span(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    uint32_t i = lane ? rnd_lane_span_at(lane, cursor) : RND_NEVER;
    if (i == RND_NEVER)
        return (struct rnd_range){0};
    return rnd_range_between(rnd_model_moment(model, lane->spans[i].begin),
                             rnd_model_moment(model, lane->spans[i].end));
}

/* Takes the place of a cursor if it is nearer. */
static void consider(const struct rnd_axis *axis, uint32_t cursor, double x_px, double *reach_px,
                     struct rnd_moment *moment)
{
    cursor = cursor < axis->model->event_count ? cursor : axis->model->event_count;
    double away_px = rnd_axis_x(axis, cursor) - x_px;
    away_px = away_px < 0 ? -away_px : away_px;
    if (away_px > *reach_px)
        return;
    *reach_px = away_px;
    *moment = rnd_model_moment(axis->model, cursor);
}

struct rnd_moment rnd_range_snap(const struct rnd_axis *axis, uint32_t task, double x_px,
                                 double reach_px)
{
    const struct rnd_model *model = axis->model;
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    struct rnd_moment moment = rnd_axis_moment_at(axis, x_px);
    uint32_t at = moment.cursor, seen = 0;
    uint32_t count = lane ? lane->span_count : model->slice_count;
    uint32_t i = lane ? rnd_lane_first_span(lane, at) : rnd_model_first_slice(model, at);
    /* What ends before the place may be near, too. */
    for (i -= i > 0; i < count && seen < 4; i++, seen++) {
        consider(axis, lane ? lane->spans[i].begin : model->slices[i].begin, x_px, &reach_px,
                 &moment);
        consider(axis, lane ? lane->spans[i].end : model->slices[i].end, x_px, &reach_px, &moment);
    }
    return moment;
}
