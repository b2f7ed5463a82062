/* The cues: which caption is shown from when to when of a presentation, so that each can be read.
 *
 * A caption comment of the lesson is held until it is read, when it comes up for the first time,
 * and stays until there is something else to say, or the lesson's next marker comes; a sentence
 * made from the trace is shown where there happens to be time to read it, or is held likewise if
 * asked.  Cues do not overlap, and none is shorter than its reading takes, except in a presentation
 * that is too short for its comments: then those are left out that come up before the one before
 * them has been read.  What several runs come to goes before all else.
 *
 * Of several runs each says which one it is about.  What a comment says is held once, for the run
 * that comes to it first; at the end it is said what they come to.
 */
#ifndef RND_CUES_H
#define RND_CUES_H

#include "lesson.h"
#include "merged.h"
#include "pace.h"

/* How long it takes to read, or to speak, a text, in nanoseconds. */
typedef int64_t (*rnd_cue_reading)(const char *text, void *context);

/* Reading at 17 characters a second, at least one second. */
int64_t rnd_cue_reading_ns(const char *text, void *context);

/* Several runs: the pace is that of the merged ones. */
struct rnd_cue_runs {
    const struct rnd_merged *merged;
    const struct rnd_lesson *lessons[RND_MERGED_MAX];
    const char *titles[RND_MERGED_MAX];
    const char *end; /* said when all are over; NULL: nothing */
};

struct rnd_cue_options {
    const struct rnd_lesson *lesson;
    const struct rnd_cue_runs *runs; /* NULL: there is one, of `lesson` */
    rnd_cue_reading reading;         /* NULL: rnd_cue_reading_ns */
    void *context;                   /* for `reading` */
    bool hold_all;                   /* every stop is held until its sentence is read */
    int64_t marker_pause_ns;         /* each marker of the lesson is held at least so long */
};

struct rnd_cue {
    int64_t begin_ns, end_ns; /* of the presentation */
    uint32_t cursor;          /* of the pace's model */
    uint32_t run;             /* that it is about, RND_NEVER: all of them */
    bool comment;             /* the lesson's words, not ours */
    bool first;               /* for the first time: they were held, and stay until they are read */
    char *text;
};

/* Owns its texts. */
struct rnd_cues {
    struct rnd_cue *items; /* by time */
    uint32_t count;
};

/* What the pace of a model (of several runs, the merged one) has to hold, for rnd_pace_options: by
 * cursor, to be freed by the caller.  Errors: SIM_ENOMEM. */
int rnd_cues_holds(const struct rnd_model *model, const struct rnd_cue_options *options,
                   struct rnd_pace_hold **out, uint32_t *count) SIM_MUST_CHECK;

/* The cues of a presentation.  Errors: SIM_ENOMEM. */
int rnd_cues_make(const struct rnd_pace *pace, const struct rnd_cue_options *options,
                  struct rnd_cues *out) SIM_MUST_CHECK;
void rnd_cues_free(struct rnd_cues *cues);

/* In a presentation that is too short to say at its end what the runs come to, `after_ns` before
 * it is over: when the last stop has to begin for that.  False: there is time, or none even so. */
bool rnd_cues_end_anchor(const struct rnd_pace *pace, const struct rnd_cue_options *options,
                         int64_t after_ns, struct rnd_pace_anchor *out);

/* The cue at a presentation time, NULL: none; the last one that has begun then, NULL: none. */
const struct rnd_cue *rnd_cues_at(const struct rnd_cues *cues, int64_t at_ns);
const struct rnd_cue *rnd_cues_last(const struct rnd_cues *cues, int64_t at_ns);

#endif
