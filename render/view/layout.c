#include "layout.h"

#include <math.h>

/* How much larger type for people far away is, and its least size at 1080 pixels. */
#define LARGE 1.6
#define LARGE_TEXT_PX 20
/* A picture for phones, which are held near, but small. */
#define PHONE 1.3

/* Of the type of steps that are shown, in a picture whose shorter side is 1080 px. */
#define STEP_TEXT_PX 22.0

/* What panels need at scale 1 to be of use. */
#define RIGHT_LEAST 560
#define LEFT_LEAST 240
#define UPPER_LEAST 230
/* Of a video, whose lanes nobody can scroll: three of them. */
#define UPPER_LEAST_FILM 280
#define LOWER_LEAST 140
#define OUTPUT_LEAST 90
#define SIDE_LEAST 300

/* Around code, with its lines' numbers; how wide a letter of code is, as a share of its height; the
 * most of a video's width that the source takes, and where there is the loop, too. */
#define CODE_LEFT 76
#define CODE_RIGHT 12
#define COLUMN_SHARE 0.6
#define SOURCE_MOST 0.44
#define SOURCE_MOST_FULL 0.38

/* What is left for the lesson's title in the bar of a video. */
#define TITLE_LEAST 530

/* A collapsed panel: its title's height; its width, where it stands at the side. */
#define TITLE 44

/* A timeline of several that would get less than that has little room. */
#define TIGHT 164
#define RAIL 44

/* The window, while panels are put into it. */
struct room {
    const struct rnd_layout_spec *spec;
    struct rnd_layout *l;
    bool low; /* there is not much height */
    double gap;
    struct rnd_rect body; /* between the bars */
};

static double clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), fmax(high, low));
}

/* --- scale ------------------------------------------------------------------------------------ */

static bool is_column(enum rnd_layout_mode mode)
{
    return mode == RND_LAYOUT_TALL || mode == RND_LAYOUT_SQUARE;
}

double rnd_layout_scale(const struct rnd_layout_spec *spec, int width_px, int height_px)
{
    double fit = is_column(spec->mode) ? fmin(width_px, height_px) / 1080.0
                                       : fmin(width_px / 1920.0, height_px / 1080.0);
    double larger = spec->large ? LARGE : spec->film && spec->mode == RND_LAYOUT_TALL ? PHONE : 1;
    /* Whoever watches needs less than somebody who works: a small video shows more. */
    double least = RND_LAYOUT_SCALE_MIN;
    if (spec->film)
        least = clamp(1.5 * fit, RND_LAYOUT_SCALE_FILM, least);
    return clamp(fit * larger, least, RND_LAYOUT_SCALE_MAX);
}

double rnd_layout_scale_in(const struct rnd_layout_spec *spec, double scale, int width_px,
                           int height_px)
{
    double width = is_column(spec->mode) ? RIGHT_LEAST : 2 * RIGHT_LEAST;
    double height = spec->bare ? 520 : 680;
    double most = fmin(width_px / width, height_px / height);
    return clamp(scale, RND_LAYOUT_SCALE_FILM, fmax(most, RND_LAYOUT_SCALE_MIN));
}

/* --- rectangles ------------------------------------------------------------------------------- */

static double px(const struct room *room, double px_at_scale_1)
{
    return rnd_sizes_px(&room->l->sizes, px_at_scale_1);
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

/* Takes so much off a side of a rectangle, and a gap beside it. */
static struct rnd_rect cut_left(struct rnd_rect *from, double width, double gap)
{
    struct rnd_rect part = {from->x, from->y, floor(fmin(width, from->w)), from->h};
    *from = inset(*from, part.w + gap, 0, 0, 0);
    return part;
}

static struct rnd_rect cut_bottom(struct rnd_rect *from, double height, double gap)
{
    double h = floor(fmin(height, from->h));
    struct rnd_rect part = {from->x, from->y + from->h - h, from->w, h};
    *from = inset(*from, 0, 0, 0, h > 0 ? h + gap : 0);
    return part;
}

/* The share of a whole that a user wants, or else the design's, both in pixels. */
static double wanted(const struct room *room, enum rnd_splitter splitter, double whole_px,
                     double own_px)
{
    double share = room->spec->shares[splitter];
    return floor(share > 0 && share < 1 ? whole_px * share : own_px);
}

/* --- panels ----------------------------------------------------------------------------------- */

/* Source above output. */
static void place_left(struct room *room, struct rnd_rect column, double output_px)
{
    struct rnd_layout *l = room->l;
    bool no_source = l->collapsed[RND_PANEL_SOURCE], no_output = l->collapsed[RND_PANEL_OUTPUT];
    if (room->spec->mode != RND_LAYOUT_FULL) {
        l->source = column;
        return;
    }
    double title = px(room, TITLE), most = column.h - room->gap - px(room, UPPER_LEAST);
    double output =
        clamp(wanted(room, RND_SPLITTER_OUTPUT, column.h, output_px), px(room, OUTPUT_LEAST), most);
    if (no_source)
        output = fmax(column.h - room->gap - title, 0);
    if (no_output)
        output = title;
    l->output = cut_bottom(&column, output, room->gap);
    l->source = column;
    if (no_source)
        l->source.h = fmin(title, l->source.h);
    else if (!no_output)
        l->splitters[RND_SPLITTER_OUTPUT] =
            (struct rnd_rect){column.x, column.y + column.h, column.w, room->gap};
}

/* The loop, and the inspector beside it, or in its place where there is no room for both. */
static void place_lower(struct room *room, struct rnd_rect row)
{
    struct rnd_layout *l = room->l;
    if (!room->spec->inspector) {
        l->loop = row;
        return;
    }
    double rail = px(room, RAIL), side = px(room, SIDE_LEAST);
    bool both = row.w >= 3.4 * side;
    double width = clamp(wanted(room, RND_SPLITTER_INSPECTOR, row.w, row.w * 0.44), side,
                         row.w - room->gap - 1.8 * side);
    if (l->collapsed[RND_PANEL_INSPECTOR])
        width = rail;
    else if (l->collapsed[RND_PANEL_LOOP])
        width = row.w - room->gap - rail;
    else if (!both)
        width = row.w;
    l->loop = cut_left(&row, fmax(row.w - width - room->gap, 0), room->gap);
    l->inspector = row;
    if (l->loop.w == 0)
        l->inspector = (struct rnd_rect){l->loop.x, row.y, width, row.h};
    else if (!l->collapsed[RND_PANEL_INSPECTOR] && !l->collapsed[RND_PANEL_LOOP])
        l->splitters[RND_SPLITTER_INSPECTOR] =
            (struct rnd_rect){row.x - room->gap, row.y, room->gap, row.h};
}

/* Height of the row below the timeline. */
static double lower_px(const struct room *room, double column_px)
{
    const struct rnd_layout *l = room->l;
    bool no_loop = l->collapsed[RND_PANEL_LOOP], inspector = room->spec->inspector;
    if (room->spec->mode != RND_LAYOUT_FULL)
        return 0;
    if (no_loop && (!inspector || l->collapsed[RND_PANEL_INSPECTOR]))
        return room->spec->film ? 0 : px(room, TITLE); /* nobody could open it */
    if (room->spec->film &&
        column_px - room->gap - px(room, LOWER_LEAST) < px(room, UPPER_LEAST_FILM))
        return 0;
    double own = px(room, inspector ? (room->low ? 210 : 260) : (room->low ? 158 : 184));
    return clamp(wanted(room, RND_SPLITTER_LOWER, column_px, own), px(room, LOWER_LEAST),
                 column_px - room->gap - px(room, UPPER_LEAST));
}

/* Timeline above the loop above the caption. */
static void place_right(struct room *room, struct rnd_rect column, double caption_px)
{
    struct rnd_layout *l = room->l;
    l->caption = cut_bottom(&column, caption_px, room->gap);
    double lower = lower_px(room, column.h);
    struct rnd_rect row = cut_bottom(&column, lower, room->gap);
    l->timeline = column;
    if (room->spec->mode != RND_LAYOUT_FULL)
        return;
    place_lower(room, row);
    if (lower > px(room, TITLE))
        l->splitters[RND_SPLITTER_LOWER] =
            (struct rnd_rect){column.x, column.y + column.h, column.w, room->gap};
}

uint32_t rnd_layout_columns(const struct rnd_layout *layout)
{
    double room = layout->source.w - rnd_sizes_px(&layout->sizes, CODE_LEFT + CODE_RIGHT);
    return (uint32_t)fmax(room / (COLUMN_SHARE * layout->sizes.text_code), 0);
}

/* The width of a source that has room for as much code as is wanted. */
static double source_px(const struct room *room)
{
    return ceil(px(room, CODE_LEFT + CODE_RIGHT) +
                room->spec->columns * (COLUMN_SHARE * room->l->sizes.text_code));
}

static void place_columns(struct room *room, double caption_px)
{
    struct rnd_layout *l = room->l;
    struct rnd_rect body = room->body;
    bool rail = l->collapsed[RND_PANEL_SOURCE] &&
                (l->collapsed[RND_PANEL_OUTPUT] || room->spec->mode == RND_LAYOUT_CODE);
    double whole = body.w + 2 * room->gap, own = whole * (room->spec->bare ? 0.34 : 0.3042);
    own = clamp(own, px(room, LEFT_LEAST + 20), px(room, 720));
    double most = room->spec->mode == RND_LAYOUT_FULL ? SOURCE_MOST_FULL : SOURCE_MOST;
    if (room->spec->film) /* nobody can make it wider, and what is cut may be what matters */
        own = clamp(source_px(room), own, floor(whole * most));
    double left = clamp(wanted(room, RND_SPLITTER_COLUMN, whole, own), px(room, LEFT_LEAST),
                        body.w - room->gap - px(room, RIGHT_LEAST));
    if (rail)
        left = px(room, RAIL);
    struct rnd_rect column = cut_left(&body, left, room->gap);
    if (!rail)
        l->splitters[RND_SPLITTER_COLUMN] =
            (struct rnd_rect){body.x - room->gap, body.y, room->gap, body.h};

    /* The output ends where the caption does, and begins where the loop does unless there is much
     * room to spare. */
    double output = px(room, room->low ? 158 : 184) + room->gap + px(room, room->low ? 84 : 88);
    output = body.h * 0.3 > output * 1.25 ? floor(body.h * 0.3) : output;
    place_left(room, column, output);
    place_right(room, body, caption_px);
}

/* One below the other, the caption last. */
static void place_stack(struct room *room, double caption_px)
{
    struct rnd_layout *l = room->l;
    struct rnd_rect body = room->body;
    bool tall = room->spec->mode == RND_LAYOUT_TALL;
    l->caption = cut_bottom(&body, caption_px, room->gap);
    double share = clamp(room->spec->shares[RND_SPLITTER_LOWER], 0.2, 0.8);
    share = room->spec->shares[RND_SPLITTER_LOWER] > 0 ? share : tall ? 0.5 : 0.6;
    double title = px(room, TITLE), timeline = floor(body.h * share);
    if (room->spec->film)
        timeline = clamp(px(room, UPPER_LEAST_FILM), timeline, floor(body.h * 0.7));
    if (l->collapsed[RND_PANEL_SOURCE])
        timeline = body.h - room->gap - title;
    l->timeline = cut_bottom(&body, timeline, room->gap);
    l->source = body;
    if (!l->collapsed[RND_PANEL_SOURCE])
        l->splitters[RND_SPLITTER_LOWER] =
            (struct rnd_rect){body.x, body.y + body.h, body.w, room->gap};
}

/* --- within panels ---------------------------------------------------------------------------- */

static void place_timeline(struct room *room, double title_px, bool with_ruler, bool with_minimap)
{
    struct rnd_layout *l = room->l;
    struct rnd_rect t = l->timeline;
    double top = title_px + (with_ruler ? px(room, 26) : 0);
    double loop_px = floor(clamp(t.h * 0.16, px(room, 58), px(room, 90)));
    double bottom = px(room, 10), right = px(room, 14), minimap = px(room, 26);
    if (with_minimap) {
        l->minimap = (struct rnd_rect){t.x + l->names_px, t.y + t.h - bottom - minimap,
                                       fmax(t.w - l->names_px - right, 0), minimap};
        bottom += minimap + px(room, 8);
    } else {
        l->minimap = (struct rnd_rect){0};
    }

    struct rnd_rect inner = inset(t, 0, top, 0, bottom);
    l->ruler = inset(t, l->names_px, title_px, right, fmax(t.h - top, 0));
    l->axis = inset(t, l->names_px, title_px, right, bottom);
    l->loop_lane = inset(inner, 0, 0, 0, inner.h - loop_px);
    l->lanes = inset(inner, 0, loop_px, 0, 0);
}

static bool has_minimap(const struct rnd_layout_spec *spec)
{
    return rnd_layout_is_worked(spec) && !spec->collapsed[RND_PANEL_MINIMAP];
}

static void place_transport(struct room *room)
{
    struct rnd_rect t = room->l->transport;
    bool wide = t.w >= px(room, 1500);
    double left = px(room, wide ? 584 : 545), right = px(room, wide ? 506 : 454);
    double height = px(room, 32);
    if (room->spec->film) {
        left = px(room, 250);
        right = px(room, 150);
        height = px(room, 20);
    }
    double top = room->spec->film ? px(room, room->low ? 10 : 15) : floor((t.h - height) / 2);
    room->l->strip = inset(t, left, top, right, 0);
    room->l->strip.h = height;
}

/* Bars and what is in the title bar; the rest is the body. */
static void place_bars(struct room *room, double width, double height)
{
    struct rnd_layout *l = room->l;
    const struct rnd_layout_spec *spec = room->spec;
    double bar = px(room, room->low ? 48 : 56), transport = px(room, room->low ? 104 : 128);
    transport = spec->film ? px(room, room->low ? 58 : 70) : transport;
    room->body = (struct rnd_rect){0, 0, width, height};
    if (!spec->bare) {
        l->header = (struct rnd_rect){0, 0, width, bar};
        l->transport = (struct rnd_rect){0, height - transport, width, transport};
        room->body = (struct rnd_rect){0, bar, width, fmax(height - bar - transport, 0)};
        double pad = px(room, 24), buttons = spec->film ? 0 : px(room, 340);
        l->buttons = (struct rnd_rect){width - pad - buttons, 0, buttons, bar};
        double title = fmax(width * 0.36, spec->film ? px(room, TITLE_LEAST) : 0);
        double room_px = l->buttons.x - pad - title;
        double least = px(room, spec->film ? 200 : 240); /* nobody drags it */
        double slider =
            spec->params ? clamp(floor(room_px / spec->params), least, px(room, 330)) : 0;
        double params = slider * spec->params;
        if (spec->params && params <= room_px) {
            l->params = (struct rnd_rect){l->buttons.x - pad - params, 0, params, bar};
        } else if (spec->params) {
            double row = px(room, 44);
            l->params = (struct rnd_rect){pad, bar, fmax(width - 2 * pad, 0), row};
            room->body = inset(room->body, 0, row, 0, 0);
        }
    }
    room->body = inset(room->body, room->gap, room->gap, room->gap, room->gap);
}

static struct rnd_sizes sizes_for(const struct rnd_layout_spec *spec, double scale, double least_px)
{
    struct rnd_sizes s = rnd_sizes_at(scale);
    int *texts[] = {&s.text_caption, &s.text_clock, &s.text_title, &s.text_name,
                    &s.text_body,    &s.text_small, &s.text_code,  &s.text_time};
    for (size_t i = 0; spec->large && i < sizeof texts / sizeof *texts; i++)
        *texts[i] = (int)fmax(*texts[i], least_px);
    return s;
}

/* What lies over a video for a moment lies over nothing that is looked at. */
static void place_step(struct room *room, int width_px, int height_px)
{
    struct rnd_layout *l = room->l;
    l->step_text_px =
        fmax(l->sizes.text_body, ceil(STEP_TEXT_PX * fmin(width_px, height_px) / 1080));
    if (!room->spec->keys)
        return;
    l->step = l->timeline;
    l->step.h = ceil(l->step_text_px * 2.1);
    l->step.y = l->timeline.y + l->timeline.h - l->step.h;
    l->timeline.h = fmax(l->timeline.h - l->step.h - floor(room->gap / 2), 0);
}

struct rnd_layout rnd_layout_make(const struct rnd_layout_spec *spec, int width_px, int height_px,
                                  double scale)
{
    double least = spec->large ? ceil(LARGE_TEXT_PX * fmin(width_px, height_px) / 1080.0) : 0;
    struct rnd_layout l = {
        .sizes = sizes_for(spec, scale, least), .text_least_px = least, .film = spec->film};
    struct room room = {.spec = spec, .l = &l};
    room.low = height_px < px(&room, 900);
    room.gap = room.low ? px(&room, 10) : l.sizes.gap;
    for (int i = 0; i < RND_PANELS; i++)
        l.collapsed[i] = spec->collapsed[i] && i != RND_PANEL_TIMELINE;
    place_bars(&room, width_px, height_px);

    bool stack = is_column(spec->mode);
    double caption = px(&room, stack ? 120 : room.low ? 84 : 88);
    caption = l.collapsed[RND_PANEL_CAPTION] ? 0 : caption;
    if (stack)
        place_stack(&room, caption);
    else if (spec->mode == RND_LAYOUT_TIMELINE)
        place_right(&room, room.body, caption);
    else
        place_columns(&room, caption);

    place_step(&room, width_px, height_px);

    double title = px(&room, TITLE), pad = px(&room, 10);
    l.code_row_px = l.sizes.code_line;
    l.code = whole_rows(inset(l.source, 1, title, 1, pad), l.code_row_px);
    l.line_row_px = px(&room, 26);
    l.lines = whole_rows(inset(l.output, 1, title, 1, pad), l.line_row_px);
    l.names_px = rnd_layout_names_px(&l, spec->letters);
    place_timeline(&room, px(&room, 38), true, has_minimap(spec));
    if (!spec->bare)
        place_transport(&room);
    const struct rnd_rect panels[RND_PANELS] = {l.source, l.output,    l.timeline,
                                                l.loop,   l.inspector, l.caption};
    for (int i = 0; i < RND_PANELS; i++)
        l.panels[i] = panels[i];
    return l;
}

/* The shares of what there is for lanes that one of several timelines has, and those before it
 * have; more lanes than these are scrolled. */
static double shared_px(double all_px, uint32_t index, uint32_t count, const uint32_t lane_counts[],
                        double *before_px)
{
    enum { LANES_MOST = 6 };
    double sum = 0, before = 0, own = 0;
    for (uint32_t i = 0; i < count; i++) {
        /* The loop's lane counts, too; and no timeline is much lower than the others. */
        double lanes = 2 + clamp(lane_counts[i], 2, LANES_MOST);
        sum += lanes;
        before += i < index ? lanes : 0;
        own = i == index ? lanes : own;
    }
    *before_px = floor(all_px * before / sum);
    return floor(all_px * (before + own) / sum) - *before_px;
}

struct rnd_layout rnd_layout_stacked(const struct rnd_layout *layout, uint32_t index,
                                     uint32_t count, const uint32_t lane_counts[])
{
    static const struct rnd_layout_spec spec = {0};
    struct rnd_layout one = *layout;
    struct room room = {.spec = &spec, .l = &one};
    double ruler = px(&room, 26), title = px(&room, 38), gap = px(&room, 8);
    bool minimap = rnd_rect_is_seen(layout->minimap), last = index + 1 == count;
    double map = minimap ? px(&room, 34) : 0;
    double all = layout->timeline.h - ruler - map - gap * (count - 1);
    one.tight = all / count < px(&room, TIGHT);
    /* All but the first have no more than an edge above their lanes, where there is little room. */
    double top = one.tight ? px(&room, 4) : title;
    all -= title + top * (count - 1);
    double before, each = shared_px(all, index, count, lane_counts, &before);
    before += index ? ruler + title + gap + (index - 1) * (top + gap) : 0;
    one.timeline = inset(layout->timeline, 0, before, 0, 0);
    one.timeline.h = fmax(each + (index ? top : ruler + title) + (last ? map : 0), 0);
    place_timeline(&room, index ? top : title, index == 0, minimap && last);
    one.panels[RND_PANEL_TIMELINE] = one.timeline;
    one.stacked = true;
    double least = px(&room, one.tight ? 30 : 40);
    double loop = clamp(floor((all / count + title) * 0.16), least, one.loop_lane.h);
    one.lanes = inset(one.lanes, 0, loop - one.loop_lane.h, 0, 0);
    one.loop_lane.h = loop;
    return one;
}

double rnd_layout_share(const struct rnd_layout_spec *spec, int width_px, int height_px,
                        double scale, enum rnd_splitter splitter, double x, double y)
{
    struct rnd_layout l = rnd_layout_make(spec, width_px, height_px, scale);
    struct rnd_rect bar = l.splitters[splitter];
    double gap = fmin(bar.w, bar.h) / 2, share = 0;
    switch (splitter) {
    case RND_SPLITTER_COLUMN:
        share = (x - gap - l.source.x) / width_px;
        break;
    case RND_SPLITTER_OUTPUT:
        share = (l.output.y + l.output.h - y - gap) / (l.output.y + l.output.h - l.source.y);
        break;
    case RND_SPLITTER_INSPECTOR:
        share =
            (l.inspector.x + l.inspector.w - x - gap) / (l.inspector.x + l.inspector.w - l.loop.x);
        break;
    case RND_SPLITTER_LOWER: {
        bool stack = is_column(spec->mode);
        struct rnd_rect lower = stack ? l.timeline : l.loop.h > 0 ? l.loop : l.inspector;
        double top = stack ? l.source.y : l.timeline.y, bottom = lower.y + lower.h;
        share = (bottom - y - gap) / (bottom - top);
        break;
    }
    default:
        break;
    }
    return clamp(share, 0.02, 0.98);
}
