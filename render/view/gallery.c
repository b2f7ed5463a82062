#include "gallery.h"

#include "panel.h"

#include <math.h>
#include <string.h>

/* Measures at scale 1. */
enum { MARGIN = 40, GAP = 20, CARD_LEAST = 330, CARD = 214, THUMB = 112, HEAD = 108, FOOT = 48 };

/* A long title is not written smaller than that. */
#define TITLE_SHARE 0.86

/* --- layout ----------------------------------------------------------------------------------- */

struct rnd_gallery_layout rnd_gallery_layout_make(const struct rnd_layout *layout, int width_px,
                                                  int height_px, uint32_t count)
{
    const struct rnd_sizes *s = &layout->sizes;
    double margin = rnd_sizes_px(s, MARGIN), head = rnd_sizes_px(s, HEAD);
    struct rnd_gallery_layout l = {
        .area = {0, head, width_px, fmax(height_px - head - rnd_sizes_px(s, FOOT), 1)},
        .gap = rnd_sizes_px(s, GAP),
        .card_h = rnd_sizes_px(s, CARD),
        .left = margin};
    double width = fmax(width_px - 2 * margin, 1);
    l.columns = (uint32_t)fmax(floor((width + l.gap) / (rnd_sizes_px(s, CARD_LEAST) + l.gap)), 1);
    l.card_w = floor((width - (l.columns - 1) * l.gap) / l.columns);
    uint32_t rows = (count + l.columns - 1) / l.columns;
    l.content_h = rows * (l.card_h + l.gap);
    return l;
}

struct rnd_rect rnd_gallery_card(const struct rnd_gallery_layout *l, uint32_t index,
                                 double scroll_px)
{
    uint32_t row = index / l->columns, column = index % l->columns;
    return (struct rnd_rect){l->left + column * (l->card_w + l->gap),
                             l->area.y + row * (l->card_h + l->gap) - floor(scroll_px), l->card_w,
                             l->card_h};
}

double rnd_gallery_scroll(const struct rnd_gallery_layout *l, uint32_t index, double scroll_px)
{
    if (index != RND_NEVER) {
        double top = index / l->columns * (l->card_h + l->gap);
        scroll_px = fmin(scroll_px, top);
        scroll_px = fmax(scroll_px, top + l->card_h + l->gap - l->area.h);
    }
    return fmax(fmin(scroll_px, l->content_h - l->area.h), 0);
}

/* --- a thumbnail ------------------------------------------------------------------------------ */

static rnd_colour piece_colour(const struct rnd_frame *frame, const struct rnd_thumb_piece *piece)
{
    switch ((enum rnd_task_state)piece->state) {
    case RND_TASK_READY:
        return frame->theme->ready;
    case RND_TASK_BLOCKING:
        return frame->theme->blocking;
    case RND_TASK_DONE:
    case RND_TASK_FAILED:
    case RND_TASK_CANCELLED:
    case RND_TASK_TIMED_OUT:
        return rnd_panel_end(frame, (enum rnd_task_state)piece->state);
    default:
        return rnd_panel_lane_colour(frame, piece->colour, piece->thread);
    }
}

/* Where the pieces of a thumbnail are drawn. */
struct stamp {
    struct rnd_rect rect;
    double lane_h;
};

static void draw_piece(struct rnd_frame *frame, struct stamp stamp,
                       const struct rnd_thumb_piece *piece)
{
    double x0 = stamp.rect.x + stamp.rect.w * piece->from / RND_THUMB_WIDTH;
    double x1 = stamp.rect.x + stamp.rect.w * piece->to / RND_THUMB_WIDTH;
    double middle = stamp.rect.y + (piece->lane + 0.5) * stamp.lane_h;
    double thick = fmax(floor(stamp.lane_h * 0.62), 2), least = rnd_panel_px(frame, 3);
    rnd_colour colour = piece_colour(frame, piece);
    struct rnd_rect bar = {x0, floor(middle - thick / 2), fmax(x1 - x0, least), thick};
    if (piece->state == RND_TASK_SUSPENDED) {
        if (x1 - x0 >= 1)
            rnd_list_line(frame->list, x0, middle, x1, middle,
                          (struct rnd_stroke){.colour = colour,
                                              .width_px = fmax(rnd_panel_px(frame, 1.5), 1),
                                              .dash_px = rnd_panel_px(frame, 4),
                                              .gap_px = rnd_panel_px(frame, 3)});
    } else if (piece->state >= RND_TASK_DONE) {
        double radius = fmin(stamp.lane_h * 0.45, rnd_panel_px(frame, 6));
        rnd_panel_end_mark(frame, x0 + least + radius, middle, radius,
                           (enum rnd_task_state)piece->state, colour);
    } else if (piece->state == RND_TASK_READY) {
        if (x1 - x0 >= least)
            rnd_list_pattern(frame->list, bar, rnd_panel_px(frame, 2), RND_PATTERN_DOTS,
                             rnd_panel_px(frame, 5), colour);
    } else if (piece->state == RND_TASK_BLOCKING) {
        rnd_list_round(frame->list, bar, rnd_panel_px(frame, 2),
                       rnd_colour_mix(frame->theme->panel_bg, colour, 90), RND_NONE, 0);
        rnd_list_pattern(frame->list, bar, rnd_panel_px(frame, 2), RND_PATTERN_STRIPES,
                         rnd_panel_px(frame, 8), colour);
    } else {
        rnd_list_round(frame->list, bar, rnd_panel_px(frame, 2), colour, RND_NONE, 0);
    }
}

static void draw_thumb(struct rnd_frame *frame, const struct rnd_thumb *thumb, struct rnd_rect rect)
{
    double lanes = fmax(thumb->lane_count, 3);
    struct stamp stamp = {rect, rect.h / lanes};
    stamp.rect.w -= rnd_panel_px(frame, 18); /* for the marks of what ends last */
    rnd_list_rect(frame->list,
                  (struct rnd_rect){rect.x, floor(rect.y + stamp.lane_h * 0.19), rect.w,
                                    fmax(floor(stamp.lane_h * 0.62), 2)},
                  frame->theme->grid);
    for (uint16_t i = 0; i < thumb->piece_count; i++)
        draw_piece(frame, stamp, &thumb->pieces[i]);
}

/* --- a card ----------------------------------------------------------------------------------- */

/* A text of at most `lines` lines, the last of them cut. */
static void draw_wrapped(struct rnd_frame *frame, struct rnd_label label, const char *text,
                         uint32_t lines, double step_px)
{
    for (uint32_t line = 0; line < lines && *text; line++, label.middle_y += step_px) {
        size_t length = strlen(text);
        size_t fit =
            rnd_font_fit(frame->fonts, label.font, label.size_px, text, length, label.max_px);
        if (fit == length || line + 1 == lines) {
            rnd_panel_label(frame, label, text);
            return;
        }
        size_t cut = fit;
        while (cut > 0 && text[cut] != ' ')
            cut--;
        cut = cut ? cut : fit;
        rnd_list_text_bytes(
            frame->list, label.font, label.size_px, label.x,
            rnd_font_baseline_px(frame->fonts, label.font, label.size_px, label.middle_y),
            label.colour, text, cut, RND_ALIGN_LEFT, 0);
        text += cut + (text[cut] == ' ');
    }
}

/* A little smaller where that spares a title its end. */
static double size_to_fit(const struct rnd_frame *frame, struct rnd_label label, const char *text)
{
    double width = rnd_panel_width(frame, label.font, label.size_px, text);
    double fit = floor(label.size_px * label.max_px / fmax(width, 1) * 4) / 4;
    return fmin(label.size_px, fmax(fit, label.size_px * TITLE_SHARE));
}

static void draw_card(struct rnd_frame *frame, const struct rnd_card *card, struct rnd_rect rect,
                      bool chosen)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_view *view = frame->view;
    double pad = rnd_panel_px(frame, 16), thumb_h = rnd_panel_px(frame, THUMB);
    bool hovered = view->pointer_in && rnd_rect_has(rect, view->pointer_x, view->pointer_y);
    rnd_list_round(frame->list, rect, s->panel_radius, theme->panel_bg,
                   chosen    ? theme->accent
                   : hovered ? theme->text_secondary
                             : theme->panel_border,
                   chosen ? rnd_panel_px(frame, 2) : s->border);
    struct rnd_rect well = {rect.x + pad, rect.y + pad, rect.w - 2 * pad, thumb_h - pad};
    if (card->drawn)
        draw_thumb(frame, &card->thumb, well);
    double line_y = rect.y + thumb_h + rnd_panel_px(frame, 12);
    rnd_list_rect(frame->list, (struct rnd_rect){rect.x + pad, line_y, rect.w - 2 * pad, s->border},
                  theme->panel_border);

    double x = rect.x + pad, middle = line_y + rnd_panel_px(frame, 24);
    struct rnd_label label = {.font = RND_FONT_MONO_BOLD,
                              .size_px = rnd_panel_px(frame, 14),
                              .x = x,
                              .middle_y = middle,
                              .colour = theme->accent};
    if (*card->number) {
        rnd_panel_label(frame, label, card->number);
        x += rnd_panel_width(frame, label.font, label.size_px, card->number) +
             rnd_panel_px(frame, 10);
    }
    label.font = RND_FONT_UI_BOLD;
    label.size_px = s->text_name;
    label.x = x;
    label.colour = theme->text_primary;
    label.max_px = rect.x + rect.w - pad - x;
    label.size_px = size_to_fit(frame, label, card->title);
    rnd_panel_label(frame, label, card->title);
    label.font = RND_FONT_UI;
    label.size_px = s->text_body;
    label.x = rect.x + pad;
    label.middle_y = middle + rnd_panel_px(frame, 28);
    label.colour = theme->text_secondary;
    label.max_px = rect.w - 2 * pad;
    draw_wrapped(frame, label, card->about, 2, rnd_panel_px(frame, 20));
}

/* --- all of it -------------------------------------------------------------------------------- */

static void draw_head(struct rnd_frame *frame, const struct rnd_gallery_view *gallery)
{
    const struct rnd_theme *theme = frame->theme;
    double margin = rnd_panel_px(frame, MARGIN), middle = rnd_panel_px(frame, 46);
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = rnd_panel_px(frame, 28),
                              .x = margin,
                              .middle_y = middle,
                              .colour = theme->accent};
    rnd_panel_label(frame, label, "awaitscope");
    label.x +=
        rnd_panel_width(frame, label.font, label.size_px, "awaitscope") + rnd_panel_px(frame, 16);
    label.colour = theme->text_primary;
    label.max_px = frame->view->width_px - margin - label.x;
    rnd_panel_label(frame, label, "Lessons");
    label.font = RND_FONT_UI;
    label.size_px = rnd_panel_px(frame, 16);
    label.x = margin;
    label.middle_y = rnd_panel_px(frame, 82);
    label.colour = theme->text_secondary;
    label.max_px = frame->view->width_px - 2 * margin;
    rnd_panel_label(frame, label,
                    gallery->count > 0
                        ? "How asyncio runs your code, one idea at a time. A script of your own "
                          "opens with Ctrl O, or dropped here."
                        : "No lessons are installed. A script of your own opens with Ctrl O, or "
                          "dropped here.");
}

static void draw_foot(struct rnd_frame *frame)
{
    double height = rnd_panel_px(frame, FOOT), top = frame->view->height_px - height;
    rnd_list_rect(frame->list,
                  (struct rnd_rect){0, top, frame->view->width_px, frame->layout.sizes.border},
                  frame->theme->panel_border);
    static const char *const keys[] = {"Arrows",       "choose", "Enter", "opens", "Ctrl O",
                                       "another file", "Esc",    "back",  NULL};
    (void)rnd_panel_keys(frame, rnd_panel_px(frame, MARGIN), top + height / 2,
                         frame->layout.sizes.text_body, keys);
}

void rnd_panel_gallery(struct rnd_frame *frame)
{
    const struct rnd_gallery_view *gallery = frame->view->gallery;
    struct rnd_rect all = {0, 0, frame->view->width_px, frame->view->height_px};
    struct rnd_gallery_layout l = rnd_gallery_layout_make(&frame->layout, frame->view->width_px,
                                                          frame->view->height_px, gallery->count);
    rnd_list_rect(frame->list, all, frame->theme->window_bg);
    frame->hits->count = 0; /* nothing below it answers */
    rnd_hits_add(frame->hits, all, RND_HIT_BOX, 0);
    draw_head(frame, gallery);
    rnd_list_clip_push(frame->list, l.area);
    for (uint32_t i = 0; i < gallery->count; i++) {
        struct rnd_rect card = rnd_gallery_card(&l, i, gallery->scroll_px);
        if (card.y + card.h <= l.area.y || card.y >= l.area.y + l.area.h)
            continue;
        draw_card(frame, &gallery->cards[i], card, i == gallery->chosen);
        double top = fmax(card.y, l.area.y), bottom = fmin(card.y + card.h, l.area.y + l.area.h);
        rnd_hits_add(frame->hits, (struct rnd_rect){card.x, top, card.w, bottom - top},
                     RND_HIT_CARD, i);
    }
    rnd_list_clip_pop(frame->list);
    if (l.content_h - l.gap > l.area.h) {
        double width = rnd_panel_px(frame, 6), height = l.area.h * l.area.h / l.content_h;
        double y =
            l.area.y + (l.area.h - height) * gallery->scroll_px / fmax(l.content_h - l.area.h, 1);
        rnd_list_round(
            frame->list,
            (struct rnd_rect){all.w - 2 * width - rnd_panel_px(frame, 6), y, width, height},
            width / 2, frame->theme->track, RND_NONE, 0);
    }
    draw_foot(frame);
}
