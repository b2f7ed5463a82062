/* The recorder: `awaitscope record`, which the main program becomes. */
#include <stdio.h>

#include "cmd.h"
#include "options.h"

int main(int argc, char **argv)
{
    struct rnd_options options;
    char error[512];
    if (rnd_options_parse(argc, argv, &options, error, sizeof error) == 0 &&
        options.command == RND_COMMAND_RECORD)
        return rnd_cmd_record(&options);
    fprintf(stderr, "awaitscope-recorder is started by awaitscope, not by hand\n");
    return RND_OPTIONS_EXIT;
}
