#include "hits.h"

#include "layout.h"

struct rnd_hit rnd_hits_at(const struct rnd_hits *hits, double x, double y)
{
    for (size_t i = hits->count; i > 0; i--)
        if (rnd_rect_has(hits->items[i - 1].rect, x, y))
            return hits->items[i - 1];
    return (struct rnd_hit){.kind = RND_HIT_NONE};
}
