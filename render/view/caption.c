#include "panel.h"

#include "render/model/caption.h"

#include <stdio.h>
#include <string.h>

static rnd_colour tone_colour(const struct rnd_frame *frame, const struct rnd_caption *caption)
{
    switch (caption->tone) {
    case RND_TONE_TASK:
        return rnd_panel_task(frame, caption->task);
    case RND_TONE_BLOCKING:
        return frame->theme->blocking;
    case RND_TONE_FAILED:
        return frame->theme->failed;
    case RND_TONE_CANCELLED:
        return frame->theme->cancelled;
    case RND_TONE_TIMED_OUT:
        return frame->theme->timed_out;
    default:
        return frame->theme->accent;
    }
}

/* How many bytes of a text stand on its first line: all if they fit, else whole words. */
static size_t first_line(const struct rnd_frame *frame, enum rnd_font font, double size_px,
                         const char *text, double width_px)
{
    size_t length = strlen(text);
    size_t fit = rnd_font_fit(frame->fonts, font, size_px, text, length, width_px);
    if (fit == length)
        return length;
    for (size_t i = fit; i > 0; i--)
        if (text[i] == ' ')
            return i;
    return fit;
}

/* Makes a message a sentence: a capital first, a full stop last. */
static void write_sentence(const char *message, char *out, size_t size)
{
    size_t length = strlen(message);
    bool stop = length > 0 && strchr(".!?", message[length - 1]) != NULL;
    (void)snprintf(out, size, "%s%s", message, stop ? "" : ".");
    if (out[0] >= 'a' && out[0] <= 'z')
        out[0] = (char)(out[0] - 'a' + 'A');
}

/* Which of the compared runs says it. */
static void write_title(const struct rnd_frame *frame, struct rnd_caption *caption)
{
    const struct rnd_compare *compare = frame->view->compare;
    const char *title = compare->runs[compare->focus].title;
    size_t prefix = strlen(title) + 2, size = sizeof caption->headline;
    size_t length = strlen(caption->headline);
    if (length == 0)
        return;
    length = length + prefix < size ? length : size - 1 - prefix;
    memmove(caption->headline + prefix, caption->headline, length);
    caption->headline[prefix + length] = '\0';
    memcpy(caption->headline, title, prefix - 2);
    memcpy(caption->headline + prefix - 2, ": ", 2);
}

/* What the compared runs come to, once all of them are over. */
static void write_comparison(const struct rnd_frame *frame, struct rnd_caption *caption)
{
    const struct rnd_compare *compare = frame->view->compare;
    char words[RND_COMPARE_TEXT_MAX];
    rnd_compare_words(compare, words);
    (void)snprintf(caption->headline, sizeof caption->headline, "%s", words);
    (void)snprintf(caption->detail, sizeof caption->detail, "%s",
                   compare->lesson && *compare->lesson ? compare->lesson
                                                       : frame->script->lesson.about);
}

/* What is said: of the moment, or of all runs, or of what went wrong; returns its colour. */
static rnd_colour choose_words(const struct rnd_frame *frame, struct rnd_caption *caption)
{
    const struct rnd_view *view = frame->view;
    uint32_t cursor = view->caption == RND_CAPTION_NOW ? view->moment.cursor : view->caption;
    bool all = view->caption == RND_CAPTION_ALL ||
               (view->caption == RND_CAPTION_NOW && view->compare &&
                view->moment.time_ns >= view->compare->instants.end_ns);
    *caption = (struct rnd_caption){.tone = RND_TONE_NEUTRAL};
    if (cursor != RND_NEVER && !all)
        rnd_caption_at(frame->model, &frame->script->lesson, cursor, caption);
    /* In a video there is time for what the cue says, and it stays while the run goes on. */
    if (frame->layout.film)
        caption->detail[0] = '\0';
    if (view->compare && !all)
        write_title(frame, caption);
    if (all)
        write_comparison(frame, caption);
    if (*view->trouble) {
        (void)snprintf(caption->headline, sizeof caption->headline, "%s", view->trouble);
        (void)snprintf(caption->detail, sizeof caption->detail, "%s",
                       frame->model->lane_count
                           ? "What is shown is the last run that worked."
                           : "It is run again as soon as the script is saved.");
        return frame->theme->failed;
    }
    if (view->run == RND_RUN_TROUBLE && view->moment.cursor == frame->model->event_count) {
        (void)snprintf(caption->detail, sizeof caption->detail, "%s", caption->headline);
        write_sentence(view->message, caption->headline, sizeof caption->headline);
        return frame->theme->failed;
    }
    if (*view->remark) {
        (void)snprintf(caption->detail, sizeof caption->detail, "%s", caption->headline);
        (void)snprintf(caption->headline, sizeof caption->headline, "%s", view->remark);
        return frame->theme->accent;
    }
    return tone_colour(frame, caption);
}

/* A text on as many lines as it takes, at most two, the first in the middle of `label`; returns how
 * many. */
static int draw_lines(struct rnd_frame *frame, struct rnd_label label, double step_px, size_t cut,
                      const char *text)
{
    char first[sizeof(struct rnd_caption){0}.headline];
    cut = cut < sizeof first ? cut : sizeof first - 1;
    memcpy(first, text, cut);
    first[cut] = '\0';
    rnd_panel_label(frame, label, first);
    if (!text[cut])
        return 1;
    label.middle_y += step_px;
    rnd_panel_label(frame, label, text + cut + (text[cut] == ' '));
    return 2;
}

void rnd_panel_caption(struct rnd_frame *frame)
{
    const struct rnd_theme *theme = frame->theme;
    const struct rnd_sizes *s = &frame->layout.sizes;
    struct rnd_rect rect = frame->layout.caption;
    struct rnd_caption caption;
    rnd_colour colour = choose_words(frame, &caption);
    const char *headline = caption.headline, *detail = caption.detail;
    if (!*headline && !*detail)
        return; /* an empty box would make people wait for words */

    rnd_list_round(frame->list, rect, s->panel_radius * 0.5, theme->raised_bg, theme->raised_border,
                   s->border);
    double bar = rnd_panel_px(frame, 6);
    rnd_list_round(frame->list, (struct rnd_rect){rect.x, rect.y, bar, rect.h}, bar / 2, colour,
                   RND_NONE, 0);

    /* A sentence too long for one line takes two smaller ones, or what is said below it does. */
    double x = rect.x + bar + rnd_panel_px(frame, 20), width = rect.x + rect.w - s->pad - x;
    struct rnd_label label = {
        .size_px = s->text_caption, .x = x, .colour = theme->text_primary, .max_px = width};
    size_t cut = first_line(frame, RND_FONT_UI_BOLD, label.size_px, headline, width);
    if (headline[cut]) {
        label.size_px = rnd_panel_px(frame, 17);
        cut = first_line(frame, RND_FONT_UI_BOLD, label.size_px, headline, width);
    }
    bool two = headline[cut] != '\0';
    double detail_px = rnd_panel_px(frame, two ? 15 : 16);
    size_t detail_cut =
        two ? strlen(detail) : first_line(frame, RND_FONT_UI, detail_px, detail, width);
    bool three = two || detail[detail_cut];
    if (three && !two) {
        detail_px = rnd_panel_px(frame, 15);
        detail_cut = first_line(frame, RND_FONT_UI, detail_px, detail, width);
    }

    double step = rect.h * (three ? 0.27 : 0.36);
    label.font = RND_FONT_UI_BOLD;
    label.middle_y = *detail ? rect.y + rect.h * (three ? 0.23 : 0.34)
                             : rect.y + (rect.h - (two ? step : 0)) / 2;
    label.middle_y += step * draw_lines(frame, label, step, cut, headline);
    label.font = RND_FONT_UI;
    label.size_px = detail_px;
    label.colour = theme->text_secondary;
    (void)draw_lines(frame, label, step, detail_cut, detail);
}
