/* Predicting which task runs next: asks before each switch, reveals, keeps the score. */
#ifndef RND_APP_PREDICT_H
#define RND_APP_PREDICT_H

#include "app.h"

#include <SDL.h>

/* Whether the input was meant for it. */
bool rnd_predict_key(struct rnd_app *app, const SDL_Keysym *key);
bool rnd_predict_text(const char *text);
bool rnd_predict_press(struct rnd_app *app, struct rnd_hit hit);

/* Begins anew where the script was run again. */
void rnd_predict_keep(struct rnd_app *app);

void rnd_predict_leave(struct rnd_app *app);

#endif
