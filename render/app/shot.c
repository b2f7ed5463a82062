#include "shot.h"

#include "bindings.h"
#include "render/draw/canvas.h"
#include "render/draw/png.h"
#include "render/draw/vector.h"
#include "render/model/step.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* All that a picture needs besides what it shows, opened in this order. */
struct shot {
    struct rnd_fonts *fonts;
    struct rnd_list *list;
    struct rnd_canvas *canvas;
    struct rnd_hits hits;
};

/* The cursor after an event, and after what belongs to it: a step never ends in between either. */
static uint32_t after_event(const struct rnd_model *model, uint32_t cursor)
{
    uint32_t number = rnd_step_number(model, cursor);
    uint32_t stop = number > 0 ? model->stops[number - 1].at : 0;
    return stop > cursor ? stop : cursor;
}

static struct rnd_moment moment_of(const struct rnd_shot_options *options,
                                   const struct rnd_model *model)
{
    switch (options->at) {
    case RND_SHOT_TIME:
        return rnd_model_at_time(model, options->at_ns);
    case RND_SHOT_CURSOR:
        return rnd_model_moment(model, options->cursor < model->event_count
                                           ? after_event(model, options->cursor)
                                           : model->event_count);
    case RND_SHOT_END:
    default:
        return rnd_model_moment(model, model->event_count);
    }
}

static bool ends_in(const char *path, const char *suffix)
{
    size_t length = strlen(path), end = strlen(suffix);
    return length >= end && strcasecmp(path + length - end, suffix) == 0;
}

/* The list as a file, by what its name ends in. */
static int write(const struct shot *shot, const char *path, char *error, size_t error_size)
{
    if (ends_in(path, ".svg"))
        return rnd_vector_write_svg(shot->list, shot->fonts, path, error, error_size);
    if (ends_in(path, ".pdf"))
        return rnd_vector_write_pdf(shot->list, shot->fonts, path, error, error_size);
    int code = rnd_canvas_draw(shot->canvas, shot->list, NULL);
    return code ? code : rnd_png_write(rnd_canvas_image(shot->canvas), path, error, error_size);
}

static const struct rnd_layout_shape *shape_of(const struct rnd_shot_options *options)
{
    return rnd_layout_find(options->layout ? options->layout : "full");
}

/* Asks the question; without one, there is nothing to predict. */
static void set_question(const struct rnd_shot_options *options, const struct rnd_model *model,
                         struct rnd_view *view, struct rnd_predict_view *out)
{
    uint32_t from = options->at == RND_SHOT_END ? 0 : view->moment.cursor;
    *out = (struct rnd_predict_view){0};
    out->over = !rnd_quiz_next(model, from, &out->quiz);
    if (!out->over)
        view->moment = rnd_model_moment(model, out->quiz.at);
    view->predict = out;
}

static int draw(const struct rnd_shot_options *options, const struct rnd_theme *theme,
                struct shot *shot, char *error, size_t error_size)
{
    const struct rnd_subject *subject = options->subjects[0];
    const struct rnd_model *model = subject->model;
    struct rnd_compare compare = {0};
    struct rnd_predict_view predict;
    struct rnd_view view =
        rnd_view_make(model, theme, options->width_px, options->height_px, options->scale);
    struct rnd_layout_spec spec = rnd_layout_recorded(
        shape_of(options)->mode, options->presentation, options->subject_count > 1);
    spec.film = options->film;
    spec.keys = options->keys;
    rnd_view_set_layout(&view, &spec, options->scale);
    view.timeline.rows = &subject->rows;
    view.timeline.notes = &subject->notes;
    view.moment = moment_of(options, model);
    view.run = subject->state;
    view.message = subject->message;
    if (options->subject_count > 1) {
        int code = rnd_compare_subjects(options->subjects, options->subject_count, &compare);
        if (code)
            return code;
        view.compare = &compare;
        /* One playhead goes through all runs: an event is one of the first. */
        code = rnd_compare_merge(&compare);
        if (code) {
            rnd_compare_close(&compare);
            return code;
        }
        rnd_compare_go(&compare, options->at == RND_SHOT_CURSOR
                                     ? rnd_merged_of(&compare.merged, 0, view.moment)
                                     : moment_of(options, &compare.merged.model));
        view.moment = compare.runs[0].moment;
    }
    if (options->predict)
        set_question(options, model, &view, &predict);
    if (options->keys) {
        struct rnd_step_keys keys;
        rnd_binding_step_keys(&keys);
        view.step_shown = rnd_step_show(model, &keys, view.moment.cursor, 0);
    }
    view.gallery = options->lessons;
    rnd_view_fit(&view, model, &subject->script);
    rnd_view_follow(&view, model, &subject->script);
    rnd_view_draw(&view, model, &subject->script, shot->fonts, shot->list, &shot->hits);
    int code = write(shot, options->out, error, error_size);
    rnd_compare_close(&compare);
    return code;
}

static bool side_is_sensible(int px)
{
    return px >= RND_SHOT_SIDE_MIN_PX && px <= RND_SHOT_SIDE_MAX_PX;
}

int rnd_shot(const struct rnd_shot_options *given, char *error, size_t error_size)
{
    struct rnd_shot_options options = *given;
    const struct rnd_layout_shape *shape = shape_of(given);
    if (!shape) {
        (void)snprintf(error, error_size, "there is no layout \"%s\"", options.layout);
        return SIM_EINVAL;
    }
    options.width_px = options.width_px ? options.width_px : shape->width_px;
    options.height_px = options.height_px ? options.height_px : shape->height_px;
    if (!side_is_sensible(options.width_px) || !side_is_sensible(options.height_px)) {
        (void)snprintf(error, error_size, "a picture has %d to %d pixels a side, not %d x %d",
                       RND_SHOT_SIDE_MIN_PX, RND_SHOT_SIDE_MAX_PX, options.width_px,
                       options.height_px);
        return SIM_EINVAL;
    }
    const struct rnd_theme *theme = rnd_theme_find(options.theme ? options.theme : "dark");
    if (!theme) {
        (void)snprintf(error, error_size, "there is no theme \"%s\"", options.theme);
        return SIM_EINVAL;
    }

    struct shot shot = {0};
    error[0] = '\0';
    int code = rnd_fonts_open(&shot.fonts, NULL, error, error_size);
    if (code)
        goto out;
    code = rnd_list_open(&shot.list);
    if (code)
        goto close_fonts;
    code = rnd_canvas_open(&shot.canvas, shot.fonts);
    if (code)
        goto close_list;
    code = draw(&options, theme, &shot, error, error_size);
    rnd_canvas_close(shot.canvas);
close_list:
    rnd_list_close(shot.list);
close_fonts:
    rnd_fonts_close(shot.fonts);
out:
    if (code && !*error)
        (void)snprintf(error, error_size, "%s", sim_error_text(code));
    return code;
}
