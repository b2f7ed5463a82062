/* The one table of commands: what each is called, what it does in a sentence, which keys have it
 * and when it can be had.  Input, help, tooltips and the palette come from it.
 *
 * A command is one row for each amount that it is offered with.
 */
#ifndef RND_BINDINGS_H
#define RND_BINDINGS_H

#include "app.h"

#include <SDL.h>

/* What rows are about; the help shows them by it. */
enum rnd_binding_group {
    RND_GROUP_PLAY,
    RND_GROUP_MOVE,
    RND_GROUP_LOOK,
    RND_GROUP_TASKS,
    RND_GROUP_RUN,
    RND_GROUP_WINDOW,
    RND_GROUPS
};

/* What must be there for a command to be of use; none: nothing. */
enum {
    RND_NEEDS_SELECTED = 1,
    RND_NEEDS_PARAM = 2,
    RND_NEEDS_COMPARE = 4,
    RND_NEEDS_SEARCH = 8,
    RND_NEEDS_ALONE = 16,
    RND_NEEDS_FILES = 32, /* several */
    RND_NEEDS_RANGE = 64
};

struct rnd_binding {
    enum rnd_command command;
    int amount;
    enum rnd_binding_group group;
    /* Any number of keys, divided by blanks, the first of which is told: "Space", "Ctrl+P",
     * "Shift+Left", with SDL's names (a blank in one is written _).  A single character but a
     * letter or a digit is what is typed, wherever it is on the keyboard; "@W" is where a US
     * keyboard has its W. */
    const char *keys;
    const char *name;  /* a few words */
    const char *about; /* a sentence */
    unsigned needs;
    bool held; /* a key that is held down does it again and again */
};

extern const struct rnd_binding rnd_bindings[];
extern const size_t rnd_binding_count;

/* The binding of a key that went down, of a text that was typed; NULL: none. */
const struct rnd_binding *rnd_binding_of_key(const SDL_Keysym *key);
const struct rnd_binding *rnd_binding_of_text(const char *text);

/* The row of a command; NULL: none. */
const struct rnd_binding *rnd_binding_of(enum rnd_command command, int amount);

/* Whether it is about the window, whatever run it shows. */
bool rnd_binding_is_for_window(const struct rnd_binding *binding);

/* Whether the command can be had now. */
bool rnd_binding_available(const struct rnd_binding *binding, const struct rnd_app *app);
/* Why not, as a sentence. */
const char *rnd_binding_why_not(const struct rnd_binding *binding, const struct rnd_app *app);

#define RND_KEYS_MAX 32

/* The key to tell people, "" if there is none: "Ctrl P", "Shift Left". */
void rnd_binding_key(const struct rnd_binding *binding, char out[RND_KEYS_MAX]);

/* The keys that make steps. */
void rnd_binding_step_keys(struct rnd_step_keys *out);

#define RND_HELP_ROWS_MAX 160

/* The help: a row of each command that has a key, and what the mouse does.  A row without keys is
 * the title of those after it.  */
struct rnd_help {
    struct rnd_help_row rows[RND_HELP_ROWS_MAX];
    char keys[RND_HELP_ROWS_MAX][RND_KEYS_MAX];
    size_t count;
};
void rnd_binding_help(struct rnd_help *help);

#endif
