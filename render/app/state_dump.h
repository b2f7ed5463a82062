/* The state dump: what the window shows, as text in a file, for tests to read. */
#ifndef RND_STATE_DUMP_H
#define RND_STATE_DUMP_H

#include "app.h"

/* Writes it to `path`, by way of a file beside it, so that a reader never sees half of it:
 * "name=value" lines, a "hit=kind value x y w h" line for each sensitive place, and a "text=..."
 * line for each text that is drawn.  Errors: SIM_EIO. */
int rnd_state_dump(const struct rnd_app *app, const struct rnd_hits *hits,
                   const struct rnd_list *list, uint64_t frame, const char *path) SIM_MUST_CHECK;

#endif
