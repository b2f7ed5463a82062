#include "visits.h"

#include <stdlib.h>
#include <string.h>

#include "index.h"

/* Moves the rows to where there is room for so many, so wide. */
static bool resize(struct rnd_visits *visits, uint32_t capacity, uint32_t width)
{
    uint32_t *rows = calloc((size_t)capacity * width, sizeof *rows);
    if (!rows)
        return false;
    for (uint32_t i = 0; visits->rows && i <= visits->row_count; i++)
        memcpy(rows + (size_t)i * width, visits->rows + (size_t)i * visits->width,
               visits->width * sizeof *rows);
    free(visits->rows);
    visits->rows = rows;
    visits->row_capacity = capacity;
    visits->width = width;
    return true;
}

bool rnd_visits_room(struct rnd_visits *visits, uint32_t number, uint32_t line)
{
    uint32_t width = visits->width ? visits->width : 64;
    while (width <= line && width <= RND_VISITS_LINES / 2)
        width *= 2;
    /* The row that may be kept now, the counts so far, and what there is. */
    uint32_t needed = number / RND_VISITS_APART + 2, capacity = visits->row_capacity;
    if (needed > capacity)
        capacity = capacity + capacity / 2 > needed ? capacity + capacity / 2 : needed;
    if (width == visits->width && capacity == visits->row_capacity)
        return true;
    return resize(visits, capacity, width);
}

void rnd_visits_add(struct rnd_visits *visits, uint32_t number, uint32_t line)
{
    uint32_t *now = visits->rows + (size_t)visits->row_count * visits->width;
    if (number / RND_VISITS_APART > visits->row_count) {
        memcpy(now + visits->width, now, visits->width * sizeof *now);
        visits->row_count++;
        now += visits->width;
    }
    if (line < visits->width)
        now[line]++;
}

void rnd_visits_at(const struct rnd_model *model, uint32_t cursor, uint32_t first, uint32_t count,
                   uint32_t *out)
{
    const struct rnd_visits *visits = &model->index->visits;
    uint32_t end = RND_UPPER(model->lines, at, model->line_count, cursor);
    uint32_t row = end / RND_VISITS_APART, i = row * RND_VISITS_APART;
    memset(out, 0, count * sizeof *out);
    /* Row n holds what was reached before the lines of row n + 1, or so far. */
    if (row > 0)
        for (uint32_t n = 0; n < count && first + n < visits->width; n++)
            out[n] = visits->rows[(size_t)(row - 1) * visits->width + first + n];
    for (; i < end; i++) {
        const struct rnd_line *line = &model->lines[i];
        if (line->file == model->script && line->line >= first && line->line - first < count &&
            line->line < visits->width)
            out[line->line - first]++;
    }
}
