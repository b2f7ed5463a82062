/* What the window remembers from one session to the next.
 *
 * Preferences are what people may write themselves: $XDG_CONFIG_HOME/awaitscope/preferences.  State
 * is how the window was left: $XDG_STATE_HOME/awaitscope/window.  Of both, only what was changed in
 * the window is written.  What the command line says comes first, and is not kept.
 */
#ifndef RND_REMEMBER_H
#define RND_REMEMBER_H

#include "app.h"
#include "prefs.h"

/* The window itself, in the desktop's units. */
struct rnd_remembered_window {
    int width, height; /* when it is neither of these two; 0: not known */
    bool maximized;
};

struct rnd_remember {
    struct rnd_prefs *preferences, *state; /* owned; NULL: nothing is kept */
    /* As it was when it was opened. */
    const struct rnd_theme *theme;
    double larger, speed;
    enum rnd_step_kind step;
    struct rnd_layout_spec spec;
    struct rnd_remembered_window window;
};

/* Reads both files.  With `forget`, nothing is read and nothing will be kept. */
void rnd_remember_open(struct rnd_remember *remember, bool forget, FILE *complaints);
void rnd_remember_close(struct rnd_remember *remember);

/* The theme that is preferred, NULL if none is. */
const struct rnd_theme *rnd_remember_theme(const struct rnd_remember *remember);

/* How the window was left. */
struct rnd_remembered_window rnd_remember_window(const struct rnd_remember *remember);

/* Makes the application what it was; call once, when it is open. */
void rnd_remember_apply(struct rnd_remember *remember, struct rnd_app *app);

/* Keeps what is different now. */
void rnd_remember_keep(struct rnd_remember *remember, const struct rnd_app *app,
                       struct rnd_remembered_window window);

#endif
