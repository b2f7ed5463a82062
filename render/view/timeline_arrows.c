/* Arrows from causes to effects. */
#include "timeline.h"

#include "render/model/arrow.h"

#include <math.h>

/* More of them in one picture explain nothing: of a step, of a task or all. */
#define STEP_MAX 24
#define ALL_MAX 240
/* So many links about the cursor are looked at, however many are in sight. */
#define LOOK_MAX 8192
/* The share of its colour that an arrow of the future keeps. */
#define FUTURE_SHARE 90

/* How a kind of arrow is drawn, besides in its colour. */
static struct rnd_stroke stroke_of(const struct rnd_frame *frame, enum rnd_arrow_kind kind,
                                   uint32_t from_task)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_stroke stroke = {.colour =
                                    from_task ? rnd_panel_task(frame, from_task) : theme->ready,
                                .width_px = frame->layout.sizes.line};
    double dash = rnd_panel_px(frame, 6), dot = rnd_panel_px(frame, 2);
    switch (kind) {
    case RND_ARROW_TIMEOUT:
        stroke.colour = theme->timed_out;
        break;
    case RND_ARROW_CANCEL:
        stroke.colour = theme->cancelled;
        stroke.dash_px = dash;
        stroke.gap_px = dash * 0.6;
        break;
    case RND_ARROW_LOCK:
        stroke.dash_px = stroke.gap_px = dot;
        break;
    case RND_ARROW_CREATE:
        stroke.width_px = fmax(stroke.width_px / 2, 1);
        break;
    default:
        break;
    }
    return stroke;
}

/* What stands where the arrow begins: a full circle for an item, an empty one for time that is up,
 * a square for a lock. */
static void draw_begin(struct rnd_frame *frame, enum rnd_arrow_kind kind, double x, double y,
                       rnd_colour colour)
{
    double r = rnd_panel_px(frame, 4), thin = fmax(floor(frame->layout.sizes.line * 0.75), 1);
    if (kind == RND_ARROW_ITEM)
        rnd_list_circle(frame->list, x, y, r, colour);
    else if (kind == RND_ARROW_TIMEOUT)
        rnd_list_ring(frame->list, x, y, r, thin, colour);
    else if (kind == RND_ARROW_LOCK)
        rnd_list_rect(frame->list, (struct rnd_rect){x - r, y - r, 2 * r, 2 * r}, colour);
}

/* Whether some of a row is seen; else it lies above or below what is. */
static bool is_seen(const struct rnd_timeline_row *row)
{
    return row->rect.y + row->rect.h > row->clip.y && row->rect.y < row->clip.y + row->clip.h;
}

/* From its cause (a task's lane, or the loop's) to the lane of the task; false if it is not to be
 * seen. */
static bool draw_arrow(struct rnd_frame *frame, const struct rnd_link *link,
                       const struct rnd_timeline_rows *rows, unsigned *kinds)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_timeline_row cause = {.rect = frame->layout.loop_lane}, effect;
    if (link->to_task == link->from_task || !rnd_timeline_find(frame, rows, link->to_task, &effect))
        return false;
    bool by_task = rnd_timeline_find(frame, rows, link->from_task, &cause);
    if (!is_seen(&effect) && !(by_task && is_seen(&cause)))
        return false;
    struct rnd_rect from = cause.rect, to = effect.rect, lanes = effect.clip;
    enum rnd_arrow_kind kind = rnd_arrow_kind(frame->model, link);
    struct rnd_stroke stroke = stroke_of(frame, kind, link->from_task);
    if (link->at > frame->view->moment.cursor)
        stroke.colour = rnd_colour_mix(frame->theme->panel_bg, stroke.colour, FUTURE_SHARE);

    double x0 = rnd_timeline_x(frame, link->cause ? link->cause : link->at);
    double x1 = rnd_timeline_x(frame, link->at);
    bool down = to.y > from.y;
    double from_half = by_task ? rnd_timeline_slice_px(frame, from) / 2
                               : floor(fmin(from.h * 0.4, rnd_panel_px(frame, 32)) / 2);
    double y0 = from.y + from.h / 2 + (down ? from_half : -from_half);
    /* What it made ready is lower than a run slice. */
    double reach = rnd_timeline_slice_px(frame, to) * 0.25 + rnd_panel_px(frame, 2);
    double y1 = to.y + to.h / 2 + (down ? -reach : reach);
    if (by_task)
        y0 = fmin(fmax(y0, lanes.y), lanes.y + lanes.h);
    y1 = fmin(fmax(y1, lanes.y), lanes.y + lanes.h);
    double bend = (y1 - y0) * 0.5;
    struct rnd_point points[4] = {{x0, y0}, {x0, y0 + bend}, {x1, y1 - bend}, {x1, y1}};
    rnd_list_bezier(frame->list, points, stroke, s->arrow_head);
    draw_begin(frame, kind, x0, y0, stroke.colour);
    *kinds |= 1u << kind;
    return true;
}

/* --- which ------------------------------------------------------------------------------------ */

/* Those of the present step, and why the running task runs. */
static void draw_step(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_model *model = frame->model;
    unsigned kinds = 0;
    uint32_t cursor = frame->view->moment.cursor;
    uint32_t begin = rnd_model_links_at(model, frame->since);
    uint32_t end = rnd_model_links_at(model, cursor);
    for (uint32_t i = begin; i < end && i - begin < STEP_MAX; i++)
        (void)draw_arrow(frame, &model->links[i], rows, &kinds);
    uint32_t why = frame->state.runner == RND_RUNNER_TASK
                       ? rnd_arrow_cause(model, frame->state.runner_id, cursor)
                       : RND_NEVER;
    if (why < begin)
        (void)draw_arrow(frame, &model->links[why], rows, &kinds);
}

/* Those in sight that are of a task (0: all), the nearest to the cursor first. */
static unsigned draw_in_sight(struct rnd_frame *frame, const struct rnd_timeline_rows *rows,
                              uint32_t task)
{
    unsigned kinds = 0;
    const struct rnd_model *model = frame->model;
    struct rnd_rect axis = frame->layout.axis;
    uint32_t begin = rnd_model_links_at(model, rnd_timeline_cursor(frame, axis.x));
    uint32_t end = rnd_model_links_at(model, rnd_timeline_cursor(frame, axis.x + axis.w));
    uint32_t here = rnd_model_links_at(model, frame->view->moment.cursor);
    here = here < begin ? begin : here > end ? end : here;
    uint32_t before = here, after = here, drawn = 0;
    for (uint32_t looked = 0; looked < LOOK_MAX && drawn < ALL_MAX; looked++) {
        bool back = before > begin && (after >= end || looked % 2 == 0);
        if (!back && after >= end)
            break;
        const struct rnd_link *link = &model->links[back ? --before : after++];
        if (!task || link->to_task == task || link->from_task == task)
            drawn += draw_arrow(frame, link, rows, &kinds);
    }
    return kinds;
}

unsigned rnd_timeline_arrows(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    enum rnd_arrows wanted = frame->view->timeline.arrows;
    if (wanted == RND_ARROWS_NONE)
        return 0;
    draw_step(frame, rows);
    if (wanted == RND_ARROWS_ALL)
        return draw_in_sight(frame, rows, 0);
    if (wanted == RND_ARROWS_SELECTED && frame->view->selected)
        return draw_in_sight(frame, rows, frame->view->selected);
    return 0;
}

void rnd_timeline_arrow_legend(struct rnd_frame *frame, unsigned kinds, double left, double right)
{
    static const char *const names[RND_ARROW_KINDS] = {
        "created", "timer", "time is up", "cancelled", "result", "lock", "item", "wakes"};
    const struct rnd_sizes *s = &frame->layout.sizes;
    double middle = frame->layout.timeline.y + rnd_panel_px(frame, 23), x = right;
    double arrow = rnd_panel_px(frame, 22), gap = rnd_panel_px(frame, 6);
    for (int kind = RND_ARROW_KINDS - 1; kind >= 0; kind--) {
        double width = rnd_panel_width(frame, RND_FONT_UI, s->text_small, names[kind]);
        if (!(kinds & 1u << kind) || x - width - gap - arrow < left)
            continue;
        struct rnd_stroke stroke = stroke_of(frame, (enum rnd_arrow_kind)kind, 0);
        if (kind != RND_ARROW_TIMER && kind != RND_ARROW_TIMEOUT && kind != RND_ARROW_CANCEL)
            stroke.colour = frame->theme->text_secondary; /* in the window: the task's */
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI,
                                           .size_px = s->text_small,
                                           .x = x - width,
                                           .middle_y = middle,
                                           .colour = frame->theme->text_secondary},
                        names[kind]);
        x -= width + gap;
        struct rnd_point points[4] = {
            {x - arrow, middle}, {x - arrow * 0.6, middle}, {x - arrow * 0.3, middle}, {x, middle}};
        rnd_list_bezier(frame->list, points, stroke, s->arrow_head);
        draw_begin(frame, (enum rnd_arrow_kind)kind, x - arrow, middle, stroke.colour);
        x -= arrow + rnd_timeline_legend_apart(frame);
    }
}
