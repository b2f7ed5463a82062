#include "axis.h"

#include "index.h"
#include "label.h"

#include <math.h>

/* Opened instants take at most this share of the width that time takes, all in all. */
#define OPEN_SHARE 0.5
/* In a run that takes no time there is nothing else to see: its slices may be so much wider. */
#define TIMELESS_SLOTS 6.0
/* Doubles stay exact to a small part of a pixel below this. */
#define WORLD_MAX_PX 1e13
#define ZOOM_MAX_PX_PER_NS 128.0

/* --- from the run to the picture -------------------------------------------------------------- */

/* Where something is, in the run's own measures. */
struct place {
    double time_ns;
    double slots;
};

/* The slots before a cursor that is in, or after, slice i - 1 and before slice i. */
static double slots_before(const struct rnd_model *model, uint32_t i, uint32_t cursor)
{
    if (i == 0)
        return 0;
    const struct rnd_slice *slice = &model->slices[i - 1];
    uint32_t end = slice->full < slice->end ? slice->full : slice->end;
    if (end > model->event_count)
        end = model->event_count + 1;
    double share =
        cursor >= end ? 1 : (double)(cursor - slice->begin) / (double)(end - slice->begin);
    return 0.5 * (slice->units + share * rnd_slice_units(slice));
}

double rnd_slots_in(const struct rnd_model *model, uint32_t cursor)
{
    uint32_t i = RND_UPPER(model->slices, begin, model->slice_count, cursor);
    return slots_before(model, i, cursor);
}

/* The time at such a cursor, which is that of the slices about it where they agree. */
static int64_t time_near(const struct rnd_model *model, uint32_t i, uint32_t cursor)
{
    const struct rnd_slice *slice = i > 0 ? &model->slices[i - 1] : NULL;
    if (slice && cursor < slice->end && slice->begin_ns == slice->end_ns)
        return slice->begin_ns;
    if (slice && cursor >= slice->end && i < model->slice_count &&
        slice->end_ns == slice[1].begin_ns)
        return slice->end_ns;
    return rnd_model_time(model, cursor);
}

static struct place place_of(const struct rnd_axis *axis, uint32_t cursor)
{
    const struct rnd_model *model = axis->model;
    uint32_t i = RND_UPPER(model->slices, begin, model->slice_count, cursor);
    struct place place = {.time_ns = (double)time_near(model, i, cursor),
                          .slots = slots_before(model, i, cursor)};
    if (axis->shared) {
        const struct rnd_instant *instant = &model->instants[rnd_model_instant(model, cursor)];
        place.slots +=
            rnd_instants_before(axis->shared, instant->time_ns) - rnd_slots_in(model, instant->at);
    }
    return place;
}

/* The place of a time at which the run itself has no instant. */
static struct place place_between(const struct rnd_axis *axis, uint32_t cursor, int64_t time_ns)
{
    struct place place = place_of(axis, cursor);
    if ((double)time_ns > place.time_ns) {
        place.time_ns = (double)time_ns;
        if (axis->shared)
            place.slots = rnd_instants_before(axis->shared, time_ns);
    }
    return place;
}

static double world(const struct rnd_axis *axis, struct place place)
{
    return place.time_ns * axis->px_per_ns + place.slots * axis->slot_px;
}

double rnd_axis_x(const struct rnd_axis *axis, uint32_t cursor)
{
    return world(axis, place_of(axis, cursor)) - axis->left_px;
}

/* The time of the event after a cursor; where others go on after the end, there is none. */
static int64_t next_time(const struct rnd_axis *axis, uint32_t cursor)
{
    const struct rnd_model *model = axis->model;
    if (cursor >= model->event_count && axis->shared)
        return INT64_MAX;
    return rnd_model_time(model, cursor < model->event_count ? cursor + 1 : cursor);
}

/* Whether a cursor is the last of its instant. */
static bool is_last(const struct rnd_model *model, uint32_t cursor)
{
    uint32_t instant = rnd_model_instant(model, cursor);
    return instant + 1 < model->instant_count ? cursor + 1 == model->instants[instant + 1].at
                                              : cursor >= model->event_count;
}

double rnd_axis_x_moment(const struct rnd_axis *axis, struct rnd_moment moment)
{
    int64_t next_ns = next_time(axis, moment.cursor);
    int64_t time_ns = moment.time_ns < next_ns ? moment.time_ns : next_ns;
    struct place place = place_between(axis, moment.cursor, time_ns);
    /* Where all of an instant has happened, it has in the other runs. */
    if (axis->shared && is_last(axis->model, moment.cursor))
        place.slots = rnd_instants_before(axis->shared, time_ns + 1);
    return world(axis, place) - axis->left_px;
}

double rnd_axis_x_time(const struct rnd_axis *axis, int64_t time_ns)
{
    const struct rnd_model *model = axis->model;
    struct rnd_moment moment = rnd_model_at_time(model, time_ns);
    const struct rnd_instant *instant = &model->instants[rnd_model_instant(model, moment.cursor)];
    struct place place = instant->time_ns >= time_ns ? place_of(axis, instant->at)
                                                     : place_between(axis, moment.cursor, time_ns);
    return world(axis, place) - axis->left_px;
}

/* --- from the picture to the run -------------------------------------------------------------- */

/* Narrows where the cursor at an x is, which is in [low, high], to what is between the begins of
 * two slices: their places are known without looking for them. */
static void narrow(const struct rnd_axis *axis, double x_px, uint32_t *low, uint32_t *high)
{
    const struct rnd_model *model = axis->model;
    uint32_t from = 0, to = model->slice_count;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        const struct rnd_slice *slice = &model->slices[middle];
        struct place begin = {(double)slice->begin_ns, 0.5 * slice->units};
        if (world(axis, begin) - axis->left_px <= x_px)
            from = middle + 1;
        else
            to = middle;
    }
    uint32_t least = from > 0 ? model->slices[from - 1].begin : 0;
    uint32_t most = from < model->slice_count ? model->slices[from].begin : *high;
    /* Several slices that begin at one cursor are one place. */
    *low = least < most ? least : *low;
    *high = most > 0 && most < *high ? most : *high;
}

uint32_t rnd_axis_cursor_at(const struct rnd_axis *axis, double x_px)
{
    uint32_t low = 0, high = axis->model->event_count; /* the answer is in [low, high] */
    if (!axis->shared)
        narrow(axis, x_px, &low, &high);
    while (low < high) {
        uint32_t middle = low + (high - low + 1) / 2;
        if (rnd_axis_x(axis, middle) > x_px)
            high = middle - 1;
        else
            low = middle;
    }
    return low;
}

/* The place under a screen x on an axis of several runs: in an instant, or between two. */
static struct place shared_place_at(const struct rnd_axis *axis, double x_px)
{
    const struct rnd_instants *shared = axis->shared;
    double at_px = x_px + axis->left_px;
    uint32_t low = 0, high = shared->count; /* the last that begins at or before it, plus 1 */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct place begin = {(double)shared->times[middle], shared->slots[middle]};
        if (world(axis, begin) <= at_px)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t i = low ? low - 1 : 0;
    struct place place = {(double)shared->times[i], shared->slots[i]};
    double rest_px = at_px - world(axis, place);
    double width = low ? shared->slots[i + 1] - shared->slots[i] : 0;
    if (rest_px >= 0 && rest_px < width * axis->slot_px) {
        place.slots += rest_px / axis->slot_px;
    } else {
        place.slots += width;
        place.time_ns +=
            axis->px_per_ns > 0 ? (rest_px - width * axis->slot_px) / axis->px_per_ns : 0;
    }
    return place;
}

struct rnd_moment rnd_axis_moment_at(const struct rnd_axis *axis, double x_px)
{
    struct rnd_moment moment = rnd_model_moment(axis->model, rnd_axis_cursor_at(axis, x_px));
    int64_t next_ns = next_time(axis, moment.cursor);
    if (axis->shared) {
        double time_ns = fmin(shared_place_at(axis, x_px).time_ns, (double)axis->shared->end_ns);
        if (time_ns > (double)moment.time_ns)
            moment.time_ns = time_ns < (double)next_ns ? (int64_t)time_ns : next_ns;
        return moment;
    }
    double rest_px = x_px - rnd_axis_x(axis, moment.cursor);
    if (next_ns > moment.time_ns && rest_px > 0 && axis->px_per_ns > 0) {
        double rest_ns = rest_px / axis->px_per_ns, gap_ns = (double)(next_ns - moment.time_ns);
        moment.time_ns = rest_ns < gap_ns ? moment.time_ns + (int64_t)rest_ns : next_ns;
    }
    return moment;
}

/* The place under a screen x, also between two cursors of a slice and beyond the ends. */
static struct place place_at(const struct rnd_axis *axis, double x_px)
{
    const struct rnd_model *model = axis->model;
    if (axis->shared)
        return shared_place_at(axis, x_px);
    uint32_t cursor = rnd_axis_cursor_at(axis, x_px);
    struct place place = place_of(axis, cursor);
    double rest_px = x_px - rnd_axis_x(axis, cursor);
    bool in_slice =
        cursor < model->event_count && next_time(axis, cursor) == rnd_model_time(model, cursor);
    if (model->end_ns == 0 || in_slice)
        place.slots += axis->slot_px > 0 ? rest_px / axis->slot_px : 0;
    else
        place.time_ns += axis->px_per_ns > 0 ? rest_px / axis->px_per_ns : 0;
    return place;
}

/* --- scale ------------------------------------------------------------------------------------ */

static struct place end_of(const struct rnd_axis *axis)
{
    const struct rnd_instants *shared = axis->shared;
    if (shared)
        return (struct place){(double)shared->end_ns, shared->slots[shared->count]};
    return place_of(axis, axis->model->event_count);
}

/* Pixels of a slot for each pixel of a nanosecond, while they close. */
static double slot_ratio(const struct rnd_axis *axis)
{
    struct place end = end_of(axis);
    return end.slots > 0 ? OPEN_SHARE * end.time_ns / end.slots : 0;
}

static double bounded(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static void set_scale(struct rnd_axis *axis, double px_per_ns, double timeless_slot_px)
{
    struct place end = end_of(axis);
    if (end.time_ns <= 0) {
        double widest_px = TIMELESS_SLOTS * axis->slot_max_px;
        axis->px_per_ns = 0;
        axis->slot_px = bounded(timeless_slot_px, widest_px / 1000, widest_px);
        return;
    }
    double most = WORLD_MAX_PX / end.time_ns, least = axis->width_px / 4 / end.time_ns;
    most = most < ZOOM_MAX_PX_PER_NS ? most : ZOOM_MAX_PX_PER_NS;
    axis->px_per_ns = bounded(px_per_ns, least < most ? least : most, most);
    double slot_px = axis->px_per_ns * slot_ratio(axis);
    axis->slot_px = slot_px < axis->slot_max_px ? slot_px : axis->slot_max_px;
}

/* Half of the visible range at least has some of the run; one in which nothing happened stays where
 * it is. */
static void bound_left(struct rnd_axis *axis)
{
    double half_px = axis->width_px / 2, end_px = world(axis, end_of(axis));
    axis->left_px = bounded(axis->left_px, -half_px, end_px > 0 ? end_px - half_px : 0);
}

struct rnd_axis rnd_axis_make(const struct rnd_model *model, double width_px, double slot_max_px)
{
    struct rnd_axis axis = {
        .model = model, .width_px = width_px, .slot_max_px = slot_max_px, .slot_px = slot_max_px};
    rnd_axis_fit(&axis, 0);
    return axis;
}

static void show(struct rnd_axis *axis, struct place from, struct place to, double margin_px)
{
    double target_px = axis->width_px > 2 * margin_px + 1 ? axis->width_px - 2 * margin_px : 1;
    double ratio = slot_ratio(axis);
    double time_ns = to.time_ns - from.time_ns, slots = to.slots - from.slots;
    double px_per_ns = axis->px_per_ns;
    /* Slots closed, and growing with the scale; or opened as far as they go. */
    if (time_ns + slots * ratio > 0)
        px_per_ns = target_px / (time_ns + slots * ratio);
    if (px_per_ns * ratio > axis->slot_max_px && time_ns > 0)
        px_per_ns = (target_px - slots * axis->slot_max_px) / time_ns;
    set_scale(axis, px_per_ns, slots > 0 ? target_px / slots : axis->slot_px);
    axis->left_px = world(axis, from) - margin_px;
}

void rnd_axis_show(struct rnd_axis *axis, struct rnd_moment from, struct rnd_moment to,
                   double margin_px)
{
    show(axis, place_between(axis, from.cursor, from.time_ns),
         place_between(axis, to.cursor, to.time_ns), margin_px);
}

void rnd_axis_fit(struct rnd_axis *axis, double margin_px)
{
    show(axis, place_of(axis, 0), end_of(axis), margin_px);
}

void rnd_axis_resize(struct rnd_axis *axis, const struct rnd_model *model, double width_px)
{
    axis->model = model;
    axis->width_px = width_px;
    set_scale(axis, axis->px_per_ns, axis->slot_px);
    bound_left(axis);
}

void rnd_axis_pan(struct rnd_axis *axis, double dx_px)
{
    axis->left_px -= dx_px;
    bound_left(axis);
}

void rnd_axis_zoom(struct rnd_axis *axis, double x_px, double factor)
{
    struct place fixed = place_at(axis, x_px);
    set_scale(axis, axis->px_per_ns * factor, axis->slot_px * factor);
    axis->left_px = world(axis, fixed) - x_px;
    bound_left(axis);
}

bool rnd_axis_reveal(struct rnd_axis *axis, struct rnd_moment moment, double margin_px)
{
    double x_px = rnd_axis_x_moment(axis, moment), old_px = axis->left_px;
    if (x_px < margin_px)
        axis->left_px += x_px - margin_px;
    else if (x_px > axis->width_px - margin_px)
        axis->left_px += x_px - (axis->width_px - margin_px);
    return axis->left_px < old_px || axis->left_px > old_px;
}

struct rnd_axis rnd_axis_between(const struct rnd_axis *from, const struct rnd_axis *to,
                                 double share)
{
    struct rnd_axis axis = *to;
    if (share >= 1)
        return axis;
    if (share <= 0)
        return *from;
    /* What will be in the middle goes there evenly, and so does the length of time that is seen. */
    double middle_px = to->width_px / 2;
    struct place middle = place_at(to, middle_px);
    double begin_px = world(from, middle) - from->left_px;
    if (from->px_per_ns > 0 && to->px_per_ns > 0)
        axis.px_per_ns = 1 / ((1 - share) / from->px_per_ns + share / to->px_per_ns);
    axis.slot_px = from->slot_px + share * (to->slot_px - from->slot_px);
    axis.left_px = world(&axis, middle) - (begin_px + share * (middle_px - begin_px));
    return axis;
}

/* --- ruler ------------------------------------------------------------------------------------ */

/* The shortest round step that is at least `least_ns`. */
static int64_t round_step(double least_ns)
{
    static const int clock_s[] = {15,   30,   60,   120,   300,   600,  900,
                                  1800, 3600, 7200, 10800, 21600, 43200};
    static const int mantissas[] = {1, 2, 5};
    const int64_t second_ns = 1000000000, day_ns = 86400 * second_ns;
    int64_t unit = 1;
    for (; unit <= 10 * second_ns; unit *= 10)
        for (int i = 0; i < 3; i++)
            if ((double)(unit * mantissas[i]) >= least_ns && unit * mantissas[i] <= 10 * second_ns)
                return unit * mantissas[i];
    for (size_t i = 0; i < sizeof clock_s / sizeof *clock_s; i++)
        if ((double)(clock_s[i] * second_ns) >= least_ns)
            return clock_s[i] * second_ns;
    for (unit = day_ns; unit <= INT64_MAX / 100; unit *= 10)
        for (int i = 0; i < 3; i++)
            if ((double)(unit * mantissas[i]) >= least_ns)
                return unit * mantissas[i];
    return unit;
}

uint32_t rnd_axis_ticks(const struct rnd_axis *axis, double gap_px, struct rnd_tick *out,
                        uint32_t max)
{
    uint32_t count = 0;
    int64_t step_ns = INT64_MAX, time_ns = 0;
    if (axis->px_per_ns > 0) {
        step_ns = round_step(gap_px / axis->px_per_ns);
        time_ns = rnd_axis_moment_at(axis, 0).time_ns / step_ns * step_ns;
    }
    for (; count < max; time_ns += step_ns) {
        double x_px = rnd_axis_x_time(axis, time_ns);
        if (x_px > axis->width_px)
            break;
        if (x_px >= 0) {
            struct rnd_tick *tick = &out[count++];
            *tick = (struct rnd_tick){.x_px = x_px, .time_ns = time_ns};
            rnd_label_tick(time_ns, step_ns < INT64_MAX ? step_ns : 1000000000, tick->label,
                           sizeof tick->label);
        }
        if (time_ns >= INT64_MAX - step_ns)
            break;
    }
    return count;
}
