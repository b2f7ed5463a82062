#include "group.h"

#include <assert.h>

#include "combine.h"

/* Held by the group's list and by the task's callback. */
struct sim_group_child {
    struct sim_link link; /* its target is the group */
    struct sim_group_child *previous, *next;
    struct sim_task *task; /* retained while it is listed */
};

/* --- life ------------------------------------------------------------------------------------- */

void sim_group_init(struct sim_group *group)
{
    *group = (struct sim_group){0};
}

static void unlist(struct sim_group *group, struct sim_group_child *child)
{
    struct sim_task *task = child->task;
    if (child->previous)
        child->previous->next = child->next;
    else
        group->first = child->next;
    if (child->next)
        child->next->previous = child->previous;
    else
        group->last = child->previous;
    group->pending--;
    child->task = NULL;
    sim_link_release(group->loop->world, &child->link);
    sim_future_release(&task->future);
}

static void drop_errors(struct sim_group *group)
{
    struct sim_world *world = group->loop->world;
    while (group->error_count > 0)
        sim_value_drop(world, &group->errors[--group->error_count]);
    sim_alloc_free(world->alloc, group->errors);
    group->errors = NULL;
    group->error_capacity = 0;
}

static void drop_waiter(struct sim_group *group)
{
    struct sim_future *waiter = group->waiter;
    group->waiter = NULL;
    if (waiter)
        sim_future_release(waiter);
}

void sim_group_fini(struct sim_group *group)
{
    struct sim_task *parent = group->parent;
    if (!parent)
        return; /* never entered: it holds nothing */
    while (group->first) {
        group->first->link.target = NULL;
        unlist(group, group->first);
    }
    drop_errors(group);
    drop_waiter(group);
    sim_value_drop(group->loop->world, &group->base_error);
    group->parent = NULL;
    sim_future_release(&parent->future);
}

int sim_group_enter(struct sim_group *group, struct sim_loop *loop)
{
    if (group->entered)
        return SIM_ESTATE;
    group->entered = true;
    group->loop = loop;
    if (!loop->current)
        return SIM_EINVAL;
    group->parent = loop->current;
    sim_future_retain(&group->parent->future);
    group->id = ++loop->world->ids_given;
    sim_combine_begin(loop->world, group->id, SIM_COMBINE_GROUP, NULL, 0);
    return 0;
}

/* --- children --------------------------------------------------------------------------------- */

enum sim_group_state sim_group_state(const struct sim_group *group)
{
    return !group->entered                     ? SIM_GROUP_NOT_ENTERED
           : group->exiting && !group->pending ? SIM_GROUP_FINISHED
           : group->aborting                   ? SIM_GROUP_SHUTTING_DOWN
                                               : SIM_GROUP_OPEN;
}

int sim_group_each(const struct sim_group *group, int (*visit)(void *user, struct sim_task *task),
                   void *user)
{
    int answer = 0;
    for (const struct sim_group_child *child = group->first; child && answer == 0;
         child = child->next)
        answer = visit(user, child->task);
    return answer;
}

/* Cancels all children, because of the task `failed`, or of the block (0). */
static void abort_group(struct sim_group *group, uint32_t failed)
{
    SIM_PUT(group->loop->world->trace, GROUP_ABORT, 0, 0, group->id, failed, 0);
    group->aborting = true;
    for (struct sim_group_child *child = group->first; child; child = child->next)
        if (!sim_future_done(&child->task->future))
            sim_future_cancel(&child->task->future, NULL);
}

static bool is_base_error(const struct sim_group *group, sim_value exception)
{
    struct sim_world *world = group->loop->world;
    return world->guest->is_base_error && world->guest->is_base_error(world, exception);
}

/* Keeps the first exception that is to be passed on by itself. */
static void keep_base_error(struct sim_group *group, sim_value exception)
{
    if (!is_base_error(group, exception) || group->base_error)
        return;
    sim_value_retain(group->loop->world, exception);
    group->base_error = exception;
}

static void keep_error(struct sim_group *group, sim_value exception)
{
    struct sim_world *world = group->loop->world;
    if (group->error_count == group->error_capacity) {
        uint32_t capacity = group->error_capacity ? group->error_capacity * 2 : 4;
        sim_value *grown =
            sim_alloc_resize(world->alloc, group->errors, capacity * sizeof *group->errors);
        if (!grown) {
            sim_world_fail(world, SIM_ENOMEM);
            return;
        }
        group->errors = grown;
        group->error_capacity = capacity;
    }
    sim_value_retain(world, exception);
    group->errors[group->error_count++] = exception;
}

static void child_failed(struct sim_group *group, struct sim_task *task)
{
    struct sim_world *world = group->loop->world;
    sim_value exception = task->future.value;
    task->future.flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    keep_error(group, exception);
    keep_base_error(group, exception);
    if (sim_future_done(&group->parent->future)) {
        if (world->guest->lost_error)
            world->guest->lost_error(task, group->parent, exception);
    } else if (!group->aborting && !group->parent_cancel_requested) {
        abort_group(group, task->number);
        group->parent_cancel_requested = true;
        sim_future_cancel(&group->parent->future, NULL);
    }
}

static void child_done(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    struct sim_group_child *child = arg;
    struct sim_group *group = child->link.target;
    if (!group)
        return;
    unlist(group, child);
    SIM_PUT(loop->world->trace, COMBINE_PROGRESS, future->state - SIM_FUTURE_RESULT, 0, group->id,
            group->created - group->pending, group->created);
    if (group->waiter && group->pending == 0 && !sim_future_done(group->waiter))
        sim_future_set_result(group->waiter, NULL);
    if (future->state == SIM_FUTURE_EXCEPTION)
        child_failed(group, sim_task_of(future));
}

int sim_group_add(struct sim_group *group, struct sim_task *task)
{
    static const struct sim_callback_ops ops = {
        .name = "group: child done", .arg = SIM_ARG_LINK, .run = child_done};
    struct sim_world *world = group->loop->world;
    assert(sim_group_state(group) == SIM_GROUP_OPEN);
    struct sim_group_child *child = sim_link_new(world, sizeof *child, group, group->owner);
    if (!child)
        return SIM_ENOMEM;
    child->task = task;
    child->previous = group->last;
    if (group->last)
        group->last->next = child;
    else
        group->first = child;
    group->last = child;
    group->pending++;
    sim_future_retain(&task->future);
    sim_combine_child(world, group->id, &task->future, group->created++);
    sim_future_add_callback(&task->future, (struct sim_callback){&ops, &child->link});
    return 0;
}

/* --- leaving ---------------------------------------------------------------------------------- */

static void begin_exit(struct sim_group_exit *self)
{
    struct sim_group *group = self->group;
    group->exiting = true;
    if (self->body.how >= SIM_RESUME_THROW)
        keep_base_error(group, self->body.value);
    if (self->body.how == SIM_RESUME_CANCEL) {
        sim_value_retain(group->loop->world, self->body.value);
        self->propagate = self->body;
    }
    /* The cancellation that the group asked for is its own: none is left, none is passed on. */
    if (group->parent_cancel_requested && sim_task_uncancel(group->parent) == 0) {
        sim_value_drop(group->loop->world, &self->propagate.value);
        self->propagate.how = SIM_RESUME_START;
    }
    if (self->body.how >= SIM_RESUME_THROW && !group->aborting)
        abort_group(group, 0);
}

static bool new_waiter(struct sim_group *group)
{
    group->waiter = sim_future_new(group->loop);
    if (!group->waiter)
        return false;
    group->waiter->kind = SIM_AWAIT_GROUP;
    group->waiter->id = group->id;
    return true;
}

/* How it ends when no child is left. */
static enum sim_flag_step end(struct sim_group_exit *self)
{
    struct sim_group *group = self->group;
    struct sim_frame *frame = &self->frame;
    struct sim_world *world = frame->world;
    if (group->base_error) {
        sim_value_retain(world, group->base_error);
        SIM_CO_RAISE(frame, group->base_error);
    }
    if (self->propagate.how == SIM_RESUME_CANCEL && group->error_count == 0)
        return sim_frame_raise_kept(frame, &self->propagate);
    if (self->body.how == SIM_RESUME_THROW)
        keep_error(group, self->body.value);
    if (group->error_count == 0)
        SIM_CO_RETURN(frame, NULL);
    frame->out->value =
        world->guest->exception_group
            ? world->guest->exception_group(world, group->errors, group->error_count)
            : NULL;
    drop_errors(group);
    return SIM_STEP_RAISE;
}

static enum sim_flag_step run(struct sim_frame *frame)
{
    struct sim_group_exit *self = (struct sim_group_exit *)(void *)frame;
    struct sim_group *group = self->group;
    SIM_CO_BEGIN(frame);
    begin_exit(self);
    while (group->pending > 0) {
        if (!group->waiter && !new_waiter(group))
            SIM_CO_RAISE(frame, NULL);
        SIM_CO_TRY_AWAIT(frame, group->waiter);
        if (frame->how == SIM_RESUME_THROW)
            return sim_frame_raise(frame);
        if (frame->how == SIM_RESUME_CANCEL && !group->aborting) {
            sim_frame_keep(frame, &self->propagate);
            abort_group(group, 0);
        }
        drop_waiter(group);
    }
    return end(self);
    SIM_CO_END(frame);
}

static enum sim_flag_step leave(struct sim_frame *frame)
{
    const struct sim_group *group = ((struct sim_group_exit *)(void *)frame)->group;
    enum sim_flag_step step = run(frame);
    if (sim_step_is_last(step))
        SIM_PUT(frame->world->trace, COMBINE_END,
                step == SIM_STEP_RETURN      ? SIM_ENDED_DONE
                : step == SIM_STEP_CANCELLED ? SIM_ENDED_CANCELLED
                                             : SIM_ENDED_EXCEPTION,
                0, group->id, group->created - group->pending, group->created);
    return step;
}

static void leave_done(struct sim_frame *frame)
{
    struct sim_group_exit *self = (struct sim_group_exit *)(void *)frame;
    struct sim_world *world = self->group->loop->world;
    sim_value_drop(world, &self->body.value);
    sim_value_drop(world, &self->propagate.value);
}

void sim_group_exit_init(struct sim_group_exit *op, struct sim_group *group,
                         enum sim_flag_resume how, sim_value exception)
{
    assert(group->parent);
    sim_value_retain(group->loop->world, exception);
    *op =
        (struct sim_group_exit){.group = group, .body = {.value = exception, .how = (uint8_t)how}};
    sim_frame_init(&op->frame, leave, leave_done);
}
