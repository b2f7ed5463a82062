#include "pace.h"

#include <stdlib.h>

#include "index.h"

struct rnd_pace_options rnd_pace_defaults(void)
{
    return (struct rnd_pace_options){.speed = 1.0, .hold_ns = 120000000};
}

static int64_t to_ns(double ns)
{
    return ns < 0 ? 0 : ns < 9e18 ? (int64_t)ns : INT64_MAX;
}

static int64_t sum(int64_t a, int64_t b)
{
    return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* How long the clock's moving is shown that ends in instant `i` > 0, before `scale`. */
static int64_t gap_shown(const struct rnd_pace *pace, uint32_t i)
{
    const struct rnd_instant *instants = pace->model->instants;
    int64_t gap_ns =
        to_ns((double)(instants[i].time_ns - instants[i - 1].time_ns) / pace->options.speed);
    int64_t max_ns = pace->options.gap_max_ns;
    gap_ns = max_ns > 0 && gap_ns > max_ns ? max_ns : gap_ns;
    return gap_ns > 0 ? gap_ns : 1;
}

/* How many stops there are before a cursor. */
static uint32_t stops_before(const struct rnd_model *model, uint32_t cursor)
{
    return RND_LOWER(model->stops, at, model->stop_count, cursor);
}

/* The cursor after the last of an instant, and its stops. */
static uint32_t instant_end(const struct rnd_pace *pace, uint32_t i)
{
    return i + 1 < pace->count ? pace->model->instants[i + 1].at : pace->model->event_count + 1;
}

static uint32_t instant_stops(const struct rnd_pace *pace, uint32_t i)
{
    return stops_before(pace->model, instant_end(pace, i)) -
           stops_before(pace->model, pace->model->instants[i].at);
}

static int64_t hold_shown(const struct rnd_pace *pace, uint32_t stops)
{
    return to_ns((double)pace->options.hold_ns * stops);
}

int rnd_pace_init(struct rnd_pace *pace, const struct rnd_model *model,
                  const struct rnd_pace_options *options)
{
    *pace = (struct rnd_pace){
        .model = model, .options = *options, .count = model->instant_count, .scale = 1.0};
    pace->starts = malloc(pace->count * sizeof *pace->starts);
    if (!pace->starts)
        return SIM_ENOMEM;
    int64_t at_ns = 0;
    for (uint32_t i = 0; i < pace->count; i++) {
        if (i > 0)
            at_ns = sum(at_ns, gap_shown(pace, i));
        pace->starts[i] = at_ns;
        at_ns = sum(at_ns, hold_shown(pace, instant_stops(pace, i)));
    }
    pace->total_ns = at_ns;
    if (options->total_ns > 0 && at_ns > 0) {
        pace->scale = (double)options->total_ns / (double)at_ns;
        pace->total_ns = options->total_ns;
    }
    return 0;
}

void rnd_pace_close(struct rnd_pace *pace)
{
    free(pace->starts);
    *pace = (struct rnd_pace){0};
}

struct rnd_moment rnd_pace_moment(const struct rnd_pace *pace, int64_t at_ns)
{
    const struct rnd_model *model = pace->model;
    int64_t shown_ns = to_ns((double)at_ns / pace->scale);
    uint32_t low = 0, high = pace->count; /* the instant is in [low, high) */
    if (at_ns >= pace->total_ns)
        return rnd_model_moment(model, model->event_count);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (pace->starts[middle] > shown_ns)
            high = middle;
        else
            low = middle;
    }
    int64_t into_ns = shown_ns - pace->starts[low];
    uint32_t stops = instant_stops(pace, low);
    int64_t held_ns = hold_shown(pace, stops);
    if (into_ns < held_ns) {
        uint32_t stop = (uint32_t)(into_ns / pace->options.hold_ns);
        stop = stop < stops ? stop : stops - 1;
        return rnd_model_moment(
            model, model->stops[stops_before(model, model->instants[low].at) + stop].at);
    }
    struct rnd_moment moment = rnd_model_moment(model, instant_end(pace, low) - 1);
    if (low + 1 < pace->count) {
        double gap_ns = (double)(model->instants[low + 1].time_ns - moment.time_ns);
        double share = (double)(into_ns - held_ns) / (double)gap_shown(pace, low + 1);
        moment.time_ns += to_ns(gap_ns * (share < 1 ? share : 1));
    }
    return moment;
}

int64_t rnd_pace_time(const struct rnd_pace *pace, struct rnd_moment moment)
{
    const struct rnd_model *model = pace->model;
    uint32_t i = rnd_model_instant(model, moment.cursor);
    int64_t gone_ns = moment.time_ns - model->instants[i].time_ns;
    if (i >= pace->count)
        return pace->total_ns;
    int64_t at_ns = pace->starts[i];
    if (gone_ns > 0 && i + 1 < pace->count) {
        double gap_ns = (double)(model->instants[i + 1].time_ns - model->instants[i].time_ns);
        double share = (double)gone_ns / gap_ns;
        at_ns = sum(sum(at_ns, hold_shown(pace, instant_stops(pace, i))),
                    to_ns((share < 1 ? share : 1) * (double)gap_shown(pace, i + 1)));
    } else {
        /* A stop begins where those before it were held. */
        uint32_t before = stops_before(model, moment.cursor + 1);
        uint32_t first = stops_before(model, model->instants[i].at);
        at_ns = sum(at_ns, hold_shown(pace, before > first ? before - first - 1 : 0));
    }
    /* Rounded up, so that rnd_pace_moment of it is not the moment before. */
    int64_t scaled_ns = to_ns((double)at_ns * pace->scale);
    return to_ns((double)scaled_ns / pace->scale) < at_ns ? scaled_ns + 1 : scaled_ns;
}
