#include "arrow.h"

#include "index.h"

static bool ended_by_timeout(const struct rnd_model *model, const struct rnd_link *link)
{
    const struct rnd_lane *from = rnd_model_lane(model, link->from_task);
    return from && from->done <= link->at &&
           from->spans[from->span_count - 1].state == RND_TASK_TIMED_OUT;
}

/* What the link's task was waiting for when the link came; NULL: nothing. */
static const struct rnd_span *ended_wait(const struct rnd_model *model, const struct rnd_link *link)
{
    const struct rnd_lane *lane = rnd_model_lane(model, link->to_task);
    uint32_t i = lane && link->at > 0 ? rnd_lane_span_at(lane, link->at - 1) : RND_NEVER;
    if (i == RND_NEVER || lane->spans[i].state != RND_TASK_SUSPENDED)
        return NULL;
    return &lane->spans[i];
}

static enum rnd_arrow_kind kind_of_wait(const struct rnd_span *span)
{
    switch (span->await) {
    case SIM_AWAIT_TASK:
    case SIM_AWAIT_GATHER:
    case SIM_AWAIT_WAIT:
    case SIM_AWAIT_WAIT_FOR:
    case SIM_AWAIT_AS_COMPLETED:
    case SIM_AWAIT_SHIELD:
    case SIM_AWAIT_GROUP:
    case SIM_AWAIT_THREAD:
        return RND_ARROW_RESULT;
    case SIM_AWAIT_LOCK:
    case SIM_AWAIT_EVENT:
    case SIM_AWAIT_CONDITION:
    case SIM_AWAIT_SEMAPHORE:
    case SIM_AWAIT_BARRIER:
        return RND_ARROW_LOCK;
    case SIM_AWAIT_QUEUE_GET:
    case SIM_AWAIT_QUEUE_PUT:
    case SIM_AWAIT_QUEUE_JOIN:
        return RND_ARROW_ITEM;
    default:
        return RND_ARROW_WAKE;
    }
}

enum rnd_arrow_kind rnd_arrow_kind(const struct rnd_model *model, const struct rnd_link *link)
{
    bool plain = link->timer == RND_NEVER || model->timers[link->timer].use == RND_TIMER_PLAIN;
    if (link->kind == RND_LINK_CREATE)
        return RND_ARROW_CREATE;
    if (!plain)
        return RND_ARROW_TIMEOUT;
    if (link->kind == RND_LINK_CANCEL)
        return RND_ARROW_CANCEL;
    if (ended_by_timeout(model, link))
        return RND_ARROW_TIMEOUT;
    if (link->timer != RND_NEVER)
        return RND_ARROW_TIMER;
    const struct rnd_span *wait = ended_wait(model, link);
    return wait ? kind_of_wait(wait) : RND_ARROW_WAKE;
}

uint32_t rnd_arrow_cause(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    uint32_t i = lane ? rnd_lane_span_at(lane, cursor) : RND_NEVER;
    for (; i != RND_NEVER; i--) {
        if (lane->spans[i].state == RND_TASK_READY && lane->spans[i].label != RND_NEVER)
            return lane->spans[i].label;
        if (i == 0)
            break;
    }
    return RND_NEVER;
}

uint32_t rnd_arrow_effect(const struct rnd_model *model, uint32_t task, uint32_t cursor)
{
    for (uint32_t i = RND_LOWER(model->links, at, model->link_count, cursor); i < model->link_count;
         i++) {
        const struct rnd_link *link = &model->links[i];
        bool own = link->from_task == task && link->to_task != task;
        if (task && (own || (link->from_task == 0 && link->to_task == task)))
            return i;
    }
    return RND_NEVER;
}
