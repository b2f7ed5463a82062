/* What SVG and PDF share: a draw list as paths and texts.
 *
 * The walker makes paths of all shapes and patterns and hands them, with the texts, to a sink in
 * painting order.
 */
#ifndef RND_VECTOR_PRIVATE_H
#define RND_VECTOR_PRIVATE_H

#include "font_private.h"
#include "vector.h"

enum rnd_path_op { RND_PATH_MOVE, RND_PATH_LINE, RND_PATH_CURVE, RND_PATH_CLOSE };

/* A CURVE uses all three points, a MOVE and a LINE the last. */
struct rnd_path_item {
    enum rnd_path_op op;
    struct rnd_point points[3];
};

struct rnd_path {
    struct rnd_path_item *items;
    size_t count, capacity;
};

/* How a path is drawn: filled, or stroked if width_px > 0; within another one unless that is NULL.
 */
struct rnd_ink {
    rnd_colour colour;
    double width_px, dash_px, gap_px;
    const struct rnd_path *within;
};

/* A stretch of text in one font, its baseline at y, its advance width known. */
struct rnd_run {
    enum rnd_font font;
    double size_px, x, y, width_px;
    rnd_colour colour;
    const char *text; /* not ended by a NUL */
    size_t bytes;
};

struct rnd_vector_sink {
    void (*clip)(void *self, struct rnd_rect rect); /* from here on, instead of the one before */
    void (*draw)(void *self, const struct rnd_path *path, struct rnd_ink ink);
    void (*write)(void *self, struct rnd_run run);
};

/* The family of a font, as fontconfig knows it, and its weight, as CSS has it. */
const char *rnd_vector_family(enum rnd_font font);
int rnd_vector_weight(enum rnd_font font);

/* Walks through the list.  SIM_ENOMEM. */
SIM_MUST_CHECK int rnd_vector_walk(const struct rnd_list *list, struct rnd_fonts *fonts,
                                   const struct rnd_vector_sink *sink, void *self);

#endif
