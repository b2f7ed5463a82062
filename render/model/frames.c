#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How much there is to copy. */
struct amount {
    uint32_t calls, locals, lines;
    size_t bytes;
};

static size_t text_size(const struct sim_trace_view *trace, uint32_t id)
{
    size_t length;
    (void)sim_trace_text(trace, id, &length);
    return length + 1;
}

static struct amount measure(const struct sim_trace_view *trace)
{
    struct amount amount = {0};
    for (size_t i = 0; i < trace->count; i++) {
        const struct sim_event *event = &trace->events[i];
        bool call = event->kind == SIM_EV_FRAME;
        bool local = event->kind == SIM_EV_LOCAL && amount.calls > 0;
        amount.calls += call;
        amount.locals += local;
        if (call || local)
            amount.bytes += text_size(trace, event->a) + text_size(trace, event->b);
        if (event->kind == SIM_EV_TRACEBACK) {
            amount.lines++;
            amount.bytes += text_size(trace, event->a);
        }
    }
    return amount;
}

/* Copies a text to where there is room for it. */
static const char *copy(const struct sim_trace_view *trace, uint32_t id, char **room)
{
    size_t size = text_size(trace, id);
    char *text = memcpy(*room, sim_trace_text(trace, id, NULL), size);
    *room += size;
    return text;
}

/* The index of a file that lines of it were run of by now. */
static uint32_t source_of(const struct rnd_model *model, const char *name)
{
    for (uint32_t i = 0; i < model->file_count; i++)
        if (strcmp(name, rnd_model_text(model, model->files[i].name, NULL)) == 0)
            return i;
    return RND_NEVER;
}

static void fill(const struct rnd_model *model, struct rnd_frames *frames,
                 const struct sim_trace_view *trace)
{
    char *room = frames->texts;
    struct rnd_call *call = NULL;
    for (size_t i = 0; i < trace->count; i++) {
        const struct sim_event *event = &trace->events[i];
        if (event->kind == SIM_EV_FRAME) {
            call = &frames->calls[frames->call_count++];
            *call = (struct rnd_call){
                .task = event->id, .line = event->aux, .first_local = frames->local_count};
            call->function = copy(trace, event->a, &room);
            call->file = copy(trace, event->b, &room);
            call->source = source_of(model, call->file);
        } else if (event->kind == SIM_EV_LOCAL && call) {
            struct rnd_local *local = &frames->locals[frames->local_count++];
            local->name = copy(trace, event->a, &room);
            local->value = copy(trace, event->b, &room);
            call->local_count++;
        } else if (event->kind == SIM_EV_TRACEBACK) {
            frames->raised_by = event->id;
            frames->traceback[frames->traceback_count++] = copy(trace, event->a, &room);
        }
    }
}

/* Whether the run went the same way up to the cursor, whose own event it leaves out. */
static bool is_same(const struct rnd_model *model, uint32_t cursor,
                    const struct sim_trace_view *stopped)
{
    const struct sim_event *all = model->view.events;
    size_t count = cursor ? cursor - 1 : 0;
    return cursor <= model->event_count && stopped->count >= count &&
           memcmp(stopped->events, all, count * sizeof *all) == 0;
}

int rnd_frames_take(const struct rnd_model *model, uint32_t cursor,
                    const struct sim_trace_view *stopped, struct rnd_frames *out)
{
    *out = (struct rnd_frames){.cursor = cursor};
    if (!is_same(model, cursor, stopped))
        return SIM_EINVAL;
    size_t skip = cursor ? cursor - 1 : 0;
    struct sim_trace_view rest = *stopped;
    rest.events += skip;
    rest.count -= skip;
    struct amount amount = measure(&rest);
    out->calls = calloc(amount.calls + (size_t)1, sizeof *out->calls);
    out->locals = calloc(amount.locals + (size_t)1, sizeof *out->locals);
    out->traceback = calloc(amount.lines + (size_t)1, sizeof *out->traceback);
    out->texts = malloc(amount.bytes + 1);
    if (!out->calls || !out->locals || !out->traceback || !out->texts) {
        rnd_frames_close(out);
        return SIM_ENOMEM;
    }
    fill(model, out, &rest);
    return 0;
}

void rnd_frames_close(struct rnd_frames *frames)
{
    free(frames->calls);
    free(frames->locals);
    free(frames->traceback);
    free(frames->texts);
    *frames = (struct rnd_frames){0};
}

uint32_t rnd_frames_of(const struct rnd_frames *frames, uint32_t task, uint32_t *first)
{
    uint32_t count = 0, i = 0;
    while (i < frames->call_count && frames->calls[i].task != task)
        i++;
    *first = i;
    while (i + count < frames->call_count && frames->calls[i + count].task == task)
        count++;
    return count;
}

bool rnd_frames_changed(const struct rnd_frames *before, const struct rnd_call *call,
                        uint32_t depth, const struct rnd_local *local)
{
    uint32_t first, count = rnd_frames_of(before, call->task, &first);
    if (depth >= count)
        return false;
    const struct rnd_call *old = &before->calls[first + depth];
    if (strcmp(old->function, call->function) != 0 || strcmp(old->file, call->file) != 0)
        return false;
    for (uint32_t i = 0; i < old->local_count; i++)
        if (strcmp(before->locals[old->first_local + i].name, local->name) == 0)
            return strcmp(before->locals[old->first_local + i].value, local->value) != 0;
    return true;
}

uint32_t rnd_frames_place(const struct rnd_model *model, const char *traceback_line, uint32_t *line)
{
    static const char begin[] = "  File \"", middle[] = "\", line ";
    const char *name = strstr(traceback_line, begin);
    const char *end = name ? strstr(name, middle) : NULL;
    char file[512];
    if (!end)
        return RND_NEVER;
    name += sizeof begin - 1;
    *line = (uint32_t)strtoul(end + sizeof middle - 1, NULL, 10);
    int length = snprintf(file, sizeof file, "%.*s", (int)(end - name), name);
    return length >= 0 && (size_t)length < sizeof file ? source_of(model, file) : RND_NEVER;
}

uint32_t rnd_frames_blamed(const struct rnd_model *model, uint32_t cursor)
{
    char text[512];
    uint32_t line;
    for (uint32_t i = rnd_model_outputs_at(model, cursor); i-- > 0;) {
        (void)rnd_model_output_text(model, &model->outputs[i], cursor, text, sizeof text);
        if (model->outputs[i].stream == SIM_STREAM_STDERR &&
            rnd_frames_place(model, text, &line) == 0)
            return line;
    }
    return 0;
}
