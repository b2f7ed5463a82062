/* The loop's iterations: ticks below its lane, and the snapshot that each runs. */
#include "timeline.h"

#include <math.h>
#include <stdio.h>

/* First iteration that begins at or after a cursor. */
static uint32_t first_iteration(const struct rnd_model *model, uint32_t cursor)
{
    uint32_t low = 0, high = model->iteration_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (model->iterations[middle].at < cursor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Screen x of where the last callback of an iteration's snapshot has run. */
static double end_of(const struct rnd_frame *frame, const struct rnd_iteration *iteration)
{
    const struct rnd_model *model = frame->model;
    uint32_t last = iteration->popped + iteration->ready;
    if (iteration->ready == 0 || last > model->pop_count || last < iteration->popped)
        return rnd_timeline_x(frame, iteration->at);
    uint32_t slice = rnd_model_first_slice(model, model->pops[last - 1]);
    return slice < model->slice_count ? rnd_timeline_end_x(frame, model->slices[slice].end)
                                      : rnd_timeline_end_x(frame, RND_NEVER);
}

struct place {
    double top, height, size_px;
    bool numbered;
};

/* A tick where it begins, and a line as far as its snapshot goes; what it is called below, if that
 * is not left of `free_from`, which is moved. */
static void draw_iteration(struct rnd_frame *frame, const struct rnd_iteration *iteration,
                           struct place at, double x, double *free_from)
{
    bool past = iteration->at <= frame->view->moment.cursor;
    rnd_colour colour = frame->theme->text_faint;
    colour = past ? colour : rnd_timeline_tint(frame, rnd_timeline_future(frame), colour);
    double border = frame->layout.sizes.border, end = end_of(frame, iteration) - 2 * border;
    rnd_list_rect(frame->list, (struct rnd_rect){x, at.top, border, at.height}, colour);
    if (end > x + at.height)
        rnd_list_rect(frame->list,
                      (struct rnd_rect){x, at.top + at.height - border, end - x, border}, colour);
    char text[64];
    (void)snprintf(text, sizeof text, "%u · runs %u", iteration->number, iteration->ready);
    double width = rnd_panel_width(frame, RND_FONT_MONO, at.size_px, text);
    if (width > end - x) {
        (void)snprintf(text, sizeof text, "%u", iteration->number);
        width = rnd_panel_width(frame, RND_FONT_MONO, at.size_px, text);
    }
    double middle = end - x > width ? (x + end) / 2 : x;
    if (!at.numbered || !past || middle - width / 2 < *free_from)
        return;
    double y = at.top + at.height + at.size_px * 0.75;
    rnd_timeline_clear(frame, (struct rnd_rect){middle - width / 2 - 1, y - at.size_px / 2,
                                                width + 2, at.size_px});
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_MONO,
                                       .size_px = at.size_px,
                                       .x = middle,
                                       .middle_y = y,
                                       .colour = frame->theme->text_secondary,
                                       .align = RND_ALIGN_CENTRE},
                    text);
    *free_from = middle + width / 2 + rnd_panel_px(frame, 6);
}

void rnd_timeline_iterations(struct rnd_frame *frame, struct rnd_rect row, struct rnd_rect band)
{
    const struct rnd_model *model = frame->model;
    struct rnd_rect axis = frame->layout.axis;
    struct place at = {.top = band.y + band.h + rnd_panel_px(frame, 3),
                       .height = rnd_panel_px(frame, 4),
                       .size_px = rnd_panel_px(frame, 10)};
    at.numbered = at.top + at.height + 1.5 * at.size_px < row.y + row.h;
    double free_from = axis.x, column;
    uint32_t i = first_iteration(model, rnd_timeline_cursor(frame, axis.x));
    while (i < model->iteration_count) {
        double x = rnd_timeline_x(frame, model->iterations[i].at);
        if (x > axis.x + axis.w)
            break;
        draw_iteration(frame, &model->iterations[i], at, x, &free_from);
        uint32_t next = first_iteration(model, rnd_timeline_beyond(frame, x, &column));
        i = next > i ? next : i + 1;
    }
}
