/* Recording a lesson at 1080p60, beside the same frames encoded from memory by the encoder alone.
 *
 *   record_frames SCRIPT
 *
 * Both use the same settings, in one run, in turns.  The best of all rounds is printed, as whatever
 * else the machine does only ever takes time: by the clock, and by the processors' time.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "render/app/subject.h"
#include "render/video/recorder.h"
#include "render/view/film.h"

enum { WIDTH = 1920, HEIGHT = 1080, FPS = 60, FRAMES = 300, ROUNDS = 7 };

struct bench {
    struct rnd_subject *subject;
    struct rnd_fonts *fonts;
    struct rnd_pace pace;
    struct rnd_film film;
    struct rnd_output output;
    struct rnd_encoder_options options;
    struct rnd_picture pictures[FRAMES];
    int64_t counts[FRAMES]; /* for how many frames each is shown */
    int picture_count;
    bool held; /* all frames show the first */
    char error[256];
};

/* What something takes: of the clock, and of all processors together. */
struct cost {
    double wall_s, cpu_s;
};

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct cost now(void)
{
    return (struct cost){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)};
}

static struct cost since(struct cost then)
{
    struct cost cost = now();
    return (struct cost){cost.wall_s - then.wall_s, cost.cpu_s - then.cpu_s};
}

/* Keeps the least of each. */
static void keep_best(struct cost *best, struct cost cost)
{
    best->wall_s = fmin(best->wall_s, cost.wall_s);
    best->cpu_s = fmin(best->cpu_s, cost.cpu_s);
}

static void must(const struct bench *bench, int code)
{
    if (code == 0)
        return;
    fprintf(stderr, "record_frames: %s\n", *bench->error ? bench->error : sim_error_text(code));
    exit(1);
}

static int draw(void *context, int64_t frame, struct rnd_list *list)
{
    struct bench *bench = context;
    if (frame == 0)
        bench->film.any_drawn = false;
    return rnd_film_draw(&bench->film, bench->held ? 0 : frame, list) ? RND_SOURCE_DRAWN
                                                                      : RND_SOURCE_SAME;
}

static void open_bench(struct bench *bench, const char *script)
{
    struct scn_run_options run = {.script = script, .mute_stdout = true, .mute_stderr = true};
    struct rnd_pace_options pace = rnd_pace_defaults();
    bool changed;
    must(bench, rnd_subject_open(&run, &bench->subject, bench->error, sizeof bench->error));
    scn_run_wait(bench->subject->run);
    must(bench, rnd_subject_poll(bench->subject, &changed));
    const struct rnd_subject *subject = bench->subject;
    must(bench, rnd_fonts_open(&bench->fonts, NULL, bench->error, sizeof bench->error));
    pace.total_ns = FRAMES * INT64_C(1000000000) / FPS;
    must(bench, rnd_pace_init(&bench->pace, subject->model, &pace));
    bench->film = (struct rnd_film){
        .model = subject->model,
        .script = &subject->script,
        .pace = &bench->pace,
        .fonts = bench->fonts,
        .view = rnd_view_make(subject->model, rnd_theme_find("dark"), WIDTH, HEIGHT, 0),
        .fps = FPS};
    bench->film.view.timeline.rows = &subject->rows;
    bench->film.view.timeline.notes = &subject->notes;
    rnd_view_fit(&bench->film.view, subject->model, &subject->script);
    bench->options = (struct rnd_encoder_options){.format = rnd_format_at(RND_FORMAT_MP4),
                                                  .output = &bench->output,
                                                  .width_px = WIDTH,
                                                  .height_px = HEIGHT,
                                                  .fps = FPS,
                                                  .frame_count = FRAMES};
}

/* Draws all frames into memory. */
static struct cost prepare(struct bench *bench)
{
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct rnd_damage_rect all = {0, 0, WIDTH, HEIGHT};
    must(bench, rnd_list_open(&list));
    must(bench, rnd_canvas_open(&canvas, bench->fonts));
    struct cost began = now();
    for (int64_t frame = 0; frame < FRAMES; frame++) {
        struct rnd_damage damage = {0};
        if (draw(bench, frame, list) == RND_SOURCE_DRAWN)
            must(bench, rnd_canvas_draw(canvas, list, &damage));
        if (damage.count == 0) {
            bench->counts[bench->picture_count - 1]++;
            continue;
        }
        struct rnd_picture *picture = &bench->pictures[bench->picture_count];
        must(bench, rnd_picture_open(picture, RND_PIXELS_PLANES, WIDTH, HEIGHT));
        must(bench, rnd_picture_update(picture, rnd_canvas_image(canvas), &all, 1));
        bench->counts[bench->picture_count++] = 1;
    }
    struct cost took = since(began);
    rnd_canvas_close(canvas);
    rnd_list_close(list);
    return took;
}

static struct cost record(struct bench *bench)
{
    struct rnd_source source = {.draw = draw, .context = bench};
    struct cost began = now();
    must(bench, rnd_recorder_run(&bench->options, &source, bench->fonts, bench->error,
                                 sizeof bench->error));
    return since(began);
}

static struct cost encode(struct bench *bench)
{
    struct rnd_encoder *encoder;
    char *error = bench->error;
    size_t size = sizeof bench->error;
    struct cost began = now();
    must(bench, rnd_encoder_open(&encoder, &bench->options, error, size));
    for (int i = 0; i < bench->picture_count; i++)
        must(bench, rnd_encoder_put(encoder, &bench->pictures[i], bench->counts[i], error, size));
    must(bench, rnd_encoder_end_pass(encoder, error, size));
    rnd_encoder_close(encoder);
    return since(began);
}

static void measure(struct bench *bench)
{
    struct cost ours = {INFINITY, INFINITY}, alone = ours;
    for (int i = 0; i < ROUNDS; i++) {
        keep_best(&ours, record(bench));
        keep_best(&alone, encode(bench));
    }
    printf("frames/s: %.1f recorded, %.1f encoded alone: %.0f %%; %.1f times real time\n",
           FRAMES / ours.wall_s, FRAMES / alone.wall_s, alone.wall_s / ours.wall_s * 100,
           FRAMES / ours.wall_s / FPS);
    printf("processor: %.2f ms a frame recorded, %.2f ms encoded alone: %.0f %%\n",
           ours.cpu_s / FRAMES * 1e3, alone.cpu_s / FRAMES * 1e3, alone.cpu_s / ours.cpu_s * 100);
}

static void measure_held(struct bench *bench)
{
    struct cost minute = {INFINITY, INFINITY};
    bench->held = true;
    bench->options.frame_count = 3600;
    for (int i = 0; i < ROUNDS; i++)
        keep_best(&minute, record(bench));
    printf("a picture held for a minute: %.0f ms, of processors %.0f ms\n", minute.wall_s * 1e3,
           minute.cpu_s * 1e3);
}

int main(int argc, char **argv)
{
    struct bench *bench = calloc(1, sizeof *bench);
    if (argc != 2 || !bench)
        return 2;
    open_bench(bench, argv[1]);
    must(bench, rnd_output_open(&bench->output, "bench_record.mp4", false, bench->error,
                                sizeof bench->error));
    struct cost drawn = prepare(bench);
    printf("%d frames of %d x %d, %d of them different; drawn and wholly converted: %.2f ms each\n",
           FRAMES, WIDTH, HEIGHT, bench->picture_count, drawn.cpu_s / bench->picture_count * 1e3);
    measure(bench);
    measure_held(bench);
    for (int i = 0; i < bench->picture_count; i++)
        rnd_picture_close(&bench->pictures[i]);
    rnd_output_discard(&bench->output);
    rnd_fonts_close(bench->fonts);
    rnd_pace_close(&bench->pace);
    rnd_subject_close(bench->subject);
    free(bench);
    return 0;
}
