/* Captions of what tasks do. */
#include "caption_write.h"

#include <inttypes.h>
#include <string.h>

#include "state.h"

static struct rnd_words task_of(const struct rnd_writer *writer)
{
    return rnd_writer_task(writer, writer->event.id);
}

/* The last span of the task of that state which began at the event's cursor or before, NULL: none.
 */
static const struct rnd_span *last_span(const struct rnd_writer *writer, unsigned state)
{
    const struct rnd_lane *lane = rnd_model_lane(writer->model, writer->event.id);
    uint32_t i = lane ? rnd_lane_span_at(lane, writer->at) : RND_NEVER;
    /* Between what a task waited for and its next step there are at most two others. */
    for (int back = 0; i != RND_NEVER && back < 3; back++, i--)
        if (lane->spans[i].state == state)
            return &lane->spans[i];
    return NULL;
}

/* What a task awaited, in a few words. */
static struct rnd_words object_of(const struct rnd_writer *writer, const struct rnd_span *span)
{
    struct rnd_words words = {"what it awaits"};
    if (span->await == SIM_AWAIT_SLEEP)
        words = (struct rnd_words){"its sleep"};
    else if (span->await == SIM_AWAIT_GATHER)
        words = (struct rnd_words){"its gather"};
    else if (span->await == SIM_AWAIT_TASK && rnd_model_lane(writer->model, span->object))
        words = rnd_writer_task(writer, span->object);
    return words;
}

/* --- a task begins to exist, and to be ready -------------------------------------------------- */

static void say_created(struct rnd_writer *writer)
{
    const struct rnd_lane *lane = rnd_model_lane(writer->model, writer->event.id);
    if (!lane)
        return;
    if (lane->parent) {
        rnd_text_put(&writer->head, "%s creates the task %s, which waits for its first turn.",
                     rnd_writer_task(writer, lane->parent).text, task_of(writer).text);
        rnd_writer_place(writer);
    } else if (writer->event.id == 1) {
        rnd_text_put(&writer->head, "%s() becomes a task: the first entry of the ready queue.",
                     task_of(writer).text);
        rnd_text_put(&writer->more, "Not a line of it has run yet.");
    } else {
        rnd_text_put(&writer->head, "The task %s is created, and waits for its first turn.",
                     task_of(writer).text);
        rnd_writer_place(writer);
    }
    rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
}

/* Whether the next step of the task, as far as it is known, begins with a CancelledError. */
static bool is_cancelled_next(const struct rnd_writer *writer)
{
    const struct rnd_lane *lane = rnd_model_lane(writer->model, writer->event.id);
    uint32_t i = lane ? rnd_lane_span_at(lane, writer->at) : RND_NEVER;
    return i != RND_NEVER && i + 1 < lane->span_count &&
           lane->spans[i + 1].resume == SIM_RESUME_CANCEL;
}

static void say_ready(struct rnd_writer *writer)
{
    const struct rnd_span *span = last_span(writer, RND_TASK_SUSPENDED);
    const char *why = "its turn will come";
    if (writer->event.flag == SIM_WAKE_ERROR) {
        why = "it is to be told of its error";
    } else if (span && is_cancelled_next(writer)) {
        why = rnd_writer_time_up(writer, writer->event.id) ? "time is up, and it is to be cancelled"
              : span->await == SIM_AWAIT_SLEEP             ? "its sleep was cut short"
                                                           : "its wait was cut short";
    } else if (span && span->await == SIM_AWAIT_TASK) {
        rnd_text_put(&writer->head, "%s is ready again: the task %s is done.", task_of(writer).text,
                     rnd_writer_task(writer, span->object).text);
    } else if (span) {
        why = rnd_writer_why(span);
    }
    if (writer->head.used == 0)
        rnd_text_put(&writer->head, "%s is ready again: %s.", task_of(writer).text, why);
    rnd_writer_place(writer);
    rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
}

/* --- a step begins ---------------------------------------------------------------------------- */

static void say_start(struct rnd_writer *writer)
{
    const struct rnd_lane *lane = rnd_model_lane(writer->model, writer->event.id);
    if (writer->event.id == writer->model->main) {
        rnd_text_put(&writer->head, "%s starts: asyncio.run put it first in the ready queue.",
                     task_of(writer).text);
        rnd_text_put(&writer->more, "It runs until it awaits something that is not done yet.");
        return;
    }
    rnd_text_put(&writer->head, "%s starts: it was next in the ready queue.", task_of(writer).text);
    if (lane && lane->parent)
        rnd_text_put(&writer->more, "%s created it at %s; its turn came only now.",
                     rnd_writer_task(writer, lane->parent).text,
                     rnd_writer_time(rnd_model_time(writer->model, lane->created)).text);
}

/* Whether the task is late for the end of this wait; then it says so. */
static bool say_if_late(struct rnd_writer *writer, const struct rnd_span *span)
{
    bool late = span->await == SIM_AWAIT_SLEEP && span->deadline_ns != RND_NO_TIME &&
                span->deadline_ns < writer->now_ns;
    if (late) {
        rnd_text_put(&writer->head, "%s runs only now, at %s, though its sleep ended at %s.",
                     task_of(writer).text, rnd_writer_time(writer->now_ns).text,
                     rnd_writer_time(span->deadline_ns).text);
        rnd_text_put(&writer->more, "The loop was blocked for so long: it is %s late.",
                     rnd_writer_time(writer->now_ns - span->deadline_ns).text);
        rnd_writer_about(writer, writer->event.id, RND_TONE_BLOCKING);
    }
    return late;
}

static void say_resumed(struct rnd_writer *writer, const struct rnd_span *span)
{
    if (!span)
        rnd_text_put(&writer->head, "%s runs on: its turn has come again.", task_of(writer).text);
    else if (say_if_late(writer, span))
        return;
    else if (span->await == SIM_AWAIT_SLEEP && span->deadline_ns != RND_NO_TIME)
        rnd_text_put(&writer->head, "%s runs on: its sleep of %s is over.", task_of(writer).text,
                     rnd_writer_time(span->deadline_ns - span->begin_ns).text);
    else if (span->await == SIM_AWAIT_GATHER)
        rnd_text_put(&writer->head, "%s gets the results: gather is done, its last child finished.",
                     task_of(writer).text);
    else if (span->await > SIM_AWAIT_GATHER)
        rnd_text_put(&writer->head, "%s runs on: %s.", task_of(writer).text, rnd_writer_why(span));
    else if (span->await == SIM_AWAIT_TASK)
        rnd_text_put(&writer->head, "%s runs on with the result of %s.", task_of(writer).text,
                     object_of(writer, span).text);
    else
        rnd_text_put(&writer->head, "%s runs on: what it awaited is done.", task_of(writer).text);
    if (span)
        rnd_text_put(&writer->more, "It had waited since %s.",
                     rnd_writer_time(span->begin_ns).text);
    else
        rnd_text_put(&writer->more, "It had only given way to the others.");
}

/* What the task waited for before this step, NULL: nothing. */
static const struct rnd_span *waited_for(const struct rnd_writer *writer)
{
    const struct rnd_lane *lane = rnd_model_lane(writer->model, writer->event.id);
    uint32_t i = lane ? rnd_lane_span_at(lane, writer->at) : RND_NEVER;
    return i == RND_NEVER || i < 2 || lane->spans[i - 2].state != RND_TASK_SUSPENDED
               ? NULL
               : &lane->spans[i - 2];
}

static void say_step(struct rnd_writer *writer)
{
    const struct rnd_span *span = waited_for(writer);
    rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
    if (writer->event.flag == SIM_RESUME_START) {
        say_start(writer);
    } else if (writer->event.flag == SIM_RESUME_CANCEL) {
        bool time_up = rnd_writer_time_up(writer, writer->event.id) != NULL;
        rnd_text_put(&writer->head, "CancelledError is raised in %s, at its await%s.",
                     task_of(writer).text, time_up ? ": time is up" : "");
        rnd_text_put(&writer->more, "It may clean up, and should then let the error through.");
        rnd_writer_about(writer, writer->event.id,
                         time_up ? RND_TONE_TIMED_OUT : RND_TONE_CANCELLED);
    } else if (writer->event.flag == SIM_RESUME_THROW) {
        rnd_text_put(&writer->head, "The exception of %s is raised in %s.",
                     span ? object_of(writer, span).text : "what it awaited", task_of(writer).text);
        rnd_writer_about(writer, writer->event.id, RND_TONE_FAILED);
    } else {
        say_resumed(writer, span);
    }
}

/* --- a step ends ------------------------------------------------------------------------------ */

/* The task that runs suspends. */
static void say_sleep(struct rnd_writer *writer)
{
    const struct rnd_timer *timer = rnd_writer_timer(writer, writer->event.id);
    if (!timer)
        return;
    writer->event.id = timer->task;
    rnd_writer_about(writer, timer->task, RND_TONE_TASK);
    rnd_caption_await(writer, last_span(writer, RND_TASK_SUSPENDED));
}

static void say_step_end(struct rnd_writer *writer)
{
    rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
    if (writer->event.flag == SIM_STEP_YIELD) {
        rnd_text_put(&writer->head, "%s gives way: it goes to the end of the ready queue.",
                     task_of(writer).text);
        rnd_writer_next(writer);
    } else if (writer->event.flag == SIM_STEP_AWAIT) {
        rnd_caption_await(writer, last_span(writer, RND_TASK_SUSPENDED));
    } else {
        rnd_text_put(&writer->head, "%s awaited what cannot be awaited.", task_of(writer).text);
        rnd_text_put(&writer->more, "An error will be raised in it at its next turn.");
        rnd_writer_about(writer, writer->event.id, RND_TONE_FAILED);
    }
}

/* --- a task ends ------------------------------------------------------------------------------ */

/* Who is told of the end of the task: what follows in its step says it. */
static void put_waiter(struct rnd_writer *writer)
{
    if (writer->at >= writer->model->event_count)
        return;
    struct sim_event next = writer->model->view.events[writer->at];
    if (writer->event.id == writer->model->main)
        rnd_text_put(&writer->more, "It is what the loop runs for, so the loop will stop.");
    else if (next.kind == SIM_EV_TASK_READY && rnd_model_lane(writer->model, next.id))
        rnd_text_put(&writer->more, "%s awaits it, and becomes ready.",
                     rnd_writer_task(writer, next.id).text);
    else if (next.kind == SIM_EV_CALLBACK_READY)
        rnd_text_put(&writer->more, "Whoever waits for it is told through the ready queue.");
    else if (next.kind == SIM_EV_STEP_END)
        rnd_text_put(&writer->more, "Nobody waits for it at the moment.");
}

/* What the task is after the event. */
static unsigned state_after(const struct rnd_writer *writer)
{
    return rnd_state_lane(writer->model, writer->event.id, writer->at).state;
}

static void say_done(struct rnd_writer *writer)
{
    struct rnd_words value = rnd_writer_text(writer, writer->event.a);
    bool has_value = value.text[0] != '\0' && strcmp(value.text, "None") != 0;
    enum rnd_tone tone = RND_TONE_TASK;
    if (writer->event.flag == SIM_OUTCOME_RESULT) {
        rnd_text_put(&writer->head, has_value ? "%s is done: its result is %s." : "%s is done.",
                     task_of(writer).text, value.text);
    } else if (writer->event.flag == SIM_OUTCOME_EXCEPTION) {
        rnd_text_put(&writer->head, has_value ? "%s fails: %s." : "%s fails.", task_of(writer).text,
                     value.text);
        tone = RND_TONE_FAILED;
    } else {
        bool time_up = state_after(writer) == RND_TASK_TIMED_OUT;
        rnd_text_put(&writer->head, "%s ends: it was cancelled%s.", task_of(writer).text,
                     time_up ? ", because time was up" : "");
        tone = time_up ? RND_TONE_TIMED_OUT : RND_TONE_CANCELLED;
    }
    put_waiter(writer);
    rnd_writer_about(writer, writer->event.id, tone);
}

static void say_cancel(struct rnd_writer *writer)
{
    bool self = writer->event.a == writer->event.id;
    const struct rnd_combine *group =
        writer->event.a ? NULL : rnd_index_aborting(writer->model, writer->at);
    const struct rnd_timer *timer = rnd_writer_time_up(writer, writer->event.id);
    rnd_writer_about(writer, writer->event.id, timer ? RND_TONE_TIMED_OUT : RND_TONE_CANCELLED);
    if (timer && timer->use == RND_TIMER_BLOCK && timer->task == writer->event.id)
        rnd_text_put(&writer->head, "Time is up: the timeout() block that %s is in cancels it.",
                     task_of(writer).text);
    else if (timer)
        rnd_text_put(&writer->head, "Time is up: %s’s %s cancels %s.",
                     rnd_writer_task(writer, timer->task).text,
                     timer->use == RND_TIMER_BLOCK ? "timeout()" : "wait_for",
                     task_of(writer).text);
    else if (self)
        rnd_text_put(&writer->head, "%s asks for its own cancellation.", task_of(writer).text);
    else if (group && rnd_model_lane(writer->model, group->task))
        rnd_text_put(&writer->head, "%s’s group cancels %s.",
                     rnd_writer_task(writer, group->task).text,
                     group->task == writer->event.id ? "it, too" : task_of(writer).text);
    else if (!rnd_model_lane(writer->model, writer->event.a) && rnd_writer_in_callback(writer))
        rnd_text_put(&writer->head, "%s is cancelled.", task_of(writer).text);
    else
        rnd_text_put(&writer->head, "%s cancels %s.", rnd_writer_task(writer, writer->event.a).text,
                     task_of(writer).text);
    rnd_text_put(&writer->more, "CancelledError will be raised in %s at its next turn.",
                 task_of(writer).text);
}

void rnd_caption_task(struct rnd_writer *writer)
{
    switch (writer->event.kind) {
    case SIM_EV_TASK_CREATED:
        say_created(writer);
        break;
    case SIM_EV_TASK_READY:
        say_ready(writer);
        break;
    case SIM_EV_STEP_BEGIN:
        say_step(writer);
        break;
    case SIM_EV_STEP_END:
        say_step_end(writer);
        break;
    case SIM_EV_SLEEP:
        say_sleep(writer);
        break;
    case SIM_EV_TASK_DONE:
        say_done(writer);
        break;
    case SIM_EV_CANCEL_REQUESTED:
        say_cancel(writer);
        break;
    case SIM_EV_TASK_NAMED:
        rnd_text_put(&writer->head, "Task %" PRIu32 " is named “%s”.", writer->event.id,
                     rnd_writer_text(writer, writer->event.a).text);
        rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
        break;
    case SIM_EV_UNCANCELLED:
        rnd_text_put(&writer->head, "%s takes back a request to cancel it; ", task_of(writer).text);
        if (writer->event.a == 0)
            rnd_text_put(&writer->head, "none is left.");
        else
            rnd_text_put(&writer->head, "%" PRIu32 " %s left.", writer->event.a,
                         writer->event.a == 1 ? "is" : "are");
        rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
        break;
    default:
        break;
    }
}
