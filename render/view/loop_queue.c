/* The ready queue, in order, with the boundary of what the present iteration runs. */
#include "loop.h"

#include <math.h>
#include <stdio.h>

static void draw_entry(struct rnd_frame *frame, struct rnd_rect box, uint32_t place)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_push push = rnd_state_queued(frame->model, &frame->state, place);
    struct rnd_thing thing = {push.task ? RND_THING_TASK : RND_THING_CALLBACK,
                              push.task ? push.task : push.handle};
    double radius = rnd_panel_px(frame, 8);
    rnd_colour colour = push.task ? rnd_panel_task(frame, push.task) : theme->text_secondary;
    char name[RND_LABEL_MAX];
    (void)rnd_label_push(frame->model, &push, name, sizeof name);
    rnd_list_round(frame->list, box, radius,
                   rnd_colour_mix(theme->panel_bg, colour, push.task ? 48 : 24), RND_NONE, 0);
    rnd_loop_selected(frame, box, radius, thing);
    rnd_hits_add(frame->hits, box, RND_HIT_QUEUED, place);
    rnd_panel_name(frame,
                   (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                      .size_px = frame->layout.sizes.text_body,
                                      .x = box.x + box.w / 2,
                                      .middle_y = box.y + box.h / 2,
                                      .colour = theme->text_primary,
                                      .align = RND_ALIGN_CENTRE,
                                      .max_px = box.w - 2 * radius},
                   name);
}

/* Between what the present iteration runs and what waits for the next one. */
static void draw_boundary(struct rnd_frame *frame, double x, double top, double height)
{
    double line = frame->layout.sizes.line, over = rnd_panel_px(frame, 5);
    rnd_list_round(frame->list,
                   (struct rnd_rect){x - line / 2, top - over, line, height + 2 * over}, line / 2,
                   frame->theme->ready, RND_NONE, 0);
}

/* What explains the queue as it is now: the longest that there is room for. */
static void draw_hint(struct rnd_frame *frame, struct rnd_loop_columns c, double middle_y)
{
    enum { LENGTHS = 3 };
    static const char *const plain[LENGTHS] = {
        "callbacks run first in, first out; one iteration runs what was ready when it began",
        "first in, first out; an iteration runs what was ready when it began",
        "first in, first out"};
    static const char *const parted[LENGTHS] = {
        "right of the line: what became ready in this iteration, and waits for the next one",
        "right of the line: for the next iteration", "then the next iteration"};
    static const char *const later[LENGTHS] = {
        "made ready in this iteration: to wait for the next one",
        "made ready in this iteration: for the next one", "for the next iteration"};
    const struct rnd_state *state = &frame->state;
    const char *const *hints = plain;
    if (state->in_iteration && state->queue_count > state->snapshot)
        hints = state->snapshot ? parted : later;
    double size = frame->layout.sizes.text_small - 1;
    size_t i = 0;
    while (i + 1 < LENGTHS && rnd_panel_width(frame, RND_FONT_UI, size, hints[i]) > c.queue_w)
        i++;
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = size,
                                       .x = c.queue_x,
                                       .middle_y = middle_y,
                                       .colour = frame->theme->text_faint,
                                       .max_px = c.queue_w},
                    hints[i]);
}

/* The places of the queue: so many side by side, in so many rows. */
struct grid {
    uint32_t columns, rows;
    double width, height, gap;
};

static struct grid lay_out(const struct rnd_frame *frame, struct rnd_loop_columns c)
{
    double gap = rnd_panel_px(frame, 10), wish = rnd_panel_px(frame, 140), room = c.bottom - c.top;
    struct grid grid = {.rows = 1, .height = rnd_panel_px(frame, 40), .gap = gap};
    grid.columns = (uint32_t)fmax((c.queue_w + gap) / (wish + gap) + 0.35, 1);
    grid.width = floor((c.queue_w + gap) / grid.columns) - gap;
    if (frame->state.queue_count <= grid.columns)
        return grid;
    grid.height = fmin(grid.height, floor((room - gap) / 2));
    grid.rows = (uint32_t)fmax(floor((room + gap) / (grid.height + gap)), 1);
    return grid;
}

static struct rnd_rect place_of(const struct grid *grid, struct rnd_loop_columns c, uint32_t i)
{
    return (struct rnd_rect){c.queue_x + i % grid->columns * (grid->width + grid->gap),
                             c.top + i / grid->columns * (grid->height + grid->gap), grid->width,
                             grid->height};
}

/* Where nobody stands. */
static void draw_empty(struct rnd_frame *frame, struct rnd_rect box)
{
    rnd_list_round_dashed(frame->list, box, rnd_panel_px(frame, 8),
                          (struct rnd_stroke){.colour = frame->theme->raised_border,
                                              .width_px = frame->layout.sizes.border,
                                              .dash_px = rnd_panel_px(frame, 4),
                                              .gap_px = rnd_panel_px(frame, 4)});
}

void rnd_loop_queue(struct rnd_frame *frame, struct rnd_loop_columns c)
{
    const struct rnd_state *state = &frame->state;
    struct grid grid = lay_out(frame, c);
    uint32_t places = grid.columns * grid.rows, count = state->queue_count;
    uint32_t most = rnd_loop_queue_most(frame->view, frame->model);
    uint32_t first = rnd_loop_least(frame->view->inspect.queue_row, most) * grid.columns;
    /* One place says how many there is no room for. */
    uint32_t shown = count - first > places ? places - 1 : count - first;
    rnd_hits_add(frame->hits,
                 (struct rnd_rect){c.queue_x, c.top, c.queue_w, fmax(c.bottom - c.top, 0)},
                 RND_HIT_QUEUE, 0);
    for (uint32_t i = 0; i < places; i++) {
        struct rnd_rect box = place_of(&grid, c, i);
        if (i < shown)
            draw_entry(frame, box, first + i);
        else
            draw_empty(frame, box);
        if (first + i > 0 && first + i == state->snapshot && first + i < count)
            draw_boundary(frame, box.x - grid.gap / 2, box.y, grid.height);
        if (i == shown && shown < count - first)
            rnd_loop_more(frame, box, RND_ALIGN_CENTRE, first, count - first - shown);
    }
    if (grid.rows == 1)
        draw_hint(frame, c, fmin(c.top + grid.height + rnd_panel_px(frame, 28), c.bottom));
}

uint32_t rnd_loop_queue_most(const struct rnd_view *view, const struct rnd_model *model)
{
    struct rnd_frame frame = {.model = model,
                              .view = view,
                              .layout = rnd_view_layout(view),
                              .state = rnd_state_at(model, view->moment)};
    struct grid grid = lay_out(&frame, rnd_loop_lay_out(&frame));
    uint32_t rows = (frame.state.queue_count + grid.columns - 1) / grid.columns;
    return rows > grid.rows ? rows - grid.rows : 0;
}
