#include "cues.h"

#include <stdlib.h>
#include <string.h>

#include "caption.h"
#include "cues_private.h"
#include "index.h"
#include "step.h"

#define SECOND_NS INT64_C(1000000000)

/* --- comments --------------------------------------------------------------------------------- */

/* Goes through the lines of the script that have a caption comment, as the run comes to them. */
struct comments {
    struct rnd_cue_side side;
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

static struct comments first_comment(struct rnd_cue_side side)
{
    struct comments comments = {.side = side};
    next_comment(&comments);
    return comments;
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
    struct rnd_cue_side side;
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
    maker->read_ns = cue.begin_ns + rnd_cue_said_ns(maker->options, text);
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
    char said[RND_CUE_TEXT_MAX];
    const char *text = rnd_cue_say(&stop->side, stop->comment, said);
    int64_t begin_ns = stop->begin_ns, end_ns = stop->end_ns;
    int64_t read_ns = rnd_cue_said_ns(maker->options, text), total_ns = maker->pace->total_ns;
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
    char said[RND_CUE_TEXT_MAX];
    int64_t begin_ns = stop->begin_ns, end_ns = stop->end_ns;
    const struct rnd_cue *last = last_cue(maker, begin_ns);
    if (last && begin_ns < maker->read_ns)
        begin_ns = maker->read_ns;
    if (end_ns - begin_ns < SECOND_NS)
        return true;
    rnd_caption_headline_at(stop->side.model, stop->side.lesson, stop->own, &caption);
    const char *text = rnd_cue_say(&stop->side, caption.headline, said);
    if (end_ns - begin_ns < rnd_cue_said_ns(maker->options, text) ||
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
        .side = rnd_cue_side_of(model, maker->options, run),
        .own = runs ? runs->merged->cursors[i * rnd_cue_run_count(maker->options) + run] : cursor,
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
        if (!stop->side.title || rnd_cue_is_first(maker->pace->model, maker->options, &stop->side,
                                                  comments->text, comments->cursor)) {
            stop->comment = comments->text;
            stop->first = comments->first;
        }
}

static bool is_shown(const struct rnd_pace *pace, uint32_t cursor)
{
    return cursor >= pace->options.from.cursor && cursor <= pace->end.cursor;
}

bool rnd_cues_end_anchor(const struct rnd_pace *pace, const struct rnd_cue_options *options,
                         int64_t after_ns, struct rnd_pace_anchor *out)
{
    const struct rnd_cue_runs *runs = options->runs;
    uint32_t last = rnd_step_stop(pace->model, RND_NEVER);
    if (!runs || !runs->end || !is_shown(pace, last))
        return false;
    int64_t begin_ns = rnd_pace_time(pace, rnd_model_moment(pace->model, last));
    int64_t at_ns = pace->total_ns - after_ns - rnd_cue_said_ns(options, runs->end);
    *out = (struct rnd_pace_anchor){.cursor = last, .at_ns = at_ns};
    return at_ns < begin_ns && at_ns > pace->options.lead_ns;
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
    int64_t read_ns = rnd_cue_said_ns(maker->options, runs->end);
    return begin_ns + read_ns > pace->total_ns ||
           begin_cue(maker,
                     (struct rnd_cue){.begin_ns = begin_ns,
                                      .end_ns = pace->total_ns,
                                      .cursor = last,
                                      .run = RND_NEVER,
                                      .comment = true},
                     runs->end);
}

/* When the script comes to a marker for the first time after a cue began, or all is over. */
static int64_t next_marker_ns(const struct maker *maker, int64_t after_ns)
{
    const struct rnd_lesson *lesson = maker->options->lesson;
    const struct rnd_pace *pace = maker->pace;
    int64_t next_ns = pace->total_ns;
    for (uint32_t i = 0; i < lesson->marker_count; i++) {
        uint32_t cursor = rnd_step_at_line(pace->model, lesson->markers[i].line);
        int64_t at_ns =
            cursor == RND_NEVER ? 0 : rnd_pace_time(pace, rnd_model_moment(pace->model, cursor));
        if (at_ns > after_ns && at_ns < next_ns)
            next_ns = at_ns;
    }
    return next_ns;
}

/* What a lesson says of a part holds for it: until there is something else to say, or the next part
 * begins. */
static void let_comments_stay(struct maker *maker)
{
    struct rnd_cues *cues = maker->cues;
    for (uint32_t i = 0; i < cues->count && !maker->options->runs; i++) {
        struct rnd_cue *cue = &cues->items[i];
        int64_t until_ns = cue->comment ? next_marker_ns(maker, cue->begin_ns) : 0;
        if (i + 1 < cues->count && cue[1].begin_ns < until_ns)
            until_ns = cue[1].begin_ns;
        cue->end_ns = until_ns > cue->end_ns ? until_ns : cue->end_ns;
    }
}

int rnd_cues_make(const struct rnd_pace *pace, const struct rnd_cue_options *options,
                  struct rnd_cues *out)
{
    const struct rnd_model *model = pace->model;
    struct maker maker = {.pace = pace, .options = options, .cues = out};
    bool done = true;
    *out = (struct rnd_cues){0};
    for (uint32_t run = 0; run < rnd_cue_run_count(options); run++)
        maker.comments[run] = first_comment(rnd_cue_side_of(model, options, run));
    for (uint32_t i = 0; done && i < model->stop_count; i++) {
        struct stop stop = stop_at(&maker, i);
        find_comment(&maker, &stop);
        if (is_shown(pace, stop.cursor))
            done = stop.comment ? take_comment(&maker, &stop) : take_stop(&maker, &stop);
    }
    if (done && take_end(&maker)) {
        let_comments_stay(&maker);
        return 0;
    }
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
