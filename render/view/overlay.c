/* What lies over the panels. */
#include "panel.h"

#include <math.h>
#include <stdio.h>

void rnd_panel_overlay(struct rnd_frame *frame, struct rnd_rect box)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect all = {0, 0, frame->view->width_px, frame->view->height_px};
    rnd_list_rect(frame->list, all, rnd_colour_fade(theme->window_bg, 190));
    frame->hits->count = 0; /* nothing below it answers */
    rnd_hits_add(frame->hits, all, RND_HIT_OVERLAY, 0);
    rnd_list_round(frame->list, box, frame->layout.sizes.panel_radius, theme->panel_bg,
                   theme->raised_border, frame->layout.sizes.border);
    rnd_hits_add(frame->hits, box, RND_HIT_BOX, 0);
}

void rnd_panel_found(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_found_view *found = frame->view->found;
    static const char *const keys[] = {"N", "next", "Shift N", "back", "Esc", "close", NULL};
    char count[48];
    double size = frame->layout.sizes.text_small, gap = rnd_panel_px(frame, 14);
    double height = rnd_panel_px(frame, 34), lens = rnd_panel_px(frame, 22);
    (void)snprintf(count, sizeof count, "%u of %u", found->number, found->count);
    double text_px = fmin(rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, found->text),
                          rnd_panel_px(frame, 220));
    double count_px = rnd_panel_width(frame, RND_FONT_UI, size, count);
    double keys_px = rnd_panel_keys_px(frame, size, keys);
    double width = lens + text_px + count_px + keys_px + 4 * gap;
    /* Beside the timeline's title. */
    struct rnd_rect panel = frame->layout.timeline;
    struct rnd_rect pill = {panel.x + rnd_panel_px(frame, 92), panel.y + rnd_panel_px(frame, 5),
                            width, height};
    rnd_list_round(frame->list, pill, height / 2, theme->raised_bg, theme->accent,
                   frame->layout.sizes.border);
    rnd_hits_add(frame->hits, pill, RND_HIT_FOUND, 0);
    double x = pill.x + gap, middle = pill.y + height / 2;
    rnd_panel_icon(frame, RND_BUTTON_SEARCH, x + rnd_panel_px(frame, 6), middle, height / 2,
                   theme->text_secondary);
    struct rnd_label label = {.font = RND_FONT_UI_MEDIUM,
                              .size_px = size,
                              .x = x + lens,
                              .middle_y = middle,
                              .colour = theme->text_primary,
                              .max_px = text_px + 1};
    rnd_panel_label(frame, label, found->text);
    label.font = RND_FONT_UI;
    label.x += text_px + gap;
    label.max_px = 0;
    rnd_panel_label(frame, label, count);
    (void)rnd_panel_keys(frame, label.x + count_px + gap, middle, size, keys);
}
