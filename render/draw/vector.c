#include "vector_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "path.h"

/* A quarter of a circle as a Bezier curve: how far its handles reach, of the radius. */
#define QUARTER_HANDLE 0.5522847498

struct walker {
    const struct rnd_list *list;
    struct rnd_fonts *fonts;
    const struct rnd_vector_sink *sink;
    void *self;
    struct rnd_path path, frame; /* of the shape; of what a pattern or a border lies within */
    bool lost;
};

const char *rnd_vector_family(enum rnd_font font)
{
    bool mono = font == RND_FONT_MONO || font == RND_FONT_MONO_BOLD;
    return mono ? rnd_font_source_default.mono_family : rnd_font_source_default.ui_family;
}

int rnd_vector_weight(enum rnd_font font)
{
    static const int weights[RND_FONTS] = {[RND_FONT_UI] = 400,
                                           [RND_FONT_UI_MEDIUM] = 500,
                                           [RND_FONT_UI_BOLD] = 600,
                                           [RND_FONT_MONO] = 400,
                                           [RND_FONT_MONO_BOLD] = 700};
    return weights[font];
}

/* --- paths ------------------------------------------------------------------------------------ */

static void add(struct walker *walker, struct rnd_path *path, struct rnd_path_item item)
{
    if (path->count == path->capacity) {
        size_t capacity = path->capacity ? path->capacity * 2 : 64;
        struct rnd_path_item *items = realloc(path->items, capacity * sizeof *items);
        if (!items) {
            walker->lost = true;
            return;
        }
        path->items = items;
        path->capacity = capacity;
    }
    path->items[path->count++] = item;
}

static void move_to(struct walker *walker, struct rnd_path *path, double x, double y)
{
    add(walker, path, (struct rnd_path_item){RND_PATH_MOVE, {{0, 0}, {0, 0}, {x, y}}});
}

static void line_to(struct walker *walker, struct rnd_path *path, double x, double y)
{
    add(walker, path, (struct rnd_path_item){RND_PATH_LINE, {{0, 0}, {0, 0}, {x, y}}});
}

static void close_path(struct walker *walker, struct rnd_path *path)
{
    add(walker, path, (struct rnd_path_item){.op = RND_PATH_CLOSE});
}

/* From where the path is, which is at `from` turns of a circle, clockwise over `turns` of it. */
static void arc_to(struct walker *walker, struct rnd_path *path, struct rnd_point centre,
                   double radius, double from, double turns)
{
    int pieces = (int)ceil(fabs(turns) * 4 - 1e-9);
    for (int i = 0; i < pieces; i++) {
        double begin = from + turns * i / pieces, end = from + turns * (i + 1) / pieces;
        /* Exact for a quarter, and closer for less. */
        double handle = QUARTER_HANDLE * (end - begin) * 4;
        struct rnd_point a = rnd_path_on_circle(centre.x, centre.y, radius, begin);
        struct rnd_point b = rnd_path_on_circle(centre.x, centre.y, radius, end);
        add(walker, path,
            (struct rnd_path_item){
                RND_PATH_CURVE,
                {{a.x - (a.y - centre.y) * handle, a.y + (a.x - centre.x) * handle},
                 {b.x + (b.y - centre.y) * handle, b.y - (b.x - centre.x) * handle},
                 b}});
    }
}

static void round_path(struct walker *walker, struct rnd_path *path, struct rnd_rect r,
                       double radius)
{
    double right = r.x + r.w, bottom = r.y + r.h;
    radius = fmax(fmin(radius, fmin(r.w, r.h) / 2), 0);
    path->count = 0;
    move_to(walker, path, r.x + radius, r.y);
    line_to(walker, path, right - radius, r.y);
    if (radius > 0)
        arc_to(walker, path, (struct rnd_point){right - radius, r.y + radius}, radius, 0, 0.25);
    line_to(walker, path, right, bottom - radius);
    if (radius > 0)
        arc_to(walker, path, (struct rnd_point){right - radius, bottom - radius}, radius, 0.25,
               0.25);
    line_to(walker, path, r.x + radius, bottom);
    if (radius > 0)
        arc_to(walker, path, (struct rnd_point){r.x + radius, bottom - radius}, radius, 0.5, 0.25);
    line_to(walker, path, r.x, r.y + radius);
    if (radius > 0)
        arc_to(walker, path, (struct rnd_point){r.x + radius, r.y + radius}, radius, 0.75, 0.25);
    close_path(walker, path);
}

/* --- commands --------------------------------------------------------------------------------- */

static void draw(struct walker *walker, const struct rnd_path *path, struct rnd_ink ink)
{
    if (!walker->lost && path->count > 0)
        walker->sink->draw(walker->self, path, ink);
}

static void draw_round(struct walker *walker, const struct rnd_cmd *cmd)
{
    double border = cmd->u.round.border_px, radius = cmd->u.round.radius_px;
    struct rnd_rect r = cmd->box;
    if (rnd_colour_alpha(cmd->colour) > 0) {
        round_path(walker, &walker->path, r, radius);
        draw(walker, &walker->path, (struct rnd_ink){.colour = cmd->colour});
    }
    if (border > 0) {
        struct rnd_rect middle = {r.x + border / 2, r.y + border / 2, r.w - border, r.h - border};
        round_path(walker, &walker->path, middle, radius - border / 2);
        draw(walker, &walker->path,
             (struct rnd_ink){.colour = cmd->u.round.border, .width_px = border});
    }
}

/* Lines across a box at one eighth of a turn: rising to the right, or falling. */
static void add_diagonals(struct walker *walker, struct rnd_rect r, double period, bool rising)
{
    for (double at = -r.h; at < r.w + r.h; at += period) {
        move_to(walker, &walker->path, r.x + at, rising ? r.y + r.h : r.y);
        line_to(walker, &walker->path, r.x + at + r.h, rising ? r.y : r.y + r.h);
    }
}

static void draw_pattern(struct walker *walker, const struct rnd_cmd *cmd)
{
    struct rnd_rect r = cmd->box;
    double period = fmax(cmd->u.pattern.period_px, 1), dot = period * 0.16;
    struct rnd_ink ink = {.colour = cmd->colour, .within = &walker->frame};
    round_path(walker, &walker->frame, r, cmd->u.pattern.radius_px);
    walker->path.count = 0;
    switch (cmd->u.pattern.pattern) {
    case RND_PATTERN_STRIPES:
        add_diagonals(walker, r, period, true);
        ink.width_px = period * 0.35;
        break;
    case RND_PATTERN_HATCH:
        add_diagonals(walker, r, period, false);
        ink.width_px = fmax(period * 0.12, 1) * 0.7;
        break;
    case RND_PATTERN_DOTS:
        for (int row = 0; row * period / 2 < r.h; row++)
            for (double x = row % 2 ? period * 0.75 : period * 0.25; x < r.w; x += period) {
                struct rnd_point at = {r.x + x, r.y + (row + 0.5) * period / 2};
                move_to(walker, &walker->path, at.x, at.y - dot);
                arc_to(walker, &walker->path, at, dot, 0, 1);
                close_path(walker, &walker->path);
            }
        break;
    case RND_PATTERNS:
        break;
    }
    draw(walker, &walker->path, ink);
}

static void draw_pie(struct walker *walker, const struct rnd_cmd *cmd)
{
    struct rnd_point centre = {cmd->box.x + cmd->box.w / 2, cmd->box.y + cmd->box.h / 2};
    double outer = cmd->box.w / 2, inner = fmax(outer - cmd->u.pie.thickness_px, 0);
    double from = cmd->u.pie.from_turn, turns = cmd->u.pie.turns;
    struct rnd_point begin = rnd_path_on_circle(centre.x, centre.y, outer, from);
    struct rnd_point back = rnd_path_on_circle(centre.x, centre.y, inner, from + turns);
    walker->path.count = 0;
    move_to(walker, &walker->path, begin.x, begin.y);
    arc_to(walker, &walker->path, centre, outer, from, turns);
    line_to(walker, &walker->path, back.x, back.y);
    arc_to(walker, &walker->path, centre, inner, from + turns, -turns);
    close_path(walker, &walker->path);
    draw(walker, &walker->path, (struct rnd_ink){.colour = cmd->colour});
}

static void draw_points(struct walker *walker, const struct rnd_cmd *cmd)
{
    const struct rnd_point *points = rnd_list_points(walker->list, cmd);
    bool line = cmd->kind == RND_CMD_LINE;
    struct rnd_ink ink = {.colour = cmd->colour};
    walker->path.count = 0;
    for (uint32_t i = 0; i < cmd->u.line.count; i++)
        (i ? line_to : move_to)(walker, &walker->path, points[i].x, points[i].y);
    if (line) {
        ink.width_px = cmd->u.line.width_px;
        ink.dash_px = cmd->u.line.dash_px;
        ink.gap_px = cmd->u.line.gap_px;
    } else {
        close_path(walker, &walker->path);
    }
    draw(walker, &walker->path, ink);
}

/* --- texts ------------------------------------------------------------------------------------ */

/* Characters that the font lacks are runs of the font that has them. */
static void write_runs(struct walker *walker, const struct rnd_cmd *cmd, const char *text,
                       size_t bytes, double x)
{
    double size_px = rnd_font_half_px(cmd->u.text.size_px) / 2.0;
    struct rnd_font_walk walk =
        rnd_font_walk_begin(walker->fonts, cmd->u.text.font, size_px, text, bytes);
    struct rnd_run run = {.size_px = size_px, .y = cmd->box.y, .colour = cmd->colour};
    const char *from = text;
    for (bool more = bytes > 0; more;) {
        more = rnd_font_walk_next(&walk);
        double place = x + (double)(more ? walk.place : walk.pen) * walk.em_px;
        /* Whoever shows it finds fonts for what ours lack. */
        enum rnd_font font =
            walk.glyph.font < RND_FONTS ? walk.glyph.font : (enum rnd_font)cmd->u.text.font;
        if (run.bytes > 0 && (!more || font != run.font)) {
            run.width_px = place - run.x;
            walker->sink->write(walker->self, run);
            run.bytes = 0;
        }
        if (more && run.bytes == 0) {
            run.font = font;
            run.text = from;
            run.x = place;
        }
        run.bytes += (size_t)(walk.at - from);
        from = walk.at;
    }
}

static void write_text(struct walker *walker, const struct rnd_cmd *cmd)
{
    const char *text = rnd_list_string(walker->list, cmd);
    struct rnd_font_line line = rnd_font_line(walker->fonts, cmd, text);
    size_t bytes = line.bytes + (line.ellipsis ? sizeof RND_ELLIPSIS - 1 : 0);
    char *shown = malloc(bytes + 1);
    if (!shown) {
        walker->lost = true;
        return;
    }
    memcpy(shown, text, line.bytes);
    memcpy(shown + line.bytes, RND_ELLIPSIS, bytes - line.bytes);
    write_runs(walker, cmd, shown, bytes, line.x_px);
    free(shown);
}

static void take(struct walker *walker, const struct rnd_cmd *cmd)
{
    switch (cmd->kind) {
    case RND_CMD_CLIP:
        walker->sink->clip(walker->self, cmd->box);
        break;
    case RND_CMD_ROUND:
        draw_round(walker, cmd);
        break;
    case RND_CMD_PATTERN:
        draw_pattern(walker, cmd);
        break;
    case RND_CMD_PIE:
        draw_pie(walker, cmd);
        break;
    case RND_CMD_LINE:
    case RND_CMD_POLYGON:
        draw_points(walker, cmd);
        break;
    case RND_CMD_TEXT:
        write_text(walker, cmd);
        break;
    }
}

int rnd_vector_walk(const struct rnd_list *list, struct rnd_fonts *fonts,
                    const struct rnd_vector_sink *sink, void *self)
{
    struct walker walker = {.list = list, .fonts = fonts, .sink = sink, .self = self};
    for (size_t i = 0; i < rnd_list_count(list); i++)
        take(&walker, rnd_list_at(list, i));
    free(walker.path.items);
    free(walker.frame.items);
    return walker.lost || rnd_list_error(list) ? SIM_ENOMEM : 0;
}
