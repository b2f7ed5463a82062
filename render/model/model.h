/* The model: what a trace says, arranged for looking at it.
 *
 * Everything on screen is a pure function of (trace, cursor, view).
 *
 *  - A CURSOR is the number of events that have happened: 0 is before the first, `event_count` is
 *    the end.  What changed last at cursor c is events[c - 1].
 *  - Everything here that begins, ends or happens names a cursor: the first at which it can be
 * seen, which is the index of its event plus 1.  A span holds at the cursors [begin, end); `end` is
 *    RND_NEVER where no event ended it yet.
 *  - A task's number is 1, 2, ... in order of creation; its lane is lanes[task - 1].  A thread
 * other than the main one has a lane, too: where a task is asked for, RND_THREAD | its number may
 * stand.
 *  - A lane's spans touch each other: the first begins with the task, each begins where the one
 *    before ends, and the last has no end.
 *  - Arrays are ordered by cursor, and only grow; rnd_model_update may move them.  Fields are for
 *    reading.
 *  - Any bytes are good enough for a trace: what makes no sense is left out, and memory grows by a
 *    bounded amount an event.
 */
#ifndef RND_MODEL_H
#define RND_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/error.h"
#include "sim/trace.h"

#define RND_NEVER UINT32_MAX
#define RND_NO_TIME INT64_MIN

/* What a task does.  UNBORN: it was not created yet.  BLOCKING: it runs, and holds up the loop. */
enum rnd_task_state {
    RND_TASK_UNBORN,
    RND_TASK_READY,
    RND_TASK_RUNNING,
    RND_TASK_SUSPENDED,
    RND_TASK_BLOCKING,
    RND_TASK_DONE,
    RND_TASK_FAILED,
    RND_TASK_CANCELLED,
    RND_TASK_TIMED_OUT, /* cancelled, because time was up */
    RND_TASK_STATES
};

/* A stretch of one state in a lane. */
struct rnd_span {
    uint32_t begin, end; /* cursors */
    int64_t begin_ns;
    int64_t end_ns;      /* RND_NO_TIME while it has no end */
    int64_t deadline_ns; /* SUSPENDED: when its timer is due; BLOCKING: when it will end; otherwise,
                            and where there is none, RND_NO_TIME */
    uint32_t object;     /* SUSPENDED: the future, or for await TASK the task's number */
    uint32_t label;      /* SUSPENDED: text of what the script says it awaits, 0: none.
                            READY: index of the link that made it so, RND_NEVER: none;
                            RUNNING of a thread: text of its job */
    uint32_t wait;       /* SUSPENDED: index in `waits` of its place in a line, RND_NEVER: none */
    uint32_t limit;      /* SUSPENDED: index of the timer of a timeout() block that is due before
                            the deadline, RND_NEVER: none */
    uint8_t state;       /* enum rnd_task_state */
    uint8_t await;       /* SUSPENDED: enum sim_flag_await; a thread's is THREAD.
                            BLOCKING: enum sim_flag_block */
    uint8_t resume;      /* RUNNING: enum sim_flag_resume of the step */
};

/* Nanoseconds of virtual time that a task spent in each way.  late: the sum of its late marks. */
struct rnd_totals {
    int64_t ran_ns, ready_ns, waited_ns, blocked_ns, late_ns;
};

/* One task. */
struct rnd_lane {
    uint32_t created;   /* cursor */
    uint32_t done;      /* cursor, RND_NEVER while it is not */
    uint32_t parent;    /* task, 0: outside any */
    uint32_t name;      /* text */
    uint32_t coroutine; /* text */
    uint32_t line;      /* of the coroutine's definition, 0: unknown */
    uint32_t value;     /* text: result or exception once done */
    uint32_t colour;    /* 0, 1, ...: counts the lanes that are shown */
    uint32_t twin;      /* 1, 2, ...: which of the tasks that run this coroutine */
    uint8_t naming;     /* enum sim_flag_task: NAMED, UNNAMED, INTERNAL (hidden by default) */
    uint8_t outcome;    /* enum sim_flag_outcome once done */
    bool time_up;       /* it was last asked to cancel by a timeout */
    uint32_t limit;     /* the last of the levels that are its timeout() blocks, RND_NEVER: none */
    uint32_t member;    /* the last of the model's `members` that it is, RND_NEVER: none */
    uint32_t cancels;   /* how often it was asked to cancel */
    uint32_t span_count, span_capacity;
    uint32_t line_count, line_capacity;
    struct rnd_span *spans;   /* touching, see above */
    uint32_t *lines;          /* indices into the model's `lines` */
    struct rnd_totals closed; /* of the spans that have an end: use rnd_lane_totals */
};

/* A thread other than the main one.  Its lane's states: READY before it first runs, RUNNING,
 * SUSPENDED (asleep, if it has a deadline, or blocked), DONE; a pool's worker without a job is
 * UNBORN.  `naming` is INTERNAL where asyncio made it to clean up. */
struct rnd_thread {
    struct rnd_lane lane; /* colour counts the threads that are shown; parent: a thread */
    uint32_t lender;      /* the thread that goes on when this one pauses, 0: the main one */
    uint8_t kind;         /* enum sim_flag_thread */
};
#define RND_THREAD UINT32_C(0x80000000)

/* What the loop did for a while.  CALLBACK may be one that only wakes a sleeper (`sleep` is set).
 * THREAD: it did nothing, while another thread ran.
 */
enum rnd_slice_kind { RND_SLICE_TASK, RND_SLICE_CALLBACK, RND_SLICE_IDLE, RND_SLICE_THREAD };
struct rnd_slice {
    uint32_t begin, end;      /* cursors; of IDLE: before and after the clock moved */
    int64_t begin_ns, end_ns; /* end_ns is RND_NO_TIME while it has no end */
    uint32_t id;              /* TASK: its number; CALLBACK: handle; IDLE: index of the next timer
                                 in `timers`, RND_NEVER: unknown */
    uint32_t units;           /* for the axis: half slots of all slices before this one */
    uint32_t full;            /* cursor at which its task is done, or else `end` */
    uint8_t kind;             /* enum rnd_slice_kind */
    bool sleep;
    bool backstage; /* part of how asyncio.run cleans up after the script: no width */
};

/* A stretch of time in which a blocking call held the loop. */
struct rnd_block {
    uint32_t begin, end; /* cursors */
    uint32_t task;       /* 0: outside any */
    int64_t begin_ns, end_ns;
};

struct rnd_iteration {
    uint32_t at;     /* cursor */
    uint32_t number; /* as asyncio would count */
    uint32_t ready;  /* callbacks in the snapshot that it runs */
    uint32_t timers; /* how many of them came from due timers */
    uint32_t popped; /* callbacks that ever left the ready queue before it */
};

/* One entry that was appended to the ready queue: task is 0 for a callback, handle 0 for a task. */
struct rnd_push {
    uint32_t at; /* cursor */
    uint32_t task, handle;
};

enum rnd_timer_end { RND_TIMER_PENDING, RND_TIMER_FIRED, RND_TIMER_CANCELLED };
/* What it limits: nothing, a wait(), a wait_for(), a timeout() block. */
enum rnd_timer_use { RND_TIMER_PLAIN, RND_TIMER_WAIT, RND_TIMER_WAIT_FOR, RND_TIMER_BLOCK };
struct rnd_timer {
    uint32_t armed, end; /* cursors; RND_NEVER while pending */
    int64_t armed_ns, deadline_ns;
    uint32_t handle;
    uint32_t task; /* who sleeps, or else who armed it; 0: no task */
    uint32_t name; /* text: the callback, 0: unknown */
    uint8_t kind;  /* enum sim_flag_timer */
    uint8_t how;   /* enum rnd_timer_end: how it ended, at whatever cursor */
    uint8_t use;   /* enum rnd_timer_use */
};

/* A timer's callback came late, because `blocker` held the loop. */
struct rnd_late {
    uint32_t at; /* cursor */
    uint32_t task, blocker;
    uint32_t timer; /* index, RND_NEVER: unknown */
    int64_t due_ns, actual_ns;
};

/* A file that lines of it were run of. */
struct rnd_file {
    uint32_t at;   /* cursor of the first; of the script itself 0 */
    uint32_t name; /* text: the script's name, or a module's path from the script's folder */
};

/* A source line about to be run. */
struct rnd_line {
    uint32_t at;   /* cursor */
    uint32_t task; /* 0: module level or a callback */
    uint32_t line;
    uint32_t file; /* index in `files` */
};

/* Part of a line of output: `length` bytes at `offset` of text `text`. */
struct rnd_piece {
    uint32_t at; /* cursor */
    uint32_t task;
    uint32_t text, offset, length;
};
struct rnd_output_line {
    uint32_t at; /* cursor of its first piece */
    uint32_t task;
    uint32_t first_piece, piece_count;
    int64_t time_ns;
    uint8_t stream; /* enum sim_flag_stream */
    bool whole;     /* it ended with a newline */
};

/* A number that changes as the run goes on, as it was from cursor `at` on: how many of a
 * combinator's children are done, what a lock or a queue holds, the timer (an index) that ends a
 * task's timeout() block.  Those of one thing are linked; `jump` leads far back. */
struct rnd_level {
    uint32_t at; /* cursor */
    uint32_t value, of;
    uint32_t previous, jump, depth; /* indices, RND_NEVER: none; how many there are before it */
};

/* A child of a combinator. */
struct rnd_member {
    uint32_t at;       /* cursor */
    uint32_t outer;    /* the combinator's future */
    uint32_t child;    /* task, or future */
    uint32_t done;     /* of a future: cursor at which it was, RND_NEVER: not yet */
    uint32_t previous; /* of the same combinator, RND_NEVER: none */
    uint32_t before;   /* the same child of another combinator, RND_NEVER: none */
    uint8_t await;     /* enum sim_flag_await: TASK for a task */
};

/* A task that stood in a line. */
struct rnd_wait {
    uint32_t at, end;  /* cursors; RND_NEVER while it does */
    uint32_t object;   /* index in the model's `objects` */
    uint32_t place;    /* in the line, 1 is the first, when it joined */
    uint32_t previous; /* who joined before, RND_NEVER: nobody */
};

/* What tasks meet at: a lock, a queue ... */
struct rnd_object {
    uint32_t id;
    uint32_t at;          /* cursor of its first use */
    uint32_t name;        /* text, 0: unknown */
    uint32_t limit;       /* how many it admits, 0: any number */
    uint32_t level, wait; /* the last of its levels and waits, RND_NEVER: none */
    uint8_t kind;         /* enum sim_flag_object */
};

/* An arrow to a task: it was created, woken up, or asked to cancel. */
enum rnd_link_kind { RND_LINK_CREATE, RND_LINK_WAKE, RND_LINK_CANCEL };
struct rnd_link {
    uint32_t at;    /* cursor of the effect */
    uint32_t cause; /* cursor at which its cause was there: a timer fired, a task's step; 0: none */
    uint32_t to_task;   /* number, always valid */
    uint32_t from_task; /* who did it, in the end; 0: no task */
    uint32_t handle;    /* the callback that did it or passed it on; 0: none */
    uint32_t timer;     /* index of the timer that did it, RND_NEVER: none.  CANCEL has one where
                           time was up */
    uint8_t kind;       /* enum rnd_link_kind */
};

/* From this cursor on it is this time. */
struct rnd_instant {
    uint32_t at; /* cursor just after the clock moved; 0 for the first instant */
    int64_t time_ns;
};

/* An event in which a person can see a difference, and the cursor after it and after what only
 * tells more about it: see step.h. */
struct rnd_stop {
    uint32_t at;    /* cursor */
    uint32_t event; /* index, less than `at` */
};

struct rnd_index; /* what the making of it remembers: index.h */

/* The whole model.  T *items, item_count: the arrays described above. */
struct rnd_model {
    struct sim_trace_view view;
    uint32_t event_count; /* events taken in; the last cursor */
    int64_t end_ns;       /* time at the last cursor */
    bool over;            /* the trace says that the run is over */
    uint8_t end_flag;     /* enum sim_flag_end, once over */
    uint32_t exit_code, end_text;
    uint32_t main; /* task that the first loop runs for, 0: none */

    struct rnd_instant *instants; /* at least one */
    struct rnd_lane *lanes;
    struct rnd_thread *threads;
    struct rnd_slice *slices; /* the loop lane */
    struct rnd_block *blocks;
    struct rnd_iteration *iterations;
    struct rnd_push *pushes; /* the n-th pop took the n-th push */
    uint32_t *pops;          /* cursors */
    struct rnd_timer *timers;
    uint32_t *cancelled; /* timers (indices), in the order in which they were cancelled */
    struct rnd_late *lates;
    struct rnd_file *files; /* at least one: the script itself comes first */
    struct rnd_line *lines;
    uint32_t *loose_lines; /* indices into `lines` of those of task 0 */
    struct rnd_piece *pieces;
    struct rnd_output_line *outputs;
    struct rnd_level *levels;
    struct rnd_wait *waits;
    struct rnd_member *members;
    struct rnd_object *objects;
    struct rnd_link *links;
    struct rnd_stop *stops;
    uint32_t instant_count, lane_count, slice_count, block_count, iteration_count, push_count,
        pop_count, timer_count, cancelled_count, late_count, line_count, loose_line_count,
        piece_count, output_count, link_count, stop_count, thread_count, level_count, wait_count,
        object_count, member_count, file_count;
    uint32_t colour_count;        /* lanes of tasks that are shown */
    uint32_t thread_colour_count; /* the same of threads */
    struct rnd_index *index;
};

/* A point of a run: a cursor, and the time, which between two instants may be anywhere from the
 * cursor's own time up to that of the next event. */
struct rnd_moment {
    uint32_t cursor;
    int64_t time_ns;
};

/* Makes the model of a trace in one linear pass.  `view`'s memory is borrowed until rnd_model_free,
 * and must not change below its counts: copy what another process can still write, if you do not
 * trust it.  Errors: SIM_ENOMEM. */
int rnd_model_build(const struct sim_trace_view *view, struct rnd_model **out) SIM_MUST_CHECK;

/* Takes in what `view`, a later view of the same trace, has more.  Earlier cursors keep their
 * meaning.  Errors: SIM_ENOMEM; the model is then whole up to `event_count`, and can be retried. */
int rnd_model_update(struct rnd_model *model, const struct sim_trace_view *view) SIM_MUST_CHECK;

/* Frees it; NULL is allowed. */
void rnd_model_free(struct rnd_model *model);

/* A text of the trace, "" for an id that is none; its length may be NULL. */
const char *rnd_model_text(const struct rnd_model *model, uint32_t id, size_t *length);

/* The time at a cursor, and the moment of it. */
int64_t rnd_model_time(const struct rnd_model *model, uint32_t cursor);
struct rnd_moment rnd_model_moment(const struct rnd_model *model, uint32_t cursor);
static inline bool rnd_moment_same(struct rnd_moment one, struct rnd_moment other)
{
    return one.cursor == other.cursor && one.time_ns == other.time_ns;
}

/* Index of the instant that a cursor belongs to. */
uint32_t rnd_model_instant(const struct rnd_model *model, uint32_t cursor);

/* The last moment at or before `time_ns`: all of an instant has happened at its own time. */
struct rnd_moment rnd_model_at_time(const struct rnd_model *model, int64_t time_ns);

/* The lane of a task or thread, NULL for a number that is none.  Valid until the next update. */
const struct rnd_lane *rnd_model_lane(const struct rnd_model *model, uint32_t task);

/* Index of the span of a lane at a cursor, RND_NEVER before it was created; and, for drawing, of
 * the first span that ends after `cursor` (span_count if none does). */
uint32_t rnd_lane_span_at(const struct rnd_lane *lane, uint32_t cursor);
uint32_t rnd_lane_first_span(const struct rnd_lane *lane, uint32_t cursor);

/* The same for the loop lane: first slice that ends after `cursor`, slice_count if none does. */
uint32_t rnd_model_first_slice(const struct rnd_model *model, uint32_t cursor);

/* A lane's totals up to the end of the trace. */
struct rnd_totals rnd_lane_totals(const struct rnd_model *model, const struct rnd_lane *lane);

/* Text of an output line as it stood at `cursor`: at most `size` bytes (> 0), NUL included, whole
 * UTF-8 characters, control characters as spaces; returns its length. */
size_t rnd_model_output_text(const struct rnd_model *model, const struct rnd_output_line *line,
                             uint32_t cursor, char *out, size_t size);
/* How many output lines, links, late marks there were at a cursor: those with at <= cursor. */
uint32_t rnd_model_outputs_at(const struct rnd_model *model, uint32_t cursor);
uint32_t rnd_model_links_at(const struct rnd_model *model, uint32_t cursor);
uint32_t rnd_model_lates_at(const struct rnd_model *model, uint32_t cursor);

#endif
