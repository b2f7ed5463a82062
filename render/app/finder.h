/* The finder: what is searched for in the run that is shown.
 *
 * Invariant: what was found is of the run that is shown; when another takes its place, the same
 * text is searched for anew.
 */
#ifndef RND_FINDER_H
#define RND_FINDER_H

#include "render/model/search.h"
#include "render/view/picker.h"

struct rnd_app;
struct rnd_subject;

struct rnd_finder {
    struct rnd_search search;
    const struct rnd_subject *of; /* what is searched */
    bool more;                    /* not all was looked at */
    struct rnd_found_view view;
};

/* Searches for a while; true if there is more to do. */
bool rnd_finder_work(struct rnd_app *app);

/* Forgets the search. */
void rnd_finder_close(struct rnd_app *app);

#endif
