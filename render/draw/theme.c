#include "theme.h"

#include <string.h>

#include "path.h"

static const struct rnd_theme themes[] = {
#include "theme_table.inc"
};

enum { THEMES = sizeof themes / sizeof *themes };

const struct rnd_theme *rnd_theme_at(size_t index)
{
    return index < THEMES ? &themes[index] : NULL;
}

const struct rnd_theme *rnd_theme_find(const char *name)
{
    for (size_t i = 0; i < THEMES; i++) {
        if (strcmp(themes[i].name, name) == 0)
            return &themes[i];
    }
    return NULL;
}

rnd_colour rnd_theme_task(const struct rnd_theme *theme, size_t task)
{
    return theme->task[task % RND_THEME_TASKS];
}

rnd_colour rnd_theme_text_on(const struct rnd_theme *theme, rnd_colour background)
{
    /* All task colours shall carry the same ink, even where the other would be a little stronger.
     */
    static const double readable = 3;
    double usual = rnd_colour_contrast(theme->accent_text, background);
    double other = rnd_colour_contrast(theme->text_primary, background);
    return usual >= readable || usual >= other ? theme->accent_text : theme->text_primary;
}

static int scaled(double px, double scale)
{
    double rounded = rnd_path_round(px * scale);
    return rounded < 1 ? 1 : (int)rounded;
}

struct rnd_sizes rnd_sizes_at(double scale)
{
    return (struct rnd_sizes){
        .scale = scale,
#define RND_THEME_SIZE(name, px, meaning) .name = scaled(px, scale),
#include "theme_sizes.def"
#undef RND_THEME_SIZE
    };
}

int rnd_sizes_px(const struct rnd_sizes *sizes, double px_at_scale_1)
{
    return scaled(px_at_scale_1, sizes->scale);
}
