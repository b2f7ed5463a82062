/* Captions of what tasks do with locks, events, semaphores, conditions, barriers and queues. */
#include <inttypes.h>
#include <string.h>

#include "caption_write.h"

/* "lock", "queue jobs". */
static struct rnd_words object_of(const struct rnd_writer *writer, const struct rnd_object *object)
{
    static const char *const names[] = {"lock",      "event",          "condition",
                                        "semaphore", "semaphore",      "barrier",
                                        "queue",     "priority queue", "LIFO queue"};
    struct rnd_words words = {""};
    struct rnd_text text = rnd_text_begin(words.text, sizeof words.text);
    const char *kind = object->kind < sizeof names / sizeof *names ? names[object->kind] : "object";
    const char *name = rnd_model_text(writer->model, object->name, NULL);
    rnd_text_put(&text, "%s", kind);
    if (*name && strcmp(name, kind) != 0)
        rnd_text_put(&text, " %s", rnd_writer_text(writer, object->name).text);
    return words;
}

static bool is_semaphore(const struct rnd_object *object)
{
    return object->kind == SIM_OBJECT_SEMAPHORE || object->kind == SIM_OBJECT_BOUNDED_SEMAPHORE;
}

/* How many wait in its line. */
static void put_line(struct rnd_writer *writer, const char *none)
{
    uint32_t waiters = writer->event.aux;
    if (waiters == 0)
        rnd_text_put(&writer->more, "%s", none);
    else if (waiters == 1)
        rnd_text_put(&writer->more, "One task stands in its line.");
    else
        rnd_text_put(&writer->more, "%" PRIu32 " tasks stand in its line; the first is first.",
                     waiters);
}

static void put_level(struct rnd_writer *writer, const struct rnd_object *object)
{
    uint32_t level = writer->event.b;
    if (is_semaphore(object))
        rnd_text_put(&writer->more, "%" PRIu32 " place%s free now.", level,
                     level == 1 ? " is" : "s are");
    else if (object->limit > 0)
        rnd_text_put(&writer->more, "It holds %" PRIu32 " of at most %" PRIu32 " items now.", level,
                     object->limit);
    else
        rnd_text_put(&writer->more, "It holds %" PRIu32 " item%s now.", level,
                     level == 1 ? "" : "s");
}

static void say_acquire(struct rnd_writer *writer, const struct rnd_object *object, const char *who,
                        const char *what)
{
    if (is_semaphore(object)) {
        rnd_text_put(&writer->head, "%s takes a place of the %s.", who, what);
        put_level(writer, object);
    } else {
        rnd_text_put(&writer->head, "%s takes the %s.", who, what);
        put_line(writer, "Until it is released, nobody else can have it.");
    }
}

static void say_release(struct rnd_writer *writer, const struct rnd_object *object, const char *who,
                        const char *what)
{
    rnd_text_put(&writer->head,
                 is_semaphore(object) ? "%s gives back a place of the %s." : "%s releases the %s.",
                 who, what);
    if (writer->event.aux > 0)
        rnd_text_put(&writer->more, "The first in its line is woken.");
    else if (is_semaphore(object))
        put_level(writer, object);
    else
        rnd_text_put(&writer->more, "Nobody waits for it.");
}

static void say_barrier(struct rnd_writer *writer, const struct rnd_object *object, const char *who,
                        const char *what)
{
    if (writer->event.flag == SIM_SYNC_PASS)
        rnd_text_put(&writer->head, "%s is the last to come to the %s: all %" PRIu32 " go on.", who,
                     what, object->limit);
    else
        rnd_text_put(&writer->head, "%s %s the %s.", who,
                     writer->event.flag == SIM_SYNC_ABORT ? "breaks" : "resets", what);
    if (writer->event.flag != SIM_SYNC_PASS)
        rnd_text_put(&writer->more, "Who waits at it gets BrokenBarrierError.");
}

static void say_notify(struct rnd_writer *writer, const char *who, const char *what)
{
    uint32_t woken = writer->event.b;
    rnd_text_put(&writer->head, "%s notifies the %s: %" PRIu32 " task%s woken.", who, what, woken,
                 woken == 1 ? " is" : "s are");
    rnd_text_put(&writer->more, "Each has to take the lock again before it goes on.");
}

static void say_task_done(struct rnd_writer *writer, const char *who, const char *what)
{
    uint32_t left = writer->event.b;
    rnd_text_put(&writer->head, "%s has worked off an item of the %s.", who, what);
    if (left == 0)
        rnd_text_put(&writer->more, "It was the last: whoever joins the queue can go on.");
    else
        rnd_text_put(&writer->more, "%" PRIu32 " %s not worked off yet.", left,
                     left == 1 ? "is" : "are");
}

/* What is done to a queue or an event in passing. */
static void say_change(struct rnd_writer *writer, const struct rnd_object *object, const char *who,
                       const char *what)
{
    switch (writer->event.flag) {
    case SIM_SYNC_SET:
        rnd_text_put(&writer->head, "%s sets the %s.", who, what);
        rnd_text_put(&writer->more, writer->event.aux > 0 ? "All that wait for it become ready."
                                                          : "Nobody waits for it now.");
        break;
    case SIM_SYNC_CLEAR:
        rnd_text_put(&writer->head, "%s clears the %s.", who, what);
        rnd_text_put(&writer->more, "Who waits for it now has to wait until it is set again.");
        break;
    case SIM_SYNC_PUT:
        rnd_text_put(&writer->head, "%s puts an item into the %s.", who, what);
        put_level(writer, object);
        break;
    case SIM_SYNC_GET:
        rnd_text_put(&writer->head, "%s takes an item out of the %s.", who, what);
        put_level(writer, object);
        break;
    default:
        break;
    }
}

void rnd_caption_sync(struct rnd_writer *writer)
{
    const struct rnd_object *object = rnd_index_object(writer->model, writer->event.a);
    if (writer->event.kind != SIM_EV_SYNC || !object)
        return;
    struct rnd_words who = rnd_writer_task(writer, writer->event.id);
    struct rnd_words what = object_of(writer, object);
    rnd_writer_about(writer, writer->event.id, RND_TONE_TASK);
    switch (writer->event.flag) {
    case SIM_SYNC_WAIT:
        rnd_text_put(&writer->head, "%s has to wait at the %s.", who.text, what.text);
        break;
    case SIM_SYNC_LEAVE:
        rnd_text_put(&writer->head, "%s leaves the line at the %s with nothing.", who.text,
                     what.text);
        rnd_writer_about(writer, writer->event.id, RND_TONE_CANCELLED);
        break;
    case SIM_SYNC_ACQUIRE:
        say_acquire(writer, object, who.text, what.text);
        break;
    case SIM_SYNC_RELEASE:
        say_release(writer, object, who.text, what.text);
        break;
    case SIM_SYNC_NOTIFY:
        say_notify(writer, who.text, what.text);
        break;
    case SIM_SYNC_PASS:
    case SIM_SYNC_RESET:
    case SIM_SYNC_ABORT:
        say_barrier(writer, object, who.text, what.text);
        break;
    case SIM_SYNC_TASK_DONE:
        say_task_done(writer, who.text, what.text);
        break;
    default:
        say_change(writer, object, who.text, what.text);
        break;
    }
}
