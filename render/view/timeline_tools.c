/* The tools in the corner between the ruler and the names: which lanes there are, in which order,
 * and which arrows. */
#include "timeline.h"

#include <math.h>

/* Where the tools are. */
static struct rnd_rect corner(const struct rnd_frame *frame)
{
    const struct rnd_layout *l = &frame->layout;
    double left = l->timeline.x + l->sizes.pad - rnd_panel_px(frame, 6);
    double right = l->axis.x - rnd_panel_px(frame, 20);
    return (struct rnd_rect){left, l->ruler.y - rnd_panel_px(frame, 1), fmax(right - left, 1),
                             rnd_panel_px(frame, 24)};
}

struct pen {
    struct rnd_list *list;
    struct rnd_stroke stroke;
    double x, y, unit; /* the icon's middle, and a twelfth of its size */
};

static void draw_line(struct pen *pen, double x0, double y0, double x1, double y1)
{
    rnd_list_line(pen->list, pen->x + x0 * pen->unit, pen->y + y0 * pen->unit,
                  pen->x + x1 * pen->unit, pen->y + y1 * pen->unit, pen->stroke);
}

static void draw_tree(struct pen *pen, bool flat)
{
    for (int i = -1; i <= 1; i++)
        draw_line(pen, i >= 0 && !flat ? -1 : -5, i * 4, 5, i * 4);
    if (flat)
        return;
    draw_line(pen, -4, -4, -4, 4);
    draw_line(pen, -4, 0, -2, 0);
    draw_line(pen, -4, 4, -2, 4);
}

/* Bars that get shorter, and by what. */
static void draw_sort(struct rnd_frame *frame, struct pen *pen, enum rnd_rows_sort sort)
{
    static const char *const signs[RND_ROWS_SORTS] = {"1", "a", "w"};
    draw_line(pen, -6, -4, 0, -4);
    draw_line(pen, -6, 0, -2, 0);
    draw_line(pen, -6, 4, -4, 4);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_MONO_BOLD,
                                       .size_px = pen->unit * 11,
                                       .x = pen->x + 4 * pen->unit,
                                       .middle_y = pen->y + pen->unit,
                                       .colour = pen->stroke.colour,
                                       .align = RND_ALIGN_CENTRE},
                    signs[sort]);
}

/* A bent arrow; one for the step, from a dot for the selection, two for all, crossed out for none.
 */
static void draw_arrows(struct pen *pen, enum rnd_arrows mode)
{
    for (int i = 0; i < (mode == RND_ARROWS_ALL ? 2 : 1); i++) {
        double u = pen->unit, x = pen->x + (i ? 4 * u : mode == RND_ARROWS_ALL ? -2 * u : 0);
        struct rnd_point curve[4] = {{x - 4 * u, pen->y - 5 * u},
                                     {x - 4 * u, pen->y + 2 * u},
                                     {x + 2 * u, pen->y - 3 * u},
                                     {x + 2 * u, pen->y + 5 * u}};
        rnd_list_bezier(pen->list, curve, pen->stroke, 4 * u);
    }
    if (mode == RND_ARROWS_SELECTED)
        rnd_list_circle(pen->list, pen->x - 4 * pen->unit, pen->y - 4 * pen->unit, 2 * pen->unit,
                        pen->stroke.colour);
    if (mode == RND_ARROWS_NONE)
        draw_line(pen, -6, 5, 5, -5);
}

static void draw_tool(struct rnd_frame *frame, enum rnd_timeline_tool tool, struct rnd_rect box)
{
    static const struct rnd_rows_options none = {0};
    const struct rnd_timeline_view *view = &frame->view->timeline;
    const struct rnd_rows_options *options = view->rows ? &view->rows->options : &none;
    const struct rnd_theme *theme = frame->theme;
    bool hovered = rnd_panel_hovered(frame, box);
    if (hovered)
        rnd_list_round(frame->list, box, rnd_panel_px(frame, 5), theme->hover, RND_NONE, 0);
    struct pen pen = {.list = frame->list,
                      .stroke = {.colour = hovered ? theme->text_primary : theme->text_secondary,
                                 .width_px = fmax(frame->layout.sizes.line * 0.75, 1)},
                      .x = floor(box.x + box.w / 2),
                      .y = floor(box.y + box.h / 2),
                      .unit = frame->layout.sizes.scale};
    switch (tool) {
    case RND_TOOL_TREE:
        draw_tree(&pen, options->flat);
        break;
    case RND_TOOL_SORT:
        draw_sort(frame, &pen, options->sort);
        break;
    case RND_TOOL_ARROWS:
        draw_arrows(&pen, view->arrows);
        break;
    case RND_TOOL_FILTER:
    default:
        rnd_panel_funnel(frame, pen.x, pen.y, pen.stroke.colour);
        break;
    }
    rnd_hits_add(frame->hits, box, RND_HIT_TOOL, tool);
}

/* The filter that is set: a click changes it. */
static void draw_filter(struct rnd_frame *frame, struct rnd_rect box, const char *filter)
{
    const struct rnd_theme *theme = frame->theme;
    double pad = rnd_panel_px(frame, 8), icon = rnd_panel_px(frame, 22);
    rnd_list_round(frame->list, box, rnd_panel_px(frame, 6), theme->raised_bg, theme->accent,
                   frame->layout.sizes.border);
    rnd_panel_funnel(frame, floor(box.x + icon / 2 + 2), floor(box.y + box.h / 2), theme->accent);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = frame->layout.sizes.text_small,
                                       .x = box.x + icon,
                                       .middle_y = box.y + floor(box.h / 2),
                                       .colour = theme->text_primary,
                                       .max_px = fmax(box.w - icon - pad, 1)},
                    filter);
    rnd_hits_add(frame->hits, box, RND_HIT_TOOL, RND_TOOL_FILTER);
}

void rnd_timeline_tools(struct rnd_frame *frame)
{
    const struct rnd_timeline_view *view = &frame->view->timeline;
    struct rnd_rect box = corner(frame);
    if (!rnd_layout_is_worked(&frame->view->spec) || !rnd_rect_is_seen(frame->layout.ruler))
        return;
    if (view->editing == RND_EDITING_FILTER) {
        rnd_panel_field(frame, box, &view->field, "part of a name");
        return;
    }
    if (view->rows && *view->rows->options.filter) {
        draw_filter(frame, box, view->rows->options.filter);
        return;
    }
    double step = fmin(floor(box.w / RND_TOOLS), rnd_panel_px(frame, 26));
    for (uint32_t tool = 0; tool < RND_TOOLS; tool++)
        draw_tool(frame, (enum rnd_timeline_tool)tool,
                  (struct rnd_rect){box.x + tool * step, box.y, step, box.h});
}
