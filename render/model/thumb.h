/* A thumbnail: a run's timeline in a few pieces, for a picture the size of a stamp.
 *
 * It holds no pixels and no colours: it is drawn sharply at any size, in any theme.  It is plain
 * bytes, so that it can be kept in a file; what a file holds is to be checked by
 * rnd_thumb_is_sound.
 */
#ifndef RND_THUMB_H
#define RND_THUMB_H

#include "model.h"

#define RND_THUMB_LANES 8
#define RND_THUMB_PIECES 200
#define RND_THUMB_WIDTH 4096

/* What a lane does from one place to another, both in 0..RND_THUMB_WIDTH. */
struct rnd_thumb_piece {
    uint16_t from, to;
    uint8_t lane;   /* 0 is the loop's */
    uint8_t colour; /* of a task, as in its lane */
    uint8_t state;  /* enum rnd_task_state; an end is a place only */
    uint8_t thread; /* 1: the colour is a thread's */
};

struct rnd_thumb {
    uint16_t lane_count, piece_count;
    struct rnd_thumb_piece pieces[RND_THUMB_PIECES];
};

/* Makes the thumbnail of a run: of the loop, and of its first tasks and threads. */
void rnd_thumb_make(const struct rnd_model *model, struct rnd_thumb *out);

/* Whether bytes from elsewhere can be a thumbnail. */
bool rnd_thumb_is_sound(const struct rnd_thumb *thumb);

#endif
