/* awaitscope FILE: the window. */
#include <stdlib.h>

#include "cmd.h"
#include "window.h"

/* Without any of these SDL would open a window on a screen that nobody sees. */
static bool there_is_a_display(void)
{
    static const char *const signs[] = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *value = getenv(signs[i]);
        if (value && *value)
            return true;
    }
    return false;
}

int rnd_cmd_window(const struct rnd_options *options)
{
    if (!rnd_cmd_script_is_there(options) || !rnd_cmd_params_fit(options))
        return RND_OPTIONS_EXIT;
    if (!there_is_a_display())
        return rnd_cmd_fail(options,
                            "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); "
                            "'awaitscope run --timeline' and 'awaitscope shot' need none");
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
