#include "predict.h"

#include "panel.h"
#include "render/model/caption.h"
#include "timeline.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Measures at scale 1. */
enum { PAD = 22, CHOICE_W = 250, CHOICE_H = 58, GAP = 12, LEAST_H = 228, KNOB = 11 };

/* --- what must not be seen yet ---------------------------------------------------------------- */

static void cover(struct rnd_frame *frame, struct rnd_rect rect, double from_x, rnd_colour ground)
{
    double x = fmax(rect.x, from_x + frame->layout.sizes.line);
    if (!rnd_rect_is_seen(rect) || x >= rect.x + rect.w)
        return;
    struct rnd_rect hidden = {x, rect.y, rect.x + rect.w - x, rect.h};
    rnd_list_rect(frame->list, hidden, ground);
    rnd_list_pattern(frame->list, hidden, 0, RND_PATTERN_HATCH, rnd_panel_px(frame, 14),
                     rnd_colour_mix(ground, frame->theme->text_faint, 40));
}

/* The future: on the timeline, on the strip, on the minimap. */
static void cover_future(struct rnd_frame *frame)
{
    const struct rnd_layout *l = &frame->layout;
    struct rnd_axis strip = rnd_view_strip(frame->view, frame->model);
    struct rnd_axis map = rnd_view_map(frame->view, frame->model);
    double strip_x = l->strip.x + rnd_axis_x_moment(&strip, frame->view->moment);
    double playhead = rnd_timeline_now(frame);
    struct rnd_rect lanes = l->axis;
    lanes.y = l->ruler.y + rnd_panel_px(frame, 23); /* below the flag */
    lanes.h = l->lanes.y + l->lanes.h - lanes.y;
    lanes.w = l->timeline.x + l->timeline.w - l->sizes.border - lanes.x;
    cover(frame, lanes, playhead, frame->theme->panel_bg);
    cover(frame, l->minimap, l->minimap.x + rnd_axis_x_moment(&map, frame->view->moment),
          frame->theme->panel_bg);
    strip_x += rnd_panel_px(frame, KNOB);
    cover(frame, l->strip, strip_x, frame->theme->raised_bg);
}

/* --- the card --------------------------------------------------------------------------------- */

/* Where the card is: over the loop and the caption, which would tell. */
static struct rnd_rect card_rect(const struct rnd_frame *frame)
{
    const struct rnd_layout *l = &frame->layout;
    struct rnd_rect panel = rnd_rect_is_seen(l->timeline) ? l->timeline : l->source;
    double bottom = frame->view->height_px - l->sizes.gap;
    if (rnd_rect_is_seen(l->caption))
        bottom = l->caption.y + l->caption.h;
    else if (rnd_rect_is_seen(l->transport))
        bottom = l->transport.y - l->sizes.gap;
    double top = bottom - rnd_panel_px(frame, LEAST_H);
    if (rnd_rect_is_seen(l->loop))
        top = fmin(top, l->loop.y);
    else if (rnd_rect_is_seen(l->caption))
        top = fmin(top, l->caption.y);
    return (struct rnd_rect){panel.x, top, panel.w, bottom - top};
}

static void draw_choice(struct rnd_frame *frame, uint32_t index, struct rnd_rect rect)
{
    const struct rnd_predict_view *predict = frame->view->predict;
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    uint32_t task = predict->quiz.choices[index];
    bool answer = predict->revealed && index == predict->quiz.answer;
    bool wrong = predict->revealed && !answer && index == predict->chosen;
    bool hovered = !predict->revealed && frame->view->pointer_in &&
                   rnd_rect_has(rect, frame->view->pointer_x, frame->view->pointer_y);
    double pad = rnd_panel_px(frame, 14), middle = rect.y + rect.h / 2;
    rnd_colour colour = rnd_panel_task(frame, task);
    /* On the answer's ground nothing that is less bright can be read. */
    rnd_colour secondary = answer ? theme->text_primary : theme->text_secondary;
    char text[RND_LABEL_MAX];
    rnd_list_round(frame->list, rect, s->panel_radius,
                   answer ? rnd_colour_mix(theme->raised_bg, colour, 50) : theme->raised_bg,
                   answer    ? colour
                   : wrong   ? theme->failed
                   : hovered ? theme->accent
                             : theme->raised_border,
                   answer || wrong || hovered ? rnd_panel_px(frame, 2) : s->border);
    (void)snprintf(text, sizeof text, "%u", index + 1);
    struct rnd_label label = {.font = RND_FONT_MONO_BOLD,
                              .size_px = s->text_name,
                              .x = rect.x + pad,
                              .middle_y = middle,
                              .colour = secondary};
    rnd_panel_label(frame, label, text);
    double x = rect.x + pad + rnd_panel_px(frame, 24), radius = rnd_panel_px(frame, 6);
    rnd_list_circle(frame->list, x + radius, middle, radius, colour);
    x += 2 * radius + rnd_panel_px(frame, 12);
    if (answer || wrong)
        rnd_panel_end_mark(frame, rect.x + rect.w - pad - 2 * radius, middle,
                           rnd_panel_px(frame, 10), answer ? RND_TASK_DONE : RND_TASK_CANCELLED,
                           answer ? colour : theme->failed);
    label = (struct rnd_label){.font = RND_FONT_UI_BOLD,
                               .size_px = s->text_name,
                               .x = x,
                               .middle_y = middle - rnd_panel_px(frame, 10),
                               .colour = theme->text_primary,
                               .max_px = rect.x + rect.w - pad - x -
                                         (answer || wrong ? rnd_panel_px(frame, 34) : 0)};
    (void)rnd_label_task(frame->model, task, text, sizeof text);
    rnd_panel_label(frame, label, text);
    struct rnd_lane_state then = rnd_state_lane(frame->model, task, predict->quiz.at);
    (void)rnd_label_await_left(frame->model, then.span,
                               rnd_model_moment(frame->model, predict->quiz.at), text, sizeof text);
    label.font = RND_FONT_UI;
    label.size_px = s->text_small;
    label.middle_y = middle + rnd_panel_px(frame, 12);
    label.colour = secondary;
    rnd_panel_label(frame, label, *text ? text : rnd_label_state(then.state));
    if (!predict->revealed)
        rnd_hits_add(frame->hits, rect, RND_HIT_CHOICE, index);
}

/* As many in a row as there is room for; the rows are about as long. */
static void draw_choices(struct rnd_frame *frame, struct rnd_rect area)
{
    uint32_t count = frame->view->predict->quiz.choice_count;
    double gap = rnd_panel_px(frame, GAP), height = rnd_panel_px(frame, CHOICE_H);
    double fit = floor((area.w + gap) / (rnd_panel_px(frame, CHOICE_W) * 0.8 + gap));
    double rows = ceil(count / fmax(fmin(fit, count <= 4 ? count : 3), 1));
    double columns = fmax(ceil(count / rows), 1);
    height = fmin(height, (area.h - (rows - 1) * gap) / rows);
    double width = fmin((area.w - (columns - 1) * gap) / columns, rnd_panel_px(frame, 400));
    for (uint32_t i = 0; i < count; i++) {
        double row = floor(i / columns), column = i - row * columns;
        draw_choice(frame, i,
                    (struct rnd_rect){area.x + column * (width + gap),
                                      area.y + row * (height + gap), width, height});
    }
}

/* What the task does now that ran before. */
static void write_before(const struct rnd_frame *frame, char *out, size_t size)
{
    const struct rnd_quiz *quiz = &frame->view->predict->quiz;
    char name[RND_LABEL_MAX], awaited[RND_LABEL_MAX] = "";
    struct rnd_lane_state now = rnd_state_lane(frame->model, quiz->after, quiz->at);
    (void)rnd_label_task(frame->model, quiz->after, name, sizeof name);
    if (now.span)
        (void)rnd_label_await(frame->model, now.span, awaited, sizeof awaited);
    char *details = strstr(awaited, " · ");
    if (details)
        *details = '\0';
    if (now.state >= RND_TASK_DONE)
        (void)snprintf(out, size, "%s has ended.", name);
    else if (*awaited)
        (void)snprintf(out, size, "%s now awaits %s.", name, awaited);
    else
        (void)snprintf(out, size, "%s has stopped running.", name);
}

/* What the card says: a headline, and what there is to add. */
static void write_words(const struct rnd_frame *frame, struct rnd_caption *out)
{
    const struct rnd_predict_view *predict = frame->view->predict;
    char name[RND_LABEL_MAX];
    *out = (struct rnd_caption){.detail = ""};
    if (predict->over) {
        bool some = predict->asked > 0;
        (void)snprintf(out->headline, sizeof out->headline,
                       some ? "You predicted %u of %u switches." : "There is nothing to predict.",
                       predict->right, predict->asked);
        (void)snprintf(out->detail, sizeof out->detail, "%s",
                       !some ? "From here on, no switch leaves a choice between tasks."
                       : predict->right == predict->asked
                           ? "All of them: you know how the event loop thinks."
                           : "Ready tasks run in the order in which they became ready; timers make "
                             "theirs ready when they are due.");
    } else if (predict->revealed) {
        rnd_caption_at(frame->model, &frame->script->lesson, predict->quiz.answer_at, out);
        (void)rnd_label_task(frame->model, predict->quiz.choices[predict->quiz.answer], name,
                             sizeof name);
        char why[sizeof out->headline];
        (void)snprintf(why, sizeof why, "%s", out->headline);
        (void)snprintf(out->headline, sizeof out->headline,
                       predict->chosen == predict->quiz.answer ? "Right: %.200s runs next."
                                                               : "No: %.200s runs next.",
                       name);
        (void)snprintf(out->detail, sizeof out->detail, "%s", why);
    } else {
        (void)snprintf(out->headline, sizeof out->headline, "Which task runs next?");
        write_before(frame, out->detail, sizeof out->detail);
    }
}

/* In the card's corner; returns where there is room again, left of it. */
static double draw_score(struct rnd_frame *frame, double right, double middle)
{
    const struct rnd_predict_view *predict = frame->view->predict;
    char score[48];
    (void)snprintf(score, sizeof score, "%u of %u right", predict->right, predict->asked);
    struct rnd_label label = {.font = RND_FONT_MONO,
                              .size_px = frame->layout.sizes.text_body,
                              .x = right - rnd_panel_px(frame, 8),
                              .middle_y = middle,
                              .colour = frame->theme->text_secondary,
                              .align = RND_ALIGN_RIGHT};
    rnd_panel_label(frame, label, score);
    return label.x - rnd_panel_width(frame, label.font, label.size_px, score);
}

static double draw_buttons(struct rnd_frame *frame, struct rnd_rect card, double middle)
{
    const struct rnd_predict_view *predict = frame->view->predict;
    double right = card.x + card.w - rnd_panel_px(frame, PAD);
    if (predict->over && predict->asked > 0)
        right = rnd_panel_choice(frame, right, middle, "Once more (Enter)", true, RND_HIT_CHOICE,
                                 RND_CHOICE_NEXT);
    else if (predict->revealed)
        right = rnd_panel_choice(frame, right, middle, "Next (Enter)", true, RND_HIT_CHOICE,
                                 RND_CHOICE_NEXT);
    return rnd_panel_choice(frame, right, middle, "Leave (Esc)", false, RND_HIT_CHOICE,
                            RND_CHOICE_LEAVE);
}

void rnd_panel_predict(struct rnd_frame *frame)
{
    const struct rnd_predict_view *predict = frame->view->predict;
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect card = card_rect(frame);
    struct rnd_caption words;
    double pad = rnd_panel_px(frame, PAD), bar = rnd_panel_px(frame, 6);
    if (!predict->over)
        cover_future(frame);
    rnd_list_round(frame->list, card, s->panel_radius * 0.5, theme->panel_bg, theme->accent,
                   s->border);
    rnd_list_round(frame->list, (struct rnd_rect){card.x, card.y, bar, card.h}, bar / 2,
                   theme->accent, RND_NONE, 0);
    rnd_hits_add(frame->hits, card, RND_HIT_BOX, 0);
    write_words(frame, &words);
    double middle = card.y + rnd_panel_px(frame, 34), right = draw_buttons(frame, card, middle);
    if (predict->asked > 0 && !predict->over)
        right = draw_score(frame, right, middle);
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = s->text_caption,
                              .x = card.x + pad + bar,
                              .middle_y = middle,
                              .colour = theme->text_primary,
                              .max_px = right - pad - card.x - pad - bar};
    rnd_panel_label(frame, label, words.headline);
    label.font = RND_FONT_UI;
    label.size_px = rnd_panel_px(frame, 16);
    label.middle_y += rnd_panel_px(frame, 30);
    label.colour = theme->text_secondary;
    label.max_px = card.w - 2 * pad - bar;
    rnd_panel_label(frame, label, words.detail);

    if (!predict->over) {
        double top = label.middle_y + rnd_panel_px(frame, 24);
        draw_choices(frame, (struct rnd_rect){card.x + pad + bar, top, card.w - 2 * pad - bar,
                                              card.y + card.h - rnd_panel_px(frame, 14) - top});
    }
}
