/* What lies over the lanes: the legend, late marks, and arrows from causes to effects. */
#include "timeline.h"

#include <math.h>
#include <stdio.h>

/* More of them in one picture explain nothing. */
#define LATES_MAX 256
#define ARROWS_MAX 24

/* --- the legend ------------------------------------------------------------------------------- */

static void draw_swatch(struct rnd_frame *frame, struct rnd_rect box, enum rnd_task_state state)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double radius = rnd_panel_px(frame, 4), middle = box.y + floor(box.h / 2);
    switch (state) {
    case RND_TASK_RUNNING:
        rnd_list_round(frame->list, box, radius, rnd_theme_task(theme, 0), RND_NONE, 0);
        break;
    case RND_TASK_READY:
        rnd_list_round(frame->list, box, radius, rnd_colour_mix(theme->panel_bg, theme->ready, 40),
                       theme->ready, s->border);
        rnd_list_pattern(frame->list, (struct rnd_rect){box.x + 2, box.y + 2, box.w - 4, box.h - 4},
                         0, RND_PATTERN_DOTS, rnd_panel_px(frame, 5), theme->ready);
        break;
    case RND_TASK_SUSPENDED:
        rnd_list_line(frame->list, box.x, middle, box.x + box.w, middle,
                      (struct rnd_stroke){.colour = theme->suspended,
                                          .width_px = s->line,
                                          .dash_px = floor(box.w * 0.35),
                                          .gap_px = floor(box.w * 0.25)});
        break;
    case RND_TASK_BLOCKING:
        rnd_list_round(frame->list, box, radius,
                       rnd_colour_mix(theme->panel_bg, theme->blocking, 64), theme->blocking,
                       s->border);
        rnd_list_pattern(frame->list, box, radius, RND_PATTERN_STRIPES, rnd_panel_px(frame, 8),
                         theme->blocking);
        break;
    default:
        rnd_panel_end_mark(frame, box.x + box.w / 2, middle, box.h / 2, state,
                           rnd_panel_end(frame, state));
        break;
    }
}

/* Which states the legend explains: what is common, and what occurs. */
static unsigned states_to_explain(const struct rnd_model *model)
{
    unsigned states = 1u << RND_TASK_RUNNING | 1u << RND_TASK_READY | 1u << RND_TASK_SUSPENDED |
                      1u << RND_TASK_DONE;
    if (model->block_count)
        states |= 1u << RND_TASK_BLOCKING;
    for (uint32_t i = 0; i < model->lane_count; i++) {
        const struct rnd_lane *lane = &model->lanes[i];
        if (lane->done != RND_NEVER && lane->span_count)
            states |= 1u << lane->spans[lane->span_count - 1].state;
    }
    return states;
}

void rnd_timeline_legend(struct rnd_frame *frame, double left)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect panel = frame->layout.timeline;
    double x = panel.x + panel.w - s->pad, middle = panel.y + rnd_panel_px(frame, 23);
    double box = rnd_panel_px(frame, 14), gap = rnd_panel_px(frame, 8);
    double apart = rnd_panel_px(frame, panel.w > rnd_panel_px(frame, 1000) ? 32 : 18);
    unsigned states = states_to_explain(frame->model);
    for (int state = RND_TASK_TIMED_OUT; state > RND_TASK_UNBORN; state--) {
        if (!(states & 1u << state))
            continue;
        const char *text = rnd_label_state((enum rnd_task_state)state);
        double width = rnd_panel_width(frame, RND_FONT_UI, s->text_small, text);
        if (x - width - gap - box < left)
            return;
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI,
                                           .size_px = s->text_small,
                                           .x = x - width,
                                           .middle_y = middle,
                                           .colour = frame->theme->text_secondary},
                        text);
        x -= width + gap + box;
        draw_swatch(frame, (struct rnd_rect){x, middle - floor(box / 2), box, box},
                    (enum rnd_task_state)state);
        x -= apart;
    }
}

/* --- late marks ------------------------------------------------------------------------------- */

/* Where a task's lane is; false for a task that has none. */
static bool lane_row(const struct rnd_frame *frame, uint32_t task, double row_top, double row_px,
                     struct rnd_rect *row)
{
    uint32_t number = rnd_view_row(frame->model, task);
    if (number == RND_NEVER)
        return false;
    struct rnd_rect lanes = frame->layout.lanes;
    *row = (struct rnd_rect){lanes.x, row_top + number * row_px, lanes.w, row_px};
    return true;
}

static void draw_late(struct rnd_frame *frame, const struct rnd_late *late, struct rnd_rect row)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect axis = frame->layout.axis;
    double left = rnd_timeline_x_time(frame, late->due_ns);
    double right = rnd_timeline_x(frame, late->at);
    double slice = rnd_timeline_slice_px(frame, row), width = fmax(s->line * 0.75, 1);
    double y = row.y + floor((row.h + slice) / 2) - width;
    if (right - left < 2 || right < axis.x || left > axis.x + axis.w)
        return;
    double tick = floor(slice * 0.4);
    rnd_list_rect(frame->list, (struct rnd_rect){left, y - tick, width, tick + width},
                  theme->blocking);
    rnd_list_rect(frame->list, (struct rnd_rect){left, y, right - left, width}, theme->blocking);

    char due[48], by[48], text[128];
    (void)rnd_label_duration(late->due_ns, due, sizeof due);
    (void)rnd_label_duration(late->actual_ns - late->due_ns, by, sizeof by);
    (void)snprintf(text, sizeof text, "due at %s · %s late", due, by);
    double size = s->text_small - 1;
    double room = fmin(right, axis.x + axis.w) - fmax(left, axis.x) - rnd_panel_px(frame, 16);
    double middle = y + size * 0.95;
    if (rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text) > room)
        (void)snprintf(text, sizeof text, "%s late", by);
    if (rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text) > room ||
        middle + size / 2 > row.y + row.h)
        return;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                       .size_px = size,
                                       .x = fmax(left, axis.x) + rnd_panel_px(frame, 6),
                                       .middle_y = middle,
                                       .colour = theme->blocking},
                    text);
}

void rnd_timeline_lates(struct rnd_frame *frame, double row_top, double row_px)
{
    const struct rnd_model *model = frame->model;
    uint32_t from = rnd_model_lates_at(model, rnd_timeline_cursor(frame, frame->layout.axis.x));
    uint32_t end = rnd_model_lates_at(model, frame->view->moment.cursor);
    for (uint32_t i = from; i < end && i - from < LATES_MAX; i++) {
        struct rnd_rect row;
        if (lane_row(frame, model->lates[i].task, row_top, row_px, &row))
            draw_late(frame, &model->lates[i], row);
    }
}

/* --- arrows ----------------------------------------------------------------------------------- */

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
static void draw_arrow(struct rnd_frame *frame, const struct rnd_link *link, double row_top,
                       double row_px)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect from, to, loop = frame->layout.loop_lane;
    if (!lane_row(frame, link->to_task, row_top, row_px, &to) || link->to_task == link->from_task)
        return;
    bool by_task = lane_row(frame, link->from_task, row_top, row_px, &from);
    from = by_task ? from : loop;
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

void rnd_timeline_arrows(struct rnd_frame *frame, double row_top, double row_px)
{
    const struct rnd_model *model = frame->model;
    uint32_t begin = rnd_model_links_at(model, frame->since);
    uint32_t end = rnd_model_links_at(model, frame->view->moment.cursor);
    for (uint32_t i = begin; i < end && i - begin < ARROWS_MAX; i++)
        draw_arrow(frame, &model->links[i], row_top, row_px);
    uint32_t why = why_running(frame);
    if (why < begin)
        draw_arrow(frame, &model->links[why], row_top, row_px);
}
