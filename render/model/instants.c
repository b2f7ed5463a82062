#include "instants.h"

#include <assert.h>
#include <stdlib.h>

#include "index.h"

/* Width of a run's instant. */
static double width_of(const struct rnd_model *model, uint32_t instant)
{
    uint32_t end =
        instant + 1 < model->instant_count ? model->instants[instant + 1].at : model->event_count;
    return rnd_slots_in(model, end) - rnd_slots_in(model, model->instants[instant].at);
}

/* Appends the next of the instants that any run has, and moves the runs' places beyond it. */
static void take_next(struct rnd_instants *instants, const struct rnd_model *const *models,
                      uint32_t count, uint32_t *places)
{
    int64_t time_ns = INT64_MAX;
    double width = 0;
    for (uint32_t i = 0; i < count; i++)
        if (places[i] < models[i]->instant_count &&
            models[i]->instants[places[i]].time_ns < time_ns)
            time_ns = models[i]->instants[places[i]].time_ns;
    for (uint32_t i = 0; i < count; i++) {
        double own = 0;
        for (; places[i] < models[i]->instant_count &&
               models[i]->instants[places[i]].time_ns == time_ns;
             places[i]++)
            own += width_of(models[i], places[i]);
        width = own > width ? own : width;
    }
    instants->times[instants->count] = time_ns;
    instants->slots[instants->count + 1] = instants->slots[instants->count] + width;
    instants->count++;
}

int rnd_instants_open(struct rnd_instants *instants, const struct rnd_model *const *models,
                      uint32_t count)
{
    size_t all = 0;
    uint32_t places[8] = {0}, taken = 0;
    assert(count > 0 && count <= sizeof places / sizeof *places);
    *instants = (struct rnd_instants){0};
    for (uint32_t i = 0; i < count; i++)
        all += models[i]->instant_count;
    instants->times = malloc(all * sizeof *instants->times);
    instants->slots = calloc(all + 1, sizeof *instants->slots);
    if (!instants->times || !instants->slots) {
        rnd_instants_close(instants);
        return SIM_ENOMEM;
    }
    while (taken < all) {
        take_next(instants, models, count, places);
        taken = 0;
        for (uint32_t i = 0; i < count; i++)
            taken += places[i];
    }
    for (uint32_t i = 0; i < count; i++)
        if (models[i]->end_ns > instants->end_ns)
            instants->end_ns = models[i]->end_ns;
    return 0;
}

void rnd_instants_close(struct rnd_instants *instants)
{
    free(instants->times);
    free(instants->slots);
    *instants = (struct rnd_instants){0};
}

double rnd_instants_before(const struct rnd_instants *instants, int64_t time_ns)
{
    uint32_t low = 0, high = instants->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (instants->times[middle] < time_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return instants->slots[low];
}
