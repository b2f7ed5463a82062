/* Opening files: by path, by drop, or picked from a folder and from those that were opened last. */
#ifndef RND_OPEN_H
#define RND_OPEN_H

#include "app.h"

/* Opens a script or a saved run in place of what is shown, or looks into a folder.  What cannot be
 * opened leaves a message, and all else as it is. */
void rnd_open_path(struct rnd_app *app, const char *path);

/* Whether two paths lead to the same file. */
bool rnd_open_is_same(const char *path, const char *other);

#endif
