#include "transport.h"

#include <math.h>
#include <stdio.h>

/* A button with words, of which one of a row may be chosen; returns its right edge. */
struct choice {
    const char *text;
    enum rnd_hit_kind hit;
    uint32_t value;
    bool chosen;
    double size_px, pad;
};

static double draw_choice(struct rnd_frame *frame, double x, double y, double height,
                          struct choice choice)
{
    const struct rnd_theme *theme = frame->theme;
    double text = rnd_panel_width(frame, RND_FONT_UI_BOLD, choice.size_px, choice.text);
    struct rnd_rect box = {x, y, ceil(text + 2 * choice.pad), height};
    bool hovered = rnd_panel_hovered(frame, box);
    rnd_list_round(frame->list, box, fmin(rnd_panel_px(frame, 8), height / 2),
                   choice.chosen ? theme->accent : theme->raised_bg,
                   choice.chosen || hovered ? theme->accent : theme->raised_border,
                   frame->layout.sizes.border);
    rnd_panel_label(
        frame,
        (struct rnd_label){.font = RND_FONT_UI_BOLD,
                           .size_px = choice.size_px,
                           .x = box.x + box.w / 2,
                           .middle_y = y + height / 2,
                           .colour = choice.chosen ? theme->accent_text : theme->text_primary,
                           .align = RND_ALIGN_CENTRE},
        choice.text);
    rnd_hits_add(frame->hits, box, choice.hit, choice.value);
    return box.x + box.w;
}

/* The row of the main choices: beside the strip, and a little higher, for what is below it. */
static struct rnd_rect choices_row(const struct rnd_frame *frame)
{
    struct rnd_rect strip = frame->layout.strip;
    return (struct rnd_rect){strip.x + strip.w + rnd_panel_px(frame, 40),
                             strip.y - rnd_panel_px(frame, 8), 0, strip.h};
}

/* Below: how playing is other than plain. */
static void draw_pace(struct rnd_frame *frame, double x)
{
    const struct rnd_view *view = frame->view;
    struct rnd_rect row = choices_row(frame), bar = frame->layout.transport;
    double height = rnd_panel_px(frame, 22), gap = rnd_panel_px(frame, 6);
    double y = fmin(row.y + row.h + rnd_panel_px(frame, 8),
                    bar.y + bar.h - height - rnd_panel_px(frame, 4));
    char shorten[40], lasts[24];
    struct choice choice = {.hit = RND_HIT_BUTTON,
                            .size_px = frame->layout.sizes.text_small - 1,
                            .pad = rnd_panel_px(frame, 10)};
    if (view->shorten && view->hurry > 1.05)
        (void)snprintf(shorten, sizeof shorten, "shorten gaps · %.3g×", view->hurry);
    else
        (void)snprintf(shorten, sizeof shorten, "shorten gaps");
    choice.text = shorten;
    choice.value = RND_BUTTON_SHORTEN;
    choice.chosen = view->shorten;
    x = draw_choice(frame, x, y, height, choice) + gap;
    choice.text = "repeat";
    choice.value = RND_BUTTON_REPEAT;
    choice.chosen = view->repeat;
    x = draw_choice(frame, x, y, height, choice) + gap;
    (void)snprintf(lasts, sizeof lasts, view->lasts_s ? "in %u s" : "any length", view->lasts_s);
    choice.text = lasts;
    choice.value = RND_BUTTON_LASTS;
    choice.chosen = view->lasts_s > 0;
    (void)draw_choice(frame, x, y, height, choice);
}

void rnd_transport_choices(struct rnd_frame *frame)
{
    static const char *const names[] = {"event", "switch", "line", "iteration"};
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_view *view = frame->view;
    struct rnd_rect row = choices_row(frame);
    double x = row.x, heading = row.y - rnd_panel_px(frame, 14);
    draw_pace(frame, x);
    struct rnd_label label = {.font = RND_FONT_UI,
                              .size_px = frame->layout.sizes.text_small,
                              .x = x,
                              .middle_y = heading,
                              .colour = theme->text_secondary};
    rnd_panel_label(frame, label, "step by");
    struct choice choice = {.hit = RND_HIT_STEP,
                            .size_px = frame->layout.sizes.text_body,
                            .pad = rnd_panel_px(frame, 15)};
    for (uint32_t kind = 0; kind < sizeof names / sizeof *names; kind++) {
        choice.text = names[kind];
        choice.value = kind;
        choice.chosen = view->step == (enum rnd_step_kind)kind;
        x = draw_choice(frame, x, row.y, row.h, choice) + rnd_panel_px(frame, 6);
    }
    x += rnd_panel_px(frame, 22);
    char text[32];
    (void)snprintf(text, sizeof text, "%g×", view->speed);
    label.x = x;
    rnd_panel_label(frame, label, "speed");
    label.font = RND_FONT_MONO_BOLD;
    label.size_px = rnd_panel_px(frame, 17);
    label.middle_y = row.y + row.h / 2;
    /* Where all takes just so long, the speed does not count. */
    label.colour = view->lasts_s ? theme->text_faint : theme->text_primary;
    rnd_panel_label(frame, label, text);
    rnd_hits_add(frame->hits,
                 (struct rnd_rect){x - rnd_panel_px(frame, 10), heading, rnd_panel_px(frame, 70),
                                   row.y + row.h - heading},
                 RND_HIT_SPEED, 0);
}

void rnd_transport_speed(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_view *view = frame->view;
    struct rnd_rect strip = frame->layout.strip;
    bool hurries = view->hurry > 1.05;
    double size = rnd_panel_px(frame, 15), height = rnd_panel_px(frame, 28);
    char text[48];
    (void)snprintf(text, sizeof text, hurries ? "»  %.3g×" : "%.3g×",
                   hurries ? view->speed * view->hurry : view->speed);
    double width =
        ceil(rnd_panel_width(frame, RND_FONT_MONO_BOLD, size, text)) + 2 * rnd_panel_px(frame, 12);
    struct rnd_rect chip = {strip.x + strip.w + rnd_panel_px(frame, 24),
                            strip.y + floor((strip.h - height) / 2), width, height};
    rnd_list_round(frame->list, chip, height / 2, hurries ? theme->accent : theme->raised_bg,
                   hurries ? RND_NONE : theme->raised_border, frame->layout.sizes.border);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_MONO_BOLD,
                                       .size_px = size,
                                       .x = chip.x + chip.w / 2,
                                       .middle_y = chip.y + height / 2,
                                       .colour = hurries ? theme->accent_text : theme->text_primary,
                                       .align = RND_ALIGN_CENTRE},
                    text);
}
