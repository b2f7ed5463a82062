/* The run as a chart for a terminal: the window's timeline in characters. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "columns.h"
#include "render/model/axis.h"
#include "render/model/label.h"

#define NAME_MOST 24  /* columns of a task's name */
#define ROWS_MOST 200 /* tasks; of the others only how many */
#define TICK_GAP 8    /* columns */
#define TICKS_MOST 64
#define LABEL_MARGIN 2 /* columns of line around a label, at least */

/* Looks: colours of the 256 that read on light and on dark ground. */
#define FAINT "38;5;244"
#define BOLD "1"
#define READY "38;5;172"
#define BLOCKING "38;5;160"
#define DONE "38;5;71"
#define FAILED "1;38;5;160"
#define CANCELLED "38;5;97"
#define TIMED_OUT "38;5;208"
static const char *const task_looks[] = {"38;5;32",  "38;5;134", "38;5;70",  "38;5;166",
                                         "38;5;168", "38;5;37",  "38;5;136", "38;5;62"};

static const char *task_look(uint32_t colour)
{
    return task_looks[colour % (sizeof task_looks / sizeof *task_looks)];
}

/* What a state is drawn with; `look` NULL: the task's. */
struct mark {
    const char *glyph, *look, *legend;
};

enum {
    RUNS,
    WAITS_TURN,
    SUSPENDS,
    BLOCKS,
    LATE,
    ENDS_DONE,
    ENDS_FAILED,
    ENDS_CANCELLED,
    ENDS_TIMED_OUT,
    MARKS
};
static const struct mark marks[MARKS] = {
    [RUNS] = {"█", NULL, "running"},
    [WAITS_TURN] = {"▒", READY, "ready"},
    [SUSPENDS] = {"╌", NULL, "suspended"},
    [BLOCKS] = {"▓", BLOCKING, "blocking"},
    [LATE] = {"╍", BLOCKING, "late"},
    [ENDS_DONE] = {"✓", DONE, "done"},
    [ENDS_FAILED] = {"!", FAILED, "failed"},
    [ENDS_CANCELLED] = {"✕", CANCELLED, "cancelled"},
    [ENDS_TIMED_OUT] = {"◷", TIMED_OUT, "timed out"},
};

/* One column of the row that is being drawn. */
struct cell {
    char glyph[5];    /* one character, "" for nothing */
    const char *look; /* NULL: the terminal's own */
};

struct chart {
    const struct rnd_model *model;
    struct rnd_axis axis;
    struct cell *cells; /* `columns` of them; the first `left` are for names */
    int columns, left;
    struct rnd_tick ticks[TICKS_MOST];
    uint32_t tick_count;
    bool colours, seen[MARKS];
    FILE *out;
};

/* --- a row ------------------------------------------------------------------------------------ */

static void clear_row(struct chart *chart)
{
    memset(chart->cells, 0, (size_t)chart->columns * sizeof *chart->cells);
}

/* Sets one column to the character at `text`. */
static void set_cell(struct chart *chart, int column, const char *text, const char *look)
{
    int length = rnd_columns_step(text);
    if (column < 0 || column >= chart->columns || length >= (int)sizeof chart->cells->glyph)
        return;
    struct cell *cell = &chart->cells[column];
    memset(cell->glyph, 0, sizeof cell->glyph);
    memcpy(cell->glyph, text, (size_t)length);
    cell->look = look;
}

/* Writes a text from `column` on, at most `most` columns of it. */
static void set_text(struct chart *chart, int column, const char *text, int most, const char *look)
{
    bool cut = rnd_columns_of(text) > most;
    for (int i = 0; i < most && *text; i++, text += rnd_columns_step(text))
        set_cell(chart, column + i, cut && i == most - 1 ? "…" : text, look);
}

static void print_look(struct chart *chart, const char *look)
{
    if (chart->colours)
        fprintf(chart->out, look ? "\x1b[0;%sm" : "\x1b[0m", look);
}

static void print_row(struct chart *chart)
{
    const char *look = NULL;
    int end = chart->columns;
    while (end > 0 && !chart->cells[end - 1].glyph[0])
        end--;
    for (int i = 0; i < end; i++) {
        const struct cell *cell = &chart->cells[i];
        if (cell->glyph[0] && cell->look != look)
            print_look(chart, look = cell->look);
        fputs(cell->glyph[0] ? cell->glyph : " ", chart->out);
    }
    if (look)
        print_look(chart, NULL);
    fputc('\n', chart->out);
}

/* --- the axis --------------------------------------------------------------------------------- */

static int column_at(const struct chart *chart, double x)
{
    return chart->left + (int)floor(x + 1e-6);
}

static int column_of(const struct chart *chart, uint32_t cursor)
{
    if (cursor > chart->model->event_count)
        cursor = chart->model->event_count;
    return column_at(chart, rnd_axis_x(&chart->axis, cursor));
}

static void print_ruler(struct chart *chart)
{
    clear_row(chart);
    for (uint32_t i = 0; i < chart->tick_count; i++)
        set_text(chart, column_at(chart, chart->ticks[i].x_px), chart->ticks[i].label, TICK_GAP - 1,
                 FAINT);
    print_row(chart);
    clear_row(chart);
    for (int i = chart->left; i < chart->columns; i++)
        set_cell(chart, i, "─", FAINT);
    for (uint32_t i = 0; i < chart->tick_count; i++)
        set_cell(chart, column_at(chart, chart->ticks[i].x_px), "┬", FAINT);
    print_row(chart);
}

/* A new row with its name and the ruler's marks going down through it. */
static void begin_row(struct chart *chart, const char *name, const char *look)
{
    clear_row(chart);
    for (uint32_t i = 0; i < chart->tick_count; i++)
        set_cell(chart, column_at(chart, chart->ticks[i].x_px), "┊", FAINT);
    set_text(chart, 0, name, chart->left - 2, look);
}

/* --- lanes ------------------------------------------------------------------------------------ */

/* Draws a state over [from, to). */
static void draw_mark(struct chart *chart, int from, int to, int mark, const char *task)
{
    for (int i = from; i < to; i++)
        set_cell(chart, i, marks[mark].glyph, marks[mark].look ? marks[mark].look : task);
    chart->seen[mark] |= to > from;
}

/* A wait, with what it is for in its middle, and its late end apart. */
static void draw_suspended(struct chart *chart, const struct rnd_span *span, const char *look)
{
    int from = column_of(chart, span->begin), to = column_of(chart, span->end), due = to;
    char label[RND_LABEL_MAX];
    if (span->deadline_ns != RND_NO_TIME && span->end_ns > span->deadline_ns) {
        int at = column_at(chart, rnd_axis_x_time(&chart->axis, span->deadline_ns));
        due = at < from ? from : at < to ? at : to;
    }
    draw_mark(chart, from, due, SUSPENDS, look);
    draw_mark(chart, due, to, LATE, look);
    rnd_label_await(chart->model, span, label, sizeof label);
    int width = rnd_columns_of(label);
    if (width > 0 && due - from >= width + 2 + LABEL_MARGIN) {
        int at = from + (due - from - width) / 2;
        set_cell(chart, at - 1, " ", NULL);
        set_text(chart, at, label, width, look);
        set_cell(chart, at + width, " ", NULL);
    }
}

static void draw_span(struct chart *chart, const struct rnd_span *span, const char *look)
{
    int from = column_of(chart, span->begin), to = column_of(chart, span->end);
    int least = to > from ? to : from + 1;
    switch (span->state) {
    case RND_TASK_READY:
        draw_mark(chart, from, to, WAITS_TURN, look);
        break;
    case RND_TASK_RUNNING:
        draw_mark(chart, from, least, RUNS, look);
        break;
    case RND_TASK_BLOCKING:
        draw_mark(chart, from, least, BLOCKS, look);
        break;
    case RND_TASK_DONE:
    case RND_TASK_FAILED:
    case RND_TASK_CANCELLED:
    case RND_TASK_TIMED_OUT:
        while (from < chart->columns && strcmp(chart->cells[from].glyph, marks[RUNS].glyph) == 0)
            from++;
        draw_mark(chart, from, from + 1, ENDS_DONE + span->state - RND_TASK_DONE, look);
        break;
    default:
        break;
    }
}

/* States later in this order are drawn over those before, where they share a column. */
static const uint8_t order[] = {RND_TASK_SUSPENDED, RND_TASK_READY,    RND_TASK_RUNNING,
                                RND_TASK_BLOCKING,  RND_TASK_DONE,     RND_TASK_FAILED,
                                RND_TASK_CANCELLED, RND_TASK_TIMED_OUT};

static void print_lane(struct chart *chart, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(chart->model, task);
    const char *look = task_look(lane->colour);
    char name[RND_LABEL_MAX];
    rnd_label_task(chart->model, task, name, sizeof name);
    begin_row(chart, name, look);
    for (size_t n = 0; n < sizeof order; n++)
        for (uint32_t i = 0; i < lane->span_count; i++) {
            if (lane->spans[i].state != order[n])
                continue;
            if (order[n] == RND_TASK_SUSPENDED)
                draw_suspended(chart, &lane->spans[i], look);
            else
                draw_span(chart, &lane->spans[i], look);
        }
    print_row(chart);
}

static void print_loop_lane(struct chart *chart)
{
    const struct rnd_model *model = chart->model;
    begin_row(chart, "event loop", BOLD);
    for (uint32_t i = 0; i < model->slice_count; i++) {
        const struct rnd_slice *slice = &model->slices[i];
        int from = column_of(chart, slice->begin), to = column_of(chart, slice->end);
        const struct rnd_lane *lane = rnd_model_lane(model, slice->id);
        if (slice->kind == RND_SLICE_TASK && lane && lane->naming != SIM_TASK_INTERNAL)
            draw_mark(chart, from, to > from ? to : from + 1, RUNS, task_look(lane->colour));
        else if (slice->kind != RND_SLICE_IDLE && from < to)
            set_cell(chart, from, "·", FAINT);
    }
    for (uint32_t i = 0; i < model->block_count; i++)
        draw_mark(chart, column_of(chart, model->blocks[i].begin),
                  column_of(chart, model->blocks[i].end), BLOCKS, NULL);
    print_row(chart);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void print_title(struct chart *chart)
{
    const struct rnd_model *model = chart->model;
    char length[RND_LABEL_MAX];
    const char *script = rnd_model_text(model, model->files[0].name, NULL);
    const char *slash = strrchr(script, '/');
    rnd_label_duration(model->end_ns, length, sizeof length);
    fputc('\n', chart->out);
    print_look(chart, BOLD);
    fputs(slash ? slash + 1 : script, chart->out);
    print_look(chart, FAINT);
    fprintf(chart->out, "  %s, %" PRIu32 " task%s", length, model->colour_count,
            model->colour_count == 1 ? "" : "s");
    print_look(chart, NULL);
    fputs("\n\n", chart->out);
}

static void print_legend(struct chart *chart)
{
    const char *gap = "";
    fprintf(chart->out, "\n%*s", chart->left, "");
    for (int i = 0; i < MARKS; i++) {
        if (!chart->seen[i])
            continue;
        fputs(gap, chart->out);
        gap = "   ";
        print_look(chart, marks[i].look);
        fputs(marks[i].glyph, chart->out);
        print_look(chart, FAINT);
        fprintf(chart->out, " %s", marks[i].legend);
    }
    print_look(chart, NULL);
    fputs("\n", chart->out);
}

static void print_lanes(struct chart *chart)
{
    uint32_t rows = 0;
    for (uint32_t i = 0; i < chart->model->lane_count && rows < ROWS_MOST; i++)
        if (chart->model->lanes[i].naming != SIM_TASK_INTERNAL) {
            print_lane(chart, i + 1);
            rows++;
        }
    if (rows < chart->model->colour_count)
        fprintf(chart->out, "... and %" PRIu32 " more tasks\n", chart->model->colour_count - rows);
}

void rnd_cmd_print_timeline(const struct rnd_model *model, int columns, bool colours, FILE *out)
{
    int left = rnd_cmd_name_width(model, rnd_columns_of("event loop"), NAME_MOST) + 2;
    struct chart chart = {
        .model = model, .columns = columns, .left = left, .colours = colours, .out = out};
    chart.cells = calloc((size_t)columns, sizeof *chart.cells);
    if (!chart.cells)
        return;
    /* One column a slice, and one at the end for the mark of what ends there. */
    chart.axis = rnd_axis_make(model, columns - left - 1, 1.0);
    rnd_axis_fit(&chart.axis, 0);
    chart.tick_count = rnd_axis_ticks(&chart.axis, TICK_GAP, chart.ticks, TICKS_MOST);
    print_title(&chart);
    print_ruler(&chart);
    print_loop_lane(&chart);
    print_lanes(&chart);
    print_legend(&chart);
    free(chart.cells);
}
