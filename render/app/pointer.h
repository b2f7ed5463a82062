/* The pointer: which shape it has, and since when it rests.
 *
 * A tooltip is shown once the pointer has rested on a place that has one, and goes when it leaves
 * the place or a button is pressed.
 */
#ifndef RND_POINTER_H
#define RND_POINTER_H

#include "input.h"

struct rnd_pointer {
    SDL_Cursor *shapes[SDL_NUM_SYSTEM_CURSORS]; /* made when they are first wanted */
    SDL_SystemCursor shape;
    int64_t still_ns;    /* how long it has been where it is */
    struct rnd_hit over; /* what was under it then */
};

void rnd_pointer_close(struct rnd_pointer *pointer);

/* Looks at the pointer after so much real time has passed.  Returns how long from now something
 * may be shown for it in nanoseconds, -1: nothing will before it moves. */
int64_t rnd_pointer_look(struct rnd_pointer *pointer, struct rnd_input *input, int64_t elapsed_ns);

#endif
