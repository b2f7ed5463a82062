/* One list within another: a picture in the picture. */
#include <math.h>
#include <stdlib.h>

#include "font.h"
#include "list_private.h"

/* Letters that are lower than that cannot be read: a bar stands for them. */
#define LETTERS_LEAST_PX 4.5

/* What is inserted, and where to. */
struct insert {
    struct rnd_list *list;
    const struct rnd_list *from;
    struct rnd_fonts *fonts;
    double x, y, scale;
};

static struct rnd_rect place(const struct insert *i, struct rnd_rect box)
{
    return (struct rnd_rect){i->x + box.x * i->scale, i->y + box.y * i->scale, box.w * i->scale,
                             box.h * i->scale};
}

/* A line or a polygon. */
static void insert_points(const struct insert *i, const struct rnd_cmd *cmd)
{
    size_t count = cmd->u.line.count;
    const struct rnd_point *points = rnd_list_points(i->from, cmd);
    struct rnd_point *moved = calloc(count, sizeof *moved);
    for (size_t p = 0; moved && p < count; p++)
        moved[p] = (struct rnd_point){i->x + points[p].x * i->scale, i->y + points[p].y * i->scale};
    if (moved && cmd->kind == RND_CMD_POLYGON)
        rnd_list_polygon(i->list, moved, count, cmd->colour);
    else if (moved)
        rnd_list_polyline(i->list, moved, count,
                          (struct rnd_stroke){.colour = cmd->colour,
                                              .width_px = cmd->u.line.width_px * i->scale,
                                              .dash_px = cmd->u.line.dash_px * i->scale,
                                              .gap_px = cmd->u.line.gap_px * i->scale});
    free(moved);
}

static void insert_text(const struct insert *i, const struct rnd_cmd *cmd, struct rnd_rect at)
{
    const char *text = rnd_list_string(i->from, cmd);
    size_t bytes = cmd->u.text.bytes;
    /* Fonts have half sizes: rather a little smaller than over what stands beside. */
    double size = floor(cmd->u.text.size_px * i->scale * 2) / 2;
    enum rnd_align align = cmd->u.text.align;
    if (size >= LETTERS_LEAST_PX) {
        rnd_list_text_bytes(i->list, cmd->u.text.font, size, at.x, at.y, cmd->colour, text, bytes,
                            align, at.w);
        return;
    }
    double width = i->scale * rnd_font_width_bytes_px(i->fonts, cmd->u.text.font,
                                                      cmd->u.text.size_px, text, bytes);
    width = at.w > 0 ? fmin(width, at.w) : width;
    at.x -= align == RND_ALIGN_RIGHT ? width : align == RND_ALIGN_CENTRE ? width / 2 : 0;
    at.y -= size * 0.6;
    rnd_list_rect(i->list, (struct rnd_rect){at.x, at.y, width, size * 0.5},
                  rnd_colour_fade(cmd->colour, 130));
}

static void insert_command(const struct insert *i, const struct rnd_cmd *cmd)
{
    struct rnd_rect box = place(i, cmd->box);
    double k = i->scale;
    switch (cmd->kind) {
    case RND_CMD_CLIP:
        rnd_list_clip_pop(i->list);
        rnd_list_clip_push(i->list, box);
        break;
    case RND_CMD_ROUND:
        rnd_list_round(i->list, box, cmd->u.round.radius_px * k, cmd->colour, cmd->u.round.border,
                       cmd->u.round.border_px * k);
        break;
    case RND_CMD_PATTERN:
        rnd_list_pattern(i->list, box, cmd->u.pattern.radius_px * k, cmd->u.pattern.pattern,
                         cmd->u.pattern.period_px * k, cmd->colour);
        break;
    case RND_CMD_PIE:
        rnd_list_pie(i->list, box.x + box.w / 2, box.y + box.h / 2, box.w / 2,
                     cmd->u.pie.thickness_px * k, cmd->u.pie.from_turn, cmd->u.pie.turns,
                     cmd->colour);
        break;
    case RND_CMD_LINE:
    case RND_CMD_POLYGON:
        insert_points(i, cmd);
        break;
    case RND_CMD_TEXT:
        insert_text(i, cmd, box);
        break;
    }
}

void rnd_list_insert(struct rnd_list *list, const struct rnd_list *from, struct rnd_fonts *fonts,
                     double x, double y, double scale)
{
    const struct insert i = {list, from, fonts, x, y, scale};
    struct rnd_rect all = {0, 0, rnd_list_width_px(from), rnd_list_height_px(from)};
    rnd_list_clip_push(list, place(&i, all));
    rnd_list_clip_push(list, place(&i, all));
    for (size_t c = 0; c < rnd_list_count(from); c++)
        insert_command(&i, rnd_list_at(from, c));
    rnd_list_clip_pop(list);
    rnd_list_clip_pop(list);
}
