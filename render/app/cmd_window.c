/* awaitscope FILE: the window. */
#include "cmd.h"
#include "window.h"

int rnd_cmd_window(const struct rnd_options *options)
{
    if (!rnd_cmd_script_is_there(options))
        return RND_OPTIONS_EXIT;
    char error[512];
    struct rnd_window_options window = {.run = rnd_cmd_run_options(options),
                                        .theme = options->theme,
                                        .scale = options->scale,
                                        .width = options->width_px,
                                        .height = options->height_px,
                                        .dump_path = options->dump};
    int code = rnd_window_run(&window, error, sizeof error);
    return code < 0 ? rnd_cmd_fail(options, "%s", error) : 0;
}
