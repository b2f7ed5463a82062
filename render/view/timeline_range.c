/* The range that is selected: how long it is, and how tasks spent it. */
#include "timeline.h"

#include <math.h>
#include <stdio.h>

enum { STATES = 5 };

/* The range that is shown: the one that is set, or the one from the anchor to the playhead. */
static bool shown(const struct rnd_frame *frame, struct rnd_range *range)
{
    const struct rnd_timeline_view *view = &frame->view->timeline;
    *range = view->anchored ? rnd_range_between(view->anchor, frame->view->moment) : view->range;
    return range->set;
}

static double x_of(const struct rnd_frame *frame, struct rnd_moment moment)
{
    struct rnd_rect axis = frame->layout.axis;
    double x = rnd_axis_x_moment(&frame->view->axis, moment);
    return axis.x + fmin(fmax(x, -1), axis.w + 1);
}

void rnd_timeline_range_ground(struct rnd_frame *frame)
{
    struct rnd_range range;
    if (!shown(frame, &range))
        return;
    const struct rnd_layout *l = &frame->layout;
    double left = x_of(frame, range.from), right = x_of(frame, range.to);
    double top = l->ruler.y + l->ruler.h;
    rnd_list_clip_push(frame->list, l->axis);
    rnd_list_rect(frame->list,
                  (struct rnd_rect){left, top, fmax(right - left, 1), l->axis.y + l->axis.h - top},
                  frame->theme->selection);
    rnd_list_clip_pop(frame->list);
}

void rnd_timeline_clear(struct rnd_frame *frame, struct rnd_rect rect)
{
    struct rnd_range range;
    rnd_list_rect(frame->list, rect, frame->theme->panel_bg);
    if (!shown(frame, &range))
        return;
    rnd_list_clip_push(frame->list, rect);
    rnd_timeline_range_ground(frame);
    rnd_list_clip_pop(frame->list);
}

void rnd_timeline_range_edges(struct rnd_frame *frame)
{
    struct rnd_range range;
    if (!shown(frame, &range))
        return;
    const struct rnd_layout *l = &frame->layout;
    const struct rnd_moment ends[] = {range.from, range.to};
    double top = l->ruler.y + l->ruler.h - rnd_panel_px(frame, 6), reach = rnd_panel_px(frame, 5);
    double height = l->axis.y + l->axis.h - top, width = fmax(l->sizes.border, 1);
    rnd_list_clip_push(frame->list, (struct rnd_rect){l->axis.x - reach, l->axis.y,
                                                      l->axis.w + 2 * reach, l->axis.h});
    for (uint32_t i = 0; i < 2; i++) {
        double x = x_of(frame, ends[i]);
        struct rnd_rect place = {x - reach, top, 2 * reach, height};
        bool hovered = rnd_panel_hovered(frame, place);
        double thick = hovered ? 2 * width : width;
        rnd_list_rect(frame->list, (struct rnd_rect){x - thick / 2, top, thick, height},
                      frame->theme->accent);
        if (!frame->view->timeline.anchored)
            rnd_hits_add(frame->hits, place, RND_HIT_EDGE, i);
    }
    rnd_list_clip_pop(frame->list);
}

#define LENGTH_TEXT_MAX 96

/* Its length below the ruler: what is said, and where. */
static struct rnd_rect lay_out_length(const struct rnd_frame *frame, const struct rnd_range *range,
                                      char text[LENGTH_TEXT_MAX])
{
    const struct rnd_layout *l = &frame->layout;
    char length[48];
    uint32_t events = rnd_step_number(frame->model, range->to.cursor) -
                      rnd_step_number(frame->model, range->from.cursor);
    (void)rnd_label_duration(rnd_range_ns(range), length, sizeof length);
    (void)snprintf(text, LENGTH_TEXT_MAX, "%s · %u event%s", length, events,
                   events == 1 ? "" : "s");
    double size = l->sizes.text_small, pad = rnd_panel_px(frame, 10);
    double width = ceil(rnd_panel_width(frame, RND_FONT_UI_BOLD, size, text) + 2 * pad);
    double middle = (x_of(frame, range->from) + x_of(frame, range->to)) / 2;
    double x = fmin(fmax(middle - width / 2, l->axis.x), l->axis.x + l->axis.w - width);
    return (struct rnd_rect){floor(x), l->ruler.y + l->ruler.h - rnd_panel_px(frame, 6), width,
                             rnd_panel_px(frame, 20)};
}

bool rnd_timeline_range_has(const struct rnd_frame *frame, double left, double right)
{
    struct rnd_range range;
    char text[LENGTH_TEXT_MAX];
    if (!shown(frame, &range))
        return false;
    struct rnd_rect pill = lay_out_length(frame, &range, text);
    return left < pill.x + pill.w && right > pill.x;
}

static void draw_length(struct rnd_frame *frame, const struct rnd_range *range)
{
    const struct rnd_theme *theme = frame->theme;
    char text[LENGTH_TEXT_MAX];
    struct rnd_rect pill = lay_out_length(frame, range, text);
    double size = frame->layout.sizes.text_small;
    rnd_list_round(frame->list, pill, pill.h / 2, theme->raised_bg, theme->accent,
                   frame->layout.sizes.border);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = size,
                                       .x = pill.x + pill.w / 2,
                                       .middle_y = pill.y + pill.h / 2,
                                       .colour = theme->text_primary,
                                       .align = RND_ALIGN_CENTRE},
                    text);
}

/* --- the totals ------------------------------------------------------------------------------- */

/* A line of them: whose they are, and for how long in each state. */
static void draw_totals(struct rnd_frame *frame, struct rnd_rect row, const char *name,
                        rnd_colour colour, const struct rnd_totals *totals)
{
    static const char *const states[STATES] = {"ran", "ready", "waited", "blocked", "late"};
    const int64_t values_ns[STATES] = {totals->ran_ns, totals->ready_ns, totals->waited_ns,
                                       totals->blocked_ns, totals->late_ns};
    const struct rnd_theme *theme = frame->theme;
    double name_px = fmin(rnd_panel_px(frame, 150), row.w * 0.2), gap = rnd_panel_px(frame, 6);
    double cell_px = fmin((row.w - name_px) / STATES, rnd_panel_px(frame, 150));
    struct rnd_label label = {.font = RND_FONT_UI_MEDIUM,
                              .size_px = frame->layout.sizes.text_small,
                              .x = row.x,
                              .middle_y = row.y + row.h / 2,
                              .colour = colour,
                              .max_px = name_px - gap};
    rnd_panel_name(frame, label, name);
    label.font = RND_FONT_UI;
    for (int i = 0; i < STATES; i++) {
        char text[48];
        double state_px = rnd_panel_width(frame, label.font, label.size_px, states[i]) + gap;
        (void)rnd_label_duration(values_ns[i], text, sizeof text);
        label.x = row.x + name_px + i * cell_px;
        label.max_px = cell_px - gap;
        label.colour = theme->text_secondary;
        rnd_panel_label(frame, label, states[i]);
        label.x += state_px;
        label.max_px -= state_px;
        label.colour = values_ns[i] ? theme->text_primary : theme->text_faint;
        rnd_panel_label(frame, label, text);
    }
}

/* Below the lanes, where the layout has room for them. */
static void draw_table(struct rnd_frame *frame)
{
    const struct rnd_timeline_view *view = &frame->view->timeline;
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect box = frame->layout.totals;
    uint32_t rows = rnd_timeline_totals(view);
    if (!rnd_rect_is_seen(box))
        return;
    double pad = rnd_panel_px(frame, 12), edge = rnd_panel_px(frame, RND_LAYOUT_TOTALS_PAD);
    struct rnd_rect row = {box.x + pad, box.y + edge / 2, box.w - 2 * pad, (box.h - edge) / rows};
    rnd_list_round(frame->list, box, rnd_panel_px(frame, 8), theme->raised_bg, theme->raised_border,
                   frame->layout.sizes.border);
    if (rows > 1) {
        char name[RND_LABEL_MAX];
        (void)rnd_label_task(frame->model, view->range_task, name, sizeof name);
        draw_totals(frame, row, name, rnd_panel_task(frame, view->range_task), &view->range_totals);
        row.y += row.h;
    }
    if (view->range_counted)
        draw_totals(frame, row, "all tasks", theme->text_secondary, &view->range_totals_of_all);
}

void rnd_timeline_range(struct rnd_frame *frame)
{
    struct rnd_range range;
    if (!shown(frame, &range))
        return;
    draw_length(frame, &range);
    draw_table(frame);
}
