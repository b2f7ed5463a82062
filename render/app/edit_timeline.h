/* The field in the timeline, or above the output, that is edited, and what becomes of its text. */
#ifndef RND_EDIT_TIMELINE_H
#define RND_EDIT_TIMELINE_H

#include "app.h"

#include <SDL.h>

/* Begins to edit a text. */
void rnd_edit_begin(struct rnd_app *app, enum rnd_editing what, const char *text);

/* Keeps what was typed, as Enter does, where something is edited. */
void rnd_edit_timeline_end(struct rnd_app *app);

/* Each says whether the input was meant for the field. */
bool rnd_edit_timeline_key(struct rnd_app *app, const SDL_Keysym *key);
bool rnd_edit_timeline_text(struct rnd_app *app, const char *text);
bool rnd_edit_timeline_press(struct rnd_app *app, struct rnd_hit hit);

/* Edits the name or the note of a mark; keeps what was typed, gives it up, goes on with the other
 * of the two. */
void rnd_mark_edit(struct rnd_app *app, uint32_t index, enum rnd_editing what);
void rnd_mark_accept(struct rnd_app *app);
void rnd_mark_cancel(struct rnd_app *app);
void rnd_mark_other(struct rnd_app *app);

/* Shows the lanes whose name contains this, "": all. */
void rnd_lanes_filter(struct rnd_app *app, const char *filter);

#endif
