#include "sync.h"

/* --- lock ------------------------------------------------------------------------------------- */

void sim_lock_init(struct sim_lock *lock, struct sim_world *world)
{
    *lock = (struct sim_lock){0};
    sim_sync_init(&lock->sync, world, SIM_OBJECT_LOCK, SIM_AWAIT_LOCK, 1);
}

static void take_lock(struct sim_lock *lock)
{
    lock->locked = true;
    lock->holder = lock->sync.world->current;
    sim_sync_record(&lock->sync, SIM_SYNC_ACQUIRE, lock->waiters.count, 1);
}

/* Only ever the first in line: if it is done already, it will take the lock or wake the next. */
static void wake_first(struct sim_lock *lock)
{
    struct sim_waiter *first = lock->waiters.first;
    if (first && !sim_future_done(first->future))
        sim_future_set_result(first->future, NULL);
}

static enum sim_flag_step acquire_lock(struct sim_frame *frame)
{
    struct sim_lock_acquire *self = (struct sim_lock_acquire *)(void *)frame;
    struct sim_lock *lock = self->lock;
    SIM_CO_BEGIN(frame);
    if (lock->locked || !sim_waiters_all_cancelled(&lock->waiters)) {
        if (!sim_waiter_begin(&self->waiter, frame, &lock->sync, &lock->waiters,
                              (enum sim_flag_await)lock->sync.await, lock->locked))
            return SIM_STEP_RAISE;
        SIM_CO_TRY_AWAIT(frame, self->waiter.future);
        sim_waiter_leave(&self->waiter);
        if (frame->how == SIM_RESUME_CANCEL && !lock->locked)
            wake_first(lock);
        if (frame->how >= SIM_RESUME_THROW) {
            sim_sync_record(&lock->sync, SIM_SYNC_LEAVE, lock->waiters.count, lock->locked);
            return sim_frame_raise(frame);
        }
    }
    take_lock(lock);
    SIM_CO_END(frame);
}

static void acquire_lock_done(struct sim_frame *frame)
{
    sim_waiter_drop(&((struct sim_lock_acquire *)(void *)frame)->waiter);
}

void sim_lock_acquire_init(struct sim_lock_acquire *op, struct sim_lock *lock)
{
    op->lock = lock;
    op->waiter = (struct sim_waiter){0};
    sim_frame_init(&op->frame, acquire_lock, acquire_lock_done);
}

bool sim_lock_release(struct sim_lock *lock)
{
    if (!lock->locked)
        return false;
    lock->locked = false;
    sim_sync_record(&lock->sync, SIM_SYNC_RELEASE, lock->waiters.count, 0);
    wake_first(lock);
    return true;
}

/* --- event ------------------------------------------------------------------------------------ */

void sim_event_object_init(struct sim_event_object *event, struct sim_world *world)
{
    *event = (struct sim_event_object){0};
    sim_sync_init(&event->sync, world, SIM_OBJECT_EVENT, SIM_AWAIT_EVENT, 0);
}

static enum sim_flag_step wait_event(struct sim_frame *frame)
{
    struct sim_event_object_wait *self = (struct sim_event_object_wait *)(void *)frame;
    struct sim_event_object *event = self->event;
    SIM_CO_BEGIN(frame);
    if (event->is_set)
        SIM_CO_RETURN(frame, NULL);
    if (!sim_waiter_begin(&self->waiter, frame, &event->sync, &event->waiters,
                          (enum sim_flag_await)event->sync.await, 0))
        return SIM_STEP_RAISE;
    SIM_CO_TRY_AWAIT(frame, self->waiter.future);
    sim_waiter_leave(&self->waiter);
    if (frame->how >= SIM_RESUME_THROW) {
        sim_sync_record(&event->sync, SIM_SYNC_LEAVE, event->waiters.count, event->is_set);
        return sim_frame_raise(frame);
    }
    SIM_CO_END(frame);
}

static void wait_event_done(struct sim_frame *frame)
{
    sim_waiter_drop(&((struct sim_event_object_wait *)(void *)frame)->waiter);
}

void sim_event_object_wait_init(struct sim_event_object_wait *op, struct sim_event_object *event)
{
    op->event = event;
    op->waiter = (struct sim_waiter){0};
    sim_frame_init(&op->frame, wait_event, wait_event_done);
}

void sim_event_object_set(struct sim_event_object *event)
{
    if (event->is_set)
        return;
    event->is_set = true;
    sim_sync_record(&event->sync, SIM_SYNC_SET, event->waiters.count, 1);
    sim_waiters_wake_many(&event->waiters, INT64_MAX);
}

void sim_event_object_clear(struct sim_event_object *event)
{
    if (event->is_set)
        sim_sync_record(&event->sync, SIM_SYNC_CLEAR, event->waiters.count, 0);
    event->is_set = false;
}

/* --- semaphore -------------------------------------------------------------------------------- */

void sim_semaphore_init(struct sim_semaphore *semaphore, struct sim_world *world, int64_t value,
                        bool bounded)
{
    *semaphore = (struct sim_semaphore){.value = value, .bound = value, .bounded = bounded};
    sim_sync_init(&semaphore->sync, world,
                  bounded ? SIM_OBJECT_BOUNDED_SEMAPHORE : SIM_OBJECT_SEMAPHORE,
                  SIM_AWAIT_SEMAPHORE, value < UINT32_MAX ? (uint32_t)value : UINT32_MAX);
}

bool sim_semaphore_locked(const struct sim_semaphore *semaphore)
{
    return semaphore->value == 0 || !sim_waiters_all_cancelled(&semaphore->waiters);
}

static void record(struct sim_semaphore *semaphore, enum sim_flag_sync what)
{
    sim_sync_record(&semaphore->sync, what, semaphore->waiters.count, semaphore->value);
}

/* The value is taken on the waiter's behalf. */
static void wake_next(struct sim_semaphore *semaphore)
{
    if (sim_waiters_wake(&semaphore->waiters))
        semaphore->value--;
}

static enum sim_flag_step acquire_semaphore(struct sim_frame *frame)
{
    struct sim_semaphore_acquire *self = (struct sim_semaphore_acquire *)(void *)frame;
    struct sim_semaphore *semaphore = self->semaphore;
    SIM_CO_BEGIN(frame);
    if (!(semaphore->locked ? semaphore->locked : sim_semaphore_locked)(semaphore)) {
        semaphore->value--;
        record(semaphore, SIM_SYNC_ACQUIRE);
        SIM_CO_RETURN(frame, NULL);
    }
    if (!sim_waiter_begin(&self->waiter, frame, &semaphore->sync, &semaphore->waiters,
                          SIM_AWAIT_SEMAPHORE, semaphore->value))
        return SIM_STEP_RAISE;
    SIM_CO_TRY_AWAIT(frame, self->waiter.future);
    sim_waiter_leave(&self->waiter);
    if (frame->how == SIM_RESUME_CANCEL && self->waiter.future->state != SIM_FUTURE_CANCELLED) {
        semaphore->value++;
        wake_next(semaphore);
    }
    if (frame->how >= SIM_RESUME_THROW) {
        record(semaphore, SIM_SYNC_LEAVE);
        return sim_frame_raise(frame);
    }
    record(semaphore, SIM_SYNC_ACQUIRE);
    if (semaphore->value > 0)
        wake_next(semaphore);
    SIM_CO_END(frame);
}

static void acquire_semaphore_done(struct sim_frame *frame)
{
    sim_waiter_drop(&((struct sim_semaphore_acquire *)(void *)frame)->waiter);
}

void sim_semaphore_acquire_init(struct sim_semaphore_acquire *op, struct sim_semaphore *semaphore)
{
    op->semaphore = semaphore;
    op->waiter = (struct sim_waiter){0};
    sim_frame_init(&op->frame, acquire_semaphore, acquire_semaphore_done);
}

bool sim_semaphore_release(struct sim_semaphore *semaphore)
{
    if (semaphore->bounded && semaphore->value >= semaphore->bound)
        return false;
    semaphore->value++;
    record(semaphore, SIM_SYNC_RELEASE);
    wake_next(semaphore);
    return true;
}
