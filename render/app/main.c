/* The composition root: reads the command line and hands over to a command. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "options.h"

enum { PROGRAM_PATH_MAX = 4096 };

static int (*const commands[])(const struct rnd_options *) = {
    [RND_COMMAND_WINDOW] = rnd_cmd_window,   [RND_COMMAND_RUN] = rnd_cmd_run,
    [RND_COMMAND_TRACE] = rnd_cmd_trace,     [RND_COMMAND_SHOT] = rnd_cmd_shot,
    [RND_COMMAND_COMPARE] = rnd_cmd_compare,
};

/* What records is a program of its own: the libraries for that take longer to load than all else.
 */
static int hand_over_to_recorder(const struct rnd_options *options, char **argv)
{
    char path[PROGRAM_PATH_MAX];
    errno = ENOENT;
    if (scn_run_find_program("awaitscope-recorder", path, sizeof path))
        execv(path, argv);
    rnd_cmd_fail(options, "cannot start %s: %s", path, strerror(errno));
    return RND_OPTIONS_EXIT;
}

int main(int argc, char **argv)
{
    struct rnd_options options;
    char error[512];
    if (rnd_options_parse(argc, argv, &options, error, sizeof error) < 0) {
        fprintf(stderr, "%s\n", error);
        return RND_OPTIONS_EXIT;
    }
    if (options.help)
        rnd_options_print_help(options.command, stdout);
    else if (options.version)
        puts("awaitscope " AWAITSCOPE_VERSION);
    else if (options.command == RND_COMMAND_RECORD)
        return hand_over_to_recorder(&options, argv);
    else
        return commands[options.command](&options);
    return rnd_cmd_flush(&options) ? 0 : RND_OPTIONS_EXIT;
}
