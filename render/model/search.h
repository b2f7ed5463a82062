/* Search: what of a run contains a text - tasks by their names, lines of the source, lines of the
 * output, and events by their captions.
 *
 * It goes on in slices, so that nobody waits for it, and takes in what a growing model has more.
 * Small and capital ASCII letters are the same.
 *
 * Invariant: what was found stays where it is, by kind and within a kind in its own order; more is
 * appended to each kind only.
 */
#ifndef RND_SEARCH_H
#define RND_SEARCH_H

#include "lesson.h"
#include "model.h"

#define RND_SEARCH_MAX 256

/* So much is kept of each kind. */
#define RND_FOUND_MAX 100000

enum rnd_found_kind {
    RND_FOUND_TASK,
    RND_FOUND_LINE,
    RND_FOUND_OUTPUT,
    RND_FOUND_EVENT,
    RND_FOUND_KINDS
};

struct rnd_found {
    uint32_t at;   /* cursor at which it is first seen; RND_NEVER: a line that was never run */
    uint32_t id;   /* TASK: its number; LINE: 1, 2, ...; OUTPUT: index; EVENT: of the stop */
    uint32_t file; /* LINE: index of its file */
    uint8_t kind;
};

/* A source text. */
struct rnd_search_text {
    const char *text;
    size_t length;
};

/* Where it searches; all is borrowed. */
struct rnd_search_in {
    const struct rnd_model *model;
    const struct rnd_lesson *lesson;
    const struct rnd_search_text *files; /* as in the model's; there may be more of them later */
    uint32_t file_count;
};

struct rnd_search {
    char text[RND_SEARCH_MAX]; /* "": nothing is searched for */
    struct rnd_found *items[RND_FOUND_KINDS];
    uint32_t counts[RND_FOUND_KINDS], capacities[RND_FOUND_KINDS];
    uint32_t next[RND_FOUND_KINDS]; /* what is looked at next; of LINE: line - 1 */
    uint32_t file;                  /* of that line, */
    size_t file_at;                 /* and where it begins there */
};

/* Begins to search for a text; forgets what was found.  `search` is zeros at first. */
void rnd_search_begin(struct rnd_search *search, const char *text);
void rnd_search_close(struct rnd_search *search);

/* Looks at about so many more things; false once there is no more to look at. */
bool rnd_search_go_on(struct rnd_search *search, const struct rnd_search_in *in, uint32_t things);

/* How much was found so far; one of it, index < count. */
uint32_t rnd_search_count(const struct rnd_search *search);
struct rnd_found rnd_search_at(const struct rnd_search *search, uint32_t index);

/* The cursor of what was found next after (`forward`) or last before a cursor, round the ends of
 * the run; RND_NEVER if nothing that was found ever happens.  `index` is where it is. */
uint32_t rnd_search_near(const struct rnd_search *search, uint32_t cursor, bool forward,
                         uint32_t *index);

/* How much of it has happened at a cursor. */
uint32_t rnd_search_passed(const struct rnd_search *search, uint32_t cursor);

#endif
