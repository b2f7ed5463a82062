#include "cues.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "caption.h"
#include "direct.h"
#include "index.h"
#include "step.h"

#define CHARACTERS_PER_S 17
#define SECOND_NS INT64_C(1000000000)

/* What is said at most, with the title of a run. */
#define TEXT_MAX 512

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

/* --- runs ------------------------------------------------------------------------------------- */

/* One of the runs that there are cues of. */
struct side {
    uint32_t run;
    const struct rnd_model *model;
    const struct rnd_lesson *lesson; /* NULL: none */
    const char *title;               /* NULL: there is no other run */
};

static uint32_t run_count(const struct rnd_cue_options *options)
{
    return options->runs ? options->runs->merged->run_count : 1;
}

/* `model` is that of the pace. */
static struct side side_of(const struct rnd_model *model, const struct rnd_cue_options *options,
                           uint32_t run)
{
    const struct rnd_cue_runs *runs = options->runs;
    if (!runs)
        return (struct side){0, model, options->lesson, NULL};
    return (struct side){run, runs->merged->runs[run], runs->lessons[run], runs->titles[run]};
}

/* The pace's cursor for one of a run. */
static uint32_t cursor_of(const struct rnd_cue_options *options, const struct side *side,
                          uint32_t cursor)
{
    if (!options->runs)
        return cursor;
    struct rnd_moment moment = rnd_model_moment(side->model, cursor);
    return rnd_merged_of(options->runs->merged, side->run, moment).cursor;
}

/* A text of ours or of a comment, as it is said. */
static const char *say(const struct side *side, const char *text, char out[TEXT_MAX])
{
    if (!side->title)
        return text;
    (void)snprintf(out, TEXT_MAX, "%s: %s", side->title, text);
    return out;
}

/* Whether no run comes to a comment of these words before a run does at a cursor. */
static bool is_first(const struct rnd_model *model, const struct rnd_cue_options *options,
                     const struct side *side, const char *text, uint32_t cursor)
{
    for (uint32_t run = 0; run < run_count(options); run++) {
        struct side other = side_of(model, options, run);
        for (uint32_t i = 0; other.lesson && i < other.lesson->caption_count; i++) {
            const struct rnd_note *note = &other.lesson->captions[i];
            uint32_t at = strcmp(note->text, text) == 0 ? rnd_step_at_line(other.model, note->line)
                                                        : RND_NEVER;
            if (at != RND_NEVER &&
                cursor_of(options, &other, at) < cursor_of(options, side, cursor))
                return false;
        }
    }
    return true;
}

/* --- comments --------------------------------------------------------------------------------- */

/* Goes through the lines of the script that have a caption comment, as the run comes to them. */
struct comments {
    struct side side;
    uint32_t next;    /* in the model's lines */
    uint32_t cursor;  /* of the present one, RND_NEVER after the last */
    const char *text; /* of it */
    bool first;       /* the run comes to it for the first time */
};

static void next_comment(struct comments *comments)
{
    const struct rnd_model *model = comments->side.model;
    const struct rnd_lesson *lesson = comments->side.lesson;
    bool any = lesson && lesson->caption_count > 0;
    comments->cursor = RND_NEVER;
    while (any && comments->next < model->line_count) {
        const struct rnd_line *line = &model->lines[comments->next++];
        comments->text = line->file == 0 ? rnd_lesson_caption(lesson, line->line) : NULL;
        if (comments->text) {
            comments->cursor = line->at;
            comments->first = rnd_step_at_line(model, line->line) == line->at;
            return;
        }
    }
}

static struct comments first_comment(struct side side)
{
    struct comments comments = {.side = side};
    next_comment(&comments);
    return comments;
}

/* --- holds ------------------------------------------------------------------------------------ */

struct holds {
    const struct rnd_cue_options *options;
    const struct rnd_model *model; /* of the pace */
    struct rnd_pace_hold *items;
    uint32_t count, capacity;
};

static bool add_hold(struct holds *holds, const struct side *side, uint32_t cursor,
                     int64_t at_least_ns)
{
    if (!rnd_room(&holds->items, holds->count, &holds->capacity, 1, sizeof *holds->items))
        return false;
    holds->items[holds->count++] =
        (struct rnd_pace_hold){cursor_of(holds->options, side, cursor), at_least_ns};
    return true;
}

/* Each comment, where it comes up for the first time. */
static bool hold_comments(struct holds *holds, const struct side *side)
{
    const struct rnd_lesson *lesson = side->lesson;
    char text[TEXT_MAX];
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->caption_count; i++) {
        const struct rnd_note *note = &lesson->captions[i];
        uint32_t cursor = rnd_step_at_line(side->model, note->line);
        if (cursor != RND_NEVER &&
            (!side->title || is_first(holds->model, holds->options, side, note->text, cursor)))
            done = add_hold(holds, side, cursor,
                            reading_ns(holds->options, say(side, note->text, text)));
    }
    return done;
}

static bool hold_markers(struct holds *holds, const struct side *side)
{
    const struct rnd_lesson *lesson = side->lesson;
    int64_t pause_ns = holds->options->marker_pause_ns;
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->marker_count; i++) {
        uint32_t cursor = rnd_step_at_line(side->model, lesson->markers[i].line);
        if (cursor != RND_NEVER && pause_ns > 0)
            done = add_hold(holds, side, cursor, pause_ns);
    }
    return done;
}

/* What is said beside the captions: callouts are read too, and a zoom takes its time.  Several runs
 * are not directed. */
static bool hold_directions(struct holds *holds, const struct side *side)
{
    const struct rnd_lesson *lesson = side->title ? NULL : side->lesson;
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->callout_count; i++) {
        uint32_t cursor = rnd_step_at_line(side->model, lesson->callouts[i].line);
        if (cursor != RND_NEVER)
            done = add_hold(holds, side, cursor,
                            rnd_cue_reading_ns(lesson->callouts[i].text, NULL) +
                                2 * RND_DIRECT_EASE_NS);
    }
    for (uint32_t i = 0; lesson && done && i < lesson->zoom_count; i++) {
        uint32_t cursor = rnd_step_at_line(side->model, lesson->zooms[i].line);
        if (cursor != RND_NEVER)
            done = add_hold(holds, side, cursor, 2 * RND_DIRECT_EASE_NS);
    }
    return done;
}

static bool hold_stops(struct holds *holds, const struct side *side)
{
    const struct rnd_model *model = side->model;
    struct rnd_caption caption;
    char text[TEXT_MAX];
    bool done = true;
    for (uint32_t i = 0; holds->options->hold_all && done && i < model->stop_count; i++) {
        rnd_caption_headline_at(model, side->lesson, model->stops[i].at, &caption);
        done = add_hold(holds, side, model->stops[i].at,
                        reading_ns(holds->options, say(side, caption.headline, text)));
    }
    return done;
}

/* What the runs come to. */
static bool hold_end(struct holds *holds)
{
    const struct rnd_cue_runs *runs = holds->options->runs;
    uint32_t last = rnd_step_stop(holds->model, RND_NEVER);
    if (!runs || !runs->end)
        return true;
    if (!rnd_room(&holds->items, holds->count, &holds->capacity, 1, sizeof *holds->items))
        return false;
    holds->items[holds->count++] =
        (struct rnd_pace_hold){last, reading_ns(holds->options, runs->end)};
    return true;
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
    struct holds holds = {.options = options, .model = model};
    bool done = true;
    for (uint32_t run = 0; done && run < run_count(options); run++) {
        struct side side = side_of(model, options, run);
        done = hold_comments(&holds, &side) && hold_markers(&holds, &side) &&
               hold_directions(&holds, &side) && hold_stops(&holds, &side);
    }
    if (!done || !hold_end(&holds)) {
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
    struct comments comments[RND_MERGED_MAX];
};

/* A stop of a run: its cursors there and in the pace's model, and from when to when it is seen. */
struct stop {
    struct side side;
    uint32_t own, cursor;
    int64_t begin_ns, end_ns;
    const char *comment; /* that it has for its words, NULL: none */
    bool first;          /* which comes up for the first time */
};

/* The last cue if it is still to be seen at a time, NULL otherwise. */
static struct rnd_cue *last_cue(const struct maker *maker, int64_t at_ns)
{
    struct rnd_cues *cues = maker->cues;
    return cues->count > 0 && cues->items[cues->count - 1].end_ns > at_ns
               ? &cues->items[cues->count - 1]
               : NULL;
}

/* A cue begins; the one before it ends, or if it cannot have been read, was never there; but of two
 * that were to be held, in a presentation too short for both, the former stays. */
static bool begin_cue(struct maker *maker, struct rnd_cue cue, const char *text)
{
    struct rnd_cues *cues = maker->cues;
    struct rnd_cue *last = last_cue(maker, cue.begin_ns);
    bool unread = last && maker->read_ns > cue.begin_ns;
    if (unread && last->first && cue.first)
        return true;
    if (unread) {
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

/* A stop whose words are a comment.  It stays for twice the time that its reading takes, and while
 * it comes up again. */
static bool take_comment(struct maker *maker, const struct stop *stop)
{
    char said[TEXT_MAX];
    const char *text = say(&stop->side, stop->comment, said);
    int64_t begin_ns = stop->begin_ns, end_ns = stop->end_ns;
    int64_t read_ns = reading_ns(maker->options, text), total_ns = maker->pace->total_ns;
    struct rnd_cue *last = last_cue(maker, begin_ns);
    end_ns = begin_ns + 2 * read_ns > end_ns ? begin_ns + 2 * read_ns : end_ns;
    end_ns = end_ns < total_ns ? end_ns : total_ns;
    if (last && last->comment && !strcmp(last->text, text))
        last->end_ns = end_ns;
    else if (begin_ns + read_ns <= total_ns)
        return begin_cue(maker,
                         (struct rnd_cue){.begin_ns = begin_ns,
                                          .end_ns = end_ns,
                                          .cursor = stop->cursor,
                                          .run = stop->side.run,
                                          .comment = true,
                                          .first = stop->first},
                         text);
    return true;
}

/* A stop of ours: shown if there is time to read it. */
static bool take_stop(struct maker *maker, const struct stop *stop)
{
    struct rnd_caption caption;
    char said[TEXT_MAX];
    int64_t begin_ns = stop->begin_ns, end_ns = stop->end_ns;
    const struct rnd_cue *last = last_cue(maker, begin_ns);
    if (last && begin_ns < maker->read_ns)
        begin_ns = maker->read_ns;
    if (end_ns - begin_ns < SECOND_NS)
        return true;
    rnd_caption_headline_at(stop->side.model, stop->side.lesson, stop->own, &caption);
    const char *text = say(&stop->side, caption.headline, said);
    if (end_ns - begin_ns < reading_ns(maker->options, text) ||
        (last && last->comment && !strcmp(last->text, text)))
        return true;
    return begin_cue(
        maker,
        (struct rnd_cue){
            .begin_ns = begin_ns, .end_ns = end_ns, .cursor = stop->cursor, .run = stop->side.run},
        text);
}

/* The n-th stop of the pace. */
static struct stop stop_at(const struct maker *maker, uint32_t i)
{
    const struct rnd_pace *pace = maker->pace;
    const struct rnd_model *model = pace->model;
    const struct rnd_cue_runs *runs = maker->options->runs;
    uint32_t run = runs ? runs->merged->stop_runs[i] : 0, cursor = model->stops[i].at;
    bool last = i + 1 == model->stop_count;
    return (struct stop){
        .side = side_of(model, maker->options, run),
        .own = runs ? runs->merged->cursors[i * run_count(maker->options) + run] : cursor,
        .cursor = cursor,
        .begin_ns = rnd_pace_time(pace, rnd_model_moment(model, cursor)),
        .end_ns = last ? pace->total_ns
                       : rnd_pace_time(pace, rnd_model_moment(model, model->stops[i + 1].at))};
}

/* Finds the comment of a stop. */
static void find_comment(struct maker *maker, struct stop *stop)
{
    struct comments *comments = &maker->comments[stop->side.run];
    const struct rnd_model *model = stop->side.model;
    uint32_t next = RND_UPPER(model->stops, at, model->stop_count, stop->own);
    uint32_t end = next < model->stop_count ? model->stops[next].at : RND_NEVER;
    for (; comments->cursor < end; next_comment(comments))
        if (!stop->side.title || is_first(maker->pace->model, maker->options, &stop->side,
                                          comments->text, comments->cursor)) {
            stop->comment = comments->text;
            stop->first = comments->first;
        }
}

static bool is_shown(const struct rnd_pace *pace, uint32_t cursor)
{
    return cursor >= pace->options.from.cursor && cursor <= pace->end.cursor;
}

/* What the runs come to, from the last stop on. */
static bool take_end(struct maker *maker)
{
    const struct rnd_cue_runs *runs = maker->options->runs;
    const struct rnd_pace *pace = maker->pace;
    uint32_t last = rnd_step_stop(pace->model, RND_NEVER);
    if (!runs || !runs->end || !is_shown(pace, last))
        return true;
    int64_t begin_ns = rnd_pace_time(pace, rnd_model_moment(pace->model, last));
    int64_t read_ns = reading_ns(maker->options, runs->end);
    return begin_ns + read_ns > pace->total_ns ||
           begin_cue(maker,
                     (struct rnd_cue){.begin_ns = begin_ns,
                                      .end_ns = pace->total_ns,
                                      .cursor = last,
                                      .run = RND_NEVER,
                                      .comment = true},
                     runs->end);
}

int rnd_cues_make(const struct rnd_pace *pace, const struct rnd_cue_options *options,
                  struct rnd_cues *out)
{
    const struct rnd_model *model = pace->model;
    struct maker maker = {.pace = pace, .options = options, .cues = out};
    bool done = true;
    *out = (struct rnd_cues){0};
    for (uint32_t run = 0; run < run_count(options); run++)
        maker.comments[run] = first_comment(side_of(model, options, run));
    for (uint32_t i = 0; done && i < model->stop_count; i++) {
        struct stop stop = stop_at(&maker, i);
        find_comment(&maker, &stop);
        if (is_shown(pace, stop.cursor))
            done = stop.comment ? take_comment(&maker, &stop) : take_stop(&maker, &stop);
    }
    if (done && take_end(&maker))
        return 0;
    rnd_cues_free(out);
    return SIM_ENOMEM;
}

void rnd_cues_free(struct rnd_cues *cues)
{
    for (uint32_t i = 0; i < cues->count; i++)
        free(cues->items[i].text);
    free(cues->items);
    *cues = (struct rnd_cues){0};
}

const struct rnd_cue *rnd_cues_last(const struct rnd_cues *cues, int64_t at_ns)
{
    uint32_t low = 0, high = cues->count; /* those before `low` begin at or before it */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (cues->items[middle].begin_ns <= at_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &cues->items[low - 1] : NULL;
}

const struct rnd_cue *rnd_cues_at(const struct rnd_cues *cues, int64_t at_ns)
{
    const struct rnd_cue *last = rnd_cues_last(cues, at_ns);
    return last && last->end_ns > at_ns ? last : NULL;
}
