#include "timeline.h"

#include <math.h>
#include <stdio.h>

#define TICKS_MAX 128

/* Between two ticks at scale 1, at least. */
#define TICK_GAP_PX 80
#define FAR_PX 4096.0

/* Width of a column at scale 1. */
#define COLUMN_PX 5

/* The share of its colours that the future keeps; in a theme of high contrast, of those who see
 * little of what is faint, more. */
#define FUTURE_SHARE 60
#define FUTURE_SHARE_HIGH 120
#define CONTRAST_HIGH 7

/* A screen x for an x of the axis; what is far outside is just outside, so that no shape is huge.
 */
static double to_screen(const struct rnd_frame *frame, double x)
{
    struct rnd_rect axis = frame->layout.axis;
    return axis.x + fmin(fmax(x, -FAR_PX), axis.w + FAR_PX);
}

double rnd_timeline_x(const struct rnd_frame *frame, uint32_t cursor)
{
    return to_screen(frame, rnd_axis_x(&frame->view->axis, cursor));
}

double rnd_timeline_x_time(const struct rnd_frame *frame, int64_t time_ns)
{
    return to_screen(frame, rnd_axis_x_time(&frame->view->axis, time_ns));
}

double rnd_timeline_end_x(const struct rnd_frame *frame, uint32_t end)
{
    uint32_t last = frame->model->event_count;
    return rnd_timeline_x(frame, end < last ? end : last);
}

double rnd_timeline_now(const struct rnd_frame *frame)
{
    const struct rnd_view *focus = frame->focus;
    return to_screen(frame, focus->compare ? rnd_compare_now_px(focus)
                                           : rnd_axis_x_moment(&focus->axis, focus->moment));
}

uint32_t rnd_timeline_cursor(const struct rnd_frame *frame, double x)
{
    return rnd_axis_cursor_at(&frame->view->axis, x - frame->layout.axis.x);
}

struct rnd_half rnd_timeline_future(const struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect axis = frame->layout.axis;
    double right = axis.x + axis.w;
    bool high = rnd_colour_contrast(theme->text_faint, theme->panel_bg) >= CONTRAST_HIGH;
    return (struct rnd_half){fmin(fmax(rnd_timeline_now(frame), axis.x), right), right,
                             high ? FUTURE_SHARE_HIGH : FUTURE_SHARE};
}

rnd_colour rnd_timeline_tint(const struct rnd_frame *frame, struct rnd_half half, rnd_colour colour)
{
    return half.share == 255 ? colour : rnd_colour_mix(frame->theme->panel_bg, colour, half.share);
}

void rnd_timeline_cut(const struct rnd_frame *frame, struct rnd_timeline_columns *out)
{
    struct rnd_rect axis = frame->layout.axis;
    out->left = axis.x;
    out->width_px = fmax(rnd_panel_px(frame, COLUMN_PX), ceil(axis.w / RND_TIMELINE_COLUMNS_MAX));
    out->count = (uint32_t)ceil(axis.w / out->width_px);
    for (uint32_t i = 0; i <= out->count; i++)
        out->cursors[i] = rnd_timeline_cursor(frame, axis.x + i * out->width_px);
}

uint32_t rnd_timeline_beyond(const struct rnd_frame *frame, double x, double *right)
{
    const struct rnd_timeline_columns *columns = frame->columns;
    double at = fmin(fmax(floor((x - columns->left) / columns->width_px), 0), columns->count - 1.0);
    *right = columns->left + (at + 1) * columns->width_px;
    return columns->cursors[(uint32_t)at + 1];
}

double rnd_timeline_slice_px(const struct rnd_frame *frame, struct rnd_rect row)
{
    double most = fmax(rnd_panel_px(frame, 36), row.h * 0.3);
    return floor(fmin(fmax(row.h * 0.42, rnd_panel_px(frame, 16)), most));
}

/* A time as exactly as a pixel tells it: as on a clock's face where that is about a millisecond. */
static size_t write_time(const struct rnd_frame *frame, int64_t time_ns, char *out, size_t size)
{
    const int64_t minutes_ns = INT64_C(120000000000);
    double px_ns = frame->view->axis.px_per_ns > 0 ? 1 / frame->view->axis.px_per_ns : 1e6;
    int64_t step_ns = 1;
    while ((double)step_ns * 10 <= px_ns && step_ns < minutes_ns)
        step_ns *= 10;
    if (time_ns < minutes_ns && step_ns >= 100000 && step_ns <= 100000000)
        return rnd_label_clock(time_ns, 0, out, size);
    return rnd_label_tick(time_ns, step_ns, out, size);
}

/* What the flag of a moment says: its time, and of the playhead's how much too fast that passes. */
static void write_flag(const struct rnd_frame *frame, int64_t time_ns, bool playhead, char *out,
                       size_t size)
{
    size_t length = write_time(frame, time_ns, out, size);
    if (playhead && frame->view->hurry > 1.05)
        (void)snprintf(out + length, size - length, " · %.2g×", frame->view->hurry);
}

/* The flag on the ruler that has the time of a moment. */
static struct rnd_rect flag_rect(const struct rnd_frame *frame, double x, const char *text)
{
    const struct rnd_layout *l = &frame->layout;
    double width = rnd_panel_width(frame, RND_FONT_MONO_BOLD, l->sizes.text_time, text) +
                   2 * rnd_panel_px(frame, 12);
    double left = l->axis.x - rnd_panel_px(frame, 18), right = l->axis.x + l->axis.w - width;
    return (struct rnd_rect){fmin(fmax(x - width / 2, left), right),
                             l->ruler.y - rnd_panel_px(frame, 1), width, rnd_panel_px(frame, 22)};
}

/* That of the playhead, or of the pointer; beside the playhead's there is room for the other. */
static struct rnd_rect flag_of(const struct rnd_frame *frame, double x, int64_t time_ns,
                               bool playhead)
{
    char text[64];
    write_flag(frame, time_ns, playhead, text, sizeof text);
    struct rnd_rect flag = flag_rect(frame, x, text), axis = frame->layout.axis;
    if (playhead)
        return flag;
    double now_x = rnd_timeline_now(frame), gap = rnd_panel_px(frame, 4);
    struct rnd_rect now = flag_of(frame, now_x, frame->view->moment.time_ns, true);
    if (now_x < axis.x - 1 || now_x > axis.x + axis.w + 1 || flag.x > now.x + now.w + gap ||
        flag.x + flag.w + gap < now.x)
        return flag;
    double right = now.x + now.w + gap, left = now.x - flag.w - gap;
    bool to_right =
        (x >= now_x && right + flag.w <= axis.x + axis.w) || left < flag_rect(frame, 0, text).x;
    flag.x = to_right ? right : left;
    return flag;
}

/* The time under the pointer. */
static int64_t hovered_ns(const struct rnd_frame *frame)
{
    return rnd_axis_moment_at(&frame->view->axis, frame->view->pointer_x - frame->layout.axis.x)
        .time_ns;
}

/* Whether a label that reaches so far to both sides of x would lie below one of the flags, or touch
 * it. */
static bool covered(const struct rnd_frame *frame, const struct rnd_rect flags[2], double x,
                    double half)
{
    half += rnd_panel_px(frame, 8);
    for (int i = 0; i < 2; i++)
        if (x + half > flags[i].x && x - half < flags[i].x + flags[i].w)
            return true;
    return false;
}

static void draw_grid(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_layout *l = &frame->layout;
    double border = l->sizes.border, edge = l->lanes.x + border, width = l->lanes.w - 2 * border;
    struct rnd_tick ticks[TICKS_MAX];
    uint32_t count =
        rnd_axis_ticks(&frame->view->axis, rnd_panel_px(frame, TICK_GAP_PX), ticks, TICKS_MAX);
    double bottom = l->axis.y + l->axis.h, top = l->ruler.y + l->ruler.h;
    struct rnd_rect flags[2];
    flags[0] = flag_of(frame, rnd_timeline_now(frame), frame->view->moment.time_ns, true);
    flags[1] = flags[0];
    if (rnd_panel_hovered(frame, l->axis))
        flags[1] = flag_of(frame, frame->view->pointer_x, hovered_ns(frame), false);
    double written = l->timeline.x; /* up to where there are labels */
    for (uint32_t i = 0; i < count; i++) {
        double x = l->axis.x + ticks[i].x_px;
        rnd_list_rect(frame->list, (struct rnd_rect){x, top, border, bottom - top},
                      frame->theme->grid);
        double half = rnd_panel_width(frame, RND_FONT_MONO, l->sizes.text_time, ticks[i].label) / 2;
        if (!rnd_rect_is_seen(l->ruler) || covered(frame, flags, x, half) || x - half < written ||
            x + half > l->timeline.x + l->timeline.w - rnd_panel_px(frame, 8))
            continue;
        written = x + half + rnd_panel_px(frame, 8);
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_MONO,
                                           .size_px = l->sizes.text_time,
                                           .x = x,
                                           .middle_y = l->ruler.y + rnd_panel_px(frame, 12),
                                           .colour = frame->theme->text_secondary,
                                           .align = RND_ALIGN_CENTRE},
                        ticks[i].label);
    }
    for (uint32_t i = 0; i < rows->seen; i++) {
        struct rnd_timeline_row row = rnd_timeline_row(frame, rows, i);
        rnd_list_clip_push(frame->list, row.clip);
        rnd_list_rect(frame->list, (struct rnd_rect){edge, row.rect.y, width, border},
                      frame->theme->grid);
        rnd_list_rect(frame->list, (struct rnd_rect){edge, row.rect.y + row.rect.h, width, border},
                      frame->theme->grid);
        rnd_list_clip_pop(frame->list);
    }
}

static void draw_half(struct rnd_frame *frame, struct rnd_half half,
                      const struct rnd_timeline_rows *rows)
{
    const struct rnd_layout *l = &frame->layout;
    struct rnd_rect clip = {half.left, l->axis.y, half.right - half.left, l->axis.h};
    if (clip.w <= 0)
        return;
    rnd_list_clip_push(frame->list, clip);
    rnd_timeline_loop(frame, half, l->loop_lane);
    for (uint32_t i = 0; i < rows->seen; i++) {
        struct rnd_timeline_row row = rnd_timeline_row(frame, rows, i);
        rnd_list_clip_push(frame->list, row.clip);
        rnd_timeline_lane(frame, half, row.task, row.rect);
        rnd_list_clip_pop(frame->list);
    }
    rnd_list_clip_pop(frame->list);
}

/* A line across all lanes. */
static void draw_line(struct rnd_frame *frame, double x, double width, rnd_colour colour)
{
    const struct rnd_layout *l = &frame->layout;
    double top = l->axis.y + fmin(rnd_panel_px(frame, 20), l->ruler.h);
    double bottom = l->axis.y + l->axis.h;
    rnd_list_rect(frame->list, (struct rnd_rect){x - width / 2, top, width, bottom - top}, colour);
}

static void draw_flag(struct rnd_frame *frame, double x, int64_t time_ns, bool playhead)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    char text[64];
    if (!rnd_rect_is_seen(frame->layout.ruler))
        return;
    write_flag(frame, time_ns, playhead, text, sizeof text);
    struct rnd_rect flag = flag_of(frame, x, time_ns, playhead);
    rnd_list_round(frame->list, flag, rnd_panel_px(frame, 6),
                   playhead ? theme->accent : theme->raised_bg,
                   playhead ? RND_NONE : theme->raised_border, s->border);
    rnd_panel_label(
        frame,
        (struct rnd_label){.font = playhead ? RND_FONT_MONO_BOLD : RND_FONT_MONO,
                           .size_px = s->text_time,
                           .x = flag.x + flag.w / 2,
                           .middle_y = flag.y + flag.h / 2,
                           .colour = playhead ? theme->accent_text : theme->text_secondary,
                           .align = RND_ALIGN_CENTRE},
        text);
}

/* Whether the pointer is over the lanes, or over those of a run beside which this one is compared:
 * its line goes through all of them. */
static bool is_pointed_at(const struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    struct rnd_rect axis = frame->layout.axis;
    if (view->compare && rnd_compare_at(view, view->pointer_x, view->pointer_y) != RND_NEVER)
        axis = (struct rnd_rect){axis.x, view->pointer_y, axis.w, 1};
    return rnd_panel_hovered(frame, axis);
}

/* What lies over the lanes: arrows and lines across, below all texts.  Returns the kinds of arrows
 * that are to be explained. */
static unsigned draw_over(struct rnd_frame *frame, const struct rnd_timeline_rows *rows,
                          double playhead_x)
{
    const struct rnd_layout *l = &frame->layout;
    const struct rnd_view *view = frame->view;
    rnd_list_clip_push(frame->list, l->axis);
    unsigned kinds = rnd_timeline_arrows(frame, rows);
    rnd_timeline_mark_lines(frame);
    rnd_timeline_range_edges(frame);
    if (is_pointed_at(frame))
        draw_line(frame, view->pointer_x, l->sizes.border, frame->theme->text_faint);
    draw_line(frame, playhead_x, l->sizes.line, frame->theme->accent);
    rnd_timeline_lates(frame, rows);
    rnd_timeline_loop_labels(frame, l->loop_lane);
    for (uint32_t i = 0; i < rows->seen; i++) {
        struct rnd_timeline_row row = rnd_timeline_row(frame, rows, i);
        rnd_list_clip_push(frame->list, row.clip);
        rnd_timeline_lane_labels(frame, row.task, row.rect);
        rnd_timeline_lane_end(frame, row.task, row.rect);
        rnd_list_clip_pop(frame->list);
    }
    rnd_list_clip_pop(frame->list);
    return kinds;
}

void rnd_panel_timeline(struct rnd_frame *frame)
{
    const struct rnd_layout *l = &frame->layout;
    const struct rnd_view *view = frame->view;
    struct rnd_rect axis = l->axis;
    double left = l->timeline.x + l->sizes.pad + rnd_panel_px(frame, 90), legend = left;
    if (view->compare) {
        rnd_compare_title(frame);
    } else {
        (void)rnd_panel_begin(frame, RND_PANEL_TIMELINE);
        legend = rnd_timeline_legend(frame, left);
    }
    rnd_hits_add(frame->hits, axis, RND_HIT_AXIS, 0);

    struct rnd_timeline_rows rows = rnd_timeline_rows(frame);
    struct rnd_timeline_columns columns;
    rnd_timeline_cut(frame, &columns);
    frame->columns = &columns;
    double x = rnd_timeline_now(frame);
    struct rnd_half future = rnd_timeline_future(frame);
    draw_grid(frame, &rows);
    rnd_timeline_range_ground(frame);
    draw_half(frame, future, &rows);
    draw_half(frame, (struct rnd_half){axis.x, future.left, 255}, &rows);
    rnd_timeline_names(frame, &rows);
    unsigned kinds = draw_over(frame, &rows, x);
    rnd_timeline_arrow_legend(frame, kinds, left, legend);
    rnd_timeline_scroll_bar(frame, &rows);
    rnd_timeline_marks(frame);
    rnd_timeline_map(frame);
    rnd_timeline_range(frame);
    rnd_timeline_tools(frame);
    if (rnd_panel_hovered(frame, axis))
        draw_flag(frame, view->pointer_x, hovered_ns(frame), false);
    if (x >= axis.x - 1 && x <= axis.x + axis.w + 1) {
        double reach = rnd_panel_px(frame, 5);
        rnd_hits_add(frame->hits, (struct rnd_rect){x - reach, axis.y, 2 * reach, axis.h},
                     RND_HIT_PLAYHEAD, 0);
        draw_flag(frame, x, view->moment.time_ns, true);
    }
    rnd_timeline_note(frame);
    rnd_timeline_scene(frame, &rows);
    frame->columns = NULL;
}
