/* What each step of a story does. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story_parts.h"

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

bool story_release(struct story *story, char name)
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

void story_say(struct story_actor *self, const char *format, ...)
{
    struct story *story = self->story;
    size_t used = strlen(story->log);
    va_list args;
    va_start(args, format);
    if (used < sizeof story->log)
        vsnprintf(story->log + used, sizeof story->log - used, format, args);
    va_end(args);
}

void story_set_outcome(struct story_actor *self, enum sim_flag_resume how, sim_value value)
{
    sim_value_drop(&self->story->world, &self->outcome.value);
    self->outcome = (struct sim_kept){.value = value, .how = (uint8_t)how};
    self->over &= how < SIM_RESUME_THROW;
}

void story_raise(struct story_actor *self, const char *text)
{
    story_set_outcome(self, SIM_RESUME_THROW, story_value(&self->story->world, text));
}

void story_take_future(struct story_actor *self, const struct sim_future *future)
{
    sim_value_retain(&self->story->world, future->value);
    story_set_outcome(self, SIM_RESUME_SEND, future->value);
}

void story_log(struct story_actor *self, const char *what)
{
    struct story *story = self->story;
    story_say(self, "%c:%s", self->name, what);
    if (self->outcome.how >= SIM_RESUME_THROW)
        story_say(self, "!%s", story_text_of(self->outcome.value));
    else if (self->outcome.value)
        story_say(self, "=%s", story_text_of(self->outcome.value));
    story_say(self, "@%d ", (int)(story->world.now_ns / SECOND));
}

/* --- steps ------------------------------------------------------------------------------------ */

struct story_words story_split(const char *step)
{
    struct story_words words = {.seconds = SIM_NO_TIMEOUT};
    sscanf(step, "%15s %31s %31s", words.verb, words.second, words.third);
    words.first = words.second[0];
    const char *last = words.third[0] ? words.third : words.second;
    if (*last && *last != '-' && strspn(last, "0123456789") == strlen(last))
        words.seconds = atoi(last) * SECOND;
    else if (*last == '-' && last[1])
        words.seconds = atoi(last) * SECOND;
    return words;
}

bool story_is(const struct story_words *words, const char *verb)
{
    return strcmp(words->verb, verb) == 0;
}

struct sim_task *story_start(struct story *story, char name)
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
        story_raise(self, "RuntimeError");
        return;
    }
    struct sim_task *task = story_start(self->story, name);
    if (task && sim_group_add(&block->group, task) < 0)
        story_raise(self, "MemoryError");
}

static void push_or_pop(struct story_actor *self, const struct story_words *words)
{
    struct sim_queue *queue = queue_of(self->story, words->first);
    sim_value value = NULL;
    enum sim_queue_answer answer;
    if (story_is(words, "push")) {
        sim_value item = story_value(&self->story->world, words->third);
        answer = item ? sim_queue_put_nowait(queue, item, &value) : SIM_QUEUE_RAISED;
        sim_value_drop(&self->story->world, &item);
    } else {
        answer = sim_queue_get_nowait(queue, &value);
    }
    if (answer == SIM_QUEUE_FULL || answer == SIM_QUEUE_EMPTY)
        story_raise(self, answer == SIM_QUEUE_FULL ? "QueueFull" : "QueueEmpty");
    else
        story_set_outcome(self, answer == SIM_QUEUE_OK ? SIM_RESUME_SEND : SIM_RESUME_THROW, value);
}

static void move_timeout(struct story_actor *self, int64_t delay_ns)
{
    struct story_block *block = innermost(self, 'T');
    int64_t deadline_ns = delay_ns == SIM_NO_TIMEOUT
                              ? SIM_NO_DEADLINE
                              : sim_time_after(self->story->world.now_ns, delay_ns);
    self->skipped = !block;
    if (block && !sim_timeout_reschedule(&block->timeout, deadline_ns))
        story_raise(self, "RuntimeError");
}

/* The steps on objects that do not wait; false if it is none. */
static bool do_object(struct story_actor *self, const struct story_words *words)
{
    struct story *story = self->story;
    bool refused = false;
    if (story_is(words, "release"))
        refused = !story_release(story, words->first);
    else if (story_is(words, "set"))
        sim_event_object_set(event_of(story, words->first));
    else if (story_is(words, "clear"))
        sim_event_object_clear(event_of(story, words->first));
    else if (story_is(words, "notify"))
        refused = !sim_condition_notify(&story->condition, words->seconds / SECOND);
    else if (story_is(words, "done"))
        refused = !sim_queue_task_done(queue_of(story, words->first));
    else if (story_is(words, "push") || story_is(words, "pop"))
        push_or_pop(self, words);
    else
        return false;
    if (refused)
        story_raise(self,
                    story_is(words, "done") || words->first == 'T' ? "ValueError" : "RuntimeError");
    return true;
}

/* The other steps that do not wait; false if it is none. */
bool story_do(struct story_actor *self, const struct story_words *words)
{
    struct story *story = self->story;
    if (story_is(words, "start")) {
        self->skipped = !story_start(story, words->first);
    } else if (story_is(words, "cancel")) {
        struct sim_task *task = story->actors[words->first - 'a'].task;
        self->skipped = !task;
        if (task)
            sim_task_cancel(task, NULL);
    } else if (story_is(words, "uncancel")) {
        sim_task_uncancel(self->task);
    } else if (story_is(words, "raise")) {
        story_raise(self, words->second);
    } else if (story_is(words, "return")) {
        self->over = true;
        story_set_outcome(self, SIM_RESUME_SEND, story_value(&story->world, words->second));
    } else if (story_is(words, "create")) {
        create(self, words->first);
    } else if (story_is(words, "move")) {
        move_timeout(self, words->seconds);
    } else {
        return do_object(self, words);
    }
    return true;
}

static enum sim_flag_step event_is_set(void *user, bool *holds, sim_value *value)
{
    struct story_actor *self = user;
    struct story_words words = story_split(self->steps[self->step]);
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

static struct sim_frame *wait_many(struct story_actor *self, const struct story_words *words)
{
    struct sim_future *futures[32];
    uint32_t count = futures_of(self, words->second, futures);
    int error;
    self->skipped = count == 0;
    if (count == 0)
        return NULL;
    if (story_is(words, "completed")) {
        error = sim_as_completed_init(&self->completed, &self->story->loop, futures, count,
                                      words->seconds, NULL);
        if (error == 0) {
            self->left = self->completed.count;
            sim_as_completed_next_init(&self->op.next, &self->completed);
        }
    } else {
        error = sim_wait_init(&self->op.wait, futures, count,
                              story_is(words, "wait_all")     ? SIM_COMBINE_WAIT_ALL_COMPLETED
                              : story_is(words, "wait_first") ? SIM_COMBINE_WAIT_FIRST_COMPLETED
                                                              : SIM_COMBINE_WAIT_FIRST_EXCEPTION,
                              words->seconds);
    }
    if (error == 0)
        return &self->op.wait.frame;
    story_raise(self, "MemoryError");
    return NULL;
}

static struct sim_frame *call_queue(struct story_actor *self, const struct story_words *words)
{
    struct sim_queue *queue = queue_of(self->story, words->first);
    if (story_is(words, "get")) {
        sim_queue_get_init(&self->op.queue, queue);
    } else if (story_is(words, "join")) {
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
struct sim_frame *story_call_of(struct story_actor *self, const struct story_words *words)
{
    struct story *story = self->story;
    if (story_is(words, "acquire") || story_is(words, "with"))
        return acquire_object(self, words->first);
    if (story_is(words, "wait"))
        return call_wait(self, words->first);
    if (story_is(words, "get") || story_is(words, "put") || story_is(words, "join"))
        return call_queue(self, words);
    if (story_is(words, "wait_until")) {
        sim_condition_wait_for_init(&self->op.condition_for, &story->condition, event_is_set, self);
    } else if (story_is(words, "reset")) {
        sim_barrier_reset_init(&self->op.change, &story->barrier);
    } else if (story_is(words, "abort")) {
        sim_barrier_abort_init(&self->op.change, &story->barrier);
    } else if (story_is(words, "wait_for")) {
        struct sim_task *task = task_of(self, words->first);
        self->skipped = !task;
        if (!task)
            return NULL;
        sim_wait_for_init(&self->op.wait_for, &task->future, words->seconds);
    } else {
        return strncmp(words->verb, "wait_", 5) == 0 || story_is(words, "completed")
                   ? wait_many(self, words)
                   : NULL;
    }
    return &self->op.event.frame;
}

/* What a plain await is for, a new reference; NULL if the step is none. */
struct sim_future *story_awaited_of(struct story_actor *self, const struct story_words *words)
{
    bool shield = story_is(words, "shield");
    if (!shield && !story_is(words, "await"))
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
void story_take_result(struct story_actor *self, const struct story_words *words)
{
    char text[80] = "";
    sim_value value = self->frame.returned;
    self->frame.returned = NULL;
    if (story_is(words, "wait_all") || story_is(words, "wait_first") ||
        story_is(words, "wait_failed"))
        text_of_wait(self, words->second, text);
    else if (story_is(words, "wait") && words->first == 'B')
        snprintf(text, sizeof text, "%u", self->op.barrier.index);
    if (text[0])
        value = story_value(&self->story->world, text);
    story_set_outcome(self, SIM_RESUME_SEND, value);
}

/* What the frame was resumed with after an await: keeps an exception; true if there is one. */
bool story_raised(struct story_actor *self)
{
    if (self->frame.how < SIM_RESUME_THROW)
        return false;
    sim_frame_keep(&self->frame, &self->outcome);
    self->over = false;
    return true;
}
