/* Frames a second of a dashboard at 1920 x 1080: 300 rectangles, 200 rounded ones, 400 texts.
 *
 * Our canvas draws it wholly, then with only a playhead moving.  The peer is SDL's own software
 * renderer with one texture atlas of glyphs and corners, by RenderGeometry and by RenderCopy, in
 * the same run.  Rounds are interleaved and the medians printed.
 */
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "render/draw/canvas.h"

enum {
    WIDTH = 1920,
    HEIGHT = 1080,
    RECTS = 300,
    ROUNDS = 200,
    TEXTS = 400,
    RADIUS = 8,
    TEXT_PX = 14,
    FIRST = 32, /* characters in the peer's atlas */
    LAST = 126,
    ATLAS_PX = 512,
    REPEATS = 5
};

static const char text[] = "wait_for task 12 ready";

static SDL_Rect rect_at(int i)
{
    return (SDL_Rect){i * 131 % (WIDTH - 90), i * 71 % (HEIGHT - 40), 30 + i * 7 % 60,
                      12 + i * 5 % 24};
}

static SDL_Rect round_at(int i)
{
    return (SDL_Rect){i * 97 % (WIDTH - 200), i * 53 % (HEIGHT - 60), 60 + i * 11 % 140,
                      24 + i * 7 % 30};
}

static int text_x(int i)
{
    return i * 173 % (WIDTH - 180);
}

static int text_y(int i)
{
    return 20 + i * 61 % (HEIGHT - 40);
}

static rnd_colour colour_at(int i)
{
    return 0xff000000u | ((unsigned)i * 2654435761u >> 8);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double values[REPEATS])
{
    qsort(values, REPEATS, sizeof *values, by_value);
    return values[REPEATS / 2];
}

static void build(struct rnd_list *list, int playhead_x)
{
    rnd_list_begin(list, WIDTH, HEIGHT);
    rnd_list_rect(list, (struct rnd_rect){0, 0, WIDTH, HEIGHT}, 0xff0f1218u);
    for (int i = 0; i < RECTS; i++) {
        SDL_Rect r = rect_at(i);
        rnd_list_rect(list, (struct rnd_rect){r.x, r.y, r.w, r.h}, colour_at(i));
    }
    for (int i = 0; i < ROUNDS; i++) {
        SDL_Rect r = round_at(i);
        rnd_list_round(list, (struct rnd_rect){r.x, r.y, r.w, r.h}, RADIUS, colour_at(i), RND_NONE,
                       0);
    }
    for (int i = 0; i < TEXTS; i++)
        rnd_list_text(list, RND_FONT_UI, TEXT_PX, text_x(i), text_y(i), 0xffe6e9efu, text);
    rnd_list_line(list, playhead_x, 0, playhead_x, HEIGHT,
                  (struct rnd_stroke){0xff7aa2f7u, 2, 0, 0});
}

/* Frames a second over at least half a second. */
static double run_ours(struct rnd_canvas *canvas, struct rnd_list *list, bool whole)
{
    double begin = seconds(), end;
    int frames = 0;
    do {
        build(list, 400 + frames % 1000);
        if (whole)
            rnd_canvas_invalidate(canvas);
        if (rnd_canvas_draw(canvas, list, NULL) < 0)
            exit(1);
        frames++;
        end = seconds();
    } while (end - begin < 0.5);
    return frames / (end - begin);
}

/* SDL's renderer with an atlas that holds each glyph and a disc. */
struct peer {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    SDL_Texture *atlas;
    SDL_Rect glyphs[LAST + 1];
    int advances[LAST + 1];
    SDL_Rect disc;
    bool geometry;
};

static void fail(const char *what)
{
    fprintf(stderr, "bench_draw: %s: %s\n", what, SDL_GetError());
    exit(1);
}

static void draw_disc(SDL_Surface *atlas, SDL_Rect at)
{
    for (int y = 0; y < at.h; y++) {
        for (int x = 0; x < at.w; x++) {
            double dx = x + 0.5 - RADIUS, dy = y + 0.5 - RADIUS;
            bool in = dx * dx + dy * dy <= RADIUS * RADIUS;
            ((Uint32 *)atlas->pixels)[(at.y + y) * atlas->pitch / 4 + at.x + x] =
                in ? 0xffffffffu : 0x00ffffffu;
        }
    }
}

static void open_peer(struct peer *peer, const char *font_file)
{
    TTF_Font *font = TTF_OpenFont(font_file, TEXT_PX);
    SDL_Surface *atlas =
        SDL_CreateRGBSurfaceWithFormat(0, ATLAS_PX, ATLAS_PX, 32, SDL_PIXELFORMAT_ARGB8888);
    peer->surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_ARGB8888);
    if (font == NULL || atlas == NULL || peer->surface == NULL)
        fail("the peer");
    int x = 0, y = 0, line = TTF_FontHeight(font);
    for (int c = FIRST; c <= LAST; c++) {
        SDL_Surface *glyph =
            TTF_RenderGlyph32_Blended(font, (Uint32)c, (SDL_Color){255, 255, 255, 255});
        if (x + glyph->w > ATLAS_PX) {
            x = 0;
            y += line;
        }
        peer->glyphs[c] = (SDL_Rect){x, y, glyph->w, glyph->h};
        SDL_SetSurfaceBlendMode(glyph, SDL_BLENDMODE_NONE);
        SDL_BlitSurface(glyph, NULL, atlas, &(SDL_Rect){x, y, glyph->w, glyph->h});
        TTF_GlyphMetrics32(font, (Uint32)c, NULL, NULL, NULL, NULL, &peer->advances[c]);
        x += glyph->w;
        SDL_FreeSurface(glyph);
    }
    peer->disc = (SDL_Rect){0, ATLAS_PX - 2 * RADIUS, 2 * RADIUS, 2 * RADIUS};
    draw_disc(atlas, peer->disc);
    peer->renderer = SDL_CreateSoftwareRenderer(peer->surface);
    peer->atlas = peer->renderer ? SDL_CreateTextureFromSurface(peer->renderer, atlas) : NULL;
    if (peer->atlas == NULL)
        fail("the peer's atlas");
    SDL_SetTextureBlendMode(peer->atlas, SDL_BLENDMODE_BLEND);
    SDL_FreeSurface(atlas);
    TTF_CloseFont(font);
}

static void copy(struct peer *peer, SDL_Rect from, int x, int y, SDL_Color colour)
{
    SDL_Rect to = {x, y, from.w, from.h};
    if (!peer->geometry) {
        SDL_SetTextureColorMod(peer->atlas, colour.r, colour.g, colour.b);
        SDL_RenderCopy(peer->renderer, peer->atlas, &from, &to);
        return;
    }
    const int order[6] = {0, 1, 2, 0, 2, 3};
    SDL_Vertex corners[4];
    for (int i = 0; i < 4; i++) {
        int right = i == 1 || i == 2, lower = i >= 2;
        corners[i].position =
            (SDL_FPoint){(float)(x + right * from.w), (float)(y + lower * from.h)};
        corners[i].tex_coord = (SDL_FPoint){(float)(from.x + right * from.w) / ATLAS_PX,
                                            (float)(from.y + lower * from.h) / ATLAS_PX};
        corners[i].color = colour;
    }
    SDL_RenderGeometry(peer->renderer, peer->atlas, corners, 4, order, 6);
}

static void fill(struct peer *peer, SDL_Rect rect, SDL_Color colour)
{
    SDL_SetRenderDrawColor(peer->renderer, colour.r, colour.g, colour.b, 255);
    SDL_RenderFillRect(peer->renderer, &rect);
}

static SDL_Color sdl_colour(rnd_colour colour)
{
    return (SDL_Color){(Uint8)(colour >> 16), (Uint8)(colour >> 8), (Uint8)colour, 255};
}

static void peer_round(struct peer *peer, SDL_Rect r, SDL_Color colour)
{
    fill(peer, (SDL_Rect){r.x + RADIUS, r.y, r.w - 2 * RADIUS, r.h}, colour);
    fill(peer, (SDL_Rect){r.x, r.y + RADIUS, RADIUS, r.h - 2 * RADIUS}, colour);
    fill(peer, (SDL_Rect){r.x + r.w - RADIUS, r.y + RADIUS, RADIUS, r.h - 2 * RADIUS}, colour);
    for (int i = 0; i < 4; i++) {
        int right = i & 1, lower = i >> 1;
        SDL_Rect from = {peer->disc.x + right * RADIUS, peer->disc.y + lower * RADIUS, RADIUS,
                         RADIUS};
        copy(peer, from, r.x + right * (r.w - RADIUS), r.y + lower * (r.h - RADIUS), colour);
    }
}

static void peer_frame(struct peer *peer, int playhead_x)
{
    SDL_SetRenderDrawColor(peer->renderer, 15, 18, 24, 255);
    SDL_RenderClear(peer->renderer);
    for (int i = 0; i < RECTS; i++)
        fill(peer, rect_at(i), sdl_colour(colour_at(i)));
    for (int i = 0; i < ROUNDS; i++)
        peer_round(peer, round_at(i), sdl_colour(colour_at(i)));
    for (int i = 0; i < TEXTS; i++) {
        int x = text_x(i);
        for (const char *c = text; *c; c++) {
            SDL_Rect from = peer->glyphs[(int)*c];
            if (*c != ' ')
                copy(peer, from, x, text_y(i) - TEXT_PX, sdl_colour(0xffe6e9efu));
            x += peer->advances[(int)*c];
        }
    }
    fill(peer, (SDL_Rect){playhead_x, 0, 2, HEIGHT}, sdl_colour(0xff7aa2f7u));
    SDL_RenderPresent(peer->renderer);
}

static double run_peer(struct peer *peer, bool geometry)
{
    double begin = seconds(), end;
    int frames = 0;
    peer->geometry = geometry;
    do {
        peer_frame(peer, 400 + frames++ % 1000);
        end = seconds();
    } while (end - begin < 0.5);
    return frames / (end - begin);
}

int main(int argc, char **argv)
{
    char why[200];
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct peer peer = {0};
    if (argc != 2) {
        fprintf(stderr, "usage: bench_draw FONT-FILE-OF-THE-PEER\n");
        return 2;
    }
    if (rnd_fonts_open(&fonts, NULL, why, sizeof why) < 0) {
        fprintf(stderr, "bench_draw: %s\n", why);
        return 1;
    }
    if (rnd_list_open(&list) < 0 || rnd_canvas_open(&canvas, fonts) < 0)
        return 1;
    open_peer(&peer, argv[1]);
    double whole[REPEATS], moving[REPEATS], geometry[REPEATS], copies[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
        whole[i] = run_ours(canvas, list, true);
        moving[i] = run_ours(canvas, list, false);
        geometry[i] = run_peer(&peer, true);
        copies[i] = run_peer(&peer, false);
    }
    double ours = median(whole), sdl = median(geometry), sdl_copies = median(copies);
    printf("dashboard at %d x %d: %d rectangles, %d rounded, %d texts\n", WIDTH, HEIGHT, RECTS,
           ROUNDS, TEXTS);
    printf("  our canvas, everything drawn     %7.0f frames/s\n", ours);
    printf("  our canvas, a playhead moving    %7.0f frames/s\n", median(moving));
    printf("  SDL software, RenderGeometry     %7.0f frames/s   ours is %.1f times as fast\n", sdl,
           ours / sdl);
    printf("  SDL software, RenderCopy         %7.0f frames/s   ours is %.1f times as fast\n",
           sdl_copies, ours / sdl_copies);
    SDL_DestroyTexture(peer.atlas);
    SDL_DestroyRenderer(peer.renderer);
    SDL_FreeSurface(peer.surface);
    rnd_canvas_close(canvas);
    rnd_list_close(list);
    rnd_fonts_close(fonts);
    return 0;
}
