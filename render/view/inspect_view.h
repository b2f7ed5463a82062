/* What users can change of the inspector: part of struct rnd_view. */
#ifndef RND_INSPECT_VIEW_H
#define RND_INSPECT_VIEW_H

#include "render/model/frames.h"
#include "render/model/inspect.h"

struct rnd_inspect_view {
    struct rnd_thing thing; /* that was selected; of kind NONE, it is the selected task */
    uint32_t beside;        /* the task that was selected then: with another one it lapses */
    double px;              /* how far it is scrolled down */
    /* So many rows are scrolled away of the ready queue, of the list of timers. */
    uint32_t queue_row, timer_row;
    /* Borrowed: the frames at the cursor, and at the stop before it; NULL: not known */
    const struct rnd_frames *frames, *frames_before;
    const struct rnd_frames *failed; /* likewise: with the traceback of the task, if it failed */
    const char *frames_note;         /* why they are not, or NULL */
};

#endif
