#include "panel.h"

#include <math.h>
#include <stdio.h>

static const enum rnd_button buttons[] = {RND_BUTTON_THEME, RND_BUTTON_PRESENT, RND_BUTTON_HELP};
#define BUTTONS (sizeof buttons / sizeof *buttons)

/* Returns the left edge of the buttons. */
static double draw_buttons(struct rnd_frame *frame)
{
    struct rnd_rect place = frame->layout.buttons;
    double radius = rnd_panel_px(frame, 16), step = 2 * radius + rnd_panel_px(frame, 8);
    double x = place.x + place.w - radius - step * (double)(BUTTONS - 1);
    double left = x - radius;
    for (size_t i = 0; i < BUTTONS; i++, x += step)
        rnd_panel_button(frame, buttons[i], x, place.y + floor(place.h / 2), radius);
    return left;
}

/* How the run stands, where that is not plain: its right edge is at `right`; returns its left one.
 */
static double draw_run(struct rnd_frame *frame, double right)
{
    const struct rnd_theme *theme = frame->theme;
    enum rnd_run_state run = frame->view->run;
    if (run == RND_RUN_OVER)
        return right;
    const char *text = run == RND_RUN_GOES_ON ? "running…" : "ended early";
    rnd_colour colour = run == RND_RUN_GOES_ON ? theme->ready : theme->failed;
    double size = frame->layout.sizes.text_small, height = rnd_panel_px(frame, 26);
    double dot = rnd_panel_px(frame, 4), pad = rnd_panel_px(frame, 12);
    double text_px = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text);
    double middle = frame->layout.header.h / 2, width = text_px + 2 * pad + 3 * dot;
    struct rnd_rect pill = {right - width, middle - height / 2, width, height};
    rnd_list_round(frame->list, pill, height / 2, rnd_colour_mix(theme->bar_bg, colour, 48),
                   RND_NONE, 0);
    rnd_list_circle(frame->list, pill.x + pad + dot / 2, middle, dot, colour);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                       .size_px = size,
                                       .x = pill.x + pad + 3 * dot,
                                       .middle_y = middle,
                                       .colour = theme->text_primary},
                    text);
    return pill.x;
}

/* A text in the bar, at most up to `right`; returns its right edge. */
static double draw_text(struct rnd_frame *frame, struct rnd_label label, double right,
                        const char *text)
{
    label.middle_y = frame->layout.header.h / 2;
    label.max_px = right - label.x;
    if (label.max_px < 3 * label.size_px)
        return label.x;
    rnd_panel_name(frame, label, text);
    double width = rnd_panel_width(frame, label.font, label.size_px, text);
    return label.x + (width < label.max_px ? width : label.max_px);
}

void rnd_panel_header(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect bar = frame->layout.header;
    rnd_list_rect(frame->list, bar, theme->bar_bg);
    rnd_list_rect(frame->list, (struct rnd_rect){0, bar.h - s->border, bar.w, s->border},
                  theme->panel_border);

    double gap = rnd_panel_px(frame, 24), right = draw_buttons(frame) - gap;
    double run = draw_run(frame, right);
    right = run < right ? run - gap : right;
    struct rnd_rect params = frame->layout.params;
    if (rnd_rect_is_seen(params) && params.y < bar.h)
        right = fmin(right, params.x - gap);

    double x = draw_text(frame,
                         (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                            .size_px = rnd_panel_px(frame, 20),
                                            .x = gap,
                                            .colour = theme->accent},
                         right, "awaitscope");
    x = draw_text(frame,
                  (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                     .size_px = s->text_title,
                                     .x = x + gap,
                                     .colour = theme->text_primary},
                  right, rnd_script_title(frame->script));
    (void)draw_text(frame,
                    (struct rnd_label){.font = RND_FONT_MONO,
                                       .size_px = s->text_body,
                                       .x = x + rnd_panel_px(frame, 36),
                                       .colour = theme->text_secondary},
                    right, frame->script->path);
}
