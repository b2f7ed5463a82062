/* Input: what SDL's events mean for the application. */
#ifndef RND_INPUT_H
#define RND_INPUT_H

#include "app.h"

#include <SDL.h>

/* What a held mouse button does as the pointer moves. */
enum rnd_drag {
    RND_DRAG_NONE,
    RND_DRAG_STRIP,
    RND_DRAG_CURSOR,
    RND_DRAG_PAN,
    RND_DRAG_SPLITTER,
    RND_DRAG_PARAM,
    RND_DRAG_RANGE,
    RND_DRAG_MAP
};

struct rnd_input {
    struct rnd_app *app;
    const struct rnd_hits *hits; /* of the frame that is seen */
    double px_per_unit;          /* physical pixels a unit of SDL's pointer positions */
    enum rnd_drag drag;
    uint32_t splitter;      /* that is dragged */
    struct rnd_hit dragged; /* PARAM: the slider */
    /* RANGE: where the pointer and the range's other end were, on whose lane, and whether it is
     * more than a click. */
    double drag_x;
    struct rnd_moment drag_from;
    uint32_t drag_task;
    bool drag_is_far;
    bool moved;      /* the pointer, since it was looked at last */
    bool is_command; /* the key that went down last: what it types is no text */
    bool pressed;    /* a button was, where the pointer is */
};

/* Obeys an event; those of the window itself are none of its business. */
void rnd_input_event(struct rnd_input *input, const SDL_Event *event);

#endif
