/* awaitscope shot: the window as a picture. */
#include <inttypes.h>

#include "cmd.h"
#include "shot.h"

/* Draws what was asked for; returns the exit code. */
static int draw(const struct rnd_options *options, struct scn_run *run)
{
    struct sim_trace_view view = scn_run_view(run);
    char error[512];
    if (options->event > 0 && (uint64_t)options->event > view.count)
        return rnd_cmd_fail(options, "--event: the run has %zu events, no %" PRId64, view.count,
                            options->event);
    struct rnd_shot_options shot = {
        .script = scn_run_script(run),
        .trace = &view,
        .out = options->output,
        .at = options->event >= 0   ? RND_SHOT_CURSOR
              : options->at_ns >= 0 ? RND_SHOT_TIME
                                    : RND_SHOT_END,
        .at_ns = options->at_ns,
        .cursor = (uint32_t)options->event,
        .width_px = options->width_px,
        .height_px = options->height_px,
        .scale = options->scale,
        .theme = options->theme,
        .params = options->params.list,
        .param_count = options->params.count,
        .message = scn_run_report(run)->message,
    };
    return rnd_shot(&shot, error, sizeof error) < 0 ? rnd_cmd_fail(options, "%s", error) : 0;
}

int rnd_cmd_shot(const struct rnd_options *options)
{
    if (!rnd_cmd_script_is_there(options) || !rnd_cmd_params_fit(options))
        return RND_OPTIONS_EXIT;
    struct scn_run_options given = rnd_cmd_run_options(options);
    given.mute_stdout = given.mute_stderr = true;
    struct scn_run *run = rnd_cmd_run_to_end(options, &given);
    if (!run)
        return RND_OPTIONS_EXIT;
    int code = draw(options, run);
    scn_run_free(run);
    return code;
}
