#include "panel.h"

#include <stdio.h>
#include <string.h>

/* Of a name that is cut, so much room is its end's. */
#define END_SHARE 0.45

/* Where the end of a text begins that fits, between two characters. */
static const char *end_that_fits(const struct rnd_frame *frame, const struct rnd_label *label,
                                 const char *text, double max_px)
{
    const char *at = text + strlen(text);
    while (at > text) {
        const char *before = at - 1;
        while (before > text && ((unsigned char)*before & 0xc0) == 0x80)
            before--;
        if (rnd_panel_width(frame, label->font, label->size_px, before) > max_px)
            break;
        at = before;
    }
    return at;
}

void rnd_panel_name(struct rnd_frame *frame, struct rnd_label label, const char *text)
{
    char cut[256];
    double dots = rnd_panel_width(frame, label.font, label.size_px, "…");
    double width = rnd_panel_width(frame, label.font, label.size_px, text);
    double room = label.max_px - dots;
    if (label.max_px <= 0 || width <= label.max_px || room < 2 * dots) {
        rnd_panel_label(frame, label, text);
        return;
    }
    const char *end = end_that_fits(frame, &label, text, room * END_SHARE);
    double end_px = rnd_panel_width(frame, label.font, label.size_px, end);
    size_t begin =
        rnd_font_fit(frame->fonts, label.font, label.size_px, text, strlen(text), room - end_px);
    int written = snprintf(cut, sizeof cut, "%.*s…%s", (int)begin, text, end);
    rnd_panel_label(frame, label, written > 0 && (size_t)written < sizeof cut ? cut : text);
}
