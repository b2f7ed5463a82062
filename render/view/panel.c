#include "panel.h"

#include <math.h>
#include <string.h>

double rnd_panel_px(const struct rnd_frame *frame, double px_at_scale_1)
{
    return rnd_sizes_px(&frame->layout.sizes, px_at_scale_1);
}

/* A small arrow: down where a panel is open, to the right where it is collapsed. */
static void draw_chevron(struct rnd_frame *frame, double x, double y, bool open, rnd_colour colour)
{
    double r = rnd_panel_px(frame, 4), flat = r / 2;
    struct rnd_point down[] = {{x - r, y - flat}, {x, y + flat}, {x + r, y - flat}};
    struct rnd_point right[] = {{x - flat, y - r}, {x + flat, y}, {x - flat, y + r}};
    struct rnd_stroke pen = {.colour = colour, .width_px = frame->layout.sizes.line};
    rnd_list_polyline(frame->list, open ? down : right, 3, pen);
}

double rnd_panel_begin(struct rnd_frame *frame, enum rnd_panel_id id)
{
    static const char *const titles[RND_PANELS] = {[RND_PANEL_SOURCE] = "Source",
                                                   [RND_PANEL_OUTPUT] = "Output",
                                                   [RND_PANEL_TIMELINE] = "Timeline",
                                                   [RND_PANEL_LOOP] = "Event loop",
                                                   [RND_PANEL_INSPECTOR] = "Inspector",
                                                   [RND_PANEL_CAPTION] = "",
                                                   [RND_PANEL_MINIMAP] = ""};
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect rect = frame->layout.panels[id];
    rnd_list_round(frame->list, rect, s->panel_radius, theme->panel_bg, theme->panel_border,
                   s->border);
    double middle = rect.y + rnd_panel_px(frame, 23), x = rect.x + s->pad;
    rnd_colour colour = theme->text_secondary;
    if (id != RND_PANEL_TIMELINE && rnd_layout_is_worked(&frame->view->spec)) {
        double title = rnd_panel_width(frame, RND_FONT_UI_BOLD, s->text_body, titles[id]);
        struct rnd_rect place = {rect.x, rect.y, fmin(title + 2 * s->pad + s->text_body, rect.w),
                                 fmin(rnd_panel_px(frame, 40), rect.h)};
        colour = rnd_panel_hovered(frame, place) ? theme->text_primary : colour;
        draw_chevron(frame, x + rnd_panel_px(frame, 3), middle, !frame->layout.collapsed[id],
                     colour);
        rnd_hits_add(frame->hits, place, RND_HIT_PANEL, id);
        x += rnd_panel_px(frame, 16);
    }
    double room = rect.x + rect.w - s->pad - x;
    if (room > s->text_body)
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                           .size_px = s->text_body,
                                           .x = x,
                                           .middle_y = middle,
                                           .colour = colour,
                                           .max_px = room},
                        titles[id]);
    return middle;
}

void rnd_panel_splitters(struct rnd_frame *frame)
{
    for (uint32_t i = 0; i < RND_SPLITTERS; i++) {
        struct rnd_rect bar = frame->layout.splitters[i];
        if (!rnd_rect_is_seen(bar) || !rnd_layout_is_worked(&frame->view->spec))
            continue;
        rnd_hits_add(frame->hits, bar, RND_HIT_SPLITTER, i);
        if (!rnd_panel_hovered(frame, bar))
            continue;
        double thin = rnd_panel_px(frame, 3), radius = thin / 2;
        bool upright = bar.w < bar.h;
        struct rnd_rect line =
            upright ? (struct rnd_rect){floor(bar.x + (bar.w - thin) / 2), bar.y, thin, bar.h}
                    : (struct rnd_rect){bar.x, floor(bar.y + (bar.h - thin) / 2), bar.w, thin};
        rnd_list_round(frame->list, line, radius, frame->theme->accent, RND_NONE, 0);
    }
}

void rnd_panel_scrollbar(struct rnd_frame *frame, struct rnd_rect seen, double content_px,
                         double scrolled_px)
{
    if (content_px <= seen.h + 1 || seen.h <= 0)
        return;
    double width = rnd_panel_px(frame, 4), least = rnd_panel_px(frame, 20);
    double length = fmin(fmax(seen.h * seen.h / content_px, least), seen.h);
    double share = scrolled_px / (content_px - seen.h);
    struct rnd_rect thumb = {seen.x + seen.w - 2 * width,
                             seen.y + (seen.h - length) * fmin(fmax(share, 0), 1), width, length};
    rnd_list_round(frame->list, thumb, width / 2, frame->theme->raised_border, RND_NONE, 0);
}

void rnd_panel_label(struct rnd_frame *frame, struct rnd_label label, const char *text)
{
    label.size_px = fmax(label.size_px, frame->layout.text_least_px);
    double y = rnd_font_baseline_px(frame->fonts, label.font, label.size_px, label.middle_y);
    rnd_list_text_fit(frame->list, label.font, label.size_px, label.x, y, label.colour, text,
                      label.align, label.max_px);
}

double rnd_panel_width(const struct rnd_frame *frame, enum rnd_font font, double size_px,
                       const char *text)
{
    return rnd_font_width_px(frame->fonts, font, fmax(size_px, frame->layout.text_least_px), text);
}

/* Draws them if there is a frame to draw into; returns their width. */
static double put_keys(const struct rnd_frame *frame, struct rnd_frame *into, double x,
                       double middle_y, double size_px, const char *const keys[])
{
    double at = x, gap = size_px * 0.5;
    for (size_t i = 0; keys[i]; i++) {
        bool words = i % 2;
        enum rnd_font font = words ? RND_FONT_UI : RND_FONT_UI_MEDIUM;
        at += i == 0 ? 0 : words ? gap : 3 * gap;
        if (into)
            rnd_panel_label(into,
                            (struct rnd_label){.font = font,
                                               .size_px = size_px,
                                               .x = at,
                                               .middle_y = middle_y,
                                               .colour = words ? frame->theme->text_secondary
                                                               : frame->theme->text_primary},
                            keys[i]);
        at += rnd_panel_width(frame, font, size_px, keys[i]);
    }
    return at - x;
}

double rnd_panel_keys(struct rnd_frame *frame, double x, double middle_y, double size_px,
                      const char *const keys[])
{
    return put_keys(frame, frame, x, middle_y, size_px, keys);
}

double rnd_panel_keys_px(const struct rnd_frame *frame, double size_px, const char *const keys[])
{
    return put_keys(frame, NULL, 0, 0, size_px, keys);
}

rnd_colour rnd_panel_lane_colour(const struct rnd_frame *frame, uint32_t colour, bool thread)
{
    return rnd_theme_task(frame->theme,
                          thread ? RND_THEME_TASKS - 1 - colour % RND_THEME_TASKS : colour);
}

rnd_colour rnd_panel_task(const struct rnd_frame *frame, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    if (!lane)
        return frame->theme->suspended;
    if (lane->naming == SIM_TASK_INTERNAL)
        return rnd_colour_mix(frame->theme->raised_bg, frame->theme->suspended, 70);
    return rnd_panel_lane_colour(frame, lane->colour, (task & RND_THREAD) != 0);
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
    return view->pointer_in && !view->help && !view->picker && !view->gallery &&
           rnd_rect_has(rect, view->pointer_x, view->pointer_y);
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
    } else if (state == RND_TASK_TIMED_OUT) {
        struct rnd_point hands[] = {{x, y - r * 1.5}, {x, y + r * 0.1}, {x + r * 1.1, y + r * 0.8}};
        rnd_list_polyline(list, hands, 3, pen);
    } else if (state == RND_TASK_CANCELLED) {
        rnd_list_line(list, x - r, y - r, x + r, y + r, pen);
        rnd_list_line(list, x - r, y + r, x + r, y - r, pen);
    } else {
        struct rnd_point tick[] = {
            {x - r * 1.25, y + r * 0.1}, {x - r * 0.3, y + r}, {x + r * 1.25, y - r * 0.85}};
        rnd_list_polyline(list, tick, 3, pen);
    }
}

/* How many bytes of a text to write on a line: up to the last blank that fits. */
static size_t line_bytes(const struct rnd_frame *frame, enum rnd_font font, double size_px,
                         const char *text, double max_px)
{
    size_t length = strlen(text);
    size_t fits = rnd_font_fit(frame->fonts, font, size_px, text, length, max_px);
    for (size_t i = fits; fits < length && i > 0; i--)
        if (text[i] == ' ')
            return i;
    return fits > 0 ? fits : length;
}

struct rnd_panel_lines rnd_panel_wrap(const struct rnd_frame *frame, enum rnd_font font,
                                      double size_px, const char *text, double max_px,
                                      uint32_t most)
{
    struct rnd_panel_lines lines = {.count = 0};
    while (*text && lines.count < most && lines.count < RND_PANEL_LINES_MAX) {
        uint32_t i = lines.count++;
        lines.at[i] = text;
        lines.bytes[i] =
            lines.count < most ? line_bytes(frame, font, size_px, text, max_px) : strlen(text);
        text += lines.bytes[i];
        text += strspn(text, " ");
    }
    return lines;
}

double rnd_panel_choice(struct rnd_frame *frame, double right, double middle, const char *text,
                        bool chief, enum rnd_hit_kind kind, uint32_t value)
{
    const struct rnd_theme *theme = frame->theme;
    double size = frame->layout.sizes.text_body, height = rnd_panel_px(frame, 38);
    double width =
        ceil(rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text)) + 2 * rnd_panel_px(frame, 18);
    struct rnd_rect rect = {floor(right - width), floor(middle - height / 2), width, height};
    /* Dialogs lie over what rnd_panel_hovered is for. */
    bool hovered = frame->view->pointer_in &&
                   rnd_rect_has(rect, frame->view->pointer_x, frame->view->pointer_y);
    rnd_list_round(frame->list, rect, height / 2, chief ? theme->accent : theme->raised_bg,
                   hovered ? theme->text_primary
                   : chief ? RND_NONE
                           : theme->raised_border,
                   frame->layout.sizes.border);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                       .size_px = size,
                                       .x = rect.x + width / 2,
                                       .middle_y = middle,
                                       .colour = chief ? theme->accent_text : theme->text_primary,
                                       .align = RND_ALIGN_CENTRE},
                    text);
    rnd_hits_add(frame->hits, rect, kind, value);
    return rect.x - rnd_panel_px(frame, 12);
}
