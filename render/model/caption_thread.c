/* Captions of what threads do. */
#include <inttypes.h>
#include <string.h>

#include "caption_write.h"

static struct rnd_words thread_of(const struct rnd_writer *writer, uint32_t thread)
{
    if (thread == 0)
        return (struct rnd_words){"The main thread"};
    return rnd_writer_task(writer, RND_THREAD | thread);
}

static bool is_worker(const struct rnd_writer *writer)
{
    uint32_t number = writer->event.id;
    return number > 0 && number <= writer->model->thread_count &&
           writer->model->threads[number - 1].kind != SIM_THREAD_PLAIN;
}

static bool is_process(const struct rnd_writer *writer)
{
    return is_worker(writer) &&
           writer->model->threads[writer->event.id - 1].kind == SIM_THREAD_PROCESS;
}

static void say_created(struct rnd_writer *writer, const char *name)
{
    static const char *const kinds[] = {"a thread", "a worker of a pool of threads",
                                        "a worker of a pool of processes"};
    uint32_t task = rnd_writer_runner(writer);
    unsigned kind = writer->event.flag < 3 ? writer->event.flag : 0;
    if (writer->event.b)
        rnd_text_put(&writer->head, "%s starts %s: %s.", thread_of(writer, writer->event.b).text,
                     kinds[kind], name);
    else
        rnd_text_put(&writer->head, "%s starts %s: %s.", rnd_writer_task(writer, task).text,
                     kinds[kind], name);
    rnd_text_put(&writer->more, "It runs beside the event loop.");
}

/* The job that a worker takes as it begins to run; 0: none is known. */
static uint32_t job_of(const struct rnd_writer *writer)
{
    struct sim_event last = {0};
    for (uint32_t i = writer->index + 1; i < writer->at; i++)
        if (writer->model->view.events[i].kind == SIM_EV_THREAD_JOB)
            last = writer->model->view.events[i];
    return last.a;
}

static void say_run(struct rnd_writer *writer, const char *name)
{
    uint32_t job = job_of(writer);
    if (job)
        rnd_text_put(&writer->head, "The worker %s takes a job: %s.", name,
                     rnd_writer_text(writer, job).text);
    else if (writer->event.flag == SIM_BATON_START)
        rnd_text_put(&writer->head, "The thread %s starts.", name);
    else if (writer->event.flag == SIM_BATON_SLEPT)
        rnd_text_put(&writer->head, "The thread %s runs on: its sleep is over.", name);
    else if (writer->event.flag == SIM_BATON_GRANTED)
        rnd_text_put(&writer->head, "The thread %s runs on: it has what it waited for.", name);
    else
        rnd_text_put(&writer->head, "The thread %s runs on: it has waited long enough.", name);
    rnd_text_put(&writer->more, "Threads take turns here: one runs until it sleeps or waits.");
}

static void say_wait(struct rnd_writer *writer, const char *name)
{
    struct rnd_words what = rnd_writer_text(writer, writer->event.a);
    bool main = writer->event.id == 0;
    bool lock = !what.text[0] || strcmp(what.text, "lock") == 0;
    rnd_text_put(&writer->head, "%s%s waits ", main ? "The main thread" : "The thread ",
                 main ? "" : name);
    if (lock)
        rnd_text_put(&writer->head, "for a lock.");
    else if (strncmp(what.text, "the ", 4) == 0)
        rnd_text_put(&writer->head, "for %s.", what.text);
    else
        rnd_text_put(&writer->head, "in %s().", what.text);
    if (writer->event.b != writer->event.id)
        rnd_text_put(&writer->more, "%s has it.", thread_of(writer, writer->event.b).text);
    else
        rnd_text_put(&writer->more, "The others go on.");
    if (main)
        rnd_writer_about(writer, rnd_writer_runner(writer), RND_TONE_BLOCKING);
}

void rnd_caption_thread(struct rnd_writer *writer)
{
    unsigned kind = writer->event.kind;
    if (kind < SIM_EV_THREAD_CREATED || kind > SIM_EV_THREAD_END)
        return;
    struct rnd_words name = thread_of(writer, writer->event.id);
    writer->out->task = 0;
    if (rnd_model_lane(writer->model, RND_THREAD | writer->event.id))
        rnd_writer_about(writer, RND_THREAD | writer->event.id, RND_TONE_TASK);
    if (kind == SIM_EV_THREAD_CREATED) {
        say_created(writer, name.text);
    } else if (kind == SIM_EV_THREAD_RUN) {
        say_run(writer, name.text);
    } else if (kind == SIM_EV_THREAD_JOB) {
        rnd_text_put(&writer->head, "The worker %s takes a job: %s.", name.text,
                     rnd_writer_text(writer, writer->event.a).text);
    } else if (kind == SIM_EV_THREAD_SLEEP && writer->event.flag == SIM_BLOCK_COMPUTE) {
        rnd_text_put(&writer->head, "The thread %s computes until %s.", name.text,
                     rnd_writer_time(writer->event.ns).text);
        rnd_text_put(&writer->more,
                     is_process(writer)
                         ? "It is a process of its own, and computes beside all else."
                         : "Only one thread of a process computes at a time.");
    } else if (kind == SIM_EV_THREAD_SLEEP) {
        rnd_text_put(&writer->head, "The thread %s sleeps until %s.", name.text,
                     rnd_writer_time(writer->event.ns).text);
        rnd_text_put(&writer->more, "It blocks itself only: the event loop goes on.");
    } else if (kind == SIM_EV_THREAD_WAIT) {
        say_wait(writer, name.text);
    } else {
        rnd_text_put(&writer->head,
                     is_worker(writer) ? "The worker %s has done its job, and is idle."
                                       : "The thread %s ends.",
                     name.text);
        if (is_worker(writer))
            rnd_text_put(&writer->more, "It is kept for a later job.");
    }
}
