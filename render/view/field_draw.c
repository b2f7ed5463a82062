#include "panel.h"

#include <math.h>
#include <string.h>

/* Bytes of the character at `at`. */
static size_t character_bytes(const char *text, size_t at)
{
    size_t bytes = 1;
    while (((unsigned char)text[at + bytes] & 0xc0) == 0x80)
        bytes++;
    return bytes;
}

/* Each character's place leads to its nearer edge. */
static void note_places(struct rnd_frame *frame, const struct rnd_field *field,
                        struct rnd_rect inner, double size, double left)
{
    double x = left, edge = inner.x;
    size_t at = 0;
    while (field->text[at] && x < inner.x + inner.w) {
        size_t bytes = character_bytes(field->text, at);
        double width =
            rnd_font_width_bytes_px(frame->fonts, RND_FONT_UI, size, field->text + at, bytes);
        double middle = fmax(x + width / 2, edge);
        if (x + width > inner.x)
            rnd_hits_add(frame->hits, (struct rnd_rect){edge, inner.y, middle - edge, inner.h},
                         RND_HIT_FIELD, (uint32_t)at);
        edge = middle;
        x += width;
        at += bytes;
    }
    rnd_hits_add(frame->hits,
                 (struct rnd_rect){edge, inner.y, fmax(inner.x + inner.w - edge, 0), inner.h},
                 RND_HIT_FIELD, (uint32_t)at);
}

void rnd_panel_field(struct rnd_frame *frame, struct rnd_rect rect, const struct rnd_field *field,
                     const char *hint)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double size = fmin(s->text_body, floor(rect.h * 0.6)), pad = rnd_panel_px(frame, 8);
    double middle = rect.y + floor(rect.h / 2), bar = fmax(rnd_panel_px(frame, 2), 1);
    struct rnd_rect inner = {rect.x + pad, rect.y, fmax(rect.w - 2 * pad, 1), rect.h};
    rnd_list_round(frame->list, rect, rnd_panel_px(frame, 6), theme->window_bg, theme->accent,
                   s->border);

    double to_cursor =
        rnd_font_width_bytes_px(frame->fonts, RND_FONT_UI, size, field->text, field->cursor);
    double to_anchor =
        rnd_font_width_bytes_px(frame->fonts, RND_FONT_UI, size, field->text, field->anchor);
    /* The cursor is seen, with some of what follows it. */
    double left = inner.x - fmax(to_cursor - inner.w * 0.85, 0);
    if (rnd_panel_width(frame, RND_FONT_UI, size, field->text) <= inner.w - bar)
        left = inner.x;
    struct rnd_label label = {.font = RND_FONT_UI,
                              .size_px = size,
                              .x = left,
                              .middle_y = middle,
                              .colour = theme->text_primary};
    rnd_list_clip_push(frame->list, inner);
    double height = floor(size * 1.5), from = left + fmin(to_cursor, to_anchor);
    rnd_list_rect(frame->list,
                  (struct rnd_rect){from, middle - height / 2, fabs(to_cursor - to_anchor), height},
                  theme->selection);
    if (!*field->text) {
        label.colour = theme->text_secondary;
        label.x += 2 * bar;
        label.max_px = inner.w - 2 * bar;
        rnd_panel_label(frame, label, hint);
    } else {
        rnd_panel_label(frame, label, field->text);
    }
    rnd_list_rect(frame->list,
                  (struct rnd_rect){left + to_cursor, middle - height / 2, bar, height},
                  theme->accent);
    rnd_list_clip_pop(frame->list);
    note_places(frame, field, (struct rnd_rect){rect.x, rect.y, rect.w, rect.h}, size, left);
}
