/* A recording in a process of its own: this program once more, which tells how far it is.
 *
 * Invariants:
 *  - Nothing here waits, but rnd_record_job_close for a recording that is told to end.
 *  - A recording that is ended early leaves no file.
 */
#ifndef RND_RECORD_JOB_H
#define RND_RECORD_JOB_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/error.h"

struct rnd_record_job;

/* How a recording stands. */
struct rnd_record_status {
    bool over, failed;
    double share, left_s; /* 0..1; seconds to go, -1: unknown yet */
    char error[512];      /* one line, if it failed */
};

/* Starts a program (NULL: this one) with arguments, of which the first is its name and NULL the
 * end; borrowed during the call.  Errors: SIM_ENOMEM, SIM_EIO with one line in `error`. */
int rnd_record_job_start(const char *program, char *const *arguments, struct rnd_record_job **out,
                         char *error, size_t error_size) SIM_MUST_CHECK;

/* Takes in what it told meanwhile.  Valid until the next call. */
const struct rnd_record_status *rnd_record_job_poll(struct rnd_record_job *job);

/* Ends it, if it goes on, waits for that and frees it; NULL is allowed. */
void rnd_record_job_close(struct rnd_record_job *job);

#endif
