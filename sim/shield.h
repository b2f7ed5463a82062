/* shield: a future that can be cancelled without cancelling what it stands for.
 *
 * The order of events is that of CPython 3.11.2, Lib/asyncio/tasks.py, shield().
 */
#ifndef SIM_SHIELD_H
#define SIM_SHIELD_H

#include "future.h"

/* A new reference to the outer future, which is `inner` itself where that is done already; NULL
 * when memory is out (world->error).  The two hold each other until one of them is done. */
struct sim_future *sim_shield(struct sim_future *inner);

#endif
