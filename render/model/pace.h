/* The pace: which moment of the run is shown at which time of a presentation, and back.
 *
 * Presentation time counts in nanoseconds from 0.  It never makes the run go back; within an
 * instant every stop (step.h) is held for a while, between instants virtual time passes at a speed.
 * There is no clock in here: playing a run and recording it ask the same questions.
 */
#ifndef RND_PACE_H
#define RND_PACE_H

#include "model.h"

struct rnd_pace_options {
    double speed;       /* virtual seconds in one of the presentation, > 0 */
    int64_t hold_ns;    /* each stop is seen at least so long */
    int64_t gap_max_ns; /* the clock's moving takes at most so long; 0: no limit */
    int64_t total_ns;   /* stretch or squeeze everything to exactly this; 0: as it comes */
};

struct rnd_pace {
    const struct rnd_model *model; /* borrowed */
    struct rnd_pace_options options;
    int64_t *starts; /* per instant: when it begins, before `scale` */
    uint32_t count;
    double scale;
    int64_t total_ns; /* how long the whole run takes */
};

/* Speed 1, 120 ms a stop, no limit, no total. */
struct rnd_pace_options rnd_pace_defaults(void);

/* The pace of a model as it is now; make it again when the model has grown.  Errors: SIM_ENOMEM. */
int rnd_pace_init(struct rnd_pace *pace, const struct rnd_model *model,
                  const struct rnd_pace_options *options) SIM_MUST_CHECK;
void rnd_pace_close(struct rnd_pace *pace);

/* What is shown at a presentation time (beyond the end: the last moment). */
struct rnd_moment rnd_pace_moment(const struct rnd_pace *pace, int64_t at_ns);

/* When a moment begins to be shown. */
int64_t rnd_pace_time(const struct rnd_pace *pace, struct rnd_moment moment);

#endif
