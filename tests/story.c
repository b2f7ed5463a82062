#include "story.h"

#include <stdio.h>
#include <string.h>

#include "story_parts.h"

/* --- blocks ----------------------------------------------------------------------------------- */

/* The step that ends the block that begins at `step`. */
static uint32_t end_of(const struct story_actor *self, uint32_t step)
{
    static const char *const openers[] = {"try", "guard", "with", "timeout", "group"};
    int depth = 0;
    for (; self->steps[step]; step++) {
        struct story_words words = story_split(self->steps[step]);
        for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
            depth += story_is(&words, openers[i]);
        if (story_is(&words, "end") && --depth == 0)
            return step;
    }
    return step - 1;
}

/* Enters a block, if the step is the beginning of one (of a `with` once it is acquired). */
static void enter(struct story_actor *self, const struct story_words *words)
{
    struct sim_world *world = &self->story->world;
    char kind = story_is(words, "try")       ? 't'
                : story_is(words, "guard")   ? 'g'
                : story_is(words, "with")    ? 'w'
                : story_is(words, "timeout") ? 'T'
                : story_is(words, "group")   ? 'G'
                                             : '\0';
    if (!kind)
        return;
    struct story_block *block = &self->blocks[self->depth++];
    block->kind = kind;
    block->object = words->first;
    block->step = end_of(self, self->step);
    if (kind == 'T') {
        sim_timeout_init(&block->timeout, words->seconds == SIM_NO_TIMEOUT
                                              ? SIM_NO_DEADLINE
                                              : sim_time_after(world->now_ns, words->seconds));
        sim_timeout_enter(&block->timeout, &self->story->loop);
    } else if (kind == 'G') {
        sim_group_init(&block->group);
        if (sim_group_enter(&block->group, &self->story->loop) < 0)
            story_raise(self, "RuntimeError");
    }
}

/* Leaves a block other than a group, with the outcome as it is. */
static void leave(struct story_actor *self, struct story_block *block)
{
    enum sim_flag_resume how = (enum sim_flag_resume)self->outcome.how;
    bool cancelled = how == SIM_RESUME_CANCEL;
    if (block->kind == 'T') {
        bool raises = sim_timeout_exit(&block->timeout, cancelled);
        sim_timeout_fini(&block->timeout);
        if (raises)
            story_raise(self, "TimeoutError");
    } else if (block->kind == 'w') {
        if (!story_release(self->story, block->object))
            story_raise(self, block->object == 'T' ? "ValueError" : "RuntimeError");
    } else if (how >= SIM_RESUME_THROW && (block->kind == 't' || !cancelled)) {
        story_log(self, "caught");
        story_set_outcome(self, SIM_RESUME_SEND, NULL);
    }
}

/* --- the coroutine ---------------------------------------------------------------------------- */

/* How the actor ends. */
static enum sim_flag_step finish(struct story_actor *self)
{
    struct sim_frame *frame = &self->frame;
    story_say(self, "%c.", self->name);
    if (self->outcome.how < SIM_RESUME_THROW) {
        frame->out->value = self->over ? self->outcome.value : NULL;
        if (self->over)
            self->outcome.value = NULL;
        return SIM_STEP_RETURN;
    }
    return sim_frame_raise_kept(frame, &self->outcome);
}

/* Begins a step; what it has to wait for, by a call or by an await. */
static struct sim_frame *begin_step(struct story_actor *self, struct sim_future **future)
{
    struct story_words words = story_split(self->steps[self->step]);
    *future = NULL;
    if (self->left > 0) {
        sim_as_completed_next_init(&self->op.next, &self->completed);
        return &self->op.next.frame;
    }
    story_set_outcome(self, SIM_RESUME_SEND, NULL);
    if (story_do(self, &words))
        return NULL;
    *future = story_awaited_of(self, &words);
    return *future || self->skipped ? NULL : story_call_of(self, &words);
}

/* Logs the step that ended, and goes on to the next one. */
static void end_step(struct story_actor *self)
{
    struct story_words words = story_split(self->steps[self->step]);
    bool raises = self->outcome.how >= SIM_RESUME_THROW;
    story_log(self, self->skipped ? "-" : self->steps[self->step]);
    if (self->left > 0) {
        bool more = --self->left > 0 && self->outcome.how != SIM_RESUME_CANCEL;
        if (!more) {
            self->left = 0;
            sim_as_completed_fini(&self->completed);
        }
        if (self->outcome.how == SIM_RESUME_THROW)
            story_set_outcome(self, SIM_RESUME_SEND, NULL);
        if (more)
            return; /* the same step again, for the next awaitable */
        raises = self->outcome.how >= SIM_RESUME_THROW;
    }
    if (!raises)
        enter(self, &words);
    if (self->outcome.how < SIM_RESUME_THROW)
        self->step++;
}

/* The block that is to be left now, by its end or by an exception; NULL: none. */
static struct story_block *block_to_leave(const struct story_actor *self)
{
    struct story_block *block =
        self->depth > 0 ? (struct story_block *)(uintptr_t)&self->blocks[self->depth - 1] : NULL;
    bool leaves = self->outcome.how >= SIM_RESUME_THROW || self->over;
    return block && (leaves || self->step == block->step) ? block : NULL;
}

/* Behind a block that was left. */
static void after_block(struct story_actor *self, struct story_block *block)
{
    if (block->kind == 'G')
        sim_group_fini(&block->group);
    self->depth--;
    if (self->outcome.how < SIM_RESUME_THROW && !self->over)
        story_set_outcome(self, SIM_RESUME_SEND, NULL);
    story_log(self, "end");
    self->step = block->step + 1;
}

enum sim_flag_step story_body(struct sim_frame *frame)
{
    struct story_actor *self = (struct story_actor *)(void *)frame;
    struct story_block *block = NULL;
    struct sim_frame *call;
    struct story_words words;
    SIM_CO_BEGIN(frame);
    for (;;) {
        block = block_to_leave(self);
        if (block) {
            if (block->kind == 'G') {
                sim_group_exit_init(&self->op.leave, &block->group,
                                    (enum sim_flag_resume)self->outcome.how, self->outcome.value);
                SIM_CO_TRY_CALL(frame, &self->op.leave.frame);
                story_raised(self);
            } else {
                leave(self, block);
            }
            after_block(self, &self->blocks[self->depth - 1]);
            continue;
        }
        if (self->outcome.how >= SIM_RESUME_THROW || self->over || !self->steps[self->step])
            return finish(self);
        words = story_split(self->steps[self->step]);
        self->skipped = false;
        if (story_is(&words, "yield")) {
            story_set_outcome(self, SIM_RESUME_SEND, NULL);
            SIM_CO_SUSPEND(frame, SIM_STEP_YIELD);
            story_raised(self);
        } else if (story_is(&words, "sleep")) {
            story_set_outcome(self, SIM_RESUME_SEND, NULL);
            SIM_CO_TRY_SLEEP(frame, words.seconds);
            story_raised(self);
        } else {
            call = begin_step(self, &self->future);
            if (call) {
                SIM_CO_TRY_CALL(frame, call);
                words = story_split(self->steps[self->step]);
                if (!story_raised(self))
                    story_take_result(self, &words);
            } else if (self->future) {
                SIM_CO_TRY_AWAIT(frame, self->future);
                if (!story_raised(self))
                    story_take_future(self, self->future);
                sim_future_release(self->future);
                self->future = NULL;
            }
        }
        end_step(self);
    }
    SIM_CO_END(frame);
}

/* --- a whole story ---------------------------------------------------------------------------- */

/* Splits "NAME: step; step" into the actor's steps, in place. */
static void read_actor(struct story *story, char *line)
{
    line += strspn(line, " \n");
    if (!*line)
        return;
    struct story_actor *actor = &story->actors[*line - 'a'];
    uint32_t count = 0;
    char *rest = NULL;
    actor->name = *line;
    for (char *step = strtok_r(line + 2, ";", &rest); step && count < STORY_STEPS;
         step = strtok_r(NULL, ";", &rest))
        if (step[strspn(step, " ")])
            actor->steps[count++] = step + strspn(step, " ");
}

static void prepare(struct story *story, const char *text)
{
    static const enum sim_flag_object kinds[] = {SIM_OBJECT_QUEUE, SIM_OBJECT_QUEUE,
                                                 SIM_OBJECT_PRIORITY_QUEUE, SIM_OBJECT_LIFO_QUEUE};
    struct sim_world *world = &story->world;
    char *rest = NULL;
    for (int i = 0; i < STORY_TASKS; i++)
        story->actors[i].story = story;
    snprintf(story->text, sizeof story->text, "%s", text);
    for (char *line = strtok_r(story->text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        read_actor(story, line);
    for (int i = 0; i < 2; i++) {
        sim_lock_init(&story->locks[i], world);
        sim_event_object_init(&story->events[i], world);
        sim_semaphore_init(&story->semaphores[i], world, 2 - i, i == 1);
    }
    for (int i = 0; i < 4; i++)
        sim_queue_init(&story->queues[i], world, kinds[i], i == 1);
    sim_lock_init(&story->condition_lock, world);
    sim_condition_init(&story->condition, world, &story->condition_lock);
    sim_barrier_init(&story->barrier, world, 2);
    sim_sync_set_name(&story->locks[0].sync, "L");
    sim_sync_set_name(&story->queues[0].sync, "Q");
}

static void stop(struct sim_loop *loop, void *arg, struct sim_future *future)
{
    (void)arg, (void)future;
    sim_loop_stop(loop);
}

static int run_main(struct story *story)
{
    static const struct sim_callback_ops stop_ops = {.name = "the story is too long", .run = stop};
    struct sim_handle *timer =
        sim_call_at(&story->loop, 1000 * SECOND, (struct sim_callback){&stop_ops, NULL});
    struct sim_task *main = timer ? story_start(story, 'm') : NULL;
    int error = main ? sim_loop_run_until(&story->loop, &main->future) : SIM_ENOMEM;
    if (timer) {
        sim_handle_cancel(timer);
        sim_handle_release(timer);
    }
    return error;
}

/* What an actor still holds when all is over. */
static void drop_actor(struct story_actor *self)
{
    if (self->task && !sim_future_done(&self->task->future))
        sim_task_abandon(self->task);
    if (self->left > 0)
        sim_as_completed_fini(&self->completed);
    for (; self->depth > 0; self->depth--) {
        if (self->blocks[self->depth - 1].kind == 'T')
            sim_timeout_fini(&self->blocks[self->depth - 1].timeout);
        else if (self->blocks[self->depth - 1].kind == 'G')
            sim_group_fini(&self->blocks[self->depth - 1].group);
    }
    if (self->future)
        sim_future_release(self->future);
    sim_value_drop(&self->story->world, &self->outcome.value);
}

static void close_story(struct story *story)
{
    sim_loop_clear(&story->loop);
    for (int i = 0; i < STORY_TASKS; i++)
        drop_actor(&story->actors[i]);
    sim_loop_clear(&story->loop);
    for (int i = 0; i < STORY_TASKS; i++)
        if (story->actors[i].task)
            sim_future_release(&story->actors[i].task->future);
    for (int i = 0; i < 4; i++)
        sim_queue_fini(&story->queues[i]);
    sim_loop_fini(&story->loop);
}

static void write_trace(const struct story *story, char *out, size_t size)
{
    struct sim_trace_view view = sim_trace_view_of(&story->memory);
    size_t used = 0;
    for (size_t i = 0; i < view.count && used + 1 < size; i++) {
        used += sim_event_format(&view, &view.events[i], out + used, size - used);
        if (used + 1 < size)
            out[used++] = '\n', out[used] = '\0';
    }
}

int story_run(struct story *story, const char *text, int64_t fail_after, char *trace,
              size_t trace_size)
{
    memset(story, 0, sizeof *story);
    sim_alloc_init(&story->alloc);
    story->alloc.fail_after = fail_after;
    story_guest_init(&story->guest);
    int error = sim_trace_memory_reserve(&story->alloc, 1 << 20, 1 << 20, &story->memory);
    if (error < 0)
        return error;
    error = sim_trace_init(&story->trace, &story->memory, &story->alloc);
    if (error == 0) {
        sim_world_init(&story->world, &story->alloc, &story->trace, &story->guest, story);
        sim_loop_init(&story->loop, &story->world);
        prepare(story, text);
        error = run_main(story);
        if (trace)
            write_trace(story, trace, trace_size);
        close_story(story);
    }
    sim_trace_close(&story->trace);
    sim_trace_memory_free(&story->alloc, &story->memory);
    return error;
}
