/* Captions of what the script does, and of the run as a whole. */
#include <inttypes.h>
#include <string.h>

#include "caption_write.h"

/* A text of the script's or the run's own, as a sentence. */
static void put_sentence(struct rnd_writer *writer, struct rnd_text *out, uint32_t id)
{
    static const char said[] = "deadlock: "; /* in the sentence before */
    struct rnd_words words = rnd_writer_text(writer, id);
    char *text = words.text + (strncmp(words.text, said, sizeof said - 1) ? 0 : sizeof said - 1);
    size_t length = strlen(text);
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    if (length > 0)
        rnd_text_put(out, "%s%s", text, strchr(".!?", text[length - 1]) ? "" : ".");
}

static void say_end(struct rnd_writer *writer)
{
    struct rnd_words time = rnd_writer_time(writer->now_ns);
    enum rnd_tone tone = RND_TONE_NEUTRAL;
    switch (writer->event.flag) {
    case SIM_END_OK:
        rnd_text_put(&writer->head, "The script is over; it took %s of virtual time.", time.text);
        rnd_text_put(&writer->more, "Any moment of it can be seen again.");
        break;
    case SIM_END_EXIT:
        rnd_text_put(&writer->head, "The script ends itself at %s, with exit code %" PRIu32 ".",
                     time.text, writer->event.a);
        break;
    case SIM_END_MAX_EVENTS:
        rnd_text_put(&writer->head, "The run is stopped at %s: its budget of events is used up.",
                     time.text);
        break;
    case SIM_END_MAX_TIME:
        rnd_text_put(&writer->head, "The run is stopped at %s: its budget of time is used up.",
                     time.text);
        break;
    case SIM_END_MAX_REAL:
        rnd_text_put(&writer->head, "The run is stopped at %s: it took too much real time.",
                     time.text);
        break;
    case SIM_END_MAX_MEMORY:
        rnd_text_put(&writer->head, "The run is stopped at %s: its budget of memory is used up.",
                     time.text);
        break;
    case SIM_END_DEADLOCK:
        rnd_text_put(&writer->head, "The run ends at %s in a deadlock.", time.text);
        tone = RND_TONE_FAILED;
        break;
    case SIM_END_EXCEPTION:
        rnd_text_put(&writer->head, "An exception that nobody caught ends the script at %s.",
                     time.text);
        tone = RND_TONE_FAILED;
        break;
    case SIM_END_ERROR:
    default:
        rnd_text_put(&writer->head, "The run broke off at %s.", time.text);
        tone = RND_TONE_FAILED;
        break;
    }
    put_sentence(writer, &writer->more, writer->event.b);
    rnd_writer_about(writer, 0, tone);
}

static void say_block(struct rnd_writer *writer)
{
    const struct rnd_model *model = writer->model;
    int64_t length_ns = writer->event.ns > 0 ? writer->event.ns : 0;
    int64_t end_ns =
        length_ns < INT64_MAX - writer->now_ns ? writer->now_ns + length_ns : INT64_MAX;
    const struct rnd_span span = {.state = RND_TASK_BLOCKING,
                                  .begin_ns = writer->now_ns,
                                  .deadline_ns = end_ns,
                                  .await = writer->event.flag};
    char call[RND_LABEL_MAX];
    rnd_label_await(model, &span, call, sizeof call);
    rnd_text_put(&writer->head, "%s blocks the whole thread: no other task can run until %s.", call,
                 rnd_writer_time(end_ns).text);
    if (rnd_model_lane(model, writer->event.id))
        rnd_text_put(&writer->more, "%s does not await here, so the loop gets no turn.",
                     rnd_writer_task(writer, writer->event.id).text);
    rnd_writer_about(writer, writer->event.id, RND_TONE_BLOCKING);
}

/* Who printed or reached the line: a task, or what is no task, a thread or the script. */
static uint32_t author_of(const struct rnd_writer *writer)
{
    const struct rnd_model *model = writer->model;
    uint32_t at = writer->index + 1;
    uint32_t line = RND_LOWER(model->lines, at, model->line_count, at);
    uint32_t piece = RND_LOWER(model->pieces, at, model->piece_count, at);
    if (writer->event.kind == SIM_EV_LINE && line < model->line_count)
        return model->lines[line].task;
    if (writer->event.kind == SIM_EV_OUTPUT && piece < model->piece_count &&
        model->pieces[piece].at == at)
        return model->pieces[piece].task;
    return writer->event.id;
}

/* All pieces that were written in one go, up to the first end of a line. */
static void say_output(struct rnd_writer *writer)
{
    const struct rnd_model *model = writer->model;
    char line[160];
    struct rnd_text text = rnd_text_begin(line, sizeof line);
    bool over = false;
    for (uint32_t i = writer->index; i < writer->at && !over; i++) {
        size_t length, until = 0;
        const char *bytes = rnd_model_text(model, model->view.events[i].a, &length);
        while (until < length && bytes[until] != '\n')
            until++;
        over = until < length;
        rnd_text_add(&text, bytes, until);
    }
    uint32_t author = author_of(writer);
    const char *verb = writer->event.flag == SIM_STREAM_STDERR ? "writes to stderr" : "prints";
    rnd_text_put(&writer->head, text.used > 0 ? "%s %s “%s”." : "%s %s an empty line.",
                 rnd_writer_task(writer, author).text, verb, line);
    if (author && author == rnd_writer_runner(writer))
        rnd_text_put(&writer->more, "It has the loop for itself until it awaits.");
    rnd_writer_about(writer, author, RND_TONE_TASK);
}

static void put_combine_ahead(struct rnd_text *more, const struct sim_event *next)
{
    const char *verb = next->flag <= SIM_COMBINE_GATHER_RETURN_EXCEPTIONS ? "gather"
                       : next->flag == SIM_COMBINE_SHIELD                 ? "shield"
                                                                          : "wait for";
    if (next->flag == SIM_COMBINE_GROUP)
        rnd_text_put(more, "It is about to enter a group of tasks.");
    else if (next->a == 1)
        rnd_text_put(more, "It is about to %s an awaitable.", verb);
    else
        rnd_text_put(more, "It is about to %s %" PRIu32 " awaitables.", verb, next->a);
}

/* What the line that was reached is going to do, as far as the loop can see it. */
static void put_ahead(struct rnd_writer *writer)
{
    const struct rnd_model *model = writer->model;
    uint32_t number = RND_UPPER(model->stops, event, model->stop_count, writer->index);
    if (number == model->stop_count)
        return;
    struct sim_event next = model->view.events[model->stops[number].event];
    struct rnd_text *more = &writer->more;
    if (next.kind == SIM_EV_TASK_CREATED)
        rnd_text_put(more, "It is about to create the task %s.",
                     rnd_writer_task(writer, next.id).text);
    else if (next.kind == SIM_EV_OUTPUT)
        rnd_text_put(more, "It is about to print.");
    else if (next.kind == SIM_EV_BLOCK_BEGIN)
        rnd_text_put(more, "It is about to block the loop for %s.", rnd_writer_time(next.ns).text);
    else if (next.kind == SIM_EV_COMBINE_BEGIN)
        put_combine_ahead(more, &next);
    else if (next.kind == SIM_EV_CANCEL_REQUESTED)
        rnd_text_put(more, "It is about to cancel %s.", rnd_writer_task(writer, next.id).text);
    else if (next.kind == SIM_EV_TASK_DONE)
        rnd_text_put(more, next.flag == SIM_OUTCOME_RESULT ? "It is about to return."
                                                           : "It is about to end with an error.");
    else if (next.kind == SIM_EV_STEP_END || next.kind == SIM_EV_SLEEP)
        rnd_text_put(more, "It is about to suspend, and to let the loop go on.");
}

static void say_line(struct rnd_writer *writer)
{
    uint32_t file = writer->event.b;
    rnd_text_put(&writer->head, "%s is at line %" PRIu32,
                 rnd_writer_task(writer, author_of(writer)).text, writer->event.a);
    if (file && file != writer->model->files[0].name)
        rnd_text_put(&writer->head, " of %s", rnd_writer_text(writer, file).text);
    rnd_text_put(&writer->head, ".");
    put_ahead(writer);
    rnd_writer_about(writer, author_of(writer), RND_TONE_TASK);
}

void rnd_caption_run(struct rnd_writer *writer)
{
    switch (writer->event.kind) {
    case SIM_EV_RUN_BEGIN:
        rnd_text_put(&writer->head, "The script starts.");
        rnd_text_put(&writer->more, "Its own code runs first; there is no event loop yet.");
        break;
    case SIM_EV_RUN_END:
        say_end(writer);
        break;
    case SIM_EV_BLOCK_BEGIN:
        say_block(writer);
        break;
    case SIM_EV_OUTPUT:
        say_output(writer);
        break;
    case SIM_EV_LINE:
        say_line(writer);
        break;
    case SIM_EV_WARNING:
        rnd_text_put(&writer->head, "Python warns.");
        put_sentence(writer, &writer->more, writer->event.a);
        rnd_writer_about(writer, writer->event.id, RND_TONE_FAILED);
        break;
    case SIM_EV_MARKER:
        rnd_text_put(&writer->head, "Marker: %s.", rnd_writer_text(writer, writer->event.a).text);
        break;
    case SIM_EV_DEADLOCK:
        rnd_text_put(&writer->head,
                     "Deadlock: nothing is ready and no timer is set, but %" PRIu32 " task%s.",
                     writer->event.a, writer->event.a == 1 ? " waits" : "s wait");
        rnd_text_put(&writer->more, "It would be so for ever.");
        rnd_writer_about(writer, 0, RND_TONE_FAILED);
        break;
    default:
        break;
    }
}
