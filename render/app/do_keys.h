/* Keys that are shown as they are pressed, if somebody wants that.
 *
 * They are what the view's step_shown says, which goes with the time.
 */
#ifndef RND_DO_KEYS_H
#define RND_DO_KEYS_H

#include "bindings.h"

/* A key was pressed that does that. */
void rnd_keys_pressed(struct rnd_app *app, const struct rnd_binding *binding);

/* So much real time has passed; returns in how many milliseconds to call it again, -1: not before
 * a key is pressed. */
int rnd_keys_work(struct rnd_app *app, int64_t elapsed_ns);

#endif
