/* What lies over the panels. */
#include "panel.h"

void rnd_panel_overlay(struct rnd_frame *frame, struct rnd_rect box)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect all = {0, 0, frame->view->width_px, frame->view->height_px};
    rnd_list_rect(frame->list, all, rnd_colour_fade(theme->window_bg, 190));
    rnd_hits_add(frame->hits, all, RND_HIT_OVERLAY, 0);
    rnd_list_round(frame->list, box, frame->layout.sizes.panel_radius, theme->panel_bg,
                   theme->raised_border, frame->layout.sizes.border);
    rnd_hits_add(frame->hits, box, RND_HIT_BOX, 0);
}
