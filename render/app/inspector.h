/* What the inspector remembers between frames: part of struct rnd_app. */
#ifndef RND_APP_INSPECTOR_H
#define RND_APP_INSPECTOR_H

#include "subject.h"

/* What so many runs told is kept. */
#define RND_TOLD_MAX 8

struct rnd_inspector {
    struct scn_run *run;          /* owned; that is asked now, NULL: none */
    uint32_t asked;               /* the cursor that it is asked for */
    const struct rnd_subject *of; /* whose run it repeats, and whose are: */
    struct rnd_frames told[RND_TOLD_MAX];
    uint32_t told_count, oldest;
    uint32_t rested_at; /* the cursor that rests since: */
    int64_t rested_ns;  /* real time */
    char note[128];     /* why there are no frames; "" if there may be */
};

#endif
