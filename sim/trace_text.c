/* Trace events as text, from trace_events.def. */
#include <inttypes.h>
#include <stdio.h>

#include "text.h"
#include "trace.h"

enum field_type { NONE, COUNT, TASK, FUTURE, HANDLE, OBJECT, THREAD, TEXT, LINE, NS };

struct field {
    enum field_type type;
    const char *label;
};

struct flag_set {
    const char *label;
    const char *const *texts;
    unsigned count;
};

#define FLAG_TEXT(set, name, text) text,
#define FLAG_TEXTS(lower, set)                                                                     \
    static const char *const lower##_texts[] = {SIM_FLAGS_##set(FLAG_TEXT)};
SIM_FLAG_SETS(FLAG_TEXTS)

enum flag_set_id {
    FLAG_NONE,
#define FLAG_SET_ID(lower, set) FLAG_##set,
    SIM_FLAG_SETS(FLAG_SET_ID)
};

static const struct flag_set flag_sets[] = {[FLAG_NONE] = {"", NULL, 0},
#define FLAG_SET_ROW(lower, set)                                                                   \
    [FLAG_##set] = {#lower, lower##_texts, sizeof lower##_texts / sizeof *lower##_texts},
                                            SIM_FLAG_SETS(FLAG_SET_ROW)};

static const struct kind {
    const char *name, *meaning;
    enum flag_set_id flag;
    struct field id, a, b;
} kinds[] = {
    [SIM_EV_NONE] = {"?", "not an event", FLAG_NONE, {NONE, ""}, {NONE, ""}, {NONE, ""}},
#define FIELD(type, label)                                                                         \
    {                                                                                              \
        type, label                                                                                \
    }
#define SIM_EVENT(name, text, id, flag, a, b, meaning)                                             \
    [SIM_EV_##name] = {text, meaning, FLAG_##flag, id, a, b},
#include "trace_events.def"
#undef FIELD
};

static const struct kind *kind_of(unsigned kind)
{
    return &kinds[kind < SIM_EV_KINDS ? kind : SIM_EV_NONE];
}

const char *sim_event_name(unsigned kind)
{
    return kind_of(kind)->name;
}

const char *sim_event_meaning(unsigned kind)
{
    return kind_of(kind)->meaning;
}

uint32_t sim_event_task(const struct sim_event *event)
{
    return kind_of(event->kind)->id.type == TASK ? event->id : 0;
}

static void put_quoted(struct sim_text *out, const char *text, size_t length)
{
    sim_text_put(out, "\"");
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '\n')
            sim_text_put(out, "\\n");
        else if (c == '"' || c == '\\')
            sim_text_put(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            sim_text_put(out, "\\x%02x", c);
        else
            sim_text_put(out, "%c", c);
    }
    sim_text_put(out, "\"");
}

/* Seconds with nine decimals, without going through floating point. */
static void put_seconds(struct sim_text *out, int64_t ns)
{
    uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
    sim_text_put(out, "%s%" PRIu64 ".%09" PRIu64, ns < 0 ? "-" : "", size / 1000000000,
                 size % 1000000000);
}

static void put_field(struct sim_text *out, const struct sim_trace_view *view,
                      const struct field *field, uint32_t value, int64_t ns)
{
    if (field->type == NONE)
        return;
    sim_text_put(out, " %s=", field->label);
    if (field->type == NS) {
        put_seconds(out, ns);
    } else if (field->type == TEXT) {
        size_t length;
        const char *text = sim_trace_text(view, value, &length);
        put_quoted(out, text, length);
    } else {
        sim_text_put(out, "%" PRIu32, value);
    }
}

static void put_flag(struct sim_text *out, const char *label, enum flag_set_id id, unsigned flag)
{
    const struct flag_set *set = &flag_sets[id];
    if (set->count > 0)
        sim_text_put(out, " %s=%s", label, flag < set->count ? set->texts[flag] : "?");
}

size_t sim_event_format(const struct sim_trace_view *view, const struct sim_event *event, char *out,
                        size_t size)
{
    const struct kind *kind = kind_of(event->kind);
    struct sim_text o = {out, size, 0};
    sim_text_put(&o, "%s", kind->name);
    put_field(&o, view, &kind->id, event->id, 0);
    put_flag(&o, flag_sets[kind->flag].label, kind->flag, event->flag);
    if (event->kind == SIM_EV_STEP_END && event->flag == SIM_STEP_AWAIT)
        put_flag(&o, "on", FLAG_AWAIT, event->aux);
    else if (event->aux)
        sim_text_put(&o, " aux=%u", event->aux);
    put_field(&o, view, &kind->a, event->a, event->ns);
    put_field(&o, view, &kind->b, event->b, 0);
    return o.length;
}
