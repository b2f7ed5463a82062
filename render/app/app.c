#include "app.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* One step of zoom, pan (as a share of the width), size. */
#define ZOOM_STEP 1.25
#define PAN_STEP 0.1
#define SIZE_STEP 1.1
#define SIZE_MOST 2.5

/* However slowly a run is played, one stop is not shown longer than this. */
#define HOLD_MOST_NS INT64_C(600000000)

static const double speeds[] = {0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 60, 600, 3600};

/* --- opening and closing ---------------------------------------------------------------------- */

static double scale_for(const struct rnd_app *app, int width_px, int height_px)
{
    double scale =
        app->options.scale > 0 ? app->options.scale : rnd_layout_scale(width_px, height_px);
    return rnd_layout_scale_in(scale * app->larger, width_px, height_px);
}

int rnd_app_open(struct rnd_app *app, const struct rnd_app_options *options, int width_px,
                 int height_px, char *error, size_t error_size)
{
    *app = (struct rnd_app){.options = *options, .larger = 1, .changed = true};
    int code = rnd_subject_open(&options->run, &app->shown, error, error_size);
    if (code)
        return code;
    app->subjects[app->subject_count++] = app->shown;
    app->view = rnd_view_make(app->shown->model, options->theme, width_px, height_px,
                              scale_for(app, width_px, height_px));
    app->view.moment = rnd_model_moment(app->shown->model, 0);
    return 0;
}

/* The model is another one, or has grown. */
static void forget_pace(struct rnd_app *app)
{
    if (app->pace_valid)
        rnd_pace_close(&app->pace);
    app->pace_valid = false;
}

void rnd_app_close(struct rnd_app *app)
{
    forget_pace(app);
    for (uint32_t i = 0; i < app->subject_count; i++)
        rnd_subject_close(app->subjects[i]);
    *app = (struct rnd_app){0};
}

void rnd_app_resize(struct rnd_app *app, int width_px, int height_px)
{
    app->view.width_px = width_px;
    app->view.height_px = height_px;
    app->view.scale = scale_for(app, width_px, height_px);
    rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    app->changed = true;
}

/* Runs the script again, and looks at it from the start. */
static void run_again(struct rnd_app *app)
{
    struct rnd_subject *again;
    char error[256];
    if (rnd_subject_open(&app->options.run, &again, error, sizeof error)) {
        app->view.run = RND_RUN_TROUBLE;
        app->view.message = "The script could not be started again.";
        return;
    }
    forget_pace(app);
    rnd_subject_close(app->shown);
    app->shown = app->subjects[0] = again;
    app->view.playing = false;
    app->view.run = RND_RUN_GOES_ON;
    app->view.message = "";
    app->view.selected = 0;
    app->view.moment = rnd_model_moment(app->shown->model, 0);
    rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
}

/* --- the run goes on -------------------------------------------------------------------------- */

bool rnd_app_goes_on(const struct rnd_app *app)
{
    return app->view.run == RND_RUN_GOES_ON;
}

int rnd_app_poll(struct rnd_app *app)
{
    if (!rnd_app_goes_on(app))
        return 0;
    struct rnd_subject *shown = app->shown;
    bool changed = false;
    int code = rnd_subject_poll(shown, &changed);
    if (!changed)
        return code;
    forget_pace(app);
    app->view.run = shown->state;
    app->view.message = shown->message;
    rnd_view_fit(&app->view, shown->model, &shown->script);
    app->changed = true;
    return code;
}

/* --- playing ---------------------------------------------------------------------------------- */

/* Makes the pace that of the model and the speed as they are; false if memory is out. */
static bool set_pace(struct rnd_app *app)
{
    if (app->pace_valid)
        return true;
    struct rnd_pace_options options = rnd_pace_defaults();
    options.speed = app->view.speed;
    int64_t hold_ns = (int64_t)((double)options.hold_ns / app->view.speed);
    options.hold_ns = hold_ns < HOLD_MOST_NS ? hold_ns : HOLD_MOST_NS;
    app->pace_valid = !rnd_pace_init(&app->pace, app->shown->model, &options);
    if (app->pace_valid)
        app->play_ns = rnd_pace_time(&app->pace, app->view.moment);
    return app->pace_valid;
}

void rnd_app_go(struct rnd_app *app, struct rnd_moment moment)
{
    app->view.moment = moment;
    if (app->pace_valid)
        app->play_ns = rnd_pace_time(&app->pace, moment);
    rnd_view_follow(&app->view, app->shown->model, &app->shown->script);
    app->changed = true;
}

void rnd_app_tick(struct rnd_app *app, int64_t elapsed_ns)
{
    if (!app->view.playing || !set_pace(app))
        return;
    app->play_ns += elapsed_ns;
    struct rnd_moment moment = rnd_pace_moment(&app->pace, app->play_ns);
    if (moment.cursor != app->view.moment.cursor || moment.time_ns != app->view.moment.time_ns) {
        app->view.moment = moment;
        rnd_view_follow(&app->view, app->shown->model, &app->shown->script);
        app->changed = true;
    }
    if (app->play_ns >= app->pace.total_ns && !rnd_app_goes_on(app)) {
        app->view.playing = false;
        app->changed = true;
    }
}

/* --- commands --------------------------------------------------------------------------------- */

static void play(struct rnd_app *app)
{
    struct rnd_view *view = &app->view;
    view->playing = !view->playing;
    if (view->playing && view->moment.cursor == app->shown->model->event_count &&
        !rnd_app_goes_on(app))
        rnd_app_go(app, rnd_model_moment(app->shown->model, 0));
    if (view->playing && set_pace(app))
        app->play_ns = rnd_pace_time(&app->pace, view->moment);
}

static void step(struct rnd_app *app, enum rnd_step_kind kind, int amount)
{
    uint32_t cursor = app->view.moment.cursor;
    for (; amount > 0; amount--)
        cursor = rnd_step_next(app->shown->model, kind, app->view.selected, cursor);
    for (; amount < 0; amount++)
        cursor = rnd_step_previous(app->shown->model, kind, app->view.selected, cursor);
    app->view.playing = false;
    rnd_app_go(app, rnd_model_moment(app->shown->model, cursor));
}

static void change_speed(struct rnd_app *app, int amount)
{
    size_t count = sizeof speeds / sizeof *speeds, at = 0;
    while (at + 1 < count && speeds[at] < app->view.speed)
        at++;
    if (amount > 0 && at + 1 < count)
        at++;
    if (amount < 0 && at > 0)
        at--;
    app->view.speed = speeds[at];
    forget_pace(app);
}

static void next_theme(struct rnd_app *app)
{
    size_t index = 0;
    while (rnd_theme_at(index) != app->view.theme)
        index++;
    app->view.theme = rnd_theme_at(index + 1) ? rnd_theme_at(index + 1) : rnd_theme_at(0);
}

static void select_lane(struct rnd_app *app, int amount)
{
    const struct rnd_model *model = app->shown->model;
    uint32_t selected = rnd_view_row(model, app->view.selected), rows = rnd_view_rows(model);
    int64_t row = selected != RND_NEVER ? (int64_t)selected + amount : amount > 0 ? 0 : rows - 1;
    if (row >= 0 && row < rows)
        app->view.selected = rnd_view_row_task(model, (uint32_t)row);
}

static void fit(struct rnd_app *app)
{
    struct rnd_axis *axis = &app->view.axis;
    if (app->view.whole) {
        rnd_app_zoom(app, rnd_axis_x_moment(axis, app->view.moment), 4);
        rnd_axis_pan(axis, axis->width_px / 2 - rnd_axis_x_moment(axis, app->view.moment));
    } else {
        app->view.whole = true;
        rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    }
}

void rnd_app_pan(struct rnd_app *app, double dx_px)
{
    app->view.whole = false;
    rnd_axis_pan(&app->view.axis, dx_px);
    app->changed = true;
}

void rnd_app_zoom(struct rnd_app *app, double x_px, double factor)
{
    app->view.whole = false;
    rnd_axis_zoom(&app->view.axis, x_px, factor);
    app->changed = true;
}

static void change_size(struct rnd_app *app, int amount)
{
    double larger = amount ? app->larger * pow(SIZE_STEP, amount) : 1;
    app->larger = fmin(fmax(larger, 1 / SIZE_MOST), SIZE_MOST);
    rnd_app_resize(app, app->view.width_px, app->view.height_px);
}

void rnd_app_do(struct rnd_app *app, enum rnd_command command, int amount)
{
    struct rnd_view *view = &app->view;
    app->changed = true;
    switch (command) {
    case RND_DO_PLAY:
        play(app);
        break;
    case RND_DO_STEP:
        step(app, view->step, amount);
        break;
    case RND_DO_TASK_STEP:
        step(app, view->selected ? RND_STEP_TASK : RND_STEP_SWITCH, amount);
        break;
    case RND_DO_START:
        rnd_app_go(app, rnd_model_moment(app->shown->model, 0));
        break;
    case RND_DO_END:
        view->playing = false;
        rnd_app_go(app, rnd_model_moment(app->shown->model, app->shown->model->event_count));
        break;
    case RND_DO_STEP_KIND:
        view->step = (enum rnd_step_kind)amount;
        break;
    case RND_DO_ZOOM:
        rnd_app_zoom(app, rnd_axis_x_moment(&view->axis, view->moment), pow(ZOOM_STEP, amount));
        break;
    case RND_DO_PAN:
        rnd_app_pan(app, -amount * PAN_STEP * view->axis.width_px);
        break;
    case RND_DO_FIT:
        fit(app);
        break;
    case RND_DO_SPEED:
        change_speed(app, amount);
        break;
    case RND_DO_THEME:
        next_theme(app);
        break;
    case RND_DO_SIZE:
        change_size(app, amount);
        break;
    case RND_DO_SELECT:
        select_lane(app, amount);
        break;
    case RND_DO_HELP:
        view->help = view->help ? NULL : app->options.help;
        view->help_count = app->options.help_count;
        break;
    case RND_DO_CLEAR:
        view->selected = view->help ? view->selected : 0;
        view->help = NULL;
        break;
    case RND_DO_RUN:
        run_again(app);
        break;
    case RND_DO_FULLSCREEN:
        app->fullscreen = !app->fullscreen;
        break;
    case RND_DO_QUIT:
        app->quit = true;
        break;
    default:
        assert(false && "a command that nobody wrote");
    }
}
