/* awaitscope trace: the events of a run as text. */
#include <inttypes.h>
#include <stdlib.h>

#include "cmd.h"
#include "render/model/label.h"

/* How deep the events between this one and its counterpart lie: +1 opens, -1 closes. */
static int nesting(const struct sim_event *event)
{
    switch (event->kind) {
    case SIM_EV_LOOP_BEGIN:
    case SIM_EV_ITERATION_BEGIN:
    case SIM_EV_CALLBACK_BEGIN:
    case SIM_EV_STEP_BEGIN:
    case SIM_EV_BLOCK_BEGIN:
        return 1;
    case SIM_EV_LOOP_END:
    case SIM_EV_CALLBACK_END:
    case SIM_EV_STEP_END:
    case SIM_EV_SLEEP:
    case SIM_EV_BLOCK_END:
        return -1;
    default:
        return 0;
    }
}

/* Whether the iteration before this event is over: nothing of one comes after it. */
static bool is_between_iterations(const struct sim_event *event)
{
    return event->kind == SIM_EV_ITERATION_BEGIN || event->kind == SIM_EV_TIMER_FIRED ||
           event->kind == SIM_EV_LOOP_END ||
           (event->kind == SIM_EV_CLOCK && event->flag == SIM_CLOCK_IDLE);
}

#define DEPTH_MOST 20

/* A buffer for one event; texts may be long. */
struct line {
    char *text;
    size_t size;
};

/* Writes an event into the line, making it longer if need be. */
static bool format(struct line *line, const struct sim_trace_view *view,
                   const struct sim_event *event)
{
    size_t length = sim_event_format(view, event, line->text, line->size);
    if (length < line->size)
        return true;
    char *longer = realloc(line->text, length + 1);
    if (!longer)
        return false;
    line->text = longer;
    line->size = length + 1;
    sim_event_format(view, event, line->text, line->size);
    return true;
}

static bool print_events(const struct rnd_model *model, FILE *out)
{
    struct line line = {NULL, 0};
    int depth = 0;
    uint32_t runner = 0; /* the task whose step began last: a sleep is its */
    bool done = true, in_iteration = false;
    for (uint32_t i = 0; i < model->event_count && done; i++) {
        const struct sim_event *event = &model->view.events[i];
        int64_t now = rnd_model_time(model, i + 1);
        int change = nesting(event);
        runner = event->kind == SIM_EV_STEP_BEGIN ? event->id : runner;
        uint32_t task = event->kind == SIM_EV_SLEEP ? runner : sim_event_task(event);
        char name[RND_LABEL_MAX];
        done = format(&line, &model->view, event);
        if (in_iteration && is_between_iterations(event)) {
            in_iteration = false;
            depth -= depth > 0;
        }
        in_iteration |= event->kind == SIM_EV_ITERATION_BEGIN;
        if (change < 0 && depth > 0)
            depth--;
        fprintf(out, "%6" PRId64 ".%09" PRId64 " %6" PRIu32 "  %*s%s", now / 1000000000,
                now % 1000000000, i + 1, 2 * (depth < DEPTH_MOST ? depth : DEPTH_MOST), "",
                done ? line.text : "");
        if (task) {
            rnd_label_task(model, task, name, sizeof name);
            fprintf(out, "  (%s)", name);
        }
        fputc('\n', out);
        depth += change > 0;
    }
    free(line.text);
    return done;
}

int rnd_cmd_trace(const struct rnd_options *options)
{
    if (!rnd_cmd_script_is_there(options) || !rnd_cmd_params_fit(options))
        return RND_OPTIONS_EXIT;
    struct scn_run_options given = rnd_cmd_run_options(options);
    given.mute_stdout = true;
    struct scn_run *run = rnd_cmd_run_to_end(options, &given);
    if (!run)
        return RND_OPTIONS_EXIT;
    int code = scn_run_report(run)->exit_code;
    struct rnd_model *model = rnd_cmd_model(options, run);
    if (!model)
        code = RND_OPTIONS_EXIT;
    else if (!print_events(model, stdout))
        code = rnd_cmd_fail(options, "%s", sim_error_text(SIM_ENOMEM));
    else if (!rnd_cmd_flush(options))
        code = RND_OPTIONS_EXIT;
    rnd_model_free(model);
    scn_run_free(run);
    return code;
}
