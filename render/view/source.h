/* The source's parts: what source.c draws with. */
#ifndef RND_SOURCE_H
#define RND_SOURCE_H

#include "panel.h"

/* In the title: which files there are, and which of them is shown. */
void rnd_source_files(struct rnd_frame *frame, double middle);

#endif
