/* The axis: where a moment of the run is on the screen, and what is under a pixel.
 *
 *     x = time * px_per_ns + (slots of run slices so far) * slot_px - left_px
 *
 * So between instants x is proportional to time, and at an instant every run slice has a small
 * width in order of execution (a callback half of it, the mere wake-up of a sleeper none).  Zoomed
 * far out the slots close.  An axis that is shared with other runs has all their instants, and ends
 * where the longest does.  x never falls from one cursor to the next.  Each function is O(log n)
 * or better.
 */
#ifndef RND_AXIS_H
#define RND_AXIS_H

#include "instants.h"

struct rnd_axis {
    const struct rnd_model *model;     /* borrowed */
    const struct rnd_instants *shared; /* borrowed; NULL: the run has the axis for itself */
    double width_px;                   /* of the visible range: x is in [0, width_px] */
    double slot_max_px;                /* width of a run slice at an instant when opened */
    double px_per_ns;
    double slot_px; /* now: slot_max_px or less */
    double left_px; /* what is at x = 0 */
};

/* An axis over all of the model's run. */
struct rnd_axis rnd_axis_make(const struct rnd_model *model, double width_px, double slot_max_px);

/* Shows [from, to] with a margin of `margin_px` on both sides; rnd_axis_fit: the whole run.  `to`
 * must not be before `from`. */
void rnd_axis_show(struct rnd_axis *axis, struct rnd_moment from, struct rnd_moment to,
                   double margin_px);
void rnd_axis_fit(struct rnd_axis *axis, double margin_px);

/* The model grew or moved, or the panel has another width: keeps scale and left edge. */
void rnd_axis_resize(struct rnd_axis *axis, const struct rnd_model *model, double width_px);

/* Moves the picture by `dx_px` to the right; zooms by `factor` (> 1: closer), with what is at
 * `x_px` staying there.  Both stop at sensible limits. */
void rnd_axis_pan(struct rnd_axis *axis, double dx_px);
void rnd_axis_zoom(struct rnd_axis *axis, double x_px, double factor);

/* Moves just so far that the moment is visible, `margin_px` away from the edges.  True if it moved.
 */
bool rnd_axis_reveal(struct rnd_axis *axis, struct rnd_moment moment, double margin_px);

/* On the way from one axis to another of the same model and width: `share` 0 is the first, 1 the
 * second. */
struct rnd_axis rnd_axis_between(const struct rnd_axis *from, const struct rnd_axis *to,
                                 double share);

/* Screen x of a cursor, of a moment, and of a time (where its instant begins). */
double rnd_axis_x(const struct rnd_axis *axis, uint32_t cursor);
double rnd_axis_x_moment(const struct rnd_axis *axis, struct rnd_moment moment);
double rnd_axis_x_time(const struct rnd_axis *axis, int64_t time_ns);

/* The moment at a screen x (the last one whose x is not beyond), and its cursor. */
struct rnd_moment rnd_axis_moment_at(const struct rnd_axis *axis, double x_px);
uint32_t rnd_axis_cursor_at(const struct rnd_axis *axis, double x_px);

/* A mark of the ruler. */
struct rnd_tick {
    double x_px;
    int64_t time_ns;
    char label[24];
};
/* The marks in the visible range at round steps of time (1, 2, 5; minutes, hours and days by their
 * own), at least `gap_px` apart, at most `max`; returns how many. */
uint32_t rnd_axis_ticks(const struct rnd_axis *axis, double gap_px, struct rnd_tick *out,
                        uint32_t max);

#endif
