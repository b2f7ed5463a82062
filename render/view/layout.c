#include "layout.h"

#include <math.h>

/* Panels need this much at scale 1 to be of use. */
#define ROOM_W 1120
#define ROOM_H 680

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

double rnd_layout_scale(int width_px, int height_px)
{
    double fit = fmin(width_px / 1920.0, height_px / 1080.0);
    return clamp(fit, RND_LAYOUT_SCALE_MIN, RND_LAYOUT_SCALE_MAX);
}

double rnd_layout_scale_in(double scale, int width_px, int height_px)
{
    double most = fmin(width_px / (double)ROOM_W, height_px / (double)ROOM_H);
    return clamp(scale, RND_LAYOUT_SCALE_MIN * 0.75, fmax(most, RND_LAYOUT_SCALE_MIN));
}

/* What is left of a rectangle; no side is negative. */
static struct rnd_rect inset(struct rnd_rect r, double left, double top, double right,
                             double bottom)
{
    return (struct rnd_rect){r.x + left, r.y + top, fmax(r.w - left - right, 0),
                             fmax(r.h - top - bottom, 0)};
}

/* Without the part of a row that would be left at the bottom. */
static struct rnd_rect whole_rows(struct rnd_rect r, double row_px)
{
    r.h = floor(r.h / row_px) * row_px;
    return r;
}

static void lay_out_timeline(struct rnd_layout *l)
{
    const struct rnd_sizes *s = &l->sizes;
    struct rnd_rect t = l->timeline;
    l->names_px = clamp(floor(t.w * 0.16), rnd_sizes_px(s, 120), rnd_sizes_px(s, 184));
    double ruler_top = rnd_sizes_px(s, 38), top = rnd_sizes_px(s, 64);
    double loop_px = floor(clamp(t.h * 0.16, rnd_sizes_px(s, 58), rnd_sizes_px(s, 90)));
    double bottom = rnd_sizes_px(s, 10), right = rnd_sizes_px(s, 14);

    struct rnd_rect inner = inset(t, 0, top, 0, bottom);
    l->ruler = inset(t, l->names_px, ruler_top, right, t.h - top);
    l->axis = inset(t, l->names_px, ruler_top, right, bottom);
    l->loop_lane = inset(inner, 0, 0, 0, inner.h - loop_px);
    l->lanes = inset(inner, 0, loop_px, 0, 0);
}

static void lay_out_transport(struct rnd_layout *l)
{
    const struct rnd_sizes *s = &l->sizes;
    struct rnd_rect t = l->transport;
    bool wide = t.w >= rnd_sizes_px(s, 1500);
    double left = rnd_sizes_px(s, wide ? 584 : 545), right = rnd_sizes_px(s, wide ? 506 : 454);
    double height = rnd_sizes_px(s, 32);
    l->strip = inset(t, left, floor((t.h - height) / 2), right, 0);
    l->strip.h = height;
}

struct rnd_layout rnd_layout_make(int width_px, int height_px, double scale)
{
    struct rnd_layout l = {.sizes = rnd_sizes_at(scale)};
    const struct rnd_sizes *s = &l.sizes;
    double w = width_px, h = height_px;
    bool low = h < rnd_sizes_px(s, 900);
    double gap = low ? rnd_sizes_px(s, 10) : s->gap;
    double bar = low ? rnd_sizes_px(s, 48) : s->bar_height;
    double transport = low ? rnd_sizes_px(s, 104) : s->transport_height;
    double body = fmax(h - bar - transport - 2 * gap, 0);

    l.header = (struct rnd_rect){0, 0, w, bar};
    l.transport = (struct rnd_rect){0, h - transport, w, transport};
    double left = floor(clamp(w * 0.3042, rnd_sizes_px(s, 260), rnd_sizes_px(s, 720)));
    double right_x = gap + left + gap, right = fmax(w - right_x - gap, 0);
    double caption = rnd_sizes_px(s, low ? 84 : 88), loop = rnd_sizes_px(s, low ? 158 : 184);
    double upper = fmax(body - caption - loop - 2 * gap, 0), y = bar + gap;

    /* The output ends where the caption does, and begins where the loop does unless there is much
     * room to spare. */
    double output = loop + gap + caption;
    output = body * 0.3 > output * 1.25 ? floor(body * 0.3) : output;
    l.source = (struct rnd_rect){gap, y, left, fmax(body - output - gap, 0)};
    l.output = (struct rnd_rect){gap, y + body - output, left, output};
    l.timeline = (struct rnd_rect){right_x, y, right, upper};
    y += upper + gap;
    l.loop = (struct rnd_rect){right_x, y, right, loop};
    l.caption = (struct rnd_rect){right_x, y + loop + gap, right, caption};

    double title = rnd_sizes_px(s, 44), pad = rnd_sizes_px(s, 10);
    l.code_row_px = s->code_line;
    l.code = whole_rows(inset(l.source, 1, title, 1, pad), l.code_row_px);
    l.line_row_px = rnd_sizes_px(s, 26);
    l.lines = whole_rows(inset(l.output, 1, title, 1, pad), l.line_row_px);
    lay_out_timeline(&l);
    lay_out_transport(&l);
    return l;
}

double rnd_layout_lane_px(const struct rnd_layout *layout, uint32_t lane_count)
{
    /* Where not all fit, whole ones fill the panel. */
    double least = rnd_sizes_px(&layout->sizes, 46), most = rnd_sizes_px(&layout->sizes, 118);
    double fit = fmax(floor(layout->lanes.h / least), 1);
    double rows = fmax(fmin(lane_count, fit), 1);
    return floor(clamp(layout->lanes.h / rows, least, most));
}
