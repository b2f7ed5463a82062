#include "barrier.h"

#include <assert.h>

void sim_barrier_init(struct sim_barrier *barrier, struct sim_world *world, uint32_t parties)
{
    assert(parties > 0);
    *barrier = (struct sim_barrier){.parties = parties};
    sim_sync_init(&barrier->sync, world, SIM_OBJECT_BARRIER, SIM_AWAIT_BARRIER, parties);
    sim_lock_init(&barrier->lock, world);
    sim_condition_init(&barrier->condition, world, &barrier->lock);
    sim_sync_hide(&barrier->lock.sync, &barrier->sync, SIM_AWAIT_BARRIER);
    sim_sync_hide(&barrier->condition.sync, &barrier->sync, SIM_AWAIT_BARRIER);
}

static void record(struct sim_barrier *barrier, enum sim_flag_sync what)
{
    sim_sync_record(&barrier->sync, what, barrier->count, barrier->count);
}

static void notify_all(struct sim_barrier *barrier)
{
    (void)sim_condition_notify(&barrier->condition, INT64_MAX);
}

/* The last one out opens the barrier again. */
static void leave(struct sim_barrier *barrier)
{
    if (--barrier->count > 0)
        return;
    if (barrier->state == SIM_BARRIER_RESETTING || barrier->state == SIM_BARRIER_DRAINING)
        barrier->state = SIM_BARRIER_FILLING;
    notify_all(barrier);
}

/* How a wait ends, once it is inside, by whatever is in frame->out->value. */
static enum sim_flag_step end(struct sim_frame *frame, enum sim_flag_step step)
{
    struct sim_barrier *barrier = ((struct sim_barrier_wait *)(void *)frame)->barrier;
    leave(barrier);
    if (step != SIM_STEP_RETURN)
        record(barrier, SIM_SYNC_LEAVE);
    sim_lock_release(&barrier->lock);
    return step;
}

static enum sim_flag_step broken(struct sim_frame *frame, enum sim_exception which)
{
    frame->out->value = sim_exception_new(frame->world, which, NULL, NULL);
    return SIM_STEP_RAISE;
}

static enum sim_flag_step wait(struct sim_frame *frame)
{
    struct sim_barrier_wait *self = (struct sim_barrier_wait *)(void *)frame;
    struct sim_barrier *barrier = self->barrier;
    SIM_CO_BEGIN(frame);
    sim_lock_acquire_init(&self->acquire, &barrier->lock);
    SIM_CO_CALL(frame, &self->acquire.frame);
    while (barrier->state == SIM_BARRIER_DRAINING || barrier->state == SIM_BARRIER_RESETTING) {
        sim_condition_wait_init(&self->wait, &barrier->condition);
        SIM_CO_TRY_CALL(frame, &self->wait.frame);
        if (frame->how >= SIM_RESUME_THROW) {
            sim_lock_release(&barrier->lock);
            return sim_frame_raise(frame);
        }
    }
    if (barrier->state == SIM_BARRIER_BROKEN) {
        sim_lock_release(&barrier->lock);
        return broken(frame, SIM_EXCEPTION_BARRIER_ABORTED);
    }
    self->index = barrier->count++;
    if (barrier->count == barrier->parties) {
        barrier->state = SIM_BARRIER_DRAINING;
        record(barrier, SIM_SYNC_PASS);
        notify_all(barrier);
        return end(frame, SIM_STEP_RETURN);
    }
    record(barrier, SIM_SYNC_WAIT);
    while (barrier->state == SIM_BARRIER_FILLING) {
        sim_condition_wait_init(&self->wait, &barrier->condition);
        SIM_CO_TRY_CALL(frame, &self->wait.frame);
        if (frame->how >= SIM_RESUME_THROW)
            return end(frame, sim_frame_raise(frame));
    }
    if (barrier->state != SIM_BARRIER_DRAINING)
        return end(frame, broken(frame, SIM_EXCEPTION_BARRIER_BROKEN));
    return end(frame, SIM_STEP_RETURN);
    SIM_CO_END(frame);
}

void sim_barrier_wait_init(struct sim_barrier_wait *op, struct sim_barrier *barrier)
{
    *op = (struct sim_barrier_wait){.barrier = barrier};
    sim_frame_init(&op->frame, wait, NULL);
}

static enum sim_flag_step change(struct sim_frame *frame)
{
    struct sim_barrier_change *self = (struct sim_barrier_change *)(void *)frame;
    struct sim_barrier *barrier = self->barrier;
    SIM_CO_BEGIN(frame);
    sim_lock_acquire_init(&self->acquire, &barrier->lock);
    SIM_CO_CALL(frame, &self->acquire.frame);
    if (self->abort)
        barrier->state = SIM_BARRIER_BROKEN;
    else
        barrier->state = barrier->count > 0 ? SIM_BARRIER_RESETTING : SIM_BARRIER_FILLING;
    record(barrier, self->abort ? SIM_SYNC_ABORT : SIM_SYNC_RESET);
    notify_all(barrier);
    sim_lock_release(&barrier->lock);
    SIM_CO_END(frame);
}

void sim_barrier_reset_init(struct sim_barrier_change *op, struct sim_barrier *barrier)
{
    *op = (struct sim_barrier_change){.barrier = barrier};
    sim_frame_init(&op->frame, change, NULL);
}

void sim_barrier_abort_init(struct sim_barrier_change *op, struct sim_barrier *barrier)
{
    *op = (struct sim_barrier_change){.barrier = barrier, .abort = true};
    sim_frame_init(&op->frame, change, NULL);
}
