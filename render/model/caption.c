#include "caption.h"

#include <inttypes.h>
#include <string.h>

#include "caption_write.h"
#include "state.h"

/* --- words ------------------------------------------------------------------------------------ */

bool rnd_writer_in_callback(const struct rnd_writer *writer)
{
    struct rnd_moment moment = rnd_model_moment(writer->model, writer->at);
    return rnd_state_at(writer->model, moment).runner == RND_RUNNER_CALLBACK;
}

struct rnd_words rnd_writer_task(const struct rnd_writer *writer, uint32_t task)
{
    struct rnd_words words = {"The script"};
    if (rnd_model_lane(writer->model, task))
        rnd_label_task(writer->model, task, words.text, sizeof words.text);
    else if (rnd_writer_in_callback(writer))
        return (struct rnd_words){"The callback"};
    return words;
}

struct rnd_words rnd_writer_handle(const struct rnd_writer *writer, uint32_t handle)
{
    struct rnd_words words = {""};
    rnd_label_handle(writer->model, handle, words.text, sizeof words.text);
    return words;
}

struct rnd_words rnd_writer_push(const struct rnd_writer *writer, const struct rnd_push *push)
{
    struct rnd_words words = {""};
    struct rnd_text text = rnd_text_begin(words.text, sizeof words.text);
    char name[RND_LABEL_MAX];
    rnd_label_push(writer->model, push, name, sizeof name);
    /* Names of asyncio's own callbacks are no words of a sentence. */
    rnd_text_put(&text, strchr(name, ':') ? "“%s”" : "%s", name);
    return words;
}

struct rnd_words rnd_writer_time(int64_t ns)
{
    struct rnd_words words = {""};
    rnd_label_duration(ns, words.text, sizeof words.text);
    return words;
}

struct rnd_words rnd_writer_text(const struct rnd_writer *writer, uint32_t id)
{
    struct rnd_words words = {""};
    struct rnd_text text = rnd_text_begin(words.text, sizeof words.text - sizeof "…");
    size_t length;
    const char *bytes = rnd_model_text(writer->model, id, &length);
    while (length > 0 && bytes[length - 1] == '\n')
        length--;
    rnd_text_add(&text, bytes, length);
    text.size = sizeof words.text;
    if (text.used < length)
        rnd_text_put(&text, "…");
    return words;
}

void rnd_writer_about(struct rnd_writer *writer, uint32_t task, enum rnd_tone tone)
{
    writer->out->task = rnd_model_lane(writer->model, task) ? task : 0;
    writer->out->tone = (uint8_t)tone;
}

const struct rnd_timer *rnd_writer_timer(const struct rnd_writer *writer, uint32_t handle)
{
    const struct rnd_callback *callback = rnd_index_callback(writer->model, handle);
    return callback && callback->timer != RND_NEVER ? &writer->model->timers[callback->timer]
                                                    : NULL;
}

uint32_t rnd_writer_runner(const struct rnd_writer *writer)
{
    struct rnd_state state =
        rnd_state_at(writer->model, rnd_model_moment(writer->model, writer->at));
    return state.runner == RND_RUNNER_TASK ? state.runner_id : 0;
}

const struct rnd_timer *rnd_writer_time_up(const struct rnd_writer *writer, uint32_t task)
{
    enum { LOOKED_AT = 256 };
    const struct rnd_model *model = writer->model;
    uint32_t i = rnd_model_links_at(model, writer->at);
    for (int n = 0; i > 0 && n < LOOKED_AT; n++) {
        const struct rnd_link *link = &model->links[--i];
        if (link->to_task == task && link->kind == RND_LINK_CANCEL)
            return link->timer == RND_NEVER ? NULL : &model->timers[link->timer];
    }
    return NULL;
}

const char *rnd_writer_why(const struct rnd_span *span)
{
    static const char *const reasons[RND_AWAIT_KINDS] = {
        [SIM_AWAIT_FUTURE] = "the future that it awaits is done",
        [SIM_AWAIT_TASK] = "the task that it awaits is done",
        [SIM_AWAIT_SLEEP] = "its sleep is over",
        [SIM_AWAIT_GATHER] = "its gather is done",
        [SIM_AWAIT_LOCK] = "the lock is free for it",
        [SIM_AWAIT_EVENT] = "the event is set",
        [SIM_AWAIT_CONDITION] = "it was notified",
        [SIM_AWAIT_SEMAPHORE] = "a place of the semaphore is free",
        [SIM_AWAIT_BARRIER] = "the barrier opened",
        [SIM_AWAIT_QUEUE_GET] = "there is an item in the queue",
        [SIM_AWAIT_QUEUE_PUT] = "there is room in the queue",
        [SIM_AWAIT_QUEUE_JOIN] = "all that was put into the queue is worked off",
        [SIM_AWAIT_WAIT] = "its wait is over",
        [SIM_AWAIT_WAIT_FOR] = "what its wait_for awaited is done",
        [SIM_AWAIT_AS_COMPLETED] = "another one is done",
        [SIM_AWAIT_SHIELD] = "what it shields is done",
        [SIM_AWAIT_GROUP] = "all tasks of its group are done",
        [SIM_AWAIT_THREAD] = "its thread has done the job"};
    bool limited = span->await == SIM_AWAIT_WAIT || span->await == SIM_AWAIT_WAIT_FOR;
    if (limited && span->deadline_ns != RND_NO_TIME && span->end_ns >= span->deadline_ns)
        return "its time is up";
    return reasons[span->await < RND_AWAIT_KINDS ? span->await : SIM_AWAIT_FUTURE];
}

void rnd_writer_next(struct rnd_writer *writer)
{
    if (writer->brief)
        return;
    struct rnd_moment moment = rnd_model_moment(writer->model, writer->at);
    struct rnd_state state = rnd_state_at(writer->model, moment);
    struct rnd_timer_state timer;
    if (state.queue_count > 0) {
        struct rnd_push next = rnd_state_queued(writer->model, &state, 0);
        rnd_text_put(&writer->more, "Next in the ready queue: %s%s.",
                     rnd_writer_push(writer, &next).text,
                     state.snapshot > 0 ? "" : ", in the next iteration");
    } else if (rnd_state_timers(writer->model, moment, &timer, 1) > 0) {
        rnd_text_put(&writer->more, "Nothing else is ready; the next timer is due at %s.",
                     rnd_writer_time(timer.timer->deadline_ns).text);
    }
}

void rnd_writer_place(struct rnd_writer *writer)
{
    if (writer->brief)
        return;
    struct rnd_state state =
        rnd_state_at(writer->model, rnd_model_moment(writer->model, writer->at));
    if (state.queue_count == 1)
        rnd_text_put(&writer->more, "Nothing else is in the ready queue.");
    else if (state.queue_count > 1)
        rnd_text_put(&writer->more,
                     "It is at the end of the ready queue, behind %" PRIu32 " other%s.",
                     state.queue_count - 1, state.queue_count == 2 ? "" : "s");
}

/* --- the script's own words ------------------------------------------------------------------- */

/* The source line that the event belongs to, NULL: none. */
static const struct rnd_line *line_of(const struct rnd_writer *writer)
{
    const struct rnd_model *model = writer->model;
    uint32_t i = rnd_model_first_slice(model, writer->index);
    const struct rnd_slice *slice = i < model->slice_count ? &model->slices[i] : NULL;
    bool running = slice && slice->kind != RND_SLICE_IDLE && slice->begin <= writer->index;
    bool by_module = writer->event.kind == SIM_EV_LINE || writer->event.kind == SIM_EV_OUTPUT ||
                     writer->event.kind == SIM_EV_BLOCK_BEGIN;
    if (!running && !by_module)
        return NULL;
    uint32_t task = !running                          ? 0
                    : slice->kind == RND_SLICE_TASK   ? slice->id
                    : slice->kind == RND_SLICE_THREAD ? RND_THREAD | slice->id
                                                      : 0;
    const struct rnd_line *line = rnd_state_line(model, task, writer->at);
    if (writer->event.kind == SIM_EV_LINE)
        line = &model->lines[RND_LOWER(model->lines, at, model->line_count, writer->index + 1)];
    bool known = line && line->file == 0;
    return known && (!running || line->at > slice->begin) ? line : NULL;
}

/* A caption comment takes the place of the first sentence; without one, a marker is named. */
static void prefer_lesson(struct rnd_writer *writer, const struct rnd_lesson *lesson)
{
    const struct rnd_line *line = line_of(writer);
    const char *caption = line ? rnd_lesson_caption(lesson, line->line) : NULL;
    const char *marker = line && !caption ? rnd_lesson_marker(lesson, line->line) : NULL;
    struct rnd_caption *out = writer->out;
    if (marker && writer->event.kind == SIM_EV_LINE) {
        writer->head.used--; /* the full stop of `main is at line 3.` */
        rnd_text_put(&writer->head, ": %s.", marker);
    }
    if (!caption)
        return;
    if (writer->event.kind != SIM_EV_LINE)
        memcpy(out->detail, out->headline, sizeof out->detail);
    writer->head = rnd_text_begin(out->headline, sizeof out->headline);
    rnd_text_add(&writer->head, caption, strlen(caption));
}

_Static_assert(sizeof((struct rnd_caption *)0)->detail == sizeof((struct rnd_caption *)0)->headline,
               "a headline has room as a detail");

/* What comes next, if something is ready: what runs now may still make something ready. */
static void say_next_if_any(struct rnd_writer *writer)
{
    struct rnd_state state =
        rnd_state_at(writer->model, rnd_model_moment(writer->model, writer->at));
    if (state.queue_count > 0)
        rnd_writer_next(writer);
}

static void write_caption(const struct rnd_model *model, const struct rnd_lesson *lesson,
                          uint32_t cursor, bool brief, struct rnd_caption *out)
{
    *out = (struct rnd_caption){0};
    uint32_t number = RND_LOWER(model->stops, event, model->stop_count, cursor);
    struct rnd_writer writer = {.model = model, .out = out, .brief = brief};
    writer.head = rnd_text_begin(out->headline, sizeof out->headline);
    writer.more = rnd_text_begin(out->detail, sizeof out->detail);
    if (number == 0) {
        rnd_text_put(&writer.head, "Nothing has happened yet.");
        bool says_why = lesson && lesson->about && *lesson->about;
        rnd_text_put(&writer.more, "%s",
                     says_why ? lesson->about : "The script is about to start.");
        return;
    }
    const struct rnd_stop *stop = &model->stops[number - 1];
    writer.event = model->view.events[stop->event];
    writer.index = stop->event;
    writer.at = stop->at;
    writer.now_ns = rnd_model_time(model, stop->at);
    rnd_caption_task(&writer);
    rnd_caption_loop(&writer);
    rnd_caption_run(&writer);
    rnd_caption_wait(&writer);
    rnd_caption_sync(&writer);
    rnd_caption_thread(&writer);
    if (writer.more.used == 0 && writer.event.kind != SIM_EV_LINE)
        say_next_if_any(&writer);
    if (writer.head.used == 0)
        rnd_text_put(&writer.head, "%s", sim_event_meaning(writer.event.kind));
    if (lesson)
        prefer_lesson(&writer, lesson);
}

void rnd_caption_at(const struct rnd_model *model, const struct rnd_lesson *lesson, uint32_t cursor,
                    struct rnd_caption *out)
{
    write_caption(model, lesson, cursor, false, out);
}

void rnd_caption_headline_at(const struct rnd_model *model, const struct rnd_lesson *lesson,
                             uint32_t cursor, struct rnd_caption *out)
{
    write_caption(model, lesson, cursor, true, out);
}
