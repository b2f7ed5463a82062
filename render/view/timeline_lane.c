#include "timeline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool is_end(unsigned state)
{
    return state >= RND_TASK_DONE;
}

static void draw_blocking(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect rect,
                          double radius)
{
    const struct rnd_theme *theme = frame->theme;
    rnd_colour ground = rnd_colour_mix(theme->panel_bg, theme->blocking, 64);
    rnd_colour red = rnd_timeline_tint(frame, half, theme->blocking);
    rnd_list_round(frame->list, rect, radius, rnd_timeline_tint(frame, half, ground), RND_NONE, 0);
    rnd_list_pattern(frame->list, rect, radius, RND_PATTERN_STRIPES, rnd_panel_px(frame, 12), red);
    rnd_list_round(frame->list, rect, radius, RND_NONE, red, frame->layout.sizes.line * 0.75);
}

static void draw_ready(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect rect)
{
    const struct rnd_theme *theme = frame->theme;
    double low = floor(rect.h * 0.28), radius = frame->layout.sizes.slice_radius - 1;
    rnd_colour amber = rnd_timeline_tint(frame, half, theme->ready);
    rect.y += low;
    rect.h -= 2 * low;
    rnd_list_round(
        frame->list, rect, radius,
        rnd_timeline_tint(frame, half, rnd_colour_mix(theme->panel_bg, theme->ready, 40)), amber,
        frame->layout.sizes.border);
    if (rect.w > rnd_panel_px(frame, 10))
        rnd_list_pattern(frame->list,
                         (struct rnd_rect){rect.x + 2, rect.y + 2, rect.w - 4, rect.h - 4}, 0,
                         RND_PATTERN_DOTS, rnd_panel_px(frame, 5), amber);
}

static void draw_span(struct rnd_frame *frame, struct rnd_half half, unsigned state,
                      struct rnd_rect rect, rnd_colour colour)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    rnd_colour tint = rnd_timeline_tint(frame, half, colour);
    double middle = rect.y + floor(rect.h / 2);
    bool stroke = rect.w < RND_TIMELINE_STROKE_PX;
    switch (state) {
    case RND_TASK_RUNNING:
        rnd_list_round(frame->list, rect, stroke ? 0 : s->slice_radius, tint, RND_NONE, 0);
        break;
    case RND_TASK_BLOCKING:
        draw_blocking(frame, half, rect, stroke ? 0 : s->slice_radius);
        break;
    case RND_TASK_READY:
        if (!stroke)
            draw_ready(frame, half, rect);
        break;
    case RND_TASK_SUSPENDED:
        rnd_list_line(frame->list, rect.x, middle, rect.x + rect.w, middle,
                      (struct rnd_stroke){.colour = tint,
                                          .width_px = fmax(s->line * 0.75, 1),
                                          .dash_px = s->dash,
                                          .gap_px = s->dash_gap});
        break;
    default:
        break;
    }
}

/* Columns in a row that are about equally crowded; level 0: none. */
struct crowd {
    double left, right;
    unsigned level;
};

/* Lower than a slice, and the fuller the more there is in it. */
static void draw_crowd(struct rnd_frame *frame, struct rnd_half half, const struct crowd *crowd,
                       struct rnd_rect row, rnd_colour colour)
{
    double height = floor(row.h * 0.7), y = row.y + floor((row.h - height) / 2);
    rnd_colour full = rnd_colour_mix(frame->theme->panel_bg, colour, 70 + 35 * crowd->level);
    if (crowd->level)
        rnd_list_rect(frame->list,
                      (struct rnd_rect){crowd->left, y, crowd->right - crowd->left, height},
                      rnd_timeline_tint(frame, half, full));
}

/* How full a column with so many spans is: 1 to 5. */
static unsigned level_of(uint32_t spans)
{
    unsigned level = 1;
    for (spans /= RND_TIMELINE_CROWD; spans > 1 && level < 5; spans /= 2)
        level++;
    return level;
}

/* Adds a column to the crowd, or draws that and begins another. */
static void add_to_crowd(struct rnd_frame *frame, struct rnd_half half, struct crowd *crowd,
                         struct crowd column, struct rnd_rect row, rnd_colour colour)
{
    if (crowd->level == column.level && column.left <= crowd->right + RND_TIMELINE_STROKE_PX) {
        crowd->right = column.right;
        return;
    }
    draw_crowd(frame, half, crowd, row, colour);
    *crowd = column;
}

void rnd_timeline_lane(struct rnd_frame *frame, struct rnd_half half, uint32_t task,
                       struct rnd_rect row)
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    const struct rnd_sizes *s = &frame->layout.sizes;
    rnd_colour colour = rnd_panel_task(frame, task);
    double height = rnd_timeline_slice_px(frame, row), y = row.y + floor((row.h - height) / 2);
    struct rnd_rect band = {row.x, y, row.w, height};
    struct crowd crowd = {0};

    uint32_t i = rnd_lane_first_span(lane, rnd_timeline_cursor(frame, half.left));
    while (i < lane->span_count) {
        const struct rnd_span *span = &lane->spans[i];
        double x = rnd_timeline_x(frame, span->begin), column;
        if (x >= half.right || is_end(span->state))
            break;
        uint32_t beyond = rnd_timeline_beyond(frame, x, &column);
        uint32_t next = span->end <= beyond ? rnd_lane_first_span(lane, beyond) : i + 1;
        if (next >= i + RND_TIMELINE_CROWD) {
            add_to_crowd(frame, half, &crowd,
                         (struct crowd){x, fmax(column, x + 1), level_of(next - i)}, band, colour);
            i = next;
            continue;
        }
        /* What lies outside the screen would only cost; but dashes keep their places. */
        double end = rnd_timeline_end_x(frame, span->end);
        double left = fmax(x, half.left - 100), right = fmin(end, half.right + 100);
        left -= fmod(left - x, s->dash + s->dash_gap);
        draw_span(frame, half, span->state,
                  (struct rnd_rect){left, y, fmax(right - left, 1), height}, colour);
        i++;
    }
    draw_crowd(frame, half, &crowd, band, colour);
}

/* What a suspended span awaits, in the middle of what is seen of it, if there is room. */
static void draw_pill(struct rnd_frame *frame, const struct rnd_span *span, struct rnd_rect row,
                      rnd_colour colour)
{
    const struct rnd_model *model = frame->model;
    const struct rnd_moment now = frame->view->moment;
    struct rnd_rect axis = frame->layout.axis;
    double left = fmax(rnd_timeline_x(frame, span->begin), axis.x);
    double right = fmin(rnd_timeline_end_x(frame, span->end), axis.x + axis.w);
    double size = frame->layout.sizes.text_small, pad = rnd_panel_px(frame, 14);
    char text[RND_LABEL_MAX] = "";
    bool here = span->begin <= now.cursor && now.cursor < span->end;
    bool cut_short = span->end_ns != RND_NO_TIME && span->deadline_ns != RND_NO_TIME &&
                     span->end_ns < span->deadline_ns;
    double width = right - left;
    double text_px = INFINITY;
    if (here || (cut_short && span->end <= now.cursor)) {
        struct rnd_moment end = {.cursor = span->end - 1, .time_ns = span->end_ns};
        (void)rnd_label_await_left(model, span, here ? now : end, text, sizeof text);
        text_px = rnd_panel_width(frame, RND_FONT_UI, size, text);
    }
    if (here && span->deadline_ns != RND_NO_TIME && now.time_ns > span->deadline_ns) {
        size_t length = rnd_label_await(model, span, text, sizeof text);
        (void)snprintf(text + length, sizeof text - length, " · late");
        text_px = rnd_panel_width(frame, RND_FONT_UI, size, text);
    }
    if (text_px + 4 * pad > width) {
        (void)rnd_label_await(model, span, text, sizeof text);
        text_px = rnd_panel_width(frame, RND_FONT_UI, size, text);
    }
    char *detail = strstr(text, " · ");
    if (text_px + 4 * pad > width && detail) {
        *detail = '\0';
        text_px = rnd_panel_width(frame, RND_FONT_UI, size, text);
    }
    if (!*text || text_px + 4 * pad > width)
        return;
    double height = floor(fmin(rnd_panel_px(frame, 26), row.h * 0.6));
    height = fmax(height, floor(fmin(size * 1.6, row.h - 2)));
    bool framed = height >= size * 1.5; /* or else the frame would lie over the letters */
    pad = framed ? pad : size * 0.6;
    struct rnd_rect pill = {floor((left + right - text_px) / 2 - pad), row.y + (row.h - height) / 2,
                            ceil(text_px + 2 * pad), height};
    rnd_list_round(frame->list, pill, height / 2, frame->theme->panel_bg,
                   framed ? colour : RND_NONE, frame->layout.sizes.border);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = size,
                                       .x = pill.x + pill.w / 2,
                                       .middle_y = pill.y + pill.h / 2,
                                       .colour = colour,
                                       .align = RND_ALIGN_CENTRE},
                    text);
}

const char *rnd_timeline_value(const struct rnd_model *model, const struct rnd_lane *lane)
{
    const char *value = rnd_model_text(model, lane->value, NULL);
    if (!*value && lane->spans[lane->span_count - 1].state >= RND_TASK_CANCELLED)
        return "CancelledError";
    return strcmp(value, "None") == 0 ? "" : value;
}

static void draw_end(struct rnd_frame *frame, const struct rnd_lane *lane,
                     const struct rnd_span *span, struct rnd_rect row, struct rnd_half half)
{
    rnd_colour colour = rnd_timeline_tint(frame, half, rnd_panel_end(frame, span->state));
    double radius = rnd_panel_px(frame, span->state == RND_TASK_DONE ? 9 : 13);
    radius = floor(fmin(radius, row.h * 0.3));
    double x = rnd_timeline_x(frame, span->begin) + radius + rnd_panel_px(frame, 4);
    double middle = row.y + floor(row.h / 2);
    struct rnd_rect axis = frame->layout.axis;
    if (x < axis.x || x - radius > axis.x + axis.w)
        return;
    rnd_panel_end_mark(frame, x, middle, radius, span->state, colour);

    const char *value = rnd_timeline_value(frame->model, lane);
    x += radius + rnd_panel_px(frame, 8);
    double room = axis.x + axis.w - x, size = frame->layout.sizes.text_small;
    bool past = span->begin <= frame->view->moment.cursor;
    if (!past || !*value || room < 3 * size)
        return;
    bool done = span->state == RND_TASK_DONE;
    double width =
        fmin(rnd_panel_width(frame, done ? RND_FONT_MONO : RND_FONT_UI_BOLD, size, value), room);
    rnd_timeline_clear(frame, (struct rnd_rect){x - 2, middle - size * 0.7, width + 4, size * 1.4});
    rnd_panel_label(frame,
                    (struct rnd_label){.font = done ? RND_FONT_MONO : RND_FONT_UI_BOLD,
                                       .size_px = size,
                                       .x = x,
                                       .middle_y = middle,
                                       .colour = done ? frame->theme->text_secondary : colour,
                                       .max_px = room},
                    value);
}

void rnd_timeline_lane_labels(struct rnd_frame *frame, uint32_t task, struct rnd_rect row)
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    struct rnd_rect axis = frame->layout.axis;
    rnd_colour colour = rnd_panel_task(frame, task);
    double wide = rnd_panel_px(frame, 60);

    uint32_t i = rnd_lane_first_span(lane, rnd_timeline_cursor(frame, axis.x));
    while (i < lane->span_count) {
        const struct rnd_span *span = &lane->spans[i];
        double x = rnd_timeline_x(frame, span->begin), column;
        if (x > axis.x + axis.w || is_end(span->state) || span->begin > frame->view->moment.cursor)
            break;
        /* What ends within a column has no room for words. */
        uint32_t beyond = rnd_timeline_beyond(frame, x, &column);
        if (span->end <= beyond) {
            i = rnd_lane_first_span(lane, beyond);
            continue;
        }
        if (span->state == RND_TASK_SUSPENDED && rnd_timeline_end_x(frame, span->end) - x > wide)
            draw_pill(frame, span, row, colour);
        i++;
    }
}

void rnd_timeline_lane_end(struct rnd_frame *frame, uint32_t task, struct rnd_rect row)
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    const struct rnd_span *last = lane->span_count ? &lane->spans[lane->span_count - 1] : NULL;
    struct rnd_rect axis = frame->layout.axis;
    if (last && is_end(last->state))
        draw_end(frame, lane, last, row,
                 (struct rnd_half){axis.x, axis.x + axis.w,
                                   last->begin <= frame->view->moment.cursor ? 255 : 90});
}
