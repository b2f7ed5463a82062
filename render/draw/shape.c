#include "shape.h"

#include <math.h>

#include "path.h"

static double clamp01(double value)
{
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* What a pixel is covered whose centre lies that far inside an edge. */
static double inside(double distance_px)
{
    return clamp01(distance_px + 0.5);
}

static unsigned char coverage(double share)
{
    return (unsigned char)(share * 255 + 0.5);
}

void rnd_shape_disc(struct rnd_area area, double thickness_px)
{
    double radius = area.w / 2.0;
    double hole = thickness_px > 0 ? radius - thickness_px : 0;
    for (int y = 0; y < area.h; y++) {
        unsigned char *row = area.bytes + y * area.stride;
        double dy = y + 0.5 - radius;
        for (int x = 0; x < area.w; x++) {
            double dx = x + 0.5 - radius;
            double from_centre = sqrt(dx * dx + dy * dy);
            double share = inside(radius - from_centre);
            if (hole > 0)
                share -= inside(hole - from_centre);
            row[x] = coverage(clamp01(share));
        }
    }
}

/* Coverage of a diagonal band of that width (across) at place 0 .. period along x. */
static double band(int place, int period, double width)
{
    double middle = period / 2.0;
    double across = fabs(place + 0.5 - middle) * 0.70710678118654752;
    return inside(width / 2 - across);
}

static double dot(int x, int y, int period)
{
    double radius = fmax(period * 0.15, 0.75), best = 0;
    /* At a quarter and at three quarters of the diagonal. */
    for (int i = 1; i <= 3; i += 2) {
        double dx = x + 0.5 - period * i / 4.0, dy = y + 0.5 - period * i / 4.0;
        best = fmax(best, inside(radius - sqrt(dx * dx + dy * dy)));
    }
    return best;
}

void rnd_shape_tile(struct rnd_area area, enum rnd_pattern pattern)
{
    int period = area.w;
    for (int y = 0; y < area.h; y++) {
        unsigned char *row = area.bytes + y * area.stride;
        for (int x = 0; x < area.w; x++) {
            double share = 0;
            switch (pattern) {
            case RND_PATTERN_STRIPES:
                share = band((x + y) % period, period, period * 0.35);
                break;
            case RND_PATTERN_HATCH:
                share = band((x - y + period) % period, period, fmax(period * 0.12, 1));
                break;
            case RND_PATTERN_DOTS:
                share = dot(x, y, period);
                break;
            case RND_PATTERNS:
                break;
            }
            row[x] = coverage(share);
        }
    }
}

void rnd_shape_pie(struct rnd_area area, const struct rnd_cmd *cmd)
{
    double radius = cmd->box.w / 2;
    double hole = radius - cmd->u.pie.thickness_px;
    double centre_x = cmd->box.x + radius, centre_y = cmd->box.y + radius;
    double turns = cmd->u.pie.turns, from = cmd->u.pie.from_turn;
    struct rnd_point a = rnd_path_on_circle(0, 0, 1, from);
    struct rnd_point b = rnd_path_on_circle(0, 0, 1, from + turns);
    for (int y = 0; y < area.h; y++) {
        unsigned char *row = area.bytes + y * area.stride;
        double dy = area.y + y + 0.5 - centre_y;
        for (int x = 0; x < area.w; x++) {
            double dx = area.x + x + 0.5 - centre_x;
            double from_centre = sqrt(dx * dx + dy * dy);
            double share = inside(radius - from_centre);
            if (hole > 0)
                share -= inside(hole - from_centre);
            /* Clockwise of the first edge and counter-clockwise of the second. */
            double after = inside(a.x * dy - a.y * dx), before = inside(dx * b.y - dy * b.x);
            if (turns < 1)
                share *= turns <= 0.5 ? fmin(after, before) : fmax(after, before);
            row[x] = coverage(clamp01(share));
        }
    }
}

void rnd_shape_polygon(struct rnd_area area, const struct rnd_point *points, size_t count)
{
    double turning = 0;
    for (size_t i = 0; i < count; i++) {
        const struct rnd_point *a = &points[i], *b = &points[(i + 1) % count];
        turning += a->x * b->y - b->x * a->y;
    }
    double sign = turning < 0 ? -1 : 1;
    for (int y = 0; y < area.h; y++) {
        for (int x = 0; x < area.w; x++) {
            double share = 1, px = area.x + x + 0.5, py = area.y + y + 0.5;
            for (size_t i = 0; i < count && share > 0; i++) {
                const struct rnd_point *a = &points[i], *b = &points[(i + 1) % count];
                double dx = b->x - a->x, dy = b->y - a->y;
                double length = sqrt(dx * dx + dy * dy);
                if (length > 0)
                    share =
                        fmin(share, inside(sign * (dx * (py - a->y) - dy * (px - a->x)) / length));
            }
            area.bytes[y * area.stride + x] = coverage(share);
        }
    }
}

/* A stretch of a line: where it begins and ends, and whether it stops there squarely. */
struct stretch {
    struct rnd_point a, b;
    bool butt_a, butt_b;
};

/* Pixels from below .. above of an axis that lie within from .. from + size. */
static void pixel_range(double below, double above, int from, int size, int *first, int *last)
{
    *first = (int)fmax(floor(below) - from, 0);
    *last = (int)fmin(ceil(above) - from, size) - 1;
}

static void draw_short(struct rnd_area area, const struct stretch *part, double width_px)
{
    double dx = part->b.x - part->a.x, dy = part->b.y - part->a.y;
    double length = sqrt(dx * dx + dy * dy), half = width_px / 2;
    if (length <= 0)
        return;
    double ux = dx / length, uy = dy / length, margin = half + 1;
    int x0, x1, y0, y1;
    pixel_range(fmin(part->a.x, part->b.x) - margin, fmax(part->a.x, part->b.x) + margin, area.x,
                area.w, &x0, &x1);
    pixel_range(fmin(part->a.y, part->b.y) - margin, fmax(part->a.y, part->b.y) + margin, area.y,
                area.h, &y0, &y1);
    for (int y = y0; y <= y1; y++) {
        unsigned char *row = area.bytes + y * area.stride;
        for (int x = x0; x <= x1; x++) {
            double px = area.x + x + 0.5 - part->a.x, py = area.y + y + 0.5 - part->a.y;
            double along = px * ux + py * uy, across = py * ux - px * uy;
            double beyond = along < 0 ? -along : along > length ? along - length : 0;
            double ends = 1;
            if (part->butt_a)
                ends *= inside(along);
            if (part->butt_b)
                ends *= inside(length - along);
            if ((along < 0 && part->butt_a) || (along > length && part->butt_b))
                beyond = 0;
            double share = ends * inside(half - sqrt(across * across + beyond * beyond));
            unsigned char covered = coverage(share);
            if (covered > row[x])
                row[x] = covered;
        }
    }
}

/* Long stretches are halved, so that the boxes around them hold few pixels that they miss. */
static void draw_stretch(struct rnd_area area, struct stretch part, double width_px)
{
    double dx = fabs(part.b.x - part.a.x), dy = fabs(part.b.y - part.a.y);
    double margin = width_px / 2 + 1;
    if (fmax(part.a.x, part.b.x) + margin < area.x ||
        fmin(part.a.x, part.b.x) - margin > area.x + area.w ||
        fmax(part.a.y, part.b.y) + margin < area.y ||
        fmin(part.a.y, part.b.y) - margin > area.y + area.h)
        return;
    if (fmin(dx, dy) <= 32) {
        draw_short(area, &part, width_px);
        return;
    }
    struct rnd_point middle = {(part.a.x + part.b.x) / 2, (part.a.y + part.b.y) / 2};
    draw_stretch(area, (struct stretch){part.a, middle, part.butt_a, false}, width_px);
    draw_stretch(area, (struct stretch){middle, part.b, false, part.butt_b}, width_px);
}

static struct rnd_point between(struct rnd_point a, struct rnd_point b, double share)
{
    return (struct rnd_point){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

void rnd_shape_line(struct rnd_area area, const struct rnd_cmd *cmd, const struct rnd_point *points)
{
    double dash = cmd->u.line.dash_px, period = dash + cmd->u.line.gap_px;
    double width = cmd->u.line.width_px, travelled = 0;
    size_t segments = cmd->u.line.count - 1;
    for (size_t i = 0; i < segments; i++) {
        struct rnd_point a = points[i], b = points[i + 1];
        double dx = b.x - a.x, dy = b.y - a.y, length = sqrt(dx * dx + dy * dy);
        if (length <= 0)
            continue;
        if (dash <= 0) {
            draw_stretch(area, (struct stretch){a, b, i == 0, i + 1 == segments}, width);
            continue;
        }
        /* Dashes that touch this segment, as places along the whole line. */
        for (double n = floor(travelled / period); n * period < travelled + length; n++) {
            double from = n * period - travelled, to = from + dash;
            if (to <= 0)
                continue;
            struct stretch part = {between(a, b, fmax(from, 0) / length),
                                   between(a, b, fmin(to, length) / length), from >= 0 || i == 0,
                                   to <= length || i + 1 == segments};
            draw_stretch(area, part, width);
        }
        travelled += length;
    }
}
