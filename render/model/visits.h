/* Visits: how often each line of the script was reached by a cursor.
 *
 * Invariants:
 *  - Every RND_VISITS_APART lines that were reached, all counts so far are kept in a row; from the
 *    nearest row on they are counted again, so a question costs no more than that.
 *  - Lines above RND_VISITS_LINES are not counted: the rows stay small beside the trace.
 */
#ifndef RND_VISITS_H
#define RND_VISITS_H

#include <stdbool.h>
#include <stdint.h>

#define RND_VISITS_APART 4096u
#define RND_VISITS_LINES 4096u

struct rnd_model;

/* Part of a model's index. */
struct rnd_visits {
    uint32_t *rows; /* row_count of `width` counts each, and then those so far */
    uint32_t width, row_count, row_capacity;
};

/* Makes room for one more visit of a line, the model's `number`th line of all (from 0); takes it
 * in. */
bool rnd_visits_room(struct rnd_visits *visits, uint32_t number, uint32_t line);
void rnd_visits_add(struct rnd_visits *visits, uint32_t number, uint32_t line);

/* How often each of `count` lines from `first` on was reached by then. */
void rnd_visits_at(const struct rnd_model *model, uint32_t cursor, uint32_t first, uint32_t count,
                   uint32_t *out);

#endif
