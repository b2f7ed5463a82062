#include "inspect_write.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- rows ------------------------------------------------------------------------------------- */

struct rnd_fact *rnd_inspection_add(struct rnd_inspection *in, enum rnd_fact_style style)
{
    struct rnd_facts *facts = in->facts;
    /* The last place takes all that there is no room for. */
    if (facts->count == RND_FACTS_MAX)
        facts->count--;
    struct rnd_fact *fact = &facts->items[facts->count++];
    fact->style = style;
    fact->thing = (struct rnd_thing){0};
    fact->at = RND_NEVER;
    fact->depth = 0;
    fact->label[0] = fact->text[0] = '\0';
    return fact;
}

void rnd_inspection_heading(struct rnd_inspection *in, const char *text)
{
    struct rnd_fact *fact = rnd_inspection_add(in, RND_FACT_HEADING);
    (void)snprintf(fact->text, sizeof fact->text, "%s", text);
}

struct rnd_fact *rnd_inspection_pair(struct rnd_inspection *in, const char *label,
                                     const char *format, ...)
{
    struct rnd_fact *fact = rnd_inspection_add(in, RND_FACT_PAIR);
    char all[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(all, sizeof all, format, args);
    va_end(args);
    struct rnd_text text = rnd_text_begin(fact->text, sizeof fact->text);
    rnd_text_put(&text, "%s", all);
    (void)snprintf(fact->label, sizeof fact->label, "%s", label);
    return fact;
}

struct rnd_fact *rnd_inspection_item(struct rnd_inspection *in, struct rnd_thing thing,
                                     uint32_t depth)
{
    struct rnd_fact *fact = rnd_inspection_add(in, RND_FACT_ITEM);
    rnd_inspect_name(in->model, thing, fact->text, sizeof fact->text);
    rnd_inspect_state(in->model, thing, in->now, fact->label, sizeof fact->label);
    fact->thing = thing;
    fact->depth = depth;
    return fact;
}

void rnd_inspection_more(struct rnd_inspection *in, uint32_t count)
{
    if (count > 0)
        (void)snprintf(rnd_inspection_add(in, RND_FACT_NOTE)->text, RND_FACT_TEXT_MAX,
                       "+ %" PRIu32 " more", count);
}

void rnd_inspection_tasks(struct rnd_inspection *in, const char *heading, const uint32_t *tasks,
                          uint32_t count)
{
    uint32_t listed = count < RND_FACTS_LIST_MAX ? count : RND_FACTS_LIST_MAX;
    if (count == 0)
        return;
    rnd_inspection_heading(in, heading);
    for (uint32_t i = 0; i < listed; i++)
        (void)rnd_inspection_item(in, (struct rnd_thing){RND_THING_TASK, tasks[i]}, 0);
    rnd_inspection_more(in, count - listed);
}

struct rnd_inspected_time rnd_inspection_time(int64_t ns)
{
    struct rnd_inspected_time time;
    (void)rnd_label_duration(ns, time.text, sizeof time.text);
    return time;
}

/* --- all of a thing --------------------------------------------------------------------------- */

bool rnd_inspect_is_there(const struct rnd_model *model, struct rnd_thing thing, uint32_t cursor)
{
    switch (thing.kind) {
    case RND_THING_TASK: {
        const struct rnd_lane *lane = rnd_model_lane(model, thing.id);
        return lane && lane->created <= cursor;
    }
    case RND_THING_TIMER:
        return thing.id < model->timer_count && model->timers[thing.id].armed <= cursor;
    case RND_THING_CALLBACK:
        return rnd_index_callback(model, thing.id) != NULL;
    case RND_THING_OBJECT:
        return thing.id < model->object_count && model->objects[thing.id].at <= cursor;
    case RND_THING_FUTURE:
        return thing.id != 0;
    case RND_THING_NONE:
    default:
        return false;
    }
}

void rnd_inspect(const struct rnd_model *model, struct rnd_thing thing, struct rnd_moment now,
                 struct rnd_facts *out)
{
    struct rnd_inspection in = {model, now, out};
    out->count = 0;
    if (!rnd_inspect_is_there(model, thing, now.cursor))
        return;
    switch (thing.kind) {
    case RND_THING_TASK:
        rnd_inspect_task(&in, thing.id);
        break;
    case RND_THING_TIMER:
        rnd_inspect_timer(&in, thing.id);
        break;
    case RND_THING_CALLBACK:
        rnd_inspect_callback(&in, thing.id);
        break;
    case RND_THING_OBJECT:
        rnd_inspect_object(&in, thing.id);
        break;
    case RND_THING_FUTURE:
        rnd_inspect_future(&in, thing.id);
        break;
    case RND_THING_NONE:
    default:
        break;
    }
}

void rnd_inspect_objects(const struct rnd_model *model, struct rnd_moment now,
                         struct rnd_facts *facts)
{
    struct rnd_inspection in = {model, now, facts};
    uint32_t listed = 0, more = 0;
    for (uint32_t i = 0; i < model->object_count; i++) {
        struct rnd_thing object = {RND_THING_OBJECT, i};
        if (!rnd_inspect_is_there(model, object, now.cursor))
            continue;
        if (listed == 0)
            rnd_inspection_heading(&in, "Locks, events, queues");
        more += listed == RND_FACTS_LIST_MAX;
        if (listed < RND_FACTS_LIST_MAX) {
            (void)rnd_inspection_item(&in, object, 0);
            listed++;
        }
    }
    rnd_inspection_more(&in, more);
}

/* --- what it is called ------------------------------------------------------------------------ */

static const char *const object_kinds[] = {
    "lock",    "event", "condition",      "semaphore", "bounded semaphore",
    "barrier", "queue", "priority queue", "LIFO queue"};
static const char *const combine_kinds[] = {
    "gather", "gather", "wait", "wait", "wait", "wait_for", "as_completed", "shield", "TaskGroup"};

static const char *kind_of(const char *const *kinds, size_t count, unsigned kind)
{
    return kinds[kind < count ? kind : 0];
}

static void name_object(const struct rnd_model *model, uint32_t index, struct rnd_text *text)
{
    const struct rnd_object *object = &model->objects[index];
    size_t count = sizeof object_kinds / sizeof *object_kinds, length;
    const char *name = rnd_model_text(model, object->name, &length);
    rnd_text_put(text, "%s", kind_of(object_kinds, count, object->kind));
    if (length && strcmp(name, text->out) != 0) {
        rnd_text_put(text, " ");
        rnd_text_add(text, name, length);
    }
}

static void name_future(const struct rnd_model *model, uint32_t future, struct rnd_text *text)
{
    const struct rnd_combine *combine = rnd_index_combine(model, future);
    size_t count = sizeof combine_kinds / sizeof *combine_kinds;
    if (combine)
        rnd_text_put(text, "%s", kind_of(combine_kinds, count, combine->kind));
    else
        rnd_text_put(text, "future #%" PRIu32, future);
}

void rnd_inspect_name(const struct rnd_model *model, struct rnd_thing thing, char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    if (!rnd_inspect_is_there(model, thing, model->event_count))
        return;
    if (thing.kind == RND_THING_TASK)
        (void)rnd_label_task(model, thing.id, out, size);
    else if (thing.kind == RND_THING_TIMER)
        (void)rnd_label_timer(model, &model->timers[thing.id], out, size);
    else if (thing.kind == RND_THING_CALLBACK)
        (void)rnd_label_handle(model, thing.id, out, size);
    else if (thing.kind == RND_THING_OBJECT)
        name_object(model, thing.id, &text);
    else
        name_future(model, thing.id, &text);
}

/* --- how it is -------------------------------------------------------------------------------- */

static void say_task(const struct rnd_model *model, uint32_t task, struct rnd_moment now,
                     struct rnd_text *text)
{
    struct rnd_lane_state state = rnd_state_lane(model, task, now.cursor);
    char words[RND_LABEL_MAX] = "";
    if (state.state == RND_TASK_SUSPENDED && state.span)
        (void)rnd_label_await_left(model, state.span, now, words, sizeof words);
    if (!*words)
        (void)rnd_label_doing(model, task, &state, words, sizeof words);
    rnd_text_put(text, "%s", words);
}

static void say_timer(const struct rnd_timer *timer, struct rnd_moment now, struct rnd_text *text)
{
    char left[RND_LABEL_MAX];
    if (timer->end <= now.cursor)
        rnd_text_put(text, "%s", timer->how == RND_TIMER_CANCELLED ? "cancelled" : "fired");
    else if (timer->deadline_ns <= now.time_ns)
        rnd_text_put(text, "%s", timer->deadline_ns < now.time_ns ? "late" : "due");
    else {
        (void)rnd_label_left(timer->deadline_ns - now.time_ns, left, sizeof left);
        rnd_text_put(text, "%s", left);
    }
}

static void say_object(const struct rnd_model *model, uint32_t index, uint32_t cursor,
                       struct rnd_text *text)
{
    const struct rnd_object *object = &model->objects[index];
    uint32_t level = rnd_inspect_level(model, index, cursor), holder;
    switch (object->kind) {
    case SIM_OBJECT_LOCK:
    case SIM_OBJECT_CONDITION:
        if (rnd_inspect_holders(model, index, cursor, &holder, 1)) {
            char name[RND_LABEL_MAX];
            (void)rnd_label_task(model, holder, name, sizeof name);
            rnd_text_put(text, "held by %s", name);
        } else {
            rnd_text_put(text, "free");
        }
        break;
    case SIM_OBJECT_EVENT:
        rnd_text_put(text, "%s", level ? "set" : "not set");
        break;
    case SIM_OBJECT_SEMAPHORE:
    case SIM_OBJECT_BOUNDED_SEMAPHORE:
        rnd_text_put(text, "%" PRIu32 " of %" PRIu32 " free", level, object->limit);
        break;
    case SIM_OBJECT_BARRIER:
        rnd_text_put(text, "%" PRIu32 " of %" PRIu32 " have come", level, object->limit);
        break;
    default:
        rnd_text_put(text, "%" PRIu32 " item%s", level, level == 1 ? "" : "s");
        if (object->limit)
            rnd_text_put(text, ", at most %" PRIu32, object->limit);
        break;
    }
}

static void say_future(const struct rnd_model *model, uint32_t future, uint32_t cursor,
                       struct rnd_text *text)
{
    static const char *const ends[] = {"done", "failed", "cancelled"};
    const struct rnd_combine *combine = rnd_index_combine(model, future);
    const struct rnd_level *level = combine ? rnd_index_level(model, combine->level, cursor) : NULL;
    uint32_t at;
    const struct sim_event *end = rnd_inspect_future_end(model, future, cursor, &at);
    if (end)
        rnd_text_put(text, "%s", ends[end->flag < 3 ? end->flag : 2]);
    else if (combine && combine->children)
        rnd_text_put(text, "%" PRIu32 " of %" PRIu32 " done", level ? level->value : 0,
                     combine->children);
    else
        rnd_text_put(text, "not done");
}

void rnd_inspect_state(const struct rnd_model *model, struct rnd_thing thing, struct rnd_moment now,
                       char *out, size_t size)
{
    struct rnd_text text = rnd_text_begin(out, size);
    if (!rnd_inspect_is_there(model, thing, now.cursor))
        return;
    if (thing.kind == RND_THING_TASK)
        say_task(model, thing.id, now, &text);
    else if (thing.kind == RND_THING_TIMER)
        say_timer(&model->timers[thing.id], now, &text);
    else if (thing.kind == RND_THING_OBJECT)
        say_object(model, thing.id, now.cursor, &text);
    else if (thing.kind == RND_THING_FUTURE)
        say_future(model, thing.id, now.cursor, &text);
    else
        rnd_text_put(&text, "callback");
}
