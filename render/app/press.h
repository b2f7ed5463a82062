/* What a click is: the command of each place that has one.  Input obeys it, tooltips tell it. */
#ifndef RND_PRESS_H
#define RND_PRESS_H

#include "bindings.h"

/* The command of what is under the pointer; false if it has none. */
bool rnd_press_of(struct rnd_hit hit, enum rnd_command *command, int *amount);

/* What is told of what is under a resting pointer: what a click does, and the key that does the
 * same; "" if there is nothing to tell. */
void rnd_press_tip(const struct rnd_app *app, struct rnd_hit hit, char out[RND_TIP_MAX]);

#endif
