#include "wait.h"

#include <assert.h>

#include "combine.h"

/* --- parts ------------------------------------------------------------------------------------ */

struct sim_future **sim_wait_copy(struct sim_future *const *futures, uint32_t count,
                                  uint32_t *distinct)
{
    struct sim_world *world = futures[0]->loop->world;
    struct sim_future **copy = sim_alloc_zero(world->alloc, count * sizeof(*copy));
    *distinct = 0;
    if (!copy) {
        sim_world_fail(world, SIM_ENOMEM);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (futures[i]->flags & SIM_FUTURE_MARKED)
            continue;
        futures[i]->flags |= SIM_FUTURE_MARKED;
        sim_future_retain(futures[i]);
        copy[(*distinct)++] = futures[i];
    }
    for (uint32_t i = 0; i < *distinct; i++)
        copy[i]->flags &= (uint8_t)~SIM_FUTURE_MARKED;
    return copy;
}

static void release_future(struct sim_future **slot)
{
    struct sim_future *future = *slot;
    *slot = NULL;
    if (future)
        sim_future_release(future);
}

static void release_futures(struct sim_world *world, struct sim_future ***array, uint32_t count)
{
    struct sim_future **futures = *array;
    *array = NULL;
    for (uint32_t i = 0; futures && i < count; i++)
        release_future(&futures[i]);
    sim_alloc_free(world->alloc, futures);
}

void sim_wait_drop_timer(struct sim_handle **timer)
{
    struct sim_handle *handle = *timer;
    *timer = NULL;
    if (!handle)
        return;
    sim_handle_cancel(handle);
    sim_handle_release(handle);
}

static void release_waiter(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)loop, (void)future;
    struct sim_future *waiter = arg;
    if (!sim_future_done(waiter))
        sim_future_set_result(waiter, NULL);
}

struct sim_callback sim_wait_release(struct sim_future *waiter)
{
    static const struct sim_callback_ops ops = {
        .name = "wait_for: it is done", .arg = SIM_ARG_FUTURE, .run = release_waiter};
    return (struct sim_callback){&ops, waiter};
}

struct sim_callback sim_wait_time_up(struct sim_future *waiter)
{
    static const struct sim_callback_ops ops = {
        .name = "time is up", .arg = SIM_ARG_FUTURE, .run = release_waiter};
    return (struct sim_callback){&ops, waiter};
}

static void drop_link(struct sim_world *world, struct sim_link **slot)
{
    struct sim_link *link = *slot;
    *slot = NULL;
    if (!link)
        return;
    link->target = NULL;
    sim_link_release(world, link);
}

/* --- wait ------------------------------------------------------------------------------------- */

/* What a child's callback knows, also when the wait is over before it is called. */
struct wait_link {
    struct sim_link link;
    uint32_t left;
    enum sim_flag_combine until;
};

/* Whether this child, which is done, ends the wait. */
static bool ends_wait(const struct wait_link *link, struct sim_future *child)
{
    if (link->left == 0 || link->until == SIM_COMBINE_WAIT_FIRST_COMPLETED)
        return true;
    if (link->until != SIM_COMBINE_WAIT_FIRST_EXCEPTION || child->state != SIM_FUTURE_EXCEPTION)
        return false;
    child->flags &= (uint8_t)~SIM_FUTURE_UNRETRIEVED;
    return true;
}

static void wait_child_done(struct sim_loop *loop, void *arg, struct sim_future *child)
{
    struct wait_link *link = arg;
    struct sim_wait *self = link->link.target;
    link->left--;
    if (self)
        SIM_PUT(loop->world->trace, COMBINE_PROGRESS, child->state - SIM_FUTURE_RESULT, 0,
                self->waiter->id, self->count - link->left, self->count);
    if (!ends_wait(link, child) || !self)
        return;
    if (self->timer)
        sim_handle_cancel(self->timer);
    if (!sim_future_done(self->waiter))
        sim_future_set_result(self->waiter, NULL);
}

static struct sim_callback wait_callback(struct sim_link *link)
{
    static const struct sim_callback_ops ops = {
        .name = "wait: child done", .arg = SIM_ARG_LINK, .run = wait_child_done};
    return (struct sim_callback){&ops, link};
}

static bool begin_wait(struct sim_wait *self, struct sim_loop *loop)
{
    struct sim_world *world = loop->world;
    self->waiter = sim_future_new(loop);
    struct wait_link *link = sim_link_new(world, sizeof *link, self, NULL);
    self->link = link ? &link->link : NULL;
    if (!self->waiter || !link)
        return false;
    self->waiter->kind = SIM_AWAIT_WAIT;
    sim_combine_begin(world, self->waiter->id, self->until, self->futures, self->count);
    if (self->timeout_ns != SIM_NO_TIMEOUT) {
        self->timer = sim_call_at(loop, sim_time_after(world->now_ns, self->timeout_ns),
                                  sim_wait_time_up(self->waiter));
        if (!self->timer)
            return false;
        self->waiter->timer = self->timer->id;
    }
    link->left = self->count;
    link->until = self->until;
    for (uint32_t i = 0; i < self->count; i++)
        sim_future_add_callback(self->futures[i], wait_callback(self->link));
    return true;
}

static void record_end(const struct sim_wait *self, enum sim_flag_resume how)
{
    bool timed_out = self->timer && !(self->timer->flags & SIM_HANDLE_CANCELLED);
    uint32_t done = 0;
    for (uint32_t i = 0; i < self->count; i++)
        done += sim_future_done(self->futures[i]);
    SIM_PUT(self->frame.world->trace, COMBINE_END,
            how >= SIM_RESUME_THROW ? SIM_ENDED_CANCELLED
            : timed_out             ? SIM_ENDED_TIMEOUT
                                    : SIM_ENDED_DONE,
            0, self->waiter->id, done, self->count);
}

/* Whatever the waiting began ends; it may be called again. */
static void end_wait(struct sim_wait *self)
{
    sim_wait_drop_timer(&self->timer);
    for (uint32_t i = 0; self->link && i < self->count; i++)
        sim_future_remove_callback(self->futures[i], wait_callback(self->link));
    drop_link(self->futures[0]->loop->world, &self->link);
}

static enum sim_flag_step wait(struct sim_frame *frame)
{
    struct sim_wait *self = (struct sim_wait *)(void *)frame;
    SIM_CO_BEGIN(frame);
    if (!begin_wait(self, sim_frame_loop(frame)))
        SIM_CO_RAISE(frame, NULL);
    SIM_CO_TRY_AWAIT(frame, self->waiter);
    record_end(self, (enum sim_flag_resume)frame->how);
    end_wait(self);
    if (frame->how >= SIM_RESUME_THROW)
        return sim_frame_raise(frame);
    SIM_CO_END(frame);
}

static void wait_done(struct sim_frame *frame)
{
    struct sim_wait *self = (struct sim_wait *)(void *)frame;
    if (!self->futures)
        return;
    end_wait(self);
    if (self->waiter)
        sim_future_release(self->waiter);
    self->waiter = NULL;
    release_futures(self->futures[0]->loop->world, &self->futures, self->count);
}

int sim_wait_init(struct sim_wait *op, struct sim_future *const *futures, uint32_t count,
                  enum sim_flag_combine until, int64_t timeout_ns)
{
    assert(count > 0);
    *op = (struct sim_wait){.until = until, .timeout_ns = timeout_ns};
    sim_frame_init(&op->frame, wait, wait_done);
    op->futures = sim_wait_copy(futures, count, &op->count);
    return op->futures ? 0 : SIM_ENOMEM;
}

/* --- as_completed ----------------------------------------------------------------------------- */

static uint64_t completed_count(const struct sim_queue *queue)
{
    const struct sim_as_completed *all = (const struct sim_as_completed *)(const void *)queue;
    return all->done - all->taken;
}

/* The item is a future, with its reference, or NULL. */
static enum sim_queue_answer completed_put(struct sim_queue *queue, sim_value item,
                                           sim_value *error)
{
    struct sim_as_completed *all = (struct sim_as_completed *)(void *)queue;
    (void)error;
    all->completed[all->done++] = item;
    return SIM_QUEUE_OK;
}

static enum sim_queue_answer completed_get(struct sim_queue *queue, sim_value *item)
{
    struct sim_as_completed *all = (struct sim_as_completed *)(void *)queue;
    *item = all->completed[all->taken];
    all->completed[all->taken++] = NULL;
    return SIM_QUEUE_OK;
}

static void complete(struct sim_as_completed *all, struct sim_future *future)
{
    sim_value error;
    all->to_do--;
    (void)sim_queue_put_nowait(&all->queue, future, &error);
}

static void record_over(const struct sim_as_completed *all, enum sim_flag_ended how, uint32_t done)
{
    SIM_PUT(all->loop->world->trace, COMBINE_END, how, 0, all->id, done, all->count);
}

static void completed_child_done(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    struct sim_completed_child *child = arg;
    struct sim_as_completed *all = child->link.target;
    if (!all || all->to_do == 0)
        return; /* it is gone, or was over before */
    child->future = NULL;
    complete(all, future);
    SIM_PUT(loop->world->trace, COMBINE_PROGRESS, future->state - SIM_FUTURE_RESULT, 0, all->id,
            all->done, all->count);
    if (all->to_do > 0)
        return;
    sim_wait_drop_timer(&all->timer);
    record_over(all, SIM_ENDED_DONE, all->count);
}

static struct sim_callback completed_callback(struct sim_completed_child *child)
{
    static const struct sim_callback_ops ops = {
        .name = "as_completed: child done", .arg = SIM_ARG_LINK, .run = completed_child_done};
    return (struct sim_callback){&ops, child};
}

/* All that is still to do is given up: each of its awaitables raises TIMEOUT. */
static void completed_time_up(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    struct sim_as_completed *all = ((struct sim_link *)arg)->target;
    (void)future;
    if (!all)
        return;
    record_over(all, SIM_ENDED_TIMEOUT, all->done);
    all->timed_out = true;
    sim_callback_retain(loop->world, &all->timer->callback);
    for (uint32_t i = 0; i < all->count; i++) {
        struct sim_completed_child *child = all->children[i];
        if (!child->future)
            continue;
        sim_future_remove_callback(child->future, completed_callback(child));
        complete(all, NULL);
    }
    for (uint32_t i = 0; i < all->count; i++)
        release_future(&all->children[i]->future);
}

static struct sim_callback completed_timer(const struct sim_as_completed *all)
{
    static const struct sim_callback_ops ops = {
        .name = "as_completed: time is up", .arg = SIM_ARG_LINK, .run = completed_time_up};
    return (struct sim_callback){&ops, all->link};
}

static bool arm(struct sim_as_completed *all)
{
    if (all->timeout_ns == SIM_NO_TIMEOUT)
        return true;
    all->timer = sim_call_at(all->loop, sim_time_after(all->loop->world->now_ns, all->timeout_ns),
                             completed_timer(all));
    return all->timer != NULL;
}

/* Begins to wait for the futures, whose references it takes over. */
static bool begin_completed(struct sim_as_completed *all, struct sim_future **futures,
                            sim_value owner)
{
    struct sim_world *world = all->loop->world;
    all->children = sim_alloc_zero(world->alloc, all->count * sizeof(*all->children));
    all->completed = sim_alloc_zero(world->alloc, all->count * sizeof(struct sim_future *));
    all->link = sim_link_new(world, sizeof *all->link, all, owner);
    if (!all->children || !all->completed || !all->link)
        return false;
    sim_combine_begin(world, all->id, SIM_COMBINE_AS_COMPLETED, futures, all->count);
    for (uint32_t i = 0; i < all->count; i++) {
        struct sim_completed_child *child = sim_link_new(world, sizeof *child, all, owner);
        if (!child)
            return false;
        all->children[i] = child;
        child->future = futures[i];
        futures[i] = NULL;
        all->to_do++;
    }
    for (uint32_t i = 0; i < all->count; i++)
        sim_future_add_callback(all->children[i]->future, completed_callback(all->children[i]));
    return arm(all);
}

int sim_as_completed_init(struct sim_as_completed *all, struct sim_loop *loop,
                          struct sim_future *const *futures, uint32_t count, int64_t timeout_ns,
                          sim_value owner)
{
    static const struct sim_queue_store store = {
        .count = completed_count, .put = completed_put, .get = completed_get};
    struct sim_world *world = loop->world;
    assert(count > 0);
    *all = (struct sim_as_completed){.loop = loop, .timeout_ns = timeout_ns};
    sim_queue_init(&all->queue, world, SIM_OBJECT_QUEUE, 0);
    sim_sync_hide(&all->queue.sync, NULL, SIM_AWAIT_AS_COMPLETED);
    all->queue.store = &store;
    all->id = ++world->ids_given;
    struct sim_future **copy = sim_wait_copy(futures, count, &all->count);
    bool begun = copy && begin_completed(all, copy, owner);
    release_futures(world, &copy, all->count);
    if (begun)
        return 0;
    sim_as_completed_fini(all);
    sim_world_fail(world, SIM_ENOMEM);
    return SIM_ENOMEM;
}

static void drop_child(struct sim_world *world, struct sim_completed_child *child)
{
    child->link.target = NULL;
    release_future(&child->future);
    sim_link_release(world, &child->link);
}

void sim_as_completed_fini(struct sim_as_completed *all)
{
    struct sim_world *world = all->loop->world;
    struct sim_completed_child **children = all->children;
    struct sim_future **completed = all->completed;
    uint32_t taken = all->taken, done = all->done;
    all->children = NULL;
    all->completed = NULL;
    all->taken = all->done;
    sim_wait_drop_timer(&all->timer);
    for (uint32_t i = 0; children && i < all->count && children[i]; i++)
        drop_child(world, children[i]);
    sim_alloc_free(world->alloc, children);
    for (uint32_t i = taken; i < done; i++)
        release_future(&completed[i]);
    sim_alloc_free(world->alloc, completed);
    if (all->timed_out) {
        struct sim_callback timer = completed_timer(all);
        all->timed_out = false;
        sim_callback_release(world, &timer);
    }
    drop_link(world, &all->link);
}

static enum sim_flag_step next(struct sim_frame *frame)
{
    struct sim_as_completed_next *self = (struct sim_as_completed_next *)(void *)frame;
    SIM_CO_BEGIN(frame);
    sim_queue_get_init(&self->get, &self->all->queue);
    SIM_CO_CALL(frame, &self->get.frame);
    self->future = frame->returned;
    frame->returned = NULL; /* it is no value: nothing to release */
    if (!self->future)
        SIM_CO_RAISE(frame, sim_exception_new(frame->world, SIM_EXCEPTION_TIMEOUT, NULL, NULL));
    return sim_frame_result_of(frame, self->future);
    SIM_CO_END(frame);
}

static void next_done(struct sim_frame *frame)
{
    release_future(&((struct sim_as_completed_next *)(void *)frame)->future);
}

void sim_as_completed_next_init(struct sim_as_completed_next *op, struct sim_as_completed *all)
{
    *op = (struct sim_as_completed_next){.all = all};
    sim_frame_init(&op->frame, next, next_done);
}
