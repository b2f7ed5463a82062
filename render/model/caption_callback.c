/* Captions of callbacks: the script's, and those that asyncio has for itself. */
#include <string.h>

#include "caption_write.h"

/* What the callback is there for, where it is one of asyncio's own; NULL for any other. */
static const char *told_by(const struct rnd_writer *writer)
{
    static const struct {
        const char *name, *told;
    } own[] = {{"stop the loop", "stops the loop"},
               {"gather: child done", "tells the gather"},
               {"wait: child done", "tells the wait"},
               {"wait_for: it is done", "tells the wait_for"},
               {"as_completed: child done", "tells as_completed"},
               {"group: child done", "tells the group"},
               {"shield: inner done", "tells the shield"}};
    struct rnd_words name = rnd_writer_handle(writer, writer->event.id);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name.text, own[i].name) == 0)
            return own[i].told;
    return NULL;
}

/* "io_task #3 is done", "A future is done": what the callback follows. */
static struct rnd_words what_is_done(const struct rnd_writer *writer,
                                     const struct rnd_callback *callback)
{
    struct rnd_words words = {""};
    struct rnd_text text = rnd_text_begin(words.text, sizeof words.text);
    const struct rnd_lane *lane =
        callback ? rnd_model_lane(writer->model, callback->by_task) : NULL;
    bool task = lane && !(callback->by_task & RND_THREAD) && lane->done <= writer->at;
    if (task)
        rnd_text_put(&text, "%s", rnd_writer_task(writer, callback->by_task).text);
    rnd_text_put(&text, task ? " is done" : "A future is done");
    return words;
}

/* The same in the middle of a sentence. */
static struct rnd_words in_a_sentence(struct rnd_words words)
{
    if (strncmp(words.text, "A future", strlen("A future")) == 0)
        words.text[0] = 'a';
    return words;
}

void rnd_caption_callback_ready(struct rnd_writer *writer)
{
    const struct rnd_callback *callback = rnd_index_callback(writer->model, writer->event.id);
    uint32_t task = callback ? callback->by_task : 0;
    const char *told = told_by(writer);
    rnd_writer_about(writer, task, RND_TONE_TASK);
    if (told) {
        rnd_text_put(&writer->head, "%s: a callback that %s joins the ready queue.",
                     what_is_done(writer, callback).text, told);
        rnd_writer_place(writer);
        return;
    }
    if (writer->event.flag == SIM_READY_SOON)
        rnd_text_put(&writer->head, "%s asks the loop to call %s soon.",
                     rnd_writer_task(writer, task).text,
                     rnd_writer_handle(writer, writer->event.id).text);
    else if (rnd_model_lane(writer->model, task) &&
             rnd_model_lane(writer->model, task)->done <= writer->at)
        rnd_text_put(&writer->head, "%s is done, so its callback “%s” joins the ready queue.",
                     rnd_writer_task(writer, task).text,
                     rnd_writer_handle(writer, writer->event.id).text);
    else
        rnd_text_put(&writer->head, "A future is done, so its callback “%s” joins the ready queue.",
                     rnd_writer_handle(writer, writer->event.id).text);
    rnd_text_put(&writer->more, "It runs when its turn comes.");
}

void rnd_caption_callback_begin(struct rnd_writer *writer)
{
    const struct rnd_callback *callback = rnd_index_callback(writer->model, writer->event.id);
    const struct rnd_timer *timer = rnd_writer_timer(writer, writer->event.id);
    if (timer && timer->kind == SIM_TIMER_SLEEP && timer->task) {
        rnd_text_put(&writer->head, "The callback of %s’s timer runs, to end its sleep.",
                     rnd_writer_task(writer, timer->task).text);
        rnd_text_put(&writer->more, "So it will be ready for the next iteration.");
        rnd_writer_about(writer, timer->task, RND_TONE_TASK);
        return;
    }
    if (timer && timer->use != RND_TIMER_PLAIN) {
        char name[RND_LABEL_MAX];
        rnd_label_timer(writer->model, timer, name, sizeof name);
        rnd_text_put(&writer->head, "Time is up for %s: the callback of its timer runs.", name);
        rnd_writer_next(writer);
        rnd_writer_about(writer, timer->task, RND_TONE_TIMED_OUT);
        return;
    }
    const char *told = told_by(writer);
    if (told) {
        rnd_text_put(&writer->head, "The callback that %s runs: %s.", told,
                     in_a_sentence(what_is_done(writer, callback)).text);
        rnd_writer_next(writer);
        return;
    }
    rnd_text_put(&writer->head, "The loop calls “%s”.",
                 rnd_writer_handle(writer, writer->event.id).text);
    if (timer)
        rnd_text_put(&writer->more, "Its timer was due at %s.",
                     rnd_writer_time(timer->deadline_ns).text);
    else if (callback && rnd_model_lane(writer->model, callback->by_task))
        rnd_text_put(&writer->more, "%s had put it into the ready queue.",
                     rnd_writer_task(writer, callback->by_task).text);
}
