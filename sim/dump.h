/* A text of everything alive in a loop: for debuggers and failure messages. */
#ifndef SIM_DUMP_H
#define SIM_DUMP_H

#include "loop.h"

/* Writes clock, ready queue, timers and pending tasks into `out`, at most `size` bytes, NUL
 * included; returns the length of the whole. */
size_t sim_loop_dump(const struct sim_loop *loop, char *out, size_t size);

#endif
