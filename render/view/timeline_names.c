/* The names of the lanes, as a tree that folds. */
#include "timeline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A level of the tree at scale 1; deeper ones than these stay below each other. */
#define INDENT_PX 12
#define INDENTS_MAX 4

/* From the panel's margin to a name, at scale 1: there is a bar between. */
#define NAME_PX 16

/* The lanes that are seen: more than that are not told apart by their names. */
#define NAMES_MAX 128
struct lane_names {
    char texts[NAMES_MAX][RND_LABEL_MAX];
    const char *names[NAMES_MAX];
    uint32_t count;
};

/* Two texts, one below the other, at the right of a lane's bar. */
static void draw_name(struct rnd_frame *frame, struct rnd_rect row, const char *name,
                      struct rnd_names others, rnd_colour name_colour, const char *state,
                      rnd_colour state_colour)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    double middle = row.y + floor(row.h / 2), apart = fmin(rnd_panel_px(frame, 11), row.h * 0.21);
    double x = row.x + s->pad + rnd_panel_px(frame, NAME_PX);
    bool low = row.h < rnd_panel_px(frame, 42);
    double least = fmin(s->text_small, row.h * 0.75);
    apart = low ? 0 : apart;
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px =
                                  fmin(s->text_name, low ? fmax(row.h * 0.42, least) : row.h * 0.3),
                              .x = x,
                              .middle_y = middle - apart,
                              .colour = name_colour,
                              .max_px = fmax(row.x + row.w - x - rnd_panel_px(frame, 8), 1)};
    rnd_panel_name_among(frame, label, name, others);
    if (low)
        return;
    label.font = RND_FONT_UI;
    label.size_px = fmin(s->text_small, row.h * 0.27);
    label.middle_y = middle + apart;
    label.colour = state_colour;
    rnd_panel_label(frame, label, state);
}

static void draw_bar(struct rnd_frame *frame, uint32_t task, struct rnd_rect row, bool born)
{
    bool thread = (task & RND_THREAD) != 0;
    double bar = floor(fmin(row.h * 0.62, rnd_panel_px(frame, 52))), width = rnd_panel_px(frame, 6);
    double middle = row.y + floor(row.h / 2);
    double x = row.x + frame->layout.sizes.pad - rnd_panel_px(frame, 2);
    rnd_colour colour = rnd_timeline_tint(frame, (struct rnd_half){0, 0, born ? 255 : 80},
                                          rnd_panel_task(frame, task));
    rnd_list_round(frame->list, (struct rnd_rect){x, middle - floor(bar / 2), width, bar},
                   width / 2, thread ? RND_NONE : colour, thread ? colour : RND_NONE,
                   frame->layout.sizes.border);
}

/* A chevron left of the bar folds what is below the lane, and opens it again. */
static void draw_fold(struct rnd_frame *frame, const struct rnd_row *row, struct rnd_rect rect)
{
    if (!rnd_layout_is_worked(&frame->view->spec) && !row->folded)
        return;
    double r = rnd_panel_px(frame, 4), flat = r / 2;
    double x = rect.x + frame->layout.sizes.pad - rnd_panel_px(frame, 10);
    double y = rect.y + floor(rect.h / 2);
    struct rnd_rect place = {x - 2 * r, y - 3 * r, 4 * r, 6 * r};
    bool hovered = rnd_panel_hovered(frame, place);
    struct rnd_point open[] = {{x - r, y - flat}, {x, y + flat}, {x + r, y - flat}};
    struct rnd_point folded[] = {{x - flat, y - r}, {x + flat, y}, {x - flat, y + r}};
    rnd_list_polyline(
        frame->list, row->folded ? folded : open, 3,
        (struct rnd_stroke){.colour = hovered ? frame->theme->accent : frame->theme->text_secondary,
                            .width_px = fmax(frame->layout.sizes.line * 0.75, 1)});
    rnd_hits_add(frame->hits, place, RND_HIT_FOLD, row->task);
}

/* A pin at the right of a lane that is pinned, or that the pointer is on. */
static void draw_pin(struct rnd_frame *frame, const struct rnd_row *row, struct rnd_rect rect)
{
    double r = rnd_panel_px(frame, 3), x = rect.x + rect.w - rnd_panel_px(frame, 14);
    double y = rect.y + floor(rect.h / 2);
    struct rnd_rect place = {x - 3 * r, y - 4 * r, 6 * r, 8 * r};
    if (!row->pinned && !rnd_panel_hovered(frame, rect))
        return;
    const struct rnd_theme *theme = frame->theme;
    bool hovered = rnd_panel_hovered(frame, place);
    rnd_colour colour = row->pinned || hovered ? theme->accent : theme->text_secondary;
    double thin = fmax(floor(frame->layout.sizes.line * 0.75), 1);
    rnd_list_round(frame->list, (struct rnd_rect){x - r, y - 3 * r, 2 * r, 3 * r}, r / 2,
                   row->pinned ? colour : RND_NONE, colour, thin);
    rnd_list_rect(frame->list, (struct rnd_rect){x - 2 * r, y, 4 * r, thin}, colour);
    rnd_list_rect(frame->list, (struct rnd_rect){x - thin / 2, y, thin, 3 * r}, colour);
    rnd_hits_add(frame->hits, place, RND_HIT_PIN, row->task);
}

/* What a lane is called beside it: of asyncio's own, whose class has no room there, the method. */
static void write_name(const struct rnd_frame *frame, uint32_t task, char out[RND_LABEL_MAX])
{
    const struct rnd_lane *lane = rnd_model_lane(frame->model, task);
    char name[RND_LABEL_MAX];
    (void)rnd_label_task(frame->model, task, name, sizeof name);
    const char *dot = lane && lane->naming == SIM_TASK_INTERNAL ? strrchr(name, '.') : NULL;
    (void)snprintf(out, RND_LABEL_MAX, "%s", dot ? dot + 1 : name);
}

static void draw_row(struct rnd_frame *frame, const struct rnd_row *row, struct rnd_names others,
                     struct rnd_rect rect)
{
    const struct rnd_theme *theme = frame->theme;
    uint32_t task = row->task;
    struct rnd_lane_state at = rnd_state_lane(frame->model, task, frame->view->moment.cursor);
    bool born = at.span != NULL, selected = frame->view->selected == task;
    double border = frame->layout.sizes.border;
    if (selected || rnd_panel_hovered(frame, rect))
        rnd_list_rect(
            frame->list,
            (struct rnd_rect){rect.x + border, rect.y + border, rect.w - border, rect.h - border},
            selected ? theme->selection : theme->hover);
    rnd_hits_add(frame->hits, rect, RND_HIT_NAME, task);
    double indent = rnd_panel_px(frame, INDENT_PX) *
                    (double)(row->depth < INDENTS_MAX ? row->depth : INDENTS_MAX);
    bool pin = row->pinned || rnd_panel_hovered(frame, rect);
    draw_pin(frame, row, rect);
    rect.x += indent;
    rect.w -= indent;
    draw_bar(frame, task, rect, born);
    if (row->parent)
        draw_fold(frame, row, rect);

    char name[RND_LABEL_MAX], state[RND_LABEL_MAX];
    write_name(frame, task, name);
    (void)rnd_label_doing(frame->model, task, &at, state, sizeof state);
    /* On the ground of the selected lane neither faint nor red can be read. */
    rnd_colour faint = selected ? theme->text_secondary : theme->text_faint;
    rnd_colour secondary = born ? theme->text_secondary : faint;
    if (at.state == RND_TASK_BLOCKING || at.state == RND_TASK_FAILED)
        secondary = selected                        ? theme->text_primary
                    : at.state == RND_TASK_BLOCKING ? theme->blocking
                                                    : theme->failed;
    rect.w -= pin ? rnd_panel_px(frame, 18) : 0;
    draw_name(frame, rect, name, others, born ? theme->text_primary : faint, state, secondary);
}

/* The row's answer to the pointer beside the names. */
static void note_axis(struct rnd_frame *frame, const struct rnd_timeline_row *row)
{
    struct rnd_rect axis = frame->layout.axis;
    double top = fmax(row->rect.y, row->clip.y);
    double bottom = fmin(row->rect.y + row->rect.h, row->clip.y + row->clip.h);
    if (bottom > top)
        rnd_hits_add(frame->hits, (struct rnd_rect){axis.x, top, axis.w, bottom - top},
                     RND_HIT_AXIS, row->task);
}

static void name_lanes(const struct rnd_frame *frame, const struct rnd_timeline_rows *rows,
                       struct lane_names *out)
{
    out->count = 0;
    for (uint32_t i = 0; i < rows->seen && i < NAMES_MAX; i++) {
        char *text = out->texts[out->count];
        uint32_t row = i < rows->pinned ? i : rows->first + i - rows->pinned;
        struct rnd_row item = rnd_rows_at(frame->view->timeline.rows, frame->model, row);
        write_name(frame, item.task, text);
        out->names[out->count++] = text;
    }
}

/* The loop's lane; with little room for several runs it has the run's name. */
static void draw_loop(struct rnd_frame *frame, struct rnd_rect rect)
{
    const struct rnd_theme *theme = frame->theme;
    const char *titles[RND_COMPARED_MAX], *name = "Event loop";
    struct rnd_names others = {titles, 0};
    if (frame->layout.tight) {
        name = rnd_compare_name(frame);
        others.count = rnd_compare_names(frame, titles);
    }
    draw_name(frame, rect, name, others, theme->text_primary, "1 thread", theme->text_secondary);
}

void rnd_timeline_names(struct rnd_frame *frame, const struct rnd_timeline_rows *rows)
{
    const struct rnd_layout *l = &frame->layout;
    struct rnd_rect loop = l->loop_lane;
    struct lane_names names;
    name_lanes(frame, rows, &names);
    loop.w = l->names_px;
    draw_loop(frame, loop);
    if (rnd_rows_count(frame->view->timeline.rows, frame->model) == 0)
        rnd_panel_label(
            frame,
            (struct rnd_label){.font = RND_FONT_UI,
                               .size_px = l->sizes.text_small,
                               .x = l->timeline.x + l->sizes.pad + rnd_panel_px(frame, NAME_PX),
                               .middle_y = l->lanes.y + rnd_panel_px(frame, 24),
                               .colour = frame->theme->text_secondary,
                               .max_px = l->names_px - l->sizes.pad - rnd_panel_px(frame, NAME_PX)},
            frame->view->timeline.rows && *frame->view->timeline.rows->options.filter
                ? "no such lane"
            : frame->model->over ? "no tasks"
                                 : "no task yet");
    /* Those that scroll come first: what is sensitive of them must not lie over a pinned one. */
    for (uint32_t n = 0; n < rows->seen; n++) {
        uint32_t i =
            n < rows->seen - rows->pinned ? rows->pinned + n : n - (rows->seen - rows->pinned);
        struct rnd_timeline_row row = rnd_timeline_row(frame, rows, i);
        struct rnd_row item = rnd_rows_at(frame->view->timeline.rows, frame->model,
                                          i < rows->pinned ? i : rows->first + i - rows->pinned);
        note_axis(frame, &row);
        rnd_list_clip_push(frame->list, row.clip);
        row.rect.w = l->names_px;
        draw_row(frame, &item, (struct rnd_names){names.names, names.count}, row.rect);
        rnd_list_clip_pop(frame->list);
    }
}
