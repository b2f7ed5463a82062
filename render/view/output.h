/* The output's parts: what output.c draws with. */
#ifndef RND_OUTPUT_H
#define RND_OUTPUT_H

#include "panel.h"

/* In the title: whose lines are shown, of which time, with which text. */
void rnd_output_tools(struct rnd_frame *frame, double middle);

#endif
