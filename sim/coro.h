/* Coroutines: the interface by which the scheduler drives them, and a way to write them in C.
 *
 * A coroutine is resumed by send or throw and answers with how its step ended (enum sim_flag_step):
 *   YIELD      a bare yield: it wants to run again in the next iteration
 *   AWAIT      it waits for out->future, which it keeps alive until it is resumed; or, where that
 * is NULL, until out->until_ns RETURN     it is over, with out->value (a reference handed over)
 *   RAISE      it is over, with the exception out->value (handed over)
 *   CANCELLED  it is over, with a CancelledError, out->value (handed over; may be NULL)
 *   ERROR      it awaited what cannot be awaited: out->value (handed over) is thrown into it next
 */
#ifndef SIM_CORO_H
#define SIM_CORO_H

#include "future.h"

struct sim_coro;
struct sim_task;

struct sim_step {
    struct sim_task *task; /* whose it is */
    struct sim_future *future;
    union {
        sim_value value;
        int64_t until_ns;
    };
    bool reraised; /* what is raised was raised in this frame before: sim_frame_reraise */
};

struct sim_coro_ops {
    enum sim_flag_step (*send)(struct sim_coro *coro, struct sim_task *task, struct sim_step *out);
    /* Throws in an exception (borrowed); `cancel`: it is a CancelledError, NULL in plain C. */
    enum sim_flag_step (*throw_in)(struct sim_coro *coro, struct sim_task *task, bool cancel,
                                   sim_value exception, struct sim_step *out);
    /* The task is over or goes away: the coroutine is not resumed again. */
    void (*close)(struct sim_coro *coro);
};

struct sim_coro {
    const struct sim_coro_ops *ops;
};

/* --- coroutines in C -------------------------------------------------------------------------- */

/* A stackless coroutine.  Embed it as the first member of a struct that holds the coroutine's
 * variables; C locals do not survive an await.
 *
 *     struct ping { struct sim_frame frame; int rounds; };
 *
 *     static enum sim_flag_step ping(struct sim_frame *frame)
 *     {
 *         struct ping *self = (struct ping *)frame;
 *         SIM_CO_BEGIN(frame);
 *         for (self->rounds = 0; self->rounds < 3; self->rounds++)
 *             SIM_CO_SLEEP(frame, 1000000000);
 *         SIM_CO_END(frame);
 *     }
 */
struct sim_frame {
    struct sim_coro coro;
    enum sim_flag_step (*body)(struct sim_frame *frame);
    void (*done)(struct sim_frame *frame); /* called last, may free the frame; NULL: nothing */
    struct sim_world *world;               /* once it ran, or before if the guest knows it */
    struct sim_step *out;                  /* while it runs */
    struct sim_frame *called;              /* by SIM_CO_CALL, while it is not over */
    union {                                /* until it suspends again, by `how`: */
        sim_value thrown;   /* the exception that was thrown in, or that a call or future raised */
        sim_value returned; /* the result of a call */
    };
    uint32_t resume_at; /* 0: from the start */
    uint8_t how;        /* enum sim_flag_resume of the last resumption */
    bool owned;         /* the value before is the frame's own: a call's or a future's */
};

void sim_frame_init(struct sim_frame *frame, enum sim_flag_step (*body)(struct sim_frame *frame),
                    void (*done)(struct sim_frame *frame));

/* For the macros: how a step ends that sleeps for so long; 0 or less is a bare yield. */
static inline enum sim_flag_step sim_frame_sleep(const struct sim_frame *frame, int64_t delay_ns)
{
    frame->out->future = NULL;
    if (delay_ns <= 0)
        return SIM_STEP_YIELD;
    frame->out->until_ns = sim_time_after(frame->world->now_ns, delay_ns);
    return SIM_STEP_AWAIT;
}
/* What awaiting a future that is already done does: leaves its outcome in frame->how and thrown. */
void sim_frame_take(struct sim_frame *frame, struct sim_future *future);
/* For SIM_CO_CALL: resumes the called frame as this one was resumed.  True when it is over; then
 * its outcome is in frame->how, thrown and returned.  Else *step is how it suspended. */
bool sim_frame_call(struct sim_frame *frame, enum sim_flag_step *step);
/* Leaves the outcome of a call there, as sim_frame_call does: a result or an exception (handed
 * over). */
void sim_frame_set_outcome(struct sim_frame *frame, enum sim_flag_step step, sim_value value);
/* How a body ends when the exception that was thrown in is not caught. */
enum sim_flag_step sim_frame_raise(struct sim_frame *frame);
/* How a body ends with what became of a future that is done: its result, or its exception. */
enum sim_flag_step sim_frame_result_of(struct sim_frame *frame, struct sim_future *future);

/* An exception that outlives an await: `value` is owned. */
struct sim_kept {
    sim_value value;
    uint8_t how; /* enum sim_flag_resume; THROW or CANCEL if there is one */
};
/* Keeps how the frame was resumed, dropping what was kept before / raises what was kept, as a new
 * "raise" does / raises it on, as the end of an "except" or "finally" does. */
void sim_frame_keep(const struct sim_frame *frame, struct sim_kept *kept);
enum sim_flag_step sim_frame_raise_kept(struct sim_frame *frame, const struct sim_kept *kept);
enum sim_flag_step sim_frame_reraise(struct sim_frame *frame, const struct sim_kept *kept);

/* Whether a step was the last one of its coroutine. */
static inline bool sim_step_is_last(enum sim_flag_step step)
{
    return step == SIM_STEP_RETURN || step == SIM_STEP_RAISE || step == SIM_STEP_CANCELLED;
}

/* The task that runs the frame. */
static inline struct sim_task *sim_frame_task(const struct sim_frame *frame)
{
    return frame->out->task;
}
/* The loop of the task that runs the frame; NULL: a guest resumes it where no loop runs. */
static inline struct sim_loop *sim_frame_loop(const struct sim_frame *frame)
{
    return ((const struct sim_future *)(const void *)frame->out->task)->loop;
}

#define SIM_CO_BEGIN(frame)                                                                        \
    switch ((frame)->resume_at) {                                                                  \
    case 0:                                                                                        \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
        return sim_frame_raise(frame)

/* Ends the coroutine with a result (handed over). */
#define SIM_CO_RETURN(frame, result)                                                               \
    do {                                                                                           \
        (frame)->out->value = (result);                                                            \
        return SIM_STEP_RETURN;                                                                    \
    } while (0)
/* Ends it with an exception (handed over). */
#define SIM_CO_RAISE(frame, exception)                                                             \
    do {                                                                                           \
        (frame)->out->value = (exception);                                                         \
        return SIM_STEP_RAISE;                                                                     \
    } while (0)

#define SIM_CO_END(frame)                                                                          \
    }                                                                                              \
    SIM_CO_RETURN(frame, NULL)

/* Suspends, and goes on here.  What was thrown in is in frame->how and frame->thrown. */
#define SIM_CO_SUSPEND(frame, step)                                                                \
    do {                                                                                           \
        (frame)->resume_at = __LINE__;                                                             \
        return (step);                                                                             \
    case __LINE__:;                                                                                \
    } while (0)

/* await asyncio.sleep(0) */
#define SIM_CO_YIELD(frame)                                                                        \
    do {                                                                                           \
        SIM_CO_SUSPEND(frame, SIM_STEP_YIELD);                                                     \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
            return sim_frame_raise(frame);                                                         \
    } while (0)

/* Awaits a future that the frame keeps alive; an exception or cancellation is left in frame->how
 * for the body to look at ("try"), or ends the coroutine. */
#define SIM_CO_TRY_AWAIT(frame, awaitable)                                                         \
    do {                                                                                           \
        if (!sim_future_done(awaitable)) {                                                         \
            (frame)->out->future = (awaitable);                                                    \
            SIM_CO_SUSPEND(frame, SIM_STEP_AWAIT);                                                 \
        } else {                                                                                   \
            sim_frame_take(frame, awaitable);                                                      \
        }                                                                                          \
    } while (0)
#define SIM_CO_AWAIT(frame, awaitable)                                                             \
    do {                                                                                           \
        SIM_CO_TRY_AWAIT(frame, awaitable);                                                        \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
            return sim_frame_raise(frame);                                                         \
    } while (0)

/* Awaits another coroutine in C, in the same task: `callee` is a frame that was prepared and not
 * yet resumed; it is closed when it is over.  Its result is in frame->returned. */
#define SIM_CO_TRY_CALL(frame, callee)                                                             \
    do {                                                                                           \
        (frame)->called = (callee);                                                                \
        (frame)->how = SIM_RESUME_SEND;                                                            \
        for (enum sim_flag_step step_; !sim_frame_call(frame, &step_);)                            \
            SIM_CO_SUSPEND(frame, step_);                                                          \
    } while (0)
#define SIM_CO_CALL(frame, callee)                                                                 \
    do {                                                                                           \
        SIM_CO_TRY_CALL(frame, callee);                                                            \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
            return sim_frame_raise(frame);                                                         \
    } while (0)

/* await asyncio.sleep(delay): with 0 or less a bare yield. */
#define SIM_CO_TRY_SLEEP(frame, delay_ns) SIM_CO_SUSPEND(frame, sim_frame_sleep(frame, delay_ns))
#define SIM_CO_SLEEP(frame, delay_ns)                                                              \
    do {                                                                                           \
        SIM_CO_TRY_SLEEP(frame, delay_ns);                                                         \
        if ((frame)->how >= SIM_RESUME_THROW)                                                      \
            return sim_frame_raise(frame);                                                         \
    } while (0)

#endif
