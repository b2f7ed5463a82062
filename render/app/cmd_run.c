/* awaitscope run: a script without a window. */
#define _DEFAULT_SOURCE /* struct winsize */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd.h"

#define COLUMNS_LEAST 40
#define COLUMNS_MOST 400
#define COLUMNS_USUAL 100 /* of what is no terminal */

static int terminal_columns(void)
{
    struct winsize size;
    const char *wanted = getenv("COLUMNS");
    int columns = COLUMNS_USUAL;
    if (wanted && atoi(wanted) > 0)
        columns = atoi(wanted);
    else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        columns = size.ws_col;
    return columns < COLUMNS_LEAST  ? COLUMNS_LEAST
           : columns > COLUMNS_MOST ? COLUMNS_MOST
                                    : columns;
}

static bool terminal_has_colours(void)
{
    const char *refused = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && !(refused && *refused);
}

/* Prints what was asked for about a run that is over; false: that failed, which was said. */
static bool print_reports(const struct rnd_options *options, struct scn_run *run)
{
    struct rnd_model *model = rnd_cmd_model(options, run);
    if (!model)
        return false;
    if (options->timeline)
        rnd_cmd_print_timeline(model, terminal_columns(), terminal_has_colours(), stdout);
    if (options->summary)
        rnd_cmd_print_summary(model, sim_trace_hash(&model->view), stderr);
    rnd_model_free(model);
    return rnd_cmd_flush(options);
}

static bool save(const struct rnd_options *options, struct scn_run *run)
{
    char error[512];
    if (scn_run_save(run, options->save, error, sizeof error) == 0)
        return true;
    rnd_cmd_fail(options, "%s", error);
    return false;
}

int rnd_cmd_run(const struct rnd_options *options)
{
    if (!rnd_cmd_params_fit(options))
        return RND_OPTIONS_EXIT;
    struct scn_run_options given = rnd_cmd_run_options(options);
    given.share_stdin = true;
    given.forgets = !options->summary && !options->timeline && !options->save;
    struct scn_run *run = rnd_cmd_run_to_end(options, &given);
    if (!run)
        return RND_OPTIONS_EXIT;
    int code = scn_run_report(run)->exit_code;
    if ((options->summary || options->timeline) && !print_reports(options, run))
        code = RND_OPTIONS_EXIT;
    if (options->save && !save(options, run))
        code = RND_OPTIONS_EXIT;
    scn_run_free(run);
    return code;
}
