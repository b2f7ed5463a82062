/* title: gather in C
 *
 * Three tasks sleep at the same time; gather is done when the slowest is.
 *
 *     cc gather.c $(pkg-config --cflags --libs awaitscope-sim) -o gather
 *     ./gather gather.awtrace && awaitscope gather.awtrace
 */
#include "lesson.h"
#include "sim/combine.h"

#define WORKERS 3

struct worker {
    struct sim_frame frame;
    const char *name;
    int64_t pause_ns;
    int rounds, round;
};

static enum sim_flag_step work(struct sim_frame *frame)
{
    struct worker *self = (struct worker *)frame;
    SIM_CO_BEGIN(frame);
    for (self->round = 1; self->round <= self->rounds; self->round++) {
        SIM_CO_SLEEP(frame, self->pause_ns);
        lesson_say(frame, "%s: %d of %d", self->name, self->round, self->rounds);
    }
    SIM_CO_END(frame);
}

struct everything {
    struct sim_frame frame;
    struct lesson *lesson;
    struct worker workers[WORKERS];
    struct sim_gather *gather;
};

/* Starts the workers and a gather over them; NULL if memory is out. */
static struct sim_gather *start(struct everything *self)
{
    struct sim_future *children[WORKERS];
    struct sim_gather *gather = NULL;
    int started = 0;
    for (; started < WORKERS; started++) {
        struct worker *worker = &self->workers[started];
        struct sim_task *task = lesson_task(self->lesson, &worker->frame, work, worker->name);
        if (!task)
            break;
        children[started] = &task->future;
    }
    if (started == WORKERS)
        gather = sim_gather_new(&self->lesson->loop, children, WORKERS, false);
    for (int i = 0; i < started; i++)
        sim_future_release(children[i]); /* the gather holds them */
    return gather;
}

static enum sim_flag_step run_all(struct sim_frame *frame)
{
    struct everything *self = (struct everything *)frame;
    SIM_CO_BEGIN(frame);
    self->gather = start(self);
    if (!self->gather)
        SIM_CO_RAISE(frame, NULL);
    SIM_CO_TRY_AWAIT(frame, &self->gather->outer);
    lesson_say(frame, "all are done");
    sim_future_release(&self->gather->outer);
    SIM_CO_END(frame);
}

int main(int argc, char **argv)
{
    struct lesson lesson;
    if (lesson_open(&lesson, "gather.c") < 0)
        return 1;
    struct everything all = {
        .lesson = &lesson,
        .workers = {{.name = "A", .pause_ns = SECONDS(1.5), .rounds = 3},
                    {.name = "B", .pause_ns = SECONDS(2.0), .rounds = 2},
                    {.name = "C", .pause_ns = SECONDS(1.25), .rounds = 2}},
    };
    return lesson_run(&lesson, lesson_task(&lesson, &all.frame, run_all, "main"), argc, argv);
}
