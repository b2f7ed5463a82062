#include "queue.h"

void sim_queue_init(struct sim_queue *queue, struct sim_world *world, enum sim_flag_object kind,
                    int64_t max_size)
{
    uint32_t limit = max_size < 0 ? 0 : max_size < UINT32_MAX ? (uint32_t)max_size : UINT32_MAX;
    *queue = (struct sim_queue){.store = sim_queue_store_of(kind), .max_size = max_size};
    sim_sync_init(&queue->sync, world, kind, SIM_AWAIT_QUEUE_GET, limit);
    sim_event_object_init(&queue->finished, world);
    sim_sync_hide(&queue->finished.sync, &queue->sync, SIM_AWAIT_QUEUE_JOIN);
    queue->finished.is_set = true;
}

void sim_queue_fini(struct sim_queue *queue)
{
    while (queue->count > 0) {
        sim_value item = sim_queue_item(queue, --queue->count);
        sim_value_drop(queue->sync.world, &item);
    }
    sim_alloc_free(queue->sync.world->alloc, queue->items);
    queue->items = NULL;
    queue->capacity = 0;
}

/* Takes waiters out of the line until one is not done, and wakes that. */
static void wake_next(struct sim_waiters *line)
{
    while (line->first) {
        struct sim_waiter *waiter = line->first;
        sim_waiter_leave(waiter);
        if (!sim_future_done(waiter->future)) {
            sim_future_set_result(waiter->future, NULL);
            return;
        }
    }
}

static void record(struct sim_queue *queue, enum sim_flag_sync what, const struct sim_waiters *line)
{
    if (queue->sync.world->trace)
        sim_sync_record(&queue->sync, what, line->count, (int64_t)sim_queue_size(queue));
}

enum sim_queue_answer sim_queue_put_nowait(struct sim_queue *queue, sim_value item,
                                           sim_value *error)
{
    if (sim_queue_full(queue))
        return SIM_QUEUE_FULL;
    enum sim_queue_answer answer = queue->store->put(queue, item, error);
    if (answer != SIM_QUEUE_OK)
        return answer;
    record(queue, SIM_SYNC_PUT, &queue->getters);
    queue->unfinished++;
    if (queue->finished.is_set)
        sim_event_object_clear(&queue->finished);
    wake_next(&queue->getters);
    return SIM_QUEUE_OK;
}

enum sim_queue_answer sim_queue_get_nowait(struct sim_queue *queue, sim_value *item)
{
    if (sim_queue_empty(queue))
        return SIM_QUEUE_EMPTY;
    enum sim_queue_answer answer = queue->store->get(queue, item);
    if (answer != SIM_QUEUE_OK)
        return answer;
    record(queue, SIM_SYNC_GET, &queue->putters);
    wake_next(&queue->putters);
    return SIM_QUEUE_OK;
}

bool sim_queue_task_done(struct sim_queue *queue)
{
    if (queue->unfinished == 0)
        return false;
    queue->unfinished--;
    sim_sync_record(&queue->sync, SIM_SYNC_TASK_DONE, queue->finished.waiters.count,
                    (int64_t)queue->unfinished);
    if (queue->unfinished == 0)
        sim_event_object_set(&queue->finished);
    return true;
}

/* --- operations ------------------------------------------------------------------------------- */

/* A waiter that was woken but is thrown out hands its turn to the next in line. */
static enum sim_flag_step give_up(struct sim_queue_wait *self, struct sim_waiters *line,
                                  bool blocked)
{
    struct sim_future *future = self->waiter.future;
    bool woken = !sim_future_set_cancelled(future, NULL) && future->state != SIM_FUTURE_CANCELLED;
    sim_waiter_leave(&self->waiter);
    record(self->queue, SIM_SYNC_LEAVE, line);
    if (woken && !blocked)
        wake_next(line);
    return sim_frame_raise(&self->frame);
}

/* What the operations end with. */
static enum sim_queue_answer get_now(struct sim_queue *queue, sim_value *item)
{
    return queue->store->get_nowait ? queue->store->get_nowait(queue, item)
                                    : sim_queue_get_nowait(queue, item);
}

static enum sim_queue_answer put_now(struct sim_queue *queue, sim_value item, sim_value *error)
{
    return queue->store->put_nowait ? queue->store->put_nowait(queue, item, error)
                                    : sim_queue_put_nowait(queue, item, error);
}

static enum sim_flag_step ended(enum sim_queue_answer answer)
{
    return answer == SIM_QUEUE_OK ? SIM_STEP_RETURN : SIM_STEP_RAISE;
}

static enum sim_flag_step get(struct sim_frame *frame)
{
    struct sim_queue_wait *self = (struct sim_queue_wait *)(void *)frame;
    struct sim_queue *queue = self->queue;
    SIM_CO_BEGIN(frame);
    while (sim_queue_empty(queue)) {
        if (!sim_waiter_begin(&self->waiter, frame, &queue->sync, &queue->getters,
                              (enum sim_flag_await)queue->sync.await, 0))
            return SIM_STEP_RAISE;
        SIM_CO_TRY_AWAIT(frame, self->waiter.future);
        if (frame->how >= SIM_RESUME_THROW)
            return give_up(self, &queue->getters, sim_queue_empty(queue));
    }
    return ended(get_now(queue, &frame->out->value));
    SIM_CO_END(frame);
}

static enum sim_flag_step put(struct sim_frame *frame)
{
    struct sim_queue_wait *self = (struct sim_queue_wait *)(void *)frame;
    struct sim_queue *queue = self->queue;
    SIM_CO_BEGIN(frame);
    while (sim_queue_full(queue)) {
        if (!sim_waiter_begin(&self->waiter, frame, &queue->sync, &queue->putters,
                              SIM_AWAIT_QUEUE_PUT, (int64_t)sim_queue_size(queue)))
            return SIM_STEP_RAISE;
        SIM_CO_TRY_AWAIT(frame, self->waiter.future);
        if (frame->how >= SIM_RESUME_THROW)
            return give_up(self, &queue->putters, sim_queue_full(queue));
    }
    frame->out->value = NULL;
    return ended(put_now(queue, self->item, &frame->out->value));
    SIM_CO_END(frame);
}

static void wait_done(struct sim_frame *frame)
{
    struct sim_queue_wait *self = (struct sim_queue_wait *)(void *)frame;
    sim_waiter_drop(&self->waiter);
    sim_value_drop(self->queue->sync.world, &self->item);
}

void sim_queue_get_init(struct sim_queue_wait *op, struct sim_queue *queue)
{
    op->queue = queue;
    op->waiter = (struct sim_waiter){0};
    op->item = NULL;
    sim_frame_init(&op->frame, get, wait_done);
}

void sim_queue_put_init(struct sim_queue_wait *op, struct sim_queue *queue, sim_value item)
{
    op->queue = queue;
    op->waiter = (struct sim_waiter){0};
    op->item = item;
    sim_value_retain(queue->sync.world, item);
    sim_frame_init(&op->frame, put, wait_done);
}

bool sim_queue_get_now(struct sim_frame *frame, struct sim_queue_wait *op, struct sim_queue *queue)
{
    sim_value item = NULL;
    enum sim_queue_answer answer = get_now(queue, &item);
    if (answer == SIM_QUEUE_EMPTY) {
        sim_queue_get_init(op, queue);
        return false;
    }
    sim_frame_set_outcome(frame, ended(answer), item);
    return true;
}

bool sim_queue_put_now(struct sim_frame *frame, struct sim_queue_wait *op, struct sim_queue *queue,
                       sim_value item)
{
    sim_value error = NULL;
    enum sim_queue_answer answer = put_now(queue, item, &error);
    if (answer == SIM_QUEUE_FULL) {
        sim_queue_put_init(op, queue, item);
        return false;
    }
    sim_frame_set_outcome(frame, ended(answer), error);
    return true;
}

static enum sim_flag_step join(struct sim_frame *frame)
{
    struct sim_queue_join *self = (struct sim_queue_join *)(void *)frame;
    struct sim_queue *queue = self->queue;
    SIM_CO_BEGIN(frame);
    if (queue->unfinished > 0) {
        sim_sync_record(&queue->sync, SIM_SYNC_WAIT, queue->finished.waiters.count + 1,
                        (int64_t)sim_queue_size(queue));
        sim_event_object_wait_init(&self->wait, &queue->finished);
        SIM_CO_CALL(frame, &self->wait.frame);
    }
    SIM_CO_END(frame);
}

void sim_queue_join_init(struct sim_queue_join *op, struct sim_queue *queue)
{
    *op = (struct sim_queue_join){.queue = queue};
    sim_frame_init(&op->frame, join, NULL);
}
