#include "picker.h"

#include "panel.h"

#include <math.h>
#include <string.h>

/* Measures at scale 1. */
enum { WIDTH = 760, PAD = 16, TOP = 44, FIELD = 40, ROW = 38, FOOT = 36 };

/* The end of the bytes from `at` on that are all marked, or all not. */
static size_t stretch_end(const struct rnd_picker_row *row, size_t at, size_t length)
{
    bool marked = rnd_match_marks(row->marked, at);
    while (at < length && rnd_match_marks(row->marked, at) == marked)
        at++;
    /* Characters stay whole. */
    while (at < length && ((unsigned char)row->text[at] & 0xc0) == 0x80)
        at++;
    return at;
}

/* A row's text with its marked letters in the accent's colour, as much of it as fits; returns where
 * it ends. */
static double draw_marked(struct rnd_frame *frame, const struct rnd_picker_row *row,
                          struct rnd_label label, double right)
{
    static const char ellipsis[] = "…";
    size_t length = strlen(row->text), all = length;
    double size = fmax(label.size_px, frame->layout.text_least_px), x = label.x;
    double baseline = rnd_font_baseline_px(frame->fonts, label.font, size, label.middle_y);
    if (rnd_font_width_px(frame->fonts, label.font, size, row->text) > right - x)
        length =
            rnd_font_fit(frame->fonts, label.font, size, row->text, length,
                         right - x - rnd_font_width_px(frame->fonts, label.font, size, ellipsis));
    for (size_t at = 0; at < length;) {
        size_t end = stretch_end(row, at, length);
        bool marked = rnd_match_marks(row->marked, at) && !row->off;
        rnd_list_text_bytes(frame->list, label.font, size, x, baseline,
                            marked ? frame->theme->accent : label.colour, row->text + at, end - at,
                            RND_ALIGN_LEFT, 0);
        x += rnd_font_width_bytes_px(frame->fonts, label.font, size, row->text + at, end - at);
        at = end;
    }
    if (length < all) {
        rnd_list_text(frame->list, label.font, size, x, baseline, label.colour, ellipsis);
        x = right;
    }
    return x;
}

/* What kind of thing it is, in a pill; returns where the text begins. */
static double draw_kind(struct rnd_frame *frame, const struct rnd_picker_row *row, double x,
                        double middle)
{
    double width = rnd_panel_px(frame, 72), height = rnd_panel_px(frame, 22);
    struct rnd_rect pill = {x, middle - height / 2, width, height};
    rnd_list_round(frame->list, pill, height / 2, frame->theme->raised_bg,
                   frame->theme->raised_border, frame->layout.sizes.border);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                       .size_px = rnd_panel_px(frame, 12),
                                       .x = x + width / 2,
                                       .middle_y = middle,
                                       .colour = frame->theme->text_secondary,
                                       .align = RND_ALIGN_CENTRE,
                                       .max_px = width - rnd_panel_px(frame, 12)},
                    row->kind);
    return x + width + rnd_panel_px(frame, 12);
}

static void draw_row(struct rnd_frame *frame, const struct rnd_picker_row *row,
                     struct rnd_rect place, bool chosen)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double middle = place.y + place.h / 2, pad = rnd_panel_px(frame, 12);
    double x = place.x + pad, right = place.x + place.w - pad;
    bool hovered = frame->view->pointer_in &&
                   rnd_rect_has(place, frame->view->pointer_x, frame->view->pointer_y);
    if (chosen || hovered)
        rnd_list_round(frame->list, place, rnd_panel_px(frame, 6),
                       chosen ? theme->selection : theme->hover, RND_NONE, 0);
    if (row->kind)
        x = draw_kind(frame, row, x, middle);
    if (row->task != RND_NEVER) {
        double radius = rnd_panel_px(frame, 5);
        rnd_list_circle(frame->list, x + radius, middle, radius, rnd_panel_task(frame, row->task));
        x += 2 * radius + rnd_panel_px(frame, 10);
    }
    if (*row->aside) {
        struct rnd_label aside = {.font = RND_FONT_MONO,
                                  .size_px = s->text_small,
                                  .x = right,
                                  .middle_y = middle,
                                  .colour = theme->text_secondary,
                                  .align = RND_ALIGN_RIGHT};
        rnd_panel_label(frame, aside, row->aside);
        right -= rnd_panel_width(frame, aside.font, aside.size_px, row->aside) + 2 * pad;
    }
    struct rnd_label label = {.font = RND_FONT_UI_MEDIUM,
                              .size_px = rnd_panel_px(frame, 15),
                              .x = x,
                              .middle_y = middle,
                              .colour = row->off ? theme->text_faint : theme->text_primary};
    x = draw_marked(frame, row, label, right) + pad;
    if (*row->detail && right - x > 4 * s->text_small)
        rnd_panel_label(
            frame,
            (struct rnd_label){.font = RND_FONT_UI,
                               .size_px = s->text_small,
                               .x = x,
                               .middle_y = middle,
                               .colour = row->off ? theme->text_faint : theme->text_secondary,
                               .max_px = right - x},
            row->detail);
}

/* How much of the list is seen, where it is not all. */
static void draw_scroll(struct rnd_frame *frame, const struct rnd_picker_view *picker,
                        struct rnd_rect list)
{
    if (picker->total <= picker->row_count)
        return;
    double width = rnd_panel_px(frame, 4), shown = picker->row_count, total = picker->total;
    double height = fmax(list.h * shown / total, 4 * width);
    double y = list.y + (list.h - height) * picker->first / fmax(total - shown, 1);
    struct rnd_rect bar = {list.x + list.w + rnd_panel_px(frame, 4), y, width, height};
    rnd_list_round(frame->list, bar, width / 2, frame->theme->track, RND_NONE, 0);
}

/* What there is to say of the list, which without rows stands in their place. */
static void draw_status(struct rnd_frame *frame, const struct rnd_picker_view *picker,
                        struct rnd_rect list, struct rnd_rect foot)
{
    static const char *const keys[] = {"Up Down", "choose", "Enter", "take", "Esc", "close", NULL};
    const struct rnd_sizes *s = &frame->layout.sizes;
    double keys_px = rnd_panel_keys_px(frame, s->text_small, keys);
    bool alone = picker->row_count == 0 && !picker->trouble;
    double indent = rnd_panel_px(frame, 12);
    struct rnd_label label = {
        .font = RND_FONT_UI,
        .size_px = alone ? s->text_body : s->text_small,
        .x = alone ? list.x + indent : foot.x,
        .middle_y = alone ? list.y + rnd_panel_px(frame, ROW) / 2 : foot.y + foot.h / 2,
        .colour = picker->trouble ? frame->theme->failed : frame->theme->text_secondary,
        .max_px = foot.w - (alone ? 2 * indent : keys_px + 2 * indent)};
    rnd_panel_label(frame, label, picker->status);
    (void)rnd_panel_keys(frame, foot.x + foot.w - keys_px, foot.y + foot.h / 2, s->text_small,
                         keys);
}

void rnd_panel_picker(struct rnd_frame *frame)
{
    const struct rnd_picker_view *picker = frame->view->picker;
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double pad = rnd_panel_px(frame, PAD), top = rnd_panel_px(frame, TOP);
    double field = rnd_panel_px(frame, FIELD), row = rnd_panel_px(frame, ROW);
    double foot = rnd_panel_px(frame, FOOT), gap = rnd_panel_px(frame, 8);
    double all_w = frame->view->width_px, all_h = frame->view->height_px;
    double width = fmin(rnd_panel_px(frame, WIDTH), all_w - 2 * pad);
    double height = top + field + gap + RND_PICKER_ROWS * row + gap + foot;
    struct rnd_rect box = {floor((all_w - width) / 2), floor(fmax((all_h - height) * 0.35, pad)),
                           width, height};
    rnd_panel_overlay(frame, box);
    double x = box.x + pad, inner = box.w - 2 * pad, y = box.y + top;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = s->text_body,
                                       .x = x,
                                       .middle_y = box.y + top / 2,
                                       .colour = theme->text_secondary,
                                       .max_px = inner},
                    picker->title);
    rnd_panel_field(frame, (struct rnd_rect){x, y, inner, field}, &picker->field, picker->hint);
    y += field + gap;
    struct rnd_rect list = {x, y, inner, RND_PICKER_ROWS * row};
    for (uint32_t i = 0; i < picker->row_count; i++) {
        struct rnd_rect place = {list.x, y + i * row, list.w, row};
        draw_row(frame, &picker->rows[i], place, picker->first + i == picker->chosen);
        rnd_hits_add(frame->hits, place, RND_HIT_ROW, picker->first + i);
    }
    draw_scroll(frame, picker, list);
    draw_status(frame, picker, list, (struct rnd_rect){x, list.y + list.h + gap, inner, foot});
}
