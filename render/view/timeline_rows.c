/* Where the rows of lanes are, and how far they are scrolled. */
#include "timeline.h"

#include <math.h>

struct rnd_timeline_rows rnd_timeline_rows(const struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    struct rnd_rect lanes = frame->layout.lanes;
    uint32_t count = rnd_rows_count(view->timeline.rows, frame->model);
    struct rnd_timeline_rows rows = {.pinned = rnd_view_pinned(view, &frame->layout, frame->model),
                                     .top = lanes.y - floor(view->lanes_px),
                                     .height = rnd_layout_lane_px(&frame->layout, count)};
    double hidden = lanes.y - rows.top + rows.pinned * rows.height;
    uint32_t first = (uint32_t)floor(hidden / rows.height);
    uint32_t end = (uint32_t)ceil((lanes.y + lanes.h - rows.top) / rows.height);
    rows.first = first < count ? first : count;
    end = end < count ? end : count;
    rows.seen = rows.pinned + (end > rows.first ? end - rows.first : 0);
    return rows;
}

static struct rnd_timeline_row place(const struct rnd_frame *frame,
                                     const struct rnd_timeline_rows *rows, uint32_t number)
{
    struct rnd_rect lanes = frame->layout.lanes;
    bool pinned = number < rows->pinned;
    double under = pinned ? 0 : rows->pinned * rows->height;
    return (struct rnd_timeline_row){
        .task = rnd_rows_at(frame->view->timeline.rows, frame->model, number).task,
        .rect = {lanes.x, (pinned ? lanes.y : rows->top) + number * rows->height, lanes.w,
                 rows->height},
        .clip = {lanes.x, lanes.y + under, lanes.w, fmax(lanes.h - under, 0)}};
}

struct rnd_timeline_row rnd_timeline_row(const struct rnd_frame *frame,
                                         const struct rnd_timeline_rows *rows, uint32_t i)
{
    return place(frame, rows, i < rows->pinned ? i : rows->first + i - rows->pinned);
}

bool rnd_timeline_find(const struct rnd_frame *frame, const struct rnd_timeline_rows *rows,
                       uint32_t task, struct rnd_timeline_row *out)
{
    uint32_t number = rnd_rows_find(frame->view->timeline.rows, frame->model, task);
    if (number == RND_NEVER)
        return false;
    *out = place(frame, rows, number);
    return true;
}

void rnd_timeline_scroll_bar(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    struct rnd_rect lanes = frame->layout.lanes;
    double all = rows->height * rnd_rows_count(frame->view->timeline.rows, frame->model);
    double width = rnd_panel_px(frame, 4), under = rows->pinned * rows->height;
    if (all <= lanes.h)
        return;
    lanes.y += under;
    lanes.h -= under;
    all -= under;
    double height = fmax(lanes.h * lanes.h / all, rnd_panel_px(frame, 24));
    double y = lanes.y + (lanes.h - height) * fmin(frame->view->lanes_px / (all - lanes.h), 1);
    rnd_list_round(
        frame->list,
        (struct rnd_rect){lanes.x + lanes.w - width - rnd_panel_px(frame, 4), y, width, height},
        width / 2, frame->theme->track, RND_NONE, 0);
}
