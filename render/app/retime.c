#include "retime.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/model/step.h"

enum { LINE_MAX_BYTES = 4096 };

struct reader {
    const char *path;
    const struct rnd_model *model;
    const struct rnd_cues *own;
    struct rnd_pace_anchor *anchors;
    uint32_t count, capacity;
    uint32_t cues;   /* read so far */
    uint32_t cursor; /* that the next cue's name tells, RND_NEVER: it has no such name */
    char *error;
    size_t error_size;
};

static int refuse(const struct reader *reader, const char *what)
{
    (void)snprintf(reader->error, reader->error_size, "%s: cue %" PRIu32 " %s", reader->path,
                   reader->cues, what);
    return SIM_EINVAL;
}

/* Hours may be left out: 00:01.500. */
static bool read_time(const char *text, int64_t *out_ns)
{
    unsigned hours = 0, minutes, seconds, ms;
    if (sscanf(text, "%4u:%2u:%2u.%3u", &hours, &minutes, &seconds, &ms) != 4) {
        hours = 0;
        if (sscanf(text, "%2u:%2u.%3u", &minutes, &seconds, &ms) != 3)
            return false;
    }
    *out_ns = (((int64_t)hours * 60 + minutes) * 60 + seconds) * INT64_C(1000000000) +
              (int64_t)ms * 1000000;
    return true;
}

static int add_anchor(struct reader *reader, uint32_t cursor, int64_t at_ns)
{
    const struct rnd_pace_anchor *last = &reader->anchors[reader->count - 1];
    if (reader->count > 0 && (at_ns <= last->at_ns || cursor <= last->cursor))
        return refuse(reader, "does not come after the one before it");
    if (reader->count == reader->capacity) {
        uint32_t capacity = reader->capacity ? 2 * reader->capacity : 32;
        struct rnd_pace_anchor *more = realloc(reader->anchors, capacity * sizeof *more);
        if (!more)
            return SIM_ENOMEM;
        reader->anchors = more;
        reader->capacity = capacity;
    }
    reader->anchors[reader->count++] = (struct rnd_pace_anchor){cursor, at_ns};
    return SIM_OK;
}

/* The line with a cue's times. */
static int take_times(struct reader *reader, const char *line)
{
    int64_t at_ns;
    uint32_t cursor = reader->cursor, index = reader->cues++;
    reader->cursor = RND_NEVER;
    if (!read_time(line, &at_ns))
        return refuse(reader, "has no time such as 00:01.500");
    if (cursor == RND_NEVER) {
        if (index >= reader->own->count)
            return refuse(reader, "is one more than the run has captions");
        cursor = reader->own->items[index].cursor;
    }
    if (rnd_step_stop(reader->model, cursor) != cursor)
        return refuse(reader, "names an event at which nothing can be seen");
    return add_anchor(reader, cursor, at_ns);
}

static int read_file(struct reader *reader, FILE *file)
{
    char line[LINE_MAX_BYTES];
    int code = SIM_OK;
    /* A byte order mark is allowed. */
    if (!fgets(line, sizeof line, file) ||
        strncmp(line + (strncmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0), "WEBVTT", 6) != 0) {
        (void)snprintf(reader->error, reader->error_size, "%s is no WebVTT file", reader->path);
        return SIM_EINVAL;
    }
    while (code == SIM_OK && fgets(line, sizeof line, file)) {
        uint32_t cursor;
        if (strstr(line, "-->"))
            code = take_times(reader, line);
        else if (sscanf(line, "event:%" SCNu32, &cursor) == 1)
            reader->cursor = cursor;
    }
    if (code == SIM_OK && ferror(file))
        code = SIM_EIO;
    return code;
}

int rnd_retime_read(const char *path, const struct rnd_model *model, const struct rnd_cues *own,
                    struct rnd_pace_anchor **anchors, uint32_t *count, char *error,
                    size_t error_size)
{
    struct reader reader = {.path = path,
                            .model = model,
                            .own = own,
                            .cursor = RND_NEVER,
                            .error = error,
                            .error_size = error_size};
    FILE *file = fopen(path, "r");
    int code = file ? read_file(&reader, file) : SIM_EIO;
    if (code == SIM_EIO)
        (void)snprintf(error, error_size, "cannot read %s: %s", path, strerror(errno));
    if (file)
        fclose(file);
    if (code < 0) {
        free(reader.anchors);
        return code;
    }
    *anchors = reader.anchors;
    *count = reader.count;
    return SIM_OK;
}
