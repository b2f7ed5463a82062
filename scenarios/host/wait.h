/* What wait, wait_for and as_completed share: many futures, and a timeout.
 *
 * Every function that fails leaves an exception set.
 */
#ifndef HOST_WAIT_H
#define HOST_WAIT_H

#include "state.h"

/* False with TypeError if an argument that is to be "a list" of futures is a single one. */
bool host_check_many(struct host *host, PyObject *object, const char *what);
/* What iterating gives, each once, in order: a new list. */
PyObject *host_distinct(PyObject *iterable);
/* A timeout in nanoseconds from now; None is SIM_NO_TIMEOUT. */
bool host_timeout(const struct sim_world *world, PyObject *timeout, int64_t *timeout_ns);
/* The futures of a list that holds nothing else, borrowed; to be freed with PyMem_Free. */
struct sim_future **host_futures_array(PyObject *list);
int host_visit_futures(struct sim_future *const *futures, uint32_t count, visitproc visit,
                       void *arg);

#endif
