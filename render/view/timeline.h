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

/* The rows of lanes that are seen: the pinned ones, which stay, and [first, end) of the others. */
struct rnd_timeline_rows {
    uint32_t pinned, first, seen; /* seen: how many of both */
    double top, height;           /* y of row 0 if it were not pinned */
};
struct rnd_timeline_rows rnd_timeline_rows(const struct rnd_frame *frame);

/* One of them: where it is, and what of it is not below the pinned ones. */
struct rnd_timeline_row {
    uint32_t task;
    struct rnd_rect rect, clip;
};
struct rnd_timeline_row rnd_timeline_row(const struct rnd_frame *frame,
                                         const struct rnd_timeline_rows *rows, uint32_t i);
/* The row of a task, seen or not; false for a task that has none. */
bool rnd_timeline_find(const struct rnd_frame *frame, const struct rnd_timeline_rows *rows,
                       uint32_t task, struct rnd_timeline_row *out);

/* Narrower than this, a span is a mere stroke. */
#define RND_TIMELINE_STROKE_PX 1.5

/* The axis cut into columns, each with the cursor at its left edge.  Where more than a few things
 * end within one they are not drawn one by one: so a picture costs what is seen of a run, however
 * much there is of it. */
#define RND_TIMELINE_COLUMNS_MAX 1024
struct rnd_timeline_columns {
    double left, width_px;
    uint32_t count;
    uint32_t cursors[RND_TIMELINE_COLUMNS_MAX + 1];
};
void rnd_timeline_cut(const struct rnd_frame *frame, struct rnd_timeline_columns *out);

/* The cursor at which the column of a screen x ends, and the screen x of that. */
uint32_t rnd_timeline_beyond(const struct rnd_frame *frame, double x, double *right);

/* From so many on, things in a column are a crowd. */
#define RND_TIMELINE_CROWD 4

/* Screen x of a cursor; of a time; of an end, which is the end of the trace where there is none
 * yet; of the playhead. */
double rnd_timeline_x(const struct rnd_frame *frame, uint32_t cursor);
double rnd_timeline_x_time(const struct rnd_frame *frame, int64_t time_ns);
double rnd_timeline_end_x(const struct rnd_frame *frame, uint32_t end);
double rnd_timeline_now(const struct rnd_frame *frame);

/* The cursor at a screen x. */
uint32_t rnd_timeline_cursor(const struct rnd_frame *frame, double x);

/* The half to the right of the playhead. */
struct rnd_half rnd_timeline_future(const struct rnd_frame *frame);

/* A colour of a half. */
rnd_colour rnd_timeline_tint(const struct rnd_frame *frame, struct rnd_half half,
                             rnd_colour colour);

/* Draw a half of the loop's lane, of a task's lane in its row. */
void rnd_timeline_loop(struct rnd_frame *frame, struct rnd_half half, struct rnd_rect row);
void rnd_timeline_lane(struct rnd_frame *frame, struct rnd_half half, uint32_t task,
                       struct rnd_rect row);

/* The loop's iterations, below its band in its row. */
void rnd_timeline_iterations(struct rnd_frame *frame, struct rnd_rect row, struct rnd_rect band);

/* The texts and marks of lanes, which lie over both halves.  What is still to come has none: words
 * in the colours of the future could not be read. */
void rnd_timeline_loop_labels(struct rnd_frame *frame, struct rnd_rect row);
void rnd_timeline_lane_labels(struct rnd_frame *frame, uint32_t task, struct rnd_rect row);
void rnd_timeline_lane_end(struct rnd_frame *frame, uint32_t task, struct rnd_rect row);

/* What is written after a lane that has ended: its result or exception, "" if that is nothing. */
const char *rnd_timeline_value(const struct rnd_model *model, const struct rnd_lane *lane);

/* How long the longest name of a lane is, in letters; as much more as it is indented. */
uint32_t rnd_timeline_letters(const struct rnd_view *view, const struct rnd_model *model);

/* Shrinks the axis, on which the whole run is all but the margins, so that what is written after
 * the ends of lanes, and the names of marks, have room. */
void rnd_timeline_leave_ends(struct rnd_view *view, const struct rnd_layout *layout,
                             const struct rnd_model *model, double margin_px);

/* The names' column, where the pointer meets the lanes; the bar that says how far they are
 * scrolled; and above the names the tools that change which lanes there are. */
void rnd_timeline_names(struct rnd_frame *frame, const struct rnd_timeline_rows *rows);
void rnd_timeline_scroll_bar(struct rnd_frame *frame, const struct rnd_timeline_rows *rows);
void rnd_timeline_tools(struct rnd_frame *frame);

/* The marks: their lines across all lanes, which are below texts, and their names; the note at the
 * playhead, or the field in which one is edited. */
void rnd_timeline_mark_lines(struct rnd_frame *frame);
void rnd_timeline_marks(struct rnd_frame *frame);
void rnd_timeline_note(struct rnd_frame *frame);

/* The whole run below the lanes. */
void rnd_timeline_map(struct rnd_frame *frame);

/* The range that is selected: its ground below the lanes; its edges, which can be dragged, below
 * texts; and what is said of it, over them. */
void rnd_timeline_range_ground(struct rnd_frame *frame);
void rnd_timeline_range_edges(struct rnd_frame *frame);
void rnd_timeline_range(struct rnd_frame *frame);
/* The ground of a text, which lines do not cross: the panel's, or the range's. */
void rnd_timeline_clear(struct rnd_frame *frame, struct rnd_rect rect);
/* Whether its length is written below the ruler somewhere from left to right. */
bool rnd_timeline_range_has(const struct rnd_frame *frame, double left, double right);

/* Late marks; and the arrows that the view wants.  Of those that are not just of the present step,
 * the kinds that there are, as bits. */
void rnd_timeline_lates(struct rnd_frame *frame, const struct rnd_timeline_rows *rows);
unsigned rnd_timeline_arrows(struct rnd_frame *frame, const struct rnd_timeline_rows *rows);

/* The lanes and the callout that a director wants to be seen. */
void rnd_timeline_scene(struct rnd_frame *frame, const struct rnd_timeline_rows *rows);

/* Height of a run slice in a row. */
double rnd_timeline_slice_px(const struct rnd_frame *frame, struct rnd_rect row);

/* How far the names in the legend are apart. */
double rnd_timeline_legend_apart(const struct rnd_frame *frame);

/* The names of the states by how they are drawn; right-aligned, not left of `left`.  Returns where
 * there is room again, left of them. */
double rnd_timeline_legend(struct rnd_frame *frame, double left);

/* The same for kinds of arrows (bits of enum rnd_arrow_kind), from `right` to the left. */
void rnd_timeline_arrow_legend(struct rnd_frame *frame, unsigned kinds, double left, double right);

#endif
