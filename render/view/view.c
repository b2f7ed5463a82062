#include "view.h"

#include "panel.h"
#include "timeline.h"

#include <math.h>

/* Width of a run slice at an instant, at scale 1: in the timeline, in the strip. */
#define SLOT_PX 14
#define STRIP_SLOT_PX 6

struct rnd_layout rnd_view_layout(const struct rnd_view *view)
{
    if (view->compare)
        return rnd_compare_layout(view, view->compare->focus);
    struct rnd_layout layout =
        rnd_layout_make(&view->spec, view->width_px, view->height_px, view->scale);
    rnd_layout_add_totals(&layout, rnd_timeline_totals(&view->timeline));
    return layout;
}

/* Shows the whole run, with room for what is written after its end. */
static void show_whole(struct rnd_view *view, const struct rnd_layout *layout,
                       const struct rnd_model *model)
{
    double margin = rnd_sizes_px(&layout->sizes, 16);
    rnd_axis_fit(&view->axis, margin);
    double ends = fmin(fmax(0.12, 11 * layout->sizes.text_small / layout->axis.w), 0.25);
    if (view->compare)
        rnd_axis_zoom(&view->axis, margin, 1 - ends);
    else
        rnd_timeline_leave_ends(view, layout, model, margin);
    /* A run without a length begins at the left, too. */
    rnd_axis_pan(&view->axis, margin - rnd_axis_x(&view->axis, 0));
}

struct rnd_view rnd_view_make(const struct rnd_model *model, const struct rnd_theme *theme,
                              int width_px, int height_px, double scale)
{
    struct rnd_view view = {.width_px = width_px,
                            .height_px = height_px,
                            .theme = theme,
                            .moment = rnd_model_moment(model, model->event_count),
                            .caption = RND_CAPTION_NOW,
                            .scene = rnd_scene_plain(),
                            .whole = true,
                            .speed = 1,
                            .message = "",
                            .trouble = "",
                            .remark = ""};
    rnd_view_set_layout(&view, &(struct rnd_layout_spec){0}, scale);
    struct rnd_layout layout = rnd_view_layout(&view);
    view.axis = rnd_axis_make(model, fmax(layout.axis.w, 1), rnd_sizes_px(&layout.sizes, SLOT_PX));
    show_whole(&view, &layout, model);
    return view;
}

void rnd_view_set_layout(struct rnd_view *view, const struct rnd_layout_spec *spec, double scale)
{
    int w = view->width_px, h = view->height_px;
    view->spec = *spec;
    view->scale = scale > 0 ? rnd_layout_scale_in(spec, scale, w, h) : rnd_layout_scale(spec, w, h);
}

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), fmax(high, low));
}

/* How far the lanes, the code and the output can be scrolled. */
static void clamp_scrolls(struct rnd_view *view, const struct rnd_layout *layout,
                          const struct rnd_model *model, const struct rnd_script *script)
{
    uint32_t rows = rnd_rows_count(view->timeline.rows, model);
    double lanes = rnd_layout_lane_px(layout, rows) * rows - layout->lanes.h;
    view->file = view->file < script->file_count ? view->file : 0;
    double code = layout->code_row_px * rnd_script_rows(script, view->file) - layout->code.h;
    uint32_t outputs = rnd_output_lines(view, model);
    double lines = layout->line_row_px * outputs - layout->lines.h;
    view->lanes_px = clamp(view->lanes_px, 0, lanes);
    view->code_px = clamp(view->code_px, 0, code);
    view->output.px = clamp(view->output.px, 0, lines);
}

/* The source has room for all lines but those that would be cut anyway. */
static void fit_source(struct rnd_view *view, const struct rnd_script *script)
{
    view->spec.columns = UINT16_MAX;
    struct rnd_layout layout = rnd_view_layout(view);
    uint32_t most = rnd_layout_columns(&layout);
    view->spec.columns = rnd_script_columns(script, most);
    for (uint32_t i = 0; view->compare && i < view->compare->count; i++) {
        uint32_t columns = rnd_script_columns(view->compare->runs[i].script, most);
        view->spec.columns = columns > view->spec.columns ? columns : view->spec.columns;
    }
}

void rnd_view_fit(struct rnd_view *view, const struct rnd_model *model,
                  const struct rnd_script *script)
{
    view->spec.params = rnd_params_units(&script->lesson);
    /* Whichever of several is in focus, nothing moves. */
    for (uint32_t i = 0; view->compare && i < view->compare->count; i++) {
        uint32_t units = rnd_params_units(&view->compare->runs[i].script->lesson);
        view->spec.params = units > view->spec.params ? units : view->spec.params;
    }
    view->spec.letters = view->compare ? 0 : rnd_timeline_letters(view, model);
    if (view->spec.film)
        fit_source(view, script);
    struct rnd_layout layout = rnd_view_layout(view);
    view->axis.slot_max_px = rnd_sizes_px(&layout.sizes, SLOT_PX);
    view->axis.shared = view->compare ? &view->compare->instants : NULL;
    rnd_axis_resize(&view->axis, model, fmax(layout.axis.w, 1));
    if (view->whole)
        show_whole(view, &layout, model);
    clamp_scrolls(view, &layout, model, script);
}

/* The scroll that shows [top, bottom] of a content in a window of some height, changed least. */
static double reveal(double scroll, double top, double bottom, double height, double margin)
{
    margin = fmin(margin, fmax((height - (bottom - top)) / 2, 0));
    return fmax(fmin(scroll, top - margin), bottom + margin - height);
}

/* The source line that was reached last at a cursor, NULL: none.  Once the main task is done it is
 * the line at which the script itself goes on. */
static const struct rnd_line *last_line(const struct rnd_model *model, uint32_t cursor)
{
    const struct rnd_lane *main = rnd_model_lane(model, model->main);
    const struct rnd_line *own = rnd_state_line(model, 0, cursor);
    if (main && main->done <= cursor && own)
        return own;
    uint32_t low = 0, high = model->line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (model->lines[middle].at <= cursor)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &model->lines[low - 1] : NULL;
}

/* The line of a file that was reached last, of those that are not long ago. */
static const struct rnd_line *last_line_of(const struct rnd_model *model, uint32_t file,
                                           uint32_t cursor)
{
    enum { LOOKED_AT = 100000 };
    const struct rnd_line *last = last_line(model, cursor);
    const struct rnd_line *line = last;
    for (uint32_t n = 0; last && line > model->lines && line->file != file && n < LOOKED_AT; n++)
        line--;
    return last && line->file == file ? line : NULL;
}

/* Scrolls the source by whole rows, just so far that a line of the file that it shows is seen. */
static void reveal_line(struct rnd_view *view, const struct rnd_layout *layout,
                        const struct rnd_script *script, uint32_t line)
{
    double row_px = layout->code_row_px, height = layout->code.h;
    double top = rnd_script_row_of(script, view->file, line) * row_px;
    double px = reveal(view->code_px, top, top + row_px, height, 3 * row_px);
    view->code_px = row_px * ceil(px / row_px);
}

/* The same rows from the top, in rows of another height. */
static double keep_rows(double scroll_px, double before_px, double now_px)
{
    return round(scroll_px / before_px) * now_px;
}

static void keep_lanes(struct rnd_view *view, const struct rnd_layout *before,
                       const struct rnd_layout *now, const struct rnd_model *model)
{
    uint32_t rows = rnd_rows_count(view->timeline.rows, model);
    view->lanes_px =
        keep_rows(view->lanes_px, rnd_layout_lane_px(before, rows), rnd_layout_lane_px(now, rows));
}

void rnd_view_resize(struct rnd_view *view, int width_px, int height_px, double scale,
                     const struct rnd_model *model, const struct rnd_script *script)
{
    struct rnd_layout before = rnd_view_layout(view);
    const struct rnd_line *last = last_line(model, view->moment.cursor);
    view->width_px = width_px;
    view->height_px = height_px;
    view->scale = scale;
    struct rnd_layout now = rnd_view_layout(view);
    view->code_px = keep_rows(view->code_px, before.code_row_px, now.code_row_px);
    keep_lanes(view, &before, &now, model);
    if (view->follows && last && last->line && last->file == view->file)
        reveal_line(view, &now, script, last->line);
    rnd_view_fit(view, model, script);
}

void rnd_view_set_range(struct rnd_view *view, struct rnd_range range, uint32_t task,
                        const struct rnd_model *model, const struct rnd_script *script)
{
    struct rnd_layout before = rnd_view_layout(view);
    view->timeline.range = range;
    view->timeline.range_task = task;
    struct rnd_layout now = rnd_view_layout(view);
    keep_lanes(view, &before, &now, model);
    clamp_scrolls(view, &now, model, script);
}

uint32_t rnd_view_pinned(const struct rnd_view *view, const struct rnd_layout *layout,
                         const struct rnd_model *model)
{
    const struct rnd_rows *rows = view->timeline.rows;
    double height = rnd_layout_lane_px(layout, rnd_rows_count(rows, model));
    uint32_t most = (uint32_t)fmax(floor(layout->lanes.h / height) - 1, 0);
    uint32_t pinned = rows ? rows->pinned_count : 0;
    return pinned < most ? pinned : most;
}

/* Likewise the lanes: those that are seen are whole. */
static void reveal_lane(struct rnd_view *view, const struct rnd_layout *layout,
                        const struct rnd_model *model, uint32_t task)
{
    uint32_t row = rnd_rows_find(view->timeline.rows, model, task);
    uint32_t pinned = rnd_view_pinned(view, layout, model);
    if (row == RND_NEVER || row < pinned)
        return;
    double height = rnd_layout_lane_px(layout, rnd_rows_count(view->timeline.rows, model));
    double top = (row - pinned) * height;
    double px =
        reveal(view->lanes_px, top, top + height, layout->lanes.h - pinned * height, height);
    view->lanes_px = height * ceil(px / height);
}

void rnd_view_follow(struct rnd_view *view, const struct rnd_model *model,
                     const struct rnd_script *script)
{
    struct rnd_layout layout = rnd_view_layout(view);
    struct rnd_state state = rnd_state_at(model, view->moment);
    const struct rnd_line *last = last_line(model, view->moment.cursor);
    uint32_t file = last ? last->file : 0, line = last ? last->line : state.line ? state.line : 1;
    if (line && line <= rnd_script_lines(script, file)) {
        view->code_px = view->file == file ? view->code_px : 0;
        view->file = file;
        reveal_line(view, &layout, script, line);
        view->follows = true;
    }
    reveal_lane(view, &layout, model,
                state.runner == RND_RUNNER_TASK ? state.runner_id
                : last                          ? last->task
                                                : 0);
    view->output.px = 0;
    if (!view->whole)
        (void)rnd_axis_reveal(&view->axis, view->moment, rnd_sizes_px(&layout.sizes, 60));
    clamp_scrolls(view, &layout, model, script);
}

void rnd_view_show_lane(struct rnd_view *view, const struct rnd_model *model,
                        const struct rnd_script *script, uint32_t task)
{
    struct rnd_layout layout = rnd_view_layout(view);
    reveal_lane(view, &layout, model, task);
    clamp_scrolls(view, &layout, model, script);
}

void rnd_view_show_file(struct rnd_view *view, const struct rnd_model *model,
                        const struct rnd_script *script, uint32_t file)
{
    struct rnd_layout layout = rnd_view_layout(view);
    const struct rnd_line *last = last_line_of(model, file, view->moment.cursor);
    view->file = file;
    view->code_px = 0;
    view->follows = false;
    if (last && last->line && last->line <= rnd_script_lines(script, file))
        reveal_line(view, &layout, script, last->line);
    clamp_scrolls(view, &layout, model, script);
}

void rnd_view_show_line(struct rnd_view *view, const struct rnd_model *model,
                        const struct rnd_script *script, uint32_t file, uint32_t line)
{
    struct rnd_layout layout = rnd_view_layout(view);
    view->file = file;
    view->follows = false;
    double row = rnd_script_row_of(script, file, line) + 1, half = layout.code.h / 2;
    view->code_px = floor(row - half / layout.code_row_px) * layout.code_row_px;
    clamp_scrolls(view, &layout, model, script);
}

void rnd_view_follow_others(const struct rnd_view *view, struct rnd_compare *compare)
{
    for (uint32_t i = 0; i < compare->count; i++) {
        struct rnd_compared *run = &compare->runs[i];
        struct rnd_layout layout = rnd_compare_layout(view, i);
        struct rnd_view other = *view;
        struct rnd_state state = rnd_state_at(run->model, run->moment);
        if (i == compare->focus)
            continue;
        other.timeline.rows = run->rows;
        other.moment = run->moment;
        other.lanes_px = run->lanes_px;
        reveal_lane(&other, &layout, run->model,
                    state.runner == RND_RUNNER_TASK ? state.runner_id : 0);
        clamp_scrolls(&other, &layout, run->model, run->script);
        run->lanes_px = other.lanes_px;
    }
}

struct rnd_axis rnd_view_strip(const struct rnd_view *view, const struct rnd_model *model)
{
    struct rnd_layout layout = rnd_view_layout(view);
    struct rnd_axis axis =
        rnd_axis_make(model, fmax(layout.strip.w, 1), rnd_sizes_px(&layout.sizes, STRIP_SLOT_PX));
    axis.shared = view->compare ? &view->compare->instants : NULL;
    rnd_axis_fit(&axis, rnd_sizes_px(&layout.sizes, 8));
    return axis;
}

static const struct {
    enum rnd_panel_id id;
    void (*draw)(struct rnd_frame *frame);
} panels[] = {{RND_PANEL_SOURCE, rnd_panel_source},       {RND_PANEL_TIMELINE, rnd_panel_timelines},
              {RND_PANEL_OUTPUT, rnd_panel_output},       {RND_PANEL_LOOP, rnd_panel_loop},
              {RND_PANEL_INSPECTOR, rnd_panel_inspector}, {RND_PANEL_CAPTION, rnd_panel_caption}};

/* A panel, if it is shown; its title only, if it is collapsed. */
static void draw_panel(struct rnd_frame *frame, enum rnd_panel_id id,
                       void (*draw)(struct rnd_frame *frame))
{
    struct rnd_rect rect = frame->layout.panels[id];
    if (!rnd_rect_is_seen(rect))
        return;
    if (frame->layout.collapsed[id])
        (void)rnd_panel_begin(frame, id);
    else
        draw(frame);
}

void rnd_view_draw(const struct rnd_view *view, const struct rnd_model *model,
                   const struct rnd_script *script, struct rnd_fonts *fonts, struct rnd_list *list,
                   struct rnd_hits *hits)
{
    uint32_t cursor = view->moment.cursor;
    struct rnd_frame frame = {.list = list,
                              .hits = hits,
                              .fonts = fonts,
                              .model = model,
                              .script = script,
                              .view = view,
                              .focus = view,
                              .theme = view->theme,
                              .layout = rnd_view_layout(view),
                              .state = rnd_state_at(model, view->moment),
                              .since = rnd_step_previous(model, RND_STEP_EVENT, 0, cursor)};
    hits->count = 0;
    rnd_list_begin(list, view->width_px, view->height_px);
    rnd_list_rect(list, (struct rnd_rect){0, 0, view->width_px, view->height_px},
                  view->theme->window_bg);
    if (!view->spec.bare)
        rnd_panel_header(&frame);
    rnd_panel_params(&frame);
    for (size_t i = 0; i < sizeof panels / sizeof *panels; i++)
        draw_panel(&frame, panels[i].id, panels[i].draw);
    if (!view->spec.bare)
        rnd_panel_transport(&frame);
    rnd_panel_splitters(&frame);
    if (view->step_shown.share > 0)
        rnd_panel_step(&frame);
    if (view->predict)
        rnd_panel_predict(&frame);
    if (view->found)
        rnd_panel_found(&frame);
    if (view->gallery)
        rnd_panel_gallery(&frame);
    if (view->record)
        rnd_panel_record(&frame);
    if (view->help)
        rnd_panel_help(&frame);
    if (view->picker)
        rnd_panel_picker(&frame);
    if (view->card.title && view->card.cover > 0)
        rnd_panel_card(&frame);
    if (*view->tip)
        rnd_panel_tooltip(&frame);
}
