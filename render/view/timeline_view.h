/* What users can change of the timeline, besides its axis: part of struct rnd_view. */
#ifndef RND_TIMELINE_VIEW_H
#define RND_TIMELINE_VIEW_H

#include "field.h"
#include "render/model/notes.h"
#include "render/model/range.h"
#include "render/model/rows.h"

/* Which arrows are drawn: those of the present step, also those to and from the selected task, all
 * that there is room for, none. */
enum rnd_arrows {
    RND_ARROWS_STEP,
    RND_ARROWS_SELECTED,
    RND_ARROWS_ALL,
    RND_ARROWS_NONE,
    RND_ARROWS_MODES
};

/* What the field edits, if anything; OUTPUT is the filter of the output. */
enum rnd_editing {
    RND_EDITING_NOTHING,
    RND_EDITING_FILTER,
    RND_EDITING_OUTPUT,
    RND_EDITING_MARK,
    RND_EDITING_NOTE
};

struct rnd_timeline_view {
    const struct rnd_rows *rows;   /* borrowed; NULL: all lanes, flat */
    const struct rnd_notes *notes; /* borrowed; NULL: none */
    enum rnd_arrows arrows;
    struct rnd_range range; /* that is selected, */
    /* the time that the task `range_task` spent in it, and that all did */
    struct rnd_totals range_totals, range_totals_of_all;
    uint32_t range_task;
    bool range_counted; /* range_totals_of_all is of this range */
    bool anchored;      /* one end of a range is at: */
    struct rnd_moment anchor;
    enum rnd_editing editing;
    struct rnd_field field;
    uint32_t mark;    /* MARK, NOTE: whose name or note it is */
    bool mark_is_new; /* it is gone if the editing is given up */
};

/* How many lines say how tasks spent the range that is selected: of one, and of all. */
static inline uint32_t rnd_timeline_totals(const struct rnd_timeline_view *view)
{
    return !view->range.set || view->anchored ? 0 : view->range_task ? 2 : 1;
}

#endif
