/* Retiming: a presentation takes its times from the cues of a WebVTT file, those of a narration.
 *
 * A cue that is called event:N, as in the files that a recording writes beside itself, belongs to
 * the stop of that cursor.  Cues without such names belong to the presentation's own, in order.
 */
#ifndef RND_RETIME_H
#define RND_RETIME_H

#include <stddef.h>

#include "render/model/cues.h"

/* Reads when stops begin, for rnd_pace_options: by cursor, to be freed by the caller.  `own` are
 * the cues that the presentation would have.  Errors: SIM_EIO, SIM_ENOMEM, SIM_EINVAL (it is no
 * WebVTT, or its cues do not fit); `error` then says why. */
int rnd_retime_read(const char *path, const struct rnd_model *model, const struct rnd_cues *own,
                    struct rnd_pace_anchor **anchors, uint32_t *count, char *error,
                    size_t error_size) SIM_MUST_CHECK;

#endif
