#include "rows_order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"

void rnd_rows_close(struct rnd_rows *rows)
{
    free(rows->items);
    free(rows->places);
    free(rows->above);
    free(rows->thread_places);
    free(rows->marks);
    free(rows->thread_marks);
    *rows = (struct rnd_rows){0};
}

/* --- what is wanted --------------------------------------------------------------------------- */

void rnd_rows_set(struct rnd_rows *rows, const struct rnd_rows_options *options)
{
    rows->options = *options;
    rows->stale = true;
}

static int toggle(struct rnd_rows *rows, uint32_t task, uint8_t mark)
{
    uint32_t index = (task & ~RND_THREAD) - 1;
    assert(task & ~RND_THREAD);
    uint8_t **marks = task & RND_THREAD ? &rows->thread_marks : &rows->marks;
    uint32_t *count = task & RND_THREAD ? &rows->thread_mark_count : &rows->mark_count;
    if (index >= *count) {
        uint8_t *more = realloc(*marks, (size_t)index + 1);
        if (!more)
            return SIM_ENOMEM;
        memset(more + *count, 0, (size_t)index + 1 - *count);
        *marks = more;
        *count = index + 1;
    }
    (*marks)[index] ^= mark;
    rows->stale = true;
    return 0;
}

int rnd_rows_toggle_pin(struct rnd_rows *rows, uint32_t task)
{
    return toggle(rows, task, RND_ROWS_PIN);
}

int rnd_rows_toggle_fold(struct rnd_rows *rows, uint32_t task)
{
    return toggle(rows, task, RND_ROWS_FOLD);
}

static int copy_marks(const uint8_t *marks, uint32_t count, uint8_t **out, uint32_t *out_count)
{
    uint8_t *copy = count ? malloc(count) : NULL;
    if (count && !copy)
        return SIM_ENOMEM;
    if (count)
        memcpy(copy, marks, count);
    free(*out);
    *out = copy;
    *out_count = count;
    return 0;
}

int rnd_rows_inherit(struct rnd_rows *rows, const struct rnd_rows *other)
{
    rnd_rows_set(rows, &other->options);
    int code = copy_marks(other->marks, other->mark_count, &rows->marks, &rows->mark_count);
    if (!code)
        code = copy_marks(other->thread_marks, other->thread_mark_count, &rows->thread_marks,
                          &rows->thread_mark_count);
    return code;
}

/* --- bringing up to date ---------------------------------------------------------------------- */

static bool make_room(struct rnd_rows *rows, const struct rnd_model *model)
{
    uint32_t tasks = model->lane_count, threads = model->thread_count;
    return rnd_room(&rows->items, 0, &rows->capacity, tasks + threads, sizeof *rows->items) &&
           rnd_room(&rows->places, 0, &rows->place_capacity, tasks, sizeof *rows->places) &&
           rnd_room(&rows->above, 0, &rows->above_capacity, tasks, sizeof *rows->above) &&
           rnd_room(&rows->thread_places, 0, &rows->thread_place_capacity, threads,
                    sizeof *rows->thread_places);
}

static void note_places(struct rnd_rows *rows, const struct rnd_model *model)
{
    for (uint32_t i = 0; i < model->lane_count; i++)
        rows->places[i] = RND_NEVER;
    for (uint32_t i = 0; i < model->thread_count; i++)
        rows->thread_places[i] = RND_NEVER;
    for (uint32_t row = 0; row < rows->count; row++) {
        uint32_t task = rows->items[row].task;
        if (task & RND_THREAD)
            rows->thread_places[task - RND_THREAD - 1] = row;
        else
            rows->places[task - 1] = row;
    }
}

/* Appends a task if its row is the last; false if the rows must be made anew. */
static bool append(struct rnd_rows *rows, const struct rnd_model *model, uint32_t task)
{
    rows->places[task - 1] = RND_NEVER;
    rows->above[task - 1] = 0;
    if (!rnd_rows_shown(rows, model, task))
        return true;
    if (rnd_rows_marks(rows, task))
        return false;
    uint32_t above = rnd_rows_above(rows, model, task);
    uint32_t place = above ? rows->places[above - 1] : RND_NEVER;
    struct rnd_row *parent = place == RND_NEVER ? NULL : &rows->items[place];
    rows->above[task - 1] = above;
    if (above && (!parent || parent->folded))
        return true;
    if (parent && !parent->parent && rnd_rows_marks(rows, above))
        return false;
    uint32_t last = rows->count > rows->pinned_count ? rows->items[rows->count - 1].task : 0;
    while (last != above && last != 0)
        last = rows->above[last - 1];
    if (last != above)
        return false;
    struct rnd_row row = {.task = task};
    if (parent) {
        parent->parent = true;
        row.depth = parent->depth < RND_ROWS_DEPTH_MAX ? parent->depth + 1 : parent->depth;
    }
    rows->places[task - 1] = rows->count;
    rows->items[rows->count++] = row;
    return true;
}

static bool append_all(struct rnd_rows *rows, const struct rnd_model *model)
{
    if (rows->stale || rows->options.sort != RND_ROWS_BY_CREATION || *rows->options.filter ||
        rows->thread_rows || rows->thread_count != model->thread_count)
        return false;
    for (uint32_t task = rows->task_count + 1; task <= model->lane_count; task++)
        if (!append(rows, model, task))
            return false;
    return true;
}

int rnd_rows_update(struct rnd_rows *rows, const struct rnd_model *model)
{
    bool waited = rows->options.sort == RND_ROWS_BY_WAITED;
    if (!rows->stale && rows->task_count == model->lane_count &&
        rows->thread_count == model->thread_count &&
        !(waited && rows->event_count != model->event_count))
        return 0;
    if (!make_room(rows, model))
        return SIM_ENOMEM;
    if (!append_all(rows, model)) {
        rows->stale = true;
        if (rnd_rows_order(rows, model))
            return SIM_ENOMEM;
        note_places(rows, model);
    }
    rows->stale = false;
    rows->task_count = model->lane_count;
    rows->thread_count = model->thread_count;
    rows->event_count = model->event_count;
    return 0;
}

/* --- asking ----------------------------------------------------------------------------------- */

uint32_t rnd_rows_count(const struct rnd_rows *rows, const struct rnd_model *model)
{
    return rows ? rows->count : model->colour_count + model->thread_colour_count;
}

/* Whose lane is a row when all that are shown by default are. */
static uint32_t nth_shown(const struct rnd_model *model, uint32_t row)
{
    uint32_t kind = row < model->colour_count ? 0 : RND_THREAD;
    row -= kind ? model->colour_count : 0;
    /* A hidden lane has the colour that the next shown one will have. */
    uint32_t low = 0, high = kind ? model->thread_count : model->lane_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rnd_model_lane(model, kind | (middle + 1))->colour <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return kind | low;
}

struct rnd_row rnd_rows_at(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t row)
{
    if (row >= rnd_rows_count(rows, model))
        return (struct rnd_row){0};
    return rows ? rows->items[row] : (struct rnd_row){.task = nth_shown(model, row)};
}

uint32_t rnd_rows_find(const struct rnd_rows *rows, const struct rnd_model *model, uint32_t task)
{
    const struct rnd_lane *lane = rnd_model_lane(model, task);
    uint32_t index = (task & ~RND_THREAD) - 1;
    if (!lane)
        return RND_NEVER;
    if (rows && task & RND_THREAD)
        return index < rows->thread_count ? rows->thread_places[index] : RND_NEVER;
    if (rows)
        return index < rows->task_count ? rows->places[index] : RND_NEVER;
    if (lane->naming == SIM_TASK_INTERNAL)
        return RND_NEVER;
    return lane->colour + (task & RND_THREAD ? model->colour_count : 0);
}
