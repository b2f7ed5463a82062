/* Short texts: names of tasks and callbacks, what is awaited, times.
 *
 * Each writes at most `size` bytes (> 0), NUL included, whole UTF-8 characters without control
 * characters, and returns the length that it wrote.
 */
#ifndef RND_LABEL_H
#define RND_LABEL_H

#include "model.h"

/* Room for any of these labels. */
#define RND_LABEL_MAX 128

/* A task: the name that the script gave it, or else its coroutine's, with a number where several
 * tasks run the same one: "worker #2".  "module" for task 0. */
size_t rnd_label_task(const struct rnd_model *model, uint32_t task, char *out, size_t size);

/* A callback: its function's name. */
size_t rnd_label_handle(const struct rnd_model *model, uint32_t handle, char *out, size_t size);

/* An entry of the ready queue: the one or the other.  What a callback will do is said for whom:
 * "wake worker" for the end of its sleep. */
size_t rnd_label_push(const struct rnd_model *model, const struct rnd_push *push, char *out,
                      size_t size);

/* Whether a timer is its task's own, as that of a sleep or a timeout, and not a callback's. */
bool rnd_label_timer_is_of_task(const struct rnd_timer *timer);
/* A timer: "heartbeat · sleep(0.5)", "tick". */
size_t rnd_label_timer(const struct rnd_model *model, const struct rnd_timer *timer, char *out,
                       size_t size);

/* What a SUSPENDED span awaits: "sleep(1.5)", "gather · 3 tasks", "task worker", "future", "lock,
 * 2nd in line", "wait_for · timeout at 2.0 s"; a BLOCKING one: "time.sleep(3)".  "" for others.  It
 * is said as of the span's begin. */
size_t rnd_label_await(const struct rnd_model *model, const struct rnd_span *span, char *out,
                       size_t size);
/* The same as of a moment within it, with what changes meanwhile: "sleep(5) · 3.0 s left", "gather
 * · 2 of 3 done". */
size_t rnd_label_await_left(const struct rnd_model *model, const struct rnd_span *span,
                            struct rnd_moment now, char *out, size_t size);

/* What a task or thread does, as its lane's `state` at a cursor says, in a few words: "running",
 * "thread · asleep". */
struct rnd_lane_state;
size_t rnd_label_doing(const struct rnd_model *model, uint32_t task,
                       const struct rnd_lane_state *state, char *out, size_t size);

/* A state in one word: "running", "ready", "waiting", ... */
const char *rnd_label_state(enum rnd_task_state state);

/* A source line: "line 12" of the script itself, "helpers.py:12" of another file (an index). */
size_t rnd_label_place(const struct rnd_model *model, uint32_t file, uint32_t line, char *out,
                       size_t size);

/* A duration (0 or more) as people say it: "2.0 s", "0.25 s", "1.5 ms", "3 min 20 s". */
size_t rnd_label_duration(int64_t ns, char *out, size_t size);

/* What is left of a duration, with as many decimals as can be read while it runs: "3.0 s left". */
size_t rnd_label_left(int64_t ns, char *out, size_t size);

/* A time as on a clock's face, with as much of it as a run that lasts so long needs: "12" of
 * nanoseconds, "0.250" of microseconds, "2.000" of seconds, "3:05:00.000"; and the unit of that,
 * " s", which the last does not need. */
size_t rnd_label_clock(int64_t ns, int64_t run_ns, char *out, size_t size);
const char *rnd_label_clock_unit(int64_t run_ns);

/* A time on a ruler whose marks are `step_ns` apart: "0.5 s", "1.50 ms", "3 min", "3:05". */
size_t rnd_label_tick(int64_t ns, int64_t step_ns, char *out, size_t size);

#endif
