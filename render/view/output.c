#include "panel.h"

#include <math.h>

#define LINE_MAX_BYTES 1024

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
    (void)rnd_label_clock(line->time_ns, text, sizeof text);
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

void rnd_panel_output(struct rnd_frame *frame)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect lines = frame->layout.lines;
    rnd_hits_add(frame->hits, frame->layout.output, RND_HIT_OUTPUT, RND_HIT_NOTHING);
    (void)rnd_panel_begin(frame, RND_PANEL_OUTPUT);

    uint32_t count = rnd_model_outputs_at(frame->model, frame->view->moment.cursor);
    if (count == 0)
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI,
                                           .size_px = s->text_small,
                                           .x = lines.x + s->pad,
                                           .middle_y = lines.y + frame->layout.line_row_px / 2,
                                           .colour = frame->theme->text_faint,
                                           .max_px = lines.w - 2 * s->pad},
                        "nothing printed yet");
    char time[32];
    (void)rnd_label_clock(frame->model->end_ns, time, sizeof time);
    double time_px = fmax(rnd_panel_width(frame, RND_FONT_MONO, s->text_time, time),
                          rnd_panel_width(frame, RND_FONT_MONO, s->text_time, "00.000"));

    /* Counted from the end, which is at the bottom once the lines no longer fit. */
    double height = frame->layout.line_row_px;
    double top = fmin(lines.y, lines.y + lines.h - count * height + frame->view->lines_px);
    double skip = fmax(floor((lines.y - top) / height), 0);
    rnd_list_clip_push(frame->list, lines);
    for (uint32_t i = (uint32_t)skip; i < count; i++) {
        struct rnd_rect row = {lines.x, floor(top + i * height), lines.w, height};
        if (row.y >= lines.y + lines.h)
            break;
        draw_line(frame, i, row, time_px);
    }
    rnd_list_clip_pop(frame->list);
}
