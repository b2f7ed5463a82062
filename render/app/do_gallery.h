/* The gallery in the window: opening it, and input while it is open. */
#ifndef RND_DO_GALLERY_H
#define RND_DO_GALLERY_H

#include "app.h"

#include <SDL.h>

/* Whether the input was meant for it. */
bool rnd_gallery_key(struct rnd_app *app, const SDL_Keysym *key);
bool rnd_gallery_text(const char *text);
void rnd_gallery_pick(struct rnd_app *app, uint32_t index);
void rnd_gallery_turn(struct rnd_app *app, int rows);
void rnd_gallery_leave(struct rnd_app *app);

/* As rnd_gallery_work, for the window's one. */
int rnd_gallery_tick(struct rnd_app *app);

#endif
