#include "place.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/model/step.h"

static const char event_prefix[] = "event:";

uint32_t rnd_place_marker(const struct rnd_model *model, const struct rnd_lesson *lesson,
                          uint32_t marker)
{
    return rnd_step_at_line(model, lesson->markers[marker].line);
}

/* The markers' names, for whoever named none of them. */
static int refuse(const struct rnd_lesson *lesson, const char *name, char *error, size_t size)
{
    int n = snprintf(error, size, "'%s' is no time in seconds, no event:N and no marker%s", name,
                     lesson->marker_count ? "; markers are" : ": the script has none");
    for (uint32_t i = 0; i < lesson->marker_count && n >= 0 && (size_t)n < size; i++)
        n +=
            snprintf(error + n, size - (size_t)n, "%s '%s'", i ? "," : "", lesson->markers[i].text);
    return SIM_EINVAL;
}

static int find_event(const struct rnd_model *model, const char *text, struct rnd_moment *out,
                      char *error, size_t size)
{
    char *end;
    errno = 0;
    long long event = strtoll(text, &end, 10);
    if (end == text || *end || errno || event < 0 || event > model->event_count) {
        (void)snprintf(error, size, "the run has %u events, no '%s'", model->event_count, text);
        return SIM_EINVAL;
    }
    /* With what belongs to the event: a step never ends in between either. */
    uint32_t number = rnd_step_number(model, (uint32_t)event);
    uint32_t stop = number ? model->stops[number - 1].at : 0;
    *out = rnd_model_moment(model, stop > event ? stop : (uint32_t)event);
    return SIM_OK;
}

int rnd_place_find(const struct rnd_model *model, const struct rnd_lesson *lesson, const char *name,
                   struct rnd_moment *out, char *error, size_t error_size)
{
    char *end;
    if (strncmp(name, event_prefix, strlen(event_prefix)) == 0)
        return find_event(model, name + strlen(event_prefix), out, error, error_size);
    for (uint32_t i = 0; i < lesson->marker_count; i++) {
        if (strcmp(lesson->markers[i].text, name) != 0)
            continue;
        uint32_t cursor = rnd_place_marker(model, lesson, i);
        if (cursor == RND_NEVER) {
            (void)snprintf(error, error_size, "the run does not come to the marker '%s'", name);
            return SIM_EINVAL;
        }
        *out = rnd_model_moment(model, cursor);
        return SIM_OK;
    }
    double seconds = strtod(name, &end);
    if (end == name || *end || !isfinite(seconds))
        return refuse(lesson, name, error, error_size);
    if (seconds < 0 || seconds * 1e9 > (double)model->end_ns) {
        (void)snprintf(error, error_size, "the run lasts from 0 to %g s, there is no %s s",
                       (double)model->end_ns / 1e9, name);
        return SIM_EINVAL;
    }
    *out = rnd_model_at_time(model, (int64_t)llrint(seconds * 1e9));
    return SIM_OK;
}
