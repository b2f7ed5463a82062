/* Inspection of what is waited for: timers, callbacks, locks and queues, futures and groups. */
#include <inttypes.h>
#include <stdio.h>

#include "inspect_write.h"

/* --- timers and callbacks --------------------------------------------------------------------- */

void rnd_inspect_timer(struct rnd_inspection *in, uint32_t index)
{
    static const char *const uses[] = {"a callback", "the end of a wait", "the end of a wait_for",
                                       "the end of a timeout() block"};
    const struct rnd_model *model = in->model;
    const struct rnd_timer *timer = &model->timers[index];
    struct rnd_thing owner = {RND_THING_TASK, timer->task};
    bool over = timer->end <= in->now.cursor, sleep = timer->kind == SIM_TIMER_SLEEP;
    (void)rnd_inspection_pair(in, "is for", "%s", sleep ? "the end of a sleep" : uses[timer->use]);
    (void)rnd_inspection_pair(in, "due at", "%s", rnd_inspection_time(timer->deadline_ns).text);
    rnd_inspection_pair(in, "armed at", "%s", rnd_inspection_time(timer->armed_ns).text)->at =
        timer->armed;
    if (over) {
        const char *how = timer->how == RND_TIMER_CANCELLED ? "cancelled at" : "fired at";
        int64_t at_ns = rnd_model_time(model, timer->end);
        struct rnd_fact *fact = rnd_inspection_pair(in, how, "%s", rnd_inspection_time(at_ns).text);
        fact->at = timer->end;
        if (timer->how == RND_TIMER_FIRED && at_ns > timer->deadline_ns)
            (void)rnd_inspection_pair(in, "late by", "%s",
                                      rnd_inspection_time(at_ns - timer->deadline_ns).text);
    }
    if (rnd_inspect_is_there(model, owner, in->now.cursor)) {
        rnd_inspection_heading(in, sleep ? "Wakes" : "Belongs to");
        (void)rnd_inspection_item(in, owner, 0);
    }
}

void rnd_inspect_callback(struct rnd_inspection *in, uint32_t handle)
{
    const struct rnd_callback *callback = rnd_index_callback(in->model, handle);
    struct rnd_thing by = {RND_THING_TASK, callback->by_task};
    if (callback->cause && callback->cause <= in->now.cursor)
        rnd_inspection_pair(in, "scheduled", "at %s",
                            rnd_inspection_time(rnd_model_time(in->model, callback->cause)).text)
            ->at = callback->cause;
    if (callback->timer != RND_NEVER) {
        rnd_inspection_heading(in, "Its timer");
        (void)rnd_inspection_item(in, (struct rnd_thing){RND_THING_TIMER, callback->timer}, 0);
    }
    if (callback->future) {
        rnd_inspection_heading(in, "Follows the end of");
        (void)rnd_inspection_item(in, (struct rnd_thing){RND_THING_FUTURE, callback->future}, 0);
    }
    if (rnd_inspect_is_there(in->model, by, in->now.cursor)) {
        rnd_inspection_heading(in, "Scheduled by");
        (void)rnd_inspection_item(in, by, 0);
    }
}

/* --- locks, queues ... ------------------------------------------------------------------------ */

void rnd_inspect_object(struct rnd_inspection *in, uint32_t index)
{
    const struct rnd_model *model = in->model;
    const struct rnd_object *object = &model->objects[index];
    uint32_t tasks[RND_FACTS_LIST_MAX], cursor = in->now.cursor, count;
    bool counts = object->kind != SIM_OBJECT_LOCK && object->kind != SIM_OBJECT_CONDITION &&
                  object->kind != SIM_OBJECT_EVENT;
    if (object->limit && counts)
        (void)rnd_inspection_pair(in,
                                  object->kind >= SIM_OBJECT_QUEUE     ? "at most"
                                  : object->kind == SIM_OBJECT_BARRIER ? "waits for"
                                                                       : "admits",
                                  "%" PRIu32, object->limit);
    if (counts)
        (void)rnd_inspection_add(in, RND_FACT_CHART);
    count = rnd_inspect_holders(model, index, cursor, tasks, RND_FACTS_LIST_MAX);
    rnd_inspection_tasks(in, "Held by", tasks, count);
    count = rnd_inspect_waiters(model, index, cursor, tasks, RND_FACTS_LIST_MAX);
    rnd_inspection_tasks(in, "In line, the first first", tasks, count);
    if (count == 0)
        (void)snprintf(rnd_inspection_add(in, RND_FACT_NOTE)->text, RND_FACT_TEXT_MAX,
                       "nobody is in line");
}

/* --- futures, gathers, groups ----------------------------------------------------------------- */

/* The children, in the order in which they were given. */
static void tell_members(struct rnd_inspection *in, const struct rnd_combine *combine)
{
    const struct rnd_model *model = in->model;
    uint32_t first[RND_FACTS_LIST_MAX], count = 0;
    for (uint32_t i = combine->member; i != RND_NEVER; i = model->members[i].previous) {
        if (model->members[i].at > in->now.cursor)
            continue;
        for (uint32_t n = count < RND_FACTS_LIST_MAX ? count : RND_FACTS_LIST_MAX - 1; n > 0; n--)
            first[n] = first[n - 1];
        first[0] = i;
        count++;
    }
    if (count > 0)
        rnd_inspection_heading(in, "Its children");
    for (uint32_t n = 0; n < count && n < RND_FACTS_LIST_MAX; n++) {
        const struct rnd_member *member = &model->members[first[n]];
        bool task = member->await == SIM_AWAIT_TASK;
        (void)rnd_inspection_item(
            in, (struct rnd_thing){task ? RND_THING_TASK : RND_THING_FUTURE, member->child}, 0);
    }
    rnd_inspection_more(in, count > RND_FACTS_LIST_MAX ? count - RND_FACTS_LIST_MAX : 0);
}

void rnd_inspect_future(struct rnd_inspection *in, uint32_t future)
{
    static const char *const labels[] = {"result", "raised", "cancelled"};
    const struct rnd_model *model = in->model;
    const struct rnd_combine *combine = rnd_index_combine(model, future);
    uint32_t tasks[RND_FACTS_LIST_MAX], at;
    const struct sim_event *end = rnd_inspect_future_end(model, future, in->now.cursor, &at);
    if (end) {
        const char *value = rnd_model_text(model, end->a, NULL);
        unsigned how = end->flag < 3 ? end->flag : 2;
        struct rnd_inspected_time time = rnd_inspection_time(rnd_model_time(model, at));
        if (*value)
            (void)rnd_inspection_pair(in, labels[how], "%s", value);
        rnd_inspection_pair(in, how == 2 ? "cancelled" : "done", "at %s", time.text)->at = at;
    } else if (!combine) {
        (void)snprintf(rnd_inspection_add(in, RND_FACT_NOTE)->text, RND_FACT_TEXT_MAX,
                       "has no result yet");
    }
    if (combine)
        tell_members(in, combine);
    uint32_t count = rnd_inspect_awaiters(model, (struct rnd_thing){RND_THING_FUTURE, future},
                                          in->now.cursor, tasks, RND_FACTS_LIST_MAX);
    rnd_inspection_tasks(in, "Awaited by", tasks, count);
}
