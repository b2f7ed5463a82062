/* Frames: where each task's coroutines stand at one cursor, what their variables hold, and the
 * traceback of what went wrong last, as a run that was stopped there says.
 *
 * Invariants:
 *  - The frames of a task lie side by side, the outermost first.
 *  - All texts are copies: nothing of the run or of its trace is kept.
 */
#ifndef RND_FRAMES_H
#define RND_FRAMES_H

#include "model.h"

/* A variable. */
struct rnd_local {
    const char *name, *value;
};

/* One call, or coroutine, that is not over. */
struct rnd_call {
    uint32_t task; /* 0: outside any */
    uint32_t line;
    uint32_t source; /* index of its file in the model's, RND_NEVER: not the script's own */
    const char *function, *file;
    uint32_t first_local, local_count;
};

struct rnd_frames {
    uint32_t cursor;
    struct rnd_call *calls;
    struct rnd_local *locals;
    const char **traceback; /* lines of the one of the exception that a task raised last, */
    uint32_t raised_by;     /* and which that was, 0: none did */
    char *texts;            /* all of them */
    uint32_t call_count, local_count, traceback_count;
};

/* Takes the frames from the trace of a run that was stopped at a cursor.  Errors: SIM_ENOMEM;
 * SIM_EINVAL where that run is another one than the model's. */
int rnd_frames_take(const struct rnd_model *model, uint32_t cursor,
                    const struct sim_trace_view *stopped, struct rnd_frames *out) SIM_MUST_CHECK;

/* Frees what it holds; one that is all zeros is allowed. */
void rnd_frames_close(struct rnd_frames *frames);

/* The index of the first call of a task, and how many there are; 0 where there are none. */
uint32_t rnd_frames_of(const struct rnd_frames *frames, uint32_t task, uint32_t *first);

/* Whether a variable of a call, the one of that depth of its task's (0: the outermost), had another
 * value, or was not there, in the same call before. */
bool rnd_frames_changed(const struct rnd_frames *before, const struct rnd_call *call,
                        uint32_t depth, const struct rnd_local *local);

/* The file that a line of a traceback names, `  File "pump.py", line 6, in fill`, as an index in
 * the model's, and its line; RND_NEVER: it names none that was run. */
uint32_t rnd_frames_place(const struct rnd_model *model, const char *traceback_line,
                          uint32_t *line);

/* The last line of the script itself that messages on its stderr name by a cursor, 0: none. */
uint32_t rnd_frames_blamed(const struct rnd_model *model, uint32_t cursor);

#endif
