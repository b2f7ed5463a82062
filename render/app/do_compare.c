/* Comparing: several runs one below the other. */
#include "app.h"

#include "edit_timeline.h"
#include "range.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* How often runs that will be shown together are looked after before they are shown unfinished. */
#define POLLS_UNSEEN 12

/* --- what the view is told -------------------------------------------------------------------- */

static void stop_comparing(struct rnd_app *app)
{
    rnd_compare_close(&app->compare);
    app->view.compare = NULL;
    app->view.axis.shared = NULL;
}

/* Lanes need the room: the loop is collapsed while runs are compared, unless it is opened. */
static void change_layout(struct rnd_app *app, bool comparing)
{
    bool *collapsed = &app->view.spec.collapsed[RND_PANEL_LOOP];
    if (comparing)
        app->loop_collapsed = *collapsed;
    *collapsed = comparing || app->loop_collapsed;
}

void rnd_app_refresh_compare(struct rnd_app *app)
{
    struct rnd_compare *compare = &app->compare;
    bool compared = app->view.compare != NULL;
    stop_comparing(app);
    rnd_app_forget_pace(app);
    if (compared != (app->subject_count > 1))
        change_layout(app, !compared);
    if (app->subject_count < 2)
        return;
    /* Without memory for it there is one run to be seen. */
    if (rnd_compare_subjects(app->subjects, app->subject_count, compare)) {
        rnd_compare_close(compare);
        return;
    }
    compare->focus = rnd_app_focus(app);
    app->view.compare = compare;
}

/* The panels show another subject, of which the cursor is there. */
static void show_subject(struct rnd_app *app, struct rnd_subject *subject, struct rnd_moment moment)
{
    struct rnd_view *view = &app->view;
    rnd_edit_timeline_end(app);
    app->shown = subject;
    rnd_app_forget_pace(app);
    view->timeline.rows = &subject->rows;
    view->timeline.notes = &subject->notes;
    /* Where things are depends on all that are compared: those that are gone are not among them. */
    rnd_app_refresh_compare(app);
    rnd_app_set_range(app, (struct rnd_range){0});
    view->params.typing = false;
    view->selected = 0;
    view->run = subject->state;
    view->message = subject->message;
    view->moment = moment;
    rnd_view_fit(view, subject->model, &subject->script);
    rnd_view_follow(view, subject->model, &subject->script);
    app->changed = true;
}

void rnd_app_set_focus(struct rnd_app *app, uint32_t index)
{
    struct rnd_compare *compare = &app->compare;
    uint32_t focus = rnd_app_focus(app);
    if (index >= app->subject_count || index == focus || !app->view.compare)
        return;
    struct rnd_moment moment = rnd_compare_moment(&app->view, focus, app->view.moment, index);
    compare->runs[focus].lanes_px = app->view.lanes_px;
    app->view.lanes_px = compare->runs[index].lanes_px;
    show_subject(app, app->subjects[index], moment);
}

/* The run whose timeline is at a point; RND_NEVER: none, or something lies over it. */
static uint32_t run_at(const struct rnd_app *app, double x, double y)
{
    const struct rnd_view *view = &app->view;
    return view->compare && !view->help && !view->picker ? rnd_compare_at(view, x, y) : RND_NEVER;
}

void rnd_app_focus_at(struct rnd_app *app, double x, double y)
{
    rnd_app_set_focus(app, run_at(app, x, y));
}

bool rnd_app_scroll_at(struct rnd_app *app, double x, double y, double dy_px)
{
    uint32_t run = run_at(app, x, y);
    if (run == RND_NEVER || run == app->compare.focus)
        return false;
    struct rnd_compared *compared = &app->compare.runs[run];
    struct rnd_layout layout = rnd_compare_layout(&app->view, run);
    uint32_t rows = rnd_rows_count(compared->rows, compared->model);
    double most = rnd_layout_lane_px(&layout, rows) * rows - layout.lanes.h;
    compared->lanes_px = fmax(fmin(compared->lanes_px + dy_px, most), 0);
    app->changed = true;
    return true;
}

/* --- other subjects --------------------------------------------------------------------------- */

/* Drops all subjects but `kept`, which is shown then; NULL: all. */
static void drop_others(struct rnd_app *app, struct rnd_subject *kept)
{
    for (uint32_t i = 0; i < app->subject_count; i++) {
        rnd_subject_close(app->next[i]);
        app->next[i] = NULL;
        app->again[i] = false;
        if (app->subjects[i] != kept)
            rnd_subject_close(app->subjects[i]);
    }
    app->subject_count = 0;
    if (kept)
        app->subjects[app->subject_count++] = kept;
}

static void drop_opening(struct rnd_app *app)
{
    for (uint32_t i = 0; i < app->opening_count; i++)
        rnd_subject_close(app->opening[i]);
    app->opening_count = 0;
}

void rnd_app_close_subjects(struct rnd_app *app)
{
    drop_opening(app);
    drop_others(app, NULL);
    stop_comparing(app);
}

static bool begin(struct rnd_app *app, const struct scn_run_options *options)
{
    struct rnd_subject *subject;
    char error[256] = "";
    if (rnd_subject_open(options, &subject, error, sizeof error)) {
        rnd_app_say_trouble(app, error);
        return false;
    }
    app->opening[app->opening_count++] = subject;
    return true;
}

void rnd_app_compare(struct rnd_app *app, const struct rnd_compare_spec *spec)
{
    drop_opening(app);
    bool begun = true;
    for (uint32_t i = 0; i < spec->count && begun; i++) {
        struct scn_run_options options = rnd_app_run_options(app, spec->runs[i].path, NULL, 0);
        rnd_compare_apply(&spec->runs[i], &options);
        begun = begin(app, &options);
    }
    app->opening_beside = false;
    if (!begun)
        drop_opening(app);
}

void rnd_app_compare_file(struct rnd_app *app, const char *path)
{
    struct scn_run_options options = rnd_app_run_options(app, path, NULL, 0);
    drop_opening(app);
    app->opening_beside = begin(app, &options);
}

/* The subjects that were opening are shown: beside what there is, or in its place. */
static void take_opening(struct rnd_app *app)
{
    struct rnd_subject *before = app->shown;
    int64_t time_ns = app->view.moment.time_ns;
    uint32_t focus = app->opening_beside ? app->subject_count : 0;
    for (uint32_t i = 0; i < app->opening_count; i++)
        if (rnd_subject_failed(app->opening[i])) {
            rnd_app_say_failure(app, app->opening[i]);
            drop_opening(app);
            return;
        }
    if (!app->opening_beside) {
        drop_others(app, before);
        app->subject_count = 0;
    }
    for (uint32_t i = 0; i < app->opening_count && app->subject_count < RND_COMPARED_MAX; i++) {
        app->compare.runs[app->subject_count].lanes_px = 0;
        app->subjects[app->subject_count++] = app->opening[i];
    }
    app->opening_count = 0;
    app->view.trouble = "";
    app->view.whole = true;
    struct rnd_subject *shown = app->subjects[focus < app->subject_count ? focus : 0];
    show_subject(app, shown, rnd_model_at_time(shown->model, time_ns));
    if (!app->opening_beside)
        rnd_subject_close(before);
}

int rnd_app_poll_opening(struct rnd_app *app)
{
    bool changed = false, ready = app->opening_count > 0;
    int code = 0;
    for (uint32_t i = 0; i < app->opening_count && !code; i++) {
        struct rnd_subject *subject = app->opening[i];
        code = rnd_subject_poll(subject, &changed);
        ready &= subject->state != RND_RUN_GOES_ON || subject->polls > POLLS_UNSEEN;
    }
    if (!code && ready)
        take_opening(app);
    return code;
}

/* --- moments of all of them ------------------------------------------------------------------- */

struct rnd_moment rnd_app_last_moment(const struct rnd_app *app)
{
    const struct rnd_model *model = app->shown->model;
    struct rnd_moment last = rnd_model_moment(model, model->event_count);
    if (app->view.compare)
        last.time_ns = app->compare.instants.end_ns;
    return last;
}

/* The next instant of any run after a time (the previous before it); RND_NO_TIME: none. */
static int64_t other_instant(const struct rnd_instants *instants, int64_t time_ns, bool forward)
{
    int64_t found_ns = RND_NO_TIME;
    for (uint32_t i = 0; i < instants->count; i++) {
        if (instants->times[i] < time_ns && !forward)
            found_ns = instants->times[i];
        if (instants->times[i] > time_ns && forward)
            return instants->times[i];
    }
    return found_ns;
}

bool rnd_app_step_beyond(struct rnd_app *app, bool forward)
{
    const struct rnd_model *model = app->shown->model;
    struct rnd_moment moment = app->view.moment;
    if (!app->view.compare || moment.cursor < model->event_count ||
        (!forward && moment.time_ns <= model->end_ns))
        return false;
    int64_t time_ns = other_instant(&app->compare.instants, moment.time_ns, forward);
    if (time_ns == RND_NO_TIME || time_ns < model->end_ns)
        time_ns = forward ? moment.time_ns : model->end_ns;
    moment.time_ns = time_ns;
    rnd_app_go(app, moment);
    return true;
}

/* --- commands --------------------------------------------------------------------------------- */

void rnd_do_compare(struct rnd_app *app, int amount)
{
    const struct rnd_subject *shown = app->shown;
    struct rnd_compare_spec spec;
    char error[256];
    (void)amount;
    if (!app->view.compare && *shown->script.lesson.compare) {
        if (rnd_compare_read_lesson(shown->path, shown->script.lesson.compare, &spec, error,
                                    sizeof error))
            rnd_app_say_trouble(app, error);
        else
            rnd_app_compare(app, &spec);
        return;
    }
    if (app->subject_count == RND_COMPARED_MAX)
        return;
    /* The same once more, to be changed. */
    struct rnd_settings settings;
    rnd_app_settings(&shown->script.lesson, &settings);
    struct scn_run_options options =
        rnd_app_run_options(app, shown->path, settings.items, settings.count);
    options.max_events = shown->max_events;
    drop_opening(app);
    app->opening_beside = begin(app, &options);
}

void rnd_do_compare_end(struct rnd_app *app, int amount)
{
    struct rnd_subject *shown = app->shown;
    (void)amount;
    if (!app->view.compare)
        return;
    struct rnd_moment moment = app->view.moment;
    if (moment.time_ns > shown->model->end_ns)
        moment = rnd_model_moment(shown->model, shown->model->event_count);
    drop_others(app, shown);
    show_subject(app, shown, moment);
}

void rnd_do_focus(struct rnd_app *app, int amount)
{
    uint32_t count = app->subject_count, focus = rnd_app_focus(app);
    rnd_app_set_focus(app, amount < 0 ? (focus + count - 1) % count : (focus + 1) % count);
}
