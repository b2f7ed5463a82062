#include "pace.h"

#include <assert.h>
#include <stdlib.h>

#include "index.h"
#include "step.h"

/* Where the time between two anchors is too short for what must be read: the least share of it
 * that everything else gets. */
#define ELASTIC_LEAST 0.25

/* How long a piece is: what gives way, and what does not. */
struct length {
    double elastic_ns, firm_ns;
};

struct rnd_pace_options rnd_pace_defaults(void)
{
    return (struct rnd_pace_options){.speed = 1.0, .hold_ns = 120000000};
}

static int64_t to_ns(double ns)
{
    return ns < 0 ? 0 : ns < 9e18 ? (int64_t)ns : INT64_MAX;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* --- pieces ----------------------------------------------------------------------------------- */

/* The stops of an instant begin with this one. */
static uint32_t first_stop(const struct rnd_pace *pace, uint32_t instant)
{
    const struct rnd_model *model = pace->model;
    return instant < pace->instant_count
               ? RND_LOWER(model->stops, at, pace->stop_count, model->instants[instant].at)
               : pace->stop_count;
}

static uint32_t piece_count(const struct rnd_pace *pace)
{
    return pace->instant_count + pace->stop_count;
}

/* The piece of the gap before an instant, and the instant that a piece belongs to. */
static uint32_t gap_piece(const struct rnd_pace *pace, uint32_t instant)
{
    return instant + first_stop(pace, instant);
}

static uint32_t instant_of(const struct rnd_pace *pace, uint32_t piece)
{
    uint32_t low = 0, high = pace->instant_count; /* it is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (gap_piece(pace, middle) > piece)
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* The piece of the stop that is seen at a cursor; of the first stop if there is none yet. */
static uint32_t stop_piece(const struct rnd_pace *pace, uint32_t cursor)
{
    const struct rnd_model *model = pace->model;
    uint32_t stop = RND_UPPER(model->stops, at, pace->stop_count, cursor);
    stop -= stop > 0;
    uint32_t at = stop < pace->stop_count ? model->stops[stop].at : 0;
    return stop + RND_UPPER(model->instants, at, pace->instant_count, at);
}

/* --- lengths ---------------------------------------------------------------------------------- */

/* Virtual time of an instant, within what is shown. */
static int64_t clipped_ns(const struct rnd_pace *pace, uint32_t instant)
{
    return clamp(pace->model->instants[instant].time_ns, pace->options.from.time_ns,
                 pace->end.time_ns);
}

/* The gap before an instant, if nothing shortens it. */
static double gap_ns(const struct rnd_pace *pace, uint32_t instant)
{
    if (instant == 0)
        return 0;
    return (double)(clipped_ns(pace, instant) - clipped_ns(pace, instant - 1)) /
           pace->options.speed;
}

static struct length gap_length(const struct rnd_pace *pace, uint32_t instant)
{
    double length_ns = gap_ns(pace, instant), most_ns = (double)pace->options.gap_max_ns;
    return (struct length){most_ns > 0 && length_ns > most_ns ? most_ns : length_ns, 0};
}

/* The next of the pieces, as the instants, the stops and the holds have it. */
struct walk {
    uint32_t piece;
    uint32_t instants, stops, holds; /* of each, those before the piece */
};

/* The length of the next stop, which is in the instant that came last. */
static struct length stop_length(const struct rnd_pace *pace, struct walk *walk)
{
    const struct rnd_pace_options *options = &pace->options;
    const struct rnd_stop *stops = pace->model->stops;
    double hold_ns = (double)options->hold_ns *
                     (options->hold_shares ? (double)options->hold_shares[walk->stops] : 1);
    uint32_t at = stops[walk->stops++].at;
    uint32_t next = walk->stops < pace->stop_count ? stops[walk->stops].at : RND_NEVER;
    int64_t firm_ns = 0;
    for (; walk->holds < options->hold_count && options->holds[walk->holds].cursor < next;
         walk->holds++)
        if (firm_ns < options->holds[walk->holds].at_least_ns)
            firm_ns = options->holds[walk->holds].at_least_ns;
    bool gone = next <= options->from.cursor ||
                pace->model->instants[walk->instants - 1].time_ns < options->from.time_ns;
    if (gone || at > pace->end.cursor)
        return (struct length){0, 0};
    return (double)firm_ns > hold_ns ? (struct length){0, (double)firm_ns}
                                     : (struct length){hold_ns, 0};
}

static struct length next_length(const struct rnd_pace *pace, struct walk *walk)
{
    const struct rnd_model *model = pace->model;
    uint32_t end =
        walk->instants < pace->instant_count ? model->instants[walk->instants].at : RND_NEVER;
    walk->piece++;
    if (walk->stops < pace->stop_count && model->stops[walk->stops].at < end)
        return stop_length(pace, walk);
    return gap_length(pace, walk->instants++);
}

/* --- laying them out -------------------------------------------------------------------------- */

/* Walks over the pieces up to `to` and lays them out from `at_ns` on, so that they take exactly
 * `wanted_ns`; those of no length stay so.  A negative `wanted_ns`: as they come.  Returns when
 * they are over. */
static double lay_out(struct rnd_pace *pace, struct walk *walk, uint32_t to, double at_ns,
                      double wanted_ns)
{
    struct length sum = {0, 0};
    double elastic = 1, firm = 1;
    for (struct walk ahead = *walk; wanted_ns >= 0 && ahead.piece < to;) {
        struct length length = next_length(pace, &ahead);
        sum.elastic_ns += length.elastic_ns;
        sum.firm_ns += length.firm_ns;
    }
    if (wanted_ns >= 0 && sum.elastic_ns > 0) {
        double least = ELASTIC_LEAST * wanted_ns / (sum.elastic_ns + sum.firm_ns);
        elastic = (wanted_ns - sum.firm_ns) / sum.elastic_ns;
        elastic = elastic > least ? elastic : least;
    }
    if (wanted_ns >= 0 && sum.firm_ns > 0)
        firm = (wanted_ns - elastic * sum.elastic_ns) / sum.firm_ns;
    sum = (struct length){0, 0};
    while (walk->piece < to) {
        pace->begins[walk->piece] = to_ns(at_ns + elastic * sum.elastic_ns + firm * sum.firm_ns);
        struct length length = next_length(pace, walk);
        sum.elastic_ns += length.elastic_ns;
        sum.firm_ns += length.firm_ns;
    }
    return wanted_ns >= 0 ? at_ns + wanted_ns
                          : at_ns + elastic * sum.elastic_ns + firm * sum.firm_ns;
}

/* Lays out all pieces, from anchor to anchor; those that would go back are passed over. */
static void lay_out_all(struct rnd_pace *pace)
{
    const struct rnd_pace_options *options = &pace->options;
    struct walk walk = {0};
    double at_ns = (double)options->lead_ns;
    for (uint32_t i = 0; i < options->anchor_count; i++) {
        const struct rnd_pace_anchor *anchor = &options->anchors[i];
        uint32_t to = stop_piece(pace, anchor->cursor);
        if (to > walk.piece && (double)anchor->at_ns >= at_ns)
            at_ns = lay_out(pace, &walk, to, at_ns, (double)anchor->at_ns - at_ns);
    }
    double left_ns = options->total_ns > 0 ? (double)options->total_ns - at_ns : -1;
    if (options->total_ns > 0 && left_ns < 0)
        left_ns = 0;
    pace->total_ns = to_ns(lay_out(pace, &walk, piece_count(pace), at_ns, left_ns));
}

int rnd_pace_init(struct rnd_pace *pace, const struct rnd_model *model,
                  const struct rnd_pace_options *options)
{
    assert(options->speed > 0);
    *pace = (struct rnd_pace){.model = model,
                              .options = *options,
                              .instant_count = model->instant_count,
                              .stop_count = model->stop_count};
    pace->end = options->to;
    if (!options->to.cursor)
        pace->end = rnd_model_moment(model, model->event_count);
    pace->begins = malloc(piece_count(pace) * sizeof *pace->begins);
    if (pace->begins)
        lay_out_all(pace);
    pace->options.holds = NULL;
    pace->options.anchors = NULL;
    pace->options.hold_shares = NULL;
    return pace->begins ? 0 : SIM_ENOMEM;
}

void rnd_pace_close(struct rnd_pace *pace)
{
    free(pace->begins);
    *pace = (struct rnd_pace){0};
}

/* --- asking it -------------------------------------------------------------------------------- */

/* The last piece that begins at or before a presentation time. */
static uint32_t piece_at(const struct rnd_pace *pace, int64_t at_ns)
{
    uint32_t low = 0, high = piece_count(pace); /* it is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (pace->begins[middle] > at_ns)
            high = middle;
        else
            low = middle;
    }
    return low;
}

static int64_t piece_end(const struct rnd_pace *pace, uint32_t piece)
{
    return piece + 1 < piece_count(pace) ? pace->begins[piece + 1] : pace->total_ns;
}

/* How much of a whole is gone, 0..1. */
static double share(int64_t gone, int64_t whole)
{
    return whole <= 0 || gone >= whole ? 1 : gone <= 0 ? 0 : (double)gone / (double)whole;
}

struct rnd_moment rnd_pace_moment(const struct rnd_pace *pace, int64_t at_ns)
{
    const struct rnd_model *model = pace->model;
    if (at_ns >= pace->total_ns)
        return pace->end;
    uint32_t piece = piece_at(pace, at_ns), i = instant_of(pace, piece);
    if (i == 0 && piece == 0)
        return pace->options.from;
    if (piece != gap_piece(pace, i))
        return rnd_model_moment(model, model->stops[piece - i - 1].at);
    struct rnd_moment moment = rnd_model_moment(model, model->instants[i].at - 1);
    int64_t from_ns = clipped_ns(pace, i - 1), passes_ns = clipped_ns(pace, i) - from_ns;
    moment.time_ns =
        from_ns + to_ns((double)passes_ns * share(at_ns - pace->begins[piece],
                                                  piece_end(pace, piece) - pace->begins[piece]));
    return moment;
}

int64_t rnd_pace_time(const struct rnd_pace *pace, struct rnd_moment moment)
{
    const struct rnd_model *model = pace->model;
    uint32_t i = rnd_model_instant(model, moment.cursor);
    if (i >= pace->instant_count)
        return pace->total_ns;
    int64_t gone_ns = moment.time_ns - model->instants[i].time_ns;
    if (gone_ns > 0 && i + 1 < pace->instant_count) {
        uint32_t gap = gap_piece(pace, i + 1);
        int64_t from_ns = clipped_ns(pace, i);
        double gone = share(moment.time_ns - from_ns, clipped_ns(pace, i + 1) - from_ns);
        return pace->begins[gap] + to_ns(gone * (double)(piece_end(pace, gap) - pace->begins[gap]));
    }
    uint32_t piece = stop_piece(pace, moment.cursor), gap = gap_piece(pace, i);
    return piece > gap ? pace->begins[piece] : piece_end(pace, gap);
}

double rnd_pace_hurry(const struct rnd_pace *pace, int64_t at_ns)
{
    uint32_t piece = piece_at(pace, at_ns), i = instant_of(pace, piece);
    double most_ns = (double)pace->options.gap_max_ns;
    if (at_ns >= pace->total_ns || piece != gap_piece(pace, i) || most_ns <= 0)
        return 1;
    double ratio = gap_ns(pace, i) / most_ns;
    return ratio > 1 ? ratio : 1;
}
