/* Subtitles: the cues of a presentation as WebVTT, as SRT, and as a text to speak. */
#ifndef RND_SUBTITLES_H
#define RND_SUBTITLES_H

#include <stdio.h>

#include "render/model/cues.h"

enum rnd_subtitles { RND_SUBTITLES_VTT, RND_SUBTITLES_SRT, RND_SUBTITLES_TEXT };

/* Writes those that begin in a part of the presentation, by times from its beginning; what goes
 * wrong is ferror's.  A cue's name in WebVTT is the place that it belongs to (place.h), so that a
 * narrator's times can be told back. */
void rnd_subtitles_write(const struct rnd_cues *cues, enum rnd_subtitles kind, const char *title,
                         int64_t begin_ns, int64_t end_ns, FILE *file);

#endif
