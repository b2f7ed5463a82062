/* The timers, by deadline, with the time that is left; those that were cancelled just now. */
#include "loop.h"

#include <math.h>
#include <stdio.h>

#define CANCELLED_MAX 8

/* --- timers ----------------------------------------------------------------------------------- */

static void draw_timer(struct rnd_frame *frame, struct rnd_loop_columns c, double middle,
                       double height, const struct rnd_timer_state *timer)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double radius = rnd_panel_px(frame, 10), x = c.timers_x + radius;
    char text[RND_LABEL_MAX], left[48];
    double thick = rnd_panel_px(frame, 4), reach = rnd_panel_px(frame, 6);
    struct rnd_rect row = {c.timers_x - reach, middle - height / 2, c.timers_w + 2 * reach, height};
    uint32_t index = (uint32_t)(timer->timer - frame->model->timers);
    rnd_hits_add(frame->hits, row, RND_HIT_TIMER, index);
    rnd_loop_selected(frame, row, reach, (struct rnd_thing){RND_THING_TIMER, index});
    rnd_list_ring(frame->list, x, middle, radius, thick, theme->track);
    if (!timer->cancelled)
        rnd_list_pie(frame->list, x, middle, radius, thick, 0, 1.0 - (double)timer->done,
                     rnd_panel_task(frame, timer->timer->task));

    if (timer->cancelled)
        (void)snprintf(left, sizeof left, "cancelled");
    else if (timer->left_ns <= 0)
        (void)snprintf(left, sizeof left, "%s", timer->left_ns < 0 ? "late" : "due");
    else
        (void)snprintf(left, sizeof left, "in %.3f s", (double)timer->left_ns / 1e9);
    double left_px = rnd_panel_width(frame, RND_FONT_MONO, s->text_time, left);
    const struct rnd_lane *lane = rnd_model_lane(frame->model, timer->timer->task);
    bool time_up = lane && lane->time_up;
    rnd_colour colour = timer->cancelled     ? time_up ? theme->timed_out : theme->cancelled
                        : timer->left_ns < 0 ? theme->blocking
                                             : theme->text_secondary;
    struct rnd_label label = {.font = RND_FONT_MONO,
                              .size_px = s->text_time,
                              .x = c.timers_x + c.timers_w - left_px,
                              .middle_y = middle,
                              .colour = colour};
    rnd_panel_label(frame, label, left);

    x += radius + rnd_panel_px(frame, 10);
    (void)rnd_label_timer(frame->model, timer->timer, text, sizeof text);
    double room = label.x - rnd_panel_px(frame, 10) - x;
    /* Where there is no room for what it is for, it is said whose it is. */
    if (rnd_label_timer_is_of_task(timer->timer) &&
        rnd_panel_width(frame, RND_FONT_UI, s->text_body, text) > room)
        (void)rnd_label_task(frame->model, timer->timer->task, text, sizeof text);
    rnd_panel_name(
        frame,
        (struct rnd_label){.font = RND_FONT_UI,
                           .size_px = s->text_body,
                           .x = x,
                           .middle_y = middle,
                           .colour = timer->cancelled ? theme->text_faint : theme->text_primary,
                           .max_px = room},
        text);
    if (timer->cancelled) {
        double width = fmin(room, rnd_panel_width(frame, RND_FONT_UI, s->text_body, text));
        rnd_list_rect(frame->list, (struct rnd_rect){x, middle, width, s->border},
                      theme->text_faint);
    }
}

static double row_px(const struct rnd_frame *frame, struct rnd_loop_columns c)
{
    return fmin(rnd_panel_px(frame, 32), floor((c.bottom - c.top) / 3));
}

static uint32_t row_count(const struct rnd_frame *frame, struct rnd_loop_columns c)
{
    return (uint32_t)fmax(floor((c.bottom - c.top) / row_px(frame, c)), 1);
}

uint32_t rnd_loop_timers_most(const struct rnd_view *view, const struct rnd_model *model)
{
    struct rnd_timer_state gone[CANCELLED_MAX];
    struct rnd_frame frame = {.model = model, .view = view, .layout = rnd_view_layout(view)};
    uint32_t rows = row_count(&frame, rnd_loop_lay_out(&frame));
    uint32_t all = rnd_state_timers(model, view->moment, gone, 1);
    all = rnd_loop_least(all, RND_LOOP_TIMERS_MAX) +
          rnd_state_cancelled(model, view->moment, gone, CANCELLED_MAX);
    return all > rows ? all - rows : 0;
}

void rnd_loop_timers(struct rnd_frame *frame, struct rnd_loop_columns c)
{
    struct rnd_moment moment = frame->view->moment;
    struct rnd_timer_state timers[RND_LOOP_TIMERS_MAX + CANCELLED_MAX];
    double height = row_px(frame, c);
    uint32_t rows = row_count(frame, c);
    uint32_t wanted = rows + frame->view->inspect.timer_row;
    wanted = wanted < RND_LOOP_TIMERS_MAX ? wanted : RND_LOOP_TIMERS_MAX;
    uint32_t all = rnd_state_timers(frame->model, moment, timers, wanted);
    uint32_t known = all < wanted ? all : wanted;
    uint32_t gone = rnd_state_cancelled(frame->model, moment, timers + known, CANCELLED_MAX);
    uint32_t first = frame->view->inspect.timer_row, last = known + gone;
    first = rnd_loop_least(first, last > rows ? last - rows : 0);
    uint32_t left = all + gone - first, draw = left > rows ? rows - 1 : left;
    rnd_hits_add(frame->hits,
                 (struct rnd_rect){c.timers_x, c.top, c.timers_w, fmax(c.bottom - c.top, 0)},
                 RND_HIT_TIMERS, 0);
    for (uint32_t i = 0; i < draw; i++)
        draw_timer(frame, c, c.top + (i + 0.4) * height, height, &timers[first + i]);
    struct rnd_rect place = {c.timers_x, c.top + (draw - 0.1) * height, c.timers_w, height};
    if (left > draw)
        rnd_loop_more(frame, place, RND_ALIGN_LEFT, first, left - draw);
    else if (all + gone == 0)
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI,
                                           .size_px = frame->layout.sizes.text_small,
                                           .x = c.timers_x,
                                           .middle_y = place.y + height / 2,
                                           .colour = frame->theme->text_faint,
                                           .max_px = c.timers_w},
                        "none armed");
}
