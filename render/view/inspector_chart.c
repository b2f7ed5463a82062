/* The inspector's chart: how much a queue, a semaphore, a barrier held, over the run. */
#include "inspector.h"

#include <math.h>
#include <stdio.h>

/* On the chart's axis an instant's slices are so wide at most, at scale 1. */
#define SLOT_PX 5

static struct rnd_axis chart_axis(const struct rnd_frame *frame, double width_px)
{
    struct rnd_axis axis =
        rnd_axis_make(frame->model, fmax(width_px, 1), rnd_panel_px(frame, SLOT_PX));
    rnd_axis_fit(&axis, 0);
    return axis;
}

/* A step line of the level at each pixel, filled below; what is later than the cursor is faint. */
static void draw_levels(struct rnd_frame *frame, uint32_t object, struct rnd_rect rect,
                        uint32_t most, bool later)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_axis axis = chart_axis(frame, rect.w);
    double now_px = rnd_axis_x_moment(&axis, frame->view->moment);
    double thick = frame->layout.sizes.line, unit = (rect.h - thick) / most;
    rnd_colour line = later ? theme->track : theme->accent;
    rnd_colour fill = rnd_colour_mix(theme->panel_bg, line, later ? 60 : 50);
    int from = later ? (int)now_px : 0, to = later ? (int)rect.w : (int)fmin(now_px, rect.w);
    for (int x = from, begin = from; x < to; x++) {
        uint32_t level = rnd_inspect_level(frame->model, object, rnd_axis_cursor_at(&axis, x));
        uint32_t next =
            x + 1 < to ? rnd_inspect_level(frame->model, object, rnd_axis_cursor_at(&axis, x + 1))
                       : level + 1;
        if (next == level)
            continue;
        double top = rect.y + rect.h - thick - level * unit;
        struct rnd_rect run = {rect.x + begin, top, x + 1 - begin, thick};
        rnd_list_rect(frame->list, (struct rnd_rect){run.x, top, run.w, rect.y + rect.h - top},
                      fill);
        rnd_list_rect(frame->list, run, line);
        begin = x + 1;
    }
}

void rnd_inspector_chart(struct rnd_frame *frame, uint32_t object, struct rnd_rect rect)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    uint32_t most = rnd_inspect_most(frame->model, object);
    double digits = rnd_panel_px(frame, 34), pad = rnd_panel_px(frame, 8);
    struct rnd_rect plot = {floor(rect.x + digits), rect.y + pad, floor(rect.w - digits),
                            floor(rect.h - 2 * pad)};
    most = most ? most : 1;
    char text[16];
    struct rnd_label label = {.font = RND_FONT_MONO,
                              .size_px = s->text_time - 1,
                              .x = plot.x - rnd_panel_px(frame, 6),
                              .middle_y = plot.y + rnd_panel_px(frame, 4),
                              .colour = frame->theme->text_faint,
                              .align = RND_ALIGN_RIGHT};
    (void)snprintf(text, sizeof text, "%u", most);
    rnd_panel_label(frame, label, text);
    label.middle_y = plot.y + plot.h - rnd_panel_px(frame, 4);
    rnd_panel_label(frame, label, "0");
    rnd_list_rect(frame->list, (struct rnd_rect){plot.x, plot.y, plot.w, s->border},
                  frame->theme->grid);
    rnd_list_rect(frame->list,
                  (struct rnd_rect){plot.x, plot.y + plot.h - s->border, plot.w, s->border},
                  frame->theme->grid);
    draw_levels(frame, object, plot, most, true);
    draw_levels(frame, object, plot, most, false);
    struct rnd_axis axis = chart_axis(frame, plot.w);
    double now = plot.x + fmin(rnd_axis_x_moment(&axis, frame->view->moment), plot.w);
    rnd_list_rect(frame->list,
                  (struct rnd_rect){floor(now), plot.y - pad / 2, s->line, plot.h + pad},
                  frame->theme->text_primary);
}
