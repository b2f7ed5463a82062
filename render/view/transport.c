#include "transport.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- the buttons ------------------------------------------------------------------------------ */

static void draw_buttons(struct rnd_frame *frame, double middle)
{
    double step = rnd_panel_px(frame, 58);
    for (enum rnd_button button = 0; button <= RND_BUTTON_END; button++)
        rnd_panel_button(frame, button, rnd_panel_px(frame, 60) + (double)button * step, middle,
                         rnd_panel_px(frame, button == RND_BUTTON_PLAY ? 28 : 22));
}

/* --- the clock -------------------------------------------------------------------------------- */

static void draw_clock(struct rnd_frame *frame, double middle)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    const struct rnd_model *model = frame->model;
    char now[32], end[40], text[64];
    const struct rnd_compare *compare = frame->view->compare;
    int64_t end_ns = compare ? compare->instants.end_ns : model->end_ns;
    (void)rnd_label_clock(frame->view->moment.time_ns, end_ns, now, sizeof now);
    (void)rnd_label_clock(end_ns, end_ns, end, sizeof end);
    (void)snprintf(text, sizeof text, "/ %s%s", end, rnd_label_clock_unit(end_ns));
    bool wide = frame->layout.transport.w >= rnd_panel_px(frame, 1500);
    bool film = frame->view->spec.film;
    double x = rnd_panel_px(frame, film   ? 24
                                   : wide ? 350
                                          : 334),
           upper = middle - rnd_panel_px(frame, 12);
    double room = frame->layout.strip.x - rnd_panel_px(frame, 20) - x;
    double big = s->text_clock, small = rnd_panel_px(frame, 17), gap = rnd_panel_px(frame, 10);
    if (!wide || film) {
        big = rnd_panel_px(frame, 20);
        small = s->text_small;
    }
    double now_px = rnd_panel_width(frame, RND_FONT_MONO_BOLD, big, now);
    double text_px = rnd_panel_width(frame, RND_FONT_MONO, small, text);
    if (now_px + gap + text_px > room) {
        small = fmax(small * (room - now_px - gap) / text_px, s->text_small - 2);
    }
    struct rnd_label label = {.font = RND_FONT_MONO_BOLD,
                              .size_px = big,
                              .x = x,
                              .middle_y = upper,
                              .colour = theme->text_primary,
                              .max_px = room};
    rnd_panel_label(frame, label, now);
    label = (struct rnd_label){.font = RND_FONT_MONO,
                               .size_px = small,
                               .x = x + now_px + gap,
                               .middle_y = upper + (big - small) * 0.2,
                               .colour = theme->text_secondary,
                               .max_px = fmax(room - now_px - gap, 1)};
    rnd_panel_label(frame, label, text);

    (void)snprintf(text, sizeof text, "event %u of %u%s",
                   rnd_step_number(model, frame->view->moment.cursor), model->stop_count,
                   frame->view->run == RND_RUN_GOES_ON ? " · running…" : "");
    label = (struct rnd_label){.font = RND_FONT_UI,
                               .size_px = s->text_small,
                               .x = x,
                               .middle_y = middle + rnd_panel_px(frame, 17),
                               .colour = theme->text_secondary,
                               .max_px = room};
    rnd_panel_label(frame, label, text);
}

/* --- the density strip ------------------------------------------------------------------------ */

static void draw_slices(struct rnd_frame *frame, const struct rnd_axis *axis, struct rnd_rect strip)
{
    const struct rnd_model *model = frame->model;
    double least = rnd_panel_px(frame, 4), pad = rnd_panel_px(frame, 6);
    uint32_t i = 0;
    while (i < model->slice_count) {
        const struct rnd_slice *slice = &model->slices[i];
        uint32_t end = slice->end < model->event_count ? slice->end : model->event_count;
        double left = rnd_axis_x(axis, slice->begin), right = rnd_axis_x(axis, end);
        uint32_t next = i + 1;
        if (slice->kind == RND_SLICE_TASK && !slice->backstage) {
            double width = fmax(right - left - 1, least);
            rnd_list_round(
                frame->list,
                (struct rnd_rect){strip.x + left, strip.y + pad, width, strip.h - 2 * pad},
                fmin(width, least) / 2, rnd_panel_task(frame, slice->id), RND_NONE, 0);
            uint32_t beyond =
                rnd_model_first_slice(model, rnd_axis_cursor_at(axis, left + least * 0.75));
            next = beyond > next ? beyond : next;
        }
        i = next;
    }
    for (uint32_t b = 0; b < model->block_count && b < 256; b++) {
        const struct rnd_block *block = &model->blocks[b];
        uint32_t end = block->end < model->event_count ? block->end : model->event_count;
        double left = rnd_axis_x(axis, block->begin), right = rnd_axis_x(axis, end);
        struct rnd_rect rect = {strip.x + left, strip.y + pad, fmax(right - left, 1),
                                strip.h - 2 * pad};
        rnd_list_rect(frame->list, rect,
                      rnd_colour_mix(frame->theme->raised_bg, frame->theme->blocking, 60));
        rnd_list_pattern(frame->list, rect, 0, RND_PATTERN_STRIPES, rnd_panel_px(frame, 10),
                         frame->theme->blocking);
    }
}

/* Where the lesson has a marker: the first time that its line is reached. */
static void draw_markers(struct rnd_frame *frame, const struct rnd_axis *axis,
                         struct rnd_rect strip)
{
    const struct rnd_lesson *lesson = &frame->script->lesson;
    double free_from = strip.x, size = frame->layout.sizes.text_small - 1;
    double y = strip.y + strip.h + rnd_panel_px(frame, 16);
    struct rnd_label label = {.font = RND_FONT_UI,
                              .size_px = size,
                              .middle_y = y,
                              .colour = frame->theme->text_secondary};
    uint32_t cursors[16], count = 0;
    const char *texts[16];
    texts[count] = "start";
    cursors[count++] = 0;
    for (uint32_t m = 0; m < lesson->marker_count && count < 16; m++) {
        uint32_t reached = rnd_step_at_line(frame->model, lesson->markers[m].line);
        if (reached == RND_NEVER)
            continue;
        uint32_t at = count++;
        for (; at > 1 && cursors[at - 1] > reached; at--) {
            cursors[at] = cursors[at - 1];
            texts[at] = texts[at - 1];
        }
        cursors[at] = reached;
        texts[at] = lesson->markers[m].text;
    }
    for (uint32_t m = 0; m < count; m++) {
        double x = strip.x + rnd_axis_x(axis, cursors[m]);
        double width = rnd_panel_width(frame, RND_FONT_UI, size, texts[m]);
        rnd_list_rect(frame->list,
                      (struct rnd_rect){x, strip.y + strip.h + rnd_panel_px(frame, 2), 1,
                                        rnd_panel_px(frame, 5)},
                      frame->theme->text_faint);
        label.x = fmin(x, strip.x + strip.w - width);
        if (label.x < free_from)
            continue;
        rnd_panel_label(frame, label, texts[m]);
        free_from = label.x + width + rnd_panel_px(frame, 12);
    }
}

static void draw_strip(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect strip = frame->layout.strip;
    struct rnd_axis axis = rnd_view_strip(frame->view, frame->model);
    rnd_list_round(frame->list, strip, rnd_panel_px(frame, 8), theme->raised_bg,
                   theme->raised_border, frame->layout.sizes.border);
    draw_slices(frame, &axis, strip);
    draw_markers(frame, &axis, strip);
    double x = strip.x + rnd_axis_x_moment(&axis, frame->view->moment);
    double knob = rnd_panel_px(frame, frame->view->spec.film ? 7 : 11);
    rnd_list_circle(frame->list, x, strip.y + strip.h / 2, knob, theme->accent);
    double reach = rnd_panel_px(frame, 12);
    rnd_hits_add(frame->hits,
                 (struct rnd_rect){strip.x - reach, strip.y - reach, strip.w + 2 * reach,
                                   strip.h + 2 * reach},
                 RND_HIT_STRIP, 0);
}

/* --- all -------------------------------------------------------------------------------------- */

void rnd_panel_transport(struct rnd_frame *frame)
{
    struct rnd_rect rect = frame->layout.transport;
    double border = frame->layout.sizes.border, middle = rect.y + floor(rect.h / 2);
    rnd_list_rect(frame->list, rect, frame->theme->bar_bg);
    rnd_list_rect(frame->list, (struct rnd_rect){rect.x, rect.y, rect.w, border},
                  frame->theme->panel_border);
    draw_clock(frame, middle);
    draw_strip(frame);
    if (frame->view->spec.film) {
        rnd_transport_speed(frame);
    } else {
        draw_buttons(frame, middle);
        rnd_transport_choices(frame);
    }
}
