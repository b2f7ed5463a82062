#define _POSIX_C_SOURCE 200809L /* strdup, strndup, open_memstream */
#include "notes.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "step.h"

#define SECOND_NS 1000000000

static void free_mark(struct rnd_mark *mark)
{
    free(mark->name);
    free(mark->note);
}

void rnd_notes_close(struct rnd_notes *notes)
{
    for (uint32_t i = 0; i < notes->count; i++)
        free_mark(&notes->items[i]);
    free(notes->items);
    *notes = (struct rnd_notes){0};
}

/* Appends a mark that owns copies of these; NULL without memory. */
static struct rnd_mark *append(struct rnd_notes *notes, const char *name, size_t length,
                               const char *note)
{
    if (!rnd_room(&notes->items, notes->count, &notes->capacity, 1, sizeof *notes->items))
        return NULL;
    struct rnd_mark mark = {.name = strndup(name, length), .note = strdup(note)};
    if (!mark.name || !mark.note) {
        free_mark(&mark);
        return NULL;
    }
    mark.moment.cursor = RND_NEVER;
    notes->items[notes->count] = mark;
    return &notes->items[notes->count++];
}

/* --- as text ---------------------------------------------------------------------------------- */

/* Seconds with up to nine decimals; false for what is no such number. */
static bool read_seconds(const char **at, int64_t *time_ns)
{
    int64_t ns = 0, unit = SECOND_NS;
    const char *from = *at;
    for (; **at >= '0' && **at <= '9'; (*at)++) {
        if (ns > (INT64_MAX / SECOND_NS - 9) / 10)
            return false;
        ns = ns * 10 + (**at - '0');
    }
    ns *= SECOND_NS;
    if (*at > from && **at == '.')
        for ((*at)++; **at >= '0' && **at <= '9' && unit > 1; (*at)++)
            ns += (**at - '0') * (unit /= 10);
    *time_ns = ns;
    return *at > from && **at == ' ';
}

/* One line of a text, which ends in NUL: a mark, or the note of the one before. */
static int read_line(struct rnd_notes *notes, const char *line, size_t length, bool *noted)
{
    int64_t time_ns;
    const char *at = line;
    size_t blanks = strspn(line, " \t");
    struct rnd_mark *last = notes->count ? &notes->items[notes->count - 1] : NULL;
    if (blanks > 0 && length > blanks && last && last->own && *noted) {
        char *note = strndup(line + blanks, length - blanks);
        if (!note)
            return SIM_ENOMEM;
        free(last->note);
        last->note = note;
        *noted = false;
        return 0;
    }
    *noted = false;
    if (!read_seconds(&at, &time_ns) || strncmp(at, " +", 2) != 0)
        return 0;
    char *end;
    unsigned long stop = strtoul(at + 2, &end, 10);
    if (end == at + 2 || *end != ' ' || stop > UINT32_MAX || (size_t)(end + 1 - line) >= length)
        return 0;
    struct rnd_mark *mark = append(notes, end + 1, length - (size_t)(end + 1 - line), "");
    if (!mark)
        return SIM_ENOMEM;
    mark->own = *noted = true;
    mark->time_ns = time_ns;
    mark->stop = (uint32_t)stop;
    return 0;
}

int rnd_notes_read(struct rnd_notes *notes, const char *text, size_t length)
{
    bool noted = false;
    char *copy = strndup(text, length);
    if (!copy)
        return SIM_ENOMEM;
    int code = 0;
    for (char *line = copy, *next; line && !code; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        code = read_line(notes, line, strlen(line), &noted);
    }
    free(copy);
    return code;
}

int rnd_notes_add_lesson(struct rnd_notes *notes, const struct rnd_lesson *lesson)
{
    for (uint32_t i = 0; i < lesson->marker_count; i++) {
        const struct rnd_note *marker = &lesson->markers[i];
        struct rnd_mark *mark = append(notes, marker->text, strlen(marker->text), "");
        if (!mark)
            return SIM_ENOMEM;
        mark->line = marker->line;
    }
    return 0;
}

int rnd_notes_write(const struct rnd_notes *notes, char **out)
{
    size_t size;
    FILE *file = open_memstream(out, &size);
    if (!file)
        return SIM_ENOMEM;
    for (uint32_t i = 0; i < notes->count; i++) {
        const struct rnd_mark *mark = &notes->items[i];
        if (!mark->own)
            continue;
        fprintf(file, "%" PRId64 ".%09" PRId64 " +%" PRIu32 " %s\n", mark->time_ns / SECOND_NS,
                mark->time_ns % SECOND_NS, mark->stop, mark->name);
        if (*mark->note)
            fprintf(file, "    %s\n", mark->note);
    }
    bool failed = ferror(file) != 0;
    if (fclose(file) || failed) {
        free(*out);
        return SIM_ENOMEM;
    }
    return 0;
}

/* --- in a run --------------------------------------------------------------------------------- */

/* How many stops there are up to the first cursor of the instant of a cursor. */
static uint32_t stops_before(const struct rnd_model *model, uint32_t cursor)
{
    return rnd_step_number(model, model->instants[rnd_model_instant(model, cursor)].at);
}

static struct rnd_moment place(const struct rnd_mark *mark, const struct rnd_model *model)
{
    if (!mark->own) {
        uint32_t cursor = rnd_step_at_line(model, mark->line);
        if (cursor == RND_NEVER)
            return (struct rnd_moment){.cursor = RND_NEVER};
        return rnd_model_moment(model, cursor);
    }
    struct rnd_moment moment = rnd_model_at_time(model, mark->time_ns);
    const struct rnd_instant *instant = &model->instants[rnd_model_instant(model, moment.cursor)];
    if (instant->time_ns < mark->time_ns)
        return moment;
    uint32_t number = stops_before(model, moment.cursor) + mark->stop;
    uint32_t cursor = mark->stop == 0               ? instant->at
                      : number <= model->stop_count ? model->stops[number - 1].at
                                                    : model->event_count;
    return cursor < moment.cursor ? rnd_model_moment(model, cursor) : moment;
}

static bool is_before(struct rnd_moment one, struct rnd_moment other)
{
    return one.cursor != other.cursor ? one.cursor < other.cursor : one.time_ns < other.time_ns;
}

static int by_moment(const void *one, const void *other)
{
    const struct rnd_mark *a = one, *b = other;
    int order = is_before(b->moment, a->moment) - is_before(a->moment, b->moment);
    return order ? order : a->own != b->own ? b->own - a->own : strcmp(a->name, b->name);
}

void rnd_notes_place(struct rnd_notes *notes, const struct rnd_model *model)
{
    for (uint32_t i = 0; i < notes->count; i++)
        notes->items[i].moment = place(&notes->items[i], model);
    if (notes->count)
        qsort(notes->items, notes->count, sizeof *notes->items, by_moment);
}

int rnd_notes_add(struct rnd_notes *notes, const struct rnd_model *model, struct rnd_moment moment,
                  const char *name, uint32_t *index)
{
    struct rnd_mark *mark = append(notes, name, strlen(name), "");
    if (!mark)
        return SIM_ENOMEM;
    bool between = moment.time_ns > rnd_model_time(model, moment.cursor);
    mark->own = true;
    mark->time_ns = moment.time_ns;
    mark->stop =
        between ? 0 : rnd_step_number(model, moment.cursor) - stops_before(model, moment.cursor);
    mark->moment = moment;
    const char *own = mark->name;
    rnd_notes_place(notes, model);
    for (*index = 0; notes->items[*index].name != own; ++*index) {
    }
    return 0;
}

int rnd_notes_change(struct rnd_notes *notes, uint32_t index, const char *name, const char *note)
{
    struct rnd_mark *mark = &notes->items[index];
    if (!*name) {
        free_mark(mark);
        notes->count--;
        memmove(mark, mark + 1, (notes->count - index) * sizeof *mark);
        return 0;
    }
    struct rnd_mark changed = *mark;
    changed.name = strdup(name);
    changed.note = strdup(note);
    if (!changed.name || !changed.note) {
        free_mark(&changed);
        return SIM_ENOMEM;
    }
    free_mark(mark);
    *mark = changed;
    return 0;
}

/* --- asking ----------------------------------------------------------------------------------- */

uint32_t rnd_notes_at(const struct rnd_notes *notes, struct rnd_moment moment)
{
    for (uint32_t i = 0; notes && i < notes->count; i++)
        if (!is_before(notes->items[i].moment, moment))
            return is_before(moment, notes->items[i].moment) ? RND_NEVER : i;
    return RND_NEVER;
}

uint32_t rnd_notes_next(const struct rnd_notes *notes, struct rnd_moment moment)
{
    for (uint32_t i = 0; notes && i < notes->count; i++)
        if (is_before(moment, notes->items[i].moment))
            return notes->items[i].moment.cursor == RND_NEVER ? RND_NEVER : i;
    return RND_NEVER;
}

uint32_t rnd_notes_previous(const struct rnd_notes *notes, struct rnd_moment moment)
{
    uint32_t found = RND_NEVER;
    for (uint32_t i = 0; notes && i < notes->count; i++)
        if (is_before(notes->items[i].moment, moment))
            found = i;
    return found;
}
