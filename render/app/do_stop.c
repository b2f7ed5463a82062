/* Runs that take long: how far they are, and their end before it comes. */
#include "app.h"

/* One that was looked after so often has gone on for about 0.3 s; so has one that has recorded so
 * much, though there was no time to look after it as often. */
#define POLLS_SHORT 12
#define EVENTS_SHORT 500000

static bool is_long(const struct rnd_subject *subject)
{
    return subject && subject->state == RND_RUN_GOES_ON &&
           (subject->polls > POLLS_SHORT || subject->model->event_count > EVENTS_SHORT);
}

void rnd_app_note_progress(struct rnd_app *app)
{
    struct rnd_progress *now = &app->view.progress, before = *now;
    *now = (struct rnd_progress){.shown = false};
    for (uint32_t i = 0; i < app->subject_count; i++) {
        const struct rnd_subject *subject = is_long(app->next[i]) ? app->next[i] : app->subjects[i];
        if (is_long(subject))
            *now = (struct rnd_progress){.shown = true,
                                         .events = now->events + subject->model->event_count,
                                         .time_ns = subject->model->end_ns};
    }
    app->changed |= now->shown != before.shown || now->events != before.events;
}

void rnd_do_stop(struct rnd_app *app, int amount)
{
    (void)amount;
    for (uint32_t i = 0; i < app->subject_count; i++) {
        if (app->next[i])
            scn_run_stop(app->next[i]->run);
        scn_run_stop(app->subjects[i]->run);
        app->again[i] = false;
    }
    for (uint32_t i = 0; i < app->opening_count; i++)
        scn_run_stop(app->opening[i]->run);
}
