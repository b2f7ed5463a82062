/* The rows of the timeline: whose lanes are shown, in which order.
 *
 * Pinned lanes come first, in order of creation; then those of tasks, as a tree below the tasks
 * that made them or flat; then those of threads.  While a filter is set the rows are flat, and are
 * those whose name contains it.
 *
 * Invariants:
 *  - The rows are a function of (model, options, what is pinned and folded).
 *  - Where no rows are given (NULL), all lanes but those that asyncio makes for itself are shown,
 * flat and in order of creation.
 *  - A task that came last and belongs at the end is appended without looking at the others.
 */
#ifndef RND_ROWS_H
#define RND_ROWS_H

#include "model.h"

enum rnd_rows_sort { RND_ROWS_BY_CREATION, RND_ROWS_BY_NAME, RND_ROWS_BY_WAITED, RND_ROWS_SORTS };

#define RND_ROWS_FILTER_MAX 64

struct rnd_rows_options {
    enum rnd_rows_sort sort;          /* WAITED: who waited longest comes first */
    bool flat;                        /* no tree */
    bool internal;                    /* also what asyncio makes for itself */
    char filter[RND_ROWS_FILTER_MAX]; /* "": none; letters A to Z as small ones */
};

struct rnd_row {
    uint32_t task; /* or RND_THREAD | thread */
    uint8_t depth; /* in the tree, 0: a root */
    bool parent;   /* it has rows below it, or would have if it were not folded */
    bool folded, pinned;
};

struct rnd_rows {
    struct rnd_rows_options options; /* change with rnd_rows_set */
    struct rnd_row *items;
    uint32_t count, capacity, pinned_count;
    uint32_t task_count, thread_count; /* lanes of the model that were taken in */
    uint32_t thread_rows;              /* how many rows at the end are threads' */
    uint32_t event_count;              /* events that a sort by waiting is of */
    uint32_t *places;                  /* row of a task (by number - 1), RND_NEVER: none */
    uint32_t *above;                   /* the task below which it is in the tree, 0: none */
    uint32_t place_capacity, above_capacity;
    uint32_t *thread_places;
    uint32_t thread_place_capacity;
    uint8_t *marks, *thread_marks; /* by number - 1: what is pinned and folded */
    uint32_t mark_count, thread_mark_count;
    bool stale;
};

/* Rows that are zero are open, and empty until they are updated. */
void rnd_rows_close(struct rnd_rows *rows);

/* Changes what is shown; rnd_rows_update then makes it so.  Errors of toggling: SIM_ENOMEM. */
void rnd_rows_set(struct rnd_rows *rows, const struct rnd_rows_options *options);
int rnd_rows_toggle_pin(struct rnd_rows *rows, uint32_t task) SIM_MUST_CHECK;
int rnd_rows_toggle_fold(struct rnd_rows *rows, uint32_t task) SIM_MUST_CHECK;

/* The options, pins and folds of other rows go to those of another run of the same script.  Errors:
 * SIM_ENOMEM. */
int rnd_rows_inherit(struct rnd_rows *rows, const struct rnd_rows *other) SIM_MUST_CHECK;

/* Brings the rows up to date with a model, which is always the same but may have grown.  Errors:
 * SIM_ENOMEM; the rows are then as before. */
int rnd_rows_update(struct rnd_rows *rows, const struct rnd_model *model) SIM_MUST_CHECK;

/* How many there are; row 0, 1, ..., of task 0 beyond the last; the row of a task, RND_NEVER where
 * it has none.  `rows` may be NULL in all of these. */
uint32_t rnd_rows_count(const struct rnd_rows *rows, const struct rnd_model *model);
struct rnd_row rnd_rows_at(const struct rnd_rows *rows, const struct rnd_model *model,
                           uint32_t row);
uint32_t rnd_rows_find(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t task);

#endif
