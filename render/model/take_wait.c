/* Taking in what tasks wait for: combinators, timeouts, lines of waiters. */
#include "take.h"

/* --- levels ----------------------------------------------------------------------------------- */

/* A new level after `previous`.  Its jump leads twice as far back as those before it did, so that
 * any of n is found in O(log n). */
static uint32_t add_level(struct rnd_model *model, uint32_t previous, uint32_t value, uint32_t of)
{
    struct rnd_level level = {.at = here(model), .value = value, .of = of, .previous = previous};
    level.jump = previous;
    if (previous != RND_NEVER) {
        const struct rnd_level *last = &model->levels[previous];
        const struct rnd_level *jump = last->jump == RND_NEVER ? NULL : &model->levels[last->jump];
        level.depth = last->depth + 1;
        if (jump && jump->jump != RND_NEVER &&
            last->depth - jump->depth == jump->depth - model->levels[jump->jump].depth)
            level.jump = jump->jump;
    }
    model->levels[model->level_count] = level;
    return model->level_count++;
}

/* --- combinators ------------------------------------------------------------------------------ */

static void begin_combine(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_index *index = model->index;
    if (event->id == 0 || rnd_map_get(&index->outers, event->id) != RND_NEVER)
        return;
    *rnd_map_put(&index->outers, event->id) = index->combine_count;
    index->combines[index->combine_count++] = (struct rnd_combine){.outer = event->id,
                                                                   .children = event->a,
                                                                   .task = rnd_take_runner(model),
                                                                   .level = RND_NEVER,
                                                                   .member = RND_NEVER,
                                                                   .kind = event->flag};
    /* Without any time to wait it is cancelled at once. */
    if (event->flag == SIM_COMBINE_WAIT_FOR)
        rnd_take_expiring(model, true, RND_NEVER);
}

/* A child of a combinator; a group's come one by one. */
static void add_member(struct rnd_model *model, struct rnd_combine *combine,
                       const struct sim_event *event)
{
    uint32_t number = model->member_count, *last = NULL;
    bool task = event->flag == SIM_AWAIT_TASK;
    combine->tasks += task;
    if (event->b >= combine->children && event->b < UINT32_MAX)
        combine->children = event->b + 1;
    if (task && event->a > 0 && event->a <= model->lane_count)
        last = &model->lanes[event->a - 1].member;
    else if (!task && event->a > 0)
        last = rnd_map_put(&model->index->inners, event->a);
    if (!last)
        return;
    model->members[model->member_count++] = (struct rnd_member){.at = here(model),
                                                                .outer = event->id,
                                                                .child = event->a,
                                                                .done = RND_NEVER,
                                                                .previous = combine->member,
                                                                .before = *last,
                                                                .await = event->flag};
    combine->member = *last = number;
}

/* A future that is a child of combinators, perhaps, is done. */
static void end_member(struct rnd_model *model, const struct sim_event *event)
{
    uint32_t i = event->id ? rnd_map_get(&model->index->inners, event->id) : RND_NEVER;
    for (; i != RND_NEVER && model->members[i].done == RND_NEVER; i = model->members[i].before)
        model->members[i].done = here(model);
}

static void take_combine(struct rnd_model *model, const struct sim_event *event)
{
    uint32_t i = rnd_map_get(&model->index->outers, event->id);
    if (i == RND_NEVER)
        return;
    struct rnd_combine *combine = &model->index->combines[i];
    if (event->kind == SIM_EV_COMBINE_CHILD)
        add_member(model, combine, event);
    else
        combine->level = add_level(model, combine->level, event->a, event->b);
}

/* --- timeouts --------------------------------------------------------------------------------- */

void rnd_take_expiring(struct rnd_model *model, bool expiring, uint32_t timer)
{
    model->index->expiring = expiring;
    model->index->expired = timer;
}

/* The timer that was in force before a block was entered. */
static uint32_t limit_before(const struct rnd_model *model, uint32_t last, uint32_t block)
{
    enum { LOOKED_AT = 16 };
    for (int n = 0; last != RND_NEVER && n < LOOKED_AT; n++, last = model->levels[last].previous)
        if (model->levels[last].of != block)
            return model->levels[last].value;
    return RND_NEVER;
}

static void take_timeout(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_lane *lane = &model->lanes[event->id - 1];
    struct rnd_timer *timer = rnd_take_timer(model, event->b);
    uint32_t number = timer ? (uint32_t)(timer - model->timers) : RND_NEVER;
    bool in_force = event->flag == SIM_TIMEOUT_ARMED || event->flag == SIM_TIMEOUT_RESCHEDULED;
    if (timer) {
        timer->use = RND_TIMER_BLOCK;
        timer->task = event->id;
    }
    if (event->flag == SIM_TIMEOUT_EXPIRED)
        rnd_take_expiring(model, true, number);
    lane->limit = add_level(model, lane->limit,
                            in_force ? number : limit_before(model, lane->limit, event->a),
                            in_force ? event->a : 0);
}

/* --- lines ------------------------------------------------------------------------------------ */

static void add_object(struct rnd_model *model, const struct sim_event *event)
{
    if (event->id == 0 || rnd_map_get(&model->index->objects, event->id) != RND_NEVER)
        return;
    *rnd_map_put(&model->index->objects, event->id) = model->object_count;
    model->objects[model->object_count++] = (struct rnd_object){.id = event->id,
                                                                .at = here(model),
                                                                .name = event->a,
                                                                .limit = event->b,
                                                                .level = RND_NEVER,
                                                                .wait = RND_NEVER,
                                                                .kind = event->flag};
}

static void take_sync(struct rnd_model *model, const struct sim_event *event)
{
    uint32_t i = rnd_map_get(&model->index->objects, event->a);
    if (i == RND_NEVER)
        return;
    struct rnd_object *object = &model->objects[i];
    if (event->flag != SIM_SYNC_NOTIFY && event->flag != SIM_SYNC_TASK_DONE)
        object->level = add_level(model, object->level, event->b, object->limit);
    if (event->flag != SIM_SYNC_WAIT)
        return;
    model->waits[model->wait_count] = (struct rnd_wait){.at = here(model),
                                                        .end = here(model),
                                                        .object = i,
                                                        .place = event->aux,
                                                        .previous = object->wait};
    model->index->joined = object->wait = model->wait_count++;
}

void rnd_take_wait(struct rnd_model *model, const struct sim_event *event)
{
    switch (event->kind) {
    case SIM_EV_COMBINE_BEGIN:
        begin_combine(model, event);
        break;
    case SIM_EV_COMBINE_CHILD:
    case SIM_EV_COMBINE_PROGRESS:
        take_combine(model, event);
        break;
    case SIM_EV_FUTURE_DONE:
        end_member(model, event);
        break;
    case SIM_EV_TIMEOUT:
        if (event->id > 0 && event->id <= model->lane_count)
            take_timeout(model, event);
        break;
    case SIM_EV_SYNC_NEW:
        add_object(model, event);
        break;
    case SIM_EV_SYNC:
        take_sync(model, event);
        break;
    case SIM_EV_COMBINE_END:
    case SIM_EV_LINE:
    case SIM_EV_STEP_END:
    case SIM_EV_CALLBACK_BEGIN:
    case SIM_EV_CALLBACK_END:
        rnd_take_expiring(model, false, RND_NEVER);
        break;
    default:
        break;
    }
}
