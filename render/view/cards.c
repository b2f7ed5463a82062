#include "cards.h"

#include "panel.h"

#include <math.h>

/* How long the words take to come, and the ground to come or to go. */
#define WORDS_NS 500000000.0
#define GROUND_NS 450000000.0

/* Measures of a picture whose shorter side is 1000. */
enum { TITLE = 62, TEXT = 30, MARGIN = 110, BAR = 12, BAR_STEP = 26, BARS = 4 };

/* 0 up to a time, 1 from a later one on; gently in between. */
static double eased(double at_ns, double from_ns, double takes_ns)
{
    double x = fmin(fmax((at_ns - from_ns) / takes_ns, 0), 1);
    return x * x * (3 - 2 * x);
}

struct rnd_film_card rnd_film_card_begin(const char *title, const char *text, int64_t at_ns,
                                         int64_t lasts_ns)
{
    double at = (double)at_ns, goes = (double)lasts_ns - GROUND_NS;
    double away = 1 - eased(at, goes, GROUND_NS);
    return (struct rnd_film_card){title, text, away, away};
}

struct rnd_film_card rnd_film_card_end(const char *title, const char *text, int64_t at_ns)
{
    double at = (double)at_ns;
    return (struct rnd_film_card){title, text, eased(at, 0, GROUND_NS),
                                  eased(at, GROUND_NS, WORDS_NS)};
}

/* Four lanes of a run, as long as the card is there. */
static void draw_lanes(struct rnd_frame *frame, double x, double y, double unit)
{
    static const struct {
        double from, to;
    } lanes[BARS] = {{0, 300}, {60, 210}, {120, 420}, {330, 540}};
    const struct rnd_film_card *card = &frame->view->card;
    unsigned alpha = (unsigned)(255 * card->share + 0.5);
    for (unsigned i = 0; i < BARS; i++) {
        double from = lanes[i].from * unit, width = (lanes[i].to * unit - from) * card->share;
        rnd_list_round(
            frame->list,
            (struct rnd_rect){x + from, y + i * BAR_STEP * unit, fmax(width, 1), BAR * unit},
            BAR * unit / 2, rnd_colour_fade(rnd_theme_task(frame->theme, i), alpha), RND_NONE, 0);
    }
}

/* Lines of a text from y on; returns where the next would be. */
static double draw_lines(struct rnd_frame *frame, struct rnd_label label,
                         const struct rnd_panel_lines *lines)
{
    for (uint32_t i = 0; i < lines->count; i++, label.middle_y += label.size_px * 1.35)
        rnd_list_text_bytes(
            frame->list, label.font, label.size_px, label.x,
            rnd_font_baseline_px(frame->fonts, label.font, label.size_px, label.middle_y),
            label.colour, lines->at[i], lines->bytes[i], RND_ALIGN_LEFT, label.max_px);
    return label.middle_y;
}

void rnd_panel_card(struct rnd_frame *frame)
{
    const struct rnd_view *view = frame->view;
    const struct rnd_film_card *card = &view->card;
    const struct rnd_theme *theme = frame->theme;
    double w = view->width_px, h = view->height_px, unit = fmin(w, h) / 1000;
    double room = fmin(w - 2 * MARGIN * unit, 1300 * unit), gap = 44 * unit;
    double title = floor(TITLE * unit), text = floor(TEXT * unit);
    unsigned ground = (unsigned)(255 * card->cover + 0.5);
    unsigned alpha = (unsigned)(255 * card->share + 0.5);
    struct rnd_panel_lines titles =
        rnd_panel_wrap(frame, RND_FONT_UI_BOLD, title, card->title, room, 3);
    struct rnd_panel_lines texts = rnd_panel_wrap(frame, RND_FONT_UI, text, card->text, room, 4);
    double lanes = ((BARS - 1) * BAR_STEP + BAR) * unit;
    double height = lanes + gap + titles.count * title * 1.35 +
                    (texts.count ? gap / 2 + texts.count * text * 1.35 : 0);
    double x = MARGIN * unit, y = floor((h - height) / 2);
    rnd_list_rect(frame->list, (struct rnd_rect){0, 0, w, h},
                  rnd_colour_fade(theme->window_bg, ground));
    draw_lanes(frame, x, y, unit);
    y += lanes + gap + title * 0.675;
    struct rnd_label label = {.font = RND_FONT_UI_BOLD,
                              .size_px = title,
                              .x = x,
                              .middle_y = y,
                              .colour = rnd_colour_fade(theme->text_primary, alpha),
                              .max_px = room};
    label.middle_y = draw_lines(frame, label, &titles) - title * 0.675 + gap / 2 + text * 0.675;
    label.font = RND_FONT_UI;
    label.size_px = text;
    label.colour = rnd_colour_fade(theme->text_secondary, alpha);
    (void)draw_lines(frame, label, &texts);
}
