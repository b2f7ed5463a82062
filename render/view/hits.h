/* What lies under each place of a frame: filled by the panels while they draw. */
#ifndef RND_HITS_H
#define RND_HITS_H

#include <stddef.h>
#include <stdint.h>

#include "render/draw/list.h"

enum rnd_hit_kind {
    RND_HIT_NONE,
    RND_HIT_BUTTON, /* value: enum rnd_button */
    RND_HIT_STEP,   /* value: enum rnd_step_kind */
    RND_HIT_SPEED,
    RND_HIT_STRIP,       /* the density strip: a time */
    RND_HIT_AXIS,        /* the timeline beside the lanes' names: a time; value: task or 0 */
    RND_HIT_NAME,        /* a lane's name; value: task */
    RND_HIT_SOURCE,      /* value: line, 0 below the last */
    RND_HIT_FILE,        /* of the source; value: index */
    RND_HIT_FILES,       /* all of them */
    RND_HIT_OUTPUT,      /* value: index of an output line, RND_HIT_NOTHING below the last */
    RND_HIT_OVERLAY,     /* around what lies over the panels: covers all */
    RND_HIT_SPLITTER,    /* value: enum rnd_splitter */
    RND_HIT_PANEL,       /* a panel's title; value: enum rnd_panel_id */
    RND_HIT_FIELD,       /* a field that is edited; value: byte of its text */
    RND_HIT_BOX,         /* what lies over the panels, where nothing answers */
    RND_HIT_CARD,        /* of the gallery; value: index */
    RND_HIT_CHOICE,      /* of a prediction; value: index, or see predict.h */
    RND_HIT_FOUND,       /* what is searched for */
    RND_HIT_ROW,         /* of the picker; value: index */
    RND_HIT_PARAM,       /* the slider of a parameter; value: index */
    RND_HIT_PARAM_NAME,  /* its name; value: index */
    RND_HIT_PARAM_VALUE, /* its value in digits; value: index */
    RND_HIT_PARAM_WORD,  /* value: index * RND_PARAM_WORDS_MAX + word */
    RND_HIT_FOLD,        /* the chevron of a lane; value: task */
    RND_HIT_PIN,         /* the pin of a lane; value: task */
    RND_HIT_TOOL,        /* value: enum rnd_timeline_tool */
    RND_HIT_EDGE,        /* of the range; value: 0 where it begins, 1 where it ends */
    RND_HIT_PLAYHEAD,    /* of the timeline */
    RND_HIT_MARK,        /* value: index of the note */

    RND_HIT_MAP,           /* the whole run below the lanes */
    RND_HIT_INSPECTOR,     /* where nothing answers */
    RND_HIT_FACT,          /* of the inspector; value: index */
    RND_HIT_CALL,          /* of the inspector's stack; value: index in the frames' */
    RND_HIT_TRACEBACK,     /* value: index of the line */
    RND_HIT_LOCAL,         /* a variable; value: index in the frames' */
    RND_HIT_RUNNER,        /* what runs */
    RND_HIT_QUEUED,        /* of the ready queue; value: its place, 0 is next */
    RND_HIT_TIMER,         /* value: index of the timer */
    RND_HIT_OUTPUT_ONLY,   /* whether only the selected task's output is shown */
    RND_HIT_OUTPUT_RANGE,  /* likewise, of the range, */
    RND_HIT_OUTPUT_FILTER, /* with a text */
    RND_HIT_QUEUE,         /* around the ready queue, */
    RND_HIT_TIMERS,        /* around the timers */
    RND_HIT_RECORD,        /* of the dialog that records; value: see record.h */
};
#define RND_HIT_NOTHING UINT32_MAX

/* Of a parameter that has more words, the later ones are not sensitive. */
#define RND_PARAM_WORDS_MAX 16

enum rnd_button {
    RND_BUTTON_START,
    RND_BUTTON_BACK,
    RND_BUTTON_PLAY,
    RND_BUTTON_FORWARD,
    RND_BUTTON_END, /* the last of the transport's */
    RND_BUTTON_SHORTEN,
    RND_BUTTON_REPEAT,
    RND_BUTTON_LASTS,
    RND_BUTTON_STOP,
    RND_BUTTON_LESSONS,
    RND_BUTTON_SEARCH,
    RND_BUTTON_PREDICT,
    RND_BUTTON_COMMANDS,
    RND_BUTTON_RECORD,
    RND_BUTTON_THEME,
    RND_BUTTON_PRESENT,
    RND_BUTTON_HELP,
    RND_BUTTONS
};

/* What changes which lanes and arrows the timeline has. */
enum rnd_timeline_tool {
    RND_TOOL_TREE,
    RND_TOOL_SORT,
    RND_TOOL_FILTER,
    RND_TOOL_ARROWS,
    RND_TOOLS
};

struct rnd_hit {
    struct rnd_rect rect;
    enum rnd_hit_kind kind;
    uint32_t value;
};

/* More than a window has room for; beyond it, places are just not sensitive. */
#define RND_HITS_MAX 512

struct rnd_hits {
    struct rnd_hit items[RND_HITS_MAX];
    size_t count;
};

/* Later ones lie above earlier ones. */
static inline void rnd_hits_add(struct rnd_hits *hits, struct rnd_rect rect, enum rnd_hit_kind kind,
                                uint32_t value)
{
    if (hits->count < RND_HITS_MAX)
        hits->items[hits->count++] = (struct rnd_hit){rect, kind, value};
}

/* What is uppermost at a point; of kind NONE where nothing is. */
struct rnd_hit rnd_hits_at(const struct rnd_hits *hits, double x, double y);

#endif
