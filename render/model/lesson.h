/* What a script says about itself to the window, in comments:
 *
 *     # title: A timeout with wait_for
 *     # about: wait_for cancels what it waits for when time is up.
 *     # compare: WAY=serial | WAY=gather: what the comparison shows
 *     LIMIT = 2.0     # param: 0.5..6.0 step 0.5 s: how long wait_for allows
 *     WAY = "gather"  # param: serial|gather: how main awaits them
 *         await f()   # caption: main waits for f.
 *         g()         # marker: the end
 *         # focus: worker
 *         # zoom: 1.0..2.0
 *         # note: It has the lock now.
 *
 * A comment inside a string is none.  What is said of a line (all but the first five kinds) and
 * stands alone belongs to the next line of code.  What is malformed is left out.
 */
#ifndef RND_LESSON_H
#define RND_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "param.h"
#include "sim/error.h"

/* A text that belongs to a source line (1, 2, ...). */
struct rnd_note {
    uint32_t line;
    char *text;
};

/* Owns its texts. */
struct rnd_lesson {
    char *title; /* "" if none */
    char *about;
    char *compare;  /* what to show beside each other: see render/app/compare.h; "" if nothing */
    char *compared; /* what that shows, after a colon; "" if it is the time saved */
    struct rnd_note *captions; /* by line, as are the next */
    struct rnd_note *markers;
    struct rnd_note *focuses;  /* lanes to look at; "all": none before others */
    struct rnd_note *zooms;    /* a stretch of time, "1.0..2.0"; "all": the whole run */
    struct rnd_note *callouts; /* something about what the line does */
    struct rnd_param *params;
    uint32_t caption_count, marker_count, focus_count, zoom_count, callout_count, param_count;
};

/* Reads the comments of a source text.  Errors: SIM_ENOMEM. */
int rnd_lesson_parse(const char *source, size_t length, struct rnd_lesson *out) SIM_MUST_CHECK;
void rnd_lesson_free(struct rnd_lesson *lesson);

/* The caption of a line, NULL: none. */
const char *rnd_lesson_caption(const struct rnd_lesson *lesson, uint32_t line);
/* The name of the first marker of a line, NULL: none. */
const char *rnd_lesson_marker(const struct rnd_lesson *lesson, uint32_t line);

/* Notes the value that a parameter was given, as it is written; false if there is no such parameter
 * or it cannot have that value. */
bool rnd_lesson_set(struct rnd_lesson *lesson, const char *name, const char *text);

#endif
