/* Visits: how often each source line was reached by a cursor, and when first.
 *
 * Invariants:
 *  - Every RND_VISITS_APART lines that were reached, all counts so far are kept in a row; from the
 *    nearest row on they are counted again, so a question costs no more than that.
 *  - Only the first RND_VISITS_PLACES lines that were reached are counted: the rows stay small
 *    beside the trace.
 */
#ifndef RND_VISITS_H
#define RND_VISITS_H

#include <stdbool.h>
#include <stdint.h>

#include "map.h"

#define RND_VISITS_APART 4096u
#define RND_VISITS_PLACES 4096u

struct rnd_model;

/* Part of a model's index. */
struct rnd_visits {
    struct rnd_map places; /* a line of a file -> its place: 0, 1, ... as they were reached */
    uint32_t *firsts;      /* by place: the cursor at which it was */
    uint32_t *rows;        /* row_count of `width` counts by place each, and then those so far */
    uint32_t first_capacity, width, row_count, row_capacity;
};

/* Makes room for one more line that is reached, the `number`th of all (from 0); takes it in. */
bool rnd_visits_room(struct rnd_visits *visits, uint32_t number);
void rnd_visits_add(struct rnd_visits *visits, uint32_t number, uint32_t cursor, uint32_t file,
                    uint32_t line);
void rnd_visits_free(struct rnd_visits *visits);

/* How often each of `count` lines of a file (index in the model's) from `first` on was reached by
 * then. */
void rnd_visits_at(const struct rnd_model *model, uint32_t cursor, uint32_t file, uint32_t first,
                   uint32_t count, uint32_t *out);

/* The cursor at which a line was reached first, RND_NEVER: it was not. */
uint32_t rnd_visits_first(const struct rnd_model *model, uint32_t file, uint32_t line);

#endif
