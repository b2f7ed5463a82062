#include "recorder.h"

#include <pthread.h>
#include <stdio.h>

/* So many pictures go round: one is encoded, one is made.  Each more would have to catch up with
 * what changed in the pictures between. */
enum { SLOTS = 2, RECTS = 64 };

/* A picture, what of it is out of date, and for how many frames it is shown. */
struct slot {
    struct rnd_picture picture;
    struct rnd_damage_rect stale[RECTS];
    size_t stale_count; /* RECTS + 1: all of it */
    int64_t count;
};

struct recorder {
    const struct rnd_encoder_options *options;
    const struct rnd_source *source;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct rnd_encoder *encoder;
    struct slot slots[SLOTS];
    int64_t
        count_most; /* a held picture is handed over in pieces, so that its end can be awaited */

    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t made, encoded; /* pictures, in this pass; slot n % SLOTS is the n-th's */
    bool ended;            /* no picture follows, or none is wanted */
    int result;            /* of the encoding thread */
    char error[256];
};

/* --- encoding, in a thread of its own ----------------------------------------------------------
 */

/* The next picture; NULL: there is none. */
static const struct slot *take(struct recorder *recorder)
{
    pthread_mutex_lock(&recorder->lock);
    while (recorder->encoded == recorder->made && !recorder->ended)
        pthread_cond_wait(&recorder->changed, &recorder->lock);
    bool there = recorder->encoded < recorder->made;
    pthread_mutex_unlock(&recorder->lock);
    return there ? &recorder->slots[recorder->encoded % SLOTS] : NULL;
}

static void give_back(struct recorder *recorder, int result)
{
    pthread_mutex_lock(&recorder->lock);
    recorder->encoded++;
    recorder->result = result;
    pthread_cond_signal(&recorder->changed);
    pthread_mutex_unlock(&recorder->lock);
}

static void *encode_all(void *context)
{
    struct recorder *recorder = context;
    const struct slot *slot;
    int result = SIM_OK;
    while (result == SIM_OK && (slot = take(recorder))) {
        result = rnd_encoder_put(recorder->encoder, &slot->picture, slot->count, recorder->error,
                                 sizeof recorder->error);
        give_back(recorder, result);
    }
    return NULL;
}

/* --- drawing -----------------------------------------------------------------------------------
 */

/* Hands the picture that was made last over; then waits for a free one. */
static int hand_over(struct recorder *recorder)
{
    pthread_mutex_lock(&recorder->lock);
    recorder->made++;
    pthread_cond_signal(&recorder->changed);
    while (recorder->made - recorder->encoded >= SLOTS && recorder->result == SIM_OK)
        pthread_cond_wait(&recorder->changed, &recorder->lock);
    int result = recorder->result;
    pthread_mutex_unlock(&recorder->lock);
    return result;
}

static bool is_within(struct rnd_damage_rect inner, struct rnd_damage_rect outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

/* Adds a rectangle; what moves mostly stays where it already was out of date. */
static void add_stale(struct slot *slot, struct rnd_damage_rect rect)
{
    if (slot->stale_count > RECTS)
        return;
    for (size_t i = 0; i < slot->stale_count; i++)
        if (is_within(rect, slot->stale[i]))
            return;
    if (slot->stale_count < RECTS)
        slot->stale[slot->stale_count] = rect;
    slot->stale_count++;
}

/* Brings the picture that is made now up to the canvas. */
static int convert(struct recorder *recorder)
{
    struct slot *slot = &recorder->slots[recorder->made % SLOTS];
    struct rnd_image image = rnd_canvas_image(recorder->canvas);
    struct rnd_damage_rect all = {0, 0, image.width_px, image.height_px};
    bool whole = slot->stale_count > RECTS;
    int code = rnd_picture_update(&slot->picture, image, whole ? &all : slot->stale,
                                  whole ? 1 : slot->stale_count);
    slot->stale_count = 0;
    slot->count = 1;
    return code;
}

/* Draws a frame; the picture before it is handed over if it differs. */
static int make_frame(struct recorder *recorder, int64_t frame)
{
    struct rnd_damage damage = {0};
    int code = recorder->source->draw(recorder->source->context, frame, recorder->list);
    if (code == RND_SOURCE_DRAWN)
        code = rnd_canvas_draw(recorder->canvas, recorder->list, &damage);
    if (code < 0)
        return code;
    for (int i = 0; i < SLOTS; i++)
        for (size_t k = 0; k < damage.count; k++)
            add_stale(&recorder->slots[i], damage.rects[k]);
    struct slot *slot = &recorder->slots[recorder->made % SLOTS];
    if (frame > 0 && damage.count == 0 && slot->count < recorder->count_most) {
        slot->count++;
        return SIM_OK;
    }
    code = frame > 0 ? hand_over(recorder) : SIM_OK;
    return code < 0 ? code : convert(recorder);
}

static int make_frames(struct recorder *recorder, int pass)
{
    const struct rnd_source *source = recorder->source;
    int64_t count = recorder->options->frame_count;
    int64_t all = count * rnd_encoder_passes(recorder->encoder);
    for (int64_t frame = 0; frame < count; frame++) {
        int code = make_frame(recorder, frame);
        if (code < 0)
            return code;
        if (source->progress && !source->progress(source->context, pass * count + frame + 1, all,
                                                  rnd_canvas_image(recorder->canvas)))
            return RND_RECORDER_ENDED;
    }
    return hand_over(recorder);
}

/* Draws and encodes all frames once. */
static int run_pass(struct recorder *recorder, int pass)
{
    pthread_t thread;
    recorder->made = recorder->encoded = 0;
    recorder->ended = false;
    if (pthread_create(&thread, NULL, encode_all, recorder) != 0)
        return SIM_ENOMEM;
    int code = make_frames(recorder, pass);
    pthread_mutex_lock(&recorder->lock);
    recorder->ended = true;
    if (code != SIM_OK)
        recorder->encoded = recorder->made; /* what waits is not wanted any more */
    pthread_cond_signal(&recorder->changed);
    pthread_mutex_unlock(&recorder->lock);
    pthread_join(thread, NULL);
    code = code == SIM_OK ? recorder->result : code;
    return code != SIM_OK
               ? code
               : rnd_encoder_end_pass(recorder->encoder, recorder->error, sizeof recorder->error);
}

/* --- opening and closing -----------------------------------------------------------------------
 */

static int open_parts(struct recorder *recorder, struct rnd_fonts *fonts)
{
    const struct rnd_encoder_options *options = recorder->options;
    int code =
        rnd_encoder_open(&recorder->encoder, options, recorder->error, sizeof recorder->error);
    if (code == SIM_OK)
        code = rnd_list_open(&recorder->list);
    if (code == SIM_OK)
        code = rnd_canvas_open(&recorder->canvas, fonts);
    for (int i = 0; i < SLOTS && code == SIM_OK; i++) {
        code = rnd_picture_open(&recorder->slots[i].picture, options->format->pixels,
                                options->width_px, options->height_px);
        recorder->slots[i].stale_count = RECTS + 1;
    }
    return code;
}

int rnd_recorder_run(const struct rnd_encoder_options *options, const struct rnd_source *source,
                     struct rnd_fonts *fonts, char *error, size_t error_size)
{
    struct recorder recorder = {.options = options,
                                .source = source,
                                .count_most =
                                    options->format->video ? 2 * options->fps : INT64_MAX};
    pthread_mutex_init(&recorder.lock, NULL);
    pthread_cond_init(&recorder.changed, NULL);
    int code = open_parts(&recorder, fonts);
    for (int pass = 0; code == SIM_OK && pass < rnd_encoder_passes(recorder.encoder); pass++)
        code = run_pass(&recorder, pass);
    for (int i = 0; i < SLOTS; i++)
        rnd_picture_close(&recorder.slots[i].picture);
    rnd_canvas_close(recorder.canvas);
    if (recorder.list)
        rnd_list_close(recorder.list);
    rnd_encoder_close(recorder.encoder);
    pthread_cond_destroy(&recorder.changed);
    pthread_mutex_destroy(&recorder.lock);
    if (code < 0)
        (void)snprintf(error, error_size, "%s",
                       recorder.error[0] ? recorder.error : sim_error_text(code));
    return code;
}
