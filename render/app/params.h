/* The parameters of a script that a command line gives values to. */
#ifndef RND_PARAMS_H
#define RND_PARAMS_H

#include <stddef.h>

#include "scenarios/run.h"
#include "sim/error.h"

/* Whether the script at `path` has each of these parameters, and allows each value.  Errors:
 * SIM_EINVAL, SIM_ENOMEM; `error`, of `error_size` bytes, then says which and where in one line. */
int rnd_params_check(const struct scn_param *params, int count, const char *path, char *error,
                     size_t error_size) SIM_MUST_CHECK;

#endif
