#include "output.h"

#include "render/model/match.h"

#include <math.h>
#include <string.h>

#define LINE_MAX_BYTES 1024

/* Marks what the filter looks for, where it stands in a line that begins at x. */
static void mark_matches(struct rnd_frame *frame, const char *text, double x, double right,
                         struct rnd_rect row)
{
    const char *filter = frame->view->output.filter, *at = text, *found;
    size_t bytes = strlen(filter), left = strlen(text);
    double size = fmax(frame->layout.sizes.text_code, frame->layout.text_least_px);
    rnd_colour tint = rnd_colour_mix(frame->theme->panel_bg, frame->theme->accent, 70);
    while (bytes && (found = rnd_match_find(at, left, filter)) != NULL) {
        double begin = x + rnd_font_width_bytes_px(frame->fonts, RND_FONT_MONO, size, text,
                                                   (size_t)(found - text));
        double width = rnd_font_width_bytes_px(frame->fonts, RND_FONT_MONO, size, found, bytes);
        if (begin >= right)
            return;
        struct rnd_rect band = {begin, row.y + 1, fmin(width, right - begin), row.h - 2};
        rnd_list_round(frame->list, band, rnd_panel_px(frame, 3), tint, RND_NONE, 0);
        at = found + bytes;
        left = strlen(at);
    }
}

/* One line of output: when, who, what. */
static void draw_line(struct rnd_frame *frame, uint32_t index, struct rnd_rect row, double time_px)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_output_line *line = &frame->model->outputs[index];
    double middle = row.y + row.h / 2, x = row.x + rnd_panel_px(frame, 17) + time_px;
    char text[LINE_MAX_BYTES];

    if (rnd_panel_hovered(frame, row))
        rnd_list_rect(frame->list, row, theme->hover);
    (void)rnd_label_clock(line->time_ns, frame->model->end_ns, text, sizeof text);
    struct rnd_label label = {.font = RND_FONT_MONO,
                              .size_px = s->text_time,
                              .x = x,
                              .middle_y = middle,
                              .colour = theme->text_faint,
                              .align = RND_ALIGN_RIGHT};
    rnd_panel_label(frame, label, text);

    x += rnd_panel_px(frame, 18);
    rnd_list_circle(frame->list, x, middle, rnd_panel_px(frame, 4),
                    rnd_panel_task(frame, line->task));
    x += rnd_panel_px(frame, 16);
    (void)rnd_model_output_text(frame->model, line, frame->view->moment.cursor, text, sizeof text);
    mark_matches(frame, text, x, row.x + row.w - s->pad, row);
    label = (struct rnd_label){.font = RND_FONT_MONO,
                               .size_px = s->text_code,
                               .x = x,
                               .middle_y = middle,
                               .colour = line->stream == SIM_STREAM_STDERR ? theme->failed
                                                                           : theme->text_primary,
                               .max_px = row.x + row.w - s->pad - x};
    rnd_panel_label(frame, label, text);
    rnd_hits_add(frame->hits, row, RND_HIT_OUTPUT, index);
}

/* The lines that are listed at the cursor: `count` from `first` on, in the listing if there is one.
 */
struct listed {
    uint32_t first, count;
};

static struct listed listed_at(const struct rnd_view *view, const struct rnd_model *model)
{
    const struct rnd_output_view *output = &view->output;
    const struct rnd_range *range = &view->timeline.range;
    uint32_t from = 0, to = view->moment.cursor;
    if (output->in_range && range->set) {
        from = rnd_listing_after(output->listing, model, range->from.cursor);
        to = range->to.cursor < to ? range->to.cursor : to;
    }
    uint32_t end = rnd_listing_after(output->listing, model, to);
    return (struct listed){from, end > from ? end - from : 0};
}

uint32_t rnd_output_lines(const struct rnd_view *view, const struct rnd_model *model)
{
    return listed_at(view, model).count;
}

static void draw_nothing(struct rnd_frame *frame, const char *text)
{
    struct rnd_rect lines = frame->layout.lines;
    const struct rnd_sizes *s = &frame->layout.sizes;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = s->text_small,
                                       .x = lines.x + s->pad,
                                       .middle_y = lines.y + frame->layout.line_row_px / 2,
                                       .colour = frame->theme->text_faint,
                                       .max_px = lines.w - 2 * s->pad},
                    text);
}

/* Why there is nothing to be seen. */
static const char *why_nothing(const struct rnd_frame *frame)
{
    const struct rnd_output_view *output = &frame->view->output;
    uint32_t cursor = frame->view->moment.cursor;
    bool some = rnd_model_outputs_at(frame->model, cursor) > 0;
    bool end = frame->model->over && cursor >= frame->model->event_count;
    if (some && *output->filter)
        return end ? "no such line" : "no such line yet";
    if (some && output->in_range && frame->view->timeline.range.set)
        return end ? "nothing printed in the range" : "nothing printed in the range yet";
    if (some && output->of_one && frame->view->selected)
        return end ? "nothing printed by it" : "nothing printed by it yet";
    return end ? "nothing printed" : "nothing printed yet";
}

void rnd_panel_output(struct rnd_frame *frame)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_view *view = frame->view;
    const struct rnd_output_view *output = &view->output;
    struct rnd_rect lines = frame->layout.lines;
    rnd_hits_add(frame->hits, frame->layout.output, RND_HIT_OUTPUT, RND_HIT_NOTHING);
    rnd_output_tools(frame, rnd_panel_begin(frame, RND_PANEL_OUTPUT));

    struct listed listed = listed_at(view, frame->model);
    if (listed.count == 0)
        draw_nothing(frame, why_nothing(frame));
    char time[32];
    (void)rnd_label_clock(frame->model->end_ns, frame->model->end_ns, time, sizeof time);
    double time_px = fmax(rnd_panel_width(frame, RND_FONT_MONO, s->text_time, time),
                          rnd_panel_width(frame, RND_FONT_MONO, s->text_time, "00.000"));

    /* Counted from the end, which is at the bottom once the lines no longer fit. */
    double height = frame->layout.line_row_px;
    double top = fmin(lines.y, lines.y + lines.h - listed.count * height + output->px);
    double skip = fmax(floor((lines.y - top) / height), 0);
    rnd_list_clip_push(frame->list, lines);
    for (uint32_t i = (uint32_t)skip; i < listed.count; i++) {
        struct rnd_rect row = {lines.x, floor(top + i * height), lines.w, height};
        if (row.y >= lines.y + lines.h)
            break;
        uint32_t n = listed.first + i;
        draw_line(frame, output->listing ? output->listing->items[n] : n, row, time_px);
    }
    rnd_list_clip_pop(frame->list);
}
