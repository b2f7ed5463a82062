/* Inspection: who has to do with a thing. */
#include "inspect_write.h"

#include <string.h>

/* So far back in the history of an object, and no further, is it looked for who holds it. */
#define HISTORY_MAX 4096

struct rnd_thing rnd_inspect_awaited(const struct rnd_model *model, const struct rnd_span *span)
{
    if (!span || span->state != RND_TASK_SUSPENDED)
        return (struct rnd_thing){0};
    if (span->await == SIM_AWAIT_TASK)
        return (struct rnd_thing){rnd_model_lane(model, span->object) ? RND_THING_TASK : 0,
                                  span->object};
    if (span->wait != RND_NEVER)
        return (struct rnd_thing){RND_THING_OBJECT, model->waits[span->wait].object};
    if (span->await == SIM_AWAIT_SLEEP || span->await == SIM_AWAIT_THREAD || !span->object)
        return (struct rnd_thing){0};
    return (struct rnd_thing){RND_THING_FUTURE, span->object};
}

/* --- objects ---------------------------------------------------------------------------------- */

uint32_t rnd_inspect_level(const struct rnd_model *model, uint32_t object, uint32_t cursor)
{
    const struct rnd_object *of = &model->objects[object];
    const struct rnd_level *level = rnd_index_level(model, of->level, cursor);
    bool semaphore = of->kind == SIM_OBJECT_SEMAPHORE || of->kind == SIM_OBJECT_BOUNDED_SEMAPHORE;
    if (level)
        return level->value;
    return semaphore ? of->limit : 0;
}

uint32_t rnd_inspect_most(const struct rnd_model *model, uint32_t object)
{
    uint32_t most = model->objects[object].limit, looked = 0;
    for (uint32_t i = model->objects[object].level; i != RND_NEVER && looked < HISTORY_MAX;
         i = model->levels[i].previous, looked++)
        most = model->levels[i].value > most ? model->levels[i].value : most;
    return most;
}

/* Whether the task is among the first `count`; then takes it out. */
static bool take_out(uint32_t *tasks, uint32_t *count, uint32_t task)
{
    for (uint32_t i = 0; i < *count; i++)
        if (tasks[i] == task) {
            tasks[i] = tasks[--*count];
            return true;
        }
    return false;
}

uint32_t rnd_inspect_holders(const struct rnd_model *model, uint32_t object, uint32_t cursor,
                             uint32_t *tasks, uint32_t max)
{
    enum { RELEASED_MAX = 64 };
    const struct rnd_object *of = &model->objects[object];
    const struct rnd_level *level = rnd_index_level(model, of->level, cursor);
    uint32_t released[RELEASED_MAX], released_count = 0, count = 0, held;
    held = rnd_inspect_level(model, object, cursor);
    if (of->kind == SIM_OBJECT_SEMAPHORE || of->kind == SIM_OBJECT_BOUNDED_SEMAPHORE)
        held = of->limit > held ? of->limit - held : 0;
    else if (of->kind != SIM_OBJECT_LOCK && of->kind != SIM_OBJECT_CONDITION)
        return 0;
    for (int n = 0; level && n < HISTORY_MAX && count < held && count < max; n++) {
        const struct sim_event *event = &model->view.events[level->at - 1];
        if (event->flag == SIM_SYNC_RELEASE && released_count < RELEASED_MAX)
            released[released_count++] = event->id;
        else if (event->flag == SIM_SYNC_ACQUIRE && !take_out(released, &released_count, event->id))
            tasks[count++] = event->id;
        level = level->previous == RND_NEVER ? NULL : &model->levels[level->previous];
    }
    return count;
}

uint32_t rnd_inspect_waiters(const struct rnd_model *model, uint32_t object, uint32_t cursor,
                             uint32_t *tasks, uint32_t max)
{
    uint32_t count = 0, i = model->objects[object].wait;
    /* Whoever came earlier is found later, and stands before those that were found. */
    for (int n = 0; i != RND_NEVER && n < HISTORY_MAX; i = model->waits[i].previous, n++) {
        const struct rnd_wait *wait = &model->waits[i];
        if (wait->at > cursor || wait->end <= cursor)
            continue;
        uint32_t kept = count < max ? count : max - 1;
        memmove(tasks + 1, tasks, kept * sizeof *tasks);
        tasks[0] = model->view.events[wait->at - 1].id;
        count++;
    }
    return count;
}

/* --- tasks ------------------------------------------------------------------------------------ */

/* Adds a task to a list of `max`, and counts it. */
static void add(uint32_t *tasks, uint32_t max, uint32_t *count, uint32_t task)
{
    if (*count < max)
        tasks[*count] = task;
    ++*count;
}

/* Whether the task is suspended in wait for the thing itself. */
static bool awaits(const struct rnd_model *model, const struct rnd_lane *lane,
                   struct rnd_thing thing, uint32_t cursor)
{
    if (lane->created > cursor || lane->done <= cursor)
        return false;
    uint32_t i = rnd_lane_span_at(lane, cursor);
    if (i == RND_NEVER || lane->spans[i].state != RND_TASK_SUSPENDED)
        return false;
    struct rnd_thing awaited = rnd_inspect_awaited(model, &lane->spans[i]);
    return awaited.kind == thing.kind && awaited.id == thing.id;
}

/* Adds the tasks that await the combinators that a member is of. */
static void add_outer(const struct rnd_model *model, uint32_t member, uint32_t cursor,
                      uint32_t *tasks, uint32_t max, uint32_t *count)
{
    for (int n = 0; member != RND_NEVER && n < RND_FACTS_LIST_MAX; n++) {
        const struct rnd_member *of = &model->members[member];
        const struct rnd_combine *combine = rnd_index_combine(model, of->outer);
        const struct rnd_lane *lane = combine ? rnd_model_lane(model, combine->task) : NULL;
        struct rnd_thing outer = {RND_THING_FUTURE, of->outer};
        if (lane && of->at <= cursor && awaits(model, lane, outer, cursor))
            add(tasks, max, count, combine->task);
        member = of->before;
    }
}

uint32_t rnd_inspect_awaiters(const struct rnd_model *model, struct rnd_thing thing,
                              uint32_t cursor, uint32_t *tasks, uint32_t max)
{
    uint32_t count = 0;
    const struct rnd_lane *lane =
        thing.kind == RND_THING_TASK ? rnd_model_lane(model, thing.id) : NULL;
    for (uint32_t i = 0; i < model->lane_count && model->lanes[i].created <= cursor; i++)
        if (awaits(model, &model->lanes[i], thing, cursor))
            add(tasks, max, &count, i + 1);
    if (lane)
        add_outer(model, lane->member, cursor, tasks, max, &count);
    else if (thing.kind == RND_THING_FUTURE)
        add_outer(model, rnd_map_get(&model->index->inners, thing.id), cursor, tasks, max, &count);
    return count;
}

uint32_t rnd_inspect_children(const struct rnd_model *model, uint32_t task, uint32_t cursor,
                              uint32_t *tasks, uint32_t max)
{
    uint32_t count = 0;
    for (uint32_t i = task; i < model->lane_count && model->lanes[i].created <= cursor; i++)
        if (model->lanes[i].parent == task && model->lanes[i].naming != SIM_TASK_INTERNAL)
            add(tasks, max, &count, i + 1);
    return count;
}

const struct sim_event *rnd_inspect_future_end(const struct rnd_model *model, uint32_t future,
                                               uint32_t cursor, uint32_t *at)
{
    const struct rnd_combine *combine = rnd_index_combine(model, future);
    uint32_t child = rnd_map_get(&model->index->inners, future);
    uint32_t from = 0, to = cursor;
    /* A combinator ends after its last child began; when a child ended is known. */
    if (combine && combine->member != RND_NEVER)
        from = model->members[combine->member].at;
    if (child != RND_NEVER) {
        const struct rnd_member *member = &model->members[child];
        to = member->done <= cursor ? member->done : member->at < cursor ? member->at : cursor;
        /* It may have ended before it became one, but not long before. */
        from = to > HISTORY_MAX && from < to - HISTORY_MAX ? to - HISTORY_MAX : from;
    }
    for (uint32_t i = to; i > from; i--) {
        const struct sim_event *event = &model->view.events[i - 1];
        if (event->kind == SIM_EV_FUTURE_DONE && event->id == future) {
            *at = i;
            return event;
        }
    }
    return NULL;
}

/* Whether the loop that ran last has stopped by then. */
static bool is_loop_over(const struct rnd_model *model, uint32_t cursor)
{
    for (; cursor > 0; cursor--) {
        unsigned kind = model->view.events[cursor - 1].kind;
        if (kind == SIM_EV_LOOP_END)
            return true;
        if (kind == SIM_EV_LOOP_BEGIN || kind == SIM_EV_ITERATION_BEGIN)
            return false;
    }
    return false;
}

uint32_t rnd_inspect_stack_at(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    if (!lane || lane->created > cursor || (task & RND_THREAD))
        return 0;
    bool failed = lane->outcome == SIM_OUTCOME_EXCEPTION;
    if (lane->done <= cursor && !failed)
        return 0;
    if (lane->done > cursor && !is_loop_over(model, cursor))
        return cursor;
    const struct rnd_line *last =
        rnd_state_line(model, task, lane->done < cursor ? lane->done : cursor);
    return last ? last->at : 0;
}

uint32_t rnd_inspect_traceback_at(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    bool failed = lane && lane->done <= cursor && lane->outcome == SIM_OUTCOME_EXCEPTION;
    /* A run that is stopped at a cursor leaves out the event before it. */
    return failed && !(task & RND_THREAD) && lane->done < model->event_count ? lane->done + 1 : 0;
}
