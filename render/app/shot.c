#include "shot.h"

#include "render/draw/canvas.h"
#include "render/draw/png.h"
#include "render/draw/vector.h"
#include "render/model/step.h"
#include "render/view/view.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* All that a picture needs, opened in this order. */
struct shot {
    struct rnd_model *model;
    struct rnd_script script;
    struct rnd_rows rows;
    struct rnd_notes notes;
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

static int draw(const struct rnd_shot_options *options, const struct rnd_theme *theme,
                struct shot *shot, char *error, size_t error_size)
{
    struct rnd_view view =
        rnd_view_make(shot->model, theme, options->width_px, options->height_px, options->scale);
    view.timeline.rows = &shot->rows;
    view.timeline.notes = &shot->notes;
    view.moment = moment_of(options, shot->model);
    if (options->message && *options->message) {
        view.run = RND_RUN_TROUBLE;
        view.message = options->message;
    } else {
        view.run = RND_RUN_OVER;
    }
    rnd_view_fit(&view, shot->model, &shot->script);
    rnd_view_follow(&view, shot->model, &shot->script);
    rnd_view_draw(&view, shot->model, &shot->script, shot->fonts, shot->list, &shot->hits);
    return write(shot, options->out, error, error_size);
}

static bool side_is_sensible(int px)
{
    return px >= RND_SHOT_SIDE_MIN_PX && px <= RND_SHOT_SIDE_MAX_PX;
}

int rnd_shot(const struct rnd_shot_options *given, char *error, size_t error_size)
{
    struct rnd_shot_options options = *given;
    if (!options.width_px)
        options.width_px = RND_SHOT_WIDTH_PX;
    if (!options.height_px)
        options.height_px = RND_SHOT_HEIGHT_PX;
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
    int code = rnd_model_build(options.trace, &shot.model);
    if (code)
        goto out;
    code = rnd_script_open(&shot.script, options.script);
    if (code)
        goto free_model;
    for (int i = 0; i < options.param_count; i++)
        (void)rnd_lesson_set(&shot.script.lesson, options.params[i].name, options.params[i].value);
    code = rnd_rows_update(&shot.rows, shot.model);
    if (code)
        goto close_script;
    code = rnd_notes_add_lesson(&shot.notes, &shot.script.lesson);
    if (code)
        goto close_rows;
    rnd_notes_place(&shot.notes, shot.model);
    code = rnd_fonts_open(&shot.fonts, NULL, error, error_size);
    if (code)
        goto close_rows;
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
close_rows:
    rnd_notes_close(&shot.notes);
    rnd_rows_close(&shot.rows);
close_script:
    rnd_script_close(&shot.script);
free_model:
    rnd_model_free(shot.model);
out:
    if (code && !*error)
        (void)snprintf(error, error_size, "%s", sim_error_text(code));
    return code;
}
