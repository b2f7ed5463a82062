#include "panel.h"

#include <math.h>
#include <stdio.h>

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

/* Of one task's lines, so many are looked through at most, and so many are kept. */
#define LOOKED_AT 20000
#define KEPT_MAX 512

/* The lines that are listed: all, or, of one task, those that are kept. */
struct listing {
    uint32_t count;
    uint32_t kept[KEPT_MAX]; /* the newest first */
    bool of_one;
    double scrolled_px; /* from the end */
};

/* The newest lines of the selected task, as many as are seen above those that are scrolled away. */
static void keep_lines(const struct rnd_frame *frame, uint32_t count, struct listing *listing)
{
    const struct rnd_model *model = frame->model;
    double height = frame->layout.line_row_px;
    uint32_t seen = (uint32_t)(frame->layout.lines.h / height);
    uint32_t wanted = (uint32_t)(listing->scrolled_px / height) + seen + 1;
    wanted = wanted < KEPT_MAX ? wanted : KEPT_MAX;
    for (uint32_t i = count, n = 0; i > 0 && n < LOOKED_AT && listing->count < wanted; i--, n++)
        if (model->outputs[i - 1].task == frame->view->selected)
            listing->kept[listing->count++] = i - 1;
    double most = fmax((double)listing->count - seen, 0) * height;
    listing->scrolled_px = fmin(listing->scrolled_px, most);
}

/* Whether only the selected task's lines are shown: a switch in the title. */
static void draw_switch(struct rnd_frame *frame, double middle)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_view *view = frame->view;
    struct rnd_rect panel = frame->layout.output;
    char text[RND_LABEL_MAX + 16] = "all tasks", name[RND_LABEL_MAX];
    if (!view->selected || !rnd_layout_is_worked(&view->spec))
        return;
    if (view->lines_of_one) {
        (void)rnd_label_task(frame->model, view->selected, name, sizeof name);
        (void)snprintf(text, sizeof text, "only %s", name);
    }
    double pad = rnd_panel_px(frame, 10), height = rnd_panel_px(frame, 24);
    double width = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, s->text_small, text) + 2 * pad;
    width = fmin(width, panel.w * 0.6);
    struct rnd_rect pill = {panel.x + panel.w - s->pad - width, middle - height / 2, width, height};
    rnd_list_round(frame->list, pill, height / 2, frame->theme->raised_bg,
                   view->lines_of_one ? frame->theme->accent : frame->theme->raised_border,
                   s->border);
    if (rnd_panel_hovered(frame, pill))
        rnd_list_round(frame->list, pill, height / 2, frame->theme->hover, RND_NONE, 0);
    rnd_hits_add(frame->hits, pill, RND_HIT_OUTPUT_ONLY, 0);
    rnd_panel_name(frame,
                   (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                      .size_px = s->text_small,
                                      .x = pill.x + width / 2,
                                      .middle_y = middle,
                                      .colour = frame->theme->text_secondary,
                                      .align = RND_ALIGN_CENTRE,
                                      .max_px = width - 2 * pad},
                   text);
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

void rnd_panel_output(struct rnd_frame *frame)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_view *view = frame->view;
    struct rnd_rect lines = frame->layout.lines;
    rnd_hits_add(frame->hits, frame->layout.output, RND_HIT_OUTPUT, RND_HIT_NOTHING);
    draw_switch(frame, rnd_panel_begin(frame, RND_PANEL_OUTPUT));

    struct listing listing = {.of_one = view->lines_of_one && view->selected,
                              .scrolled_px = view->lines_px};
    uint32_t all = rnd_model_outputs_at(frame->model, view->moment.cursor);
    if (listing.of_one)
        keep_lines(frame, all, &listing);
    else
        listing.count = all;
    if (listing.count == 0)
        draw_nothing(frame, all ? "nothing printed by it yet" : "nothing printed yet");
    char time[32];
    (void)rnd_label_clock(frame->model->end_ns, time, sizeof time);
    double time_px = fmax(rnd_panel_width(frame, RND_FONT_MONO, s->text_time, time),
                          rnd_panel_width(frame, RND_FONT_MONO, s->text_time, "00.000"));

    /* Counted from the end, which is at the bottom once the lines no longer fit. */
    double height = frame->layout.line_row_px;
    double top = fmin(lines.y, lines.y + lines.h - listing.count * height + listing.scrolled_px);
    double skip = fmax(floor((lines.y - top) / height), 0);
    rnd_list_clip_push(frame->list, lines);
    for (uint32_t i = (uint32_t)skip; i < listing.count; i++) {
        struct rnd_rect row = {lines.x, floor(top + i * height), lines.w, height};
        if (row.y >= lines.y + lines.h)
            break;
        draw_line(frame, listing.of_one ? listing.kept[listing.count - 1 - i] : i, row, time_px);
    }
    rnd_list_clip_pop(frame->list);
}
