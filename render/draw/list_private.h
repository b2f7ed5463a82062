/* What the files that append to a draw list share; views and consumers include list.h only. */
#ifndef RND_LIST_PRIVATE_H
#define RND_LIST_PRIVATE_H

#include "list.h"

/* Appends a command, all zero but what is given; NULL (remembered) if memory ran out. */
struct rnd_cmd *rnd_list_push(struct rnd_list *list, enum rnd_cmd_kind kind, rnd_colour colour,
                              struct rnd_rect box);

/* Room in the arena, valid until the next call; NULL (remembered) if memory ran out. */
void *rnd_list_store(struct rnd_list *list, size_t bytes, uint32_t *offset);

/* Whether any of box lies in the clip. */
bool rnd_list_sees(const struct rnd_list *list, struct rnd_rect box);

/* Edges on whole pixels, at least one pixel in size; all zero if rect is empty. */
struct rnd_rect rnd_list_snap(struct rnd_rect rect);

/* The box around points, larger by a margin on each side. */
struct rnd_rect rnd_list_bounds(const struct rnd_point *points, size_t count, double margin_px);

#endif
