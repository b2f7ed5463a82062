/* What the pace has to hold for the cues: comments, markers, callouts, what the runs come to. */
#include <stdlib.h>

#include "caption.h"
#include "cues_private.h"
#include "direct.h"
#include "index.h"
#include "step.h"

struct holds {
    const struct rnd_cue_options *options;
    const struct rnd_model *model; /* of the pace */
    struct rnd_pace_hold *items;
    uint32_t count, capacity;
};

static bool add_hold(struct holds *holds, const struct rnd_cue_side *side, uint32_t cursor,
                     int64_t at_least_ns)
{
    if (!rnd_room(&holds->items, holds->count, &holds->capacity, 1, sizeof *holds->items))
        return false;
    holds->items[holds->count++] =
        (struct rnd_pace_hold){rnd_cue_cursor_of(holds->options, side, cursor), at_least_ns};
    return true;
}

/* Each comment, where it comes up for the first time. */
static bool hold_comments(struct holds *holds, const struct rnd_cue_side *side)
{
    const struct rnd_lesson *lesson = side->lesson;
    char text[RND_CUE_TEXT_MAX];
    bool done = true;
    for (uint32_t i = 0; lesson && done && i < lesson->caption_count; i++) {
        const struct rnd_note *note = &lesson->captions[i];
        uint32_t cursor = rnd_step_at_line(side->model, note->line);
        if (cursor != RND_NEVER && (!side->title || rnd_cue_is_first(holds->model, holds->options,
                                                                     side, note->text, cursor)))
            done = add_hold(holds, side, cursor,
                            rnd_cue_said_ns(holds->options, rnd_cue_say(side, note->text, text)));
    }
    return done;
}

static bool hold_markers(struct holds *holds, const struct rnd_cue_side *side)
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
static bool hold_directions(struct holds *holds, const struct rnd_cue_side *side)
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

static bool hold_stops(struct holds *holds, const struct rnd_cue_side *side)
{
    const struct rnd_model *model = side->model;
    struct rnd_caption caption;
    char text[RND_CUE_TEXT_MAX];
    bool done = true;
    for (uint32_t i = 0; holds->options->hold_all && done && i < model->stop_count; i++) {
        rnd_caption_headline_at(model, side->lesson, model->stops[i].at, &caption);
        done = add_hold(holds, side, model->stops[i].at,
                        rnd_cue_said_ns(holds->options, rnd_cue_say(side, caption.headline, text)));
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
        (struct rnd_pace_hold){last, rnd_cue_said_ns(holds->options, runs->end)};
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
    for (uint32_t run = 0; done && run < rnd_cue_run_count(options); run++) {
        struct rnd_cue_side side = rnd_cue_side_of(model, options, run);
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
