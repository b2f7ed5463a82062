/* Taking in what threads do: their lanes, and which of them runs. */
#include "take.h"

struct rnd_lane *rnd_take_thread_lane(const struct rnd_model *model, uint32_t thread)
{
    return thread == 0 || thread > model->thread_count ? NULL : &model->threads[thread - 1].lane;
}

static void create_thread(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_index *index = model->index;
    if (event->id != model->thread_count + 1 || event->id >= RND_THREAD)
        return;
    struct rnd_thread *thread = &model->threads[model->thread_count++];
    *thread = (struct rnd_thread){.lane = index->fresh, .kind = event->flag};
    index->fresh = (struct rnd_lane){0};
    struct rnd_lane *lane = &thread->lane;
    lane->created = here(model);
    lane->done = RND_NEVER;
    lane->parent = event->b <= model->thread_count ? event->b : 0;
    lane->name = event->a;
    lane->limit = lane->member = RND_NEVER;
    lane->naming = index->backstage ? SIM_TASK_INTERNAL : SIM_TASK_NAMED;
    lane->colour = model->thread_colour_count;
    model->thread_colour_count += !index->backstage;
    rnd_take_begin_span(model, lane, RND_TASK_READY);
}

/* Whether it runs now; what computes runs too, but has lent the baton. */
static bool has_baton(const struct rnd_thread *thread)
{
    const struct rnd_span *last = &thread->lane.spans[thread->lane.span_count - 1];
    return last->state == RND_TASK_RUNNING && last->deadline_ns == RND_NO_TIME;
}

static void run_thread(struct rnd_model *model, uint32_t number)
{
    struct rnd_index *index = model->index;
    struct rnd_thread *thread = &model->threads[number - 1];
    if (has_baton(thread))
        return;
    thread->lender = index->thread;
    index->thread = number;
    rnd_take_begin_span(model, &thread->lane, RND_TASK_RUNNING);
    if (index->slice == RND_NEVER)
        rnd_take_begin_slice(model, RND_SLICE_THREAD, number, false);
}

/* It gives the baton back. */
static void pause_thread(struct rnd_model *model, uint32_t number)
{
    if (model->index->thread != number)
        return;
    model->index->thread = model->threads[number - 1].lender;
    if (rnd_take_running(model, RND_SLICE_THREAD, number))
        rnd_take_end_slice(model);
}

static void stop_thread(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_thread *thread = &model->threads[event->id - 1];
    bool worker = thread->kind != SIM_THREAD_PLAIN;
    bool over = event->kind == SIM_EV_THREAD_END;
    bool computes = event->kind == SIM_EV_THREAD_SLEEP && event->flag == SIM_BLOCK_COMPUTE;
    uint32_t job = thread->lane.spans[thread->lane.span_count - 1].label;
    pause_thread(model, event->id);
    if (over && !worker && thread->lane.done == RND_NEVER)
        thread->lane.done = here(model);
    struct rnd_span *span = rnd_take_begin_span(model, &thread->lane,
                                                computes ? RND_TASK_RUNNING
                                                : !over  ? RND_TASK_SUSPENDED
                                                : worker ? RND_TASK_UNBORN
                                                         : RND_TASK_DONE);
    span->await = SIM_AWAIT_THREAD;
    if (computes)
        span->label = job;
    if (event->kind == SIM_EV_THREAD_SLEEP) {
        span->deadline_ns = event->ns > 0 ? event->ns : 0;
    } else if (event->kind == SIM_EV_THREAD_WAIT) {
        span->label = event->a;
        span->object = event->b;
    }
}

static void name_job(struct rnd_lane *lane, uint32_t job)
{
    struct rnd_span *last = &lane->spans[lane->span_count - 1];
    if (last->state == RND_TASK_RUNNING)
        last->label = job;
}

void rnd_take_thread(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_lane *lane = rnd_take_thread_lane(model, event->id);
    if (event->kind == SIM_EV_THREAD_CREATED)
        create_thread(model, event);
    else if (lane && event->kind == SIM_EV_THREAD_RUN)
        run_thread(model, event->id);
    else if (lane && event->kind == SIM_EV_THREAD_JOB)
        name_job(lane, event->a);
    else if (lane && (event->kind == SIM_EV_THREAD_SLEEP || event->kind == SIM_EV_THREAD_WAIT ||
                      event->kind == SIM_EV_THREAD_END))
        stop_thread(model, event);
}
