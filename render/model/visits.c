#include "visits.h"

#include <stdlib.h>
#include <string.h>

#include "index.h"

enum { LINE_BITS = 20 };

/* A line of a file as a key, 0: it has none, as no file of a person's has so many lines. */
static uint32_t key_of(uint32_t file, uint32_t line)
{
    bool has_key = line < UINT32_C(1) << LINE_BITS && file < UINT32_C(1) << (32 - LINE_BITS);
    return has_key && line ? file << LINE_BITS | line : 0;
}

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

bool rnd_visits_room(struct rnd_visits *visits, uint32_t number)
{
    uint32_t places = visits->places.count, width = visits->width ? visits->width : 64;
    if (!rnd_map_room(&visits->places) ||
        !rnd_room(&visits->firsts, places, &visits->first_capacity, 1, sizeof *visits->firsts))
        return false;
    if (places == width && width < RND_VISITS_PLACES)
        width *= 2;
    /* The row that may be kept now, the counts so far, and what there is. */
    uint32_t needed = number / RND_VISITS_APART + 2, capacity = visits->row_capacity;
    if (needed > capacity)
        capacity = capacity + capacity / 2 > needed ? capacity + capacity / 2 : needed;
    if (width == visits->width && capacity == visits->row_capacity)
        return true;
    return resize(visits, capacity, width);
}

void rnd_visits_add(struct rnd_visits *visits, uint32_t number, uint32_t cursor, uint32_t file,
                    uint32_t line)
{
    uint32_t *now = visits->rows + (size_t)visits->row_count * visits->width;
    uint32_t key = key_of(file, line);
    if (number / RND_VISITS_APART > visits->row_count) {
        memcpy(now + visits->width, now, visits->width * sizeof *now);
        visits->row_count++;
        now += visits->width;
    }
    if (!key)
        return;
    uint32_t places = visits->places.count, *place = rnd_map_put(&visits->places, key);
    if (*place == RND_NEVER) {
        *place = places;
        visits->firsts[places] = cursor;
    }
    if (*place < visits->width)
        now[*place]++;
}

void rnd_visits_free(struct rnd_visits *visits)
{
    free(visits->places.slots);
    free(visits->firsts);
    free(visits->rows);
}

/* What a row says of a line; of one that is not counted, 0. */
static uint32_t count_in(const struct rnd_visits *visits, uint32_t row, uint32_t file,
                         uint32_t line)
{
    uint32_t place = rnd_map_get(&visits->places, key_of(file, line));
    return place < visits->width ? visits->rows[(size_t)row * visits->width + place] : 0;
}

void rnd_visits_at(const struct rnd_model *model, uint32_t cursor, uint32_t file, uint32_t first,
                   uint32_t count, uint32_t *out)
{
    const struct rnd_visits *visits = &model->index->visits;
    uint32_t end = RND_UPPER(model->lines, at, model->line_count, cursor);
    uint32_t row = end / RND_VISITS_APART, i = row * RND_VISITS_APART;
    memset(out, 0, count * sizeof *out);
    /* Row n holds what was reached before the lines of row n + 1, or so far. */
    if (row > 0)
        for (uint32_t n = 0; n < count; n++)
            out[n] = count_in(visits, row - 1, file, first + n);
    for (; i < end; i++) {
        const struct rnd_line *line = &model->lines[i];
        if (line->file == file && line->line >= first && line->line - first < count)
            out[line->line - first]++;
    }
    /* A line that is not counted in the rows is not counted at all. */
    for (uint32_t n = 0; n < count; n++)
        if (rnd_map_get(&visits->places, key_of(file, first + n)) >= visits->width)
            out[n] = 0;
}

uint32_t rnd_visits_first(const struct rnd_model *model, uint32_t file, uint32_t line)
{
    const struct rnd_visits *visits = &model->index->visits;
    uint32_t place = rnd_map_get(&visits->places, key_of(file, line));
    return place == RND_NEVER ? RND_NEVER : visits->firsts[place];
}
