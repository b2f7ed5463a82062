#include "take.h"

#include "step.h"

static void add_stop(struct rnd_model *model, const struct sim_event *event,
                     const struct sim_event *before)
{
    enum rnd_step_role role = rnd_step_role(event, before);
    bool by_script =
        event->kind == SIM_EV_OUTPUT || event->kind == SIM_EV_LINE || event->kind == SIM_EV_WARNING;
    if (model->index->backstage && !by_script)
        return;
    struct rnd_stop *last = model->stop_count ? &model->stops[model->stop_count - 1] : NULL;
    if (role == RND_ROLE_SEEN)
        model->stops[model->stop_count++] =
            (struct rnd_stop){.at = here(model), .event = model->event_count};
    else if (role == RND_ROLE_MORE && last && last->at == model->event_count)
        last->at = here(model);
}

static void end_run(struct rnd_model *model, const struct sim_event *event)
{
    model->over = true;
    model->end_flag = event->flag;
    model->exit_code = event->a;
    model->end_text = event->b;
}

/* --- room ------------------------------------------------------------------------------------- */

/* One more in each array of the model. */
static bool room_in_arrays(struct rnd_model *model)
{
    struct rnd_index *index = model->index;
#define RND_ROOM(items, item)                                                                      \
    if (model->item##_count == index->item##_capacity &&                                           \
        !rnd_room(&model->items, model->item##_count, &index->item##_capacity, 1,                  \
                  sizeof *model->items))                                                           \
        return false;
    RND_MODEL_ARRAYS(RND_ROOM)
#undef RND_ROOM
    return true;
}

static bool room_in_lane(struct rnd_lane *lane, bool for_line)
{
    if (!lane)
        return true;
    return for_line ? rnd_room(&lane->lines, lane->line_count, &lane->line_capacity, 1,
                               sizeof *lane->lines)
                    : rnd_room(&lane->spans, lane->span_count, &lane->span_capacity, 1,
                               sizeof *lane->spans);
}

static bool room_in_task(struct rnd_model *model, uint32_t task)
{
    return room_in_lane(task == 0 || task > model->lane_count ? NULL : &model->lanes[task - 1],
                        false);
}

/* For a callback that may be a timer's. */
static bool room_for_handle(struct rnd_model *model)
{
    struct rnd_index *index = model->index;
    return rnd_map_room(&index->handles) &&
           rnd_room(&index->callbacks, index->callback_count, &index->callback_capacity, 1,
                    sizeof *index->callbacks) &&
           rnd_tree_room(&index->ends, model->timer_count);
}

bool rnd_index_room(struct rnd_model *model, const struct sim_event *event)
{
    struct rnd_index *index = model->index;
    if (!room_in_arrays(model))
        return false;
    switch (event->kind) {
    case SIM_EV_LOOP_BEGIN:
        return rnd_room(&model->pops, model->pop_count, &index->pop_capacity,
                        model->push_count - model->pop_count, sizeof *model->pops);
    case SIM_EV_TASK_CREATED:
    case SIM_EV_THREAD_CREATED:
        return rnd_room(&index->fresh.spans, 0, &index->fresh.span_capacity, 1,
                        sizeof *index->fresh.spans);
    case SIM_EV_TASK_CORO:
        return rnd_map_room(&index->twins);
    case SIM_EV_TASK_READY:
    case SIM_EV_SLEEP_OVER:
    case SIM_EV_STEP_BEGIN:
    case SIM_EV_STEP_END:
    case SIM_EV_TASK_DONE:
    case SIM_EV_BLOCK_BEGIN:
        return room_in_task(model, event->id);
    case SIM_EV_BLOCK_END:
        return index->block == RND_NEVER || room_in_task(model, model->blocks[index->block].task);
    case SIM_EV_LINE:
        return rnd_map_room(&index->files) && rnd_visits_room(&index->visits, model->line_count) &&
               room_in_lane(rnd_take_line_lane(model, event->id), true);
    case SIM_EV_THREAD_RUN:
    case SIM_EV_THREAD_SLEEP:
    case SIM_EV_THREAD_WAIT:
    case SIM_EV_THREAD_END:
        return room_in_lane(rnd_take_thread_lane(model, event->id), false);
    case SIM_EV_SYNC_NEW:
        return rnd_map_room(&index->objects);
    case SIM_EV_OUTPUT:
        return rnd_output_room(model, event);
    case SIM_EV_SLEEP:
        return room_in_task(model, rnd_take_runner(model)) && room_for_handle(model);
    case SIM_EV_HANDLE:
    case SIM_EV_CALLBACK_READY:
    case SIM_EV_TIMER_ARMED:
        return room_for_handle(model);
    case SIM_EV_COMBINE_CHILD:
        return rnd_map_room(&index->inners);
    case SIM_EV_COMBINE_BEGIN:
        return rnd_map_room(&index->outers) &&
               rnd_room(&index->combines, index->combine_count, &index->combine_capacity, 1,
                        sizeof *index->combines);
    default:
        return true;
    }
}

void rnd_index_take(struct rnd_model *model, const struct sim_event *event,
                    const struct sim_event *before)
{
    rnd_take_loop(model, event);
    rnd_take_task(model, event);
    rnd_take_wait(model, event);
    rnd_take_thread(model, event);
    switch (event->kind) {
    case SIM_EV_RUN_BEGIN:
        model->files[0].name = event->a;
        break;
    case SIM_EV_RUN_END:
        end_run(model, event);
        break;
    case SIM_EV_OUTPUT:
        rnd_output_take(model, event);
        break;
    default:
        break;
    }
    add_stop(model, event, before);
    if (event->kind == SIM_EV_LOOP_END)
        model->index->backstage = false;
}
