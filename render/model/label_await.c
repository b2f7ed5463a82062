/* What is awaited, as text. */
#include <inttypes.h>
#include <string.h>

#include "index.h"
#include "label.h"
#include "state.h"
#include "text.h"

/* A text that another function writes into a buffer. */
static void put_task(const struct rnd_model *model, struct rnd_text *text, uint32_t task)
{
    char name[RND_LABEL_MAX];
    rnd_label_task(model, task, name, sizeof name);
    rnd_text_put(text, "%s", name);
}

static void put_text(const struct rnd_model *model, struct rnd_text *text, uint32_t id)
{
    size_t length;
    const char *bytes = rnd_model_text(model, id, &length);
    rnd_text_add(text, bytes, length);
}

static void put_duration(struct rnd_text *text, int64_t ns)
{
    char duration[RND_LABEL_MAX];
    rnd_label_duration(ns, duration, sizeof duration);
    rnd_text_put(text, "%s", duration);
}

/* A number of seconds as Python writes it. */
static void put_call(struct rnd_text *text, const char *function, int64_t ns)
{
    char digits[32];
    struct rnd_text number = rnd_text_begin(digits, sizeof digits);
    rnd_text_put(&number, "%" PRId64 ".%09" PRId64, ns / 1000000000, ns % 1000000000);
    while (digits[number.used - 1] == '0')
        number.used--;
    number.used -= digits[number.used - 1] == '.';
    rnd_text_put(text, "%s(%.*s)", function, (int)number.used, digits);
}

/* The name of a kind of await: "lock", "wait_for", "queue.get". */
static void put_kind(struct rnd_text *text, unsigned kind)
{
#define KIND_TEXT(set, name, text_) text_,
    static const char *const texts[] = {SIM_FLAGS_AWAIT(KIND_TEXT)};
#undef KIND_TEXT
    const char *name = texts[kind < RND_AWAIT_KINDS ? kind : SIM_AWAIT_FUTURE];
    if (kind == SIM_AWAIT_GROUP)
        rnd_text_put(text, "TaskGroup");
    else if (strncmp(name, "queue_", 6) == 0)
        rnd_text_put(text, "queue.%s", name + 6);
    else
        rnd_text_put(text, "%s", name);
}

/* A combinator: over how many, or how many of them are done. */
static void put_combine(const struct rnd_model *model, struct rnd_text *text,
                        const struct rnd_span *span, uint32_t cursor)
{
    const struct rnd_combine *combine = rnd_index_combine(model, span->object);
    put_kind(text, span->await);
    if (!combine || span->await == SIM_AWAIT_WAIT_FOR || span->await == SIM_AWAIT_SHIELD)
        return;
    const struct rnd_level *level = rnd_index_level(model, combine->level, cursor);
    if (level && level->value > 0)
        rnd_text_put(text, " · %" PRIu32 " of %" PRIu32 " done", level->value, level->of);
    else
        rnd_text_put(text, " · %s%" PRIu32 " %s%s",
                     combine->kind == SIM_COMBINE_WAIT_FIRST_COMPLETED ? "first of " : "",
                     combine->children, combine->tasks == combine->children ? "task" : "awaitable",
                     combine->children == 1 ? "" : "s");
}

/* A lock, a queue ...: with its name, and the place in its line. */
static void put_object(const struct rnd_model *model, struct rnd_text *text,
                       const struct rnd_span *span, uint32_t cursor)
{
    static const char *const endings[] = {"th", "st", "nd", "rd"};
    put_kind(text, span->await);
    if (span->wait == RND_NEVER)
        return;
    const struct rnd_object *object = &model->objects[model->waits[span->wait].object];
    /* One that is called as what it is needs no name. */
    if (object->name && strcmp(rnd_model_text(model, object->name, NULL), text->out) != 0) {
        rnd_text_put(text, " ");
        put_text(model, text, object->name);
    }
    const struct rnd_level *level = rnd_index_level(model, object->level, cursor);
    uint32_t place = rnd_index_place(model, span->wait, cursor);
    bool one_by_one = span->await == SIM_AWAIT_LOCK || span->await == SIM_AWAIT_SEMAPHORE ||
                      span->await == SIM_AWAIT_QUEUE_GET || span->await == SIM_AWAIT_QUEUE_PUT;
    if (span->await == SIM_AWAIT_BARRIER && level)
        rnd_text_put(text, " %" PRIu32 " of %" PRIu32, level->value, object->limit);
    else if (one_by_one && place == 1)
        rnd_text_put(text, ", next in line");
    else if (one_by_one && place > 1)
        rnd_text_put(text, ", %" PRIu32 "%s in line", place,
                     endings[place % 10 < 4 && place / 10 % 10 != 1 ? place % 10 : 0]);
}

/* What a task says that it awaits; a function in it without the names of those around it. */
static void put_label(const struct rnd_model *model, struct rnd_text *text, uint32_t id)
{
    static const char mark[] = "<locals>.";
    const char *label = rnd_model_text(model, id, NULL), *name = label, *inner;
    while ((inner = strstr(name, mark)))
        name = inner + sizeof mark - 1;
    const char *word = name;
    while (word > label && word[-1] != ' ')
        word--;
    rnd_text_add(text, label, (size_t)(word - label));
    rnd_text_add(text, name, strlen(name));
}

static void put_await(const struct rnd_model *model, struct rnd_text *text,
                      const struct rnd_span *span, uint32_t cursor)
{
    bool timed = span->deadline_ns != RND_NO_TIME;
    int64_t length_ns =
        timed && span->deadline_ns > span->begin_ns ? span->deadline_ns - span->begin_ns : 0;
    if (span->state == RND_TASK_BLOCKING) {
        put_call(text, span->await == SIM_BLOCK_COMPUTE ? "compute" : "time.sleep", length_ns);
    } else if (span->state != RND_TASK_SUSPENDED) {
        return;
    } else if (span->await >= SIM_AWAIT_LOCK && span->await <= SIM_AWAIT_QUEUE_JOIN &&
               (span->wait != RND_NEVER || !span->label)) {
        put_object(model, text, span, cursor);
    } else if (span->label) {
        put_label(model, text, span->label);
    } else if (timed && (span->await == SIM_AWAIT_SLEEP || span->await == SIM_AWAIT_THREAD)) {
        put_call(text, span->await == SIM_AWAIT_SLEEP ? "sleep" : "time.sleep", length_ns);
    } else if (span->await == SIM_AWAIT_TASK && rnd_model_lane(model, span->object)) {
        rnd_text_put(text, "task ");
        put_task(model, text, span->object);
    } else if (span->await == SIM_AWAIT_TASK) {
        rnd_text_put(text, "task");
    } else {
        put_combine(model, text, span, cursor);
    }
}

/* Whether it is by a timeout that the span ends at its deadline; then says when that is. */
static bool put_limit(const struct rnd_model *model, struct rnd_text *text,
                      const struct rnd_span *span)
{
    bool own = (span->await == SIM_AWAIT_WAIT || span->await == SIM_AWAIT_WAIT_FOR) &&
               span->deadline_ns != RND_NO_TIME;
    if (span->state != RND_TASK_SUSPENDED || (!own && span->limit == RND_NEVER))
        return false;
    rnd_text_put(text, " · timeout at ");
    put_duration(text, span->limit != RND_NEVER ? model->timers[span->limit].deadline_ns
                                                : span->deadline_ns);
    return true;
}

size_t rnd_label_await(const struct rnd_model *model, const struct rnd_span *span, char *out,
                       size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    put_await(model, &text, span, span->begin);
    put_limit(model, &text, span);
    return text.used;
}

size_t rnd_label_await_left(const struct rnd_model *model, const struct rnd_span *span,
                            struct rnd_moment now, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    put_await(model, &text, span, now.cursor);
    if (!put_limit(model, &text, span) && text.used > 0 && span->deadline_ns != RND_NO_TIME) {
        char left[RND_LABEL_MAX];
        rnd_label_left(span->deadline_ns - now.time_ns, left, sizeof left);
        rnd_text_put(&text, " · %s", left);
    }
    return text.used;
}

bool rnd_label_timer_is_of_task(const struct rnd_timer *timer)
{
    return timer->task && (timer->kind == SIM_TIMER_SLEEP || timer->use != RND_TIMER_PLAIN);
}

size_t rnd_label_timer(const struct rnd_model *model, const struct rnd_timer *timer, char *out,
                       size_t size)
{
    static const char *const uses[] = {"sleep", "wait", "wait_for", "timeout"};
    struct rnd_text text = rnd_text_begin(out, size);
    bool sleep = timer->kind == SIM_TIMER_SLEEP;
    if (rnd_label_timer_is_of_task(timer)) {
        put_task(model, &text, timer->task);
        rnd_text_put(&text, " · ");
        put_call(&text, uses[sleep ? RND_TIMER_PLAIN : timer->use],
                 timer->deadline_ns > timer->armed_ns ? timer->deadline_ns - timer->armed_ns : 0);
    } else {
        (void)rnd_label_handle(model, timer->handle, out, size);
        text.used = strlen(out);
    }
    return text.used;
}

size_t rnd_label_doing(const struct rnd_model *model, uint32_t task,
                       const struct rnd_lane_state *state, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    const struct rnd_span *span = state->span;
    if (!(task & RND_THREAD) || !span) {
        rnd_text_put(&text, "%s", rnd_label_state(state->state));
        return text.used;
    }
    rnd_text_put(&text, "thread · ");
    if (state->state == RND_TASK_UNBORN)
        rnd_text_put(&text, "idle");
    else if (state->state == RND_TASK_SUSPENDED)
        rnd_text_put(&text, span->deadline_ns != RND_NO_TIME ? "asleep" : "blocked");
    else
        rnd_text_put(&text, "%s", rnd_label_state(state->state));
    if (state->state == RND_TASK_RUNNING && span->label) {
        rnd_text_put(&text, " ");
        put_label(model, &text, span->label);
    }
    return text.used;
}
