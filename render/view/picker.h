/* The picker: a field to type in, over a list of what fits; commands, files and finds are picked
 * with it.
 *
 * Invariant: the rows are those from `first` on, at most RND_PICKER_ROWS of `total`; one of them is
 * the chosen one, unless there are none.
 */
#ifndef RND_PICKER_H
#define RND_PICKER_H

#include <stdbool.h>
#include <stdint.h>

#include "field.h"
#include "render/model/match.h"

#define RND_PICKER_ROWS 10

struct rnd_picker_row {
    char text[RND_MATCH_MAX];
    uint8_t marked[RND_MATCH_MAX / 8]; /* bytes of `text` that fit what was typed */
    char detail[192];                  /* "" if none */
    char aside[32];                    /* at the right: a key, a time */
    const char *kind;                  /* what it is, in a word; NULL: all are the same */
    uint32_t task;                     /* whose colour it has; RND_NEVER: none */
    bool off;                          /* it cannot be had now */
};

struct rnd_picker_view {
    const char *title, *hint;
    struct rnd_field field;
    struct rnd_picker_row rows[RND_PICKER_ROWS];
    uint32_t row_count, first, total, chosen;
    char status[160]; /* how many there are, or what is wrong */
    bool trouble;     /* the latter */
};

/* What is seen of a search once something was picked. */
struct rnd_found_view {
    const char *text;       /* that is searched for */
    uint32_t number, count; /* which it is in the order of time, and of how many */
};

#endif
