#include "compare.h"

#include "timeline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- words ------------------------------------------------------------------------------------ */

static void append(char *out, const char *text)
{
    size_t length = strlen(out);
    (void)snprintf(out + length, RND_COMPARE_TEXT_MAX - length, "%s", text);
}

/* Indices by when the runs end, those that end together as they stand. */
static void sort_by_end(const struct rnd_compare *compare, uint32_t order[RND_COMPARED_MAX])
{
    for (uint32_t i = 0; i < compare->count; i++) {
        uint32_t at = i;
        for (;
             at > 0 && compare->runs[order[at - 1]].model->end_ns > compare->runs[i].model->end_ns;
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
}

/* How a run came to its end: "is done after"; of one that hangs or fails other words are true. */
struct ending {
    const char *verb, *word;
    bool done;
};

static struct ending ending_of(const struct rnd_model *model)
{
    static const struct ending done = {"is", "done", true};
    const struct sim_event *last =
        model->event_count ? &model->view.events[model->event_count - 1] : NULL;
    if (!last || last->kind != SIM_EV_RUN_END) /* it goes on */
        return done;
    switch (last->flag) {
    case SIM_END_OK:
    case SIM_END_EXIT:
        return done;
    case SIM_END_DEADLOCK:
        return (struct ending){"is", "stuck", false};
    case SIM_END_EXCEPTION:
        return (struct ending){"has", "failed", false};
    default:
        return (struct ending){"was", "stopped", false};
    }
}

static bool are_all_done(const struct rnd_compare *compare)
{
    bool all = true;
    for (uint32_t i = 0; i < compare->count; i++)
        all = all && ending_of(compare->runs[i].model).done;
    return all;
}

/* Whether being done sooner is the point of it. */
static bool is_saving(const struct rnd_compare *compare)
{
    return (!compare->lesson || !*compare->lesson) && are_all_done(compare);
}

void rnd_compare_words(const struct rnd_compare *compare, char out[RND_COMPARE_TEXT_MAX])
{
    uint32_t order[RND_COMPARED_MAX];
    char time[48];
    sort_by_end(compare, order);
    int64_t first_ns = compare->runs[order[0]].model->end_ns;
    int64_t last_ns = compare->runs[order[compare->count - 1]].model->end_ns;
    out[0] = '\0';
    (void)rnd_label_duration(first_ns, time, sizeof time);
    if (first_ns == last_ns && are_all_done(compare)) {
        append(out, compare->count == 2 ? "Both are done after " : "All are done after ");
        append(out, time);
        append(out, ": no time is saved.");
        return;
    }
    for (uint32_t i = 0; i < compare->count; i++) {
        const struct rnd_compared *run = &compare->runs[order[i]];
        struct ending ending = ending_of(run->model);
        append(out, i > 0 ? ", " : "");
        append(out, run->title);
        if (i == 0 || !ending.done) {
            append(out, " ");
            append(out, ending.verb);
            append(out, " ");
            append(out, ending.word);
        }
        append(out, " after ");
        (void)rnd_label_duration(run->model->end_ns, time, sizeof time);
        append(out, time);
    }
    if (!is_saving(compare)) {
        append(out, ".");
        return;
    }
    append(out, ": ");
    (void)rnd_label_duration(last_ns - first_ns, time, sizeof time);
    append(out, time);
    append(out, " saved.");
}

/* --- all runs at once ------------------------------------------------------------------------- */

static void take_models(const struct rnd_compare *compare,
                        const struct rnd_model *models[RND_COMPARED_MAX])
{
    for (uint32_t i = 0; i < compare->count; i++)
        models[i] = compare->runs[i].model;
}

int rnd_compare_open(struct rnd_compare *compare)
{
    const struct rnd_model *models[RND_COMPARED_MAX];
    take_models(compare, models);
    for (uint32_t i = 0; i < compare->count; i++)
        compare->runs[i].moment = rnd_model_moment(models[i], 0);
    return rnd_instants_open(&compare->instants, models, compare->count);
}

int rnd_compare_merge(struct rnd_compare *compare)
{
    const struct rnd_model *models[RND_COMPARED_MAX];
    if (compare->merged.run_count > 0)
        return SIM_OK;
    take_models(compare, models);
    return rnd_merged_open(&compare->merged, models, compare->count, &compare->instants);
}

void rnd_compare_close(struct rnd_compare *compare)
{
    rnd_instants_close(&compare->instants);
    rnd_merged_close(&compare->merged);
    compare->count = 0;
}

void rnd_compare_go(struct rnd_compare *compare, struct rnd_moment moment)
{
    for (uint32_t i = 0; i < compare->count; i++)
        compare->runs[i].moment = rnd_merged_in(&compare->merged, moment, i);
}

/* --- moments and places ----------------------------------------------------------------------- */

/* The view's axis, of another of the runs. */
static struct rnd_axis axis_of(const struct rnd_view *view, uint32_t run)
{
    struct rnd_axis axis = view->axis;
    axis.model = view->compare->runs[run].model;
    axis.shared = &view->compare->instants;
    return axis;
}

struct rnd_moment rnd_compare_moment(const struct rnd_view *view, uint32_t from,
                                     struct rnd_moment moment, uint32_t to)
{
    const struct rnd_compared *runs = view->compare->runs;
    const struct rnd_model *model = runs[from].model;
    if (from == to)
        return moment;
    if (rnd_moment_same(runs[from].moment, moment))
        return runs[to].moment;
    uint32_t instant = rnd_model_instant(model, moment.cursor);
    uint32_t end = instant + 1 < model->instant_count ? model->instants[instant + 1].at
                                                      : model->event_count + 1;
    bool within = moment.cursor + 1 < end && moment.time_ns <= model->instants[instant].time_ns;
    if (within) {
        struct rnd_axis here = axis_of(view, from), there = axis_of(view, to);
        struct rnd_moment at = rnd_axis_moment_at(&there, rnd_axis_x_moment(&here, moment));
        if (at.time_ns > moment.time_ns)
            at.time_ns = moment.time_ns;
        return at;
    }
    struct rnd_moment at = rnd_model_at_time(view->compare->runs[to].model, moment.time_ns);
    at.time_ns = moment.time_ns;
    return at;
}

double rnd_compare_now_px(const struct rnd_view *view)
{
    const struct rnd_compare *compare = view->compare;
    double now_px = rnd_axis_x_moment(&view->axis, view->moment);
    if (!rnd_moment_same(compare->runs[compare->focus].moment, view->moment))
        return now_px;
    for (uint32_t i = 0; i < compare->count; i++) {
        struct rnd_axis axis = axis_of(view, i);
        now_px = fmax(now_px, rnd_axis_x_moment(&axis, compare->runs[i].moment));
    }
    return now_px;
}

struct rnd_layout rnd_compare_layout(const struct rnd_view *view, uint32_t run)
{
    struct rnd_layout layout =
        rnd_layout_make(&view->spec, view->width_px, view->height_px, view->scale);
    const struct rnd_compare *compare = view->compare;
    uint32_t lane_counts[RND_COMPARED_MAX];
    for (uint32_t i = 0; i < compare->count; i++)
        lane_counts[i] = rnd_rows_count(compare->runs[i].rows, compare->runs[i].model);
    layout.minimap = (struct rnd_rect){0};
    layout = rnd_layout_stacked(&layout, run, compare->count, lane_counts);
    if (run == compare->focus)
        rnd_layout_add_totals(&layout, rnd_timeline_totals(&view->timeline));
    return layout;
}

uint32_t rnd_compare_at(const struct rnd_view *view, double x, double y)
{
    for (uint32_t i = 0; i < view->compare->count; i++)
        if (rnd_rect_has(rnd_compare_layout(view, i).timeline, x, y))
            return i;
    return RND_NEVER;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Which of the compared runs a frame is of. */
static uint32_t run_of(const struct rnd_frame *frame)
{
    const struct rnd_compare *compare = frame->view->compare;
    uint32_t run = 0;
    while (run + 1 < compare->count && compare->runs[run].model != frame->model)
        run++;
    return run;
}

const char *rnd_compare_name(const struct rnd_frame *frame)
{
    return frame->view->compare->runs[run_of(frame)].title;
}

uint32_t rnd_compare_names(const struct rnd_frame *frame, const char *names[RND_COMPARED_MAX])
{
    const struct rnd_compare *compare = frame->view->compare;
    for (uint32_t i = 0; i < compare->count; i++)
        names[i] = compare->runs[i].title;
    return compare->count;
}

/* The title of one of the runs; with little room, when it is named beside its loop's lane, of all.
 */
static double draw_title(struct rnd_frame *frame, uint32_t run, double middle)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_compare *compare = frame->view->compare;
    bool tight = frame->layout.tight, lit = !tight && run == compare->focus;
    const char *title = tight ? "Timeline" : compare->runs[run].title;
    char time[48], end[64] = "";
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = tight ? s->text_body : s->text_name,
                              .x = frame->layout.timeline.x + s->pad,
                              .middle_y = middle,
                              .colour = lit ? theme->text_primary : theme->text_secondary,
                              .max_px = (frame->layout.timeline.w - 2 * s->pad) * 0.5};
    rnd_panel_label(frame, label, title);
    label.x += fmin(rnd_panel_width(frame, label.font, label.size_px, title), label.max_px) +
               rnd_panel_px(frame, 14);
    label.font = RND_FONT_UI;
    label.size_px = s->text_body;
    label.colour = theme->text_secondary;
    (void)rnd_label_duration(frame->model->end_ns, time, sizeof time);
    if (!tight)
        (void)snprintf(end, sizeof end, "%s after %s", ending_of(frame->model).word, time);
    rnd_panel_label(frame, label, end);
    return label.x + rnd_panel_width(frame, label.font, label.size_px, end);
}

void rnd_compare_title(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_compare *compare = frame->view->compare;
    uint32_t run = run_of(frame);
    struct rnd_rect rect = frame->layout.timeline;
    rnd_list_round(frame->list, rect, frame->layout.sizes.panel_radius, theme->panel_bg,
                   run == compare->focus ? theme->accent : theme->panel_border,
                   frame->layout.sizes.border);
    if (frame->layout.tight && run > 0)
        return;
    double end = draw_title(frame, run, rect.y + rnd_panel_px(frame, run == 0 ? 23 : 20));
    if (run == 0)
        (void)rnd_timeline_legend(frame, end + rnd_panel_px(frame, 24));
}

/* A line with a head at each end, and what it stands for in its middle: the time that a run saves
 * against the longest. */
static void draw_saved(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect axis = frame->layout.axis, lane = frame->layout.loop_lane;
    const struct rnd_compare *compare = frame->view->compare;
    int64_t end_ns = compare->instants.end_ns;
    struct rnd_moment own = {frame->model->event_count, frame->model->end_ns};
    struct rnd_moment last = {frame->model->event_count, end_ns};
    double gap = rnd_panel_px(frame, 10), head = rnd_panel_px(frame, 6);
    double left = axis.x + rnd_axis_x_moment(&frame->view->axis, own) + gap;
    double right = axis.x + rnd_axis_x_moment(&frame->view->axis, last) - gap / 2;
    double y = lane.y + floor(lane.h / 2), size = s->text_small;
    left = fmax(left, axis.x);
    right = fmin(right, axis.x + axis.w);
    if (frame->model->end_ns >= end_ns || right - left < 4 * head || !are_all_done(compare))
        return;
    bool over = frame->view->moment.time_ns >= frame->model->end_ns;
    rnd_colour colour = over ? theme->accent : theme->text_faint;
    char time[48], text[64];
    (void)rnd_label_duration(end_ns - frame->model->end_ns, time, sizeof time);
    (void)snprintf(text, sizeof text, "%s %s", time, is_saving(compare) ? "saved" : "sooner");
    rnd_list_rect(frame->list,
                  (struct rnd_rect){left, y - s->border / 2.0, right - left, s->border}, colour);
    rnd_list_triangle(frame->list, (struct rnd_point){left, y},
                      (struct rnd_point){left + head, y - head / 2},
                      (struct rnd_point){left + head, y + head / 2}, colour);
    rnd_list_triangle(frame->list, (struct rnd_point){right, y},
                      (struct rnd_point){right - head, y - head / 2},
                      (struct rnd_point){right - head, y + head / 2}, colour);
    double width = rnd_panel_width(frame, RND_FONT_UI_BOLD, size, text) + 2 * gap;
    if (width + 4 * head > right - left)
        return;
    double height = rnd_panel_px(frame, 24), middle = floor((left + right) / 2);
    rnd_list_round(frame->list,
                   (struct rnd_rect){middle - width / 2, y - height / 2, width, height}, height / 2,
                   theme->panel_bg, colour, s->border);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = size,
                                       .x = middle,
                                       .middle_y = y,
                                       .colour = over ? theme->accent : theme->text_secondary,
                                       .align = RND_ALIGN_CENTRE},
                    text);
}

static void draw_run(const struct rnd_frame *frame, uint32_t run)
{
    const struct rnd_compare *compare = frame->view->compare;
    const struct rnd_compared *compared = &compare->runs[run];
    struct rnd_view view = *frame->view;
    struct rnd_frame one = *frame;
    view.axis = axis_of(frame->view, run);
    view.moment = rnd_compare_moment(frame->view, compare->focus, frame->view->moment, run);
    view.timeline.rows = compared->rows;
    view.timeline.notes = compared->notes;
    if (run != compare->focus) {
        view.lanes_px = compared->lanes_px;
        view.selected = 0;
        view.timeline.range.set = false;
        view.timeline.editing = RND_EDITING_NOTHING;
    }
    one.model = compared->model;
    one.script = compared->script;
    one.view = &view;
    one.layout = rnd_compare_layout(frame->view, run);
    one.state = rnd_state_at(one.model, view.moment);
    one.since = rnd_step_previous(one.model, RND_STEP_EVENT, 0, view.moment.cursor);
    rnd_panel_timeline(&one);
    draw_saved(&one);
}

void rnd_panel_timelines(struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    if (!view->compare) {
        rnd_panel_timeline(frame);
        return;
    }
    for (uint32_t i = 0; i < view->compare->count; i++)
        draw_run(frame, i);
}
