/* Line markers, and the compiler that puts them into the script's code.
 *
 * A line that ends with a comment "# cost: 0.5 s" computes for so long, in virtual time, before it
 * runs; other code costs nothing.
 *
 * Invariant: code with markers does what the code without them does, at the same lines.
 */
#ifndef HOST_LINES_H
#define HOST_LINES_H

#include "state.h"

/* A new marker of a line; `file` is the text id of the file's name, `cost_ns` how long the line
 * computes. */
PyObject *host_line_marker_new(struct host *host, uint32_t file, uint32_t line, int64_t cost_ns);

/* What runs computes for so long (clock.c): no other code of its process can compute meanwhile, for
 * all threads share one interpreter. */
void host_compute(struct host *host, int64_t length_ns);

/* Compiles source text (bytes) as a file's, with markers, and with other values for its parameters
 * (see params.c), of which NULL is none.  A new code object, or NULL with the exception:
 * SyntaxError and so on. */
PyObject *host_compile(struct host *host, PyObject *source, PyObject *path, PyObject *params);

/* params.c: lines NAME=VALUE as a dict of texts, NULL with an exception; and a syntax tree
 * that gets the values: -1 with SystemExit, after it was said why, if it cannot. */
PyObject *host_params_parse(const char *text);
int host_params_apply(PyObject *params, PyObject *tree, PyObject *source, PyObject *path);

/* The name of a file in the trace: the script's own without its directory, a module of its own as
 * from there, another as it is.  A text id, 0 without memory. */
uint32_t host_file_id(struct host *host, PyObject *path);

/* From now on modules in `directory` that the script imports get markers too.  -1 with an
 * exception. */
int host_import_setup(struct host *host, PyObject *script, PyObject *directory);

#endif
