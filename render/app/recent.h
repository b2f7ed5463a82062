/* The files that were opened last, kept from one session to the next.
 *
 * Invariant: absolute paths, each once, the latest first.
 */
#ifndef RND_RECENT_H
#define RND_RECENT_H

#include <stddef.h>
#include <stdint.h>

#include "folders.h"

#define RND_RECENT_MAX 20

struct rnd_recent {
    char paths[RND_RECENT_MAX][RND_PATH_MAX];
    uint32_t count;
};

/* Reads the list; one that cannot be read is empty. */
void rnd_recent_read(struct rnd_recent *recent);

/* Puts a file first, and keeps the list, if there is a place for it. */
void rnd_recent_add(const char *path);

#endif
