#include "cues.h"

#include <stdlib.h>
#include <string.h>

#include "caption.h"
#include "direct.h"
#include "index.h"
#include "step.h"

#define CHARACTERS_PER_S 17
#define SECOND_NS INT64_C(1000000000)

int64_t rnd_cue_reading_ns(const char *text, void *context)
{
    int64_t characters = 0;
    (void)context;
    for (; *text; text++)
        characters += ((unsigned char)*text & 0xc0) != 0x80;
    int64_t ns = characters * SECOND_NS / CHARACTERS_PER_S + 1;
    return ns > SECOND_NS ? ns : SECOND_NS;
}

static int64_t reading_ns(const struct rnd_cue_options *options, const char *text)
{
    return options->reading ? options->reading(text, options->context)
                            : rnd_cue_reading_ns(text, NULL);
}

/* --- comments --------------------------------------------------------------------------------- */

/* Goes through the lines of the script that have a caption comment, as the run comes to them. */
struct comments {
    const struct rnd_model *model;
    const struct rnd_lesson *lesson;
    uint32_t next;    /* in the model's lines */
    uint32_t cursor;  /* of the present one, RND_NEVER after the last */
    const char *text; /* of it */
};

static void next_comment(struct comments *comments)
{
    const struct rnd_model *model = comments->model;
    bool any = comments->lesson && comments->lesson->caption_count > 0;
    comments->cursor = RND_NEVER;
    while (any && comments->next < model->line_count) {
        const struct rnd_line *line = &model->lines[comments->next++];
        comments->text = line->file == 0 ? rnd_lesson_caption(comments->lesson, line->line) : NULL;
        if (comments->text) {
            comments->cursor = line->at;
            return;
        }
    }
}

static struct comments first_comment(const struct rnd_model *model,
                                     const struct rnd_cue_options *options)
{
    struct comments comments = {.model = model, .lesson = options->lesson};
    next_comment(&comments);
    return comments;
}

/* --- holds ------------------------------------------------------------------------------------ */

struct holds {
    struct rnd_pace_hold *items;
    uint32_t count, capacity;
};

static bool add_hold(struct holds *holds, uint32_t cursor, int64_t at_least_ns)
{
    if (!rnd_room(&holds->items, holds->count, &holds->capacity, 1, sizeof *holds->items))
        return false;
    holds->items[holds->count++] = (struct rnd_pace_hold){cursor, at_least_ns};
    return true;
}

/* Each comment, where it comes up for the first time. */
static bool hold_comments(struct holds *holds, const struct rnd_model *model,
                          const struct rnd_cue_options *options)
{
    const struct rnd_lesson *lesson = options->lesson;
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->caption_count; i++) {
        uint32_t cursor = rnd_step_at_line(model, lesson->captions[i].line);
        if (cursor != RND_NEVER)
            done = add_hold(holds, cursor, reading_ns(options, lesson->captions[i].text));
    }
    return done;
}

static bool hold_markers(struct holds *holds, const struct rnd_model *model,
                         const struct rnd_cue_options *options)
{
    const struct rnd_lesson *lesson = options->lesson;
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->marker_count; i++) {
        uint32_t cursor = rnd_step_at_line(model, lesson->markers[i].line);
        if (cursor != RND_NEVER && options->marker_pause_ns > 0)
            done = add_hold(holds, cursor, options->marker_pause_ns);
    }
    return done;
}

/* What is said beside the captions: callouts are read too, and a zoom takes its time. */
static bool hold_directions(struct holds *holds, const struct rnd_model *model,
                            const struct rnd_cue_options *options)
{
    const struct rnd_lesson *lesson = options->lesson;
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->callout_count; i++) {
        uint32_t cursor = rnd_step_at_line(model, lesson->callouts[i].line);
        if (cursor != RND_NEVER)
            done = add_hold(holds, cursor,
                            rnd_cue_reading_ns(lesson->callouts[i].text, NULL) +
                                2 * RND_DIRECT_EASE_NS);
    }
    for (uint32_t i = 0; lesson && done && i < lesson->zoom_count; i++) {
        uint32_t cursor = rnd_step_at_line(model, lesson->zooms[i].line);
        if (cursor != RND_NEVER)
            done = add_hold(holds, cursor, 2 * RND_DIRECT_EASE_NS);
    }
    return done;
}

static bool hold_stops(struct holds *holds, const struct rnd_model *model,
                       const struct rnd_cue_options *options)
{
    struct rnd_caption caption;
    bool done = true;
    for (uint32_t i = 0; options->hold_all && done && i < model->stop_count; i++) {
        rnd_caption_at(model, options->lesson, model->stops[i].at, &caption);
        done = add_hold(holds, model->stops[i].at, reading_ns(options, caption.headline));
    }
    return done;
}

static int by_cursor(const void *a, const void *b)
{
    uint32_t x = ((const struct rnd_pace_hold *)a)->cursor;
    uint32_t y = ((const struct rnd_pace_hold *)b)->cursor;
    return (x > y) - (x < y);
}

int rnd_cues_holds(const struct rnd_model *model, const struct rnd_cue_options *options,
                   struct rnd_pace_hold **out, uint32_t *count)
{
    struct holds holds = {0};
    if (!hold_comments(&holds, model, options) || !hold_markers(&holds, model, options) ||
        !hold_directions(&holds, model, options) || !hold_stops(&holds, model, options)) {
        free(holds.items);
        return SIM_ENOMEM;
    }
    if (holds.count > 0)
        qsort(holds.items, holds.count, sizeof *holds.items, by_cursor);
    *out = holds.items;
    *count = holds.count;
    return 0;
}

/* --- cues ------------------------------------------------------------------------------------- */

struct maker {
    const struct rnd_pace *pace;
    const struct rnd_cue_options *options;
    struct rnd_cues *cues;
    uint32_t capacity;
    int64_t read_ns; /* the last cue has been read */
};

/* The last cue if it is still to be seen at a time, NULL otherwise. */
static struct rnd_cue *last_cue(const struct maker *maker, int64_t at_ns)
{
    struct rnd_cues *cues = maker->cues;
    return cues->count > 0 && cues->items[cues->count - 1].end_ns > at_ns
               ? &cues->items[cues->count - 1]
               : NULL;
}

/* A cue begins; the one before it ends, or if it cannot have been read, was never there. */
static bool begin_cue(struct maker *maker, struct rnd_cue cue, const char *text)
{
    struct rnd_cues *cues = maker->cues;
    struct rnd_cue *last = last_cue(maker, cue.begin_ns);
    if (last && maker->read_ns > cue.begin_ns) {
        free(last->text);
        cues->count--;
    } else if (last) {
        last->end_ns = cue.begin_ns;
    }
    maker->read_ns = cue.begin_ns + reading_ns(maker->options, text);
    if (!rnd_room(&cues->items, cues->count, &maker->capacity, 1, sizeof *cues->items))
        return false;
    cue.text = strdup(text);
    if (!cue.text)
        return false;
    cues->items[cues->count++] = cue;
    return true;
}

/* A stop whose words are a comment, and which is seen until `end_ns`.  It stays for twice the time
 * that its reading takes, and while it comes up again. */
static bool take_comment(struct maker *maker, uint32_t cursor, const char *text, int64_t end_ns)
{
    int64_t begin_ns = rnd_pace_time(maker->pace, rnd_model_moment(maker->pace->model, cursor));
    int64_t read_ns = reading_ns(maker->options, text), total_ns = maker->pace->total_ns;
    struct rnd_cue *last = last_cue(maker, begin_ns);
    end_ns = begin_ns + 2 * read_ns > end_ns ? begin_ns + 2 * read_ns : end_ns;
    end_ns = end_ns < total_ns ? end_ns : total_ns;
    if (last && last->comment && !strcmp(last->text, text))
        last->end_ns = end_ns;
    else if (begin_ns + read_ns <= total_ns)
        return begin_cue(maker, (struct rnd_cue){begin_ns, end_ns, cursor, true, NULL}, text);
    return true;
}

/* A stop of ours, which is seen until `end_ns`: shown if there is time to read it. */
static bool take_stop(struct maker *maker, uint32_t cursor, int64_t end_ns)
{
    const struct rnd_model *model = maker->pace->model;
    struct rnd_caption caption;
    int64_t begin_ns = rnd_pace_time(maker->pace, rnd_model_moment(model, cursor));
    const struct rnd_cue *last = last_cue(maker, begin_ns);
    if (last && begin_ns < maker->read_ns)
        begin_ns = maker->read_ns;
    if (end_ns - begin_ns < SECOND_NS)
        return true;
    rnd_caption_at(model, maker->options->lesson, cursor, &caption);
    if (end_ns - begin_ns < reading_ns(maker->options, caption.headline) ||
        (last && last->comment && !strcmp(last->text, caption.headline)))
        return true;
    return begin_cue(maker, (struct rnd_cue){begin_ns, end_ns, cursor, false, NULL},
                     caption.headline);
}

int rnd_cues_make(const struct rnd_pace *pace, const struct rnd_cue_options *options,
                  struct rnd_cues *out)
{
    const struct rnd_model *model = pace->model;
    struct comments comments = first_comment(model, options);
    struct maker maker = {.pace = pace, .options = options, .cues = out};
    *out = (struct rnd_cues){0};
    for (uint32_t i = 0; i < model->stop_count; i++) {
        uint32_t cursor = model->stops[i].at;
        bool last = i + 1 == model->stop_count, done;
        uint32_t next = last ? RND_NEVER : model->stops[i + 1].at;
        const char *comment = NULL;
        for (; comments.cursor < next; next_comment(&comments))
            comment = comments.text;
        if (cursor < pace->options.from.cursor || cursor > pace->end.cursor)
            continue;
        int64_t end_ns = last ? pace->total_ns : rnd_pace_time(pace, rnd_model_moment(model, next));
        done = comment ? take_comment(&maker, cursor, comment, end_ns)
                       : take_stop(&maker, cursor, end_ns);
        if (!done) {
            rnd_cues_free(out);
            return SIM_ENOMEM;
        }
    }
    return 0;
}

void rnd_cues_free(struct rnd_cues *cues)
{
    for (uint32_t i = 0; i < cues->count; i++)
        free(cues->items[i].text);
    free(cues->items);
    *cues = (struct rnd_cues){0};
}

const struct rnd_cue *rnd_cues_at(const struct rnd_cues *cues, int64_t at_ns)
{
    uint32_t low = 0, high = cues->count; /* those before `low` begin at or before it */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cues->items[middle].begin_ns <= at_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && cues->items[low - 1].end_ns > at_ns ? &cues->items[low - 1] : NULL;
}
