#include "params.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/view/script.h"

static const struct rnd_param *find(const struct rnd_lesson *lesson, const char *name)
{
    for (uint32_t i = 0; i < lesson->param_count; i++)
        if (strcmp(lesson->params[i].name, name) == 0)
            return &lesson->params[i];
    return NULL;
}

/* Says that there is no such parameter, and which there are. */
static int refuse_name(const struct rnd_lesson *lesson, const char *path, const char *name,
                       char *error, size_t size)
{
    int used = snprintf(error, size, "--param: %s has no parameter '%s'", path, name);
    for (uint32_t i = 0; i < lesson->param_count && used >= 0 && (size_t)used < size; i++)
        used += snprintf(error + used, size - (size_t)used, "%s%s (line %" PRIu32 ")",
                         i ? ", " : "; it has ", lesson->params[i].name, lesson->params[i].line);
    if (lesson->param_count == 0 && used >= 0 && (size_t)used < size)
        snprintf(error + used, size - (size_t)used, ", nor any line with '# param:'");
    return SIM_EINVAL;
}

/* A number in digits, as both the interpreter and we read it; whole if it has to be. */
static bool read_value(const char *text, bool whole, double *out)
{
    char *end;
    for (const char *at = text; *at; at++)
        if (!isdigit((unsigned char)*at) && (whole || *at != '.') && (*at != '-' || at != text))
            return false;
    *out = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*out);
}

static int check_value(const struct rnd_param *param, const char *path, const char *text,
                       char *error, size_t size)
{
    double value;
    if (param->words && !rnd_param_read(param, text, &value))
        snprintf(error, size, "--param: %s:%" PRIu32 ": %s is %s, not '%s'", path, param->line,
                 param->name, param->words, text);
    else if (param->words)
        return 0;
    else if (!read_value(text, param->whole, &value))
        snprintf(error, size, "--param: %s:%" PRIu32 ": %s is a%s number, not '%s'", path,
                 param->line, param->name, param->whole ? " whole" : "", text);
    else if (value < param->low || value > param->high)
        snprintf(error, size, "--param: %s:%" PRIu32 ": %s is from %g to %g, not %s", path,
                 param->line, param->name, param->low, param->high, text);
    else
        return 0;
    return SIM_EINVAL;
}

int rnd_params_check(const struct scn_param *params, int count, const char *path, char *error,
                     size_t error_size)
{
    struct rnd_script script;
    if (count == 0)
        return 0;
    int code = rnd_script_open(&script, path);
    if (code < 0) {
        snprintf(error, error_size, "%s: %s", path, sim_error_text(code));
        return code;
    }
    for (int i = 0; i < count && code == 0; i++) {
        const struct rnd_param *param = find(&script.lesson, params[i].name);
        code = param ? check_value(param, path, params[i].value, error, error_size)
                     : refuse_name(&script.lesson, path, params[i].name, error, error_size);
    }
    rnd_script_close(&script);
    return code;
}
