#include "panel.h"

#include <math.h>

void rnd_panel_help(struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double row = rnd_panel_px(frame, 28), pad = rnd_panel_px(frame, 32),
           top = rnd_panel_px(frame, 76);
    size_t half = (view->help_count + 1) / 2;
    struct rnd_rect all = {0, 0, view->width_px, view->height_px};
    double width = fmin(rnd_panel_px(frame, 1080), all.w - pad);
    double height = fmin(top + (double)half * row + pad * 0.75, all.h - pad);
    struct rnd_rect box = {floor((all.w - width) / 2), floor((all.h - height) / 2), width, height};

    rnd_list_rect(frame->list, all, rnd_colour_fade(theme->window_bg, 190));
    rnd_list_round(frame->list, box, s->panel_radius, theme->panel_bg, theme->raised_border,
                   s->border);
    rnd_hits_add(frame->hits, all, RND_HIT_OVERLAY, 0);
    struct rnd_label title = {.font = RND_FONT_UI_BOLD,
                              .size_px = s->text_caption,
                              .x = box.x + pad,
                              .middle_y = box.y + top / 2,
                              .colour = theme->text_primary};
    rnd_panel_label(frame, title, "Keys and mouse");

    double column = (width - pad) / 2, keys_px = floor(column * 0.34);
    for (size_t i = 0; i < view->help_count; i++) {
        double x = box.x + pad + (i >= half ? column : 0);
        double y = box.y + top + ((double)(i >= half ? i - half : i) + 0.4) * row;
        if (!view->help[i].keys) {
            rnd_panel_label(frame,
                            (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                               .size_px = s->text_small,
                                               .x = x,
                                               .middle_y = y,
                                               .colour = theme->text_secondary,
                                               .max_px = column - pad},
                            view->help[i].text);
            continue;
        }
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_MONO,
                                           .size_px = s->text_small,
                                           .x = x,
                                           .middle_y = y,
                                           .colour = theme->accent,
                                           .max_px = keys_px - rnd_panel_px(frame, 12)},
                        view->help[i].keys);
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI,
                                           .size_px = s->text_body,
                                           .x = x + keys_px,
                                           .middle_y = y,
                                           .colour = theme->text_primary,
                                           .max_px = column - keys_px - pad / 2},
                        view->help[i].text);
    }
}
