#include "options.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "options_table.h"

/* What is being read; `out` and `error` are the caller's. */
struct reader {
    int argc, next;
    char *const *argv;
    struct rnd_options *out;
    char *error;
    size_t size;
};

__attribute__((format(printf, 2, 3))) static int refuse(const struct reader *reader,
                                                        const char *format, ...)
{
    va_list args;
    int n = snprintf(reader->error, reader->size,
                     "%s: ", rnd_options_command_name(reader->out->command));
    va_start(args, format);
    if (n >= 0 && (size_t)n < reader->size)
        vsnprintf(reader->error + n, reader->size - (size_t)n, format, args);
    va_end(args);
    return SIM_EINVAL;
}

/* --- values ----------------------------------------------------------------------------------- */

/* A number from all of `text`. */
static bool read_number(const char *text, double *out)
{
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    return end != text && *end == '\0' && errno == 0 && isfinite(*out);
}

static bool read_count(const char *text, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return end != text && *end == '\0' && errno == 0;
}

static bool read_size(const char *text, int *width, int *height)
{
    char rest;
    return sscanf(text, "%5dx%5d%c", width, height, &rest) == 2 && *width >= RND_SIZE_LEAST_PX &&
           *height >= RND_SIZE_LEAST_PX && *width <= RND_SIZE_MOST_PX &&
           *height <= RND_SIZE_MOST_PX;
}

/* True if `text` is one of the words of "dark|light". */
static bool is_choice(const char *words, const char *text)
{
    size_t length = strlen(text);
    for (const char *word = words; word; word = strchr(word, '|')) {
        word += *word == '|';
        if (length > 0 && !strchr(text, '|') && strncmp(word, text, length) == 0 &&
            strchr("|", word[length]))
            return true;
    }
    return false;
}

/* Adds NAME=VALUE, which becomes two strings. */
static bool add_param(struct rnd_given_params *params, char *text)
{
    char *equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1] || params->count == RND_PARAMS_MOST)
        return false;
    *equals = '\0';
    params->list[params->count++] = (struct scn_param){.name = text, .value = equals + 1};
    return true;
}

/* Stores the value of an option where the table says; false if it is none. */
static bool store(const struct rnd_option *option, char *text, void *field)
{
    double number;
    int *size = field;
    int64_t *count = field;
    switch (option->type) {
    case RND_OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case RND_OPTION_TEXT:
        *(const char **)field = text;
        return *text != '\0';
    case RND_OPTION_CHOICE:
        *(const char **)field = text;
        return is_choice(option->value, text);
    case RND_OPTION_COUNT:
        return read_count(text, count) && *count >= 1 && *count <= RND_COUNT_MOST;
    case RND_OPTION_INDEX:
        return read_count(text, count) && *count >= 0 && *count <= RND_COUNT_MOST;
    case RND_OPTION_SECONDS:
    case RND_OPTION_MOMENT:
        if (!read_number(text, &number) || number < 0 || number > RND_SECONDS_MOST)
            return false;
        *count = (int64_t)llrint(number * 1e9);
        return option->type == RND_OPTION_MOMENT || *count > 0;
    case RND_OPTION_SIZE:
        return read_size(text, &size[0], &size[1]);
    case RND_OPTION_SPEED:
        return read_number(text, field) && *(double *)field >= 0.001 && *(double *)field <= 1000000;
    case RND_OPTION_FACTOR:
        return read_number(text, field) && *(double *)field >= 0.5 && *(double *)field <= 8;
    case RND_OPTION_PARAM:
        return add_param(field, text);
    }
    return false;
}

/* --- options ---------------------------------------------------------------------------------- */

/* The full name of a command that has the option. */
static const char *command_with(const struct rnd_option *option, enum rnd_command wanted)
{
    int c = (int)wanted;
    for (int i = 0; !(option->commands & (1u << c)); i++)
        c = i;
    return rnd_options_command_name((enum rnd_command)c);
}

static int refuse_unknown(const struct reader *reader, const char *name, int length)
{
    enum rnd_command command = reader->out->command;
    const struct rnd_option *other = rnd_option_find(name, (size_t)length);
    if (other)
        return refuse(reader, "--%s is an option of '%s'", other->name,
                      command_with(other, command));
    const struct rnd_option *near = rnd_option_nearest(command, name, (size_t)length);
    if (near)
        return refuse(reader, "unknown option --%.*s; did you mean '%s --%s'?", length, name,
                      command_with(near, command), near->name);
    return refuse(reader, "unknown option --%.*s; '%s --help' lists them", length, name,
                  rnd_options_command_name(command));
}

/* Reads the value of an option, which may be the next argument, and stores it. */
static int take_value(struct reader *reader, const struct rnd_option *option, char *attached)
{
    char *text = attached;
    if (option->type == RND_OPTION_FLAG && attached)
        return refuse(reader, "--%s takes no value", option->name);
    if (option->type != RND_OPTION_FLAG && !attached) {
        if (reader->next >= reader->argc)
            return refuse(reader, "--%s needs a value: --%s %s", option->name, option->name,
                          option->value);
        text = reader->argv[reader->next++];
    }
    if (store(option, text, (char *)reader->out + option->offset))
        return 0;
    return refuse(reader, "--%s: '%s' is %s%s%s", option->name, text,
                  rnd_option_expects(option->type), option->type == RND_OPTION_CHOICE ? ": " : "",
                  option->type == RND_OPTION_CHOICE ? option->value : "");
}

static int take_long(struct reader *reader, char *name)
{
    size_t length = strcspn(name, "=");
    const struct rnd_option *option = rnd_option_find(name, length);
    if (!option || !(option->commands & (1u << reader->out->command)))
        return refuse_unknown(reader, name, (int)length);
    return take_value(reader, option, name[length] == '=' ? name + length + 1 : NULL);
}

static int take_short(struct reader *reader, char *letters)
{
    const struct rnd_option *option = rnd_option_find_letter(letters[0]);
    if (!option || !(option->commands & (1u << reader->out->command)) ||
        (option->type == RND_OPTION_FLAG && letters[1]))
        return refuse(reader, "unknown option -%s; '%s --help' lists them", letters,
                      rnd_options_command_name(reader->out->command));
    return take_value(reader, option, letters[1] ? letters + 1 : NULL);
}

/* --- the line --------------------------------------------------------------------------------- */

/* Everything from here on is the script's. */
static void take_rest(struct reader *reader)
{
    reader->out->args = (const char *const *)reader->argv + reader->next;
    reader->out->arg_count = reader->argc - reader->next;
    reader->next = reader->argc;
}

static int take_argument(struct reader *reader)
{
    struct rnd_options *out = reader->out;
    char *argument = reader->argv[reader->next++];
    bool option = argument[0] == '-' && argument[1] != '\0';
    if (strcmp(argument, "--") == 0) {
        if (!out->script && reader->next < reader->argc)
            out->script = reader->argv[reader->next++];
        take_rest(reader);
    } else if (option) {
        return argument[1] == '-' ? take_long(reader, argument + 2)
                                  : take_short(reader, argument + 1);
    } else if ((out->compare || out->command == RND_COMMAND_COMPARE) && out->script) {
        if (out->run_count == RND_RUNS_MOST)
            return refuse(reader, "'%s' is one word too many", argument);
        out->runs[out->run_count++] = argument;
    } else if (!out->script) {
        out->script = out->runs[out->run_count++] = argument;
        if (rnd_command_table[out->command].rest_is_the_scripts)
            take_rest(reader);
    } else if (out->command == RND_COMMAND_WINDOW && rnd_command_nearest(out->script)) {
        return refuse(reader, "unknown command '%s'; did you mean '%s'?", out->script,
                      rnd_command_nearest(out->script));
    } else {
        return refuse(reader, "'%s' is one file too many; the script's own arguments follow '--'",
                      argument);
    }
    return 0;
}

/* What only the whole line can tell. */
static int check(const struct reader *reader)
{
    const struct rnd_options *out = reader->out;
    if (out->help || out->version)
        return 0;
    if (!out->script && out->command != RND_COMMAND_WINDOW && !out->lessons)
        return refuse(reader, "no script given; '%s --help' says how",
                      rnd_options_command_name(out->command));
    if (out->at_ns >= 0 && out->event >= 0)
        return refuse(reader, "--at and --event exclude each other: give one moment");
    if (out->command == RND_COMMAND_RECORD && !out->output)
        return refuse(reader, "where to? give the video's file: -o out.mp4");
    if (out->command == RND_COMMAND_SHOT && !out->output)
        return refuse(reader, "where to? give the picture's file: -o out.png");
    return 0;
}

int rnd_options_parse(int argc, char *const *argv, struct rnd_options *out, char *error,
                      size_t size)
{
    struct reader reader = {argc, 1, argv, out, error, size};
    *out = (struct rnd_options){.command = RND_COMMAND_WINDOW, .at_ns = -1, .event = -1};
    for (int c = RND_COMMAND_WINDOW + 1; c < RND_COMMAND_COUNT && argc > 1; c++)
        if (strcmp(argv[1], rnd_command_table[c].name) == 0) {
            out->command = (enum rnd_command)c;
            reader.next = 2;
        }
    while (reader.next < argc) {
        int code = take_argument(&reader);
        if (code < 0)
            return code;
    }
    return check(&reader);
}
