/* Commands of lines: see list.h. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "list.h"
#include "list_private.h"
#include "path.h"

enum { CURVE_STEPS = 32, CORNER_STEPS = 8 };

struct rnd_rect rnd_list_bounds(const struct rnd_point *points, size_t count, double margin_px)
{
    double x0 = points[0].x, x1 = x0, y0 = points[0].y, y1 = y0;
    for (size_t i = 1; i < count; i++) {
        x0 = fmin(x0, points[i].x);
        x1 = fmax(x1, points[i].x);
        y0 = fmin(y0, points[i].y);
        y1 = fmax(y1, points[i].y);
    }
    return (struct rnd_rect){x0 - margin_px, y0 - margin_px, x1 - x0 + 2 * margin_px,
                             y1 - y0 + 2 * margin_px};
}

void rnd_list_polyline(struct rnd_list *list, const struct rnd_point *points, size_t count,
                       struct rnd_stroke stroke)
{
    assert(count >= 2);
    struct rnd_rect box = rnd_list_bounds(points, count, stroke.width_px / 2 + 1);
    if (rnd_colour_alpha(stroke.colour) == 0 || stroke.width_px <= 0 || !rnd_list_sees(list, box))
        return;
    uint32_t offset = 0;
    void *copy = rnd_list_store(list, count * sizeof *points, &offset);
    struct rnd_cmd *cmd = copy ? rnd_list_push(list, RND_CMD_LINE, stroke.colour, box) : NULL;
    if (cmd == NULL)
        return;
    memcpy(copy, points, count * sizeof *points);
    cmd->u.line.offset = offset;
    cmd->u.line.count = (uint32_t)count;
    cmd->u.line.width_px = stroke.width_px;
    if (stroke.dash_px > 0 && stroke.gap_px > 0) {
        cmd->u.line.dash_px = fmax(stroke.dash_px, 0.5);
        cmd->u.line.gap_px = fmax(stroke.gap_px, 0.5);
    }
}

/* A line along an axis covers whole pixels, as do its dashes. */
void rnd_list_line(struct rnd_list *list, double x0, double y0, double x1, double y1,
                   struct rnd_stroke stroke)
{
    struct rnd_point ends[2] = {{x0, y0}, {x1, y1}};
    bool level = y0 == y1, upright = x0 == x1;
    if (level || upright) {
        double width = fmax(rnd_path_round(stroke.width_px), 1);
        double low = fmin(x0, x1), top = fmin(y0, y1);
        struct rnd_rect rect =
            level ? rnd_list_snap((struct rnd_rect){low, y0 - width / 2, fabs(x1 - x0), width})
                  : rnd_list_snap((struct rnd_rect){x0 - width / 2, top, width, fabs(y1 - y0)});
        if (stroke.dash_px <= 0 || stroke.gap_px <= 0 || stroke.width_px <= 0) {
            rnd_list_rect(list, stroke.width_px > 0 ? rect : (struct rnd_rect){0}, stroke.colour);
            return;
        }
        double middle_x = rect.x + rect.w / 2, middle_y = rect.y + rect.h / 2;
        ends[0] =
            level ? (struct rnd_point){rect.x, middle_y} : (struct rnd_point){middle_x, rect.y};
        ends[1] = level ? (struct rnd_point){rect.x + rect.w, middle_y}
                        : (struct rnd_point){middle_x, rect.y + rect.h};
        stroke.width_px = width;
        stroke.dash_px = fmax(rnd_path_round(stroke.dash_px), 1);
        stroke.gap_px = fmax(rnd_path_round(stroke.gap_px), 1);
    }
    rnd_list_polyline(list, ends, 2, stroke);
}

/* One coordinate of a cubic Bezier curve. */
static double cubic(double a, double b, double c, double d, double t)
{
    double s = 1 - t;
    return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

static struct rnd_point curve_at(const struct rnd_point p[4], double t)
{
    return (struct rnd_point){cubic(p[0].x, p[1].x, p[2].x, p[3].x, t),
                              cubic(p[0].y, p[1].y, p[2].y, p[3].y, t)};
}

static double distance(struct rnd_point a, struct rnd_point b)
{
    return sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
}

/* Where along the curve its end is distance_px away: the arrow head's base. */
static double curve_cut(const struct rnd_point p[4], double distance_px)
{
    double near_t = 0, far_t = 1;
    for (int i = 0; i < 24; i++) {
        double t = (near_t + far_t) / 2;
        if (distance(curve_at(p, t), p[3]) > distance_px)
            near_t = t;
        else
            far_t = t;
    }
    return near_t;
}

void rnd_list_bezier(struct rnd_list *list, const struct rnd_point p[4], struct rnd_stroke stroke,
                     double head_px)
{
    struct rnd_point points[CURVE_STEPS + 1];
    bool headed = head_px > 0 && distance(p[0], p[3]) > 0;
    double end = headed ? curve_cut(p, head_px) : 1;
    struct rnd_point base = curve_at(p, end);
    /* The line ends a little within the head, so that no gap shows between them. */
    double line_end = headed ? curve_cut(p, head_px * 0.75) : 1;
    for (int i = 0; i <= CURVE_STEPS; i++)
        points[i] = curve_at(p, line_end * i / CURVE_STEPS);
    rnd_list_polyline(list, points, CURVE_STEPS + 1, stroke);
    if (!headed)
        return;
    double length = distance(base, p[3]);
    if (length <= 0)
        return;
    double half = head_px * 0.45 / length;
    double across_x = (p[3].y - base.y) * half, across_y = (base.x - p[3].x) * half;
    rnd_list_triangle(list, p[3], (struct rnd_point){base.x + across_x, base.y + across_y},
                      (struct rnd_point){base.x - across_x, base.y - across_y}, stroke.colour);
}

void rnd_list_round_dashed(struct rnd_list *list, struct rnd_rect rect, double radius_px,
                           struct rnd_stroke stroke)
{
    struct rnd_rect box = rnd_list_snap(rect);
    if (box.w <= 0)
        return;
    double inset = stroke.width_px / 2;
    double x0 = box.x + inset, x1 = box.x + box.w - inset;
    double y0 = box.y + inset, y1 = box.y + box.h - inset;
    double r = fmax(fmin(radius_px - inset, fmin(x1 - x0, y1 - y0) / 2), 0);
    const struct rnd_point centres[4] = {
        {x1 - r, y0 + r}, {x1 - r, y1 - r}, {x0 + r, y1 - r}, {x0 + r, y0 + r}};
    struct rnd_point points[4 * (CORNER_STEPS + 1) + 1];
    size_t count = 0;
    double length = 0;
    for (int corner = 0; corner < 4; corner++) {
        for (int i = 0; i <= CORNER_STEPS; i++)
            points[count++] = rnd_path_on_circle(centres[corner].x, centres[corner].y, r,
                                                 (corner + (double)i / CORNER_STEPS) / 4);
    }
    points[count++] = points[0];
    for (size_t i = 1; i < count; i++)
        length += distance(points[i - 1], points[i]);
    /* A whole number of dashes goes round, so that no seam shows where the line meets itself. */
    double period = stroke.dash_px + stroke.gap_px;
    if (stroke.dash_px > 0 && stroke.gap_px > 0 && length > period) {
        double scale = length / (period * rnd_path_round(length / period));
        stroke.dash_px *= scale;
        stroke.gap_px *= scale;
    }
    rnd_list_polyline(list, points, count, stroke);
}
