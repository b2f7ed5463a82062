/* The inspector's parts, and what it is about: private to render/view, but for the last two. */
#ifndef RND_INSPECTOR_H
#define RND_INSPECTOR_H

#include "panel.h"

/* Height of a row. */
double rnd_inspector_row_px(const struct rnd_layout *layout);

/* The stack of a task, with its variables, from the top of the rectangle on; how high it is. */
void rnd_inspector_stack(struct rnd_frame *frame, uint32_t task, struct rnd_rect rect);
double rnd_inspector_stack_px(const struct rnd_frame *frame, uint32_t task);

/* The level of an object over the run. */
void rnd_inspector_chart(struct rnd_frame *frame, uint32_t object, struct rnd_rect rect);

#endif
