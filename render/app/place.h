/* Places: points of a run by the names that people give them.
 *
 * A place is a time in seconds ("2.5"), the moment after an event as numbered by `awaitscope trace`
 * ("event:41"), or the name of one of the lesson's markers.
 */
#ifndef RND_PLACE_H
#define RND_PLACE_H

#include <stddef.h>

#include "render/model/lesson.h"
#include "render/model/model.h"

/* The moment of a place, within the run.  SIM_EINVAL: `error` says why there is none. */
int rnd_place_find(const struct rnd_model *model, const struct rnd_lesson *lesson, const char *name,
                   struct rnd_moment *out, char *error, size_t error_size) SIM_MUST_CHECK;

/* The cursor at which the run comes to a marker of the lesson for the first time, RND_NEVER: it
 * does not. */
uint32_t rnd_place_marker(const struct rnd_model *model, const struct rnd_lesson *lesson,
                          uint32_t marker);

#endif
