#include "paint.h"

#include <math.h>

#include "font_private.h"

/* Beyond this nothing is ever seen. */
static const double far_px = 1 << 24;

pixman_box32_t rnd_paint_pixels(struct rnd_rect box)
{
    double x1 = fmin(fmax(floor(box.x), -far_px), far_px);
    double y1 = fmin(fmax(floor(box.y), -far_px), far_px);
    double x2 = fmin(fmax(ceil(box.x + box.w), -far_px), far_px);
    double y2 = fmin(fmax(ceil(box.y + box.h), -far_px), far_px);
    return (pixman_box32_t){(int)x1, (int)y1, (int)x2, (int)y2};
}

pixman_box32_t rnd_paint_intersect(pixman_box32_t a, pixman_box32_t b)
{
    return (pixman_box32_t){
        a.x1 > b.x1 ? a.x1 : b.x1,
        a.y1 > b.y1 ? a.y1 : b.y1,
        a.x2 < b.x2 ? a.x2 : b.x2,
        a.y2 < b.y2 ? a.y2 : b.y2,
    };
}

static bool is_empty(pixman_box32_t box)
{
    return box.x2 <= box.x1 || box.y2 <= box.y1;
}

pixman_box32_t rnd_paint_box(struct rnd_fonts *fonts, const struct rnd_list *list,
                             const struct rnd_cmd *cmd)
{
    if (cmd->kind != RND_CMD_TEXT)
        return rnd_paint_pixels(cmd->box);
    struct rnd_font_line line = rnd_font_line(fonts, cmd, rnd_list_string(list, cmd));
    double size = rnd_font_half_px(cmd->u.text.size_px) / 2.0;
    /* Glyphs may stick out of their advances, by less than half the size. */
    return rnd_paint_pixels((struct rnd_rect){line.x_px - size / 2, cmd->box.y - size * 1.25,
                                              line.width_px + size, size * 1.75});
}

static pixman_color_t premultiplied(rnd_colour colour)
{
    unsigned a = rnd_colour_alpha(colour);
    unsigned r = colour >> 16 & 0xff, g = colour >> 8 & 0xff, b = colour & 0xff;
    return (pixman_color_t){(uint16_t)(r * a * 257 / 255), (uint16_t)(g * a * 257 / 255),
                            (uint16_t)(b * a * 257 / 255), (uint16_t)(a * 257)};
}

/* Fills boxes that do not overlap; empty ones are left out. */
static int fill(const struct rnd_painter *painter, rnd_colour colour, const pixman_box32_t *boxes,
                int count)
{
    enum { MOST = 8 };
    pixman_box32_t seen[MOST];
    int filled = 0;
    pixman_color_t ink = premultiplied(colour);
    for (int i = 0; i < count; i++) {
        pixman_box32_t box = rnd_paint_intersect(boxes[i], painter->extents);
        if (is_empty(box))
            continue;
        seen[filled++] = box;
        if (filled == MOST) {
            if (!pixman_image_fill_boxes(PIXMAN_OP_OVER, painter->target, &ink, filled, seen))
                return SIM_ENOMEM;
            filled = 0;
        }
    }
    if (filled > 0 && !pixman_image_fill_boxes(PIXMAN_OP_OVER, painter->target, &ink, filled, seen))
        return SIM_ENOMEM;
    return SIM_OK;
}

/* Inks box through the mask, whose pixel (mask_x, mask_y) is box's first. */
static int ink_through(const struct rnd_painter *painter, rnd_colour colour, pixman_image_t *mask,
                       int mask_x, int mask_y, pixman_box32_t box)
{
    pixman_box32_t seen = rnd_paint_intersect(box, painter->extents);
    if (is_empty(seen))
        return SIM_OK;
    pixman_color_t ink = premultiplied(colour);
    pixman_image_t *source = mask ? pixman_image_create_solid_fill(&ink) : NULL;
    if (source == NULL)
        return SIM_ENOMEM;
    pixman_image_composite32(PIXMAN_OP_OVER, source, mask, painter->target, 0, 0,
                             mask_x + seen.x1 - box.x1, mask_y + seen.y1 - box.y1, seen.x1, seen.y1,
                             seen.x2 - seen.x1, seen.y2 - seen.y1);
    pixman_image_unref(source);
    return SIM_OK;
}

/* A corner of a rounded box: where it stands, and the place of its quarter in the disc. */
struct corner {
    pixman_box32_t box;
    int mask_x, mask_y;
};

/* The corners of box for a disc of that diameter.  Odd diameters share their middle row and column
 * out to the left and upper corners, so that nothing is inked twice. */
static void find_corners(pixman_box32_t box, int diameter, struct corner corners[4])
{
    int n = (diameter + 1) / 2, m = diameter - n;
    for (int i = 0; i < 4; i++) {
        bool right = i & 1, lower = i & 2;
        corners[i].mask_x = right ? n : 0;
        corners[i].mask_y = lower ? n : 0;
        corners[i].box = (pixman_box32_t){right ? box.x2 - m : box.x1, lower ? box.y2 - m : box.y1,
                                          right ? box.x2 : box.x1 + n, lower ? box.y2 : box.y1 + n};
    }
}

static int ink_corners(const struct rnd_painter *painter, pixman_box32_t box, int diameter,
                       int thickness, rnd_colour colour)
{
    struct corner corners[4];
    find_corners(box, diameter, corners);
    int error = SIM_OK;
    for (int i = 0; i < 4 && error == SIM_OK; i++) {
        if (is_empty(rnd_paint_intersect(corners[i].box, painter->extents)))
            continue;
        error = ink_through(painter, colour, rnd_mask_disc(painter->masks, diameter, thickness),
                            corners[i].mask_x, corners[i].mask_y, corners[i].box);
    }
    return error;
}

static int fill_round(const struct rnd_painter *painter, pixman_box32_t box, int diameter,
                      rnd_colour colour)
{
    if (diameter <= 0)
        return fill(painter, colour, &box, 1);
    int n = (diameter + 1) / 2, m = diameter - n;
    const pixman_box32_t boxes[] = {
        {box.x1 + n, box.y1, box.x2 - m, box.y1 + n},
        {box.x1, box.y1 + n, box.x2, box.y2 - m},
        {box.x1 + n, box.y2 - m, box.x2 - m, box.y2},
    };
    int error = fill(painter, colour, boxes, 3);
    return error < 0 ? error : ink_corners(painter, box, diameter, 0, colour);
}

static int border_round(const struct rnd_painter *painter, pixman_box32_t box, int diameter,
                        int border, rnd_colour colour)
{
    int n = (diameter + 1) / 2, m = diameter - n;
    if (border * 2 >= box.x2 - box.x1 || border * 2 >= box.y2 - box.y1)
        return fill_round(painter, box, diameter, colour);
    /* Without rounding, the upper and lower edges have the corners. */
    int top = diameter > 0 ? n : border, bottom = diameter > 0 ? m : border;
    const pixman_box32_t edges[] = {
        {box.x1 + n, box.y1, box.x2 - m, box.y1 + border},
        {box.x1 + n, box.y2 - border, box.x2 - m, box.y2},
        {box.x1, box.y1 + top, box.x1 + border, box.y2 - bottom},
        {box.x2 - border, box.y1 + top, box.x2, box.y2 - bottom},
    };
    int error = fill(painter, colour, edges, 4);
    if (error < 0 || diameter <= 0)
        return error;
    return ink_corners(painter, box, diameter, border, colour);
}

static int paint_round(const struct rnd_painter *painter, const struct rnd_cmd *cmd)
{
    pixman_box32_t box = rnd_paint_pixels(cmd->box);
    int diameter = (int)(cmd->u.round.radius_px * 2), border = (int)cmd->u.round.border_px;
    int error = SIM_OK;
    if (rnd_colour_alpha(cmd->colour) > 0) {
        /* An opaque border hides the edge of the fill: keep that edge off the border's own. */
        int inset = rnd_colour_alpha(cmd->u.round.border) == 255 ? border / 2 : 0;
        pixman_box32_t inner = {box.x1 + inset, box.y1 + inset, box.x2 - inset, box.y2 - inset};
        if (!is_empty(inner))
            error = fill_round(painter, inner, diameter > inset * 2 ? diameter - inset * 2 : 0,
                               cmd->colour);
    }
    if (error == SIM_OK && border > 0)
        error = border_round(painter, box, diameter, border, cmd->u.round.border);
    return error;
}

/* A cleared mask for the part of box that is seen; *mask NULL if none is. */
static int mask_for(const struct rnd_painter *painter, pixman_box32_t box, struct rnd_area *area,
                    pixman_image_t **mask)
{
    pixman_box32_t seen = rnd_paint_intersect(box, painter->extents);
    *mask = NULL;
    if (is_empty(seen))
        return SIM_OK;
    *area = (struct rnd_area){
        .x = seen.x1, .y = seen.y1, .w = seen.x2 - seen.x1, .h = seen.y2 - seen.y1};
    *mask = rnd_mask_scratch(painter->masks, area);
    return *mask ? SIM_OK : SIM_ENOMEM;
}

static int ink_area(const struct rnd_painter *painter, rnd_colour colour, pixman_image_t *mask,
                    const struct rnd_area *area)
{
    pixman_box32_t box = {area->x, area->y, area->x + area->w, area->y + area->h};
    return ink_through(painter, colour, mask, 0, 0, box);
}

/* The remainder that is never negative. */
static int phase(int place, int period)
{
    int rest = place % period;
    return rest < 0 ? rest + period : rest;
}

static int paint_pattern(const struct rnd_painter *painter, const struct rnd_cmd *cmd)
{
    pixman_box32_t box = rnd_paint_pixels(cmd->box);
    int period = (int)cmd->u.pattern.period_px, diameter = (int)(cmd->u.pattern.radius_px * 2);
    struct rnd_area area;
    pixman_image_t *mask;
    int error = mask_for(painter, box, &area, &mask);
    if (error < 0 || mask == NULL)
        return error;
    pixman_image_t *tile = rnd_mask_tile(painter->masks, cmd->u.pattern.pattern, period);
    if (tile == NULL)
        return SIM_ENOMEM;
    pixman_image_composite32(PIXMAN_OP_SRC, tile, NULL, mask, phase(area.x - box.x1, period),
                             phase(area.y - box.y1, period), 0, 0, 0, 0, area.w, area.h);
    if (diameter > 0) {
        struct corner corners[4];
        find_corners(box, diameter, corners);
        pixman_image_t *disc = rnd_mask_disc(painter->masks, diameter, 0);
        for (int i = 0; i < 4 && disc; i++) {
            pixman_box32_t seen = rnd_paint_intersect(corners[i].box, painter->extents);
            if (!is_empty(seen))
                pixman_image_composite32(PIXMAN_OP_IN_REVERSE, disc, NULL, mask,
                                         corners[i].mask_x + seen.x1 - corners[i].box.x1,
                                         corners[i].mask_y + seen.y1 - corners[i].box.y1, 0, 0,
                                         seen.x1 - area.x, seen.y1 - area.y, seen.x2 - seen.x1,
                                         seen.y2 - seen.y1);
        }
        if (disc == NULL)
            return SIM_ENOMEM;
    }
    return ink_area(painter, cmd->colour, mask, &area);
}

bool rnd_paint_is_dashes(const struct rnd_list *list, const struct rnd_cmd *cmd)
{
    if (cmd->kind != RND_CMD_LINE || cmd->u.line.count != 2 || cmd->u.line.dash_px <= 0)
        return false;
    const struct rnd_point *points = rnd_list_points(list, cmd);
    return points[0].x == points[1].x || points[0].y == points[1].y;
}

static int paint_dashes(const struct rnd_painter *painter, const struct rnd_cmd *cmd,
                        const struct rnd_point ends[2])
{
    bool level = ends[0].y == ends[1].y;
    double half = cmd->u.line.width_px / 2, period = cmd->u.line.dash_px + cmd->u.line.gap_px;
    double from = level ? ends[0].x : ends[0].y, to = level ? ends[1].x : ends[1].y;
    double across = level ? ends[0].y : ends[0].x;
    double seen_from = level ? painter->extents.x1 : painter->extents.y1;
    double seen_to = level ? painter->extents.x2 : painter->extents.y2;
    double n = fmax(floor((seen_from - from) / period), 0);
    int error = SIM_OK;
    for (; from + n * period < fmin(to, seen_to) && error == SIM_OK; n++) {
        double begin = from + n * period, end = fmin(begin + cmd->u.line.dash_px, to);
        struct rnd_rect dash = {begin, across - half, end - begin, 2 * half};
        if (!level)
            dash = (struct rnd_rect){across - half, begin, 2 * half, end - begin};
        pixman_box32_t box = rnd_paint_pixels(dash);
        error = fill(painter, cmd->colour, &box, 1);
    }
    return error;
}

static int paint_masked(const struct rnd_painter *painter, const struct rnd_list *list,
                        const struct rnd_cmd *cmd)
{
    struct rnd_area area;
    pixman_image_t *mask;
    int error = mask_for(painter, rnd_paint_pixels(cmd->box), &area, &mask);
    if (error < 0 || mask == NULL)
        return error;
    if (cmd->kind == RND_CMD_PIE)
        rnd_shape_pie(area, cmd);
    else if (cmd->kind == RND_CMD_POLYGON)
        rnd_shape_polygon(area, rnd_list_points(list, cmd), cmd->u.line.count);
    else
        rnd_shape_line(area, cmd, rnd_list_points(list, cmd));
    return ink_area(painter, cmd->colour, mask, &area);
}

static int paint_line(const struct rnd_painter *painter, const struct rnd_list *list,
                      const struct rnd_cmd *cmd)
{
    return rnd_paint_is_dashes(list, cmd) ? paint_dashes(painter, cmd, rnd_list_points(list, cmd))
                                          : paint_masked(painter, list, cmd);
}

static int paint_text(const struct rnd_painter *painter, const struct rnd_list *list,
                      const struct rnd_cmd *cmd)
{
    pixman_color_t colour = premultiplied(cmd->colour);
    pixman_image_t *ink = pixman_image_create_solid_fill(&colour);
    if (ink == NULL)
        return SIM_ENOMEM;
    int error =
        rnd_font_draw(painter->fonts, painter->target, ink, cmd, rnd_list_string(list, cmd));
    pixman_image_unref(ink);
    return error;
}

int rnd_paint(const struct rnd_painter *painter, const struct rnd_list *list,
              const struct rnd_cmd *cmd)
{
    switch (cmd->kind) {
    case RND_CMD_ROUND:
        return paint_round(painter, cmd);
    case RND_CMD_PATTERN:
        return paint_pattern(painter, cmd);
    case RND_CMD_LINE:
        return paint_line(painter, list, cmd);
    case RND_CMD_PIE:
    case RND_CMD_POLYGON:
        return paint_masked(painter, list, cmd);
    case RND_CMD_TEXT:
        return paint_text(painter, list, cmd);
    case RND_CMD_CLIP:
        break;
    }
    return SIM_OK;
}
