/* Captions of what the loop does: iterations, the clock, callbacks, timers. */
#include <inttypes.h>

#include "caption_write.h"
#include "state.h"

/* --- the loop --------------------------------------------------------------------------------- */

static void say_loop_begin(struct rnd_writer *writer)
{
    if (!rnd_model_lane(writer->model, writer->event.a)) {
        rnd_text_put(&writer->head, "The event loop starts.");
        return;
    }
    rnd_text_put(&writer->head, "The event loop starts, and will run until %s is done.",
                 rnd_writer_task(writer, writer->event.a).text);
    rnd_text_put(&writer->more, "Again and again it runs what is ready, in order.");
}

/* "a", "a and b", "a, b and 3 more": the head of the ready queue. */
static void put_snapshot(struct rnd_writer *writer)
{
    struct rnd_state state =
        rnd_state_at(writer->model, rnd_model_moment(writer->model, writer->at));
    uint32_t shown = state.snapshot <= 4 ? state.snapshot : 3;
    for (uint32_t i = 0; i < shown; i++) {
        struct rnd_push push = rnd_state_queued(writer->model, &state, i);
        const char *comma = i == 0                                      ? ""
                            : i + 1 == shown && shown == state.snapshot ? " and "
                                                                        : ", ";
        rnd_text_put(&writer->head, "%s%s", comma, rnd_writer_push(writer, &push).text);
    }
    if (shown < state.snapshot)
        rnd_text_put(&writer->head, " and %" PRIu32 " more", state.snapshot - shown);
}

static void say_iteration(struct rnd_writer *writer)
{
    rnd_text_put(&writer->head, "Iteration %" PRIu32 " begins", writer->event.id);
    if (writer->event.a > 0) {
        rnd_text_put(&writer->head, ", and will run what is ready: ");
        put_snapshot(writer);
        rnd_text_put(&writer->more, "What becomes ready meanwhile waits for the next iteration.");
    }
    rnd_text_put(&writer->head, ".");
}

static void say_clock(struct rnd_writer *writer)
{
    const struct rnd_model *model = writer->model;
    int64_t before_ns = rnd_model_time(model, writer->index);
    if (writer->event.flag == SIM_CLOCK_BLOCKED) {
        uint32_t blocks = RND_UPPER(model->blocks, begin, model->block_count, writer->at);
        rnd_text_put(&writer->head, "The loop stood still for %s: it is %s now.",
                     rnd_writer_time(writer->now_ns - before_ns).text,
                     rnd_writer_time(writer->now_ns).text);
        rnd_text_put(&writer->more, "Nothing else could run in that time.");
        rnd_writer_about(writer, blocks ? model->blocks[blocks - 1].task : 0, RND_TONE_BLOCKING);
        return;
    }
    struct sim_event next = {0};
    if (writer->at < model->event_count)
        next = model->view.events[writer->at];
    if (next.kind == SIM_EV_THREAD_RUN && rnd_model_lane(model, RND_THREAD | next.id)) {
        rnd_text_put(&writer->head, "Nothing is ready, so the clock moves on, to %s.",
                     rnd_writer_time(writer->now_ns).text);
        rnd_text_put(&writer->more, "Then the thread %s goes on.",
                     rnd_writer_task(writer, RND_THREAD | next.id).text);
        return;
    }
    rnd_text_put(&writer->head, "Nothing is ready, so the clock moves on to the next timer, at %s.",
                 rnd_writer_time(writer->now_ns).text);
    struct rnd_timer_state timer;
    if (!writer->brief &&
        rnd_state_timers(model, rnd_model_moment(model, writer->at), &timer, 1) > 0) {
        char name[RND_LABEL_MAX];
        rnd_label_timer(model, timer.timer, name, sizeof name);
        rnd_text_put(&writer->more, "The timer that is due: %s.", name);
    }
}

/* --- timers ----------------------------------------------------------------------------------- */

static void say_sleep_over(struct rnd_writer *writer)
{
    rnd_text_put(&writer->head, "%s is ready again: the callback of its timer ended its sleep.",
                 rnd_writer_task(writer, writer->event.id).text);
    rnd_writer_place(writer);
    rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
}

static void say_armed(struct rnd_writer *writer)
{
    const struct rnd_timer *timer = rnd_writer_timer(writer, writer->event.id);
    if (!timer)
        return;
    rnd_writer_about(writer, timer->task, RND_TONE_TASK);
    if (timer->use != RND_TIMER_PLAIN) {
        static const char *const uses[] = {"", "wait", "wait_for", "timeout() block"};
        rnd_text_put(&writer->head, "%s sets a timer for its %s: it has until %s.",
                     rnd_writer_task(writer, timer->task).text, uses[timer->use],
                     rnd_writer_time(timer->deadline_ns).text);
        rnd_text_put(&writer->more,
                     timer->use == RND_TIMER_WAIT
                         ? "Then it will go on with what is done by then."
                         : "If it is not done by then, TimeoutError will be raised.");
        return;
    }
    rnd_text_put(&writer->head, "%s sets a timer: %s will be called at %s.",
                 rnd_writer_task(writer, timer->task).text,
                 rnd_writer_handle(writer, writer->event.id).text,
                 rnd_writer_time(timer->deadline_ns).text);
}

/* The late mark of the event, NULL: none. */
static const struct rnd_late *late_of(const struct rnd_writer *writer)
{
    uint32_t count = rnd_model_lates_at(writer->model, writer->at);
    const struct rnd_late *late = count > 0 ? &writer->model->lates[count - 1] : NULL;
    return late && late->at > writer->index ? late : NULL;
}

static void say_late(struct rnd_writer *writer, const struct rnd_late *late)
{
    const struct rnd_lane *blocker = rnd_model_lane(writer->model, late->blocker);
    rnd_text_put(&writer->head,
                 "%s was due at %s but is woken only now, at %s, because %s blocked "
                 "the loop.",
                 rnd_writer_task(writer, late->task).text, rnd_writer_time(late->due_ns).text,
                 rnd_writer_time(late->actual_ns).text,
                 blocker ? rnd_writer_task(writer, late->blocker).text : "other code");
    rnd_text_put(&writer->more,
                 "A blocking call stops every task, not only the one that makes it.");
    rnd_writer_about(writer, late->task, RND_TONE_BLOCKING);
}

static void say_fired(struct rnd_writer *writer)
{
    const struct rnd_timer *timer = rnd_writer_timer(writer, writer->event.id);
    const struct rnd_late *late = late_of(writer);
    if (late) {
        say_late(writer, late);
    } else if (timer && timer->kind == SIM_TIMER_SLEEP && timer->task) {
        rnd_text_put(&writer->head,
                     "The sleep of %s is over at %s: its timer’s callback joins the ready queue.",
                     rnd_writer_task(writer, timer->task).text,
                     rnd_writer_time(timer->deadline_ns).text);
        rnd_writer_about(writer, timer->task, RND_TONE_TASK);
    } else if (timer && timer->use != RND_TIMER_PLAIN) {
        char name[RND_LABEL_MAX];
        rnd_label_timer(writer->model, timer, name, sizeof name);
        rnd_text_put(&writer->head,
                     "Time is up for %s: its timer’s callback joins the ready queue.", name);
        rnd_writer_about(writer, timer->task, RND_TONE_TIMED_OUT);
    } else {
        rnd_text_put(&writer->head, "The timer of %s is due: it joins the ready queue.",
                     rnd_writer_handle(writer, writer->event.id).text);
    }
    if (!late)
        rnd_writer_place(writer);
}

/* A timeout that was not needed. */
static void put_unused(struct rnd_writer *writer, const struct rnd_timer *timer)
{
    char name[RND_LABEL_MAX];
    rnd_label_timer(writer->model, timer, name, sizeof name);
    rnd_text_put(&writer->head, "The timer of %s is cancelled: it was not needed.", name);
}

static void say_timer_cancelled(struct rnd_writer *writer)
{
    const struct rnd_timer *timer = rnd_writer_timer(writer, writer->event.id);
    bool sleep = timer && timer->kind == SIM_TIMER_SLEEP && timer->task;
    struct rnd_words left = rnd_writer_time(writer->event.ns);
    if (sleep)
        rnd_text_put(&writer->head, "The sleep of %s is cut short: its timer is cancelled.",
                     rnd_writer_task(writer, timer->task).text);
    else if (timer && timer->use != RND_TIMER_PLAIN)
        put_unused(writer, timer);
    else
        rnd_text_put(&writer->head, "The timer of %s is cancelled.",
                     rnd_writer_handle(writer, writer->event.id).text);
    rnd_text_put(&writer->more, "It had %s left.", left.text);
    rnd_writer_about(writer, timer ? timer->task : 0, RND_TONE_CANCELLED);
}

void rnd_caption_loop(struct rnd_writer *writer)
{
    switch (writer->event.kind) {
    case SIM_EV_LOOP_BEGIN:
        say_loop_begin(writer);
        break;
    case SIM_EV_LOOP_END:
        rnd_text_put(&writer->head, "The event loop stops.");
        rnd_text_put(&writer->more, "The script goes on without it.");
        break;
    case SIM_EV_ITERATION_BEGIN:
        say_iteration(writer);
        break;
    case SIM_EV_CLOCK:
        say_clock(writer);
        break;
    case SIM_EV_CALLBACK_READY:
        rnd_caption_callback_ready(writer);
        break;
    case SIM_EV_CALLBACK_BEGIN:
        rnd_caption_callback_begin(writer);
        break;
    case SIM_EV_SLEEP_OVER:
        say_sleep_over(writer);
        break;
    case SIM_EV_CALLBACK_SKIPPED:
        rnd_text_put(&writer->head, "%s was cancelled, so the loop drops it without a call.",
                     rnd_writer_handle(writer, writer->event.id).text);
        break;
    case SIM_EV_CALLBACK_CANCELLED:
        rnd_text_put(&writer->head, "The call of %s is cancelled.",
                     rnd_writer_handle(writer, writer->event.id).text);
        break;
    case SIM_EV_TIMER_ARMED:
        say_armed(writer);
        break;
    case SIM_EV_TIMER_FIRED:
        say_fired(writer);
        break;
    case SIM_EV_TIMER_CANCELLED:
        say_timer_cancelled(writer);
        break;
    default:
        break;
    }
}
