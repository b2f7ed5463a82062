/* The state of the loop and of the tasks at a moment.
 *
 * Every question costs O(log n + what is answered); nothing is allocated.
 */
#ifndef RND_STATE_H
#define RND_STATE_H

#include "model.h"

/* What runs at a moment. */
enum rnd_runner { RND_RUNNER_NONE, RND_RUNNER_TASK, RND_RUNNER_CALLBACK };

struct rnd_state {
    struct rnd_moment moment;
    uint8_t runner;        /* enum rnd_runner */
    uint32_t runner_id;    /* TASK: its number, CALLBACK: its handle */
    uint32_t slice;        /* index of the slice that runs, RND_NEVER: none */
    uint32_t line, file;   /* where the runner is, or module code if none runs; line 0:
                              unknown */
    uint32_t iteration;    /* number, 0: before the first */
    uint32_t queue_count;  /* entries in the ready queue */
    uint32_t snapshot;     /* how many of them the present iteration will run */
    bool in_iteration;     /* between its begin and its end */
    bool blocking;         /* the runner is in a blocking call */
    bool idle;             /* the clock is about to move, or moves, with nothing to run */
    uint32_t pushed_first; /* for rnd_state_queue */
};
struct rnd_state rnd_state_at(const struct rnd_model *model, struct rnd_moment moment);

/* Entry `n` of the ready queue, 0 is next; n < queue_count. */
struct rnd_push rnd_state_queued(const struct rnd_model *model, const struct rnd_state *state,
                                 uint32_t n);

/* A timer at a moment: `left_ns` may be 0 or less when it is due or late; of a cancelled one it is
 * what was left.  done: how much of its time is gone, 0..1. */
struct rnd_timer_state {
    const struct rnd_timer *timer;
    int64_t left_ns;
    float done;
    bool cancelled;
};

/* The `max` soonest of the timers that are armed at a moment, by (deadline, order of arming);
 * returns how many there are in all. */
uint32_t rnd_state_timers(const struct rnd_model *model, struct rnd_moment moment,
                          struct rnd_timer_state *out, uint32_t max);

/* The timers cancelled in this very instant, latest first; returns how many were written. */
uint32_t rnd_state_cancelled(const struct rnd_model *model, struct rnd_moment moment,
                             struct rnd_timer_state *out, uint32_t max);

/* What a task does at a cursor; span is NULL while it is UNBORN. */
struct rnd_lane_state {
    enum rnd_task_state state;
    const struct rnd_span *span;
    uint32_t line, file; /* its current line, 0: unknown; index of its file */
};
struct rnd_lane_state rnd_state_lane(const struct rnd_model *model, uint32_t task, uint32_t cursor);

/* The line that a task (0: module code and callbacks) is on at a cursor; NULL: none yet. */
const struct rnd_line *rnd_state_line(const struct rnd_model *model, uint32_t task,
                                      uint32_t cursor);

#endif
