/* The pace: which moment of the run is shown at which time of a presentation, and back.
 *
 * Presentation time counts in nanoseconds from 0.  It never makes the run go back; within an
 * instant every stop (step.h) is held for a while, between instants virtual time passes at a speed.
 * There is no clock in here: playing a run and recording it ask the same questions.
 */
#ifndef RND_PACE_H
#define RND_PACE_H

#include "model.h"

/* The stop that is seen at a cursor is held at least so long: there is something to read. */
struct rnd_pace_hold {
    uint32_t cursor;
    int64_t at_least_ns;
};

/* The stop that is seen at a cursor begins exactly then. */
struct rnd_pace_anchor {
    uint32_t cursor;
    int64_t at_ns;
};

/* A zero is allowed wherever it says so; arrays are by cursor and borrowed during rnd_pace_init. */
struct rnd_pace_options {
    double speed;               /* virtual seconds in one of the presentation, > 0 */
    int64_t hold_ns;            /* each stop is seen at least so long */
    int64_t gap_max_ns;         /* the clock's moving takes at most so long; 0: no limit */
    int64_t lead_ns;            /* so long, at first, nothing happens */
    int64_t total_ns;           /* all takes exactly this; 0: as it comes */
    struct rnd_moment from, to; /* all is what lies between these; `to` of cursor 0: the end */
    const struct rnd_pace_hold *holds;
    const struct rnd_pace_anchor *anchors;
    const float *hold_shares; /* by stop: so much of hold_ns is its own; NULL: all */
    uint32_t hold_count, anchor_count;
};

struct rnd_pace {
    const struct rnd_model *model; /* borrowed */
    struct rnd_pace_options options;
    int64_t
        *begins; /* of its pieces, ascending: of each instant the gap before it, and its stops */
    uint32_t instant_count, stop_count; /* there are so many pieces of both together */
    struct rnd_moment end;              /* what is shown last */
    int64_t total_ns;                   /* how long it takes */
};

/* Speed 1, 120 ms a stop, all of the run as it comes. */
struct rnd_pace_options rnd_pace_defaults(void);

/* The pace of a model as it is now; make it again when the model has grown.
 *
 * An exact total, and the time between two anchors, are reached by stretching or squeezing the
 * passing of time and the plain holds; what must be read keeps its time, as long as there is any.
 * Errors: SIM_ENOMEM. */
int rnd_pace_init(struct rnd_pace *pace, const struct rnd_model *model,
                  const struct rnd_pace_options *options) SIM_MUST_CHECK;
void rnd_pace_close(struct rnd_pace *pace);

/* What is shown at a presentation time (beyond the end: the last moment). */
struct rnd_moment rnd_pace_moment(const struct rnd_pace *pace, int64_t at_ns);

/* When a moment begins to be shown. */
int64_t rnd_pace_time(const struct rnd_pace *pace, struct rnd_moment moment);

/* How many times as fast as the speed says a gap passes that `gap_max_ns` shortens, at a
 * presentation time; 1 everywhere else. */
double rnd_pace_hurry(const struct rnd_pace *pace, int64_t at_ns);

#endif
