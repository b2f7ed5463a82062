/* Places in CPython's own asyncio: functions that are in Python there and in C here.
 *
 * Invariant: where those files cannot be read nothing is known of any place, and nobody minds.
 */
#ifndef HOST_PLACES_H
#define HOST_PLACES_H

#include "state.h"

/* The code of the function, and the line: borrowed; NULL, without an exception, if it is not known.
 */
PyObject *host_place_code(struct host *host, const struct host_place *place, int *line);
/* "FILE:LINE", a new reference; NULL, without an exception, if it is not known. */
PyObject *host_place_text(struct host *host, const struct host_place *place);
/* A frame of the function that stands there, or has not begun: a new reference, NULL without an
 * exception. */
PyObject *host_place_frame(struct host *host, const struct host_place *place, bool begun);
/* The exception that is set was raised, or passed, there: its traceback says so, and keeps `self`
 * and `local` alive (NULL: nothing) as variables of the frame would. */
void host_place_raise(struct host *host, const struct host_place *place, PyObject *self,
                      PyObject *local);
/* The same for an exception that is not set. */
void host_place_passed(struct host *host, const struct host_place *place, PyObject *exception);

#endif
