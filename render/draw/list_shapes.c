/* Commands of areas and texts: see list.h. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "list.h"
#include "list_private.h"
#include "path.h"

/* Corner radii are halves of whole diameters, and no corner takes more than half a side. */
static double snap_radius(double radius, struct rnd_rect box)
{
    double diameter = rnd_path_round(radius * 2);
    return fmax(fmin(diameter, fmin(box.w, box.h)), 0) / 2;
}

static void push_round(struct rnd_list *list, struct rnd_rect box, double radius_px,
                       rnd_colour fill, rnd_colour border, double border_px)
{
    bool bordered = rnd_colour_alpha(border) > 0 && border_px > 0;
    if ((rnd_colour_alpha(fill) == 0 && !bordered) || !rnd_list_sees(list, box))
        return;
    struct rnd_cmd *cmd = rnd_list_push(list, RND_CMD_ROUND, fill, box);
    if (cmd == NULL)
        return;
    cmd->u.round.radius_px = snap_radius(radius_px, box);
    if (bordered) {
        cmd->u.round.border = border;
        cmd->u.round.border_px = fmax(rnd_path_round(border_px), 1);
    }
}

void rnd_list_rect(struct rnd_list *list, struct rnd_rect rect, rnd_colour fill)
{
    push_round(list, rnd_list_snap(rect), 0, fill, RND_NONE, 0);
}

void rnd_list_round(struct rnd_list *list, struct rnd_rect rect, double radius_px, rnd_colour fill,
                    rnd_colour border, double border_px)
{
    push_round(list, rnd_list_snap(rect), radius_px, fill, border, border_px);
}

void rnd_list_pattern(struct rnd_list *list, struct rnd_rect rect, double radius_px,
                      enum rnd_pattern pattern, double period_px, rnd_colour colour)
{
    struct rnd_rect box = rnd_list_snap(rect);
    if (rnd_colour_alpha(colour) == 0 || !rnd_list_sees(list, box))
        return;
    struct rnd_cmd *cmd = rnd_list_push(list, RND_CMD_PATTERN, colour, box);
    if (cmd == NULL)
        return;
    cmd->u.pattern.radius_px = snap_radius(radius_px, box);
    cmd->u.pattern.period_px = fmax(rnd_path_round(period_px / 2) * 2, 4);
    cmd->u.pattern.pattern = pattern;
}

/* The box of a circle: its diameter is a whole number of pixels. */
static struct rnd_rect circle_box(double x, double y, double radius_px)
{
    double diameter = fmax(rnd_path_round(radius_px * 2), 1);
    return (struct rnd_rect){rnd_path_round(x - diameter / 2), rnd_path_round(y - diameter / 2),
                             diameter, diameter};
}

void rnd_list_circle(struct rnd_list *list, double x, double y, double radius_px, rnd_colour fill)
{
    push_round(list, circle_box(x, y, radius_px), radius_px + 1, fill, RND_NONE, 0);
}

void rnd_list_ring(struct rnd_list *list, double x, double y, double radius_px, double thickness_px,
                   rnd_colour colour)
{
    push_round(list, circle_box(x, y, radius_px), radius_px + 1, RND_NONE, colour, thickness_px);
}

void rnd_list_pie(struct rnd_list *list, double x, double y, double radius_px, double thickness_px,
                  double from_turn, double turns, rnd_colour colour)
{
    struct rnd_rect box = circle_box(x, y, radius_px);
    if (rnd_colour_alpha(colour) == 0 || turns <= 0 || !rnd_list_sees(list, box))
        return;
    struct rnd_cmd *cmd = rnd_list_push(list, RND_CMD_PIE, colour, box);
    if (cmd == NULL)
        return;
    cmd->u.pie.thickness_px = fmin(fmax(rnd_path_round(thickness_px), 1), box.w / 2);
    cmd->u.pie.from_turn = from_turn - floor(from_turn);
    cmd->u.pie.turns = fmin(turns, 1);
}

void rnd_list_polygon(struct rnd_list *list, const struct rnd_point *points, size_t count,
                      rnd_colour fill)
{
    assert(count >= 3);
    struct rnd_rect box = rnd_list_bounds(points, count, 1);
    if (rnd_colour_alpha(fill) == 0 || !rnd_list_sees(list, box))
        return;
    uint32_t offset = 0;
    void *copy = rnd_list_store(list, count * sizeof *points, &offset);
    struct rnd_cmd *cmd = copy ? rnd_list_push(list, RND_CMD_POLYGON, fill, box) : NULL;
    if (cmd == NULL)
        return;
    memcpy(copy, points, count * sizeof *points);
    cmd->u.line.offset = offset;
    cmd->u.line.count = (uint32_t)count;
}

void rnd_list_triangle(struct rnd_list *list, struct rnd_point a, struct rnd_point b,
                       struct rnd_point c, rnd_colour fill)
{
    rnd_list_polygon(list, (struct rnd_point[]){a, b, c}, 3, fill);
}

void rnd_list_text_bytes(struct rnd_list *list, enum rnd_font font, double size_px, double x,
                         double y, rnd_colour colour, const char *text, size_t bytes,
                         enum rnd_align align, double max_width_px)
{
    assert(font < RND_FONTS && size_px > 0);
    /* Its width is not known here; its height is never more than this. */
    double baseline = rnd_path_round(y);
    struct rnd_rect clip = rnd_list_clip(list);
    struct rnd_rect tallest = {clip.x, baseline - 2 * size_px, clip.w, 3 * size_px};
    bool beyond = align == RND_ALIGN_LEFT && x - size_px >= clip.x + clip.w;
    if (rnd_colour_alpha(colour) == 0 || bytes == 0 || bytes >= UINT32_MAX || beyond ||
        !rnd_list_sees(list, tallest))
        return;
    uint32_t offset = 0;
    char *copy = rnd_list_store(list, bytes + 1, &offset);
    struct rnd_rect anchor = {x, baseline, fmax(max_width_px, 0), 0};
    struct rnd_cmd *cmd = copy ? rnd_list_push(list, RND_CMD_TEXT, colour, anchor) : NULL;
    if (cmd == NULL)
        return;
    memcpy(copy, text, bytes);
    copy[bytes] = '\0';
    cmd->u.text.offset = offset;
    cmd->u.text.bytes = (uint32_t)bytes;
    cmd->u.text.size_px = size_px;
    cmd->u.text.font = font;
    cmd->u.text.align = align;
}

void rnd_list_text_fit(struct rnd_list *list, enum rnd_font font, double size_px, double x,
                       double y, rnd_colour colour, const char *text, enum rnd_align align,
                       double max_width_px)
{
    rnd_list_text_bytes(list, font, size_px, x, y, colour, text, strlen(text), align, max_width_px);
}

void rnd_list_text(struct rnd_list *list, enum rnd_font font, double size_px, double x, double y,
                   rnd_colour colour, const char *text)
{
    rnd_list_text_fit(list, font, size_px, x, y, colour, text, RND_ALIGN_LEFT, 0);
}
