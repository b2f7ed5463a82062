#include "panel.h"

#include <math.h>
#include <string.h>

/* A note below what it is about, or above it where there is no room: what it does, and its key. */
void rnd_panel_tooltip(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_view *view = frame->view;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect about = view->tip_for;
    char text[RND_TIP_MAX];
    memcpy(text, view->tip, sizeof text);
    char *key = strchr(text, '\t');
    if (key)
        *key++ = '\0';
    else
        key = text + strlen(text);

    double pad = rnd_panel_px(frame, 10), gap = rnd_panel_px(frame, 8), away = gap;
    double size = s->text_small, text_px = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text);
    double key_px = *key ? rnd_panel_width(frame, RND_FONT_MONO, size, key) + pad : 0;
    double width = ceil(text_px + key_px + 2 * pad), height = rnd_panel_px(frame, 30);
    /* Of what is wide or high it is said beside the pointer. */
    double x = about.w > width ? view->pointer_x : about.x + about.w / 2;
    bool high = about.h > 3 * height;
    double below = high ? view->pointer_y + 2.5 * gap : about.y + about.h + away;
    double above = (high ? view->pointer_y : about.y) - away - height;
    struct rnd_rect box = {floor(fmin(fmax(x - width / 2, gap), view->width_px - gap - width)),
                           floor(below + height + gap > view->height_px ? above : below), width,
                           height};
    rnd_list_round(frame->list, box, rnd_panel_px(frame, 6), theme->text_primary, RND_NONE, 0);
    struct rnd_label label = {.font = RND_FONT_UI_MEDIUM,
                              .size_px = size,
                              .x = box.x + pad,
                              .middle_y = box.y + height / 2,
                              .colour = theme->panel_bg};
    rnd_panel_label(frame, label, text);
    label.font = RND_FONT_MONO;
    label.x = box.x + width - pad;
    label.align = RND_ALIGN_RIGHT;
    label.colour = rnd_colour_mix(theme->text_primary, theme->panel_bg, 190);
    if (*key)
        rnd_panel_label(frame, label, key);
}
