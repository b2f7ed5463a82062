/* Themes: every colour by name, and every measure that panels share at a scale.
 *
 * The colours come from assets/themes/NAME.theme and are compiled in; nothing is read at run time.
 *
 * Invariants:
 *  - Every theme defines every colour; all are opaque but selection and hover.
 *  - Text has a contrast of at least 4.5 on every ground that it stands on; in "contrast", 7.
 *  - Colours of tasks, and those of states, differ for every kind of eye.
 */
#ifndef RND_THEME_H
#define RND_THEME_H

#include <stddef.h>

#include "colour.h"

#define RND_THEME_TASKS 8

/* So much of 255 of a task's colour lies under what is written about it as it runs: its line of
 * source, its card. */
#define RND_ROW_TINT 34

struct rnd_theme {
    const char *name;
#define RND_THEME_COLOUR(name, meaning) rnd_colour name;
#include "theme_colours.def"
#undef RND_THEME_COLOUR
    rnd_colour task[RND_THEME_TASKS]; /* use rnd_theme_task() */
};

/* Measures in whole pixels at one scale. */
struct rnd_sizes {
    double scale;
#define RND_THEME_SIZE(name, px, meaning) int name;
#include "theme_sizes.def"
#undef RND_THEME_SIZE
};

/* The theme of that name, or NULL; and all of them by index, NULL past the last. */
const struct rnd_theme *rnd_theme_find(const char *name);
const struct rnd_theme *rnd_theme_at(size_t index);

/* The colour of the task with that number, from 0: the palette, then round again. */
rnd_colour rnd_theme_task(const struct rnd_theme *theme, size_t task);

/* Text or icon colour that reads well on a background: accent_text, else text_primary. */
rnd_colour rnd_theme_text_on(const struct rnd_theme *theme, rnd_colour background);

/* Measures at a scale (1 is the design's 1920 x 1080), none below one pixel. */
struct rnd_sizes rnd_sizes_at(double scale);

/* Any other measure at a scale, in whole pixels, at least 1. */
int rnd_sizes_px(const struct rnd_sizes *sizes, double px_at_scale_1);

#endif
