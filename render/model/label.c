#include "label.h"

#include <inttypes.h>
#include <string.h>

#include "index.h"
#include "text.h"

static void put_text(const struct rnd_model *model, struct rnd_text *text, uint32_t id)
{
    size_t length;
    const char *bytes = rnd_model_text(model, id, &length);
    rnd_text_add(text, bytes, length);
}

/* The name of a function without that of those around it: what is after the last "<locals>.". */
static void put_function(const struct rnd_model *model, struct rnd_text *text, uint32_t id)
{
    static const char mark[] = "<locals>.";
    const char *name = rnd_model_text(model, id, NULL), *inner;
    while ((inner = strstr(name, mark)))
        name = inner + sizeof mark - 1;
    rnd_text_add(text, name, strlen(name));
}

/* --- who -------------------------------------------------------------------------------------- */

static void put_task(const struct rnd_model *model, struct rnd_text *text, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    if (!lane) {
        rnd_text_put(text, "module");
    } else if (lane->naming != SIM_TASK_NAMED && lane->coroutine) {
        put_function(model, text, lane->coroutine);
        if (rnd_map_get(&model->index->twins, lane->coroutine) > 1)
            rnd_text_put(text, " #%" PRIu32, lane->twin);
    } else if (lane->name) {
        put_text(model, text, lane->name);
    } else {
        rnd_text_put(text, "task %" PRIu32, task);
    }
}

static void put_handle(const struct rnd_model *model, struct rnd_text *text, uint32_t handle)
{
    const struct rnd_callback *callback = rnd_index_callback(model, handle);
    const struct rnd_timer *timer =
        callback && callback->timer != RND_NEVER ? &model->timers[callback->timer] : NULL;
    if (timer && timer->kind == SIM_TIMER_SLEEP && timer->task) {
        rnd_text_put(text, "wake ");
        put_task(model, text, timer->task);
    } else if (callback && callback->name) {
        put_function(model, text, callback->name);
    } else {
        rnd_text_put(text, "callback");
    }
}

size_t rnd_label_task(const struct rnd_model *model, uint32_t task, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    put_task(model, &text, task);
    return text.used;
}

size_t rnd_label_handle(const struct rnd_model *model, uint32_t handle, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    put_handle(model, &text, handle);
    return text.used;
}

size_t rnd_label_push(const struct rnd_model *model, const struct rnd_push *push, char *out,
                      size_t size)
{
    return push->task ? rnd_label_task(model, push->task, out, size)
                      : rnd_label_handle(model, push->handle, out, size);
}

/* --- what ------------------------------------------------------------------------------------- */

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

static void put_gather(const struct rnd_model *model, struct rnd_text *text, uint32_t outer)
{
    const struct rnd_combine *combine = rnd_index_combine(model, outer);
    rnd_text_put(text, "gather");
    if (combine)
        rnd_text_put(text, " · %" PRIu32 " %s%s", combine->children,
                     combine->tasks == combine->children ? "task" : "awaitable",
                     combine->children == 1 ? "" : "s");
}

/* The name of a kind of await: "lock", "wait_for", "queue.get". */
static void put_kind(struct rnd_text *text, unsigned kind)
{
#define KIND_TEXT(set, name, text_) text_,
    static const char *const texts[] = {SIM_FLAGS_AWAIT(KIND_TEXT)};
#undef KIND_TEXT
    const char *name = texts[kind < RND_AWAIT_KINDS ? kind : SIM_AWAIT_FUTURE];
    if (strncmp(name, "queue_", 6) == 0)
        rnd_text_put(text, "queue.%s", name + 6);
    else
        rnd_text_put(text, "%s", name);
}

static void put_await(const struct rnd_model *model, struct rnd_text *text,
                      const struct rnd_span *span)
{
    bool timed = span->deadline_ns != RND_NO_TIME;
    int64_t length_ns =
        timed && span->deadline_ns > span->begin_ns ? span->deadline_ns - span->begin_ns : 0;
    if (span->state == RND_TASK_BLOCKING) {
        put_call(text, "time.sleep", length_ns);
    } else if (span->state != RND_TASK_SUSPENDED) {
        return;
    } else if (span->label) {
        put_text(model, text, span->label);
    } else if (span->await == SIM_AWAIT_SLEEP && timed) {
        put_call(text, "sleep", length_ns);
    } else if (span->await == SIM_AWAIT_GATHER) {
        put_gather(model, text, span->object);
    } else if (span->await == SIM_AWAIT_TASK && rnd_model_lane(model, span->object)) {
        rnd_text_put(text, "task ");
        put_task(model, text, span->object);
    } else {
        put_kind(text, span->await);
    }
}

size_t rnd_label_await(const struct rnd_model *model, const struct rnd_span *span, char *out,
                       size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    put_await(model, &text, span);
    return text.used;
}

size_t rnd_label_await_left(const struct rnd_model *model, const struct rnd_span *span,
                            int64_t now_ns, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    put_await(model, &text, span);
    if (text.used > 0 && span->deadline_ns != RND_NO_TIME) {
        char left[RND_LABEL_MAX];
        rnd_label_left(span->deadline_ns - now_ns, left, sizeof left);
        rnd_text_put(&text, " · %s", left);
    }
    return text.used;
}

size_t rnd_label_timer(const struct rnd_model *model, const struct rnd_timer *timer, char *out,
                       size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    if (timer->kind == SIM_TIMER_SLEEP && timer->task) {
        put_task(model, &text, timer->task);
        rnd_text_put(&text, " · ");
        put_call(&text, "sleep",
                 timer->deadline_ns > timer->armed_ns ? timer->deadline_ns - timer->armed_ns : 0);
    } else {
        put_handle(model, &text, timer->handle);
    }
    return text.used;
}

const char *rnd_label_state(enum rnd_task_state state)
{
    switch (state) {
    case RND_TASK_UNBORN:
        return "not yet created";
    case RND_TASK_READY:
        return "ready";
    case RND_TASK_RUNNING:
        return "running";
    case RND_TASK_SUSPENDED:
        return "suspended";
    case RND_TASK_BLOCKING:
        return "blocking";
    case RND_TASK_DONE:
        return "done";
    case RND_TASK_FAILED:
        return "failed";
    case RND_TASK_CANCELLED:
        return "cancelled";
    case RND_TASK_STATES:
    default:
        return "";
    }
}
