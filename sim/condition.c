#include "condition.h"

void sim_condition_init(struct sim_condition *condition, struct sim_world *world,
                        struct sim_lock *lock)
{
    *condition = (struct sim_condition){.lock = lock};
    sim_sync_init(&condition->sync, world, SIM_OBJECT_CONDITION, SIM_AWAIT_CONDITION, 0);
}

static enum sim_flag_step wait(struct sim_frame *frame)
{
    struct sim_condition_wait *self = (struct sim_condition_wait *)(void *)frame;
    struct sim_condition *condition = self->condition;
    SIM_CO_BEGIN(frame);
    if (!sim_lock_release(condition->lock))
        SIM_CO_RAISE(frame,
                     sim_exception_new(frame->world, SIM_EXCEPTION_NOT_ACQUIRED, NULL, NULL));
    if (sim_waiter_begin(&self->waiter, frame, &condition->sync, &condition->waiters,
                         (enum sim_flag_await)condition->sync.await, 0)) {
        SIM_CO_TRY_AWAIT(frame, self->waiter.future);
        sim_waiter_leave(&self->waiter);
        sim_frame_keep(frame, &self->kept);
        if (frame->how >= SIM_RESUME_THROW)
            sim_sync_record(&condition->sync, SIM_SYNC_LEAVE, condition->waiters.count, 0);
    } else {
        self->kept = (struct sim_kept){.value = frame->out->value, .how = SIM_RESUME_THROW};
    }
    do {
        sim_lock_acquire_init(&self->acquire, condition->lock);
        SIM_CO_TRY_CALL(frame, &self->acquire.frame);
        self->cancelled |= frame->how == SIM_RESUME_CANCEL;
    } while (frame->how == SIM_RESUME_CANCEL);
    if (frame->how == SIM_RESUME_THROW)
        return sim_frame_raise(frame);
    if (self->cancelled) {
        /* A new CancelledError, as in asyncio: its message is lost. */
        const struct sim_guest *guest = frame->world->guest;
        frame->out->value =
            guest->cancelled_error ? guest->cancelled_error(frame->world, NULL) : NULL;
        return SIM_STEP_CANCELLED;
    }
    if (self->kept.how >= SIM_RESUME_THROW)
        return sim_frame_reraise(frame, &self->kept);
    SIM_CO_END(frame);
}

static void wait_done(struct sim_frame *frame)
{
    struct sim_condition_wait *self = (struct sim_condition_wait *)(void *)frame;
    sim_waiter_drop(&self->waiter);
    sim_value_drop(self->condition->sync.world, &self->kept.value);
}

void sim_condition_wait_init(struct sim_condition_wait *op, struct sim_condition *condition)
{
    *op = (struct sim_condition_wait){.condition = condition};
    sim_frame_init(&op->frame, wait, wait_done);
}

static enum sim_flag_step wait_for(struct sim_frame *frame)
{
    struct sim_condition_wait_for *self = (struct sim_condition_wait_for *)(void *)frame;
    SIM_CO_BEGIN(frame);
    for (;;) {
        bool holds = false;
        sim_value result = NULL;
        enum sim_flag_step how = self->predicate(self->user, &holds, &result);
        if (how != SIM_STEP_RETURN || holds) {
            frame->out->value = result;
            return how;
        }
        sim_value_drop(frame->world, &result);
        sim_condition_wait_init(&self->wait, self->condition);
        SIM_CO_CALL(frame, &self->wait.frame);
    }
    SIM_CO_END(frame);
}

void sim_condition_wait_for_init(struct sim_condition_wait_for *op, struct sim_condition *condition,
                                 sim_predicate *predicate, void *user)
{
    *op = (struct sim_condition_wait_for){
        .condition = condition, .predicate = predicate, .user = user};
    sim_frame_init(&op->frame, wait_for, NULL);
}

bool sim_condition_notify(struct sim_condition *condition, int64_t most)
{
    if (!condition->lock->locked)
        return false;
    int64_t woken = sim_waiters_wake_many(&condition->waiters, most);
    sim_sync_record(&condition->sync, SIM_SYNC_NOTIFY, condition->waiters.count, woken);
    return true;
}
