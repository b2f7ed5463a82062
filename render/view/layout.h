/* The layout: where each panel is, in a window of some size.
 *
 * Invariants: panels do not overlap, lie within the window, and their edges are whole pixels; one
 * that is not shown has no area.  From RND_LAYOUT_SCALE_MIN on, at the least window size, every
 * panel that is shown and not collapsed has room for its essentials, wherever the splitters are.
 */
#ifndef RND_LAYOUT_H
#define RND_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "render/draw/list.h"
#include "render/draw/theme.h"

/* Below these, text cannot be read: in a window, and in a video, or where somebody wants it so. */
#define RND_LAYOUT_SCALE_MIN 0.8
#define RND_LAYOUT_SCALE_FILM 0.6
#define RND_LAYOUT_SCALE_MAX 4.0

/* Which panels there are. */
enum rnd_layout_mode {
    RND_LAYOUT_FULL,     /* all */
    RND_LAYOUT_CODE,     /* source beside timeline, and the caption */
    RND_LAYOUT_TIMELINE, /* timeline and caption */
    RND_LAYOUT_TALL,     /* source above timeline above caption: for pictures of 9:16 */
    RND_LAYOUT_SQUARE,   /* likewise, for those of 1:1 */
    RND_LAYOUT_MODES
};

/* A layout as people name it, and the usual size of a picture of it. */
struct rnd_layout_shape {
    const char *name;
    enum rnd_layout_mode mode;
    int width_px, height_px;
};
extern const struct rnd_layout_shape rnd_layout_shapes[RND_LAYOUT_MODES];

/* The one of that name, NULL: none. */
const struct rnd_layout_shape *rnd_layout_find(const char *name);

/* What can be collapsed: to its title, or, the caption and the minimap, to nothing. */
enum rnd_panel_id {
    RND_PANEL_SOURCE,
    RND_PANEL_OUTPUT,
    RND_PANEL_TIMELINE, /* stays */
    RND_PANEL_LOOP,
    RND_PANEL_INSPECTOR,
    RND_PANEL_CAPTION,
    RND_PANEL_MINIMAP,
    RND_PANELS
};

/* Between which panels something can be dragged; its share is that of what is named first. */
enum rnd_splitter {
    RND_SPLITTER_COLUMN,    /* source and output | the rest: of the width */
    RND_SPLITTER_OUTPUT,    /* output below source: of the height between the bars */
    RND_SPLITTER_LOWER,     /* the row below the timeline: likewise */
    RND_SPLITTER_INSPECTOR, /* inspector beside loop: of the row's width */
    RND_SPLITTERS
};

/* What a user wants of the layout; all zeros are the design's own. */
struct rnd_layout_spec {
    enum rnd_layout_mode mode;
    bool bare;                    /* without title bar and transport */
    bool film;                    /* nobody works it: nothing is there only to be pressed */
    bool large;                   /* type for people far away: none below 20 px of 1080 */
    bool inspector;               /* it is shown */
    bool keys;                    /* there is room below the timeline for steps and their keys */
    bool collapsed[RND_PANELS];   /* by enum rnd_panel_id */
    double shares[RND_SPLITTERS]; /* above 0 and below 1; 0: the design's own */
    uint32_t params;              /* sliders that parameters need room for */
    uint32_t columns;             /* of code that the source needs room for */
    uint32_t letters;             /* of the longest name of a lane */
};

/* What a recording shows. */
struct rnd_layout_spec rnd_layout_recorded(enum rnd_layout_mode mode, bool large, bool compares);

struct rnd_layout {
    struct rnd_sizes sizes;
    double text_least_px; /* no text is smaller */
    double step_text_px;  /* of steps that are shown with their keys */
    struct rnd_rect step; /* where that is; empty: over the timeline, at its lower edge */
    struct rnd_rect header, source, timeline, output, loop, inspector, caption, transport;
    struct rnd_rect panels[RND_PANELS];       /* the same by their ids, but for the minimap */
    bool collapsed[RND_PANELS];               /* is shown as its title only */
    struct rnd_rect splitters[RND_SPLITTERS]; /* empty where there is nothing to drag */

    /* In the header: where buttons are, right-aligned; where the sliders of the parameters are,
     * unless they need a row of their own below it. */
    struct rnd_rect buttons, params;

    /* Within the source and the output: where the rows are. */
    struct rnd_rect code, lines;
    double code_row_px, line_row_px;

    /* Within the timeline: the ruler's labels, what the axis covers (ruler, loop lane and lanes),
     * the loop's lane and the tasks' lanes (both with their names, across the panel), the whole run
     * below them (as wide as the axis). */
    struct rnd_rect ruler, axis, loop_lane, lanes, minimap;
    struct rnd_rect totals; /* below the lanes, as wide as the axis; empty: there are none */

    /* Within the transport: the density strip, and what its axis covers. */
    struct rnd_rect strip;
    bool film;       /* nobody scrolls it: few lanes are as high as there is room */
    bool stacked;    /* the timeline is one of several: its lanes can be lower; */
    bool tight;      /* there is little room: its title stands where that of its loop's lane is */
    double names_px; /* width of the names' column, from the panel's left edge */
};

/* Whether there are things that are only there to be pressed. */
static inline bool rnd_layout_is_worked(const struct rnd_layout_spec *spec)
{
    return !spec->bare && !spec->film;
}

/* The scale that the window chooses for its size in pixels. */
double rnd_layout_scale(const struct rnd_layout_spec *spec, int width_px, int height_px);

/* A scale that somebody wants, or the nearest one that leaves the panels of use. */
double rnd_layout_scale_in(const struct rnd_layout_spec *spec, double scale, int width_px,
                           int height_px);

struct rnd_layout rnd_layout_make(const struct rnd_layout_spec *spec, int width_px, int height_px,
                                  double scale);

/* The same layout for one of `count` timelines that are stacked where it has one: its timeline, and
 * all within, is the one of that index from the top.  The first has the ruler; each has a title of
 * its own, unless there is little room.  What there is for lanes is shared by how many of them each
 * has. */
struct rnd_layout rnd_layout_stacked(const struct rnd_layout *layout, uint32_t index,
                                     uint32_t count, const uint32_t lane_counts[]);

/* Makes room below the lanes for lines of totals, if one lane at least keeps its own. */
void rnd_layout_add_totals(struct rnd_layout *layout, uint32_t rows);

/* Above and below those lines together, at scale 1. */
#define RND_LAYOUT_TOTALS_PAD 10

/* The share that puts a splitter's middle at a point of the window, or as near as panels allow. */
double rnd_layout_share(const struct rnd_layout_spec *spec, int width_px, int height_px,
                        double scale, enum rnd_splitter splitter, double x, double y);

/* How many letters of a line of code the source has room for. */
uint32_t rnd_layout_columns(const struct rnd_layout *layout);

/* Width of the names' column, from the panel's left edge: wider where there is much room and the
 * longest name has many letters. */
double rnd_layout_names_px(const struct rnd_layout *layout, uint32_t letters);

/* Height of a lane when so many share the panel: they fill it until they get too low. */
double rnd_layout_lane_px(const struct rnd_layout *layout, uint32_t lane_count);

/* Whether a rectangle has an area; whether a point is in it. */
static inline bool rnd_rect_is_seen(struct rnd_rect rect)
{
    return rect.w > 0 && rect.h > 0;
}

static inline bool rnd_rect_has(struct rnd_rect rect, double x, double y)
{
    return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}

#endif
