/* Changing parameters with mouse and keyboard. */
#ifndef RND_DO_PARAM_H
#define RND_DO_PARAM_H

#include "app.h"

#include <SDL.h>

/* A press on something of a parameter: true if it was.  On a slider, the pointer then drags it:
 * `drag` is set. */
bool rnd_param_press(struct rnd_app *app, struct rnd_hit hit, bool twice, bool *drag);

/* The slider that was pressed follows the pointer. */
void rnd_param_drag(struct rnd_app *app, struct rnd_hit hit);

/* The wheel was turned over something; true if it was of a parameter. */
bool rnd_param_wheel(struct rnd_app *app, struct rnd_hit hit, int steps);

/* What to tell of something of a parameter; false if it is none. */
bool rnd_param_tip(const struct rnd_app *app, struct rnd_hit hit, char out[RND_TIP_MAX]);

/* While a value is typed, keys and text are its; true if they were. */
bool rnd_param_key(struct rnd_app *app, const SDL_Keysym *key);
bool rnd_param_type(struct rnd_app *app, const char *text);

#endif
