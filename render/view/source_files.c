/* The files of a script that imports modules of its own: tabs in the source's title. */
#include "source.h"

#include <math.h>
#include <stdio.h>

enum { TAB_MOST_PX = 170, TAB_PAD_PX = 14, TAB_PX = 24, TAB_GAP_PX = 4, DOT_PX = 3 };

/* Which of the files have a tab, and how wide all of them are. */
struct tabs {
    uint32_t first, end;
    double px;
};

static double name_px(const struct rnd_frame *frame, uint32_t file)
{
    double px = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, frame->layout.sizes.text_small,
                                frame->script->files[file].name);
    return fmin(px, rnd_panel_px(frame, TAB_MOST_PX));
}

/* Whether the line that runs is in a file. */
static bool is_running(const struct rnd_frame *frame, uint32_t file)
{
    return frame->state.line && frame->state.file == file && !frame->state.idle;
}

static double tab_px(const struct rnd_frame *frame, uint32_t file)
{
    return name_px(frame, file) + 2 * rnd_panel_px(frame, TAB_PAD_PX);
}

/* The file that is shown, and as many after and then before it as there is room for. */
static struct tabs tabs_in(const struct rnd_frame *frame, double room)
{
    double gap = rnd_panel_px(frame, TAB_GAP_PX);
    uint32_t file = frame->view->file;
    struct tabs tabs = {file, file + 1, tab_px(frame, file)};
    while (tabs.end < frame->script->file_count && tabs.px + gap + tab_px(frame, tabs.end) <= room)
        tabs.px += gap + tab_px(frame, tabs.end++);
    while (tabs.first > 0 && tabs.px + gap + tab_px(frame, tabs.first - 1) <= room)
        tabs.px += gap + tab_px(frame, --tabs.first);
    return tabs;
}

static void draw_pill(struct rnd_frame *frame, struct rnd_rect pill, bool chosen, const char *text)
{
    const struct rnd_theme *theme = frame->theme;
    double radius = rnd_panel_px(frame, 6);
    if (chosen)
        rnd_list_round(frame->list, pill, radius, theme->raised_bg, theme->accent,
                       frame->layout.sizes.border);
    else if (rnd_panel_hovered(frame, pill))
        rnd_list_round(frame->list, pill, radius, theme->hover, RND_NONE, 0);
    rnd_panel_name(
        frame,
        (struct rnd_label){.font = RND_FONT_UI_MEDIUM,
                           .size_px = frame->layout.sizes.text_small,
                           .x = pill.x + pill.w / 2,
                           .middle_y = pill.y + pill.h / 2,
                           .colour = chosen ? theme->text_primary : theme->text_secondary,
                           .align = RND_ALIGN_CENTRE,
                           .max_px = pill.w - 2 * rnd_panel_px(frame, TAB_PAD_PX) + 1},
        text);
}

/* A dot below the name of the file where something runs, in its colour. */
static void draw_dot(struct rnd_frame *frame, struct rnd_rect pill)
{
    const struct rnd_state *state = &frame->state;
    uint32_t task = state->runner == RND_RUNNER_TASK ? state->runner_id : 0;
    rnd_list_circle(frame->list, pill.x + rnd_panel_px(frame, TAB_PAD_PX) / 2, pill.y + pill.h / 2,
                    rnd_panel_px(frame, DOT_PX), rnd_panel_task(frame, task));
}

/* The way to all files, where not all have a tab.  Returns where it begins. */
static double draw_all(struct rnd_frame *frame, double right, double middle, const char *text)
{
    double pad = rnd_panel_px(frame, TAB_PAD_PX), height = rnd_panel_px(frame, TAB_PX);
    double width = rnd_panel_width(frame, RND_FONT_UI_MEDIUM, frame->layout.sizes.text_small, text);
    struct rnd_rect pill = {right - width - 2 * pad, middle - height / 2, width + 2 * pad, height};
    draw_pill(frame, pill, false, text);
    rnd_hits_add(frame->hits, pill, RND_HIT_FILES, 0);
    return pill.x - rnd_panel_px(frame, TAB_GAP_PX);
}

void rnd_source_files(struct rnd_frame *frame, double middle)
{
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect panel = frame->layout.source;
    double title = rnd_panel_width(frame, RND_FONT_UI_BOLD, s->text_body, "Source");
    double left = panel.x + 2 * s->pad + title + rnd_panel_px(frame, 16);
    double right = panel.x + panel.w - s->pad, height = rnd_panel_px(frame, TAB_PX);
    if (frame->script->file_count < 2)
        return;
    if (!rnd_layout_is_worked(&frame->view->spec)) {
        rnd_panel_name(frame,
                       (struct rnd_label){.font = RND_FONT_MONO,
                                          .size_px = s->text_small,
                                          .x = right,
                                          .middle_y = middle,
                                          .colour = frame->theme->text_secondary,
                                          .align = RND_ALIGN_RIGHT,
                                          .max_px = right - left},
                       frame->script->files[frame->view->file].name);
        return;
    }
    struct tabs tabs = tabs_in(frame, right - left);
    if (tabs.end - tabs.first < frame->script->file_count) {
        char text[32];
        (void)snprintf(text, sizeof text, "all %u", frame->script->file_count);
        right = draw_all(frame, right, middle, text);
        tabs = tabs_in(frame, right - left);
    }
    double x = fmax(right - tabs.px, left);
    for (uint32_t i = tabs.first; i < tabs.end; i++) {
        struct rnd_rect pill = {x, middle - height / 2, fmin(tab_px(frame, i), right - x), height};
        draw_pill(frame, pill, i == frame->view->file, frame->script->files[i].name);
        if (is_running(frame, i))
            draw_dot(frame, pill);
        rnd_hits_add(frame->hits, pill, RND_HIT_FILE, i);
        x += pill.w + rnd_panel_px(frame, TAB_GAP_PX);
    }
}
