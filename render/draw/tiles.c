#include "tiles.h"

#include <stdlib.h>
#include <string.h>

#include "paint.h"

static size_t count(const struct rnd_tiles *tiles)
{
    return (size_t)tiles->columns * (size_t)tiles->rows;
}

int rnd_tiles_open(struct rnd_tiles *tiles, int width_px, int height_px)
{
    tiles->columns = (width_px + RND_TILE_PX - 1) / RND_TILE_PX;
    tiles->rows = (height_px + RND_TILE_PX - 1) / RND_TILE_PX;
    tiles->now = calloc(count(tiles), sizeof *tiles->now);
    tiles->before = calloc(count(tiles), sizeof *tiles->before);
    return tiles->now && tiles->before ? SIM_OK : SIM_ENOMEM;
}

void rnd_tiles_close(struct rnd_tiles *tiles)
{
    free(tiles->now);
    free(tiles->before);
    *tiles = (struct rnd_tiles){0};
}

void rnd_tiles_begin(struct rnd_tiles *tiles)
{
    uint64_t *swap = tiles->now;
    tiles->now = tiles->before;
    tiles->before = swap;
    memset(tiles->now, 0, count(tiles) * sizeof *tiles->now);
}

/* --- what a command shows on a tile -------------------------------------------------------------
 */

static uint64_t fold(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 31);
}

/* A command along one axis: where it is, what the clip leaves of it, and between which places
 * nothing tells of its ends. */
struct extent {
    int from, to, seen_from, seen_to, plain_from, plain_to;
};

/* Ends show as far as `depth` into the command: corners, borders. */
static struct extent make_extent(int from, int to, int seen_from, int seen_to, int depth)
{
    return (struct extent){
        .from = from,
        .to = to,
        .seen_from = seen_from,
        .seen_to = seen_to,
        .plain_from = from + depth > seen_from ? from + depth : seen_from,
        .plain_to = to - depth < seen_to ? to - depth : seen_to,
    };
}

/* Folds in the ends that show on the tile that begins there. */
static uint64_t fold_ends(uint64_t hash, const struct extent *extent, int at)
{
    if (at < extent->plain_from)
        hash = fold(fold(hash, 1),
                    (uint64_t)(uint32_t)extent->from << 32 | (uint32_t)extent->seen_from);
    if (at + RND_TILE_PX > extent->plain_to)
        hash =
            fold(fold(hash, 2), (uint64_t)(uint32_t)extent->to << 32 | (uint32_t)extent->seen_to);
    return hash;
}

static int larger(double a, double b)
{
    return (int)(a > b ? a : b);
}

/* The hash of what a command is apart from its ends; sets how deep they show.
 *
 * Where they are is left out only of what looks the same all along. */
static uint64_t hash_without_ends(const struct rnd_list *list, const struct rnd_cmd *cmd,
                                  int *depth)
{
    struct rnd_cmd endless;
    memcpy(&endless, cmd, sizeof endless); /* with its padding, which is hashed, too */
    *depth = 0;
    switch (cmd->kind) {
    case RND_CMD_ROUND:
        endless.box = (struct rnd_rect){0};
        /* What is narrower than two borders is all border. */
        *depth = larger(cmd->u.round.radius_px, 2 * cmd->u.round.border_px) + 1;
        break;
    case RND_CMD_PATTERN: /* it begins at the left top corner */
        endless.box.w = endless.box.h = 0;
        *depth = (int)cmd->u.pattern.radius_px + 1;
        break;
    case RND_CMD_LINE:
        if (!rnd_paint_is_dashes(list, cmd))
            break;
        /* Dashes begin at the first point, and end a little within the box. */
        endless.box.w = cmd->box.w > cmd->box.h;
        endless.box.h = 0;
        endless.u.line.count = 1;
        *depth = (int)cmd->u.line.width_px + 2;
        break;
    case RND_CMD_CLIP:
    case RND_CMD_PIE:
    case RND_CMD_POLYGON:
    case RND_CMD_TEXT:
        break;
    }
    return rnd_list_cmd_hash(list, &endless);
}

void rnd_tiles_add(struct rnd_tiles *tiles, const struct rnd_list *list, const struct rnd_cmd *cmd,
                   pixman_box32_t box, pixman_box32_t seen)
{
    int depth;
    uint64_t hash = hash_without_ends(list, cmd, &depth);
    struct extent across = make_extent(box.x1, box.x2, seen.x1, seen.x2, depth);
    struct extent down = make_extent(box.y1, box.y2, seen.y1, seen.y2, depth);
    for (int y = seen.y1 / RND_TILE_PX; y <= (seen.y2 - 1) / RND_TILE_PX; y++) {
        uint64_t of_row = fold_ends(hash, &down, y * RND_TILE_PX);
        for (int x = seen.x1 / RND_TILE_PX; x <= (seen.x2 - 1) / RND_TILE_PX; x++) {
            uint64_t *tile = &tiles->now[y * tiles->columns + x];
            *tile = fold(*tile, fold_ends(of_row, &across, x * RND_TILE_PX));
        }
    }
}

int rnd_tiles_changed(const struct rnd_tiles *tiles, pixman_region32_t *region)
{
    for (int y = 0; y < tiles->rows; y++) {
        const uint64_t *now = tiles->now + y * tiles->columns;
        const uint64_t *before = tiles->before + y * tiles->columns;
        for (int x = 0; x < tiles->columns; x++) {
            int first = x;
            while (x < tiles->columns && now[x] != before[x])
                x++;
            if (x > first &&
                !pixman_region32_union_rect(region, region, first * RND_TILE_PX, y * RND_TILE_PX,
                                            (unsigned)(x - first) * RND_TILE_PX, RND_TILE_PX))
                return SIM_ENOMEM;
        }
    }
    return SIM_OK;
}
