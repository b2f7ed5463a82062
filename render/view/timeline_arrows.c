/* Arrows from causes to effects. */
#include "timeline.h"

#include <math.h>

/* More of them in one picture explain nothing. */
#define ARROWS_MAX 24

/* Whether it is the work of a timeout: of its timer, or the end of what it cancelled. */
static bool is_by_timeout(const struct rnd_model *model, const struct rnd_link *link)
{
    const struct rnd_lane *from = rnd_model_lane(model, link->from_task);
    if (link->timer != RND_NEVER)
        return model->timers[link->timer].use != RND_TIMER_PLAIN;
    return link->kind == RND_LINK_WAKE && from && from->done <= link->at &&
           from->spans[from->span_count - 1].state == RND_TASK_TIMED_OUT;
}

/* From its cause (a task's lane, or the loop's) to the lane of the task. */
static void draw_arrow(struct rnd_frame *frame, const struct rnd_link *link,
                       const struct rnd_timeline_rows *rows)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_timeline_row cause = {.rect = frame->layout.loop_lane}, effect;
    if (!rnd_timeline_find(frame, rows, link->to_task, &effect) || link->to_task == link->from_task)
        return;
    bool by_task = rnd_timeline_find(frame, rows, link->from_task, &cause);
    struct rnd_rect from = cause.rect, to = effect.rect;
    rnd_colour colour = by_task ? rnd_panel_task(frame, link->from_task) : frame->theme->ready;
    if (is_by_timeout(frame->model, link))
        colour = frame->theme->timed_out;
    else if (link->kind == RND_LINK_CANCEL)
        colour = frame->theme->cancelled;
    double x0 = rnd_timeline_x(frame, link->cause ? link->cause : link->at);
    double x1 = rnd_timeline_x(frame, link->at);
    bool down = to.y > from.y;
    double from_half = by_task ? rnd_timeline_slice_px(frame, from) / 2
                               : floor(fmin(from.h * 0.4, rnd_panel_px(frame, 32)) / 2);
    double y0 = from.y + from.h / 2 + (down ? from_half : -from_half);
    /* What it made ready is lower than a run slice. */
    double reach = rnd_timeline_slice_px(frame, to) * 0.25 + rnd_panel_px(frame, 2);
    double y1 = to.y + to.h / 2 + (down ? -reach : reach);
    double bend = (y1 - y0) * 0.5;
    struct rnd_point points[4] = {{x0, y0}, {x0, y0 + bend}, {x1, y1 - bend}, {x1, y1}};
    rnd_list_bezier(frame->list, points, (struct rnd_stroke){.colour = colour, .width_px = s->line},
                    s->arrow_head);
}

/* The link that made the running task ready: why it runs now.  RND_NEVER if there is none. */
static uint32_t why_running(const struct rnd_frame *frame)
{
    const struct rnd_state *state = &frame->state;
    const struct rnd_lane *lane =
        state->runner == RND_RUNNER_TASK ? rnd_model_lane(frame->model, state->runner_id) : NULL;
    uint32_t i = lane ? rnd_lane_span_at(lane, frame->view->moment.cursor) : RND_NEVER;
    for (; i != RND_NEVER; i--) {
        if (lane->spans[i].state == RND_TASK_READY)
            return lane->spans[i].label;
        if (i == 0)
            break;
    }
    return RND_NEVER;
}

void rnd_timeline_arrows(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_model *model = frame->model;
    uint32_t begin = rnd_model_links_at(model, frame->since);
    uint32_t end = rnd_model_links_at(model, frame->view->moment.cursor);
    for (uint32_t i = begin; i < end && i - begin < ARROWS_MAX; i++)
        draw_arrow(frame, &model->links[i], rows);
    uint32_t why = why_running(frame);
    if (why < begin)
        draw_arrow(frame, &model->links[why], rows);
}
