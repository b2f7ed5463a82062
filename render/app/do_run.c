/* Running again: with other parameters, after the script was saved, or another file.
 *
 * The new run goes on out of sight, as `next` of its subject, until there is something to show;
 * then it takes the subject's place, with the cursor where it was by time and task.  One that fails
 * before it comes to any task never does: the window says so, and keeps what it shows.
 */
#include "app.h"
#include "do_inspect.h"
#include "edit_timeline.h"
#include "left.h"
#include "range.h"

#include "render/model/carry.h"
#include "render/model/frames.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A run that was looked after so often is shown before it is over; until then it would only
 * flicker. */
#define POLLS_UNSEEN 12

/* --- starting --------------------------------------------------------------------------------- */

static const struct rnd_param *find_param(const struct rnd_lesson *lesson, const char *name)
{
    for (uint32_t i = 0; i < lesson->param_count; i++)
        if (strcmp(lesson->params[i].name, name) == 0)
            return &lesson->params[i];
    return NULL;
}

/* Gives the parameters of `to` the values that somebody gave to those of `from`, unless the script
 * itself has another one by now.  True if that changed any. */
static bool carry_values(const struct rnd_lesson *from, struct rnd_lesson *to)
{
    bool changed = false;
    for (uint32_t i = 0; i < to->param_count; i++) {
        struct rnd_param *param = &to->params[i];
        const struct rnd_param *old = find_param(from, param->name);
        bool same = old && !old->words == !param->words && rnd_param_same(old->own, param->own);
        if (same && (!old->words || strcmp(old->words, param->words) == 0)) {
            double value = rnd_param_near(param, old->value);
            changed |= !rnd_param_same(value, param->value);
            param->value = value;
        }
    }
    return changed;
}

void rnd_app_settings(const struct rnd_lesson *lesson, struct rnd_settings *out)
{
    out->count = 0;
    for (uint32_t i = 0; i < lesson->param_count && out->count < RND_SETTINGS_MAX; i++) {
        const struct rnd_param *param = &lesson->params[i];
        if (rnd_param_same(param->value, param->own))
            continue;
        char *text = out->texts[out->count];
        (void)rnd_param_text(param, param->value, text, RND_PARAM_TEXT_MAX);
        out->items[out->count++] = (struct scn_param){.name = param->name, .value = text};
    }
}

/* What is not of the file itself is as it was at first. */
struct scn_run_options rnd_app_run_options(const struct rnd_app *app, const char *path,
                                           const struct scn_param *params, int count)
{
    struct scn_run_options options = app->options.run;
    if (strcmp(path, options.script) != 0) {
        options.args = NULL;
        options.arg_count = 0;
    }
    options.script = path;
    options.params = params;
    options.param_count = count;
    options.mute_stdout = options.mute_stderr = true;
    return options;
}

void rnd_app_remark(struct rnd_app *app, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(app->remark, sizeof app->remark, format, args);
    va_end(args);
    app->view.remark = app->remark;
    app->changed = true;
}

void rnd_app_say_trouble(struct rnd_app *app, const char *message)
{
    (void)snprintf(app->trouble, sizeof app->trouble, "%s", message);
    app->view.trouble = app->trouble;
    app->changed = true;
}

/* Starts the next run of a subject, as its script and its parameters are now. */
static void start_next(struct rnd_app *app, uint32_t index)
{
    const struct rnd_subject *subject = app->subjects[index];
    struct rnd_script now;
    struct rnd_settings settings;
    char error[256] = "";
    app->again[index] = false;
    if (rnd_script_open(&now, scn_run_script(subject->run))) {
        rnd_app_say_trouble(app, sim_error_text(SIM_ENOMEM));
        return;
    }
    (void)carry_values(&subject->script.lesson, &now.lesson);
    rnd_app_settings(&now.lesson, &settings);
    struct scn_run_options options =
        rnd_app_run_options(app, subject->path, settings.items, settings.count);
    options.max_events = subject->max_events;
    if (rnd_subject_open(&options, &app->next[index], error, sizeof error))
        rnd_app_say_trouble(app, error);
    rnd_script_close(&now);
}

void rnd_app_rerun(struct rnd_app *app, uint32_t index)
{
    if (app->next[index])
        app->again[index] = true;
    else
        start_next(app, index);
}

void rnd_app_rerun_all(struct rnd_app *app)
{
    for (uint32_t i = 0; i < app->subject_count; i++)
        rnd_app_rerun(app, i);
}

void rnd_do_run(struct rnd_app *app, int amount)
{
    (void)amount;
    rnd_app_rerun_all(app);
}

void rnd_app_show_file(struct rnd_app *app, const char *path)
{
    char error[256] = "";
    struct scn_run_options options = rnd_app_run_options(app, path, NULL, 0);
    rnd_do_compare_end(app, 0);
    uint32_t index = rnd_app_focus(app);
    rnd_subject_close(app->next[index]);
    app->next[index] = NULL;
    if (rnd_subject_open(&options, &app->next[index], error, sizeof error))
        rnd_app_say_trouble(app, error);
}

bool rnd_app_set_param(struct rnd_app *app, uint32_t index, double value)
{
    struct rnd_lesson *lesson = &app->shown->script.lesson;
    if (index >= lesson->param_count)
        return false;
    struct rnd_param *param = &lesson->params[index];
    double near = rnd_param_near(param, value);
    if (rnd_param_same(near, param->value))
        return false;
    param->value = near;
    app->changed = true;
    rnd_app_rerun(app, rnd_app_focus(app));
    return true;
}

/* --- taking over ------------------------------------------------------------------------------ */

/* Says why a run never came to anything: where in the script, and what. */
void rnd_app_say_failure(struct rnd_app *app, const struct rnd_subject *subject)
{
    const struct rnd_model *model = subject->model;
    const char *slash = strrchr(subject->path, '/'), *why = subject->message;
    const char *name = slash ? slash + 1 : subject->path;
    char message[sizeof app->trouble];
    uint32_t line = rnd_frames_blamed(model, model->event_count);
    if (!*why)
        why = rnd_model_text(model, model->end_text, NULL);
    if (!*why)
        why = "it ended before it came to any task";
    if (line)
        (void)snprintf(message, sizeof message, "%s:%u: %s", name, line, why);
    else
        (void)snprintf(message, sizeof message, "%s: %s", name, why);
    rnd_app_say_trouble(app, message);
}

static int64_t earlier_ns(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The view goes on with another run of the same script: what is looked at stays. */
static void carry_view(struct rnd_app *app, const struct rnd_subject *before)
{
    struct rnd_view *view = &app->view;
    const struct rnd_subject *now = app->shown;
    double x_px = rnd_axis_x_moment(&view->axis, view->moment);
    struct rnd_moment moment = view->moment;
    if (app->anchor_ns > moment.time_ns)
        moment.time_ns = app->anchor_ns;
    view->selected = rnd_carry_task(before->model, view->selected, now->model);
    view->moment = rnd_carry_moment(before->model, moment, now->model);
    /* Beside a longer run it goes on. */
    if (view->compare && moment.time_ns > view->moment.time_ns &&
        view->moment.cursor == now->model->event_count)
        view->moment.time_ns = earlier_ns(moment.time_ns, view->compare->instants.end_ns);
    app->anchor_ns = view->moment.time_ns < moment.time_ns ? moment.time_ns : RND_NO_TIME;
    rnd_app_carry_range(app, before->model);
    rnd_view_fit(view, now->model, &now->script);
    if (!view->whole) {
        rnd_axis_pan(&view->axis, x_px - rnd_axis_x_moment(&view->axis, view->moment));
        rnd_view_fit(view, now->model, &now->script);
    }
}

/* The view of a file that is seen for the first time. */
static void reset_view(struct rnd_app *app)
{
    struct rnd_view *view = &app->view;
    const struct rnd_subject *now = app->shown;
    rnd_app_set_range(app, (struct rnd_range){0});
    view->selected = 0;
    view->inspect.thing = (struct rnd_thing){0};
    view->whole = true;
    view->playing = false;
    view->lanes_px = view->code_px = view->output.px = 0;
    view->file = 0;
    view->moment = rnd_model_moment(now->model, 0);
    app->anchor_ns = RND_NO_TIME;
    rnd_view_fit(view, now->model, &now->script);
}

static void take_over(struct rnd_app *app, uint32_t index)
{
    struct rnd_subject *before = app->subjects[index], *now = app->next[index];
    bool same = strcmp(before->path, now->path) == 0;
    if (app->shown == before)
        rnd_edit_timeline_end(app);
    if (app->shown == before && !same)
        rnd_left_keep(app);
    app->subjects[index] = now;
    app->next[index] = NULL;
    app->changed = true;
    app->view.trouble = "";
    /* Somebody may have gone on dragging while it ran. */
    if (same && carry_values(&before->script.lesson, &now->script.lesson))
        app->again[index] = true;
    /* Without memory for them the new rows are those of a run that is seen for the first time. */
    if (same && !rnd_rows_inherit(&now->rows, &before->rows))
        (void)!rnd_rows_update(&now->rows, now->model);
    bool shown = app->shown == before;
    app->shown = shown ? now : app->shown;
    rnd_app_refresh_compare(app);
    if (shown) {
        app->view.timeline.rows = &now->rows;
        app->view.timeline.notes = &now->notes;
        app->jumps.count = 0;
        rnd_inspect_forget(app);
        rnd_app_forget_pace(app);
        app->view.run = now->state;
        app->view.message = now->message;
        if (same)
            carry_view(app, before);
        else
            reset_view(app);
        if (!same)
            rnd_left_begin(app);
    }
    rnd_subject_close(before);
}

/* The next run of a subject is over: it is shown, or it is said why not. */
static void settle_next(struct rnd_app *app, uint32_t index)
{
    struct rnd_subject *next = app->next[index];
    if (rnd_subject_failed(next) && app->subjects[index]->model->lane_count > 0) {
        rnd_app_say_failure(app, next);
        rnd_subject_close(next);
        app->next[index] = NULL;
        app->view.run = app->shown->state;
    } else {
        take_over(app, index);
    }
    if (app->again[index])
        start_next(app, index);
}

/* --- while runs go on ------------------------------------------------------------------------- */

bool rnd_app_goes_on(const struct rnd_app *app)
{
    for (uint32_t i = 0; i < app->subject_count; i++)
        if (app->next[i] || app->subjects[i]->state == RND_RUN_GOES_ON)
            return true;
    return app->opening_count > 0;
}

static int poll_next(struct rnd_app *app, uint32_t index)
{
    struct rnd_subject *next = app->next[index];
    bool changed = false;
    int code = rnd_subject_poll(next, &changed);
    if (code)
        return code;
    if (next->state != RND_RUN_GOES_ON)
        settle_next(app, index);
    else if (next->polls > POLLS_UNSEEN && app->again[index]) {
        /* It takes long, and nobody wants it any more. */
        rnd_subject_close(next);
        app->next[index] = NULL;
        start_next(app, index);
    } else if (next->polls > POLLS_UNSEEN && next->model->lane_count > 0) {
        take_over(app, index);
    } else if (next->polls > POLLS_UNSEEN && app->view.run != RND_RUN_GOES_ON) {
        app->view.run = RND_RUN_GOES_ON;
        app->changed = true;
    }
    return 0;
}

static int poll_subject(struct rnd_app *app, struct rnd_subject *subject)
{
    bool changed = false;
    int code = rnd_subject_poll(subject, &changed);
    if (!changed)
        return code;
    app->changed = true;
    rnd_app_refresh_compare(app);
    if (app->view.compare)
        rnd_view_fit(&app->view, app->shown->model, &app->shown->script);
    if (subject == app->shown) {
        rnd_app_forget_pace(app);
        app->view.run = subject->state;
        app->view.message = subject->message;
        rnd_view_fit(&app->view, subject->model, &subject->script);
        if (subject->state != RND_RUN_GOES_ON && rnd_subject_failed(subject))
            rnd_app_say_failure(app, subject);
    }
    return code;
}

int rnd_app_poll(struct rnd_app *app)
{
    int code = rnd_app_poll_opening(app);
    for (uint32_t i = 0; !code && i < app->subject_count; i++) {
        code = poll_subject(app, app->subjects[i]);
        if (!code && app->next[i])
            code = poll_next(app, i);
    }
    rnd_left_poll(app);
    rnd_app_note_progress(app);
    return code;
}
