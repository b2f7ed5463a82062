/* The map below the lanes: the whole run at once, how much happens when, and which part of it the
 * timeline shows. */
#include "timeline.h"

#include <math.h>

/* Width of a column at scale 1. */
#define COLUMN_PX 3
#define COLUMNS_MAX 1024

struct rnd_axis rnd_view_map(const struct rnd_view *view, const struct rnd_model *model)
{
    struct rnd_layout layout = rnd_view_layout(view);
    struct rnd_axis axis = view->axis;
    axis.model = model;
    axis.width_px = fmax(layout.minimap.w, 1);
    rnd_axis_fit(&axis, rnd_sizes_px(&layout.sizes, 4));
    return axis;
}

/* How many slices of the loop end in each column, and the cursors at which columns end. */
struct density {
    uint32_t counts[COLUMNS_MAX], cursors[COLUMNS_MAX];
    uint32_t count, most;
    double width_px;
};

static void count_slices(const struct rnd_frame *frame, const struct rnd_axis *axis,
                         struct density *out)
{
    const struct rnd_model *model = frame->model;
    out->width_px = fmax(rnd_panel_px(frame, COLUMN_PX), ceil(axis->width_px / COLUMNS_MAX));
    out->count = (uint32_t)ceil(axis->width_px / out->width_px);
    out->most = 1;
    uint32_t from = rnd_model_first_slice(model, 0);
    for (uint32_t i = 0, cursor = 0; i < out->count; i++) {
        double end_px = (i + 1) * out->width_px;
        /* In most columns nothing happens. */
        if (cursor < model->event_count && rnd_axis_x(axis, cursor + 1) <= end_px)
            cursor = rnd_axis_cursor_at(axis, end_px);
        out->cursors[i] = cursor;
        uint32_t to = rnd_model_first_slice(model, cursor);
        out->counts[i] = to - from;
        out->most = to - from > out->most ? to - from : out->most;
        from = to;
    }
}

static void draw_density(struct rnd_frame *frame, const struct rnd_axis *axis, struct rnd_rect map)
{
    const struct rnd_theme *theme = frame->theme;
    double pad = rnd_panel_px(frame, 4), room = map.h - 2 * pad;
    rnd_colour past = rnd_colour_mix(theme->raised_bg, theme->accent, 190);
    rnd_colour future = rnd_colour_mix(theme->raised_bg, theme->text_secondary, 110);
    struct density density;
    count_slices(frame, axis, &density);
    for (uint32_t i = 0; i < density.count; i++) {
        if (!density.counts[i])
            continue;
        double share = log2(1 + (double)density.counts[i]) / log2(1 + (double)density.most);
        double height = fmax(floor(room * share), 2);
        rnd_list_rect(frame->list,
                      (struct rnd_rect){map.x + i * density.width_px, map.y + pad + room - height,
                                        density.width_px, height},
                      density.cursors[i] <= frame->view->moment.cursor ? past : future);
    }
}

/* Where the loop is blocked, as far as there is room. */
static void draw_blocks(struct rnd_frame *frame, const struct rnd_axis *axis, struct rnd_rect map)
{
    const struct rnd_model *model = frame->model;
    double thin = rnd_panel_px(frame, 2), free_from = map.x;
    double y = map.y + frame->layout.sizes.border; /* below the edge of the part that is shown */
    for (uint32_t i = 0; i < model->block_count && i < 512; i++) {
        const struct rnd_block *block = &model->blocks[i];
        uint32_t end = block->end < model->event_count ? block->end : model->event_count;
        double left = map.x + rnd_axis_x(axis, block->begin);
        double right = map.x + rnd_axis_x(axis, end);
        if (right < free_from)
            continue;
        free_from = fmax(right, left + 1);
        rnd_list_rect(frame->list, (struct rnd_rect){left, y, free_from - left, thin},
                      frame->theme->blocking);
    }
}

/* The part that the timeline shows, in a frame; the rest is dimmed. */
static void draw_part(struct rnd_frame *frame, const struct rnd_axis *axis, struct rnd_rect map)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_axis *shown = &frame->view->axis;
    double left = rnd_axis_x_moment(axis, rnd_axis_moment_at(shown, 0));
    double right = rnd_axis_x_moment(axis, rnd_axis_moment_at(shown, shown->width_px));
    left = fmax(left - 1, 0);
    right = fmin(fmax(right + 1, left + rnd_panel_px(frame, 6)), map.w);
    rnd_colour dim = rnd_colour_fade(theme->panel_bg, 150);
    rnd_list_rect(frame->list, (struct rnd_rect){map.x, map.y, left, map.h}, dim);
    rnd_list_rect(frame->list, (struct rnd_rect){map.x + right, map.y, map.w - right, map.h}, dim);
    rnd_list_round(frame->list, (struct rnd_rect){map.x + left, map.y, right - left, map.h},
                   rnd_panel_px(frame, 4), RND_NONE, theme->accent, frame->layout.sizes.border);
}

void rnd_timeline_map(struct rnd_frame *frame)
{
    struct rnd_rect map = frame->layout.minimap;
    const struct rnd_theme *theme = frame->theme;
    if (!rnd_rect_is_seen(map))
        return;
    struct rnd_axis axis = rnd_view_map(frame->view, frame->model);
    rnd_list_round(frame->list, map, rnd_panel_px(frame, 4), theme->raised_bg, RND_NONE, 0);
    rnd_list_clip_push(frame->list, map);
    draw_density(frame, &axis, map);
    draw_blocks(frame, &axis, map);
    draw_part(frame, &axis, map);
    double x = map.x + rnd_axis_x_moment(&axis, frame->view->moment),
           thin = frame->layout.sizes.line;
    rnd_list_rect(frame->list, (struct rnd_rect){x - thin / 2, map.y, thin, map.h}, theme->accent);
    rnd_list_clip_pop(frame->list);
    rnd_hits_add(frame->hits, map, RND_HIT_MAP, 0);
}
