#include "shield.h"

#include "combine.h"

static void inner_done(struct sim_loop *loop, void *arg, struct sim_future *inner)
{
    struct sim_future *outer = arg;
    if (outer->state == SIM_FUTURE_CANCELLED)
        inner->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED; /* nobody will ask for it */
    if (sim_future_done(outer))
        return;
    if (inner->state == SIM_FUTURE_CANCELLED) {
        sim_future_cancel(outer, NULL);
    } else if (inner->state == SIM_FUTURE_RESULT) {
        sim_future_set_result(outer, inner->value);
    } else {
        enum sim_flag_resume how;
        sim_value error = sim_future_error(inner, &how);
        sim_future_set_exception(outer, error);
        outer->flags |= inner->flags & SIM_FUTURE_CANCELLED_ERROR;
        sim_value_drop(loop->world, &error);
    }
}

static const struct sim_callback_ops inner_ops = {
    .name = "shield: inner done", .arg = SIM_ARG_FUTURE, .run = inner_done};

static bool is_callback_of(void *outer, const struct sim_callback *callback)
{
    return callback->ops == &inner_ops && callback->arg == outer;
}

static void outer_done(struct sim_loop *loop, void *arg, struct sim_future *outer)
{
    (void)loop;
    struct sim_future *inner = arg;
    if (!sim_future_done(inner))
        sim_future_remove_callbacks(inner, is_callback_of, outer);
}

struct sim_future *sim_shield(struct sim_future *inner)
{
    static const struct sim_callback_ops outer_ops = {
        .name = "shield: outer done", .arg = SIM_ARG_FUTURE, .run = outer_done};
    if (sim_future_done(inner)) {
        sim_future_retain(inner);
        return inner;
    }
    struct sim_future *outer = sim_future_new(inner->loop);
    if (!outer)
        return NULL;
    outer->kind = SIM_AWAIT_SHIELD;
    sim_combine_begin(inner->loop->world, outer->id, SIM_COMBINE_SHIELD, &inner, 1);
    sim_future_add_callback(inner, (struct sim_callback){&inner_ops, outer});
    sim_future_add_callback(outer, (struct sim_callback){&outer_ops, inner});
    return outer;
}
