/* Runs that are compared: one below the other, on one axis, with one playhead.
 *
 * Invariants: the view's cursor is that of the run in focus, which the other panels show; the
 * others are where they were told to be with it, or else at the same place of the axis, and where
 * that is not within an instant of the focus, at the same time.  What is in here is of the models
 * as they were when `instants` was made.
 */
#ifndef RND_COMPARE_H
#define RND_COMPARE_H

#include "layout.h"
#include "render/model/instants.h"
#include "render/model/merged.h"
#include "render/model/notes.h"
#include "render/model/rows.h"
#include "script.h"

struct rnd_view;
struct rnd_frame;

#define RND_COMPARED_MAX 4
#define RND_COMPARE_TEXT_MAX 320

struct rnd_compared {
    const struct rnd_model *model;
    const struct rnd_script *script;
    const struct rnd_rows *rows;
    const struct rnd_notes *notes;
    char title[96];           /* what is different about it */
    double lanes_px;          /* how far its lanes are scrolled, unless it is in focus */
    struct rnd_moment moment; /* where it is while the one in focus is at its own */
};

struct rnd_compare {
    const char *lesson; /* what the comparison shows, "" or NULL: the time saved */
    struct rnd_compared runs[RND_COMPARED_MAX];
    uint32_t count, focus;
    struct rnd_instants instants; /* owned */
    struct rnd_merged merged;     /* owned; all zeros until it is wanted */
};

/* How long they take in words: "gather is done after 4.5 s, serial after 11 s: 6.5 s saved."  What
 * is saved is left out where the lesson has words of its own for what the comparison shows. */
void rnd_compare_words(const struct rnd_compare *compare, char out[RND_COMPARE_TEXT_MAX]);

/* Makes `instants` of the runs' models; `merged`, if it is not made already; frees both.  Errors:
 * SIM_ENOMEM. */
int rnd_compare_open(struct rnd_compare *compare) SIM_MUST_CHECK;
int rnd_compare_merge(struct rnd_compare *compare) SIM_MUST_CHECK;
void rnd_compare_close(struct rnd_compare *compare);

/* Puts all runs where they are at a moment of all. */
void rnd_compare_go(struct rnd_compare *compare, struct rnd_moment moment);

/* Where a moment of run `from` is in run `to`, by the view's axis. */
struct rnd_moment rnd_compare_moment(const struct rnd_view *view, uint32_t from,
                                     struct rnd_moment moment, uint32_t to);

/* The x of the playhead on the view's axis: that of the run that has come furthest. */
double rnd_compare_now_px(const struct rnd_view *view);

/* The layout with the timeline of one of the runs for the timeline; and the run whose timeline is
 * at a point of the window, RND_NEVER: none.  The view must compare. */
struct rnd_layout rnd_compare_layout(const struct rnd_view *view, uint32_t run);
uint32_t rnd_compare_at(const struct rnd_view *view, double x, double y);

/* Draws the title of a run's timeline, which is that of the frame's model, with the panel's ground.
 */
void rnd_compare_title(struct rnd_frame *frame);

/* What it is called, and what all are. */
const char *rnd_compare_name(const struct rnd_frame *frame);
uint32_t rnd_compare_names(const struct rnd_frame *frame, const char *names[RND_COMPARED_MAX]);

#endif
