/* Memory made real ahead of its use: a thread takes the page faults of what will be written soon.
 *
 * Invariants: it changes no byte of the memory, so a run is the same with it and without it; all
 * here is a hint, and what fails only leaves the faults to whoever writes.
 */
#ifndef SIM_AHEAD_H
#define SIM_AHEAD_H

#include <stddef.h>

struct sim_ahead;

/* Starts the thread; NULL if there can be none. */
struct sim_ahead *sim_ahead_start(void);
/* Ends it, and waits until it no longer touches any memory.  NULL is nothing. */
void sim_ahead_end(struct sim_ahead *ahead);

/* Has the whole pages of a range made real, which is writable and stays mapped until
 * sim_ahead_end.  Forgotten if many others wait already. */
void sim_ahead_want(struct sim_ahead *ahead, void *address, size_t size);

#endif
