/* Editing a field with the keyboard: what keys and typed text do to it.
 *
 * The clipboard is the desktop's.  Whose field it is decides what its text means.
 */
#ifndef RND_EDIT_H
#define RND_EDIT_H

#include "render/view/field.h"

#include <SDL.h>

/* What a key did.  NOT: nothing, it has another meaning.  ACCEPT, CANCEL: Enter, Escape; the field
 * is as it was. */
enum rnd_edit { RND_EDIT_NOT, RND_EDIT_MOVED, RND_EDIT_CHANGED, RND_EDIT_ACCEPT, RND_EDIT_CANCEL };

/* A key that went down; up, down, Tab, function keys and unknown ones with Ctrl are NOT of a field.
 * A key that types is MOVED: its text follows. */
enum rnd_edit rnd_edit_key(struct rnd_field *field, const SDL_Keysym *key);

/* A text that was typed. */
enum rnd_edit rnd_edit_text(struct rnd_field *field, const char *text);

#endif
