#include "steps.h"

#include "panel.h"

#include <math.h>
#include <stdio.h>

/* How long it takes to go. */
#define GOES_NS INT64_C(500000000)

double rnd_step_share(int64_t since_ns)
{
    double left = (double)(RND_STEP_SHOWN_NS - since_ns) / (double)GOES_NS;
    double x = fmin(fmax(left, 0), 1);
    return x * x * (3 - 2 * x);
}

/* Whether a step of that kind, made at the stop before, leads to this one. */
static bool leads(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t before,
                  uint32_t stop)
{
    uint32_t next = rnd_step_next(model, kind, 0, before);
    return next > before && next <= stop && next < model->event_count;
}

static enum rnd_step_kind kind_of(const struct rnd_model *model, uint32_t stop)
{
    static const enum rnd_step_kind telling[] = {RND_STEP_ITERATION, RND_STEP_SWITCH,
                                                 RND_STEP_LINE};
    uint32_t before = rnd_step_previous(model, RND_STEP_EVENT, 0, stop);
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        if (leads(model, telling[i], before, stop))
            return telling[i];
    return RND_STEP_EVENT;
}

static void write_step(const struct rnd_model *model, enum rnd_step_kind kind, uint32_t stop,
                       char out[RND_STEP_TEXT_MAX])
{
    struct rnd_state state = rnd_state_at(model, rnd_model_moment(model, stop));
    char name[RND_LABEL_MAX];
    switch (kind) {
    case RND_STEP_ITERATION:
        (void)snprintf(out, RND_STEP_TEXT_MAX, "iteration %u", state.iteration);
        break;
    case RND_STEP_SWITCH:
        (void)rnd_label_task(model, state.runner == RND_RUNNER_TASK ? state.runner_id : 0, name,
                             sizeof name);
        (void)snprintf(out, RND_STEP_TEXT_MAX, "switch to %s", name);
        break;
    case RND_STEP_LINE:
        (void)rnd_label_place(model, state.file, state.line, out, RND_STEP_TEXT_MAX);
        break;
    case RND_STEP_EVENT:
    case RND_STEP_TASK:
    default:
        (void)snprintf(out, RND_STEP_TEXT_MAX, "event %u of %u", rnd_step_number(model, stop),
                       model->stop_count);
    }
}

struct rnd_step_shown rnd_step_show(const struct rnd_model *model, const struct rnd_step_keys *keys,
                                    uint32_t cursor, int64_t since_ns)
{
    struct rnd_step_shown shown = {.share = rnd_step_share(since_ns)};
    uint32_t stop = rnd_step_stop(model, cursor);
    if (rnd_step_number(model, stop) == 0 || shown.share <= 0)
        return (struct rnd_step_shown){.share = 0};
    enum rnd_step_kind kind = kind_of(model, stop);
    (void)snprintf(shown.keys[0], sizeof shown.keys[0], "%s", keys->kinds[kind]);
    (void)snprintf(shown.keys[1], sizeof shown.keys[1], "%s", keys->step);
    write_step(model, kind, stop, shown.text);
    return shown;
}

/* A key as it looks on a keyboard; returns where what follows it begins. */
static double draw_key(struct rnd_frame *frame, struct rnd_label label, double height,
                       const char *key, unsigned alpha)
{
    const struct rnd_theme *theme = frame->theme;
    double text = rnd_panel_width(frame, label.font, label.size_px, key);
    double width = fmax(text + height * 0.5, height);
    struct rnd_rect cap = {label.x, label.middle_y - height / 2, width, height};
    rnd_list_round(frame->list, cap, height / 5, rnd_colour_fade(theme->panel_bg, alpha),
                   rnd_colour_fade(theme->accent, alpha), frame->layout.sizes.border);
    label.x += width / 2;
    label.align = RND_ALIGN_CENTRE;
    rnd_panel_label(frame, label, key);
    return cap.x + width + height * 0.3;
}

void rnd_panel_step(struct rnd_frame *frame)
{
    const struct rnd_step_shown *step = &frame->view->step_shown;
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_layout *layout = &frame->layout;
    bool over = !rnd_rect_is_seen(layout->step);
    struct rnd_rect panel = over ? layout->timeline : layout->step;
    double size = layout->step_text_px;
    double height = ceil(size * 2.1), pad = height * 0.4, cap = ceil(size * 1.5);
    unsigned alpha = (unsigned)(255 * step->share + 0.5);
    double width = 2 * pad, keys = 0;
    for (int i = 0; i < 2; i++)
        if (*step->keys[i]) {
            double text = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, step->keys[i]);
            keys += fmax(text + cap * 0.5, cap) + cap * 0.3;
        }
    double text_px = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, step->text);
    text_px = fmin(text_px + 1, fmax(panel.w - width - keys - pad, 0));
    width += keys + text_px;
    struct rnd_rect pill = {panel.x + (panel.w - width) / 2,
                            panel.y + panel.h - height - (over ? pad / 2 : 0), width, height};
    rnd_list_round(frame->list, pill, height / 3, rnd_colour_fade(theme->raised_bg, alpha),
                   rnd_colour_fade(theme->raised_border, alpha), frame->layout.sizes.border);
    struct rnd_label label = {.font = RND_FONT_UI_MEDIUM,
                              .size_px = size,
                              .x = pill.x + pad,
                              .middle_y = pill.y + height / 2,
                              .colour = rnd_colour_fade(theme->text_primary, alpha)};
    for (int i = 0; i < 2; i++)
        if (*step->keys[i])
            label.x = draw_key(frame, label, cap, step->keys[i], alpha);
    label.max_px = text_px;
    rnd_panel_label(frame, label, step->text);
}
