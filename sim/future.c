#include "future.h"

#include <assert.h>
#include <string.h>

#include "combine.h"
#include "sleep.h"
#include "task.h"

/* --- several callbacks ------------------------------------------------------------------------ */

/* Marks a future's callback that stands for a list of them. */
static const struct sim_callback_ops several = {.name = "several"};

static struct sim_callback_list *list_of(const struct sim_future *future)
{
    return future->callback.ops == &several ? future->callback.arg : NULL;
}

size_t sim_future_callback_count(const struct sim_future *future)
{
    const struct sim_callback_list *list = list_of(future);
    return list ? list->count : future->callback.ops != NULL;
}

const struct sim_callback *sim_future_callback_at(const struct sim_future *future, size_t index)
{
    const struct sim_callback_list *list = list_of(future);
    return list ? &list->items[index] : &future->callback;
}

/* --- life ------------------------------------------------------------------------------------- */

void sim_future_init(struct sim_loop *loop, struct sim_future *future, enum sim_flag_await kind)
{
    *future = (struct sim_future){
        .loop = loop,
        .id = ++loop->world->ids_given,
        .references = 1,
        .kind = (uint8_t)kind,
        .flags = SIM_FUTURE_EMBEDDED,
    };
}

void sim_future_drop_callbacks(struct sim_future *future)
{
    struct sim_world *world = future->loop->world;
    struct sim_callback_list *list = list_of(future);
    struct sim_callback only = future->callback;
    future->callback.ops = NULL;
    if (!list && only.ops)
        sim_callback_release(world, &only);
    for (uint32_t i = 0; list && i < list->count; i++)
        sim_callback_release(world, &list->items[i]);
    sim_alloc_free(world->alloc, list);
}

void sim_future_fini(struct sim_future *future)
{
    sim_value_drop(future->loop->world, &future->value);
    sim_future_drop_callbacks(future);
}

struct sim_future *sim_future_new(struct sim_loop *loop)
{
    const struct sim_world *world = loop->world;
    if (world->guest->new_future) {
        struct sim_future *own = world->guest->new_future(loop);
        if (!own)
            sim_world_fail(loop->world, SIM_ENOMEM);
        return own;
    }
    struct sim_future *future = sim_alloc_take(world->alloc, sizeof *future);
    if (!future) {
        sim_world_fail(loop->world, SIM_ENOMEM);
        return NULL;
    }
    sim_future_init(loop, future, SIM_AWAIT_FUTURE);
    future->flags = 0;
    return future;
}

void sim_future_retain_embedded(struct sim_future *future)
{
    future->loop->world->guest->retain_future(future);
}

void sim_future_release_last(struct sim_future *future)
{
    struct sim_world *world = future->loop->world;
    if (future->flags & SIM_FUTURE_EMBEDDED) {
        world->guest->release_future(future);
        return;
    }
    future->references = 0;
    size_t size = sizeof *future;
    switch ((enum sim_flag_await)future->kind) {
    case SIM_AWAIT_TASK:
        sim_task_fini(sim_task_of(future));
        size = sizeof(struct sim_task) + sim_task_of(future)->frame_size;
        break;
    case SIM_AWAIT_GATHER:
        sim_gather_fini((struct sim_gather *)(void *)future);
        size = sizeof(struct sim_gather);
        break;
    default:
        sim_future_fini(future);
        break;
    }
    sim_alloc_give(world->alloc, future, size);
}

/* --- ending ----------------------------------------------------------------------------------- */

void sim_future_push_callback(struct sim_future *future, struct sim_callback callback)
{
    struct sim_loop *loop = future->loop;
    struct sim_world *world = loop->world;
    uint32_t id = ++world->ids_given;
    if (world->trace)
        SIM_PUT(world->trace, CALLBACK_READY, SIM_READY_DONE_CALLBACK, 0, id,
                sim_callback_describe(world, &callback), future->id);
    sim_loop_push(loop, callback, future, id);
}

/* Schedules one callback of a future that is done, with the reference to its argument. */
static void schedule(struct sim_future *future, struct sim_callback callback)
{
    struct sim_loop *loop = future->loop;
    struct sim_world *world = loop->world;
    if (callback.ops != &sim_task_step_ops) {
        sim_future_retain(future);
        if (!loop->guest_soon || !world->guest->soon(loop, &callback, future))
            sim_future_push_callback(future, callback);
        return;
    }
    struct sim_task *task = callback.arg;
    bool awaits_task = future->kind == SIM_AWAIT_TASK;
    SIM_PUT(world->trace, TASK_READY, SIM_WAKE_DONE, 0, task->number, future->id,
            awaits_task ? sim_task_of(future)->number : 0);
    task->woken = true;
    if (!loop->guest_soon || !world->guest->soon(loop, &callback, future))
        sim_task_push_step(task);
}

/* Sends all callbacks there, in order: the list is empty from then on. */
static void schedule_all(struct sim_future *future)
{
    struct sim_callback_list *list = list_of(future);
    struct sim_callback only = future->callback;
    future->callback.ops = NULL;
    if (!list) {
        if (only.ops)
            schedule(future, only);
        return;
    }
    for (uint32_t i = 0; i < list->count; i++)
        schedule(future, list->items[i]);
    sim_alloc_free(future->loop->world->alloc, list);
}

static void finish(struct sim_future *future, enum sim_future_state state, sim_value value)
{
    struct sim_world *world = future->loop->world;
    enum sim_flag_outcome outcome = (enum sim_flag_outcome)(state - SIM_FUTURE_RESULT);
    assert(future->state == SIM_FUTURE_PENDING);
    sim_value_retain(world, value);
    future->state = (uint8_t)state;
    future->value = value;
    if (state == SIM_FUTURE_EXCEPTION) {
        future->flags |= SIM_FUTURE_UNRETRIEVED;
        if (world->guest->failed)
            world->guest->failed(future);
    }
    if (world->trace) {
        uint32_t text = world->guest->describe ? world->guest->describe(world, value, outcome) : 0;
        if (future->kind == SIM_AWAIT_TASK)
            SIM_PUT(world->trace, TASK_DONE, outcome, 0, sim_task_of(future)->number, text, 0);
        else if (future->kind != SIM_AWAIT_SLEEP || state != SIM_FUTURE_RESULT)
            SIM_PUT(world->trace, FUTURE_DONE, outcome, 0, future->id, text, 0);
    }
    schedule_all(future);
}

void sim_future_set_result(struct sim_future *future, sim_value result)
{
    finish(future, SIM_FUTURE_RESULT, result);
}

void sim_future_set_exception(struct sim_future *future, sim_value exception)
{
    finish(future, SIM_FUTURE_EXCEPTION, exception);
}

bool sim_future_set_cancelled(struct sim_future *future, sim_value message)
{
    future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    if (sim_future_done(future))
        return false;
    finish(future, SIM_FUTURE_CANCELLED, message);
    return true;
}

static bool cancel_by_kind(struct sim_future *future, sim_value message)
{
    if (future->flags & SIM_FUTURE_GUEST_CANCEL)
        return future->loop->world->guest->cancel(future, message);
    if (future->kind == SIM_AWAIT_TASK)
        return sim_task_cancel(sim_task_of(future), message);
    if (future->kind == SIM_AWAIT_GATHER)
        return sim_gather_cancel((struct sim_gather *)(void *)future, message);
    return sim_future_set_cancelled(future, message);
}

bool sim_future_cancel(struct sim_future *future, sim_value message)
{
    struct sim_world *world = future->loop->world;
    if (world->cancel_depth == SIM_CANCEL_DEPTH_MAX) {
        world->cancel_too_deep = true;
        return false;
    }
    world->cancel_depth++;
    bool took = cancel_by_kind(future, message);
    world->cancel_depth--;
    return took;
}

/* --- looking ---------------------------------------------------------------------------------- */

sim_value sim_future_cancelled_error(struct sim_future *future)
{
    struct sim_world *world = future->loop->world;
    sim_value message = future->state == SIM_FUTURE_CANCELLED ? future->value : NULL;
    struct sim_task *task = future->kind == SIM_AWAIT_TASK ? sim_task_of(future) : NULL;
    if (task && future->state != SIM_FUTURE_CANCELLED) {
        message = task->cancel_message;
    } else if (task && task->error) {
        sim_value error = task->error;
        task->error = NULL;
        return error;
    }
    return world->guest->cancelled_error ? world->guest->cancelled_error(world, message) : NULL;
}

sim_value sim_future_raise(struct sim_future *future, enum sim_flag_resume *how)
{
    const struct sim_guest *guest = future->loop->world->guest;
    if (future->state == SIM_FUTURE_EXCEPTION && guest->raising)
        guest->raising(future);
    return sim_future_error(future, how);
}

sim_value sim_future_error(struct sim_future *future, enum sim_flag_resume *how)
{
    assert(sim_future_done(future));
    switch ((enum sim_future_state)future->state) {
    case SIM_FUTURE_EXCEPTION:
        *how = future->flags & SIM_FUTURE_CANCELLED_ERROR ? SIM_RESUME_CANCEL : SIM_RESUME_THROW;
        future->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
        sim_value_retain(future->loop->world, future->value);
        return future->value;
    case SIM_FUTURE_CANCELLED:
        *how = SIM_RESUME_CANCEL;
        return sim_future_cancelled_error(future);
    case SIM_FUTURE_RESULT:
    case SIM_FUTURE_PENDING:
        break;
    }
    *how = SIM_RESUME_SEND;
    return NULL;
}

/* --- callbacks -------------------------------------------------------------------------------- */

static bool append_callback(struct sim_future *future, const struct sim_callback *callback)
{
    struct sim_callback_list *list = list_of(future);
    if (!list || list->count == list->capacity) {
        uint32_t capacity = list ? list->capacity * 2 : 4;
        struct sim_callback_list *grown = sim_alloc_resize(
            future->loop->world->alloc, list, sizeof *list + capacity * sizeof *callback);
        if (!grown)
            return false;
        if (!list) {
            grown->count = 1;
            grown->items[0] = future->callback;
        }
        grown->capacity = capacity;
        future->callback = (struct sim_callback){&several, list = grown};
    }
    list->items[list->count++] = *callback;
    return true;
}

void sim_future_add_callback(struct sim_future *future, struct sim_callback callback)
{
    if (sim_future_done(future)) {
        sim_callback_retain(future->loop->world, &callback);
        schedule(future, callback);
        return;
    }
    if (!future->callback.ops) {
        future->callback = callback;
    } else if (!append_callback(future, &callback)) {
        sim_world_fail(future->loop->world, SIM_ENOMEM);
        return;
    }
    sim_callback_retain(future->loop->world, &callback);
}

/* Takes out the callback at `index`, if it is still `expected`. */
static void remove_at(struct sim_future *future, size_t index, struct sim_callback expected)
{
    if (index >= sim_future_callback_count(future) ||
        sim_future_callback_at(future, index)->arg != expected.arg)
        return;
    struct sim_callback_list *list = list_of(future);
    if (list)
        memmove(&list->items[index], &list->items[index + 1],
                (--list->count - index) * sizeof *list->items);
    else
        future->callback.ops = NULL;
    sim_callback_release(future->loop->world, &expected);
}

size_t sim_future_remove_callbacks(struct sim_future *future,
                                   bool (*matches)(void *user, const struct sim_callback *callback),
                                   void *user)
{
    size_t removed = 0;
    for (size_t i = 0; i < sim_future_callback_count(future);) {
        struct sim_callback callback = *sim_future_callback_at(future, i);
        size_t before = sim_future_callback_count(future);
        sim_callback_retain(future->loop->world, &callback);
        if (matches(user, &callback))
            remove_at(future, i, callback);
        sim_callback_release(future->loop->world, &callback);
        if (sim_future_callback_count(future) < before)
            removed++;
        else
            i++;
    }
    return removed;
}

void sim_future_remove_callback(struct sim_future *future, struct sim_callback callback)
{
    if (!future->callback.ops)
        return;
    for (size_t i = 0; i < sim_future_callback_count(future);) {
        const struct sim_callback *at = sim_future_callback_at(future, i);
        if (at->ops == callback.ops && at->arg == callback.arg)
            remove_at(future, i, callback);
        else
            i++;
    }
}
