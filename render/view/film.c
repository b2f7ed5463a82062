#include "film.h"

#define SECOND_NS INT64_C(1000000000)

int64_t rnd_film_time_ns(int fps, int64_t frame)
{
    return frame / fps * SECOND_NS + frame % fps * SECOND_NS / fps;
}

int64_t rnd_film_frames(int fps, int64_t time_ns)
{
    int64_t rest = time_ns % SECOND_NS;
    return time_ns / SECOND_NS * fps + (rest * fps + SECOND_NS - 1) / SECOND_NS;
}

int64_t rnd_film_frame_at(int fps, int64_t time_ns)
{
    /* The first that begins then or later, as times of frames are rounded down. */
    int64_t frame = rnd_film_frames(fps, time_ns);
    return frame > 0 && rnd_film_time_ns(fps, frame - 1) >= time_ns ? frame - 1 : frame;
}

static struct rnd_film_card card_at(const struct rnd_film *film, int64_t at_ns)
{
    int64_t end_ns = film->pace->total_ns - RND_FILM_CARD_NS;
    if (film->title && at_ns < film->pace->options.lead_ns)
        return rnd_film_card_begin(film->title, film->about, at_ns, film->pace->options.lead_ns);
    if (film->end && at_ns > end_ns)
        return rnd_film_card_end(film->end, "", at_ns - end_ns);
    return (struct rnd_film_card){.title = NULL};
}

/* The step that led to what is seen at a time. */
static struct rnd_step_shown step_at(const struct rnd_film *film, struct rnd_moment moment,
                                     int64_t at_ns)
{
    if (!film->keys)
        return (struct rnd_step_shown){.share = 0};
    uint32_t stop = rnd_step_stop(film->model, moment.cursor);
    int64_t since_ns = at_ns - rnd_pace_time(film->pace, rnd_model_moment(film->model, stop));
    return rnd_step_show(film->model, film->keys, stop, since_ns);
}

bool rnd_film_draw(struct rnd_film *film, int64_t frame, struct rnd_list *list)
{
    int64_t at_ns = rnd_film_time_ns(film->fps, frame);
    struct rnd_moment moment = rnd_pace_moment(film->pace, at_ns);
    uint32_t caption = RND_CAPTION_NOW;
    if (film->cues) {
        const struct rnd_cue *cue = rnd_cues_at(film->cues, at_ns);
        caption = cue ? cue->cursor : RND_NEVER;
    }
    struct rnd_scene scene = film->direct ? rnd_direct_at(film->direct, at_ns) : rnd_scene_plain();
    double hurry = rnd_pace_hurry(film->pace, at_ns);
    struct rnd_film_card card = card_at(film, at_ns);
    struct rnd_step_shown step = step_at(film, moment, at_ns);
    if (film->any_drawn && card.cover == film->view.card.cover &&
        card.share == film->view.card.share && step.share == film->view.step_shown.share &&
        hurry == film->view.hurry && rnd_scene_equal(&scene, &film->view.scene) &&
        caption == film->view.caption && moment.cursor == film->view.moment.cursor &&
        moment.time_ns == film->view.moment.time_ns)
        return false;
    film->any_drawn = true;
    struct rnd_view *view = &film->view;
    view->moment = moment;
    view->caption = caption;
    view->scene = scene;
    view->hurry = hurry;
    view->card = card;
    view->step_shown = step;
    /* Scrolled from the top, whatever was seen before. */
    view->code_px = view->lanes_px = 0;
    rnd_view_follow(view, film->model, film->script);
    struct rnd_axis whole = view->axis;
    rnd_view_direct(view, film->model);
    rnd_view_draw(view, film->model, film->script, film->fonts, list, &film->hits);
    view->axis = whole;
    return true;
}
