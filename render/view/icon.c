#include "panel.h"

#include <math.h>

/* Where icons are drawn: their middle, the radius of the button around them, the pen. */
struct icon {
    struct rnd_list *list;
    double x, y, size, thin;
    rnd_colour colour;
};

/* A triangle that points to the right (direction 1) or to the left (-1). */
static void draw_arrow(const struct icon *i, double dx, double direction)
{
    double x = i->x + dx * i->size;
    double tip = x + direction * i->size * 0.9, back = x - direction * i->size * 0.75;
    rnd_list_triangle(i->list, (struct rnd_point){tip, i->y},
                      (struct rnd_point){back, i->y - i->size},
                      (struct rnd_point){back, i->y + i->size}, i->colour);
}

static void draw_bar(const struct icon *i, double dx, double width)
{
    double x = i->x + dx * i->size;
    rnd_list_rect(i->list, (struct rnd_rect){x - width / 2, i->y - i->size, width, 2 * i->size},
                  i->colour);
}

static void draw_play(const struct icon *i, bool playing)
{
    if (!playing) {
        draw_arrow(i, 0.1, 1);
        return;
    }
    draw_bar(i, -0.5, i->size * 0.5);
    draw_bar(i, 0.5, i->size * 0.5);
}

/* A circle, half of it filled. */
static void draw_theme(const struct icon *i)
{
    rnd_list_ring(i->list, i->x, i->y, i->size, i->thin, i->colour);
    rnd_list_pie(i->list, i->x, i->y, i->size, i->size, 0, 0.5, i->colour);
}

/* Four cards. */
static void draw_cards(const struct icon *i)
{
    double side = i->size * 0.8, gap = i->size * 0.3;
    for (int card = 0; card < 4; card++)
        rnd_list_round(i->list,
                       (struct rnd_rect){i->x + (card % 2 ? gap / 2 : -gap / 2 - side),
                                         i->y + (card / 2 ? gap / 2 : -gap / 2 - side), side, side},
                       i->thin, i->colour, RND_NONE, 0);
}

static void draw_lens(const struct icon *i)
{
    double r = i->size * 0.7, x = i->x - i->size * 0.2, y = i->y - i->size * 0.2;
    rnd_list_ring(i->list, x, y, r, i->thin, i->colour);
    rnd_list_line(i->list, x + r * 0.7, y + r * 0.7, i->x + i->size, i->y + i->size,
                  (struct rnd_stroke){.colour = i->colour, .width_px = i->thin});
}

static void draw_target(const struct icon *i)
{
    rnd_list_ring(i->list, i->x, i->y, i->size, i->thin, i->colour);
    rnd_list_circle(i->list, i->x, i->y, i->size * 0.4, i->colour);
}

static void draw_menu(const struct icon *i)
{
    for (int line = -1; line <= 1; line++)
        rnd_list_line(i->list, i->x - i->size * 0.9, i->y + line * i->size * 0.7,
                      i->x + i->size * 0.9, i->y + line * i->size * 0.7,
                      (struct rnd_stroke){.colour = i->colour, .width_px = i->thin});
}

/* A screen on its stand. */
static void draw_screen(const struct icon *i)
{
    double w = i->size * 1.1, h = i->size * 0.8, foot = i->size * 0.5;
    struct rnd_rect screen = {i->x - w, i->y - i->size * 0.9, 2 * w, 2 * h};
    rnd_list_round(i->list, screen, i->thin, RND_NONE, i->colour, i->thin);
    double y = i->y + i->size;
    struct rnd_stroke pen = {.colour = i->colour, .width_px = i->thin};
    rnd_list_line(i->list, i->x - foot, y, i->x + foot, y, pen);
}

static void draw_question(struct rnd_frame *frame, const struct icon *i)
{
    rnd_panel_label(frame,
                    (struct rnd_label){.font = RND_FONT_UI_BOLD,
                                       .size_px = i->size * 2.1,
                                       .x = i->x,
                                       .middle_y = i->y,
                                       .colour = i->colour,
                                       .align = RND_ALIGN_CENTRE},
                    "?");
}

void rnd_panel_icon(struct rnd_frame *frame, enum rnd_button button, double x, double y,
                    double radius_px, rnd_colour colour)
{
    const struct icon icon = {.list = frame->list,
                              .x = x,
                              .y = y,
                              .size = radius_px * 0.42,
                              .thin = rnd_panel_px(frame, button > RND_BUTTON_END ? 1.5 : 2),
                              .colour = colour};
    switch (button) {
    case RND_BUTTON_START:
        draw_bar(&icon, -1, icon.thin);
        draw_arrow(&icon, 0.2, -1);
        break;
    case RND_BUTTON_BACK:
        draw_arrow(&icon, -0.1, -1);
        break;
    case RND_BUTTON_PLAY:
        draw_play(&icon, frame->view->playing);
        break;
    case RND_BUTTON_FORWARD:
        draw_arrow(&icon, 0.1, 1);
        break;
    case RND_BUTTON_END:
        draw_bar(&icon, 1, icon.thin);
        draw_arrow(&icon, -0.2, 1);
        break;
    case RND_BUTTON_LESSONS:
        draw_cards(&icon);
        break;
    case RND_BUTTON_SEARCH:
        draw_lens(&icon);
        break;
    case RND_BUTTON_PREDICT:
        draw_target(&icon);
        break;
    case RND_BUTTON_COMMANDS:
        draw_menu(&icon);
        break;
    case RND_BUTTON_RECORD:
        rnd_list_ring(icon.list, x, y, icon.size, icon.thin, colour);
        rnd_list_circle(icon.list, x, y, icon.size * 0.6, frame->theme->failed);
        break;
    case RND_BUTTON_THEME:
        draw_theme(&icon);
        break;
    case RND_BUTTON_PRESENT:
        draw_screen(&icon);
        break;
    case RND_BUTTON_HELP:
        draw_question(frame, &icon);
        break;
    default:
        break;
    }
}

void rnd_panel_button(struct rnd_frame *frame, enum rnd_button button, double x, double y,
                      double radius_px)
{
    const struct rnd_theme *theme = frame->theme;
    struct rnd_rect box = {x - radius_px, y - radius_px, 2 * radius_px, 2 * radius_px};
    bool hovered = rnd_panel_hovered(frame, box), play = button == RND_BUTTON_PLAY;
    rnd_colour fill = play ? theme->accent : theme->raised_bg;
    if (hovered)
        fill = rnd_colour_mix(fill, play ? theme->text_primary : theme->accent, 40);
    rnd_list_round(frame->list, box, radius_px, fill,
                   hovered || play ? theme->accent : theme->raised_border,
                   frame->layout.sizes.border);
    rnd_panel_icon(frame, button, x, y, radius_px, play ? theme->accent_text : theme->text_primary);
    rnd_hits_add(frame->hits, box, RND_HIT_BUTTON, button);
}

void rnd_panel_funnel(struct rnd_frame *frame, double x, double y, rnd_colour colour)
{
    static const double lines[][4] = {
        {-5, -4, 5, -4}, {-5, -4, -1, 1}, {5, -4, 1, 1}, {-1, 1, -1, 5}, {1, 1, 1, 5}};
    double unit = frame->layout.sizes.scale;
    struct rnd_stroke stroke = {.colour = colour,
                                .width_px = fmax(frame->layout.sizes.line * 0.75, 1)};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        rnd_list_line(frame->list, x + lines[i][0] * unit, y + lines[i][1] * unit,
                      x + lines[i][2] * unit, y + lines[i][3] * unit, stroke);
}
