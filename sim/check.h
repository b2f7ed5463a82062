/* The whole-state checker: every invariant that the headers of sim promise. */
#ifndef SIM_CHECK_H
#define SIM_CHECK_H

#include "loop.h"

/* NULL if all invariants hold, else the sentence of the first that does not.  Debug builds call it
 * after every iteration. */
const char *sim_loop_check(const struct sim_loop *loop);

#endif
