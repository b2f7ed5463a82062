/* A watch over some files: tells when one of them was saved.
 *
 * However an editor saves (in place, or beside and renamed over it) and in how many pieces, it is
 * told once, when all has been quiet for a moment.  A file need not exist.
 */
#ifndef RND_WATCH_H
#define RND_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/error.h"

struct rnd_watch;

/* Calls saved(user) in a thread of its own after each change, until it is closed.  `paths` are
 * borrowed during the call only.  Errors: SIM_ENOMEM, SIM_EIO (the kernel has no more watches). */
int rnd_watch_open(struct rnd_watch **out, const char *const *paths, size_t count,
                   void (*saved)(void *user), void *user) SIM_MUST_CHECK;

/* Whether it is over just these files. */
bool rnd_watch_is_over(const struct rnd_watch *watch, const char *const *paths, size_t count);

/* Afterwards `saved` is not called any more; NULL is allowed. */
void rnd_watch_close(struct rnd_watch *watch);

#endif
