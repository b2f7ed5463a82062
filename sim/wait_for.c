#include "wait_for.h"

#include <assert.h>

#include "combine.h"

/* A new waiter that ends when the future does, in place of the one before; false when memory is
 * out. */
static bool wait_anew(struct sim_wait_for *self, struct sim_loop *loop)
{
    struct sim_future *before = self->waiter;
    self->waiter = sim_future_new(loop);
    if (before)
        sim_future_release(before);
    if (!self->waiter)
        return false;
    self->waiter->kind = SIM_AWAIT_WAIT_FOR;
    return true;
}

static void add_callback(struct sim_wait_for *self)
{
    sim_future_add_callback(self->future, sim_wait_release(self->waiter));
}

static void remove_callback(struct sim_wait_for *self)
{
    sim_future_remove_callback(self->future, sim_wait_release(self->waiter));
}

static bool arm(struct sim_wait_for *self, struct sim_loop *loop)
{
    if (!wait_anew(self, loop))
        return false;
    self->id = self->waiter->id;
    self->timer = sim_call_at(loop, sim_time_after(loop->world->now_ns, self->timeout_ns),
                              sim_wait_time_up(self->waiter));
    if (!self->timer)
        return false;
    self->waiter->timer = self->timer->id;
    return true;
}

static bool begin(struct sim_wait_for *self, struct sim_loop *loop)
{
    struct sim_world *world = loop->world;
    if (self->timeout_ns > 0 && self->timeout_ns != SIM_NO_TIMEOUT) {
        if (!self->timer && !arm(self, loop))
            return false;
        add_callback(self);
    } else {
        self->id = ++world->ids_given;
    }
    sim_combine_begin(world, self->id, SIM_COMBINE_WAIT_FOR, &self->future, 1);
    return true;
}

/* Cancels the future; the waiter is then for its end. */
static bool begin_cancel(struct sim_wait_for *self, struct sim_loop *loop)
{
    if (!wait_anew(self, loop))
        return false;
    self->waiter->id = self->id;
    add_callback(self);
    sim_future_cancel(self->future, NULL);
    return true;
}

/* What became of the future after it was cancelled because time was up. */
static enum sim_flag_step result_after_timeout(struct sim_wait_for *self)
{
    struct sim_frame *frame = &self->frame;
    enum sim_flag_step step = sim_frame_result_of(frame, self->future);
    if (step != SIM_STEP_CANCELLED)
        return step;
    sim_value cause = frame->out->value;
    frame->out->value = sim_exception_new(frame->world, SIM_EXCEPTION_TIMEOUT, NULL, cause);
    sim_value_drop(frame->world, &cause);
    self->timed_out = true;
    return SIM_STEP_RAISE;
}

static enum sim_flag_step run(struct sim_frame *frame)
{
    struct sim_wait_for *self = (struct sim_wait_for *)(void *)frame;
    SIM_CO_BEGIN(frame);
    if (!begin(self, sim_frame_loop(frame)))
        SIM_CO_RAISE(frame, NULL);
    if (!self->waiter) {
        if (self->timeout_ns == SIM_NO_TIMEOUT && !sim_future_done(self->future))
            SIM_CO_AWAIT(frame, self->future);
        if (sim_future_done(self->future))
            return sim_frame_result_of(frame, self->future);
    } else {
        SIM_CO_TRY_AWAIT(frame, self->waiter);
        if (frame->how == SIM_RESUME_THROW)
            return sim_frame_raise(frame);
        if (sim_future_done(self->future))
            return sim_frame_result_of(frame, self->future);
        remove_callback(self);
        sim_frame_keep(frame, &self->kept);
    }
    if (!begin_cancel(self, sim_frame_loop(frame)))
        SIM_CO_RAISE(frame, NULL);
    SIM_CO_TRY_AWAIT(frame, self->waiter);
    remove_callback(self);
    if (frame->how >= SIM_RESUME_THROW)
        return sim_frame_raise(frame);
    if (self->kept.how == SIM_RESUME_CANCEL)
        return sim_frame_reraise(frame, &self->kept);
    return result_after_timeout(self);
    SIM_CO_END(frame);
}

static void record_end(const struct sim_wait_for *self, enum sim_flag_step step)
{
    SIM_PUT(self->frame.world->trace, COMBINE_END,
            self->timed_out              ? SIM_ENDED_TIMEOUT
            : step == SIM_STEP_RETURN    ? SIM_ENDED_DONE
            : step == SIM_STEP_CANCELLED ? SIM_ENDED_CANCELLED
                                         : SIM_ENDED_EXCEPTION,
            0, self->id, sim_future_done(self->future), 1);
}

static enum sim_flag_step wait_for(struct sim_frame *frame)
{
    struct sim_wait_for *self = (struct sim_wait_for *)(void *)frame;
    enum sim_flag_step step = run(frame);
    if (sim_step_is_last(step)) {
        sim_wait_drop_timer(&self->timer);
        if (self->id != 0)
            record_end(self, step);
    }
    return step;
}

static void wait_for_done(struct sim_frame *frame)
{
    struct sim_wait_for *self = (struct sim_wait_for *)(void *)frame;
    struct sim_future *future = self->future, *waiter = self->waiter;
    self->future = self->waiter = NULL;
    if (!future)
        return;
    sim_wait_drop_timer(&self->timer);
    sim_value_drop(future->loop->world, &self->kept.value);
    if (waiter) {
        sim_future_remove_callback(future, sim_wait_release(waiter));
        sim_future_release(waiter);
    }
    sim_future_release(future);
}

void sim_wait_for_init(struct sim_wait_for *op, struct sim_future *future, int64_t timeout_ns)
{
    *op = (struct sim_wait_for){.timeout_ns = timeout_ns};
    sim_wait_for_set_future(op, future);
}

int sim_wait_for_arm(struct sim_wait_for *op, struct sim_loop *loop, int64_t timeout_ns)
{
    assert(timeout_ns > 0 && timeout_ns != SIM_NO_TIMEOUT);
    *op = (struct sim_wait_for){.timeout_ns = timeout_ns};
    if (arm(op, loop))
        return 0;
    sim_wait_for_leave(op);
    return SIM_ENOMEM;
}

void sim_wait_for_set_future(struct sim_wait_for *op, struct sim_future *future)
{
    op->future = future;
    sim_future_retain(future);
    sim_frame_init(&op->frame, wait_for, wait_for_done);
}

void sim_wait_for_leave(struct sim_wait_for *op)
{
    struct sim_future *waiter = op->waiter;
    struct sim_handle *timer = op->timer;
    op->waiter = NULL;
    op->timer = NULL;
    if (timer)
        sim_handle_release(timer);
    if (waiter)
        sim_future_release(waiter);
}
