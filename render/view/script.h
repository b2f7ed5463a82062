/* The script as the window shows it: its lines, their colours' states, and its lesson comments.
 *
 * Invariant: line n (1, 2, ...) is the bytes [starts[n - 1], starts[n]) of text without its end of
 * line, and lexes from states[n - 1].
 */
#ifndef RND_SCRIPT_H
#define RND_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "render/model/highlight.h"
#include "render/model/lesson.h"
#include "sim/error.h"

struct rnd_script {
    char *path; /* as the user named it */
    char *text; /* NUL-terminated */
    size_t length;
    size_t *starts;        /* line_count + 1 */
    rnd_lex_state *states; /* line_count */
    uint32_t line_count;
    struct rnd_lesson lesson;
};

/* Reads the file at `path`.  One that cannot be read, or is too large to be a script, is shown as
 * empty: what is wrong with it the run itself says.  Errors: SIM_ENOMEM. */
int rnd_script_open(struct rnd_script *script, const char *path) SIM_MUST_CHECK;
void rnd_script_close(struct rnd_script *script);

/* The bytes of a line, without its end of line; an empty one beyond the last. */
const char *rnd_script_line(const struct rnd_script *script, uint32_t line, size_t *length);

/* What to call it: the lesson's title, or else the file's name. */
const char *rnd_script_title(const struct rnd_script *script);

#endif
