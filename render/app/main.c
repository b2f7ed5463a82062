/* The composition root: reads the command line and hands over to a command. */
#include <stdio.h>

#include "cmd.h"
#include "options.h"

static int (*const commands[])(const struct rnd_options *) = {
    [RND_COMMAND_WINDOW] = rnd_cmd_window, [RND_COMMAND_RUN] = rnd_cmd_run,
    [RND_COMMAND_TRACE] = rnd_cmd_trace,   [RND_COMMAND_SHOT] = rnd_cmd_shot,
    [RND_COMMAND_RECORD] = rnd_cmd_record, [RND_COMMAND_COMPARE] = rnd_cmd_compare,
};

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
    else
        return commands[options.command](&options);
    return rnd_cmd_flush(&options) ? 0 : RND_OPTIONS_EXIT;
}
