/* awaitscope FILE: the window. */
#include <stdlib.h>

#include "cmd.h"
#include "gallery.h"
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

static int open_window(const struct rnd_options *options, bool lessons)
{
    struct rnd_compare_spec spec;
    if (!rnd_cmd_compare_spec(options, &spec))
        return RND_OPTIONS_EXIT;
    if (!there_is_a_display())
        return rnd_cmd_fail(options,
                            "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set); "
                            "'awaitscope run --timeline' and 'awaitscope shot' need none");
    char error[512];
    struct rnd_window_options window = {.run = rnd_cmd_run_options(options),
                                        .lessons = lessons,
                                        .theme = options->theme,
                                        .scale = options->scale,
                                        .width = options->width_px,
                                        .height = options->height_px,
                                        .forget = options->forget,
                                        .dump_path = options->dump};
    if (spec.count) {
        window.compare = &spec;
        window.run.script = spec.runs[0].path;
    }
    int code = rnd_window_run(&window, error, sizeof error);
    return code < 0 ? rnd_cmd_fail(options, "%s", error) : 0;
}

/* Without a file the first lesson is opened, and lies under all of them; NULL: there is none. */
static const char *first_lesson(struct rnd_gallery *gallery)
{
    rnd_gallery_load(gallery);
    return gallery->view.count > 0 ? gallery->paths[0] : NULL;
}

int rnd_cmd_window(const struct rnd_options *given)
{
    struct rnd_gallery gallery = {0};
    struct rnd_options options = *given;
    if (!options.script)
        options.script = first_lesson(&gallery);
    int code = options.script ? open_window(&options, given->lessons || !given->script)
                              : rnd_cmd_fail(given, "no script given; '%s --help' says how",
                                             rnd_options_command_name(given->command));
    rnd_gallery_close(&gallery);
    return code;
}

int rnd_cmd_compare(const struct rnd_options *options)
{
    return rnd_cmd_window(options);
}
