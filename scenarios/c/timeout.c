/* title: a timeout in C
 *
 * wait_for cancels what it waits for when time is up.
 *
 *     cc timeout.c $(pkg-config --cflags --libs awaitscope-sim) -o timeout
 *     ./timeout timeout.awtrace && awaitscope timeout.awtrace
 */
#include "lesson.h"
#include "sim/wait_for.h"

struct patient {
    struct sim_frame frame;
    struct lesson *lesson;
    struct sim_frame operation;
    struct sim_task *task;
    struct sim_wait_for wait;
};

static enum sim_flag_step long_operation(struct sim_frame *frame)
{
    SIM_CO_BEGIN(frame);
    lesson_say(frame, "operation: started");
    SIM_CO_TRY_SLEEP(frame, SECONDS(5));
    if (frame->how == SIM_RESUME_CANCEL)
        lesson_say(frame, "operation: cancelled, cleaning up");
    return sim_frame_raise(frame);
    SIM_CO_END(frame);
}

static enum sim_flag_step wait_for_it(struct sim_frame *frame)
{
    struct patient *self = (struct patient *)frame;
    SIM_CO_BEGIN(frame);
    self->task = lesson_task(self->lesson, &self->operation, long_operation, "operation");
    if (!self->task)
        SIM_CO_RAISE(frame, NULL);
    sim_wait_for_init(&self->wait, &self->task->future, SECONDS(2));
    sim_future_release(&self->task->future); /* wait_for holds it */
    SIM_CO_TRY_CALL(frame, &self->wait.frame);
    lesson_say(frame, frame->how == SIM_RESUME_THROW ? "main: took too long" : "main: in time");
    SIM_CO_END(frame);
}

int main(int argc, char **argv)
{
    struct lesson lesson;
    if (lesson_open(&lesson, "timeout.c") < 0)
        return 1;
    struct patient patient = {.lesson = &lesson};
    return lesson_run(&lesson, lesson_task(&lesson, &patient.frame, wait_for_it, "main"), argc,
                      argv);
}
