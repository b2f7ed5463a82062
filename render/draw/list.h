/* The draw list: what one frame shows, as an array of plain commands in painting order.
 *
 * View code appends commands; a consumer (canvas.h makes pixels of them) walks rnd_list_at().
 *
 * Invariants:
 *  - Coordinates are physical pixels from the top left corner, y down.  Rectangles, rounded
 *    rectangles, circles, clips, baselines and axis-parallel lines are snapped to whole pixels
 *    here, so that every consumer sees the same crisp edges; a rectangle of positive size is at
 *    least one pixel wide and high, and radii of their corners are whole or half pixels.  Nothing
 *    else is snapped.
 *  - Texts and points are copied into the list; nothing of the caller's is kept.
 *  - What lies outside the current clip, or has no colour, is left out.
 *  - Running out of memory makes the list incomplete and is remembered: rnd_list_error().
 *  - The same calls give the same bytes, so equal frames have equal hashes.
 */
#ifndef RND_LIST_H
#define RND_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "colour.h"
#include "sim/error.h"

struct rnd_rect {
    double x, y, w, h;
};

struct rnd_point {
    double x, y;
};

/* What fonts there are; found and measured by font.h. */
enum rnd_font {
    RND_FONT_UI,        /* Inter Regular */
    RND_FONT_UI_MEDIUM, /* Inter Medium */
    RND_FONT_UI_BOLD,   /* Inter SemiBold: titles, names */
    RND_FONT_MONO,      /* JetBrains Mono Regular: code, times */
    RND_FONT_MONO_BOLD, /* JetBrains Mono Bold: the current time */
    RND_FONTS
};

enum rnd_align { RND_ALIGN_LEFT, RND_ALIGN_CENTRE, RND_ALIGN_RIGHT };

/* Patterns say by shape what colour says too: states stay apart without seeing colours. */
enum rnd_pattern {
    RND_PATTERN_STRIPES, /* thick diagonals, rising: blocking */
    RND_PATTERN_HATCH,   /* thin diagonals, falling */
    RND_PATTERN_DOTS,    /* staggered dots: ready, waiting its turn */
    RND_PATTERNS
};

/* How a line is drawn.  dash_px 0 is solid; else dashes of dash_px, gaps of gap_px. */
struct rnd_stroke {
    rnd_colour colour;
    double width_px;
    double dash_px, gap_px;
};

enum rnd_cmd_kind {
    RND_CMD_CLIP,    /* from here on, draw within box only */
    RND_CMD_ROUND,   /* rectangle, rounded if radius_px > 0; circles and rings too */
    RND_CMD_PATTERN, /* as ROUND, filled with a pattern */
    RND_CMD_PIE,     /* sector of a ring or of a disc */
    RND_CMD_LINE,    /* open polyline of at least two points, round joins, butt ends */
    RND_CMD_POLYGON, /* convex, filled */
    RND_CMD_TEXT
};

/* One command, as consumers read it.  Offsets are into the list's arena. */
struct rnd_cmd {
    enum rnd_cmd_kind kind;
    rnd_colour colour;   /* of the fill, the line, the text */
    struct rnd_rect box; /* what it covers at most; of a TEXT: x of its anchor, y of its
                            baseline, w the width that it must fit (0: any), h unused */
    union {
        struct {
            double radius_px, border_px;
            rnd_colour border;
        } round;
        struct {
            double radius_px, period_px;
            enum rnd_pattern pattern;
        } pattern;
        struct {
            double thickness_px;     /* of the ring; the outer radius makes it a disc's sector */
            double from_turn, turns; /* clockwise from 12 o'clock, in full turns; turns 0..1 */
        } pie;
        struct {
            uint32_t offset, count; /* of struct rnd_point, see rnd_list_points() */
            double width_px, dash_px, gap_px;
        } line; /* POLYGON uses offset and count only */
        struct {
            uint32_t offset, bytes; /* see rnd_list_string() */
            double size_px;
            enum rnd_font font;
            enum rnd_align align;
        } text;
    } u;
};

struct rnd_list;

/* An empty list; the caller closes it.  SIM_ENOMEM. */
SIM_MUST_CHECK int rnd_list_open(struct rnd_list **list);
void rnd_list_close(struct rnd_list *list); /* NULL is allowed */

/* Begins a frame of that size: forgets all commands, errors and clips, keeps the memory. */
void rnd_list_begin(struct rnd_list *list, int width_px, int height_px);

/* 0, or SIM_ENOMEM if something since rnd_list_begin was lost. */
SIM_MUST_CHECK int rnd_list_error(const struct rnd_list *list);

/* Draw within rect (and within the clips around it) until the pop.  Every push has its pop. */
void rnd_list_clip_push(struct rnd_list *list, struct rnd_rect rect);
void rnd_list_clip_pop(struct rnd_list *list);
/* What is drawn into now: lets view code skip what nobody would see. */
struct rnd_rect rnd_list_clip(const struct rnd_list *list);

void rnd_list_rect(struct rnd_list *list, struct rnd_rect rect, rnd_colour fill);

/* Rounded rectangle.  The border lies inside the rectangle, over the fill.  Either may be RND_NONE.
 * A radius larger than half the shorter side makes a pill. */
void rnd_list_round(struct rnd_list *list, struct rnd_rect rect, double radius_px, rnd_colour fill,
                    rnd_colour border, double border_px);

/* As rnd_list_round with a dashed border and no fill: an empty place. */
void rnd_list_round_dashed(struct rnd_list *list, struct rnd_rect rect, double radius_px,
                           struct rnd_stroke stroke);

/* Fills a (rounded) rectangle with a pattern of that period, anchored at its left top corner. */
void rnd_list_pattern(struct rnd_list *list, struct rnd_rect rect, double radius_px,
                      enum rnd_pattern pattern, double period_px, rnd_colour colour);

void rnd_list_circle(struct rnd_list *list, double x, double y, double radius_px, rnd_colour fill);
/* Ring of that outer radius; the thickness lies inside. */
void rnd_list_ring(struct rnd_list *list, double x, double y, double radius_px, double thickness_px,
                   rnd_colour colour);
/* Part of a ring (of a disc if thickness_px >= radius_px), clockwise from 12 o'clock: a gauge.
 * from_turn and turns count full turns, turns 0 to 1. */
void rnd_list_pie(struct rnd_list *list, double x, double y, double radius_px, double thickness_px,
                  double from_turn, double turns, rnd_colour colour);

void rnd_list_line(struct rnd_list *list, double x0, double y0, double x1, double y1,
                   struct rnd_stroke stroke);
void rnd_list_polyline(struct rnd_list *list, const struct rnd_point *points, size_t count,
                       struct rnd_stroke stroke);
/* Cubic Bezier from p[0] to p[3].  head_px > 0 puts an arrow head of that length at p[3]. */
void rnd_list_bezier(struct rnd_list *list, const struct rnd_point p[4], struct rnd_stroke stroke,
                     double head_px);

void rnd_list_triangle(struct rnd_list *list, struct rnd_point a, struct rnd_point b,
                       struct rnd_point c, rnd_colour fill);
/* Convex, either direction. */
void rnd_list_polygon(struct rnd_list *list, const struct rnd_point *points, size_t count,
                      rnd_colour fill);

/* One line of UTF-8 (copied), its baseline at y, beginning at x. */
void rnd_list_text(struct rnd_list *list, enum rnd_font font, double size_px, double x, double y,
                   rnd_colour colour, const char *text);
/* As rnd_list_text; x is the left end, the centre or the right end as align says, and what is
 * wider than max_width_px (0: any width) is cut short with an ellipsis. */
void rnd_list_text_fit(struct rnd_list *list, enum rnd_font font, double size_px, double x,
                       double y, rnd_colour colour, const char *text, enum rnd_align align,
                       double max_width_px);
/* As rnd_list_text_fit, for bytes that do not end in NUL: a token of a source line. */
void rnd_list_text_bytes(struct rnd_list *list, enum rnd_font font, double size_px, double x,
                         double y, rnd_colour colour, const char *text, size_t bytes,
                         enum rnd_align align, double max_width_px);

struct rnd_fonts;

/* Appends what another list shows, so much larger, with its left top corner there; text that gets
 * too small to be read becomes bars. */
void rnd_list_insert(struct rnd_list *list, const struct rnd_list *from, struct rnd_fonts *fonts,
                     double x, double y, double scale);

/* Reading, valid until the next begin or close. */
size_t rnd_list_count(const struct rnd_list *list);
const struct rnd_cmd *rnd_list_at(const struct rnd_list *list, size_t index);
const struct rnd_point *rnd_list_points(const struct rnd_list *list, const struct rnd_cmd *cmd);
/* NUL-terminated; its length is cmd->u.text.bytes. */
const char *rnd_list_string(const struct rnd_list *list, const struct rnd_cmd *cmd);
int rnd_list_width_px(const struct rnd_list *list);
int rnd_list_height_px(const struct rnd_list *list);

/* Of one command with its text and points; of the whole frame with its size. */
uint64_t rnd_list_cmd_hash(const struct rnd_list *list, const struct rnd_cmd *cmd);
uint64_t rnd_list_hash(const struct rnd_list *list);

#endif
