/* What the files of the transport share; views include panel.h only. */
#ifndef RND_TRANSPORT_H
#define RND_TRANSPORT_H

#include "panel.h"

/* Right of the strip: what steps are, how fast it plays, and how. */
void rnd_transport_choices(struct rnd_frame *frame);

/* In their place where nobody works it: how fast it plays, and a gap that passes faster. */
void rnd_transport_speed(struct rnd_frame *frame);

#endif
