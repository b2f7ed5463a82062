#include "panel.h"

double rnd_panel_px(const struct rnd_frame *frame, double px_at_scale_1)
{
    return rnd_sizes_px(&frame->layout.sizes, px_at_scale_1);
}

double rnd_panel_begin(struct rnd_frame *frame, struct rnd_rect rect, const char *title)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    rnd_list_round(frame->list, rect, s->panel_radius, frame->theme->panel_bg,
                   frame->theme->panel_border, s->border);
    double middle = rect.y + rnd_panel_px(frame, 23);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = s->text_body,
                                       .x = rect.x + s->pad,
                                       .middle_y = middle,
                                       .colour = frame->theme->text_secondary,
                                       .max_px = rect.w - 2 * s->pad},
                    title);
    return middle;
}

void rnd_panel_label(struct rnd_frame *frame, struct rnd_label label, const char *text)
{
    double y = rnd_font_baseline_px(frame->fonts, label.font, label.size_px, label.middle_y);
    rnd_list_text_fit(frame->list, label.font, label.size_px, label.x, y, label.colour, text,
                      label.align, label.max_px);
}

double rnd_panel_width(const struct rnd_frame *frame, enum rnd_font font, double size_px,
                       const char *text)
{
    return rnd_font_width_px(frame->fonts, font, size_px, text);
}

rnd_colour rnd_panel_task(const struct rnd_frame *frame, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    if (!lane)
        return frame->theme->suspended;
    if (lane->naming == SIM_TASK_INTERNAL)
        return rnd_colour_mix(frame->theme->raised_bg, frame->theme->suspended, 70);
    /* Threads take the palette from its end. */
    return rnd_theme_task(frame->theme, task & RND_THREAD
                                            ? RND_THEME_TASKS - 1 - lane->colour % RND_THEME_TASKS
                                            : lane->colour);
}

rnd_colour rnd_panel_end(const struct rnd_frame *frame, enum rnd_task_state state)
{
    if (state == RND_TASK_FAILED)
        return frame->theme->failed;
    if (state == RND_TASK_CANCELLED)
        return frame->theme->cancelled;
    if (state == RND_TASK_TIMED_OUT)
        return frame->theme->timed_out;
    return frame->theme->done;
}

bool rnd_panel_hovered(const struct rnd_frame *frame, struct rnd_rect rect)
{
    const struct rnd_view *view = frame->view;
    return view->pointer_in && !view->help && rnd_rect_has(rect, view->pointer_x, view->pointer_y);
}

void rnd_panel_end_mark(struct rnd_frame *frame, double x, double y, double radius_px,
                        enum rnd_task_state state, rnd_colour colour)
{
    struct rnd_list *list = frame->list;
    struct rnd_stroke pen = {.colour = rnd_theme_text_on(frame->theme, colour),
                             .width_px = radius_px / 5.0};
    double r = radius_px * 0.36;
    rnd_list_circle(list, x, y, radius_px, colour);
    if (state == RND_TASK_FAILED) {
        rnd_list_line(list, x, y - radius_px * 0.52, x, y + radius_px * 0.12, pen);
        rnd_list_circle(list, x, y + radius_px * 0.46, radius_px / 7.0, pen.colour);
    } else if (state == RND_TASK_CANCELLED || state == RND_TASK_TIMED_OUT) {
        rnd_list_line(list, x - r, y - r, x + r, y + r, pen);
        rnd_list_line(list, x - r, y + r, x + r, y - r, pen);
    } else {
        struct rnd_point tick[] = {
            {x - r * 1.25, y + r * 0.1}, {x - r * 0.3, y + r}, {x + r * 1.25, y - r * 0.85}};
        rnd_list_polyline(list, tick, 3, pen);
    }
}
