/* Captions of waiting for several things, or only for so long: futures, combinators, timeouts. */
#include <inttypes.h>

#include "caption_write.h"

/* What a combinator is called: "gather", "wait_for", "group". */
static const char *name_of(const struct rnd_combine *combine)
{
    switch (combine->kind) {
    case SIM_COMBINE_GATHER:
    case SIM_COMBINE_GATHER_RETURN_EXCEPTIONS:
        return "gather";
    case SIM_COMBINE_WAIT_FOR:
        return "wait_for";
    case SIM_COMBINE_AS_COMPLETED:
        return "as_completed";
    case SIM_COMBINE_SHIELD:
        return "shield";
    case SIM_COMBINE_GROUP:
        return "group";
    default:
        return "wait";
    }
}

/* "main’s wait_for", "The wait_for". */
static struct rnd_words combine_of(const struct rnd_writer *writer,
                                   const struct rnd_combine *combine)
{
    struct rnd_words words = {""};
    struct rnd_text text = rnd_text_begin(words.text, sizeof words.text);
    if (rnd_model_lane(writer->model, combine->task))
        rnd_text_put(&text, "%s’s %s", rnd_writer_task(writer, combine->task).text,
                     name_of(combine));
    else
        rnd_text_put(&text, "The %s", name_of(combine));
    return words;
}

/* --- futures ---------------------------------------------------------------------------------- */

static void say_plain_future(struct rnd_writer *writer, const char *subject)
{
    struct rnd_words value = rnd_writer_text(writer, writer->event.a);
    if (writer->event.flag == SIM_OUTCOME_EXCEPTION) {
        rnd_text_put(&writer->head, value.text[0] ? "%s fails: %s." : "%s fails.", subject,
                     value.text);
        rnd_writer_about(writer, 0, RND_TONE_FAILED);
    } else if (writer->event.flag == SIM_OUTCOME_CANCELLED) {
        rnd_text_put(&writer->head, "%s is cancelled.", subject);
        rnd_writer_about(writer, 0, RND_TONE_CANCELLED);
    } else {
        rnd_text_put(&writer->head, value.text[0] ? "%s is done: its result is %s." : "%s is done.",
                     subject, value.text);
    }
}

static void say_gathered(struct rnd_writer *writer, const struct rnd_combine *combine)
{
    if (combine->children == 1)
        rnd_text_put(&writer->head, "The gather is done: its only child finished.");
    else
        rnd_text_put(&writer->head, "The gather is done: all of its %" PRIu32 " children finished.",
                     combine->children);
    rnd_text_put(&writer->more, "Its result lists theirs in the order in which they were given.");
}

/* The future that a wait or wait_for suspends on is done. */
static void say_released(struct rnd_writer *writer, const struct rnd_combine *combine)
{
    const struct rnd_model *model = writer->model;
    uint32_t links = rnd_model_links_at(model, writer->index + 2);
    const struct rnd_link *link = links > 0 ? &model->links[links - 1] : NULL;
    bool time_up = link && link->at > writer->index && link->timer != RND_NEVER &&
                   model->timers[link->timer].use != RND_TIMER_PLAIN;
    if (time_up) {
        const struct rnd_timer *timer = &model->timers[link->timer];
        rnd_text_put(&writer->head, "Time is up: %s ends after %s.",
                     combine_of(writer, combine).text,
                     rnd_writer_time(timer->deadline_ns - timer->armed_ns).text);
        if (combine->kind == SIM_COMBINE_WAIT_FOR)
            rnd_text_put(&writer->more, "What it waited for will be cancelled at its next turn.");
        rnd_writer_about(writer, combine->task, RND_TONE_TIMED_OUT);
    } else {
        rnd_text_put(&writer->head, "%s is told that what it waited for is done.",
                     combine_of(writer, combine).text);
        rnd_writer_about(writer, combine->task, RND_TONE_TASK);
    }
}

/* Who awaited the future, as far as what comes next says it; NULL: not known. */
static const struct rnd_lane *awaiter_of(const struct rnd_writer *writer, uint32_t *task)
{
    const struct rnd_model *model = writer->model;
    struct sim_event next = {0};
    if (writer->at < model->event_count)
        next = model->view.events[writer->at];
    bool told = next.kind == SIM_EV_TASK_READY && next.a == writer->event.id;
    *task = next.id;
    return told ? rnd_model_lane(model, next.id) : NULL;
}

/* A future that a task awaits by itself: what that means for the task. */
static bool say_awaited(struct rnd_writer *writer)
{
    uint32_t task;
    const struct rnd_lane *lane = awaiter_of(writer, &task);
    uint32_t span = lane ? rnd_lane_span_at(lane, writer->at) : RND_NEVER;
    if (span == RND_NEVER || lane->spans[span].state != RND_TASK_SUSPENDED ||
        writer->event.flag == SIM_OUTCOME_EXCEPTION || writer->event.a)
        return false;
    struct rnd_words who = rnd_writer_task(writer, task);
    bool cancelled = writer->event.flag == SIM_OUTCOME_CANCELLED;
    if (cancelled)
        rnd_text_put(&writer->head, "What %s waits for is cancelled, so that it wakes up.",
                     who.text);
    else
        rnd_text_put(&writer->head, "%s can go on: %s.", who.text,
                     rnd_writer_why(&lane->spans[span]));
    rnd_text_put(&writer->more, "The future that it awaits is %s.",
                 cancelled ? "cancelled" : "done");
    rnd_writer_about(writer, task, cancelled ? RND_TONE_CANCELLED : RND_TONE_TASK);
    return true;
}

static void say_future(struct rnd_writer *writer)
{
    const struct rnd_combine *combine = rnd_index_combine(writer->model, writer->event.id);
    bool gather = combine && combine->kind <= SIM_COMBINE_GATHER_RETURN_EXCEPTIONS;
    bool good = writer->event.flag == SIM_OUTCOME_RESULT;
    if (gather && good) {
        say_gathered(writer, combine);
    } else if (combine && !gather && good && combine->kind != SIM_COMBINE_SHIELD) {
        say_released(writer, combine);
    } else if (combine && !gather && combine->kind != SIM_COMBINE_SHIELD) {
        rnd_text_put(&writer->head, "%s is cut short.", combine_of(writer, combine).text);
        rnd_writer_about(writer, combine->task, RND_TONE_CANCELLED);
    } else {
        if (combine || !say_awaited(writer))
            say_plain_future(writer, combine ? combine_of(writer, combine).text : "A future");
    }
}

/* --- combinators ------------------------------------------------------------------------------ */

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

/* Children that are tasks run by themselves; plain futures just get a result some time. */
static void say_gather(struct rnd_writer *writer, const char *who, uint32_t count)
{
    const struct rnd_combine *combine = rnd_index_combine(writer->model, writer->event.id);
    uint32_t tasks = combine ? combine->tasks : count;
    if (count == 1)
        rnd_text_put(&writer->head, "%s gathers one awaitable.", who);
    else
        rnd_text_put(&writer->head, "%s gathers %" PRIu32 " awaitables, to wait for all at once.",
                     who, count);
    if (tasks >= count)
        rnd_text_put(&writer->more, count == 1
                                        ? "It is a task of its own."
                                        : "Each is a task of its own, so they run side by side.");
    else if (tasks == 0)
        rnd_text_put(&writer->more, count == 1 ? "It is no task: a future that gets its result."
                                               : "They are no tasks: futures that get results.");
    else
        rnd_text_put(&writer->more, "%" PRIu32 " of them %s, the rest futures that get results.",
                     tasks, tasks == 1 ? "is a task" : "are tasks");
}

static void say_begin(struct rnd_writer *writer)
{
    uint32_t task = rnd_writer_runner(writer), count = writer->event.a;
    struct rnd_words who = rnd_writer_task(writer, task);
    struct rnd_text *head = &writer->head, *more = &writer->more;
    rnd_writer_about(writer, task, RND_TONE_TASK);
    switch (writer->event.flag) {
    case SIM_COMBINE_GATHER:
    case SIM_COMBINE_GATHER_RETURN_EXCEPTIONS:
        say_gather(writer, who.text, count);
        break;
    case SIM_COMBINE_WAIT_FIRST_COMPLETED:
        rnd_text_put(head, "%s waits for the first of %" PRIu32 " to be done.", who.text, count);
        rnd_text_put(more, "The others go on, and are not cancelled.");
        break;
    case SIM_COMBINE_WAIT_FIRST_EXCEPTION:
        rnd_text_put(head, "%s waits until %" PRIu32 " are done, or one of them fails.", who.text,
                     count);
        break;
    case SIM_COMBINE_WAIT_ALL_COMPLETED:
        rnd_text_put(head, "%s waits until %s%" PRIu32 " %s done.", who.text,
                     count == 1 ? "" : "all ", count, count == 1 ? "is" : "are");
        break;
    case SIM_COMBINE_WAIT_FOR:
        rnd_text_put(head, "%s begins a wait_for.", who.text);
        rnd_text_put(more, "It cancels what it waits for if time is up.");
        break;
    case SIM_COMBINE_AS_COMPLETED:
        rnd_text_put(head, "%s takes the results of %" PRIu32 " as they come.", who.text, count);
        rnd_text_put(more, "The first that is done is the first that it gets.");
        break;
    case SIM_COMBINE_SHIELD:
        rnd_text_put(head, "%s shields what it awaits.", who.text);
        rnd_text_put(more, "If %s is cancelled, that goes on.", who.text);
        break;
    case SIM_COMBINE_GROUP:
        rnd_text_put(head, "%s enters a group of tasks.", who.text);
        rnd_text_put(more, "It will leave it when all tasks of the group are done.");
        break;
    default:
        rnd_text_put(head, "%s combines %" PRIu32 " awaitable%s.", who.text, count, plural(count));
        break;
    }
}

static void say_progress(struct rnd_writer *writer)
{
    const struct rnd_combine *combine = rnd_index_combine(writer->model, writer->event.id);
    const char *name = combine ? name_of(combine) : "gather";
    const char *article = combine && combine->kind == SIM_COMBINE_AS_COMPLETED ? "" : "the ";
    uint32_t done = writer->event.a, children = writer->event.b;
    if (children == 1)
        rnd_text_put(&writer->head, "The only child of %s%s is done.", article, name);
    else
        rnd_text_put(&writer->head, "%" PRIu32 " of %s%s’s %" PRIu32 " children %s done.", done,
                     article, name, children, done == 1 ? "is" : "are");
    bool first = combine && combine->kind == SIM_COMBINE_WAIT_FIRST_COMPLETED;
    if (first)
        rnd_text_put(&writer->more, "That is enough: it waits for the first one only.");
    else if (children > 1)
        rnd_text_put(&writer->more,
                     done < children ? "The rest is still to come." : "That was the last.");
}

/* What comes of it where time is up. */
static void put_time_up(struct rnd_writer *writer, const struct rnd_combine *combine)
{
    struct rnd_words who = rnd_writer_task(writer, combine->task);
    switch (combine->kind) {
    case SIM_COMBINE_WAIT_FOR:
        rnd_text_put(&writer->head, "Time is up: wait_for raises TimeoutError in %s.", who.text);
        rnd_text_put(&writer->more, "What it waited for was cancelled, and has ended.");
        break;
    case SIM_COMBINE_AS_COMPLETED:
        rnd_text_put(&writer->head, "Time is up: as_completed raises TimeoutError in %s.",
                     who.text);
        break;
    default:
        rnd_text_put(&writer->head,
                     "Time is up: wait returns with %" PRIu32 " of %" PRIu32 " done.",
                     writer->event.a, writer->event.b);
        rnd_text_put(&writer->more, "Those that are pending go on.");
        break;
    }
}

static void say_end(struct rnd_writer *writer)
{
    const struct rnd_combine *combine = rnd_index_combine(writer->model, writer->event.id);
    if (!combine)
        return;
    struct rnd_words what = combine_of(writer, combine);
    enum rnd_tone tone = RND_TONE_TASK;
    if (writer->event.flag == SIM_ENDED_TIMEOUT) {
        put_time_up(writer, combine);
        tone = RND_TONE_TIMED_OUT;
    } else if (writer->event.flag == SIM_ENDED_EXCEPTION) {
        rnd_text_put(&writer->head, "%s ends with an exception.", what.text);
        if (combine->kind == SIM_COMBINE_GROUP)
            rnd_text_put(&writer->more, "What went wrong in it is raised as an ExceptionGroup.");
        tone = RND_TONE_FAILED;
    } else if (writer->event.flag == SIM_ENDED_CANCELLED) {
        rnd_text_put(&writer->head, "%s was cancelled.", what.text);
        tone = RND_TONE_CANCELLED;
    } else {
        rnd_text_put(&writer->head, "%s is over: %" PRIu32 " of %" PRIu32 " %s done.", what.text,
                     writer->event.a, writer->event.b, writer->event.a == 1 ? "is" : "are");
        if (combine->kind >= SIM_COMBINE_WAIT_FIRST_COMPLETED &&
            combine->kind <= SIM_COMBINE_WAIT_ALL_COMPLETED)
            rnd_text_put(&writer->more, "It returns two sets: what is done, and what is pending.");
        else if (combine->kind == SIM_COMBINE_GROUP)
            rnd_text_put(&writer->more, "Its block is left, and the task goes on.");
    }
    rnd_writer_about(writer, combine->task, tone);
}

static void say_abort(struct rnd_writer *writer)
{
    const struct rnd_combine *combine = rnd_index_combine(writer->model, writer->event.id);
    bool failed = rnd_model_lane(writer->model, writer->event.a) != NULL;
    if (failed)
        rnd_text_put(&writer->head, "%s failed, so its group cancels all others.",
                     rnd_writer_task(writer, writer->event.a).text);
    else
        rnd_text_put(&writer->head,
                     "The block of the group broke off, so its tasks are cancelled.");
    rnd_text_put(&writer->more, "The tasks of a group fall together.");
    rnd_writer_about(writer,
                     failed    ? writer->event.a
                     : combine ? combine->task
                               : 0,
                     RND_TONE_FAILED);
}

/* --- timeout() -------------------------------------------------------------------------------- */

static void say_timeout(struct rnd_writer *writer)
{
    struct rnd_words who = rnd_writer_task(writer, writer->event.id);
    const struct rnd_timer *timer = rnd_writer_timer(writer, writer->event.b);
    struct rnd_text *head = &writer->head;
    bool late =
        writer->event.flag == SIM_TIMEOUT_EXPIRED || writer->event.flag == SIM_TIMEOUT_RAISED;
    rnd_writer_about(writer, writer->event.id, late ? RND_TONE_TIMED_OUT : RND_TONE_TASK);
    switch (writer->event.flag) {
    case SIM_TIMEOUT_ARMED:
        rnd_text_put(head, "%s enters a timeout() block.", who.text);
        break;
    case SIM_TIMEOUT_RESCHEDULED:
        if (timer)
            rnd_text_put(head, "%s moves the end of its timeout() block to %s.", who.text,
                         rnd_writer_time(timer->deadline_ns).text);
        else
            rnd_text_put(head, "%s moves the end of its timeout() block.", who.text);
        break;
    case SIM_TIMEOUT_EXPIRED:
        rnd_text_put(head, "Time is up for the timeout() block of %s.", who.text);
        rnd_text_put(&writer->more, "So the task is cancelled at its await.");
        break;
    case SIM_TIMEOUT_RAISED:
        rnd_text_put(head, "The timeout() block of %s turns CancelledError into TimeoutError.",
                     who.text);
        break;
    case SIM_TIMEOUT_LEFT:
        rnd_text_put(head, "%s leaves its timeout() block in time.", who.text);
        break;
    default:
        break;
    }
}

void rnd_caption_wait(struct rnd_writer *writer)
{
    switch (writer->event.kind) {
    case SIM_EV_FUTURE_DONE:
        say_future(writer);
        break;
    case SIM_EV_COMBINE_BEGIN:
        say_begin(writer);
        break;
    case SIM_EV_COMBINE_PROGRESS:
        say_progress(writer);
        break;
    case SIM_EV_COMBINE_END:
        say_end(writer);
        break;
    case SIM_EV_GROUP_ABORT:
        say_abort(writer);
        break;
    case SIM_EV_TIMEOUT:
        say_timeout(writer);
        break;
    default:
        break;
    }
}
