#include "drag.h"

#include "range.h"

#include <math.h>

/* Of the pointer's way, at scale 1: less is a click; nearer than that an edge snaps. */
#define CLICK_PX 4
#define SNAP_PX 7

/* The pointer's x on the axis, within it. */
static double axis_x(const struct rnd_app *app)
{
    struct rnd_layout layout = rnd_view_layout(&app->view);
    return fmin(fmax(app->view.pointer_x - layout.axis.x, 0), layout.axis.w);
}

static void go_to_pointer(struct rnd_app *app)
{
    struct rnd_moment moment = rnd_axis_moment_at(&app->view.axis, axis_x(app));
    if (moment.cursor != app->view.moment.cursor || moment.time_ns != app->view.moment.time_ns)
        rnd_app_go(app, moment);
}

/* Where a span of the lane under the pointer begins or ends, if that is near. */
static struct rnd_moment snapped(const struct rnd_input *input)
{
    const struct rnd_app *app = input->app;
    return rnd_range_snap(&app->view.axis, input->drag_task, axis_x(app),
                          SNAP_PX * app->view.scale);
}

/* To where the span under the pointer begins, with its task selected. */
static void go_to_span(struct rnd_app *app, uint32_t task)
{
    uint32_t cursor = rnd_axis_cursor_at(&app->view.axis, axis_x(app));
    struct rnd_range span = rnd_range_of_span(app->shown->model, task, cursor);
    if (!span.set)
        return;
    app->view.selected = task;
    rnd_app_count_range(app);
    rnd_app_go(app, span.from);
}

/* The moment under the pointer on the map of the whole run. */
static struct rnd_moment map_moment(const struct rnd_app *app)
{
    struct rnd_layout layout = rnd_view_layout(&app->view);
    struct rnd_axis map = rnd_view_map(&app->view, app->shown->model);
    double x = app->view.pointer_x - layout.minimap.x;
    return rnd_axis_moment_at(&map, fmin(fmax(x, 0), layout.minimap.w));
}

/* Takes hold of what the timeline shows, there or by its middle. */
static void press_map(struct rnd_input *input)
{
    struct rnd_app *app = input->app;
    struct rnd_axis *axis = &app->view.axis;
    input->drag_from = map_moment(app);
    double x = rnd_axis_x_moment(axis, input->drag_from);
    if (x < 0 || x > axis->width_px)
        rnd_app_pan(app, axis->width_px / 2 - x);
}

static void drag_map(struct rnd_input *input)
{
    const struct rnd_axis *axis = &input->app->view.axis;
    struct rnd_moment now = map_moment(input->app);
    rnd_app_pan(input->app,
                rnd_axis_x_moment(axis, input->drag_from) - rnd_axis_x_moment(axis, now));
    input->drag_from = now;
}

bool rnd_drag_press(struct rnd_input *input, struct rnd_hit hit, bool shift, bool twice)
{
    struct rnd_app *app = input->app;
    const struct rnd_range *range = &app->view.timeline.range;
    input->drag_x = app->view.pointer_x;
    switch (hit.kind) {
    case RND_HIT_PLAYHEAD:
        input->drag = shift ? RND_DRAG_PAN : RND_DRAG_CURSOR;
        return true;
    case RND_HIT_MAP:
        if (twice && !app->view.whole)
            rnd_app_do(app, RND_DO_FIT, 0);
        input->drag = twice || app->view.whole ? RND_DRAG_NONE : RND_DRAG_MAP;
        if (input->drag)
            press_map(input);
        return true;
    case RND_HIT_EDGE:
        input->drag = RND_DRAG_RANGE;
        input->drag_task = app->view.selected;
        input->drag_from = hit.value ? range->from : range->to;
        input->drag_is_far = true;
        return true;
    case RND_HIT_AXIS:
        if (twice)
            go_to_span(app, hit.value);
        input->drag = shift ? RND_DRAG_PAN : twice ? RND_DRAG_NONE : RND_DRAG_RANGE;
        input->drag_task = hit.value;
        input->drag_from = snapped(input);
        input->drag_is_far = false;
        return true;
    default:
        return false;
    }
}

bool rnd_drag_wheel(struct rnd_app *app, struct rnd_hit hit, double factor)
{
    if (hit.kind == RND_HIT_MAP)
        rnd_app_zoom(app, rnd_axis_x_moment(&app->view.axis, map_moment(app)), factor);
    return hit.kind == RND_HIT_MAP;
}

void rnd_drag_move(struct rnd_input *input, double dx_px)
{
    struct rnd_app *app = input->app;
    if (input->drag == RND_DRAG_PAN)
        rnd_app_pan(app, dx_px);
    if (input->drag == RND_DRAG_MAP)
        drag_map(input);
    if (input->drag == RND_DRAG_CURSOR)
        go_to_pointer(app);
    if (input->drag != RND_DRAG_RANGE)
        return;
    bool far = fabs(app->view.pointer_x - input->drag_x) > CLICK_PX * app->view.scale;
    input->drag_is_far = input->drag_is_far || far;
    if (input->drag_is_far)
        rnd_app_drag_range(app, rnd_range_between(input->drag_from, snapped(input)));
}

/* A click goes there, and selects the task whose life it is on; one beside all clears what was
 * selected, and the range if it is outside. */
static void click(struct rnd_app *app, uint32_t task)
{
    const struct rnd_range *range = &app->view.timeline.range;
    const struct rnd_lane *lane = rnd_model_lane(app->shown->model, task);
    struct rnd_moment moment = rnd_axis_moment_at(&app->view.axis, axis_x(app));
    bool alive = lane && lane->created <= moment.cursor && moment.cursor < lane->done;
    bool outside = range->set &&
                   (rnd_range_before(moment, range->from) || rnd_range_before(range->to, moment));
    if (outside)
        rnd_app_set_range(app, (struct rnd_range){0});
    app->view.inspect.thing = (struct rnd_thing){0};
    app->view.selected = alive ? task : 0;
    rnd_app_count_range(app);
    app->changed = true;
    go_to_pointer(app);
}

void rnd_drag_release(struct rnd_input *input)
{
    struct rnd_app *app = input->app;
    if (input->drag == RND_DRAG_RANGE && !input->drag_is_far)
        click(app, input->drag_task);
    else if (input->drag == RND_DRAG_RANGE && !app->view.timeline.range_counted)
        rnd_app_set_range(app, app->view.timeline.range);
}
