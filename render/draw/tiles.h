/* Tiles: which parts of a picture differ from the one before, told by the commands that draw it.
 *
 * Invariants:
 *  - A tile's hash is made of all that is drawn on it, in order: tiles with the same hash show the
 *    same pixels.
 *  - What a command does elsewhere does not count: a bar that grows changes tiles at its end only.
 */
#ifndef RND_TILES_H
#define RND_TILES_H

#include <pixman.h>

#include "list.h"
#include "sim/error.h"

/* Smaller ones tell more exactly what changed, larger ones are compared faster. */
enum { RND_TILE_PX = 32 };

struct rnd_tiles {
    int columns, rows;
    uint64_t *now, *before; /* hashes: of the picture that is added, of the one before it */
};

/* Tiles of a picture of that size; SIM_ENOMEM.  Closing is allowed after either, and of zeros. */
SIM_MUST_CHECK int rnd_tiles_open(struct rnd_tiles *tiles, int width_px, int height_px);
void rnd_tiles_close(struct rnd_tiles *tiles);

/* Begins a picture: what was added is now the one before. */
void rnd_tiles_begin(struct rnd_tiles *tiles);

/* Adds what a command, whose box is that of rnd_paint_box, draws on the part of it that is seen:
 * one of the picture, not empty. */
void rnd_tiles_add(struct rnd_tiles *tiles, const struct rnd_list *list, const struct rnd_cmd *cmd,
                   pixman_box32_t box, pixman_box32_t seen);

/* Adds the tiles that differ to a region; SIM_ENOMEM. */
SIM_MUST_CHECK int rnd_tiles_changed(const struct rnd_tiles *tiles, pixman_region32_t *region);

#endif
