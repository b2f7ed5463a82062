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

/* --- the table of totals ---------------------------------------------------------------------- */

struct table {
    struct rnd_rect box;
    double name_px, column_px, row_px, pad_px;
};

static void draw_cell(struct rnd_frame *frame, const struct table *table, int row, int column,
                      const char *text, rnd_colour colour)
{
    bool name = column < 0;
    double x = table->box.x + table->pad_px;
    rnd_panel_label(
        frame,
        (struct rnd_label){
            .font = row ? RND_FONT_UI : RND_FONT_UI_MEDIUM,
            .size_px = frame->layout.sizes.text_small,
            .x = name ? x : x + table->name_px + table->column_px * (column + 1),
            .middle_y = table->box.y + table->pad_px / 2 + table->row_px * (row + 0.5),
            .colour = colour,
            .align = name ? RND_ALIGN_LEFT : RND_ALIGN_RIGHT,
            .max_px = (name ? table->name_px : table->column_px) - rnd_panel_px(frame, 6)},
        text);
}

static void draw_totals(struct rnd_frame *frame, const struct table *table, int row,
                        const char *name, rnd_colour colour, const struct rnd_totals *totals)
{
    const int64_t values_ns[STATES] = {totals->ran_ns, totals->ready_ns, totals->waited_ns,
                                       totals->blocked_ns, totals->late_ns};
    draw_cell(frame, table, row, -1, name, colour);
    for (int i = 0; i < STATES; i++) {
        char text[48];
        (void)rnd_label_duration(values_ns[i], text, sizeof text);
        draw_cell(frame, table, row, i, text,
                  values_ns[i] ? frame->theme->text_primary : frame->theme->text_faint);
    }
}

/* A card at the foot of the lanes. */
static void draw_table(struct rnd_frame *frame, const struct rnd_range *range)
{
    static const char *const heads[STATES] = {"ran", "ready", "waited", "blocked", "late"};
    const struct rnd_timeline_view *view = &frame->view->timeline;
    const struct rnd_layout *l = &frame->layout;
    bool task = view->range_task != 0;
    struct table table = {.name_px = rnd_panel_px(frame, 120),
                          .column_px = rnd_panel_px(frame, 72),
                          .row_px = rnd_panel_px(frame, 22),
                          .pad_px = rnd_panel_px(frame, 12)};
    double width = table.name_px + STATES * table.column_px + 2 * table.pad_px;
    double height = table.row_px * (task ? 3 : 2) + table.pad_px;
    if (width > l->axis.w || height > l->lanes.h)
        return;
    double middle = (x_of(frame, range->from) + x_of(frame, range->to)) / 2;
    double x = fmin(fmax(middle - width / 2, l->axis.x), l->axis.x + l->axis.w - width);
    table.box = (struct rnd_rect){floor(x), l->lanes.y + l->lanes.h - height, width, height};
    rnd_list_round(frame->list, table.box, rnd_panel_px(frame, 8), frame->theme->raised_bg,
                   frame->theme->raised_border, l->sizes.border);
    for (int i = 0; i < STATES; i++)
        draw_cell(frame, &table, 0, i, heads[i], frame->theme->text_secondary);
    if (task) {
        char name[RND_LABEL_MAX];
        (void)rnd_label_task(frame->model, view->range_task, name, sizeof name);
        draw_totals(frame, &table, 1, name, rnd_panel_task(frame, view->range_task),
                    &view->range_totals);
    }
    if (view->range_counted)
        draw_totals(frame, &table, task ? 2 : 1, "all tasks", frame->theme->text_secondary,
                    &view->range_totals_of_all);
    else
        draw_cell(frame, &table, task ? 2 : 1, -1, "all tasks …", frame->theme->text_secondary);
}

void rnd_timeline_range(struct rnd_frame *frame)
{
    struct rnd_range range;
    if (!shown(frame, &range))
        return;
    draw_length(frame, &range);
    if (!frame->view->timeline.anchored)
        draw_table(frame, &range);
}
