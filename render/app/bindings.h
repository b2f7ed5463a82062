/* The one table of what keys and mouse do: input.c obeys it, and the help shows it. */
#ifndef RND_BINDINGS_H
#define RND_BINDINGS_H

#include "app.h"

#include <SDL.h>

/* A key by what is printed on it, by where it is, by what it types; or only a line of the help. */
enum rnd_binding_kind { RND_BIND_KEY, RND_BIND_PLACE, RND_BIND_TEXT, RND_BIND_NOTE };

struct rnd_binding {
    const char *keys, *help; /* of the help; NULL: this is only another way of the one before */
    enum rnd_binding_kind kind;
    int code; /* SDL_Keycode, SDL_Scancode, or a character */
    bool ctrl;
    enum rnd_command command;
    int amount;
};

extern const struct rnd_binding rnd_bindings[];
extern const size_t rnd_binding_count;

/* The binding of a key that went down, of a text that was typed; NULL: none. */
const struct rnd_binding *rnd_binding_of_key(const SDL_Keysym *key);
const struct rnd_binding *rnd_binding_of_text(const char *text);

#define RND_HELP_ROWS_MAX 48

/* The lines of the help; returns how many. */
size_t rnd_binding_help(struct rnd_help_row rows[RND_HELP_ROWS_MAX]);

#endif
