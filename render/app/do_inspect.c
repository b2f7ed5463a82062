#include "do_inspect.h"

#include "range.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The cursor rests once it was left alone for so long; a run is looked after so often. */
#define REST_NS INT64_C(120000000)
#define POLL_MS 15

#define WHEEL_ROWS 3

/* --- what is selected ------------------------------------------------------------------------- */

void rnd_inspect_select(struct rnd_app *app, struct rnd_thing thing)
{
    struct rnd_view *view = &app->view;
    if (thing.kind == RND_THING_NONE)
        return;
    view->inspect.px = 0;
    view->inspect.thing = (struct rnd_thing){0};
    if (thing.kind == RND_THING_TASK) {
        view->selected = thing.id;
        rnd_app_count_range(app);
    } else {
        view->inspect.thing = thing;
        view->inspect.beside = view->selected;
    }
    app->changed = true;
}

/* What lies under a hit, and the cursor that it leads to, if any. */
static struct rnd_thing thing_of(const struct rnd_app *app, struct rnd_hit hit, uint32_t *at)
{
    const struct rnd_model *model = app->shown->model;
    struct rnd_state state = rnd_state_at(model, app->view.moment);
    struct rnd_facts facts;
    *at = RND_NEVER;
    switch (hit.kind) {
    case RND_HIT_RUNNER:
        if (state.runner == RND_RUNNER_TASK)
            return (struct rnd_thing){RND_THING_TASK, state.runner_id};
        return (struct rnd_thing){state.runner == RND_RUNNER_CALLBACK ? RND_THING_CALLBACK
                                                                      : RND_THING_NONE,
                                  state.runner_id};
    case RND_HIT_QUEUED:
        if (hit.value < state.queue_count) {
            struct rnd_push push = rnd_state_queued(model, &state, hit.value);
            return push.task ? (struct rnd_thing){RND_THING_TASK, push.task}
                             : (struct rnd_thing){RND_THING_CALLBACK, push.handle};
        }
        break;
    case RND_HIT_TIMER:
        return (struct rnd_thing){RND_THING_TIMER, hit.value};
    case RND_HIT_FACT:
        rnd_inspector_facts(&app->view, model, &facts);
        if (hit.value < facts.count) {
            *at = facts.items[hit.value].at;
            return facts.items[hit.value].thing;
        }
        break;
    default:
        break;
    }
    return (struct rnd_thing){0};
}

/* Shows the line of a call in the source. */
static void show_call(struct rnd_app *app, uint32_t index)
{
    const struct rnd_frames *frames = app->view.inspect.frames;
    if (!frames || index >= frames->call_count || frames->calls[index].source == RND_NEVER)
        return;
    rnd_view_show_line(&app->view, app->shown->model, &app->shown->script,
                       frames->calls[index].source, frames->calls[index].line);
    app->changed = true;
}

/* Shows the line that a line of the traceback names. */
static void show_traceback(struct rnd_app *app, uint32_t index)
{
    const struct rnd_frames *failed = app->view.inspect.failed;
    uint32_t line, file;
    if (!failed || index >= failed->traceback_count)
        return;
    file = rnd_frames_place(app->shown->model, failed->traceback[index], &line);
    if (file == RND_NEVER)
        return;
    rnd_view_show_line(&app->view, app->shown->model, &app->shown->script, file, line);
    app->changed = true;
}

/* Makes the inspector seen. */
static void open_inspector(struct rnd_app *app)
{
    app->view.spec.inspector = true;
    app->view.spec.collapsed[RND_PANEL_INSPECTOR] = false;
    rnd_app_resize(app, app->view.width_px, app->view.height_px);
}

void rnd_inspect_press_name(struct rnd_app *app, uint32_t task, bool twice)
{
    bool was = app->view.selected == task && !twice;
    rnd_inspect_select(app, (struct rnd_thing){RND_THING_TASK, task});
    if (was)
        app->view.selected = 0;
    if (twice)
        open_inspector(app);
}

bool rnd_inspect_press(struct rnd_app *app, struct rnd_hit hit, bool twice)
{
    bool in_inspector = hit.kind == RND_HIT_FACT || hit.kind == RND_HIT_INSPECTOR;
    bool known = in_inspector || hit.kind == RND_HIT_CALL || hit.kind == RND_HIT_TRACEBACK ||
                 hit.kind == RND_HIT_RUNNER || hit.kind == RND_HIT_QUEUED ||
                 hit.kind == RND_HIT_TIMER;
    if (hit.kind == RND_HIT_CALL)
        show_call(app, hit.value);
    if (hit.kind == RND_HIT_TRACEBACK)
        show_traceback(app, hit.value);
    if (!known || hit.kind == RND_HIT_CALL || hit.kind == RND_HIT_TRACEBACK)
        return known;
    uint32_t at;
    struct rnd_thing thing = thing_of(app, hit, &at);
    if (thing.kind != RND_THING_NONE)
        rnd_inspect_select(app, thing);
    else if (at != RND_NEVER)
        rnd_app_go(app, rnd_model_moment(app->shown->model, at));
    if (twice && !in_inspector)
        open_inspector(app);
    return true;
}

/* A count of rows that are scrolled away, of at most `count`, after so many more. */
static uint32_t scrolled(uint32_t rows, int more, uint32_t count)
{
    int64_t sum = (int64_t)(rows < count ? rows : count) + more;
    return sum < 0 ? 0 : sum > (int64_t)count ? count : (uint32_t)sum;
}

bool rnd_inspect_wheel(struct rnd_app *app, struct rnd_hit hit, int up)
{
    struct rnd_inspect_view *view = &app->view.inspect;
    const struct rnd_model *model = app->shown->model;
    struct rnd_layout layout = rnd_view_layout(&app->view);
    double most = rnd_inspector_scroll_most(&app->view, model), row = layout.code_row_px;
    switch (hit.kind) {
    case RND_HIT_INSPECTOR:
    case RND_HIT_FACT:
    case RND_HIT_CALL:
    case RND_HIT_LOCAL:
    case RND_HIT_TRACEBACK:
        view->px = fmin(fmax(fmin(view->px, most) - up * WHEEL_ROWS * row, 0), most);
        break;
    case RND_HIT_QUEUE:
    case RND_HIT_QUEUED:
        view->queue_row = scrolled(view->queue_row, -up, rnd_loop_queue_most(&app->view, model));
        break;
    case RND_HIT_TIMERS:
    case RND_HIT_TIMER:
        view->timer_row = scrolled(view->timer_row, -up, rnd_loop_timers_most(&app->view, model));
        break;
    default:
        return false;
    }
    app->changed = true;
    return true;
}

bool rnd_inspect_tip(const struct rnd_app *app, struct rnd_hit hit, char out[RND_TIP_MAX])
{
    const struct rnd_frames *frames = app->view.inspect.frames;
    if (hit.kind == RND_HIT_LOCAL && frames && hit.value < frames->local_count) {
        const struct rnd_local *local = &frames->locals[hit.value];
        (void)snprintf(out, RND_TIP_MAX, "%.40s = %.110s", local->name, local->value);
        return true;
    }
    const struct rnd_frames *failed = app->view.inspect.failed;
    if (hit.kind == RND_HIT_TRACEBACK && failed && hit.value < failed->traceback_count) {
        const char *line = failed->traceback[hit.value];
        (void)snprintf(out, RND_TIP_MAX, "%.150s", line + strspn(line, " "));
        return true;
    }
    struct rnd_facts facts;
    if (hit.kind != RND_HIT_FACT)
        return false;
    rnd_inspector_facts(&app->view, app->shown->model, &facts);
    if (hit.value >= facts.count)
        return false;
    const struct rnd_fact *fact = &facts.items[hit.value];
    if (fact->style == RND_FACT_PAIR)
        (void)snprintf(out, RND_TIP_MAX, "%.20s: %.130s", fact->label, fact->text);
    else
        (void)snprintf(out, RND_TIP_MAX, "%.90s · %.60s", fact->text, fact->label);
    return true;
}

/* --- frames ----------------------------------------------------------------------------------- */

void rnd_inspect_forget(struct rnd_app *app)
{
    struct rnd_inspector *inspector = &app->inspector;
    scn_run_free(inspector->run);
    for (uint32_t i = 0; i < inspector->told_count; i++)
        rnd_frames_close(&inspector->told[i]);
    *inspector = (struct rnd_inspector){0};
    app->view.inspect.frames = app->view.inspect.frames_before = NULL;
    app->view.inspect.failed = NULL;
    app->view.inspect.frames_note = NULL;
}

static const struct rnd_frames *told_at(const struct rnd_inspector *inspector, uint32_t cursor)
{
    for (uint32_t i = 0; i < inspector->told_count; i++)
        if (inspector->told[i].cursor == cursor)
            return &inspector->told[i];
    return NULL;
}

/* The cursor whose frames the inspector shows, 0: it shows none; and that of the stop before. */
static uint32_t stack_at(const struct rnd_app *app)
{
    struct rnd_layout layout = rnd_view_layout(&app->view);
    const struct rnd_model *model = app->shown->model;
    struct rnd_thing thing = rnd_inspector_thing(&app->view, model);
    if (!rnd_rect_is_seen(layout.inspector) || layout.collapsed[RND_PANEL_INSPECTOR] ||
        thing.kind != RND_THING_TASK)
        return 0;
    return rnd_inspect_stack_at(model, thing.id, app->view.moment.cursor);
}

/* Likewise the cursor whose frames tell the traceback. */
static uint32_t traceback_at(const struct rnd_app *app)
{
    const struct rnd_model *model = app->shown->model;
    struct rnd_thing thing = rnd_inspector_thing(&app->view, model);
    return stack_at(app) ? rnd_inspect_traceback_at(model, thing.id, app->view.moment.cursor) : 0;
}

static uint32_t before(const struct rnd_app *app, uint32_t cursor)
{
    return rnd_step_previous(app->shown->model, RND_STEP_EVENT, 0, cursor);
}

/* The view shows what was told of where the cursor is. */
static void show(struct rnd_app *app)
{
    struct rnd_inspect_view *view = &app->view.inspect;
    struct rnd_inspector *inspector = &app->inspector;
    uint32_t cursor = stack_at(app);
    const struct rnd_frames *frames = told_at(inspector, cursor);
    const struct rnd_frames *old = frames ? told_at(inspector, before(app, cursor)) : NULL;
    const char *note = *inspector->note    ? inspector->note
                       : app->view.playing ? "shown where playing pauses"
                                           : "the script runs up to here …";
    const struct rnd_frames *failed = told_at(inspector, traceback_at(app));
    bool same = view->frames == frames && view->frames_before == old && view->frames_note == note &&
                view->failed == failed;
    view->frames = frames;
    view->frames_before = old;
    view->frames_note = note;
    view->failed = failed;
    app->changed = app->changed || !same;
}

/* Keeps what a run told, in the place of the oldest; shows nothing that is no longer there. */
static void keep(struct rnd_app *app)
{
    struct rnd_inspector *inspector = &app->inspector;
    struct sim_trace_view trace = scn_run_view(inspector->run);
    struct rnd_frames frames;
    int code = rnd_frames_take(app->shown->model, inspector->asked, &trace, &frames);
    scn_run_free(inspector->run);
    inspector->run = NULL;
    if (code) {
        (void)snprintf(inspector->note, sizeof inspector->note, "%s",
                       code == SIM_EINVAL ? "not known: the script is another one by now (F5)"
                                          : sim_error_text(code));
        return;
    }
    uint32_t place = inspector->told_count;
    if (place == RND_TOLD_MAX) {
        place = inspector->oldest;
        inspector->oldest = (place + 1) % RND_TOLD_MAX;
        rnd_frames_close(&inspector->told[place]);
    } else {
        inspector->told_count++;
    }
    inspector->told[place] = frames;
}

/* Runs the script again, up to a cursor. */
static void ask(struct rnd_app *app, uint32_t cursor)
{
    struct rnd_inspector *inspector = &app->inspector;
    const struct rnd_subject *subject = app->shown;
    struct rnd_settings settings;
    if (strcmp(subject->path, scn_run_script(subject->run)) != 0) {
        (void)snprintf(inspector->note, sizeof inspector->note,
                       "not known of a saved run: open its script");
        return;
    }
    rnd_app_settings(&subject->script.lesson, &settings);
    struct scn_run_options options =
        rnd_app_run_options(app, subject->path, settings.items, settings.count);
    options.inspect = cursor;
    inspector->asked = cursor;
    if (scn_run_start(&options, &inspector->run, inspector->note, sizeof inspector->note))
        inspector->run = NULL;
}

/* The cursor that frames are needed for next: its own, then that of the traceback, that of the stop
 * before; 0: none. */
static uint32_t next_wanted(const struct rnd_app *app)
{
    const struct rnd_inspector *inspector = &app->inspector;
    uint32_t cursor = stack_at(app), stop = before(app, cursor), failed = traceback_at(app);
    if (cursor > 1 && !told_at(inspector, cursor))
        return cursor;
    if (failed && !told_at(inspector, failed))
        return failed;
    return stop > 1 && !told_at(inspector, stop) ? stop : 0;
}

/* The run that was asked is over, or nobody wants its answer any more. */
static void look_after_run(struct rnd_app *app)
{
    struct rnd_inspector *inspector = &app->inspector;
    if (!scn_run_poll(inspector->run)) {
        if (next_wanted(app) == inspector->asked)
            return;
        scn_run_free(inspector->run);
        inspector->run = NULL;
        return;
    }
    keep(app);
}

int rnd_inspect_work(struct rnd_app *app, int64_t elapsed_ns)
{
    struct rnd_inspector *inspector = &app->inspector;
    uint32_t cursor = app->view.moment.cursor;
    if (inspector->of != app->shown) {
        rnd_inspect_forget(app);
        inspector->of = app->shown;
    }
    if (!stack_at(app)) {
        app->view.inspect.frames = app->view.inspect.frames_before = NULL;
        app->view.inspect.failed = NULL;
        return -1;
    }
    if (inspector->run)
        look_after_run(app);
    if (inspector->rested_at != cursor || app->view.playing) {
        inspector->rested_at = cursor;
        inspector->rested_ns = 0;
    } else {
        inspector->rested_ns += elapsed_ns;
    }
    bool wants = !inspector->run && !*inspector->note && next_wanted(app) != 0;
    if (wants && inspector->rested_ns >= REST_NS)
        ask(app, next_wanted(app));
    show(app);
    if (inspector->run)
        return POLL_MS;
    return wants && !app->view.playing ? (int)((REST_NS - inspector->rested_ns) / 1000000) + 1 : -1;
}
