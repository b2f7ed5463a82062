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

/* --- what is seen ----------------------------------------------------------------------------- */

/* The run in focus, and where it is. */
struct focus {
    const struct rnd_model *model;
    const struct rnd_script *script;
    struct rnd_moment moment;
    uint32_t run;
};

/* Of compared runs all go to the pace's moment. */
static struct focus focus_at(const struct rnd_film *film, struct rnd_moment moment, int64_t at_ns)
{
    struct rnd_compare *compare = film->compare;
    const struct rnd_cue *cue = film->cues ? rnd_cues_last(film->cues, at_ns) : NULL;
    if (!compare)
        return (struct focus){film->model, film->script, moment, 0};
    /* What is said of all leaves the focus where it was. */
    while (cue && cue->run == RND_NEVER)
        cue = cue > film->cues->items ? cue - 1 : NULL;
    rnd_compare_go(compare, moment);
    uint32_t run = compare->focus = cue ? cue->run : 0;
    return (struct focus){compare->runs[run].model, compare->runs[run].script,
                          compare->runs[run].moment, run};
}

/* The cursor, of the run in focus, whose caption is seen at a time. */
static uint32_t caption_at(const struct rnd_film *film, const struct focus *focus, int64_t at_ns)
{
    if (!film->cues)
        return RND_CAPTION_NOW;
    const struct rnd_cue *cue = rnd_cues_at(film->cues, at_ns);
    if (!cue || !film->compare)
        return cue ? cue->cursor : RND_NEVER;
    if (cue->run == RND_NEVER)
        return RND_CAPTION_ALL;
    struct rnd_moment said = rnd_model_moment(film->pace->model, cue->cursor);
    return rnd_merged_in(&film->compare->merged, said, focus->run).cursor;
}

/* The step that led to what is seen at a time. */
static struct rnd_step_shown step_at(const struct rnd_film *film, const struct focus *focus,
                                     int64_t at_ns)
{
    if (!film->keys)
        return (struct rnd_step_shown){.share = 0};
    uint32_t stop = rnd_step_stop(focus->model, focus->moment.cursor);
    struct rnd_moment made = rnd_model_moment(focus->model, stop);
    if (film->compare)
        made = rnd_merged_of(&film->compare->merged, focus->run, made);
    return rnd_step_show(focus->model, film->keys, stop, at_ns - rnd_pace_time(film->pace, made));
}

/* The panels are about the run in focus. */
static void set_focus(struct rnd_film *film, const struct focus *focus)
{
    struct rnd_view *view = &film->view;
    view->moment = focus->moment;
    if (!film->compare)
        return;
    view->timeline.rows = film->compare->runs[focus->run].rows;
    view->timeline.notes = film->compare->runs[focus->run].notes;
    rnd_view_fit(view, focus->model, focus->script);
}

/* --- drawing ---------------------------------------------------------------------------------- */

bool rnd_film_draw(struct rnd_film *film, int64_t frame, struct rnd_list *list)
{
    int64_t at_ns = rnd_film_time_ns(film->fps, frame);
    struct rnd_moment moment = rnd_pace_moment(film->pace, at_ns);
    struct rnd_scene scene = film->direct ? rnd_direct_at(film->direct, at_ns) : rnd_scene_plain();
    double hurry = rnd_pace_hurry(film->pace, at_ns);
    struct rnd_film_card card = card_at(film, at_ns);
    struct focus focus = focus_at(film, moment, at_ns);
    struct rnd_step_shown step = step_at(film, &focus, at_ns);
    uint32_t caption = caption_at(film, &focus, at_ns);
    if (film->any_drawn && card.cover == film->view.card.cover &&
        card.share == film->view.card.share && step.share == film->view.step_shown.share &&
        hurry == film->view.hurry && rnd_scene_equal(&scene, &film->view.scene) &&
        caption == film->view.caption && focus.run == film->run &&
        rnd_moment_same(moment, film->moment))
        return false;
    film->any_drawn = true;
    film->moment = moment;
    film->run = focus.run;
    struct rnd_view *view = &film->view;
    set_focus(film, &focus);
    view->caption = caption;
    view->scene = scene;
    view->hurry = hurry;
    view->card = card;
    view->step_shown = step;
    /* Scrolled from the top, whatever was seen before. */
    view->file = 0;
    view->code_px = view->lanes_px = 0;
    for (uint32_t i = 0; film->compare && i < film->compare->count; i++)
        film->compare->runs[i].lanes_px = 0;
    rnd_view_follow(view, focus.model, focus.script);
    if (film->compare)
        rnd_view_follow_others(view, film->compare);
    struct rnd_axis whole = view->axis;
    rnd_view_direct(view, focus.model);
    rnd_view_draw(view, focus.model, focus.script, film->fonts, list, &film->hits);
    view->axis = whole;
    return true;
}
