/* The range that is selected on the timeline. */
#ifndef RND_APP_RANGE_H
#define RND_APP_RANGE_H

#include "app.h"

/* Selects a range, or none where it is not set, and counts how tasks spent it. */
void rnd_app_set_range(struct rnd_app *app, struct rnd_range range);

/* The same while it is dragged: what would take too long is not counted yet. */
void rnd_app_drag_range(struct rnd_app *app, struct rnd_range range);

/* The selected task is another one. */
void rnd_app_count_range(struct rnd_app *app);

/* The run goes on as another one of the same script. */
void rnd_app_carry_range(struct rnd_app *app, const struct rnd_model *before);

#endif
