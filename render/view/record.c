#include "record.h"

#include "panel.h"

#include <math.h>
#include <stdio.h>

/* Measures at scale 1. */
enum {
    PAD = 28,
    WIDTH = 1280,
    TOP = 64,
    ROW = 44,
    NAME = 104,
    FOOT = 72,
    PICTURE = 640,
};

/* --- the picture ------------------------------------------------------------------------------ */

/* What the recording shows of the moment that the window shows. */
static void draw_picture(struct rnd_frame *frame, struct rnd_rect rect)
{
    const struct rnd_view *view = frame->view;
    const struct rnd_record_view *record = view->record;
    struct rnd_list *inner;
    struct rnd_hits hits;
    if (rnd_list_open(&inner))
        return;
    struct rnd_view picture =
        rnd_view_make(frame->model, frame->theme, record->width_px, record->height_px, 0);
    picture.timeline.rows = view->timeline.rows;
    picture.timeline.notes = view->timeline.notes;
    picture.run = view->run;
    picture.message = view->message;
    picture.moment = view->moment;
    picture.speed = view->speed;
    picture.compare = view->compare;
    rnd_view_set_layout(&picture, &record->spec, 0);
    rnd_view_fit(&picture, frame->model, frame->script);
    rnd_view_follow(&picture, frame->model, frame->script);
    rnd_view_draw(&picture, frame->model, frame->script, frame->fonts, inner, &hits);
    double scale = fmin(rect.w / record->width_px, rect.h / record->height_px);
    double width = record->width_px * scale, height = record->height_px * scale;
    struct rnd_rect place = {floor(rect.x + (rect.w - width) / 2), rect.y, width, height};
    rnd_list_insert(frame->list, inner, frame->fonts, place.x, place.y, scale);
    rnd_list_round(frame->list, place, 0, RND_NONE, frame->theme->raised_border,
                   frame->layout.sizes.border);
    rnd_list_close(inner);
    char text[64];
    (void)snprintf(text, sizeof text, "This moment, in %d × %d", record->width_px,
                   record->height_px);
    double below = place.y + place.h + rnd_panel_px(frame, 16);
    if (below < rect.y + rect.h)
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI,
                                           .size_px = frame->layout.sizes.text_small,
                                           .x = rect.x,
                                           .middle_y = below,
                                           .colour = frame->theme->text_secondary,
                                           .max_px = rect.w},
                        text);
}

/* --- the choices ------------------------------------------------------------------------------ */

static void draw_choices(struct rnd_frame *frame, enum rnd_record_row row, struct rnd_rect place)
{
    const struct rnd_record_choices *choices = &frame->view->record->rows[row];
    const struct rnd_theme *theme = frame->theme;
    double size = frame->layout.sizes.text_body, pad = rnd_panel_px(frame, 11);
    double height = rnd_panel_px(frame, 32), x = place.x;
    bool asks = frame->view->record->state == RND_RECORD_ASKS;
    for (uint32_t i = 0; i < choices->count; i++) {
        bool chosen = i == choices->chosen;
        double width =
            ceil(rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, choices->texts[i])) + 2 * pad;
        struct rnd_rect box = {x, place.y + floor((place.h - height) / 2), width, height};
        bool hovered = asks && rnd_panel_hovered(frame, box);
        rnd_list_round(
            frame->list, box, rnd_panel_px(frame, 8), chosen ? theme->accent : theme->raised_bg,
            chosen || hovered ? theme->accent : theme->raised_border, frame->layout.sizes.border);
        rnd_panel_label(
            frame,
            (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                               .size_px = size,
                               .x = box.x + width / 2,
                               .middle_y = box.y + height / 2,
                               .colour = chosen ? theme->accent_text : theme->text_primary,
                               .align = RND_ALIGN_CENTRE},
            choices->texts[i]);
        if (asks)
            rnd_hits_add(frame->hits, box, RND_HIT_RECORD, rnd_record_hit(row, i));
        x += width + rnd_panel_px(frame, 6);
    }
}

static void draw_field(struct rnd_frame *frame, enum rnd_record_row row, struct rnd_rect place)
{
    static const char *const empty[RND_RECORD_FIELDS] = {"none, or what it says",
                                                         "as long as it takes, or so many seconds",
                                                         "where the recording goes"};
    const struct rnd_record_view *record = frame->view->record;
    const struct rnd_field *field = rnd_record_field(record, row);
    const char *hint = empty[row - RND_RECORD_END];
    double height = rnd_panel_px(frame, 32);
    struct rnd_rect rect = {place.x, place.y + floor((place.h - height) / 2), place.w, height};
    if (record->row == row && record->state == RND_RECORD_ASKS) {
        rnd_panel_field(frame, rect, field, hint);
        return;
    }
    rnd_list_round(frame->list, rect, rnd_panel_px(frame, 6), frame->theme->raised_bg,
                   frame->theme->raised_border, frame->layout.sizes.border);
    rnd_panel_name(frame,
                   (struct rnd_label){.font = RND_FONT_UI,
                                      .size_px = frame->layout.sizes.text_body,
                                      .x = rect.x + rnd_panel_px(frame, 8),
                                      .middle_y = rect.y + rect.h / 2,
                                      .colour = *field->text ? frame->theme->text_primary
                                                             : frame->theme->text_secondary,
                                      .max_px = rect.w - rnd_panel_px(frame, 16)},
                   *field->text ? field->text : hint);
    if (record->state == RND_RECORD_ASKS)
        rnd_hits_add(frame->hits, rect, RND_HIT_RECORD, rnd_record_hit(row, 0));
}

static void draw_rows(struct rnd_frame *frame, struct rnd_rect rect)
{
    const struct rnd_record_view *record = frame->view->record;
    const struct rnd_theme *theme = frame->theme;
    double height = floor(rect.h / RND_RECORD_ROWS), name = rnd_panel_px(frame, NAME);
    for (enum rnd_record_row row = 0; row < RND_RECORD_ROWS; row++) {
        struct rnd_rect place = {rect.x, rect.y + (int)row * height, rect.w, height};
        bool current = row == record->row && record->state == RND_RECORD_ASKS;
        if (current)
            rnd_list_round(frame->list,
                           (struct rnd_rect){place.x - rnd_panel_px(frame, 12), place.y + 1,
                                             rnd_panel_px(frame, 4), place.h - 2},
                           rnd_panel_px(frame, 2), theme->accent, RND_NONE, 0);
        rnd_panel_label(
            frame,
            (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                               .size_px = frame->layout.sizes.text_body,
                               .x = place.x,
                               .middle_y = place.y + floor(height / 2),
                               .colour = current ? theme->accent : theme->text_secondary,
                               .max_px = name},
            record->rows[row].name);
        place.x += name;
        place.w -= name;
        if (rnd_record_field(record, row))
            draw_field(frame, row, place);
        else
            draw_choices(frame, row, place);
    }
}

/* --- the foot --------------------------------------------------------------------------------- */

/* How far it is. */
static void draw_progress(struct rnd_frame *frame, double x, double middle, double width)
{
    const struct rnd_record_view *record = frame->view->record;
    const struct rnd_theme *theme = frame->theme;
    double height = rnd_panel_px(frame, 10), round = height / 2;
    struct rnd_rect bar = {x, middle - rnd_panel_px(frame, 14), width, height};
    char text[96];
    if (record->left_s < 0)
        (void)snprintf(text, sizeof text, "Getting ready…");
    else
        (void)snprintf(text, sizeof text, "%.0f %% recorded, %.0f s left", record->share * 100,
                       ceil(record->left_s));
    rnd_list_round(frame->list, bar, round, theme->track, RND_NONE, 0);
    bar.w = fmax(bar.w * record->share, height);
    rnd_list_round(frame->list, bar, round, theme->accent, RND_NONE, 0);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = frame->layout.sizes.text_body,
                                       .x = x,
                                       .middle_y = middle + rnd_panel_px(frame, 13),
                                       .colour = theme->text_primary,
                                       .max_px = width},
                    text);
}

/* What there is to say, in two lines if it needs them. */
static void draw_message(struct rnd_frame *frame, double x, double middle, double width)
{
    const struct rnd_record_view *record = frame->view->record;
    const struct rnd_theme *theme = frame->theme;
    const char *text = *record->message ? record->message : "";
    double size = frame->layout.sizes.text_body, step = floor(size * 1.4);
    struct rnd_panel_lines lines = rnd_panel_wrap(frame, RND_FONT_UI_MEDIUM, size, text, width, 2);
    double y = middle - step * (lines.count - 1.0) / 2;
    for (uint32_t i = 0; i < lines.count; i++, y += step)
        rnd_list_text_bytes(frame->list, RND_FONT_UI_MEDIUM, size, x,
                            rnd_font_baseline_px(frame->fonts, RND_FONT_UI_MEDIUM, size, y),
                            record->failed ? theme->failed : theme->text_primary, lines.at[i],
                            lines.bytes[i], RND_ALIGN_LEFT, width);
}

static void draw_foot(struct rnd_frame *frame, struct rnd_rect foot)
{
    enum rnd_record_state state = frame->view->record->state;
    double middle = foot.y + foot.h / 2, right = foot.x + foot.w;
    if (state == RND_RECORD_ASKS) {
        right = rnd_panel_choice(frame, right, middle, "Record (Enter)", true, RND_HIT_RECORD,
                                 RND_RECORD_START);
        right = rnd_panel_choice(frame, right, middle, "Close (Esc)", false, RND_HIT_RECORD,
                                 RND_RECORD_LEAVE);
    } else if (state == RND_RECORD_GOES_ON) {
        right = rnd_panel_choice(frame, right, middle, "Cancel (Esc)", false, RND_HIT_RECORD,
                                 RND_RECORD_CANCEL);
    } else {
        right = rnd_panel_choice(frame, right, middle, "Close (Enter)", true, RND_HIT_RECORD,
                                 RND_RECORD_LEAVE);
    }
    double width = right - foot.x - rnd_panel_px(frame, 12);
    if (state == RND_RECORD_GOES_ON)
        draw_progress(frame, foot.x, middle, width);
    else
        draw_message(frame, foot.x, middle, width);
}

void rnd_panel_record(struct rnd_frame *frame)
{
    double pad = rnd_panel_px(frame, PAD), top = rnd_panel_px(frame, TOP);
    double foot = rnd_panel_px(frame, FOOT);
    double all_w = frame->view->width_px, all_h = frame->view->height_px;
    double width = fmin(rnd_panel_px(frame, WIDTH), all_w - pad);
    double rows = fmin(rnd_panel_px(frame, ROW) * RND_RECORD_ROWS, all_h - top - foot - pad);
    struct rnd_rect box = {floor((all_w - width) / 2), floor((all_h - top - rows - foot) / 2),
                           width, top + rows + foot};
    double picture = fmin(rnd_panel_px(frame, PICTURE), width * 0.47);
    rnd_panel_overlay(frame, box);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = frame->layout.sizes.text_caption,
                                       .x = box.x + pad,
                                       .middle_y = box.y + top / 2,
                                       .colour = frame->theme->text_primary},
                    "Record a video");
    struct rnd_rect inner = {box.x + pad, box.y + top, box.w - 2 * pad, rows};
    draw_picture(frame, (struct rnd_rect){inner.x, inner.y, picture, inner.h});
    draw_rows(frame, (struct rnd_rect){inner.x + picture + pad, inner.y, inner.w - picture - pad,
                                       inner.h});
    draw_foot(frame, (struct rnd_rect){inner.x, inner.y + inner.h, inner.w, foot});
}
