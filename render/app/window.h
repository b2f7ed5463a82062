/* The window: opens on a script, runs it, and lets people look at the run.
 *
 * Invariants:
 *  - The window is on the screen before the run is over, and shows what is recorded so far.
 *  - It draws only when something changed; paused, it waits for the next event.
 */
#ifndef RND_WINDOW_H
#define RND_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "compare.h"
#include "scenarios/run.h"
#include "sim/error.h"

#define RND_WINDOW_WIDTH_MIN 1024
#define RND_WINDOW_HEIGHT_MIN 640

/* A zero or NULL is the default of each field but `run`; all is borrowed. */
struct rnd_window_options {
    struct scn_run_options run;             /* what to run, and to run again */
    const struct rnd_compare_spec *compare; /* of which that is the first; NULL: nothing */
    const char *theme;                      /* default: what is preferred, or else dark */
    double scale;                           /* of everything; default: by the window's size */
    int width, height;                      /* of the window, in the desktop's units */
    bool forget;           /* nothing is remembered: not from before, and not for later */
    bool lessons;          /* the gallery is open at first */
    const char *dump_path; /* what the window shows is written there after each change: for tests */
};

/* Shows the window until it is closed.  Errors: SIM_EINVAL (no such theme), SIM_ENOMEM, SIM_EIO (no
 * display, fonts missing, the run cannot be started); `error`, of `error_size` bytes, then says why
 * in one line. */
int rnd_window_run(const struct rnd_window_options *options, char *error,
                   size_t error_size) SIM_MUST_CHECK;

#endif
