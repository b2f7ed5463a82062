/* A desk to draw on in tests: fonts, a canvas and a list, and the pixels that came out. */
#ifndef DRAW_DESK_H
#define DRAW_DESK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/draw/canvas.h"

enum { WIDTH = 300, HEIGHT = 200 };

static const rnd_colour ground = 0xff101820u;
static const rnd_colour red = 0xffff0000u;

struct desk {
    struct rnd_fonts *fonts;
    struct rnd_canvas *canvas;
    struct rnd_list *list;
};

static inline int open_desk(void **state)
{
    static struct desk desk;
    char why[200];
    *state = &desk;
    return rnd_fonts_open(&desk.fonts, NULL, why, sizeof why) < 0 ||
           rnd_canvas_open(&desk.canvas, desk.fonts) < 0 || rnd_list_open(&desk.list) < 0;
}

static inline int close_desk(void **state)
{
    struct desk *desk = *state;
    rnd_list_close(desk->list);
    rnd_canvas_close(desk->canvas);
    rnd_fonts_close(desk->fonts);
    return 0;
}

static inline struct rnd_list *begin(struct desk *desk)
{
    rnd_list_begin(desk->list, WIDTH, HEIGHT);
    rnd_list_rect(desk->list, (struct rnd_rect){0, 0, WIDTH, HEIGHT}, ground);
    return desk->list;
}

static inline struct rnd_damage draw(struct desk *desk)
{
    struct rnd_damage damage;
    assert_int_equal(rnd_canvas_draw(desk->canvas, desk->list, &damage), 0);
    return damage;
}

static inline rnd_colour pixel(struct desk *desk, int x, int y)
{
    struct rnd_image image = rnd_canvas_image(desk->canvas);
    return image.pixels[(size_t)y * image.stride_bytes / 4 + (size_t)x] | 0xff000000u;
}

/* Pixels of the box that are not the ground's colour. */
static inline int inked(struct desk *desk, int x, int y, int w, int h)
{
    int count = 0;
    for (int row = y; row < y + h; row++) {
        for (int column = x; column < x + w; column++)
            count += pixel(desk, column, row) != ground;
    }
    return count;
}

static inline uint64_t picture_hash(struct desk *desk)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++)
            hash = (hash ^ pixel(desk, x, y)) * UINT64_C(0x100000001b3);
    }
    return hash;
}

#endif
