/* Starting a worker: its program, its memory, its surroundings.
 *
 * Invariant: between fork and exec only async-signal-safe calls are made, so the parent may have
 * threads.
 */
#ifndef SCN_SPAWN_H
#define SCN_SPAWN_H

#include <stddef.h>
#include <sys/types.h>

#include "channel.h"
#include "run.h"

/* A descriptor of `size` bytes of memory that can be shared and can neither shrink nor grow;
 * -1 with errno. */
int scn_spawn_memory(size_t size);

/* An eventfd at 0, with the given flags; -1 with errno. */
int scn_spawn_counter(int flags);

/* Starts the worker of `options` (its numbers already filled in) on an open channel.  Returns its
 * process, or -1 with the reason in `error`. */
pid_t scn_spawn_worker(const struct scn_run_options *options, const struct scn_channel *channel,
                       char *error, size_t error_size);

#endif
