#include "listing.h"

#include "index.h"
#include "match.h"

#include <stdlib.h>

#define LINE_BYTES 1024

void rnd_listing_begin(struct rnd_listing *listing, const struct rnd_listing_wish *wish)
{
    listing->wish = *wish;
    listing->count = listing->next = 0;
}

void rnd_listing_close(struct rnd_listing *listing)
{
    free(listing->items);
    *listing = (struct rnd_listing){0};
}

static bool is_wished(const struct rnd_listing *listing, const struct rnd_model *model,
                      const struct rnd_output_line *line)
{
    char text[LINE_BYTES];
    if (listing->wish.task != RND_NEVER && line->task != listing->wish.task)
        return false;
    if (!*listing->wish.text)
        return true;
    size_t length = rnd_model_output_text(model, line, model->event_count, text, sizeof text);
    return rnd_match_find(text, length, listing->wish.text) != NULL;
}

bool rnd_listing_go_on(struct rnd_listing *listing, const struct rnd_model *model, uint32_t lines)
{
    for (uint32_t n = 0; listing->next < model->output_count; n++) {
        const struct rnd_output_line *line = &model->outputs[listing->next];
        if (n == lines)
            return true;
        if (is_wished(listing, model, line)) {
            if (!rnd_room(&listing->items, listing->count, &listing->capacity, 1,
                          sizeof *listing->items))
                return false; /* what there is no memory for is not listed */
            listing->items[listing->count++] = listing->next;
        } else if (!line->whole && listing->next + 1 == model->output_count) {
            return false; /* more of it may come */
        }
        listing->next++;
    }
    return false;
}

uint32_t rnd_listing_after(const struct rnd_listing *listing, const struct rnd_model *model,
                           uint32_t cursor)
{
    uint32_t all = rnd_model_outputs_at(model, cursor), low = 0, high;
    if (!listing)
        return all;
    for (high = listing->count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (listing->items[middle] < all)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
