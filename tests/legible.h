/* What is written in a frame can be read: no text lies over another or below something else, each
 * is all there or ends in an ellipsis, and stands out from its ground. */
#ifndef LEGIBLE_H
#define LEGIBLE_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "render/draw/canvas.h"

#define LEGIBLE_TEXTS_MAX 2048
#define LEGIBLE_FAULT_MAX 600

/* A text that is seen: what it covers, and what of that the clip leaves.  Of capitals only, as
 * descenders may touch what is below. */
struct legible_text {
    const char *text;
    struct rnd_rect box, seen;
    rnd_colour colour;
    size_t at;
    bool veiled; /* by what lies over the window: it is not to be read now */
};

struct legible {
    struct rnd_fonts *fonts;   /* borrowed */
    struct rnd_list *ground;   /* a frame without its texts */
    struct rnd_canvas *canvas; /* on which that is drawn */
    struct legible_text texts[LEGIBLE_TEXTS_MAX];
    size_t count;
    bool scrolls;                  /* all of the frame: a row at an edge may be cut */
    char fault[LEGIBLE_FAULT_MAX]; /* what cannot be read, and why; "": nothing */
};

static inline struct rnd_rect legible_cut(struct rnd_rect a, struct rnd_rect b)
{
    double x = fmax(a.x, b.x), y = fmax(a.y, b.y);
    return (struct rnd_rect){x, y, fmax(fmin(a.x + a.w, b.x + b.w) - x, 0),
                             fmax(fmin(a.y + a.h, b.y + b.h) - y, 0)};
}

/* By more than the rounding of glyphs. */
static inline bool legible_overlap(struct rnd_rect a, struct rnd_rect b)
{
    struct rnd_rect both = legible_cut(a, b);
    return both.w > fmax(1, b.h / 4) && both.h > 1;
}

static inline bool legible_covers(struct rnd_rect over, struct rnd_rect below)
{
    struct rnd_rect both = legible_cut(over, below);
    return both.w > below.w - 1.5 && both.h > below.h - 1.5;
}

static inline void legible_say(struct legible *page, const char *text, const char *what,
                               const char *other)
{
    if (!*page->fault)
        (void)snprintf(page->fault, sizeof page->fault, "\"%.200s\" %s%s%.200s%s", text, what,
                       *other ? " \"" : "", other, *other ? "\"" : "");
}

static inline void legible_add(struct legible *page, const struct rnd_list *list,
                               const struct rnd_cmd *cmd, size_t at, struct rnd_rect clip)
{
    const char *text = rnd_list_string(list, cmd);
    double size = cmd->u.text.size_px, cap = rnd_font_cap_px(page->fonts, cmd->u.text.font, size);
    double width = rnd_font_width_px(page->fonts, cmd->u.text.font, size, text);
    if (cmd->box.w > 0)
        width = fmin(width, cmd->box.w);
    double share = cmd->u.text.align == RND_ALIGN_LEFT    ? 0
                   : cmd->u.text.align == RND_ALIGN_RIGHT ? 1
                                                          : 0.5;
    struct rnd_rect box = {cmd->box.x - share * width, cmd->box.y - cap, width, cap};
    struct legible_text item = {text, box, legible_cut(box, clip), cmd->colour, at, false};
    if (item.seen.w < 1 || item.seen.h < 1 || strspn(text, " ") == strlen(text))
        return;
    if (page->count < LEGIBLE_TEXTS_MAX)
        page->texts[page->count++] = item;
    else
        legible_say(page, text, "is more than one can read", "");
}

/* Something that lies over texts and is there to hide what is below: a dialog, a tip; but not what
 * is as round as can be, which has a text of its own in the midst of others. */
static inline bool legible_is_box(struct rnd_rect over, double radius_px, struct rnd_rect text)
{
    return over.w > 12 * text.h && over.h > 2 * text.h && radius_px < over.h / 2 - 1;
}

/* A bar through a text strikes it out. */
static inline bool legible_strikes(struct rnd_rect over, struct rnd_rect text)
{
    return over.h < text.h / 2 && over.w <= text.w + 2 && fabs(over.x - text.x) < 2;
}

/* A thin line from top to bottom through a text. */
static inline bool legible_cuts(struct rnd_rect over, struct rnd_rect text)
{
    return over.x > text.x + 1 && over.x + over.w < text.x + text.w - 1 &&
           legible_cut(over, text).h > text.h / 2;
}

/* Something that is drawn after texts: those that it covers are not seen. */
static inline void legible_cover(struct legible *page, struct rnd_rect over, double radius_px,
                                 unsigned alpha)
{
    size_t kept = 0;
    for (size_t i = 0; i < page->count; i++) {
        struct legible_text item = page->texts[i];
        bool hidden = legible_covers(over, item.seen);
        if (hidden && alpha == 255)
            continue;
        bool over_it = legible_overlap(over, item.seen) || legible_cuts(over, item.seen);
        if (alpha > 24 && (hidden || (over_it && legible_is_box(over, radius_px, item.seen))))
            item.veiled = true;
        else if (alpha > 24 && over_it && !item.veiled && !legible_strikes(over, item.seen))
            legible_say(page, item.text, "lies below something", "");
        page->texts[kept++] = item;
    }
    page->count = kept;
}

/* A line through texts. */
static inline void legible_cross(struct legible *page, const struct rnd_list *list,
                                 const struct rnd_cmd *cmd, struct rnd_rect clip)
{
    const struct rnd_point *points = rnd_list_points(list, cmd);
    double half = cmd->u.line.width_px / 2;
    for (uint32_t i = 1; i < cmd->u.line.count; i++) {
        struct rnd_point a = points[i - 1], b = points[i];
        struct rnd_rect box = {fmin(a.x, b.x) - half, fmin(a.y, b.y) - half,
                               fabs(a.x - b.x) + 2 * half, fabs(a.y - b.y) + 2 * half};
        box = legible_cut(box, clip);
        for (size_t n = 0; n < page->count; n++) {
            const struct legible_text *item = &page->texts[n];
            if (!item->veiled && !legible_strikes(box, item->seen) &&
                (legible_overlap(box, item->seen) || legible_cuts(box, item->seen)))
                legible_say(page, item->text, "lies below a line", "");
        }
    }
}

/* Adds a command to the frame without texts. */
static inline void legible_copy(struct rnd_list *to, const struct rnd_list *list,
                                const struct rnd_cmd *cmd)
{
    const struct rnd_rect *box = &cmd->box;
    double radius = box->w / 2;
    switch (cmd->kind) {
    case RND_CMD_ROUND:
        rnd_list_round(to, *box, cmd->u.round.radius_px, cmd->colour, cmd->u.round.border,
                       cmd->u.round.border_px);
        break;
    case RND_CMD_PATTERN:
        rnd_list_pattern(to, *box, cmd->u.pattern.radius_px, cmd->u.pattern.pattern,
                         cmd->u.pattern.period_px, cmd->colour);
        break;
    case RND_CMD_PIE:
        rnd_list_pie(to, box->x + radius, box->y + radius, radius, cmd->u.pie.thickness_px,
                     cmd->u.pie.from_turn, cmd->u.pie.turns, cmd->colour);
        break;
    case RND_CMD_LINE:
        rnd_list_polyline(to, rnd_list_points(list, cmd), cmd->u.line.count,
                          (struct rnd_stroke){cmd->colour, cmd->u.line.width_px,
                                              cmd->u.line.dash_px, cmd->u.line.gap_px});
        break;
    case RND_CMD_POLYGON:
        rnd_list_polygon(to, rnd_list_points(list, cmd), cmd->u.line.count, cmd->colour);
        break;
    default:
        break;
    }
}

static inline void legible_read(struct legible *page, const struct rnd_list *list)
{
    struct rnd_rect clip = {0, 0, rnd_list_width_px(list), rnd_list_height_px(list)};
    page->count = 0;
    page->fault[0] = '\0';
    rnd_list_begin(page->ground, rnd_list_width_px(list), rnd_list_height_px(list));
    for (size_t i = 0; i < rnd_list_count(list); i++) {
        const struct rnd_cmd *cmd = rnd_list_at(list, i);
        if (cmd->kind == RND_CMD_CLIP) {
            clip = cmd->box;
            continue;
        }
        if (cmd->kind == RND_CMD_TEXT) {
            legible_add(page, list, cmd, i, clip);
            continue;
        }
        rnd_list_clip_push(page->ground, clip);
        legible_copy(page->ground, list, cmd);
        rnd_list_clip_pop(page->ground);
        if (cmd->kind == RND_CMD_LINE)
            legible_cross(page, list, cmd, clip);
        else if (cmd->kind == RND_CMD_ROUND && rnd_colour_alpha(cmd->colour))
            legible_cover(page, legible_cut(cmd->box, clip), cmd->u.round.radius_px,
                          rnd_colour_alpha(cmd->colour));
        else if (cmd->kind == RND_CMD_PIE || cmd->kind == RND_CMD_POLYGON)
            legible_cover(page, legible_cut(cmd->box, clip), 0, rnd_colour_alpha(cmd->colour));
    }
}

/* The share of a text's ground from which it does not stand out. */
static inline double legible_pale(const struct legible *page, const struct legible_text *item,
                                  double least)
{
    struct rnd_image image = rnd_canvas_image(page->canvas);
    size_t pale = 0, all = 0;
    for (int y = (int)item->seen.y; y < (int)(item->seen.y + item->seen.h); y++)
        for (int x = (int)item->seen.x; x < (int)(item->seen.x + item->seen.w); x += 2) {
            rnd_colour ground = image.pixels[(size_t)y * image.stride_bytes / 4 + (size_t)x];
            rnd_colour ink =
                rnd_colour_mix(ground, item->colour | 0xff000000u, rnd_colour_alpha(item->colour));
            pale += rnd_colour_contrast(ink, ground) < least;
            all++;
        }
    return all ? (double)pale / (double)all : 0;
}

/* Looks at a frame; what cannot be read is in page->fault.  The contrast that texts must have, 0:
 * any. */
static inline bool legible_check(struct legible *page, const struct rnd_list *list, double contrast)
{
    legible_read(page, list);
    if (contrast > 0 && rnd_canvas_draw(page->canvas, page->ground, NULL))
        return false;
    for (size_t i = 0; i < page->count; i++) {
        const struct legible_text *item = &page->texts[i];
        if (item->veiled)
            continue;
        if (item->seen.w < item->box.w - 2)
            legible_say(page, item->text, "is cut off", "");
        if (!page->scrolls && item->seen.h < item->box.h - 2)
            legible_say(page, item->text, "is cut in height", "");
        for (size_t other = 0; other < i; other++)
            if (!page->texts[other].veiled && legible_overlap(page->texts[other].seen, item->seen))
                legible_say(page, item->text, "lies over", page->texts[other].text);
        if (contrast > 0 && legible_pale(page, item, contrast) > 0.15)
            legible_say(page, item->text, "does not stand out from its ground", "");
    }
    return !*page->fault;
}

#endif
