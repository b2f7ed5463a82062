#include "rows_order.h"

#include <stdlib.h>
#include <string.h>

#include "label.h"

/* --- which ------------------------------------------------------------------------------------ */

uint8_t rnd_rows_marks(const struct rnd_rows *rows, uint32_t task)
{
    bool thread = (task & RND_THREAD) != 0;
    uint32_t index = (task & ~RND_THREAD) - 1;
    if (index >= (thread ? rows->thread_mark_count : rows->mark_count))
        return 0;
    return thread ? rows->thread_marks[index] : rows->marks[index];
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool contains(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t i = 0;
        while (part[i] && small(text[i]) == small(part[i]))
            i++;
        if (!part[i])
            return true;
    }
    return !*part;
}

bool rnd_rows_shown(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    char name[RND_LABEL_MAX];
    if (!lane || (lane->naming == SIM_TASK_INTERNAL && !rows->options.internal))
        return false;
    if (!*rows->options.filter)
        return true;
    (void)rnd_label_task(model, task, name, sizeof name);
    return contains(name, rows->options.filter);
}

uint32_t rnd_rows_above(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t task)
{
    if (rows->options.flat || *rows->options.filter)
        return 0;
    uint32_t above = rnd_model_lane(model, task)->parent;
    while (above && (!rnd_rows_shown(rows, model, above) ||
                     (rnd_rows_marks(rows, above) & RND_ROWS_PIN) != 0))
        above = rnd_model_lane(model, above)->parent;
    return above;
}

/* --- sorting ---------------------------------------------------------------------------------- */

/* By what tasks are sorted. */
struct key {
    uint32_t task, number;
    const char *name;
    int64_t waited_ns;
};

static int by_number(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int by_name(const void *one, const void *other)
{
    const struct key *a = one, *b = other;
    int order = strcmp(a->name, b->name);
    order = order ? order : by_number(a->number, b->number);
    return order ? order : by_number(a->task, b->task);
}

static int by_waited(const void *one, const void *other)
{
    const struct key *a = one, *b = other;
    int order = (a->waited_ns < b->waited_ns) - (a->waited_ns > b->waited_ns);
    return order ? order : by_number(a->task, b->task);
}

static struct key key_of(const struct rnd_model *model, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    bool own = lane->naming == SIM_TASK_NAMED || !lane->coroutine;
    return (struct key){.task = task,
                        .number = own ? 0 : lane->twin,
                        .name = rnd_model_text(model, own ? lane->name : lane->coroutine, NULL),
                        .waited_ns = rnd_lane_totals(model, lane).waited_ns};
}

static void sort(const struct rnd_rows *rows, const struct rnd_model *model, struct key *keys,
                 uint32_t count)
{
    if (rows->options.sort == RND_ROWS_BY_CREATION)
        return;
    for (uint32_t i = 0; i < count; i++)
        keys[i] = key_of(model, keys[i].task);
    qsort(keys, count, sizeof *keys, rows->options.sort == RND_ROWS_BY_NAME ? by_name : by_waited);
}

/* --- the rows --------------------------------------------------------------------------------- */

/* Memory for the making: `first` and `next` link the tasks of a tree by number, 0 is the root. */
struct plan {
    struct key *keys;
    uint32_t *first, *next;
};

static void put(struct rnd_rows *rows, uint32_t task, unsigned depth, bool parent)
{
    uint8_t marks = rnd_rows_marks(rows, task);
    rows->items[rows->count++] = (struct rnd_row){
        .task = task,
        .depth = (uint8_t)(depth < RND_ROWS_DEPTH_MAX ? depth : RND_ROWS_DEPTH_MAX),
        .parent = parent,
        .folded = parent && (marks & RND_ROWS_FOLD) != 0,
        .pinned = (marks & RND_ROWS_PIN) != 0};
}

/* Puts the tree that `plan` links. */
static void put_tree(struct rnd_rows *rows, const struct plan *plan)
{
    uint32_t task = plan->first[0];
    unsigned depth = 0;
    while (task) {
        put(rows, task, depth, plan->first[task] != 0);
        if (plan->first[task] && !rows->items[rows->count - 1].folded) {
            task = plan->first[task];
            depth++;
            continue;
        }
        while (task && !plan->next[task]) {
            task = rows->above[task - 1];
            depth -= depth > 0;
        }
        task = task ? plan->next[task] : 0;
    }
}

/* The lanes of a kind that are shown and are pinned, or that are not. */
static uint32_t gather(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t kind,
                       bool pinned, struct key *keys)
{
    uint32_t count = 0, lanes = kind ? model->thread_count : model->lane_count;
    for (uint32_t i = 1; i <= lanes; i++)
        if (rnd_rows_shown(rows, model, kind | i) &&
            ((rnd_rows_marks(rows, kind | i) & RND_ROWS_PIN) != 0) == pinned)
            keys[count++].task = kind | i;
    return count;
}

static void put_all(struct rnd_rows *rows, const struct rnd_model *model, const struct plan *plan)
{
    rows->count = 0;
    for (int kind = 0; kind < 2; kind++) {
        uint32_t count = gather(rows, model, kind ? RND_THREAD : 0, true, plan->keys);
        for (uint32_t i = 0; i < count; i++)
            put(rows, plan->keys[i].task, 0, false);
    }
    rows->pinned_count = rows->count;

    uint32_t count = gather(rows, model, 0, false, plan->keys);
    sort(rows, model, plan->keys, count);
    if (model->lane_count)
        memset(rows->above, 0, model->lane_count * sizeof *rows->above);
    while (count-- > 0) {
        uint32_t task = plan->keys[count].task, above = rnd_rows_above(rows, model, task);
        rows->above[task - 1] = above;
        plan->next[task] = plan->first[above];
        plan->first[above] = task;
    }
    put_tree(rows, plan);

    count = gather(rows, model, RND_THREAD, false, plan->keys);
    sort(rows, model, plan->keys, count);
    for (uint32_t i = 0; i < count; i++)
        put(rows, plan->keys[i].task, 0, false);
    rows->thread_rows = count;
}

int rnd_rows_order(struct rnd_rows *rows, const struct rnd_model *model)
{
    uint32_t lanes =
        model->lane_count > model->thread_count ? model->lane_count : model->thread_count;
    struct plan plan = {.keys = calloc((size_t)lanes + 1, sizeof *plan.keys),
                        .first = calloc((size_t)lanes + 1, sizeof *plan.first),
                        .next = calloc((size_t)lanes + 1, sizeof *plan.next)};
    bool there = plan.keys && plan.first && plan.next;
    if (there)
        put_all(rows, model, &plan);
    free(plan.keys);
    free(plan.first);
    free(plan.next);
    return there ? 0 : SIM_ENOMEM;
}
