#include "output.h"

#include <math.h>
#include <stdio.h>

enum { TOOL_PX = 24, GAP_PX = 6, PAD_PX = 10, FUNNEL_PX = 22, WORD_MOST_PX = 110 };

/* What is left of the title's row; tools are taken from its right end. */
struct row {
    struct rnd_frame *frame;
    double left, right, middle;
};

/* Takes so much of the row, or what there is; nothing seen if that is too little. */
static struct rnd_rect take(struct row *row, double width)
{
    double height = rnd_panel_px(row->frame, TOOL_PX);
    width = fmin(width, row->right - row->left);
    if (width < height)
        return (struct rnd_rect){0};
    struct rnd_rect rect = {row->right - width, row->middle - height / 2, width, height};
    row->right = rect.x - rnd_panel_px(row->frame, GAP_PX);
    return rect;
}

static void draw_pill(struct row *row, const char *text, bool on, enum rnd_hit_kind kind)
{
    struct rnd_frame *frame = row->frame;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double pad = rnd_panel_px(frame, PAD_PX);
    struct rnd_rect pill =
        take(row, rnd_panel_width(frame, RND_FONT_UI_MEDIUM, s->text_small, text) + 2 * pad);
    if (!rnd_rect_is_seen(pill))
        return;
    rnd_list_round(frame->list, pill, pill.h / 2, frame->theme->raised_bg,
                   on ? frame->theme->accent : frame->theme->raised_border, s->border);
    if (rnd_panel_hovered(frame, pill))
        rnd_list_round(frame->list, pill, pill.h / 2, frame->theme->hover, RND_NONE, 0);
    rnd_hits_add(frame->hits, pill, kind, 0);
    rnd_panel_name(frame,
                   (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                      .size_px = s->text_small,
                                      .x = pill.x + pill.w / 2,
                                      .middle_y = row->middle,
                                      .colour = frame->theme->text_secondary,
                                      .align = RND_ALIGN_CENTRE,
                                      .max_px = pill.w - 2 * pad + 1},
                   text);
}

/* The text that lines have to contain: a click changes it. */
static void draw_filter(struct row *row, const char *filter)
{
    struct rnd_frame *frame = row->frame;
    const struct rnd_theme *theme = frame->theme;
    double icon = rnd_panel_px(frame, FUNNEL_PX), pad = rnd_panel_px(frame, PAD_PX);
    double size = frame->layout.sizes.text_small;
    double word =
        fmin(rnd_panel_width(frame, RND_FONT_UI, size, filter), rnd_panel_px(frame, WORD_MOST_PX));
    struct rnd_rect box = take(row, *filter ? icon + word + pad : icon + 2);
    bool hovered = rnd_panel_hovered(frame, box);
    if (!rnd_rect_is_seen(box))
        return;
    if (*filter)
        rnd_list_round(frame->list, box, rnd_panel_px(frame, 6), theme->raised_bg, theme->accent,
                       frame->layout.sizes.border);
    else if (hovered)
        rnd_list_round(frame->list, box, rnd_panel_px(frame, 5), theme->hover, RND_NONE, 0);
    rnd_panel_funnel(frame, floor(box.x + icon / 2 + 1), floor(row->middle),
                     *filter   ? theme->accent
                     : hovered ? theme->text_primary
                               : theme->text_secondary);
    rnd_hits_add(frame->hits, box, RND_HIT_OUTPUT_FILTER, 0);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = size,
                                       .x = box.x + icon,
                                       .middle_y = row->middle,
                                       .colour = theme->text_primary,
                                       .max_px = fmax(box.x + box.w - pad - box.x - icon + 1, 1)},
                    filter);
}

void rnd_output_tools(struct rnd_frame *frame, double middle)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_view *view = frame->view;
    struct rnd_rect panel = frame->layout.output;
    double title = rnd_panel_width(frame, RND_FONT_UI_BOLD, s->text_body, "Output");
    struct row row = {.frame = frame,
                      .left = panel.x + 2 * s->pad + title + rnd_panel_px(frame, 16),
                      .right = panel.x + panel.w - s->pad,
                      .middle = middle};
    if (!rnd_layout_is_worked(&view->spec))
        return;
    if (view->timeline.editing == RND_EDITING_OUTPUT) {
        rnd_panel_field(frame, take(&row, row.right - row.left), &view->timeline.field,
                        "what lines contain");
        return;
    }
    draw_filter(&row, view->output.filter);
    if (view->timeline.range.set)
        draw_pill(&row, view->output.in_range ? "in range" : "any time", view->output.in_range,
                  RND_HIT_OUTPUT_RANGE);
    if (view->selected) {
        char text[RND_LABEL_MAX + 16] = "all tasks", name[RND_LABEL_MAX];
        (void)rnd_label_task(frame->model, view->selected, name, sizeof name);
        if (view->output.of_one)
            (void)snprintf(text, sizeof text, "only %s", name);
        draw_pill(&row, text, view->output.of_one, RND_HIT_OUTPUT_ONLY);
    }
}
