/* The inspector's second half: where a task's coroutines stand, and what their variables hold. */
#include "inspector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The rows, while they are drawn or measured. */
struct pen {
    struct rnd_frame *frame; /* NULL: only measured */
    struct rnd_rect row;
};

/* Whether the row that comes next is seen; takes its place. */
static bool next_row(struct pen *pen, struct rnd_rect *row)
{
    *row = pen->row;
    pen->row.y += pen->row.h;
    if (!pen->frame)
        return false;
    struct rnd_rect clip = rnd_list_clip(pen->frame->list);
    return row->y + row->h > clip.y && row->y < clip.y + clip.h;
}

static void draw_note(struct pen *pen, enum rnd_font font, rnd_colour colour, const char *text)
{
    struct rnd_rect row;
    if (!next_row(pen, &row))
        return;
    rnd_panel_label(pen->frame,
                    (struct rnd_label){.font = font,
                                       .size_px = pen->frame->layout.sizes.text_small,
                                       .x = row.x,
                                       .middle_y = row.y + row.h / 2,
                                       .colour = colour,
                                       .max_px = row.w},
                    text);
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A coroutine and its line; a click on it finds the line in the source. */
static void draw_call(struct pen *pen, const struct rnd_call *call)
{
    struct rnd_frame *frame = pen->frame;
    struct rnd_rect row;
    if (!next_row(pen, &row))
        return;
    double reach = rnd_panel_px(frame, 6), size = frame->layout.sizes.text_time;
    struct rnd_rect place = {row.x - reach, row.y, row.w + 2 * reach, row.h};
    bool own = call->source != RND_NEVER;
    if (own && rnd_panel_hovered(frame, place))
        rnd_list_round(frame->list, place, reach, frame->theme->hover, RND_NONE, 0);
    if (own)
        rnd_hits_add(frame->hits, place, RND_HIT_CALL,
                     (uint32_t)(call - frame->view->inspect.frames->calls));
    struct rnd_label label = {.font = RND_FONT_MONO_BOLD,
                              .size_px = size,
                              .x = row.x,
                              .middle_y = row.y + row.h / 2,
                              .colour = frame->theme->text_primary,
                              .max_px = row.w * 0.6};
    double name_px = fmin(rnd_panel_width(frame, label.font, size, call->function), label.max_px);
    char where[96];
    if (own)
        (void)rnd_label_place(frame->model, call->source, call->line, where, sizeof where);
    else
        (void)snprintf(where, sizeof where, "%.60s:%u", file_name(call->file), call->line);
    rnd_panel_name(frame, label, call->function);
    label.font = RND_FONT_MONO;
    label.x += name_px + rnd_panel_px(frame, 12);
    label.max_px = row.x + row.w - label.x;
    label.colour = frame->theme->text_faint;
    rnd_panel_label(frame, label, where);
}

/* A variable; one that changed in the last step is marked. */
static void draw_local(struct pen *pen, const struct rnd_local *local, bool changed)
{
    struct rnd_frame *frame = pen->frame;
    const struct rnd_theme *theme = frame ? frame->theme : NULL;
    struct rnd_rect row;
    if (!next_row(pen, &row))
        return;
    double size = frame->layout.sizes.text_time, indent = rnd_panel_px(frame, 16);
    rnd_hits_add(frame->hits, row, RND_HIT_LOCAL,
                 (uint32_t)(local - frame->view->inspect.frames->locals));
    double middle = row.y + row.h / 2, edge = rnd_panel_px(frame, 3);
    if (changed) {
        struct rnd_rect band = {row.x, row.y + 1, row.w, row.h - 2};
        rnd_list_round(frame->list, band, edge, rnd_colour_mix(theme->panel_bg, theme->accent, 40),
                       RND_NONE, 0);
        rnd_list_rect(frame->list, (struct rnd_rect){row.x, row.y + 1, edge, row.h - 2},
                      theme->accent);
    }
    struct rnd_label label = {.font = RND_FONT_MONO,
                              .size_px = size,
                              .x = row.x + indent,
                              .middle_y = middle,
                              .colour = theme->text_secondary,
                              .max_px = (row.w - indent) * 0.4};
    double name_px = fmin(rnd_panel_width(frame, label.font, size, local->name), label.max_px);
    double blank = rnd_panel_width(frame, label.font, size, " ");
    rnd_panel_name(frame, label, local->name);
    label.x += name_px + blank;
    label.max_px = 0;
    rnd_panel_label(frame, label, "=");
    label.x += 2 * blank;
    label.font = changed ? RND_FONT_MONO_BOLD : RND_FONT_MONO;
    label.max_px = row.x + row.w - label.x - edge;
    label.colour = theme->text_primary;
    if (label.max_px > size)
        rnd_panel_label(frame, label, local->value);
}

/* A line of a traceback; one that names a file of the script's leads there. */
static void draw_traceback_line(struct pen *pen, const char *text, uint32_t index, bool last)
{
    struct rnd_frame *frame = pen->frame;
    struct rnd_rect row;
    uint32_t line;
    if (!next_row(pen, &row))
        return;
    double reach = rnd_panel_px(frame, 6);
    struct rnd_rect place = {row.x - reach, row.y, row.w + 2 * reach, row.h};
    bool own = rnd_frames_place(frame->model, text, &line) != RND_NEVER;
    if (own && rnd_panel_hovered(frame, place))
        rnd_list_round(frame->list, place, reach, frame->theme->hover, RND_NONE, 0);
    rnd_hits_add(frame->hits, place, RND_HIT_TRACEBACK, index);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = last ? RND_FONT_MONO_BOLD : RND_FONT_MONO,
                                       .size_px = frame->layout.sizes.text_time,
                                       .x = row.x,
                                       .middle_y = row.y + row.h / 2,
                                       .colour = last  ? frame->theme->failed
                                                 : own ? frame->theme->text_primary
                                                       : frame->theme->text_secondary,
                                       .max_px = row.w},
                    text);
}

/* What Python says of the exception that the task raised, if that is told. */
static void walk_traceback(struct pen *pen, const struct rnd_view *view, uint32_t task)
{
    const struct rnd_frames *failed = view->inspect.failed;
    if (!failed || failed->raised_by != task)
        return;
    draw_note(pen, RND_FONT_UI_BOLD, pen->frame ? pen->frame->theme->text_secondary : 0,
              "As Python prints it");
    for (uint32_t i = 0; i < failed->traceback_count; i++)
        draw_traceback_line(pen, failed->traceback[i], i, i + 1 == failed->traceback_count);
}

static const char *title_of(const struct rnd_model *model, const struct rnd_view *view,
                            uint32_t task)
{
    uint32_t cursor = view->moment.cursor;
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    if (lane && lane->done <= cursor)
        return "Where it was when it failed";
    return rnd_inspect_stack_at(model, task, cursor) == cursor ? "Coroutine stack"
                                                               : "Where it was last";
}

/* All rows, the innermost call first: that is where the task is. */
static void walk(struct pen *pen, const struct rnd_model *model, const struct rnd_view *view,
                 uint32_t task)
{
    const struct rnd_frames *frames = view->inspect.frames;
    const struct rnd_frames *before = view->inspect.frames_before;
    rnd_colour faint = pen->frame ? pen->frame->theme->text_faint : 0;
    rnd_colour heading = pen->frame ? pen->frame->theme->text_secondary : 0;
    uint32_t first = 0, count = frames ? rnd_frames_of(frames, task, &first) : 0;
    walk_traceback(pen, view, task);
    draw_note(pen, RND_FONT_UI_BOLD, heading, title_of(model, view, task));
    if (!frames)
        draw_note(pen, RND_FONT_UI, faint,
                  view->inspect.frames_note ? view->inspect.frames_note : "…");
    else if (count == 0)
        draw_note(pen, RND_FONT_UI, faint, "it has not begun");
    for (uint32_t depth = count; depth-- > 0;) {
        const struct rnd_call *call = &frames->calls[first + depth];
        draw_call(pen, call);
        for (uint32_t i = 0; i < call->local_count; i++) {
            const struct rnd_local *local = &frames->locals[call->first_local + i];
            draw_local(pen, local, before && rnd_frames_changed(before, call, depth, local));
        }
    }
}

void rnd_inspector_stack(struct rnd_frame *frame, uint32_t task, struct rnd_rect rect)
{
    struct pen pen = {frame, rect};
    pen.row.h = rnd_inspector_row_px(&frame->layout);
    walk(&pen, frame->model, frame->view, task);
}

double rnd_inspector_stack_px(const struct rnd_frame *frame, uint32_t task)
{
    struct pen pen = {NULL, {.h = rnd_inspector_row_px(&frame->layout)}};
    walk(&pen, frame->model, frame->view, task);
    return pen.row.y + rnd_panel_px(frame, 4);
}
