#include "timeline.h"

#include <math.h>
#include <stdio.h>

/* Smaller notes in the band cannot be read. */
#define NOTE_LEAST_PX 10

static struct rnd_rect band_of(const struct rnd_frame *frame, struct rnd_rect row)
{
    double height = floor(fmin(row.h * 0.4, rnd_panel_px(frame, 32)));
    double left = rnd_timeline_x(frame, 0);
    return (struct rnd_rect){left, row.y + floor((row.h - height) / 2),
                             rnd_timeline_end_x(frame, RND_NEVER) - left, height};
}

/* Whether the loop itself does something in it. */
static bool is_of_loop(const struct rnd_slice *slice)
{
    return slice->kind == RND_SLICE_TASK || slice->kind == RND_SLICE_CALLBACK;
}

static rnd_colour slice_colour(const struct rnd_frame *frame, const struct rnd_slice *slice)
{
    return slice->kind == RND_SLICE_TASK
               ? rnd_panel_task(frame, slice->id)
               : rnd_colour_mix(frame->theme->raised_bg, frame->theme->suspended, 110);
}

static void draw_block(struct rnd_frame *frame, struct rnd_half half, const struct rnd_block *block,
                       struct rnd_rect band)
{
    const struct rnd_theme *theme = frame->theme;
    double left = rnd_timeline_x(frame, block->begin),
           right = rnd_timeline_end_x(frame, block->end);
    struct rnd_rect rect = {left, band.y, fmax(right - left, 1), band.h};
    double radius = rect.w > 6 ? rnd_panel_px(frame, 3) : 0;
    rnd_colour red = rnd_timeline_tint(frame, half, theme->blocking);
    rnd_list_round(
        frame->list, rect, radius,
        rnd_timeline_tint(frame, half, rnd_colour_mix(theme->panel_bg, theme->blocking, 70)), red,
        frame->layout.sizes.border);
    rnd_list_pattern(frame->list, rect, radius, RND_PATTERN_STRIPES, rnd_panel_px(frame, 14), red);
}

/* First block that ends after a cursor. */
static uint32_t first_block(const struct rnd_model *model, uint32_t cursor)
{
    uint32_t low = 0, high = model->block_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (model->blocks[middle].end <= cursor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Of the slices [i, end), the first of the first few that a task has, or else of the loop itself.
 */
static const struct rnd_slice *to_be_seen(const struct rnd_model *model, uint32_t i, uint32_t end)
{
    const struct rnd_slice *seen = &model->slices[i];
    for (uint32_t n = 0; n < RND_TIMELINE_CROWD && i + n < end && seen->kind != RND_SLICE_TASK; n++)
        if (is_of_loop(&model->slices[i + n]))
            seen = &model->slices[i + n];
    return seen;
}

static void draw_slice(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect band,
                       const struct rnd_slice *slice, double left, double right)
{
    double width = right - left;
    if (!is_of_loop(slice))
        return;
    rnd_list_round(frame->list, (struct rnd_rect){left, band.y, fmax(width - 1, 1), band.h},
                   width > 5 ? rnd_panel_px(frame, 2) : 0,
                   rnd_timeline_tint(frame, half, slice_colour(frame, slice)), RND_NONE, 0);
}

static void draw_slices(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect band)
{
    const struct rnd_model *model = frame->model;
    uint32_t i = rnd_model_first_slice(model, rnd_timeline_cursor(frame, half.left));
    while (i < model->slice_count) {
        const struct rnd_slice *slice = &model->slices[i];
        double left = rnd_timeline_x(frame, slice->begin), column;
        if (left >= half.right)
            break;
        uint32_t beyond = rnd_timeline_beyond(frame, left, &column);
        uint32_t next = slice->end <= beyond ? rnd_model_first_slice(model, beyond) : i + 1;
        if (next >= i + RND_TIMELINE_CROWD) {
            draw_slice(frame, half, band, to_be_seen(model, i, next), left, fmax(column, left + 2));
            i = next;
        } else {
            draw_slice(frame, half, band, slice, left, rnd_timeline_end_x(frame, slice->end));
            i++;
        }
    }
}

/* The block after those that block i, at x, has no room beside. */
static uint32_t next_block(const struct rnd_frame *frame, uint32_t i, double x)
{
    double column;
    uint32_t next = first_block(frame->model, rnd_timeline_beyond(frame, x, &column));
    return next > i ? next : i + 1;
}

void rnd_timeline_loop(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect row)
{
    const struct rnd_model *model = frame->model;
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect band = band_of(frame, row);
    rnd_list_round(
        frame->list, band, rnd_panel_px(frame, 3), rnd_timeline_tint(frame, half, theme->raised_bg),
        rnd_timeline_tint(frame, half, theme->raised_border), frame->layout.sizes.border);
    draw_slices(frame, half, band);
    uint32_t i = first_block(model, rnd_timeline_cursor(frame, half.left));
    while (i < model->block_count) {
        double x = rnd_timeline_x(frame, model->blocks[i].begin);
        if (x >= half.right)
            break;
        draw_block(frame, half, &model->blocks[i], band);
        i = next_block(frame, i, x);
    }
}

/* A text in the middle of what is seen of a stretch of the band, if it fits. */
static void draw_note(struct rnd_frame *frame, struct rnd_rect band, double left, double right,
                      const char *text, rnd_colour colour, rnd_colour ground)
{
    struct rnd_rect axis = frame->layout.axis;
    double size = fmin(frame->layout.sizes.text_small - 1, band.h * 0.5);
    double width = rnd_panel_width(frame, RND_FONT_UI, size, text), pad = rnd_panel_px(frame, 10);
    left = fmax(left, axis.x);
    right = fmin(right, axis.x + axis.w);
    if (right - left < width + 3 * pad || size < rnd_panel_px(frame, NOTE_LEAST_PX))
        return;
    double x = floor((left + right) / 2);
    if (ground) {
        double height = floor(band.h * 0.7);
        rnd_list_round(frame->list,
                       (struct rnd_rect){x - width / 2 - pad, band.y + (band.h - height) / 2,
                                         width + 2 * pad, height},
                       height / 2, ground, RND_NONE, 0);
    }
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = size,
                                       .x = x,
                                       .middle_y = band.y + band.h / 2,
                                       .colour = colour,
                                       .align = RND_ALIGN_CENTRE},
                    text);
}

void rnd_timeline_loop_labels(struct rnd_frame *frame, struct rnd_rect row)
{
    const struct rnd_model *model = frame->model;
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect axis = frame->layout.axis, band = band_of(frame, row);
    rnd_timeline_iterations(frame, row, band);

    uint32_t from = rnd_timeline_cursor(frame, axis.x);
    uint32_t i = rnd_model_first_slice(model, from);
    while (i < model->slice_count) {
        const struct rnd_slice *slice = &model->slices[i];
        double left = rnd_timeline_x(frame, slice->begin), column;
        if (left > axis.x + axis.w || slice->begin > frame->view->moment.cursor)
            break;
        uint32_t beyond = rnd_timeline_beyond(frame, left, &column);
        if (slice->end <= beyond) {
            i = rnd_model_first_slice(model, beyond);
            continue;
        }
        double right = rnd_timeline_end_x(frame, slice->end);
        if (slice->kind == RND_SLICE_IDLE && right - left > rnd_panel_px(frame, 60))
            draw_note(frame, band, left, right, "idle · next timer", theme->text_faint,
                      theme->raised_bg);
        i++;
    }
    i = first_block(model, from);
    while (i < model->block_count) {
        const struct rnd_block *block = &model->blocks[i];
        double left = rnd_timeline_x(frame, block->begin),
               right = rnd_timeline_end_x(frame, block->end);
        if (left > axis.x + axis.w || block->begin > frame->view->moment.cursor)
            break;
        i = next_block(frame, i, left);
        if (right - left < rnd_panel_px(frame, 60))
            continue;
        char name[RND_LABEL_MAX], text[RND_LABEL_MAX + 32];
        (void)rnd_label_task(model, block->task, name, sizeof name);
        (void)snprintf(text, sizeof text, "blocked by %s", name);
        draw_note(frame, band, left, right, text, theme->text_primary, theme->panel_bg);
    }
}
