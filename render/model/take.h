/* Taking the events of a trace into the model, one by one: private to the take*.c files.
 *
 * All of it works at the cursor after the event model->event_count, which is being taken in, and
 * relies on the room that rnd_index_room has made.
 */
#ifndef RND_TAKE_H
#define RND_TAKE_H

#include "index.h"

/* The cursor of the event that is being taken in. */
static inline uint32_t here(const struct rnd_model *model)
{
    return model->event_count + 1;
}

/* What the loop does; what tasks and threads do, and what they wait for. */
void rnd_take_loop(struct rnd_model *model, const struct sim_event *event);
void rnd_take_task(struct rnd_model *model, const struct sim_event *event);
void rnd_take_thread(struct rnd_model *model, const struct sim_event *event);
void rnd_take_wait(struct rnd_model *model, const struct sim_event *event);

/* The task that runs suspends in a sleep, up to the deadline of the timer that was just armed. */
void rnd_take_asleep(struct rnd_model *model, uint32_t handle);
/* A sleep is over: the callback of its timer ran. */
void rnd_take_sleep_over(struct rnd_model *model, uint32_t handle);

/* Begins a span of a lane, ending its last one. */
struct rnd_span *rnd_take_begin_span(struct rnd_model *model, struct rnd_lane *lane,
                                     unsigned state);

/* The lane of a thread by its number; NULL for the main thread, and what is none. */
struct rnd_lane *rnd_take_thread_lane(const struct rnd_model *model, uint32_t thread);

/* The lane that a line of a task (0: of the thread that runs) belongs to, NULL: none; and whose
 * such a line or output is: a task, RND_THREAD | a thread, or 0. */
struct rnd_lane *rnd_take_line_lane(struct rnd_model *model, uint32_t task);
uint32_t rnd_take_author(const struct rnd_model *model, uint32_t task);

/* Whether cancellations are by a timeout now, and by which timer (an index, or RND_NEVER). */
void rnd_take_expiring(struct rnd_model *model, bool expiring, uint32_t timer);

/* The loop lane: the slice that runs, if it is this one, or NULL. */
struct rnd_slice *rnd_take_running(const struct rnd_model *model, unsigned kind, uint32_t id);
void rnd_take_begin_slice(struct rnd_model *model, unsigned kind, uint32_t id, bool sleep);
void rnd_take_end_slice(struct rnd_model *model);

/* The ready queue: appends a task or a callback; takes its head away. */
void rnd_take_push(struct rnd_model *model, uint32_t task, uint32_t handle);
void rnd_take_pop(struct rnd_model *model);

/* The callback that runs, or of a handle, NULL: none; the task that runs, 0: none; the timer of a
 * handle, NULL: it has none. */
struct rnd_callback *rnd_take_callback(struct rnd_model *model);
struct rnd_callback *rnd_take_callback_of(struct rnd_model *model, uint32_t handle);
uint32_t rnd_take_runner(const struct rnd_model *model);
struct rnd_timer *rnd_take_timer(struct rnd_model *model, uint32_t handle);

#endif
