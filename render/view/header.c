#include "panel.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const enum rnd_button buttons[] = {
    RND_BUTTON_LESSONS, RND_BUTTON_SEARCH, RND_BUTTON_PREDICT, RND_BUTTON_COMMANDS,
    RND_BUTTON_RECORD,  RND_BUTTON_THEME,  RND_BUTTON_PRESENT, RND_BUTTON_HELP};
#define BUTTONS (sizeof buttons / sizeof *buttons)

/* Returns the left edge of the buttons. */
static double draw_buttons(struct rnd_frame *frame)
{
    struct rnd_rect place = frame->layout.buttons;
    double radius = rnd_panel_px(frame, 16), step = 2 * radius + rnd_panel_px(frame, 8);
    double x = place.x + place.w - radius - step * (double)(BUTTONS - 1);
    double left = x - radius;
    for (size_t i = 0; i < BUTTONS; i++, x += step)
        rnd_panel_button(frame, buttons[i], x, place.y + floor(place.h / 2), radius);
    return left;
}

/* What is said of a run that is not plainly over; "" of one that is. */
static void describe_run(const struct rnd_frame *frame, bool with_progress, char *out, size_t size)
{
    const struct rnd_progress *progress = &frame->view->progress;
    char time[32];
    out[0] = '\0';
    if (frame->view->run == RND_RUN_TROUBLE)
        (void)snprintf(out, size, "ended early");
    if (frame->view->run == RND_RUN_GOES_ON || progress->shown)
        (void)snprintf(out, size, "running…");
    if (!progress->shown || !with_progress)
        return;
    (void)rnd_label_clock(progress->time_ns, 0, time, sizeof time);
    if (progress->events < 1000000)
        (void)snprintf(out, size, "running · %u events · %s s", progress->events, time);
    else
        (void)snprintf(out, size, "running · %.1f million events · %s s", progress->events / 1e6,
                       time);
}

/* How the run stands, where that is not plain: from x on, and not beyond `right`; returns the right
 * edge.  One that takes long can be stopped here. */
static double draw_run(struct rnd_frame *frame, double x, double right)
{
    const struct rnd_theme *theme = frame->theme;
    double size = frame->layout.sizes.text_small, height = rnd_panel_px(frame, 26);
    double dot = rnd_panel_px(frame, 4), pad = rnd_panel_px(frame, 12);
    bool stop = frame->view->progress.shown;
    double around = 2 * pad + (stop ? 6 : 3) * dot, width = 0;
    char text[96];
    for (int with_progress = stop; with_progress >= 0; with_progress--) {
        describe_run(frame, with_progress, text, sizeof text);
        width = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, size, text) + around;
        if (x + width <= right)
            break;
    }
    if (!*text)
        return x;
    rnd_colour colour = frame->view->run == RND_RUN_TROUBLE && !stop ? theme->failed : theme->ready;
    double middle = frame->layout.header.h / 2;
    struct rnd_rect pill = {x, middle - height / 2, width, height};
    bool hovered = stop && rnd_panel_hovered(frame, pill);
    rnd_list_round(frame->list, pill, height / 2, rnd_colour_mix(theme->bar_bg, colour, 48),
                   hovered ? colour : RND_NONE, frame->layout.sizes.border);
    rnd_list_circle(frame->list, pill.x + pad + dot / 2, middle, dot, colour);
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                                       .size_px = size,
                                       .x = pill.x + pad + 3 * dot,
                                       .middle_y = middle,
                                       .colour = theme->text_primary},
                    text);
    if (stop) {
        double at = pill.x + width - pad, r = dot * 0.9;
        struct rnd_stroke pen = {.colour = theme->text_primary,
                                 .width_px = rnd_panel_px(frame, 1.5)};
        rnd_list_line(frame->list, at - r, middle - r, at + r, middle + r, pen);
        rnd_list_line(frame->list, at - r, middle + r, at + r, middle - r, pen);
        rnd_hits_add(frame->hits, pill, RND_HIT_BUTTON, RND_BUTTON_STOP);
    }
    return x + width;
}

/* A text in the bar, at most up to `right`; returns its right edge. */
static double draw_text(struct rnd_frame *frame, struct rnd_label label, double right,
                        const char *text)
{
    label.middle_y = frame->layout.header.h / 2;
    label.max_px = right - label.x;
    if (label.max_px < 3 * label.size_px)
        return label.x;
    rnd_panel_name(frame, label, text);
    double width = rnd_panel_width(frame, label.font, label.size_px, text);
    return label.x + (width < label.max_px ? width : label.max_px);
}

/* What the title bar says, and where its parts end; the file is not named twice. */
struct words {
    const char *title, *path, *file;
    struct rnd_label label;       /* of the file */
    double title_end_px, file_px; /* the file: of its name alone, with the gap before it */
};

static struct words words_of(const struct rnd_frame *frame, double title_x)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct words words = {.title = rnd_script_title(frame->script),
                          .path = frame->script->files[0].path,
                          .label = {.font = RND_FONT_MONO,
                                    .size_px = s->text_body,
                                    .colour = frame->theme->text_secondary}};
    const char *slash = strrchr(words.path, '/');
    words.file = slash ? slash + 1 : words.path;
    words.title_end_px =
        title_x + rnd_panel_width(frame, RND_FONT_UI_BOLD, s->text_title, words.title);
    /* A script without a title is called by its file. */
    if (strcmp(words.path, words.title) != 0 && strcmp(words.file, words.title) != 0)
        words.file_px = rnd_panel_px(frame, 36) +
                        rnd_panel_width(frame, RND_FONT_MONO, s->text_body, words.file);
    return words;
}

/* Where the file is matters to who works with it, where there is room; its name is there whole or
 * not at all. */
static void draw_file(struct rnd_frame *frame, struct words words, double x, double right)
{
    words.label.x = x + rnd_panel_px(frame, 36);
    double room = right - words.label.x;
    bool film = frame->view->spec.film;
    if (strcmp(words.path, words.title) == 0)
        return;
    if (!film && rnd_panel_width(frame, words.label.font, words.label.size_px, words.path) <= room)
        (void)draw_text(frame, words.label, right, words.path);
    else if (words.file_px > 0 && x + words.file_px <= right)
        (void)draw_text(frame, words.label, right + 1, words.file);
}

void rnd_panel_header(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect bar = frame->layout.header;
    rnd_list_rect(frame->list, bar, theme->bar_bg);
    rnd_list_rect(frame->list, (struct rnd_rect){0, bar.h - s->border, bar.w, s->border},
                  theme->panel_border);

    double gap = rnd_panel_px(frame, 24),
           right = frame->view->spec.film ? bar.w - gap : draw_buttons(frame) - gap;
    double x = draw_text(frame,
                         (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                            .size_px = rnd_panel_px(frame, 20),
                                            .x = gap,
                                            .colour = theme->accent},
                         right, "awaitscope");
    struct words words = words_of(frame, x + gap);
    struct rnd_rect params = frame->layout.params;
    if (rnd_rect_is_seen(params) && params.y < bar.h) {
        double left = words.title_end_px + gap;
        rnd_panel_params_fit(frame, left + words.file_px);
        if (frame->layout.params.x < left + words.file_px) { /* without the file, then */
            frame->layout.params = params;
            rnd_panel_params_fit(frame, left);
        }
        right = fmin(right, frame->layout.params.x - gap);
    }
    x = draw_text(frame,
                  (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                     .size_px = s->text_title,
                                     .x = x + gap,
                                     .colour = theme->text_primary},
                  right, words.title);
    double run = draw_run(frame, x + gap, right);
    x = run > x + gap ? run : x;
    draw_file(frame, words, x, right);
}
