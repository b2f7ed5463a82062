/* The picker at work: what is typed filters what a source offers, and one of it is taken.
 *
 * Invariants:
 *  - It is open while it has a source; the view then points to its picture.
 *  - A source's functions are called while it is open only.
 */
#ifndef RND_APP_PICKER_H
#define RND_APP_PICKER_H

#include "render/view/picker.h"
#include "sim/error.h"

#include <SDL.h>

struct rnd_app;
struct rnd_picker;

/* What is picked from. */
struct rnd_picker_source {
    const char *title, *hint;
    /* What is typed has changed: says how many rows there are (view.total), and a status. */
    void (*filter)(struct rnd_app *app, struct rnd_picker *picker);
    /* Writes a row, which is zeros but for `task`, RND_NEVER; index < view.total. */
    void (*row)(struct rnd_app *app, struct rnd_picker *picker, uint32_t index,
                struct rnd_picker_row *out);
    /* A row was taken; RND_NEVER: Enter, and there is none.  It closes the picker, or not. */
    void (*take)(struct rnd_app *app, struct rnd_picker *picker, uint32_t index);
    /* Tab: puts a row into the field; NULL: Tab does nothing. */
    void (*complete)(struct rnd_app *app, struct rnd_picker *picker, uint32_t index);
    /* Frees what it keeps in `data`; NULL: nothing. */
    void (*close)(struct rnd_picker *picker);
};

/* An entry of a source that fits what is typed. */
struct rnd_ranked {
    uint32_t index;
    int score;
};

struct rnd_picker {
    const struct rnd_picker_source *source;
    struct rnd_picker_view view;
    void *data;                /* the source's */
    struct rnd_ranked *ranked; /* of rnd_picker_rank: view.total of them, the best first */
    uint32_t capacity;
};

/* Opens it with a text in its field; what was open is closed.  `data` is what the source's
 * functions find in the picker. */
void rnd_picker_open(struct rnd_app *app, const struct rnd_picker_source *source, void *data,
                     const char *text);
void rnd_picker_close(struct rnd_app *app);

/* The source has other rows than before, though the same was typed. */
void rnd_picker_refresh(struct rnd_app *app);

/* Ranks `count` entries by how well they fit the field's text from byte `from` on; those whose text
 * is NULL do not. */
void rnd_picker_rank(struct rnd_app *app, struct rnd_picker *picker, uint32_t count, size_t from,
                     const char *(*text)(struct rnd_app *app, struct rnd_picker *picker,
                                         uint32_t index));

/* Ranks `count` entries by their names, and says how many fit: "7 files" and `more`. */
void rnd_picker_rank_names(struct rnd_app *app, struct rnd_picker *picker, uint32_t count,
                           const char *(*name)(struct rnd_app *app, struct rnd_picker *picker,
                                               uint32_t index),
                           const char *what, const char *more);

/* Puts a text into a row, with the letters marked that fit the field's text from byte `from` on. */
void rnd_picker_put(const struct rnd_picker *picker, size_t from, const char *text,
                    struct rnd_picker_row *row);

/* Input while it is open. */
void rnd_picker_key(struct rnd_app *app, const SDL_Keysym *key);
void rnd_picker_text(struct rnd_app *app, const char *text);
void rnd_picker_scroll(struct rnd_app *app, int rows);
void rnd_picker_take(struct rnd_app *app, uint32_t index);

#endif
