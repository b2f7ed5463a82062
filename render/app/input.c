#include "input.h"

#include "do_inspect.h"
#include "do_keys.h"
#include "do_param.h"
#include "drag.h"
#include "edit_timeline.h"
#include "left.h"
#include "open.h"
#include "overlay.h"
#include "press.h"
#include "range.h"

#include <math.h>

#define WHEEL_ROWS 3
#define WHEEL_ZOOM 1.2

/* --- the mouse -------------------------------------------------------------------------------- */

/* Moves the cursor to what is under the pointer on the strip. */
static void go_to_pointer(struct rnd_input *input)
{
    struct rnd_app *app = input->app;
    struct rnd_layout layout = rnd_view_layout(&app->view);
    struct rnd_axis axis = rnd_view_strip(&app->view, app->shown->model);
    double x = app->view.pointer_x - layout.strip.x;
    struct rnd_moment moment = rnd_axis_moment_at(&axis, fmin(fmax(x, 0), axis.width_px));
    if (moment.cursor != app->view.moment.cursor || moment.time_ns != app->view.moment.time_ns)
        rnd_app_go(app, moment);
}

/* To where a source line runs: the next time after the cursor, or else the first. */
static void go_to_line(struct rnd_app *app, uint32_t line)
{
    const struct rnd_model *model = app->shown->model;
    uint32_t to = 0;
    for (uint32_t i = 0; i < model->line_count; i++) {
        if (model->lines[i].line != line || model->lines[i].file != app->view.file)
            continue;
        to = to ? to : model->lines[i].at;
        if (model->lines[i].at > app->view.moment.cursor) {
            to = model->lines[i].at;
            break;
        }
    }
    if (to)
        rnd_app_go(app, rnd_model_moment(model, to));
}

/* Whether a command can be had now, and says why not; one without a row of its own always can. */
static bool can_be_had(struct rnd_app *app, const struct rnd_binding *binding)
{
    bool can = !binding || rnd_binding_available(binding, app);
    if (!can)
        rnd_app_remark(app, "%s", rnd_binding_why_not(binding, app));
    return can;
}

static void press_left(struct rnd_input *input, struct rnd_hit hit, bool shift, bool twice)
{
    struct rnd_app *app = input->app;
    enum rnd_command command;
    int amount;
    bool drag;
    if (rnd_overlay_press(app, hit) || rnd_inspect_press(app, hit, twice) ||
        rnd_drag_press(input, hit, shift, twice))
        return;
    if (rnd_param_press(app, hit, twice, &drag)) {
        input->drag = drag ? RND_DRAG_PARAM : RND_DRAG_NONE;
        input->dragged = hit;
        return;
    }
    switch (hit.kind) {
    case RND_HIT_SPLITTER:
        if (twice)
            rnd_app_reset_splitter(app, (enum rnd_splitter)hit.value);
        else
            input->drag = RND_DRAG_SPLITTER;
        input->splitter = hit.value;
        break;
    case RND_HIT_SPEED:
        rnd_app_do(app, RND_DO_SPEED, shift ? -1 : 1);
        break;
    case RND_HIT_STRIP:
        input->drag = RND_DRAG_STRIP;
        go_to_pointer(input);
        break;
    case RND_HIT_NAME:
        rnd_inspect_press_name(app, hit.value, twice);
        break;
    case RND_HIT_MARK:
        rnd_app_do(app, RND_DO_MARK_GO, (int)hit.value);
        if (twice)
            rnd_mark_edit(app, hit.value, RND_EDITING_MARK);
        break;
    case RND_HIT_OUTPUT:
        if (twice && hit.value != RND_HIT_NOTHING)
            rnd_app_go(
                app, rnd_model_moment(app->shown->model, app->shown->model->outputs[hit.value].at));
        break;
    case RND_HIT_SOURCE:
        if (twice && hit.value)
            go_to_line(app, hit.value);
        break;
    default:
        if (rnd_press_of(hit, &command, &amount) &&
            can_be_had(app, rnd_binding_of(command, amount)))
            rnd_app_do(app, command, amount);
        break;
    }
}

static void point_at(struct rnd_input *input, int x, int y)
{
    struct rnd_view *view = &input->app->view;
    struct rnd_hit before = rnd_hits_at(input->hits, view->pointer_x, view->pointer_y);
    double old_x = view->pointer_x, old_y = view->pointer_y;
    bool was_in = view->pointer_in;
    input->moved = true;
    view->pointer_in = true;
    view->pointer_x = x * input->px_per_unit;
    view->pointer_y = y * input->px_per_unit;
    struct rnd_hit now = rnd_hits_at(input->hits, view->pointer_x, view->pointer_y);
    /* Only the hover line moves with the pointer; anything else just lights up. */
    if (!was_in || now.kind != before.kind || now.value != before.value ||
        (rnd_drag_is_axis(now) && (old_x != view->pointer_x || old_y != view->pointer_y)))
        input->app->changed = true;
}

static void move(struct rnd_input *input, const SDL_MouseMotionEvent *event)
{
    double before = input->app->view.pointer_x;
    point_at(input, event->x, event->y);
    if (input->drag == RND_DRAG_SPLITTER)
        rnd_app_drag_splitter(input->app, (enum rnd_splitter)input->splitter);
    else if (input->drag == RND_DRAG_PARAM)
        rnd_param_drag(input->app, input->dragged);
    else if (input->drag == RND_DRAG_STRIP)
        go_to_pointer(input);
    else
        rnd_drag_move(input, input->app->view.pointer_x - before);
}

static void press(struct rnd_input *input, const SDL_MouseButtonEvent *event)
{
    point_at(input, event->x, event->y);
    input->pressed = true;
    rnd_app_focus_at(input->app, input->app->view.pointer_x, input->app->view.pointer_y);
    const struct rnd_view *view = &input->app->view;
    struct rnd_hit hit = rnd_hits_at(input->hits, view->pointer_x, view->pointer_y);
    bool shift = (SDL_GetModState() & KMOD_SHIFT) != 0;
    if (event->button == SDL_BUTTON_LEFT)
        press_left(input, hit, shift, event->clicks == 2);
    else if (event->button == SDL_BUTTON_RIGHT && hit.kind == RND_HIT_SPEED)
        rnd_app_do(input->app, RND_DO_SPEED, -1);
    else if (event->button == SDL_BUTTON_MIDDLE && rnd_drag_is_axis(hit))
        input->drag = RND_DRAG_PAN;
}

static void turn_wheel(struct rnd_input *input, const SDL_MouseWheelEvent *event)
{
    struct rnd_app *app = input->app;
    struct rnd_view *view = &app->view;
    struct rnd_layout layout = rnd_view_layout(view);
    struct rnd_hit hit = rnd_hits_at(input->hits, view->pointer_x, view->pointer_y);
    if (rnd_overlay_wheel(app, hit, event->y * WHEEL_ROWS) || rnd_param_wheel(app, hit, event->y) ||
        rnd_inspect_wheel(app, hit, event->y))
        return;
    if (rnd_drag_wheel(app, hit, pow(WHEEL_ZOOM, (double)event->preciseY)))
        return;
    double up = (double)event->preciseY, row = layout.code_row_px * WHEEL_ROWS;
    bool ctrl = (SDL_GetModState() & KMOD_CTRL) != 0;
    bool shift = (SDL_GetModState() & KMOD_SHIFT) != 0;
    if (!ctrl && !shift && rnd_app_scroll_at(app, view->pointer_x, view->pointer_y, -up * row))
        return;
    switch (hit.kind) {
    case RND_HIT_AXIS:
    case RND_HIT_PLAYHEAD:
    case RND_HIT_EDGE:
        if (ctrl)
            rnd_app_zoom(app, view->pointer_x - layout.axis.x, pow(WHEEL_ZOOM, up));
        else if (shift || event->preciseX != 0)
            rnd_app_pan(app, (shift ? up : -(double)event->preciseX) * 40 * view->scale);
        else
            view->lanes_px -= up * row;
        break;
    case RND_HIT_NAME:
        view->lanes_px -= up * row;
        break;
    case RND_HIT_SOURCE:
        view->code_px -= up * row;
        view->follows = false;
        break;
    case RND_HIT_OUTPUT:
        view->output.px += up * row;
        break;
    case RND_HIT_STRIP:
        rnd_app_do(app, RND_DO_STEP, up > 0 ? -1 : 1);
        break;
    default:
        return;
    }
    rnd_view_fit(view, app->shown->model, &app->shown->script);
    app->changed = true;
}

/* --- all events ------------------------------------------------------------------------------- */

static void obey(struct rnd_app *app, const struct rnd_binding *binding, bool repeated)
{
    if (binding && (binding->held || !repeated) && can_be_had(app, binding)) {
        rnd_app_do(app, binding->command, binding->amount);
        rnd_keys_pressed(app, binding);
    }
}

/* What the last command could not do is not the next one's matter. */
static void forget_remark(struct rnd_app *app)
{
    app->changed |= *app->view.remark != '\0';
    app->view.remark = "";
}

/* What is dropped is to be seen; but a recording goes on. */
static void uncover(struct rnd_app *app)
{
    while (app->view.picker || app->view.help || (app->view.record && !app->record.job))
        (void)rnd_overlay_close(app);
}

void rnd_input_event(struct rnd_input *input, const SDL_Event *event)
{
    if (event->type == SDL_KEYDOWN || event->type == SDL_MOUSEBUTTONDOWN ||
        event->type == SDL_MOUSEWHEEL)
        rnd_left_drop(input->app);
    if (event->type == SDL_KEYDOWN || event->type == SDL_MOUSEBUTTONDOWN)
        forget_remark(input->app);
    if (event->type == SDL_KEYDOWN)
        input->pressed = true; /* who works with keys is told nothing of where the pointer rests */
    switch (event->type) {
    case SDL_KEYDOWN:
        /* A key with Ctrl is no text, whatever the desktop says. */
        input->is_command = (event->key.keysym.mod & KMOD_CTRL) != 0 &&
                            (event->key.keysym.mod & (KMOD_ALT | KMOD_MODE)) == 0;
        if (!rnd_overlay_key(input->app, &event->key.keysym))
            obey(input->app, rnd_binding_of_key(&event->key.keysym), event->key.repeat != 0);
        break;
    case SDL_TEXTINPUT:
        if (input->is_command)
            break;
        if (!rnd_overlay_text(input->app, event->text.text))
            obey(input->app, rnd_binding_of_text(event->text.text), false);
        break;
    case SDL_MOUSEMOTION:
        move(input, &event->motion);
        break;
    case SDL_MOUSEBUTTONDOWN:
        press(input, &event->button);
        break;
    case SDL_MOUSEBUTTONUP:
        rnd_drag_release(input);
        input->drag = RND_DRAG_NONE;
        break;
    case SDL_MOUSEWHEEL:
        turn_wheel(input, &event->wheel);
        break;
    case SDL_DROPFILE:
        uncover(input->app);
        rnd_open_path(input->app, event->drop.file);
        SDL_free(event->drop.file);
        break;
    case SDL_QUIT:
        rnd_app_do(input->app, RND_DO_QUIT, 0);
        break;
    default:
        break;
    }
}
