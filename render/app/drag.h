/* What dragging with the mouse does on the timeline: selecting a range, moving its edges, the
 * playhead and the picture. */
#ifndef RND_DRAG_H
#define RND_DRAG_H

#include "input.h"

/* A button went down on something, the pointer moved by so much, the button went up.  Pressing says
 * whether it was meant for the timeline. */
bool rnd_drag_press(struct rnd_input *input, struct rnd_hit hit, bool shift, bool twice);
/* Whether it is the axis, or what lies over it. */
static inline bool rnd_drag_is_axis(struct rnd_hit hit)
{
    return hit.kind == RND_HIT_AXIS || hit.kind == RND_HIT_PLAYHEAD || hit.kind == RND_HIT_EDGE;
}

/* The wheel was turned over the map: zooms there. */
bool rnd_drag_wheel(struct rnd_app *app, struct rnd_hit hit, double factor);
void rnd_drag_move(struct rnd_input *input, double dx_px);
void rnd_drag_release(struct rnd_input *input);

#endif
