#include "cmd.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "options_table.h"
#include "params.h"

int rnd_cmd_fail(const struct rnd_options *options, const char *format, ...)
{
    va_list args;
    fprintf(stderr, "%s: ", rnd_options_command_name(options->command));
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return RND_OPTIONS_EXIT;
}

bool rnd_cmd_flush(const struct rnd_options *options)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    rnd_cmd_fail(options, "cannot write: %s", strerror(errno));
    return false;
}

bool rnd_cmd_script_is_there(const struct rnd_options *options)
{
    if (access(options->script, R_OK) == 0)
        return true;
    int reason = errno;
    const char *command = rnd_command_nearest(options->script);
    if (command && options->command == RND_COMMAND_WINDOW)
        rnd_cmd_fail(options, "no script and no command is called '%s'; did you mean '%s'?",
                     options->script, command);
    else
        rnd_cmd_fail(options, "cannot open the script '%s': %s", options->script, strerror(reason));
    return false;
}

bool rnd_cmd_params_fit(const struct rnd_options *options)
{
    char error[512];
    int code = rnd_params_check(options->params.list, options->params.count, options->script, error,
                                sizeof error);
    if (code < 0)
        rnd_cmd_fail(options, "%s", error);
    return code == 0;
}

struct scn_run_options rnd_cmd_run_options(const struct rnd_options *options)
{
    return (struct scn_run_options){.script = options->script,
                                    .args = options->args,
                                    .arg_count = options->arg_count,
                                    .params = options->params.list,
                                    .param_count = options->params.count,
                                    .max_events = options->max_events,
                                    .max_time_ns = options->max_time_ns,
                                    .max_real_ns = options->max_real_ns,
                                    .max_memory_bytes = options->max_memory_mb << 20};
}

/* The runs of one file are what its lesson says; of several, what the words say. */
static bool read_compare(const struct rnd_options *options, struct rnd_compare_spec *out)
{
    struct rnd_script script;
    char error[512];
    int code;
    if (options->run_count > 1) {
        code = rnd_compare_read(options->runs, options->run_count, out, error, sizeof error);
    } else {
        code = rnd_script_open(&script, options->script);
        if (code) {
            rnd_cmd_fail(options, "%s", sim_error_text(code));
            return false;
        }
        if (!*script.lesson.compare) {
            rnd_cmd_fail(options, "'%s' has no comment '# compare:'; name two runs or more",
                         options->script);
            rnd_script_close(&script);
            return false;
        }
        code = rnd_compare_read_lesson(options->script, script.lesson.compare, out, error,
                                       sizeof error);
        rnd_script_close(&script);
    }
    if (code)
        rnd_cmd_fail(options, "%s", error);
    return code == 0;
}

bool rnd_cmd_compare_spec(const struct rnd_options *options, struct rnd_compare_spec *out)
{
    struct rnd_options one = *options;
    out->count = 0;
    if (!options->compare && options->command != RND_COMMAND_COMPARE)
        return rnd_cmd_script_is_there(options) && rnd_cmd_params_fit(options);
    if (!rnd_cmd_script_is_there(options) || !read_compare(options, out))
        return false;
    for (uint32_t i = 0; i < out->count; i++) {
        struct rnd_compare_run *run = &out->runs[i];
        for (int p = 0; p < options->params.count && run->param_count < RND_COMPARE_PARAMS_MAX; p++)
            run->params[run->param_count++] = options->params.list[p];
        one.script = run->path;
        one.params.count = run->param_count;
        memcpy(one.params.list, run->params, (size_t)run->param_count * sizeof *run->params);
        if (!rnd_cmd_script_is_there(&one) || !rnd_cmd_params_fit(&one))
            return false;
    }
    return true;
}

static void do_nothing(int number)
{
    (void)number;
}

/* Ctrl+C reaches the worker too: it ends, and we tell about it.  Not SIG_IGN, which the worker
 * would inherit. */
void rnd_cmd_outlive_interrupts(void)
{
    sigaction(SIGINT, &(struct sigaction){.sa_handler = do_nothing}, NULL);
}

struct scn_run *rnd_cmd_run_to_end(const struct rnd_options *options,
                                   const struct scn_run_options *given)
{
    struct scn_run *run;
    char error[512];
    rnd_cmd_outlive_interrupts();
    if (scn_run_start(given, &run, error, sizeof error) < 0) {
        rnd_cmd_fail(options, "%s", error);
        return NULL;
    }
    scn_run_wait(run);
    if (scn_run_report(run)->message[0])
        fprintf(stderr, "awaitscope: %s\n", scn_run_report(run)->message);
    return run;
}

struct rnd_model *rnd_cmd_model(const struct rnd_options *options, struct scn_run *run)
{
    struct rnd_model *model = NULL;
    struct sim_trace_view view = scn_run_view(run);
    int error = rnd_model_build(&view, &model);
    if (error < 0)
        rnd_cmd_fail(options, "%s", sim_error_text(error));
    return model;
}

struct rnd_subject *rnd_cmd_subject(const struct rnd_options *options, struct scn_run_options given)
{
    struct rnd_subject *subject;
    char error[512];
    bool changed = false;
    given.mute_stdout = given.mute_stderr = true;
    rnd_cmd_outlive_interrupts();
    if (rnd_subject_open(&given, &subject, error, sizeof error) < 0) {
        rnd_cmd_fail(options, "%s", error);
        return NULL;
    }
    scn_run_wait(subject->run);
    int code = rnd_subject_poll(subject, &changed);
    if (code < 0) {
        rnd_cmd_fail(options, "%s", sim_error_text(code));
        rnd_subject_close(subject);
        return NULL;
    }
    if (scn_run_report(subject->run)->message[0])
        fprintf(stderr, "awaitscope: %s\n", scn_run_report(subject->run)->message);
    return subject;
}

uint32_t rnd_cmd_subjects(const struct rnd_options *options,
                          struct rnd_subject *subjects[RND_COMPARED_MAX])
{
    struct rnd_compare_spec spec;
    if (!rnd_cmd_compare_spec(options, &spec))
        return 0;
    uint32_t count = 0, wanted = spec.count ? spec.count : 1;
    for (; count < wanted; count++) {
        struct scn_run_options given = rnd_cmd_run_options(options);
        if (spec.count)
            rnd_compare_apply(&spec.runs[count], &given);
        subjects[count] = rnd_cmd_subject(options, given);
        if (!subjects[count])
            break;
    }
    if (count == wanted)
        return count;
    while (count > 0)
        rnd_subject_close(subjects[--count]);
    return 0;
}
