#include "window.h"

#include "app.h"
#include "bindings.h"
#include "do_inspect.h"
#include "do_keys.h"
#include "input.h"
#include "left.h"
#include "overlay.h"
#include "pointer.h"
#include "recent.h"
#include "remember.h"
#include "render/draw/canvas.h"
#include "state_dump.h"
#include "watch.h"

#include <SDL.h>
#include <stdio.h>
#include <string.h>

/* How often a run that goes on is looked after, and the least time from frame to frame. */
#define POLL_MS 25
#define FRAME_NS INT64_C(16000000)

/* More modules than that are not watched. */
#define WATCHED_MODULES 64

/* A pause of the machine longer than this is none of the run. */
#define ELAPSED_MOST_NS INT64_C(250000000)

/* All that is on the screen. */
struct window {
    const struct rnd_window_options *options;
    SDL_Window *sdl;
    struct rnd_app app;
    struct rnd_input input;
    struct rnd_pointer pointer;
    struct rnd_remember remember;
    struct rnd_watch *watch; /* over the files that are shown; NULL: none */
    int64_t tip_ns;          /* until it may show something; -1: nothing will */
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct rnd_hits hits;
    struct rnd_help help;
    uint64_t frames;
    int work_ms; /* until there is more work for nobody in particular, -1: there is none */
    bool exposed, fullscreen;
    struct rnd_remembered_window before; /* it took the whole screen */
};

/* --- showing ---------------------------------------------------------------------------------- */

/* Copies a rectangle of the picture to the window's own pixels. */
static void copy_rect(struct rnd_image image, SDL_Surface *surface, SDL_Rect rect)
{
    const SDL_Rect whole = {0, 0, surface->w < image.width_px ? surface->w : image.width_px,
                            surface->h < image.height_px ? surface->h : image.height_px};
    if (!SDL_IntersectRect(&rect, &whole, &rect))
        return;
    const char *from = (const char *)image.pixels + (size_t)rect.y * image.stride_bytes +
                       (size_t)rect.x * sizeof *image.pixels;
    char *to =
        (char *)surface->pixels + rect.y * surface->pitch + rect.x * surface->format->BytesPerPixel;
    (void)SDL_ConvertPixels(rect.w, rect.h, SDL_PIXELFORMAT_ARGB8888, from, (int)image.stride_bytes,
                            surface->format->format, to, surface->pitch);
}

/* Shows what changed of the picture. */
static void show(struct window *window, const struct rnd_damage *damage)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window->sdl);
    struct rnd_image image = rnd_canvas_image(window->canvas);
    if (!surface)
        return;
    SDL_Rect all = {0, 0, image.width_px, image.height_px};
    if (window->exposed) {
        copy_rect(image, surface, all);
        (void)SDL_UpdateWindowSurface(window->sdl);
        window->exposed = false;
        return;
    }
    SDL_Rect rects[64];
    size_t count = damage->count <= 64 ? damage->count : 0;
    for (size_t i = 0; i < count; i++) {
        const struct rnd_damage_rect *d = &damage->rects[i];
        rects[i] = (SDL_Rect){d->x, d->y, d->w, d->h};
        copy_rect(image, surface, rects[i]);
    }
    if (count) {
        (void)SDL_UpdateWindowSurfaceRects(window->sdl, rects, (int)count);
    } else if (damage->count) {
        copy_rect(image, surface, all);
        (void)SDL_UpdateWindowSurface(window->sdl);
    }
}

static int draw(struct window *window)
{
    struct rnd_app *app = &window->app;
    struct rnd_damage damage;
    rnd_view_draw(&app->view, app->shown->model, &app->shown->script, window->fonts, window->list,
                  &window->hits);
    int code = rnd_canvas_draw(window->canvas, window->list, &damage);
    if (code)
        return code;
    show(window, &damage);
    app->changed = false;
    window->frames++;
    return window->options->dump_path ? rnd_state_dump(app, &window->hits, window->list,
                                                       window->frames, window->options->dump_path)
                                      : 0;
}

/* --- the loop --------------------------------------------------------------------------------- */

static void measure(struct window *window)
{
    int width, height, units;
    SDL_GetWindowSizeInPixels(window->sdl, &width, &height);
    SDL_GetWindowSize(window->sdl, &units, NULL);
    window->input.px_per_unit = units > 0 ? (double)width / units : 1;
    if (width != window->app.view.width_px || height != window->app.view.height_px)
        rnd_app_resize(&window->app, width, height);
}

/* How the window is left; if it takes the whole screen, how it was before. */
static struct rnd_remembered_window look_at_window(const struct window *window)
{
    struct rnd_remembered_window left = {0};
    if (window->fullscreen)
        return window->before;
    left.maximized = (SDL_GetWindowFlags(window->sdl) & SDL_WINDOW_MAXIMIZED) != 0;
    if (!left.maximized)
        SDL_GetWindowSize(window->sdl, &left.width, &left.height);
    return left;
}

static void toggle_fullscreen(struct window *window)
{
    if (!window->fullscreen)
        window->before = look_at_window(window);
    window->fullscreen = !window->fullscreen;
    (void)SDL_SetWindowFullscreen(window->sdl,
                                  window->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
    if (!window->fullscreen && window->before.maximized)
        SDL_MaximizeWindow(window->sdl);
}

static void obey(struct window *window, const SDL_Event *event)
{
    if (event->type == SDL_USEREVENT) {
        rnd_app_rerun_all(&window->app);
        return;
    }
    if (event->type == SDL_WINDOWEVENT) {
        switch (event->window.event) {
        case SDL_WINDOWEVENT_SIZE_CHANGED:
        case SDL_WINDOWEVENT_EXPOSED:
            measure(window);
            window->exposed = true;
            break;
        case SDL_WINDOWEVENT_LEAVE:
            window->app.view.pointer_in = false;
            window->app.changed = true;
            break;
        default:
            break;
        }
        return;
    }
    rnd_input_event(&window->input, event);
    if (window->app.fullscreen != window->fullscreen)
        toggle_fullscreen(window);
}

static int64_t now_ns(void)
{
    /* Apart, so that neither overflows nor loses what is below a second. */
    uint64_t count = SDL_GetPerformanceCounter(), frequency = SDL_GetPerformanceFrequency();
    return (int64_t)(count / frequency * 1000000000u + count % frequency * 1000000000u / frequency);
}

/* How long the window may wait for events: for ever if nothing goes on. */
static int patience_ms(const struct window *window, int64_t since_frame_ns)
{
    if (window->work_ms == 0)
        return 0;
    if (window->app.changed || window->exposed || window->app.view.playing) {
        int64_t left = FRAME_NS - since_frame_ns;
        return left > 0 ? (int)(left / 1000000) : 0;
    }
    if (window->work_ms > 0)
        return window->work_ms;
    int64_t tip_ms = window->tip_ns < 0 ? -1 : window->tip_ns / 1000000 + 1;
    if (rnd_app_goes_on(&window->app))
        return tip_ms >= 0 && tip_ms < POLL_MS ? (int)tip_ms : POLL_MS;
    return (int)tip_ms;
}

/* In the thread of the watch. */
static void say_saved(void *user)
{
    (void)user;
    (void)SDL_PushEvent(&(SDL_Event){.type = SDL_USEREVENT});
}

/* Watches what is shown by now, with the modules that it imported.  Where that cannot be, files are
 * run again when asked for. */
static void keep_watch(struct window *window)
{
    const char *paths[RND_SUBJECTS_MAX + WATCHED_MODULES];
    struct rnd_app *app = &window->app;
    struct rnd_watch *watch = NULL;
    uint32_t count = app->subject_count;
    for (uint32_t i = 0; i < count; i++)
        paths[i] = app->subjects[i]->path;
    for (uint32_t i = 0; i < app->subject_count; i++) {
        const struct rnd_script *script = &app->subjects[i]->script;
        for (uint32_t n = 1; n < script->file_count && count < sizeof paths / sizeof *paths; n++)
            if (*script->files[n].path)
                paths[count++] = script->files[n].path;
    }
    if (window->watch && rnd_watch_is_over(window->watch, paths, count))
        return;
    if (rnd_watch_open(&watch, paths, count, say_saved, NULL))
        watch = NULL;
    rnd_watch_close(window->watch);
    window->watch = watch;
    /* What was saved before it was watched. */
    bool stale = false;
    for (uint32_t i = 0; i < app->subject_count; i++)
        stale |= rnd_script_is_stale(&app->subjects[i]->script);
    if (stale)
        rnd_app_rerun_all(app);
}

/* Of two times, -1 being never. */
static int sooner(int a_ms, int b_ms)
{
    return a_ms < 0 || (b_ms >= 0 && b_ms < a_ms) ? b_ms : a_ms;
}

/* What is done a slice at a time; returns until when it is to be done, as work_ms. */
static int work(struct rnd_app *app, int64_t elapsed_ns)
{
    int overlay_ms = rnd_overlay_work(app), inspect_ms = rnd_inspect_work(app, elapsed_ns);
    int keys_ms = rnd_keys_work(app, elapsed_ns);
    return sooner(keys_ms, sooner(overlay_ms, inspect_ms));
}

/* The window is called as what it shows. */
static void keep_title(struct window *window)
{
    char title[512];
    const char *path = window->app.shown->path, *slash = strrchr(path, '/');
    (void)snprintf(title, sizeof title, "%s - awaitscope", slash ? slash + 1 : path);
    if (strcmp(title, SDL_GetWindowTitle(window->sdl)) != 0)
        SDL_SetWindowTitle(window->sdl, title);
}

static int run(struct window *window)
{
    int64_t frame_ns = now_ns() - FRAME_NS, tick_ns = now_ns();
    while (!window->app.quit) {
        SDL_Event event;
        keep_watch(window);
        keep_title(window);
        bool played = window->app.view.playing;
        int wait_ms = patience_ms(window, now_ns() - frame_ns);
        int got = wait_ms < 0 ? SDL_WaitEvent(&event) : SDL_WaitEventTimeout(&event, wait_ms);
        for (; got; got = SDL_PollEvent(&event))
            obey(window, &event);
        int code = rnd_app_poll(&window->app);
        int64_t now = now_ns(), elapsed = now - tick_ns;
        window->work_ms = work(&window->app, elapsed);
        /* The time before it was told to play does not count, nor does one of no frames. */
        if (played)
            rnd_app_tick(&window->app, elapsed < ELAPSED_MOST_NS ? elapsed : ELAPSED_MOST_NS);
        tick_ns = now;
        window->tip_ns = rnd_pointer_look(&window->pointer, &window->input, elapsed);
        bool due = now - frame_ns >= FRAME_NS - 1000000;
        if (due)
            frame_ns = now;
        if (!code && due && (window->app.changed || window->exposed)) {
            code = draw(window);
            /* Something else may lie under the pointer now. */
            window->tip_ns = rnd_pointer_look(&window->pointer, &window->input, 0);
        }
        if (code)
            return code;
    }
    return 0;
}

/* --- opening and closing ---------------------------------------------------------------------- */

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int open_sdl(struct window *window, char *error, size_t error_size)
{
    const struct rnd_window_options *options = window->options;
    /* Pixels go straight to the window: no time is spent on setting up a GPU that is not needed. */
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "0");
    if (SDL_Init(SDL_INIT_VIDEO)) {
        (void)snprintf(error, error_size,
                       "no window can be opened (%s); try: awaitscope shot, or awaitscope run",
                       SDL_GetError());
        return SIM_EIO;
    }
    struct rnd_remembered_window left = rnd_remember_window(&window->remember);
    int width = options->width ? options->width : left.width ? left.width : 1920;
    int height = options->width ? options->height : left.width ? left.height : 1080;
    Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    flags |= left.maximized && !options->width ? SDL_WINDOW_MAXIMIZED : 0;
    SDL_Rect usable;
    if (!options->width && !SDL_GetDisplayUsableBounds(0, &usable)) {
        /* With its frame it would not fit. */
        if (width >= usable.w || height >= usable.h)
            flags |= SDL_WINDOW_MAXIMIZED;
        width = least(width, usable.w * 7 / 8);
        height = least(height, usable.h * 7 / 8);
    }
    window->sdl = SDL_CreateWindow("awaitscope", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                   width, height, flags);
    if (!window->sdl) {
        (void)snprintf(error, error_size, "no window can be opened (%s)", SDL_GetError());
        SDL_Quit();
        return SIM_EIO;
    }
    SDL_SetWindowMinimumSize(window->sdl, RND_WINDOW_WIDTH_MIN, RND_WINDOW_HEIGHT_MIN);
    return 0;
}

/* Everything but the application, which runs already; opened in this order, closed in reverse. */
static int open_drawing(struct window *window, char *error, size_t error_size)
{
    int code = open_sdl(window, error, error_size);
    if (code)
        return code;
    code = rnd_fonts_open(&window->fonts, NULL, error, error_size);
    if (code)
        goto close_sdl;
    code = rnd_list_open(&window->list);
    if (code)
        goto close_fonts;
    code = rnd_canvas_open(&window->canvas, window->fonts);
    if (!code)
        return 0;
    rnd_list_close(window->list);
close_fonts:
    rnd_fonts_close(window->fonts);
close_sdl:
    SDL_DestroyWindow(window->sdl);
    SDL_Quit();
    return code;
}

static void close_drawing(struct window *window)
{
    rnd_canvas_close(window->canvas);
    rnd_list_close(window->list);
    rnd_fonts_close(window->fonts);
    SDL_DestroyWindow(window->sdl);
    SDL_Quit();
}

/* Opens the application, as it is preferred where nothing else was said. */
static int open_app(struct window *window, char *error, size_t error_size)
{
    const struct rnd_window_options *options = window->options;
    const struct rnd_theme *preferred = rnd_remember_theme(&window->remember);
    struct rnd_app_options app = {.run = options->run,
                                  .compare = options->compare,
                                  .theme = options->theme ? rnd_theme_find(options->theme)
                                           : preferred    ? preferred
                                                          : rnd_theme_at(0),
                                  .scale = options->scale,
                                  .forget = options->forget};
    rnd_binding_help(&window->help);
    app.help = window->help.rows;
    app.help_count = window->help.count;
    if (!app.theme) {
        (void)snprintf(error, error_size, "there is no theme \"%s\"", options->theme);
        return SIM_EINVAL;
    }
    /* The run goes on while the window is opened. */
    int code = rnd_app_open(&window->app, &app, RND_WINDOW_WIDTH_MIN, RND_WINDOW_HEIGHT_MIN, error,
                            error_size);
    if (code)
        return code;
    rnd_remember_apply(&window->remember, &window->app);
    rnd_left_begin(&window->app);
    window->remember.spec = window->app.view.spec; /* of this script, it is no change */
    if (!app.forget && !options->lessons)
        rnd_recent_add(options->run.script);
    return 0;
}

int rnd_window_run(const struct rnd_window_options *options, char *error, size_t error_size)
{
    struct window window = {.options = options, .exposed = true};
    error[0] = '\0';
    rnd_remember_open(&window.remember, options->forget, stderr);
    int code = open_app(&window, error, error_size);
    if (code)
        goto forget;
    code = open_drawing(&window, error, error_size);
    if (!code) {
        window.input =
            (struct rnd_input){.app = &window.app, .hits = &window.hits, .px_per_unit = 1};
        measure(&window);
        if (options->lessons)
            rnd_app_do(&window.app, RND_DO_GALLERY, 0);
        code = run(&window);
        rnd_left_keep(&window.app);
        rnd_remember_keep(&window.remember, &window.app, look_at_window(&window));
        rnd_watch_close(window.watch);
        rnd_pointer_close(&window.pointer);
        close_drawing(&window);
    }
    rnd_app_close(&window.app);
forget:
    rnd_remember_close(&window.remember);
    if (code && !*error)
        (void)snprintf(error, error_size, "%s", sim_error_text(code));
    return code;
}
