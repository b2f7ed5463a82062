#include "compare.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- reading ---------------------------------------------------------------------------------- */

/* NAME=VALUE; otherwise it is a file or a bar. */
static bool is_param(const char *word)
{
    size_t name = 0;
    while (isalnum((unsigned char)word[name]) || word[name] == '_')
        name++;
    return name > 0 && !isdigit((unsigned char)word[0]) && word[name] == '=' && word[name + 1];
}

static bool add_param(struct rnd_compare_run *run, const char *word)
{
    size_t length = strlen(word) + 1, name = strcspn(word, "=");
    if (run->param_count == RND_COMPARE_PARAMS_MAX || run->text_used + length > sizeof run->texts)
        return false;
    char *text = run->texts + run->text_used;
    memcpy(text, word, length);
    text[name] = '\0';
    run->params[run->param_count++] = (struct scn_param){.name = text, .value = text + name + 1};
    run->text_used += length;
    return true;
}

static bool is_limit(const char *word)
{
    return strncmp(word, RND_COMPARE_MAX_EVENTS, strlen(RND_COMPARE_MAX_EVENTS)) == 0;
}

static bool set_limit(struct rnd_compare_run *run, const char *word)
{
    const char *number = word + strlen(RND_COMPARE_MAX_EVENTS);
    char *end;
    run->max_events = strtoll(number, &end, 10);
    return isdigit((unsigned char)*number) && !*end && run->max_events > 0 &&
           run->max_events <= SCN_RUN_MAX_EVENTS_MOST;
}

static int refuse(char *error, size_t size, const char *why, const char *word)
{
    (void)snprintf(error, size, "%s%s%s", why, *word ? ": " : "", word);
    return SIM_EINVAL;
}

/* The next run, of a file; NULL: there are too many. */
static struct rnd_compare_run *begin_run(struct rnd_compare_spec *spec, const char *path)
{
    if (spec->count == RND_COMPARED_MAX)
        return NULL;
    struct rnd_compare_run *run = &spec->runs[spec->count++];
    run->param_count = 0;
    run->max_events = 0;
    run->text_used = 0;
    (void)snprintf(run->path, sizeof run->path, "%s", path);
    return run;
}

/* Says how the open run is to be: a value for a parameter, or when it ends. */
static int set_value(struct rnd_compare_run *open, const char *word, char *error, size_t size)
{
    if (!is_limit(word))
        return add_param(open, word)
                   ? 0
                   : refuse(error, size, "a run has too many values for parameters", word);
    if (set_limit(open, word))
        return 0;
    (void)snprintf(error, size, "a run ends after 1 to %" PRId64 " events: %s",
                   SCN_RUN_MAX_EVENTS_MOST, word);
    return SIM_EINVAL;
}

/* A word goes to the run that is open, or begins one.  `files_begin`: a file does, always. */
static int take_word(struct rnd_compare_spec *spec, struct rnd_compare_run **open,
                     const char *script, const char *word, bool files_begin, char *error,
                     size_t size)
{
    bool value = is_limit(word) || is_param(word);
    if (strcmp(word, "|") == 0) {
        *open = NULL;
        return 0;
    }
    if (!*open || (!value && files_begin)) {
        const char *before = spec->count ? spec->runs[spec->count - 1].path : script;
        *open = begin_run(spec, value ? before : word);
        if (!*open)
            return refuse(error, size, "no more than four runs can be compared", "");
        if (!*(*open)->path)
            return refuse(error, size, "a file comes before values for its parameters", word);
        if (!value)
            return 0;
    }
    return value ? set_value(*open, word, error, size)
                 : refuse(error, size, "a run has one file", word);
}

static int check_count(const struct rnd_compare_spec *spec, char *error, size_t size)
{
    return spec->count > 1 ? 0 : refuse(error, size, "to compare takes two runs or more", "");
}

int rnd_compare_read(const char *const *words, int count, struct rnd_compare_spec *out, char *error,
                     size_t error_size)
{
    struct rnd_compare_run *open = NULL;
    int code = 0;
    out->count = 0;
    for (int i = 0; i < count && !code; i++)
        code = take_word(out, &open, "", words[i], true, error, error_size);
    return code ? code : check_count(out, error, error_size);
}

/* A file that a lesson names is beside it. */
static int place_beside(struct rnd_compare_run *run, const char *script)
{
    const char *slash = strrchr(script, '/');
    char path[PATH_MAX];
    if (run->path[0] == '/' || !slash || strcmp(run->path, script) == 0)
        return 0;
    int length =
        snprintf(path, sizeof path, "%.*s%s", (int)(slash - script) + 1, script, run->path);
    if (length < 0 || (size_t)length >= sizeof path)
        return SIM_EINVAL;
    memcpy(run->path, path, (size_t)length + 1);
    return 0;
}

int rnd_compare_read_lesson(const char *script, const char *text, struct rnd_compare_spec *out,
                            char *error, size_t error_size)
{
    struct rnd_compare_run *open = NULL;
    int code = 0;
    out->count = 0;
    while (*text && !code) {
        char word[256];
        size_t length = strcspn(text, " \t");
        (void)snprintf(word, sizeof word, "%.*s", (int)length, text);
        if (length)
            code = take_word(out, &open, script, word, false, error, error_size);
        text += length + (text[length] != '\0');
    }
    for (uint32_t i = 0; i < out->count && !code; i++)
        code = place_beside(&out->runs[i], script);
    return code ? code : check_count(out, error, error_size);
}

void rnd_compare_apply(const struct rnd_compare_run *run, struct scn_run_options *options)
{
    options->script = run->path;
    options->params = run->params;
    options->param_count = run->param_count;
    if (run->max_events)
        options->max_events = run->max_events;
}

/* --- titles ----------------------------------------------------------------------------------- */

/* Of the script's own title, so many bytes are said: enough to know it again. */
#define SCRIPT_TITLE_MAX 56

/* Whether all runs of the same script as `run` have the same value for a parameter. */
static bool all_same(struct rnd_subject *const *subjects, uint32_t count, uint32_t run,
                     uint32_t param)
{
    double value = subjects[run]->script.lesson.params[param].value;
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(subjects[i]->path, subjects[run]->path) == 0 &&
            param < subjects[i]->script.lesson.param_count &&
            !rnd_param_same(subjects[i]->script.lesson.params[param].value, value))
            return false;
    return true;
}

static bool one_script(struct rnd_subject *const *subjects, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (strcmp(subjects[i]->path, subjects[0]->path) != 0)
            return false;
    return true;
}

/* "serial", "LIMIT = 3.5 s", both joined; "" if nothing is different. */
static void write_values(struct rnd_subject *const *subjects, uint32_t count, uint32_t run,
                         char *out, size_t size)
{
    const struct rnd_lesson *lesson = &subjects[run]->script.lesson;
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < lesson->param_count && used + RND_PARAM_TEXT_MAX < size; i++) {
        const struct rnd_param *param = &lesson->params[i];
        char value[RND_PARAM_TEXT_MAX];
        bool changed = !one_script(subjects, count) && !rnd_param_same(param->value, param->own);
        if (all_same(subjects, count, run, i) && !changed)
            continue;
        (void)rnd_param_label(param, param->value, value, sizeof value);
        int length = snprintf(out + used, size - used, "%s%s%s%s", used ? ", " : "",
                              param->words ? "" : param->name, param->words ? "" : " = ", value);
        used += length > 0 ? (size_t)length : 0;
    }
}

/* A script's title, or as many of its words as leave room for what else is said. */
static void write_script(const char *title, char *out, size_t size)
{
    static const char cut[] = "…";
    size_t length = strlen(title), most = size - sizeof cut;
    if (length < size) {
        memcpy(out, title, length + 1);
        return;
    }
    for (length = most; length > most / 2 && title[length] != ' '; length--)
        ;
    if (title[length] != ' ')
        for (length = most; length > 0 && ((unsigned char)title[length] & 0xc0) == 0x80; length--)
            ;
    memcpy(out, title, length);
    memcpy(out + length, cut, sizeof cut);
}

/* Titles that are the same get numbers: the later ones of them. */
static void number_titles(struct rnd_compared *runs, uint32_t count)
{
    for (uint32_t i = count; i-- > 1;) {
        uint32_t number = 1;
        for (uint32_t other = 0; other < i; other++)
            number += strcmp(runs[other].title, runs[i].title) == 0;
        size_t length = strlen(runs[i].title), room = sizeof runs[i].title;
        if (number > 1 && length + sizeof " (4)" <= room)
            (void)snprintf(runs[i].title + length, room - length, " (%u)", number);
    }
}

void rnd_compare_titles(struct rnd_subject *const *subjects, uint32_t count,
                        struct rnd_compared *out)
{
    bool one = one_script(subjects, count);
    for (uint32_t i = 0; i < count; i++) {
        char values[sizeof out[i].title], script[SCRIPT_TITLE_MAX];
        write_script(rnd_script_title(&subjects[i]->script), script, sizeof script);
        write_values(subjects, count, i, values, sizeof values);
        if (one && *values)
            (void)snprintf(out[i].title, sizeof out[i].title, "%s", values);
        else if (snprintf(out[i].title, sizeof out[i].title, "%s%s%s", script, *values ? " · " : "",
                          values) < 0)
            out[i].title[0] = '\0';
    }
    number_titles(out, count);
}

int rnd_compare_subjects(struct rnd_subject *const *subjects, uint32_t count,
                         struct rnd_compare *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct rnd_subject *subject = subjects[i];
        struct rnd_compared *run = &out->runs[i];
        run->model = subject->model;
        run->script = &subject->script;
        run->rows = &subject->rows;
        run->notes = &subject->notes;
    }
    out->count = count;
    out->focus = 0;
    out->lesson = subjects[0]->script.lesson.compared;
    rnd_compare_titles(subjects, count, out->runs);
    return rnd_compare_open(out);
}
