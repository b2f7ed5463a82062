/* Steps that are shown: which step made what is seen, and the keys that make it.
 *
 * What is shown of a step is a function of the cursor and of the time since it was made: it is
 * there at once, and goes gently.
 */
#ifndef RND_STEPS_H
#define RND_STEPS_H

#include "render/model/step.h"

#define RND_STEP_KEYS_MAX 32
#define RND_STEP_TEXT_MAX 160

/* How long a step is seen, its going included. */
#define RND_STEP_SHOWN_NS INT64_C(1500000000)

/* The keys that make steps, as people are told them: those that choose a kind (by enum
 * rnd_step_kind), and the one that makes the step. */
struct rnd_step_keys {
    char kinds[RND_STEP_TASK][RND_STEP_KEYS_MAX];
    char step[RND_STEP_KEYS_MAX];
};

/* What lies at the lower edge of the timeline. */
struct rnd_step_shown {
    char keys[2][RND_STEP_KEYS_MAX]; /* one after another; "": none */
    char text[RND_STEP_TEXT_MAX];
    double share; /* of it that is seen, 0..1; 0: there is nothing */
};

/* How much is seen so long after a step. */
double rnd_step_share(int64_t since_ns);

/* The step that leads to a cursor: of the most telling kind that it is.  Before the first there is
 * nothing. */
struct rnd_step_shown rnd_step_show(const struct rnd_model *model, const struct rnd_step_keys *keys,
                                    uint32_t cursor, int64_t since_ns);

#endif
