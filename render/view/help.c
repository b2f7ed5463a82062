#include "panel.h"

#include <math.h>

/* A row at scale 1: as high as it looks good; a column of them, and how many. */
#define ROW 28
#define COLUMN 400
#define COLUMNS_MOST 4

/* How the rows stand in columns. */
struct grid {
    size_t columns, rows; /* rows in the longest column */
    double row_px, column_px;
    bool whole; /* what is below a title stands in one column */
};

/* How many rows a title and what is below it take. */
static size_t group_rows(const struct rnd_view *view, size_t title)
{
    size_t end = title + 1;
    while (end < view->help_count && view->help[end].keys)
        end++;
    return end - title;
}

/* The column of a row; titles do not stand at the foot of one. */
static size_t place(const struct rnd_view *view, const struct grid *grid, size_t index, size_t *row)
{
    size_t column = 0, at = 0;
    for (size_t i = 0; i <= index; i++, at++) {
        size_t together = view->help[i].keys ? 1 : grid->whole ? group_rows(view, i) : 2;
        if (at > 0 && at + together > grid->rows) {
            column++;
            at = 0;
        }
        *row = at;
    }
    return column;
}

/* As few columns as there is height for. */
static struct grid lay_out_in(const struct rnd_frame *frame, double width, double height,
                              bool whole)
{
    const struct rnd_view *view = frame->view;
    size_t most =
        (size_t)fmin(fmax(floor(width / rnd_panel_px(frame, COLUMN) + 0.25), 1), COLUMNS_MOST);
    struct grid grid = {.columns = 0, .whole = whole};
    do {
        size_t last;
        grid.columns++;
        grid.rows = (view->help_count + grid.columns - 1) / grid.columns;
        while (place(view, &grid, view->help_count - 1, &last) >= grid.columns)
            grid.rows++;
        grid.row_px = fmin(floor(height / (double)grid.rows), rnd_panel_px(frame, ROW));
    } while (grid.columns < most && grid.row_px < rnd_panel_px(frame, ROW) * 0.9);
    grid.column_px = floor(fmin(width / (double)grid.columns, rnd_panel_px(frame, 540)));
    return grid;
}

/* What belongs together is torn apart only where the rows would be too low otherwise. */
static struct grid lay_out(const struct rnd_frame *frame, double width, double height)
{
    struct grid grid = lay_out_in(frame, width, height, true);
    return grid.row_px < rnd_panel_px(frame, ROW) * 0.8 ? lay_out_in(frame, width, height, false)
                                                        : grid;
}

static void draw_row(struct rnd_frame *frame, const struct rnd_help_row *help, struct rnd_rect row)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double keys_px = floor(fmin(row.w * 0.34, rnd_panel_px(frame, 150)));
    double most = row.h * 0.68, gap = rnd_panel_px(frame, 12);
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = fmin(s->text_small, most),
                              .x = row.x,
                              .middle_y = row.y + row.h * 0.5,
                              .colour = theme->text_secondary,
                              .max_px = row.w - gap};
    if (!help->keys) {
        rnd_panel_label(frame, label, help->text);
        return;
    }
    label.font = RND_FONT_MONO;
    label.colour = theme->accent;
    label.max_px = keys_px - gap;
    rnd_panel_label(frame, label, help->keys);
    label.font = RND_FONT_UI;
    label.size_px = fmin(s->text_body, most);
    label.x += keys_px;
    label.colour = theme->text_primary;
    label.max_px = row.w - keys_px - gap;
    rnd_panel_label(frame, label, help->text);
}

void rnd_panel_help(struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    double pad = rnd_panel_px(frame, 32), top = rnd_panel_px(frame, 68);
    struct rnd_rect all = {0, 0, view->width_px, view->height_px};
    struct grid grid = lay_out(frame, all.w - 3 * pad, all.h - pad - top - rnd_panel_px(frame, 20));
    double width = (double)grid.columns * grid.column_px + 2 * pad;
    double height = top + (double)grid.rows * grid.row_px + rnd_panel_px(frame, 20);
    struct rnd_rect box = {floor((all.w - width) / 2), floor((all.h - height) / 2), width, height};

    rnd_list_rect(frame->list, all, rnd_colour_fade(theme->window_bg, 190));
    rnd_list_round(frame->list, box, s->panel_radius, theme->panel_bg, theme->raised_border,
                   s->border);
    rnd_hits_add(frame->hits, all, RND_HIT_OVERLAY, 0);
    struct rnd_label title = {.font = RND_FONT_UI_BOLD,
                              .size_px = s->text_caption,
                              .x = box.x + pad,
                              .middle_y = box.y + top / 2,
                              .colour = theme->text_primary};
    rnd_panel_label(frame, title, "Keys and mouse");
    for (size_t i = 0; i < view->help_count; i++) {
        size_t row, column = place(view, &grid, i, &row);
        draw_row(frame, &view->help[i],
                 (struct rnd_rect){box.x + pad + (double)column * grid.column_px,
                                   box.y + top + (double)row * grid.row_px, grid.column_px,
                                   grid.row_px});
    }
}
