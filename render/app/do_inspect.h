/* Inspecting: what the inspector is about, and the runs that tell frames and variables.
 *
 * Recording a run costs nothing for this: where the cursor rests, the script is run again, out of
 * sight, up to that event, and once more up to the stop before.  What they told is kept for a
 * while.
 */
#ifndef RND_APP_DO_INSPECT_H
#define RND_APP_DO_INSPECT_H

#include "app.h"

/* Whether a press is on something that can be inspected, or that leads on: selects it, or goes
 * there; twice, the inspector is opened. */
bool rnd_inspect_press(struct rnd_app *app, struct rnd_hit hit, bool twice);

/* The name of a lane was pressed: selects its task, or no longer; twice, inspects it. */
void rnd_inspect_press_name(struct rnd_app *app, uint32_t task, bool twice);

/* Tells all of what a hit shows perhaps cut short; false where it shows no such thing. */
bool rnd_inspect_tip(const struct rnd_app *app, struct rnd_hit hit, char out[RND_TIP_MAX]);

/* Selects a thing. */
void rnd_inspect_select(struct rnd_app *app, struct rnd_thing thing);

/* Looks after the runs, after so much real time; returns in how many milliseconds it must be called
 * again, less than 0: only when something happens. */
int rnd_inspect_work(struct rnd_app *app, int64_t elapsed_ns);

/* The wheel was turned up by so much: scrolls the inspector, the ready queue, or the timers; false
 * where the hit is in none of them. */
bool rnd_inspect_wheel(struct rnd_app *app, struct rnd_hit hit, int up);

/* The subjects are other ones: all that was told is forgotten. */
void rnd_inspect_forget(struct rnd_app *app);

#endif
