#include "story.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

/* --- values ----------------------------------------------------------------------------------- */

static const char *text_of(sim_value value)
{
    return value ? ((const struct story_value *)value)->text : "None";
}

static void retain(sim_value value)
{
    ((struct story_value *)value)->references++;
}

static void release(sim_value object)
{
    struct story_value *value = object;
    if (--value->references == 0)
        sim_alloc_free(value->alloc, value);
}

sim_value story_value(struct sim_world *world, const char *text)
{
    struct story_value *value = sim_alloc_zero(world->alloc, sizeof *value);
    if (!value) {
        sim_world_fail(world, SIM_ENOMEM);
        return NULL;
    }
    value->alloc = world->alloc;
    value->references = 1;
    snprintf(value->text, sizeof value->text, "%s", text);
    return value;
}

static sim_value cancelled_error(struct sim_world *world, sim_value message)
{
    (void)message;
    return story_value(world, "CancelledError");
}

static sim_value exception(struct sim_world *world, enum sim_exception which, sim_value subject,
                           sim_value cause)
{
    (void)subject, (void)cause;
    return story_value(world, sim_exception_type(which));
}

static sim_value exception_group(struct sim_world *world, const sim_value *errors, uint32_t count)
{
    char text[sizeof((struct story_value *)0)->text] = "Group[";
    for (uint32_t i = 0; i < count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i ? "," : "", text_of(errors[i]));
    }
    size_t used = strlen(text);
    snprintf(text + used, sizeof text - used, "]");
    return story_value(world, text);
}

static bool is_base_error(struct sim_world *world, sim_value value)
{
    (void)world;
    return strcmp(text_of(value), "SystemExit") == 0;
}

/* Items that begin with ! cannot be compared. */
static int less(struct sim_world *world, sim_value a, sim_value b, sim_value *error)
{
    if (*text_of(a) == '!' || *text_of(b) == '!') {
        *error = story_value(world, "Incomparable");
        return -1;
    }
    return strcmp(text_of(a), text_of(b)) < 0;
}

static uint32_t describe(struct sim_world *world, sim_value value, enum sim_flag_outcome outcome)
{
    (void)outcome;
    return value ? sim_trace_intern_z(world->trace, text_of(value)) : 0;
}

static void lost_error(struct sim_task *task, struct sim_task *parent, sim_value value)
{
    struct story *story = task->future.loop->world->guest_user;
    size_t used = strlen(story->log);
    (void)parent;
    snprintf(story->log + used, sizeof story->log - used, "lost!%s ", text_of(value));
}

/* --- objects ---------------------------------------------------------------------------------- */

static struct sim_lock *lock_of(struct story *story, char name)
{
    return name == 'C' ? &story->condition_lock : &story->locks[name == 'M'];
}

static struct sim_event_object *event_of(struct story *story, char name)
{
    return &story->events[name == 'F'];
}

static struct sim_queue *queue_of(struct story *story, char name)
{
    static const char names[] = "QRPZ";
    return &story->queues[strchr(names, name) - names];
}

static bool is_semaphore(char name)
{
    return name == 'S' || name == 'T';
}

static struct sim_semaphore *semaphore_of(struct story *story, char name)
{
    return &story->semaphores[name == 'T'];
}

/* A task that was started and may be awaited by the actor: none await each other. */
static struct sim_task *task_of(const struct story_actor *self, char name)
{
    bool may = name != 'm' && (name > self->name || self->name == 'm');
    return may ? self->story->actors[name - 'a'].task : NULL;
}

static bool release_object(struct story *story, char name)
{
    return is_semaphore(name) ? sim_semaphore_release(semaphore_of(story, name))
                              : sim_lock_release(lock_of(story, name));
}

static struct sim_frame *acquire_object(struct story_actor *self, char name)
{
    if (is_semaphore(name))
        sim_semaphore_acquire_init(&self->op.semaphore, semaphore_of(self->story, name));
    else
        sim_lock_acquire_init(&self->op.lock, lock_of(self->story, name));
    return &self->op.lock.frame;
}

/* --- outcomes --------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void say(struct story_actor *self, const char *format,
                                                      ...)
{
    struct story *story = self->story;
    size_t used = strlen(story->log);
    va_list args;
    va_start(args, format);
    if (used < sizeof story->log)
        vsnprintf(story->log + used, sizeof story->log - used, format, args);
    va_end(args);
}

static void set_outcome(struct story_actor *self, enum sim_flag_resume how, sim_value value)
{
    sim_value_drop(&self->story->world, &self->outcome.value);
    self->outcome = (struct sim_kept){.value = value, .how = (uint8_t)how};
    self->over &= how < SIM_RESUME_THROW;
}

static void raise_text(struct story_actor *self, const char *text)
{
    set_outcome(self, SIM_RESUME_THROW, story_value(&self->story->world, text));
}

static void take_future(struct story_actor *self, const struct sim_future *future)
{
    sim_value_retain(&self->story->world, future->value);
    set_outcome(self, SIM_RESUME_SEND, future->value);
}

static void log_step(struct story_actor *self, const char *what)
{
    struct story *story = self->story;
    say(self, "%c:%s", self->name, what);
    if (self->outcome.how >= SIM_RESUME_THROW)
        say(self, "!%s", text_of(self->outcome.value));
    else if (self->outcome.value)
        say(self, "=%s", text_of(self->outcome.value));
    say(self, "@%d ", (int)(story->world.now_ns / SECOND));
}

/* --- steps ------------------------------------------------------------------------------------ */

struct words {
    char verb[16];
    char first; /* of the second word */
    char second[32], third[32];
    int64_t seconds; /* the last word as a time; SIM_NO_TIMEOUT if it is none */
};

static struct words split(const char *step)
{
    struct words words = {.seconds = SIM_NO_TIMEOUT};
    sscanf(step, "%15s %31s %31s", words.verb, words.second, words.third);
    words.first = words.second[0];
    const char *last = words.third[0] ? words.third : words.second;
    if (*last && *last != '-' && strspn(last, "0123456789") == strlen(last))
        words.seconds = atoi(last) * SECOND;
    else if (*last == '-' && last[1])
        words.seconds = atoi(last) * SECOND;
    return words;
}

static bool is(const struct words *words, const char *verb)
{
    return strcmp(words->verb, verb) == 0;
}

static enum sim_flag_step story_body(struct sim_frame *frame);

static struct sim_task *start(struct story *story, char name)
{
    struct story_actor *actor = &story->actors[name - 'a'];
    char text[] = {name, '\0'};
    if (actor->task || !actor->steps[0])
        return NULL;
    sim_frame_init(&actor->frame, story_body, NULL);
    actor->task = sim_task_new(&story->loop, &actor->frame.coro, text);
    return actor->task;
}

static struct story_block *innermost(struct story_actor *self, char kind)
{
    for (uint32_t i = self->depth; i > 0; i--)
        if (self->blocks[i - 1].kind == kind)
            return &self->blocks[i - 1];
    return NULL;
}

static void create(struct story_actor *self, char name)
{
    struct story_block *block = innermost(self, 'G');
    const struct story_actor *actor = &self->story->actors[name - 'a'];
    self->skipped = !block || actor->task || !actor->steps[0];
    if (self->skipped)
        return;
    if (sim_group_state(&block->group) != SIM_GROUP_OPEN) {
        raise_text(self, "RuntimeError");
        return;
    }
    struct sim_task *task = start(self->story, name);
    if (task && sim_group_add(&block->group, task) < 0)
        raise_text(self, "MemoryError");
}

static void push_or_pop(struct story_actor *self, const struct words *words)
{
    struct sim_queue *queue = queue_of(self->story, words->first);
    sim_value value = NULL;
    enum sim_queue_answer answer;
    if (is(words, "push")) {
        sim_value item = story_value(&self->story->world, words->third);
        answer = item ? sim_queue_put_nowait(queue, item, &value) : SIM_QUEUE_RAISED;
        sim_value_drop(&self->story->world, &item);
    } else {
        answer = sim_queue_get_nowait(queue, &value);
    }
    if (answer == SIM_QUEUE_FULL || answer == SIM_QUEUE_EMPTY)
        raise_text(self, answer == SIM_QUEUE_FULL ? "QueueFull" : "QueueEmpty");
    else
        set_outcome(self, answer == SIM_QUEUE_OK ? SIM_RESUME_SEND : SIM_RESUME_THROW, value);
}

static void move_timeout(struct story_actor *self, int64_t delay_ns)
{
    struct story_block *block = innermost(self, 'T');
    int64_t deadline_ns = delay_ns == SIM_NO_TIMEOUT
                              ? SIM_NO_DEADLINE
                              : sim_time_after(self->story->world.now_ns, delay_ns);
    self->skipped = !block;
    if (block && !sim_timeout_reschedule(&block->timeout, deadline_ns))
        raise_text(self, "RuntimeError");
}

/* The steps on objects that do not wait; false if it is none. */
static bool do_object(struct story_actor *self, const struct words *words)
{
    struct story *story = self->story;
    bool refused = false;
    if (is(words, "release"))
        refused = !release_object(story, words->first);
    else if (is(words, "set"))
        sim_event_object_set(event_of(story, words->first));
    else if (is(words, "clear"))
        sim_event_object_clear(event_of(story, words->first));
    else if (is(words, "notify"))
        refused = !sim_condition_notify(&story->condition, words->seconds / SECOND);
    else if (is(words, "done"))
        refused = !sim_queue_task_done(queue_of(story, words->first));
    else if (is(words, "push") || is(words, "pop"))
        push_or_pop(self, words);
    else
        return false;
    if (refused)
        raise_text(self, is(words, "done") || words->first == 'T' ? "ValueError" : "RuntimeError");
    return true;
}

/* The other steps that do not wait; false if it is none. */
static bool do_at_once(struct story_actor *self, const struct words *words)
{
    struct story *story = self->story;
    if (is(words, "start")) {
        self->skipped = !start(story, words->first);
    } else if (is(words, "cancel")) {
        struct sim_task *task = story->actors[words->first - 'a'].task;
        self->skipped = !task;
        if (task)
            sim_task_cancel(task, NULL);
    } else if (is(words, "uncancel")) {
        sim_task_uncancel(self->task);
    } else if (is(words, "raise")) {
        raise_text(self, words->second);
    } else if (is(words, "return")) {
        self->over = true;
        set_outcome(self, SIM_RESUME_SEND, story_value(&story->world, words->second));
    } else if (is(words, "create")) {
        create(self, words->first);
    } else if (is(words, "move")) {
        move_timeout(self, words->seconds);
    } else {
        return do_object(self, words);
    }
    return true;
}

static enum sim_flag_step event_is_set(void *user, bool *holds, sim_value *value)
{
    struct story_actor *self = user;
    struct words words = split(self->steps[self->step]);
    const struct sim_event_object *event = event_of(self->story, words.third[0]);
    *holds = event->is_set;
    *value = story_value(&self->story->world, event->is_set ? "True" : "False");
    return *value ? SIM_STEP_RETURN : SIM_STEP_RAISE;
}

/* The tasks that a word names, those that may be awaited. */
static uint32_t futures_of(const struct story_actor *self, const char *names,
                           struct sim_future **out)
{
    uint32_t count = 0;
    for (; *names; names++) {
        struct sim_task *task = task_of(self, *names);
        if (task)
            out[count++] = &task->future;
    }
    return count;
}

static struct sim_frame *wait_many(struct story_actor *self, const struct words *words)
{
    struct sim_future *futures[32];
    uint32_t count = futures_of(self, words->second, futures);
    int error;
    self->skipped = count == 0;
    if (count == 0)
        return NULL;
    if (is(words, "completed")) {
        error = sim_as_completed_init(&self->completed, &self->story->loop, futures, count,
                                      words->seconds);
        if (error == 0) {
            self->left = self->completed.count;
            sim_as_completed_next_init(&self->op.next, &self->completed);
        }
    } else {
        error = sim_wait_init(&self->op.wait, futures, count,
                              is(words, "wait_all")     ? SIM_COMBINE_WAIT_ALL_COMPLETED
                              : is(words, "wait_first") ? SIM_COMBINE_WAIT_FIRST_COMPLETED
                                                        : SIM_COMBINE_WAIT_FIRST_EXCEPTION,
                              words->seconds);
    }
    if (error == 0)
        return &self->op.wait.frame;
    raise_text(self, "MemoryError");
    return NULL;
}

static struct sim_frame *call_queue(struct story_actor *self, const struct words *words)
{
    struct sim_queue *queue = queue_of(self->story, words->first);
    if (is(words, "get")) {
        sim_queue_get_init(&self->op.queue, queue);
    } else if (is(words, "join")) {
        sim_queue_join_init(&self->op.join, queue);
    } else {
        sim_value item = story_value(&self->story->world, words->third);
        sim_queue_put_init(&self->op.queue, queue, item);
        sim_value_drop(&self->story->world, &item);
    }
    return &self->op.queue.frame;
}

static struct sim_frame *call_wait(struct story_actor *self, char object)
{
    if (object == 'C')
        sim_condition_wait_init(&self->op.condition, &self->story->condition);
    else if (object == 'B')
        sim_barrier_wait_init(&self->op.barrier, &self->story->barrier);
    else
        sim_event_object_wait_init(&self->op.event, event_of(self->story, object));
    return &self->op.event.frame;
}

/* Prepares a step that is a call; NULL if it is none. */
static struct sim_frame *call_of(struct story_actor *self, const struct words *words)
{
    struct story *story = self->story;
    if (is(words, "acquire") || is(words, "with"))
        return acquire_object(self, words->first);
    if (is(words, "wait"))
        return call_wait(self, words->first);
    if (is(words, "get") || is(words, "put") || is(words, "join"))
        return call_queue(self, words);
    if (is(words, "wait_until")) {
        sim_condition_wait_for_init(&self->op.condition_for, &story->condition, event_is_set, self);
    } else if (is(words, "reset")) {
        sim_barrier_reset_init(&self->op.change, &story->barrier);
    } else if (is(words, "abort")) {
        sim_barrier_abort_init(&self->op.change, &story->barrier);
    } else if (is(words, "wait_for")) {
        struct sim_task *task = task_of(self, words->first);
        self->skipped = !task;
        if (!task)
            return NULL;
        sim_wait_for_init(&self->op.wait_for, &task->future, words->seconds);
    } else {
        return strncmp(words->verb, "wait_", 5) == 0 || is(words, "completed")
                   ? wait_many(self, words)
                   : NULL;
    }
    return &self->op.event.frame;
}

/* What a plain await is for, a new reference; NULL if the step is none. */
static struct sim_future *awaited_of(struct story_actor *self, const struct words *words)
{
    bool shield = is(words, "shield");
    if (!shield && !is(words, "await"))
        return NULL;
    struct sim_task *task = task_of(self, words->first);
    self->skipped = !task;
    if (!task)
        return NULL;
    if (shield)
        return sim_shield(&task->future);
    sim_future_retain(&task->future);
    return &task->future;
}

/* --- what a call gives ------------------------------------------------------------------------ */

/* Which of the tasks are done, a slash, which are not. */
static void text_of_wait(const struct story_actor *self, const char *names, char *text)
{
    for (int done = 1; done >= 0; done--) {
        for (const char *name = names; *name; name++) {
            const struct sim_task *task = task_of(self, *name);
            if (task && sim_future_done(&task->future) == done && strchr(names, *name) == name)
                text[strlen(text)] = *name;
        }
        if (done)
            text[strlen(text)] = '/';
    }
}

/* The result of a call that returned. */
static void take_result(struct story_actor *self, const struct words *words)
{
    char text[80] = "";
    sim_value value = self->frame.returned;
    self->frame.returned = NULL;
    if (is(words, "wait_all") || is(words, "wait_first") || is(words, "wait_failed"))
        text_of_wait(self, words->second, text);
    else if (is(words, "wait") && words->first == 'B')
        snprintf(text, sizeof text, "%u", self->op.barrier.index);
    if (text[0])
        value = story_value(&self->story->world, text);
    set_outcome(self, SIM_RESUME_SEND, value);
}

/* What the frame was resumed with after an await: keeps an exception; true if there is one. */
static bool raised(struct story_actor *self)
{
    if (self->frame.how < SIM_RESUME_THROW)
        return false;
    sim_frame_keep(&self->frame, &self->outcome);
    self->over = false;
    return true;
}

/* --- blocks ----------------------------------------------------------------------------------- */

/* The step that ends the block that begins at `step`. */
static uint32_t end_of(const struct story_actor *self, uint32_t step)
{
    static const char *const openers[] = {"try", "guard", "with", "timeout", "group"};
    int depth = 0;
    for (; self->steps[step]; step++) {
        struct words words = split(self->steps[step]);
        for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
            depth += is(&words, openers[i]);
        if (is(&words, "end") && --depth == 0)
            return step;
    }
    return step - 1;
}

/* Enters a block, if the step is the beginning of one (of a `with` once it is acquired). */
static void enter(struct story_actor *self, const struct words *words)
{
    struct sim_world *world = &self->story->world;
    char kind = is(words, "try")       ? 't'
                : is(words, "guard")   ? 'g'
                : is(words, "with")    ? 'w'
                : is(words, "timeout") ? 'T'
                : is(words, "group")   ? 'G'
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
            raise_text(self, "RuntimeError");
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
            raise_text(self, "TimeoutError");
    } else if (block->kind == 'w') {
        if (!release_object(self->story, block->object))
            raise_text(self, block->object == 'T' ? "ValueError" : "RuntimeError");
    } else if (how >= SIM_RESUME_THROW && (block->kind == 't' || !cancelled)) {
        log_step(self, "caught");
        set_outcome(self, SIM_RESUME_SEND, NULL);
    }
}

/* --- the coroutine ---------------------------------------------------------------------------- */

/* How the actor ends. */
static enum sim_flag_step finish(struct story_actor *self)
{
    struct sim_frame *frame = &self->frame;
    say(self, "%c.", self->name);
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
    struct words words = split(self->steps[self->step]);
    *future = NULL;
    if (self->left > 0) {
        sim_as_completed_next_init(&self->op.next, &self->completed);
        return &self->op.next.frame;
    }
    set_outcome(self, SIM_RESUME_SEND, NULL);
    if (do_at_once(self, &words))
        return NULL;
    *future = awaited_of(self, &words);
    return *future || self->skipped ? NULL : call_of(self, &words);
}

/* Logs the step that ended, and goes on to the next one. */
static void end_step(struct story_actor *self)
{
    struct words words = split(self->steps[self->step]);
    bool raises = self->outcome.how >= SIM_RESUME_THROW;
    log_step(self, self->skipped ? "-" : self->steps[self->step]);
    if (self->left > 0) {
        bool more = --self->left > 0 && self->outcome.how != SIM_RESUME_CANCEL;
        if (!more) {
            self->left = 0;
            sim_as_completed_fini(&self->completed);
        }
        if (self->outcome.how == SIM_RESUME_THROW)
            set_outcome(self, SIM_RESUME_SEND, NULL);
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
        set_outcome(self, SIM_RESUME_SEND, NULL);
    log_step(self, "end");
    self->step = block->step + 1;
}

static enum sim_flag_step story_body(struct sim_frame *frame)
{
    struct story_actor *self = (struct story_actor *)(void *)frame;
    struct story_block *block = NULL;
    struct sim_frame *call;
    struct words words;
    SIM_CO_BEGIN(frame);
    for (;;) {
        block = block_to_leave(self);
        if (block) {
            if (block->kind == 'G') {
                sim_group_exit_init(&self->op.leave, &block->group,
                                    (enum sim_flag_resume)self->outcome.how, self->outcome.value);
                SIM_CO_TRY_CALL(frame, &self->op.leave.frame);
                raised(self);
            } else {
                leave(self, block);
            }
            after_block(self, &self->blocks[self->depth - 1]);
            continue;
        }
        if (self->outcome.how >= SIM_RESUME_THROW || self->over || !self->steps[self->step])
            return finish(self);
        words = split(self->steps[self->step]);
        self->skipped = false;
        if (is(&words, "yield")) {
            set_outcome(self, SIM_RESUME_SEND, NULL);
            SIM_CO_SUSPEND(frame, SIM_STEP_YIELD);
            raised(self);
        } else if (is(&words, "sleep")) {
            set_outcome(self, SIM_RESUME_SEND, NULL);
            SIM_CO_TRY_SLEEP(frame, words.seconds);
            raised(self);
        } else {
            call = begin_step(self, &self->future);
            if (call) {
                SIM_CO_TRY_CALL(frame, call);
                words = split(self->steps[self->step]);
                if (!raised(self))
                    take_result(self, &words);
            } else if (self->future) {
                SIM_CO_TRY_AWAIT(frame, self->future);
                if (!raised(self))
                    take_future(self, self->future);
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
    struct sim_task *main = timer ? start(story, 'm') : NULL;
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
    story->guest = (struct sim_guest){
        .retain = retain,
        .release = release,
        .describe = describe,
        .cancelled_error = cancelled_error,
        .exception = exception,
        .exception_group = exception_group,
        .is_base_error = is_base_error,
        .lost_error = lost_error,
        .less = less,
    };
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
