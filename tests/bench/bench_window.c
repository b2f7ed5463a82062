/* How long the window takes to open a big run, and each frame while somebody looks around in it.
 *
 * usage: window_frames TRACE
 *
 * The application's own functions, without a display: each frame is drawn as the window draws it,
 * at 1920 x 1080.  Every action is done at several zooms, from the whole run down to a few spans,
 * at places all over the run.  Prints for each action: its name, frames, and the mean, the median,
 * the 99th percentile and the maximum in milliseconds of processor time, which others on the
 * machine disturb less than the clock's; then memory in bytes an event.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "peak_memory.h"
#include "render/app/app.h"
#include "render/app/commands.h"
#include "render/draw/canvas.h"

enum { WIDTH = 1920, HEIGHT = 1080, ZOOMS = 6, PLACES = 12, REPEATS = 4, FRAMES_MOST = 4096 };

struct bench {
    struct rnd_app app;
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct rnd_hits hits;
    double times[FRAMES_MOST];
    int count;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void check(int code, const char *error)
{
    if (code == 0)
        return;
    fprintf(stderr, "%s\n", *error ? error : sim_error_text(code));
    exit(1);
}

static void draw(struct bench *bench)
{
    struct rnd_app *app = &bench->app;
    rnd_view_draw(&app->view, app->shown->model, &app->shown->script, bench->fonts, bench->list,
                  &bench->hits);
    check(rnd_canvas_draw(bench->canvas, bench->list, NULL), "");
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(struct bench *bench, const char *name)
{
    qsort(bench->times, (size_t)bench->count, sizeof *bench->times, by_value);
    double *t = bench->times;
    int n = bench->count;
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += t[i];
    printf("%-12s %5d frames %8.2f %8.2f %8.2f %8.2f ms\n", name, n, sum / n * 1e3, t[n / 2] * 1e3,
           t[(n - 1) * 99 / 100] * 1e3, t[n - 1] * 1e3);
    bench->count = 0;
}

/* --- actions: what is done before a frame ----------------------------------------------------- */

typedef void (*action)(struct bench *bench, int n);

static void pan(struct bench *bench, int n)
{
    rnd_app_pan(&bench->app, n % 2 ? 37 : -61);
}

static void zoom(struct bench *bench, int n)
{
    rnd_app_zoom(&bench->app, 700, n % 2 ? 1.3 : 1 / 1.3);
}

static void scrub(struct bench *bench, int n)
{
    const struct rnd_model *model = bench->app.shown->model;
    int64_t end_ns = model->end_ns;
    rnd_app_go(&bench->app, rnd_model_at_time(model, end_ns / 97 * (n * 37 % 97)));
}

static void hover(struct bench *bench, int n)
{
    bench->app.view.pointer_in = true;
    bench->app.view.pointer_x = 800 + 13 * (n % 50);
    bench->app.view.pointer_y = 260 + 7 * (n % 20);
}

static void step(struct bench *bench, int n)
{
    rnd_app_do(&bench->app, RND_DO_STEP_KIND, n % 4);
    rnd_app_do(&bench->app, RND_DO_STEP, n % 3 ? 1 : -1);
}

static void scroll(struct bench *bench, int n)
{
    (void)n;
    bench->app.view.lanes_px += 90;
}

static void select_lane(struct bench *bench, int n)
{
    rnd_app_do(&bench->app, RND_DO_SELECT, n % 5 ? 1 : -1);
}

static void task_step(struct bench *bench, int n)
{
    rnd_app_do(&bench->app, RND_DO_TASK_STEP, n % 3 ? 1 : -1);
}

static void play(struct bench *bench, int n)
{
    if (n == 0)
        rnd_app_do(&bench->app, RND_DO_PLAY, 0);
    rnd_app_tick(&bench->app, 16000000);
}

/* Puts the playhead to one of the places, in the middle, and the axis to one of the zooms. */
static void go_to(struct bench *bench, int zoom, int place)
{
    struct rnd_app *app = &bench->app;
    const struct rnd_model *model = app->shown->model;
    app->view.playing = false;
    app->view.pointer_in = false;
    rnd_app_do(app, RND_DO_FIT, 0);
    while (!app->view.whole)
        rnd_app_do(app, RND_DO_FIT, 0);
    rnd_app_go(app, rnd_model_at_time(model, model->end_ns / PLACES * place));
    for (int i = 0; i < zoom; i++)
        rnd_app_zoom(app, rnd_axis_x_moment(&app->view.axis, app->view.moment), 12);
    app->view.lanes_px = 0;
    draw(bench);
}

static void measure(struct bench *bench, const char *name, action act)
{
    for (int z = 0; z < ZOOMS; z++)
        for (int p = 0; p < PLACES; p++) {
            go_to(bench, z, p);
            for (int n = 0; n < REPEATS; n++) {
                double begin = seconds();
                act(bench, n);
                draw(bench);
                bench->times[bench->count++] = seconds() - begin;
            }
        }
    report(bench, name);
}

/* --- opening ---------------------------------------------------------------------------------- */

static void open_trace(struct bench *bench, const char *path)
{
    struct rnd_app_options options = {
        .run = {.script = path}, .theme = rnd_theme_find("dark"), .forget = true};
    char error[256] = "";
    double begin = seconds();
    check(rnd_app_open(&bench->app, &options, WIDTH, HEIGHT, error, sizeof error), error);
    while (rnd_app_goes_on(&bench->app))
        check(rnd_app_poll(&bench->app), "");
    draw(bench);
    bench->times[bench->count++] = seconds() - begin;
}

static void report_memory(double before_mb, const struct rnd_model *model)
{
    printf("memory       %.1f bytes an event\n",
           (peak_memory_mb() - before_mb) * 1024 * 1024 / model->event_count);
}

int main(int argc, char **argv)
{
    static struct bench bench;
    char error[256] = "";
    if (argc != 2) {
        fprintf(stderr, "usage: window_frames TRACE\n");
        return 2;
    }
    check(rnd_fonts_open(&bench.fonts, NULL, error, sizeof error), error);
    check(rnd_list_open(&bench.list), "");
    check(rnd_canvas_open(&bench.canvas, bench.fonts), "");
    double before_mb = peak_memory_mb();
    open_trace(&bench, argv[1]);
    const struct rnd_model *model = bench.app.shown->model;
    printf("%u events, %u tasks\n", model->event_count, model->lane_count);
    report(&bench, "open");
    report_memory(before_mb, model);
    measure(&bench, "pan", pan);
    measure(&bench, "zoom", zoom);
    measure(&bench, "scrub", scrub);
    measure(&bench, "hover", hover);
    measure(&bench, "step", step);
    measure(&bench, "scroll", scroll);
    measure(&bench, "select", select_lane);
    measure(&bench, "task_step", task_step);
    measure(&bench, "play", play);
    report_memory(before_mb, model);
    rnd_app_close(&bench.app);
    rnd_canvas_close(bench.canvas);
    rnd_list_close(bench.list);
    rnd_fonts_close(bench.fonts);
    return 0;
}
