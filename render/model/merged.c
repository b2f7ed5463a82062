#include "merged.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "instants.h"

/* --- merging ---------------------------------------------------------------------------------- */

/* What is being merged; of each run: the stops that are merged, where it is, and how far from the
 * beginning of its instant the next stop is on the axis; below 0: it has none at that time. */
struct maker {
    struct rnd_merged *merged;
    uint32_t stops[RND_MERGED_MAX], cursors[RND_MERGED_MAX];
    double places[RND_MERGED_MAX];
    uint32_t next; /* cursor */
};

/* The last cursor before a time; 0 at the start. */
static uint32_t cursor_before(const struct rnd_model *model, int64_t time_ns)
{
    return model->instants[0].time_ns < time_ns ? rnd_model_at_time(model, time_ns - 1).cursor : 0;
}

static void find_next(struct maker *maker, uint32_t run, int64_t time_ns)
{
    const struct rnd_model *model = maker->merged->runs[run];
    maker->places[run] = -1;
    if (maker->stops[run] >= model->stop_count)
        return;
    uint32_t at = model->stops[maker->stops[run]].at;
    const struct rnd_instant *instant = &model->instants[rnd_model_instant(model, at)];
    if (instant->time_ns == time_ns)
        maker->places[run] = rnd_slots_in(model, at) - rnd_slots_in(model, instant->at);
}

/* The run whose stop comes next; as many as there are runs: none has any at that time. */
static uint32_t next_run(const struct maker *maker)
{
    uint32_t count = maker->merged->run_count, found = count;
    for (uint32_t run = 0; run < count; run++)
        if (maker->places[run] >= 0 &&
            (found == count || maker->places[run] < maker->places[found]))
            found = run;
    return found;
}

static void take_stop(struct maker *maker, uint32_t run)
{
    struct rnd_merged *merged = maker->merged;
    uint32_t stop = merged->model.stop_count++;
    maker->cursors[run] = merged->runs[run]->stops[maker->stops[run]++].at;
    merged->model.stops[stop] = (struct rnd_stop){.at = maker->next, .event = maker->next - 1};
    merged->stop_runs[stop] = run;
    memcpy(merged->cursors + (size_t)stop * merged->run_count, maker->cursors,
           merged->run_count * sizeof *maker->cursors);
    maker->next++;
}

/* So that what happens at once is not seen for longer because several do it: each run's stops are
 * still seen for all of their time, until its next one. */
static void share_holds(struct rnd_merged *merged, uint32_t first)
{
    uint32_t counts[RND_MERGED_MAX] = {0}, most = 0, end = merged->model.stop_count;
    for (uint32_t stop = first; stop < end; stop++)
        counts[merged->stop_runs[stop]]++;
    for (uint32_t run = 0; run < merged->run_count; run++)
        most = counts[run] > most ? counts[run] : most;
    for (uint32_t stop = first; stop < end; stop++)
        merged->hold_shares[stop] = (float)most / (float)(end - first);
}

static void take_instant(struct maker *maker, int64_t time_ns)
{
    struct rnd_merged *merged = maker->merged;
    uint32_t run, first = merged->model.stop_count;
    merged->model.instants[merged->model.instant_count] = (struct rnd_instant){
        .at = merged->model.instant_count ? maker->next : 0, .time_ns = time_ns};
    merged->model.instant_count++;
    for (run = 0; run < merged->run_count; run++) {
        maker->cursors[run] = cursor_before(merged->runs[run], time_ns);
        find_next(maker, run, time_ns);
    }
    while ((run = next_run(maker)) < merged->run_count) {
        take_stop(maker, run);
        find_next(maker, run, time_ns);
    }
    share_holds(merged, first);
    maker->next += first == merged->model.stop_count;
}

int rnd_merged_open(struct rnd_merged *merged, const struct rnd_model *const *models,
                    uint32_t count, const struct rnd_instants *instants)
{
    struct maker maker = {.merged = merged, .next = 1};
    size_t stops = 0;
    assert(count > 0 && count <= RND_MERGED_MAX);
    *merged = (struct rnd_merged){.run_count = count};
    for (uint32_t run = 0; run < count; run++) {
        merged->runs[run] = models[run];
        stops += models[run]->stop_count;
    }
    merged->model.instants = calloc(instants->count, sizeof *merged->model.instants);
    merged->model.stops = calloc(stops + 1, sizeof *merged->model.stops);
    merged->stop_runs = calloc(stops + 1, sizeof *merged->stop_runs);
    merged->hold_shares = calloc(stops + 1, sizeof *merged->hold_shares);
    merged->cursors = calloc((stops + 1) * count, sizeof *merged->cursors);
    if (!merged->model.instants || !merged->model.stops || !merged->stop_runs ||
        !merged->hold_shares || !merged->cursors) {
        rnd_merged_close(merged);
        return SIM_ENOMEM;
    }
    for (uint32_t i = 0; i < instants->count; i++)
        take_instant(&maker, instants->times[i]);
    merged->model.event_count = maker.next;
    merged->model.end_ns = instants->end_ns;
    return SIM_OK;
}

void rnd_merged_close(struct rnd_merged *merged)
{
    free(merged->model.instants);
    free(merged->model.stops);
    free(merged->stop_runs);
    free(merged->hold_shares);
    free(merged->cursors);
    *merged = (struct rnd_merged){0};
}

/* --- from one to the other -------------------------------------------------------------------- */

struct rnd_moment rnd_merged_in(const struct rnd_merged *merged, struct rnd_moment moment,
                                uint32_t run)
{
    const struct rnd_model *all = &merged->model, *model = merged->runs[run];
    const struct rnd_instant *instant = &all->instants[rnd_model_instant(all, moment.cursor)];
    uint32_t stop = RND_UPPER(all->stops, at, all->stop_count, moment.cursor);
    if (moment.cursor >= all->event_count)
        return (struct rnd_moment){model->event_count, moment.time_ns};
    if (moment.time_ns > instant->time_ns)
        return (struct rnd_moment){rnd_model_at_time(model, instant->time_ns).cursor,
                                   moment.time_ns};
    bool begun = stop > 0 && all->stops[stop - 1].at >= instant->at;
    return (struct rnd_moment){begun ? merged->cursors[(size_t)(stop - 1) * merged->run_count + run]
                                     : cursor_before(model, instant->time_ns),
                               moment.time_ns};
}

/* The first of the stops [low, high) at which a run is at or beyond a cursor; high: none is. */
static uint32_t first_at(const struct rnd_merged *merged, uint32_t run, uint32_t cursor,
                         uint32_t low, uint32_t high)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (merged->cursors[(size_t)middle * merged->run_count + run] < cursor)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct rnd_moment rnd_merged_of(const struct rnd_merged *merged, uint32_t run,
                                struct rnd_moment moment)
{
    const struct rnd_model *all = &merged->model, *model = merged->runs[run];
    int64_t own_ns = rnd_model_time(model, moment.cursor);
    struct rnd_moment last = rnd_model_at_time(all, moment.time_ns);
    last.time_ns = moment.time_ns;
    if (moment.time_ns >= all->end_ns && moment.cursor >= model->event_count)
        return (struct rnd_moment){all->event_count, moment.time_ns};
    if (moment.time_ns > own_ns)
        return last;
    const struct rnd_instant *instant = &all->instants[rnd_model_instant(all, last.cursor)];
    uint32_t from = RND_LOWER(all->stops, at, all->stop_count, instant->at);
    uint32_t to = RND_UPPER(all->stops, at, all->stop_count, last.cursor);
    uint32_t beyond = first_at(merged, run, moment.cursor + 1, from, to);
    uint32_t before = instant->at > 0 ? instant->at - 1 : 0; /* it has not begun */
    if (beyond == from)
        return (struct rnd_moment){before, moment.time_ns};
    uint32_t there = merged->cursors[(size_t)(beyond - 1) * merged->run_count + run];
    uint32_t stop = first_at(merged, run, there, from, beyond);
    bool begun = there > cursor_before(model, own_ns);
    return (struct rnd_moment){begun ? all->stops[stop].at : before, moment.time_ns};
}
