/* What explains the lanes: the legend, and late marks. */
#include "timeline.h"

#include <math.h>
#include <stdio.h>

/* More of them in one picture explain nothing. */
#define LATES_MAX 256

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

/* The ends of so many lanes are looked at, however many there are. */
#define LANES_LOOKED_AT 1024

/* Which states the legend explains: what is common, and what occurs. */
static unsigned states_to_explain(const struct rnd_model *model)
{
    unsigned states = 1u << RND_TASK_RUNNING | 1u << RND_TASK_READY | 1u << RND_TASK_SUSPENDED |
                      1u << RND_TASK_DONE;
    if (model->block_count)
        states |= 1u << RND_TASK_BLOCKING;
    for (uint32_t i = 0; i < model->lane_count && i < LANES_LOOKED_AT; i++) {
        const struct rnd_lane *lane = &model->lanes[i];
        if (lane->done != RND_NEVER && lane->span_count)
            states |= 1u << lane->spans[lane->span_count - 1].state;
    }
    return states;
}

double rnd_timeline_legend_apart(const struct rnd_frame *frame)
{
    double wide = rnd_panel_px(frame, 1000);
    return rnd_panel_px(frame, frame->layout.timeline.w > wide ? 32 : 18);
}

double rnd_timeline_legend(struct rnd_frame *frame, double left)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect panel = frame->layout.timeline;
    double x = panel.x + panel.w - s->pad, middle = panel.y + rnd_panel_px(frame, 23);
    double box = rnd_panel_px(frame, 14), gap = rnd_panel_px(frame, 8);
    double apart = rnd_timeline_legend_apart(frame);
    unsigned states = states_to_explain(frame->model);
    for (int state = RND_TASK_TIMED_OUT; state > RND_TASK_UNBORN; state--) {
        if (!(states & 1u << state))
            continue;
        const char *text = rnd_label_state((enum rnd_task_state)state);
        double width = rnd_panel_width(frame, RND_FONT_UI, s->text_small, text);
        if (x - width - gap - box < left)
            break;
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
    return x;
}

/* --- late marks ------------------------------------------------------------------------------- */

#define LATE_TEXT_MAX (3 * RND_LABEL_MAX)

/* When it was due, when it ran and why so late; or as much of that as there is room for.  False if
 * there is none. */
static bool late_text(const struct rnd_frame *frame, const struct rnd_late *late, double size_px,
                      double room_px, char text[LATE_TEXT_MAX])
{
    char due[48], ran[48], by[48], who[RND_LABEL_MAX];
    (void)rnd_label_duration(late->due_ns, due, sizeof due);
    (void)rnd_label_duration(late->actual_ns, ran, sizeof ran);
    (void)rnd_label_duration(late->actual_ns - late->due_ns, by, sizeof by);
    (void)rnd_label_task(frame->model, late->blocker, who, sizeof who);
    for (int brief = 0; brief < 3; brief++) {
        if (brief == 0)
            (void)snprintf(text, LATE_TEXT_MAX, "due at %s, ran at %s, because %s blocked", due,
                           ran, late->blocker ? who : "the script");
        else if (brief == 1)
            (void)snprintf(text, LATE_TEXT_MAX, "due at %s · %s late", due, by);
        else
            (void)snprintf(text, LATE_TEXT_MAX, "%s late", by);
        if (rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size_px, text) <= room_px)
            return true;
    }
    return false;
}

/* From when it was due to when it ran: a line below what stands in the lane, with its text in it.
 */
static void draw_late(struct rnd_frame *frame, const struct rnd_late *late, struct rnd_rect row)
{
    rnd_colour colour = frame->theme->blocking;
    struct rnd_rect axis = frame->layout.axis;
    double left = rnd_timeline_x_time(frame, late->due_ns);
    double right = rnd_timeline_x(frame, late->at);
    if (right - left < 2 || right < axis.x || left > axis.x + axis.w)
        return;
    double slice = rnd_timeline_slice_px(frame, row), size = frame->layout.sizes.text_small - 1;
    double width = fmax(frame->layout.sizes.line * 0.75, 1), gap = rnd_panel_px(frame, 4);
    double lane = row.y + floor(row.h / 2), bottom = row.y + row.h;
    double y = floor(fmin(lane + slice / 2 + size * 0.95, bottom - size / 2 - 1));
    /* What is awaited stands in the middle of the lane. */
    bool fits = y - size / 2 + 1 > lane + fmin(row.h * 0.3, rnd_panel_px(frame, 13));
    y = fits ? y : bottom - 3 * width;
    double from = fmax(left, axis.x) + 2 * gap, to = fmin(right, axis.x + axis.w) - 2 * gap;
    char text[LATE_TEXT_MAX];
    fits = fits && late_text(frame, late, size, to - from - 2 * gap, text);
    double text_px = fits ? rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text) + 2 * gap : 0;
    from = fits ? from : left;
    rnd_list_rect(frame->list, (struct rnd_rect){left, lane + gap, width, y - lane - gap}, colour);
    rnd_list_rect(frame->list, (struct rnd_rect){left, y, from - left, width}, colour);
    rnd_list_rect(frame->list, (struct rnd_rect){from + text_px, y, right - from - text_px, width},
                  colour);
    if (fits)
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                           .size_px = size,
                                           .x = from + gap,
                                           .middle_y = y + width / 2,
                                           .colour = colour},
                        text);
}

void rnd_timeline_lates(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_model *model = frame->model;
    uint32_t from = rnd_model_lates_at(model, rnd_timeline_cursor(frame, frame->layout.axis.x));
    uint32_t end = rnd_model_lates_at(model, frame->view->moment.cursor);
    for (uint32_t i = from; i < end && i - from < LATES_MAX; i++) {
        struct rnd_timeline_row row;
        if (!rnd_timeline_find(frame, rows, model->lates[i].task, &row))
            continue;
        rnd_list_clip_push(frame->list, row.clip);
        draw_late(frame, &model->lates[i], row.rect);
        rnd_list_clip_pop(frame->list);
    }
}
