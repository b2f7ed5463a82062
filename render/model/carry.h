/* Carrying over: where in one run of a script is what was looked at in another, in which a
 * parameter or the script itself is different.
 *
 * Time counts first; within an instant that both runs have, it is the step of the task that ran.
 */
#ifndef RND_CARRY_H
#define RND_CARRY_H

#include "model.h"

/* The task or thread of `to` that is what `task` is in `from`: the one with its name and its
 * coroutine, of several the one whose number is nearest.  0: there is none. */
uint32_t rnd_carry_task(const struct rnd_model *from, uint32_t task, const struct rnd_model *to);

/* The moment of `to` that is what `moment` is in `from`; its end if that is earlier. */
struct rnd_moment rnd_carry_moment(const struct rnd_model *from, struct rnd_moment moment,
                                   const struct rnd_model *to);

#endif
