#include "panel.h"

#include <math.h>
#include <stdio.h>

#define TIMERS_MAX 8

/* The panel's columns. */
struct columns {
    double card_x, card_w, queue_x, queue_w, timers_x, timers_w;
    double heading_y, top, bottom;
};

static struct columns lay_out(const struct rnd_frame *frame)
{
    struct rnd_rect p = frame->layout.loop;
    double pad = frame->layout.sizes.pad, inner = p.w - 2 * pad, gap = rnd_panel_px(frame, 40);
    gap = fmin(gap, inner * 0.035);
    struct columns c = {.card_x = p.x + pad,
                        .card_w = floor(fmin(inner * 0.26, rnd_panel_px(frame, 232))),
                        .timers_w = floor(fmin(inner * 0.32, rnd_panel_px(frame, 350))),
                        .heading_y = p.y + rnd_panel_px(frame, 65),
                        .top = p.y + rnd_panel_px(frame, 82),
                        .bottom = p.y + p.h - rnd_panel_px(frame, 14)};
    if (p.h < rnd_panel_px(frame, 170)) {
        c.heading_y = p.y + rnd_panel_px(frame, 50);
        c.top = p.y + rnd_panel_px(frame, 64);
        c.bottom = p.y + p.h - rnd_panel_px(frame, 10);
    }
    c.timers_x = p.x + p.w - pad - c.timers_w;
    c.queue_x = c.card_x + c.card_w + gap;
    c.queue_w = fmax(c.timers_x - gap - c.queue_x, 0);
    return c;
}

static void draw_heading(struct rnd_frame *frame, double x, double y, double width,
                         const char *text)
{
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = frame->layout.sizes.text_small,
                                       .x = x,
                                       .middle_y = y,
                                       .colour = frame->theme->text_secondary,
                                       .max_px = width},
                    text);
}

/* --- running now ------------------------------------------------------------------------------ */

/* What the card says of what runs, on its second line. */
static void describe_runner(const struct rnd_frame *frame, char *out, size_t size)
{
    const struct rnd_state *state = &frame->state;
    out[0] = '\0';
    if (state->blocking) {
        struct rnd_lane_state at =
            rnd_state_lane(frame->model, state->runner_id, frame->view->moment.cursor);
        char what[RND_LABEL_MAX] = "";
        if (at.span)
            (void)rnd_label_await(frame->model, at.span, what, sizeof what);
        (void)snprintf(out, size, "in %s", *what ? what : "a blocking call");
    } else if (state->line && state->runner == RND_RUNNER_TASK) {
        size_t length, skip = 0;
        const char *code = rnd_script_line(frame->script, state->line, &length);
        while (skip < length && (code[skip] == ' ' || code[skip] == '\t'))
            skip++;
        (void)snprintf(out, size, "line %u · %.*s", state->line, (int)(length - skip), code + skip);
    } else if (state->runner == RND_RUNNER_CALLBACK) {
        (void)snprintf(out, size, "a callback");
    }
}

static void draw_card(struct rnd_frame *frame, struct rnd_rect card)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_state *state = &frame->state;
    double pad = rnd_panel_px(frame, 18), middle = card.y + card.h * 0.31;
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = rnd_panel_px(frame, 18),
                              .x = card.x + pad,
                              .middle_y = middle,
                              .colour = theme->text_primary,
                              .max_px = card.w - 2 * pad};
    char name[RND_LABEL_MAX], text[256];
    if (state->runner == RND_RUNNER_NONE) {
        struct rnd_timer_state next;
        rnd_list_round_dashed(frame->list, card, s->panel_radius,
                              (struct rnd_stroke){.colour = theme->raised_border,
                                                  .width_px = s->border,
                                                  .dash_px = s->dash,
                                                  .gap_px = s->dash_gap});
        (void)snprintf(text, sizeof text, "%s", "between two callbacks");
        if (frame->view->moment.cursor == frame->model->event_count && frame->model->over)
            (void)snprintf(text, sizeof text, "the run is over");
        else if (state->iteration == 0)
            (void)snprintf(text, sizeof text, "the loop has not begun");
        else if (!state->in_iteration &&
                 rnd_state_timers(frame->model, state->moment, &next, 1) > 0 &&
                 state->queue_count == 0) {
            (void)rnd_label_duration(next.timer->deadline_ns, name, sizeof name);
            (void)snprintf(text, sizeof text, "idle until %s", name);
        }
        label.font = RND_FONT_UI_MEDIUM;
        label.size_px = s->text_body;
        label.middle_y = card.y + card.h / 2;
        label.colour = theme->text_secondary;
        rnd_panel_label(frame, label, text);
        return;
    }
    bool task = state->runner == RND_RUNNER_TASK;
    rnd_colour colour = task ? rnd_panel_task(frame, state->runner_id) : theme->suspended;
    colour = state->blocking ? theme->blocking : colour;
    rnd_list_round(frame->list, card, s->panel_radius,
                   rnd_colour_mix(theme->panel_bg, colour, RND_ROW_TINT), colour, s->line);
    if (task)
        (void)rnd_label_task(frame->model, state->runner_id, name, sizeof name);
    else
        (void)rnd_label_handle(frame->model, state->runner_id, name, sizeof name);
    rnd_panel_name(frame, label, name);
    describe_runner(frame, text, sizeof text);
    label.font = RND_FONT_MONO;
    label.size_px = s->text_time;
    label.middle_y = card.y + card.h * 0.67;
    label.colour = theme->text_secondary;
    rnd_panel_label(frame, label, text);
}

/* --- the ready queue -------------------------------------------------------------------------- */

static void draw_entry(struct rnd_frame *frame, struct rnd_rect box, const struct rnd_push *push)
{
    const struct rnd_theme *theme = frame->theme;
    double radius = rnd_panel_px(frame, 8);
    rnd_colour colour = push->task ? rnd_panel_task(frame, push->task) : theme->text_secondary;
    char name[RND_LABEL_MAX];
    (void)rnd_label_push(frame->model, push, name, sizeof name);
    rnd_list_round(frame->list, box, radius,
                   rnd_colour_mix(theme->panel_bg, colour, push->task ? 48 : 24), RND_NONE, 0);
    rnd_panel_name(frame,
                   (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                      .size_px = frame->layout.sizes.text_body,
                                      .x = box.x + box.w / 2,
                                      .middle_y = box.y + box.h / 2,
                                      .colour = theme->text_primary,
                                      .align = RND_ALIGN_CENTRE,
                                      .max_px = box.w - 2 * radius},
                   name);
}

/* Between what the present iteration runs and what waits for the next one. */
static void draw_boundary(struct rnd_frame *frame, double x, double top, double height)
{
    double line = frame->layout.sizes.line, over = rnd_panel_px(frame, 5);
    rnd_list_round(frame->list,
                   (struct rnd_rect){x - line / 2, top - over, line, height + 2 * over}, line / 2,
                   frame->theme->ready, RND_NONE, 0);
}

/* What explains the queue as it is now: the longest that there is room for. */
static void draw_hint(struct rnd_frame *frame, struct columns c, double middle_y)
{
    enum { LENGTHS = 3 };
    static const char *const plain[LENGTHS] = {
        "callbacks run first in, first out; one iteration runs what was ready when it began",
        "first in, first out; an iteration runs what was ready when it began",
        "first in, first out"};
    static const char *const parted[LENGTHS] = {
        "right of the line: what became ready in this iteration, and waits for the next one",
        "right of the line: for the next iteration", "then the next iteration"};
    static const char *const later[LENGTHS] = {
        "made ready in this iteration: to wait for the next one",
        "made ready in this iteration: for the next one", "for the next iteration"};
    const struct rnd_state *state = &frame->state;
    const char *const *hints = plain;
    if (state->in_iteration && state->queue_count > state->snapshot)
        hints = state->snapshot ? parted : later;
    double size = frame->layout.sizes.text_small - 1;
    size_t i = 0;
    while (i + 1 < LENGTHS && rnd_panel_width(frame, RND_FONT_UI, size, hints[i]) > c.queue_w)
        i++;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = size,
                                       .x = c.queue_x,
                                       .middle_y = middle_y,
                                       .colour = frame->theme->text_faint,
                                       .max_px = c.queue_w},
                    hints[i]);
}

static void draw_queue(struct rnd_frame *frame, struct columns c)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_state *state = &frame->state;
    double gap = rnd_panel_px(frame, 10), height = rnd_panel_px(frame, 40);
    double wish = rnd_panel_px(frame, 140);
    uint32_t columns = (uint32_t)fmax((c.queue_w + gap) / (wish + gap) + 0.35, 0);
    if (columns == 0)
        columns = 1;
    double width = floor((c.queue_w + gap) / columns) - gap;
    bool crowded = state->queue_count > columns;
    double room = c.bottom - c.top;
    if (crowded)
        height = fmin(height, floor((room - gap) / 2));
    uint32_t places = columns * (crowded ? 2 : 1);
    uint32_t shown = state->queue_count > places ? places - 1 : state->queue_count;
    for (uint32_t i = 0; i < places; i++) {
        uint32_t row = i / columns, column = i % columns;
        struct rnd_rect box = {c.queue_x + column * (width + gap), c.top + row * (height + gap),
                               width, height};
        if (i < shown) {
            struct rnd_push push = rnd_state_queued(frame->model, state, i);
            draw_entry(frame, box, &push);
        } else {
            rnd_list_round_dashed(frame->list, box, rnd_panel_px(frame, 8),
                                  (struct rnd_stroke){.colour = theme->raised_border,
                                                      .width_px = s->border,
                                                      .dash_px = rnd_panel_px(frame, 4),
                                                      .gap_px = rnd_panel_px(frame, 4)});
        }
        if (i > 0 && i == state->snapshot && i < state->queue_count)
            draw_boundary(frame, box.x - gap / 2, box.y, height);
        if (i == shown && shown < state->queue_count) {
            char more[32];
            (void)snprintf(more, sizeof more, "+ %u more", state->queue_count - shown);
            rnd_panel_label(frame,
                            (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                               .size_px = s->text_small,
                                               .x = box.x + width / 2,
                                               .middle_y = box.y + height / 2,
                                               .colour = theme->text_secondary,
                                               .align = RND_ALIGN_CENTRE},
                            more);
        }
    }
    if (!crowded)
        draw_hint(frame, c, fmin(c.top + height + rnd_panel_px(frame, 28), c.bottom));
}

/* --- timers ----------------------------------------------------------------------------------- */

static void draw_timer(struct rnd_frame *frame, struct columns c, double middle,
                       const struct rnd_timer_state *timer)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double radius = rnd_panel_px(frame, 10), x = c.timers_x + radius;
    char text[RND_LABEL_MAX], left[48];
    double thick = rnd_panel_px(frame, 4);
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

static void draw_timers(struct rnd_frame *frame, struct columns c)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_moment moment = frame->view->moment;
    struct rnd_timer_state timers[TIMERS_MAX + TIMERS_MAX];
    double height = fmin(rnd_panel_px(frame, 32), floor((c.bottom - c.top) / 3));
    uint32_t rows = (uint32_t)fmin(fmax(floor((c.bottom - c.top) / height), 1), TIMERS_MAX);
    uint32_t all = rnd_state_timers(frame->model, moment, timers, rows);
    uint32_t shown = all < rows ? all : rows;
    uint32_t gone = rnd_state_cancelled(frame->model, moment, timers + shown, TIMERS_MAX);
    bool more = all + gone > rows;
    uint32_t draw = more ? rows - 1 : all + gone;
    for (uint32_t i = 0; i < draw; i++)
        draw_timer(frame, c, c.top + (i + 0.4) * height, &timers[i]);
    struct rnd_label label = {.font = RND_FONT_UI,
                              .size_px = s->text_small,
                              .x = c.timers_x,
                              .middle_y = c.top + (draw + 0.4) * height,
                              .colour = frame->theme->text_faint,
                              .max_px = c.timers_w};
    char text[32];
    (void)snprintf(text, sizeof text, "+ %u more", all + gone - draw);
    if (more)
        rnd_panel_label(frame, label, text);
    else if (all + gone == 0)
        rnd_panel_label(frame, label, "none armed");
}

void rnd_panel_loop(struct rnd_frame *frame)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect panel = frame->layout.loop;
    struct columns c = lay_out(frame);
    double title_y = rnd_panel_begin(frame, RND_PANEL_LOOP);
    if (frame->state.iteration) {
        char text[32];
        (void)snprintf(text, sizeof text, "iteration %u", frame->state.iteration);
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_MONO,
                                           .size_px = s->text_time,
                                           .x = panel.x + panel.w - s->pad,
                                           .middle_y = title_y,
                                           .colour = frame->theme->text_faint,
                                           .align = RND_ALIGN_RIGHT},
                        text);
    }
    draw_heading(frame, c.card_x, c.heading_y, c.card_w, "Running now");
    draw_heading(frame, c.queue_x, c.heading_y, c.queue_w,
                 "Ready queue (runs next, in this order)");
    draw_heading(frame, c.timers_x, c.heading_y, c.timers_w, "Timers");
    double height = fmin(c.bottom - c.top, rnd_panel_px(frame, 86));
    draw_card(frame, (struct rnd_rect){c.card_x, c.top, c.card_w, height});
    draw_queue(frame, c);
    draw_timers(frame, c);
}
