/* What the parts of the cues share: private to render/model.
 */
#ifndef RND_CUES_PRIVATE_H
#define RND_CUES_PRIVATE_H

#include "cues.h"

/* What is said at most, with the title of a run. */
#define RND_CUE_TEXT_MAX 512

/* One of the runs that there are cues of. */
struct rnd_cue_side {
    uint32_t run;
    const struct rnd_model *model;
    const struct rnd_lesson *lesson; /* NULL: none */
    const char *title;               /* NULL: there is no other run */
};

/* How many runs there are, and one of them; `model` is that of the pace. */
uint32_t rnd_cue_run_count(const struct rnd_cue_options *options);
struct rnd_cue_side rnd_cue_side_of(const struct rnd_model *model,
                                    const struct rnd_cue_options *options, uint32_t run);

/* The pace's cursor for one of a run. */
uint32_t rnd_cue_cursor_of(const struct rnd_cue_options *options, const struct rnd_cue_side *side,
                           uint32_t cursor);

/* Whether no run comes to a comment of these words before a run does at a cursor. */
bool rnd_cue_is_first(const struct rnd_model *model, const struct rnd_cue_options *options,
                      const struct rnd_cue_side *side, const char *text, uint32_t cursor);

/* A text of ours or of a comment, as it is said: in `out`, or as it is. */
const char *rnd_cue_say(const struct rnd_cue_side *side, const char *text,
                        char out[RND_CUE_TEXT_MAX]);

/* How long it takes to read, or to speak, what is said. */
int64_t rnd_cue_said_ns(const struct rnd_cue_options *options, const char *text);

#endif
