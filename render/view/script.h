/* The script as the window shows it: its files' lines, their colours' states, and its lesson
 * comments.
 *
 * Invariants:
 *  - files[0] is the script itself; the others are modules of its own, in the order of the model's
 *    files.
 *  - Line n (1, 2, ...) of a file is the bytes [starts[n - 1], starts[n]) of its text without its
 *    end of line, and lexes from states[n - 1].
 */
#ifndef RND_SCRIPT_H
#define RND_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "render/model/highlight.h"
#include "render/model/lesson.h"
#include "render/model/model.h"
#include "sim/error.h"

/* Tokens of one line that are told apart; the rest is one. */
#define RND_SCRIPT_TOKENS_MAX 128

struct rnd_script_file {
    char *path; /* as the user named it; of a module, where it was found */
    char *name; /* as people call it: a module's path from the script's folder */
    char *text; /* NUL-terminated */
    size_t length;
    int64_t saved_ns;      /* when the file was, by the system's clock, as it was read */
    size_t *starts;        /* line_count + 1 */
    rnd_lex_state *states; /* line_count */
    uint32_t line_count;
    uint32_t *shown; /* row_count lines: those that rows of the source show, from the top */
    uint32_t row_count;
    uint32_t *columns; /* as many: how long the code of each is, in letters */
};

struct rnd_script {
    struct rnd_script_file *files; /* at least one */
    uint32_t file_count;
    struct rnd_lesson lesson;
};

/* More modules than that are not read. */
#define RND_SCRIPT_FILES_MAX 256

/* Reads the file at `path`.  One that cannot be read, or is too large to be a script, is shown as
 * empty: what is wrong with it the run itself says.  Errors: SIM_ENOMEM. */
int rnd_script_open(struct rnd_script *script, const char *path) SIM_MUST_CHECK;
void rnd_script_close(struct rnd_script *script);

/* Reads the modules that the run has come to meanwhile, beside the script.  A name that leads out
 * of its folder, as no run of ours has, is not followed: such a file is empty.  Errors: SIM_ENOMEM.
 */
int rnd_script_update(struct rnd_script *script, const struct rnd_model *model) SIM_MUST_CHECK;

/* Whether a file was saved since it was read. */
bool rnd_script_is_stale(const struct rnd_script *script);

/* The bytes of a line, without its end of line; an empty one beyond the last of its file, and of a
 * file that is none. */
const char *rnd_script_line(const struct rnd_script *script, uint32_t file, uint32_t line,
                            size_t *length);

/* The same without a comment at its end that tells the window what it shows elsewhere. */
const char *rnd_script_code(const struct rnd_script *script, uint32_t file, uint32_t line,
                            size_t *length);

/* How many lines a file has. */
uint32_t rnd_script_lines(const struct rnd_script *script, uint32_t file);

/* Of a file only code is shown, not the lines that do nothing but tell the window what it shows
 * elsewhere.  How many are shown; the line of a row (0, 1, ...), 0 below the last; the row of a
 * line, or of the next that is shown. */
uint32_t rnd_script_rows(const struct rnd_script *script, uint32_t file);
uint32_t rnd_script_line_of(const struct rnd_script *script, uint32_t file, uint32_t row);
uint32_t rnd_script_row_of(const struct rnd_script *script, uint32_t file, uint32_t line);

/* How many letters of a line of the script should be seen, at most so many: all of each line, but
 * for very few that are longer. */
uint32_t rnd_script_columns(const struct rnd_script *script, uint32_t most);

/* What to call it: the lesson's title, or else the file's name. */
const char *rnd_script_title(const struct rnd_script *script);

#endif
