/* How much room names take, and the whole run leaves for what is written after the ends of lanes,
 * and for the names of marks. */
#include "timeline.h"

#include <math.h>
#include <string.h>

/* So many lanes are looked at, and of a text so many letters, each so wide, as a share of its
 * height: of results, which are code, and of the names of marks. */
#define LANES_LOOKED_AT 256
#define LETTERS_MOST 30
#define CODE_SHARE 0.6
#define MARK_SHARE 0.53

/* The run keeps at least that share of the axis, and at most the other. */
#define SHARE_LEAST 0.66
#define SHARE_MOST 0.97

/* Slices at an instant keep their width while the axis shrinks, so that it takes a few times. */
#define ROUNDS 4

uint32_t rnd_timeline_letters(const struct rnd_view *view, const struct rnd_model *model)
{
    const struct rnd_rows *rows = view->timeline.rows;
    uint32_t most = 0, count = rnd_rows_count(rows, model);
    for (uint32_t i = 0; i < count && i < LANES_LOOKED_AT; i++) {
        struct rnd_row row = rnd_rows_at(rows, model, i);
        char name[RND_LABEL_MAX];
        (void)rnd_label_task(model, row.task, name, sizeof name);
        uint32_t letters = row.depth + row.depth / 2;
        for (const char *at = name; *at; at++)
            letters += ((unsigned char)*at & 0xc0) != 0x80;
        most = letters > most ? letters : most;
    }
    return most;
}

static double text_px(const char *text, double letter_px)
{
    double letters = 0;
    for (; *text && letters < LETTERS_MOST; text++)
        letters += ((unsigned char)*text & 0xc0) != 0x80;
    return letters * letter_px;
}

/* What stands after the end of a lane: its mark, and its result if there is one to tell. */
static double end_px(const struct rnd_layout *layout, const struct rnd_model *model,
                     const struct rnd_lane *lane)
{
    const char *value = rnd_timeline_value(model, lane);
    bool done = lane->spans[lane->span_count - 1].state == RND_TASK_DONE;
    return rnd_sizes_px(&layout->sizes, done ? 22 : 30) +
           (*value ? rnd_sizes_px(&layout->sizes, 14) : 0) +
           text_px(value, CODE_SHARE * layout->sizes.text_small);
}

/* The share of the axis with which what stands at x, so wide, is still seen. */
static double share_for(const struct rnd_view *view, double margin_px, double x, double width_px)
{
    return x > margin_px ? (view->axis.width_px - margin_px - width_px) / (x - margin_px) : 1;
}

/* The share of itself that the axis has to shrink to. */
static double needed(const struct rnd_view *view, const struct rnd_layout *layout,
                     const struct rnd_model *model, double margin_px)
{
    const struct rnd_notes *notes = view->timeline.notes;
    double share = 1, pennant = rnd_sizes_px(&layout->sizes, 14);
    for (uint32_t i = 0; i < model->lane_count && i < LANES_LOOKED_AT; i++) {
        const struct rnd_lane *lane = &model->lanes[i];
        if (lane->done == RND_NEVER || !lane->span_count || lane->naming == SIM_TASK_INTERNAL)
            continue;
        double x = rnd_axis_x(&view->axis, lane->spans[lane->span_count - 1].begin);
        share = fmin(share, share_for(view, margin_px, x, end_px(layout, model, lane)));
    }
    for (uint32_t i = 0; notes && i < notes->count; i++) {
        const struct rnd_mark *mark = &notes->items[i];
        if (mark->moment.cursor == RND_NEVER)
            continue;
        double x = rnd_axis_x_moment(&view->axis, mark->moment);
        share = fmin(
            share, share_for(view, margin_px, x,
                             pennant + text_px(mark->name, MARK_SHARE * layout->sizes.text_small)));
    }
    return share;
}

void rnd_timeline_leave_ends(struct rnd_view *view, const struct rnd_layout *layout,
                             const struct rnd_model *model, double margin_px)
{
    double left = SHARE_MOST / SHARE_LEAST;
    rnd_axis_zoom(&view->axis, margin_px, SHARE_MOST);
    for (int i = 0; i < ROUNDS && left > 1; i++) {
        double share = fmax(needed(view, layout, model, margin_px), 1 / left);
        if (share > 0.999)
            break;
        rnd_axis_zoom(&view->axis, margin_px, share);
        left *= share;
    }
}
