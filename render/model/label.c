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

size_t rnd_label_place(const struct rnd_model *model, uint32_t file, uint32_t line, char *out,
                       size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    if (file == 0 || file >= model->file_count) {
        rnd_text_put(&text, "line %" PRIu32, line);
    } else {
        put_text(model, &text, model->files[file].name);
        rnd_text_put(&text, ":%" PRIu32, line);
    }
    return text.used;
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

const char *rnd_label_state(enum rnd_task_state state)
{
    switch (state) {
    case RND_TASK_UNBORN:
        return "to come";
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
    case RND_TASK_TIMED_OUT:
        return "timed out";
    case RND_TASK_STATES:
    default:
        return "";
    }
}
