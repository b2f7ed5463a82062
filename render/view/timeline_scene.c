/* Where a director wants people to look: lanes that are dimmed, a callout, and where the axis is.
 */
#include "timeline.h"

#include <math.h>
#include <string.h>

#define LINES_MAX 4

/* How much of the others is covered when somebody is in focus. */
#define DIM_SHARE 0.72

/* The axis over a stretch of time; over all of the run, it is the view's own. */
static struct rnd_axis axis_over(const struct rnd_view *view, const struct rnd_model *model,
                                 struct rnd_stretch stretch, double margin_px)
{
    struct rnd_axis axis = view->axis;
    if (stretch.whole)
        return axis;
    struct rnd_moment from = rnd_model_at_time(model, stretch.from_ns - 1);
    struct rnd_moment to = rnd_model_at_time(model, stretch.to_ns);
    from.time_ns = stretch.from_ns;
    if (stretch.from_ns == 0 || from.cursor >= to.cursor)
        from = rnd_model_moment(model, 0);
    rnd_axis_show(&axis, from, to, margin_px);
    return axis;
}

void rnd_view_direct(struct rnd_view *view, const struct rnd_model *model)
{
    const struct rnd_scene *scene = &view->scene;
    if (scene->zoom_from.whole && scene->zoom_to.whole)
        return;
    double margin_px = 24 * view->scale;
    struct rnd_axis from = axis_over(view, model, scene->zoom_from, margin_px);
    struct rnd_axis to = axis_over(view, model, scene->zoom_to, margin_px);
    view->axis = rnd_axis_between(&from, &to, scene->zoom_share);
}

static rnd_colour faded(rnd_colour colour, double share)
{
    unsigned alpha = (unsigned)(rnd_colour_alpha(colour) * share + 0.5);
    return (colour & 0xffffff) | (rnd_colour)alpha << 24;
}

static void dim_others(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_scene *scene = &frame->view->scene;
    const struct rnd_layout *l = &frame->layout;
    rnd_colour veil = faded(frame->theme->panel_bg, DIM_SHARE * scene->focus_share);
    double border = l->sizes.border;
    for (uint32_t i = 0; i < rows->seen; i++) {
        struct rnd_timeline_row row = rnd_timeline_row(frame, rows, i);
        if (rnd_scene_has(frame->model, scene->focus, row.task))
            continue;
        rnd_list_clip_push(frame->list, row.clip);
        rnd_list_rect(frame->list,
                      (struct rnd_rect){l->lanes.x + border, row.rect.y + border,
                                        l->lanes.w - 2 * border, row.rect.h - border},
                      veil);
        rnd_list_clip_pop(frame->list);
    }
}

/* Where the callout points: the cursor's place in the lane, or in the loop's. */
static struct rnd_point target(const struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_scene *scene = &frame->view->scene;
    const struct rnd_layout *l = &frame->layout;
    struct rnd_timeline_row row;
    struct rnd_rect lane = l->loop_lane;
    if (scene->callout_task && rnd_timeline_find(frame, rows, scene->callout_task, &row))
        lane = row.rect;
    double x = rnd_timeline_x(frame, scene->callout_cursor);
    double y = lane.y + lane.h / 2 + rnd_timeline_slice_px(frame, lane) / 2;
    return (struct rnd_point){fmin(fmax(x, l->axis.x), l->axis.x + l->axis.w),
                              fmin(fmax(y, l->axis.y), l->axis.y + l->axis.h)};
}

/* Below what it points at, or above where there is no room. */
static void draw_callout(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_scene *scene = &frame->view->scene;
    const struct rnd_layout *l = &frame->layout;
    const struct rnd_theme *theme = frame->theme;
    double size = l->sizes.text_body, pad = rnd_panel_px(frame, 12), share = scene->callout_share;
    double room = fmin(rnd_panel_px(frame, 340), l->axis.w) - 2 * pad, width = 0;
    double row = floor(size * 1.45), tip = rnd_panel_px(frame, 10);
    struct rnd_panel_lines lines =
        rnd_panel_wrap(frame, RND_FONT_UI_MEDIUM, size, scene->callout, room, LINES_MAX);
    for (uint32_t i = 0; i < lines.count; i++)
        width = fmax(width, fmin(room, rnd_font_width_bytes_px(frame->fonts, RND_FONT_UI_MEDIUM,
                                                               size, lines.at[i], lines.bytes[i])));
    struct rnd_point at = target(frame, rows);
    struct rnd_rect box = {0, at.y + tip, ceil(width) + 2 * pad, row * lines.count + 1.2 * pad};
    bool above = box.y + box.h > l->timeline.y + l->timeline.h - l->sizes.border;
    if (above)
        box.y = fmax(at.y - rnd_panel_px(frame, 30) - tip - box.h, l->timeline.y);
    box.x = floor(fmin(fmax(at.x - box.w / 3, l->axis.x), l->axis.x + l->axis.w - box.w));
    double edge = above ? box.y + box.h : box.y, peak = above ? edge + tip : at.y;
    rnd_list_triangle(frame->list, (struct rnd_point){at.x - tip * 0.8, edge},
                      (struct rnd_point){at.x, peak}, (struct rnd_point){at.x + tip * 0.8, edge},
                      faded(theme->accent, share));
    rnd_list_round(frame->list, box, rnd_panel_px(frame, 8), faded(theme->accent, share), RND_NONE,
                   0);
    for (uint32_t i = 0; i < lines.count; i++) {
        double middle = box.y + 0.6 * pad + row * (i + 0.5);
        double y = rnd_font_baseline_px(frame->fonts, RND_FONT_UI_MEDIUM, size, middle);
        rnd_list_text_bytes(frame->list, RND_FONT_UI_MEDIUM, size, box.x + pad, y,
                            faded(theme->accent_text, share), lines.at[i], lines.bytes[i],
                            RND_ALIGN_LEFT, room);
    }
}

void rnd_timeline_scene(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_scene *scene = &frame->view->scene;
    if (scene->focus && scene->focus_share > 0)
        dim_others(frame, rows);
    if (scene->callout && scene->callout_share > 0)
        draw_callout(frame, rows);
}
