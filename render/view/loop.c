#include "loop.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct rnd_loop_columns rnd_loop_lay_out(const struct rnd_frame *frame)
{
    struct rnd_rect p = frame->layout.loop;
    double pad = frame->layout.sizes.pad, inner = p.w - 2 * pad, gap = rnd_panel_px(frame, 40);
    gap = fmin(gap, inner * 0.035);
    struct rnd_loop_columns c = {.card_x = p.x + pad,
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

/* Fewer letters of a line of code tell nothing, and in a video nobody can ask for more. */
#define CODE_LEAST 8

/* Where a task is, and the code there unless hardly any of it could be seen. */
static void describe_line(const struct rnd_frame *frame, double max_px, char *out, size_t size)
{
    const struct rnd_state *state = &frame->state;
    double text_px = frame->layout.sizes.text_time;
    size_t length, skip = 0;
    const char *code = rnd_script_code(frame->script, state->file, state->line, &length);
    while (skip < length && (code[skip] == ' ' || code[skip] == '\t'))
        skip++;
    length -= skip;
    (void)rnd_label_place(frame->model, state->file, state->line, out, size);
    size_t place = strlen(out), least = length < CODE_LEAST ? length : CODE_LEAST;
    (void)snprintf(out + place, size - place, " · %.*s", (int)least, code + skip);
    if (frame->layout.film && rnd_panel_width(frame, RND_FONT_MONO, text_px, out) > max_px)
        out[place] = '\0';
    else
        (void)snprintf(out + place, size - place, " · %.*s", (int)length, code + skip);
}

/* What the card says of what runs, on its second line. */
static void describe_runner(const struct rnd_frame *frame, double max_px, char *out, size_t size)
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
    } else if (state->line) {
        describe_line(frame, max_px, out, size);
    } else if (state->runner == RND_RUNNER_CALLBACK) {
        (void)snprintf(out, size, "a callback");
    }
}

static void draw_card(struct rnd_frame *frame, struct rnd_rect card)
{
    if (frame->state.runner != RND_RUNNER_NONE)
        rnd_hits_add(frame->hits, card, RND_HIT_RUNNER, 0);
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
        (void)snprintf(text, sizeof text, "%s", "between callbacks");
        if (frame->view->moment.cursor == frame->model->event_count && frame->model->over)
            (void)snprintf(text, sizeof text, "the run is over");
        else if (state->iteration == 0)
            (void)snprintf(text, sizeof text, "not begun yet");
        else if (!state->in_iteration &&
                 rnd_state_timers(frame->model, state->moment, &next, 1) > 0 &&
                 state->queue_count == 0 && next.timer->deadline_ns > state->moment.time_ns) {
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
    describe_runner(frame, label.max_px, text, sizeof text);
    label.font = RND_FONT_MONO;
    label.size_px = s->text_time;
    label.middle_y = card.y + card.h * 0.67;
    label.colour = theme->text_secondary;
    rnd_panel_label(frame, label, text);
}

void rnd_loop_selected(struct rnd_frame *frame, struct rnd_rect box, double radius_px,
                       struct rnd_thing thing)
{
    const struct rnd_view *view = frame->view;
    struct rnd_thing chosen = rnd_inspector_thing(view, frame->model);
    bool is_one = view->selected || view->inspect.thing.kind != RND_THING_NONE;
    if (rnd_panel_hovered(frame, box))
        rnd_list_round(frame->list, box, radius_px, frame->theme->hover, RND_NONE, 0);
    if (is_one && chosen.kind == thing.kind && chosen.id == thing.id)
        rnd_list_round(frame->list, box, radius_px, RND_NONE, frame->theme->accent,
                       frame->layout.sizes.line);
}

void rnd_loop_more(struct rnd_frame *frame, struct rnd_rect place, enum rnd_align align,
                   uint32_t before, uint32_t after)
{
    char text[64];
    if (before)
        (void)snprintf(text, sizeof text, "%u before, + %u more", before, after);
    else
        (void)snprintf(text, sizeof text, "+ %u more", after);
    rnd_panel_label(
        frame,
        (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                           .size_px = frame->layout.sizes.text_small,
                           .x = align == RND_ALIGN_CENTRE ? place.x + place.w / 2 : place.x,
                           .middle_y = place.y + place.h / 2,
                           .colour = frame->theme->text_secondary,
                           .align = align,
                           .max_px = place.w},
        text);
}

void rnd_panel_loop(struct rnd_frame *frame)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect panel = frame->layout.loop;
    struct rnd_loop_columns c = rnd_loop_lay_out(frame);
    double title_y = rnd_panel_begin(frame, RND_PANEL_LOOP);
    if (frame->state.iteration) {
        char text[96], clock[48];
        int64_t run_ns = frame->model->end_ns;
        (void)rnd_label_clock(frame->view->moment.time_ns, run_ns, clock, sizeof clock);
        (void)snprintf(text, sizeof text, "%s%s · iteration %u", clock,
                       rnd_label_clock_unit(run_ns), frame->state.iteration);
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
    const char *queue = "Ready queue (runs next, in this order)";
    if (rnd_panel_width(frame, RND_FONT_UI, s->text_small, queue) > c.queue_w)
        queue = "Ready queue";
    draw_heading(frame, c.queue_x, c.heading_y, c.queue_w, queue);
    draw_heading(frame, c.timers_x, c.heading_y, c.timers_w, "Timers");
    double height = fmin(c.bottom - c.top, rnd_panel_px(frame, 86));
    draw_card(frame, (struct rnd_rect){c.card_x, c.top, c.card_w, height});
    rnd_loop_queue(frame, c);
    rnd_loop_timers(frame, c);
}
