#define _XOPEN_SOURCE 700 /* realpath */
#include "left_file.h"

#include "folders.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_NAME "views"

static const char *const sorts[RND_ROWS_SORTS] = {"creation", "name", "waited"};
static const char *const arrows[RND_ARROWS_MODES] = {"step", "selected", "all", "none"};
static const char *const panels[RND_PANELS] = {"source",    "output",  "timeline", "loop",
                                               "inspector", "caption", "minimap"};
static const char *const splitters[RND_SPLITTERS] = {"share-column", "share-output", "share-lower",
                                                     "share-inspector"};

/* --- writing ---------------------------------------------------------------------------------- */

/* A line while it is written; one that is too long is cut, and then not used. */
struct line {
    char text[RND_LEFT_LINE_MAX];
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void put(struct line *line, const char *format, ...)
{
    va_list values;
    size_t room = sizeof line->text - line->length;
    va_start(values, format);
    int length = vsnprintf(line->text + line->length, room, format, values);
    va_end(values);
    line->length += length < 0 ? 0 : (size_t)length < room ? (size_t)length : room - 1;
}

static bool is_full(const struct line *line)
{
    return line->length + 1 == sizeof line->text;
}

static void put_escaped(struct line *line, const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || *text == '%' || *text == 0x7f)
            put(line, "%%%02x", (unsigned)(unsigned char)*text);
        else
            put(line, "%c", *text);
}

static void put_moment(struct line *line, const char *name, struct rnd_moment moment)
{
    put(line, "%s=%" PRIu32 "@%" PRId64 " ", name, moment.cursor, moment.time_ns);
}

static void put_tasks(struct line *line, const char *name, const uint32_t *tasks, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        put(line, "%s=%" PRIu32 " ", name, tasks[i]);
}

static void put_layout(struct line *line, const struct rnd_layout_spec *spec)
{
    put(line, "layout=%s ", rnd_layout_shapes[spec->mode].name);
    if (spec->inspector)
        put(line, "inspector=yes ");
    for (int i = 0; i < RND_PANELS; i++)
        if (spec->collapsed[i])
            put(line, "collapsed=%s ", panels[i]);
    for (int i = 0; i < RND_SPLITTERS; i++)
        if (spec->shares[i] > 0)
            put(line, "%s=%.4f ", splitters[i], spec->shares[i]);
}

static void put_left(struct line *line, const struct rnd_left *left)
{
    put(line, "events=%" PRIu32 " tasks=%" PRIu32 " ", left->events, left->tasks);
    put_moment(line, "cursor", left->cursor);
    if (!left->whole)
        put(line, "zoom=%.9g middle=%.6f ", left->zoom, left->middle);
    if (left->selected)
        put(line, "selected=%" PRIu32 " ", left->selected);
    put(line, "arrows=%s sort=%s ", arrows[left->arrows], sorts[left->rows.sort]);
    if (left->rows.flat)
        put(line, "flat=yes ");
    if (left->rows.internal)
        put(line, "internal=yes ");
    if (*left->rows.filter) {
        put(line, "filter=");
        put_escaped(line, left->rows.filter);
        put(line, " ");
    }
    put_tasks(line, "folded", left->folded, left->folded_count);
    put_tasks(line, "pinned", left->pinned, left->pinned_count);
    put_layout(line, &left->spec);
}

/* --- reading ---------------------------------------------------------------------------------- */

static int hex(char c)
{
    const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Puts back what was escaped, in place. */
static void unescape(char *text)
{
    char *to = text;
    for (; *text; text++) {
        bool escaped = *text == '%' && hex(text[1]) >= 0 && hex(text[2]) >= 0;
        *to++ = escaped ? (char)(hex(text[1]) * 16 + hex(text[2])) : *text;
        text += escaped ? 2 : 0;
    }
    *to = '\0';
}

static int word_of(const char *value, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(value, words[i]) == 0)
            return i;
    return -1;
}

static uint32_t number_of(const char *value)
{
    return (uint32_t)strtoul(value, NULL, 10);
}

static void take_moment(const char *value, struct rnd_moment *out)
{
    struct rnd_moment moment;
    if (sscanf(value, "%" SCNu32 "@%" SCNd64, &moment.cursor, &moment.time_ns) == 2)
        *out = moment;
}

static void take_task(const char *value, uint32_t *tasks, uint32_t *count)
{
    if (*count < RND_LEFT_TASKS_MAX)
        tasks[(*count)++] = number_of(value);
}

static void take_layout(const char *name, const char *value, struct rnd_layout_spec *spec)
{
    const struct rnd_layout_shape *shape = rnd_layout_find(value);
    int panel = word_of(value, panels, RND_PANELS);
    int splitter = word_of(name, splitters, RND_SPLITTERS);
    double share = strtod(value, NULL);
    if (strcmp(name, "layout") == 0 && shape)
        spec->mode = shape->mode;
    else if (strcmp(name, "inspector") == 0)
        spec->inspector = strcmp(value, "yes") == 0;
    else if (strcmp(name, "collapsed") == 0 && panel >= 0 && panel != RND_PANEL_TIMELINE)
        spec->collapsed[panel] = true;
    else if (splitter >= 0 && share > 0 && share < 1)
        spec->shares[splitter] = share;
}

static void take_rows(const char *name, char *value, struct rnd_rows_options *rows)
{
    int sort = word_of(value, sorts, RND_ROWS_SORTS);
    if (strcmp(name, "sort") == 0 && sort >= 0)
        rows->sort = (enum rnd_rows_sort)sort;
    else if (strcmp(name, "flat") == 0)
        rows->flat = strcmp(value, "yes") == 0;
    else if (strcmp(name, "internal") == 0)
        rows->internal = strcmp(value, "yes") == 0;
    else if (strcmp(name, "filter") == 0) {
        unescape(value);
        (void)snprintf(rows->filter, sizeof rows->filter, "%s", value);
    }
}

static void take_zoom(const char *value, struct rnd_left *out)
{
    double zoom = strtod(value, NULL);
    out->whole = !(zoom > 0 && isfinite(zoom));
    out->zoom = out->whole ? 0 : zoom;
}

static void take_word(const char *name, char *value, struct rnd_left *out)
{
    int mode = word_of(value, arrows, RND_ARROWS_MODES);
    if (strcmp(name, "events") == 0)
        out->events = number_of(value);
    else if (strcmp(name, "tasks") == 0)
        out->tasks = number_of(value);
    else if (strcmp(name, "cursor") == 0)
        take_moment(value, &out->cursor);
    else if (strcmp(name, "zoom") == 0)
        take_zoom(value, out);
    else if (strcmp(name, "middle") == 0)
        out->middle = fmin(fmax(strtod(value, NULL), -1), 2);
    else if (strcmp(name, "selected") == 0)
        out->selected = number_of(value);
    else if (strcmp(name, "arrows") == 0 && mode >= 0)
        out->arrows = (enum rnd_arrows)mode;
    else if (strcmp(name, "folded") == 0)
        take_task(value, out->folded, &out->folded_count);
    else if (strcmp(name, "pinned") == 0)
        take_task(value, out->pinned, &out->pinned_count);
    take_rows(name, value, &out->rows);
    take_layout(name, value, &out->spec);
}

/* Reads a line, which is taken apart. */
static void take_left(char *line, struct rnd_left *out)
{
    char *rest = line, *word;
    *out = (struct rnd_left){.whole = true};
    while ((word = strtok_r(rest, " ", &rest)) != NULL) {
        char *value = strchr(word, '=');
        if (!value || *word == '/')
            continue;
        *value++ = '\0';
        take_word(word, value, out);
    }
}

/* --- the file --------------------------------------------------------------------------------- */

/* The next line, without its end; NULL at the end of the file, and of what has no use. */
static char *next_line(FILE *file, char text[RND_LEFT_LINE_MAX])
{
    while (fgets(text, RND_LEFT_LINE_MAX, file)) {
        char *end = strchr(text, '\n');
        if (end) {
            *end = '\0';
            return text;
        }
        /* Too long: none of ours. */
        for (int c = getc(file); c != '\n' && c != EOF; c = getc(file))
            continue;
    }
    return NULL;
}

static bool is_of(const char *line, const char *path)
{
    const char *last = strrchr(line, ' ');
    return strcmp(last ? last + 1 : line, path) == 0;
}

/* The path as the lines have it; false if it is none, or too long. */
static bool name_of(const char *script, struct line *out)
{
    char *absolute = realpath(script, NULL);
    out->length = 0;
    if (absolute)
        put_escaped(out, absolute);
    free(absolute);
    return out->length > 0 && out->length < RND_LEFT_LINE_MAX / 2;
}

bool rnd_left_read(const char *script, struct rnd_left *out)
{
    char place[RND_PATH_MAX], text[RND_LEFT_LINE_MAX];
    struct line name;
    *out = (struct rnd_left){0};
    bool found = false;
    FILE *file = name_of(script, &name) && rnd_folder_path(RND_FOLDER_STATE, FILE_NAME, place)
                     ? fopen(place, "r")
                     : NULL;
    while (file && !found && next_line(file, text)) {
        found = is_of(text, name.text);
        if (found)
            take_left(text, out);
    }
    if (file)
        (void)fclose(file);
    return found;
}

void rnd_left_write(const char *script, const struct rnd_left *left)
{
    char place[RND_PATH_MAX], text[RND_LEFT_LINE_MAX];
    struct line name, line = {.length = 0};
    if (!name_of(script, &name) || !rnd_folder_path(RND_FOLDER_STATE, FILE_NAME, place))
        return;
    put_left(&line, left);
    put(&line, "%s\n", name.text);
    char *all = is_full(&line) ? NULL : malloc((size_t)RND_LEFT_MAX * RND_LEFT_LINE_MAX);
    if (!all)
        return;
    size_t used = line.length;
    memcpy(all, line.text, used);
    FILE *file = fopen(place, "r");
    for (int count = 1; file && count < RND_LEFT_MAX && next_line(file, text);) {
        if (is_of(text, name.text))
            continue;
        used += (size_t)sprintf(all + used, "%s\n", text);
        count++;
    }
    if (file)
        (void)fclose(file);
    /* What cannot be kept is missed only when the script is opened again. */
    (void)rnd_folder_write(place, all, used);
    free(all);
}
