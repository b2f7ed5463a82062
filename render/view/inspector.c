/* The inspector: all that is known of what is selected. */
#include "inspector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW_PX 23
#define CHART_PX 66
#define TITLE_PX 42

struct rnd_thing rnd_inspector_thing(const struct rnd_view *view, const struct rnd_model *model)
{
    const struct rnd_inspect_view *inspect = &view->inspect;
    uint32_t cursor = view->moment.cursor;
    if (inspect->beside == view->selected && rnd_inspect_is_there(model, inspect->thing, cursor))
        return inspect->thing;
    struct rnd_thing task = {RND_THING_TASK, view->selected};
    if (view->selected)
        return task;
    /* Without a selection it follows what runs, or else the main task. */
    struct rnd_state state = rnd_state_at(model, view->moment);
    task.id = state.runner == RND_RUNNER_TASK ? state.runner_id : model->main;
    return task;
}

void rnd_inspector_facts(const struct rnd_view *view, const struct rnd_model *model,
                         struct rnd_facts *out)
{
    rnd_inspect(model, rnd_inspector_thing(view, model), view->moment, out);
    /* Without a selection one also sees what else there is. */
    if (!view->selected && rnd_inspector_thing(view, model).kind == RND_THING_TASK)
        rnd_inspect_objects(model, view->moment, out);
}

double rnd_inspector_row_px(const struct rnd_layout *layout)
{
    return rnd_sizes_px(&layout->sizes, ROW_PX);
}

/* --- rows ------------------------------------------------------------------------------------- */

static double row_height(const struct rnd_frame *frame, const struct rnd_fact *fact)
{
    double row = rnd_inspector_row_px(&frame->layout);
    if (fact->style == RND_FACT_CHART)
        return rnd_panel_px(frame, CHART_PX);
    return fact->style == RND_FACT_HEADING ? row + rnd_panel_px(frame, 4) : row;
}

static rnd_colour colour_of(const struct rnd_frame *frame, struct rnd_thing thing)
{
    if (thing.kind == RND_THING_TASK)
        return rnd_panel_task(frame, thing.id);
    if (thing.kind == RND_THING_TIMER && thing.id < frame->model->timer_count)
        return rnd_panel_task(frame, frame->model->timers[thing.id].task);
    return frame->theme->suspended;
}

/* A dot for a task, a square for anything else. */
static void draw_mark(struct rnd_frame *frame, struct rnd_thing thing, double x, double middle)
{
    double radius = rnd_panel_px(frame, 4);
    rnd_colour colour = colour_of(frame, thing);
    if (thing.kind == RND_THING_TASK)
        rnd_list_circle(frame->list, x, middle, radius, colour);
    else
        rnd_list_round(frame->list,
                       (struct rnd_rect){x - radius, middle - radius, 2 * radius, 2 * radius},
                       radius / 3, RND_NONE, colour, frame->layout.sizes.line);
}

static void draw_pair(struct rnd_frame *frame, const struct rnd_fact *fact, struct rnd_rect row)
{
    double label_px = rnd_panel_px(frame, 84);
    struct rnd_label label = {.font = RND_FONT_UI,
                              .size_px = frame->layout.sizes.text_small,
                              .x = row.x,
                              .middle_y = row.y + row.h / 2,
                              .colour = frame->theme->text_secondary,
                              .max_px = label_px - rnd_panel_px(frame, 6)};
    rnd_panel_label(frame, label, fact->label);
    label.x += label_px;
    label.max_px = row.w - label_px;
    label.colour = frame->theme->text_primary;
    rnd_panel_label(frame, label, fact->text);
}

static void draw_item(struct rnd_frame *frame, const struct rnd_fact *fact, struct rnd_rect row)
{
    double size = frame->layout.sizes.text_small, gap = rnd_panel_px(frame, 14);
    double indent = fmin(rnd_panel_px(frame, 12) * fact->depth, row.w * 0.3);
    double middle = row.y + row.h / 2, x = row.x + indent;
    if (fact->thing.kind != RND_THING_NONE) {
        draw_mark(frame, fact->thing, x + rnd_panel_px(frame, 5), middle);
        x += rnd_panel_px(frame, 17);
    }
    double room = row.x + row.w - x;
    double name_px = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, fact->text);
    double state_px = rnd_panel_width(frame, RND_FONT_UI, size, fact->label);
    double most = fmax(room - state_px - gap, room * 0.42);
    struct rnd_label label = {.font = RND_FONT_UI_MEDIUM,
                              .size_px = size,
                              .x = x,
                              .middle_y = middle,
                              .colour = frame->theme->text_primary,
                              .max_px = most};
    rnd_panel_name(frame, label, fact->text);
    label.font = RND_FONT_UI;
    label.x = x + fmin(name_px, most) + gap;
    label.max_px = row.x + row.w - label.x;
    label.colour = frame->theme->text_secondary;
    if (*fact->label && label.max_px > size)
        rnd_panel_label(frame, label, fact->label);
}

static void draw_heading(struct rnd_frame *frame, const struct rnd_fact *fact, struct rnd_rect row)
{
    bool note = fact->style == RND_FACT_NOTE;
    rnd_panel_label(
        frame,
        (struct rnd_label){.font = note ? RND_FONT_UI : RND_FONT_UI_BOLD,
                           .size_px = frame->layout.sizes.text_small,
                           .x = row.x,
                           .middle_y = row.y + row.h / 2 + (note ? 0 : rnd_panel_px(frame, 2)),
                           .colour = note ? frame->theme->text_faint : frame->theme->text_secondary,
                           .max_px = row.w},
        fact->text);
}

static void draw_fact(struct rnd_frame *frame, uint32_t index, const struct rnd_fact *fact,
                      struct rnd_thing of, struct rnd_rect row)
{
    bool leads = fact->thing.kind != RND_THING_NONE || fact->at != RND_NEVER;
    if (leads) {
        double reach = rnd_panel_px(frame, 6);
        struct rnd_rect place = {row.x - reach, row.y, row.w + 2 * reach, row.h};
        if (rnd_panel_hovered(frame, place))
            rnd_list_round(frame->list, place, reach, frame->theme->hover, RND_NONE, 0);
        rnd_hits_add(frame->hits, place, RND_HIT_FACT, index);
    }
    if (fact->style == RND_FACT_PAIR)
        draw_pair(frame, fact, row);
    else if (fact->style == RND_FACT_ITEM)
        draw_item(frame, fact, row);
    else if (fact->style == RND_FACT_CHART)
        rnd_inspector_chart(frame, of.id, row);
    else
        draw_heading(frame, fact, row);
}

static void draw_facts(struct rnd_frame *frame, const struct rnd_facts *facts, struct rnd_thing of,
                       struct rnd_rect column, double scrolled_px)
{
    double y = 0;
    for (uint32_t i = 0; i < facts->count; i++) {
        double height = row_height(frame, &facts->items[i]);
        struct rnd_rect row = {column.x, column.y + y - scrolled_px, column.w, height};
        if (row.y + height > column.y && row.y < column.y + column.h)
            draw_fact(frame, i, &facts->items[i], of, row);
        y += height;
    }
}

static double facts_height(const struct rnd_frame *frame, const struct rnd_facts *facts)
{
    double y = 0;
    for (uint32_t i = 0; i < facts->count; i++)
        y += row_height(frame, &facts->items[i]);
    return y;
}

/* --- the panel -------------------------------------------------------------------------------- */

/* What it is about, beside the panel's title. */
static void draw_subject(struct rnd_frame *frame, struct rnd_thing thing, double middle)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect panel = frame->layout.inspector;
    char name[RND_LABEL_MAX] = "", state[RND_LABEL_MAX] = "";
    double x = panel.x + s->pad + rnd_panel_px(frame, 16 + 12) +
               rnd_panel_width(frame, RND_FONT_UI_BOLD, s->text_body, "Inspector");
    double right = panel.x + panel.w - s->pad, gap = rnd_panel_px(frame, 12);
    rnd_inspect_name(frame->model, thing, name, sizeof name);
    if (thing.kind == RND_THING_TASK) {
        struct rnd_lane_state at =
            rnd_state_lane(frame->model, thing.id, frame->view->moment.cursor);
        (void)rnd_label_doing(frame->model, thing.id, &at, state, sizeof state);
    } else {
        rnd_inspect_state(frame->model, thing, frame->view->moment, state, sizeof state);
    }
    if (!*name)
        return;
    draw_mark(frame, thing, x + rnd_panel_px(frame, 4), middle);
    x += rnd_panel_px(frame, 14);
    double state_px = rnd_panel_width(frame, RND_FONT_UI, s->text_small, state);
    double room = right - x, most = fmax(room - state_px - gap, room * 0.55);
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = s->text_name - 1,
                              .x = x,
                              .middle_y = middle,
                              .colour = frame->theme->text_primary,
                              .max_px = most};
    double name_px = fmin(rnd_panel_width(frame, label.font, label.size_px, name), most);
    rnd_panel_name(frame, label, name);
    label.font = RND_FONT_UI;
    label.size_px = s->text_small;
    label.x = x + name_px + gap;
    label.max_px = right - label.x;
    label.colour = frame->theme->text_secondary;
    if (label.max_px > s->text_small)
        rnd_panel_label(frame, label, state);
}

/* Where the rows are, and those of the stack. */
struct columns {
    struct rnd_rect facts, stack;
};

static struct columns lay_out(const struct rnd_frame *frame, struct rnd_thing thing,
                              double facts_px)
{
    struct rnd_rect panel = frame->layout.inspector;
    double pad = frame->layout.sizes.pad, top = rnd_panel_px(frame, TITLE_PX);
    struct rnd_rect inner = {panel.x + pad, panel.y + top, fmax(panel.w - 2 * pad, 0),
                             fmax(panel.h - top - rnd_panel_px(frame, 8), 0)};
    struct columns c = {.facts = inner};
    if (thing.kind != RND_THING_TASK ||
        !rnd_inspect_stack_at(frame->model, thing.id, frame->view->moment.cursor))
        return c;
    if (inner.w >= rnd_panel_px(frame, 440)) {
        double gap = rnd_panel_px(frame, 24);
        c.facts.w = floor((inner.w - gap) * 0.48);
        c.stack = (struct rnd_rect){inner.x + c.facts.w + gap, inner.y, inner.w - c.facts.w - gap,
                                    inner.h};
    } else {
        c.stack = inner;
        c.stack.y += facts_px;
    }
    return c;
}

/* The height of all rows, and how far they can be scrolled. */
static double measure(const struct rnd_frame *frame, struct rnd_thing thing,
                      const struct rnd_facts *facts, double *most)
{
    double facts_px = facts_height(frame, facts);
    struct columns c = lay_out(frame, thing, facts_px);
    double stack_px = rnd_rect_is_seen(c.stack) ? rnd_inspector_stack_px(frame, thing.id) : 0;
    double all = c.stack.y > c.facts.y ? facts_px + stack_px : fmax(facts_px, stack_px);
    *most = fmax(ceil(all - c.facts.h), 0);
    return all;
}

double rnd_inspector_scroll_most(const struct rnd_view *view, const struct rnd_model *model)
{
    struct rnd_facts facts;
    struct rnd_frame frame = {.model = model, .view = view, .layout = rnd_view_layout(view)};
    struct rnd_thing thing = rnd_inspector_thing(view, model);
    double most;
    rnd_inspector_facts(view, model, &facts);
    (void)measure(&frame, thing, &facts, &most);
    return most;
}

static void draw_nothing(struct rnd_frame *frame, struct rnd_rect facts)
{
    bool never = frame->model->over && frame->model->lane_count == 0;
    struct rnd_fact fact = {.style = RND_FACT_NOTE};
    (void)snprintf(fact.text, sizeof fact.text, "there is no task%s", never ? "" : " yet");
    facts.h = rnd_inspector_row_px(&frame->layout);
    draw_heading(frame, &fact, facts);
}

void rnd_panel_inspector(struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    struct rnd_thing thing = rnd_inspector_thing(view, frame->model);
    struct rnd_facts facts;
    double most;
    rnd_hits_add(frame->hits, frame->layout.inspector, RND_HIT_INSPECTOR, 0);
    double middle = rnd_panel_begin(frame, RND_PANEL_INSPECTOR);
    draw_subject(frame, thing, middle);
    rnd_inspector_facts(view, frame->model, &facts);
    double all = measure(frame, thing, &facts, &most);
    double scrolled = floor(fmin(fmax(view->inspect.px, 0), most));
    struct columns c = lay_out(frame, thing, facts_height(frame, &facts));
    struct rnd_rect panel = frame->layout.inspector;
    struct rnd_rect seen = {panel.x, c.facts.y, panel.w, c.facts.h};
    rnd_list_clip_push(frame->list, seen);
    if (facts.count == 0)
        draw_nothing(frame, c.facts);
    draw_facts(frame, &facts, thing, c.facts, scrolled);
    if (rnd_rect_is_seen(c.stack) && facts.count > 0) {
        c.stack.y -= scrolled;
        rnd_inspector_stack(frame, thing.id, c.stack);
    }
    rnd_list_clip_pop(frame->list);
    rnd_panel_scrollbar(frame, seen, all, scrolled);
}
