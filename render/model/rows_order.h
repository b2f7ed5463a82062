/* How rows are put in order: private to render/model. */
#ifndef RND_ROWS_ORDER_H
#define RND_ROWS_ORDER_H

#include "rows.h"

enum { RND_ROWS_PIN = 1, RND_ROWS_FOLD = 2 };

/* Deeper rows count as this deep. */
#define RND_ROWS_DEPTH_MAX 200

/* The marks of a task or thread. */
uint8_t rnd_rows_marks(const struct rnd_rows *rows, uint32_t task);

/* Whether its lane can be shown, as far as its making and the filter say. */
bool rnd_rows_shown(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t task);

/* The nearest task above it that is shown in the tree, 0: none. */
uint32_t rnd_rows_above(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t task);

/* Fills `items` (room for all lanes), `count`, `pinned_count`, `thread_rows` and `above` of rows
 * that have room.  Errors: SIM_ENOMEM, before anything has changed. */
int rnd_rows_order(struct rnd_rows *rows, const struct rnd_model *model) SIM_MUST_CHECK;

#endif
