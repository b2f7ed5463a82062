/* The sliders of the lesson's parameters. */
#include "params.h"

#include "panel.h"

#include <math.h>
#include <string.h>

/* What a parameter takes, at scale 1, of the room that is to spare. */
#define SPARE_PX 160

/* The hit of a slider is higher and wider than its track: by a quarter of its height. */
static double overhang(struct rnd_rect hit)
{
    return floor(hit.h / 4);
}

double rnd_params_share(struct rnd_rect hit, double x_px)
{
    double side = overhang(hit);
    return fmin(fmax((x_px - hit.x - side) / fmax(hit.w - 2 * side, 1), 0), 1);
}

/* One parameter, and the rectangle that it has for itself. */
struct cell {
    const struct rnd_param *param;
    uint32_t index;
    struct rnd_rect rect;
    bool chosen;
};

static bool is_changed(const struct rnd_param *param)
{
    return !rnd_param_same(param->value, param->own);
}

/* --- words ------------------------------------------------------------------------------------ */

static double segment_px(const struct rnd_frame *frame, const struct rnd_param *param, double word)
{
    char text[RND_PARAM_TEXT_MAX];
    (void)rnd_param_text(param, word, text, sizeof text);
    return ceil(rnd_panel_width(frame, RND_FONT_UI_MEDIUM, frame->layout.sizes.text_small, text) +
                2 * rnd_panel_px(frame, 11));
}

static double segments_px(const struct rnd_frame *frame, const struct rnd_param *param)
{
    double width = 0;
    for (double word = 0; word <= param->high; word++)
        width += segment_px(frame, param, word);
    return width;
}

/* The words beside each other, the present one filled. */
static void draw_segments(struct rnd_frame *frame, const struct cell *cell, double x)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_param *param = cell->param;
    double height = rnd_panel_px(frame, 28), radius = rnd_panel_px(frame, 8);
    struct rnd_rect box = {x, cell->rect.y + floor((cell->rect.h - height) / 2),
                           segments_px(frame, param), height};
    rnd_list_round(frame->list, box, radius, theme->raised_bg,
                   cell->chosen ? theme->accent : theme->raised_border, frame->layout.sizes.border);
    for (double word = 0; word <= param->high; word++) {
        char text[RND_PARAM_TEXT_MAX];
        (void)rnd_param_text(param, word, text, sizeof text);
        box.w = segment_px(frame, param, word);
        bool now = rnd_param_same(word, param->value), hovered = rnd_panel_hovered(frame, box);
        if (now || hovered)
            rnd_list_round(frame->list, box, radius, now ? theme->accent : theme->hover, RND_NONE,
                           0);
        rnd_panel_label(frame,
                        (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                           .size_px = frame->layout.sizes.text_small,
                                           .x = box.x + box.w / 2,
                                           .middle_y = box.y + box.h / 2,
                                           .colour = now ? theme->accent_text : theme->text_primary,
                                           .align = RND_ALIGN_CENTRE},
                        text);
        rnd_hits_add(frame->hits, box, RND_HIT_PARAM_WORD,
                     cell->index * RND_PARAM_WORDS_MAX + (uint32_t)word);
        box.x += box.w;
    }
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Room for each value that it can have, so that the slider stays where it is. */
static double value_px(const struct rnd_frame *frame, const struct rnd_param *param)
{
    double most = 0, values[] = {param->low, param->high, param->value};
    for (int i = 0; i < 3; i++) {
        char text[RND_PARAM_TEXT_MAX];
        (void)rnd_param_label(param, values[i], text, sizeof text);
        most =
            fmax(most, rnd_panel_width(frame, RND_FONT_MONO, frame->layout.sizes.text_body, text));
    }
    return ceil(most);
}

static void draw_slider(struct rnd_frame *frame, const struct cell *cell, double left, double right)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_param *param = cell->param;
    double middle = cell->rect.y + floor(cell->rect.h / 2), thick = rnd_panel_px(frame, 4);
    double radius = rnd_panel_px(frame, 9), height = 4 * radius;
    struct rnd_rect hit = {left, middle - height / 2, right - left, height};
    double side = overhang(hit);
    struct rnd_rect track = {left + side, middle - thick / 2, right - left - 2 * side, thick};
    double x = track.x + track.w * rnd_param_share(param, param->value);
    rnd_list_round(frame->list, track, thick / 2, theme->raised_border, RND_NONE, 0);
    rnd_list_round(frame->list, (struct rnd_rect){track.x, track.y, x - track.x, thick}, thick / 2,
                   theme->accent, RND_NONE, 0);
    if (is_changed(param)) {
        double own = track.x + track.w * rnd_param_share(param, param->own), notch = 2 * thick;
        rnd_list_rect(frame->list,
                      (struct rnd_rect){own - thick / 4, middle - notch, thick / 2, 2 * notch},
                      theme->text_faint);
    }
    if (cell->chosen || rnd_panel_hovered(frame, hit))
        rnd_list_circle(frame->list, x, middle, radius + rnd_panel_px(frame, 4),
                        rnd_colour_mix(theme->bar_bg, theme->accent, 90));
    rnd_list_circle(frame->list, x, middle, radius, theme->accent);
    rnd_hits_add(frame->hits, hit, RND_HIT_PARAM, cell->index);
}

static void draw_value(struct rnd_frame *frame, const struct cell *cell, struct rnd_rect box)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_params_view *view = &frame->view->params;
    char text[RND_PARAM_TEXT_MAX];
    if (cell->chosen && view->typing) {
        rnd_panel_field(frame, box, &view->field, "");
        if (view->refused)
            rnd_list_round(frame->list, box, rnd_panel_px(frame, 6), RND_NONE, theme->failed,
                           frame->layout.sizes.line);
        return;
    }
    (void)rnd_param_label(cell->param, cell->param->value, text, sizeof text);
    if (rnd_panel_hovered(frame, box))
        rnd_list_round(frame->list, box, rnd_panel_px(frame, 6), theme->hover, RND_NONE, 0);
    rnd_panel_label(
        frame,
        (struct rnd_label){.font = is_changed(cell->param) ? RND_FONT_MONO_BOLD : RND_FONT_MONO,
                           .size_px = frame->layout.sizes.text_body,
                           .x = box.x + rnd_panel_px(frame, 8),
                           .middle_y = box.y + box.h / 2,
                           .colour = is_changed(cell->param) ? theme->accent : theme->text_primary,
                           .max_px = box.w},
        text);
    rnd_hits_add(frame->hits, box, RND_HIT_PARAM_VALUE, cell->index);
}

/* --- all -------------------------------------------------------------------------------------- */

static void draw_cell(struct rnd_frame *frame, const struct cell *cell)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    double pad = rnd_panel_px(frame, 12), gap = rnd_panel_px(frame, 8);
    double height = rnd_panel_px(frame, 28), middle = cell->rect.y + floor(cell->rect.h / 2);
    double left = cell->rect.x + pad, right = cell->rect.x + cell->rect.w;
    double name = rnd_panel_width(frame, RND_FONT_UI, s->text_body, cell->param->name);
    bool words = cell->param->words && left + name + gap + segments_px(frame, cell->param) <= right;
    double value = words ? 0 : value_px(frame, cell->param) + 2 * gap;
    if (cell->chosen && frame->view->params.typing)
        value = fmax(value, rnd_panel_px(frame, 72));
    double least = rnd_panel_px(frame, 60);
    name = fmin(name, fmax(right - left - gap - value - least, least * 0.5));
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI,
                                       .size_px = s->text_body,
                                       .x = left,
                                       .middle_y = middle,
                                       .colour = frame->theme->text_secondary,
                                       .max_px = name},
                    cell->param->name);
    rnd_hits_add(frame->hits, (struct rnd_rect){left, middle - height / 2, ceil(name), height},
                 RND_HIT_PARAM_NAME, cell->index);
    left += ceil(name) + gap;
    if (words) {
        draw_segments(frame, cell, left);
        return;
    }
    draw_slider(frame, cell, left, right - value);
    draw_value(frame, cell, (struct rnd_rect){right - value, middle - height / 2, value, height});
}

/* The width in which nothing of a parameter is cut. */
static double wanted_px(const struct rnd_frame *frame, const struct rnd_param *param)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    double name = rnd_panel_width(frame, RND_FONT_UI, s->text_body, param->name);
    double rest = param->words ? segments_px(frame, param)
                               : value_px(frame, param) + rnd_panel_px(frame, 16 + 110);
    return ceil(name + rest + rnd_panel_px(frame, 12 + 8));
}

static uint32_t shown(const struct rnd_lesson *lesson)
{
    return lesson->param_count < RND_PARAMS_SHOWN_MAX ? lesson->param_count : RND_PARAMS_SHOWN_MAX;
}

/* All that is to spare is theirs: a longer one is easier to drag, up to a point. */
static uint32_t sliders(const struct rnd_lesson *lesson)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < shown(lesson); i++)
        count += !lesson->params[i].words;
    return count;
}

static double all_wanted_px(const struct rnd_frame *frame)
{
    const struct rnd_lesson *lesson = &frame->script->lesson;
    double all = 0;
    for (uint32_t i = 0; i < shown(lesson); i++)
        all += wanted_px(frame, &lesson->params[i]);
    return all;
}

void rnd_panel_params_fit(struct rnd_frame *frame, double left)
{
    struct rnd_rect *rect = &frame->layout.params;
    double right = rect->x + rect->w, least = right - all_wanted_px(frame);
    if (!rnd_rect_is_seen(*rect) || rect->y >= frame->layout.header.h || least <= rect->x)
        return;
    double most = least - rnd_panel_px(frame, SPARE_PX) * sliders(&frame->script->lesson);
    rect->x = fmin(fmax(fmax(rect->x, most), left), least);
    rect->w = right - rect->x;
}

void rnd_panel_params(struct rnd_frame *frame)
{
    const struct rnd_lesson *lesson = &frame->script->lesson;
    struct rnd_rect rect = frame->layout.params;
    uint32_t count = shown(lesson);
    if (!count || !rnd_rect_is_seen(rect))
        return;
    if (rect.y >= frame->layout.header.h) {
        double border = frame->layout.sizes.border, bottom = rect.y + rect.h;
        struct rnd_rect row = {0, rect.y, frame->view->width_px, rect.h};
        rnd_list_rect(frame->list, row, frame->theme->bar_bg);
        rnd_list_rect(frame->list, (struct rnd_rect){0, bottom - border, row.w, border},
                      frame->theme->panel_border);
    }
    uint32_t spread = sliders(lesson);
    double all = all_wanted_px(frame), x = rect.x;
    rect.w = fmin(rect.w, all + rnd_panel_px(frame, SPARE_PX) * spread);
    double spare = spread && all <= rect.w ? (rect.w - all) / spread : 0;
    for (uint32_t i = 0; i < count; i++) {
        /* Where there is too little room, all have as much. */
        const struct rnd_param *param = &lesson->params[i];
        double own = wanted_px(frame, param) + (param->words ? 0 : spare);
        double width = floor(all <= rect.w ? own : rect.w / count);
        struct cell cell = {.param = param,
                            .index = i,
                            .rect = {x, rect.y, width, rect.h},
                            .chosen = frame->view->params.chosen == i + 1};
        draw_cell(frame, &cell);
        x += width;
    }
}

uint32_t rnd_params_units(const struct rnd_lesson *lesson)
{
    uint32_t units = shown(lesson);
    for (uint32_t i = 0; i < shown(lesson); i++)
        units += lesson->params[i].words != NULL;
    return units;
}
