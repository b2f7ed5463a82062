/* Going on where somebody left a script: with the same cursor, zoom, lanes and panels.
 *
 * Invariant: what was left is taken up once, when its run is over, and not if somebody has done
 * anything meanwhile.
 */
#ifndef RND_LEFT_H
#define RND_LEFT_H

#include "app.h"

/* The shown script is opened: its panels are as they were at once, all else once it has run.  Where
 * several runs are compared, nothing is taken up. */
void rnd_left_begin(struct rnd_app *app);

/* Takes it up, if its time has come. */
void rnd_left_poll(struct rnd_app *app);

/* Somebody does something: nothing is taken up any more. */
void rnd_left_drop(struct rnd_app *app);

/* Keeps how the shown script is left. */
void rnd_left_keep(const struct rnd_app *app);

#endif
