/* title: producer and consumer in C
 *
 * A queue of two places: the quick producer has to wait for the slow consumer.
 *
 *     cc producer_consumer.c $(pkg-config --cflags --libs awaitscope-sim) -o producer_consumer
 *     ./producer_consumer queue.awtrace && awaitscope queue.awtrace
 */
#include "lesson.h"
#include "sim/queue.h"

static const char *const items[] = {"bread", "milk", "apples", "tea", NULL};

struct producer {
    struct sim_frame frame;
    struct sim_queue *queue;
    struct sim_queue_wait put;
    int next;
};

static enum sim_flag_step produce(struct sim_frame *frame)
{
    struct producer *self = (struct producer *)frame;
    SIM_CO_BEGIN(frame);
    for (self->next = 0; items[self->next]; self->next++) {
        sim_queue_put_init(&self->put, self->queue, (sim_value)items[self->next]);
        SIM_CO_CALL(frame, &self->put.frame);
        lesson_say(frame, "producer: put %s", items[self->next]);
    }
    SIM_CO_END(frame);
}

struct consumer {
    struct sim_frame frame;
    struct lesson *lesson;
    struct sim_queue queue;
    struct producer producer;
    struct sim_task *task;
    struct sim_queue_wait get;
    int taken;
};

static enum sim_flag_step consume(struct sim_frame *frame)
{
    struct consumer *self = (struct consumer *)frame;
    SIM_CO_BEGIN(frame);
    self->task = lesson_task(self->lesson, &self->producer.frame, produce, "producer");
    if (!self->task)
        SIM_CO_RAISE(frame, NULL);
    for (self->taken = 0; items[self->taken]; self->taken++) {
        sim_queue_get_init(&self->get, &self->queue);
        SIM_CO_CALL(frame, &self->get.frame);
        lesson_say(frame, "consumer: got %s", (const char *)frame->returned);
        SIM_CO_SLEEP(frame, SECONDS(1));
    }
    sim_future_release(&self->task->future);
    SIM_CO_END(frame);
}

int main(int argc, char **argv)
{
    struct lesson lesson;
    if (lesson_open(&lesson, "producer_consumer.c") < 0)
        return 1;
    struct consumer consumer = {.lesson = &lesson, .producer.queue = &consumer.queue};
    sim_queue_init(&consumer.queue, &lesson.world, SIM_OBJECT_QUEUE, 2);
    int code =
        lesson_run(&lesson, lesson_task(&lesson, &consumer.frame, consume, "main"), argc, argv);
    sim_queue_fini(&consumer.queue);
    return code;
}
