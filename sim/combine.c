#include "combine.h"

#include <assert.h>

#include "task.h"

/* The outer future ends with the error of a child. */
static void fail_with(struct sim_gather *gather, struct sim_future *child)
{
    enum sim_flag_resume how;
    sim_value error = sim_future_error(child, &how);
    sim_future_set_exception(&gather->outer, error);
    if (how == SIM_RESUME_CANCEL)
        gather->outer.flags |= SIM_FUTURE_CANCELLED_ERROR;
    sim_value_drop(gather->outer.loop->world, &error);
}

static void finish(struct sim_gather *gather)
{
    struct sim_world *world = gather->outer.loop->world;
    sim_value results = NULL;
    if (world->guest->gather_result)
        results = world->guest->gather_result(world, gather);
    if (gather->cancel_requested) {
        /* A child took the cancel() of the outer future: the outer one is not done by a result. */
        sim_value error = sim_future_cancelled_error(gather->children[gather->child_count - 1]);
        sim_future_set_exception(&gather->outer, error);
        gather->outer.flags |= SIM_FUTURE_CANCELLED_ERROR;
        sim_value_drop(world, &error);
    } else {
        sim_future_set_result(&gather->outer, results);
    }
    sim_value_drop(world, &results);
}

static void child_done(struct sim_loop *loop, void *arg, struct sim_future *child)
{
    struct sim_gather *gather = arg;
    gather->done_count++;
    SIM_PUT(loop->world->trace, COMBINE_PROGRESS, child->state - SIM_FUTURE_RESULT, 0,
            gather->outer.id, gather->done_count, gather->distinct_count);
    if (sim_future_done(&gather->outer))
        child->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    else if (!gather->return_exceptions && child->state != SIM_FUTURE_RESULT)
        fail_with(gather, child);
    else if (gather->done_count == gather->distinct_count)
        finish(gather);
}

static const struct sim_callback_ops child_done_ops = {
    .name = "gather: child done", .arg = SIM_ARG_FUTURE, .run = child_done};

/* Whether a child was there before: the gather's callback is then the last that it was given. */
static bool is_known(const struct sim_gather *gather, const struct sim_future *child)
{
    size_t count = sim_future_callback_count(child);
    if (count == 0)
        return child->flags & SIM_FUTURE_MARKED;
    const struct sim_callback *last = sim_future_callback_at(child, count - 1);
    return last->ops == &child_done_ops && last->arg == gather;
}

void sim_gather_start(struct sim_gather *gather)
{
    bool marked = false;
    for (uint32_t i = 0; i < gather->child_count; i++) {
        struct sim_future *child = gather->children[i];
        if (is_known(gather, child))
            continue;
        if (sim_future_done(child)) { /* its callbacks do not stay */
            child->flags |= SIM_FUTURE_MARKED;
            marked = true;
        }
        gather->distinct_count++;
        sim_future_add_callback(child, (struct sim_callback){&child_done_ops, gather});
    }
    for (uint32_t i = 0; marked && i < gather->child_count; i++)
        gather->children[i]->flags &= (uint8_t)~SIM_FUTURE_MARKED;
}

void sim_combine_child(struct sim_world *world, uint32_t outer, const struct sim_future *child,
                       uint32_t index)
{
    bool task = child->kind == SIM_AWAIT_TASK;
    SIM_PUT(world->trace, COMBINE_CHILD, child->kind, 0, outer,
            task ? ((const struct sim_task *)(const void *)child)->number : child->id, index);
}

void sim_combine_begin(struct sim_world *world, uint32_t outer, enum sim_flag_combine kind,
                       struct sim_future *const *children, uint32_t count)
{
    SIM_PUT(world->trace, COMBINE_BEGIN, kind, 0, outer, count, 0);
    for (uint32_t i = 0; i < count; i++)
        sim_combine_child(world, outer, children[i], i);
}

static enum sim_flag_combine kind_of(const struct sim_gather *gather)
{
    return gather->return_exceptions ? SIM_COMBINE_GATHER_RETURN_EXCEPTIONS : SIM_COMBINE_GATHER;
}

int sim_gather_open(struct sim_loop *loop, struct sim_gather *gather, uint32_t count,
                    bool return_exceptions)
{
    assert(count > 0);
    struct sim_future **children = sim_alloc_zero(loop->world->alloc, count * sizeof *children);
    if (!children)
        return SIM_ENOMEM;
    *gather = (struct sim_gather){.children = children, .return_exceptions = return_exceptions};
    sim_future_init(loop, &gather->outer, SIM_AWAIT_GATHER);
    gather->outer.id = 0; /* sim_gather_close gives it one: it begins after its children */
    loop->world->ids_given--;
    return 0;
}

static void hold(struct sim_gather *gather, struct sim_future *child)
{
    gather->children[gather->child_count++] = child;
    sim_future_retain(child);
}

void sim_gather_add(struct sim_gather *gather, struct sim_future *child, bool again)
{
    hold(gather, child);
    if (again)
        return;
    gather->distinct_count++;
    sim_future_add_callback(child, (struct sim_callback){&child_done_ops, gather});
}

void sim_gather_close(struct sim_gather *gather)
{
    struct sim_world *world = gather->outer.loop->world;
    gather->outer.id = ++world->ids_given;
    sim_combine_begin(world, gather->outer.id, kind_of(gather), gather->children,
                      gather->child_count);
}

void sim_gather_abandon(struct sim_gather *gather)
{
    gather->outer.state = SIM_FUTURE_CANCELLED;
}

int sim_gather_init(struct sim_loop *loop, struct sim_gather *gather,
                    struct sim_future *const *children, uint32_t count, bool return_exceptions)
{
    int error = sim_gather_open(loop, gather, count, return_exceptions);
    if (error < 0)
        return error;
    for (uint32_t i = 0; i < count; i++)
        hold(gather, children[i]);
    sim_gather_close(gather);
    return 0;
}

void sim_gather_fini(struct sim_gather *gather)
{
    struct sim_future **children = gather->children;
    uint32_t count = gather->child_count;
    gather->children = NULL;
    gather->child_count = 0;
    for (uint32_t i = 0; i < count; i++)
        sim_future_release(children[i]);
    sim_alloc_free(gather->outer.loop->world->alloc, children);
    sim_future_fini(&gather->outer);
}

struct sim_gather *sim_gather_new(struct sim_loop *loop, struct sim_future *const *children,
                                  uint32_t count, bool return_exceptions)
{
    struct sim_gather *gather = sim_alloc_take(loop->world->alloc, sizeof *gather);
    if (!gather || sim_gather_init(loop, gather, children, count, return_exceptions) < 0) {
        sim_alloc_give(loop->world->alloc, gather, sizeof *gather);
        sim_world_fail(loop->world, SIM_ENOMEM);
        return NULL;
    }
    gather->outer.flags = 0;
    sim_gather_start(gather);
    return gather;
}

bool sim_gather_cancel(struct sim_gather *gather, sim_value message)
{
    bool taken = false;
    if (sim_future_done(&gather->outer))
        return false;
    const struct sim_world *world = gather->outer.loop->world;
    for (uint32_t i = 0; i < gather->child_count && !world->cancel_too_deep; i++)
        taken |= sim_future_cancel(gather->children[i], message);
    gather->cancel_requested |= taken;
    return taken;
}
