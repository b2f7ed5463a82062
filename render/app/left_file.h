/* How the view of each script was left, kept from one session to the next:
 * $XDG_STATE_HOME/awaitscope/views.
 *
 * A line is one script: words `name=value`, and at the end its absolute path; blanks, line ends and
 * percent signs in values and paths are written as %20 and so on.
 *
 * Invariants:
 *  - The latest comes first; there are at most RND_LEFT_MAX lines, and none is longer than
 *    RND_LEFT_LINE_MAX: those that would be are left out.
 *  - What cannot be read is as if it were not there.
 */
#ifndef RND_LEFT_FILE_H
#define RND_LEFT_FILE_H

#include "render/model/rows.h"
#include "render/view/layout.h"
#include "render/view/timeline_view.h"

#define RND_LEFT_MAX 100
#define RND_LEFT_LINE_MAX 8192

/* More folded and pinned lanes than that are not kept. */
#define RND_LEFT_TASKS_MAX 128

/* Tasks are told by their numbers, moments by cursor and time: they are good for a run of so many
 * events and tasks only; of another run the times are. */
struct rnd_left {
    uint32_t events, tasks;
    struct rnd_moment cursor;
    bool whole;          /* the axis shows the whole run, or: */
    double zoom, middle; /* its scale, in pixels for a nanosecond, or for a slot where no time
                            passes; where the cursor is, as a share of its width */
    uint32_t selected;
    enum rnd_arrows arrows;
    struct rnd_rows_options rows;
    struct rnd_layout_spec spec;
    uint32_t folded[RND_LEFT_TASKS_MAX], pinned[RND_LEFT_TASKS_MAX];
    uint32_t folded_count, pinned_count;
};

/* How a script was left; false if that is not known, and *out is zeros then. */
bool rnd_left_read(const char *script, struct rnd_left *out);

/* Keeps it, if there is a place for it. */
void rnd_left_write(const char *script, const struct rnd_left *left);

#endif
