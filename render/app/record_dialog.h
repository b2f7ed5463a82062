/* The window's recordings: what is chosen in the dialog, and the recording that goes on.
 *
 * Invariant: what is recorded is what the window shows: the run with its parameters, the selected
 * range, the theme and the pace; `awaitscope record` does it.
 */
#ifndef RND_RECORD_DIALOG_H
#define RND_RECORD_DIALOG_H

#include <SDL.h>

#include "record_job.h"
#include "render/view/hits.h"
#include "render/view/record.h"

struct rnd_app;

struct rnd_record_dialog {
    struct rnd_record_view view;
    struct rnd_record_job *job; /* owned; NULL: none goes on */
    bool chosen_before;         /* the choices are somebody's: they stay */
    bool own_name;              /* so is the file's name */
};

/* The words that a recording is started with. */
#define RND_RECORD_WORDS_MAX 128
struct rnd_record_words {
    char *items[RND_RECORD_WORDS_MAX]; /* owned; the last is NULL */
    size_t count;
    bool failed; /* there were too many, or memory was out */
};

/* What there is to choose, as it suits what is shown. */
void rnd_record_offer(struct rnd_app *app);
/* Another choice was made in a row: sizes, rates and the file's name follow. */
void rnd_record_chose(struct rnd_app *app, enum rnd_record_row row);

/* The words for what is chosen; to be freed in any case. */
void rnd_record_words_make(const struct rnd_app *app, struct rnd_record_words *out);
void rnd_record_words_free(struct rnd_record_words *words);

/* Whether the input was meant for it. */
bool rnd_record_key(struct rnd_app *app, const SDL_Keysym *key);
bool rnd_record_text(struct rnd_app *app, const char *text);
bool rnd_record_press(struct rnd_app *app, struct rnd_hit hit);

/* Closes the dialog, or ends the recording that goes on. */
void rnd_record_leave(struct rnd_app *app);

/* Looks after a recording; returns when to do so again in milliseconds, -1: there is none. */
int rnd_record_tick(struct rnd_app *app);

void rnd_record_close(struct rnd_record_dialog *dialog);

#endif
