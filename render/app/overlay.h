/* What lies over the panels and takes the input while it does.  Each function says whether the
 * input was meant for it. */
#ifndef RND_OVERLAY_H
#define RND_OVERLAY_H

#include "app.h"

#include <SDL.h>

bool rnd_overlay_key(struct rnd_app *app, const SDL_Keysym *key);
bool rnd_overlay_text(struct rnd_app *app, const char *text);
/* A click on something; the wheel turned over it by so many rows, up if positive. */
bool rnd_overlay_press(struct rnd_app *app, struct rnd_hit hit);
bool rnd_overlay_wheel(struct rnd_app *app, struct rnd_hit hit, int rows);

/* Closes what lies uppermost; false if there is nothing. */
bool rnd_overlay_close(struct rnd_app *app);

/* Does a slice of the work that overlays have.  Returns after how many milliseconds there is more
 * to do, -1: there is none. */
int rnd_overlay_work(struct rnd_app *app);

#endif
