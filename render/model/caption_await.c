/* Captions of tasks that suspend: what each waits for. */
#include <inttypes.h>
#include <string.h>

#include "caption_write.h"

static struct rnd_words task_of(const struct rnd_writer *writer)
{
    return rnd_writer_task(writer, writer->event.id);
}

/* How many of a combinator's children are done by then. */
static uint32_t done_of(const struct rnd_writer *writer, const struct rnd_combine *combine)
{
    const struct rnd_level *level = rnd_index_level(writer->model, combine->level, writer->at);
    return level ? level->value : 0;
}

static void say_gathering(struct rnd_writer *writer, const struct rnd_combine *combine)
{
    struct rnd_words who = task_of(writer);
    if (!combine)
        rnd_text_put(&writer->head, "%s waits for its gather.", who.text);
    else if (combine->children == 1)
        rnd_text_put(&writer->head, "%s waits for the one child of its gather.", who.text);
    else if (combine->children == 2)
        rnd_text_put(&writer->head, "%s waits until both children of its gather are done.",
                     who.text);
    else
        rnd_text_put(&writer->head,
                     "%s waits until all %" PRIu32 " children of its gather are done.", who.text,
                     combine->children);
}

/* At the end of a group's block. */
static void say_grouped(struct rnd_writer *writer, const struct rnd_combine *combine)
{
    uint32_t done = done_of(writer, combine), left = combine->children - done;
    rnd_text_put(&writer->head, "%s waits at the end of its group, for ", task_of(writer).text);
    if (done == 0 && combine->children == 2)
        rnd_text_put(&writer->head, "both of its tasks.");
    else if (done == 0 && combine->children > 1)
        rnd_text_put(&writer->head, "all %" PRIu32 " of its tasks.", combine->children);
    else if (combine->children > 1 && left == 1)
        rnd_text_put(&writer->head, "the last of its %" PRIu32 " tasks.", combine->children);
    else if (combine->children > 1)
        rnd_text_put(&writer->head, "the last %" PRIu32 " of its %" PRIu32 " tasks.", left,
                     combine->children);
    else
        rnd_text_put(&writer->head, "its task.");
}

/* wait() of several, until some or all are done. */
static void say_waiting(struct rnd_writer *writer, const struct rnd_span *span,
                        const struct rnd_combine *combine)
{
    uint32_t count = combine->children;
    struct rnd_text *head = &writer->head;
    rnd_text_put(head, "%s waits until ", task_of(writer).text);
    if (count == 1)
        rnd_text_put(head, "what it was given is done");
    else if (combine->kind == SIM_COMBINE_WAIT_FIRST_COMPLETED)
        rnd_text_put(head, "the first of %" PRIu32 " is done", count);
    else
        rnd_text_put(head, "all %" PRIu32 " are done%s", count,
                     combine->kind == SIM_COMBINE_WAIT_FIRST_EXCEPTION ? ", or one of them fails"
                                                                       : "");
    if (span->deadline_ns != RND_NO_TIME)
        rnd_text_put(head, ", but no longer than until %s",
                     rnd_writer_time(span->deadline_ns).text);
    rnd_text_put(head, ".");
}

/* "main waits for the lock: it is 2nd in line", by the label of what it awaits. */
static void say_awaiting(struct rnd_writer *writer, const struct rnd_span *span)
{
    static const char *const formats[RND_AWAIT_KINDS] = {
        [SIM_AWAIT_LOCK] = "%s waits for a lock that is held",
        [SIM_AWAIT_EVENT] = "%s waits until an event is set",
        [SIM_AWAIT_CONDITION] = "%s waits to be notified",
        [SIM_AWAIT_SEMAPHORE] = "%s waits for a place",
        [SIM_AWAIT_BARRIER] = "%s waits for the others to come",
        [SIM_AWAIT_QUEUE_GET] = "%s waits for an item",
        [SIM_AWAIT_QUEUE_PUT] = "%s waits for room in the queue",
        [SIM_AWAIT_QUEUE_JOIN] = "%s waits until the queue is worked off",
        [SIM_AWAIT_AS_COMPLETED] = "%s waits for the next one to be done",
        [SIM_AWAIT_SHIELD] = "%s waits for what it shields",
        [SIM_AWAIT_THREAD] = "%s waits for a thread, and the loop is free"};
    char label[RND_LABEL_MAX];
    rnd_label_await(writer->model, span, label, sizeof label);
    const char *format = span->await < RND_AWAIT_KINDS ? formats[span->await] : NULL;
    rnd_text_put(&writer->head, format ? format : "%s waits", task_of(writer).text);
    /* A label of one word only says again what was said. */
    if (!format || strchr(label, ' '))
        rnd_text_put(&writer->head, ": %s", label);
    rnd_text_put(&writer->head, ".");
}

void rnd_caption_await(struct rnd_writer *writer, const struct rnd_span *span)
{
    if (!span)
        return;
    const struct rnd_combine *combine = rnd_index_combine(writer->model, span->object);
    /* What the script itself says that it awaits comes before the kind. */
    unsigned kind = span->label ? (unsigned)RND_AWAIT_KINDS : span->await;
    if (kind == SIM_AWAIT_SLEEP && span->deadline_ns != RND_NO_TIME)
        rnd_text_put(&writer->head, "%s sleeps for %s; until then the loop is free to run others.",
                     task_of(writer).text,
                     rnd_writer_time(span->deadline_ns - span->begin_ns).text);
    else if (kind == SIM_AWAIT_TASK)
        rnd_text_put(&writer->head, "%s waits until the task %s is done.", task_of(writer).text,
                     rnd_writer_task(writer, span->object).text);
    else if (kind == SIM_AWAIT_GATHER)
        say_gathering(writer, combine);
    else if (kind == SIM_AWAIT_GROUP && combine)
        say_grouped(writer, combine);
    else if (kind == SIM_AWAIT_WAIT && combine)
        say_waiting(writer, span, combine);
    else if (kind == SIM_AWAIT_FUTURE)
        rnd_text_put(&writer->head, "%s waits until a future is done.", task_of(writer).text);
    else if (kind == SIM_AWAIT_WAIT_FOR && span->deadline_ns == RND_NO_TIME)
        rnd_text_put(&writer->head, "%s waits until what its wait_for awaits is done.",
                     task_of(writer).text);
    else if (kind == SIM_AWAIT_WAIT_FOR)
        rnd_text_put(&writer->head, "%s waits, but only until %s: then its wait_for gives up.",
                     task_of(writer).text, rnd_writer_time(span->deadline_ns).text);
    else
        say_awaiting(writer, span);
    rnd_writer_next(writer);
}
