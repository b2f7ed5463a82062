#include "layout.h"

#include <string.h>

const struct rnd_layout_shape rnd_layout_shapes[RND_LAYOUT_MODES] = {
    [RND_LAYOUT_FULL] = {"full", RND_LAYOUT_FULL, 1920, 1080},
    [RND_LAYOUT_CODE] = {"code", RND_LAYOUT_CODE, 1920, 1080},
    [RND_LAYOUT_TIMELINE] = {"timeline", RND_LAYOUT_TIMELINE, 1920, 1080},
    [RND_LAYOUT_TALL] = {"vertical", RND_LAYOUT_TALL, 1080, 1920},
    [RND_LAYOUT_SQUARE] = {"square", RND_LAYOUT_SQUARE, 1080, 1080},
};

const struct rnd_layout_shape *rnd_layout_find(const char *name)
{
    for (size_t i = 0; i < RND_LAYOUT_MODES; i++)
        if (strcmp(rnd_layout_shapes[i].name, name) == 0)
            return &rnd_layout_shapes[i];
    return NULL;
}

struct rnd_layout_spec rnd_layout_recorded(enum rnd_layout_mode mode, bool large, bool compares)
{
    struct rnd_layout_spec spec = {.mode = mode, .bare = large, .film = true, .large = large};
    /* The lanes of several runs need the room. */
    spec.collapsed[RND_PANEL_LOOP] = compares;
    if (compares)
        spec.shares[RND_SPLITTER_LOWER] = mode == RND_LAYOUT_TALL     ? 0.62
                                          : mode == RND_LAYOUT_SQUARE ? 0.72
                                                                      : 0;
    return spec;
}
