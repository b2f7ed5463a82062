#include "mask.h"

#include <stdlib.h>
#include <string.h>

static struct rnd_mask *find(struct rnd_masks *masks, uint64_t key)
{
    for (size_t i = 0; i < RND_MASKS_KEPT && masks->kept[i].key; i++) {
        if (masks->kept[i].key == key)
            return &masks->kept[i];
    }
    return NULL;
}

/* A new mask of w x h to be filled through area; NULL without memory. */
static pixman_image_t *keep(struct rnd_masks *masks, uint64_t key, int size, struct rnd_area *area)
{
    pixman_image_t *image = pixman_image_create_bits(PIXMAN_a8, size, size, NULL, 0);
    if (image == NULL)
        return NULL;
    struct rnd_mask *place = &masks->kept[masks->next];
    masks->next = (masks->next + 1) % RND_MASKS_KEPT;
    if (place->image)
        pixman_image_unref(place->image);
    *place = (struct rnd_mask){key, image};
    *area = (struct rnd_area){.bytes = (unsigned char *)pixman_image_get_data(image),
                              .stride = pixman_image_get_stride(image),
                              .w = size,
                              .h = size};
    return image;
}

pixman_image_t *rnd_mask_disc(struct rnd_masks *masks, int diameter_px, int thickness_px)
{
    uint64_t key = UINT64_C(1) << 62 | (uint64_t)diameter_px << 24 | (uint64_t)thickness_px;
    struct rnd_mask *found = find(masks, key);
    if (found)
        return found->image;
    struct rnd_area area;
    pixman_image_t *image = keep(masks, key, diameter_px, &area);
    if (image)
        rnd_shape_disc(area, thickness_px);
    return image;
}

pixman_image_t *rnd_mask_tile(struct rnd_masks *masks, enum rnd_pattern pattern, int period_px)
{
    uint64_t key = UINT64_C(2) << 62 | (uint64_t)period_px << 24 | (uint64_t)pattern;
    struct rnd_mask *found = find(masks, key);
    if (found)
        return found->image;
    struct rnd_area area;
    pixman_image_t *image = keep(masks, key, period_px, &area);
    if (image) {
        rnd_shape_tile(area, pattern);
        pixman_image_set_repeat(image, PIXMAN_REPEAT_NORMAL);
    }
    return image;
}

pixman_image_t *rnd_mask_scratch(struct rnd_masks *masks, struct rnd_area *area)
{
    area->stride = (area->w + 3) / 4 * 4;
    size_t bytes = (size_t)area->stride * (size_t)area->h;
    if (masks->scratch_image)
        pixman_image_unref(masks->scratch_image);
    masks->scratch_image = NULL;
    if (bytes > masks->scratch_bytes) {
        free(masks->scratch);
        masks->scratch = malloc(bytes);
        masks->scratch_bytes = masks->scratch ? bytes : 0;
    }
    if (masks->scratch == NULL)
        return NULL;
    memset(masks->scratch, 0, bytes);
    area->bytes = masks->scratch;
    masks->scratch_image = pixman_image_create_bits(
        PIXMAN_a8, area->w, area->h, (uint32_t *)(void *)masks->scratch, area->stride);
    return masks->scratch_image;
}

void rnd_mask_clear(struct rnd_masks *masks)
{
    for (size_t i = 0; i < RND_MASKS_KEPT; i++) {
        if (masks->kept[i].image)
            pixman_image_unref(masks->kept[i].image);
    }
    if (masks->scratch_image)
        pixman_image_unref(masks->scratch_image);
    free(masks->scratch);
    *masks = (struct rnd_masks){0};
}
