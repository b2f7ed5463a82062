/* The direction of a presentation: where to look, as the script's comments say.
 *
 * What is said of a line counts from when the run first comes to it: a focus and a zoom until the
 * next, a callout until it is read.  What a scene shows is a function of presentation time alone;
 * it changes gently.
 */
#ifndef RND_DIRECT_H
#define RND_DIRECT_H

#include "lesson.h"
#include "pace.h"

/* How long a focus, a zoom or a callout takes to come or to go. */
#define RND_DIRECT_EASE_NS INT64_C(600000000)

/* A stretch of virtual time; all of the run if `whole`. */
struct rnd_stretch {
    bool whole;
    int64_t from_ns, to_ns;
};

struct rnd_direction {
    int64_t begin_ns, end_ns; /* of the presentation */
    const char *text;         /* the lesson's */
    uint32_t cursor, task;    /* of the line, and who ran it */
    struct rnd_stretch stretch;
};

/* What a lesson says, each by time; texts are borrowed from the lesson. */
struct rnd_direct {
    struct rnd_direction *focuses, *zooms, *callouts;
    uint32_t focus_count, zoom_count, callout_count;
};

/* What is to be seen at some time.  Shares are 0..1. */
struct rnd_scene {
    const char *focus; /* the lanes that are not dimmed, NULL: none is */
    double focus_share;
    struct rnd_stretch zoom_from, zoom_to; /* the axis is on its way between these, and */
    double zoom_share;                     /* so far */
    const char *callout;                   /* NULL: none */
    double callout_share;
    uint32_t callout_cursor, callout_task; /* where it belongs */
};

/* The scene of a run that nobody directs. */
struct rnd_scene rnd_scene_plain(void);

/* Errors: SIM_ENOMEM. */
int rnd_direct_make(const struct rnd_pace *pace, const struct rnd_lesson *lesson,
                    struct rnd_direct *out) SIM_MUST_CHECK;
void rnd_direct_free(struct rnd_direct *direct);

struct rnd_scene rnd_direct_at(const struct rnd_direct *direct, int64_t at_ns);

/* Whether two scenes show the same. */
bool rnd_scene_equal(const struct rnd_scene *a, const struct rnd_scene *b);

/* Whether a lane is meant by a focus: names of tasks or of coroutines, with commas between. */
bool rnd_scene_has(const struct rnd_model *model, const char *focus, uint32_t task);

#endif
