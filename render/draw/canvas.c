#include "canvas.h"

#include <pixman.h>
#include <stdbool.h>
#include <stdlib.h>

#include "mask.h"
#include "paint.h"
#include "tiles.h"

struct rnd_canvas {
    struct rnd_fonts *fonts;
    struct rnd_masks masks;
    uint32_t *pixels;
    pixman_image_t *image; /* of pixels */
    int width_px, height_px;
    struct rnd_tiles tiles;
    bool valid;            /* the pixels show what was added to the tiles last */
    pixman_box32_t *boxes; /* of each command, within its clip */
    size_t boxes_room;
    struct rnd_damage_rect *damage;
    size_t damage_room;
};

int rnd_canvas_open(struct rnd_canvas **canvas, struct rnd_fonts *fonts)
{
    *canvas = calloc(1, sizeof **canvas);
    if (*canvas == NULL)
        return SIM_ENOMEM;
    (*canvas)->fonts = fonts;
    return SIM_OK;
}

static void drop_pixels(struct rnd_canvas *canvas)
{
    if (canvas->image)
        pixman_image_unref(canvas->image);
    free(canvas->pixels);
    rnd_tiles_close(&canvas->tiles);
    canvas->image = NULL;
    canvas->pixels = NULL;
    canvas->width_px = canvas->height_px = 0;
    canvas->valid = false;
}

void rnd_canvas_close(struct rnd_canvas *canvas)
{
    if (canvas == NULL)
        return;
    drop_pixels(canvas);
    rnd_mask_clear(&canvas->masks);
    free(canvas->boxes);
    free(canvas->damage);
    free(canvas);
}

void rnd_canvas_invalidate(struct rnd_canvas *canvas)
{
    canvas->valid = false;
}

struct rnd_image rnd_canvas_image(const struct rnd_canvas *canvas)
{
    return (struct rnd_image){
        .pixels = canvas->pixels,
        .width_px = canvas->width_px,
        .height_px = canvas->height_px,
        .stride_bytes = (size_t)canvas->width_px * sizeof *canvas->pixels,
    };
}

static int resize(struct rnd_canvas *canvas, int width_px, int height_px)
{
    if (canvas->width_px == width_px && canvas->height_px == height_px)
        return SIM_OK;
    drop_pixels(canvas);
    canvas->pixels = calloc((size_t)width_px * (size_t)height_px, sizeof *canvas->pixels);
    if (canvas->pixels)
        canvas->image = pixman_image_create_bits(PIXMAN_x8r8g8b8, width_px, height_px,
                                                 canvas->pixels, width_px * 4);
    if (canvas->image == NULL || rnd_tiles_open(&canvas->tiles, width_px, height_px) < 0) {
        drop_pixels(canvas);
        return SIM_ENOMEM;
    }
    canvas->width_px = width_px;
    canvas->height_px = height_px;
    return SIM_OK;
}

static bool is_empty(pixman_box32_t box)
{
    return box.x2 <= box.x1 || box.y2 <= box.y1;
}

/* Finds each command's box, and what is drawn on each tile. */
static int measure(struct rnd_canvas *canvas, const struct rnd_list *list)
{
    size_t count = rnd_list_count(list);
    if (count > canvas->boxes_room) {
        pixman_box32_t *boxes = realloc(canvas->boxes, count * 2 * sizeof *boxes);
        if (boxes == NULL)
            return SIM_ENOMEM;
        canvas->boxes = boxes;
        canvas->boxes_room = count * 2;
    }
    rnd_tiles_begin(&canvas->tiles);
    pixman_box32_t clip = {0, 0, canvas->width_px, canvas->height_px};
    for (size_t i = 0; i < count; i++) {
        const struct rnd_cmd *cmd = rnd_list_at(list, i);
        if (cmd->kind == RND_CMD_CLIP) {
            canvas->boxes[i] = clip = rnd_paint_pixels(cmd->box);
            continue;
        }
        pixman_box32_t box = rnd_paint_box(canvas->fonts, list, cmd);
        canvas->boxes[i] = rnd_paint_intersect(box, clip);
        if (!is_empty(canvas->boxes[i]))
            rnd_tiles_add(&canvas->tiles, list, cmd, box, canvas->boxes[i]);
    }
    return SIM_OK;
}

/* The tiles that differ from what the pixels show; the caller finishes the region. */
static int find_damage(const struct rnd_canvas *canvas, pixman_region32_t *damage)
{
    pixman_region32_init(damage);
    if (!canvas->valid) {
        pixman_region32_fini(damage);
        pixman_region32_init_rect(damage, 0, 0, (unsigned)canvas->width_px,
                                  (unsigned)canvas->height_px);
        return SIM_OK;
    }
    if (rnd_tiles_changed(&canvas->tiles, damage) < 0)
        return SIM_ENOMEM;
    if (!pixman_region32_intersect_rect(damage, damage, 0, 0, (unsigned)canvas->width_px,
                                        (unsigned)canvas->height_px))
        return SIM_ENOMEM;
    return SIM_OK;
}

/* The painter draws from now on where clip and damage meet. */
static int set_clip(struct rnd_canvas *canvas, struct rnd_painter *painter,
                    pixman_region32_t *damage, pixman_box32_t clip)
{
    pixman_region32_t seen;
    pixman_region32_init(&seen);
    unsigned w = is_empty(clip) ? 0 : (unsigned)(clip.x2 - clip.x1);
    unsigned h = is_empty(clip) ? 0 : (unsigned)(clip.y2 - clip.y1);
    bool kept = pixman_region32_intersect_rect(&seen, damage, clip.x1, clip.y1, w, h) &&
                pixman_image_set_clip_region32(canvas->image, &seen);
    painter->extents = *pixman_region32_extents(&seen);
    pixman_region32_fini(&seen);
    return kept ? SIM_OK : SIM_ENOMEM;
}

/* Whether the list itself covers everything before it draws anything else. */
static bool has_background(const struct rnd_canvas *canvas, const struct rnd_list *list)
{
    if (rnd_list_count(list) == 0)
        return false;
    const struct rnd_cmd *cmd = rnd_list_at(list, 0);
    pixman_box32_t box = canvas->boxes[0];
    return cmd->kind == RND_CMD_ROUND && cmd->u.round.radius_px <= 0 &&
           rnd_colour_alpha(cmd->colour) == 255 && box.x1 == 0 && box.y1 == 0 &&
           box.x2 == canvas->width_px && box.y2 == canvas->height_px;
}

static int paint(struct rnd_canvas *canvas, const struct rnd_list *list, pixman_region32_t *damage)
{
    struct rnd_painter painter = {
        .target = canvas->image, .masks = &canvas->masks, .fonts = canvas->fonts};
    pixman_box32_t frame = {0, 0, canvas->width_px, canvas->height_px};
    int error = set_clip(canvas, &painter, damage, frame);
    if (error == SIM_OK && !has_background(canvas, list)) {
        pixman_color_t black = {0, 0, 0, 0xffff};
        if (!pixman_image_fill_boxes(PIXMAN_OP_SRC, canvas->image, &black, 1, &painter.extents))
            error = SIM_ENOMEM;
    }
    for (size_t i = 0; i < rnd_list_count(list) && error == SIM_OK; i++) {
        const struct rnd_cmd *cmd = rnd_list_at(list, i);
        if (cmd->kind == RND_CMD_CLIP)
            error = set_clip(canvas, &painter, damage, canvas->boxes[i]);
        else if (!is_empty(rnd_paint_intersect(canvas->boxes[i], painter.extents)) &&
                 pixman_region32_contains_rectangle(damage, &canvas->boxes[i]) != PIXMAN_REGION_OUT)
            error = rnd_paint(&painter, list, cmd);
    }
    pixman_image_set_clip_region32(canvas->image, NULL);
    return error;
}

static int report(struct rnd_canvas *canvas, pixman_region32_t *region, struct rnd_damage *damage)
{
    int count = 0;
    const pixman_box32_t *boxes = pixman_region32_rectangles(region, &count);
    if ((size_t)count > canvas->damage_room) {
        struct rnd_damage_rect *rects =
            realloc(canvas->damage, (size_t)count * sizeof *canvas->damage);
        if (rects == NULL)
            return SIM_ENOMEM;
        canvas->damage = rects;
        canvas->damage_room = (size_t)count;
    }
    for (int i = 0; i < count; i++)
        canvas->damage[i] = (struct rnd_damage_rect){
            boxes[i].x1, boxes[i].y1, boxes[i].x2 - boxes[i].x1, boxes[i].y2 - boxes[i].y1};
    *damage = (struct rnd_damage){canvas->damage, (size_t)count};
    return SIM_OK;
}

int rnd_canvas_draw(struct rnd_canvas *canvas, const struct rnd_list *list,
                    struct rnd_damage *damage)
{
    int error = rnd_list_error(list);
    if (error == SIM_OK)
        error = resize(canvas, rnd_list_width_px(list), rnd_list_height_px(list));
    if (error == SIM_OK)
        error = measure(canvas, list);
    if (error < 0) {
        canvas->valid = false;
        return error;
    }
    pixman_region32_t region;
    error = find_damage(canvas, &region);
    if (error == SIM_OK && pixman_region32_not_empty(&region))
        error = paint(canvas, list, &region);
    if (error == SIM_OK && damage)
        error = report(canvas, &region, damage);
    pixman_region32_fini(&region);
    canvas->valid = error == SIM_OK;
    return error;
}
