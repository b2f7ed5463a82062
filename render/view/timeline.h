/* What the parts of the timeline share.
 *
 * The past and the future of the cursor are drawn alike, one after the other, each within its own
 * clip: the future in colours close to the ground.
 */
#ifndef RND_TIMELINE_H
#define RND_TIMELINE_H

#include "panel.h"

/* One of the two halves: screen x from left to right, and how much of a colour is seen, 0..255. */
struct rnd_half {
    double left, right;
    unsigned share;
};

/* Narrower than this, a span is a mere stroke, and those that it hides are skipped. */
#define RND_TIMELINE_STROKE_PX 1.5

/* Screen x of a cursor; of a time; of an end, which is the end of the trace where there is none
 * yet; of the playhead. */
double rnd_timeline_x(const struct rnd_frame *frame, uint32_t cursor);
double rnd_timeline_x_time(const struct rnd_frame *frame, int64_t time_ns);
double rnd_timeline_end_x(const struct rnd_frame *frame, uint32_t end);
double rnd_timeline_now(const struct rnd_frame *frame);

/* The cursor at a screen x. */
uint32_t rnd_timeline_cursor(const struct rnd_frame *frame, double x);

/* A colour of a half. */
rnd_colour rnd_timeline_tint(const struct rnd_frame *frame, struct rnd_half half,
                             rnd_colour colour);

/* Draw a half of the loop's lane, of a task's lane in its row. */
void rnd_timeline_loop(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect row);
void rnd_timeline_lane(struct rnd_frame *frame, struct rnd_half half, uint32_t task,
                       struct rnd_rect row);

/* The texts and marks of lanes, which lie over both halves. */
void rnd_timeline_loop_labels(struct rnd_frame *frame, struct rnd_rect row);
void rnd_timeline_lane_labels(struct rnd_frame *frame, uint32_t task, struct rnd_rect row);
void rnd_timeline_lane_end(struct rnd_frame *frame, uint32_t task, struct rnd_rect row);

/* The names' column: a lane's name with its state below, and the loop's. */
void rnd_timeline_loop_name(struct rnd_frame *frame, struct rnd_rect row);
void rnd_timeline_name(struct rnd_frame *frame, uint32_t task, struct rnd_rect row);

/* Late marks, and the arrows of the present step.  `row_top` is the y of row 0. */
void rnd_timeline_lates(struct rnd_frame *frame, double row_top, double row_px);
void rnd_timeline_arrows(struct rnd_frame *frame, double row_top, double row_px);

/* Height of a run slice in a row. */
double rnd_timeline_slice_px(const struct rnd_frame *frame, struct rnd_rect row);

/* The names of the states by how they are drawn; right-aligned, not left of `left`. */
void rnd_timeline_legend(struct rnd_frame *frame, double left);

#endif
