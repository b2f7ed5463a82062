#include "coro.h"

#include "task.h"

/* Leaves there how the frame goes on, and with which value. */
static void set_value(struct sim_frame *frame, enum sim_flag_resume how, sim_value value,
                      bool owned)
{
    sim_value before = frame->owned ? frame->thrown : NULL;
    frame->how = (uint8_t)how;
    frame->thrown = value;
    frame->owned = owned;
    if (before)
        sim_value_drop(frame->world, &before);
}

static enum sim_flag_step run(struct sim_frame *frame, struct sim_task *task,
                              enum sim_flag_resume how, sim_value thrown, struct sim_step *out)
{
    out->task = task;
    if (task->future.loop)
        frame->world = task->future.loop->world;
    frame->out = out;
    set_value(frame, how, how >= SIM_RESUME_THROW ? thrown : NULL, false);
    return frame->body(frame);
}

static enum sim_flag_step send(struct sim_coro *coro, struct sim_task *task, struct sim_step *out)
{
    return run((struct sim_frame *)(void *)coro, task, SIM_RESUME_SEND, NULL, out);
}

static enum sim_flag_step throw_in(struct sim_coro *coro, struct sim_task *task, bool cancel,
                                   sim_value exception, struct sim_step *out)
{
    return run((struct sim_frame *)(void *)coro, task,
               cancel ? SIM_RESUME_CANCEL : SIM_RESUME_THROW, exception, out);
}

static void close_frame(struct sim_coro *coro)
{
    struct sim_frame *frame = (struct sim_frame *)(void *)coro;
    struct sim_frame *called = frame->called;
    frame->called = NULL;
    if (called)
        close_frame(&called->coro);
    set_value(frame, SIM_RESUME_SEND, NULL, false);
    if (frame->done)
        frame->done(frame);
}

void sim_frame_init(struct sim_frame *frame, enum sim_flag_step (*body)(struct sim_frame *frame),
                    void (*done)(struct sim_frame *frame))
{
    static const struct sim_coro_ops ops = {send, throw_in, close_frame};
    *frame = (struct sim_frame){.coro.ops = &ops, .body = body, .done = done};
}

void sim_frame_take(struct sim_frame *frame, struct sim_future *future)
{
    enum sim_flag_resume how;
    sim_value error = sim_future_raise(future, &how);
    set_value(frame, how, error, true);
}

void sim_frame_set_outcome(struct sim_frame *frame, enum sim_flag_step step, sim_value value)
{
    enum sim_flag_resume how = step == SIM_STEP_RETURN  ? SIM_RESUME_SEND
                               : step == SIM_STEP_RAISE ? SIM_RESUME_THROW
                                                        : SIM_RESUME_CANCEL;
    set_value(frame, how, value, true);
}

bool sim_frame_call(struct sim_frame *frame, enum sim_flag_step *step)
{
    struct sim_frame *called = frame->called;
    called->world = frame->world;
    *step =
        run(called, frame->out->task, (enum sim_flag_resume)frame->how, frame->thrown, frame->out);
    if (!sim_step_is_last(*step))
        return false;
    frame->called = NULL;
    sim_frame_set_outcome(frame, *step, frame->out->value);
    frame->out->value = NULL;
    close_frame(&called->coro);
    return true;
}

enum sim_flag_step sim_frame_raise(struct sim_frame *frame)
{
    sim_value_retain(frame->world, frame->thrown);
    frame->out->value = frame->thrown;
    return frame->how == SIM_RESUME_CANCEL ? SIM_STEP_CANCELLED : SIM_STEP_RAISE;
}

void sim_frame_keep(const struct sim_frame *frame, struct sim_kept *kept)
{
    sim_value value = frame->how >= SIM_RESUME_THROW ? frame->thrown : NULL;
    sim_value_retain(frame->world, value);
    sim_value_drop(frame->world, &kept->value);
    *kept = (struct sim_kept){.value = value, .how = frame->how};
}

enum sim_flag_step sim_frame_raise_kept(struct sim_frame *frame, const struct sim_kept *kept)
{
    set_value(frame, (enum sim_flag_resume)kept->how, kept->value, false);
    return sim_frame_raise(frame);
}

enum sim_flag_step sim_frame_reraise(struct sim_frame *frame, const struct sim_kept *kept)
{
    frame->out->reraised = true;
    return sim_frame_raise_kept(frame, kept);
}

enum sim_flag_step sim_frame_result_of(struct sim_frame *frame, struct sim_future *future)
{
    enum sim_flag_resume how;
    sim_value error = sim_future_raise(future, &how);
    if (how == SIM_RESUME_SEND) {
        sim_value_retain(frame->world, future->value);
        frame->out->value = future->value;
        return SIM_STEP_RETURN;
    }
    frame->out->value = error;
    return how == SIM_RESUME_CANCEL ? SIM_STEP_CANCELLED : SIM_STEP_RAISE;
}
