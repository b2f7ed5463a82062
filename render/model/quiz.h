/* Questions about a run: which task will run next?
 *
 * A question is asked where a task has just stopped running, about the next that runs, if more than
 * one task is there that could.  Tasks that asyncio makes for itself are never asked about.
 */
#ifndef RND_QUIZ_H
#define RND_QUIZ_H

#include "model.h"

#define RND_QUIZ_CHOICES 6

struct rnd_quiz {
    uint32_t at;                        /* cursor at which it is asked */
    uint32_t after;                     /* task that ran before */
    uint32_t answer_at;                 /* cursor at which the answer begins to run */
    uint32_t choices[RND_QUIZ_CHOICES]; /* tasks that live at `at`, by number */
    uint32_t choice_count;              /* at least 2 */
    uint32_t answer;                    /* index of the right one */
};

/* The first question at or after a cursor; false if there is none.  Of many tasks, those are to
 * choose from that are ready or wake up soon. */
bool rnd_quiz_next(const struct rnd_model *model, uint32_t cursor, struct rnd_quiz *out);

#endif
