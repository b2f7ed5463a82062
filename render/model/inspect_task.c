/* Inspection of a task or a thread. */
#include <inttypes.h>
#include <stdio.h>

#include "inspect_write.h"
#include "range.h"

/* A chain of waits is followed so far. */
#define CHAIN_MAX 12

/* --- what it does ----------------------------------------------------------------------------- */

/* The first child of a combinator that is not done; of no kind if there is none. */
static struct rnd_thing pending_child(const struct rnd_model *model,
                                      const struct rnd_combine *combine, uint32_t cursor)
{
    struct rnd_thing found = {0};
    uint32_t i = combine->member;
    for (int n = 0; i != RND_NEVER && n < RND_FACTS_LIST_MAX; n++, i = model->members[i].previous) {
        const struct rnd_member *member = &model->members[i];
        bool task = member->await == SIM_AWAIT_TASK;
        uint32_t done = task ? rnd_model_lane(model, member->child)->done : member->done;
        if (member->at <= cursor && done > cursor)
            found = (struct rnd_thing){task ? RND_THING_TASK : RND_THING_FUTURE, member->child};
    }
    return found;
}

/* What a thing that is awaited waits for itself: that of a lock is who holds it. */
static struct rnd_thing beyond(const struct rnd_model *model, struct rnd_thing thing,
                               uint32_t cursor)
{
    if (thing.kind == RND_THING_TASK) {
        struct rnd_lane_state state = rnd_state_lane(model, thing.id, cursor);
        return rnd_inspect_awaited(model, state.span);
    }
    uint32_t holder;
    if (thing.kind == RND_THING_OBJECT &&
        rnd_inspect_holders(model, thing.id, cursor, &holder, 1) > 0)
        return (struct rnd_thing){RND_THING_TASK, holder};
    const struct rnd_combine *combine =
        thing.kind == RND_THING_FUTURE ? rnd_index_combine(model, thing.id) : NULL;
    return combine ? pending_child(model, combine, cursor) : (struct rnd_thing){0};
}

/* What it awaits, down to the last. */
static void tell_chain(struct rnd_inspection *in, const struct rnd_span *span, uint32_t task)
{
    struct rnd_thing thing = rnd_inspect_awaited(in->model, span);
    if (thing.kind == RND_THING_NONE)
        return;
    rnd_inspection_heading(in, "Awaits");
    for (uint32_t depth = 0; thing.kind != RND_THING_NONE && depth < CHAIN_MAX; depth++) {
        struct rnd_fact *fact = rnd_inspection_item(in, thing, depth);
        if (thing.kind == RND_THING_TASK && thing.id == task) {
            (void)snprintf(fact->label, sizeof fact->label, "a circle: it waits for itself");
            break;
        }
        thing = beyond(in->model, thing, in->now.cursor);
    }
}

/* What it does, and since when. */
static void tell_state(struct rnd_inspection *in, const struct rnd_lane_state *state)
{
    char words[RND_LABEL_MAX] = "";
    const struct rnd_span *span = state->span;
    if (!span)
        return;
    if (state->state == RND_TASK_SUSPENDED || state->state == RND_TASK_BLOCKING)
        (void)rnd_label_await_left(in->model, span, in->now, words, sizeof words);
    if (state->state == RND_TASK_SUSPENDED && *words)
        (void)rnd_inspection_pair(in, "waits for", "%s", words);
    else if (state->state == RND_TASK_BLOCKING)
        (void)rnd_inspection_pair(in, "blocks in", "%s", *words ? words : "a blocking call");
    struct rnd_fact *since =
        rnd_inspection_pair(in, "since", "%s", rnd_inspection_time(span->begin_ns).text);
    since->at = span->begin;
    if (state->line && state->file) {
        (void)rnd_label_place(in->model, state->file, state->line, words, sizeof words);
        (void)rnd_inspection_pair(in, "last line", "%s", words);
    } else if (state->line) {
        (void)rnd_inspection_pair(in, "last line", "%" PRIu32, state->line);
    }
}

/* --- how it came to be, and ends -------------------------------------------------------------- */

static void tell_origin(struct rnd_inspection *in, const struct rnd_lane *lane, bool thread)
{
    struct rnd_thing parent = {RND_THING_TASK, lane->parent | (thread ? RND_THREAD : 0)};
    char name[RND_LABEL_MAX] = "the script";
    bool known = lane->parent != 0;
    if (known)
        (void)rnd_label_task(in->model, parent.id, name, sizeof name);
    int64_t made_ns = rnd_model_time(in->model, lane->created);
    struct rnd_fact *fact =
        rnd_inspection_pair(in, "made by", "%s, at %s", name, rnd_inspection_time(made_ns).text);
    if (known)
        fact->thing = parent;
    else
        fact->at = lane->created;
    const char *coroutine = rnd_model_text(in->model, lane->coroutine, NULL);
    char place[RND_LABEL_MAX]; /* in the file where its first line was */
    uint32_t file = lane->line_count ? in->model->lines[lane->lines[0]].file : 0;
    (void)rnd_label_place(in->model, file, lane->line, place, sizeof place);
    if (lane->line)
        (void)rnd_inspection_pair(in, "runs", "%s(), %s", coroutine, place);
}

static void tell_end(struct rnd_inspection *in, const struct rnd_lane *lane)
{
    static const char *const labels[] = {"returned", "raised", "cancelled"};
    if (lane->done > in->now.cursor)
        return;
    const char *value = rnd_model_text(in->model, lane->value, NULL);
    int64_t at_ns = rnd_model_time(in->model, lane->done);
    struct rnd_inspected_time at = rnd_inspection_time(at_ns);
    unsigned outcome = lane->outcome < 3 ? lane->outcome : 2;
    struct rnd_fact *fact =
        outcome == SIM_OUTCOME_CANCELLED
            ? rnd_inspection_pair(in, labels[outcome], "at %s", at.text)
            : rnd_inspection_pair(in, labels[outcome], "%s", *value ? value : "None");
    fact->at = lane->done;
    if (outcome != SIM_OUTCOME_CANCELLED)
        rnd_inspection_pair(in, "done at", "%s", at.text)->at = lane->done;
}

/* Who made a request to cancel: a task, its group when another task of it failed, the script, or
 * the loop. */
static void write_canceller(const struct rnd_inspection *in, const struct rnd_link *link, char *out,
                            size_t size)
{
    char name[RND_LABEL_MAX];
    const struct rnd_combine *group =
        link->from_task ? NULL : rnd_index_aborting(in->model, link->at);
    uint32_t task = group ? group->task : link->from_task;
    if (link->timer != RND_NEVER) {
        (void)snprintf(out, size, "time was up");
        return;
    }
    if (rnd_model_lane(in->model, task)) {
        (void)rnd_label_task(in->model, task, name, sizeof name);
        (void)snprintf(out, size, "by %.60s%s", name, group ? "’s group" : "");
        return;
    }
    struct rnd_moment then = rnd_model_moment(in->model, link->at);
    bool loop = rnd_state_at(in->model, then).runner == RND_RUNNER_CALLBACK;
    (void)snprintf(out, size, "by %s", loop ? "the loop" : "the script");
}

/* Each request to cancel, with who made it. */
static void tell_cancels(struct rnd_inspection *in, const struct rnd_lane *lane, uint32_t task)
{
    uint32_t left = lane->cancels, at[RND_FACTS_LIST_MAX], count = 0;
    uint32_t i = left ? rnd_model_links_at(in->model, in->model->event_count) : 0;
    while (i-- > 0 && left > 0 && count < RND_FACTS_LIST_MAX) {
        const struct rnd_link *link = &in->model->links[i];
        if (link->kind != RND_LINK_CANCEL || link->to_task != task)
            continue;
        left--;
        if (link->at <= in->now.cursor)
            at[count++] = i;
    }
    if (count > 0)
        rnd_inspection_heading(in, "Asked to cancel");
    while (count-- > 0) {
        const struct rnd_link *link = &in->model->links[at[count]];
        const struct sim_event *event = &in->model->view.events[link->at - 1];
        const char *message = rnd_model_text(in->model, event->b, NULL);
        char by[RND_LABEL_MAX];
        struct rnd_fact *fact = rnd_inspection_add(in, RND_FACT_ITEM);
        write_canceller(in, link, by, sizeof by);
        (void)snprintf(fact->text, sizeof fact->text, "%.100s%s%.60s", by, *message ? ": " : "",
                       message);
        int64_t at_ns = rnd_model_time(in->model, link->at);
        (void)snprintf(fact->label, sizeof fact->label, "%.40s", rnd_inspection_time(at_ns).text);
        fact->at = link->at;
    }
}

static void tell_totals(struct rnd_inspection *in, uint32_t task)
{
    struct rnd_range range = rnd_range_between((struct rnd_moment){0}, in->now);
    struct rnd_totals totals = rnd_range_totals(in->model, &range, task);
    const struct {
        const char *label;
        int64_t ns;
    } parts[] = {{"waited", totals.waited_ns},
                 {"blocked", totals.blocked_ns},
                 {"computed", totals.ran_ns},
                 {"was ready", totals.ready_ns},
                 {"was late by", totals.late_ns}};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].ns == 0)
            continue;
        if (!any)
            rnd_inspection_heading(in, "Its time so far");
        any = true;
        (void)rnd_inspection_pair(in, parts[i].label, "%s", rnd_inspection_time(parts[i].ns).text);
    }
}

void rnd_inspect_task(struct rnd_inspection *in, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(in->model, task);
    struct rnd_lane_state state = rnd_state_lane(in->model, task, in->now.cursor);
    struct rnd_thing self = {RND_THING_TASK, task};
    uint32_t others[RND_FACTS_LIST_MAX], cursor = in->now.cursor;
    bool thread = (task & RND_THREAD) != 0;
    if (lane->done > cursor)
        tell_state(in, &state);
    tell_end(in, lane);
    tell_origin(in, lane, thread);
    if (!thread) {
        if (lane->done > cursor)
            tell_chain(in, state.span, task);
        uint32_t count = rnd_inspect_awaiters(in->model, self, cursor, others, RND_FACTS_LIST_MAX);
        rnd_inspection_tasks(in, "Awaited by", others, count);
        tell_cancels(in, lane, task);
        count = rnd_inspect_children(in->model, task, cursor, others, RND_FACTS_LIST_MAX);
        rnd_inspection_tasks(in, "Tasks that it made", others, count);
    }
    tell_totals(in, task);
}
