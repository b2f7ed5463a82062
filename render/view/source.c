#include "source.h"
#include "timeline.h"

#include "render/model/visits.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Tasks whose rings fit beside one line. */
#define RINGS_MAX 3
#define RING_ROWS 256

/* Lines from the first on that is seen whose visits are counted; more than are seen, as some
 * between them may not be shown. */
#define VISITS_MAX 512

/* More tasks than that are not all looked at. */
#define RING_TASKS 512

static rnd_colour token_colour(const struct rnd_theme *theme, unsigned kind)
{
    switch (kind) {
    case RND_TOKEN_KEYWORD:
    case RND_TOKEN_DECORATOR:
        return theme->code_keyword;
    case RND_TOKEN_STRING:
        return theme->code_string;
    case RND_TOKEN_COMMENT:
        return theme->code_comment;
    case RND_TOKEN_NUMBER:
        return theme->code_number;
    case RND_TOKEN_DEFINITION:
        return theme->code_function;
    default:
        return theme->code_plain;
    }
}

/* The code of a line from x on, cut with an ellipsis at `right`; returns where it ends. */
static double draw_code(struct rnd_frame *frame, uint32_t line, double x, double middle_y,
                        double right)
{
    size_t length;
    uint32_t file = frame->view->file;
    const char *text = rnd_script_code(frame->script, file, line, &length);
    if (length == 0)
        return x;
    struct rnd_token tokens[RND_SCRIPT_TOKENS_MAX];
    rnd_lex_state lex = frame->script->files[file].states[line - 1];
    uint32_t count = rnd_highlight_line(text, length, &lex, tokens, RND_SCRIPT_TOKENS_MAX);
    double size = frame->layout.sizes.text_code;
    double y = rnd_font_baseline_px(frame->fonts, RND_FONT_MONO, size, middle_y);

    size_t fit = rnd_font_fit(frame->fonts, RND_FONT_MONO, size, text, length, right - x);
    double ellipsis = rnd_panel_width(frame, RND_FONT_MONO, size, "…");
    if (fit < length)
        fit = rnd_font_fit(frame->fonts, RND_FONT_MONO, size, text, length, right - x - ellipsis);
    for (uint32_t i = 0; i < count && tokens[i].begin < fit; i++) {
        const char *bytes = text + tokens[i].begin;
        size_t n = tokens[i].length;
        n = tokens[i].begin + n > fit ? fit - tokens[i].begin : n;
        rnd_list_text_bytes(frame->list, RND_FONT_MONO, size, x, y,
                            token_colour(frame->theme, tokens[i].kind), bytes, n, RND_ALIGN_LEFT,
                            0);
        x += rnd_font_width_bytes_px(frame->fonts, RND_FONT_MONO, size, bytes, n);
    }
    if (fit < length)
        rnd_list_text(frame->list, RND_FONT_MONO, size, x, y, frame->theme->text_faint, "…");
    return fit < length ? right : x;
}

/* Rows that are seen: from `first` (0, 1, ...) on, `count` of them, the first at y. */
struct rows {
    uint32_t first, count;
    double y, height;
};

static struct rows visible_rows(const struct rnd_frame *frame)
{
    struct rnd_rect code = frame->layout.code;
    double height = frame->layout.code_row_px, skip = floor(frame->view->code_px / height);
    struct rows rows = {.first = (uint32_t)skip,
                        .count = (uint32_t)(code.h / height) + 2,
                        .y = floor(code.y + skip * height - frame->view->code_px),
                        .height = height};
    return rows;
}

/* Which of them, from 0 on, shows a line of the file; rows.count: none. */
static uint32_t row_of(const struct rnd_frame *frame, struct rows rows, uint32_t line)
{
    uint32_t row = rnd_script_row_of(frame->script, frame->view->file, line);
    bool seen = row >= rows.first && row - rows.first < rows.count &&
                rnd_script_line_of(frame->script, frame->view->file, row) == line;
    return seen ? row - rows.first : rows.count;
}

static double row_middle(struct rows rows, uint32_t row)
{
    return rows.y + (row + 0.5) * rows.height;
}

/* A ring at the line where a task or thread is; filled where it runs. */
static void draw_ring(struct rnd_frame *frame, struct rows rows, uint32_t task,
                      uint8_t rings[RING_ROWS])
{
    struct rnd_lane_state at = rnd_state_lane(frame->model, task, frame->view->moment.cursor);
    uint32_t row = row_of(frame, rows, at.line);
    if (row == rows.count || row >= RING_ROWS || rings[row] == RINGS_MAX ||
        at.state == RND_TASK_UNBORN || at.file != frame->view->file)
        return;
    double radius = rnd_panel_px(frame, 7), y = row_middle(rows, row);
    double x =
        frame->layout.code.x + rnd_panel_px(frame, 21) - rings[row]++ * rnd_panel_px(frame, 5);
    rnd_colour colour = rnd_panel_task(frame, task);
    rnd_list_circle(frame->list, x, y, radius, frame->theme->panel_bg);
    if (at.state == RND_TASK_RUNNING || at.state == RND_TASK_BLOCKING)
        rnd_list_circle(frame->list, x, y, radius, colour);
    else
        rnd_list_ring(frame->list, x, y, radius, frame->layout.sizes.line, colour);
}

static void draw_ring_if_alive(struct rnd_frame *frame, struct rows rows, uint32_t task,
                               uint8_t rings[RING_ROWS])
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    uint32_t cursor = frame->view->moment.cursor;
    if (lane && lane->created <= cursor && lane->done > cursor && lane->naming != SIM_TASK_INTERNAL)
        draw_ring(frame, rows, task, rings);
}

/* One for each that lives; of many, those whose lanes are seen. */
static void draw_rings(struct rnd_frame *frame, struct rows rows)
{
    const struct rnd_model *model = frame->model;
    uint8_t rings[RING_ROWS] = {0};
    if (model->lane_count > RING_TASKS) {
        struct rnd_timeline_rows lanes = rnd_timeline_rows(frame);
        for (uint32_t i = 0; i < lanes.seen; i++)
            draw_ring_if_alive(frame, rows, rnd_timeline_row(frame, &lanes, i).task, rings);
        return;
    }
    for (uint32_t task = 1; task <= model->lane_count; task++)
        draw_ring_if_alive(frame, rows, task, rings);
    for (uint32_t thread = 1; thread <= model->thread_count; thread++)
        draw_ring_if_alive(frame, rows, RND_THREAD | thread, rings);
}

/* How often the line was run, at the row's end where there is room for it. */
static void draw_visits(struct rnd_frame *frame, uint32_t visits, double code_end, double middle_y,
                        rnd_colour colour)
{
    char text[24];
    double size = frame->layout.sizes.text_time - 1;
    double right = frame->layout.code.x + frame->layout.code.w - rnd_panel_px(frame, 10);
    (void)snprintf(text, sizeof text, "×%u", visits);
    double width = rnd_panel_width(frame, RND_FONT_MONO, size, text);
    if (visits == 0 || code_end + rnd_panel_px(frame, 10) > right - width)
        return;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_MONO,
                                       .size_px = size,
                                       .x = right,
                                       .middle_y = middle_y,
                                       .colour = colour,
                                       .align = RND_ALIGN_RIGHT},
                    text);
}

/* A bar at the lines where the calls of the inspected task stand, the outermost included. */
static void draw_stack(struct rnd_frame *frame, struct rows rows)
{
    const struct rnd_frames *frames = frame->view->inspect.frames;
    struct rnd_thing thing = rnd_inspector_thing(frame->view, frame->model);
    uint32_t first = 0;
    uint32_t count =
        frames && thing.kind == RND_THING_TASK ? rnd_frames_of(frames, thing.id, &first) : 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct rnd_call *call = &frames->calls[first + i];
        uint32_t row = row_of(frame, rows, call->line);
        if (row == rows.count || call->source != frame->view->file)
            continue;
        struct rnd_rect bar = {frame->layout.code.x, row_middle(rows, row) - rows.height / 2,
                               rnd_panel_px(frame, 4), rows.height};
        rnd_list_rect(frame->list, bar, rnd_panel_task(frame, thing.id));
    }
}

/* A saved run may have come without its script. */
static void draw_missing(struct rnd_frame *frame, const struct rnd_script_file *file)
{
    struct rnd_rect code = frame->layout.code;
    const struct rnd_sizes *s = &frame->layout.sizes;
    char text[RND_LABEL_MAX];
    (void)snprintf(text, sizeof text, "there is no file %s here", file->name);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = s->text_small,
                                       .x = code.x + s->pad,
                                       .middle_y = code.y + frame->layout.code_row_px / 2,
                                       .colour = frame->theme->text_secondary,
                                       .max_px = code.w - 2 * s->pad},
                    text);
}

void rnd_panel_source(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_state *state = &frame->state;
    struct rnd_rect code = frame->layout.code;
    rnd_hits_add(frame->hits, frame->layout.source, RND_HIT_SOURCE, 0);
    rnd_source_files(frame, rnd_panel_begin(frame, RND_PANEL_SOURCE));
    uint32_t file = frame->view->file;
    if (file < frame->script->file_count && !frame->script->files[file].saved_ns) {
        draw_missing(frame, &frame->script->files[file]);
        return;
    }

    rnd_list_clip_push(frame->list, code);
    struct rows rows = visible_rows(frame);
    uint32_t task = state->runner == RND_RUNNER_TASK ? state->runner_id : 0;
    uint32_t lines = rnd_script_lines(frame->script, file);
    uint32_t current = state->file == file ? state->line : 0;
    uint32_t current_row = row_of(frame, rows, current);
    if (current_row < rows.count && !state->idle) {
        rnd_colour tint = task ? rnd_panel_task(frame, task) : theme->text_secondary;
        struct rnd_rect row = {code.x, row_middle(rows, current_row) - rows.height / 2, code.w,
                               rows.height};
        rnd_list_rect(frame->list, row, rnd_colour_mix(theme->panel_bg, tint, RND_ROW_TINT));
    }
    uint32_t visits[VISITS_MAX], first = rnd_script_line_of(frame->script, file, rows.first);
    rnd_visits_at(frame->model, frame->view->moment.cursor, file, first, VISITS_MAX, visits);
    draw_stack(frame, rows);
    double digits = lines > 999 ? 5 : 3;
    double number_x = code.x + rnd_panel_px(frame, 36 + digits * 8);
    for (uint32_t i = 0; i < rows.count; i++) {
        uint32_t line = rnd_script_line_of(frame->script, file, rows.first + i);
        if (line == 0)
            break;
        double middle = row_middle(rows, i);
        rnd_colour beside = line == current ? theme->text_secondary : theme->text_faint;
        char number[16];
        (void)snprintf(number, sizeof number, "%u", line);
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_MONO,
                                           .size_px = frame->layout.sizes.text_time,
                                           .x = number_x,
                                           .middle_y = middle,
                                           .colour = beside,
                                           .align = RND_ALIGN_RIGHT},
                        number);
        double end = draw_code(frame, line, number_x + rnd_panel_px(frame, 16), middle,
                               code.x + code.w - rnd_panel_px(frame, 8));
        if (line - first < VISITS_MAX)
            draw_visits(frame, visits[line - first], end, middle, beside);
        rnd_hits_add(frame->hits,
                     (struct rnd_rect){code.x, middle - rows.height / 2, code.w, rows.height},
                     RND_HIT_SOURCE, line);
    }
    draw_rings(frame, rows);
    rnd_list_clip_pop(frame->list);
}
