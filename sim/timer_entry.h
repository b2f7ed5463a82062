/* What an entry among the timers is of: private to those that arm and fire them.
 *
 * Invariant: a task has at most one entry that is not a nap's.
 */
#ifndef SIM_TIMER_ENTRY_H
#define SIM_TIMER_ENTRY_H

#include "task.h"
#include "timer.h"

/* The address of a handle; of a task, whose `timer` is the entry's id; or of a nap. */
enum { SIM_TIMER_TASK = 1, SIM_TIMER_NAP = 2, SIM_TIMER_TAGS = 3 };

/* A sleep of a task of which another entry, of a sleep that it gave up, is still among the timers.
 */
struct sim_nap {
    struct sim_task *task;
    uint32_t id;
};

static inline void *sim_timer_address(const struct sim_timer *timer)
{
    return (void *)(timer->of & ~(uintptr_t)SIM_TIMER_TAGS);
}

static inline struct sim_timer sim_timer_of_handle(struct sim_handle *handle, int64_t deadline_ns)
{
    return (struct sim_timer){deadline_ns, (uintptr_t)handle};
}

/* Whose an entry is: a handle's, or, where that is NULL, a task's. */
static inline struct sim_handle *sim_timer_handle(const struct sim_timer *timer)
{
    return timer->of & SIM_TIMER_TAGS ? NULL : sim_timer_address(timer);
}

static inline struct sim_task *sim_timer_task(const struct sim_timer *timer)
{
    return timer->of & SIM_TIMER_NAP ? ((const struct sim_nap *)sim_timer_address(timer))->task
                                     : sim_timer_address(timer);
}

/* Its timer's id, which is of no meaning for a task's that was cancelled. */
static inline uint32_t sim_timer_id(const struct sim_timer *timer)
{
    if (timer->of & SIM_TIMER_TASK)
        return ((const struct sim_task *)sim_timer_address(timer))->timer;
    return timer->of & SIM_TIMER_NAP ? ((const struct sim_nap *)sim_timer_address(timer))->id
                                     : ((const struct sim_handle *)sim_timer_address(timer))->id;
}

/* Whether its timer was cancelled since it was armed. */
static inline bool sim_timer_is_cancelled(const struct sim_timer *timer)
{
    if (timer->of & SIM_TIMER_TASK)
        return ((const struct sim_task *)sim_timer_address(timer))->timer_given_up;
    if (timer->of & SIM_TIMER_NAP)
        return sim_timer_task(timer)->timer != sim_timer_id(timer);
    return (((const struct sim_handle *)sim_timer_address(timer))->flags & SIM_HANDLE_CANCELLED) !=
           0;
}

/* For a task's that was taken out: hands over its reference. */
static inline struct sim_task *sim_timer_take_task(const struct sim_timer *timer)
{
    struct sim_task *task = sim_timer_task(timer);
    if (!sim_timer_is_cancelled(timer))
        task->timer_armed = false;
    if (timer->of & SIM_TIMER_TASK)
        task->timer_given_up = false;
    else
        sim_alloc_give(task->future.loop->world->alloc, sim_timer_address(timer),
                       sizeof(struct sim_nap));
    return task;
}

#endif
